"""What is asked of the signal check, and what it answers."""

from __future__ import annotations

from pydantic import Field

from scoping.measuring import TableSettings
from scoping.measuring.signal.scoring import Predictable, Worthwhile
from scoping.measuring.signal.splits import Way
from scoping.section import Choice, Model

SUSPECTS_AT_MOST = 2
CLASSES_AT_MOST = 10
"""Rarer classes are taken together or left out."""

CHANCE = 0.05


class Task(Choice):
    CLASSES = "classes", "One of several classes"
    NUMBER = "number", "A number"


class Settings(TableSettings):
    """Which column is what, "" for none, and what only people know.

    Attributes:
        when: says when each row happened.
        group: says who or what a row belongs to.
        gap: moments after which the truth of a row is known.
        left_out: columns not to be used, such as those that are not known when the prediction is made.
        available: columns of which people say that they are known when the prediction is made.
    """

    target: str = ""
    task: Task = Task.CLASSES
    way: Way = Way.RANDOM
    when: str = ""
    group: str = ""
    gap: int = Field(default=1, ge=1, le=1000)
    left_out: tuple[str, ...] = ()
    available: tuple[str, ...] = ()


class Figure(Model):
    """A figure with its 95 % interval, where there is one."""

    value: float
    low: float | None = None
    high: float | None = None


class TrialOf(Model):
    """A model or a rule on rows it did not learn from.

    Attributes:
        score: area under the curve for classes, explained share for numbers.
        error: share of wrong classes, or mean distance in the unit of the target.
    """

    name: str
    score: float
    error: float
    is_model: bool


class NullOf(Model):
    """What the same procedure found on shuffled targets; `usual` is what 95 of 100 of them stay below."""

    score: float
    mean: float
    usual: float
    shuffles: int
    exceeded: int
    p: float
    rows: int


class ColumnOf(Model):
    """A column alone and among the others.

    Attributes:
        alone: score of the column by itself.
        q: of the hypothesis that it has nothing to do with the target, corrected for looking at many columns.
        adds: by how much the score falls when it is shuffled; None when it was not used in the end.
        missing: share of the cells.
        ask: whether somebody should say that it is known when the prediction is made.
    """

    name: str
    alone: float
    q: float
    adds: float | None
    missing: float
    ask: bool


class FlagOf(Model):
    """A column that says too much; `certain` ones are left out of the verdict."""

    name: str
    sign: str
    sentence: str
    certain: bool


class UnusedOf(Model):
    name: str
    why: str


class SizeOf(Model):
    """Error of the better model when it learns from fewer rows, with its standard error."""

    rows: int
    error: float
    spread: float


class CurveOf(Model):
    """Would more rows help?

    Attributes:
        saved: by how much of itself the error falls from half of the rows to all.
        doubled: the error expected with twice the rows, and its 80 % interval; None when no curve can be drawn.
        problem: why none can be drawn.
    """

    sizes: tuple[SizeOf, ...]
    saved: Figure
    doubled: Figure | None = None
    problem: str = ""


class Result(Model):
    """All that was found; the scores are of rows that were not learnt from.

    Attributes:
        classes: with their share of the rows, commonest first; empty for numbers.
        score: of the best model on the columns alone, all of them.
        clean: the same without columns that are surely leaks, where there are such; the verdict rests on it.
        skill: share of the loss of the best naive rule that goes away with `leader`, a model or a rule of seasons.
        over_rules: share of the loss of the best simple rule that the best model saves.
        noticed_skill: the smallest skill that would have been noticed in 8 of 10 such tables.
        rows_needed: rows at which a modest score would be noticed; None when these are enough.
        too_good: so good that a leak is likelier than luck.
        groups: how many different ones there are, where whole groups were kept apart.
        copies: rows left out as copies or near-copies of the `rows` used.
        notes: what was done to the rows first, a sentence each.
    """

    rows: int
    groups: int | None = None
    copies: int = 0
    classes: tuple[tuple[str, float], ...]
    predictable: Predictable
    worthwhile: Worthwhile
    too_good: bool = False
    noticed_skill: float | None = None
    rows_needed: int | None = None
    score: Figure | None = None
    clean: Figure | None = None
    skill: Figure | None = None
    over_rules: Figure | None = None
    naive: str = ""
    rule: str = ""
    leader: str = ""
    best: str = ""
    trials: tuple[TrialOf, ...] = ()
    null: NullOf | None = None
    columns: tuple[ColumnOf, ...] = ()
    columns_left_out: int = 0
    significant: int = 0
    flags: tuple[FlagOf, ...] = ()
    unused: tuple[UnusedOf, ...] = ()
    unused_left_out: int = 0
    curve: CurveOf | None = None
    notes: tuple[str, ...] = ()

    @property
    def rests_on(self) -> Figure | None:
        """The score that the verdict rests on."""
        return self.clean or self.score

    @property
    def suspects(self) -> tuple[str, ...]:
        """Columns that explain why the result is too good to be believed before somebody was asked, the likeliest first."""
        if not self.too_good:
            return ()
        strong = sorted((c for c in self.columns if c.ask and c.q <= CHANCE), key=lambda c: -c.alone)
        by_figures = [f.name for f in self.flags if not f.certain and f.sign == "perfect"]
        return tuple(by_figures or [c.name for c in strong[:SUSPECTS_AT_MOST]])
