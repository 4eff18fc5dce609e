"""Shares of yes and no: what a count says about the share behind it, and how many cases it takes to know it."""

from __future__ import annotations

import math
from statistics import NormalDist

from scoping.numbers.resampling import LEVEL

TOO_FEW = 30
"""Cases below which a share is no more than a hint."""


def _z(level: float) -> float:
    # Not by scipy.stats, which takes a second to load: pages show intervals of typed counts.
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson(hits: float, cases: float, level: float = LEVEL) -> tuple[float, float]:
    """Wilson's score interval of a share (Wilson 1927, JASA 22). Neither count needs to be whole.

    Raises ValueError without cases.
    """
    if cases <= 0 or not 0 <= hits <= cases * (1 + 1e-9):
        raise ValueError(f"{hits} of {cases} is no share")
    z, share = _z(level), min(1.0, hits / cases)
    middle = (share + z * z / (2 * cases)) / (1 + z * z / cases)
    half = z / (1 + z * z / cases) * math.sqrt(share * (1 - share) / cases + z * z / (4 * cases * cases))
    return 0.0 if share == 0 else middle - half, 1.0 if share == 1 else middle + half


def chance_at_least(asked: float, hits: float, cases: float) -> float:
    """How likely the share behind a count is `asked` or more, from Beta(hits + 1/2, misses + 1/2)."""
    from scipy import stats

    return float(stats.beta.sf(asked, hits + 0.5, cases - hits + 0.5))


def cases_needed(share: float, half_width: float, level: float = LEVEL) -> int:
    """Cases until the interval of a share reaches `half_width` to either side: z² p(1 - p) / h², rounded to the nearest."""
    return round(_z(level) ** 2 * share * (1 - share) / half_width**2)


def mcnemar(only_one: int, only_other: int) -> float:
    """The exact p-value that two judges of the same cases are equally often right, from the cases only one got right."""
    from scipy import stats

    cases = only_one + only_other
    return float(stats.binomtest(only_one, cases).pvalue) if cases else 1.0
