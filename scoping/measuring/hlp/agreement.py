"""How far people agree on labels, beyond chance, and where they do not: classes, people and items."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np

from scoping.measuring.hlp.labels import Labels, Level, sparse
from scoping.numbers.proportions import wilson
from scoping.numbers.resampling import DRAWS, GROUPS, Estimate, Floats, Ints, drawn, groups, interval

SEED = 1
_CELLS_AT_MOST = 8_000_000
"""Numbers in one table of a bootstrap."""
_ROWS_AT_ONCE = 100_000

NO_OVERLAP = "No item has two labels, so agreement cannot be seen."
ONE_CLASS = "All labels are the same, so nothing tells agreement from habit."


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How far labels of the same item agree, each figure with the interval of an item bootstrap.

    Attributes:
        items: with two labels or more.
        observed: the share of agreeing pairs of labels of an item, averaged over items; None for numbers.
        kappa: Fleiss' kappa for items with any number of labels (Gwet 2014, Handbook of Inter-Rater Reliability).
        alpha: Krippendorff's alpha for the level of the labels; for grades with his own ordinal metric (Krippendorff
            2011, Computing Krippendorff's alpha-reliability).
        ac1: Gwet's AC1 (Gwet 2008, Br. J. Math. Stat. Psychol. 61), over the classes declared or seen.
        difference: the mean difference between two labels of an item, for numbers.
    """

    items: int
    observed: Estimate
    kappa: Estimate
    alpha: Estimate
    ac1: Estimate
    difference: Estimate


def agreement(labels: Labels, seed: int = SEED) -> Agreement:
    """All figures that the level of the labels allows."""
    items = int(np.sum(labels.per_item >= 2))
    if not items:
        none = Estimate(None, problem=NO_OVERLAP)
        return Agreement(items=0, observed=none, kappa=none, alpha=none, ac1=none, difference=none)
    if labels.values is not None:
        return _of_numbers(labels, labels.values, items, seed)
    other = Estimate(None, problem="Labels are kinds, which have no differences.")
    agreeing, shares, cells = _sums(labels, seed)
    units = len(cells)
    estimate = partial(_estimate, seed=seed, units=units)
    seen = estimate(agreeing, _observed)
    return Agreement(
        items=items,
        observed=Estimate(1.0, *wilson(items, items)) if seen.value == 1 else seen,
        kappa=estimate(np.hstack([agreeing, shares]), partial(_chance_corrected, expected=_fleiss_expected)),
        alpha=estimate(cells, partial(_alpha, level=labels.level)),
        ac1=estimate(np.hstack([agreeing, shares]), partial(_chance_corrected, expected=_ac1_expected)),
        difference=other,
    )


def _estimate(sums: Floats, figure: Callable[[Floats], Floats], seed: int, units: int) -> Estimate:
    value, resampled = drawn(sums, figure, seed)
    return interval(value, resampled, units) if np.isfinite(value) else Estimate(None, problem=ONE_CLASS)


