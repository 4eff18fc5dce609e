"""A plan can be taken to calendars and other programs from its own page and from the charter, once there is one."""

from __future__ import annotations

from pages.parts.charter import exports
from scoping import samples
from scoping.charter import Charter
from tests.pages.tabs import Tab

FORMATS = ["Calendar of the plan", "Plan for MS Project", "Plan for Jira", "Plan for Jira, texts unchanged"]


def offered(tab: Tab) -> list[str]:
    tab.go("run")
    tab.turn_to("programs")
    assert not tab.unfold("elsewhere").exception
    said = "".join(tab.html())
    return [label for label in FORMATS if f">{label}</a>" in said]


def test_every_format_is_offered_once_there_is_a_plan(tab: Tab) -> None:
    tab.open(tab.store.create(samples.samples()[0].charter, "Ana"))
    assert offered(tab) == FORMATS
    tab.open(tab.store.create(Charter(), "Ana"))
    assert offered(tab) == []


def test_the_charter_offers_what_there_is_to_write(tab: Tab) -> None:
    for charter, labels in ((Charter(), []), (samples.samples()[0].charter, [*FORMATS, "Contracts of all data sources"])):
        project = tab.store.create(charter, "Ana")
        tab.open(project)
        tab.go("charter")
        (head,) = tab.views("homehead")
        assert head["exports"] == exports.MENU
        opened = tab.store.open(project)
        assert [e.label for e in exports.EXPORTS if e.needs and e.is_offered(opened)] == labels


def test_the_page_tells_the_address_to_which_a_calendar_subscribes(tab: Tab) -> None:
    project = tab.store.create(samples.samples()[0].charter, "Ana")
    tab.open(project)
    tab.go("run")
    tab.turn_to("programs")
    run = tab.unfold("elsewhere")
    assert any(code.value.endswith(f"/api/v1/projects/{project}/calendar.ics") for code in run.code)
