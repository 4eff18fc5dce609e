"""History of a project: how fast its error shrinks, what comes next at this rate, and when a target is reached.

Two models stand side by side: the error itself shrinks by a constant share per period, or the gap to people does
(slides: history of project). The first forecast better on published races and can pass people; the second never does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from scoping.errors import CalculationError
from scoping.section import Choice

FEWEST = 4
"""Points below which no rate is told."""
RATE_LEVEL, RANGE_LEVEL = 0.95, 0.80
"""How often the intervals of the rate, and of what comes next, would hold the truth if the model were right."""
FAR = 2.0
"""Times the observed span beyond which a forecast is not to be relied on."""
HORIZON_YEARS = 10
"""How far ahead it is looked for the target."""
_DAYS = 365.25 / 12
_LARGEST = 700.0
"""Logarithm of about the largest number."""

Days = npt.NDArray[np.float64]


class Every(Choice):
    """The period in which progress is told."""

    QUARTER = "quarter", "quarter"
    HALF_YEAR = "half_year", "half-year"
    YEAR = "year", "year"

    @property
    def days(self) -> float:
        return _DAYS * {Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}[self]


@dataclass(frozen=True, order=True)
class Point:
    """What was reached on a day, as an error: 0 is perfect."""

    when: date
    error: float


@dataclass(frozen=True)
class Series:
    """The history of one metric.

    Attributes:
        points: in order of time, one per day.
        top: the perfect value where higher is better, so that error = top - value; None where lower is better.
        hlp: the error of people; None when not known.
    """

    metric: str
    points: tuple[Point, ...]
    top: float | None = None
    hlp: float | None = None

    @property
    def is_higher_better(self) -> bool:
        return self.top is not None

    def error_of(self, value: float) -> float:
        return value if self.top is None else self.top - value

    def value_of(self, error: float) -> float:
        return error if self.top is None else self.top - error

    @property
    def gap(self) -> float | None:
        """How far the last point is from people; negative where it is ahead. None when people are not known."""
        return None if self.hlp is None or not self.points else self.points[-1].error - self.hlp

    @property
    def is_steady(self) -> bool:
        """Whether every point was the best so far."""
        return len(self.records().points) == len(self.points)

    def records(self) -> Series:
        """The same history with only those points that were the best so far."""
        best: list[Point] = []
        for point in self.points:
            if not best or point.error < best[-1].error:
                best.append(point)
        return Series(self.metric, tuple(best), self.top, self.hlp)


class Shrinks(StrEnum):
    """What shrinks by a constant share."""

    ERROR = "error"
    GAP = "gap"


@dataclass(frozen=True)
class Rate:
    """A reduction per period, with its interval; negative where it grows."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Ahead:
    """What a later day will bring, as values of the metric: the likely one, and the interval for one new reading."""

    when: date
    likely: float
    low: float
    high: float
    is_far: bool


class Prospect(StrEnum):
    REACHED = "reached"
    LATER = "later"
    NEVER = "never"
    FARTHER = "farther"


@dataclass(frozen=True)
class Arrival:
    """When a target is reached.

    Attributes:
        when: the likely day, or the day on which it was reached; None otherwise.
        earliest, latest: ends of the interval; None where it is open within the years looked at.
        is_far: beyond what the observed span supports.
    """

    prospect: Prospect
    when: date | None = None
    earliest: date | None = None
    latest: date | None = None
    is_far: bool = False


