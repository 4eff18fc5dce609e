"""The planner's answers are the exact optimum, equal plans are all shown, and impossible wishes are explained."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache, partial
from typing import Any

import pytest

from scoping.data_sources.acquisition import Offer, Sourcing, cheapest, fastest, frontier, growth, most, relief
from scoping.errors import CalculationError
from tests.tools import reference


def slides(*, whole: bool = False, timed: bool = True) -> tuple[Offer, ...]:
    """The table of the slides (Inventory data), with the days of the lecture."""
    rows = (("owned", 100, 0, 0), ("reading", 1000, 10_000, 14), ("labels", 100, 6_000, 7), ("purchase", 1000, 10_000, 1))
    return tuple(
        Offer(id=name, name=name, amount=amount, unit_cost=cost / amount, is_whole=whole, lead_days=days if timed else 0)
        for name, amount, cost, days in rows
    )


INSTANCES = 54


def test_no_instance_is_left_out():
    assert len(_instances()) == INSTANCES


@cache
def _instances() -> list[dict[str, Any]]:
    return json.loads(reference("inventory/instances.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("place", range(INSTANCES))
def test_every_instance_has_the_known_optimum(place):
    instance = _instances()[place]
    offers = tuple(
        Offer(
            id=str(number),
            name=s["name"],
            amount=s["amount"],
            unit_cost=s["unit_cost"],
            fixed_cost=s.get("fixed_cost", 0),
            is_whole=s.get("all_or_nothing", False),
            minimum=s.get("min_order") or 0,
            lead_days=s["lead_days"],
            daily=s.get("rate_per_day"),
            usefulness=s.get("quality", 1),
        )
        for number, s in enumerate(instance["sources"])
        if s.get("allowed", True)
    )
    case = Sourcing(offers, instance.get("target"), instance.get("budget"), instance.get("days"), instance.get("max_total"))
    plan = (cheapest if instance["question"] == "min_cost" else most)(case).plan
    expected = instance["expected"]
    assert (plan is not None) is expected["feasible"]
    if plan is not None:
        found = plan.cost if instance["question"] == "min_cost" else plan.useful
        assert found == pytest.approx(expected["objective"], rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("wanted", "in_part", "whole", "whole_brings"),
    [(600, 5_000, 10_000, 1100), (1000, 9_000, 10_000, 1100), (1500, 14_000, 20_000, 2100), (2200, 26_000, 26_000, 2200)],
)
def test_the_table_of_the_slides_in_part_and_whole(wanted, in_part, whole, whole_brings):
    assert cheapest(Sourcing(slides(), wanted=wanted)).plan.cost == in_part
    plan = cheapest(Sourcing(slides(whole=True), wanted=wanted)).plan
    assert (plan.cost, plan.amount) == (whole, whole_brings)


def test_all_equal_plans_are_shown_and_the_soonest_is_first():
    answer = cheapest(Sourcing(slides(), wanted=1000))
    assert [plan.sources for plan in answer.plans] == [{"owned", "purchase"}, {"owned", "reading"}]
    assert [plan.days for plan in answer.plans] == [1, 14]
    assert {(plan.cost, plan.amount) for plan in answer.plans} == {(9_000, 1_000)}
    assert answer.is_complete
    assert not cheapest(Sourcing(slides(), wanted=1000), most_plans=1).is_complete


@pytest.mark.parametrize(("days", "amount"), [(0, 100), (1, 1100), (7, 1200), (13, 1200), (14, 2200)])
def test_how_much_can_be_had_in_so_many_days(days, amount):
    assert most(Sourcing(slides(), days=days)).plan.amount == amount


def test_the_curve_of_growth_has_a_step_for_every_number_of_days_that_brings_more():
    assert [(p.days, p.amount) for p in growth(Sourcing(slides()))] == [(0, 100), (1, 1100), (7, 1200), (14, 2200)]


def test_no_plan_on_the_frontier_is_beaten_in_cost_and_days():
    offers = (
        Offer(id="cheap", name="cheap", amount=1000, unit_cost=1, lead_days=2, daily=10),
        Offer(id="quick", name="quick", amount=1000, unit_cost=5, lead_days=1, daily=100),
    )
    plans = frontier(Sourcing(offers, wanted=500))
    assert plans[0].days == fastest(Sourcing(offers, wanted=500)).plan.days == 6
    assert plans[-1].cost == cheapest(Sourcing(offers, wanted=500)).plan.cost == 500
    assert plans[-1].days == 52
    assert [p.days for p in plans] == sorted({p.days for p in plans})
    assert [p.cost for p in plans] == sorted({p.cost for p in plans}, reverse=True)
    for plan in plans:
        assert plan.useful == pytest.approx(500)


def test_the_fewest_days_and_then_the_cheapest():
    plan = fastest(Sourcing(slides(), wanted=1150)).plan
    assert (plan.days, plan.cost) == (7, 13_000)
    assert fastest(Sourcing(slides(), wanted=1150, budget=11_000)).plan.days == 14


def test_a_fraction_of_a_day_is_a_day():
    offers = (Offer(id="a", name="a", amount=100, unit_cost=1, daily=30),)
    assert fastest(Sourcing(offers, wanted=31)).plan.days == 2


def test_sources_of_one_crew_run_one_after_another():
    a, b = (Offer(id=name, name=name, amount=100, unit_cost=1, lead_days=5, daily=20, crew="studio") for name in "ab")
    assert most(Sourcing((a, b), days=10)).plan.amount == 100
    assert most(Sourcing((a, b), days=20)).plan.amount == 200
    apart = (replace(a, crew=""), replace(b, crew=""))
    assert most(Sourcing(apart, days=10)).plan.amount == 200
    plan = fastest(Sourcing((a, b), wanted=200)).plan
    assert plan.days == 20
    first, second = sorted(plan.takes, key=lambda t: t.begins)
    assert (first.begins, first.ends, second.begins, second.ends) == (0, 10, 10, 20)


def test_usefulness_counts_towards_the_wish_but_not_towards_the_cost():
    offers = (
        Offer(id="poor", name="poor", amount=1000, unit_cost=1, usefulness=0.25),
        Offer(id="good", name="good", amount=1000, unit_cost=3),
    )
    plan = cheapest(Sourcing(offers, wanted=100)).plan
    assert plan.sources == {"good"}
    assert plan.cost == 300
    cheap = replace(offers[0], unit_cost=0.5)
    plan = cheapest(Sourcing((cheap, offers[1]), wanted=100)).plan
    assert (plan.amount, plan.useful, plan.cost) == (400, 100, 200)


def test_a_fixed_cost_and_a_least_amount_are_kept_even_beside_huge_sources():
    offers = (
        Offer(id="store", name="store", amount=1e9, unit_cost=0.01, fixed_cost=5_000),
        Offer(id="small", name="small", amount=2_000, unit_cost=3, minimum=500),
    )
    assert cheapest(Sourcing(offers, wanted=100)).plan.cost == 1_500
    assert cheapest(Sourcing(offers, wanted=2_000)).plan.cost == 5_020
    endless = (Offer(id="endless", name="endless", amount=1e14, unit_cost=2),)
    assert cheapest(Sourcing(endless, wanted=100)).plan.cost == 200


def test_a_budget_is_kept_to_the_cent_among_large_costs():
    offers = tuple(
        Offer(id=name, name=name, amount=amount, unit_cost=cost / amount, is_whole=True)
        for name, amount, cost in (("a", 10, 5_000_000.00), ("b", 11, 5_000_000.01), ("c", 1, 4_000_000.00))
    )
    plan = most(Sourcing(offers, budget=10_000_000.00)).plan
    assert plan.sources == {"b", "c"}
    assert most(Sourcing(offers, budget=10_000_000.01)).plan.sources == {"a", "b"}


def test_impossible_wishes_say_what_each_limit_would_have_to_be():
    case = Sourcing(slides(), wanted=1000, budget=5_000, days=7)
    assert cheapest(case).plan is None
    needs = relief(case)
    assert (needs.cost, needs.days, needs.reachable, needs.on_offer) == (9_000, None, 600, 2200)
    slow = relief(Sourcing(slides(), wanted=2000, budget=25_000, days=7))
    assert (slow.cost, slow.days, slow.reachable) == (None, 14, 1200)
    assert relief(Sourcing(slides(), wanted=2500)).on_offer == 2200


def test_the_limit_of_growth_holds_the_amount():
    plan = most(Sourcing(slides(), most=1000)).plan
    assert (plan.amount, plan.cost) == (1000, 9_000)


@pytest.mark.parametrize(
    "case", [Sourcing(()), Sourcing((Offer(id="a", name="a", amount=0),)), Sourcing(slides(), budget=0, days=0)]
)
def test_nothing_to_have_is_a_plan_that_takes_what_is_free(case):
    assert most(case).plan.cost == 0


def test_a_budget_for_more_than_there_is_of_use_leaves_the_same_plan():
    # Two that are free, one of at least all of it, one beyond the budget, and one to fill up with: of a budget of 75 the solver's
    # presolve says that what costs 9 costs too much.
    one = partial(Offer, amount=1.0)
    whole = (
        one(id="a", name="A", is_whole=True),
        one(id="b", name="B", is_whole=True),
        one(id="c", name="C", unit_cost=2.0, minimum=1.0),
    )
    given = (*whole, one(id="d", name="D", fixed_cost=75.0, is_whole=True), Offer(id="e", name="E", amount=7.0, unit_cost=1.0))
    plans = [most(Sourcing(given, None, budget), 1).plan for budget in (25.0, 75.0)]
    assert [(p.useful, p.cost) for p in plans if p] == [(pytest.approx(10), pytest.approx(9))] * 2


def test_an_amount_of_zero_needs_nothing_to_be_paid():
    assert cheapest(Sourcing(slides(), wanted=0)).plan.cost == 0
    assert frontier(Sourcing((), wanted=5)) == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"offers": (Offer(id="a", name="A", amount=1), Offer(id="a", name="A", amount=1))}, "listed twice"),
        ({"offers": (Offer(id="a", name="Film", amount=-1),)}, "“Film”"),
        ({"offers": (Offer(id="a", name="Film", amount=1, daily=0),)}, "“Film”"),
        ({"offers": (Offer(id="a", name="Film", amount=float("nan")),)}, "“Film”"),
        ({"offers": (Offer(id="a", name="Film", amount=1, usefulness=1.5),)}, "usefulness"),
        ({"offers": (), "budget": -5}, "budget is -5"),
        ({"offers": (), "days": float("inf")}, "number of days"),
    ],
)
def test_figures_that_cannot_be_are_refused_by_name(wrong, said):
    with pytest.raises(CalculationError, match=said):
        Sourcing(**wrong)


def test_a_wish_without_an_amount_is_refused():
    with pytest.raises(CalculationError, match="how much data"):
        cheapest(Sourcing(slides()))
