"""Sums over time: net present value, internal rate of return, payback."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from scoping.numbers.ranges import Array

MOST_TURNS = 24
"""Money that changes its direction more often has no rate of return that anybody could use."""

_FARTHEST = 30.0
"""Logarithms of 1 + rate are looked for as far as this on both sides."""

_ROUNDING = 1e-13
"""A balance that is smaller than this share of what flows is zero."""


# Single cash flows


def returns(cash: Sequence[float] | Array) -> tuple[float, ...]:
    """Every rate per period at which the net present value is zero, ascending; a double root is one rate.

    There is none when money flows one way only, and there may be several when it changes direction more than once:
    then no single one of them is "the" return, and the net present value has to decide. Nothing is looked for beyond
    `MOST_TURNS` changes.
    """
    # Empty periods at the ends move no root, and would make the others vanish beside the scale.
    flows = np.trim_zeros(np.asarray(cash, dtype=np.float64))
    if not 0 < turns(flows) <= MOST_TURNS:
        return ()
    return tuple(math.expm1(x) for x in _zeros(np.arange(len(flows), dtype=np.float64), flows))


def turns(cash: Sequence[float] | Array) -> int:
    """How often money changes its direction, which by Descartes' rule of signs no number of returns exceeds."""
    signs = np.sign(np.asarray(cash, dtype=np.float64))
    return int(np.count_nonzero(np.diff(signs[signs != 0])))


def _zeros(periods: Array, flows: Array) -> list[float]:
    """Where the sum of flows * exp(-x * periods) is zero, ascending.

    By Rolle's theorem an extreme point lies between two zeros, of the sum times exp(k * x) as well. With k between the two
    periods around a change of direction, its derivative has one change less (Laguerre's proof of Descartes' rule), so its
    zeros are found in the same way; between them the sum is monotone and passes zero once at most. At an extreme point it
    may touch zero: a double root, which no search for changes of sign would see.
    """
    signs = np.sign(flows)
    changes = np.flatnonzero(signs[:-1] * signs[1:] < 0) if (kept := flows != 0).all() else None
    if changes is None:
        return _zeros(periods[kept], flows[kept])
    if not len(changes):
        return []
    at = changes[len(changes) // 2]
    extremes = _zeros(periods, flows * ((periods[at] + periods[at + 1]) / 2 - periods))
    touching = [x for x in extremes if abs(_balance(periods, flows, x)) <= _ROUNDING * _balance(periods, np.abs(flows), x)]
    ends = [-_FARTHEST, *extremes, _FARTHEST]
    crossing = [
        _zero_between(periods, flows, low, high)
        for low, high in pairwise(ends)
        if not {low, high} & {*touching} and _balance(periods, flows, low) * _balance(periods, flows, high) < 0
    ]
    return sorted({*touching, *crossing})


def _balance(periods: Array, flows: Array, x: float) -> float:
    """The net present value at rate exp(x) - 1, up to a positive factor that keeps it from overflowing."""
    exponents = -x * periods
    return float(flows @ np.exp(exponents - exponents.max()))


def _zero_between(periods: Array, flows: Array, low: float, high: float) -> float:
    rising = _balance(periods, flows, high) > 0
    while (middle := (low + high) / 2) not in (low, high):
        if (_balance(periods, flows, middle) > 0) == rising:
            high = middle
        else:
            low = middle
    return high


def payback(cash: Sequence[float] | Array) -> float | None:
    """Periods until the money is back for good; None when that is not within the periods given.

    A period's money is taken to arrive evenly during it. 0 when nothing is ever owed.
    """
    periods = float(paybacks(np.cumsum(np.asarray(cash, dtype=np.float64))[None, :])[0])
    return periods if math.isfinite(periods) else None


def paybacks(balance: Array) -> Array:
    """Periods until each row of running totals is at zero or above for good; infinite when it is not."""
    draws_, months = balance.shape
    if not months:
        return np.zeros(draws_)
    # What is owed by no more than rounding is not owed.
    owes = balance < -1e-12 * np.abs(balance).max(axis=1, keepdims=True)
    last = months - 1 - np.argmax(owes[:, ::-1], axis=1)
    result = np.where(owes.any(axis=1), np.inf, 0.0)
    rows = np.flatnonzero(owes.any(axis=1) & (last < months - 1))
    before, after = balance[rows, last[rows]], balance[rows, last[rows] + 1]
    result[rows] = last[rows] + before / (before - after)
    return result
