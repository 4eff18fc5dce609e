"""The workbook for somebody who never opens the workbench, as a file of the project."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from pages.parts.charter import exports
from scoping.charter import Charter
from scoping.sections.project import Project
from storage.store import CharterStore
from tests.live import ask


@pytest.fixture
def project(store: CharterStore) -> str:
    return store.create(Charter(project=Project(name="Fewer unsold goods", owner="Ana")), "Ana")


def test_it_shows_the_steps_that_were_chosen_and_says_to_whom_it_goes_back(project: str, port: int) -> None:
    status, content = ask(port, "GET", f"projects/{project}/files/to-fill-in.xlsx?steps=ethics,data_sources&back=Bo%20Lind")
    assert status == 200
    book = openpyxl.load_workbook(BytesIO(content))
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == ["Please fill in", "Ethics", "Data sources"]
    words = " ".join(str(cell.value) for row in book["Please fill in"].iter_rows() for cell in row if cell.value)
    assert "Ana asks you" in words
    assert "send it back to Bo Lind." in words
    hidden = dict(book["_charter"].iter_rows(values_only=True))
    assert (hidden["project"], hidden["revision"]) == (project, 1)


@pytest.mark.parametrize("steps", ["", "legal", "ethics,", "project", "ethics,ethics"])
def test_steps_that_nobody_can_fill_in_are_refused_with_a_sentence(steps: str, project: str, port: int) -> None:
    status, told = ask(port, "GET", f"projects/{project}/files/to-fill-in.xlsx?steps={steps}")
    if steps.startswith("ethics"):
        assert status == 200
    else:
        assert (status, told["error"].split(".")[0]) == (422, "Say which steps are to be filled in")


def test_the_menu_offers_it_and_the_files_of_a_version_do_not() -> None:
    assert exports.TO_FILL_IN.name in [name for name, *_ in exports.MENU]
    assert exports.TO_FILL_IN not in exports.EXPORTS
