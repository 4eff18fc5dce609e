"""What chance alone would score: the permutation test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scoping.measuring.signal.encoding import Design, Whole, design
from scoping.measuring.signal.models import ModelKind, design_matrix, fit
from scoping.measuring.signal.question import NULL_ROWS, Question, part
from scoping.measuring.signal.scoring import Target, loss
from scoping.measuring.signal.splits import Fold, Way

SHUFFLES = 99

_NULL_FOLDS = 3

_ENOUGH_EXCEEDANCES = 10


# The same procedure on shuffled targets


@dataclass(frozen=True)
class Null:
    """What the procedure finds where nothing can be found.

    Attributes:
        score: on the real target, by the lighter models used here.
        shuffled: on shuffled targets, one score each.
        exceeded: how often a shuffled target scored as well as the real one.
        p: share of such scores, the real one included; after an early stop, as Besag and Clifford (1991).
    """

    score: float
    shuffled: tuple[float, ...]
    exceeded: int
    p: float
    rows: int

    @property
    def highest_usual(self) -> float:
        """95 of 100 shuffled targets score less."""
        return float(np.quantile(self.shuffled, 0.95))


def permutation_test(
    question: Question, tell: Callable[[float], None], shuffles: int = SHUFFLES, most_rows: int = NULL_ROWS
) -> Null:
    """The permutation test of the whole procedure: shuffle the target and repeat all, the choice of the better model included."""
    small = part(question, most_rows)
    table = design(list(small.features))
    folds = small.folds(_NULL_FOLDS, 1)
    real = _quick_score(small, table, folds)
    rng = np.random.default_rng([small.seed, 7])
    scores: list[float] = []
    exceeded = 0
    for place in range(shuffles):
        tell(place / shuffles)
        order = _shuffle(small, rng)
        score = _quick_score(replace(small, target=small.target.shuffled(order)), table, folds)
        scores.append(score)
        exceeded += score >= real
        if exceeded == _ENOUGH_EXCEEDANCES:
            return Null(real, tuple(scores), exceeded, exceeded / len(scores), small.rows)
    return Null(real, tuple(scores), exceeded, (exceeded + 1) / (shuffles + 1), small.rows)


def _quick_score(question: Question, table: Design, folds: Sequence[Fold]) -> float:
    target = question.target
    nothing = [uninformed(target, fold.train, fold.test) for fold in folds]
    scores = []
    for kind in ModelKind:
        losses = []
        for fold in folds:
            model = fit(table, kind, target, fold.train, question.seed, light=True)
            losses.append(loss(target, fold.test, model.predict(design_matrix(table, kind)[fold.test])))
        scores.append(target.score(losses, nothing))
    return max(scores)


def _shuffle(question: Question, rng: np.random.Generator) -> Whole:
    """Row i gets the target of row `result[i]`. Neighbours in time and rows of one group stay together."""
    rows = question.rows
    if question.way is Way.TIME and question.when is not None:
        order = np.argsort(question.when, kind="stable")
        if question.groups is not None:
            order = np.lexsort((question.when, question.groups))
        length = max(10, int(np.sqrt(rows)))
        # Blocks of one length would keep every season that divides it in step.
        ends = np.cumsum(rng.integers(length // 2, 2 * length, size=2 * rows // length))
        blocks = np.split(order, ends[ends < rows])
    elif question.way is Way.GROUPED and question.groups is not None:
        order = np.argsort(question.groups, kind="stable")
        blocks = np.split(order, np.flatnonzero(np.diff(question.groups[order])) + 1)
    else:
        return rng.permutation(rows)
    mixed = np.concatenate([blocks[i] for i in rng.permutation(len(blocks))])
    result = np.empty(rows, dtype=np.int64)
    result[order] = mixed
    return result


def uninformed(target: Target, train: Whole, rows: Whole) -> float:
    """The loss of giving the average of the rows learnt from, whatever the columns say."""
    overall = target.indicators[train].mean(axis=0)
    return loss(target, rows, np.broadcast_to(overall, (len(rows), len(overall))))
