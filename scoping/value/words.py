"""The value step in words: each figure as a sentence or a row of cells, rounded to what is known, with where it comes from.

Rows are made for tables with the headers beside them; a table without rows has nothing to say.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from decimal import Decimal

from scoping import currency as iso
from scoping.blocks import Rows
from scoping.charter import Charter
from scoping.numbers.ranges import Spread
from scoping.sections.value import LinkedCosts, Value
from scoping.value import cash, errors, money, realised, simulation, valuation
from scoping.value import costs as scoping_costs
from scoping.value.errors import JudgedErrors
from scoping.value.valuation import Delivery, Valuation
from scoping.words import chance, count, day_words, figure, number_words, part, percent, short

LINK = "link:"
"""How the names of inputs begin that are links of the ladder."""
DECIDED = "No single answer is worth waiting for: within all ranges the decision stays the same on average."
FAR_ABOVE = "far above what any other use of money brings"
"""What a rate of return above 100 % a year is told as: it says that the question is another one, not how good the project is."""
GUESSES = "rests on guesses"
"""The badge of a result whose benefits are all guesses."""
NO_MEAN = "A range has no expected value, as its upper end is open too far; the median stands in its place."
UNPRICED = "What it would be worth to know more cannot be worked out from a median."
MOST_RETURN = 0.995
"""From here on a return a year reads 100 % or more, and is told in words only."""
UNTIL_DELIVERY = "Until delivery"
"""The column of what falls due before the plan has delivered."""
_ROUGH_RATE = 0.05
"""To which a rate of return is rounded that rests on guesses."""
_QUARTER = 3
"""Months to which a payback is rounded that rests on guesses."""
_MOST_MOVERS = 3
_MOST_KNOWN = 3
_WORTH_NAMING = 0.001
"""What would be worth less than this share of the expected value to know is not named."""


def span(low: float, high: float, currency: str, *, rough: bool = False) -> str:
    """Two amounts of money as an interval, to two digits where they rest on guesses."""
    return f"roughly {iso.rough(low, high, currency)}" if rough else f"{iso.about(low, currency)} to {iso.about(high, currency)}"


def years(plan: money.Projection) -> str:
    """How long is counted."""
    return count(plan.horizon_months // 12, "year")


def is_rough(plan: money.Projection) -> bool:
    """Whether the result of a plan rests on guesses only."""
    return money.likely(plan).rests_on_guesses


def amount(value: float, currency: str, *, rough: bool) -> str:
    """An amount of money, to two digits where it rests on guesses."""
    return f"roughly {iso.rough(value, value, currency)}" if rough else iso.about(value, currency)


def interval(seen: Spread, currency: str, *, rough: bool) -> str:
    """Where 8 of 10 draws lie, to two digits where they rest on guesses."""
    return span(seen.p10, seen.p90, currency, rough=rough)


def headline(worth: Valuation) -> str:
    """The result in one line; "" while nothing can be counted."""
    plan, code = worth.of_chosen, worth.currency
    if not plan.counted:
        return ""
    seen = valuation.simulated(plan)
    loss = f"chance of a loss {chance_of_loss(seen.npv, seen.loss)}"
    if is_rough(plan):
        return f"{interval(seen.npv, code, rough=True)} over {years(plan)} ({GUESSES}); {loss}"
    likely = iso.about(money.likely(plan).npv, code)
    return f"{likely} over {years(plan)} at likely values; in 8 of 10 cases {span(seen.npv.p10, seen.npv.p90, code)}; {loss}"


def chance_of_loss(npv: Spread, loss: float) -> str:
    """The chance of a loss; a value without any doubt is or is not one."""
    if npv.p10 == npv.p90:
        return "none, as no amount is in doubt" if loss < 0.5 else "certain"
    return chance(loss)


def sums(worth: Valuation) -> tuple[str, str]:
    """Benefits and costs of the chosen idea over the years counted, at likely values; "" for what has no line."""
    plan, code = worth.of_chosen, worth.currency
    case, over = money.likely(plan), f"over {years(plan)} at likely values"
    kinds = {line.kind for line in plan.counted}

    def told(kind: money.Flow, value: float) -> str:
        rough = case.is_guessed(kind)
        words = f"{amount(value, code, rough=rough)} {over}" if kind in kinds else ""
        return f"{words} ({GUESSES})" if rough else words

    return told(money.Flow.BENEFIT, case.benefits), told(money.Flow.COST, case.costs)


def result(worth: Valuation) -> Iterator[tuple[str, str]]:
    """What the chosen idea is worth, figure by figure, each with its name."""
    plan, code = worth.of_chosen, worth.currency
    case, seen = money.likely(plan), valuation.simulated(plan)
    if is_rough(plan):
        yield f"Worth over {years(plan)}", f"{interval(seen.npv, code, rough=True)}; {GUESSES}"
    else:
        yield f"Worth over {years(plan)}, at likely values", iso.about(case.npv, code)
        half = f"half of the cases above {iso.about(seen.npv.p50, code)}"
        yield "In 8 of 10 cases", f"{span(seen.npv.p10, seen.npv.p90, code)}; {half}"
    yield "Chance of a loss", chance_of_loss(seen.npv, seen.loss)
    yield "Money is back after", payback(case, seen, plan)
    yield "Benefits over costs", benefits_over_costs(case)
    yield "Return a year", rate_of_return(case)
    if case.guesses is not None:
        yield "Resting on guesses", f"{part(case.guesses)} of the value"


def rate_of_return(case: money.LikelyCase) -> str:
    """The internal rate of return as far as it says something, to five per cent where it rests on guesses, or why there is none."""
    turns = cash.turns(case.cash)
    if not turns:
        return "none: money flows one way only"
    if turns > cash.MOST_TURNS:
        return f"none reported: money changes its direction {turns} times"
    if not case.returns:
        return "none: at no rate do benefits and costs balance"
    if case.irr is None:
        return f"none reported: {len(case.returns)} rates fit, so none of them is the return"
    if case.irr >= MOST_RETURN:
        return FAR_ABOVE
    if case.rests_on_guesses:
        return f"roughly {percent(_ROUGH_RATE * round(case.irr / _ROUGH_RATE))} a year; {GUESSES}"
    return f"{percent(case.irr)} a year, at likely values"


def benefits_over_costs(case: money.LikelyCase) -> str:
    """How many times the costs the benefits are, to two digits where they rest on guesses."""
    if case.roi is None:
        return "no costs are counted"
    if case.rests_on_guesses:
        return f"roughly {number_words(float(f'{1 + case.roi:.2g}'))} times, not discounted; {GUESSES}"
    return f"{figure(round(1 + case.roi, 2))} times, at likely values, not discounted"


def payback(case: money.LikelyCase, seen: simulation.Simulation, plan: money.Projection) -> str:
    """When the money is back, from the first day of the plan."""
    if case.rests_on_guesses:
        return _rough_payback(seen.payback, plan)
    likely = f"not within {years(plan)}" if case.payback_months is None else _months(case.payback_months)
    parts = [f"{likely}, at likely values"]
    if seen.payback.p10 is not None and seen.payback.p90 is not None and seen.payback.p10 != seen.payback.p90:
        parts.append(f"in 8 of 10 cases {seen.payback.p10:.0f} to {_months(seen.payback.p90)}")
    if seen.payback.never:
        parts.append(f"with a chance of {chance(seen.payback.never)} not within {years(plan)}")
    return "; ".join(parts)


def _rough_payback(back: simulation.Payback, plan: money.Projection) -> str:
    """When the money is back where benefits are guesses: the quarters between which 8 of 10 draws lie."""
    never = f"with a chance of {chance(back.never)} not within {years(plan)}" if back.never else ""
    if back.p10 is None:
        return f"{never}; {GUESSES}"
    first = math.floor(back.p10 / _QUARTER) * _QUARTER
    if back.p90 is None:
        told = f"roughly {count(first, 'month')} or more" if first else "nobody can say when"
    elif back.p90 == 0:
        told = "at once"
    else:
        last = count(max(first + _QUARTER, math.ceil(back.p90 / _QUARTER) * _QUARTER), "month")
        told = f"roughly {first} to {last}" if first else f"roughly within {last}"
    return "; ".join(filter(None, (told, never, GUESSES)))


def _months(months: float) -> str:
    return "at once" if months == 0 else "less than 1 month" if months < 0.5 else count(round(months), "month")


def begins(worth: Valuation) -> str:
    """When the benefits of the chosen idea begin, and where that comes from; "" without any."""
    delivery = worth.delivery
    benefits = [line for line in worth.of_chosen.counted if line.kind is money.Flow.BENEFIT]
    waiting = [line for line in benefits if line.id in worth.with_plan]
    early = [line for line in benefits if line not in waiting and line.starts_month < delivery.month]
    told = []
    if waiting and delivery.due is None:
        told.append(
            "No milestone has a due date yet, so benefits are counted from the first day, which is earlier than they can begin."
        )
    elif waiting:
        told.append(f"Benefits begin {after(delivery.month)}, when {_delivering(delivery)}.")
    elif benefits:
        told.append("Every benefit says itself when it begins.")
    if delivery.undated and waiting:
        told.append(
            f"{_named(delivery.undated)} {'has' if len(delivery.undated) == 1 else 'have'} no due date yet and may make it later."
        )
    if early:
        it = "begins before that" if waiting else f"begins before {_delivering(delivery)}"
        told.append(
            f"By its own line {_named(tuple(line.name for line in early))} {it if len(early) == 1 else it.replace('begins', 'begin', 1)}."
        )
    return " ".join(told)


def _delivering(delivery: Delivery) -> str:
    """Which milestone delivers, and when."""
    which = "the last launch" if delivery.is_launch else "the last milestone (none is called a launch)"
    return f"{which}, “{short(delivery.milestone, 60)}”, is due on {day_words(delivery.due) if delivery.due else 'no day'}"


def _named(titles: tuple[str, ...]) -> str:
    return " and ".join(f"“{short(title, 60)}”" for title in titles)


def costs_by_kind(worth: Valuation) -> Rows:
    """Project, data and plan costs, until delivery and afterwards, and all of them: each column and each row adds up."""
    cells = []
    for cost in scoping_costs.table(worth):
        sums = ["not known yet" if v is None else _whole(v, worth.currency) for v in (cost.until_delivery, cost.later, cost.total)]
        cells.append((cost.kind, *(sums if cost.is_known else ("", "", "none counted"))))
    headers = ("Cost", UNTIL_DELIVERY, "Afterwards", f"In all, {years(worth.of_chosen)}")
    return Rows(headers, tuple(cells))


def costs_beside(worth: Valuation, linked: LinkedCosts | None) -> Iterator[str]:
    """What other steps hold and the sum of all costs leaves out, a sentence each.

    Args:
        linked: the answer to which costs are counted besides those under Value; None while nobody gave it.
    """
    for cost in scoping_costs.table(worth):
        if cost.beside:
            yield f"{cost.kind} of {_whole(cost.beside, worth.currency)} are written down and not added: {why_beside(linked)}"


def why_beside(linked: LinkedCosts | None) -> str:
    """Why the costs of another step are not added."""
    if linked is None:
        return "nobody said yet whether they come on top of the costs under Value, so all costs may be higher."
    return "by the answer under Value, the costs that are counted contain them already."


def decision_asked(charter: Charter) -> str:
    """What the sponsor is asked to decide, as it stands beside the costs, of which it may be a part."""
    said = charter.project.decision_asked.strip()
    if not said:
        return "The decision asked of the sponsor is not written down yet."
    return f"The decision asked of the sponsor may be for a part of these costs: “{short(said, 300)}”"


def _whole(units: int, currency: str) -> str:
    return iso.words(iso.to_minor(Decimal(units), currency), currency)


def basis(worth: Valuation) -> str:
    """How the figures were worked out."""
    plan = worth.of_chosen
    seen = valuation.simulated(plan)
    rate = f"discounted at {percent(plan.yearly_discount_rate, 4)} a year" if plan.yearly_discount_rate else "not discounted"
    words = (
        f"Worked out over {years(plan)} from the ranges below, {rate}, in {worth.currency}; {seen.n:,} draws with seed {seen.seed}. "
        "In 8 of 10 cases the truth lies within a range, in 1 of 10 on either side of it."
    )
    if start := begins(worth):
        words += f" {start}"
    if seen.npv.mean is None:
        words += f" {NO_MEAN}"
    if any(line.driver for line in plan.counted):
        words += " Benefits that count per unit of a step of the ladder suppose that the lowest one reaches its target."
    return f"{words} Nothing here is added to ratings or to other sums of this charter."


def alternatives(worth: Valuation) -> Rows:
    """Every idea that has benefits or costs of its own, and doing nothing, side by side."""
    code = worth.currency
    cells = []
    for o in valuation.compared(worth.plan):
        case = money.likely(worth.plan.of(o.alternative))
        rough = case.rests_on_guesses
        chosen = " (chosen)" if o.alternative and o.alternative == worth.chosen else ""
        cells.append(
            (
                f"{short(worth.names.get(o.alternative, 'Not tied to an idea'), 70)}{chosen}",
                amount(case.npv, code, rough=rough),
                expected(o.npv, code, rough=rough),
                interval(o.npv, code, rough=rough) if o.npv.p10 != o.npv.p90 else "",
                chance_of_loss(o.npv, o.loss),
                chance(o.best),
            )
        )
    headers = ("Idea", "At likely values", "Expected", "In 8 of 10 cases", "Chance of a loss", "Chance to be best")
    return Rows(headers, tuple(cells))


def expected(npv: Spread, currency: str, *, rough: bool) -> str:
    """The expected value, or the median where there is none."""
    words = amount(npv.centre, currency, rough=rough)
    return words if npv.mean is not None else f"{words} (median)"


def movers(worth: Valuation) -> Rows:
    """The inputs that alone move the result most."""
    code, rough = worth.currency, is_rough(worth.of_chosen)
    swings = [s for s in valuation.simulated(worth.of_chosen).swings if s.width > 0][:_MOST_MOVERS]
    cells = tuple(
        (
            _input(s.input, s.name),
            f"{figure(s.low)} to {figure(s.high)}" if s.input.startswith(LINK) else span(s.low, s.high, code),
            span(s.npv_low, s.npv_high, code, rough=rough),
            "Yes" if s.flips else "No",
        )
        for s in swings
    )
    return Rows(("What", "In 8 of 10 cases", "Moves the worth from … to", "Alone decides between gain and loss"), cells)


def _input(name: str, title: str) -> str:
    """What an input of the simulation is called."""
    shown = short(title, 70)
    return f"How far “{shown}” follows the step below" if name.startswith(LINK) else shown


def worth_knowing(worth: Valuation) -> Rows:
    """What it would be worth at most to find out before deciding."""
    seen, code, rough = valuation.simulated(worth.of_chosen), worth.currency, is_rough(worth.of_chosen)
    if seen.perfect_knowledge is None:
        return Rows((), ())
    least = _WORTH_NAMING * max(1.0, abs(seen.npv.centre))
    unknowns = [(_input(k.input, k.name), amount(k.worth, code, rough=rough)) for k in seen.knowing if k.worth > least][
        :_MOST_KNOWN
    ]
    if seen.perfect_knowledge > least:
        unknowns.append(("Everything at once", amount(seen.perfect_knowledge, code, rough=rough)))
    return Rows(("If this were known before deciding", "Worth at most"), tuple(unknowns))


def nothing_to_find_out(worth: Valuation) -> str:
    """Why no answer is named that would be worth knowing."""
    return DECIDED if valuation.simulated(worth.of_chosen).perfect_knowledge is not None else f"{NO_MEAN} {UNPRICED}"


def years_title(worth: Valuation) -> str:
    """What the table of years is called."""
    return f"Year by year, roughly: {GUESSES}" if is_rough(worth.of_chosen) else "Year by year, at likely values"


def year_by_year(worth: Valuation) -> Rows:
    """Benefits and costs of each year at likely values, to two digits where they rest on guesses."""
    code, rough = worth.currency, is_rough(worth.of_chosen)
    cells = (
        (
            str(place),
            *(iso.rough(v, v, code) if rough else iso.about(v, code) for v in (y.benefits, y.costs, y.net, y.present, y.balance)),
        )
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
    return f"after {count(months, 'month')}" if months else "at the start"


# Being wrong


def _first(value: Value) -> Iterable[JudgedErrors]:
    return (judged for judged in errors.judged(value) if judged.stakes is not None)


def decisions(value: Value) -> Rows:
    """What each decision is worth without a model, and from which precision a model pays."""
    cells = []
    for judged in _first(value):
        stakes, code = judged.stakes, judged.row.currency
        if stakes is None:
            continue
        needs = "at no precision" if judged.needs is None else f"{percent(judged.needs, 1)} precision"
        cells.append((short(judged.row.title, 70), iso.about(stakes.nothing, code), iso.about(stakes.everything.gain, code), needs))
    return Rows(("Decision", "Nothing flagged, per month", "All flagged: better by", "Flagging a case pays from"), tuple(cells))


def valued_points(value: Value) -> set[str]:
    """Ids of the operating points that `points` shows."""
    return {p.id for judged in _first(value) for p in judged.settings}


def points(value: Value) -> Rows:
    """What each operating point is worth against flagging nothing; the best one is named."""
    cells = []
    for judged in _first(value):
        for v, row in zip(judged.points, judged.settings, strict=True):
            gain = iso.about(v.worth.gain, judged.row.currency) if v.worth else ""
            best = "Worth most" if v is judged.best and v.worth and v.worth.gain > 0 else ""
            shares = ("" if v is None else percent(v, 6) for v in (v.point.precision, v.point.recall))
            cells.append((short(judged.row.title, 70), row.title, *shares, gain, v.problem or best, row.source))
    headers = ("Decision", "Setting", "Precision", "Recall", "Better than nothing by, per month", "Remark", "Source")
    return Rows(headers, tuple(cells))


def numbers(value: Value) -> Rows:
    """What errors of predicted numbers cost, and the error below which a model pays."""
    cells = []
    for judged in errors.judged(value):
        if judged.errors is None or judged.errors.problem():
            continue
        row, code = judged.row, judged.row.currency
        costs = ["" if e is None else iso.about(judged.errors.cost(e), code) for e in (row.average_error_today, row.average_error)]
        limit = None if row.average_error_today is None else judged.errors.break_even(row.average_error_today)
        pays = "" if row.average_error_today is None else "at no error" if limit is None else f"an error below {figure(limit)}"
        cells.append((short(row.title, 70), *costs, pays))
    return Rows(("Decision", "Errors today cost, per month", "With the model", "The model pays at"), tuple(cells))


# What came of it


def promises(charter: Charter, currency: str) -> Rows:
    """What was promised and what came, month by month and in all."""
    months = realised.realised(charter)
    cells = [
        (f"{m.first:%b %Y}", iso.about(m.promised, currency), "" if m.realised is None else iso.about(m.realised, currency))
        for m in months
    ]
    if len(months) > 1:
        promised, came = sum(m.promised for m in months), sum(m.realised or 0.0 for m in months)
        cells.append(("In all", iso.about(promised, currency), iso.about(came, currency)))
    return Rows(("Month", "Promised", "Realised"), tuple(cells))
