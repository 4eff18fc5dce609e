"""The sidebar leads to every page and tells how far each step is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scoping import samples
from scoping.charter import SECTIONS
from tests.pages.tabs import PAGES, Tab


def links(tab: Tab) -> dict[str, object]:
    """The links of the sidebar by the address they lead to."""
    return {link.proto.page: link.proto for link in tab.app.sidebar.get("page_link")}


def test_without_a_project_only_what_concerns_all_projects_can_be_reached(tab: Tab) -> None:
    tab.go("portfolio")
    assert list(links(tab)) == ["", "compare", "timeline"]


@pytest.mark.parametrize(
    "charter", [samples.new_charter("Voice search", "", "USD"), samples.samples()[0].charter], ids=["empty", "sample"]
)
def test_every_page_is_linked_and_every_step_shows_its_state(tab: Tab, charter) -> None:
    project = tab.store.create(charter, "Ana")
    tab.open(project)
    tab.go("problems")
    found = links(tab)
    assert list(found) == ["", *PAGES[1:]]
    overview = tab.store.open(project).overview
    for section in SECTIONS:
        link, is_done = found[section.slug], overview.is_done(section.slug)
        assert link.label == section.title
        assert ("check_circle" in link.icon) == is_done
        assert ("radio_button_unchecked" in link.icon) != is_done
    assert [h for h in tab.app.get("html") if f"To sign: {overview.met} of 16" in h.proto.body]
    assert found["charter"].label == "Charter"
    now = tab.store.open(project).health(datetime.now(UTC).date())
    assert any(now.words in text.value for text in tab.app.sidebar.markdown)


def test_every_link_keeps_the_project_open(tab: Tab) -> None:
    project = tab.store.create(samples.samples()[0].charter, "Ana")
    tab.open(project)
    for page in PAGES:
        run = tab.go(page)
        stray = [link.proto.label for link in run.get("page_link") if f"project={project}" not in link.proto.query_string]
        assert not stray, page


def test_the_name_of_a_person_stands_beside_their_changes(tab: Tab) -> None:
    tab.open(tab.store.create(samples.samples()[0].charter, "Ana"))
    tab.go("problems")
    tab.app.text_input(key="who").set_value("  Zoë ").run()
    assert tab.app.session_state["me"] == "Zoë"
