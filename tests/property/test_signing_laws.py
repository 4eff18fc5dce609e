"""Work never moves the end: whatever is filled in, sixteen conditions stay sixteen, and an answer is never counted away."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoping.charter import PARTS, Charter
from scoping.merge import apply, diff, entries_at, flatten, with_entries
from scoping.review import overview
from scoping.samples import samples
from scoping.section import is_blank
from scoping.signing.conditions import CONDITIONS, conditions
from tests.property.strategies import charters

READY = samples()[0].charter


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(charters())
def test_any_charter_has_sixteen_conditions_and_is_a_draft_until_all_are_met(charter):
    found = conditions(charter)
    assert [c.number for c in found] == [rule.number for rule in CONDITIONS]
    assert overview(charter).is_draft != all(c.is_met for c in found)
    for c in found:
        for f in c.missing:
            assert f.field
            assert f.part in {p.slug for p in PARTS}


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_filling_in_what_a_finished_charter_says_never_moves_the_end(data):
    """A team types the sample in, in any order; each step leaves sixteen, and the last one meets them all."""
    order = data.draw(st.permutations(PARTS))
    charter, ends = Charter(), {len(overview(Charter()).conditions)}
    for section in order:
        wanted = flatten(section, READY.part(section.slug))
        edits = diff(flatten(section, charter.part(section.slug)), wanted)
        some = data.draw(st.integers(0, len(edits)))
        for part_of_it in (edits[:some], edits[some:]):
            value = charter.part(section.slug)
            outcome = apply(part_of_it, entries_at(section, value, [e.key for e in part_of_it]))
            charter = charter.with_part(section.slug, with_entries(section, value, outcome.entries))
            ends.add(len(overview(charter).conditions))
    assert ends == {16}
    assert overview(charter).met == overview(READY).met == 16


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_answering_what_was_blank_in_the_plain_questions_never_unmeets_a_condition(data):
    """Of a charter from which single answers were taken, each one given back meets more conditions or as many, never fewer."""
    section = data.draw(st.sampled_from(PARTS))
    full = READY.part(section.slug)
    names = [q.name for q in section.questions if not is_blank(getattr(full, q.name)) and not q.assumed]
    taken = data.draw(st.lists(st.sampled_from(names), unique=True, min_size=1)) if names else []
    empty = section.model()
    charter = READY.with_part(section.slug, full.model_copy(update={n: getattr(empty, n) for n in taken}))
    met = overview(charter).met
    for name in taken:
        charter = charter.with_part(section.slug, charter.part(section.slug).model_copy(update={name: getattr(full, name)}))
        now = overview(charter).met
        assert now >= met, name
        met = now
    assert met == 16
