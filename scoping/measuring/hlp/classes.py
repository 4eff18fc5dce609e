"""What only labels that are kinds or grades can tell: who agrees with whom, on which classes, and what the group says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scoping.measuring.hlp import agreement as hlp_agreement
from scoping.measuring.hlp import consensus
from scoping.measuring.hlp import people as hlp_people
from scoping.measuring.hlp.labels import Labels, Level
from scoping.measuring.hlp.plain import brief, class_name, figure_of, finite, six
from scoping.measuring.hlp.result import Chance, ClassOf, DawidSkeneOf, DuelOf, FenceOf, Group, MajorityOf, MergeOf, PairOf
from scoping.numbers.resampling import Ints
from scoping.tables.table import Tell

CLASSES_AT_MOST = 15
PAIRS_AT_MOST = 8
MERGES_AT_MOST = 3

_FENCE_ITEMS = 3
"""Items on the fence between two classes from which a class of its own is worth a thought."""


@dataclass(frozen=True, kw_only=True)
class OfClasses:
    """What only labels that are kinds or grades can tell; of numbers, nothing. The fields are those of `Result`."""

    pairs: tuple[PairOf, ...] = ()
    pairs_in_all: int = 0
    mean_kappa: float | None = None
    classes: tuple[ClassOf, ...] = ()
    confusion: tuple[tuple[int, ...], ...] = ()
    merges: tuple[MergeOf, ...] = ()
    fences: tuple[FenceOf, ...] = ()
    chance: Chance | None = None
    group: Group | None = None
    duel: DuelOf | None = None


def of_classes(labels: Labels, tell: Tell) -> OfClasses:
    tell(0.6, "Comparing every two people")
    pairs = hlp_agreement.pairs(labels)
    known = [p.kappa for p in pairs if p.kappa is not None]
    tell(0.7, "Looking at classes")
    seen = hlp_agreement.confusion(labels)
    frequency = np.bincount(labels.label, minlength=len(labels.classes))
    shown = sorted(np.argsort(-frequency, kind="stable")[:CLASSES_AT_MOST].tolist())
    counted = seen.pairs if labels.truth is None else _against(labels, labels.truth)
    merges, fences = _merges(labels, seen), _fences(labels)
    tell(0.8, "Finding what the group says")
    chance = hlp_agreement.illusion(labels)
    return OfClasses(
        pairs=_pairs(labels, pairs[:PAIRS_AT_MOST]),
        pairs_in_all=len(pairs),
        mean_kappa=finite(sum(known) / len(known)) if known else None,
        classes=tuple(
            ClassOf(name=class_name(labels, c), share=six(frequency[c] / len(labels)), agreement=finite(seen.agreement_on(c)))
            for c in shown
        ),
        confusion=tuple(tuple(int(counted[a, b]) for b in shown) for a in shown),
        merges=merges,
        fences=fences,
        chance=Chance(
            two_people=six(chance.two_people),
            commonest=six(chance.commonest),
            always_same=six(chance.always_same),
            always=class_name(labels, int(np.argmax(frequency))),
        ),
        group=_group(labels),
        duel=_duel(labels),
    )


def _duel(labels: Labels) -> DuelOf | None:
    if labels.truth is None or labels.model is None:
        return None
    duel = hlp_people.mcnemar_against_majority(labels, labels.truth, labels.model)
    if duel is None:
        return None
    return DuelOf(items=duel.items, model=duel.model, people=duel.people, p=six(duel.p))


def _against(labels: Labels, truth: Ints) -> Ints:
    """How often each class was said where each class is true."""
    true, classes = truth[labels.item], len(labels.classes)
    return np.bincount((true * classes + labels.label)[true >= 0], minlength=classes**2).reshape(classes, classes)


def _pairs(labels: Labels, shown: Sequence[hlp_agreement.Pair]) -> tuple[PairOf, ...]:
    graded = labels.level is Level.ORDINAL
    return tuple(
        PairOf(
            one=brief(labels.labellers[p.one]),
            other=brief(labels.labellers[p.other]),
            items=p.items,
            agree=six(p.agree),
            kappa=figure_of(hlp_agreement.cohen(hlp_agreement.both(labels, p.one, p.other), graded)),
        )
        for p in shown
    )


def _merges(labels: Labels, seen: hlp_agreement.Confusion) -> tuple[MergeOf, ...]:
    """Classes that gain from being one."""
    before = seen.alpha
    better = [m for m in hlp_agreement.merges(seen, labels.level is Level.ORDINAL) if before is not None and m.alpha > before]
    best = better[:MERGES_AT_MOST]
    return tuple(
        MergeOf(
            one=class_name(labels, merge.one), other=class_name(labels, merge.other), alpha=six(merge.alpha), gain=figure_of(gain)
        )
        for merge, gain in zip(best, hlp_agreement.merge_gains(labels, best), strict=True)
        if gain.low is not None and gain.low > 0
    )


def _fences(labels: Labels) -> tuple[FenceOf, ...]:
    """Pairs of classes with items on the fence between them."""
    return tuple(
        FenceOf(one=class_name(labels, b.one), other=class_name(labels, b.other), items=b.items, share=six(b.share))
        for b in hlp_agreement.borderlines(labels)[:MERGES_AT_MOST]
        if b.items >= _FENCE_ITEMS
    )


def _group(labels: Labels) -> Group:
    """Majority and, where it can be fitted, the model of who errs how."""
    majority = consensus.majority(labels)
    problem = consensus.dawid_skene_problem(labels)
    return Group(
        ties=majority.tied,
        majority=None if labels.truth is None else _majority(labels, labels.truth),
        model=None if problem else _dawid_skene(labels, majority.label),
        problem=problem,
    )


def _majority(labels: Labels, truth: Ints) -> MajorityOf | None:
    against = consensus.majority_right(labels, truth)
    if not against.items:
        return None
    return MajorityOf(judged=against.items, right=against.right, tied=against.tied, expected=against.expected)


def _dawid_skene(labels: Labels, commonest: Ints) -> DawidSkeneOf:
    model, truth = consensus.dawid_skene(labels), labels.truth
    return DawidSkeneOf(
        rounds=len(model.trace),
        first=model.trace[0],
        last=model.trace[-1],
        settled=model.settled,
        right=None if truth is None else float(np.mean(model.label[truth >= 0] == truth[truth >= 0])),
        differs=int(np.sum((commonest >= 0) & (commonest != model.label))),
    )
