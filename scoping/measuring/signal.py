"""Signal in a table: whether its columns predict a target, better than simple rules do."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import Field

from scoping.blocks import Block
from scoping.drawing import count
from scoping.errors import WorkbenchError
from scoping.reading.tables import Column, Holds, Preview, Table
from scoping.scoring import Predictable, Worthwhile
from scoping.section import Choice, Model, short
from scoping.splits import Way

if TYPE_CHECKING:
    import pandas as pd

    from scoping import learning_curve
    from scoping.encoding import Feature
    from scoping.measuring import Tell
    from scoping.scoring import Interval, Target
    from scoping.signal import Curve, Outcome, Question, Signal, Trial

VERSION = "1"
AS_TEXT = False
AT_MOST = 50_000

SEED = 1
COLUMNS_AT_MOST = 40
UNUSED_AT_MOST = 20
FLAGS_AT_MOST = 20
NAME_AT_MOST = 60
CLASSES_AT_MOST = 10
_OTHERS = "all others"
_COPIES = 0.3
"""Share of different rows from which repeated ones are copies; below it, rows are alike because their columns say little."""
_FEW_GROUPS = 10
_ASKED_AT_MOST = 8
"""Columns that add most to the result, of which is asked whether they are known in time."""
_ADDS = 0.005
"""A column that adds less is not worth a question."""

_TARGET = re.compile(
    r"^(target|label|class|outcome|response|y|churn(ed)?|attrition|default(ed)?|bought|sold|survived|converted|fraud)$"
    r"|^(is|has|will|next)_"
)
_TIME = re.compile(r"date|time|day|month|week|year|period|stamp|^ds$|^ts$", re.IGNORECASE)
_BIRTH = re.compile(r"birth|dob|expir", re.IGNORECASE)
_GROUP = re.compile(
    r"(^|_)(id|customer|user|patient|store|shop|machine|account|person|household|company|device)(_?id)?$", re.IGNORECASE
)


class Task(Choice):
    CLASSES = "classes", "One of several classes"
    NUMBER = "number", "A number"


class Settings(Model):
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
        notes: what was done to the rows first, a sentence each.
    """

    rows: int
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


# Guessing


def guess(preview: Preview) -> Settings:
    """A target by its name, else the last column; a time column makes it a question about a later time."""
    columns = preview.columns
    varied = [c for c in columns if c.distinct > 1]
    target = next((c for c in varied if _TARGET.search(c.name.casefold())), varied[-1] if varied else None)
    others = [c for c in columns if c is not target]
    when = next((c for c in others if _is_time(c, preview.rows_seen)), None)
    group = next((c for c in others if _is_group(c, preview.rows_seen)), None)
    return Settings(
        target=target.name if target else "",
        task=_task(target, preview.rows_seen),
        way=Way.TIME if when else Way.GROUPED if group else Way.RANDOM,
        when=when.name if when else "",
        group=group.name if group else "",
    )


def _task(target: Column | None, rows: int) -> Task:
    if target is None or target.kind in (Holds.TEXT, Holds.YES_NO, Holds.NOTHING) or target.distinct <= 2:
        return Task.CLASSES
    few = target.kind is Holds.WHOLE and target.distinct <= CLASSES_AT_MOST and target.distinct < rows / 10
    return Task.CLASSES if few else Task.NUMBER


def _is_time(column: Column, rows: int) -> bool:
    is_named = bool(_TIME.search(column.name)) and not _BIRTH.search(column.name)
    return column.kind is Holds.DATE and is_named and column.distinct >= min(20, rows / 2)


def _is_group(column: Column, rows: int) -> bool:
    return bool(_GROUP.search(column.name)) and 5 <= column.distinct < rows / 2


# Measuring


