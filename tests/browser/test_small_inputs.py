"""Small inputs in a browser: a long link stays inside the page, and marks for missing are shown and may be answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from scoping.charter import Charter
from scoping.sections.project import Project
from tests.browser.hands import Books, Person
from tests.server import Server

INPUTS = Path(__file__).parents[1] / "faults" / "inputs"
LONG = (INPUTS / "21_long_link.txt").read_text("utf-8")
TABLE = "case,truth,predicted,noise\n1,yes,yes,car\n2,no,NA,car\n3,NA,no,wind\n4,yes,yes,wind\n"
MEASURING_MS = 60_000


@pytest.fixture
def project(books: Books) -> str:
    return books.store.create(Charter(project=Project(name="Link", summary=LONG)), "Ana")


@pytest.mark.parametrize("width", [1280, 480])
def test_a_long_link_stays_inside_page_and_printable_page(
    shared_server: Server, project: str, people: Callable[..., Person], tmp_path: Path, width: int
) -> None:
    ana = people(shared_server.url)
    ana.page.set_viewport_size({"width": width, "height": 900})
    ana.open("charter", project)
    paper = ana.page.locator(".reading .doc", has_text="sharepoint")
    expect(paper).to_be_visible()
    assert paper.evaluate("e => e.scrollWidth <= e.clientWidth")
    main = ana.page.locator("[data-testid=stMain]")
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth")
    html = ana.download("Printable page", tmp_path)
    ana.page.goto(html.as_uri())
    assert ana.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_marks_for_missing_are_shown_and_may_be_answers(
    shared_server: Server, books: Books, people: Callable[..., Person], tmp_path: Path
) -> None:
    ana = people(shared_server.url)
    ana.open("feasibility", books.store.create(Charter(), "Ana"))
    ana.turn_to("Measure")
    (tmp_path / "cases.csv").write_text(TABLE)
    ana.page.locator("input[type=file]").set_input_files(tmp_path / "cases.csv")
    marks = ana.page.get_by_role("combobox", name="Marks that are answers here")
    expect(marks).to_be_visible(timeout=MEASURING_MS)
    ana.page.get_by_role("button", name="Measure", exact=True).click()
    expect(ana.page.locator(".result", has_text=re.compile(r"100\s% of 2 cases right"))).to_be_visible(timeout=MEASURING_MS)
    expect(ana.page.get_by_text("2 cells such as “NA” were taken as missing, first in data row 3, column “truth”")).to_be_visible()
    marks.click()
    ana.page.get_by_role("option", name="“NA”").click()
    ana.page.keyboard.press("Escape")
    ana.settle()
    ana.page.get_by_role("button", name="Measure again", exact=True).click()
    expect(ana.page.locator(".result", has_text=re.compile(r"50\s% of 4 cases right"))).to_be_visible(timeout=MEASURING_MS)
