"""The plan as CSV in the layout of Jira's importer: a milestone is an epic, its targets are its tasks.

Parents stand above their children and are named by "Issue ID"; headers have no punctuation. Days are written as yyyy-MM-dd,
which the importer asks for; how each issue stands is written with the three words that every workflow of Jira begins with. People open the file in a spreadsheet program first, which would run a text that looks like a
formula, so an apostrophe stands before it; the importer shows that, so the texts can be had unchanged too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date

from scoping.charter import Charter
from scoping.data_sources.spreadsheet import FORMULA_STARTS
from scoping.milestones import status
from scoping.milestones.status import State
from scoping.sections.milestones import Milestone, Milestones, Target, in_order
from scoping.words import short

HEADERS = (
    "Issue ID",
    "Issue Type",
    "Parent",
    "Summary",
    "Description",
    "Status",
    "Resolution",
    "Resolved",
    "Assignee",
    "Start date",
    "Due date",
    "Labels",
)
_BLOCKS = "Blocked by"
_LABEL = "scoping"
LONGEST_SUMMARY = 250
"""Jira takes 255 characters in one line."""

_TO_DO, _GOING_ON, _DONE = "To Do", "In Progress", "Done"

Row = tuple[str, ...]


def to_jira_csv(charter: Charter, today: date, *, as_text: bool = True) -> str:
    """A row per milestone, target and next step. The column that names what comes before is repeated as often as needed.

    Args:
        today: the day whose state is told.
        as_text: an apostrophe before each text that a spreadsheet program would run as a formula.
    """
    plan: Milestones = charter.milestones
    rows = in_order(plan)
    numbers = {m.id: str(n) for n, m in enumerate(rows, 1)}
    before = {m.id: [numbers[d] for d in m.depends_on if d in numbers and d != m.id] for m in rows}
    most = max(map(len, before.values()), default=0)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([*HEADERS, *[_BLOCKS] * most])
    for row, links in _issues(charter, rows, numbers, before, today):
        cells = map(_inert, row) if as_text else row
        writer.writerow([*cells, *links, *[""] * (most - len(links))])
    return file.getvalue()


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _issues(
    charter: Charter, rows: tuple[Milestone, ...], numbers: dict[str, str], before: dict[str, list[str]], today: date
) -> Iterator[tuple[Row, list[str]]]:
    plan: Milestones = charter.milestones
    found = status.of_plan(plan, today)
    stands = {one.milestone.id: one for one in found}
    of_targets = {t.target.id: (t, one.milestone) for one in found for t in one.targets}
    number = len(rows)
    for m in rows:
        now = stands[m.id]
        state = _state(now.state, m, today, now.met_on)
        yield (_issue(numbers[m.id], "Epic", "", (m.title, _told(m)), state, m.owner, (m.start, m.due)), before[m.id])
    for t in plan.targets:
        number += 1
        target, milestone = of_targets.get(t.id, (None, None))
        met = status.met_since(t, target.series) if target and target.state is State.DONE else None
        state = _state(target.state if target else State.NOT_STARTED, milestone, today, met)
        due = milestone.due if milestone else None
        yield (_issue(str(number), "Task", numbers.get(t.milestone, ""), (_goal(t), _how(t)), state, days=(None, due)), [])
    for step in charter.rollout.next_steps:
        number += 1
        yield (_issue(str(number), "Task", "", (step.title, ""), (_TO_DO, "", ""), step.owner, (None, step.due)), [])


def _state(state: State, milestone: Milestone | None, today: date, met_on: date | None) -> tuple[str, str, str]:
    """Status, resolution and its day. Of what nobody knows, only that it has begun is told, where its day is past."""
    if state is State.DONE:
        return _DONE, "Done", met_on.isoformat() if met_on else ""
    if state is State.STOPPED:
        day = milestone.gate_on if milestone else None
        return _DONE, "Won't Do", day.isoformat() if day else ""
    has_begun = milestone is not None and milestone.start is not None and milestone.start <= today
    return (_GOING_ON if has_begun and state is not State.NOT_STARTED else _TO_DO), "", ""


def _issue(
    number: str,
    kind: str,
    parent: str,
    texts: tuple[str, str],
    state: Row,
    owner: str = "",
    days: Sequence[date | None] = (None, None),
) -> Row:
    summary, description = texts
    written = ("" if day is None else day.isoformat() for day in days)
    return (number, kind, parent, short(summary, LONGEST_SUMMARY), description, *state, owner, *written, _LABEL)


def _told(row: Milestone) -> str:
    answers = (
        ("Stop or rework if", row.kill_criteria),
        ("Decides go, rework or stop", row.decider),
        ("Decision at the gate", row.gate.label if row.gate else ""),
        ("Reached on", row.reached_on.isoformat() if row.reached_on else ""),
        ("People needed", row.people),
        ("Data needed", row.data_needed),
        ("Compute needed", row.compute),
        ("Help from other teams", row.help_from),
    )
    return "\n".join(f"{label}: {answer}" for label, answer in answers if answer)


def _goal(target: Target) -> str:
    return f"{target.title}: {'no number agreed yet' if target.target is None else status.goal(target)}"


def _how(target: Target) -> str:
    answers = (
        ("Kind", target.family.label if target.family else ""),
        ("Only for the group", target.slice),
        ("How it is measured", target.measured_how),
        ("Today", "" if target.baseline is None else status.amount(target, target.baseline)),
    )
    return "\n".join(f"{label}: {answer}" for label, answer in answers if answer)
