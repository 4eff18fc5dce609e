"""Laws of the merge that hold for every part and any values: nothing is lost, nothing is made up."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scoping import merge
from scoping.charter import PARTS
from scoping.merge import OWN, Clash, Edit, Flat
from scoping.section import Kind, Section
from tests.merging import merge as merge_versions
from tests.property.strategies import answers, parts

FEW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
some_part = st.sampled_from(PARTS)


def after(flat: Flat, outcome: merge.Merged) -> Flat:
    """The entries once an outcome is written down."""
    return {key: entry for key, entry in (flat | outcome.entries).items() if entry is not None}


@FEW
@given(some_part, st.data())
def test_a_flat_part_is_the_same_part(part, data):
    value = data.draw(parts(part))
    assert merge.unflatten(part, merge.flatten(part, value)) == value


@FEW
@given(some_part, st.data())
def test_who_changes_nothing_takes_theirs_as_it_is(part, data):
    base, theirs = data.draw(parts(part)), data.draw(parts(part))
    assert merge_versions(part, base, base, theirs) == (theirs, [])


@FEW
@given(some_part, st.data())
def test_who_is_alone_gets_all_they_wanted(part, data):
    base, mine = data.draw(parts(part)), data.draw(parts(part))
    merged, conflicts = merge_versions(part, base, mine, base)
    assert not conflicts
    assert merge.flatten(part, merged) == merge.flatten(part, mine)


@FEW
@given(some_part, st.data())
def test_the_same_wish_on_both_sides_is_no_conflict(part, data):
    base, both = data.draw(parts(part)), data.draw(parts(part))
    assert merge_versions(part, base, both, both) == (both, [])


@FEW
@given(some_part, st.data())
def test_every_wish_is_made_or_asked_about(part, data):
    base, mine, theirs = (merge.flatten(part, data.draw(parts(part))) for _ in range(3))
    edits = merge.diff(base, mine)
    outcome = merge.apply(edits, theirs)
    now = after(theirs, outcome)
    asked = {(c.edit.key, c.edit.field) for c in outcome.conflicts}
    for edit in edits:
        if (edit.key, edit.field) in asked:
            continue
        if edit.after is None and not edit.field:
            assert edit.key not in now
        elif edit.field and not isinstance(edit.after, list):
            assert now[edit.key][edit.field] == edit.after
        elif edit.field:
            assert set(edit.after) - set(edit.before) <= set(now[edit.key][edit.field])
        else:
            assert edit.key in now


@FEW
@given(some_part, st.data())
def test_what_nobody_edited_stays(part, data):
    base, mine, theirs = (merge.flatten(part, data.draw(parts(part))) for _ in range(3))
    edits = merge.diff(base, mine)
    now = after(theirs, merge.apply(edits, theirs))
    whole = {e.key for e in edits if not e.field}
    touched = {(e.key, e.field) for e in edits}
    for key, entry in theirs.items():
        if key not in whole:
            for name, value in entry.items():
                assert (key, name) in touched or now[key][name] == value


@FEW
@given(some_part, st.data())
def test_a_conflict_names_both_and_leaves_theirs(part, data):
    base, mine, theirs = (merge.flatten(part, data.draw(parts(part))) for _ in range(3))
    outcome = merge.apply(merge.diff(base, mine), theirs)
    now = after(theirs, outcome)
    for conflict in outcome.conflicts:
        edit, there = conflict.edit, now.get(conflict.edit.key)
        if conflict.clash is Clash.REMOVED:
            assert (there, conflict.theirs) == (None, None)
        else:
            assert conflict.theirs == (there[edit.field] if edit.field else there)
            assert conflict.theirs != edit.after


@FEW
@given(some_part, st.data())
def test_what_was_made_can_be_taken_back(part, data):
    base, mine, theirs = (merge.flatten(part, data.draw(parts(part))) for _ in range(3))
    outcome = merge.apply(merge.diff(base, mine), theirs)
    now = after(theirs, outcome)
    undone = merge.apply(merge.inverse(outcome.made), now)
    assert not undone.conflicts
    assert after(now, undone) == theirs


@FEW
@given(some_part, st.data())
def test_edits_that_arrive_twice_change_nothing_more(part, data):
    base, mine, theirs = (merge.flatten(part, data.draw(parts(part))) for _ in range(3))
    edits = merge.diff(base, mine)
    now = after(theirs, merge.apply(edits, theirs))
    assert after(now, merge.apply(edits, now)) == now
    alone = after(base, merge.apply(edits, base))
    again = merge.apply(edits, alone)
    assert (again.made, again.conflicts) == ([], [])


@FEW
@given(some_part, st.data())
def test_edits_of_different_questions_both_win_in_any_order(part, data):
    base = merge.flatten(part, data.draw(parts(part)))
    first, second = _edit(part, base, data), _edit(part, base, data)
    assume((first.key, first.field) != (second.key, second.field))
    orders = []
    for one, other in ((first, second), (second, first)):
        now = after(base, merge.apply([one], base))
        outcome = merge.apply([other], now)
        assert not outcome.conflicts
        orders.append(after(now, outcome))
    assert orders[0] == orders[1]
    assert all(orders[0][e.key][e.field] == e.after for e in (first, second))


def _edit(part: Section, base: Flat, data: Any) -> Edit:
    """One answer to one question, as typed by somebody who saw the base."""
    key = data.draw(st.sampled_from(sorted(key for key in base if key != OWN or part.questions)))
    spec = data.draw(st.sampled_from(part.lists[key[0]].questions if key[0] else part.questions))
    value = data.draw(answers(spec))
    plain = sorted(value) if spec.kind is Kind.LINKS else value.isoformat() if spec.kind is Kind.DATE and value else value
    return Edit(*key, spec.name, base[key][spec.name], plain)


@given(*(st.sets(st.sampled_from("abcdef")) for _ in range(3)))
def test_sets_merge_as_sets(base, mine, theirs):
    flat = {OWN: {"links": sorted(theirs)}}
    outcome = merge.apply([Edit(*OWN, "links", sorted(base), sorted(mine))], flat)
    merged = set(after(flat, outcome)[OWN]["links"])
    assert not outcome.conflicts
    assert merged == (theirs | (mine - base)) - (base - mine)


@FEW
@given(some_part, st.data())
def test_entries_written_back_one_by_one_are_the_whole_merge(part, data):
    base, mine, theirs = (data.draw(parts(part)) for _ in range(3))
    edits = merge.diff(merge.flatten(part, base), merge.flatten(part, mine))
    outcome = merge.apply(edits, merge.entries_at(part, theirs, [e.key for e in edits]))
    written = merge.with_entries(part, theirs, outcome.entries)
    merged, conflicts = merge_versions(part, base, mine, theirs)
    assert merge.flatten(part, written) == merge.flatten(part, merged)
    assert outcome.conflicts == conflicts
