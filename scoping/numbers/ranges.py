"""Ranges: how little or how well a number is known, and draws from many of them that move together where people say so."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoping.numbers.shapes import Shape

Array = NDArray[np.float64]

DRAWS = 20_000
"""Draws of a simulation unless told otherwise."""
LARGEST = 1e15
"""No end of a range is larger; beyond it, products of a ladder leave the numbers a machine can hold."""

FARTHEST = 1e12
"""The high end of a range without an upper limit is at most this many times the low one."""

_Z95 = 1.6448536269514722
"""The 95 % point of the standard normal distribution."""
_LOGIT90 = math.log(9)


@dataclass(frozen=True)
class Metalog:
    """The three-term metalog distribution through a 10 %, a 50 % and a 90 % point (Keelin 2016).

    Attributes:
        median: of the distribution, or of the logarithm of its distance from `floor`.
        floor: nothing is lower; None for a distribution that is open on both sides.
    """

    median: float
    scale: float
    skew: float
    floor: float | None = None

    @classmethod
    def through(cls, p10: float, p50: float, p90: float, floor: float | None = None) -> Self:
        """Solve the three equations. Whether the answer is a distribution at all, `is_feasible` tells."""
        if floor is not None:
            p10, p50, p90 = (math.log(p - floor) for p in (p10, p50, p90))
        return cls(p50, (p90 - p10) / (2 * _LOGIT90), (p90 + p10 - 2 * p50) / (0.8 * _LOGIT90), floor)

    @property
    def is_feasible(self) -> bool:
        """Whether larger shares always belong to larger values: three points too lopsided belong to no distribution."""
        return self.scale > 0 and abs(self.skew) < 1.66711 * self.scale

    def quantile(self, u: ArrayLike) -> Array:
        """The values below which the shares `u` lie."""
        share = np.asarray(u, dtype=np.float64)
        with np.errstate(divide="ignore", over="ignore"):
            return self._at(np.log(share) - np.log1p(-share), share)

    def _at(self, logit: Array, share: Array) -> Array:
        plain = self.median + (self.scale + self.skew * (share - 0.5)) * logit
        return plain if self.floor is None else self.floor + np.exp(plain)

    @property
    def moments(self) -> tuple[float, float]:
        """Mean and standard deviation; infinite where the upper tail is that heavy."""
        if self.floor is None:
            variance = self.scale**2 * math.pi**2 / 3 + self.skew**2 * (1 / 12 + math.pi**2 / 36)
            return self.median + self.skew / 2, math.sqrt(variance)
        first, second = self._raw(1), self._raw(2)
        return self.floor + first, math.sqrt(max(0.0, second - first**2)) if math.isfinite(second) else math.inf

    def has_moment(self, power: int) -> bool:
        """Whether a power, such as -1 for the inverse, has an expected value: a tail may be too heavy for one."""
        tail = self.scale + (self.skew if power > 0 else -self.skew) / 2
        return self.floor is None or abs(power) * tail < 1

    def _raw(self, power: int) -> float:
        """A moment above the floor, integrated over the logit, where both tails die out exponentially."""
        tail = power * (self.scale + abs(self.skew) / 2)
        if not self.has_moment(power):
            return math.inf
        reach = 40 / (1 - tail) if tail < 1 else 200.0
        logit = np.linspace(-reach, reach, 40_001)
        share = 1 / (1 + np.exp(-np.clip(logit, -700, 700)))
        exponent = power * (self.median + (self.scale + self.skew * (share - 0.5)) * logit)
        density = -np.abs(logit) - 2 * np.log1p(np.exp(-np.abs(logit)))
        return float(np.exp(exponent + density).sum() * (logit[1] - logit[0]))


@dataclass(frozen=True)
class Range:
    """A number that is not known exactly.

    Attributes:
        likely: what a calculation without chance counts with. Draws of an even or lognormal range do not depend on it.
    """

    low: float
    likely: float
    high: float
    shape: Shape = Shape.PERT

    @classmethod
    def exactly(cls, value: float) -> Self:
        """A number without doubt."""
        return cls(value, value, value)

    @classmethod
    def stated(cls, low: float | None, likely: float | None, high: float | None, shape: Shape = Shape.PERT) -> Self | None:
        """The range that somebody typed in, as far as it can be counted with: None when an end of it is missing.

        A likely value alone is taken as exact. Two ends without a likely value get the middle one, for a lognormal range
        their geometric mean.
        """
        if low is None and high is None:
            return None if likely is None else cls(likely, likely, likely, shape)
        if low is None or high is None:
            return None
        if likely is None:
            likely = math.sqrt(low) * math.sqrt(high) if shape is Shape.LOGNORMAL and 0 < low <= high else (low + high) / 2
        return cls(low, likely, high, shape)

    @property
    def is_constant(self) -> bool:
        return self.low == self.likely == self.high

    def problem(self) -> str:
        """Why nothing can be drawn from the range, as a sentence; "" when all is well."""
        ends = (self.low, self.likely, self.high)
        if not all(math.isfinite(end) for end in ends):
            return "Low, likely and high must be numbers."
        if any(abs(end) > LARGEST for end in ends):
            return "Numbers beyond 1,000,000,000,000,000 cannot be counted with. Choose a larger unit."
        if self.low > self.high:
            return "The low value is above the high one."
        if self.low > self.likely:
            return "The low value is above the likely one."
        if self.likely > self.high:
            return "The likely value is above the high one."
        if self.is_constant:
            return ""
        if self.shape is Shape.LOGNORMAL and self.low <= 0:
            return f"“{self.shape.label}” needs a low value above zero."
        if self.shape in (Shape.LOGNORMAL, Shape.METALOG) and 0 < self.low * FARTHEST < self.high:
            return "Low and high are too far apart to count with."
        if self.shape is Shape.METALOG and not self.metalog.is_feasible:
            return "The likely value is too close to one end for 10 %, 50 % and 90 % points. Move it towards the middle."
        return ""

    @property
    def metalog(self) -> Metalog:
        """The distribution whose 10 %, 50 % and 90 % points are low, likely and high; never negative if these are not."""
        return Metalog.through(self.low, self.likely, self.high, floor=0.0 if self.low > 0 else None)

    @property
    def may_be_zero(self) -> bool:
        """Whether zero is among the values, so that nothing can be divided by the range."""
        open_ended = self.shape is Shape.METALOG and not self.is_constant and self.low <= 0
        return open_ended or self.low <= 0 <= self.high

    def quantile(self, u: ArrayLike) -> Array:
        """The values below which the shares `u` lie. The range must have no problem."""
        share = np.asarray(u, dtype=np.float64)
        if self.is_constant:
            return np.full_like(share, self.likely)
        return self._of_shape(share)

    def _of_shape(self, share: Array) -> Array:
        low, likely, high = self.low, self.likely, self.high
        width = high - low
        match self.shape:
            case Shape.UNIFORM:
                return low + width * share
            case Shape.TRIANGULAR:
                left = low + np.sqrt(share * width * (likely - low))
                right = high - np.sqrt((1 - share) * width * (high - likely))
                return np.where(share * width < likely - low, left, right)
            case Shape.LOGNORMAL:
                middle, sigma = self._log_moments
                return np.asarray(np.exp(middle + sigma * _normal_quantile(share)))
            case Shape.METALOG:
                return self.metalog.quantile(share)
            case _:
                return low + width * _beta_quantile(1 + 4 * (likely - low) / width, share)

    @property
    def _log_moments(self) -> tuple[float, float]:
        low, high = math.log(self.low), math.log(self.high)
        return (low + high) / 2, (high - low) / (2 * _Z95)

    @property
    def mean(self) -> float:
        """The expected value, in closed form."""
        return self._moments[0]

    def has_mean(self, *, inverse: bool = False) -> bool:
        """Whether there is an expected value, of the number or of its inverse. Without one, a mean of draws is chance."""
        return self.is_constant or self.shape is not Shape.METALOG or self.metalog.has_moment(-1 if inverse else 1)

    @property
    def sd(self) -> float:
        """The standard deviation, in closed form. That of a PERT range is not a sixth of its width."""
        return self._moments[1]

    @property
    def _moments(self) -> tuple[float, float]:
        low, likely, high = self.low, self.likely, self.high
        if self.is_constant:
            return likely, 0.0
        match self.shape:
            case Shape.UNIFORM:
                return (low + high) / 2, (high - low) / math.sqrt(12)
            case Shape.TRIANGULAR:
                left, right = likely - low, high - likely
                return low + (2 * left + right) / 3, math.sqrt((left**2 + left * right + right**2) / 18)
            case Shape.LOGNORMAL:
                middle, sigma = self._log_moments
                mean = math.exp(middle + sigma**2 / 2)
                return mean, mean * math.sqrt(math.expm1(sigma**2))
            case Shape.METALOG:
                return self.metalog.moments
            case _:
                mean = low + (4 * (likely - low) + (high - low)) / 6
                return mean, math.sqrt((mean - low) * (high - mean) / 7)


def _normal_quantile(share: Array) -> Array:
    from scipy.special import ndtri

    return np.asarray(ndtri(share), dtype=np.float64)


def _beta_quantile(alpha: float, share: Array) -> Array:
    """Shares of the width of a PERT range.

    Read off a table of the distribution function, which is dense near both ends: right to a ten-millionth of the width
    and a hundred times as fast as inverting the function at every draw.
    """
    from scipy.special import betainc

    table = (1 - np.cos(np.linspace(0, math.pi, 4097))) / 2
    return np.interp(share, betainc(alpha, 6 - alpha, table), table)


@dataclass(frozen=True)
class Input:
    """An uncertain number of a simulation.

    Attributes:
        group: names a common cause; inputs of one group move together.
        loading: how strongly the common cause moves this input, -1 to 1. Two inputs of a group correlate by the product
            of their loadings, so all correlations that can be stated are possible at the same time.
    """

    range: Range
    group: str = ""
    loading: float = 0.0


def draws(inputs: Mapping[str, Input], n: int = DRAWS, seed: int = 1) -> dict[str, Array]:
    """Draw every input `n` times.

    Chance depends on the seed and the input's own name only: other inputs and their order do not matter, and two
    simulations that share an input share its draws. Each input visits all parts of its range evenly (one draw in each
    n-th of the probability), so figures that depend on one input alone are as good as exact.
    """
    share = (np.arange(n) + 0.5) / n
    scores = _normal_quantile(share) if any(i.group and i.loading for i in inputs.values()) else share
    drawn = {}
    for name, one in inputs.items():
        order = _shuffled(n, seed, "input", name)
        if one.group and one.loading:
            common = scores[_shuffled(n, seed, "group", one.group)]
            own = math.sqrt(max(0.0, 1 - one.loading**2)) * scores[order]
            order = np.empty(n, dtype=np.intp)
            order[np.argsort(one.loading * common + own)] = np.arange(n)
        drawn[name] = one.range.quantile(share)[order]
    return drawn


def _shuffled(n: int, seed: int, *name: str) -> NDArray[np.intp]:
    digest = hashlib.blake2b(repr((seed, *name)).encode(), digest_size=16).digest()
    return np.random.default_rng(int.from_bytes(digest, "big")).permutation(n)


@dataclass(frozen=True)
class Factor:
    """An input that multiplies others, or divides them.

    Attributes:
        id: the name it is drawn under; factors with one id are the same input.
        evidence: "guess", "estimate", "measured", or "" when nobody said.
    """

    id: str
    range: Range
    name: str = ""
    divides: bool = False
    evidence: str = ""

    def problem(self) -> str:
        """Why the factor cannot be counted with, as a sentence; "" when all is well."""
        if problem := self.range.problem():
            return problem
        return "It may be zero, so nothing can be divided by it." if self.divides and self.range.may_be_zero else ""

    @property
    def has_mean(self) -> bool:
        """Whether what it multiplies with has an expected value."""
        return self.range.has_mean(inverse=self.divides)

    @property
    def likely(self) -> float:
        """What it multiplies with in a calculation without chance."""
        return 1 / self.range.likely if self.divides else self.range.likely


def product(factors: Iterable[Factor], drawn: Mapping[str, Array]) -> Array | float:
    """The factors multiplied, draw by draw; 1 when there are none."""
    result: Array | float = 1.0
    for factor in factors:
        result = result / drawn[factor.id] if factor.divides else result * drawn[factor.id]
    return result


def likely_product(factors: Iterable[Factor]) -> float:
    """The factors multiplied at their likely values; 1 when there are none."""
    return math.prod(factor.likely for factor in factors)


@dataclass(frozen=True)
class Spread:
    """What draws say about a figure: half of them are below `p50`, one in ten below `p10` and above `p90`.

    Attributes:
        mean: None when the figure has no expected value.
    """

    mean: float | None
    p10: float
    p50: float
    p90: float

    @classmethod
    def of(cls, values: Array, *, has_mean: bool = True) -> Self:
        """Summarise draws. Without an expected value their mean would depend on how many there are, so it is not taken."""
        p10, p50, p90 = (float(v) for v in np.quantile(values, (0.1, 0.5, 0.9)))
        return cls(float(values.mean()) if has_mean else None, p10, p50, p90)

    @property
    def centre(self) -> float:
        """The mean, or the median where there is no mean."""
        return self.p50 if self.mean is None else self.mean

    def plus(self, amount: float) -> Self:
        """The spread of the figure with a certain amount added."""
        mean = None if self.mean is None else self.mean + amount
        return type(self)(mean, self.p10 + amount, self.p50 + amount, self.p90 + amount)
