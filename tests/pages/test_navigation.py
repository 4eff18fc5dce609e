"""Every page leads to all others, and keeps the project open."""

from __future__ import annotations

from scoping import samples
from tests.pages.tabs import PAGES, Tab

OF_ALL_PROJECTS = PAGES[:1]


def test_every_page_has_the_links_to_all_others(tab: Tab) -> None:
    project = tab.store.create(samples.samples()[0].charter, "Ana")
    for page in OF_ALL_PROJECTS:
        tab.go(page)
        assert [view["project"] for view in tab.views("nav")] == [""], page
    tab.open(project)
    for page in PAGES:
        tab.go(page)
        assert [view["project"] for view in tab.views("nav")] == [project], page


def test_the_home_shows_the_charter_and_what_is_next_without_a_run_for_either(tab: Tab) -> None:
    project = tab.store.create(samples.new_charter("Voice search", "", "USD"), "Ana")
    tab.open(project)
    assert not tab.go("home").exception
    assert [view["project"] for view in tab.views("home")] == [project]
    for name in ("about", "open", "ratings"):
        assert not tab.turn_to(name).exception
        assert tab.views("home") == []
        assert tab.views("sheet") or tab.views("list")


def test_every_link_keeps_the_project_open(tab: Tab) -> None:
    project = tab.store.create(samples.samples()[0].charter, "Ana")
    tab.open(project)
    for page in PAGES:
        run = tab.go(page)
        stray = [link.proto.label for link in run.get("page_link") if f"project={project}" not in link.proto.query_string]
        stray += [label for label, href in tab.links().items() if "?project=" not in href]
        assert not stray, page
