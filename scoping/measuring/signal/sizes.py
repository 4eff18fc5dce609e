"""Would more rows help: scores at growing sizes, and the curve through them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scoping.measuring.signal.chance import uninformed
from scoping.measuring.signal.columns import score_unit
from scoping.measuring.signal.encoding import design
from scoping.measuring.signal.models import design_matrix, fit
from scoping.measuring.signal.question import Question
from scoping.measuring.signal.scoring import Interval, corrected_resampled_t, loss
from scoping.measuring.signal.splits import Way
from scoping.measuring.signal.trials import Comparison

_MANY = 5000

_SIZES = {False: (1 / 8, 1 / 4, 3 / 8, 1 / 2, 3 / 4), True: (1 / 16, 1 / 8, 1 / 4, 1 / 2)}
"""Shares of the rows to learn from, for the learning curve, smaller ones with many rows; the models of all rows are there."""


# Would more rows help?


@dataclass(frozen=True)
class Size:
    """The error of the better model when it learns from fewer rows, with its standard error.

    Attributes:
        error: 1 minus the score.
    """

    rows: int
    error: float
    spread: float


@dataclass(frozen=True)
class Curve:
    """The error at growing numbers of rows.

    Attributes:
        halving: by how much the error falls from half of the rows to all, on the same folds.
    """

    sizes: tuple[Size, ...]
    halving: Interval


def curve(question: Question, comparison: Comparison, tell: Callable[[float], None]) -> Curve:
    """Learn from growing shares of the same rows, the latest ones with time."""
    kind = comparison.best_model
    table = design(list(question.features))
    target = question.target
    known = comparison.fitted[-3:] if question.way is Way.TIME else comparison.fitted
    shares = _SIZES[question.rows > _MANY]
    errors = np.zeros((len(known), len(shares) + 1))
    rng = np.random.default_rng([question.seed, 11])
    for row, (fold, whole) in enumerate(known):
        tell(row / len(known))
        unit = score_unit(target, uninformed(target, fold.train, fold.test))
        order = rng.permutation(fold.train)
        if question.way is Way.TIME and question.when is not None:
            order = fold.train[np.argsort(-question.when[fold.train], kind="stable")]
        less = [np.sort(order[: max(2, round(share * len(order)))]) for share in shares]
        for column, model in enumerate([*(fit(table, kind, target, rows, question.seed) for rows in less), whole]):
            errors[row, column] = loss(target, fold.test, model.predict(design_matrix(table, kind)[fold.test])) * unit
    folds = [fold for fold, _ in known]
    learnt = float(np.mean([len(fold.train) for fold in folds]))
    ratio = float(np.mean([fold.ratio for fold in folds]))
    spread = np.sqrt((1 / len(folds) + ratio) * errors.var(axis=0, ddof=1))
    sizes = zip((*shares, 1.0), errors.mean(axis=0), spread, strict=True)
    return Curve(
        tuple(Size(round(share * learnt), float(error), float(off)) for share, error, off in sizes),
        corrected_resampled_t(errors[:, -1], errors[:, shares.index(1 / 2)], ratio),
    )
