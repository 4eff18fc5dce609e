"""The home of a project writes its charter on one page while people work, and leads each of them to what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from scoping import samples
from tests.browser.hands import Books, Person
from tests.exports.one_pages import bakery
from tests.server import Server

HEARD_MS = 1_000
"""What others write stands on the page within this time."""
WISH = "Our 42 shops throw away one loaf in seven."
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def ana(shared_server: Server, browser: Browser) -> Iterator[Person]:
    ana = Person(browser, shared_server.url)
    ana.open()
    ana.call_me("Ana Ruiz")
    yield ana
    ana.close()


def row(person: Person, title: str) -> Locator:
    return person.paper().locator(".cl").filter(has=person.page.get_by_role("heading", name=title, exact=True))


def to_sign(person: Person) -> Locator:
    return person.page.locator(".card").filter(has=person.page.get_by_role("heading", name="To sign"))


def test_a_gap_leads_into_the_field_that_fills_it(ana: Person, books: Books) -> None:
    project = books.store.create(bakery(), "Marta")
    ana.open("home", project)
    row(ana, "Stop if").get_by_role("link").click()
    expect(ana.drawer()).to_be_visible()
    expect(ana.field("Stop or rework if", ana.drawer())).to_be_focused()
    ana.page.keyboard.type("Below 10 % on six shops")
    ana.page.keyboard.press("Tab")
    ana.saved("Stop or rework if", ana.drawer())
    ana.page.go_back()
    expect(row(ana, "Stop if")).to_contain_text("Below 10 % on six shops.")


def test_the_next_thing_stands_beside_it_and_all_sixteen_unfold(ana: Person, books: Books) -> None:
    project = books.store.create(bakery(), "Marta")
    overview = books.store.open(project).overview
    ana.open("home", project)
    card = to_sign(ana)
    expect(card.locator(".of16")).to_have_text(f"{overview.met} of 16")
    expect(card.locator(".dashes i.f")).to_have_count(overview.met)
    expect(card.locator(".todo a")).to_have_text([re.compile(re.escape(f.message.split(". ")[0])) for f in overview.missing[:3]])
    card.get_by_role("button", name=f"and {len(overview.missing) - 3} more").click()
    expect(card.locator(".all > .todo > li")).to_have_count(16)
    card.get_by_role("link", name="Do the first one").click()
    expect(ana.page.locator(".q.marked .control")).to_be_focused()


def test_what_somebody_else_writes_appears_in_its_row_with_their_name_and_no_page_runs(
    ana: Person, books: Books, people: Callable[..., Person], shared_server: Server
) -> None:
    project = books.store.create(bakery(), "Marta")
    ben = people(shared_server.url)
    ben.open("problems", project)
    ben.call_me("Ben Bo")
    ben.turn_to("Decisions")
    ana.open("home", project)
    runs = ana.page.evaluate("""() => { window.runs = 0; new MutationObserver(() => { window.runs += 1 })
        .observe(document.querySelector('[data-testid=stApp]'), {attributeFilter: ['data-test-script-state']}); return window.runs }""")
    asked = "What would be done differently if we could predict it?"
    ben.field(asked).click()
    ben.page.keyboard.type("We would order")
    expect(row(ana, "Problem").locator(".tag")).to_have_text(re.compile("Ben Bo is (writing|here)"))
    met = books.store.open(project).overview.met
    ben.page.keyboard.press("Tab")
    ben.saved(asked)
    expect(row(ana, "Problem")).not_to_contain_text("differently with a prediction", timeout=HEARD_MS)
    expect(to_sign(ana).locator(".of16")).to_have_text(f"{books.store.open(project).overview.met} of 16")
    expect(ana.page.locator(".changes")).to_contain_text("Ben Bo")
    assert books.store.open(project).overview.met >= met
    assert ana.page.evaluate("window.runs") == runs


def test_a_project_is_started_with_one_sentence_and_no_mouse(ana: Person, books: Books) -> None:
    ana.open()
    ana.new_project().focus()
    ana.page.keyboard.press("Enter")
    expect(ana.page.get_by_label("What do you wish were working better?")).to_be_focused()
    ana.page.keyboard.type(WISH)
    expect(ana.page.get_by_label("Name of the project")).to_have_attribute("placeholder", WISH.rstrip("."))
    ana.page.keyboard.press("Enter")
    ana.page.wait_for_url(re.compile(r"/home\?project="))
    expect(row(ana, "Problem")).to_contain_text(WISH)
    charter = books.charter(ana.page.url.partition("project=")[2])
    assert [p.statement for p in charter.problems.problems] == [WISH]
    assert charter.name == WISH.rstrip(".")


def test_without_a_word_nothing_is_started_and_it_says_why(ana: Person) -> None:
    ana.open()
    ana.new_project().click()
    ana.page.get_by_role("button", name="Start", exact=True).click()
    expect(ana.page.get_by_role("alert").filter(has_text="Write one sentence")).to_be_visible()


def test_the_questions_of_the_project_itself_are_one_click_away(ana: Person, books: Books) -> None:
    project = books.store.create(samples.samples()[0].charter, "Marta")
    ana.open("home", project)
    for tab, shown in (
        ("About the project", "How the team keeps in touch"),
        ("Open questions", "Sentences read aloud by paid speakers are close enough to real queries to help."),
        ("Ratings", "Ratings for the portfolio"),
    ):
        ana.turn_to(tab)
        if tab == "About the project":
            ana.show_more()
        expect(ana.page.get_by_text(shown).first).to_be_visible()


def test_a_project_is_duplicated_archived_and_restored(ana: Person, books: Books) -> None:
    project = books.store.create(bakery(), "Marta")
    ana.open("home", project)

    def choose(what: str) -> None:
        ana.page.get_by_role("button", name="More", exact=True).click()
        ana.page.locator(".offer").get_by_role("button", name=what).click()

    choose("Archive")
    expect(ana.page.get_by_text("This project is archived.")).to_be_visible()
    assert books.store.open(project).is_archived
    choose("Restore")
    expect(ana.page.get_by_text("This project is archived.")).to_have_count(0)
    choose("Duplicate")
    expect(ana.page.get_by_text("Duplicated.")).to_be_visible()
    ana.open()
    expect(ana.page.get_by_text("Fewer unsold goods at Brotzeit bakeries (copy)")).to_be_visible()


def test_every_file_of_the_menu_can_be_taken_away(ana: Person, books: Books, tmp_path: Path) -> None:
    project = books.store.create(samples.samples()[0].charter, "Marta")
    ana.open("home", project)
    taken = {name: ana.download(name, tmp_path) for name in ("Excel", "Printable page", "Plan for MS Project", "Contracts")}
    assert [path.suffix for path in taken.values()] == [".xlsx", ".html", ".xml", ".zip"]
    assert all(path.stat().st_size > 1_000 for path in taken.values())
    assert "Better voice search" in taken["Excel"].name


def test_on_a_phone_what_is_next_comes_first_and_stays_docked(
    books: Books, people: Callable[..., Person], shared_server: Server
) -> None:
    project = books.store.create(bakery(), "Marta")
    cem = people(shared_server.url, **PHONE)
    cem.open("home", project)
    card, paper, dock = to_sign(cem).bounding_box(), cem.paper().bounding_box(), cem.page.locator(".dock")
    assert card
    assert paper
    assert card["y"] < paper["y"]
    cem.page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 400)")
    box = dock.bounding_box()
    assert box
    assert 844 - 20 <= box["y"] + box["height"] <= 844 + 1
    dock.get_by_role("link", name="Do it").click()
    expect(cem.page.locator(".q.marked")).to_have_count(1)


def test_the_charter_is_read_from_one_page_on_and_its_contents_lead_into_chapters(ana: Person, books: Books) -> None:
    project = books.store.create(samples.samples()[0].charter, "Marta")
    ana.open("charter", project)
    contents = ana.page.get_by_role("navigation", name="Contents")
    expect(contents.get_by_role("link").first).to_have_attribute("aria-current", "location")
    chapter = ana.page.locator("details.chapter#worth-it")
    expect(chapter).to_have_js_property("open", False)
    contents.get_by_role("link", name="Worth it?").click()
    expect(chapter).to_have_js_property("open", True)
    expect(contents.get_by_role("link", name="Worth it?")).to_have_attribute("aria-current", "location")
    expect(ana.page.get_by_role("complementary", name="Sign-off")).to_contain_text("Ines Okafor")


def test_the_charter_of_an_empty_project_fits_one_screen(ana: Person, books: Books) -> None:
    ana.open("charter", books.store.create(samples.new_charter("", "", "USD"), "Marta"))
    expect(ana.page.locator(".empty")).to_be_visible()
    assert ana.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight <= innerHeight")
