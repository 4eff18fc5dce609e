"""Human-level performance, from a table of labels that people gave."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pydantic import Field

from scoping.blocks import Block
from scoping.errors import WorkbenchError
from scoping.labels import Labels, LabelsError, Level, from_long, from_wide
from scoping.reading.tables import Column, Preview, Table
from scoping.section import Choice, Model, YesNo, short
from scoping.sections.feasibility import Truth

if TYPE_CHECKING:
    from scoping import resampling
    from scoping.hlp import Share
    from scoping.measuring import Tell

VERSION = "1"
AS_TEXT = True
AT_MOST = 2_000_000

PEOPLE_AT_MOST = 40
CLASSES_AT_MOST = 15
ITEMS_AT_MOST = 30
AGAINST_TRUTH_AT_MOST = 8
PAIRS_AT_MOST = 8
MERGES_AT_MOST = 3
NOTES_AT_MOST = 6
NAME_AT_MOST = 30
_IN_PASSING = 20
"""Characters of a class where it stands among others."""
_CANDIDATES = 2_000
_FENCE_ITEMS = 3
"""Items on the fence between two classes from which a class of its own is worth a thought."""


class Layout(Choice):
    LONG = "long", "One label per row"
    WIDE = "wide", "One column per labeller"


class Settings(Model):
    """Which column is what, "" for none, and what only people know.

    Attributes:
        labeller, label: of a long table.
        labellers: columns of a wide table.
        model: what a model says of each item.
        classes: all classes that could be given; from low to high for grades.
        tolerance: how far a number may be off and still count as right.
        truth_is: None while nobody knows.
        same_inputs: whether people saw only what the model will see; None while nobody knows.
        asked: what somebody asks for, in %.
        half_width: how exactly people's performance should be known, in percentage points to either side.
    """

    layout: Layout = Layout.LONG
    item: str = ""
    labeller: str = ""
    label: str = ""
    labellers: tuple[str, ...] = ()
    truth: str = ""
    model: str = ""
    level: Level = Level.NOMINAL
    classes: tuple[str, ...] = ()
    tolerance: float = Field(default=0.0, ge=0)
    truth_is: Truth | None = None
    same_inputs: YesNo | None = None
    asked: float | None = Field(default=None, ge=0, le=100)
    half_width: float = Field(default=5.0, gt=0, le=50)


class Figure(Model):
    """A figure with its 95 % interval; `problem` says why there is none."""

    value: float | None
    low: float | None = None
    high: float | None = None
    problem: str = ""


class Person(Model):
    """One labeller.

    Attributes:
        labels, judged: given, and those that could be compared.
        share: right, or like the others.
        mistake: true class, class said instead and how often, for the commonest mistake.
        bias, distance: mean error and mean size of an error, for numbers.
    """

    name: str
    labels: int
    judged: int
    share: Figure
    deviates: bool
    mistake: tuple[str, str, int] | None = None
    bias: float | None = None
    distance: float | None = None


class PairOf(Model):
    """Two people; Cohen's kappa, weighted linearly for grades."""

    one: str
    other: str
    items: int
    agree: float
    kappa: Figure


class ClassOf(Model):
    """A class: its share of the labels, and how likely another label is the same once somebody chose it."""

    name: str
    share: float
    agreement: float | None


class MergeOf(Model):
    """Two classes as one: Krippendorff's nominal alpha then, and its change with interval."""

    one: str
    other: str
    alpha: float
    gain: Figure


class FenceOf(Model):
    """Two classes, and the items that lie on the fence between them."""

    one: str
    other: str
    items: int
    share: float


class Chance(Model):
    """What agreement is reached without skill (see `scoping.agreement.Illusion`); `always` is the commonest label."""

    two_people: float
    commonest: float
    always_same: float
    always: str

    @property
    def gain(self) -> float:
        """What a model seems better than people for repeating what is common."""
        return self.commonest - self.two_people


