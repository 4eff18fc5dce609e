"""What the signal check found, as plain values that are kept and told."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from scoping.measuring.signal.encoding import USABLE, Feature, Role
from scoping.measuring.signal.question import Question
from scoping.measuring.signal.result import (
    CHANCE,
    ColumnOf,
    CurveOf,
    Figure,
    FlagOf,
    NullOf,
    Result,
    Settings,
    SizeOf,
    TrialOf,
    UnusedOf,
)
from scoping.measuring.signal.rows import Rows
from scoping.measuring.signal.scoring import Interval, Target
from scoping.measuring.signal.splits import Way
from scoping.numbers import learning_curve
from scoping.words import short

if TYPE_CHECKING:
    from scoping.measuring.signal.procedure import Signal
    from scoping.measuring.signal.sizes import Curve
    from scoping.measuring.signal.trials import Comparison, Trial

COLUMNS_AT_MOST = 40
UNUSED_AT_MOST = 20
FLAGS_AT_MOST = 20
NAME_AT_MOST = 60

_ASKED_AT_MOST = 8
"""Columns that add most to the result, of which is asked whether they are known in time."""
_ADDS = 0.005
"""A column that adds less is not worth a question."""


def _unused(features: Sequence[Feature], settings: Settings) -> list[UnusedOf]:
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
        if f.name in settings.left_out
        or f.name == settings.group
        # What orders the rows was used, for the split.
        or (f.role not in USABLE and not (settings.way is Way.TIME and f.name == settings.when))
    ]


def result_of(question: Question, signal: Signal, rows: Rows, settings: Settings) -> Result:
    target, verdict, base = question.target, signal.verdict, signal.clean or signal.comparison
    classes = tuple((short(c, 40), _rounded(float((target.codes == i).mean()))) for i, c in enumerate(target.classes))
    by_group = settings.way is Way.GROUPED and question.groups is not None
    groups = int(question.groups.max()) + 1 if by_group and question.groups is not None else None
    unused = _unused(rows.features, settings)
    if base is None or signal.comparison is None:
        return Result(
            rows=question.rows,
            groups=groups,
            copies=rows.copies,
            classes=classes,
            predictable=verdict.predictable,
            worthwhile=verdict.worthwhile,
            rows_needed=verdict.rows_for_modest,
            unused=tuple(unused[:UNUSED_AT_MOST]),
            unused_left_out=max(0, len(unused) - UNUSED_AT_MOST),
            notes=rows.notes,
        )
    columns = _columns(question, signal, settings)
    return Result(
        rows=question.rows,
        groups=groups,
        copies=rows.copies,
        classes=classes,
        predictable=verdict.predictable,
        worthwhile=verdict.worthwhile,
        too_good=verdict.too_good,
        noticed_skill=_maybe(verdict.noticed_skill),
        rows_needed=verdict.rows_for_modest,
        score=_score(signal.comparison, target, settings),
        clean=_score(signal.clean, target, settings) if signal.clean else None,
        skill=_figure(base.skill),
        over_rules=_figure(base.over_rules),
        naive=base.best_naive.name,
        rule=base.best_rule.name,
        leader=base.leader.name,
        best=base.best.name,
        trials=_trials(base, target),
        null=_null(signal),
        columns=tuple(columns[:COLUMNS_AT_MOST]),
        columns_left_out=max(0, len(columns) - COLUMNS_AT_MOST),
        significant=sum(c.q <= CHANCE for c in columns),
        flags=tuple(
            FlagOf(name=short(f.column, NAME_AT_MOST), sign=f.sign, sentence=f.sentence, certain=f.certain)
            for f in signal.flags[:FLAGS_AT_MOST]
        ),
        unused=tuple(unused[:UNUSED_AT_MOST]),
        unused_left_out=max(0, len(unused) - UNUSED_AT_MOST),
        curve=_curve(signal.learning) if signal.learning else None,
        notes=rows.notes,
    )


def _rounded(value: float) -> float:
    return float(f"{value:.4g}") if math.isfinite(value) else 0.0


def _maybe(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else _rounded(value)


def _figure(seen: Interval) -> Figure:
    return Figure(value=_rounded(seen.value), low=_maybe(seen.low), high=_maybe(min(seen.high, 1.0)))


def _score(comparison: Comparison, target: Target, settings: Settings) -> Figure:
    if settings.way is Way.TIME and not target.classes:
        # How far a series strays from its mean differs so much from stretch to stretch that an interval says nothing.
        return Figure(value=_rounded(comparison.score))
    over, room = comparison.over_nothing, 1 - target.uninformed
    ends = [_maybe(target.uninformed + room * end) for end in (over.low, min(1.0, over.high))]
    return Figure(value=_rounded(comparison.score), low=ends[0], high=ends[1])


def _trials(comparison: Comparison, target: Target) -> tuple[TrialOf, ...]:
    nothing = comparison.rules[0].losses

    def told(trial: Trial, *, is_model: bool) -> TrialOf:
        score = _rounded(target.score(trial.losses, nothing))
        return TrialOf(name=short(trial.name, NAME_AT_MOST), score=score, error=_rounded(trial.plain), is_model=is_model)

    models = [told(t, is_model=True) for t in (*comparison.models, *comparison.helped)]
    return (*models, *(told(t, is_model=False) for t in comparison.rules))


def _null(signal: Signal) -> NullOf | None:
    seen = signal.null
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


def _columns(question: Question, signal: Signal, settings: Settings) -> list[ColumnOf]:
    """Those that add most first."""
    together = signal.together or {}
    missing = {f.name: float(f.missing.mean()) for f in question.features}
    ordered = sorted(signal.columns, key=lambda c: (-together.get(c.column, math.inf), c.column))
    flagged = {f.column for f in signal.flags}
    important = [c.column for c in ordered if c.q <= 0.05 and together.get(c.column, 0.0) > _ADDS][:_ASKED_AT_MOST]
    if signal.verdict.too_good:
        # Columns that say the same share what they add, so each must be asked about by what it says alone.
        important += [c.column for c in sorted(signal.columns, key=lambda c: -c.score)[:_ASKED_AT_MOST]]
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
    points = tuple(learning_curve.CurvePoint(s.rows, min(1.0, s.error)) for s in seen.sizes)
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
