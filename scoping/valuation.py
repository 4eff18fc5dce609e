"""The value step in figures: a charter's ladder, money, alternatives and errors, made ready for the calculators.

Amounts are counted in the project's currency. What is missing or contradicts itself is named and left out; the rest
keeps computing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from scoping import currency as iso
from scoping import decision, ladder, money
from scoping.ranges import Factor, Range
from scoping.section import short
from scoping.sections import solutions
from scoping.sections.data_sources import Origin
from scoping.sections.milestones import Family, Milestone, Milestones, Target
from scoping.sections.value import Amount, Benefit, Cost, LinkedCosts, OperatingPoint, Period, Stake, Value
from scoping.shapes import Shape

YEARS = 3
"""Years that are counted while nobody said how many."""
SEED = 1
"""Of all simulations, so that the same charter always gives the same figures."""
SOURCES, MILESTONES = "data_sources.sources", "milestones.milestones"
_EVERY = {Period.ONCE: money.Every.ONCE, Period.MONTH: money.Every.MONTH, Period.YEAR: money.Every.YEAR}
_GAIN = "gain"


@dataclass(frozen=True)
class Problem:
    """Why something of a record is left out, or cannot be placed.

    Attributes:
        ref: the list in which the record stands, such as "value.costs".
    """

    ref: str
    record: str
    sentence: str

    def about(self, title: str) -> str:
        """The sentence with the title of the record before it, unless that stands in it already."""
        if title and short(title, 60) in self.sentence:
            return self.sentence
        return f"“{short(title, 60)}”: {self.sentence[0].lower()}{self.sentence[1:]}"


@dataclass(frozen=True)
class Valuation:
    """What can be worked out of a charter's value step.

    Attributes:
        plan: every line that could be made, of all alternatives.
        chosen: id of the chosen solution, "" while there is none; lines without a solution of their own belong to it.
        names: titles of the alternatives by id.
        lines: the lines of the plan by list and record, such as ("value.costs", "team").
    """

    currency: str
    ladder: ladder.Ladder
    plan: money.Plan
    chosen: str
    names: dict[str, str]
    lines: dict[tuple[str, str], money.Line]
    problems: tuple[Problem, ...]

    @property
    def of_chosen(self) -> money.Plan:
        """The lines of the chosen solution."""
        return self.plan.of(self.chosen)


def valuation(charter: Any) -> Valuation:
    """Read ladder and money off a charter."""
    value: Value = charter.part("value")
    currency = str(charter.part("project").currency)
    rates = rates_of(value, currency)
    rungs = ladder_of(value)
    one = solutions.chosen(charter.part("solutions"))
    chosen = one.id if one else ""
    names = {s.id: s.title for s in charter.part("solutions").solutions} | {money.NOTHING: "Do nothing"}
    problems = [Problem("value.rungs", rung, sentence) for rung, sentence in rungs.problems]
    lines: dict[tuple[str, str], money.Line] = {}
    for ref, rows in (("value.benefits", value.benefits), ("value.costs", value.costs)):
        for row in rows:
            line, problem = _line(row, rungs, rates, row.solution if row.solution in names else chosen)
            if problem:
                problems.append(Problem(ref, row.id, problem))
            if line:
                lines[ref, row.id] = line
    for ref, record, made in _linked(charter, rates, chosen):
        if isinstance(made, str):
            problems.append(Problem(ref, record, made))
        else:
            lines[ref, record] = made
    plan = money.Plan(
        tuple(lines.values()),
        horizon_months=12 * (value.horizon_years or YEARS),
        yearly_discount_rate=(value.discount_rate or 0) / 100,
    )
    places = {line.input: place for place, line in lines.items()}
    problems += [Problem(*places[name], sentence) for name, sentence in plan.problems()]
    return Valuation(currency, rungs, plan, chosen, names, lines, tuple(dict.fromkeys(problems)))


@lru_cache(maxsize=64)
def simulated(plan: money.Plan) -> money.Simulation:
    """The simulation that every page and export shows of a plan."""
    return money.simulate(plan, seed=SEED)


@lru_cache(maxsize=64)
def compared(plan: money.Plan) -> tuple[money.Outlook, ...]:
    """The alternatives of a plan side by side, as every page and export shows them."""
    return money.compare(plan, seed=SEED)


@lru_cache(maxsize=256)
def implied(rungs: tuple[ladder.Rung, ...], rung_id: str) -> dict[str, ladder.Implied]:
    """What the target of a rung implies on every other; empty without a target."""
    resolved = ladder.resolve(rungs)
    target = resolved.rung(rung_id).target
    return {} if target is None else ladder.implied(resolved, rung_id, target, seed=SEED)


def ladder_of(value: Value) -> ladder.Ladder:
    """The metric ladder with its links as ranges."""
    return ladder.resolve(
        ladder.Rung(
            id=r.id,
            order=r.order,
            below=r.below,
            name=r.metric,
            unit=r.unit,
            current=r.current,
            target=r.target,
            link=Range.stated(r.low, r.likely, r.high, r.shape or Shape.PERT),
            evidence=str(r.evidence or ""),
        )
        for r in value.rungs
    )


def rates_of(value: Value, currency: str) -> dict[str, float]:
    """What one unit of each currency is worth in the project's."""
    return {str(r.foreign): r.rate for r in value.rates if r.foreign and r.rate} | {currency: 1.0}


