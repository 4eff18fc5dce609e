"""How far a figure could be off: bootstrap weights over independent units, and intervals from them, all seeded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DRAWS = 1000
GROUPS = 2000
"""More units than this are put into so many random groups of equal size, which are drawn instead of them.

The sums of random groups vary as those of single units do, so the spread stays right; time and memory no longer grow.
"""
LEVEL = 0.95
_UNDEFINED_AT_MOST = 0.05
"""Share of draws in which a figure may be undefined before its interval is withheld."""


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval.

    Attributes:
        value: None when it is not defined; `problem` then says why.
        low, high: None when there is too little data for an interval.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    problem: str = ""


def groups(units: int, seed: int, at_most: int = GROUPS) -> Ints:
    """The group of each unit: its own place, or one of `at_most` groups at random when there are more units."""
    if units <= at_most:
        return np.arange(units)
    return np.random.default_rng(seed).permutation(units) % at_most


def weights(count: int, seed: int, draws: int = DRAWS, at_once: int = 100) -> Iterator[Floats]:
    """How often each of `count` groups is drawn when as many are drawn with replacement: blocks of draws by groups."""
    chance = np.random.default_rng(seed)
    for begin in range(0, draws, at_once):
        size = min(at_once, draws - begin)
        drawn = chance.integers(0, count, (size, count)) + count * np.arange(size)[:, None]
        yield np.bincount(drawn.ravel(), minlength=size * count).reshape(size, count).astype(float)


def interval(value: float, resampled: Floats, units: int, level: float = LEVEL) -> Estimate:
    """The percentile interval of a figure, its tails widened for few units (Hesterberg 2015, The American Statistician 69).

    There is none where draws are all alike: they say nothing about the spread.

    Args:
        resampled: the figure in each draw, NaN where it is undefined.
        units: independent units that were drawn.
    """
    from scipy import stats

    known = resampled[np.isfinite(resampled)]
    if units < 2 or len(known) < (1 - _UNDEFINED_AT_MOST) * len(resampled) or np.ptp(known) < 1e-12:
        return Estimate(value)
    tail = float(stats.norm.cdf(np.sqrt(units / (units - 1)) * stats.t.ppf((1 - level) / 2, units - 1)))
    low, high = np.quantile(known, [tail, 1 - tail])
    return Estimate(value, min(value, float(low)), max(value, float(high)))


def drawn(sums: Floats, figure: Callable[[Floats], Floats], seed: int, draws: int = DRAWS) -> tuple[float, Floats]:
    """A figure of the sums over all groups, and the same figure in each draw.

    Args:
        sums: one row per group.
        figure: from sums, stacked along all axes but the last, to the figure; NaN where undefined.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        value = float(figure(sums.sum(axis=0)))
        return value, np.concatenate([figure(w @ sums) for w in weights(len(sums), seed, draws)])