def _sums(labels: Labels, seed: int) -> tuple[Floats, Floats, Floats]:
    """What the coefficients are made of, summed over the items of each group that is drawn.

    Returns:
        Per group: the agreement of pairs and the number of items with two labels; the share of each class and the number
        of items; the coincidence matrix in one row.
    """
    counts, size = labels.counts, labels.per_item
    many, classes = size >= 2, len(labels.classes)
    group = groups(len(size), seed, min(GROUPS, max(100, _CELLS_AT_MOST // classes**2)))
    number = int(group.max()) + 1
    pairs_of = np.where(many, size * (size - 1.0), 1.0)
    agree = (counts.multiply(counts).sum(axis=1) - size) / pairs_of * many
    pairs = _by(group, number, [agree, many.astype(float)])
    member = sparse(group, np.arange(len(group)), (number, len(group)))
    shares = np.hstack([(member @ _scaled(counts, 1.0 / size)).toarray(), _by(group, number, [np.ones(len(size))])])
    weighed = _scaled(counts, many / np.maximum(size - 1.0, 1.0))
    cells = np.empty((number, classes, classes))
    for label in range(classes):
        column = np.asarray(counts[:, [label]].todense()).ravel()
        cells[:, label, :] = (member @ _scaled(weighed, column)).toarray()
    own = (member @ weighed).toarray()
    cells[:, range(classes), range(classes)] -= own
    return pairs, shares, cells.reshape(number, -1)


def _scaled(matrix: Any, by: Floats) -> Any:
    """A sparse matrix with each row multiplied by a number."""
    scaled = matrix.copy()
    scaled.data = scaled.data * np.repeat(by, np.diff(scaled.indptr))
    return scaled


def _by(group: Ints, number: int, columns: Sequence[Floats]) -> Floats:
    """Sums of columns by group."""
    return np.column_stack([np.bincount(group, column, number) for column in columns])


def _observed(sums: Floats) -> Floats:
    share: Floats = sums[..., 0] / sums[..., 1]
    return share


def _chance_corrected(sums: Floats, expected: Callable[[Floats], Floats]) -> Floats:
    share = sums[..., 2:-1] / sums[..., -1:]
    by_chance = expected(share)
    coefficient: Floats = (_observed(sums) - by_chance) / (1 - by_chance)
    # One class throughout: rounding must not make a coefficient of 0 / 0.
    return np.where(share.max(axis=-1) > 1 - 1e-12, np.nan, coefficient)


def _fleiss_expected(share: Floats) -> Floats:
    by_chance: Floats = (share**2).sum(axis=-1)
    return by_chance


def _ac1_expected(share: Floats) -> Floats:
    by_chance: Floats = (share * (1 - share)).sum(axis=-1) / (share.shape[-1] - 1)
    return by_chance


def _alpha(cells: Floats, level: Level) -> Floats:
    """Krippendorff's alpha of coincidence matrices, each in one row."""
    classes = round(cells.shape[-1] ** 0.5)
    seen = cells.reshape(*cells.shape[:-1], classes, classes)
    totals = seen.sum(axis=-1)
    if level is Level.ORDINAL:
        # His metric, the labels between two grades plus half of both, is the difference of their middle ranks.
        rank = np.cumsum(totals, axis=-1) - totals / 2
        apart = (rank[..., :, None] - rank[..., None, :]) ** 2
    else:
        apart = _apart(classes, weighted=False)
    return _alpha_of(
        (seen * apart).sum(axis=(-2, -1)), (totals[..., :, None] * totals[..., None, :] * apart).sum((-2, -1)), totals.sum(-1)
    )


def _alpha_of(observed: Floats, expected: Floats, labels: Floats) -> Floats:
    """1 - observed / expected disagreement; NaN where no disagreement could be expected, but for rounding."""
    possible = expected > 1e-9
    return np.where(possible, 1 - (labels - 1) * observed / np.where(possible, expected, 1), np.nan)


# Numbers


def _of_numbers(labels: Labels, values: Floats, items: int, seed: int) -> Agreement:
    """Alpha of the interval metric, and how far two labels of an item lie apart, without a table of classes."""
    size = labels.per_item.astype(float)
    many = (size >= 2).astype(float)
    value = values[labels.label]
    value = value - value.mean()
    one, two = (np.bincount(labels.item, value**power, len(size)) for power in (1, 2))
    apart = many * 2 * (size * two - one**2) / np.maximum(size - 1, 1)
    group = groups(len(size), seed)
    number = int(group.max()) + 1
    estimate = partial(_estimate, seed=seed, units=number)
    no = Estimate(None, problem="Labels are numbers, which hardly ever are exactly equal.")
    alpha = estimate(_by(group, number, [apart, size * many, one * many, two * many]), _alpha_of_numbers)
    return Agreement(
        items=items,
        observed=no,
        kappa=no,
        alpha=alpha,
        ac1=no,
        difference=estimate(_by(group, number, [disagreement(labels), many]), _observed),
    )


def _alpha_of_numbers(sums: Floats) -> Floats:
    apart, labels, one, two = (sums[..., place] for place in range(4))
    expected = 2 * (labels * two - one**2)
    # Of scale 1, whatever the unit of the numbers, so that rounding can be told from a difference.
    scale = np.where(two > 0, labels * two, 1)
    return _alpha_of(apart / scale, expected / scale, labels)


# Two people


@dataclass(frozen=True)
class Pair:
    """Two people on the items that both labelled.

    Attributes:
        items: that both labelled.
        agree: share of them on which they agree.
        kappa: Cohen's; weighted linearly for grades; None when it is not defined.
    """

    one: int
    other: int
    items: int
    agree: float
    kappa: float | None


def pairs(labels: Labels, people_at_most: int = 30) -> list[Pair]:
    """Every two people among those with most labels, lowest kappa first; pairs without a common item are left out."""
    busiest = np.argsort(-np.bincount(labels.labeller), kind="stable")[:people_at_most]
    shares = {int(who): _own_shares(labels, int(who)) for who in sorted(busiest)}
    apart = _apart(len(labels.classes), labels.level is Level.ORDINAL)
    compared = []
    for one, other in combinations(shares, 2):
        table = (shares[one].T @ shares[other]).toarray()
        if (items := round(table.sum())) > 0:
            with np.errstate(divide="ignore", invalid="ignore"):
                kappa = float(_cohen(table.ravel(), apart))
            agree = float(np.trace(table) / table.sum())
            compared.append(Pair(one, other, items, agree, kappa if np.isfinite(kappa) else None))
    return sorted(compared, key=lambda pair: np.inf if pair.kappa is None else pair.kappa)


def both(labels: Labels, one: int, other: int) -> Floats:
    """The table of two people's labels of their common items."""
    table: Floats = (_own_shares(labels, one).T @ _own_shares(labels, other)).toarray()
    return table


def _own_shares(labels: Labels, who: int) -> Any:
    """How one person's labels of each item divide among the classes."""
    own = labels.labeller == who
    given = sparse(labels.item[own], labels.label[own], (len(labels.items), len(labels.classes)))
    return _scaled(given, 1.0 / np.maximum(given.sum(axis=1), 1))


def cohen(table: Floats, weighted: bool = False, power: int = 1, seed: int = SEED) -> Estimate:
    """Cohen's kappa of a square table of two people's labels (Cohen 1960; 1968 for weights), with an item bootstrap.

    Args:
        weighted: whether disagreement counts by the distance of the classes.
        power: 1 for linear weights, 2 for quadratic ones.
    """
    figure = partial(_cohen, apart=_apart(len(table), weighted, power))
    chance = np.random.default_rng(seed)
    items = round(table.sum())
    seen = np.flatnonzero(table)
    share = table.ravel()[seen] / table.sum()
    at_once = max(1, _CELLS_AT_MOST // 4 // table.size)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = float(figure(table.ravel()))
        if not np.isfinite(value):
            return Estimate(None, problem="Both gave one class only, so nothing tells agreement from habit.")
        resampled = []
        for begin in range(0, DRAWS, at_once):
            rows = np.zeros((min(at_once, DRAWS - begin), table.size))
            rows[:, seen] = chance.multinomial(items, share, size=len(rows))
            resampled.append(figure(rows))
    return interval(value, np.concatenate(resampled), items)


def _apart(classes: int, weighted: bool, power: int = 1) -> Floats:
    """How much every two classes disagree."""
    place = np.arange(classes)
    return np.abs(place[:, None] - place) ** float(power) if weighted else 1.0 - np.eye(classes)


def _cohen(rows: Floats, apart: Floats) -> Floats:
    table = rows.reshape(*rows.shape[:-1], *apart.shape)
    one, other, all_of_it = table.sum(axis=-1), table.sum(axis=-2), table.sum(axis=(-2, -1))
    expected = (one[..., :, None] * other[..., None, :] * apart).sum(axis=(-2, -1)) / all_of_it
    return np.where(expected > 0, 1 - (table * apart).sum(axis=(-2, -1)) / expected, np.nan)


# Classes


@dataclass(frozen=True)
class Confusion:
    """Which classes are given to the same items.

    Attributes:
        pairs: pairs of labels of one item by their classes: symmetric, each pair counted from both sides.
        coincidences: the same, each item's pairs weighted by one less than its labels (Krippendorff's).
    """

    pairs: Floats
    coincidences: Floats

    def agreement_on(self, one: int) -> float | None:
        """Specific agreement: given that somebody chose this class, how likely another label is the same."""
        total = float(self.pairs[one].sum())
        return float(self.pairs[one, one]) / total if total else None

    def confused(self) -> list[tuple[int, int, int]]:
        """Pairs of classes and how many pairs of labels confuse them, most confused first."""
        over = [(one, other, round(self.pairs[one, other])) for one, other in combinations(range(len(self.pairs)), 2)]
        return sorted((c for c in over if c[2]), key=lambda c: -c[2])

    @property
    def alpha(self) -> float | None:
        """Krippendorff's nominal alpha; None when it is not defined."""
        value = float(_alpha(self.coincidences.ravel(), Level.NOMINAL)) if self.coincidences.any() else np.nan
        return value if np.isfinite(value) else None


def confusion(labels: Labels) -> Confusion:
    """Count pairs of labels of the same items."""
    counts, size = labels.counts, labels.per_item
    raw = (counts.T @ counts).toarray()
    raw -= np.diag(np.asarray(counts.sum(axis=0)).ravel())
    weighed = _scaled(counts, np.where(size >= 2, 1.0 / np.maximum(size - 1.0, 1.0), 0.0))
    cells = (counts.T @ weighed).toarray()
    cells -= np.diag(np.asarray(weighed.sum(axis=0)).ravel())
    return Confusion(raw, cells)


@dataclass(frozen=True)
class Merge:
    """What alpha would be if two classes were one."""

    one: int
    other: int
    alpha: float


def merges(seen: Confusion, only_neighbours: bool = False) -> list[Merge]:
    """Every two classes merged, best first by nominal alpha: percent agreement would rise with any merge."""
    cells = seen.coincidences
    totals = cells.sum(axis=1)
    labels = totals.sum()
    observed = labels - np.trace(cells) - cells - cells.T
    expected = labels**2 - (totals**2).sum() - 2 * np.outer(totals, totals)
    alpha = _alpha_of(observed, expected, labels)
    merged = [
        Merge(one, other, float(alpha[one, other]))
        for one, other in combinations(range(len(cells)), 2)
        if totals[one] and totals[other] and np.isfinite(alpha[one, other]) and (not only_neighbours or other == one + 1)
    ]
    return sorted(merged, key=lambda m: -m.alpha)


def merge_gains(labels: Labels, merged: Sequence[Merge], seed: int = SEED) -> list[Estimate]:
    """By how much nominal alpha changes with each merge, on the same draws of items."""
    _, _, cells = _sums(labels, seed)
    return [_estimate(cells, partial(_gain, one=merge.one, other=merge.other), seed, len(cells)) for merge in merged]


def _gain(rows: Floats, one: int, other: int) -> Floats:
    classes = round(rows.shape[-1] ** 0.5)
    cells = rows.reshape(*rows.shape[:-1], classes, classes)
    totals = cells.sum(axis=-1)
    labels = totals.sum(axis=-1)
    observed = labels - np.trace(cells, axis1=-2, axis2=-1)
    expected = labels**2 - (totals**2).sum(axis=-1)
    fewer = expected - 2 * totals[..., one] * totals[..., other]
    merged = _alpha_of(observed - 2 * cells[..., one, other], fewer, labels)
    return np.asarray(merged - _alpha_of(observed, expected, labels))


@dataclass(frozen=True)
class Borderline:
    """Two classes between which items lie on the fence.

    Attributes:
        items: on which at least three labels split about evenly between the two.
        share: of the items with at least three labels.
    """

    one: int
    other: int
    items: int
    share: float


EVEN = 0.4
"""Share of the labels of two classes from which the smaller one makes the split about even."""


def borderlines(labels: Labels) -> list[Borderline]:
    """Pairs of classes with items on the fence, most items first; a class of its own may help them."""
    many = int(np.sum(labels.per_item >= 3))
    between: dict[tuple[int, int], int] = {}
    if not many or len(labels.classes) < 2:
        return []
    for rows, counts in _blocks(labels):
        size = labels.per_item[rows]
        order = np.argsort(-counts, axis=1, kind="stable")
        first, second = (np.take_along_axis(counts, order[:, [place]], axis=1).ravel() for place in (0, 1))
        third = np.take_along_axis(counts, order[:, [2]], axis=1).ravel() if len(labels.classes) > 2 else 0.0
        fence = (size >= 3) & (second >= EVEN * (first + second)) & (second > third)
        for one, other in np.sort(order[fence, :2], axis=1).tolist():
            between[one, other] = between.get((one, other), 0) + 1
    ranked = sorted(between.items(), key=lambda pair: -pair[1])
    return [Borderline(one, other, items, items / many) for (one, other), items in ranked]


def _blocks(labels: Labels) -> Iterator[tuple[slice, Floats]]:
    """The counts of all items, some at a time, as plain tables."""
    step = max(1, min(_ROWS_AT_ONCE, _CELLS_AT_MOST // len(labels.classes)))
    for begin in range(0, len(labels.items), step):
        rows = slice(begin, min(begin + step, len(labels.items)))
        yield rows, labels.counts[rows].toarray()


# Chance


@dataclass(frozen=True)
class Illusion:
    """What agreement is reached without any skill (slides: 0.7² + 0.3² = 0.58 against 0.70).

    Attributes:
        two_people: two labels of an item drawn with replacement agree, averaged over items.
        commonest: a model that gives each item the commonest of its labels agrees with one drawn at random.
        always_same: a model that gives all items the label that is commonest of all agrees with one drawn at random.
    """

    two_people: float
    commonest: float
    always_same: float


def illusion(labels: Labels) -> Illusion:
    """Two people drawn at random, and models that only know what is common."""
    counts, size = labels.counts, labels.per_item
    two = np.asarray(counts.multiply(counts).sum(axis=1)).ravel() / size.astype(float) ** 2
    top = counts.max(axis=1).toarray().ravel() / size
    share = _scaled(counts, 1.0 / size).sum(axis=0) / len(size)
    return Illusion(float(two.mean()), float(top.mean()), float(np.max(share)))


# Items


def disagreement(labels: Labels) -> Floats:
    """How far the labels of each item differ: the share of pairs that disagree; for numbers and grades their mean distance.

    0 for items with one label.
    """
    size = labels.per_item.astype(float)
    pairs_of = np.maximum(size * (size - 1), 1)
    if labels.level is Level.NOMINAL:
        same = np.asarray(labels.counts.multiply(labels.counts).sum(axis=1)).ravel()
        apart: Floats = np.where(size >= 2, 1 - (same - size) / pairs_of, 0.0)
        return apart
    value = (labels.values if labels.values is not None else np.arange(len(labels.classes), dtype=float))[labels.label]
    place = np.arange(len(labels)) - (np.cumsum(size) - size)[labels.item]
    ranked = value[np.lexsort((value, labels.item))]
    return np.asarray(np.bincount(labels.item, (2 * place - size[labels.item] + 1) * ranked, len(size)) * 2 / pairs_of)


def self_agreement(labels: Labels) -> float | None:
    """How often two labels of one person for the same item agree; None when nobody labelled an item twice."""
    own = sparse(labels.pair, labels.label, (int(labels.pair[-1]) + 1, len(labels.classes)))
    size = np.asarray(own.sum(axis=1)).ravel()
    possible = float((size * (size - 1)).sum())
    return float(own.multiply(own).sum() - size.sum()) / possible if possible else None
