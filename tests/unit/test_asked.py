"""The two dozen questions that lead to a signature: they exist, are few, and are what the sixteen conditions ask for."""

from datetime import date

import pytest

from scoping.charter import PART_BY_SLUG, Charter
from scoping.findings import Finding
from scoping.places import Places
from scoping.section import questions
from scoping.sections.data_sources import DataSources, Source
from scoping.sections.feasibility import Check, Evidence, Feasibility, Grade, Speaks
from scoping.sections.milestones import Milestone, MilestoneKind, Milestones
from scoping.sections.solutions import Approach, Data, Novelty, Solution, Solutions, Standing
from scoping.signing.asked import LEADING, asked_first
from scoping.signing.conditions import conditions
from tests.unit.test_signing import BREAKS

FAULTS = {"value.circle", "data_sources.split", "milestones.cycle", "milestones.stopped"}
"""What is said against answers that are there."""


@pytest.mark.parametrize("leading", LEADING.values(), ids=list(LEADING))
def test_a_question_leads_to_fields_that_there_are(leading):
    section = PART_BY_SLUG[leading.part]
    for fields in (leading.fields, leading.later):
        for list_name, names in fields.items():
            assert set(names) <= {q.name for q in questions(section.model_of(list_name))}


def test_they_are_few_and_a_list_shows_few_at_once():
    assert len(LEADING) <= 26
    for section in PART_BY_SLUG.values():
        for list_name in ("", *section.lists):
            assert len(asked_first(section.slug, list_name)) <= 8, (section.slug, list_name)


def _lacking(charter: Charter, number: int, code: str) -> Finding:
    return next(f for c in conditions(charter) if c.number == number for f in c.missing if f.code == code)


@pytest.mark.parametrize(("number", "code", "charter"), BREAKS, ids=[f"{n} {code}" for n, code, _ in BREAKS])
def test_what_a_condition_asks_for_is_one_of_them(number, code, charter):
    place = Places(charter).of(_lacking(charter, number, code))
    if code in FAULTS or place.part == "ethics" or not place.field:
        return
    asked = {
        (leading.part, list_name, name)
        for leading in LEADING.values()
        for fields in (leading.fields, leading.later)
        for list_name, names in fields.items()
        for name in names
    }
    assert (place.part, place.list, place.field) in asked


IDEA = Solution(id="s", name="Forecast", approach=Approach.ML, data=Data.STRUCTURED, novelty=Novelty.NEW, standing=Standing.CHOSEN)
CARD = Evidence(
    id="e", solution="s", finding="It shows", grade=Grade.PILOT, speaks=Speaks.FOR, check=Check.FEATURES, source="Tills"
)


def _verdict(**answers) -> list[tuple[str, str]]:
    charter = Charter().with_part("solutions", Solutions(solutions=(IDEA,)))
    card = CARD.model_copy(update=answers)
    charter = charter.with_part("feasibility", Feasibility(evidence=(card,)))
    return [(f.code, f.field) for c in conditions(charter) if c.number == 7 for f in c.missing]


def test_evidence_that_counts_for_little_is_completed_before_a_verdict_is_asked():
    assert _verdict(source="") == [("feasibility.counts_little", "source")]
    assert _verdict() == [("feasibility.counts_little", "found_on")]
    assert _verdict(found_on=date(2026, 11, 20)) == [("feasibility.no_verdict", "verdicts")]


def test_an_amount_without_its_unit_is_asked_for_the_unit():
    def lacking(**answers):
        data = DataSources(sources=(Source(id="a", name="Tills", amount=900, unit="days"),), wanted_amount=700, **answers)
        return {f.code: f for c in conditions(Charter().with_part("data_sources", data)) if c.number == 12 for f in c.missing}

    assert lacking()["data_sources.wanted_unit"].field == "wanted_unit"
    assert "days" in lacking()["data_sources.wanted_unit"].message
    assert not {"data_sources.wanted_unit", "data_sources.too_little"} & set(lacking(wanted_unit="Days"))


def test_the_last_of_several_milestones_is_asked_whether_it_is_the_launch():
    def lacking(*plan):
        charter = Charter().with_part("milestones", Milestones(milestones=plan))
        return next((f for c in conditions(charter) if c.number == 14 for f in c.missing if f.code == "milestones.no_launch"), None)

    first = Milestone(id="a", deliverable="Forecast", due=date(2027, 3, 31))
    last = Milestone(id="b", deliverable="All shops", due=date(2027, 9, 30))
    assert (lacking(first, last).record, lacking(first, last).field) == ("b", "kind")
    assert lacking(first).field == "milestones"
    assert lacking(first, last.model_copy(update={"kind": MilestoneKind.OTHER})).field == "milestones"
    assert lacking(first, last.model_copy(update={"kind": MilestoneKind.LAUNCH})) is None
