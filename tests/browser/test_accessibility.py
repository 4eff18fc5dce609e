"""Nothing stands in the way of people who see, hear or move differently: axe-core finds no violation of WCAG A and AA."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from scoping import samples
from scoping.merge import Edit
from tests.browser.hands import PAGES, Books, Person
from tests.server import Server

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
UNFOLD = """() => document.querySelectorAll('*').forEach(
    box => box.shadowRoot?.querySelectorAll('details').forEach(more => { more.open = true }))"""


@pytest.fixture(scope="module")
def sample(books: Books) -> str:
    return books.store.create(samples.samples()[0].as_of(datetime.now(UTC).date()), "Dana")


def violations(person: Person) -> list[str]:
    """Each rule with the elements that break it."""
    found: list[dict[str, Any]] = Axe().run(person.page, options=RULES).response["violations"]
    return [f"{rule['id']} {node['target']}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]


in_both = pytest.mark.parametrize("colours", ["light", "dark"])


@in_both
def test_every_page_with_all_questions_unfolded(
    colours: str, shared_server: Server, sample: str, people: Callable[..., Person]
) -> None:
    person = people(shared_server.url, color_scheme=colours)
    for slug in PAGES:
        person.open(slug, sample if slug else "")
        person.page.evaluate(UNFOLD)
        assert not violations(person), slug


@in_both
def test_the_dialogs(colours: str, shared_server: Server, sample: str, people: Callable[..., Person]) -> None:
    person = people(shared_server.url, color_scheme=colours)
    for button in ("Samples", "Import", "New project"):
        person.open()
        if button == "New project":
            person.page.get_by_role("button", name=button).click()
        else:
            person.more(button)
        person.page.get_by_role("dialog").wait_for()
        person.settle()
        assert not violations(person), button


@in_both
def test_an_unknown_a_refused_and_a_contested_answer(
    colours: str, shared_server: Server, books: Books, people: Callable[..., Person]
) -> None:
    project = books.store.create(samples.new_charter("Contested", "", "USD"), "")
    person = people(shared_server.url, color_scheme=colours)
    person.open("rollout", project)
    person.question("Who may roll back").get_by_role("button", name="Don’t know yet").click()
    person.saved("Who may roll back")
    person.show_more()
    with person.complaints_expected():
        person.answer("Share of users at the start", "all of it")
        expect(person.question("Share of users at the start")).to_contain_text("is not a number")
    with person.offline():
        person.answer("Expected load", "80 a second")
        expect(person.question("Expected load")).to_contain_text("kept on this device")
        books.store.save(project, "rollout", [Edit("", "", "load", "", "120 a second")], "Ben")
    expect(person.question("Expected load")).to_contain_text("Ben saved a different answer")
    assert not violations(person)
