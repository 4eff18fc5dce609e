"""The data step in figures: inventory, wishes, learning curve, split and labelling, made ready for the calculators.

What is missing or contradicts itself is named and left out; the rest keeps computing. Costs are counted in major units of
one currency, the budget's when there is a budget and else the commonest among the sources.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from scoping import acquisition, acquisition_months, labelling, learning_curve, regime, split_plan
from scoping import currency as iso
from scoping.acquisition import Answer, Case, Offer, Plan
from scoping.acquisition_months import Schedule
from scoping.answers import number_words
from scoping.errors import CalculationError
from scoping.learning_curve import Curve, Point, Verdict
from scoping.measurement import Method
from scoping.section import short
from scoping.sections import solutions
from scoping.sections.data_sources import DataSources, Divisible, Origin, Privacy, Source
from scoping.sections.milestones import Direction, Family, Milestones, Target
from scoping.valuation import rates_of

TENFOLD = 10
"""Data should not grow by more than this at a time (slide: labeling data)."""
FEW_ROUNDS = 3
"""A first round of data that takes longer than this many rounds of training and error analysis is too long."""
QUICK = 30
"""With more sources than this, a whole curve of plans takes seconds."""
_LEAST, _MOST = 1e-6, 1e15
"""Amounts that can be told apart from nothing, and from each other."""
SHARES = (60.0, 20.0, 20.0)
"""The split of the slides, in per cent, while nobody chose another."""


class Wish(StrEnum):
    """What is asked of a plan."""

    CHEAPEST = "cheapest"
    FASTEST = "fastest"
    MOST = "most"


@dataclass(frozen=True)
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
        return f"{number_words(float(f'{amount:.4g}'))} {self.unit}".strip()

    def useful(self, amount: float) -> str:
        """An amount in which each unit counts with its usefulness, in words that say so where it matters."""
        counted = " counted with their usefulness" if any(o.usefulness < 1 for o in self.offers) else ""
        return f"{self.much(amount)}{counted}"


def supply(charter: Any) -> Supply:
    """Read the inventory as a planner can use it."""
    data: DataSources = charter.part("data_sources")
    unit, currency = _unit(data), _currency(data)
    rates = rates_of(charter.part("value"), charter.part("project").currency)
    offers, used, left_out = [], [], []
    for source in data.sources:
        made = _offer(source, unit, currency, rates)
        if isinstance(made, str):
            left_out.append(f"“{short(source.title, 60)}” is not planned: {made}")
        else:
            offers.append(made)
            used.append(source)
    return Supply(
        unit,
        currency,
        tuple(offers),
        frozenset(s.id for s in used if s.divisible is None and s.amount),
        math.fsum(s.amount or 0.0 for s in data.sources if s.origin is Origin.OWNED and _counts_in(s, unit)),
        tuple(left_out),
        frozenset(s.id for s in used if s.privacy in (Privacy.PERSONAL, Privacy.SENSITIVE) and not s.rights.strip()),
        any(s.usefulness is None for s in used),
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
        source.id,
        source.title,
        amount,
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
def planned(case: Case, wish: Wish) -> Answer:
    """The best plans for a wish."""
    return {Wish.CHEAPEST: acquisition.cheapest, Wish.FASTEST: acquisition.fastest, Wish.MOST: acquisition.most}[wish](case)


@lru_cache(maxsize=64)
def frontier(case: Case) -> tuple[Plan, ...]:
    """Cost against days for the amount wanted; fewer points where there are many sources."""
    return acquisition.frontier(case, _points_of_curve(case))


@lru_cache(maxsize=64)
def growth(case: Case) -> tuple[Plan, ...]:
    """How much can be had in how many days within the budget; fewer points where there are many sources."""
    return acquisition.growth(replace(case, wanted=None, days=None), _points_of_curve(case))


def _points_of_curve(case: Case) -> int:
    return 24 if len(case.offers) <= QUICK else 8


@lru_cache(maxsize=64)
def why_not(case: Case, seen: Supply) -> tuple[str, ...]:
    """What stands in the way of a plan, and what each limit would have to be, a sentence each."""
    wanted = case.wanted or 0.0
    needs = acquisition.relief(case)
    if needs.on_offer < wanted * (1 - 1e-9):
        missing = seen.much(wanted - needs.on_offer)
        return (f"All sources together hold {seen.useful(needs.on_offer)}, {missing} less than wanted. Find another source.",)
    found = []
    within = f" within {days_words(case.days)}" if case.days is not None else ""
    for_it = f" for {seen.money(case.budget)}" if case.budget is not None else ""
    if case.budget is not None:
        found.append(
            f"More money alone is not enough: the {days_words(case.days)} are too few."
            if needs.cost is None
            else f"{seen.much(wanted)}{within} cost {seen.money(needs.cost)}, {seen.money(needs.cost - case.budget)} above the budget."
        )
    if case.days is not None:
        found.append(
            f"More days alone are not enough: the budget of {seen.money(case.budget or 0.0)} decides."
            if needs.days is None
            else f"{seen.much(wanted)}{for_it} take {days_words(needs.days)} instead of {days_words(case.days)}."
        )
    found.append(f"Within these limits, {seen.useful(needs.reachable)} can be had.")
    return tuple(found)


def days_words(days: float | None) -> str:
    """Days in words."""
    return "1 day" if days == 1 else f"{number_words(math.ceil(days or 0))} days"


@lru_cache(maxsize=64)
def warnings(plan: Plan, case: Case, seen: Supply, round_days: float | None) -> tuple[str, ...]:
    """What a plan should not do without somebody noticing, and what to do first instead."""
    found = []
    ceiling = TENFOLD * seen.present
    if seen.present and plan.amount > ceiling * (1 + 1e-9):
        first = acquisition.most(replace(case, most=ceiling), 1).plan
        instead = f" Stop at {seen.much(first.amount)} ({seen.money(first.cost)}), train, and look at the errors." if first else ""
        found.append(f"From {seen.much(seen.present)} to {seen.much(plan.amount)} is more than ten times in one step.{instead}")
    if round_days and plan.days > FEW_ROUNDS * round_days:
        days = float(math.ceil(round_days))
        first = acquisition.most(replace(case, days=days, most=ceiling or None), 1).plan
        had = seen.much(first.amount) if first else "nothing"
        found.append(
            f"All of it is there only after {days_words(plan.days)}, more than {FEW_ROUNDS} rounds of training and error analysis "
            f"({number_words(round_days)} days each). In {days_words(days)} {had} can be had: begin with that."
        )
    found += [
        f"“{short(t.offer.name, 60)}” holds personal data, and nothing says yet what allows its use."
        for t in plan.takes
        if t.offer.id in seen.unclear_rights
    ]
    return tuple(found)


@lru_cache(maxsize=32)
def over_months(offers: tuple[Offer, ...], wanted: float | None, monthly: float, months: int) -> Schedule:
    """The cheapest plan month by month for an amount, or the most there can be where that amount is out of reach."""
    plan = None if wanted is None else acquisition_months.cheapest_by(offers, wanted, monthly, months)
    return plan or acquisition_months.most_by(offers, monthly, months)


# How much is enough


def points(data: DataSources) -> tuple[Point, ...]:
    """The readings of the learning curve that are complete, with errors from 0 to 1."""
    return tuple(Point(p.size, p.error / 100) for p in data.learning_points if p.size is not None and p.error is not None)


def curve(data: DataSources) -> Curve:
    """The learning curve of the readings. Raises CalculationError when they make none."""
    return learning_curve.fit(points(data))


def says(line: Curve, target: float, unit: str) -> str:
    """What a curve says about a target error, from 0 to 1, as a sentence."""
    needed = line.needed(target)
    goal, last = f"An error of {_percent(target)}", amount_words(line.last, unit)
    farthest = amount_words(line.farthest, unit)
    match needed.verdict:
        case Verdict.REACHED:
            return f"{goal} is reached: {_percent(line.last_error)} were measured with {last}."
        case Verdict.UNCLEAR:
            return "The errors do not fall clearly with the amount of data, so no amount can be read off. More data alone may not help."
        case Verdict.WITHIN:
            at_once = needed.low is None or needed.low <= line.last * (1 + 1e-9)
            low = f"little more than {last}" if at_once else amount_words(needed.low or 0.0, unit)
            high = f"{amount_words(needed.high, unit)}" if needed.high else f"more than {farthest}"
            return f"{goal} takes about {amount_words(needed.likely or 0.0, unit)} for training, 80 % interval {low} to {high}."
        case Verdict.BEYOND:
            likely = f"{goal} takes more than {farthest}, ten times what was measured; further out nothing can be said."
        case Verdict.NEVER:
            likely = f"{goal} cannot be reached on this curve: it levels off at about {_percent(line.floor)}."
    if needed.low:
        return f"{likely} At the favourable end of the interval {amount_words(needed.low, unit)} would do."
    return f"{likely} Better labels, inputs or models are needed, not only more data."


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"


def amount_words(amount: float, unit: str) -> str:
    """An amount of data in words, to three digits."""
    return f"{number_words(float(f'{amount:.3g}'))} {unit}".strip()


def rounded_up(amount: float) -> float:
    """An amount to two digits, never less."""
    step = 10.0 ** (math.floor(math.log10(amount)) - 1)
    return float(f"{math.ceil(amount / step - 1e-9) * step:.6g}")


def below_curve(data: DataSources, plan: Milestones) -> Iterator[tuple[Target, str]]:
    """ML targets that the learning curve does not reach with ten times the data, each with why."""
    try:
        line = curve(data)
    except CalculationError:
        return
    best = line.forecast(line.farthest)
    why = (
        f"with ten times the data the learning curve gives an error of {_percent(best.error)}, "
        f"and {_percent(best.low)} at the favourable end"
    )
    for target in plan.targets:
        error = _as_error(target)
        if error is not None and error < min(best.error, line.last_error):
            yield target, why


_DISTANCES = ("absolute", "squared", "square")
"""Words in the names of errors that are distances, and no shares of cases."""


def _as_error(target: Target) -> float | None:
    """A target for error or accuracy on all cases as an error from 0 to 1; None when it is neither."""
    if target.family is not Family.ML or target.target is None or target.slice.strip():
        return None
    share = target.target if not target.unit.strip() and target.target <= 1 else target.target / 100
    name = target.metric.casefold()
    if not 0 <= share <= 1 or target.unit.strip() not in ("", "%"):
        return None
    if any(word in name for word in _DISTANCES):
        return None
    if "error" in name and target.direction is not Direction.AT_LEAST:
        return share
    if "accuracy" in name and target.direction is not Direction.AT_MOST:
        return 1 - share
    return None


# Split and labels


@dataclass(frozen=True)
class Split:
    """A split in figures: what a random one may do, and how many of each class a balanced one has."""

    names: tuple[str, ...]
    parts: tuple[split_plan.Part, ...]
    balanced: tuple[dict[str, int], ...]
    assumed: bool


_FEW = 10
"""With fewer cases of a class, a share of right answers is known to about 30 points at best."""
RARER, OTHER = "rarer class", "other classes"


def split(data: DataSources) -> Split | None:
    """The split plan; None while the examples or the share of the rarer class are not known.

    Raises:
        CalculationError: figures from which no split can be made.
    """
    if data.examples is None or data.positive_share is None:
        return None
    given = (data.train_share, data.dev_share, data.test_share)
    assumed = given == (None, None, None)
    shares = [share / 100 for share in SHARES] if assumed else [(share or 0.0) / 100 for share in given]
    names = ("Training", "Development", "Test")
    kept = [(name, share) for name, share in zip(names, shares, strict=True) if share]
    positives = round(data.examples * data.positive_share / 100)
    wanted = [share for _, share in kept]
    return Split(
        tuple(name for name, _ in kept),
        split_plan.random_split(data.examples, positives, wanted),
        split_plan.balanced_split({RARER: positives, OTHER: data.examples - positives}, wanted),
        assumed,
    )


def split_remarks(found: Split) -> tuple[str, ...]:
    """Whether a random split would do."""
    said = []
    worst = max(found.parts, key=lambda part: part.chance_off())
    if (chance := worst.chance_off()) >= 0.01:
        name = found.names[found.parts.index(worst)].lower()
        said.append(
            f"A random split is off by more than 10 points in the {name} set with a chance of {chance:.0%}. Divide each class by itself."
        )
    few = [name.lower() for name, part in zip(found.names, found.parts, strict=True) if part.expected < _FEW]
    if few:
        said.append(
            f"Fewer than {_FEW} of the rarer class in the {' and the '.join(few)} set: too few to say much about that class."
        )
    return tuple(said)


def effort(data: DataSources) -> labelling.Effort | None:
    """What labelling takes; None while items, labels per item or minutes are not known."""
    if data.items_to_label is None or data.labels_per_item is None or data.minutes_per_item is None:
        return None
    return labelling.effort(data.items_to_label, data.labels_per_item, data.minutes_per_item, data.label_rate)


def agreement(charter: Any) -> labelling.Agreement | None:
    """The agreement between labellers that was measured last, in per cent; None when none was."""
    kept = [m for m in charter.part("feasibility").measurements if m.method is Method.HLP and m.measured_on is not None]
    for one in sorted(kept, key=lambda m: m.measured_on, reverse=True):
        figure = _figure(one.result)
        if figure:
            return labelling.Agreement(*(100 * value for value in figure))
    return None


def _figure(result: str) -> tuple[float, float, float] | None:
    try:
        found = json.loads(result)["agreement"]
        value, low, high = (float(found[name]) for name in ("value", "low", "high"))
    except (ValueError, KeyError, TypeError):
        return None
    return value, low, high


def regime_of(charter: Any) -> regime.Regime:
    """What size and kind of the data of the chosen idea ask for."""
    data: DataSources = charter.part("data_sources")
    one = solutions.chosen(charter.part("solutions"))
    kind = None if one is None or one.data is None else str(one.data)
    return regime.regime(data.examples, kind, None if data.positive_share is None else data.positive_share / 100)


def names_of(ids: Iterable[str], seen: Supply) -> str:
    """Titles of sources in a sentence."""
    titles = {o.id: f"“{short(o.name, 40)}”" for o in seen.offers}
    return ", ".join(titles[i] for i in titles if i in set(ids))