def measure(table: Table, settings: Settings, tell: Tell) -> Result:
    """Read the columns, ask the question, tell the answer.

    Raises:
        WorkbenchError: names the column that cannot be used as chosen, and what to do.
    """
    from scoping import signal
    from scoping.encoding import USABLE, Role, read

    tell(0.0, "reading the columns")
    frame, notes = _rows(table, settings)
    target, kept, more = _target(frame, settings)
    frame, notes = frame[kept], [*notes, *more]
    features = [read(frame[name], name) for name in frame.columns if name != settings.target]
    infinite = sum(f.infinite for f in features)
    if infinite:
        notes.append(f"{count(infinite, 'infinite number')} counted as missing.")
    by_name = {f.name: f for f in features}
    when = _moments(by_name, settings)
    groups = _codes(frame, settings.group)
    chosen = [f for f in features if f.name not in settings.left_out and f.name != settings.group]
    notes += _doubts(table, features, groups, settings)
    usable = tuple(replace(f, recurs=f.name != settings.when) for f in chosen if f.role in USABLE)
    if settings.way is Way.TIME:
        usable = tuple(f for f in usable if f.name != settings.when or f.role is Role.DATE)
    if not usable:
        raise WorkbenchError(
            "No column is left to predict from: all are empty, constant, names of rows, or left out.",
            "Bring a table with more columns.",
        )
    question = signal.Question(
        target,
        usable,
        settings.way,
        when.values if when else None,
        has_calendar=when is not None and when.role is Role.DATE,
        groups=groups,
        gap=settings.gap,
        seed=SEED,
    )
    found = signal.check(
        question,
        settings.target,
        settings.when if settings.way is Way.TIME else "",
        frozenset(settings.available),
        [f for f in chosen if f.role is Role.IDENTIFIER],
        tell,
    )
    return _result(question, found, _unused(features, settings), notes, settings)


def _rows(table: Table, settings: Settings) -> tuple[pd.DataFrame, list[str]]:
    """The rows that can be used: with a target, with time and group where these matter, and no copies."""
    frame, notes = table.frame, []
    for role, name in _asked(table, settings).items():
        known = frame[name].notna()
        if frame[name].dtype.kind in "OT":
            known &= frame[name].astype(str).str.strip() != ""
        if lost := int((~known).sum()):
            notes.append(f"{count(lost, 'row')} without a value in the {role} “{short(name, 60)}” left out.")
            frame = frame[known]
    if not len(frame):
        raise WorkbenchError(f"No row has a value in “{short(settings.target, 60)}”.", "Choose another target.")
    copies = frame.duplicated()
    if copies.any() and 1 - copies.mean() >= _COPIES:
        notes.append(f"{count(int(copies.sum()), 'row')} left out as copies of others, whose answer would be known already.")
        frame = frame[~copies]
    elif copies.any():
        notes.append(f"Only {count(int((~copies).sum()), 'row')} are different, so the columns tell few cases apart.")
    return frame.reset_index(drop=True), notes


def _asked(table: Table, settings: Settings) -> dict[str, str]:
    """The columns that every row needs a value in. Raises WorkbenchError where one is missing or chosen twice."""
    asked = {"target": settings.target}
    if settings.way is Way.TIME:
        asked["time column"] = settings.when
    if settings.way is Way.GROUPED:
        asked["group column"] = settings.group
    for role, name in asked.items():
        if name not in table.frame.columns:
            said = f"The table has no column “{short(name, 60)}”" if name else f"No {role} is chosen"
            raise WorkbenchError(f"{said}.", f"Choose the {role}.")
    if settings.target in (settings.when, settings.group):
        raise WorkbenchError(
            f"“{short(settings.target, 60)}” cannot be the target and also say when or who.", "Choose different columns."
        )
    return asked


