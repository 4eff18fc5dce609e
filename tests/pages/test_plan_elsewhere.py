"""A plan can be taken to calendars and other programs from its own page and from the charter, once there is one."""

from __future__ import annotations

import pytest

from scoping import samples
from scoping.charter import Charter
from tests.pages.tabs import Tab

FORMATS = [
    "Calendar of the plan (iCalendar)",
    "Plan for MS Project (XML)",
    "Plan for Jira's importer (CSV)",
    "The same with texts unchanged",
]


def offered(tab: Tab, page: str) -> list[str]:
    tab.go(page)
    tab.turn_to("programs")
    run = tab.unfold({"run": "elsewhere", "charter": "download.more"}[page])
    assert not run.exception
    return [b.proto.label for b in run.get("download_button") if b.proto.label in FORMATS]


@pytest.mark.parametrize("page", ["run", "charter"])
def test_every_format_is_offered_once_there_is_a_plan(tab: Tab, page: str) -> None:
    tab.open(tab.store.create(samples.samples()[0].charter, "Ana"))
    assert offered(tab, page) == FORMATS
    tab.open(tab.store.create(Charter(), "Ana"))
    assert offered(tab, page) == []


def test_the_page_tells_the_address_to_which_a_calendar_subscribes(tab: Tab) -> None:
    project = tab.store.create(samples.samples()[0].charter, "Ana")
    tab.open(project)
    tab.go("run")
    tab.turn_to("programs")
    run = tab.unfold("elsewhere")
    assert any(code.value.endswith(f"/api/v1/projects/{project}/calendar.ics") for code in run.code)
