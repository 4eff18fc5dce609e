"""The signal check in words: the headline, what follows from it, and the whole result for charter and workbook."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from scoping.blocks import Block, Facts, Paragraph, Table
from scoping.measuring.signal.scoring import FEWEST_PER_CLASS, FEWEST_ROWS, Predictable, Worthwhile
from scoping.measuring.signal.simple_rules import THUMB
from scoping.measuring.signal.splits import Way
from scoping.words import count, figure, listed, part, percent, short

if TYPE_CHECKING:
    from scoping.measuring.signal.result import ColumnOf, Figure, Result, Settings

HEADLINE_AT_MOST = 280
_GOOD_PER_CLASS = 100
"""Rows of each class with which a modest signal was noticed, as found on tables of noise."""
_SUSPICIOUS = 0.95
"""A score from which a leak shows in the figures themselves."""
_COPIED = 0.005
"""Share of copies from which the headline tells it."""
_HARDLY = 0.05
"""An error that falls by less than this from half of the rows to all hardly depends on them."""
COLUMNS = ("Column", "Alone", "Adds to the others", "By chance?", "Missing", "Known in time?")
MODELS = ("Model or rule", "Score", "Error")
FLAGS = ("Column", "Why", "What was done")


def is_classes(result: Result) -> bool:
    return bool(result.classes)


def score(result: Result, value: float) -> str:
    """A score: area under the curve for classes, explained share for numbers."""
    return f"{value:.2f}" if is_classes(result) else percent(value)


def interval(result: Result, seen: Figure) -> str:
    """A score with its interval, kept within what is possible."""
    if seen.low is None or seen.high is None:
        return score(result, seen.value)
    low = max(0.0, seen.low) if is_classes(result) else seen.low
    return f"{score(result, seen.value)} ({score(result, low)} to {score(result, seen.high)})"


def saved(seen: Figure) -> str:
    """How much of an error goes away, with interval."""
    if seen.low is None or seen.high is None:
        return _whole(seen.value)
    return f"{_whole(seen.value)} ({_whole(seen.low)} to {_whole(seen.high)})"


def _whole(share: float) -> str:
    """A share in whole per cent, without a minus before zero."""
    return percent(share)


def _rule(name: str) -> str:
    return name if name.startswith("“") else f"“{name}”"


def score_name(result: Result) -> str:
    """What the score is."""
    return "area under the curve, 0.5 is chance, 1 perfect" if is_classes(result) else "share of the variation explained"


def metric_name(result: Result) -> str:
    """The score as the metric of a piece of evidence."""
    return "Telling cases apart, area under the curve" if is_classes(result) else "Variation explained, as a share"


def _how_good(result: Result, settings: Settings) -> str:
    """The figure the verdict rests on, with interval."""
    if settings.way is Way.TIME and result.skill:
        is_rule = any(t.name == result.leader and not t.is_model for t in result.trials)
        leader = _rule(result.leader) if is_rule else "the best model"
        return f"{leader} leaves {saved(result.skill)} less error than {_rule(result.naive)}"
    seen = result.rests_on
    if seen is None:
        return ""
    if is_classes(result):
        return f"telling cases apart {interval(result, seen)}, where 0.5 is chance and 1 perfect"
    return f"{interval(result, seen)} of the variation explained"


def headline(result: Result, settings: Settings) -> str:
    """The verdict in a sentence or two with the interval it rests on, and the share of copies among the rows."""
    grounds = _decided(result, settings) + _copied(result)
    return short(_headline(result, settings), HEADLINE_AT_MOST - len(grounds)) + grounds


def _copied(result: Result) -> str:
    share = result.copies / (result.rows + result.copies)
    return f" {part(share).capitalize()} of the rows were copies of others or nearly, and left out." if share >= _COPIED else ""


def _headline(result: Result, settings: Settings) -> str:
    name = f"“{short(settings.target, 50)}”"
    good = _how_good(result, settings)
    match result.predictable:
        case Predictable.TOO_FEW:
            return _too_few(result, settings, name)
        case Predictable.LEAK:
            return _leaks(result, name, good)
        case Predictable.NOT_SHOWN:
            is_told = settings.way is Way.TIME or _decided(result, settings)
            return f"No signal is shown for {name}: {good}.{'' if is_told else _noticed(result, settings)}"
        case Predictable.WEAK:
            return f"Weak signal for {name}: {good}. It is hardly chance, but little can be built on it."
    if result.suspects:
        return f"{name} is predicted too well to be believed yet. Ask first: is {_first(result.suspects)} known in time? So far: {good}."
    but = ", but learning beats no simple rule:" if _needs_no_learning(result) else ","
    # That it is better than the naive rule is what “can be predicted” says.
    rule = {
        Worthwhile.YES: "" if settings.way is Way.TIME and result.rule == result.naive else f", better than {_rule(result.rule)}",
        Worthwhile.NOT_SHOWN: "" if result.rule == result.naive else f"{but} not shown to be better than {_rule(result.rule)}",
        Worthwhile.NO: f"{but} {_rule(result.rule)} is better",
    }.get(result.worthwhile, "")
    return f"{name} can be predicted: {good}{rule}."


def _needs_no_learning(result: Result) -> bool:
    """Whether the target can be predicted by a rule that learns nothing as well as by learning."""
    is_beaten = result.worthwhile in (Worthwhile.NO, Worthwhile.NOT_SHOWN)
    return result.predictable is Predictable.YES and is_beaten and result.rule not in (THUMB, result.naive)


def _first(names: Sequence[str]) -> str:
    """The first name, and how many more there are."""
    return f"“{short(names[0], 40)}”" + (f" and {len(names) - 1} more" if len(names) > 1 else "")


def _too_few(result: Result, settings: Settings, name: str) -> str:
    """What there is too little of: rows, rows of a class, or groups."""
    rarest = result.classes[-1] if result.classes else None
    if rarest and result.score is None and result.rows >= FEWEST_ROWS:
        rows = round(rarest[1] * result.rows)
        return (
            f"Too few rows of the class “{rarest[0]}” to say whether {name} can be predicted: {rows:,} of {result.rows:,}; "
            f"at least {FEWEST_PER_CLASS} of each class are needed, and some {_GOOD_PER_CLASS} to notice a modest signal."
        )
    needed = result.rows_needed
    if settings.way is Way.GROUPED and result.groups and result.score and needed:
        groups = math.ceil(result.groups * needed / result.rows)
        return (
            f"Too few groups to say whether {name} can be predicted for new ones: {count(result.groups, 'group')} "
            f"in {count(result.rows, 'row')}; about {count(groups, 'group')} are needed to notice a modest signal."
        )
    enough = f"; about {needed:,} are needed to notice a modest signal" if needed and needed > result.rows else ""
    return f"Too few rows to say whether {name} can be predicted: {count(result.rows, 'row')}{enough}."


def _leaks(result: Result, name: str, good: str) -> str:
    leaks = [f.name for f in result.flags if f.certain]
    without = f" Without: {good}." if result.clean else " Nothing else is left to predict from."
    if result.too_good or (result.score and result.score.value >= _SUSPICIOUS):
        return f"{name} is predicted suspiciously well: check whether {_first(leaks)} is known in time.{without}"
    return f"Before {name} is predicted, check whether {_first(leaks)} is known in time: the table says that it is not.{without}"


def _decided(result: Result, settings: Settings) -> str:
    """What the verdict rests on, where the interval beside it would say something else."""
    null = result.null
    seen = result.skill if settings.way is Way.TIME else result.rests_on
    is_shown = result.predictable in (Predictable.YES, Predictable.WEAK)
    if null is None or seen is None or seen.low is None or not (is_shown or result.predictable is Predictable.NOT_SHOWN):
        return ""
    base = 0.5 if is_classes(result) and settings.way is not Way.TIME else 0.0
    if (seen.low > base) is is_shown:
        return ""
    as_well = f"{null.exceeded:,} of {null.shuffles:,} shuffled targets did as well (p = {null.p:.2g})"
    if settings.way is Way.TIME and not is_shown:
        return f" Not by its interval, but {as_well}, and both must agree."
    return f" Not by its interval, but by this: {as_well}."


def _noticed(result: Result, settings: Settings) -> str:
    """What would have been noticed, had it been there."""
    skill = result.noticed_skill
    if skill is None:
        return ""
    if settings.way is Way.TIME:
        return f" Less than {percent(skill)} saved would often go unnoticed."
    value = 0.5 + 0.5 * min(1.0, skill) if is_classes(result) else min(1.0, skill)
    return f" {score(result, value)} or more would have been noticed in 8 of 10 such tables."


def axes(result: Result) -> tuple[tuple[str, str], ...]:
    """The two questions and their answers."""
    predictable = result.predictable.label
    if result.predictable is Predictable.YES and result.suspects:
        predictable = "Too good: ask first"
    elif _needs_no_learning(result):
        predictable = "Yes, but learning beats no simple rule"
    return (("Can it be predicted?", predictable), ("Is machine learning better than a simple rule?", result.worthwhile.label))


def remarks(result: Result, settings: Settings) -> list[str]:
    """What follows from the figures, a sentence or two each."""
    sentences = [
        *_said_good(result),
        _said_null(result),
        _said_worth(result),
        _said_rows(result, settings),
        _said_curve(result),
        _said_columns(result),
    ]
    return [sentence for sentence in sentences if sentence]


def _said_good(result: Result) -> list[str]:
    if result.predictable is Predictable.LEAK:
        return [
            "The verdict and the figures below are without the columns that may be leaks. Name them as known in time if they are."
        ]
    if result.suspects:
        return [
            "Hardly anything real is predicted so well. Look at the strongest columns: is each known when the prediction is made?"
        ]
    return []


def _said_null(result: Result) -> str:
    null = result.null
    if null is None:
        return ""
    often = "None" if not null.exceeded else f"{null.exceeded:,}"
    rows = f" (on {count(null.rows, 'row')})" if null.rows < result.rows else ""
    return (
        f"{often} of {count(null.shuffles, 'table')} with a shuffled target scored as well as the real one{rows}, p = {null.p:.2g}: "
        f"the real one {score(result, null.score)}, 95 of 100 shuffled ones below {score(result, null.usual)}."
    )


def _said_worth(result: Result) -> str:
    seen = result.over_rules
    if seen is None or result.worthwhile is Worthwhile.NOTHING:
        return ""
    if result.worthwhile is Worthwhile.YES:
        return f"Machine learning leaves {saved(seen)} less error than the best simple rule, {_rule(result.rule)}."
    if result.worthwhile is Worthwhile.NO:
        return f"The simple rule {_rule(result.rule)} is better than both models. Start with it."
    if result.rule == result.naive:
        return f"No simple rule is better than {_rule(result.naive)}; how much machine learning saves of its error, {saved(seen)}, is open."
    return (
        f"The simple rule {_rule(result.rule)} comes so close that the difference may be chance: machine learning saves "
        f"{saved(seen)} of its error (a minus means more error). Start with the rule."
    )


def _said_rows(result: Result, settings: Settings) -> str:
    if result.predictable not in (Predictable.NOT_SHOWN, Predictable.TOO_FEW):
        return ""
    needed = f" About {count(result.rows_needed, 'row')} would show a modest signal." if result.rows_needed else ""
    return (_noticed(result, settings).strip() + needed).strip()


def _said_curve(result: Result) -> str:
    seen = result.curve
    if seen is None:
        return ""
    return f"Would more rows help? {more_rows(result)}"


def more_rows(result: Result) -> str:
    """Whether more rows would help, or that it cannot be said."""
    seen = result.curve
    if seen is None:
        return ""
    low, high = seen.saved.low, seen.saved.high
    if low is None or high is None:
        return "That cannot be said."
    fell = f"from half of the rows to all, the error fell by {saved(seen.saved)}"
    if high < _HARDLY:
        return f"Hardly: {fell}."
    if low <= 0:
        return f"That cannot be said: {fell}, which may be chance."
    if seen.doubled is None:
        return f"Yes: {fell}. How far it would go on cannot be said. {seen.problem}".strip()
    last, ahead = seen.sizes[-1], seen.doubled
    return (
        f"Yes: {fell}. Twice as many would bring it from {last.error:.3f} to about {ahead.value:.3f} "
        f"({ahead.low:.3f} to {ahead.high:.3f} in 80 of 100 cases)."
    )


def _said_columns(result: Result) -> str:
    asked = [f"“{c.name}”" for c in result.columns if c.ask]
    every = len(result.columns) + result.columns_left_out
    words = f"{result.significant:,} of {count(every, 'column')} go with the target, corrected for looking at {every:,}."
    if asked and result.predictable in (Predictable.YES, Predictable.WEAK, Predictable.LEAK):
        words += f" Ask of each: is it known when the prediction is made? {listed(asked, 8)}."
    return words if every else ""


def column_row(result: Result, column: ColumnOf) -> tuple[str, ...]:
    """A column as the tables of page, charter and workbook show it."""
    adds = (
        "not used"
        if column.adds is None
        else f"{column.adds:+.3f}"
        if is_classes(result)
        else f"{'+' * (column.adds > 0)}{percent(column.adds, 1)}"
    )
    chance = "hardly" if column.q <= 0.01 else "unlikely" if column.q <= 0.05 else "may well be"
    return (
        column.name,
        score(result, column.alone),
        adds,
        f"{chance} (q = {column.q:.2g})",
        percent(column.missing),
        "ask" if column.ask else "",
    )


def model_rows(result: Result) -> tuple[tuple[str, ...], ...]:
    """Models and rules, best first."""
    ordered = sorted(result.trials, key=lambda t: -t.score)
    return tuple(
        (
            t.name if t.is_model else f"Rule: {t.name}",
            f"{t.score:.3f}" if is_classes(result) else percent(t.score, 1),
            percent(t.error, 1) if is_classes(result) else figure(t.error),
        )
        for t in ordered
    )


def reading(result: Result) -> str:
    """How to read the table of models and rules."""
    error = "share put into the wrong class" if is_classes(result) else "mean distance, in the unit of the target"
    return f"Score: {score_name(result)}. Error: {error}. Both on rows that were not learnt from."


def blocks(result: Result, settings: Settings) -> list[Block]:
    """The whole result."""
    told: list[Block] = [Paragraph(headline(result, settings)), Facts(_facts(result, settings))]
    told += [Paragraph(sentence) for sentence in remarks(result, settings)]
    told += _tables(result)
    return [*told, *(Paragraph(note) for note in (unused_words(result), *result.notes) if note)]


def _facts(result: Result, settings: Settings) -> tuple[tuple[str, str], ...]:
    facts = [*axes(result), ("Rows used", f"{result.rows:,}"), ("Target", short(settings.target, 80)), ("Split", _split(settings))]
    if result.score:
        label = "Score with all columns" if result.clean else "Score"
        facts.append((f"{label} ({score_name(result)})", interval(result, result.score)))
    if result.clean:
        facts.append(("Score without the columns that may be leaks", interval(result, result.clean)))
    compared = {result.naive: result.skill, result.rule: result.over_rules}
    for rule, seen in compared.items():
        if seen:
            facts.append((f"Less error than {_rule(rule)}", saved(seen)))
    return tuple(facts)


def _tables(result: Result) -> list[Block]:
    tables: list[Block] = []
    if result.trials:
        tables += [Table("Models beside simple rules", MODELS, model_rows(result)), Paragraph(reading(result))]
    if result.flags:
        tables.append(Table("Columns that may not be known in time", FLAGS, flag_rows(result)))
    if result.columns:
        tables.append(Table("Columns, strongest first", COLUMNS, tuple(column_row(result, c) for c in result.columns)))
    if result.columns_left_out:
        tables.append(Paragraph(f"{count(result.columns_left_out, 'weaker column')} not listed."))
    if result.curve:
        points = tuple((f"{s.rows:,}", f"{s.error:.3f}", f"± {s.spread:.3f}") for s in result.curve.sizes)
        tables.append(Table("Error with fewer rows (1 minus the score)", ("Rows learnt from", "Error", "Standard error"), points))
    return tables


def flag_rows(result: Result) -> tuple[tuple[str, ...], ...]:
    """Columns that say too much, the surest first."""
    return tuple((f.name, f.sentence, "left out of the verdict" if f.certain else "ask") for f in result.flags)


def unused_words(result: Result) -> str:
    """Which columns were not used, and why; "" when all were."""
    if not result.unused:
        return ""
    more = f"; and {result.unused_left_out:,} more" if result.unused_left_out else ""
    return f"Not used: {listed((f'“{u.name}” ({u.why})' for u in result.unused), len(result.unused))}{more}."


def _split(settings: Settings) -> str:
    if settings.way is Way.TIME:
        late = f", truth known {settings.gap:,} moments later" if settings.gap > 1 else ""
        return f"Learnt from the past, tried on what followed, by “{short(settings.when, 60)}”{late}"
    if settings.way is Way.GROUPED:
        return f"Tried on groups not learnt from, by “{short(settings.group, 60)}”"
    return "At random"
