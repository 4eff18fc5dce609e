"""A file in a browser: uploaded, measured, found again after a reload, while others go on working."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from scoping import samples
from scoping.charter import Charter
from tests.browser.hands import Books, Person
from tests.server import Server

TABLE = "case,truth,predicted,noise\n1,yes,yes,car\n2,no,yes,car\n3,no,no,wind\n4,yes,yes,wind\n"
RESULT = re.compile(r"75\s% of 4 cases right")
MEASURING_MS = 60_000
"""Generous, for machines that run other things."""
PAGE_SECONDS = 10


@pytest.fixture
def ana(shared_server: Server, books: Books, people: Callable[..., Person]) -> Person:
    """Somebody at the place where a table is measured."""
    ana = people(shared_server.url)
    ana.open("feasibility", books.store.create(Charter(), "Ana"))
    turn(ana)
    return ana


def turn(person: Person) -> None:
    person.turn_to("Measure")


def choose(person: Person, path: Path) -> None:
    person.page.locator("input[type=file]").set_input_files(path)


def button(person: Person, name: str) -> Locator:
    return person.page.get_by_role("button", name=name, exact=True)


def measure(person: Person) -> None:
    expect(button(person, "Measure")).to_be_enabled(timeout=MEASURING_MS)
    button(person, "Measure").click()


def test_a_file_is_measured_and_found_again_after_a_reload(ana: Person, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(TABLE)
    choose(ana, tmp_path / "cases.csv")
    measure(ana)
    expect(ana.page.locator(".result", has_text=RESULT)).to_be_visible(timeout=MEASURING_MS)
    ana.reload()
    turn(ana)
    expect(ana.page.get_by_text("cases.csv", exact=True)).to_be_visible()
    expect(ana.page.locator(".result", has_text=RESULT)).to_be_visible()
    button(ana, "Choose another table").click()
    expect(ana.page.locator("input[type=file]")).to_be_attached()
    expect(ana.page.locator(".result", has_text=RESULT)).to_have_count(0)


def test_a_file_that_is_no_table_gets_a_sentence_and_the_next_one_is_read(ana: Person, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<!DOCTYPE html><html><body>Please sign in</body></html>")
    (tmp_path / "cases.csv").write_text(TABLE)
    choose(ana, tmp_path / "page.html")
    expect(ana.page.get_by_text("The file is a web page or XML, not a table.")).to_be_visible(timeout=MEASURING_MS)
    button(ana, "Choose another table").click()
    ana.settle()
    choose(ana, tmp_path / "cases.csv")
    expect(button(ana, "Measure")).to_be_enabled(timeout=MEASURING_MS)


def test_others_go_on_working_while_a_long_file_is_measured_and_it_can_be_cancelled(
    ana: Person, shared_server: Server, books: Books, people: Callable[..., Person], tmp_path: Path
) -> None:
    # Quotation marks keep the reader busy.
    (tmp_path / "long.csv").write_text('truth,predicted,"noise"\n' + 'yes,no,"car, loud"\n' * 4_000_000)
    choose(ana, tmp_path / "long.csv")
    measure(ana)
    expect(button(ana, "Cancel")).to_be_visible(timeout=MEASURING_MS)
    bo = people(shared_server.url)
    began = time.monotonic()
    bo.open("value", books.store.create(samples.samples()[0].charter, "Bo"))
    assert time.monotonic() - began < PAGE_SECONDS
    expect(ana.page.get_by_text("rows so far")).to_be_visible(timeout=MEASURING_MS)
    button(ana, "Cancel").click()
    expect(button(ana, "Cancel")).to_have_count(0)
    expect(button(ana, "Measure")).to_be_enabled()


def test_a_charter_of_more_than_five_megabytes_is_refused_and_the_true_limit_said(
    shared_server: Server, people: Callable[..., Person], tmp_path: Path
) -> None:
    ana = people(shared_server.url)
    (tmp_path / "huge.json").write_text('{"format": "' + "x" * 6_000_000 + '"}')
    ana.choose_a_charter(tmp_path / "huge.json")
    # The browser refuses it before anything is sent, so the words are its own; a file that comes past it gets a sentence of ours.
    expect(ana.page.get_by_text("File must be 5.0MB or smaller.")).to_be_visible(timeout=MEASURING_MS)
    expect(button(ana, "Add as a new project")).to_have_count(0)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system tells memory in another way")
def test_the_server_does_not_keep_uploads_in_memory(ana: Person, shared_server: Server, tmp_path: Path) -> None:
    (tmp_path / "large.csv").write_text("truth,predicted,noise\n" + "yes,no,car\n" * 10_000_000)
    before = resident_mb(shared_server)
    choose(ana, tmp_path / "large.csv")
    expect(button(ana, "Measure")).to_be_visible(timeout=MEASURING_MS)
    assert resident_mb(shared_server) - before < 50


def resident_mb(server: Server) -> float:
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


def test_nothing_of_an_upload_is_left_when_the_server_ends(
    people: Callable[..., Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    monkeypatch.setenv("TMPDIR", str(uploads))
    server = Server(tmp_path)
    try:
        ana = people(server.url)
        ana.start_project("Search")
        ana.go("feasibility")
        turn(ana)
        (tmp_path / "cases.csv").write_text(TABLE)
        choose(ana, tmp_path / "cases.csv")
        expect(button(ana, "Measure")).to_be_enabled(timeout=MEASURING_MS)
        assert list(uploads.glob("workbench-tables-*/*"))
        with ana.complaints_expected():
            server.stop()
            ana.close()
    finally:
        server.kill()
    assert not list(uploads.glob("workbench-tables-*"))
