"""Past projects come out of any table, read in a process of its own, and are kept for all projects."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import here
from pages.parts.milestones import counting
from scoping.charter import Charter
from scoping.milestones.reference_class import Past

ROWS = [
    ["Project", "Kind", "Planned days", "Actual days"],
    ["Chat", "Bot", 10, 15],
    ["Scan", "Image", 20, None],
    ["Chat", "Bot", 10, 16],
]


def _page(project: str) -> None:
    """The outside view on a page of its own. It runs as a script of its own."""
    from pages.parts import here
    from pages.parts.milestones import past_projects
    from scoping.sections.milestones import SECTION

    past_projects.outside_view(here.Step(SECTION, here.store().open(project)))


def _measuring(project: str) -> None:
    """The one place to drop a file, on a page of its own. It runs as a script of its own."""
    from pages.parts import here
    from pages.parts.feasibility import measure
    from scoping.sections.feasibility import SECTION

    measure.show(here.Step(SECTION, here.store().open(project)))


class Page:
    """The page of one person."""

    def __init__(self, script: Callable[[str], None] = _page) -> None:
        project = here.store().create(Charter(), "Ana")
        self.app = AppTest.from_function(script, args=(project,), default_timeout=30)
        self.app.session_state["desk"] = "ana"
        self.app.session_state[f"milestones.past.{project}"] = True
        self.run()

    def run(self) -> None:
        self.app.run()
        assert not self.app.exception

    def wait(self) -> None:
        deadline = time.monotonic() + 60
        while self.app.get("progress") and time.monotonic() < deadline:
            time.sleep(0.05)
            self.run()
        assert not self.app.get("progress")

    def press(self, label: str) -> None:
        next(b for b in self.app.button if b.label == label).click().run()
        assert not self.app.exception
        self.wait()

    def texts(self) -> str:
        kinds = ("markdown", "caption", "warning", "error")
        return "\n".join(e.value for kind in kinds for e in self.app.get(kind)).replace("\\", "")


@pytest.fixture
def page(new_tab: Callable[[], Any]) -> Page:
    new_tab()
    return Page()


def book() -> bytes:
    made, out = openpyxl.Workbook(), io.BytesIO()
    for row in ROWS:
        made.active.append(row)  # type: ignore[union-attr]
    made.save(out)
    return out.getvalue()


def test_projects_of_a_workbook_are_looked_at_and_kept(page: Page) -> None:
    page.app.file_uploader[0].upload("past.xlsx", book(), "application/octet-stream").run()
    page.wait()
    page.press("Read the projects")
    assert "Line 3: “Actual days” is empty" in page.texts()
    assert counting.past() == ()
    page.press("Add these 2 projects")
    assert counting.past() == (Past("Chat", "Bot", 10, 16),)
    assert "1 past project (1 of the kind “Bot”) added." in page.texts()
    assert "1 stands in the file more than once" in page.texts()


def test_pasted_rows_are_read_as_a_file_is(page: Page) -> None:
    page.app.text_area[0].set_value("Project;Planned days;Actual days\nScan;10,5;20\n").run()
    page.press("Read these rows")
    page.press("Read the projects")
    page.press("Add this project")
    assert counting.past() == (Past("Scan", "", 10.5, 20),)


def test_what_is_no_table_gets_a_sentence(page: Page) -> None:
    page.app.file_uploader[0].upload("past.pdf", b"%PDF-1.7 nothing", "application/pdf").run()
    page.wait()
    assert "PDF document" in page.texts()


def test_past_projects_dropped_where_all_files_are_dropped_are_not_asked_for_again(new_tab: Callable[[], Any]) -> None:
    new_tab()
    page = Page(_measuring)
    page.app.file_uploader[0].upload("past.xlsx", book(), "application/octet-stream").run()
    page.wait()
    assert page.app.radio[0].value == "past"
    page.press("Read the projects")
    page.press("Add these 2 projects")
    assert counting.past() == (Past("Chat", "Bot", 10, 16),)
    assert "added." in page.texts()
