"""A plan over months spends no more than there is, keeps leads and rates, and is the cheapest for its amount."""

from __future__ import annotations

import math

import pytest

from scoping.data_sources.acquisition import Offer, Sourcing, cheapest
from scoping.data_sources.months import MONTH_DAYS, Schedule, cheapest_by, most_by
from scoping.errors import CalculationError

OFFERS = (
    Offer(id="owned", name="Owned", amount=100),
    Offer(id="reading", name="Reading", amount=1000, unit_cost=10, lead_days=14),
    Offer(id="labels", name="Labels", amount=100, unit_cost=50, fixed_cost=1_000, lead_days=7, daily=1),
    Offer(id="purchase", name="Purchase", amount=1000, unit_cost=9, is_whole=True, lead_days=1),
)


def _keeps_its_limits(schedule: Schedule, monthly: float) -> None:
    taken: dict[str, float] = {}
    for month in range(1, schedule.months + 1):
        assert schedule.cost_by(month) <= month * monthly * (1 + 1e-5)
    for a in schedule.arrivals:
        taken[a.offer.id] = taken.get(a.offer.id, 0.0) + a.amount
        assert a.month * MONTH_DAYS >= a.offer.lead_days
        if a.offer.daily:
            assert a.amount <= a.offer.daily * MONTH_DAYS * (1 + 1e-6)
    for offer in OFFERS:
        amount = taken.get(offer.id, 0.0)
        assert amount <= offer.amount * (1 + 1e-9)
        if offer.is_whole:
            assert amount in (0, pytest.approx(offer.amount))
        paid = math.fsum(a.cost for a in schedule.arrivals if a.offer.id == offer.id)
        assert paid == pytest.approx(offer.cost_of(amount), rel=1e-6)


@pytest.mark.parametrize(("wanted", "monthly", "months"), [(600, 2_000, 4), (1100, 3_000, 3), (1500, 5_000, 6), (2100, 6_000, 5)])
def test_with_money_that_stays_the_cost_is_that_of_one_plan_with_all_of_it(wanted, monthly, months):
    schedule = cheapest_by(OFFERS, wanted, monthly, months)
    plan = cheapest(Sourcing(OFFERS, wanted=wanted, budget=monthly * months, days=months * MONTH_DAYS)).plan
    assert schedule is not None
    assert schedule.cost == pytest.approx(plan.cost, rel=1e-6)
    assert schedule.useful >= wanted * (1 - 1e-6)
    _keeps_its_limits(schedule, monthly)


def test_data_comes_as_early_as_the_money_allows():
    schedule = cheapest_by(OFFERS[:2], 700, 3_000, 6)
    assert [schedule.useful_by(month) for month in (1, 2, 3)] == pytest.approx([400, 700, 700], rel=1e-4)


def test_what_is_out_of_reach_is_none_and_the_most_can_be_asked_for():
    assert cheapest_by(OFFERS, 2100, 1_000, 6) is None
    schedule = most_by(OFFERS, 1_000, 6)
    assert schedule.useful == pytest.approx(700, rel=1e-5)
    _keeps_its_limits(schedule, 1_000)
    assert cheapest_by((), 5, 1_000, 3) is None
    assert most_by((), 1_000, 3).arrivals == ()


def test_without_money_only_what_is_free_arrives():
    assert most_by(OFFERS, 0, 2).useful == pytest.approx(100)


def test_a_rate_limits_what_arrives_in_a_month():
    slow = (Offer(id="slow", name="Slow", amount=900, unit_cost=1, lead_days=15, daily=10),)
    schedule = most_by(slow, 10_000, 3)
    assert [a.amount for a in schedule.arrivals] == pytest.approx([150, 300, 300], rel=1e-4)


def test_one_crew_works_on_one_source_at_a_time():
    crew = tuple(Offer(id=name, name=name, amount=300, unit_cost=1, lead_days=15, daily=20, crew="studio") for name in "ab")
    assert most_by(crew, 10_000, 1).useful == pytest.approx(300, rel=1e-5)
    assert most_by(crew, 10_000, 2).useful == pytest.approx(600, rel=1e-5)


@pytest.mark.parametrize(("monthly", "months", "said"), [(100, 0, "over 0 months"), (100, 37, "over 37 months"), (-1, 3, "is -1")])
def test_plans_that_nobody_means_are_refused(monthly, months, said):
    with pytest.raises(CalculationError, match=said):
        most_by(OFFERS, monthly, months)
