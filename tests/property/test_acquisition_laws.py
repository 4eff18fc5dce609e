"""The planner equals plain enumeration on small cases, whatever the sources and limits are."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, combinations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scoping.data_sources.acquisition import Offer, Sourcing, cheapest, fastest, frontier, most

FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
CLOSE = 1e-6

amounts = st.integers(1, 50).map(float)
costs = st.integers(0, 20).map(float)
days = st.integers(0, 12).map(float)
shares = st.sampled_from([1.0, 1.0, 0.5, 0.25])


@st.composite
def offers(draw: st.DrawFn, *, whole: bool | None = None, crews: bool = False) -> tuple[Offer, ...]:
    made = []
    for place in range(draw(st.integers(1, 5))):
        amount = draw(amounts)
        is_whole = draw(st.booleans()) if whole is None else whole
        made.append(
            Offer(
                id=f"s{place}",
                name=f"Source {place}",
                amount=amount,
                unit_cost=draw(costs),
                fixed_cost=draw(st.sampled_from([0.0, 0.0, 30.0, 75.0])),
                is_whole=is_whole,
                minimum=0.0 if is_whole else draw(st.sampled_from([0.0, 0.0, 0.5, 1.0])) * amount,
                lead_days=draw(days),
                daily=draw(st.sampled_from([None, 1.0, 4.0, 10.0])),
                usefulness=draw(shares),
                crew=draw(st.sampled_from(["", "", "x"])) if crews else "",
            )
        )
    return tuple(made)


def _subsets(given_: tuple[Offer, ...]) -> Iterator[tuple[Offer, ...]]:
    return chain.from_iterable(combinations(given_, size) for size in range(len(given_) + 1))


def _bounds(offer: Offer, case: Sourcing) -> tuple[float, float] | None:
    """The least and the most that can be taken of an offer that is used; None when it cannot be."""
    cap = offer.amount
    if case.days is not None:
        if offer.lead_days > case.days:
            return None
        if offer.daily:
            cap = min(cap, offer.daily * (case.days - offer.lead_days))
    least = offer.amount if offer.is_whole else offer.minimum
    return None if cap < least - 1e-9 else (least, cap)


def _fillings(case: Sourcing) -> Iterator[tuple[float, float, list[tuple[float, float, float]]]]:
    """For every set of sources: cost and useful amount of the least of each, and what can be added: (usefulness, unit cost, room)."""
    for used in _subsets(case.offers):
        bounds = [_bounds(o, case) for o in used]
        if any(b is None for b in bounds):
            continue
        least = [b[0] for b in bounds if b]
        cost = math.fsum(o.fixed_cost + o.unit_cost * a for o, a in zip(used, least, strict=True))
        useful = math.fsum(o.usefulness * a for o, a in zip(used, least, strict=True))
        room = [(o.usefulness, o.unit_cost, b[1] - b[0]) for o, b in zip(used, bounds, strict=True) if b]
        yield cost, useful, sorted(room, key=lambda r: r[1] / r[0])


def _least_cost(case: Sourcing) -> float:
    """The cheapest cost by enumeration: each set is filled up with what costs least per useful unit."""
    best = math.inf
    for least_cost, least_useful, room in _fillings(case):
        cost, useful = least_cost, least_useful
        for usefulness, unit_cost, left in room:
            take = min(left, max(0.0, case.wanted - useful) / usefulness)
            cost, useful = cost + unit_cost * take, useful + usefulness * take
        if useful >= case.wanted - CLOSE and (case.budget is None or cost <= case.budget + CLOSE):
            best = min(best, cost)
    return best


def _most_useful(case: Sourcing) -> float:
    best = 0.0
    for least_cost, least_useful, room in _fillings(case):
        cost, useful = least_cost, least_useful
        if case.budget is not None and cost > case.budget + CLOSE:
            continue
        for usefulness, unit_cost, left in room:
            take = left if case.budget is None or not unit_cost else min(left, (case.budget - cost) / unit_cost)
            cost, useful = cost + unit_cost * take, useful + usefulness * take
        best = max(best, useful)
    return best


def _days(used: tuple[Offer, ...]) -> float:
    crews: dict[str, float] = {}
    for o in used:
        key = o.crew or o.id
        crews[key] = crews.get(key, 0.0) + o.days_for(o.amount)
    return max(crews.values(), default=0.0)


def _cost(used: tuple[Offer, ...]) -> float:
    return math.fsum(o.cost_of(o.amount) for o in used)


def _useful(used: tuple[Offer, ...]) -> float:
    return math.fsum(o.usefulness * o.amount for o in used)


limits = st.one_of(st.none(), st.integers(0, 600).map(float))
few_days = st.one_of(st.none(), days)


@FEW
@given(offers(), st.integers(1, 120).map(float), limits, few_days)
def test_the_cheapest_plan_costs_what_enumeration_finds(given_, wanted, budget, limit):
    case = Sourcing(given_, wanted, budget, limit)
    plan = cheapest(case, 1).plan
    expected = _least_cost(case)
    assert (plan is None) is math.isinf(expected)
    if plan is not None:
        assert plan.cost == pytest.approx(expected, rel=1e-6, abs=1e-6)
        _holds(plan, case)


@FEW
@given(offers(), limits, few_days)
def test_the_most_data_is_what_enumeration_finds(given_, budget, limit):
    case = Sourcing(given_, None, budget, limit)
    plan = most(case, 1).plan
    assert plan.useful == pytest.approx(_most_useful(case), rel=1e-6, abs=1e-6)
    _holds(plan, case)


def _holds(plan, case):
    """A plan keeps every limit and every rule of its sources."""
    assert case.wanted is None or plan.useful >= case.wanted * (1 - 1e-8)
    assert case.budget is None or plan.cost <= case.budget * (1 + 1e-8) + 1e-8
    assert case.days is None or plan.days <= math.ceil(case.days)
    for take in plan.takes:
        assert take.offer.minimum * (1 - 1e-8) <= take.amount <= take.offer.amount * (1 + 1e-8)
        assert not take.offer.is_whole or take.amount == take.offer.amount
        assert take.cost == pytest.approx(take.offer.cost_of(take.amount))


@FEW
@given(offers(whole=True, crews=True), st.integers(1, 120).map(float))
def test_the_fewest_days_are_what_enumeration_finds_also_for_shared_crews(given_, wanted):
    enough = [used for used in _subsets(given_) if _useful(used) >= wanted - CLOSE]
    plan = fastest(Sourcing(given_, wanted), 1).plan
    assert (plan is None) is (not enough)
    if plan is not None:
        fewest = math.ceil(min(map(_days, enough)) - 1e-6)
        assert plan.days == fewest
        in_time = [_cost(used) for used in enough if _days(used) <= fewest + 1e-6]
        assert plan.cost == pytest.approx(min(in_time))


@FEW
@given(offers(whole=True, crews=True), st.sampled_from([10.0, 20.0, 30.0]))
def test_all_equally_good_sets_are_shown_and_no_other(given_, wanted):
    # Few different amounts and costs, so that many sets are equally good.
    given_ = tuple(replace(o, amount=10.0, fixed_cost=0.0, usefulness=1.0, unit_cost=o.unit_cost // 10) for o in given_)
    enough = [used for used in _subsets(given_) if _useful(used) >= wanted - CLOSE]
    assume(enough)
    answer = cheapest(Sourcing(given_, wanted), 40)
    least = min(map(_cost, enough))
    cheap = [used for used in enough if _cost(used) <= least + CLOSE]
    best = [frozenset(o.id for o in used) for used in cheap if _useful(used) >= max(map(_useful, cheap)) - CLOSE]
    smallest = {one for one in best if not any(other < one for other in best)}
    shown = {plan.sources for plan in answer.plans}
    assert answer.is_complete
    assert smallest <= shown <= set(best)


@FEW
@given(offers(crews=True), st.integers(1, 120).map(float))
def test_more_days_never_cost_more(given_, wanted):
    plans = frontier(Sourcing(given_, wanted), 6)
    assert [p.days for p in plans] == sorted({p.days for p in plans})
    assert [p.cost for p in plans] == sorted((p.cost for p in plans), reverse=True)


@FEW
@given(offers(), st.integers(1, 120).map(float), st.integers(0, 300).map(float))
def test_a_looser_limit_never_makes_a_plan_worse(given_, wanted, budget):
    tight, loose = (cheapest(Sourcing(given_, wanted, b), 1).plan for b in (budget, budget + 50))
    assert tight is None or loose.cost <= tight.cost + CLOSE
    less, more = (most(Sourcing(given_, None, b), 1).plan.useful for b in (budget, budget + 50))
    assert less <= more + CLOSE
