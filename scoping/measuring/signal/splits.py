"""How rows are put into those that a model learns from and those it is tried on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scoping.errors import CalculationError
from scoping.measuring.signal.encoding import Whole
from scoping.section import Choice


class Way(Choice):
    """What a prediction is for: a row like the others, somebody new, or a later time."""

    RANDOM = "random", "A case like the others"
    GROUPED = "grouped", "A case of somebody or something new"
    TIME = "time", "A later time"


@dataclass(frozen=True)
class Fold:
    """Numbers of the rows to learn from and of those to be tried on."""

    train: Whole
    test: Whole

    @property
    def ratio(self) -> float:
        """Rows tried on per row learnt from."""
        return len(self.test) / len(self.train)


def at_random(labels: Whole | None, rows: int, k: int, repeats: int, seed: int) -> list[Fold]:
    """Each row is tried on once per repeat; with labels, classes have the same share in every fold."""
    from sklearn.model_selection import RepeatedKFold, RepeatedStratifiedKFold

    make = RepeatedKFold if labels is None else RepeatedStratifiedKFold
    splitter = make(n_splits=k, n_repeats=repeats, random_state=seed)
    return [Fold(train, test) for train, test in splitter.split(np.zeros(rows), labels)]


def by_group(groups: Whole, k: int, repeats: int, seed: int) -> list[Fold]:
    """No group is on both sides, as when predictions are made for somebody new.

    Raises:
        CalculationError: there are fewer than two groups.
    """
    from sklearn.model_selection import GroupKFold

    k = min(k, len(np.unique(groups)))
    if k < 2:
        raise CalculationError(
            "All rows belong to one group, so no group can be kept apart.", "Choose another group column, or a random split."
        )
    return [
        Fold(train, test)
        for repeat in range(repeats)
        for train, test in GroupKFold(k, shuffle=True, random_state=seed + repeat).split(np.zeros(len(groups)), groups=groups)
    ]


def by_time(when: NDArray[np.float64], k: int, gap: int = 1) -> list[Fold]:
    """Always learn from the past and try on the part that follows; rows of one moment stay together.

    Args:
        gap: moments after which the truth of a row is known; what is not known yet is not learnt from.

    Raises:
        CalculationError: there are too few moments.
    """
    moments, moment = np.unique(when, return_inverse=True)
    if len(moments) < 2 * k:
        raise CalculationError(
            f"The time column has only {len(moments)} different values, too few to learn from the past.",
            "Choose a column that says when each row happened, or a random split.",
        )
    counts = np.cumsum(np.bincount(moment))
    edges = np.unique(np.searchsorted(counts, np.linspace(0, counts[-1], k + 2)[1:-1]) + 1)
    folds = []
    for start, end in pairwise([*edges, len(moments)]):
        train = np.flatnonzero(moment <= start - gap)
        test = np.flatnonzero((moment >= start) & (moment < end))
        if len(train) and len(test):
            folds.append(Fold(train, test))
    if len(folds) < 2:
        raise CalculationError(
            "With so long a wait for the truth, nothing is left to learn from.", "Lower it, or bring a longer table."
        )
    return folds
