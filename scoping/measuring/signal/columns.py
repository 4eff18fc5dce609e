"""What each column adds: permutation importance."""

from __future__ import annotations

import numpy as np

from scoping.measuring.signal.chance import uninformed
from scoping.measuring.signal.encoding import design
from scoping.measuring.signal.models import ModelKind, design_matrix
from scoping.measuring.signal.question import Question, thinned
from scoping.measuring.signal.scoring import Target, loss, mean_of
from scoping.measuring.signal.trials import Comparison

_IMPORTANCE_ROWS = 2000

_SHUFFLES_AT_MOST = 400
"""Rows that columns are shuffled in, and shuffled columns that are tried, all in all."""


# What each column adds


def importance(question: Question, comparison: Comparison) -> dict[str, float]:
    """By how much the score falls when one column is shuffled in rows that were not learnt from, all others kept."""
    table = design(list(question.features))
    kind, target = comparison.best_model, question.target
    matrix, source = design_matrix(table, kind), table.linear_source if kind is ModelKind.LINEAR else table.tree_source
    rng = np.random.default_rng([question.seed, 3])
    falls: dict[str, list[float]] = {f.name: [] for f in question.features}
    left = _IMPORTANCE_ROWS
    for fold, model in comparison.fitted:
        if left <= 0 or len(falls[question.features[0].name]) * len(falls) >= _SHUFFLES_AT_MOST:
            break
        rows = thinned(fold.test, left, question.seed)
        left -= len(rows)
        unit = score_unit(target, uninformed(target, fold.train, rows))
        seen = matrix[rows]
        full = loss(target, rows, model.predict(seen))
        for place, feature in enumerate(question.features):
            columns = np.flatnonzero(source == place)
            kept = seen[:, columns].copy()
            for _ in range(2):
                seen[:, columns] = kept[rng.permutation(len(rows))]
                falls[feature.name].append((loss(target, rows, model.predict(seen)) - full) * unit)
            seen[:, columns] = kept
    return {name: mean_of(values) for name, values in falls.items()}


def score_unit(target: Target, nothing: float) -> float:
    """What makes a difference of losses one of scores."""
    return 1.0 if target.classes else 1 / nothing if nothing > 0 else 0.0
