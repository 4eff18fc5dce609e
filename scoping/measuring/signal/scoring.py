"""What is predicted, and how well: one loss for classes and numbers, and skill as the share of it that goes away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoping.measuring.signal.encoding import Floats, Whole
from scoping.section import Choice

FEWEST_ROWS, FEWEST_PER_CLASS = 40, 8
"""With fewer rows, all in all or of a class, nothing is tried."""


class Predictable(Choice):
    """Whether the columns say anything about the target."""

    YES = "yes", "Yes"
    WEAK = "weak", "Weakly"
    NOT_SHOWN = "not_shown", "Not shown"
    TOO_FEW = "too_few", "Too few rows to say"
    LEAK = "leak", "Check the leaks first"


class Worthwhile(Choice):
    """Whether machine learning does better than the best simple rule."""

    YES = "yes", "Yes"
    NOT_SHOWN = "not_shown", "Not shown"
    NO = "no", "No, the simple rule is better"
    NOTHING = "nothing", "Nothing to compare yet"


@dataclass(frozen=True)
class Target:
    """What is to be predicted.

    Attributes:
        values: numbers, or for classes their places in `classes`.
        classes: commonest first; empty for numbers.
    """

    values: Floats
    classes: tuple[str, ...] = ()

    @cached_property
    def codes(self) -> Whole:
        """The classes' places."""
        return self.values.astype(np.int64)

    @cached_property
    def indicators(self) -> Floats:
        """One column per class with 1 where a row belongs to it; for numbers, the numbers."""
        if not self.classes:
            return self.values[:, None]
        flags: Floats = (self.codes[:, None] == np.arange(len(self.classes))).astype(np.float64)
        return flags

    @property
    def uninformed(self) -> float:
        """The score of knowing nothing."""
        return 0.5 if self.classes else 0.0

    def score(self, losses: ArrayLike, base: ArrayLike) -> float:
        """Area under the curve for classes; for numbers the share of the squared error about the mean that goes away.

        Args:
            losses, base: of a model and of knowing nothing, per fold.
        """
        own, nothing = np.asarray(losses, dtype=np.float64), np.asarray(base, dtype=np.float64)
        if self.classes:
            return float(1 - np.nanmean(own))
        return float(1 - own.sum() / nothing.sum()) if nothing.sum() > 0 else 0.0

    def shuffled(self, order: Whole) -> Target:
        """The same targets on other rows."""
        return Target(self.values[order], self.classes)


def excess(score: float, target: Target) -> float:
    """A score from 0, knowing nothing, to 1, knowing all."""
    return (score - target.uninformed) / (1 - target.uninformed)


def loss(target: Target, rows: Whole, predicted: Floats) -> float:
    """1 minus the area under the curve, each class against the rest and weighted by its share; for numbers the squared error.

    NaN when the rows are all of one class.
    """
    if not target.classes:
        return float(np.mean((target.values[rows] - predicted[:, 0]) ** 2))
    codes = target.codes[rows]
    places = [1] if len(target.classes) == 2 else range(len(target.classes))
    areas = [(np.mean(codes == place), auc(codes == place, predicted[:, place])) for place in places]
    known = [(share, area) for share, area in areas if not np.isnan(area)]
    total = sum(share for share, _ in known)
    return float(1 - sum(share * area for share, area in known) / total) if total else float("nan")


def auc(is_positive: NDArray[np.bool_], score: Floats) -> float:
    """The chance that a positive row has a higher score than a negative one, ties counting half; NaN without both."""
    from scipy.stats import rankdata

    positives = int(is_positive.sum())
    negatives = len(is_positive) - positives
    if not positives or not negatives:
        return float("nan")
    ranks = rankdata(score)[is_positive].sum()
    return float((ranks - positives * (positives + 1) / 2) / (positives * negatives))


def plain_error(target: Target, rows: Whole, predicted: Floats) -> float:
    """Share of the rows put into the wrong class; for numbers the mean distance."""
    if target.classes:
        return float(np.mean(predicted.argmax(axis=1) != target.codes[rows]))
    return float(np.mean(np.abs(target.values[rows] - predicted[:, 0])))


@dataclass(frozen=True)
class Interval:
    """A figure with the interval that holds it 95 times in 100.

    Attributes:
        p: of the hypothesis that it is zero or less.
    """

    value: float
    low: float
    high: float
    p: float
    error: float

    @property
    def is_above_zero(self) -> bool:
        return self.low > 0


def corrected_resampled_t(losses: ArrayLike, base: ArrayLike, ratio: float, looks: int = 1) -> Interval:
    """How much of a rule's loss a model saves, by the corrected resampled t test on losses of the same folds.

    Folds share most rows they learn from, so the variance is corrected as Nadeau and Bengio (2003) do:
    (1/J + test/train) times the variance between J folds; the naive test finds signal in noise twice as often as it says.

    Args:
        ratio: rows tried on per row learnt from, in a fold; 0 where the parts are not to be taken as overlapping.
        looks: how many models were compared, for which interval and p are widened (Bonferroni).
    """
    from scipy.stats import t

    own, rule = np.asarray(losses, dtype=np.float64), np.asarray(base, dtype=np.float64)
    known = np.isfinite(own) & np.isfinite(rule)
    own, rule = own[known], rule[known]
    if len(own) < 2 or not rule.mean():
        return Interval(0.0, -np.inf, np.inf, 1.0, np.inf)
    saved = (rule - own) / rule.mean()
    mean, parts = float(saved.mean()), len(saved)
    error = float(np.sqrt((1 / parts + ratio) * saved.var(ddof=1)))
    reach = float(t.ppf(1 - 0.025 / looks, parts - 1)) * error
    p = float(t.sf(mean / error, parts - 1)) if error else float(mean <= 0)
    return Interval(mean, mean - reach, mean + reach, min(1.0, looks * p), error)


def mean_of(values: Sequence[float]) -> float:
    """The mean of what is known; NaN when nothing is."""
    known = [v for v in values if not np.isnan(v)]
    return float(np.mean(known)) if known else float("nan")
