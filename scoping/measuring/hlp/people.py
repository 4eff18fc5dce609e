"""Human-level performance: how often people are right, how sure that is, and what may be asked of a model."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from scoping.measuring.hlp.consensus import agrees_with_the_others, distance_to_the_others, majority
from scoping.measuring.hlp.labels import Labels, sparse
from scoping.numbers.proportions import chance_at_least, mcnemar, wilson
from scoping.numbers.resampling import DRAWS, LEVEL, Floats, Ints, groups, weights

SEED = 1
_PEOPLE_GROUPS = 500


@dataclass(frozen=True)
class Share:
    """How often somebody is right, with its 95 % interval.

    Attributes:
        labels: that could be judged.
        worth: independent labels that would say as much; labels of one item, or by one person, say less.
    """

    labels: int
    value: float
    low: float
    high: float
    worth: float

    def chance_of(self, asked: float) -> float:
        """How likely people really are right in the share `asked` or more."""
        return chance_at_least(asked, self.value * self.worth, self.worth)

    @property
    def target(self) -> float:
        """What a model may be asked at most with some right: the lower end, rounded down to whole per cent."""
        return math.floor(self.low * 100 + 1e-9) / 100


def right(labels: Labels, truth: Ints, tolerance: float = 0.0) -> Floats:
    """For each label, 1 when it says the truth and 0 when not; NaN where the truth is not known.

    Args:
        tolerance: how far a number may be off.
    """
    true = truth[labels.item]
    if labels.values is None:
        same = labels.label == true
    else:
        same = np.abs(labels.values[labels.label] - labels.values[true]) <= tolerance + 1e-12
    return np.where(true >= 0, same.astype(float), np.nan)


def like_the_others(labels: Labels, tolerance: float = 0.0) -> Floats:
    """For each label, how far it is what the other people say of the item: never accuracy. NaN without others.

    Args:
        tolerance: how far a number may be off the mean of the others.
    """
    if labels.values is None:
        return agrees_with_the_others(labels)
    off = distance_to_the_others(labels, labels.values)
    return np.where(np.isnan(off), np.nan, np.abs(off) <= tolerance + 1e-12)


def pooled(labels: Labels, credit: Floats, seed: int = SEED) -> Share | None:
    """The share over all labels. None when no label could be judged.

    Items and people are both drawn anew (Owen 2007, Annals of Applied Statistics 1: the pigeonhole bootstrap, which errs
    to the wide side), since both could have been others. The spread says how many independent labels this is worth, and
    Wilson's interval of so many is given. One person's labels are taken as independent.
    """
    known = np.isfinite(credit)
    if not known.any():
        return None
    item, who, got = labels.item[known], labels.labeller[known], credit[known]
    value, cases = float(got.mean()), len(got)
    items, people = (int(np.count_nonzero(np.bincount(codes))) for codes in (item, who))
    if people == 1 or items == 1:
        worth = float(max(items, people))
    elif value in (0.0, 1.0):
        # No error, or nothing but errors: drawing again shows no spread, and items may all be alike for everybody.
        worth = float(items)
    else:
        worth = min(float(cases), value * (1 - value) / _variance(labels, item, who, got, seed))
    return Share(cases, value, *wilson(value * worth, worth), worth)


def _variance(labels: Labels, item: Ints, who: Ints, got: Floats, seed: int) -> float:
    """The variance of the share when items and people are drawn with replacement."""
    of_item, of_person = groups(len(labels.items), seed), groups(len(labels.labellers), seed + 1, _PEOPLE_GROUPS)
    shape = int(of_item.max()) + 1, int(of_person.max()) + 1
    place = of_item[item], of_person[who]
    sums, cases = (sparse(*place, shape, value).toarray() for value in (got, np.ones(len(got))))
    drawn = []
    for rows, columns in zip(weights(shape[0], seed, DRAWS), weights(shape[1], seed + 1, DRAWS), strict=True):
        among = ((rows @ cases) * columns).sum(axis=1)
        drawn.append(((rows @ sums) * columns).sum(axis=1)[among > 0] / among[among > 0])
    return max(float(np.var(np.concatenate(drawn))), 1e-12)


def of_each(labels: Labels, credit: Floats, level: float = LEVEL) -> list[Share | None]:
    """The share of every person, in the order of the labellers; None for those of whom no label could be judged."""
    known = np.isfinite(credit)
    people = len(labels.labellers)
    cases = np.bincount(labels.labeller[known], minlength=people)
    got = np.bincount(labels.labeller[known], credit[known], people)
    return [
        Share(int(n), float(k / n), *wilson(float(k), float(n), level), float(n)) if n else None
        for k, n in zip(got, cases, strict=True)
    ]


def who_deviates(labels: Labels, credit: Floats) -> list[int]:
    """People who do worse than all the others together, beyond chance even for so many people looked at (Bonferroni)."""
    known = np.isfinite(credit)
    total, cases = float(credit[known].sum()), int(known.sum())
    deviating = []
    for place, share in enumerate(of_each(labels, credit, 1 - (1 - LEVEL) / len(labels.labellers))):
        if share is None or share.labels == cases:
            continue
        others = (total - share.value * share.labels) / (cases - share.labels)
        if share.high < others:
            deviating.append(place)
    return deviating


def distances(labels: Labels, truth: Ints | None) -> tuple[Floats, Floats]:
    """For each person, the mean error and the mean size of an error of their numbers; NaN for people not judged.

    Args:
        truth: the class of each item, -1 where not known; None to compare with what the others say.
    """
    if labels.values is None:
        none = np.full(len(labels.labellers), np.nan)
        return none, none
    if truth is None:
        off = distance_to_the_others(labels, labels.values)
    else:
        true = truth[labels.item]
        off = np.where(true >= 0, labels.values[labels.label] - labels.values[true], np.nan)
    known = np.isfinite(off)
    people = len(labels.labellers)
    cases = np.bincount(labels.labeller[known], minlength=people)
    with np.errstate(invalid="ignore"):
        bias = np.bincount(labels.labeller[known], off[known], people) / cases
        size = np.bincount(labels.labeller[known], np.abs(off[known]), people) / cases
    return bias, size


@dataclass(frozen=True)
class Duel:
    """A model and the majority of people on the same items.

    Attributes:
        items: with a truth, an answer of the model and one commonest label.
        model, people: right answers.
        p: McNemar's exact p-value that both are equally often right.
    """

    items: int
    model: int
    people: int
    p: float


def mcnemar_against_majority(labels: Labels, truth: Ints, model: Ints) -> Duel | None:
    """Compare a model with the majority of people; None when no item allows it."""
    commonest = majority(labels).label
    known = (truth >= 0) & (model >= 0) & (commonest >= 0)
    if not known.any():
        return None
    model_right, people_right = (model == truth)[known], (commonest == truth)[known]
    p = mcnemar(int(np.sum(model_right & ~people_right)), int(np.sum(people_right & ~model_right)))
    return Duel(int(known.sum()), int(model_right.sum()), int(people_right.sum()), p)
