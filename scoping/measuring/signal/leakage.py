"""How much each column says on its own, and which columns say more than can be known when a prediction is made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from scoping.measuring.signal.encoding import Feature, Floats, Role, Whole, levels
from scoping.measuring.signal.scoring import Target, excess, loss
from scoping.measuring.signal.splits import Fold
from scoping.words import percent, short

GROUPS = 20
"""Groups of about the same size that numbers are cut into, to see how much one column says."""
SUSPICIOUS = 0.97
"""A single column that separates classes this well (area under the curve), or explains this share of a number."""
CERTAIN = 0.995
"""From here on a column is left out of the verdict until somebody says that it is known in time."""
_SAME = 0.999999
"""Correlation of a number that is only the target in another unit."""
_FILLED = 0.95
"""Whether a cell is filled at all separates classes this well."""
_PRIOR = 5.0
"""Rows' worth of the overall average that is mixed into the average of a level."""
_AFTERWARDS = re.compile(
    r"(^|_)(outcome|result|results|final|closed|close_date|resolved|resolution|settled|refund|refunded|chargeback|"
    r"cancelled|canceled|cancellation|exit|reason|churned|terminated|termination|label|target)(_|$)|^actual_"
)
_AHEAD = re.compile(r"(^|_)(future|next|following|upcoming|subsequent|ahead|afterwards?|until_end|lifetime)(_|$)")
_AROUND = 7
"""Moments before and after a row, of whose targets a column may be made."""
_MADE_OF = 0.95
"""Share of a column that the targets around it explain, from which it is made of them."""
_KNOWN_BEFORE = 0.98
"""Share that earlier targets explain, from which a column is made of them alone."""
_MEAN_OF = 0.999
"""Correlation of a column with the mean target of a level or a group, from which it is that mean."""
_FEWEST_LEVELS = 5
_MODIFIERS = {"next", "is", "has", "the", "of", "target", "label", "class", "flag", "status", "value", "total", "count", "date"}


class Sign(StrEnum):
    """Why a column is looked at."""

    COPY = "copy"
    FILLED = "filled"
    PERFECT = "perfect"
    LATER = "later"
    AGGREGATE = "aggregate"
    NAME = "name"
    NUMBERING = "numbering"


@dataclass(frozen=True)
class Alone:
    """What one column says by itself.

    Attributes:
        score: area under the curve for classes, explained share for numbers, on rows not learnt from.
        filled: the same for knowing only whether the cell is filled.
        p: of the hypothesis that column and target have nothing to do with each other.
        q: p corrected for looking at many columns (Benjamini and Hochberg 1995).
    """

    column: str
    score: float
    filled: float
    p: float
    q: float


@dataclass(frozen=True)
class Flag:
    """A column to ask about.

    Attributes:
        certain: whether the figures alone are reason to leave it out until somebody says that it is known in time.
    """

    column: str
    sign: Sign
    sentence: str
    certain: bool = False

    @property
    def is_suspect(self) -> bool:
        """Whether its figures, not its name alone, speak of a leak, though not surely enough to leave it out."""
        return self.sign is Sign.PERFECT and not self.certain


def alone(features: Sequence[Feature], target: Target, folds: Sequence[Fold]) -> list[Alone]:
    """Judge every column by itself."""
    from scipy.stats import false_discovery_control

    measured = []
    for feature in features:
        most = GROUPS if feature.is_numeric else 3 * GROUPS
        score = max(_level_score(levels(feature, most), target, folds), _line_score(feature, target))
        has_gaps = 0 < feature.missing.sum() < len(feature.missing)
        filled = _level_score(-feature.missing.astype(np.int64), target, folds) if has_gaps else target.uninformed
        measured.append((feature.name, score, filled, _p(feature, target)))
    corrected = false_discovery_control([p for *_, p in measured], method="bh") if measured else []
    return [Alone(name, score, filled, p, float(q)) for (name, score, filled, p), q in zip(measured, corrected, strict=True)]


