"""What a group of people says an item is: the majority with its ties, everybody but one, or a model of who errs how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoping.measuring.hlp.labels import Labels, sparse
from scoping.numbers.resampling import Floats, Ints
from scoping.words import count

_CELLS_AT_ONCE = 8_000_000
_ROUNDS_AT_MOST = 100
_SETTLED = 1e-9
"""Relative gain of the log-likelihood below which the model has settled."""
PARAMETERS_AT_MOST = 5_000_000
_TINY = 1e-300


@dataclass(frozen=True, eq=False)
class Majority:
    """The commonest label of each item.

    Attributes:
        label: its class; -1 where several are equally common.
        ties: how many classes are equally common, 1 when one alone leads.
        leads: for each item, whether a class is among its commonest: a sparse matrix, items by classes.
    """

    label: Ints
    ties: Ints
    leads: Any

    @property
    def tied(self) -> int:
        """Items without one commonest label."""
        return int(np.sum(self.ties > 1))


def majority(labels: Labels) -> Majority:
    """The commonest label of each item. Ties are told, never broken in silence."""
    counts = labels.counts
    top = counts.max(axis=1).toarray().ravel()
    leads = counts.copy()
    leads.data = (counts.data == np.repeat(top, np.diff(counts.indptr))).astype(float)
    leads.eliminate_zeros()
    ties = np.diff(leads.indptr)
    label = np.where(ties == 1, leads.indices[leads.indptr[:-1]], -1)
    return Majority(label.astype(np.int64), ties.astype(np.int64), leads)


@dataclass(frozen=True)
class Right:
    """How often a consensus names the truth.

    Attributes:
        items: with a known truth.
        right: named right, without ties.
        tied: ties that include the truth.
        expected: right, when every tie is broken at random.
    """

    items: int
    right: int
    tied: int
    expected: float


def majority_right(labels: Labels, truth: Ints) -> Right:
    """Compare the majority with the truth (-1 where it is not known)."""
    most = majority(labels)
    known = np.flatnonzero(truth >= 0)
    among = np.asarray(most.leads[known, truth[known]]).ravel() > 0
    ties = most.ties[known]
    return Right(
        len(known), int(np.sum(among & (ties == 1))), int(np.sum(among & (ties > 1))), float(np.sum(among / np.maximum(ties, 1)))
    )


def agrees_with_the_others(labels: Labels) -> Floats:
    """For each label, whether it is what most other people say of the item, with ties counted as a share; NaN where nobody
    else labelled the item.

    A majority that includes the person's own label would flatter them.
    """
    agreeing = np.full(len(labels), np.nan)
    others_of = labels.per_item[labels.item] - np.bincount(labels.pair)[labels.pair]
    for rows, others in _others(labels):
        top = others.max(axis=1)
        mine = others[np.arange(len(others)), labels.label[rows]]
        ties = (others == top[:, None]).sum(axis=1)
        agreeing[rows] = np.where(mine == top, 1.0 / ties, 0.0)
    agreeing[others_of == 0] = np.nan
    return agreeing


def distance_to_the_others(labels: Labels, values: Floats) -> Floats:
    """For each label, its number minus the mean of what others say of the item; NaN where nobody else labelled it."""
    value = values[labels.label]
    size = labels.per_item.astype(float)
    whole = np.bincount(labels.item, value, len(size))
    own_size, own = np.bincount(labels.pair)[labels.pair], np.bincount(labels.pair, value)[labels.pair]
    left = size[labels.item] - own_size
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(left > 0, value - (whole[labels.item] - own) / left, np.nan)


def _others(labels: Labels) -> Iterator[tuple[slice, Floats]]:
    """For some labels at a time, how often each class was given to the item by others."""
    classes = len(labels.classes)
    own = sparse(labels.pair, labels.label, (int(labels.pair[-1]) + 1, classes))
    step = max(1, _CELLS_AT_ONCE // classes)
    for begin in range(0, len(labels), step):
        rows = slice(begin, min(begin + step, len(labels)))
        yield rows, labels.counts[labels.item[rows]].toarray() - own[labels.pair[rows]].toarray()


@dataclass(frozen=True, eq=False, kw_only=True)
class DawidSkene:
    """A model in which every item has one true class and every person a rate for each kind of error (Dawid and Skene
    1979, Applied Statistics 28).

    Attributes:
        label: the likeliest class of each item.
        likelihood: of each class for each item, items by classes.
        prior: how common each class is.
        errors: for each person, how often they say each class when another is true: people by true by said.
        trace: the log-likelihood after each round.
        settled: whether it had stopped rising.
    """

    label: Ints
    likelihood: Floats
    prior: Floats
    errors: Floats
    trace: tuple[float, ...]
    settled: bool


def dawid_skene_problem(labels: Labels) -> str:
    """Why the model cannot be fitted; "" when it can."""
    people, classes = len(labels.labellers), len(labels.classes)
    if people < 3 or not (labels.per_item >= 3).any():
        return "A model of who errs how needs items with labels from three people or more."
    if classes < 2:
        return "All labels are the same."
    if people * classes**2 > PARAMETERS_AT_MOST:
        return f"A model of who errs how is too large for {count(people, 'person', 'people')} and {count(classes, 'class', 'classes')}."
    return ""


def dawid_skene(labels: Labels) -> DawidSkene:
    """Fit the model by expectation and maximisation from the shares of labels, until the likelihood no longer rises."""
    people, classes = len(labels.labellers), len(labels.classes)
    given = sparse(labels.item, labels.labeller * classes + labels.label, (len(labels.items), people * classes))
    taken = given.T.tocsr()
    likelihood: Floats = labels.counts.toarray() / labels.per_item[:, None]
    trace: list[float] = []
    while True:
        prior = likelihood.mean(axis=0)
        confused = (taken @ likelihood).reshape(people, classes, classes).transpose(0, 2, 1)
        errors = confused / np.maximum(confused.sum(axis=2, keepdims=True), _TINY)
        logs = given @ np.log(np.maximum(errors, _TINY)).transpose(0, 2, 1).reshape(people * classes, classes)
        logs += np.log(np.maximum(prior, _TINY))
        top = logs.max(axis=1, keepdims=True)
        likelihood = np.exp(logs - top)
        whole = likelihood.sum(axis=1, keepdims=True)
        likelihood /= whole
        trace.append(float((top + np.log(whole)).sum()))
        settled = len(trace) > 1 and trace[-1] - trace[-2] <= _SETTLED * abs(trace[-1])
        if settled or len(trace) >= _ROUNDS_AT_MOST:
            return DawidSkene(
                label=likelihood.argmax(axis=1),
                likelihood=likelihood,
                prior=prior,
                errors=errors,
                trace=tuple(trace),
                settled=settled,
            )
