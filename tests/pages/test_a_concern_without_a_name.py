"""A concern raised without a name leaves no name behind: not in the file, the history, the exports, the log."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from pages.parts import here
from scoping import samples
from scoping.document.paper import document
from scoping.export.charter_json import to_json
from scoping.export.html import to_html
from scoping.export.markdown import to_markdown
from scoping.export.xlsx import to_xlsx
from scoping.merge import Edit
from scoping.review import overview
from storage.store import CharterStore
from tests.live import ask
from tests.pages.tabs import Tab

NAME = "Zebedee Quillfeather"
WORDS = "Somebody is served worse, and nobody says so."
AT = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The database that the tab of this test works on."""
    return tmp_path / "workbench.db"


@pytest.fixture
def project(tab: Tab, port: int, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> str:
    """A project in which a concern was raised at a browser that the store knows by NAME, twice in case it got lost."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(tab.store.people, "name", lambda _: NAME)
    project = tab.store.create(samples.samples()[0].charter, "Ana")
    for _ in range(2):
        assert ask(port, "POST", f"projects/{project}/concerns", {"id": "c9", "concern": f" {WORDS}\n"}, "d" * 24) == (
            200,
            {"ok": True},
        )
    return project


def raw(file: Path) -> bytes:
    """The database with its journal, as they lie on the disk."""
    return b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))


def exports(project: str) -> dict[str, bytes]:
    """Everything that is written out of a project."""
    opened = here.store().open(project)
    charter, number = opened.charter, opened.stamp.number
    paper = document(charter, overview(charter), revision=number, saved_at=AT)
    book = ZipFile(BytesIO(to_xlsx(charter, revision=number, saved_at=AT)))
    return {
        "json": to_json(charter, revision=number, saved_at=AT).encode(),
        "markdown": to_markdown(paper).encode(),
        "html": to_html(paper).encode(),
        **{f"xlsx {name}": book.read(name) for name in book.namelist()},
    }


def test_the_concern_is_there_once(project: str) -> None:
    *before, concern = here.store().open(project).charter.ethics.concerns
    assert tuple(before) == samples.samples()[0].charter.ethics.concerns
    assert (concern.concern, concern.raised_by, concern.raised_on) == (WORDS, "", None)


def test_the_name_stands_nowhere_in_the_file(file: Path, project: str) -> None:
    found = raw(file)
    assert WORDS.encode() in found
    for part in NAME.split():
        assert part.encode() not in found


def test_neither_history_nor_stamps_name_anybody(project: str) -> None:
    store = here.store()
    newest = store.history(project)[0]
    assert (newest.by, newest.note) == ("", "")
    assert store.open(project).stamps["ethics"].by == store.open(project).stamp.by == ""


def test_no_export_and_no_log_names_anybody(project: str, caplog: pytest.LogCaptureFixture) -> None:
    for name, data in exports(project).items():
        assert NAME.split(maxsplit=1)[0].encode() not in data, name
    assert any(WORDS.encode() in data for data in exports(project).values())
    assert NAME.split(maxsplit=1)[0] not in caplog.text
    assert WORDS not in caplog.text


def test_what_somebody_saves_by_name_would_be_found_by_the_same_search(file: Path, project: str) -> None:
    here.store().save(project, "ethics", [Edit("", "", "aired_how", samples.samples()[0].charter.ethics.aired_how, "Here")], NAME)
    assert NAME.encode() in raw(file)


def test_a_conflict_with_it_names_nobody(project: str) -> None:
    store: CharterStore = here.store()
    concern = store.open(project).charter.ethics.concerns[-1]
    saved = store.save(project, "ethics", [Edit("concerns", concern.id, "concern", "something older", "mine")], "Bo")
    assert [c.by for c in saved.conflicts] == [""]


def test_nothing_and_what_is_no_concern_are_refused(tab: Tab, port: int) -> None:
    project = tab.store.create(samples.samples()[0].charter, "Ana")
    for status, body in ((422, {"id": "c9", "concern": " "}), (400, {"id": "No id", "concern": WORDS}), (400, {"id": "c9"})):
        found, said = ask(port, "POST", f"projects/{project}/concerns", body)
        assert (found, said["ok"]) == (status, False)
    assert tab.store.open(project).charter.ethics == samples.samples()[0].charter.ethics
