"""What came of a workshop: its record on the page and as files, its sheet in the workbook, and its name beside every change."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from pages.parts.charter import records
from scoping.charter import Charter
from scoping.sections.project import Project
from storage.store import CharterStore
from tests.live import ask
from tests.pages.tabs import Tab
from tests.pages.test_workshops import Person, device
from tests.tools import need, soffice

Json = dict[str, Any]


@pytest.fixture
def held(store: CharterStore, port: int) -> tuple[str, str]:
    """A project and its workshop, in which a problem was found and a number typed."""
    project = store.create(Charter(project=Project(name="Fewer unsold goods")), "Ana")
    at = device()
    body = {"name": "First look", "leader": {"name": "Ana", "side": "business"}}
    _, made = ask(port, "POST", f"projects/{project}/workshops", body, at)
    ana, bo = Person(port, made["id"], at), Person(port, made["id"])
    bo.join("Bo", side="technical")
    ana({"kind": "go", "question": "wish", "seen": ""})
    bo({"kind": "card", "question": "wish", "id": "c1", "text": "A fifth is unsold."})
    ana({"kind": "turn", "question": "wish", "phase": "grouping", "seen": "writing"})
    status, told = ask(
        port, "POST", f"workshops/{made['id']}/settle", {"kind": "settle", "question": "wish", "how": "taken", "chosen": ["c1"]}, at
    )
    assert status == 200, told
    (problem,) = store.open(project).charter.problems.problems
    item = {"list": "problems", "record": problem.id, "cells": {"baseline_value": [None, "21"]}}
    status, told = ask(port, "POST", f"projects/{project}/edits", {"part": "problems", "items": [item], "workshop": made["id"]}, at)
    assert told["refused"] == [], told
    return project, made["id"]


def test_every_change_of_the_room_knows_its_workshop_and_others_know_none(
    held: tuple[str, str], store: CharterStore, port: int
) -> None:
    project, workshop = held
    assert {r.workshop for r in store.history(project)} == {"", workshop}
    assert [r.number for r in store.history(project, workshop=workshop)] == [
        r.number for r in store.history(project) if r.number > 1
    ]
    (problem,) = store.open(project).charter.problems.problems
    _, told = ask(port, "GET", f"projects/{project}/history?part=problems&list=problems&record={problem.id}")
    assert {one["workshop"] for one in told["changes"]} == {workshop}


def test_an_edit_cannot_name_the_workshop_of_another_project(held: tuple[str, str], store: CharterStore, port: int) -> None:
    other = store.create(Charter(), "Ana")
    item = {"cells": {"in_scope": ["", "All shops"]}}
    status, told = ask(port, "POST", f"projects/{other}/edits", {"part": "problems", "items": [item], "workshop": held[1]})
    assert (status, told["error"][:39]) == (422, "This workshop belongs to another projec")
    assert store.open(other).charter.problems.in_scope == ""


def test_the_record_is_a_file_of_three_kinds(held: tuple[str, str], port: int) -> None:
    _, workshop = held
    for kind in ("md", "html"):
        status, content = ask(port, "GET", f"workshops/{workshop}/record.{kind}")
        assert status == 200
        assert "A fifth is unsold." in content.decode()
        assert "To sign: 0 of 16 before, 0 of 16 after." in content.decode()
    status, content = ask(port, "GET", f"workshops/{workshop}/record.docx")
    assert status == 200
    assert any("2 people answered 1 of 26 questions" in p.text for p in Document(BytesIO(content)).paragraphs)
    assert ask(port, "GET", f"workshops/{workshop}/record.pdf")[0] == 404
    assert ask(port, "GET", "workshops/nosuch/record.md")[0] == 404


def test_the_workbook_has_a_sheet_of_workshops(held: tuple[str, str], port: int) -> None:
    project, _ = held
    _, content = ask(port, "GET", f"projects/{project}/files/charter.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(content))["Workshops"]
    cells = {str(value) for row in sheet.iter_rows(values_only=True) for value in row if value}
    assert {"A fifth is unsold.", "Today it stands at"} & cells == {"A fifth is unsold."}
    assert any("Today it stands at" in cell for cell in cells)


def test_the_page_tells_the_newest_or_the_one_that_is_asked_for(
    tab: Tab, held: tuple[str, str], store: CharterStore, port: int
) -> None:
    project, workshop = held
    tab.open(project)
    tab.go("workshops")
    (html,) = (piece for piece in tab.html() if "A fifth is unsold." in piece)
    assert "record.docx" in html
    assert "Go on with it" in html
    ask(port, "POST", f"projects/{project}/workshops", {"name": "Second look", "leader": {"name": "Ana"}}, device())
    tab.go("workshops")
    (html,) = (piece for piece in tab.html() if "Second look" in piece)
    assert "Ana and Bo" in html
    assert "A fifth is unsold." not in html
    tab.app.query_params["room"] = workshop
    tab.go("workshops")
    assert any("A fifth is unsold." in piece for piece in tab.html())


def test_history_says_in_which_workshop_something_was_changed(tab: Tab, held: tuple[str, str]) -> None:
    project, workshop = held
    tab.open(project)
    tab.go("history")
    (html,) = (piece for piece in tab.html() if "in the workshop of" in piece)
    assert f"room={workshop}" in html


def test_the_word_file_opens_in_another_program_with_all_of_its_text(
    held: tuple[str, str], store: CharterStore, tmp_path: Path
) -> None:
    _, workshop = held
    program, file = need(soffice(), "LibreOffice"), tmp_path / "record.docx"
    found = records.of(store, store.workshops.get(workshop))
    file.write_bytes(found.to_docx())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", tmp_path, file]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    text = (tmp_path / "record.txt").read_text("utf-8-sig")
    assert found.title in text
    assert [c.title for c in found.chapters if c.title not in text] == []
    assert "A fifth is unsold." in text
