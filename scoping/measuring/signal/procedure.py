"""Signal: do the columns of a table say anything about a target, more than simple rules do, and would more rows help?

Methods and their limits are measured in notes to this check: two models, since neither a linear one nor trees suffice alone;
an interval that knows that folds overlap; the whole procedure repeated on targets that were shuffled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scoping.measuring.signal import leakage
from scoping.measuring.signal.chance import SHUFFLES, Null, permutation_test
from scoping.measuring.signal.columns import importance
from scoping.measuring.signal.encoding import Feature
from scoping.measuring.signal.models import one_thread
from scoping.measuring.signal.question import FIRST_NULL_ROWS, NULL_ROWS, Question
from scoping.measuring.signal.scoring import FEWEST_PER_CLASS, FEWEST_ROWS, Interval, Predictable, Target, Worthwhile
from scoping.measuring.signal.sizes import Curve, curve
from scoping.measuring.signal.splits import Way
from scoping.measuring.signal.trials import FOLDS, MEAN, Comparison, compare

Tell = Callable[[float, str], None]

ALPHA = 0.05
"""At most this share of tables without any signal is said to have some."""
_SHUFFLES_TO_SHOW = 39
"""Enough to show what chance does, where the interval has decided already."""
_SHUFFLES_FIRST = 9
"""Too few to show a signal, so a first answer never says more than its interval does."""


# The whole check


@dataclass(frozen=True)
class SignalVerdict:
    """The answer on two axes.

    Attributes:
        too_good: so good that a leak is likelier than luck.
        noticed_skill: the smallest skill that would have been noticed 8 times in 10; None when nothing was tried.
        rows_for_modest: rows at which a modest skill (0.6 under the curve, or a tenth explained) would be; None when already so.
    """

    predictable: Predictable
    worthwhile: Worthwhile
    too_good: bool = False
    noticed_skill: float | None = None
    rows_for_modest: int | None = None


@dataclass(frozen=True, kw_only=True)
class Signal:
    """All that was found.

    Attributes:
        comparison: with all columns; None with too few rows to try anything.
        clean: without the columns that are surely leaks, when there are such.
        learning: of the columns that the verdict rests on; None where no signal is shown that more rows could make clearer.
    """

    verdict: SignalVerdict
    comparison: Comparison | None = None
    clean: Comparison | None = None
    null: Null | None = None
    columns: tuple[leakage.Alone, ...] = ()
    together: dict[str, float] | None = None
    flags: tuple[leakage.Flag, ...] = ()
    learning: Curve | None = None


_TOO_GOOD = 0.98
_WEAK = {True: 0.1, False: 0.03}
"""Skill below which signal is called weak, for classes (0.55 of 1) and for numbers."""
_MODEST = {True: 0.2, False: 0.1}
_BLIND = {True: 0.5, False: 0.4}
"""Where no smaller skill would be noticed, there are too few rows to say that there is none."""


def check(
    question: Question,
    name: str,
    when: str,
    cleared: frozenset[str],
    identifiers: Sequence[Feature],
    tell: Tell,
    *,
    is_first: bool = False,
) -> Signal:
    """Answer whether the columns predict the target.

    Args:
        is_first: whether a fuller answer follows: few shuffled targets, with which only an interval can show a signal, no curve.
        name: of the target column, to compare names with.
        when: of the time column, "" for none.
        cleared: columns that people say are known when a prediction is made; they are not flagged.
    """
    target = question.target
    counts = np.bincount(target.codes) if target.classes else np.array([question.rows])
    if question.rows < FEWEST_ROWS or counts.min() < FEWEST_PER_CLASS:
        return Signal(verdict=SignalVerdict(Predictable.TOO_FEW, Worthwhile.NOTHING, rows_for_modest=_modest_rows(target)))
    with one_thread():
        tell(0.02, "looking at each column alone")
        folds = question.folds(FOLDS, 1)
        judged = leakage.alone(question.features, target, folds)
        tell(0.1, "trying two models beside simple rules")
        first = compare(question, _within(tell, 0.1, 0.35, "trying two models beside simple rules"))
        nothing = next(t for t in first.naive if t.name == MEAN)
        best_rule = target.score(first.best_of_past.losses, nothing.losses) if question.way is Way.TIME else target.uninformed
        flags = [
            f
            for f in [
                *leakage.aggregates(question.features, target, question.when, question.groups),
                *leakage.flags(question.features, judged, target, name=name, best_rule=best_rule, when=when),
            ]
            if f.column not in cleared
        ]
        flags = _surest(flags)
        flags += leakage.numberings(identifiers, target, folds)
        leaks = frozenset(f.column for f in flags if f.certain)
        without = question.without(leaks)
        clean = compare(without, _within(tell, 0.35, 0.5, "trying again without leaks")) if leaks and without.features else None
        rests_on, base = (without, clean) if clean else (question, first)
        shuffles = _SHUFFLES_FIRST if is_first else _SHUFFLES_TO_SHOW if _is_decided(rests_on, base.skill) else SHUFFLES
        shown = _within(tell, 0.5, 0.8, "repeating it all on shuffled targets")
        shuffled = permutation_test(rests_on, shown, shuffles, FIRST_NULL_ROWS if is_first else NULL_ROWS)
        tell(0.8, "asking what each column adds")
        together = importance(rests_on, base)
        verdict = _verdict(question, base, shuffled, has_leaks=bool(leaks), has_suspects=any(f.is_suspect for f in flags))
        learning = None
        if not is_first and verdict.predictable not in (Predictable.NOT_SHOWN, Predictable.TOO_FEW):
            learning = curve(rests_on, base, _within(tell, 0.85, 1.0, "asking whether more rows would help"))
    return Signal(
        verdict=verdict,
        comparison=first,
        clean=clean,
        null=shuffled,
        columns=tuple(judged),
        together=together,
        flags=tuple(flags),
        learning=learning,
    )


def _surest(flags: list[leakage.Flag]) -> list[leakage.Flag]:
    """One flag per column, the certain ones first."""
    ordered = sorted(flags, key=lambda flag: not flag.certain)
    return list({flag.column: flag for flag in reversed(ordered)}.values())[::-1]


def _within(tell: Tell, start: float, end: float, what: str) -> Callable[[float], None]:
    return lambda share: tell(start + share * (end - start), what)


def _verdict(question: Question, base: Comparison, shuffled: Null, *, has_leaks: bool, has_suspects: bool) -> SignalVerdict:
    target = question.target
    is_class = bool(target.classes)
    noticed = _noticed_skill(base)
    predictable = _predictable(question, base, shuffled, noticed)
    over = base.over_rules
    worthwhile = Worthwhile.NOTHING
    if predictable in (Predictable.YES, Predictable.WEAK):
        worthwhile = Worthwhile.YES if over.is_above_zero else Worthwhile.NO if over.high <= 0 else Worthwhile.NOT_SHOWN
    by_the_past = target.score(base.best_of_past.losses, next(t for t in base.naive if t.name == MEAN).losses)
    beyond = 1 - (1 - base.score) / max(1e-12, 1 - by_the_past)
    return SignalVerdict(
        Predictable.LEAK if has_leaks else predictable,
        worthwhile,
        too_good=has_suspects or (base.score >= _TOO_GOOD and beyond > 0.9),
        noticed_skill=noticed,
        rows_for_modest=_rows_for(question, base, _MODEST[is_class]),
    )


def _is_decided(question: Question, skill: Interval) -> bool:
    """Whether the interval alone decides, so that shuffled targets only illustrate.

    Without time, a fifth of `ALPHA` is spent on the interval and the rest on shuffled targets. With time both must agree, since
    neither knows how long a series remembers.
    """
    return skill.p > ALPHA / 2 if question.way is Way.TIME else skill.p <= ALPHA / 5 or skill.value <= 0


def _predictable(question: Question, base: Comparison, shuffled: Null, noticed: float) -> Predictable:
    """Whether chance can be ruled out at `ALPHA`, and if not, whether there were rows enough to tell."""
    skill, is_class = base.skill, bool(question.target.classes)
    if question.way is Way.TIME:
        # A rule that learns nothing cannot learn from chance either.
        shown = skill.p <= ALPHA / 2 and (base.leader in base.rules or shuffled.p <= ALPHA)
    else:
        shown = skill.p <= ALPHA / 5 or (skill.value > 0 and shuffled.p <= ALPHA * 4 / 5)
    if shown:
        return Predictable.YES if skill.value >= _WEAK[is_class] else Predictable.WEAK
    return Predictable.TOO_FEW if noticed > _BLIND[is_class] else Predictable.NOT_SHOWN


def _noticed_skill(base: Comparison) -> float:
    """The smallest skill that would be noticed at 5 % in 8 of 10 tables like this one."""
    return (1.96 + 0.84) * min(base.over_nothing.error, base.skill.error)


def _rows_for(question: Question, base: Comparison, modest: float) -> int | None:
    """Rows at which a modest skill would be noticed, as errors shrink with the root of the rows."""
    smallest = _noticed_skill(base)
    if smallest <= modest or not np.isfinite(smallest):
        return None
    return int(np.ceil(question.rows * (smallest / modest) ** 2))


def _modest_rows(target: Target) -> int:
    """Rows for a modest skill with balanced classes, as it was found on tables of noise."""
    return 200 if target.classes else 150
