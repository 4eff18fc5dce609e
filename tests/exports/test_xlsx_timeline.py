"""The Gantt chart of the workbook: frozen, expected and reached days beside the bars, and the state that the page shows."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from scoping.charter import Charter
from scoping.milestones.baseline import FrozenMilestone, freeze
from scoping.milestones.forecast import forecast
from scoping.milestones.plan import plan
from scoping.sections.milestones import Baseline, Milestone, Milestones
from tests.exports.recalculation import recalculated
from tests.exports.workbooks import SAVED_AT, exported, opened
from tests.tools import need, soffice

ROWS = (
    Milestone(id="done", deliverable="Done", start=date(2026, 11, 2), due=date(2026, 12, 1), reached_on=date(2026, 12, 3)),
    Milestone(id="late", deliverable="Late", start=date(2026, 12, 1), due=date(2027, 1, 5), depends_on=("done",)),
    Milestone(id="runs", deliverable="Runs", start=date(2027, 1, 4), due=date(2027, 2, 26), best_days=20, worst_days=60),
    Milestone(id="next", deliverable="Next", start=date(2027, 3, 1), due=date(2027, 3, 31), unknown=("owner",)),
    Milestone(id="stop", deliverable="Stop", due=date(2027, 4, 30), gate="stop"),
    Milestone(id="open", deliverable="Open"),
    Milestone(id="over", deliverable="Overruled", due=date(2027, 4, 30), gate="stop", gate_on=date(2026, 12, 1)),
    Milestone(id="again", deliverable="Again", due=date(2027, 4, 30), gate="go", gate_on=date(2026, 12, 1)),
    Milestone(id="anew", deliverable="Anew", due=date(2027, 4, 30), gate="stop", gate_on=date(2026, 12, 4)),
    Milestone(id="ahead", deliverable="Ahead", due=date(2027, 4, 30), gate="stop", gate_on=date(2027, 4, 30)),
)
BY_GATES = {"Stop": "Stopped", "Overruled": "Not known", "Again": "Not known", "Anew": "Stopped", "Ahead": "Not known"}
FROZEN = Baseline(
    id="f",
    frozen_on=date(2026, 11, 1),
    plan=freeze([FrozenMilestone(id="late", due=date(2026, 12, 18)), FrozenMilestone(id="runs", p50=date(2027, 2, 1))]),
)
PLAN = Milestones(milestones=ROWS, baselines=(FROZEN,))


@pytest.fixture(scope="module")
def content() -> bytes:
    return exported(Charter(milestones=PLAN))


def lines(book: Any) -> dict[str, dict[str, Any]]:
    """The rows of the chart by milestone, without its bars."""
    sheet = book["Timeline"]
    header = next(row for row in sheet.iter_rows() if row[1].value == "Milestone")
    names = {cell.column: cell.value for cell in header if isinstance(cell.value, str)}
    found = {}
    for row in sheet.iter_rows(min_row=header[0].row + 1):
        cells = {names[c.column]: c.value.date() if isinstance(c.value, datetime) else c.value for c in row if c.column in names}
        if cells["Milestone"]:
            found[cells["Milestone"]] = cells
    return found


def test_every_milestone_says_its_state(content: bytes) -> None:
    states = {name: row["State"] for name, row in lines(opened(content, results=True)).items()}
    assert states == {
        "Done": "Done",
        "Late": "Late",
        "Runs": "Not known",
        "Next": "Not started",
        "Open": "Not known",
        **BY_GATES,
    }


def test_frozen_expected_and_reached_days_stand_beside_the_due_dates(content: bytes) -> None:
    found = lines(opened(content, results=True))
    assert [found[name]["Signed date"] for name in ("Late", "Runs", "Next")] == [date(2026, 12, 18), date(2027, 2, 1), None]
    assert found["Done"]["Reached on"] == date(2026, 12, 3)
    expected = forecast(plan(PLAN, SAVED_AT.date())).of("runs")
    assert expected is not None
    assert found["Runs"]["Done by, in half of all cases"] == expected.p50
    assert found["Runs"]["Done by, in 8 of 10"] == expected.p80
    assert found["Open"]["Done by, in half of all cases"] is None


def test_a_frozen_day_that_is_not_the_due_date_is_marked_in_the_bars(content: bytes) -> None:
    sheet = opened(content)["Timeline"]
    rules = [rule.formula[0] for found in sheet.conditional_formatting for rule in found.rules]
    assert "ISNUMBER($F6)" in rules[0]
    assert "$F6<>$E6" in rules[0]


def test_a_date_that_is_changed_in_the_workbook_changes_bar_and_state(content: bytes, tmp_path: Path) -> None:
    book = opened(content)
    table = book["Milestones"].tables["milestones_milestones"]
    header, *rows = book["Milestones"][table.ref]
    due = next(cell.column for cell in header if cell.value == "Due")
    for row in rows:
        if row[0].value in ("late", "stop", "over", "again", "anew", "ahead"):
            book["Milestones"].cell(row[0].row, due).value = date(2027, 5, 3)
    file = BytesIO()
    book.save(file)
    changed = recalculated(need(soffice(), "LibreOffice"), tmp_path, {"moved": file.getvalue()})["moved"]
    found = lines(changed)
    assert found["Late"]["Due"] == date(2027, 5, 3)
    assert found["Late"]["State"] == "Not known"
    assert found["Runs"]["State"] == "Not known"
    assert found["Next"]["State"] == "Not started"
    assert {name: found[name]["State"] for name in BY_GATES} == BY_GATES


def test_dates_are_written_in_one_way(content: bytes) -> None:
    formats = {
        cell.number_format
        for sheet in opened(content).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, datetime) or "yy" in cell.number_format
    }
    assert formats == {"d mmm yyyy"}