def major(minor: int | None, currency: str, rate: float = 1.0) -> float | None:
    """An amount in major units, converted."""
    return None if minor is None else float(iso.to_major(minor, currency)) * rate


def _no_rate(currency: str) -> str:
    return f"It is in {currency}, for which no exchange rate is given. Add one to count it."


def _line(row: Amount, rungs: ladder.Ladder, rates: dict[str, float], alternative: str) -> tuple[money.Line | None, str]:
    rate = rates.get(row.currency)
    if rate is None:
        return None, _no_rate(row.currency)
    low, likely, high = (major(v, row.currency, rate) for v in (row.low, row.likely, row.high))
    amount = Range.stated(low, likely, high, row.shape or Shape.PERT)
    if row.period is None and amount is not None:
        return None, "Say how often the amount comes: once, per month or per year."
    factors: tuple[Factor, ...] = ()
    if isinstance(row, Benefit) and row.rung:
        factors, problem = driver(rungs, row.rung)
        if problem:
            return None, problem
    line = money.Line(
        id=row.id,
        kind=money.Kind.COST if isinstance(row, Cost) else money.Kind.BENEFIT,
        amount=amount,
        every=_EVERY[row.period or Period.ONCE],
        name=row.title,
        starts_month=row.starts_month or 0,
        ramp_months=row.ramp_months or 0,
        lasts_months=row.lasts_months,
        group=row.cause.strip().casefold(),
        loading=row.pull or 0.0,
        driver=factors,
        evidence=str(row.evidence or ""),
        alternative=alternative,
    )
    return line, ""


def driver(rungs: ladder.Ladder, rung_id: str) -> tuple[tuple[Factor, ...], str]:
    """By how many units a rung improves when the lowest rung below it reaches its target."""
    if all(r.id != rung_id for r in rungs.rungs):
        return (), "It counts per unit of a rung that does not exist any more. Choose another one."
    start = rung_id
    while start in rungs.below:
        start = rungs.below[start]
    lowest, top = rungs.rung(start), rungs.rung(rung_id)
    if lowest.current is None or lowest.target is None:
        return (), f"It counts per unit of {top.called}, which needs the present value and the target of {lowest.called}."
    path = rungs.path(start, rung_id)
    if path.problem:
        return (), path.problem
    way = -1.0 if top.target is not None and top.current is not None and top.target < top.current else 1.0
    gain = Factor(
        f"{_GAIN}:{start}:{way:+.0f}",
        Range.exactly(way * (lowest.target - lowest.current)),
        f"Gain on {lowest.called}",
        evidence="estimate",
    )
    return (gain, *path.factors), ""


def linked_refs(linked: LinkedCosts | None) -> tuple[str, ...]:
    """The lists of other steps whose amounts are counted as costs."""
    return {
        LinkedCosts.DATA: (SOURCES,),
        LinkedCosts.MILESTONES: (MILESTONES,),
        LinkedCosts.BOTH: (SOURCES, MILESTONES),
    }.get(linked or LinkedCosts.NONE, ())


def _linked(charter: Any, rates: dict[str, float], chosen: str) -> Iterator[tuple[str, str, money.Line | str]]:
    """List, record, and its line or why there is none, for the costs that other steps hold, as far as they are counted."""
    refs = linked_refs(charter.part("value").linked_costs)
    if SOURCES in refs:
        rows = (
            (s.id, s.title, s.cost, s.currency, 0) for s in charter.part("data_sources").sources if s.origin is not Origin.WISHED
        )
        yield from _typed_elsewhere(SOURCES, rows, rates, chosen)
    if MILESTONES in refs:
        plan = charter.part("milestones")
        rows = ((m.id, m.title, m.money, m.currency, starts(plan, m)) for m in plan.milestones)
        yield from _typed_elsewhere(MILESTONES, rows, rates, chosen)


def first_day(plan: Milestones) -> date | None:
    """The earliest day of the plan, from which months are counted; None without any day."""
    return min((d for m in plan.milestones for d in (m.start, m.due) if d), default=None)


def starts(plan: Milestones, milestone: Milestone) -> int:
    """After how many months of the plan the money of a milestone is needed."""
    return _months(first_day(plan), milestone.start or milestone.due)


def _months(begin: date | None, day: date | None) -> int:
    return 0 if begin is None or day is None else (day.year - begin.year) * 12 + day.month - begin.month


