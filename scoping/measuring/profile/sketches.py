"""Summaries of a stream that take a fixed amount of memory and can be merged piece by piece."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Prints = NDArray[np.uint64]

_WAITING = 200_000
"""Fingerprints that wait to be sorted in together."""


@dataclass(kw_only=True)
class Fingerprints:
    """How many different values there are and how often they repeat: the `most` smallest fingerprints with their counts.

    Exact up to `most` different values. Beyond, the kept ones are a random sample of the different values, and their number
    is estimated as (k - 1) / (largest kept, as a share of all fingerprints): Beyer and others, SIGMOD 2007.
    """

    most: int
    prints: Prints = field(default_factory=lambda: np.empty(0, np.uint64))
    counts: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    is_exact: bool = True
    _waiting: list[tuple[Prints, Ints]] = field(default_factory=list)
    _pending: int = 0

    def add(self, prints: Prints, counts: Ints) -> None:
        """Take in values, which may repeat."""
        if not self.is_exact:
            fits = prints <= self.prints[-1]
            prints, counts = prints[fits], counts[fits]
        if not len(prints):
            return
        self._waiting.append((prints, counts))
        self._pending += len(prints)
        if self._pending >= _WAITING:
            self.settle()

    def settle(self) -> None:
        """Sort in what waits."""
        if not self._waiting:
            return
        prints, counts = summed(*(np.concatenate(parts) for parts in zip(*self._waiting, strict=True)))
        # Two sorted runs are merged in one go by the stable sort.
        self.prints, self.counts = summed(np.append(self.prints, prints), np.append(self.counts, counts))
        if len(self.prints) > self.most:
            self.prints, self.counts, self.is_exact = self.prints[: self.most], self.counts[: self.most], False
        self._waiting, self._pending = [], 0

    @property
    def different(self) -> float:
        """How many different values there are, or about."""
        self.settle()
        if self.is_exact:
            return float(len(self.prints))
        return (self.most - 1) / ((float(self.prints[-1]) + 1) / 2**64)

    @property
    def margin(self) -> float:
        """Half of the 95 % interval of `different`, as a share of it; 0 when it is exact."""
        return 0.0 if self.is_exact else 1.96 / math.sqrt(self.most - 2)

    @property
    def repeats(self) -> float:
        """The share of the cells that repeat an earlier one."""
        self.settle()
        cells = int(self.counts.sum())
        return 1 - len(self.counts) / cells if cells else 0.0


def summed(prints: Prints, counts: Ints) -> tuple[Prints, Ints]:
    """Every different fingerprint once, in order, with all its counts."""
    order = np.argsort(prints, kind="stable")
    prints = prints[order]
    starts = np.flatnonzero(np.append(True, prints[1:] != prints[:-1])) if len(prints) else np.empty(0, np.int64)
    return prints[starts], np.add.reduceat(counts[order], starts) if len(starts) else counts[:0]


@dataclass
class Commonest:
    """The commonest values: exact while there are at most `most` different ones.

    Beyond, every count is low by at most `short_by` (Misra and Gries 1982; merged as Agarwal and others, PODS 2012).
    """

    most: int
    counts: dict[int, int] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    short_by: int = 0

    def add(self, prints: Prints, counts: Ints, text: Callable[[int], str]) -> None:
        """Take in values with their counts; `text` gives the text of the value at a place."""
        places = np.arange(len(prints))
        if len(prints) > self.most:
            cut = int(np.partition(counts, -self.most - 1)[-self.most - 1])
            self.short_by += cut
            places = np.flatnonzero(counts > cut)
            prints, counts = prints[places], counts[places] - cut
        for value, count, place in zip(prints.tolist(), counts.tolist(), places.tolist(), strict=True):
            if value in self.counts:
                self.counts[value] += count
            else:
                self.counts[value], self.texts[value] = count, text(place)
        if len(self.counts) > self.most:
            self._cut()

    def _cut(self) -> None:
        cut = sorted(self.counts.values())[-self.most - 1]
        self.short_by += cut
        self.counts = {value: count - cut for value, count in self.counts.items() if count > cut}
        self.texts = {value: self.texts[value] for value in self.counts}

    @property
    def is_exact(self) -> bool:
        return self.short_by == 0

    def ranked(self) -> list[tuple[str, int]]:
        """Texts and counts, commonest first."""
        order = sorted(self.counts, key=lambda value: (-self.counts[value], self.texts[value]))
        return [(self.texts[value], self.counts[value]) for value in order]


@dataclass
class Moments:
    """Number, mean, spread and ends of numbers (merged as Chan, Golub and LeVeque 1979)."""

    n: int = 0
    mean: float = 0.0
    squares: float = 0.0
    low: float = math.inf
    high: float = -math.inf

    def add(self, values: Floats, counts: Ints) -> None:
        """Take in values, each as often as its count says."""
        n = int(counts.sum())
        if not n:
            return
        mean = float((values * (counts / n)).sum())
        squares = float((counts * (values - mean) ** 2).sum())
        total, apart = self.n + n, mean - self.mean
        self.squares += squares + apart * apart * (self.n / total) * n
        self.mean += apart * (n / total)
        self.n = total
        self.low, self.high = min(self.low, float(values.min())), max(self.high, float(values.max()))

    @property
    def sd(self) -> float | None:
        """The standard deviation of a sample; None below two values."""
        return math.sqrt(self.squares / (self.n - 1)) if self.n > 1 else None


@dataclass
class RowSample:
    """A random sample of `most` rows, seeded: those with the smallest random number (each row draws one)."""

    most: int
    seed: int
    rows: int = 0
    _drawn: Floats = field(default_factory=lambda: np.empty(0))

    def __post_init__(self) -> None:
        self._chance = np.random.default_rng(self.seed)

    def add(self, rows: int) -> tuple[Ints, Ints]:
        """Take in rows. Return the places of the kept ones among those kept before, and among the new ones."""
        self.rows += rows
        before = len(self._drawn)
        drawn = np.append(self._drawn, self._chance.random(rows))
        kept = np.arange(len(drawn)) if len(drawn) <= self.most else np.sort(np.argpartition(drawn, self.most)[: self.most])
        self._drawn = drawn[kept]
        return kept[kept < before], kept[kept >= before] - before

    @property
    def is_whole(self) -> bool:
        return self.rows <= self.most