class Group(Model):
    """What the people say together.

    Attributes:
        ties: items without a commonest label.
        judged, right, tied, expected: of the majority against the truth; see `scoping.consensus.Right`.
        problem: why there is no model of who errs how; "" when there is one.
        rounds, first, last: of its log-likelihood.
        model_right: share of items that the model names right.
        differs: items on which the model overrules the one commonest label.
    """

    ties: int
    judged: int = 0
    right: int = 0
    tied: int = 0
    expected: float = 0.0
    problem: str = ""
    rounds: int = 0
    first: float = 0.0
    last: float = 0.0
    settled: bool = True
    model_right: float | None = None
    differs: int = 0


class Doubt(Model):
    """An item to talk about: what was said of it, most frequent first, and the truth where it is known."""

    item: str
    said: str
    truth: str = ""


class DuelOf(Model):
    """A model against the majority of people on the same items, with McNemar's exact p-value."""

    items: int
    model: int
    people: int
    p: float


class Result(Model):
    """All figures.

    Attributes:
        against_truth: whether labels were compared with a truth, rather than with what the other people say.
        share: right, or like the others, over all labels.
        worth: independent labels that would say as much.
        target: what may be asked of a model at most, a share.
        chance_of_asked: how likely people reach what is asked.
        needed: independent labels until the share is known to the half-width that was asked for.
        overlap: items with two labels or more.
        self_agreement: of labels that people gave twice.
        confusion: true class by class said, or without truth pairs of labels of one item; in the order of `classes`.
        doubts: items whose labels differ most.
        against: items on which everybody contradicts the truth.
    """

    against_truth: bool
    items: int
    labels: int
    labellers: int
    all_classes: int
    judged: int
    judged_items: int
    share: Figure
    worth: float
    target: float
    chance_of_asked: float | None
    needed: int
    overlap: int
    repeated: int
    self_agreement: float | None
    agreement: Figure
    kappa: Figure
    alpha: Figure
    ac1: Figure
    difference: Figure
    pairs: tuple[PairOf, ...]
    pairs_in_all: int
    mean_kappa: float | None
    people: tuple[Person, ...]
    deviating: int
    classes: tuple[ClassOf, ...]
    confusion: tuple[tuple[int, ...], ...]
    merges: tuple[MergeOf, ...]
    fences: tuple[FenceOf, ...]
    chance: Chance | None
    group: Group | None
    doubts: tuple[Doubt, ...]
    doubts_in_all: int
    against: tuple[Doubt, ...]
    against_in_all: int
    duel: DuelOf | None
    notes: tuple[str, ...]


# Guessing


def _word(words: str) -> re.Pattern[str]:
    return re.compile(rf"(^|[^a-z])({words})($|[^a-z])", re.IGNORECASE)


_ROLES = {
    "truth": _word("truth|gold|golden|true|actual|reference|correct|ground.?truth"),
    "model": _word("model|predictions?|predicted|pred"),
    "labeller": _word("labell?ers?|annotators?|raters?|coders?|workers?|users?|who|persons?|experts?|judges?|observers?|by"),
    "item": _word("items?|id|cases?|examples?|images?|clips?|documents?|docs?|texts?|questions?|tasks?|units?|subjects?"),
    "label": _word("labels?|class|category|answers?|ratings?|codes?|codings?|verdicts?|annotations?|scores?|grades?"),
}
"""What columns are called, the plainest words first."""
_SCALES = (
    ("none", "minimal", "mild", "moderate", "severe", "very severe"),
    ("very low", "low", "medium", "high", "very high"),
    ("never", "rarely", "sometimes", "often", "always"),
    ("strongly disagree", "disagree", "neutral", "agree", "strongly agree"),
    ("very poor", "poor", "fair", "good", "very good", "excellent"),
    ("impossible", "doubtful", "possible", "probable", "certain"),
)
_KINDS_AT_MOST = 20
"""Different labels that are still guessed to be kinds when all of them are numbers."""


def guess(preview: Preview) -> Settings:
    """Columns by their names; the kind of label by its examples."""
    found: dict[str, Any] = {}
    for role, words in _ROLES.items():
        found[role] = next((c.name for c in preview.columns if c.name not in found.values() and words.search(c.name)), "")
    if found["labeller"] and found["label"]:
        column = preview.column(found["label"])
        return Settings(layout=Layout.LONG, **found, **_level([column] if column else []))
    return _wide(preview, found)


