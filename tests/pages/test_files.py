"""Each kind of file comes from its address; what a file needs and is not there is told in a sentence, and nothing else breaks."""

from __future__ import annotations

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote

import pytest

from pages.parts.charter import exports
from storage.store import CharterStore
from tests.pages.test_calendars import fetch

BEGINS = {
    "pdf": b"%PDF-1.7",
    "docx": b"PK",
    "pptx": b"PK",
    "xlsx": b"PK",
    "html": b"<!DOCTYPE html>",
    "md": b"# Charter: ",
    "json": b"{",
}


@pytest.mark.parametrize("ending", BEGINS)
def test_the_charter_comes_as_each_kind_of_file_and_so_does_a_version_of_it(
    port: int, project: str, store: CharterStore, ending: str
) -> None:
    store.versions.keep(project, "Ana", name="first")
    for query in ("", "?version=1"):
        status, headers, content = fetch(port, f"/api/v1/projects/{project}/files/charter.{ending}{query}")
        assert status == 200
        assert content.startswith(BEGINS[ending])
        assert unquote(headers["Content-Disposition"]).endswith(f".{ending}")
    if ending in ("html", "md"):
        assert b"Version 1, first" in content
    if ending == "docx":
        assert b"Version 1, first" in zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")


@pytest.mark.parametrize("name", ["charter.pdf", "charter.pptx"])
def test_a_file_whose_library_is_not_installed_says_what_to_do(
    port: int, project: str, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(exports, "find_spec", lambda _: None)
    status, _, content = fetch(port, f"/api/v1/projects/{project}/files/{name}")
    assert status == 501
    told = json.loads(content)
    assert "cannot be made here" in told["error"]
    assert "requirements-extras.txt" in json.dumps(told)
    assert exports.BY_NAME[name].lacks
    assert [e.name for e in exports.EXPORTS if e.lacks] == ["charter.pdf", "charter.pptx"]
    assert fetch(port, f"/api/v1/projects/{project}/files/charter.docx")[0] == 200


def test_others_are_answered_while_a_pdf_is_made(port: int, project: str) -> None:
    with ThreadPoolExecutor(1) as pool:
        made = pool.submit(fetch, port, f"/api/v1/projects/{project}/files/charter.pdf")
        answered = 0
        while not made.done():
            assert fetch(port, f"/api/v1/projects/{project}/files/plan.csv")[0] == 200
            answered += 1
    assert made.result()[0] == 200
    assert answered > 2
