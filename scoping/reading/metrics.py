"""Readings of targets out of what training pipelines and people have: CSV, pasted rows, `metrics.json`.

A value is filed under every target whose name in the pipeline (`metric_key`) it carries, or else whose metric. Nested names
may be written in full or by their last parts (`val.wer`, `val/wer`, `wer`), as long as only one value is meant.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from scoping import answers
from scoping.errors import AnswerError
from scoping.milestones.possible import ImpossibleReadingError, begin_of, doubtful, refuse_impossible
from scoping.reading import moments
from scoping.reading.values import DEEPEST, Given
from scoping.section import question
from scoping.sections.milestones import Milestones, Reading, Target
from scoping.tables import missingness, notation
from scoping.tables.notation import Mark
from scoping.words import bare, short

_NAMED_AT_MOST = 6


@dataclass
class Read:
    """What became of the values of a file.

    Attributes:
        readings: new ones, ready to be added; the same values always get the same ids.
        kept: ids of readings that are here already, with the same target, day, run and value.
        problems: what could not be taken, a sentence each.
        remarks: what was taken and should be looked at, a sentence each.
    """

    readings: list[Reading] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def matched(given: Sequence[Given], plan: Milestones, today: date, *, source: str = "", author: str = "", run: str = "") -> Read:
    """File values under targets. Of several values for one target, day and run, that of the highest step counts, or else of the
    latest moment, or else the last one.

    Args:
        today: the day of a value that has none of its own.
        source, run: of values that name none.
    """
    read = Read()
    filed = _latest([value for value in given if not value.refusal], plan, today, run, read)
    read.problems[:0] = [value.refusal for value in given if value.refusal]
    known = {(r.target, r.when, r.run, r.value): r.id for r in plan.readings}
    for (target_id, when, of_run), (given_value, value, target) in filed.items():
        if same := known.get((target_id, when, of_run, value)):
            read.kept.append(same)
            continue
        if doubt := doubtful(target, value):
            read.remarks.append(f"“{short(target.title, 60)}”: {doubt}")
        read.readings.append(
            Reading(
                id=_id(target_id, when, of_run, value),
                target=target_id,
                when=when,
                value=value,
                source=given_value.source or source,
                author=author,
                run=of_run,
            )
        )
    return read


Key = tuple[str, date, str]
"""Target, day and run: one reading each."""


def _latest(given: Sequence[Given], plan: Milestones, today: date, run: str, read: Read) -> dict[Key, tuple[Given, float, Target]]:
    """The value that counts for each target, day and run. What cannot be taken, and how numbers are read, is told to `read`."""
    ways = notation.told(told.value for told in given if isinstance(told.value, str))
    if ways == {Mark.COMMA}:
        read.remarks.append(f"Numbers are read with {Mark.COMMA.words}, as the file shows.")
    begin = begin_of(plan)
    known = {(r.target, r.when, r.run, r.value) for r in plan.readings}
    orders: dict[Key, tuple[float, float]] = {}
    filed: dict[Key, tuple[Given, float, Target]] = {}
    unmatched: dict[str, None] = {}
    beaten = 0
    for told, targets in _filed_under(given, plan.targets, read):
        if not targets:
            unmatched[told.name] = None
        for target in targets:
            try:
                value, (when, moment) = (
                    _value(told, target, ways),
                    moments.day_and_moment(told.when, f"“{short(target.title, 60)}”", today),
                )
                # What was taken once is taken again, whatever day it is by now.
                refuse_impossible(target, value, when, today, None if (target.id, when, told.run or run, value) in known else begin)
            except (AnswerError, ImpossibleReadingError) as error:
                read.problems.append(f"{_place(told)}{error}")
                continue
            key, order = (target.id, when, told.run or run), (_step(told), moment)
            beaten += key in filed
            if key not in filed or order >= orders[key]:
                orders[key], filed[key] = order, (told, value, target)
    if unmatched:
        read.problems.append(_no_target(list(unmatched), plan.targets))
    if beaten:
        others = (
            f"{beaten:,} other values of the same target, day and run are"
            if beaten > 1
            else "Another value of the same target, day and run is"
        )
        read.remarks.append(f"{others} left out: the highest step counts, or else the latest moment, or else the last line.")
    return filed


def _filed_under(given: Sequence[Given], targets: Sequence[Target], read: Read) -> Iterator[tuple[Given, list[Target]]]:
    """Each value with the targets it is about; a short name that several values could mean is told instead."""
    pairs = []
    called = Called(targets)
    names: dict[str, dict[str, None]] = {t.id: {} for t in targets}
    for told in given:
        about = called.by(told)
        for target in about:
            names[target.id][told.name] = None
        pairs.append((told, about))
    spelt = {target: {_one_name(name) for name in written} for target, written in names.items()}
    # The full name goes before those that only end in it.
    full = {t.id: key for t in targets if (key := _one_name(t.metric_key)) in spelt[t.id]}
    unclear = {target for target, spellings in spelt.items() if len(spellings) > 1 and target not in full}
    for target in targets:
        if target.id in unclear:
            read.problems.append(
                f"The target “{short(target.title, 60)}” may mean {_listed(list(names[target.id]))}. "
                "Write one of them in full as its name in the training pipeline."
            )
    for told, about in pairs:
        name = _one_name(told.name)
        clear = [t for t in about if t.id not in unclear and full.get(t.id, name) == name]
        if clear or not about:
            yield told, clear


class Called:
    """Targets by what values of them are called."""

    def __init__(self, targets: Sequence[Target]) -> None:
        self.ids = {t.id: t for t in targets}
        self.keys: dict[str, list[Target]] = {}
        self.metrics: dict[tuple[str, str], list[Target]] = {}
        for target in targets:
            if target.metric_key.strip():
                self.keys.setdefault(_one_name(target.metric_key), []).append(target)
            if target.metric.strip():
                self.metrics.setdefault((bare(target.metric), bare(target.slice)), []).append(target)

    def by(self, told: Given) -> list[Target]:
        """The targets that a value is about: by id, by its whole name, or by as many of its last parts as name any."""
        if told.path[0] in self.ids and len(told.path) == 1:
            return [self.ids[told.path[0]]]
        by_metric = self.metrics.get((bare(told.name), bare(told.slice)), [])
        whole = {t.id: t for t in (*self.keys.get(_one_name(told.name), ()), *by_metric)}
        if whole:
            return list(whole.values())
        parts = told.name.replace("/", ".").rsplit(".", DEEPEST)
        ends = (_one_name(".".join(parts[start:])) for start in range(1, len(parts)))
        return next((self.keys[end] for end in ends if end in self.keys), [])


def _one_name(name: str) -> str:
    """A name in one spelling: pipelines write val.wer, val/wer and val_wer for the same."""
    return bare(name).replace("/", "_").replace(".", "_")


def _value(told: Given, target: Target, ways: frozenset[Mark]) -> float:
    """The number of a value, infinite where it is too large to be one.

    Args:
        ways: in which the file writes numbers.
    """
    what = f"“{short(target.title, 60)}”"
    if isinstance(told.value, dict | list | bool) or told.value is None:
        raise AnswerError(f"{what}: the value is no number.", "Report a number, or no reading at all.")
    if isinstance(told.value, str):
        return _finite(_number(told.value.strip(), what, ways))
    try:
        return _finite(float(told.value))
    except OverflowError:
        raise AnswerError(f"{what}: the value is too large.", "Correct it.") from None


def _number(text: str, what: str, ways: frozenset[Mark]) -> float:
    if text.casefold().lstrip("+-") in ("nan", "inf", "infinity"):
        return float(text)
    if missingness.is_missing(text):
        state = f"“{short(text, 40)}”, which stands for none" if text else "empty"
        raise AnswerError(f"{what}: the value is {state}.", "Report a number, or no reading at all.")
    if len(ways) > 1 and notation.is_open(text):
        raise AnswerError(
            f"{what}: “{short(text, 40)}” may mean thousands or decimals, because the file writes numbers in both ways.",
            "Write all of them in one way.",
        )
    return float(answers.read(question(Reading, "value"), notation.as_typed(text, next(iter(ways)) if len(ways) == 1 else None)))


def _finite(value: float) -> float:
    """A value as it was measured. Stores that know no infinity keep the largest number for it."""
    return math.copysign(math.inf, value) if abs(value) >= sys.float_info.max else value


def _step(told: Given) -> float:
    """The step of a value; one that tells none comes before all others."""
    if isinstance(told.step, int | float) and not isinstance(told.step, bool):
        return float(min(max(told.step, -1e300), 1e300))
    step = notation.number(told.step) if isinstance(told.step, str) else None
    return -math.inf if step is None else step


def _id(target: str, when: date, run: str, value: float) -> str:
    """The same reading always gets the same id, so that one which is sent twice is kept once."""
    return hashlib.blake2s(json.dumps([target, when.isoformat(), run, repr(value)]).encode(), digest_size=10).hexdigest()


def _place(told: Given) -> str:
    return f"{told.place}, " if told.place else ""


def _no_target(names: Sequence[str], targets: Sequence[Target]) -> str:
    keys = [t.metric_key.strip() or t.metric.strip() for t in targets if t.metric_key.strip() or t.metric.strip()]
    known = f"Targets are called {_listed(list(dict.fromkeys(keys)))}." if keys else "There are no targets yet."
    return f"No target is called {_listed(names)}. {known} Write the name into “Name in the training pipeline” of a target."


def _listed(names: Sequence[str]) -> str:
    told = [f"“{short(name, 40)}”" for name in names[:_NAMED_AT_MOST]]
    more = len(names) - len(told)
    return ", ".join(told) + (f" and {more:,} more" if more else "")