def _target(frame: pd.DataFrame, settings: Settings) -> tuple[Target, Any, list[str]]:
    """The target, the rows that keep one, and what was done to it."""
    import numpy as np

    from scoping.encoding import Role, read
    from scoping.scoring import Target

    name = short(settings.target, 60)
    column = read(frame[settings.target], settings.target)
    if settings.task is Task.CLASSES:
        return _classes(frame[settings.target], name)
    if column.role is Role.DATE or not column.is_numeric:
        example = short(str(next(v for v in frame[settings.target] if v is not None)), 40)
        raise WorkbenchError(
            f"“{name}” holds values that are no numbers, such as “{example}”.",
            "Choose “one of several classes”, or another target.",
        )
    kept = ~column.missing
    values = column.values[kept].astype(np.float64)
    notes = [] if kept.all() else [f"{count(int((~kept).sum()), 'row')} left out whose “{name}” is no finite number."]
    if len(np.unique(values)) < 2:
        raise WorkbenchError(f"“{name}” is the same number in every row, so there is nothing to predict.", "Choose another target.")
    if np.abs(values).max() > 1e100:
        raise WorkbenchError(
            f"“{name}” holds numbers as large as {np.abs(values).max():.0e}.", "Correct these rows, or choose another target."
        )
    return Target(values), kept, notes


def _classes(column: pd.Series[Any], name: str) -> tuple[Target, Any, list[str]]:
    import numpy as np

    from scoping.scoring import Target
    from scoping.signal import FEWEST_PER_CLASS

    texts = column.map(_class_name)
    counts = texts.value_counts()
    if len(counts) < 2:
        raise WorkbenchError(
            f"Every row has “{short(str(counts.index[0]), 40)}” in “{name}”, so there is nothing to predict.",
            "Choose another target, or a table that holds other outcomes too.",
        )
    if counts.iloc[0] < FEWEST_PER_CLASS and len(counts) > len(texts) / 2:
        raise WorkbenchError(
            f"“{name}” has {len(counts):,} different values in {len(texts):,} rows, so it names rows rather than classes.",
            "Choose another target, or “a number”.",
        )
    common = [c for c in counts.index if counts[c] >= FEWEST_PER_CLASS][: CLASSES_AT_MOST - (len(counts) > CLASSES_AT_MOST)]
    if len(common) < 2 and len(texts) - counts.iloc[0] < FEWEST_PER_CLASS:
        common = list(counts.index[:CLASSES_AT_MOST])
    rare = ~texts.isin(common)
    notes = []
    kept = np.ones(len(texts), dtype=bool)
    if rare.sum() >= FEWEST_PER_CLASS:
        texts = texts.where(~rare, _OTHERS)
        fewer = len(counts) - len(common)
        notes.append(f"{fewer:,} rarer {'class' if fewer == 1 else 'classes'} of “{name}” taken together as “{_OTHERS}”.")
    elif rare.any():
        kept = ~rare.to_numpy()
        notes.append(f"{count(int(rare.sum()), 'row')} of classes with fewer than {FEWEST_PER_CLASS} rows left out.")
    order = texts[kept].value_counts().index
    places = {label: place for place, label in enumerate(order)}
    return Target(texts[kept].map(places).to_numpy(dtype=np.float64), tuple(map(str, order))), kept, notes


def _class_name(value: object) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()


def _moments(by_name: dict[str, Feature], settings: Settings) -> Feature | None:
    if settings.way is not Way.TIME:
        return None
    found = by_name[settings.when]
    if not found.is_numeric:
        example = short(str(next((v for v in found.values if v is not None), "")), 40)
        raise WorkbenchError(
            f"“{short(settings.when, 60)}” says when each row happened, but “{example}” is neither a date nor a number.",
            "Write dates as 2027-03-31, or choose another column.",
        )
    if found.missing.any():
        row = int(found.missing.argmax())
        raise WorkbenchError(
            f"“{short(settings.when, 60)}” has no readable date in {count(int(found.missing.sum()), 'row')}, first in row {row + 1}.",
            "Correct or remove these rows.",
        )
    return found


def _codes(frame: pd.DataFrame, group: str) -> Any:
    if not group or group not in frame.columns:
        return None
    return frame.groupby(group, sort=False, dropna=False).ngroup().to_numpy()


