"""The learners of the signal check."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn import config_context
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression, RidgeCV
from threadpoolctl import threadpool_limits

from scoping.measuring.signal.encoding import Design, Floats, Whole
from scoping.measuring.signal.scoring import Target

_FEW = 2000
"""Rows up to which trees are kept small."""


# Models


@contextmanager
def one_thread() -> Iterator[None]:
    """Let fits use one core: with more, they wait for each other on a busy machine, ten times as long."""
    fast = config_context(assume_finite=True, skip_parameter_validation=True)
    with threadpool_limits(1), fast, warnings.catch_warnings():
        # A fit that stops early is judged by what it predicts, like any other.
        warnings.simplefilter("ignore")
        yield


class ModelKind(StrEnum):
    """The two models; which of them wins cannot be known beforehand."""

    LINEAR = "linear"
    TREES = "trees"


@dataclass(frozen=True)
class Model:
    """A fitted model with the table it was fitted on."""

    kind: ModelKind
    fitted: Any
    target: Target

    def predict(self, matrix: NDArray[np.float32]) -> Floats:
        """A share per class, or one number, per row."""
        if not self.target.classes:
            return np.asarray(self.fitted.predict(matrix), dtype=np.float64).reshape(len(matrix), -1)
        shares = np.zeros((len(matrix), len(self.target.classes)))
        shares[:, self.fitted.classes_.astype(np.int64)] = self.fitted.predict_proba(matrix)
        return shares


def design_matrix(table: Design, kind: ModelKind) -> NDArray[np.float32]:
    return table.linear if kind is ModelKind.LINEAR else table.trees


def fit(table: Design, kind: ModelKind, target: Target, rows: Whole, seed: int, *, light: bool = False) -> Model:
    wanted = target.codes[rows] if target.classes else target.values[rows]
    if target.classes and len(np.unique(wanted)) < 2:
        return Model(kind, _OneClass(wanted[0]), target)
    matrix = design_matrix(table, kind)[rows]
    return Model(kind, _make(table, kind, target, seed, light=light).fit(matrix, wanted), target)


class _OneClass:
    """What can be learnt from rows of one class."""

    def __init__(self, code: int) -> None:
        self.classes_ = np.array([code])

    def predict_proba(self, matrix: NDArray[np.float32]) -> Floats:
        return np.ones((len(matrix), 1))


def _make(table: Design, kind: ModelKind, target: Target, seed: int, *, light: bool) -> Any:
    if kind is ModelKind.LINEAR:
        if not target.classes:
            return RidgeCV(alphas=np.logspace(-1, 4, 6))
        # All columns together are held to the same strength, however many they are.
        return LogisticRegression(C=min(1.0, 10 / max(1, table.linear.shape[1])), max_iter=200)
    make = HistGradientBoostingClassifier if target.classes else HistGradientBoostingRegressor
    return make(
        max_iter=15 if light else 100,
        learning_rate=0.25 if light else 0.1,
        max_leaf_nodes=31 if table.trees.shape[0] > _FEW and not light else 8,
        categorical_features=table.categorical if table.categorical.any() else None,
        early_stopping="auto",
        random_state=seed,
    )
