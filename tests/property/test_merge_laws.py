"""Laws of the merge that hold for every part and any values: nothing is lost, nothing is made up."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scoping import merge
from scoping.charter import PARTS
from scoping.merge import AFTER, OWN, Clash, Edit, Flat
from scoping.section import Kind, Section
from tests.merging import merge as merge_versions
from tests.property.strategies import answers, parts

FEW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
some_part = st.sampled_from(PARTS)


def apply(edits: list[Edit], flat: Flat) -> merge.Merged:
    """The edits made on entries in the order in which they stand."""
    return merge.apply(edits, flat, {**{name: [] for name in merge.orders_needed(edits)}, **merge.by_list(flat)})


def after(flat: Flat, outcome: merge.Merged) -> Flat:
    """The entries once an outcome is written down, in their order."""
    now = {key: entry for key, entry in (flat | outcome.entries).items() if entry is not None}
    place = {(name, record): at for name, ids in outcome.order.items() for at, record in enumerate(ids)}
    return dict(sorted(now.items(), key=lambda row: place.get(row[0], -1)))


def in_order(flat: Flat) -> dict[str, list[str]]:
    return merge.by_list(flat)


@FEW
@given(some_part, st.data())
def test_the_differences_from_nothing_are_the_whole_part(part, data):
    value = data.draw(parts(part))
    assert merge_versions(part, part.model(), value, part.model()) == (value, [])


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
    outcome = apply(edits, theirs)
    now = after(theirs, outcome)
    asked = {(c.edit.key, c.edit.field) for c in outcome.conflicts}
    for edit in edits:
        if (edit.key, edit.field) in asked:
            continue
        if edit.field == AFTER:
            assert edit.record in in_order(now)[edit.list]
        elif edit.after is None and not edit.field:
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
    now = after(theirs, apply(edits, theirs))
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
    outcome = apply(merge.diff(base, mine), theirs)
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
    outcome = apply(merge.diff(base, mine), theirs)
    now = after(theirs, outcome)
    undone = apply(merge.inverse(outcome.made), now)
    assert not undone.conflicts
    assert after(now, undone) == theirs


@FEW
@given(some_part, st.data())
def test_edits_that_arrive_twice_change_nothing_more(part, data):
    base, mine, theirs = (merge.flatten(part, data.draw(parts(part))) for _ in range(3))
    edits = merge.diff(base, mine)
    now = after(theirs, apply(edits, theirs))
    assert after(now, apply(edits, now)) == now
    alone = after(base, apply(edits, base))
    again = apply(edits, alone)
    assert (again.made, again.conflicts) == ([], [])


@FEW
@given(some_part, st.data())
def test_edits_of_different_questions_both_win_in_any_order(part, data):
    base = merge.flatten(part, data.draw(parts(part)))
    first, second = _edit(part, base, data), _edit(part, base, data)
    assume((first.key, first.field) != (second.key, second.field))
    orders = []
    for one, other in ((first, second), (second, first)):
        now = after(base, apply([one], base))
        outcome = apply([other], now)
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
    outcome = apply([Edit(*OWN, "links", sorted(base), sorted(mine))], flat)
    merged = set(after(flat, outcome)[OWN]["links"])
    assert not outcome.conflicts
    assert merged == (theirs | (mine - base)) - (base - mine)


@FEW
@given(some_part, st.data())
def test_entries_written_back_one_by_one_are_the_whole_merge(part, data):
    base, mine, theirs = (data.draw(parts(part)) for _ in range(3))
    edits = merge.diff(merge.flatten(part, base), merge.flatten(part, mine))
    order = {name: [row.id for row in getattr(theirs, name)] for name in merge.orders_needed(edits)}
    outcome = merge.apply(edits, merge.entries_at(part, theirs, [e.key for e in edits]), order)
    written = merge.with_entries(part, theirs, outcome.entries, outcome.order)
    merged, conflicts = merge_versions(part, base, mine, theirs)
    assert merge.flatten(part, written) == merge.flatten(part, merged)
    assert outcome.conflicts == conflicts


@given(*(st.permutations("abcdef") for _ in range(2)), st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")))
def test_an_order_is_reached_by_as_few_moves_as_can_be_and_taken_back_exactly(before, wanted, gone, late):
    base = {("list", record): {"id": record} for record in before if record not in late}
    mine = {("list", record): {"id": record} for record in wanted if record not in gone}
    edits = merge.diff(base, mine, comes_back=True)
    made = merge.apply(edits, base, {"list": list(before)})
    reached = {"list": [r for r in made.order["list"] if r in "".join(wanted) and ("list", r) in mine]} if edits else in_order(base)
    assert reached.get("list", []) == in_order(mine).get("list", [])
    both = [record for record in in_order(mine).get("list", []) if ("list", record) in base]
    stay = max((len(set(some)) for some in _rises(both, in_order(base).get("list", []))), default=0)
    assert sum(e.field == AFTER and ("list", e.record) in base for e in edits) == len(both) - stay
    now = {key: entry for key, entry in (base | made.entries).items() if entry is not None}
    back = merge.apply(merge.inverse(made.made), now, made.order)
    assert not back.conflicts
    assert back.order["list"] == list(before)


def _rises(wanted: list[str], before: list[str]) -> list[list[str]]:
    """All subsequences of one order that rise in the other, by trying them."""
    found: list[list[str]] = [[]]
    for record in wanted:
        found += [[*some, record] for some in found if not some or before.index(some[-1]) < before.index(record)]
    return found


def test_two_who_move_different_rows_both_win_and_of_one_row_the_later():
    flat = {("list", record): {"id": record} for record in "abcd"}
    first = merge.apply([merge.moved("list", "a", "", "d")], flat, {"list": list("abcd")})
    second = merge.apply([merge.moved("list", "c", "b", "")], flat, first.order)
    assert second.order["list"] == list("cbda")
    third = merge.apply([merge.moved("list", "a", "", "c")], flat, second.order)
    assert third.order["list"] == list("cabd")
    assert [e.before for e in third.made] == ["d"]


def test_a_row_that_is_gone_is_not_moved_and_still_says_where_others_go():
    flat = {("list", record): {"id": record} for record in "acd"}
    order = {"list": list("abcd")}
    gone = merge.apply([merge.moved("list", "b", "a", "d")], flat, order)
    assert (gone.order, [c.clash for c in gone.conflicts]) == (order, [Clash.REMOVED])
    assert merge.apply([merge.moved("list", "d", "c", "b")], flat, order).order["list"] == list("abdc")
    assert merge.apply([merge.moved("list", "d", "c", "nobody")], flat, order).made == []
