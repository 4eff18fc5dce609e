"""Value: a ladder that both sides accept by name, and ranges in order."""

import pytest

from scoping.sections.value import Acceptance, Benefit, Cost, Rung, Value, ladder
from tests.told import told_of

YES, NO = Acceptance.ACCEPTS, Acceptance.OBJECTS


def found(**parts):
    return told_of("value", value=Value(**parts))


def rung(**given):
    return Rung(**{"id": "r", "metric": "Words right", **given})


def test_an_empty_part_asks_for_ladder_benefit_cost_and_floor():
    assert set(found()) == {"value.no_ladder", "value.no_benefit", "value.no_cost", "value.minimum"}


def test_the_ladder_runs_from_training_to_business_and_unnumbered_rungs_come_last():
    value = Value(rungs=(Rung(id="x"), Rung(id="b", order=2), Rung(id="a", order=1)))
    assert [r.id for r in ladder(value)] == ["a", "b", "x"]


def test_one_rung_is_no_ladder():
    assert "value.short_ladder" in found(rungs=(rung(),))
    assert "value.short_ladder" not in found(rungs=(rung(), rung(id="s")))


@pytest.mark.parametrize(
    ("technical", "business", "code", "words"),
    [
        (NO, YES, "value.objection", "The technical side has a reservation"),
        (YES, NO, "value.objection", "The business side has a reservation"),
        (NO, NO, "value.objection", "Both sides have a reservation"),
        (NO, None, "value.objection", "The technical side has a reservation"),
        (None, YES, "value.not_accepted", "Ask the technical side whether it can live"),
        (YES, None, "value.not_accepted", "Ask the business side whether it can live"),
        (None, None, "value.not_accepted", "Ask both sides whether they can live"),
        (YES, YES, "value.accepted_by", "for each side"),
    ],
)
def test_what_each_side_says_is_told_by_side(technical, business, code, words):
    findings = found(rungs=(rung(technical=technical, business=business),))
    assert words in findings[code].message
    assert {"value.objection", "value.not_accepted", "value.accepted_by"} & set(findings) == {code}


def test_acceptance_by_name_on_both_sides_leaves_nothing_open():
    accepted = rung(technical=YES, business=YES, technical_by="Ben", business_by="Dana")
    assert not {"value.objection", "value.not_accepted", "value.accepted_by"} & set(found(rungs=(accepted,)))
    assert "the business side" in found(rungs=(accepted.model_copy(update={"business_by": " "}),))["value.accepted_by"].message


@pytest.mark.parametrize(("low", "likely", "high"), [(3, 2, None), (3, None, 2), (None, 3, 2), (2, 1, 3)])
def test_a_range_out_of_order_blocks_wherever_it_stands(low, likely, high):
    numbers = {"low": low, "likely": likely, "high": high}
    assert "value.link_range" in found(rungs=(rung(**numbers),))
    assert "value.amount_range" in found(benefits=(Benefit(id="b", **numbers),))
    assert "value.amount_range" in found(costs=(Cost(id="c", **numbers),))


@pytest.mark.parametrize(("low", "likely", "high"), [(1, 2, 3), (2, 2, 2), (None, 2, None), (-3, -2, None), (None, None, None)])
def test_a_range_in_order_or_not_known_is_fine(low, likely, high):
    numbers = {"low": low, "likely": likely, "high": high}
    assert not {"value.link_range", "value.amount_range"} & set(found(rungs=(rung(**numbers),), costs=(Cost(id="c", **numbers),)))