def _typed_elsewhere(
    ref: str, rows: Iterable[tuple[str, str, int | None, str, int]], rates: dict[str, float], chosen: str
) -> Iterator[tuple[str, str, money.Line | str]]:
    """Single figures without a range. What a plan asks for has been thought about, so it is no guess."""
    for record, title, minor, currency, month in rows:
        if not minor:
            continue
        if currency not in rates:
            yield ref, record, _no_rate(currency)
            continue
        amount = Range.exactly(major(minor, currency, rates[currency]) or 0.0)
        # The id is unlike that of any typed line, which has no point in it.
        line = money.Line(
            f"{ref}.{record}", money.Kind.COST, amount, name=title, starts_month=month, alternative=chosen, evidence="estimate"
        )
        yield ref, record, line


# What being right or wrong is worth


@dataclass(frozen=True)
class Judged:
    """A decision of the model in figures.

    Attributes:
        stakes: None while cases, share or all amounts are missing.
        points: its operating points, valued; `settings` are the records they stand for, in the same order.
        needs: precision from which flagging a case pays, 0 to 1; None when nothing pays or too little is known.
    """

    row: Stake
    stakes: decision.Stakes | None
    points: tuple[decision.Valued, ...] = ()
    settings: tuple[OperatingPoint, ...] = ()
    needs: float | None = None
    errors: decision.ErrorStakes | None = None

    @property
    def best(self) -> decision.Valued | None:
        """The operating point that is worth most."""
        return decision.best(self.points)


def judged(value: Value) -> tuple[Judged, ...]:
    """What each decision's outcomes are worth per month, in the decision's own currency."""
    first = value.stakes[0].id if value.stakes else ""
    return tuple(_judge(row, [p for p in value.operating_points if (p.stake or first) == row.id]) for row in value.stakes)


def _judge(row: Stake, points: list[OperatingPoint]) -> Judged:
    errors = None
    if row.cases_per_month is not None and row.cost_per_error is not None:
        errors = decision.ErrorStakes(row.cases_per_month, _amount(row.cost_per_error, row), _amount(row.cost_per_case, row))
    if row.cases_per_month is None or row.positive_share is None or (row.value_tp, row.cost_fp, row.cost_fn) == (None, None, None):
        return Judged(row, None, errors=errors)
    stakes = decision.Stakes(
        cases=row.cases_per_month,
        positives=row.positive_share / 100,
        value_tp=_amount(row.value_tp, row),
        cost_fp=_amount(row.cost_fp, row),
        cost_fn=_amount(row.cost_fn, row),
        cost_per_case=_amount(row.cost_per_case, row),
    )
    settings = tuple(p for p in points if p.recall is not None)
    known = [
        decision.Point(place, None if p.precision is None else p.precision / 100, (p.recall or 0) / 100, p.title)
        for place, p in enumerate(settings)
    ]
    return Judged(row, stakes, stakes.value_at(known), settings, stakes.break_even_precision(), errors)


def _amount(minor: int | None, row: Stake) -> float:
    return major(minor, row.currency, 1.0) or 0.0


def below_break_even(value: Value, plan: Milestones) -> Iterator[tuple[Judged, Target]]:
    """Targets for precision at which flagging a case costs more than it brings, each with the decision."""
    for one in judged(value):
        for target in plan.targets:
            if one.needs is not None and target.family is Family.ML and "precision" in target.metric.casefold():
                share = _share(target)
                if share is not None and share < one.needs:
                    yield one, target


def _share(target: Target) -> float | None:
    if target.target is None:
        return None
    return target.target if not target.unit.strip() and target.target <= 1 else target.target / 100


# Promised and realised


@dataclass(frozen=True)
class Month:
    """What was promised and what came in one month after launch; realised is None where nothing was noted."""

    first: date
    promised: float
    realised: float | None


def realised(charter: Any) -> tuple[Month, ...]:
    """Months from the first reading to the last, with the promise at likely values beside it. Empty without readings.

    The promise begins to count with the first month that was noted: until then nothing was live.
    """
    value: Value = charter.part("value")
    worth = valuation(charter)
    rates = rates_of(value, worth.currency)
    readings: dict[date, float] = {}
    about: set[str] = set()
    for row in value.realised:
        amount = major(row.amount, row.currency, rates.get(row.currency, math.nan))
        if row.month is None or amount is None or math.isnan(amount):
            continue
        month = row.month.replace(day=1)
        readings[month] = readings.get(month, 0.0) + amount
        about.add(row.benefit)
    if not readings:
        return ()
    begin, end = min(readings), max(readings)
    count = _months(begin, end) + 1
    lines = [
        replace(line, starts_month=0)
        for line in worth.of_chosen.counted
        if line.kind is money.Kind.BENEFIT and (line.id in about or not any(about))
    ]
    weights = [line.weights(count) * line.likely for line in lines]
    promised = [math.fsum(float(w[i]) for w in weights) for i in range(count)]
    months = [date(begin.year + (begin.month - 1 + i) // 12, (begin.month - 1 + i) % 12 + 1, 1) for i in range(count)]
    return tuple(Month(m, p, readings.get(m)) for m, p in zip(months, promised, strict=True))
