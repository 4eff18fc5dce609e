"""The history of a project as its trend tells it: how fast errors fell, and when a target is reached if that goes on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from scoping.errors import CalculationError
from scoping.numbers.trend import (
    FEWEST,
    HORIZON_YEARS,
    Every,
    Point,
    Prospect,
    Rate,
    Series,
    Shrinks,
    Trend,
    perfect_value,
    trend,
)
from scoping.sections.feasibility import Better, HistoryPoint
from scoping.words import bare, count, day_words, figure, percent


def histories(rows: Iterable[HistoryPoint]) -> tuple[tuple[Series, ...], tuple[str, ...]]:
    """The histories that a charter's list holds, one per metric in the order of their first rows, and what contradicts itself.

    Rows without day, value, metric or direction say nothing yet. Of several on one day the best counts.
    """
    by_metric: dict[str, list[HistoryPoint]] = {}
    for row in rows:
        if row.when and row.value is not None and row.metric.strip() and row.better:
            by_metric.setdefault(bare(row.metric), []).append(row)
    histories_of_metrics, problems = [], []
    for same in by_metric.values():
        try:
            histories_of_metrics.append(_series(same))
        except CalculationError as error:
            problems.append(str(error))
    return tuple(histories_of_metrics), tuple(problems)


def _series(rows: Sequence[HistoryPoint]) -> Series:
    name = " ".join(rows[0].metric.split())
    if len({r.better for r in rows}) > 1:
        raise CalculationError(
            f"“{name}” is once better when higher and once when lower.", "Choose the same direction in every row of this metric."
        )
    known = [r.hlp for r in sorted(rows, key=lambda r: r.when or date.min) if r.hlp is not None]
    values = [r.value for r in rows if r.value is not None]
    top = perfect_value(name, [*values, *known]) if rows[0].better is Better.HIGHER else None
    empty = Series(name, (), top)
    best: dict[date, float] = {}
    for row in rows:
        if row.when and row.value is not None:
            error = empty.error_of(row.value)
            if error < 0:
                raise CalculationError(
                    f"“{name}” is {row.value:g} on {day_words(row.when)}: an error cannot be below 0.", "Correct the value."
                )
            best[row.when] = min(best.get(row.when, math.inf), error)
    return Series(name, tuple(Point(d, e) for d, e in sorted(best.items())), top, empty.error_of(known[-1]) if known else None)


def told(history: Series, every: Every, target: float | None) -> list[str]:
    """What a history says, a sentence each: where it stands, its rate, and when the target is reached in either model."""
    sentences = _stands(history)
    by_error = trend(history)
    if by_error is None:
        few = f"{len(history.points)} of the at least {FEWEST} readings that a rate needs" if history.points else "No reading yet"
        return [*sentences, f"Too few readings to tell a rate: {few}."]
    rate = by_error.rate(every)
    sentences.append(f"The error {_shrank(rate, every)}, on {count(by_error.used, 'reading')}.")
    if rate.low <= 0 < rate.value:
        sentences.append("These readings do not show for certain that it shrinks at all.")
    if target is not None:
        sentences.append(_arrives(by_error, target))
    by_gap = trend(history, Shrinks.GAP)
    if by_gap is not None:
        beyond = len(history.points) - by_gap.used
        passed = (
            f"{count(beyond, 'reading')} at or beyond people left out of it" if beyond else "at such a rate people are never passed"
        )
        sentences.append(f"Seen as a gap to people: it {_shrank(by_gap.rate(every), every)}; {passed}.")
        if target is not None:
            sentences.append(_arrives(by_gap, target))
    return sentences


def _stands(history: Series) -> list[str]:
    if not history.points:
        return []
    last = history.points[-1]
    sentences = []
    if history.gap is not None and history.hlp is not None:
        way = (
            "level with people"
            if abs(history.gap) < 1e-9
            else f"{figure(abs(history.gap))} {'short of' if history.gap > 0 else 'ahead of'} people"
        )
        sentences.append(
            f"The last reading, {figure(history.value_of(last.error))} on {day_words(last.when)}, is {way} ({figure(history.value_of(history.hlp))})."
        )
    if not history.is_steady:
        best = history.records().points
        worse = len(history.points) - len(best)
        sentences.append(
            f"{worse} of {count(len(history.points), 'reading')} {'was' if worse == 1 else 'were'} no improvement; the best so far is of {day_words(best[-1].when)}."
        )
    return sentences


def _shrank(rate: Rate, every: Every) -> str:
    verb, (value, low, high) = (
        ("shrank", (rate.value, rate.low, rate.high)) if rate.value > 0 else ("grew", (-rate.value, -rate.high, -rate.low))
    )
    return f"{verb} by {percent(value, 1)} per {every.label} (95 % interval: {percent(low, 1)} to {percent(high, 1)})"


def _arrives(line: Trend, target: float) -> str:
    """When a target is reached, in a sentence."""
    seen, what = line.arrival(target), figure(target)
    match seen.prospect:
        case Prospect.REACHED:
            return f"The target {what} was reached on {day_words(seen.when)}." if seen.when else ""
        case Prospect.NEVER if line.shrinks is Shrinks.GAP and line.series.error_of(target) <= line.floor:
            return f"The target {what} lies at or beyond what people reach: never, if the gap shrinks like this."
        case Prospect.NEVER:
            return f"The target {what} is never reached at this rate."
        case Prospect.FARTHER:
            return f"The target {what} is not reached within {HORIZON_YEARS} years at this rate."
    early = "from the next reading on" if seen.earliest == line.end else f"from {seen.earliest:%b %Y}" if seen.earliest else ""
    late = f"to {seen.latest:%b %Y}" if seen.latest else "with an open end"
    reached = f"If that goes on, the target {what} is reached around {seen.when:%b %Y} (in 8 of 10 cases {early} {late})."
    return f"{reached} That is further ahead than twice the time observed, so do not rely on it." if seen.is_far else reached
