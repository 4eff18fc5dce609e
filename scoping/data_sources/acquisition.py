"""Acquisition: which data to take from where, exactly, for an amount, a budget or a number of days.

Amounts and costs are plain numbers: one unit of data and one currency for all sources of a case. Offers of one crew run one
after another, all others side by side. With the amounts taken as they are, the days of a crew are a sum, so even its
sequence is part of one integer programme, and no order needs to be tried.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import numpy as np

from scoping.errors import CalculationError
from scoping.numbers.programme import Numbers, Row, refine, solve
from scoping.words import short

_EQUAL = 1e-7
"""Plans that differ by less, relative to the size of the case, count as equal."""
_LEAST = 1e-9
"""Share of an offer below which nothing is taken of it."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A source as a plan can use it.

    Attributes:
        amount: the most that can be had.
        unit_cost: per unit taken; `fixed_cost` is due once as soon as anything is taken.
        is_whole: all of it or nothing; else any part of at least `minimum`.
        lead_days: until the first of it arrives.
        daily: how much arrives per day after that; None when all arrives at once.
        usefulness: what one unit counts towards the amount wanted, 0 to 1.
        crew: offers with the same word here cannot run at the same time; "" shares with nobody.
    """

    id: str
    name: str
    amount: float
    unit_cost: float = 0.0
    fixed_cost: float = 0.0
    is_whole: bool = False
    minimum: float = 0.0
    lead_days: float = 0.0
    daily: float | None = None
    usefulness: float = 1.0
    crew: str = ""

    def cost_of(self, amount: float) -> float:
        """What an amount costs; nothing costs nothing."""
        return self.fixed_cost + self.unit_cost * amount if amount else 0.0

    def days_for(self, amount: float) -> float:
        """Days of work until an amount is there, once it is begun."""
        if not amount:
            return 0.0
        return self.lead_days + (amount / self.daily if self.daily else 0.0)


@dataclass(frozen=True)
class Sourcing:
    """What is on offer and what is asked of it; None is no limit.

    Attributes:
        wanted: the amount to reach, each unit counted with its usefulness.
        most: the largest amount to hold at all, such as ten times what is there already.
    """

    offers: tuple[Offer, ...]
    wanted: float | None = None
    budget: float | None = None
    days: float | None = None
    most: float | None = None

    def __post_init__(self) -> None:
        if len({o.id for o in self.offers}) < len(self.offers):
            raise CalculationError("A source is listed twice.", "List each source once.")
        for name, limit in (("amount", self.wanted), ("budget", self.budget), ("number of days", self.days), ("limit", self.most)):
            if limit is not None and not 0 <= limit < math.inf:
                raise CalculationError(f"The {name} is {limit:g}.", "Give a number of zero or more, or leave it empty.")
        for o in self.offers:
            given = (o.amount, o.unit_cost, o.fixed_cost, o.minimum, o.lead_days, o.daily or 0.0)
            if not all(0 <= value < math.inf for value in given) or o.daily == 0:
                raise CalculationError(
                    f"“{short(o.name, 60)}”: amount, cost and days must be zero or more.", "Correct it in the inventory."
                )
            if not 0 <= o.usefulness <= 1:
                raise CalculationError(f"“{short(o.name, 60)}”: usefulness lies between 0 and 100 %.", "Correct it.")


@dataclass(frozen=True)
class Take:
    """What a plan takes of one offer: how much, at what cost, and the days between which it is obtained."""

    offer: Offer
    amount: float
    cost: float
    begins: float
    ends: float

    @property
    def there_on(self) -> int:
        """The day on which all of it is there."""
        return math.ceil(self.ends - 1e-6)


@dataclass(frozen=True)
class AcquisitionPlan:
    """What is taken from where; sources of which nothing is taken are left out."""

    takes: tuple[Take, ...]

    @cached_property
    def cost(self) -> float:
        return math.fsum(t.cost for t in self.takes)

    @cached_property
    def amount(self) -> float:
        """Units of data, whatever their usefulness."""
        return math.fsum(t.amount for t in self.takes)

    @cached_property
    def useful(self) -> float:
        """Units of data, each counted with its usefulness."""
        return math.fsum(t.amount * t.offer.usefulness for t in self.takes)

    @cached_property
    def days(self) -> int:
        """Whole days until everything is there."""
        return max((t.there_on for t in self.takes), default=0)

    @cached_property
    def first(self) -> AcquisitionPlan:
        """What of it is there soonest."""
        day = min((t.there_on for t in self.takes), default=0)
        return AcquisitionPlan(tuple(t for t in self.takes if t.there_on == day))

    @property
    def sources(self) -> frozenset[str]:
        """The ids of the offers that are used."""
        return frozenset(t.offer.id for t in self.takes)


@dataclass(frozen=True)
class Answer:
    """The best plans, all equally good; none where the limits leave no plan.

    They are told apart by the sources used. The first is the one that is ready soonest.

    Attributes:
        is_complete: no other set of sources is as good.
    """

    plans: tuple[AcquisitionPlan, ...]
    is_complete: bool = True

    @property
    def plan(self) -> AcquisitionPlan | None:
        return self.plans[0] if self.plans else None


@dataclass(frozen=True)
class Relief:
    """What would make an impossible wish possible, one limit changed at a time; None where changing that one is not enough.

    Attributes:
        cost: the budget needed within the days given.
        days: the days needed within the budget given.
        reachable: the most that can be had within budget and days.
        on_offer: the most that can be had at all.
    """

    cost: float | None
    days: int | None
    reachable: float
    on_offer: float


class _Goal(StrEnum):
    """What is made small, or large in the case of the amount."""

    COST = "cost"
    DAYS = "days"
    AMOUNT = "amount"
    SOURCES = "sources"


_CHEAPEST = (_Goal.COST, _Goal.AMOUNT, _Goal.DAYS)
_MOST = (_Goal.AMOUNT, _Goal.COST, _Goal.DAYS)
_MOST_SOONEST = (_Goal.AMOUNT, _Goal.DAYS, _Goal.COST)


def cheapest(case: Sourcing, most_plans: int = 10) -> Answer:
    """The cheapest way to the amount wanted; at equal cost the one that brings more."""
    _needs_amount(case)
    return _answer(case, _CHEAPEST, most_plans)


def most(case: Sourcing, most_plans: int = 10) -> Answer:
    """The most useful data within budget and days, whatever amount is wanted; at equal amount the cheapest."""
    return _answer(replace(case, wanted=None), _MOST, most_plans)


def fastest(case: Sourcing, most_plans: int = 10) -> Answer:
    """The fewest whole days to the amount wanted; in these days, the cheapest."""
    _needs_amount(case)
    soonest = _Programme(case, (_Goal.DAYS,)).best()
    if soonest is None:
        return Answer(())
    return _answer(replace(case, days=soonest.days), _CHEAPEST, most_plans)


def frontier(case: Sourcing, at_most: int = 24) -> tuple[AcquisitionPlan, ...]:
    """Plans for the amount wanted of which none is both cheaper and sooner than another, soonest first.

    The limit of days is set aside. Between the soonest and the cheapest, no more than about `at_most` numbers of days are tried.
    """
    _needs_amount(case)
    case = replace(case, days=None)
    soonest, plan = fastest(case, 1).plan, _best(case, _CHEAPEST)
    if soonest is None or plan is None:
        return ()
    step = max(1, math.ceil((plan.days - soonest.days) / at_most))
    return _downwards(case, _CHEAPEST, plan, soonest.days, step)


def growth(case: Sourcing, at_most: int = 24) -> tuple[AcquisitionPlan, ...]:
    """How much can be had in how many days within the budget, soonest first; the limit of days is the last that is tried."""
    case = replace(case, wanted=None)
    plan = _best(case, _MOST_SOONEST)
    if plan is None:
        return ()
    return _downwards(case, _MOST_SOONEST, plan, 0, max(1, math.ceil(plan.days / at_most)))


def relief(case: Sourcing) -> Relief:
    """By how much each limit would have to give way, alone, for the amount wanted to become possible."""
    _needs_amount(case)
    cheaper = _best(replace(case, budget=None), _CHEAPEST)
    sooner = fastest(replace(case, days=None), 1).plan
    reachable, all_of_it = most(case, 1).plan, most(replace(case, budget=None, days=None), 1).plan
    return Relief(
        cheaper.cost if cheaper else None,
        sooner.days if sooner else None,
        reachable.useful if reachable else 0.0,
        all_of_it.useful if all_of_it else 0.0,
    )


def _needs_amount(case: Sourcing) -> None:
    if case.wanted is None:
        raise CalculationError("No amount is asked for.", "Say how much data is wanted.")


def _best(case: Sourcing, goals: Sequence[_Goal]) -> AcquisitionPlan | None:
    return _Programme(case, goals).best()


def _downwards(
    case: Sourcing, goals: Sequence[_Goal], last: AcquisitionPlan, first_day: int, step: int
) -> tuple[AcquisitionPlan, ...]:
    """The best plans for fewer and fewer days, from the last of them down to the first day."""
    plans = [last]
    while plans[-1].days > first_day:
        plan = _best(replace(case, days=max(first_day, plans[-1].days - step)), goals)
        if plan is None:
            break
        plans.append(plan)
    return tuple(reversed(plans))


def _answer(case: Sourcing, goals: Sequence[_Goal], most_plans: int) -> Answer:
    programme = _Programme(case, goals)
    first = programme.best()
    if first is None:
        return Answer(())
    equals = [first]
    while len(equals) <= most_plans and equals[-1].takes:
        # Fewest sources first, and none that only adds to a set already found: those are the plans worth telling apart.
        other = programme.as_good(first, other_than=[plan.sources for plan in equals])
        if other is None:
            break
        equals.append(other)
    plans = sorted(equals[:most_plans], key=lambda p: (p.days, len(p.takes)))
    return Answer(tuple(plans), len(equals) <= most_plans)


class _Programme:
    """A case as an integer programme.

    Variables, for n offers: the shares taken (0 to n-1), whether anything is taken (n to 2n-1), the days as a share of the
    longest possible (2n). Shares keep all numbers near one, where the solver's tolerances mean something. What it finds is
    worked out again with the choice of sources held, more strictly, and refused if it does not hold.
    """

    def __init__(self, case: Sourcing, goals: Sequence[_Goal]) -> None:
        self._case = case
        self._goals = goals
        self._offers = case.offers
        self._n = len(case.offers)
        self._caps = [self._cap(o) for o in self._offers]
        self._crews = self._in_crews()
        self._span = max((sum(self._days(i) for i in crew) for crew in self._crews), default=0.0) or 1.0
        self._scale = {
            _Goal.COST: max(math.fsum(o.cost_of(cap) for o, cap in zip(self._offers, self._caps, strict=True)), case.budget or 0.0)
            or 1.0,
            _Goal.AMOUNT: case.wanted
            or math.fsum(o.usefulness * cap for o, cap in zip(self._offers, self._caps, strict=True))
            or 1.0,
        }
        self._rows = self._conditions()

    def _cap(self, offer: Offer) -> float:
        """The most of an offer that can be of use in this case; tight, so that a fixed cost cannot be evaded by rounding."""
        case = self._case
        if not offer.amount or not offer.usefulness:
            return 0.0
        if offer.is_whole:
            return offer.amount
        bounds = [offer.amount]
        if offer.unit_cost and case.wanted is not None:
            bounds.append(max(offer.minimum, case.wanted / offer.usefulness))
        if offer.unit_cost and case.budget is not None:
            bounds.append((case.budget - offer.fixed_cost) / offer.unit_cost)
        if offer.daily and case.days is not None:
            bounds.append(offer.daily * (case.days - offer.lead_days))
        if case.most is not None:
            bounds.append(case.most)
        cap = max(0.0, min(bounds))
        return cap if cap >= offer.minimum else 0.0

    def _days(self, i: int) -> float:
        return self._offers[i].days_for(self._caps[i])

    def _in_crews(self) -> list[list[int]]:
        crews: dict[str, list[int]] = {}
        for i, o in enumerate(self._offers):
            crews.setdefault(f"with {o.crew}" if o.crew else f"alone {i}", []).append(i)
        return list(crews.values())

    def _conditions(self) -> list[Row]:
        case, n = self._case, self._n
        rows = []
        for i, (o, cap) in enumerate(zip(self._offers, self._caps, strict=True)):
            rows.append(Row({i: 1.0, n + i: -1.0}, low=0.0 if o.is_whole else -math.inf, high=0.0))
            if o.minimum and cap and not o.is_whole:
                rows.append(Row({i: 1.0, n + i: -o.minimum / cap}, low=0.0))
        if case.wanted:
            rows.append(Row(self._weights(_Goal.AMOUNT), low=case.wanted / self._scale[_Goal.AMOUNT]))
        if case.budget is not None:
            rows.append(Row(self._weights(_Goal.COST), high=case.budget / self._scale[_Goal.COST]))
        if case.most is not None:
            size = max(case.most, *self._caps, 1e-300) if self._caps else 1.0
            rows.append(Row({i: cap / size for i, cap in enumerate(self._caps)}, high=case.most / size))
        for crew in self._crews:
            work: dict[int, float] = {2 * n: -1.0}
            for i in crew:
                o = self._offers[i]
                work[n + i] = o.lead_days / self._span
                if o.daily:
                    work[i] = self._caps[i] / o.daily / self._span
            rows.append(Row(work, high=0.0))
        return rows

    def _weights(self, goal: _Goal) -> dict[int, float]:
        """How each variable counts towards a goal, in shares of its scale."""
        n = self._n
        if goal is _Goal.DAYS:
            return {2 * n: 1.0}
        if goal is _Goal.SOURCES:
            return {n + i: 1.0 for i in range(n)}
        scale = self._scale[goal]
        if goal is _Goal.AMOUNT:
            return {i: o.usefulness * cap / scale for i, (o, cap) in enumerate(zip(self._offers, self._caps, strict=True))}
        unit_costs = {i: o.unit_cost * cap / scale for i, (o, cap) in enumerate(zip(self._offers, self._caps, strict=True))}
        return unit_costs | {n + i: o.fixed_cost / scale for i, o in enumerate(self._offers)}

    def best(self) -> AcquisitionPlan | None:
        """The best plan by the goals, each deciding among what is equally good by those before it; None if there is none."""
        held: list[Row] = []
        chosen: frozenset[int] = frozenset()
        for goal in self._goals:
            solution = self._choice(goal, held)
            if solution is None:
                return None
            chosen, shares = solution
            held.append(self._no_worse(goal, self._value(goal, shares), _EQUAL))
        return self._plan(chosen)

    def as_good(self, plan: AcquisitionPlan, other_than: Sequence[frozenset[str]]) -> AcquisitionPlan | None:
        """A plan that costs and brings as much, from as few sources as can be, not from all of any set named."""
        place = {o.id: i for i, o in enumerate(self._offers)}
        values = {_Goal.COST: plan.cost, _Goal.AMOUNT: plan.useful}
        held = [self._no_worse(goal, values[goal] / self._scale[goal], _EQUAL) for goal in self._goals if goal in values]
        refused = [Row({self._n + place[i]: 1.0 for i in ids}, high=len(ids) - 1) for ids in other_than]
        solution = self._choice(_Goal.SOURCES, held + refused)
        return None if solution is None else self._plan(solution[0])

    def _no_worse(self, goal: _Goal, value: float, slack: float) -> Row:
        if goal is _Goal.AMOUNT:
            return Row(self._weights(goal), low=value - slack)
        return Row(self._weights(goal), high=value + slack)

    def _value(self, goal: _Goal, shares: Numbers) -> float:
        return math.fsum(weight * shares[i] for i, weight in self._weights(goal).items())

    def _choice(self, goal: _Goal, held: Sequence[Row]) -> tuple[frozenset[int], Numbers] | None:
        """The offers used in the best solution for a goal, and the shares taken; None if no choice holds."""
        usable = [float(cap > 0) for cap in self._caps]
        whole = np.repeat([0.0, 1.0, 0.0], [self._n, self._n, 1])
        refused: list[Row] = []
        while True:
            values = solve(self._objective(goal), [*self._rows, *held, *refused], np.array([*usable, *usable, self._last]), whole)
            if values is None:
                return None
            chosen = frozenset(i for i in range(self._n) if values[self._n + i] > 0.5)
            shares = self._shares(chosen, (goal,), held)
            if shares is not None:
                return chosen, shares
            # The solver forgives an excess of a millionth; with large amounts that is money.
            refused.append(Row({self._n + i: 1.0 if i in chosen else -1.0 for i in range(self._n)}, high=len(chosen) - 1))

    @property
    def _last(self) -> float:
        """The days there are, as a share of the longest possible."""
        return 1.0 if self._case.days is None else min(1.0, self._case.days / self._span)

    def _shares(self, chosen: frozenset[int], goals: Sequence[_Goal], held: Sequence[Row]) -> Numbers | None:
        """The shares taken when exactly these offers are used, best by the goals in turn; None if that does not hold."""
        used = [float(i in chosen) for i in range(self._n)]
        lower, upper = np.array([*[0.0] * self._n, *used, 0.0]), np.array([*used, *used, self._last])
        rows = [*self._rows, *held]
        shares = None
        for goal in goals:
            better = refine(self._objective(goal), rows, lower, upper)
            if better is None:
                return shares
            shares = better
            rows.append(self._no_worse(goal, self._value(goal, shares), 0.0))
        return shares

    def _objective(self, goal: _Goal) -> Numbers:
        weights = np.zeros(2 * self._n + 1)
        for i, weight in self._weights(goal).items():
            weights[i] = -weight if goal is _Goal.AMOUNT else weight
        return weights

    def _plan(self, chosen: frozenset[int]) -> AcquisitionPlan | None:
        """The best plan by the goals with exactly these offers, without the slack that comparing plans needs."""
        shares = self._shares(chosen, self._goals, [])
        if shares is None:
            return None
        amounts = {}
        for i, cap in enumerate(self._caps):
            if shares[i] > _LEAST:
                amounts[i] = cap if shares[i] > 1 - _LEAST else float(f"{cap * shares[i]:.10g}")
        takes = []
        for crew in self._crews:
            begins = 0.0
            inside = [(self._offers[i].days_for(amounts[i]), i) for i in crew if i in amounts]
            for days, i in sorted(inside):
                o = self._offers[i]
                takes.append((i, Take(o, amounts[i], o.cost_of(amounts[i]), begins, begins + days)))
                begins += days
        return AcquisitionPlan(tuple(take for _, take in sorted(takes, key=lambda pair: pair[0])))
