"""A project that is some days late with missed targets is late wherever it stands, although nothing to sign is missing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from pages.parts import here
from pages.parts.charter import exports
from scoping import samples
from scoping.export.digest import digest
from scoping.health import Word
from scoping.milestones import checkin
from scoping.milestones import plan as milestones_plan
from storage.portfolio import Which
from tests.pages.tabs import Tab

TODAY = datetime.now(UTC).date()
DAYS = 3 + TODAY.weekday()
"""The dates of a sample move by whole weeks."""
WORDS = f"Late {DAYS} days"
BADGE = f'<span class="badge late"><span class="icon" aria-hidden="true">schedule</span>{WORDS}</span>'
REASON = "2 of 5 targets are missed: Word-level accuracy, 91.2\u00a0% (at least 91.3\u00a0%)"


@pytest.fixture
def project(tab: Tab) -> str:
    charter = next(s for s in samples.samples() if s.slug == "voice_search").as_of(TODAY)
    number = tab.store.create(charter, "Ana")
    assert tab.store.open(number).overview.missing == ()
    tab.open(number)
    return number


def said(tab: Tab) -> str:
    """What the page says, without the signs that keep people's words from being markup."""
    return tab.texts().replace("\\", "")


def test_the_page_says_that_it_is_late_and_why(tab: Tab, project: str) -> None:
    assert not tab.go("charter").exception
    assert BADGE in "".join(tab.html())
    assert REASON in said(tab)
    assert "Ready to sign" not in said(tab)


def test_its_card_says_that_it_is_late_and_why(tab: Tab, project: str) -> None:
    tab.go("portfolio")
    (cards,) = (html for html in tab.html() if "Better voice search" in html)
    assert BADGE in cards
    assert "2 of 5 targets are missed" in cards


def test_every_file_and_answer_says_so(tab: Tab, project: str) -> None:
    opened = here.store().open(project)

    def made(name: str) -> Any:
        return exports.BY_NAME[name].make(exports.Told(project=opened, today=TODAY))

    summary = load_workbook(BytesIO(made("charter.xlsx")))["Summary"]
    cells = [str(cell.value) for row in summary.iter_rows() for cell in row if cell.value]
    assert WORDS in cells
    assert any(REASON in cell for cell in cells)
    assert not any("Nothing keeps this charter a draft" in cell or cell.startswith("Ready to sign") for cell in cells)
    stands = {"word": "late", "days_late": DAYS, "reason": opened.health(TODAY).reason, "as_of": TODAY.isoformat()}
    assert json.loads(made("charter.json"))["health"] == stands
    calendar = made("plan.ics").decode().replace("\r\n ", "")
    assert f"X-WR-CALDESC:{WORDS}: " in calendar
    assert "Late: “Word-level accuracy”\\, “Search-result quality” are late" in calendar
    for text in (made("charter.html"), made("charter.md")):
        assert WORDS in text
        assert "Ready to sign" not in text
    plan = opened.charter.milestones
    told = digest("Voice", checkin.look(plan, milestones_plan.plan(plan, TODAY)), None, (), opened.health(TODAY))
    assert f"**{WORDS}**" in told.to_markdown()


def test_a_file_made_today_of_a_project_saved_long_ago_tells_how_it_is_today(tab: Tab, project: str) -> None:
    opened = here.store().open(project)
    later = TODAY + timedelta(days=40)
    assert opened.health(later).days_late == DAYS + 40
    cards = here.store().portfolio.page(today=later, which=Which(word=Word.LATE)).cards
    assert [card.health.words for card in cards] == [f"Late {DAYS + 40} days"]
