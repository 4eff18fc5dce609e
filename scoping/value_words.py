"""The value step in words: each figure as a sentence or a row of cells, rounded to what is known, with where it comes from.

Rows are made for tables with the headers beside them; a table without rows has nothing to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from scoping import currency as iso
from scoping import ladder, money, valuation
from scoping.answers import number_words
from scoping.section import short
from scoping.sections.value import LinkedCosts, Value
from scoping.valuation import Judged, Valuation

_LINK = "link:"
"""How the names of inputs begin that are links of the ladder."""
DECIDED = "No single answer is worth waiting for: within all ranges the decision stays the same on average."
_MOST_MOVERS = 3
_MOST_KNOWN = 3
_WORTH_NAMING = 0.001
"""What would be worth less than this share of the expected value to know is not named."""


@dataclass(frozen=True)
class Rows:
    """Cells under their headers."""

    headers: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]


def figure(value: float) -> str:
    """A figure that is not known exactly, to four digits."""
    return number_words(float(f"{value:.4g}"))


def share(value: float) -> str:
    """A probability or a share, never rounded to certainty."""
    if 0 < value < 0.01:
        return "below 1%"
    return "above 99%" if 0.99 < value < 1 else f"{value:.0%}"


def span(low: float, high: float, currency: str) -> str:
    """Two amounts of money as an interval."""
    return f"{iso.about(low, currency)} to {iso.about(high, currency)}"


def years(plan: money.Plan) -> str:
    """How long is counted."""
    count = plan.horizon_months // 12
    return f"{count} year{'' if count == 1 else 's'}"


def headline(worth: Valuation) -> str:
    """The result in one line; "" while nothing can be counted."""
    if not worth.of_chosen.counted:
        return ""
    seen = valuation.simulated(worth.of_chosen)
    likely = iso.about(money.likely(worth.of_chosen).npv, worth.currency)
    return (
        f"{likely} over {years(worth.of_chosen)} at likely values; with a chance of 80% between "
        f"{iso.about(seen.npv.p10, worth.currency)} and {iso.about(seen.npv.p90, worth.currency)}; "
        f"chance of a loss {share(seen.loss)}"
    )


def sums(worth: Valuation) -> tuple[str, str]:
    """Benefits and costs of the chosen idea over the years counted, at likely values; "" for what has no line."""
    plan = worth.of_chosen
    case, over = money.likely(plan), f"over {years(plan)} at likely values"
    kinds = {line.kind for line in plan.counted}
    benefits = f"{iso.about(case.benefits, worth.currency)} {over}" if money.Kind.BENEFIT in kinds else ""
    return benefits, f"{iso.about(case.costs, worth.currency)} {over}" if money.Kind.COST in kinds else ""


def result(worth: Valuation) -> Iterator[tuple[str, str]]:
    """What the chosen idea is worth, figure by figure, each with its name."""
    plan, code = worth.of_chosen, worth.currency
    case, seen = money.likely(plan), valuation.simulated(plan)
    yield "Net present value at likely values", iso.about(case.npv, code)
    yield (
        "80% interval of the net present value",
        f"{span(seen.npv.p10, seen.npv.p90, code)}; half of the draws above {iso.about(seen.npv.p50, code)}",
    )
    yield "Chance of a loss", share(seen.loss)
    yield "Money is back after", _payback(case, seen, plan)
    if case.roi is not None:
        yield "Net over costs", f"{case.roi:.0%} over {years(plan)}, at likely values, not discounted"
    if case.irr is not None:
        yield "Internal rate of return", f"{case.irr:.0%} a year, at likely values"
    if case.guesses is not None:
        yield "Resting on guesses", f"{share(case.guesses)} of the value"


def _payback(case: money.Case, seen: money.Simulation, plan: money.Plan) -> str:
    likely = f"not within {years(plan)}" if case.payback_months is None else _months(case.payback_months)
    found = [f"{likely}, at likely values"]
    if seen.payback.p10 is not None and seen.payback.p90 is not None and seen.payback.p10 != seen.payback.p90:
        found.append(f"80% interval {seen.payback.p10:.0f} to {seen.payback.p90:.0f} months")
    if seen.payback.never >= 0.005:
        found.append(f"in {seen.payback.never:.0%} of the draws not within {years(plan)}")
    return "; ".join(found)


def _months(count: float) -> str:
    return "at once" if count == 0 else f"{count:.0f} month{'' if round(count) == 1 else 's'}"


def basis(worth: Valuation) -> str:
    """How the figures were worked out."""
    plan = worth.of_chosen
    seen = valuation.simulated(plan)
    rate = f"discounted at {100 * plan.yearly_discount_rate:g}% a year" if plan.yearly_discount_rate else "not discounted"
    words = (
        f"Worked out over {years(plan)} from the ranges below, {rate}, in {worth.currency}; {seen.n:,} draws with seed {seen.seed}. "
        "A chance of 80% lies between the ends of an interval, 10% on either side."
    )
    if any(line.driver for line in plan.counted):
        words += " Benefits that count per unit of a rung suppose that the lowest rung reaches its target."
    return f"{words} Nothing here is added to ratings or to other sums of this charter."


def alternatives(worth: Valuation) -> Rows:
    """Every idea that has benefits or costs of its own, and doing nothing, side by side."""
    code = worth.currency
    cells = []
    for o in valuation.compared(worth.plan):
        likely = money.likely(worth.plan.of(o.alternative)).npv
        chosen = " (chosen)" if o.alternative and o.alternative == worth.chosen else ""
        cells.append(
            (
                f"{short(worth.names.get(o.alternative, 'Not tied to an idea'), 70)}{chosen}",
                iso.about(likely, code),
                iso.about(o.npv.mean, code),
                span(o.npv.p10, o.npv.p90, code) if o.npv.p10 != o.npv.p90 else "",
                share(o.loss),
                share(o.best),
            )
        )
    headers = ("Idea", "At likely values", "Expected", "80% interval", "Chance of a loss", "Chance to be best")
    return Rows(headers, tuple(cells))


def movers(worth: Valuation) -> Rows:
    """The inputs that alone move the result most."""
    code = worth.currency
    swings = [s for s in valuation.simulated(worth.of_chosen).swings if s.width > 0][:_MOST_MOVERS]
    cells = tuple(
        (
            _input(s.input, s.name),
            f"{figure(s.low)} to {figure(s.high)}" if s.input.startswith(_LINK) else span(s.low, s.high, code),
            span(s.npv_low, s.npv_high, code),
            "Yes" if s.flips else "No",
        )
        for s in swings
    )
    return Rows(("What", "80% of its range", "Moves the net present value from … to", "Alone decides between gain and loss"), cells)


def _input(name: str, title: str) -> str:
    """What an input of the simulation is called."""
    shown = short(title, 70)
    return f"How far “{shown}” follows the rung below" if name.startswith(_LINK) else shown


def worth_knowing(worth: Valuation) -> Rows:
    """What it would be worth at most to find out before deciding."""
    seen, code = valuation.simulated(worth.of_chosen), worth.currency
    least = _WORTH_NAMING * max(1.0, abs(seen.npv.mean))
    found = [(_input(k.input, k.name), iso.about(k.worth, code)) for k in seen.knowing if k.worth > least][:_MOST_KNOWN]
    if seen.perfect_knowledge > least:
        found.append(("Everything at once", iso.about(seen.perfect_knowledge, code)))
    return Rows(("If this were known before deciding", "Worth at most"), tuple(found))


def year_by_year(worth: Valuation) -> Rows:
    """Benefits and costs of each year at likely values."""
    code = worth.currency
    cells = (
        (str(place), *(iso.about(v, code) for v in (y.benefits, y.costs, y.net, y.present, y.balance)))
        for place, y in enumerate(money.likely(worth.of_chosen).years, 1)
    )
    return Rows(("Year", "Benefits", "Costs", "Net", "Net, discounted", "Net, added up"), tuple(cells))


def counted_besides(worth: Valuation, linked: LinkedCosts | None) -> Rows:
    """The costs that other steps hold and that are counted here."""
    titles = {valuation.SOURCES: "Data sources", valuation.MILESTONES: "Milestones"}
    counted = set(worth.of_chosen.counted)
    cells = [
        (titles[ref], short(line.name, 90), after(line.starts_month), iso.about(line.likely, worth.currency))
        for (ref, _), line in worth.lines.items()
        if ref in valuation.linked_refs(linked) and line in counted
    ]
    return Rows(("Step", "What", "When", "Amount"), tuple(cells))


def after(months: int) -> str:
    """When something starts."""
    return f"after {months} month{'' if months == 1 else 's'}" if months else "at the start"


# The ladder


def start_of(rungs: ladder.Ladder) -> ladder.Rung | None:
    """The lowest rung whose target can be followed upwards: others rest on it, and its present value is known."""
    rested_on = set(rungs.below.values())
    found = (r for r in rungs.rungs if r.id in rested_on and r.target is not None and r.current is not None)
    return next(found, None)


def implied(rungs: ladder.Ladder, start: ladder.Rung) -> Rows:
    """What the target of one rung implies for all others."""
    if start.target is None:
        return Rows((), ())
    found = ladder.implied(rungs, start.id, start.target, seed=valuation.SEED)
    cells = []
    for rung in rungs.rungs:
        if one := found.get(rung.id):
            value = one.value
            target = "" if rung.target is None else number_words(rung.target)
            cells.append(
                (
                    short(rung.name, 70) or rung.called,
                    "" if rung.current is None else number_words(rung.current),
                    figure(value.likely) if value else "",
                    f"{figure(value.spread.p10)} to {figure(value.spread.p90)}" if value else "",
                    target,
                    "" if one.reach is None else share(one.reach),
                    one.problem or ("More than this rung gives" if one.asks_more else ""),
                )
            )
    headers = ("Metric", "Now", "Implied, most likely", "80% interval", "Its target", "Chance to reach it", "Remark")
    return Rows(headers, tuple(cells))


def doubt(rungs: ladder.Ladder, start: ladder.Rung) -> str:
    """Which link makes the highest rung most uncertain; "" when none does."""
    if start.target is None or not rungs.rungs:
        return ""
    top = rungs.rungs[-1]
    one = ladder.implied(rungs, start.id, start.target, seed=valuation.SEED).get(top.id)
    if one is None or len(one.shares) < 2:
        return ""
    widest = max(one.shares, key=lambda rung: one.shares[rung])
    below = rungs.rung(rungs.below[widest]).called
    return f"{share(one.shares[widest])} of the doubt about {top.called} comes from the link between {below} and {rungs.rung(widest).called}."


# Being wrong


def _first(value: Value) -> Iterable[Judged]:
    return (one for one in valuation.judged(value) if one.stakes is not None)


def decisions(value: Value) -> Rows:
    """What each decision is worth without a model, and from which precision a model pays."""
    cells = []
    for one in _first(value):
        stakes, code = one.stakes, one.row.currency
        if stakes is None:
            continue
        needs = "at no precision" if one.needs is None else f"{one.needs:.1%} precision"
        cells.append((short(one.row.title, 70), iso.about(stakes.nothing, code), iso.about(stakes.everything.gain, code), needs))
    return Rows(("Decision", "Nothing flagged, per month", "All flagged: better by", "Flagging a case pays from"), tuple(cells))


def valued_points(value: Value) -> set[str]:
    """Ids of the operating points that `points` shows."""
    return {p.id for one in _first(value) for p in one.settings}


def points(value: Value) -> Rows:
    """What each operating point is worth against flagging nothing; the best one is named."""
    cells = []
    for one in _first(value):
        for v, row in zip(one.points, one.settings, strict=True):
            gain = iso.about(v.worth.gain, one.row.currency) if v.worth else ""
            best = "Worth most" if v is one.best and v.worth and v.worth.gain > 0 else ""
            shares = (_percent(v.point.precision), _percent(v.point.recall))
            cells.append((short(one.row.title, 70), row.title, *shares, gain, v.problem or best, row.source))
    headers = ("Decision", "Setting", "Precision", "Recall", "Better than nothing by, per month", "Remark", "Source")
    return Rows(headers, tuple(cells))


def _percent(value: float | None) -> str:
    return "" if value is None else f"{number_words(round(100 * value, 6))}%"


def numbers(value: Value) -> Rows:
    """What errors of predicted numbers cost, and the error below which a model pays."""
    cells = []
    for one in valuation.judged(value):
        if one.errors is None or one.errors.problem():
            continue
        row, code = one.row, one.row.currency
        costs = ["" if e is None else iso.about(one.errors.cost(e), code) for e in (row.average_error_today, row.average_error)]
        limit = None if row.average_error_today is None else one.errors.break_even(row.average_error_today)
        pays = "" if row.average_error_today is None else "at no error" if limit is None else f"an error below {figure(limit)}"
        cells.append((short(row.title, 70), *costs, pays))
    return Rows(("Decision", "Errors today cost, per month", "With the model", "The model pays at"), tuple(cells))


# What came of it


def promises(charter: Any, currency: str) -> Rows:
    """What was promised and what came, month by month and in all."""
    months = valuation.realised(charter)
    cells = [
        (f"{m.first:%b %Y}", iso.about(m.promised, currency), "" if m.realised is None else iso.about(m.realised, currency))
        for m in months
    ]
    if len(months) > 1:
        promised, came = sum(m.promised for m in months), sum(m.realised or 0.0 for m in months)
        cells.append(("In all", iso.about(promised, currency), iso.about(came, currency)))
    return Rows(("Month", "Promised", "Realised"), tuple(cells))