def _wide(preview: Preview, found: dict[str, str]) -> Settings:
    item = found["item"]
    if not item and preview.columns and preview.columns[0].distinct == preview.rows_seen > _KINDS_AT_MOST:
        item = preview.columns[0].name
    taken = {item, found["truth"], found["model"]}
    people = [c for c in preview.columns if c.name not in taken and c.distinct]
    return Settings(
        layout=Layout.WIDE,
        item=item,
        labellers=tuple(c.name for c in people),
        truth=found["truth"],
        model=found["model"],
        **_level(people),
    )


def _level(columns: Sequence[Column]) -> dict[str, Any]:
    """Kinds, unless the examples are many different numbers or steps of a usual scale."""
    examples = [e.strip() for c in columns for e in c.examples]
    if examples and max(c.distinct for c in columns) > _KINDS_AT_MOST and all(_is_number(e) for e in examples):
        return {"level": Level.NUMERIC}
    said = {e.casefold(): e for e in examples}
    for scale in _SCALES:
        if len(said) > 2 and set(said) <= set(scale):
            return {"level": Level.ORDINAL, "classes": tuple(said[step] for step in scale if step in said)}
    return {}


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text.replace(",", ".")))
    except ValueError:
        return False


# Measuring


def measure(table: Table, settings: Settings, tell: Tell) -> Result:
    """Compare the labels with the truth, or with each other.

    Raises:
        WorkbenchError: a column is missing or named twice, a cell is wrong, or there is nothing to compare.
    """
    import numpy as np

    from scoping import agreement, hlp

    _refuse(table, settings)
    tell(0.02, "Reading the labels")
    labels = _labels(table, settings)
    truth = labels.truth
    tell(0.2, "Comparing with the truth" if truth is not None else "Comparing people with each other")
    off_by = settings.tolerance
    credit = hlp.like_the_others(labels, off_by) if truth is None else hlp.right(labels, truth, off_by)
    share = hlp.pooled(labels, credit)
    if share is None:
        raise LabelsError(
            "There is no truth, and no item was labelled by two people, so there is nothing to compare.",
            "Choose a column with the truth, or let two people or more label the same items.",
        )
    tell(0.35, "Measuring agreement")
    seen = agreement.agreement(labels)
    found: dict[str, Any] = {
        "against_truth": truth is not None,
        "items": len(labels.items),
        "labels": len(labels),
        "labellers": len(labels.labellers),
        "all_classes": len(labels.classes),
        "judged": share.labels,
        "judged_items": int(np.count_nonzero(np.bincount(labels.item[np.isfinite(credit)]))),
        "share": _share(share),
        "worth": _six(share.worth),
        "target": share.target,
        "chance_of_asked": None if settings.asked is None else _round(share.chance_of(settings.asked / 100)),
        "needed": _needed(share, settings.half_width / 100),
        "overlap": seen.items,
        "repeated": labels.repeated,
        "self_agreement": _round(agreement.self_agreement(labels)),
        "agreement": _figure(seen.observed),
        "kappa": _figure(seen.kappa),
        "alpha": _figure(seen.alpha),
        "ac1": _figure(seen.ac1),
        "difference": _figure(seen.difference),
    }
    tell(0.55, "Looking at people")
    found |= _people(labels, credit)
    if labels.values is None:
        found |= _of_classes(labels, tell)
    else:
        found |= {"pairs": (), "pairs_in_all": 0, "mean_kappa": None, "classes": (), "confusion": (), "merges": ()}
        found |= {"fences": (), "chance": None, "group": None, "duel": None}
    tell(0.95, "Choosing items to discuss")
    found |= _doubts(labels)
    notes = (*_thinned(table), *labels.notes, *_repeats(labels))
    return Result(**found, notes=tuple(short(note, 240) for note in notes[:NOTES_AT_MOST]))