def _level_score(codes: Whole, target: Target, folds: Sequence[Fold]) -> float:
    """How well the average target of a row's level, learnt on other rows, predicts it."""
    codes = codes - codes.min(initial=0)
    width = int(codes.max(initial=0)) + 1
    wanted = target.indicators
    losses, base = [], []
    for fold in folds:
        overall = wanted[fold.train].mean(axis=0)
        counts = np.bincount(codes[fold.train], minlength=width)
        sums = np.stack([np.bincount(codes[fold.train], weights=w, minlength=width) for w in wanted[fold.train].T], axis=1)
        rates = (sums + _PRIOR * overall) / (counts + _PRIOR)[:, None]
        losses.append(loss(target, fold.test, rates[codes[fold.test]]))
        base.append(loss(target, fold.test, np.broadcast_to(overall, (len(fold.test), wanted.shape[1]))))
    return target.score(losses, base)


def _line_score(feature: Feature, target: Target) -> float:
    """The share of a number that a straight line explains, which groups of values cannot show to the full."""
    if target.classes or not feature.is_numeric:
        return target.uninformed
    return _correlation(feature, target) ** 2 * float(1 - feature.missing.mean())


def _correlation(feature: Feature, target: Target) -> float:
    known = ~feature.missing
    values, wanted = feature.values[known], target.values[known]
    if len(values) < 3 or not np.ptp(values) or not np.ptp(wanted):
        return 0.0
    return float(np.corrcoef(values / np.abs(values).max(), wanted / np.abs(wanted).max())[0, 1])


def _p(feature: Feature, target: Target) -> float:
    """The smaller p of two tests, of the values and of whether there is one, doubled when both were made."""
    known = ~feature.missing
    chances = []
    if 0 < feature.missing.sum() < len(known):
        chances.append(_p_levels(feature.missing.astype(np.int64), target))
    if feature.is_numeric:
        chances.append(_p_numbers(feature.values[known], target, known))
    elif feature.role is Role.CATEGORY:
        chances.append(_p_levels(levels(feature, 3 * GROUPS)[known], target, known))
    return min(1.0, len(chances) * min(chances)) if chances else 1.0


def _p_numbers(values: Floats, target: Target, rows: NDArray[np.bool_]) -> float:
    """Mann-Whitney or Kruskal-Wallis for classes, Spearman for numbers."""
    from scipy import stats

    if len(values) < 5 or not np.ptp(values):
        return 1.0
    if not target.classes:
        wanted = target.values[rows]
        return float(stats.spearmanr(values, wanted).pvalue) if np.ptp(wanted) else 1.0
    parts = _by_class(values, target, rows)
    if len(parts) < 2:
        return 1.0
    return float(stats.mannwhitneyu(*parts).pvalue if len(parts) == 2 else stats.kruskal(*parts).pvalue)


def _by_class(values: Floats, target: Target, rows: NDArray[np.bool_]) -> list[Floats]:
    codes = target.codes[rows]
    return [part for place in range(len(target.classes)) if len(part := values[codes == place])]


def _p_levels(codes: Whole, target: Target, rows: NDArray[np.bool_] | None = None) -> float:
    """Chi squared for classes, Kruskal-Wallis for numbers."""
    from scipy import stats

    rows = np.ones(len(codes), dtype=bool) if rows is None else rows
    places = np.unique(codes, return_inverse=True)[1]
    if len(codes) < 5 or not places.max():
        return 1.0
    if target.classes:
        counts = np.zeros((places.max() + 1, len(target.classes)))
        np.add.at(counts, (places, target.codes[rows]), 1)
        counts = counts[:, counts.any(axis=0)]
        return float(stats.chi2_contingency(counts).pvalue) if counts.shape[1] > 1 else 1.0
    wanted = target.values[rows]
    return float(stats.kruskal(*(wanted[places == place] for place in np.unique(places))).pvalue) if np.ptp(wanted) else 1.0


# Signs of a leak


