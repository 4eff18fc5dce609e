"""A charter is a draft until all conditions for signing are met, and an unanswered question never counts as done."""

import pytest

from scoping.charter import PART_BY_SLUG, PARTS, SECTIONS, Charter
from scoping.review import overview
from scoping.samples import samples
from scoping.sections.milestones import Milestone, Milestones, Target
from scoping.sections.problems import Problem, Problems
from scoping.sections.project import Project
from scoping.sections.solutions import Solution, Solutions


def codes(charter):
    return {f.code for f in overview(charter).findings}


def test_the_eight_steps_come_in_the_order_of_the_workshop():
    assert [s.slug for s in SECTIONS] == [
        "problems",
        "solutions",
        "feasibility",
        "value",
        "ethics",
        "data_sources",
        "milestones",
        "rollout",
    ]
    assert [p.slug for p in PARTS] == ["project", *(s.slug for s in SECTIONS)]
    assert list(PART_BY_SLUG) == [p.slug for p in PARTS]


def test_an_empty_charter_is_a_draft_with_reasons_from_every_part():
    state = overview(Charter())
    assert state.is_draft
    assert {f.part for f in state.missing} == {p.slug for p in PARTS}


@pytest.mark.parametrize("part", PARTS, ids=lambda p: p.slug)
def test_a_charter_that_says_unknown_to_everything_is_still_a_draft(part):
    unknown = part.model(unknown=tuple(spec.name for spec in part.questions))
    charter = Charter().with_part(part.slug, unknown)
    state = overview(charter)
    assert [c.number for c in state.conditions if c.is_met] == [c.number for c in overview(Charter()).conditions if c.is_met]


def test_findings_stand_in_the_order_of_the_parts():
    state = overview(Charter())
    order = [p.slug for p in PARTS]
    places = [order.index(f.part) for f in state.findings]
    assert places == sorted(places)
    assert [*state.of("value")] == [f for f in state.findings if f.part == "value"] != []


def test_a_project_without_a_name_is_called_untitled():
    assert Charter().name == "Untitled project"
    assert Charter(project=Project(name=" Voice ")).name == "Voice"


def test_a_part_is_replaced_and_the_rest_stays():
    charter = Charter(project=Project(name="Voice"))
    changed = charter.with_part("problems", Problems(in_scope="English"))
    assert (changed.problems.in_scope, changed.name, charter.problems.in_scope) == ("English", "Voice", "")


def test_titles_name_the_records_that_links_may_refer_to():
    titles = Charter(problems=Problems(problems=(Problem(id="p", statement="Searches fail"),))).titles()
    assert titles["problems.problems"] == {"p": "Searches fail"}
    assert titles["solutions.solutions"] == {}


def test_every_link_refers_to_a_list_that_exists():
    known = Charter().titles()
    refers = {s.refers_to for p in PARTS for name in ("", *p.lists) for s in _questions(p, name) if s.refers_to}
    assert refers <= known.keys()
    assert "problems.problems" in refers


def _questions(part, name):
    return part.lists[name].questions if name else part.questions


def test_a_link_to_a_removed_entry_is_named_with_its_question():
    charter = Charter(
        problems=Problems(problems=(Problem(id="p", statement="Searches fail"),)),
        solutions=Solutions(
            solutions=(Solution(id="s", name="Retrain", problems=("p", "gone")), Solution(id="t", problems=("p",)))
        ),
        milestones=Milestones(milestones=(Milestone(id="m"),), targets=(Target(id="t", metric="Words", milestone="gone"),)),
    )
    found = {f.code: f for f in overview(charter).findings}
    assert found["solutions.removed_link"].record == "s"
    assert "“Retrain” refers to an entry that was removed (Which problems it answers)" in found["solutions.removed_link"].message
    assert found["milestones.removed_link"].record == "t"


def test_blank_and_living_links_are_no_finding():
    charter = Charter(
        problems=Problems(problems=(Problem(id="p"),)),
        solutions=Solutions(solutions=(Solution(id="s", problems=("p",)), Solution(id="t"))),
    )
    assert "solutions.removed_link" not in codes(charter)


def test_a_complete_charter_leaves_the_draft_state_and_falls_back_when_its_evidence_goes():
    sample = next(s for s in samples() if s.slug == "voice_search")
    assert overview(sample.charter).missing == ()
    emptied = sample.charter.feasibility.model_copy(update={"evidence": ()})
    assert overview(sample.charter.with_part("feasibility", emptied)).is_draft
