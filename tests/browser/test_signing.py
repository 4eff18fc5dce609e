"""The charter as a contract in the browser: signed, changed, seen voided, compared, signed again; refused; read by a link."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from scoping.merge import Edit
from tests.browser.hands import Books, Person
from tests.browser.test_accessibility import violations
from tests.server import Server
from tests.signed import READY, asking, person

TWO = asking(READY, person("Ana Ruiz", "Sponsor"), person("Ben Ode", "Technical lead"))


@pytest.fixture(scope="module")
def dana(shared_server: Server, browser: Browser) -> Iterator[Person]:
    dana = Person(browser, shared_server.url)
    dana.open()
    yield dana
    dana.close()


def card(person: Person) -> Locator:
    return person.page.get_by_role("complementary", name="Sign-off")


def answer(person: Person, opener: str, who: str, does: str, reason: str = "") -> None:
    """Answer as one of those who are asked, with a name that is typed."""
    person.page.get_by_role("button", name=opener, exact=True).first.click()
    form = person.page.get_by_role("dialog")
    chosen = form.get_by_role("radio", name=re.compile(who))
    chosen.or_(form.get_by_text("You answer as")).first.wait_for()
    if chosen.count():
        chosen.check()
    if reason:
        form.get_by_role("textbox", name=re.compile("Why|What has to change")).fill(reason)
    form.get_by_label("Type your name").fill(who)
    form.get_by_role("button", name=does).click()
    expect(form).to_be_hidden()


def test_signed_changed_seen_voided_compared_and_signed_again(dana: Person, books: Books) -> None:
    project = books.store.create(TWO, "Dana")
    dana.open("charter", project)
    answer(dana, "Sign this version", "Ana Ruiz", "Sign version 1")
    expect(card(dana)).to_contain_text("signed version 1 on")
    expect(card(dana)).to_contain_text("name typed")
    answer(dana, "Sign this version", "Ben Ode", "Sign version 1")
    expect(card(dana)).to_contain_text("Everybody has signed.")
    expect(card(dana).get_by_role("button", name="Sign this version")).to_have_count(0)

    asked = READY.project.decision_asked
    books.store.save(project, "project", [Edit("", "", "decision_asked", asked, "Release ten million dollars.")], "Eve")
    expect(card(dana)).to_contain_text("changed since, asked again")
    expect(card(dana)).to_contain_text("Version 1, now: 1 change.")
    card(dana).get_by_role("link", name="Read it").click()
    expect(dana.page.get_by_role("heading", level=1, name=re.compile("One change matters to sign"))).to_be_visible()
    expect(dana.page.locator(".comparing")).to_contain_text("Release ten million dollars.")
    answer(dana, "Sign version 2", "Ana Ruiz", "Sign version 2")
    assert [s.stand.value for s in books.store.open(project).signing.signers] == ["holds", "void"]
    dana.page.get_by_role("link", name="Back to the charter").click()
    expect(card(dana)).to_contain_text("signed version 2 on")
    assert violations(dana) == []


def test_a_name_that_is_not_asked_signs_nothing_and_a_refusal_has_its_reason(dana: Person, books: Books) -> None:
    project = books.store.create(TWO, "Dana")
    dana.open("charter", project)
    dana.page.get_by_role("button", name="Sign this version").click()
    form = dana.page.get_by_role("dialog")
    form.get_by_role("radio", name=re.compile("Ana Ruiz")).check()
    form.get_by_label("Type your name").fill("Eve")
    with dana.complaints_expected():
        form.get_by_role("button", name="Sign version 1").click()
        expect(form.get_by_role("alert")).to_contain_text("Ana Ruiz is asked to sign here, and nobody else.")
    assert violations(dana) == []
    form.get_by_role("button", name="Cancel").click()
    dana.page.get_by_role("button", name="Say what stops me").click()
    dana.page.get_by_role("dialog").get_by_role("button", name="I do not sign").click()
    dana.page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    answer(dana, "Say what stops me", "Ben Ode", "Ask for changes", "No accuracy before two people agree.")
    expect(card(dana)).to_contain_text("asks for changes to version 1")
    expect(card(dana)).to_contain_text("No accuracy before two people agree.")
    answer(dana, "Take it back", "Ben Ode", "Take it back")
    expect(card(dana)).not_to_contain_text("asks for changes")


def test_who_signs_meanwhile_reads_what_changed_first(dana: Person, books: Books) -> None:
    project = books.store.create(TWO, "Dana")
    dana.open("charter", project)
    dana.page.get_by_role("button", name="Sign this version").click()
    form = dana.page.get_by_role("dialog")
    form.get_by_role("radio", name=re.compile("Ana Ruiz")).check()
    form.get_by_label("Type your name").fill("Ana Ruiz")
    books.store.save(project, "problems", [Edit("", "", "in_scope", READY.problems.in_scope, "Everything")], "Eve")
    with dana.complaints_expected():
        form.get_by_role("button", name="Sign version 1").click()
        expect(form.get_by_role("alert")).to_contain_text("The charter was changed while you read it.")
    assert books.store.versions.of(project) == []


def test_a_link_opens_the_charter_without_the_workbench_until_it_is_taken_back(
    dana: Person, books: Books, browser: Browser
) -> None:
    project = books.store.create(TWO, "Dana")
    books.store.versions.keep(project, "Dana", name="Before the board")
    dana.open("charter", project)
    card(dana).get_by_role("button", name="Read-only link").click()
    form = dana.page.get_by_role("dialog")
    form.get_by_role("button", name="Make a link").click()
    link = form.get_by_label(re.compile("Your link")).input_value()
    assert violations(dana) == []
    elsewhere = browser.new_context()
    reader = elsewhere.new_page()
    answered = reader.goto(link)
    assert answered is not None
    assert answered.status == 200
    assert "noindex" in answered.headers["x-robots-tag"]
    expect(reader.get_by_role("heading", level=1)).to_contain_text(READY.name)
    expect(reader.locator("[data-testid=stApp], a[href*='charter?'], script, link")).to_have_count(0)
    assert "set-cookie" not in answered.headers
    books.store.save(project, "project", [Edit("", "", "name", READY.name, "Another name")], "Eve")
    reader.reload()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Another name")
    form.get_by_role("button", name="Take it back").click()
    expect(form.get_by_role("status")).to_contain_text("Taken back.")
    gone = reader.reload()
    assert gone is not None
    assert gone.status == 410
    expect(reader.locator("body")).to_contain_text("This link was taken back")
    elsewhere.close()


def test_what_was_decided_stands_in_the_log_and_leads_to_where_it_is_written(dana: Person, books: Books) -> None:
    project = books.store.create(TWO, "Dana")
    dana.open("charter", project, "decisions")
    log = dana.page.locator(".log")
    expect(log).to_contain_text("is rejected")
    log.get_by_role("link", name=re.compile("is rejected")).first.click()
    expect(dana.drawer()).to_be_visible()
