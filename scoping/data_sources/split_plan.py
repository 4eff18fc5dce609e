"""Split plan: how far a random split may miss the classes of a small set, and a split that does not."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from scoping.errors import CalculationError
from scoping.words import in_percent

OFF = 0.10
"""A share of positives that is off by more than this, in parts of one, counts as unbalanced."""
_ROUNDING = 0.005 + 1e-9
"""Shares that were rounded, such as 33.3 % three times, add to 100 % within half a point."""
_MOST_EXAMPLES = 10_000_000


@dataclass(frozen=True)
class Part:
    """A part of a random split, such as the test set.

    Attributes:
        size: examples in it.
        examples, positives: of the whole set.
    """

    size: int
    examples: int
    positives: int

    @cached_property
    def _chances(self) -> tuple[int, tuple[float, ...]]:
        """The fewest positives the part can have, and the chance of each number from there on (hypergeometric)."""
        negatives = self.examples - self.positives
        first, last = max(0, self.size - negatives), min(self.size, self.positives)
        whole = _ways(self.examples, self.size)
        logs = (_ways(self.positives, k) + _ways(negatives, self.size - k) - whole for k in range(first, last + 1))
        return first, tuple(math.exp(value) for value in logs)

    @property
    def expected(self) -> float:
        """The positives that a balanced part would have."""
        return self.size * self.positives / self.examples

    def chance_off(self, by: float = OFF) -> float:
        """The chance that its share of positives misses that of the whole set by more than `by`, both from 0 to 1."""
        first, chances = self._chances
        share = self.positives / self.examples
        # A share that misses by exactly so much is not off; the difference of two decimal fractions must not decide that.
        return math.fsum(p for k, p in enumerate(chances, first) if abs(k / self.size - share) > by * (1 + 1e-9))

    @property
    def chance_none(self) -> float:
        """The chance that it has no positives at all."""
        first, chances = self._chances
        return chances[0] if first == 0 else 0.0

    def range90(self) -> tuple[int, int]:
        """The 5 % and the 95 % point of the number of positives."""
        return self._point(0.05), self._point(0.95)

    def _point(self, share: float) -> int:
        first, chances = self._chances
        return next((first + i for i, total in enumerate(accumulate(chances)) if total >= share - 1e-9), first + len(chances) - 1)


def random_split(examples: int, positives: int, shares: Sequence[float]) -> tuple[Part, ...]:
    """The parts of a random split of these shares, which are parts of one and add to it.

    Raises:
        CalculationError: figures from which no split can be made.
    """
    _check(examples, positives, shares)
    return tuple(Part(size, examples, positives) for size in allocated(examples, shares))


def balanced_split(counts: Mapping[str, int], shares: Sequence[float]) -> tuple[dict[str, int], ...]:
    """How many examples of each class go to each part: every class is divided by the shares, largest remainder first."""
    columns = {name: allocated(count, shares) for name, count in counts.items()}
    return tuple({name: columns[name][i] for name in counts} for i in range(len(shares)))


def allocated(count: int, shares: Sequence[float]) -> tuple[int, ...]:
    """Whole numbers that add to `count` in these shares; what is left over goes to the largest remainders, first come first."""
    exact = [count * share / sum(shares) for share in shares]
    # A share such as 0.6 of 30 may come out a hair below 18.
    counts = [math.floor(value + 1e-9) for value in exact]
    order = sorted(range(len(shares)), key=lambda i: (counts[i] - exact[i], i))
    for i in order[: count - sum(counts)]:
        counts[i] += 1
    return tuple(counts)


def _check(examples: int, positives: int, shares: Sequence[float]) -> None:
    if not 1 <= examples <= _MOST_EXAMPLES:
        raise CalculationError(
            f"A split of {examples:,} examples is not worked out.", "With so many, a random split is representative."
        )
    if not 0 <= positives <= examples:
        raise CalculationError(f"{positives:,} of {examples:,} examples cannot be positive.", "Correct one of the two numbers.")
    if not all(map(math.isfinite, shares)):
        raise CalculationError("A share of the split is not a number.", "Give each part a share in per cent.")
    if any(share < 0 for share in shares):
        raise CalculationError("A share of the split is negative.", "Give each part zero or more.")
    if abs(sum(shares) - 1) > _ROUNDING:
        raise CalculationError(
            f"The shares of the split add to {in_percent(float(f'{100 * sum(shares):.4g}'))}.", "Make them add to 100 %."
        )
    if not all(allocated(examples, shares)):
        raise CalculationError("One part of the split would be empty.", "Give it a larger share, or collect more examples first.")


def _ways(of: int, choose: int) -> float:
    """The logarithm of the number of ways to choose so many of so many."""
    return math.lgamma(of + 1) - math.lgamma(choose + 1) - math.lgamma(of - choose + 1)