def _doubts(table: Table, features: Sequence[Feature], groups: Any, settings: Settings) -> list[str]:
    """What may make the figures better than they will be, a sentence each."""
    from scoping.encoding import Role

    found = []
    if settings.way is Way.TIME and table.is_sample:
        found.append(
            "The rows are a sample, so “as last time” is the last row drawn, not the last there was. Measure the latest "
            f"{AT_MOST:,} rows by themselves to compare with that."
        )
    if settings.way is Way.GROUPED and groups is not None and groups.max() + 1 < _FEW_GROUPS:
        found.append(f"Only {count(int(groups.max()) + 1, 'group')}, so little can be said about new ones.")
    if settings.way is Way.RANDOM:
        kept = [f for f in features if f.name not in settings.left_out]
        dates = [f.name for f in kept if f.role is Role.DATE and _TIME.search(f.name) and not _BIRTH.search(f.name)]
        names = [f.name for f in kept if f.role in (Role.NUMBER, Role.CATEGORY) and _GROUP.search(f.name)]
        if dates:
            found.append(
                f"“{short(dates[0], 60)}” may say when rows happened. If predictions are for later, a random split flatters."
            )
        if names:
            found.append(
                f"“{short(names[0], 60)}” comes up in several rows. If predictions are for new ones, a random split flatters."
            )
    return found


def _unused(features: Sequence[Feature], settings: Settings) -> list[UnusedOf]:
    from scoping.encoding import USABLE, Role

    whys = {Role.EMPTY: "empty", Role.CONSTANT: "the same in every row", Role.IDENTIFIER: "names rows"}
    return [
        UnusedOf(
            name=short(f.name, NAME_AT_MOST),
            why="left out by you"
            if f.name in settings.left_out
            else "tells groups apart"
            if f.name == settings.group
            else whys[f.role],
        )
        for f in features
        if f.name in settings.left_out or f.name == settings.group or f.role not in USABLE
    ]


# The result as plain values


def _result(question: Question, found: Signal, unused: list[UnusedOf], notes: list[str], settings: Settings) -> Result:
    target, base = question.target, found.clean or found.outcome
    shares = [(short(c, 40), _rounded(float((target.codes == i).mean()))) for i, c in enumerate(target.classes)]
    known: dict[str, Any] = {
        "rows": question.rows,
        "classes": tuple(shares),
        "predictable": found.verdict.predictable,
        "worthwhile": found.verdict.worthwhile,
        "too_good": found.verdict.too_good,
        "noticed_skill": _maybe(found.verdict.noticed_skill),
        "rows_needed": found.verdict.rows_for_modest,
        "unused": tuple(unused[:UNUSED_AT_MOST]),
        "unused_left_out": max(0, len(unused) - UNUSED_AT_MOST),
        "notes": tuple(notes),
    }
    if base is None or found.outcome is None:
        return Result(**known)
    columns = _columns(question, found, settings)
    return Result(
        **known,
        score=_score(found.outcome, target, settings),
        clean=_score(found.clean, target, settings) if found.clean else None,
        skill=_figure(base.skill),
        over_rules=_figure(base.over_rules),
        naive=base.best_naive.name,
        rule=base.best_rule.name,
        leader=base.leader.name,
        best=base.best.name,
        trials=_trials(base, target),
        null=_null(found),
        columns=tuple(columns[:COLUMNS_AT_MOST]),
        columns_left_out=max(0, len(columns) - COLUMNS_AT_MOST),
        significant=sum(c.q <= 0.05 for c in columns),
        flags=tuple(
            FlagOf(name=short(f.column, NAME_AT_MOST), sign=f.sign, sentence=f.sentence, certain=f.certain)
            for f in found.flags[:FLAGS_AT_MOST]
        ),
        curve=_curve(found.learning) if found.learning else None,
    )


def _rounded(value: float) -> float:
    return float(f"{value:.4g}") if math.isfinite(value) else 0.0


