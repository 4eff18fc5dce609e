"""The first page: welcome at first, then the projects, found, sorted, paged, copied and put away."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pages.parts.portfolio.projects import PER_PAGE
from scoping import samples
from scoping.health import Word
from tests.pages.tabs import Tab, links


def names(tab: Tab) -> list[str]:
    """The projects on the page, by the links that open them."""
    return [name for html in tab.html() if 'class="cards"' in html for name in links(html)]


def start(tab: Tab, *projects: str) -> list[str]:
    return [tab.store.create(samples.new_charter(name, owner, "USD"), "Ana") for name, owner in (p.split(":") for p in projects)]


def fitting(tab: Tab, search: str) -> list[str]:
    return [card.name for card in tab.store.portfolio.page(today=date(2027, 1, 1), search=search).cards]


def choose(tab: Tab, project: str, action: str) -> None:
    {"Archive": tab.store.archive, "Restore": tab.store.unarchive}[action](project, "Ana")
    tab.go("portfolio")


def test_the_first_visitor_is_welcomed_and_may_open_a_sample(tab: Tab) -> None:
    tab.go("portfolio")
    assert "Scope a machine-learning project together" in tab.texts()
    sample = samples.samples()[0]
    tab.app.button(key=f"sample.{sample.slug}").click().run()
    assert not tab.app.exception
    assert not [title.value for title in tab.app.title]
    assert tab.store.open(tab.project).charter.name == sample.charter.name


def test_who_comes_when_there_is_a_project_sees_the_projects_at_once(tab: Tab) -> None:
    tab.go("portfolio")
    start(tab, "Voice search:Dana")
    assert tab.app.run().title[0].value == "Projects"
    assert names(tab) == ["Voice search"]


def test_a_workbench_whose_projects_are_all_archived_is_no_new_one(tab: Tab) -> None:
    (project,) = start(tab, "Voice search:Dana")
    tab.store.archive(project, "Ana")
    assert tab.go("portfolio").title[0].value == "Projects"
    assert names(tab) == []
    tab.app.toggle(key="archived").set_value(True).run()
    assert names(tab) == ["Voice search"]


def test_words_of_name_and_owner_find_a_project(tab: Tab) -> None:
    start(tab, "Voice search:Dana", "Defects:Émile", "Search terms:Bo")
    tab.go("portfolio")
    tab.app.text_input(key="find").set_value("SEARCH dana").run()
    assert names(tab) == ["Voice search"]
    tab.app.text_input(key="find").set_value("nothing like it").run()
    assert names(tab) == []
    assert "No project fits" in tab.texts()


def test_drafts_and_ready_ones_are_told_apart(tab: Tab) -> None:
    start(tab, "Empty one:")
    for sample in samples.samples():
        tab.store.create(sample.as_of(datetime.now(UTC).date()), "Ana")
    tab.go("portfolio")
    everything = set(names(tab))
    assert names(tab)[0] == "Better voice search"
    assert "Late " in tab.texts()
    kinds = {}
    for word in Word:
        tab.app.selectbox(key="health").set_value(word).run()
        assert not tab.app.exception
        kinds[word] = set(names(tab))
    assert kinds[Word.LATE] == {"Better voice search"}
    assert "Empty one" in kinds[Word.DRAFT]
    assert kinds[Word.READY]
    assert sum(map(len, kinds.values())) == len(everything)
    assert set().union(*kinds.values()) == everything


def test_they_are_sorted_by_name_on_request(tab: Tab) -> None:
    start(tab, "b:", "A:", "c:")
    tab.go("portfolio")
    assert names(tab) == ["c", "A", "b"]
    tab.app.selectbox(key="sort").set_value("name").run()
    assert names(tab) == ["A", "b", "c"]


def test_many_projects_come_in_pages(tab: Tab) -> None:
    start(tab, *(f"Project {n:02}:" for n in range(PER_PAGE + 3)))
    tab.go("portfolio")
    first = names(tab)
    assert len(first) == PER_PAGE
    tab.app.session_state["page_number"] = 2
    tab.app.run()
    assert len(names(tab)) == 3
    assert not set(names(tab)) & set(first)


@pytest.mark.parametrize("search", ["Project 07", "Project 1", "Project"])
def test_a_search_on_a_later_page_shows_what_it_finds_from_the_first(tab: Tab, search: str) -> None:
    start(tab, *(f"Project {n:02}:" for n in range(2 * PER_PAGE + 3)))
    tab.go("portfolio")
    tab.app.session_state["page_number"] = 3
    tab.app.run()
    tab.app.text_input(key="find").set_value(search).run()
    assert names(tab) == sorted(fitting(tab, search), reverse=True)[:PER_PAGE]


def test_the_last_project_of_the_last_page_may_be_put_away(tab: Tab) -> None:
    start(tab, *(f"Project {n:02}:" for n in range(PER_PAGE + 1)))
    tab.go("portfolio")
    tab.app.session_state["page_number"] = 2
    tab.app.run()
    (only,) = tab.store.portfolio.page(today=date(2027, 1, 1), search="Project 00").cards
    choose(tab, only.project_id, "Archive")
    assert len(names(tab)) == PER_PAGE


def test_a_project_is_put_away_and_brought_back(tab: Tab) -> None:
    first, _ = start(tab, "Voice search:Dana", "Defects:Bo")
    choose(tab, first, "Archive")
    assert names(tab) == ["Defects"]
    tab.app.toggle(key="archived").set_value(True).run()
    assert names(tab) == ["Voice search"]
    choose(tab, first, "Restore")
    tab.app.toggle(key="archived").set_value(False).run()
    assert set(names(tab)) == {"Voice search", "Defects"}


def test_opening_a_project_leads_to_its_home(tab: Tab) -> None:
    (project,) = start(tab, "Voice search:Dana")
    tab.go("portfolio")
    assert tab.links() == {"Voice search": f"home?project={project}"}


def test_words_of_people_are_never_markup(tab: Tab) -> None:
    start(tab, "**bold** $a$ [a](b):")
    tab.go("portfolio")
    (card,) = (html for html in tab.html() if "bold" in html)
    assert "**bold** $a$ [a](b)" in card
