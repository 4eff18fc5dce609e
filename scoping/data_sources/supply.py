"""The data step in figures: inventory, wishes, learning curve, split and labelling, made ready for the calculators.

What is missing or contradicts itself is named and left out; the rest keeps computing. Costs are counted in major units of
one currency, the budget's when there is a budget and else the commonest among the sources.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from scoping import currency as iso
from scoping.charter import Charter
from scoping.data_sources import acquisition
from scoping.data_sources import months as data_sources_months
from scoping.data_sources.acquisition import AcquisitionPlan, Answer, Offer, Sourcing
from scoping.data_sources.months import Schedule
from scoping.sections.data_sources import DataSources, Divisible, Origin, Privacy, Source
from scoping.sections.value import rates_of
from scoping.words import count, measured, number_words, short

TENFOLD = 10
"""Data should not grow by more than this at a time (slide: labeling data)."""
FEW_ROUNDS = 3
"""A first round of data that takes longer than this many rounds of training and error analysis is too long."""
QUICK = 30
"""With more sources than this, a whole curve of plans takes seconds."""
_LEAST, _MOST = 1e-6, 1e15
"""Amounts that can be told apart from nothing, and from each other."""


class Wish(StrEnum):
    """What is asked of a plan."""

    CHEAPEST = "cheapest"
    FASTEST = "fastest"
    MOST = "most"


@dataclass(frozen=True, kw_only=True)
class Supply:
    """What of the inventory can be planned with.

    Attributes:
        unit, currency: in which amounts and costs are counted.
        offers: the sources; those in `undecided` stand as if they could be had in part.
        undecided: ids of the sources of which nobody said whether they can be had in part.
        present: the amount that is owned already, planned or not.
        left_out: why other sources are not planned, a sentence each.
        unclear_rights: ids of sources with personal data of which nothing says what allows their use.
        unrated: whether the usefulness of some source is not known, so that it counts in full.
    """

    unit: str
    currency: str
    offers: tuple[Offer, ...]
    undecided: frozenset[str]
    present: float
    left_out: tuple[str, ...]
    unclear_rights: frozenset[str]
    unrated: bool

    def variants(self) -> tuple[tuple[str, tuple[Offer, ...]], ...]:
        """The offers as they may be: once, or in part and whole side by side while that is undecided."""
        if not self.undecided:
            return (("", self.offers),)
        whole = tuple(replace(o, is_whole=True) if o.id in self.undecided else o for o in self.offers)
        return (("If they can be had in part", self.offers), ("If only the whole can be had", whole))

    def money(self, amount: float) -> str:
        """A cost in words."""
        return iso.words(iso.to_minor(Decimal(repr(amount)), self.currency), self.currency)

    def much(self, amount: float) -> str:
        """An amount of data in words, to four digits."""
        return measured(float(f"{amount:.4g}"), self.unit)

    def useful(self, amount: float) -> str:
        """An amount in which each unit counts with its usefulness, in words that say so where it matters."""
        counted = " counted with their usefulness" if any(o.usefulness < 1 for o in self.offers) else ""
        return f"{self.much(amount)}{counted}"


def supply(charter: Charter) -> Supply:
    """Read the inventory as a planner can use it."""
    data: DataSources = charter.data_sources
    unit, currency = _unit(data), _currency(data)
    rates = rates_of(charter.value, charter.project.currency)
    offers, used, left_out = [], [], []
    for source in data.sources:
        made = _offer(source, unit, currency, rates)
        if isinstance(made, str):
            left_out.append(f"“{short(source.title, 60)}” is not planned: {made}")
        else:
            offers.append(made)
            used.append(source)
    return Supply(
        unit=unit,
        currency=currency,
        offers=tuple(offers),
        undecided=frozenset(s.id for s in used if s.divisible is None and s.amount),
        present=math.fsum(s.amount or 0.0 for s in data.sources if s.origin is Origin.OWNED and _counts_in(s, unit)),
        left_out=tuple(left_out),
        unclear_rights=frozenset(s.id for s in used if s.privacy in (Privacy.PERSONAL, Privacy.SENSITIVE) and not s.rights.strip()),
        unrated=any(s.usefulness is None for s in used),
    )


def _unit(data: DataSources) -> str:
    if data.wanted_unit.strip():
        return data.wanted_unit.strip()
    counts = Counter(s.unit.strip().casefold() for s in data.sources if s.amount is not None and s.origin is not Origin.WISHED)
    if not counts:
        return ""
    commonest, _ = counts.most_common(1)[0]
    return next(s.unit.strip() for s in data.sources if s.unit.strip().casefold() == commonest)


def _currency(data: DataSources) -> str:
    counts = Counter(str(s.currency) for s in data.sources if s.cost)
    if data.budget is not None or not counts:
        return str(data.currency)
    return counts.most_common(1)[0][0]


def _offer(source: Source, unit: str, currency: str, rates: dict[str, float]) -> Offer | str:
    """A source as an offer, or why it is none."""
    if reason := _not_plannable(source, unit):
        return reason
    rate = 1.0
    if source.currency != currency and source.cost:
        if source.currency not in rates or currency not in rates:
            return f"it is in {source.currency}, and no exchange rate to {currency} is given under Value."
        rate = rates[source.currency] / rates[currency]
    amount, days, lead = source.amount or 0.0, source.days or 0, source.lead_days
    cost, fixed = (float(iso.to_major(minor or 0, source.currency)) * rate for minor in (source.cost, source.fixed_cost))
    arrives_daily = lead is not None and lead < days
    return Offer(
        id=source.id,
        name=source.title,
        amount=amount,
        unit_cost=(cost - fixed) / amount,
        fixed_cost=fixed,
        is_whole=source.divisible is Divisible.WHOLE,
        minimum=source.minimum_order or 0.0,
        lead_days=lead or 0 if arrives_daily else days,
        daily=amount / (days - (lead or 0)) if arrives_daily else None,
        usefulness=1.0 if source.usefulness is None else source.usefulness / 100,
        crew=source.shares_with.strip().casefold(),
    )


def _counts_in(source: Source, unit: str) -> bool:
    return source.unit.strip().casefold() == unit.casefold()


def _not_plannable(source: Source, unit: str) -> str:
    if source.origin is Origin.WISHED:
        return "it is only wished for."
    asked = (("amount", source.amount), ("cost", source.cost), ("days", source.days))
    if missing := [name for name, value in asked if value is None]:
        return f"{' and '.join(missing)} not known yet."
    if not _counts_in(source, unit):
        return f"it is counted in “{short(source.unit, 30) or 'no unit'}”, the plan in “{short(unit, 30) or 'no unit'}”."
    if not source.amount:
        return "its amount is 0."
    if not _LEAST <= source.amount <= _MOST:
        return "its amount is too small or too large to plan with. Count in another unit."
    if (source.fixed_cost or 0) > (source.cost or 0):
        return "the fixed part of its cost is larger than the whole cost."
    if (source.minimum_order or 0) > source.amount:
        return "the least amount is larger than the whole amount."
    if (source.lead_days or 0) > (source.days or 0):
        return "the first of it would arrive after the last."
    return ""


def budget_of(data: DataSources) -> float | None:
    """The budget in major units."""
    return None if data.budget is None else float(iso.to_major(data.budget, data.currency))


@lru_cache(maxsize=128)
def planned(case: Sourcing, wish: Wish) -> Answer:
    """The best plans for a wish."""
    return {Wish.CHEAPEST: acquisition.cheapest, Wish.FASTEST: acquisition.fastest, Wish.MOST: acquisition.most}[wish](case)


def says(plan: AcquisitionPlan, seen: Supply) -> str:
    """A plan as a sentence to act on: what is there first, and what the rest takes."""
    if not plan.takes:
        return "Nothing has to be taken."
    first = plan.first
    when = f"Start on day {first.days}" if first.days else "Start at once"
    told = f"{when} with {seen.much(first.amount)} for {seen.money(first.cost) if first.cost else 'nothing'}."
    if first == plan:
        return told
    rest = plan.cost - first.cost
    spend = f"Spend {seen.money(rest)}" if rest else "Wait"
    return f"{told} {spend} to have {seen.much(plan.amount)} on day {plan.days}."


@lru_cache(maxsize=64)
def frontier(case: Sourcing) -> tuple[AcquisitionPlan, ...]:
    """Cost against days for the amount wanted; fewer points where there are many sources."""
    return acquisition.frontier(case, _points_of_curve(case))


@lru_cache(maxsize=64)
def growth(case: Sourcing) -> tuple[AcquisitionPlan, ...]:
    """How much can be had in how many days within the budget; fewer points where there are many sources."""
    return acquisition.growth(replace(case, wanted=None, days=None), _points_of_curve(case))


def _points_of_curve(case: Sourcing) -> int:
    return 24 if len(case.offers) <= QUICK else 8


@lru_cache(maxsize=64)
def why_not(case: Sourcing, seen: Supply) -> tuple[str, ...]:
    """What stands in the way of a plan, and what each limit would have to be, a sentence each."""
    wanted = case.wanted or 0.0
    needs = acquisition.relief(case)
    if needs.on_offer < wanted * (1 - 1e-9):
        missing = seen.much(wanted - needs.on_offer)
        return (f"All sources together hold {seen.useful(needs.on_offer)}, {missing} less than wanted. Find another source.",)
    reasons = []
    within = f" within {days_words(case.days)}" if case.days is not None else ""
    for_it = f" for {seen.money(case.budget)}" if case.budget is not None else ""
    if case.budget is not None:
        reasons.append(
            f"More money alone is not enough: the {days_words(case.days)} are too few."
            if needs.cost is None
            else f"{seen.much(wanted)}{within} cost {seen.money(needs.cost)}, {seen.money(needs.cost - case.budget)} above the budget."
        )
    if case.days is not None:
        reasons.append(
            f"More days alone are not enough: the budget of {seen.money(case.budget or 0.0)} decides."
            if needs.days is None
            else f"{seen.much(wanted)}{for_it} take {days_words(needs.days)} instead of {days_words(case.days)}."
        )
    reasons.append(f"Within these limits, {seen.useful(needs.reachable)} can be had.")
    return tuple(reasons)


def days_words(days: float | None) -> str:
    """Days in words."""
    return count(number_words(math.ceil(days or 0)), "day")


@lru_cache(maxsize=64)
def warnings(plan: AcquisitionPlan, case: Sourcing, seen: Supply, round_days: float | None) -> tuple[str, ...]:
    """What a plan should not do without somebody noticing, and what to do first instead."""
    sentences = []
    ceiling = TENFOLD * seen.present
    if seen.present and plan.amount > ceiling * (1 + 1e-9):
        first = acquisition.most(replace(case, most=ceiling), 1).plan
        instead = f" Stop at {seen.much(first.amount)} ({seen.money(first.cost)}), train, and look at the errors." if first else ""
        sentences.append(f"From {seen.much(seen.present)} to {seen.much(plan.amount)} is more than ten times in one step.{instead}")
    if round_days and plan.days > FEW_ROUNDS * round_days:
        days = float(math.ceil(round_days))
        first = acquisition.most(replace(case, days=days, most=ceiling or None), 1).plan
        had = seen.much(first.amount) if first else "nothing"
        sentences.append(
            f"All of it is there only after {days_words(plan.days)}, more than {FEW_ROUNDS} rounds of training and error analysis "
            f"({count(number_words(round_days), 'day')} each). In {days_words(days)} {had} can be had: begin with that."
        )
    sentences += [
        f"“{short(t.offer.name, 60)}” holds personal data, and nothing says yet what allows its use."
        for t in plan.takes
        if t.offer.id in seen.unclear_rights
    ]
    return tuple(sentences)


@lru_cache(maxsize=32)
def over_months(offers: tuple[Offer, ...], wanted: float | None, monthly: float, months: int) -> Schedule:
    """The cheapest plan month by month for an amount, or the most there can be where that amount is out of reach."""
    plan = None if wanted is None else data_sources_months.cheapest_by(offers, wanted, monthly, months)
    return plan or data_sources_months.most_by(offers, monthly, months)
