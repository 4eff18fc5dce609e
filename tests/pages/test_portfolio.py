"""The first page: welcome at first, then the projects, found, sorted, paged, copied and put away."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from pages.parts import steps
from pages.parts.portfolio import menu
from pages.parts.portfolio.look import PER_PAGE, Look, View
from scoping import samples
from scoping.charter import Charter
from scoping.health import Word
from scoping.sections.project import Project, Signature
from tests.pages.tabs import Tab

TODAY = datetime.now(UTC).date()


def names(tab: Tab) -> list[str]:
    """The projects on the page, by the links that open them."""
    return [re.sub(r"<[^>]+>", "", name) for html in tab.html() for name in re.findall(r'class="opener go"[^>]*>(.*?)</a>', html)]


def drawn(tab: Tab) -> str:
    """All that the page shows as HTML."""
    return "".join(tab.html())


def look(tab: Tab, **asked: str) -> None:
    """Open the page at an address."""
    tab.app.query_params.clear()
    for name, value in asked.items():
        tab.app.query_params[name] = value
    tab.go("portfolio")
    assert not tab.app.exception


def start(tab: Tab, *projects: str) -> list[str]:
    return [tab.store.create(samples.new_charter(name, owner, "USD"), "Ana") for name, owner in (p.split(":") for p in projects)]


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
    tab.app.run()
    assert "<h1>Projects</h1>" in drawn(tab)
    assert names(tab) == ["Voice search"]


def test_a_workbench_whose_projects_are_all_archived_leads_to_them(tab: Tab) -> None:
    (project,) = start(tab, "Voice search:Dana")
    tab.store.archive(project, "Ana")
    look(tab)
    assert names(tab) == []
    assert "All projects are archived." in tab.texts()
    assert "state=archived" in drawn(tab)
    look(tab, state="archived")
    assert names(tab) == ["Voice search"]
    assert "Archived" in drawn(tab)
    assert "Draft" not in drawn(tab)


def test_what_is_typed_is_found_and_stands_in_the_address(tab: Tab) -> None:
    start(tab, "Voice search:Dana", "Defects:Émile", "Search terms:Bo")
    tab.go("portfolio")
    tab.app.text_input(key="portfolio.find").set_value("SEARCH dana").run()
    assert names(tab) == ["Voice search"]
    assert tab.app.query_params["find"] == "SEARCH dana"
    assert "1 project found" in tab.texts()
    tab.app.text_input(key="portfolio.find").set_value("nothing like it").run()
    assert names(tab) == []
    assert "No project says “nothing like it”" in tab.texts()
    tab.app.text_input(key="portfolio.find").set_value("").run()
    assert len(names(tab)) == 3
    assert "find" not in tab.app.query_params


@pytest.mark.parametrize("view", list(View))
def test_search_and_states_hold_for_every_view(tab: Tab, view: View) -> None:
    for sample in samples.samples():
        tab.store.create(sample.as_of(TODAY), "Ana")
    look(tab, view=view.value, find="phones", state="draft")
    shown = drawn(tab)
    assert f"view={View.MAP.value}&amp;find=phones&amp;state=draft" in shown
    assert "Better voice search" not in shown
    assert tab.app.text_input(key="portfolio.find").value == "phones"
    assert tab.app.selectbox(key="portfolio.state").value == "draft"


def test_states_are_told_apart(tab: Tab) -> None:
    start(tab, "Empty one:")
    for sample in samples.samples():
        tab.store.create(sample.as_of(TODAY), "Ana")
    look(tab)
    everything = set(names(tab))
    assert names(tab)[0] == "Better voice search"
    assert "Late " in tab.texts()
    kinds = {}
    for word in Word:
        tab.app.selectbox(key="portfolio.state").set_value(word.value).run()
        assert not tab.app.exception
        kinds[word] = set(names(tab))
    assert kinds[Word.LATE] == {"Better voice search"}
    assert "Empty one" in kinds[Word.DRAFT]
    assert sum(map(len, kinds.values())) == len(everything)
    assert set().union(*kinds.values()) == everything


def test_many_projects_come_a_page_at_a_time(tab: Tab) -> None:
    start(tab, *(f"Project {n:02}:" for n in range(PER_PAGE + 3)))
    look(tab)
    assert len(names(tab)) == PER_PAGE
    assert "Show 3 more" in tab.texts()
    look(tab, shown=str(2 * PER_PAGE))
    assert len(names(tab)) == PER_PAGE + 3
    assert "more</a>" not in drawn(tab)
    tab.app.text_input(key="portfolio.find").set_value("02").run()
    assert names(tab) == ["Project 02"]
    assert "shown" not in tab.app.query_params


@pytest.mark.parametrize(
    "asked", [{"view": "x"}, {"state": "x"}, {"shown": "x"}, {"shown": "99999999"}, {"shown": "-1"}, {"find": "\x00%"}]
)
def test_an_address_that_means_nothing_shows_projects_as_usual(tab: Tab, asked: dict[str, str]) -> None:
    start(tab, "A:", "B:")
    look(tab, **asked)
    assert names(tab) == ["B", "A"] or "find" in asked


def test_few_projects_are_offered_samples_and_many_are_not(tab: Tab) -> None:
    start(tab, "A:")
    look(tab)
    assert "Look at a finished one" in tab.texts()
    start(tab, "B:", "C:")
    look(tab)
    assert "Look at a finished one" not in tab.texts()


def test_the_sentence_sums_up_and_never_counts_the_unknown(tab: Tab) -> None:
    start(tab, "Empty one:")
    look(tab)
    assert "<b>One live project</b>, and nothing is known of cost and worth yet." in drawn(tab)
    for sample in samples.samples():
        tab.store.create(sample.as_of(TODAY), "Ana")
    look(tab)
    (said,) = (html for html in tab.html() if 'class="sum"' in html)
    assert "<b>Six live projects</b> in three currencies. The four in USD ask for <b>$984,000</b> and may be worth <b>" in said
    assert "The other two join the sum once rates to USD are given, under Compare." in said
    assert "One does not say yet what it may be worth." in said
    tab.store.portfolio.keep_setting("compare", {"currency": "EUR", "rates": {"EUR": {"USD": 0.9, "GBP": 1.2}}})
    look(tab)
    (said,) = (html for html in tab.html() if 'class="sum"' in html)
    assert "ask for <b>€1.25 million</b>" in said


def test_a_card_says_why_what_it_asks_and_what_comes_next(tab: Tab) -> None:
    tab.store.create(next(s for s in samples.samples() if s.slug == "voice_search").as_of(TODAY), "Ana")
    start(tab, "Empty one:Dana Lee")
    look(tab)
    (cards,) = (html for html in tab.html() if 'class="cards"' in html)
    late, empty = cards.split("<li>")[1:]
    assert "targets are missed" in late
    assert "$450,000" in late
    assert "to 820,000" in late
    assert "of 16" not in late
    assert "To sign: 0 of 16" in empty
    assert empty.count("not known yet") == 2
    assert 'class="rng none"' in empty
    assert 'aria-label="Dana Lee"' in empty


def test_the_menu_of_a_card_puts_away_brings_back_and_duplicates(tab: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = Project(name="Voice search", signatures=(Signature(id="s", name="Dana"),))
    project = tab.store.create(Charter(project=signed), "Ana")
    monkeypatch.setattr(menu.here, "me", lambda: "Ana")
    menu.act(project, "duplicate")
    (copy,) = (c for c in tab.store.portfolio.page(today=TODAY).cards if c.project_id != project)
    assert copy.name == "Voice search (copy)"
    assert tab.store.open(copy.project_id).charter.project.signatures == ()
    assert tab.store.open(project).charter.project == signed
    menu.act(project, "archive")
    look(tab)
    assert names(tab) == ["Voice search (copy)"]
    menu.act(project, "restore")
    look(tab)
    assert set(names(tab)) == {"Voice search", "Voice search (copy)"}


@pytest.mark.parametrize(("page", "view"), [("compare", View.RANKING), ("ranking", View.RANKING), ("timeline", View.TIMELINE)])
def test_old_addresses_lead_to_the_views(page: str, view: View) -> None:
    assert steps.moved(page, "") == Look(view).href() == f"./?view={view.value}"


def test_opening_a_project_leads_to_its_home(tab: Tab) -> None:
    (project,) = start(tab, "Voice search:Dana")
    tab.go("portfolio")
    assert tab.links()["Voice search"].endswith(f"?project={project}")


def test_words_of_people_are_never_markup(tab: Tab) -> None:
    start(tab, "**bold** $a$ [a](b):")
    tab.go("portfolio")
    (card,) = (html for html in tab.html() if 'class="cards"' in html)
    assert "**bold** $a$ [a](b)" in card
