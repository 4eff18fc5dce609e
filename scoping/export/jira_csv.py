"""The plan as CSV in the layout of Jira's importer: a milestone is an epic, its targets are its tasks.

Parents stand above their children and are named by "Issue ID"; headers have no punctuation. Days are written as yyyy-MM-dd,
which the importer asks for. People open the file in a spreadsheet program first, which would run a text that looks like a
formula, so an apostrophe stands before it; the importer shows that, so the texts can be had unchanged too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date

from scoping.charter import Charter
from scoping.data_sources.spreadsheet import FORMULA_STARTS
from scoping.milestones import status
from scoping.sections.milestones import Milestone, Milestones, Target, in_order
from scoping.words import short

HEADERS = ("Issue ID", "Issue Type", "Parent", "Summary", "Description", "Assignee", "Start date", "Due date", "Labels")
_BLOCKS = "Blocked by"
_LABEL = "scoping"
LONGEST_SUMMARY = 250
"""Jira takes 255 characters in one line."""

Row = tuple[str, ...]


def to_jira_csv(charter: Charter, *, as_text: bool = True) -> str:
    """A row per milestone, target and next step. The column that names what comes before is repeated as often as needed.

    Args:
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
    for row, links in _issues(charter, rows, numbers, before):
        cells = map(_inert, row) if as_text else row
        writer.writerow([*cells, *links, *[""] * (most - len(links))])
    return file.getvalue()


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _issues(
    charter: Charter, rows: tuple[Milestone, ...], numbers: dict[str, str], before: dict[str, list[str]]
) -> Iterator[tuple[Row, list[str]]]:
    plan: Milestones = charter.milestones
    number = len(rows)
    for m in rows:
        yield (_issue(numbers[m.id], "Epic", "", m.title, _told(m), m.owner, m.start, m.due), before[m.id])
    for t in plan.targets:
        number += 1
        yield (_issue(str(number), "Task", numbers.get(t.milestone, ""), _goal(t), _how(t)), [])
    for step in charter.rollout.next_steps:
        number += 1
        yield (_issue(str(number), "Task", "", step.title, "", step.owner, None, step.due), [])


def _issue(
    number: str,
    kind: str,
    parent: str,
    summary: str,
    description: str,
    owner: str = "",
    start: date | None = None,
    due: date | None = None,
) -> Row:
    days = ("" if day is None else day.isoformat() for day in (start, due))
    return (number, kind, parent, short(summary, LONGEST_SUMMARY), description, owner, *days, _LABEL)


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
