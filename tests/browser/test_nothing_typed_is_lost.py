"""Whatever happens right after a key was pressed, the text is saved, or kept on the device until it can be."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from scoping import samples
from tests.browser.hands import Books, Person
from tests.server import Server
from tests.tools import until

DECISION, SCOPE = "What would be done differently if we could predict it?", "In scope"
TEXT = "We would show results for the right words: naïve, 東京, سلام"


@pytest.fixture
def project(books: Books) -> str:
    return books.store.create(samples.new_charter("Kept", "", "USD"), "")


def types(person: Person, text: str = TEXT) -> None:
    """Type as a person does, and stop without leaving the field."""
    person.field(DECISION).click()
    person.page.keyboard.type(text)


def is_saved(books: Books, project: str, text: str = TEXT) -> bool:
    return until(lambda: books.part(project, "problems").decision_changed == text)


def test_a_page_switch_at_once_keeps_the_text(
    shared_server: Server, people: Callable[..., Person], project: str, books: Books
) -> None:
    ana = people(shared_server.url)
    ana.open("problems", project, "decisions")
    types(ana)
    ana.go("solutions")
    assert is_saved(books, project)
    ana.go("problems")
    ana.turn_to("Decisions")
    expect(ana.field(DECISION)).to_have_value(TEXT)


def test_a_link_is_followed_whenever_it_is_clicked_after_a_save(
    shared_server: Server, people: Callable[..., Person], project: str, books: Books
) -> None:
    ana = people(shared_server.url)
    ana.open("problems", project, "decisions")
    for wait in range(0, 480, 80):
        ana.answer(DECISION, f"After {wait} ms")
        ana.page.wait_for_timeout(wait)
        ana.link("solutions").click()
        ana.title("solutions").wait_for()
        assert is_saved(books, project, f"After {wait} ms")
        ana.go("problems")
        ana.turn_to("Decisions")


def test_a_reload_at_once_keeps_the_text(shared_server: Server, people: Callable[..., Person], project: str, books: Books) -> None:
    ana = people(shared_server.url)
    ana.open("problems", project, "decisions")
    types(ana)
    ana.reload()
    assert is_saved(books, project)
    expect(ana.field(DECISION)).to_have_value(TEXT)


def test_closing_the_tab_at_once_keeps_the_text(
    shared_server: Server, people: Callable[..., Person], project: str, books: Books
) -> None:
    ana = people(shared_server.url)
    ana.open("problems", project, "decisions")
    types(ana)
    ana.page.close(run_before_unload=True)
    assert is_saved(books, project)
    ana.page = ana.context.new_page()
    ana.open("problems", project, "decisions")
    expect(ana.field(DECISION)).to_have_value(TEXT)


def test_a_pause_saves_without_leaving_the_field(
    shared_server: Server, people: Callable[..., Person], project: str, books: Books
) -> None:
    ana = people(shared_server.url)
    ana.open("problems", project, "decisions")
    types(ana)
    ana.saved(DECISION)
    expect(ana.field(DECISION)).to_be_focused()
    assert is_saved(books, project)


def test_a_killed_server_costs_no_text(server: Server, people: Callable[..., Person]) -> None:
    books = Books(server.database)
    project = books.store.create(samples.new_charter("Kept", "", "USD"), "")
    ana = people(server.url)
    ana.open("problems", project, "scope")
    ana.answer(SCOPE, "English")
    ana.saved(SCOPE)
    ana.turn_to("Decisions")
    with ana.complaints_expected():
        server.kill()
        types(ana)
        expect(ana.question(DECISION)).to_contain_text("Not saved yet, kept on this device. Trying again")
        ana.page.close()
        server.start()
        ana.page = ana.context.new_page()
        ana.open("problems", project, "decisions")
    expect(ana.field(DECISION)).to_have_value(TEXT)
    ana.saved(DECISION)
    assert is_saved(books, project)
    assert books.part(project, "problems").in_scope == "English"
    with ana.complaints_expected():
        server.kill()
        types(ana, " And more.")
        expect(ana.question(DECISION)).to_contain_text("Trying again")
        server.start()
        assert until(lambda: books.part(project, "problems").decision_changed.endswith(" And more."), 30)
    books.store.close()


def answers_first_with(person: Person, *statuses: int) -> list[int]:
    """The next saves of a person meet trouble before they reach the server; returns the list of what they met so far."""
    met: list[int] = []

    def meet(route: Route) -> None:
        if len(met) == len(statuses):
            route.continue_()
            return
        met.append(statuses[len(met)])
        body = {"ok": False, "error": "The database is busy.", "errors": ["The database is busy."], "status": met[-1]}
        route.fulfill(status=met[-1], json=body, headers={"Retry-After": "1"})

    person.page.route("**/api/v1/projects/*/edits", meet)
    return met


def test_trouble_that_passes_is_tried_again_until_the_text_is_saved(
    shared_server: Server, people: Callable[..., Person], project: str, books: Books
) -> None:
    ana = people(shared_server.url)
    ana.open("problems", project, "decisions")
    met = answers_first_with(ana, 503, 502)
    with ana.complaints_expected():
        types(ana)
        expect(ana.question(DECISION)).to_contain_text("Not saved yet, kept on this device. Trying again")
        ana.saved(DECISION)
    assert met == [503, 502]
    assert is_saved(books, project)
    expect(ana.question(DECISION).locator(".wrong")).to_be_hidden()


def test_a_refusal_is_told_and_never_tried_again(
    shared_server: Server, people: Callable[..., Person], project: str, books: Books
) -> None:
    ana = people(shared_server.url)
    ana.open("problems", project, "decisions")
    met = answers_first_with(ana, *[422] * 10)
    with ana.complaints_expected():
        types(ana)
        expect(ana.question(DECISION).locator(".wrong")).to_contain_text("The database is busy.")
        ana.page.wait_for_timeout(4_000)
    assert met == [422]
    ana.page.unroute("**/api/v1/projects/*/edits")
