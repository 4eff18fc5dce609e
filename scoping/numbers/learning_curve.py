"""Learning curve: how the error falls with the amount of training data, and how much a target would take.

The curve is error = a + b n^-c. The interval around it comes from forecasts that were checked against what really happened,
not from the scatter of the points: an interval from the scatter, called 80 %, held 30 of 100 outcomes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from scoping.errors import CalculationError
from scoping.words import in_percent, number_words

POINTS = 5
"""Different amounts that a curve needs."""
SPAN = 4.0
"""The largest amount is at least this many times the smallest."""
FARTHEST = 10.0
"""Nothing is said about more than this many times the largest amount measured."""
BELOW, ABOVE = 0.16, 0.08
"""The interval runs from fit - BELOW r to fit + ABOVE r, with the reach r of `Curve.reach`.

These are the farthest outcomes on either side of 15 curves of the Learning Curve Database (LCDB 1.1, each of another data set),
measured at two, four and eight times the data. By split-conformal reasoning (Vovk and others 2005) the farthest of 15 on a
side holds a further curve of the same kind in 15 of 16 cases. Checked with every curve left out in turn, and the ends taken
from the other 14: 39 of the 45 outcomes left out lie inside, at least 12 of 15 at each multiple. Closer ends, tuned on the
same curves to hold 40 of 45, held 72 of 100 outcomes of curves that nobody had tuned them on."""
_CHECKED_AT = 8.0
"""The multiple at which the reach is as large as the spread of an error; it narrows with the logarithm of the multiple."""
_NEAREST = 2.0
"""The smallest multiple at which outcomes were checked; closer by, the interval stays as wide as there."""
_LEAST, _MOST = 1e-3, 1e15
"""Amounts that a reading may have."""
_EXPONENTS = np.geomspace(0.01, 3.0, 240)
_EXPLAINED = 0.5
"""Share of the scatter that a falling curve must explain before an amount is read off it."""


@dataclass(frozen=True)
class CurvePoint:
    """An error, 0 to 1, that was reached with an amount of training data."""

    size: float
    error: float


@dataclass(frozen=True)
class Forecast:
    """The error expected, 0 to 1, and the interval that holds 80 of 100 outcomes or more."""

    size: float
    error: float
    low: float
    high: float


class Attainability(StrEnum):
    """What a curve says about a target."""

    REACHED = "reached"
    WITHIN = "within"
    BEYOND = "beyond"
    NEVER = "never"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Needed:
    """The amount of training data that a target takes.

    Attributes:
        likely: where the curve reaches the target; None unless that lies within ten times the largest amount.
        low: where the favourable end of the interval reaches it, if that does within ten times.
        high: where the unfavourable end reaches it, if that does within ten times.
    """

    attainability: Attainability
    likely: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Curve:
    """error = floor + drop * (size / last)^-rate, fitted to points; `last` is the largest amount, `last_error` its error.

    Attributes:
        floor: the error that no amount of data gets below, on this curve.
        explained: share of the scatter of the errors that the curve explains, 0 to 1.
    """

    floor: float
    drop: float
    rate: float
    last: float
    last_error: float
    explained: float

    @property
    def is_falling(self) -> bool:
        """Whether the errors fall clearly enough to read an amount off the curve."""
        return self.drop > 0 and self.explained >= _EXPLAINED

    @property
    def farthest(self) -> float:
        """The largest amount about which something is said."""
        return FARTHEST * self.last

    def error(self, size: float) -> float:
        """The error on the curve."""
        return float(self.floor + self.drop * (size / self.last) ** -self.rate)

    def forecast(self, size: float) -> Forecast:
        """The error at a larger amount, with its interval.

        Raises:
            CalculationError: the amount is smaller than the largest one measured, or more than ten times as large.
        """
        if not self.last <= size <= self.farthest * (1 + 1e-9):
            raise CalculationError(
                f"Nothing can be said about an amount of {number_words(size)}.",
                f"Choose one between {number_words(self.last)} and {number_words(self.farthest)}.",
            )
        error, reach = self.error(size), self.reach(size)
        return Forecast(size, error, max(0.0, error - BELOW * reach), min(1.0, error + ABOVE * reach))

    def reach(self, size: float) -> float:
        """The unit of the interval: sqrt(e (1 - e)) of the last error e at eight times the data, less closer by."""
        return math.log(max(_NEAREST, size / self.last)) / math.log(_CHECKED_AT) * self._spread

    @cached_property
    def _spread(self) -> float:
        return math.sqrt(self.last_error * (1 - self.last_error))

    def needed(self, target: float) -> Needed:
        """How much training data an error of `target`, 0 to 1, takes."""
        if self.last_error <= target:
            return Needed(Attainability.REACHED, self.last, self.last, self.last)
        if not self.is_falling:
            return Needed(Attainability.UNCLEAR)
        forecasts = [self.forecast(size) for size in np.geomspace(self.last, self.farthest, 2000).tolist()]
        likely = next((f.size for f in forecasts if f.error <= target), None)
        low = next((f.size for f in forecasts if f.low <= target), None)
        high = next((f.size for f in forecasts if f.high <= target), None)
        if likely is not None:
            return Needed(Attainability.WITHIN, likely, low, high)
        return Needed(Attainability.BEYOND if self.floor < target else Attainability.NEVER, None, low, high)


def problem(points: Sequence[CurvePoint]) -> str:
    """Why no curve can be drawn through these points, as a sentence; "" when one can."""
    for p in points:
        if not (_LEAST <= p.size <= _MOST and 0 <= p.error <= 1):
            return f"An error of {in_percent(float(f'{100 * p.error:.4g}'))} with an amount of {number_words(p.size)} cannot be: correct that reading."
    sizes = {p.size for p in points}
    if len(sizes) < POINTS:
        have = f"{len(sizes)} is" if len(sizes) == 1 else f"{len(sizes) or 'none'} are"
        return f"Too few points: {have} there, {POINTS} different amounts are needed. Train with a half, a quarter and less of the data."
    if max(sizes) < SPAN * min(sizes):
        return f"The amounts lie too close together: the largest should be at least {SPAN:g} times the smallest."
    if not any(p.error for p in points if p.size == max(sizes)):
        return "The largest amount has no errors at all, so there is nothing left to forecast. Test on more or harder cases."
    return ""


@lru_cache(maxsize=64)
def fit(points: tuple[CurvePoint, ...]) -> Curve:
    """The curve that comes closest in relative error, large amounts weighing more.

    Raises:
        CalculationError: too few points, or points that lie too close together.
    """
    if reason := problem(points):
        raise CalculationError(reason)
    ordered = sorted(points, key=lambda p: p.size)
    sizes, errors = np.array([p.size for p in ordered]), np.array([p.error for p in ordered])
    last = float(sizes[-1])
    # Large amounts are nearest to what is forecast, and their errors scatter least.
    weights = np.sqrt(sizes / last) / np.maximum(errors, errors.max() / 100) ** 2
    floor, drop, rate, loss = min((_at(rate, sizes / last, errors, weights) for rate in _EXPONENTS.tolist()), key=lambda f: f[3])
    scatter = float((weights * (errors - np.average(errors, weights=weights)) ** 2).sum())
    return Curve(
        floor=floor,
        drop=drop,
        rate=rate,
        last=last,
        last_error=float(errors[sizes == last].mean()),
        explained=1 - loss / scatter if scatter > 1e-12 else 0.0,
    )


def _at(
    rate: float, shares: NDArray[np.float64], errors: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[float, float, float, float]:
    """Floor and drop, neither negative, that fit best for a rate, and what they miss."""
    falls = shares**-rate
    x, y = np.average(falls, weights=weights), np.average(errors, weights=weights)
    spread = float((weights * (falls - x) ** 2).sum())
    drop = float((weights * (falls - x) * (errors - y)).sum()) / spread
    floor = float(y - drop * x)
    if floor < 0:
        floor, drop = 0.0, float((weights * falls * errors).sum() / (weights * falls**2).sum())
    if drop < 0:
        floor, drop = float(y), 0.0
    return floor, drop, rate, float((weights * (errors - floor - drop * falls) ** 2).sum())