def flags(
    features: Sequence[Feature], judged: Sequence[Alone], target: Target, *, name: str, best_rule: float, when: str = ""
) -> list[Flag]:
    """Columns that say too much, or that sound as if they were filled afterwards; the surest sign of each.

    Args:
        name: of the target column.
        best_rule: score of the best simple rule; with time order, a column may be as good as that.
        when: name of the column that says when each row happened.
    """
    by_name = {feature.name: feature for feature in features}
    moments = by_name.get(when)
    raised = []
    for judgement in judged:
        feature = by_name[judgement.column]
        flag = (
            _copied(feature, target)
            or _filled(judgement, target)
            or _perfect(judgement, best_rule)
            or _later(feature, moments)
            or _named(judgement, name)
        )
        if flag and feature.name != when:
            raised.append(flag)
    return sorted(raised, key=lambda flag: not flag.certain)


def _copied(feature: Feature, target: Target) -> Flag | None:
    known = ~feature.missing
    if known.sum() < len(known) / 2 or not known.any():
        return None
    if target.classes:
        codes = levels(feature, 2 * len(target.classes) + 2)[known]
        same = len(np.unique(codes)) <= 2 * len(target.classes) and _one_to_one(codes, target.codes[known])
    else:
        same = feature.is_numeric and abs(_correlation(feature, target)) > _SAME
    sentence = f"“{short(feature.name, 60)}” says the same as the target in other words."
    return Flag(feature.name, Sign.COPY, sentence, certain=True) if same else None


def _one_to_one(codes: Whole, classes: Whole) -> bool:
    """Whether a level belongs to one class only, for all but one row in two hundred."""
    pairs, counts = np.unique(np.stack([codes, classes]), axis=1, return_counts=True)
    best = sum(counts[pairs[0] == code].max() for code in np.unique(codes))
    return bool(len(np.unique(codes)) > 1 and best >= CERTAIN * len(codes))


def _filled(one: Alone, target: Target) -> Flag | None:
    if excess(one.filled, target) < excess(_FILLED, target):
        return None
    sentence = f"Whether “{short(one.column, 60)}” is filled nearly gives the answer away: it may be written down afterwards."
    return Flag(one.column, Sign.FILLED, sentence, certain=True)


def _perfect(one: Alone, best_rule: float) -> Flag | None:
    # In a series a column may be as good as the last value; it is a leak where it leaves next to nothing of that rule's error.
    beyond = 1 - (1 - one.score) / max(1 - best_rule, 1e-12)
    if one.score < SUSPICIOUS or beyond < 0.9:
        return None
    sentence = f"“{short(one.column, 60)}” alone gives {one.score:.3f} of 1, which is rare for anything known beforehand."
    return Flag(one.column, Sign.PERFECT, sentence, certain=one.score >= CERTAIN)


def _later(feature: Feature, moments: Feature | None) -> Flag | None:
    if moments is None or not moments.is_numeric or Role.DATE not in {feature.role} & {moments.role}:
        return None
    both = ~(feature.missing | moments.missing)
    share = float((feature.values[both] > moments.values[both] + 1e-6).mean()) if both.any() else 0.0
    if share < 0.05:
        return None
    sentence = (
        f"“{short(feature.name, 60)}” lies after “{short(moments.name, 60)}” in {percent(share)} of the rows, so in the future."
    )
    return Flag(feature.name, Sign.LATER, sentence, certain=True)


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).casefold())


def _named(one: Alone, name: str) -> Flag | None:
    """A name like the target's, or one that sounds like afterwards, of a column that has something to do with the target."""
    if one.q > 0.05:
        return None
    shared = [w for w in _words(name) if len(w) >= 4 and w not in _MODIFIERS and w in _words(one.column)]
    if shared:
        sentence = f"“{short(one.column, 60)}” is called like the target. Is it known when the prediction is made?"
        return Flag(one.column, Sign.NAME, sentence)
    if _AHEAD.search("_".join(_words(one.column))):
        sentence = (
            f"“{short(one.column, 60)}” is called like a future aggregate, of what comes after the row. "
            "Is it known when the prediction is made?"
        )
        return Flag(one.column, Sign.NAME, sentence)
    if _AFTERWARDS.search("_".join(_words(one.column))):
        sentence = f"“{short(one.column, 60)}” sounds as if it were filled in afterwards. Is it known when the prediction is made?"
        return Flag(one.column, Sign.NAME, sentence)
    return None


