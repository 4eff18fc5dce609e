"""Items to talk about: those whose labels differ most, and those on which everybody contradicts the truth."""

from __future__ import annotations

from collections import Counter

import numpy as np

from scoping.measuring.hlp import agreement as hlp_agreement
from scoping.measuring.hlp.labels import Labels
from scoping.measuring.hlp.plain import IN_PASSING, brief
from scoping.measuring.hlp.result import Doubt
from scoping.numbers.resampling import Ints
from scoping.words import count

ITEMS_AT_MOST = 30
AGAINST_TRUTH_AT_MOST = 8

_CANDIDATES = 2_000


def to_discuss(labels: Labels) -> tuple[tuple[Doubt, ...], int]:
    """Items whose labels differ most, and how many differ at all."""
    apart = hlp_agreement.disagreement(labels)
    in_all = int(np.sum(apart > 0))
    order = np.lexsort((-labels.per_item, -apart))[: min(in_all, _CANDIDATES)]
    starts = _starts(labels)
    if labels.values is None and len(labels.classes) > 1:
        # Among items that differ alike, those come first whose classes are confused most often.
        confused = np.triu(hlp_agreement.confusion(labels).pairs, 1)

        def often(item: int) -> float:
            given = np.unique(labels.label[starts[item] : starts[item] + labels.per_item[item]])
            return float(confused[np.ix_(given, given)].max())

        order = np.array(sorted(order.tolist(), key=lambda i: (-apart[i], -labels.per_item[i], -often(i))), dtype=np.int64)
    return tuple(_doubt(labels, int(i), int(starts[i])) for i in order[:ITEMS_AT_MOST]), in_all


def against_truth(labels: Labels) -> tuple[tuple[Doubt, ...], int]:
    """Items on which all agree against the truth, and how many there are."""
    if labels.truth is None or labels.values is not None:
        return (), 0
    starts = _starts(labels)
    agree = (labels.per_item >= 2) & (hlp_agreement.disagreement(labels) == 0)
    against = np.flatnonzero(agree & (labels.truth >= 0) & (labels.label[starts] != labels.truth))
    shown = against[np.argsort(-labels.per_item[against], kind="stable")][:AGAINST_TRUTH_AT_MOST]
    return tuple(_doubt(labels, int(i), int(starts[i])) for i in shown), len(against)


def _starts(labels: Labels) -> Ints:
    """Where the labels of each item begin."""
    return np.cumsum(labels.per_item) - labels.per_item


def _doubt(labels: Labels, item: int, start: int) -> Doubt:
    votes = Counter(labels.label[start : start + labels.per_item[item]].tolist())
    words = [f"“{brief(labels.classes[c], IN_PASSING)}” {times}×" for c, times in votes.most_common(3)]
    if len(votes) > 3:
        words.append(count(len(votes) - 3, "other"))
    true = -1 if labels.truth is None else int(labels.truth[item])
    return Doubt(
        item=brief(labels.items[item]),
        said=", ".join(words),
        truth=brief(labels.classes[true], IN_PASSING) if true >= 0 else "",
    )
