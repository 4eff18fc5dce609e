"""What is asked of the check of human-level performance, and what it answers."""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_validator

from scoping.measuring import TableSettings
from scoping.measuring.hlp.labels import Level
from scoping.section import Choice, Model, YesNo
from scoping.sections.feasibility import Truth


class Layout(Choice):
    LONG = "long", "One label per row"
    WIDE = "wide", "One column per labeller"


class Settings(TableSettings):
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
    """What agreement is reached without skill (see `scoping.measuring.hlp.agreement.Illusion`); `always` is the commonest label."""

    two_people: float
    commonest: float
    always_same: float
    always: str

    @property
    def gain(self) -> float:
        """What a model seems better than people for repeating what is common."""
        return self.commonest - self.two_people


class MajorityOf(Model):
    """The majority against the truth; see `scoping.measuring.hlp.consensus.Right`."""

    judged: int
    right: int
    tied: int
    expected: float


class DawidSkeneOf(Model):
    """The model of who errs how.

    Attributes:
        rounds, first, last: of its log-likelihood.
        right: share of items that it names right; None without a truth.
        differs: items on which it overrules the one commonest label.
    """

    rounds: int
    first: float
    last: float
    settled: bool
    right: float | None
    differs: int


class Group(Model):
    """What the people say together.

    Attributes:
        ties: items without a commonest label.
        majority: None without a truth.
        model: None where it cannot be fitted, for which `problem` gives the reason.
    """

    ties: int
    majority: MajorityOf | None = None
    model: DawidSkeneOf | None = None
    problem: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_flat(cls, kept: Any) -> Any:
        """Results that are kept in projects may have all figures side by side, with 0 where there were none."""
        if not isinstance(kept, dict) or not kept.keys() & {"judged", "rounds"}:
            return kept
        majority = {name: kept.get(name, 0) for name in ("judged", "right", "tied", "expected")}
        model = {name: kept.get(name, 0) for name in ("rounds", "first", "last", "differs")}
        model |= {"settled": kept.get("settled", True), "right": kept.get("model_right")}
        return {
            "ties": kept.get("ties"),
            "majority": majority if majority["judged"] else None,
            "model": model if model["rounds"] else None,
            "problem": kept.get("problem", ""),
        }


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