@dataclass(frozen=True, kw_only=True)
class Trend:
    """A straight line through the logarithms of what shrinks, by least squares.

    Attributes:
        floor: subtracted before: the error of people in the gap model, 0 otherwise.
        used: points the line rests on; those at or below the floor have no logarithm.
        intercept, slope: per day since `start`.
        spread: standard deviation of the points around the line.
        middle, squares: mean of the days and their sum of squared deviations.
    """

    shrinks: Shrinks
    series: Series
    floor: float
    used: int
    start: date
    end: date
    intercept: float
    slope: float
    spread: float
    middle: float
    squares: float

    def rate(self, every: Every) -> Rate:
        """The reduction per period with its 95 % interval."""
        half = _student(RATE_LEVEL, self.used - 2) * self.spread / math.sqrt(self.squares)
        value, low, high = (-math.expm1(min(s * every.days, _LARGEST)) for s in (self.slope, self.slope + half, self.slope - half))
        return Rate(value, low, high)

    def at(self, day: date) -> Ahead:
        """What a reading on `day` would be."""
        line, half = (float(x[0]) for x in self._log(np.array([self._day(day)])))
        likely, *ends = (self.series.value_of(self._error(line + s * half)) for s in (0, -1, 1))
        return Ahead(day, likely, min(ends), max(ends), self.is_far(day))

    def ahead(self, every: Every, periods: int = 4) -> tuple[Ahead, ...]:
        """The next periods after the last point."""
        return tuple(self.at(self.end + timedelta(days=round(every.days * (i + 1)))) for i in range(periods))

    def is_far(self, day: date) -> bool:
        """Whether a day lies further ahead than twice the time observed."""
        return (day - self.end).days > FAR * (self.end - self.start).days

    def arrival(self, target: float) -> Arrival:
        """When a value of the metric is reached, if the trend goes on."""
        wanted = self.series.error_of(target)
        if reached := next((p.when for p in self.series.points if p.error <= wanted), None):
            return Arrival(Prospect.REACHED, reached)
        if wanted <= self.floor or self.slope >= 0:
            return Arrival(Prospect.NEVER)
        goal = math.log(wanted - self.floor)
        first = self._day(self.end)
        days = np.arange(first, first + HORIZON_YEARS * 365.25, 1.0)
        line, half = self._log(days)
        # A hair more, so that a line which just touches the goal reaches it.
        when, earliest, latest = (self._first(days, line + s * half <= goal + 1e-12) for s in (0, -1, 1))
        if when is None:
            return Arrival(Prospect.FARTHER, earliest=earliest)
        return Arrival(Prospect.LATER, when, earliest, latest, self.is_far(when))

    def _first(self, days: Days, there: npt.NDArray[np.bool_]) -> date | None:
        return self.start + timedelta(days=int(days[there.argmax()])) if there.any() else None

    def _day(self, day: date) -> float:
        return float((day - self.start).days)

    def _error(self, log: float) -> float:
        """An error from the logarithm of what shrinks; not worse than everything wrong."""
        error = self.floor + math.exp(min(log, _LARGEST))
        return error if self.series.top is None else min(error, self.series.top)

    def _log(self, days: Days) -> tuple[Days, Days]:
        """The line on some days, and half the width of the interval for one new reading on each."""
        far = (days - self.middle) ** 2 / self.squares
        half = _student(RANGE_LEVEL, self.used - 2) * self.spread * np.sqrt(1 + 1 / self.used + far)
        return self.intercept + self.slope * days, half


def _student(level: float, freedom: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + level) / 2))


def perfect_value(name: str, values: Sequence[float]) -> float:
    """The perfect value of a metric that is better when higher."""
    if min(values) < 0 or max(values) > 100:
        worst = min(values) if min(values) < 0 else max(values)
        raise CalculationError(
            f"“{name}” has the value {worst:g}; for a metric that is better when higher, a perfect value must be known: 1 or 100 %.",
            "Enter a share or per cent, or the error instead, where lower is better.",
        )
    return 1.0 if max(values) <= 1 else 100.0


def trend(history: Series, shrinks: Shrinks = Shrinks.ERROR) -> Trend | None:
    """The trend of a history; None where fewer than four points can carry one, or people are not known in the gap model."""
    floor = 0.0 if shrinks is Shrinks.ERROR else history.hlp
    if floor is None:
        return None
    used = [p for p in history.points if p.error > floor]
    if len(used) < FEWEST:
        return None
    start = used[0].when
    days = np.array([(p.when - start).days for p in used], dtype=float)
    logs = np.log([p.error - floor for p in used])
    middle = float(days.mean())
    squares = float(((days - middle) ** 2).sum())
    slope = float(((days - middle) * logs).sum() / squares)
    intercept = float(logs.mean() - slope * middle)
    rest = logs - intercept - slope * days
    spread = math.sqrt(float((rest**2).sum()) / (len(used) - 2))
    return Trend(
        shrinks=shrinks,
        series=history,
        floor=floor,
        used=len(used),
        start=start,
        end=history.points[-1].when,
        intercept=intercept,
        slope=slope,
        spread=spread,
        middle=middle,
        squares=squares,
    )


def usual_period(history: Series) -> Every:
    """The period that is nearest to the time between two points."""
    gaps = sorted((b.when - a.when).days for a, b in zip(history.points, history.points[1:], strict=False))
    usual = gaps[len(gaps) // 2] if gaps else Every.HALF_YEAR.days
    return min(Every, key=lambda e: abs(math.log(e.days / max(usual, 1))))
