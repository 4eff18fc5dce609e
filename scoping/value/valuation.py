"""The value step in figures: a charter's ladder, money, alternatives and errors, made ready for the calculators.

Amounts are counted in the project's currency. What is missing or contradicts itself is named and left out; the rest
keeps computing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from scoping import currency as iso
from scoping.charter import Charter
from scoping.findings import Problem
from scoping.numbers.ranges import Factor, Range
from scoping.numbers.shapes import Shape
from scoping.sections import solutions
from scoping.sections.data_sources import Origin, Source
from scoping.sections.milestones import Milestone, MilestoneKind, Milestones
from scoping.sections.value import Amount, Benefit, Cost, LinkedCosts, Period, Value, rates_of
from scoping.value import ladder as value_ladder
from scoping.value import money, simulation

YEARS = 3
"""Years that are counted while nobody said how many."""
SEED = 1
"""Of all simulations, so that the same charter always gives the same figures."""
SOURCES, MILESTONES = "data_sources.sources", "milestones.milestones"
_EVERY = {Period.ONCE: money.Frequency.ONCE, Period.MONTH: money.Frequency.MONTH, Period.YEAR: money.Frequency.YEAR}
_GAIN = "gain"


@dataclass(frozen=True)
class Delivery:
    """When the plan delivers, which is when benefits begin that say nothing else.

    Attributes:
        month: of the plan, in which benefits begin. 0 while no day is known, which is earlier than it can be.
        milestone: the last one that delivers, and `due` its day; None while no milestone has a due date.
        is_launch: whether it is a launch; without a launch, the last of all milestones delivers.
        undated: launches without a due date, which may make it later.
    """

    month: int = 0
    milestone: str = ""
    due: date | None = None
    is_launch: bool = False
    undated: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Valuation:
    """What can be worked out of a charter's value step.

    Attributes:
        plan: every line that could be made, of all alternatives.
        chosen: id of the chosen solution, "" while there is none; lines without a solution of their own belong to it.
        names: titles of the alternatives by id.
        lines: the lines of the plan by list and record, such as ("value.costs", "team").
        with_plan: ids of the benefits that begin when the plan delivers, because they do not say otherwise.
        beside: costs of other steps that are not counted, because `linked_costs` does not say so, in the same way.
    """

    currency: str
    ladder: value_ladder.Ladder
    plan: money.Projection
    chosen: str
    names: dict[str, str]
    lines: dict[tuple[str, str], money.Line]
    beside: dict[tuple[str, str], money.Line]
    problems: tuple[Problem, ...]
    delivery: Delivery
    with_plan: frozenset[str]

    @cached_property
    def of_chosen(self) -> money.Projection:
        """The lines of the chosen solution."""
        return self.plan.of(self.chosen)


def valuation(charter: Charter) -> Valuation:
    """Read ladder and money off a charter."""
    sources = charter.data_sources.sources
    return of_steps(str(charter.project.currency), charter.solutions, charter.value, sources, charter.milestones)


@lru_cache(maxsize=64)
def of_steps(
    currency: str, ideas: solutions.Solutions, value: Value, sources: tuple[Source, ...], milestones: Milestones
) -> Valuation:
    """Read ladder and money off the steps that say something about them; once for page, rules, document and workbook."""
    rates = rates_of(value, currency)
    rungs = ladder_of(value)
    idea = solutions.chosen(ideas)
    chosen = idea.id if idea else ""
    names = {s.id: s.title for s in ideas.solutions} | {money.NOTHING: "Do nothing"}
    begins = delivery(milestones)
    problems = [Problem("value.rungs", rung, sentence) for rung, sentence in rungs.problems]
    lines: dict[tuple[str, str], money.Line] = {}
    for ref, rows in (("value.benefits", value.benefits), ("value.costs", value.costs)):
        for row in rows:
            alternative = row.solution if row.solution in names else chosen
            begin = row.starts_month if row.starts_month is not None or isinstance(row, Cost) else begins.month
            line, problem = _line(row, rungs, rates, alternative, begin or 0)
            if problem:
                problems.append(Problem(ref, row.id, problem))
            if line:
                lines[ref, row.id] = line
    beside: dict[tuple[str, str], money.Line] = {}
    counted = linked_refs(value.linked_costs)
    for ref, record, made in _of_other_steps(sources, milestones, rates, chosen):
        if isinstance(made, money.Line):
            (lines if ref in counted else beside)[ref, record] = made
        elif ref in counted:
            problems.append(Problem(ref, record, made))
    plan = money.Projection(
        tuple(lines.values()),
        horizon_months=12 * (value.horizon_years or YEARS),
        yearly_discount_rate=(value.discount_rate or 0) / 100,
    )
    places = {line.input: place for place, line in lines.items()}
    problems += [Problem(*places[name], sentence) for name, sentence in plan.problems()]
    return Valuation(
        currency=currency,
        ladder=rungs,
        plan=plan,
        chosen=chosen,
        names=names,
        lines=lines,
        beside=beside,
        problems=tuple(dict.fromkeys(problems)),
        delivery=begins,
        with_plan=frozenset(b.id for b in value.benefits if b.starts_month is None),
    )


@lru_cache(maxsize=64)
def simulated(plan: money.Projection) -> simulation.Simulation:
    """The simulation that every page and export shows of a plan."""
    return simulation.simulate(plan, seed=SEED)


@lru_cache(maxsize=64)
def spread_out(plan: money.Projection) -> simulation.Fan:
    """The balance of a plan month by month, as every page shows it."""
    return simulation.fan(plan, seed=SEED)


@lru_cache(maxsize=64)
def compared(plan: money.Projection) -> tuple[simulation.Alternative, ...]:
    """The alternatives of a plan side by side, as every page and export shows them."""
    return simulation.compare(plan, seed=SEED)


@lru_cache(maxsize=256)
def implied(rungs: tuple[value_ladder.Rung, ...], rung_id: str) -> dict[str, value_ladder.Implied]:
    """What the target of a rung implies on every other; empty without a target."""
    resolved = value_ladder.resolve(rungs)
    target = resolved.rung(rung_id).target
    return {} if target is None else value_ladder.implied(resolved, rung_id, target, seed=SEED)


def ladder_of(value: Value) -> value_ladder.Ladder:
    """The metric ladder with its links as ranges."""
    return value_ladder.resolve(
        value_ladder.Rung(
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


def major(minor: int | None, currency: str, rate: float = 1.0) -> float | None:
    """An amount in major units, converted."""
    return None if minor is None else float(iso.to_major(minor, currency)) * rate


def _no_rate(currency: str) -> str:
    return f"It is in {currency}, for which no exchange rate is given. Add one to count it."


def _line(
    row: Amount, rungs: value_ladder.Ladder, rates: dict[str, float], alternative: str, begin: int
) -> tuple[money.Line | None, str]:
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
        kind=money.Flow.COST if isinstance(row, Cost) else money.Flow.BENEFIT,
        amount=amount,
        every=_EVERY[row.period or Period.ONCE],
        name=row.title,
        starts_month=begin,
        ramp_months=row.ramp_months or 0,
        lasts_months=row.lasts_months,
        group=row.cause.strip().casefold(),
        loading=row.pull or 0.0,
        driver=factors,
        evidence=str(row.evidence or ""),
        alternative=alternative,
    )
    return line, ""


def driver(rungs: value_ladder.Ladder, rung_id: str) -> tuple[tuple[Factor, ...], str]:
    """By how many units a rung improves when the lowest rung below it reaches its target."""
    if all(r.id != rung_id for r in rungs.rungs):
        return (), "It counts per unit of a step that does not exist any more. Choose another one."
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


def _of_other_steps(
    sources: Iterable[Source], plan: Milestones, rates: dict[str, float], chosen: str
) -> Iterator[tuple[str, str, money.Line | str]]:
    """List, record, and its line or why there is none, for the costs that other steps hold."""
    bought = ((s.id, s.title, s.cost, s.currency, 0) for s in sources if s.origin is not Origin.WISHED)
    yield from _typed_elsewhere(SOURCES, bought, rates, chosen)
    begin = first_day(plan)
    milestones = ((m.id, m.title, m.money, m.currency, starts(begin, m)) for m in plan.milestones)
    yield from _typed_elsewhere(MILESTONES, milestones, rates, chosen)


def delivery(plan: Milestones) -> Delivery:
    """When the last launch is due, or without a dated launch the last milestone, in months from the first day."""
    launches = [m for m in plan.milestones if m.kind is MilestoneKind.LAUNCH]
    undated = tuple(m.title for m in launches if not m.due)
    dated = [(m.due, m) for m in launches if m.due] or [(m.due, m) for m in plan.milestones if m.due]
    if not dated:
        return Delivery(undated=undated)
    due, last = max(dated, key=lambda pair: pair[0])
    begin = first_day(plan) or due
    # What is due within a month earns from the next one on.
    month = months_between(begin, due) + (due.day > begin.day)
    return Delivery(month, last.title, due, is_launch=last in launches, undated=undated)


def first_day(plan: Milestones) -> date | None:
    """The earliest day of the plan, from which months are counted; None without any day."""
    return min((d for m in plan.milestones for d in (m.start, m.due) if d), default=None)


def starts(begin: date | None, milestone: Milestone) -> int:
    """After how many months of the plan, which begins on its first day, the money of a milestone is needed."""
    return months_between(begin, milestone.start or milestone.due)


def months_between(begin: date | None, day: date | None) -> int:
    """Calendar months from one day to another, whatever the days in them; 0 where one of them is not known."""
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
            id=f"{ref}.{record}",
            kind=money.Flow.COST,
            amount=amount,
            name=title,
            starts_month=month,
            alternative=chosen,
            evidence="estimate",
        )
        yield ref, record, line
