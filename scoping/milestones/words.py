"""What has become of a plan, in the words of the charter: where milestones and targets stand, and what was read last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from scoping.blocks import Rows
from scoping.milestones import plan as milestones_plan
from scoping.milestones import status, tracking
from scoping.sections.milestones import Milestones, Reading
from scoping.words import count, day_words_or, number_words, short

_TITLE = 120
LAST_READINGS = 10
"""Of each target, the newest; a training pipeline may send thousands."""


def milestones(plan: Milestones, as_of: date) -> Rows:
    """Every milestone: its state, what was signed beside what is promised, and the forecast apart from both."""
    headers = (
        "Milestone",
        "State",
        "Why",
        "Signed date",
        "Due",
        "Reached on",
        "Done in half of all cases by",
        "Working days later than signed",
    )
    states = {s.milestone.id: s for s in status.of_plan(plan, as_of)}
    cells = []
    for row in tracking.rows(plan, milestones_plan.plan(plan, as_of)):
        state, drift = states[row.id], row.drift
        days = "" if drift is None or drift.days is None else number_words(drift.days)
        ends = (drift.baseline if drift else None, row.due, row.reached)
        cells.append((short(row.title, _TITLE), state.state.label, state.rule, *map(day_words_or, (*ends, row.forecast)), days))
    return Rows(headers, tuple(cells))


def targets(plan: Milestones, as_of: date) -> Rows:
    """Every target: what it asks for, and what its newest reading says."""
    headers = ("Target", "Asks for", "Stands at", "On", "State", "Why")
    cells = []
    for target_status in (t for s in status.of_plan(plan, as_of) for t in s.targets):
        last = target_status.latest
        value = status.amount(target_status.target, last.value) if last else ""
        goal = status.goal(target_status.target) if target_status.target.target is not None else ""
        day = day_words_or(last.when) if last else ""
        cells.append((short(target_status.target.title, _TITLE), goal, value, day, target_status.state.label, target_status.rule))
    return Rows(headers, tuple(cells))


def last_readings(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """The newest of each target, in order of time."""
    by_target: dict[str, list[Reading]] = defaultdict(list)
    for row in sorted(readings, key=lambda row: (row.target, row.when or date.min)):
        by_target[row.target].append(row)
    return tuple(row for rows in by_target.values() for row in rows[-LAST_READINGS:])


def drift_words(days: int | None) -> str:
    """Working days against the signed date, in words."""
    if days is None:
        return "not known"
    if not days:
        return "as signed"
    return f"{'later' if days > 0 else 'earlier'} than signed by {count(abs(days), 'working day')}"
