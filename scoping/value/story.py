"""The money of a project as a sponsor repeats it: one sentence, four facts, the guess that matters most, what drives the rest."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

from scoping import currency as iso
from scoping.numbers.ranges import Spread
from scoping.section import spelt
from scoping.value import costs, ladder, money, simulation, valuation
from scoping.value.valuation import Valuation
from scoping.value.words import LINK
from scoping.words import count, day_words, short

MOST_DRIVERS = 3


def end(worth: Valuation, first: date | None) -> str:
    """Until when is counted: a day, where the plan has a first one."""
    years = worth.of_chosen.horizon_months // 12
    if first is None or first.year + years > date.max.year:
        return f"within {count(years, 'year')}"
    # A leap day has no counterpart in most years.
    last = date(first.year + years, first.month, min(first.day, 28) if first.month == 2 else first.day) - timedelta(days=1)
    return f"by {day_words(last)}"


def sentence(worth: Valuation, first: date | None) -> str:
    """What comes out, as one sentence; "" while nothing can be counted."""
    plan, code = worth.of_chosen, worth.currency
    if not plan.counted:
        return ""
    npv, until = valuation.simulated(plan).npv, f"{end(worth, first)}, after all costs."
    if money.likely(plan).rests_on_guesses:
        return f"Roughly {iso.rough(npv.p10, npv.p90, code)} {until}"
    return f"{_between(npv, code)} {until}"


def _between(seen: Spread, code: str) -> str:
    low, high = iso.about(seen.p10, code), iso.about(seen.p90, code)
    return low if low == high else f"{low} to {high}"


def in_cases(probability: float) -> str:
    """A chance as people say it: "about 1 in 30", "about 7 in 10"."""
    if probability < 0.01:
        return "below 1 in 100"
    if probability > 0.99:
        return "above 99 in 100"
    if probability <= 0.3:
        many = 1 / probability
        return f"about 1 in {round(many) if many < 12 else 5 * round(many / 5)}"
    return f"about {min(round(10 * probability), 9)} in 10"


def facts(worth: Valuation, first: date | None) -> tuple[tuple[str, str], ...]:
    """What is asked, when the money is back, the chance to lose some."""
    plan, code = worth.of_chosen, worth.currency
    case, seen = money.likely(plan), valuation.simulated(plan)
    told = [] if case.rests_on_guesses else [("At likely values", iso.about(case.npv, code))]
    if asked := _asked(worth):
        told.append(asked)
    told.append(("Money is back", back(seen.payback, plan, first)))
    loss = seen.loss
    certain = "no, as no amount is in doubt" if loss < 0.5 else "yes, for certain"
    told.append(("Chance to lose money", certain if seen.npv.p10 == seen.npv.p90 else in_cases(loss)))
    return tuple(told)


def _asked(worth: Valuation) -> tuple[str, str] | None:
    every = costs.table(worth)[-1]
    if not every.is_known:
        return None
    code, years = worth.currency, worth.of_chosen.horizon_months / 12
    if every.until_delivery is None or every.later is None:
        return f"Costs over {count(round(years), 'year')}", iso.about(every.total, code)
    rest = years - worth.delivery.month / 12
    later = f", then about {iso.about(every.later / rest, code)} a year" if every.later and rest > 0 else ""
    what = "the last launch" if worth.delivery.is_launch else "the last milestone"
    return f"Costs until {what}", f"{iso.about(every.until_delivery, code)}{later}"


def back(payback: simulation.Payback, plan: money.Projection, first: date | None) -> str:
    """When the money is back, as months of the calendar where the plan has a first day."""
    years = count(plan.horizon_months // 12, "year")
    if payback.p10 is None:
        return f"not within {years}"
    if payback.p90 == 0:
        return "at once"
    early = _month(payback.p10, first)
    if payback.p90 is None:
        return f"{early} at the earliest; {in_cases(payback.never)} not within {years}"
    late = _month(payback.p90, first)
    return early if early == late else f"{early} to {late}"


def _month(months: float, first: date | None) -> str:
    if first is None:
        return count(max(1, round(months)), "month")
    return month_of(first, math.ceil(months))


def month_of(first: date, months: int) -> str:
    """The month of the calendar that is so many months after a day; the last one there is, at the end of the calendar."""
    at = first.month - 1 + months
    return f"{date(min(first.year + at // 12, date.max.year), at % 12 + 1, 1):%b %Y}"


@dataclass(frozen=True, kw_only=True)
class Driver:
    """An input that moves the result, and where it is answered.

    Attributes:
        ref: the list, such as "value.benefits"; with `record` and `field` the place where it is answered.
        share: of the spread of the result that it causes alone.
        is_guess: whether nobody has looked into it.
    """

    name: str
    ref: str
    record: str
    field: str
    swing: simulation.Swing
    share: float
    is_guess: bool


def drivers(worth: Valuation) -> tuple[Driver, ...]:
    """The inputs that alone move the result, widest first. Their shares add up to 1."""
    swings = [s for s in valuation.simulated(worth.of_chosen).swings if s.width > 0]
    squares = math.fsum(s.width**2 for s in swings)
    lines = {line.input: place for place, line in worth.lines.items()}
    found = []
    for swing in swings:
        if swing.input.startswith(LINK):
            rung = swing.input.removeprefix(LINK)
            evidence, name = worth.ladder.rung(rung).evidence, _step(worth.ladder, rung)
            ref, record, field = "value.rungs", rung, "evidence"
        else:
            ref, record = lines[swing.input]
            evidence = worth.lines[ref, record].evidence
            name, field = f"“{short(swing.name, 60)}”", "evidence" if ref.startswith("value.") else ""
        share, is_guess = swing.width**2 / squares, evidence in ("", "guess")
        found.append(Driver(name=name, ref=ref, record=record, field=field, swing=swing, share=share, is_guess=is_guess))
    return tuple(found)


def _step(rungs: ladder.Ladder, rung: str) -> str:
    below = rungs.below.get(rung, "")
    return f"how far {rungs.rung(rung).called} follows {rungs.rung(below).called}" if below else rungs.rung(rung).called


def guess(worth: Valuation) -> tuple[str, Driver] | None:
    """The guess that makes the result widest, with what finding out is worth and the cheapest way to it; None without one."""
    found = next((driver for driver in drivers(worth) if driver.is_guess), None)
    if found is None:
        return None
    knowing = valuation.simulated(worth.of_chosen).knowing
    most = next((k.worth for k in knowing if k.input == found.swing.input), 0.0)
    told = f"{_of_the_width(found.share)} from one guess: {found.name}."
    way = " Look for one case like it first: an estimate from elsewhere costs a call, a trial in a part of it some weeks."
    worth_it = f" Knowing it before deciding is worth up to {iso.rough(most, most, worth.currency)}." if most > 0 else ""
    return told + way + worth_it, found


def _of_the_width(share: float) -> str:
    if share > 0.95:
        return "Almost all of the width comes"
    tenths = min(max(round(10 * share), 1), 9)
    return "One tenth of the width comes" if tenths == 1 else f"{spelt(tenths).capitalize()} tenths of the width come"


def signed(amount: float, code: str, *, is_cost: bool, rough: bool = False) -> str:
    """An amount with the sign that says which way the money goes."""
    told = iso.rough(amount, amount, code) if rough else iso.about(amount, code)
    return f"{'−' if is_cost else '+'}{told}"
