"""A charter's data step in figures: what is planned, what is left out and why, and what the plan should not do."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from scoping import samples
from scoping.charter import Charter
from scoping.data_sources import enough, labels_and_split, supply
from scoping.data_sources.acquisition import Sourcing
from scoping.data_sources.supply import Wish
from scoping.errors import CalculationError
from scoping.measurement import Measurement
from scoping.sections.data_sources import DataSources, Divisible, LearningPoint, Origin, Privacy, Source
from scoping.sections.milestones import Direction, Family, Milestones, Target
from scoping.sections.project import Project
from scoping.sections.value import Rate, Value

SOURCES = (
    Source(id="owned", name="Owned", origin="owned", amount=100, unit="hours", cost=0, days=0),
    Source(id="reading", name="Reading", origin="crowdsourced", amount=1000, unit="Hours ", cost=10_000_00, days=14),
    Source(id="labels", name="Labels", origin="paid_labels", amount=100, unit="hours", cost=6_000_00, days=7),
    Source(id="purchase", name="Purchase", origin="purchased", amount=1000, unit="hours", cost=10_000_00, days=1),
)
PART = tuple(s.model_copy(update={"divisible": Divisible.PART}) for s in SOURCES)
READINGS = tuple(LearningPoint(id=f"p{n}", size=n, error=100 * (0.05 + 2 * n**-0.5)) for n in (100, 200, 400, 800, 1600, 3200))


def charter(*sources: Source, **more: Any) -> Any:
    return Charter().with_part("data_sources", DataSources(sources=sources, **more))


def left_out(*sources: Source, **more: Any) -> str:
    return " ".join(supply.supply(charter(*sources, **more)).left_out)


def test_a_source_becomes_an_offer_as_it_was_typed():
    source = Source(
        id="s",
        name="Reading",
        amount=1000,
        unit="hours",
        cost=10_000_00,
        days=24,
        divisible="part",
        fixed_cost=1_000_00,
        minimum_order=50,
        lead_days=4,
        usefulness=80,
        shares_with=" Studio ",
    )
    (offer,) = supply.supply(charter(source)).offers
    assert (offer.amount, offer.unit_cost, offer.fixed_cost, offer.minimum) == (1000, 9, 1000, 50)
    assert (offer.lead_days, offer.daily, offer.usefulness, offer.crew) == (4, 50, 0.8, "studio")
    assert offer.cost_of(1000) == 10_000
    assert offer.days_for(1000) == 24


def test_without_a_first_day_all_of_it_arrives_at_the_end():
    for source in (PART[1], PART[1].model_copy(update={"lead_days": 14})):
        (offer,) = supply.supply(charter(source)).offers
        assert (offer.lead_days, offer.daily) == (14, None)


def test_the_whole_or_a_part_is_never_assumed():
    seen = supply.supply(charter(*SOURCES))
    assert seen.undecided == {"owned", "reading", "labels", "purchase"}
    costs = [supply.planned(Sourcing(offers, wanted=1000), Wish.CHEAPEST).plan.cost for _, offers in seen.variants()]
    assert costs == [9_000, 10_000]
    decided = supply.supply(charter(*PART))
    assert not decided.undecided
    assert len(decided.variants()) == 1
    mixed = supply.supply(charter(*PART[:3], SOURCES[3]))
    assert [o.is_whole for o in mixed.variants()[1][1]] == [False, False, False, True]


def test_the_sample_of_the_slides_can_be_planned_as_it_stands():
    sample = next(s.charter for s in samples.samples() if "voice" in s.charter.name)
    seen = supply.supply(sample)
    assert seen.present == 100
    assert {"owned", "crowd_reading", "paid_labels", "purchase"} <= {o.id for o in seen.offers}
    assert supply.planned(Sourcing(seen.offers, wanted=1000), Wish.CHEAPEST).plan.cost == 9_000


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"amount": None}, "amount not known yet"),
        ({"cost": None, "days": None}, "cost and days not known yet"),
        ({"origin": Origin.WISHED}, "only wished for"),
        ({"unit": "clips"}, "counted in “clips”, the plan in “hours”"),
        ({"amount": 0}, "its amount is 0"),
        ({"amount": 1e-300}, "too small or too large"),
        ({"amount": 1e300}, "too small or too large"),
        ({"fixed_cost": 20_000_00}, "larger than the whole cost"),
        ({"minimum_order": 2000}, "least amount is larger"),
        ({"lead_days": 15}, "arrive after the last"),
        ({"currency": "EUR"}, "no exchange rate to USD"),
    ],
)
def test_what_cannot_be_planned_is_named_and_the_rest_keeps_computing(change, said):
    odd = SOURCES[1].model_copy(update={"id": "odd", "name": "Odd one", **change})
    seen = supply.supply(charter(*PART, odd))
    assert len(seen.left_out) == 1
    assert "“Odd one”" in seen.left_out[0]
    assert said in seen.left_out[0]
    assert [o.id for o in seen.offers] == [s.id for s in PART]


def test_the_unit_that_is_wanted_is_the_one_of_the_plan():
    clips = SOURCES[0].model_copy(update={"id": "c", "unit": "clips"})
    seen = supply.supply(charter(*PART, clips, wanted_unit="Clips"))
    assert (seen.unit, [o.id for o in seen.offers]) == ("Clips", ["c"])


def test_other_currencies_are_planned_with_the_rates_of_the_project():
    euro = PART[1].model_copy(update={"currency": "EUR"})
    value = Value(rates=(Rate(id="r", foreign="EUR", rate=1.2),))
    mixed = charter(PART[0], euro, PART[3], budget=5_000_00).with_part("value", value)
    seen = supply.supply(mixed)
    assert (seen.currency, seen.left_out) == ("USD", ())
    assert seen.offers[1].cost_of(1000) == pytest.approx(12_000)
    in_euro = supply.supply(mixed.with_part("data_sources", DataSources(sources=(euro, PART[3]), budget=1, currency="EUR")))
    assert in_euro.offers[1].cost_of(1000) == pytest.approx(10_000 / 1.2)


def test_without_a_budget_the_commonest_currency_counts():
    euro = tuple(s.model_copy(update={"currency": "EUR"}) for s in PART)
    seen = supply.supply(charter(*euro))
    assert (seen.currency, len(seen.offers)) == ("EUR", 4)
    assert Charter().project.currency == Project().currency == "USD"


def test_ten_times_more_at_once_is_warned_of_with_the_step_that_comes_first():
    seen = supply.supply(charter(*PART))
    case = Sourcing(seen.offers, wanted=1500)
    plan = supply.planned(case, Wish.CHEAPEST).plan
    (said,) = supply.warnings(plan, case, seen, None)
    assert "From 100 hours to 1,500 hours is more than ten times" in said
    assert "Stop at 1,000 hours ($9,000)" in said
    within = Sourcing(seen.offers, wanted=1000)
    assert supply.warnings(supply.planned(within, Wish.CHEAPEST).plan, within, seen, None) == ()


def test_a_first_round_that_takes_many_loops_is_warned_of_with_what_can_be_had_sooner():
    seen = supply.supply(charter(*PART[:3]))
    case = Sourcing(seen.offers, wanted=1000)
    plan = supply.planned(case, Wish.CHEAPEST).plan
    (said,) = supply.warnings(plan, case, seen, 4)
    assert "14 days, more than 3 rounds" in said
    assert "In 4 days 100 hours can be had" in said
    assert supply.warnings(plan, case, seen, 5) == ()


def test_personal_data_without_a_right_to_use_it_is_named_in_the_plan_that_takes_it():
    source = PART[3].model_copy(update={"privacy": Privacy.PERSONAL})
    seen = supply.supply(charter(PART[0], source))
    case = Sourcing(seen.offers, wanted=500)
    assert "“Purchase” holds personal data" in supply.warnings(supply.planned(case, Wish.CHEAPEST).plan, case, seen, None)[0]
    free = Sourcing(seen.offers, wanted=50)
    assert supply.warnings(supply.planned(free, Wish.CHEAPEST).plan, free, seen, None) == ()


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ({"wanted": 2500}, ["hold 2,200 hours, 300 hours less than wanted"]),
        ({"wanted": 1000, "budget": 5_000}, ["cost $9,000, $4,000 above the budget", "600 hours can be had"]),
        ({"wanted": 2000, "days": 7}, ["take 14 days instead of 7 days", "1,200 hours can be had"]),
        (
            {"wanted": 2000, "budget": 5_000, "days": 7},
            ["the 7 days are too few", "the budget of $5,000 decides", "600 hours can be had"],
        ),
    ],
)
def test_the_limit_that_binds_is_named_with_what_it_would_have_to_be(case, said):
    seen = supply.supply(charter(*PART))
    told = " ".join(supply.why_not(Sourcing(seen.offers, **case), seen))
    for words in said:
        assert words in told


def test_what_is_owned_counts_as_there_even_while_its_days_are_not_known():
    owned = next(s for s in PART if s.origin is Origin.OWNED)
    assert supply.supply(charter(owned.model_copy(update={"days": None}), *PART[1:])).present == owned.amount


def test_an_amount_that_counts_less_than_it_is_says_so():
    seen = supply.supply(charter(PART[0].model_copy(update={"usefulness": 50})))
    (said,) = supply.why_not(Sourcing(seen.offers, wanted=PART[0].amount), seen)
    assert f"hold {seen.much(PART[0].amount / 2)} counted with their usefulness" in said


def test_a_plan_over_months_falls_back_on_the_most_there_can_be():
    seen = supply.supply(charter(*PART))
    assert supply.over_months(seen.offers, 600, 3_000, 2).useful == pytest.approx(600)
    assert supply.over_months(seen.offers, 2200, 1_000, 2).useful == pytest.approx(300, rel=1e-5)


# Enough data


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (9, "is reached: 8.54\u00a0% were measured with 3,200 hours"),
        (7.5, "takes about 6,4"),
        (4, "cannot be reached on this curve: it levels off at about 5.01\u00a0%. At the favourable end"),
        (1, "Better labels, inputs or models are needed"),
        (5.5, "takes more than 32,000 hours"),
        (8.5, "in 8 of 10 cases little more than 3,200 hours to"),
    ],
)
def test_a_curve_says_what_a_target_takes(target, said):
    line = enough.curve(DataSources(learning_points=READINGS))
    assert said in enough.says(line, target / 100, "hours")


def test_incomplete_readings_are_not_counted():
    readings = (*READINGS[:4], LearningPoint(id="x", size=5000), LearningPoint(id="y", error=5))
    with pytest.raises(CalculationError, match="4 are there"):
        enough.curve(DataSources(learning_points=readings))


@pytest.mark.parametrize(
    ("target", "flagged"),
    [
        (Target(id="t", family=Family.ML, metric="Error", direction=Direction.AT_MOST, target=3, unit="%"), True),
        (Target(id="t", family=Family.ML, metric="Accuracy", direction=Direction.AT_LEAST, target=97, unit="%"), True),
        (Target(id="t", family=Family.ML, metric="Error", direction=Direction.AT_MOST, target=0.03), True),
        (Target(id="t", family=Family.ML, metric="Error", direction=Direction.AT_MOST, target=7, unit="%"), False),
        (Target(id="t", family=Family.ML, metric="Error", direction=Direction.AT_MOST, target=3, unit="%", slice="Car"), False),
        (Target(id="t", family=Family.BUSINESS, metric="Error", direction=Direction.AT_MOST, target=3, unit="%"), False),
        (Target(id="t", family=Family.ML, metric="Mean error", direction=Direction.AT_MOST, target=3, unit="minutes"), False),
        (Target(id="t", family=Family.ML, metric="Mean absolute error", direction=Direction.AT_MOST, target=3), False),
        (Target(id="t", family=Family.ML, metric="Error", direction=Direction.AT_MOST), False),
    ],
)
def test_a_target_below_the_curve_is_found(target, flagged):
    data = DataSources(learning_points=READINGS)
    found = list(enough.below_curve(data, Milestones(targets=(target,))))
    assert bool(found) is flagged
    assert not list(enough.below_curve(DataSources(), Milestones(targets=(target,))))


@pytest.mark.parametrize(("amount", "found"), [(6398.2, 6400), (6400, 6400), (6401, 6500), (12.3, 13), (0.0123, 0.013)])
def test_an_amount_to_ask_for_is_round_and_never_less(amount, found):
    assert enough.rounded_up(amount) == pytest.approx(found)


# Split and labels


def test_the_split_of_the_slides():
    found = labels_and_split.split(DataSources(examples=100, positive_share=30))
    assert found.assumed
    assert [part[labels_and_split.RARER] for part in found.balanced] == [18, 6, 6]
    told = " ".join(labels_and_split.split_remarks(found))
    assert "chance of 17\u00a0%" in told
    assert "Fewer than 10 of the rarer class in the development and the test set" in told
    assert labels_and_split.split_remarks(labels_and_split.split(DataSources(examples=1_000_000, positive_share=30))) == ()


def test_a_part_that_nobody_wants_is_left_out_of_the_split():
    found = labels_and_split.split(DataSources(examples=100, positive_share=30, train_share=80, test_share=20))
    assert found.names == ("Training", "Test")
    assert not found.assumed


def test_a_split_waits_for_its_answers_and_refuses_shares_that_do_not_add_up():
    assert labels_and_split.split(DataSources(examples=100)) is None
    with pytest.raises(CalculationError, match="add to 90\u00a0%"):
        labels_and_split.split(DataSources(examples=100, positive_share=30, train_share=70, test_share=20))


def test_labelling_effort_waits_for_its_answers():
    assert labels_and_split.effort(DataSources(items_to_label=100, labels_per_item=2)) is None
    found = labels_and_split.effort(DataSources(items_to_label=100, labels_per_item=2, minutes_per_item=3, label_rate=30_00))
    assert (found.labels, found.hours, found.cost) == (200, 10, 300_00)


def _measured(day: int, value: object, low: object, high: object) -> Measurement:
    result = json.dumps({"agreement": {"value": value, "low": low, "high": high}})
    return Measurement(id=f"m{day}", method="hlp", measured_on=date(2027, 1, day), result=result)


def test_the_agreement_that_was_measured_last_counts():
    empty = Charter()
    part = empty.feasibility
    kept = (_measured(2, 0.9, 0.85, 0.94), _measured(1, 0.5, 0.4, 0.6), _measured(3, None, None, None))
    found = labels_and_split.agreement(empty.with_part("feasibility", part.model_copy(update={"measurements": kept})))
    assert (found.value, found.low, found.high) == pytest.approx((90, 85, 94))
    assert labels_and_split.agreement(empty) is None
    broken = part.model_copy(
        update={"measurements": (Measurement(id="m", method="hlp", measured_on=date(2027, 1, 1), result="{"),)}
    )
    assert labels_and_split.agreement(empty.with_part("feasibility", broken)) is None


def test_the_regime_follows_the_chosen_idea():
    sample = next(s.charter for s in samples.samples() if "voice" in s.charter.name)
    assert "unstructured" in labels_and_split.regime_of(sample).name
    assert "not known yet" in labels_and_split.regime_of(Charter()).name
