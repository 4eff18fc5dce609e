"""What has become of a plan, in the words of the charter: where milestones and targets stand, and what was read last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from scoping import planning, status
from scoping.answers import number_words
from scoping.section import day_words, short
from scoping.sections.milestones import Milestones, Reading
from scoping.value_words import Rows

_TITLE = 120
LAST_READINGS = 10
"""Of each target, the newest; a training pipeline may send thousands."""


def milestones(plan: Milestones, as_of: date) -> Rows:
    """Every milestone: its state, and the frozen day beside what it has come to."""
    headers = ("Milestone", "State", "Why", "Frozen", "Due", "Reached, or done in half of all cases by", "Working days later")
    states = {s.milestone.id: s for s in status.of_plan(plan, as_of)}
    found = []
    for row in planning.rows(plan, planning.plan(plan, as_of)):
        state, drift = states[row.id], row.drift
        days = "" if drift is None or drift.days is None else number_words(drift.days)
        ends = (drift.baseline if drift else None, row.due, row.now)
        found.append((short(row.title, _TITLE), state.state.label, state.rule, *map(_day, ends), days))
    return Rows(headers, tuple(found))


def targets(plan: Milestones, as_of: date) -> Rows:
    """Every target: what it asks for, and what its newest reading says."""
    headers = ("Target", "Asks for", "Stands at", "On", "State", "Why")
    found = []
    for one in (t for s in status.of_plan(plan, as_of) for t in s.targets):
        last = one.latest
        value = status.amount(one.target, last.value) if last else ""
        goal = status.goal(one.target) if one.target.target is not None else ""
        day = _day(last.when) if last else ""
        found.append((short(one.target.title, _TITLE), goal, value, day, one.state.label, one.rule))
    return Rows(headers, tuple(found))


def last_readings(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """The newest of each target, in order of time."""
    by_target: dict[str, list[Reading]] = defaultdict(list)
    for row in sorted(readings, key=lambda row: (row.target, row.when or date.min)):
        by_target[row.target].append(row)
    return tuple(row for rows in by_target.values() for row in rows[-LAST_READINGS:])


def _day(day: date | None) -> str:
    return day_words(day) if day else ""