def _refuse(table: Table, settings: Settings) -> None:
    of_layout = (settings.labeller, settings.label) if settings.layout is Layout.LONG else settings.labellers
    named = [c for c in (settings.item, *of_layout, settings.truth, settings.model) if c]
    for column in named:
        if column not in table.frame.columns:
            raise WorkbenchError(f"{table.name} has no column “{short(column, 60)}”.", "Choose another column.")
    if twice := next((c for c in named if named.count(c) > 1), ""):
        raise WorkbenchError(f"The column “{short(twice, 60)}” was chosen twice.", "Give each column one meaning.")
    if settings.layout is Layout.LONG and not (settings.item and settings.label):
        raise WorkbenchError("Items and labels need a column each.", "Choose the columns, or say that every person has a column.")
    if settings.layout is Layout.WIDE and not settings.labellers:
        raise WorkbenchError("No column holds labels.", "Choose the columns of the people who labelled.")


def _labels(table: Table, settings: Settings) -> Labels:
    options: dict[str, Any] = {"level": settings.level, "classes": settings.classes}
    if settings.layout is Layout.LONG:
        columns = (settings.item, settings.labeller, settings.label)
        return from_long(table.frame, *columns, settings.truth, settings.model, **options)
    return from_wide(table.frame, settings.item, settings.labellers, settings.truth, settings.model, **options)


def _six(value: float) -> float:
    """Six digits, which is more than any of these figures is known to and keeps a result small."""
    return float(f"{value:.6g}")


