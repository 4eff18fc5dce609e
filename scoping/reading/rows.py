"""The inventory and the plan that come back as tables: they say nothing of a revision, so they are read against what is here now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scoping import editing
from scoping.charter import Charter
from scoping.data_sources import spreadsheet
from scoping.export import jira_csv
from scoping.merge import Plain, apply
from scoping.reading import brought
from scoping.reading.brought import Refused, Wish
from scoping.sections.data_sources import SECTION as DATA
from scoping.sections.milestones import SECTION as PLAN
from scoping.sections.milestones import Milestone
from scoping.words import count, short

Told = tuple[tuple[Wish, ...], tuple[Refused, ...], tuple[str, ...]]
"""Changes, what cannot be taken, and what was noticed."""
_SOURCES, _MILESTONES = DATA.lists["sources"], PLAN.lists["milestones"]
_NUMBER, _KIND, _SUMMARY = "Issue ID", "Issue Type", "Summary"
_EPIC = "epic"
_COLUMNS = {"owner": "Assignee", "start": "Start date", "due": "Due date"}
_BEFORE = "Blocked by"
_LONGEST_NAME = 60


def is_plan(headings: Sequence[str]) -> bool:
    """Whether a table is a plan in the layout of Jira's importer."""
    return {_NUMBER, _KIND, _SUMMARY} <= set(headings)


def of_inventory(charter: Charter, headings: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> Told:
    """What an inventory adds and changes; it removes nothing.

    Args:
        headings: question to heading.
        rows: question to cell.
    """
    ids = iter(_ids("sources", [row.get(spreadsheet.NAME, "") for row in rows]))
    found = spreadsheet.dry_run(headings, rows, charter.data_sources, str(charter.project.currency), lambda: next(ids))
    titles = charter.titles()
    wishes: list[Wish] = []
    for change in found.changes:
        before = change.source.model_dump(mode="json")
        after = _after(before, change)
        wishes += brought.of_answers(DATA, _SOURCES, before, after, change.edits, titles=titles, title=change.source.title)
    wishes += [brought.of_new(DATA, _SOURCES, source, titles) for source in found.new]
    refused = tuple(Refused(part=DATA.slug, why=problem) for problem in found.problems)
    return tuple(wishes), refused, found.remarks


def _after(before: Plain, change: spreadsheet.Change) -> Plain:
    key = ("sources", change.source.id)
    return apply(change.edits, {key: before}).entries.get(key) or before


def _ids(about: str, names: Sequence[str]) -> Iterator[str]:
    return (brought.new_id(about, place, name) for place, name in enumerate(names))


def of_plan(charter: Charter, rows: Sequence[Mapping[str, str]]) -> Told:
    """What a plan changes in its milestones: owner, dates, what comes before; it removes nothing. A cell that is empty says nothing.

    Args:
        rows: heading to cell.
    """
    return _Plan(charter, rows).told()


class _Plan:
    def __init__(self, charter: Charter, rows: Sequence[Mapping[str, str]]) -> None:
        self._charter = charter
        self._titles = charter.titles()
        self._epics = [{h: spreadsheet.bared(cell.strip()) for h, cell in row.items()} for row in rows if _is_epic(row)]
        self._wishes: list[Wish] = []
        self._refused: list[Refused] = []

    def told(self) -> Told:
        here: dict[str, list[Milestone]] = {}
        for milestone in self._charter.milestones.milestones:
            here.setdefault(short(milestone.title, jira_csv.LONGEST_SUMMARY), []).append(milestone)
        ids = list(_ids("milestones", [row[_SUMMARY] for row in self._epics]))
        known = [here.get(row[_SUMMARY], []) for row in self._epics]
        numbers = {
            row.get(_NUMBER, ""): found[0].id if found else new for row, found, new in zip(self._epics, known, ids, strict=True)
        }
        for row, found, new in zip(self._epics, known, ids, strict=True):
            if len(found) > 1:
                why = f"{count(len(found), 'milestone')} here are called so. Give each a name of its own first."
                self._refused.append(Refused(part=PLAN.slug, found=short(row[_SUMMARY], _LONGEST_NAME), why=why))
            else:
                self._read(row, found[0] if found else None, new, numbers)
        absent = set(here) - {row[_SUMMARY] for row in self._epics}
        remarks = [
            "Of the plan, owners, dates and what comes before are read. Targets and descriptions are changed in the workbench."
        ]
        if absent:
            remarks.append(
                f"{count(len(absent), 'milestone')} of the workbench {'are' if len(absent) > 1 else 'is'} not in the file and stay as they are."
            )
        return brought.tied(self._wishes), tuple(self._refused), tuple(remarks)

    def _read(self, row: Mapping[str, str], milestone: Milestone | None, new: str, numbers: Mapping[str, str]) -> None:
        currency = self._charter.project.currency
        entry = (milestone or editing.new_record(PLAN, "milestones", new, currency)).model_dump(mode="json")
        cells: dict[str, object] = {name: row[heading] for name, heading in _COLUMNS.items() if row.get(heading)}
        before = sorted({numbers[cell] for heading, cell in row.items() if heading.startswith(_BEFORE) and cell in numbers})
        if before:
            cells["depends_on"] = before
        if milestone is None:
            cells["deliverable"] = row[_SUMMARY]
        edits, after, refused = editing.fill(PLAN, "milestones", entry, cells)
        called = short(row[_SUMMARY], _LONGEST_NAME)
        self._refused += [
            Refused(part=PLAN.slug, place=called, found=str(cells[name]), why=str(why)) for name, why in refused.items()
        ]
        if milestone is None:
            self._wishes.append(brought.of_new(PLAN, _MILESTONES, Milestone.model_validate(after), self._titles))
        else:
            self._wishes += brought.of_answers(PLAN, _MILESTONES, entry, after, edits, titles=self._titles, title=milestone.title)


def _is_epic(row: Mapping[str, str]) -> bool:
    return row.get(_KIND, "").strip().casefold() == _EPIC and bool(row.get(_SUMMARY, "").strip())
