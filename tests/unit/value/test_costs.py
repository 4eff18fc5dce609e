"""Project, data and plan costs add up, and until delivery is what falls due before it, whatever is asked for."""

from datetime import date

import pytest

from scoping.charter import Charter
from scoping.sections.data_sources import DataSources, Origin, Source
from scoping.sections.milestones import Milestone, MilestoneKind, Milestones
from scoping.sections.project import Project
from scoping.sections.value import Cost, LinkedCosts, Period, Value
from scoping.value import money
from scoping.value.costs import ALL, DATA, PLAN, PROJECT, table
from scoping.value.valuation import valuation
from scoping.value.words import costs_beside, costs_by_kind, decision_asked

STONES = (
    Milestone(id="a", deliverable="Proof", start=date(2026, 12, 1), due=date(2027, 1, 15), money=20_000_50),
    Milestone(
        id="b", deliverable="Launch", start=date(2027, 2, 1), due=date(2027, 3, 31), money=5_000_00, kind=MilestoneKind.LAUNCH
    ),
    Milestone(id="c", deliverable="Review", start=date(2027, 9, 1), due=date(2027, 9, 30), money=1_000_00),
)
SOURCES = (Source(id="s", cost=7_000_00), Source(id="w", cost=9_000_00, origin=Origin.WISHED))


def worth(linked, stones=STONES):
    value = Value(costs=(Cost(id="r", name="Run", likely=1_000_33, period=Period.MONTH),), horizon_years=1, linked_costs=linked)
    return valuation(Charter(value=value, data_sources=DataSources(sources=SOURCES), milestones=Milestones(milestones=stones)))


def test_each_kind_stands_once_and_all_of_them_are_the_sum():
    found = worth(LinkedCosts.BOTH)
    rows = {one.kind: (one.until_delivery, one.later, one.total) for one in table(found)}
    assert rows == {
        PROJECT: (4_001, 8_003, 12_004),
        DATA: (7_000, 0, 7_000),
        PLAN: (25_001, 1_000, 26_001),
        ALL: (36_002, 9_003, 45_005),
    }
    assert money.likely(found.of_chosen).costs == pytest.approx(45_005, abs=2)


def test_what_another_step_holds_is_named_and_not_added_unless_it_is_linked():
    rows = {one.kind: (one.total, one.beside, one.is_known) for one in table(worth(LinkedCosts.NONE))}
    assert rows == {
        PROJECT: (12_004, 0, True),
        DATA: (0, 7_000, False),
        PLAN: (0, 26_001, False),
        ALL: (12_004, 0, True),
    }
    cells = {row[0]: row[1:] for row in costs_by_kind(worth(LinkedCosts.NONE)).cells}
    assert cells["Data costs"] == ("", "", "none counted")
    assert [words.split(" are ")[0] for words in costs_beside(worth(LinkedCosts.NONE), LinkedCosts.NONE)] == [
        "Data costs of $7,000",
        "Plan costs of $26,001",
    ]
    assert not list(costs_beside(worth(LinkedCosts.BOTH), LinkedCosts.BOTH))


def test_without_a_day_of_delivery_it_is_not_known_what_falls_due_until_then():
    undated = tuple(one.model_copy(update={"due": None}) for one in STONES)
    found = {one.kind: (one.until_delivery, one.later) for one in table(worth(LinkedCosts.BOTH, undated))}
    assert set(found.values()) == {(None, None)}
    assert costs_by_kind(worth(None, undated)).cells[-1][:3] == ("All costs", "not known yet", "not known yet")


def test_what_nobody_wrote_down_is_not_free():
    assert costs_by_kind(valuation(Charter())).cells[-1] == ("All costs", "", "", "none counted")


def test_why_costs_are_left_out_follows_the_answer_that_was_given():
    answered = list(costs_beside(worth(LinkedCosts.MILESTONES), LinkedCosts.MILESTONES))
    assert answered == [
        "Data costs of $7,000 are written down and not added: by the answer under Value, the costs that are counted contain them already."
    ]
    for sentence in costs_beside(worth(None), None):
        assert sentence.endswith("nobody said yet whether they come on top of the costs under Value, so all costs may be higher.")


def test_no_column_of_costs_claims_to_be_what_the_sponsor_is_asked_for():
    """The decision is for $16,000; what falls due until delivery is more, and both stand side by side under their own names."""
    asked = Charter(project=Project(decision_asked="Release $16,000 for a proof of concept."))
    assert "ask" not in " ".join(costs_by_kind(worth(LinkedCosts.BOTH)).headers).casefold()
    assert decision_asked(asked).endswith("a part of these costs: “Release $16,000 for a proof of concept.”")
    assert decision_asked(Charter()) == "The decision asked of the sponsor is not written down yet."
