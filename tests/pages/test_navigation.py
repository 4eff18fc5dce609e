"""Every page leads to all others, and keeps the project open."""

from __future__ import annotations

from pages.parts import steps
from scoping import samples
from scoping.charter import SECTIONS
from tests.pages.tabs import PAGES, Tab

OF_ALL_PROJECTS = PAGES[:3]


def test_every_page_has_the_links_to_all_others(tab: Tab) -> None:
    project = tab.store.create(samples.samples()[0].charter, "Ana")
    for page in OF_ALL_PROJECTS:
        tab.go(page)
        assert [view["project"] for view in tab.views("nav")] == [""], page
    tab.open(project)
    for page in PAGES:
        tab.go(page)
        assert [view["project"] for view in tab.views("nav")] == [project], page


def test_the_overview_leads_to_every_step_and_to_what_is_missing_first(tab: Tab) -> None:
    project = tab.store.create(samples.new_charter("Voice search", "", "USD"), "Ana")
    tab.open(project)
    tab.go("home")
    found, overview = tab.links(), tab.store.open(project).overview
    assert f"To sign: {overview.met} of 16" in tab.texts()
    for section in SECTIONS:
        assert found[section.title] == f"{section.slug}?project={project}"
    for finding in overview.missing[:3]:
        assert found[finding.message].startswith(f"{steps.page(finding.part)}?project={project}&")


def test_every_link_keeps_the_project_open(tab: Tab) -> None:
    project = tab.store.create(samples.samples()[0].charter, "Ana")
    tab.open(project)
    for page in PAGES:
        run = tab.go(page)
        stray = [link.proto.label for link in run.get("page_link") if f"project={project}" not in link.proto.query_string]
        stray += [label for label, href in tab.links().items() if "?project=" not in href]
        assert not stray, page


def test_every_step_leads_to_the_one_before_and_the_one_after(tab: Tab) -> None:
    project = tab.store.create(samples.samples()[0].charter, "Ana")
    tab.open(project)
    tab.go("problems")
    assert tab.links()["Back: Overview"] == f"home?project={project}"
    assert tab.links()["Next: Solutions"] == f"solutions?project={project}"
    tab.go("rollout")
    assert tab.links()["Next: Charter"] == f"charter?project={project}"