def _maybe(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else _rounded(value)


def _figure(seen: Interval) -> Figure:
    return Figure(value=_rounded(seen.value), low=_maybe(seen.low), high=_maybe(min(seen.high, 1.0)))


def _score(outcome: Outcome, target: Target, settings: Settings) -> Figure:
    if settings.way is Way.TIME and not target.classes:
        # How far a series strays from its mean differs so much from stretch to stretch that an interval says nothing.
        return Figure(value=_rounded(outcome.score))
    over, room = outcome.over_nothing, 1 - target.uninformed
    ends = [_maybe(target.uninformed + room * end) for end in (over.low, min(1.0, over.high))]
    return Figure(value=_rounded(outcome.score), low=ends[0], high=ends[1])


def _trials(outcome: Outcome, target: Target) -> tuple[TrialOf, ...]:
    nothing = outcome.rules[0].losses

    def told(trial: Trial, *, is_model: bool) -> TrialOf:
        score = _rounded(target.score(trial.losses, nothing))
        return TrialOf(name=short(trial.name, NAME_AT_MOST), score=score, error=_rounded(trial.plain), is_model=is_model)

    models = [told(t, is_model=True) for t in (*outcome.models, *outcome.helped)]
    return (*models, *(told(t, is_model=False) for t in outcome.rules))


def _null(found: Signal) -> NullOf | None:
    seen = found.null
    if seen is None:
        return None
    return NullOf(
        score=_rounded(seen.score),
        mean=_rounded(sum(seen.shuffled) / len(seen.shuffled)),
        usual=_rounded(seen.highest_usual),
        shuffles=len(seen.shuffled),
        exceeded=seen.exceeded,
        p=_rounded(seen.p),
        rows=seen.rows,
    )


def _columns(question: Question, found: Signal, settings: Settings) -> list[ColumnOf]:
    """Those that add most first."""
    together = found.together or {}
    missing = {f.name: float(f.missing.mean()) for f in question.features}
    ordered = sorted(found.columns, key=lambda c: (-together.get(c.column, math.inf), c.column))
    flagged = {f.column for f in found.flags}
    important = [c.column for c in ordered if c.q <= 0.05 and together.get(c.column, 0.0) > _ADDS][:_ASKED_AT_MOST]
    if found.verdict.too_good:
        # Columns that say the same share what they add, so each must be asked about by what it says alone.
        important += [c.column for c in sorted(found.columns, key=lambda c: -c.score)[:_ASKED_AT_MOST]]
    asked = (flagged | set(important)) - set(settings.available) - {settings.when}
    return [
        ColumnOf(
            name=short(c.column, NAME_AT_MOST),
            alone=_rounded(c.score),
            q=_rounded(c.q),
            adds=_maybe(together.get(c.column)),
            missing=_rounded(missing[c.column]),
            ask=c.column in asked,
        )
        for c in ordered
    ]


def _curve(seen: Curve) -> CurveOf:
    from scoping import learning_curve

    points = tuple(learning_curve.Point(s.rows, min(1.0, s.error)) for s in seen.sizes)
    sizes = tuple(SizeOf(rows=s.rows, error=_rounded(s.error), spread=_rounded(s.spread)) for s in seen.sizes)
    problem = learning_curve.problem(points)
    doubled = None
    if not problem:
        doubled, problem = _doubled(learning_curve.fit(points))
    return CurveOf(sizes=sizes, saved=_figure(seen.halving), doubled=doubled, problem=problem)


def _doubled(fitted: learning_curve.Curve) -> tuple[Figure | None, str]:
    if not fitted.is_falling:
        return None, "The error does not fall steadily with the rows, so nothing can be read off it."
    ahead = fitted.forecast(2 * fitted.last)
    return Figure(value=_rounded(ahead.error), low=_rounded(ahead.low), high=_rounded(ahead.high)), ""


# Telling


def headline(result: Result, settings: Settings) -> str:
    """The verdict with the interval it rests on."""
    from scoping import signal_words

    return signal_words.headline(result, settings)


def blocks(result: Result, settings: Settings) -> list[Block]:
    """Verdict, models beside rules, columns, leaks, and whether more rows would help."""
    from scoping import signal_words

    return signal_words.blocks(result, settings)