def aggregates(features: Sequence[Feature], target: Target, when: Floats | None, groups: Whole | None) -> list[Flag]:
    """Numbers that are made of the target itself, of later rows too: averages over a window, over a group, over a category."""
    wanted = target.values if not target.classes else target.indicators[:, -1]
    categories = [(f.name, levels(f, len(wanted))) for f in features if f.role is Role.CATEGORY and not f.is_numeric]
    parts = [*categories, *([("the same group", groups)] if groups is not None else [])]
    flags = []
    for feature in features:
        if feature.role is not Role.NUMBER or feature.missing.mean() > 0.5:
            continue
        name = short(feature.name, 60)
        if of := next((called for called, codes in parts if _is_mean_of(feature, wanted, codes)), ""):
            where = of if of == "the same group" else f"the same “{short(of, 60)}”"
            sentence = f"“{name}” is the average target of all rows of {where}, later ones too: a future aggregate."
            flags.append(Flag(feature.name, Sign.AGGREGATE, sentence, certain=True))
        elif when is not None and groups is None and _looks_ahead(feature, wanted, when):
            sentence = f"“{name}” is made of the target's own values, those of later rows too: a future aggregate."
            flags.append(Flag(feature.name, Sign.AGGREGATE, sentence, certain=True))
    return flags


def _is_mean_of(feature: Feature, wanted: Floats, codes: Whole) -> bool:
    """Whether a column gives the mean target of each level of another."""
    known = ~feature.missing & (codes >= 0)
    places, rows = np.unique(codes[known], return_inverse=True)
    counts = np.bincount(rows)
    if not _FEWEST_LEVELS <= len(places) <= known.sum() / 2 or len(np.unique(feature.values[known])) > len(places):
        return False
    values = np.bincount(rows, weights=feature.values[known]) / counts
    if not np.allclose(values[rows], feature.values[known], rtol=1e-6, atol=1e-9):
        return False
    means = np.bincount(rows, weights=wanted[known]) / counts
    if np.ptp(values) == 0 or np.ptp(means) == 0:
        return False
    return bool(abs(np.corrcoef(values, means)[0, 1]) > _MEAN_OF)


def _looks_ahead(feature: Feature, wanted: Floats, when: Floats) -> bool:
    """Whether targets before and after a row explain a column nearly whole, and those up to the row do not."""
    order = np.argsort(when, kind="stable")
    if len(order) < 10 * (2 * _AROUND + 1) or len(np.unique(when)) < len(when):
        return False
    windows = np.lib.stride_tricks.sliding_window_view(wanted[order], 2 * _AROUND + 1)
    values = feature.values[order][_AROUND:-_AROUND]
    known = ~np.isnan(values)
    values, windows = values[known], windows[known]
    if len(values) < 10 * windows.shape[1] or not np.ptp(values):
        return False
    around, before = (_explained(values, seen) for seen in (windows, windows[:, : _AROUND + 1]))
    # What a smooth series will do is nearly known from what it did; such a column is not made of later rows.
    return around >= _MADE_OF and before < _KNOWN_BEFORE and 1 - around < (1 - before) / 4


def _explained(values: Floats, seen: Floats) -> float:
    """The share of the variation of values that a linear model of columns explains."""
    table = np.column_stack([np.ones(len(seen)), seen])
    weights = np.linalg.lstsq(table, values, rcond=None)[0]
    return float(1 - np.var(values - table @ weights) / np.var(values))


def numberings(identifiers: Iterable[Feature], target: Target, folds: Sequence[Fold]) -> list[Flag]:
    """Identifiers whose order goes with the target; they are never shown to a model, but the table may be sorted."""
    flags = []
    for identifier in identifiers:
        if identifier.is_numeric and excess(_level_score(levels(identifier, GROUPS), target, folds), target) > 0.3:
            sentence = (
                f"The numbering “{short(identifier.name, 60)}” goes with the target: was the table sorted or collected in batches?"
            )
            flags.append(Flag(identifier.name, Sign.NUMBERING, sentence))
    return flags
