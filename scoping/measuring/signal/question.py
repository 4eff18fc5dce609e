"""The question put to a table: which rows, which target, which columns, split in which way."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scoping.measuring.signal import splits
from scoping.measuring.signal.encoding import Feature, Floats, Whole
from scoping.measuring.signal.scoring import Target
from scoping.measuring.signal.splits import Fold, Way

NULL_ROWS, FIRST_NULL_ROWS = 1500, 500
"""Rows on which the whole procedure is repeated with shuffled targets, and those for a first answer."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A target and what it might be predicted from.

    Attributes:
        features: usable columns only.
        when: days since 1970, or any number that grows with time; for a split by time.
        has_calendar: whether `when` is in days.
        groups: who a row belongs to; for a split by group, and for the last value of the same one.
        gap: moments after which the truth of a row is known.
    """

    target: Target
    features: tuple[Feature, ...]
    way: Way = Way.RANDOM
    when: Floats | None = None
    has_calendar: bool = False
    groups: Whole | None = None
    gap: int = 1
    seed: int = 1

    @property
    def rows(self) -> int:
        return len(self.target.values)

    @property
    def repeats(self) -> int:
        """How often to split anew: chance in the split matters most, and costs least, in small tables."""
        cells = self.rows * len(self.features)
        return 1 if self.way is Way.TIME or cells > 100_000 else 2 if cells > 10_000 and self.rows > 300 else 4

    def without(self, names: frozenset[str]) -> Question:
        """The question with fewer columns."""
        return replace(self, features=tuple(f for f in self.features if f.name not in names))

    def folds(self, k: int, repeats: int) -> list[Fold]:
        """The rows split as predictions will be made."""
        if self.way is Way.TIME and self.when is not None:
            return splits.by_time(self.when, k, self.gap)
        if self.way is Way.GROUPED and self.groups is not None:
            return splits.by_group(self.groups, k, repeats, self.seed)
        return splits.at_random(self.target.codes if self.target.classes else None, self.rows, k, repeats, self.seed)


def thinned(rows: Whole, most: int, seed: int) -> Whole:
    if len(rows) <= most:
        return rows
    return np.sort(np.random.default_rng(seed).choice(rows, most, replace=False))


def part(question: Question, most: int) -> Question:
    """A part of the table that is small enough: the latest rows, whole groups, or rows at random."""
    if question.rows <= most:
        return question
    rng = np.random.default_rng([question.seed, 5])
    if question.way is Way.TIME and question.when is not None:
        rows = np.sort(np.argsort(question.when, kind="stable")[-most:])
    elif question.way is Way.GROUPED and question.groups is not None:
        order = rng.permutation(question.groups.max() + 1)[question.groups]
        rows = np.sort(np.argsort(order, kind="stable")[:most])
    else:
        rows = np.sort(rng.choice(question.rows, most, replace=False))
    return take(question, rows)


def take(question: Question, rows: Whole) -> Question:
    """The question on some of its rows."""
    return replace(
        question,
        target=question.target.shuffled(rows),
        features=tuple(replace(f, values=f.values[rows], missing=f.missing[rows]) for f in question.features),
        when=None if question.when is None else question.when[rows],
        groups=None if question.groups is None else np.unique(question.groups[rows], return_inverse=True)[1],
    )