def _round(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else _six(value)


def _figure(seen: resampling.Estimate) -> Figure:
    return Figure(value=_round(seen.value), low=_round(seen.low), high=_round(seen.high), problem=seen.problem)


def _share(share: Share) -> Figure:
    return Figure(value=_round(share.value), low=_round(share.low), high=_round(share.high))


def _needed(share: Share, half_width: float) -> int:
    from scoping.proportions import cases_needed

    # A share of 0 or 1 would need no cases at all; the end of its interval is what it may really be.
    likely = share.low if share.value == 1 else share.high if share.value == 0 else share.value
    return cases_needed(likely, half_width)


def _people(labels: Labels, credit: Any) -> dict[str, Any]:
    """Those who deviate first, then those with most labels."""
    import numpy as np

    from scoping import hlp

    given = np.bincount(labels.labeller, minlength=len(labels.labellers))
    shares = hlp.of_each(labels, credit)
    deviating = set(hlp.who_deviates(labels, credit))
    order = sorted(range(len(given)), key=lambda who: (who not in deviating, -given[who]))[:PEOPLE_AT_MOST]
    mistakes = _mistakes(labels)
    bias, distance = hlp.distances(labels, labels.truth)
    people = []
    for who in order:
        share = shares[who]
        people.append(
            Person(
                name=_brief(labels.labellers[who]),
                labels=int(given[who]),
                judged=share.labels if share else 0,
                share=_share(share) if share else Figure(value=None, problem="no label could be compared"),
                deviates=who in deviating,
                mistake=mistakes.get(who),
                bias=_round(float(bias[who])),
                distance=_round(float(distance[who])),
            )
        )
    return {"people": tuple(people), "deviating": len(deviating)}


def _mistakes(labels: Labels) -> dict[int, tuple[str, str, int]]:
    """Each person's commonest way to differ from the truth or, without one, from the majority."""
    import numpy as np

    from scoping.consensus import majority

    if labels.values is not None:
        return {}
    meant = (labels.truth if labels.truth is not None else majority(labels).label)[labels.item]
    wrong = (meant >= 0) & (meant != labels.label)
    classes = len(labels.classes)
    kinds = (labels.labeller[wrong] * classes + meant[wrong]) * classes + labels.label[wrong]
    kind, times = np.unique(kinds, return_counts=True)
    found: dict[int, tuple[str, str, int]] = {}
    for place in np.argsort(times, kind="stable"):
        who, true, said = kind[place] // classes**2, kind[place] // classes % classes, kind[place] % classes
        found[int(who)] = (_brief(labels.classes[true], _IN_PASSING), _brief(labels.classes[said], _IN_PASSING), int(times[place]))
    return found


def _brief(name: str, limit: int = NAME_AT_MOST) -> str:
    """A name cut in its middle: numbers and endings tell long names apart."""
    head = (limit - 1) // 2
    return name if len(name) <= limit else f"{name[:head].rstrip()}…{name[head + 1 - limit :].lstrip()}"


def _class(labels: Labels, place: int) -> str:
    return _brief(labels.classes[place])


def _of_classes(labels: Labels, tell: Tell) -> dict[str, Any]:
    """What only labels that are kinds or grades can tell."""
    import numpy as np

    from scoping import agreement, hlp

    tell(0.6, "Comparing every two people")
    found = _pairs(labels)
    tell(0.7, "Looking at classes")
    seen = agreement.confusion(labels)
    frequency = np.bincount(labels.label, minlength=len(labels.classes))
    shown = sorted(np.argsort(-frequency, kind="stable")[:CLASSES_AT_MOST].tolist())
    found["classes"] = tuple(
        ClassOf(name=_class(labels, c), share=_six(frequency[c] / len(labels)), agreement=_round(seen.agreement_on(c)))
        for c in shown
    )
    counted = seen.pairs if labels.truth is None else _against(labels, labels.truth)
    found["confusion"] = tuple(tuple(int(counted[a, b]) for b in shown) for a in shown)
    found |= _advice_on_classes(labels, seen)
    tell(0.8, "Finding what the group says")
    chance = agreement.illusion(labels)
    found["chance"] = Chance(
        two_people=_six(chance.two_people),
        commonest=_six(chance.commonest),
        always_same=_six(chance.always_same),
        always=_class(labels, int(np.argmax(frequency))),
    )
    found["group"] = _group(labels)
    duel = None
    if labels.truth is not None and labels.model is not None:
        duel = hlp.duel(labels, labels.truth, labels.model)
    found["duel"] = duel and DuelOf(items=duel.items, model=duel.model, people=duel.people, p=_six(duel.p))
    return found


def _against(labels: Labels, truth: Any) -> Any:
    """How often each class was said where each class is true."""
    import numpy as np

    true, classes = truth[labels.item], len(labels.classes)
    return np.bincount((true * classes + labels.label)[true >= 0], minlength=classes**2).reshape(classes, classes)


def _pairs(labels: Labels) -> dict[str, Any]:
    from scoping import agreement

    pairs = agreement.pairs(labels)
    known = [p.kappa for p in pairs if p.kappa is not None]
    graded = labels.level is Level.ORDINAL
    shown = tuple(
        PairOf(
            one=_brief(labels.labellers[p.one]),
            other=_brief(labels.labellers[p.other]),
            items=p.items,
            agree=_six(p.agree),
            kappa=_figure(agreement.cohen(agreement.both(labels, p.one, p.other), graded)),
        )
        for p in pairs[:PAIRS_AT_MOST]
    )
    return {"pairs": shown, "pairs_in_all": len(pairs), "mean_kappa": _round(sum(known) / len(known)) if known else None}


def _advice_on_classes(labels: Labels, seen: Any) -> dict[str, Any]:
    """Classes that gain from being one, and pairs with items on the fence."""
    from scoping import agreement

    before = seen.alpha
    better = [m for m in agreement.merges(seen, labels.level is Level.ORDINAL) if before is not None and m.alpha > before]
    best = better[:MERGES_AT_MOST]
    merges = [
        MergeOf(one=_class(labels, merge.one), other=_class(labels, merge.other), alpha=_six(merge.alpha), gain=_figure(gain))
        for merge, gain in zip(best, agreement.merge_gains(labels, best), strict=True)
        if gain.low is not None and gain.low > 0
    ]
    fences = [
        FenceOf(one=_class(labels, b.one), other=_class(labels, b.other), items=b.items, share=_six(b.share))
        for b in agreement.borderlines(labels)[:MERGES_AT_MOST]
        if b.items >= _FENCE_ITEMS
    ]
    return {"merges": tuple(merges), "fences": tuple(fences)}


def _group(labels: Labels) -> Group:
    """Majority and, where it can be fitted, the model of who errs how."""
    import numpy as np

    from scoping import consensus

    most = consensus.majority(labels)
    truth = labels.truth
    judged: dict[str, Any] = {}
    if truth is not None:
        right = consensus.majority_right(labels, truth)
        judged = {"judged": right.items, "right": right.right, "tied": right.tied, "expected": right.expected}
    if problem := consensus.dawid_skene_problem(labels):
        return Group(ties=most.tied, problem=problem, **judged)
    model = consensus.dawid_skene(labels)
    if truth is not None:
        judged["model_right"] = float(np.mean(model.label[truth >= 0] == truth[truth >= 0]))
    return Group(
        ties=most.tied,
        **judged,
        rounds=len(model.trace),
        first=model.trace[0],
        last=model.trace[-1],
        settled=model.settled,
        differs=int(np.sum((most.label >= 0) & (most.label != model.label))),
    )


def _doubts(labels: Labels) -> dict[str, Any]:
    """Items whose labels differ most, and items on which all agree against the truth."""
    import numpy as np

    from scoping import agreement

    apart = agreement.disagreement(labels)
    in_all = int(np.sum(apart > 0))
    order = np.lexsort((-labels.per_item, -apart))[: min(in_all, _CANDIDATES)]
    starts = np.cumsum(labels.per_item) - labels.per_item
    if labels.values is None and len(labels.classes) > 1:
        # Among items that differ alike, those come first whose classes are confused most often.
        confused = np.triu(agreement.confusion(labels).pairs, 1)

        def often(item: int) -> float:
            said = np.unique(labels.label[starts[item] : starts[item] + labels.per_item[item]])
            return float(confused[np.ix_(said, said)].max())

        order = np.array(sorted(order.tolist(), key=lambda i: (-apart[i], -labels.per_item[i], -often(i))), dtype=np.int64)
    found = {"doubts": tuple(_doubt(labels, int(i), int(starts[i])) for i in order[:ITEMS_AT_MOST]), "doubts_in_all": in_all}
    against: Any = np.array([], dtype=np.int64)
    if labels.truth is not None and labels.values is None:
        first = labels.label[starts]
        against = np.flatnonzero((labels.per_item >= 2) & (apart == 0) & (labels.truth >= 0) & (first != labels.truth))
    shown = against[np.argsort(-labels.per_item[against], kind="stable")][:AGAINST_TRUTH_AT_MOST]
    return found | {
        "against": tuple(_doubt(labels, int(i), int(starts[i])) for i in shown),
        "against_in_all": len(against),
    }


def _doubt(labels: Labels, item: int, start: int) -> Doubt:
    from collections import Counter

    said = Counter(labels.label[start : start + labels.per_item[item]].tolist())
    words = [f"“{_brief(labels.classes[c], _IN_PASSING)}” {times}×" for c, times in said.most_common(3)]
    if len(said) > 3:
        words.append(f"{len(said) - 3} others")
    true = -1 if labels.truth is None else int(labels.truth[item])
    return Doubt(
        item=_brief(labels.items[item]),
        said=", ".join(words),
        truth=_brief(labels.classes[true], _IN_PASSING) if true >= 0 else "",
    )


def _thinned(table: Table) -> list[str]:
    """A note where rows were drawn at random, which leaves items with fewer labels than people gave."""
    if not table.is_sample:
        return []
    return [
        "Rows were drawn at random, so items have fewer labels here than in the file; ties and items to discuss are not complete."
    ]


def _repeats(labels: Labels) -> list[str]:
    if not labels.repeated:
        return []
    labels_were = f"{labels.repeated:,} labels were" if labels.repeated > 1 else "1 label was"
    note = f"{labels_were} given by somebody who had labelled the same item before. All count; remove copies made by accident."
    return [note]


# Telling


def headline(result: Result, settings: Settings) -> str:
    """How often people are right, or how far they agree, with the interval."""
    from scoping import hlp_words

    return hlp_words.headline(result, settings)


def blocks(result: Result, settings: Settings) -> Sequence[Block]:
    """The result told for charter and workbook."""
    from scoping import hlp_words

    return hlp_words.blocks(result, settings)
