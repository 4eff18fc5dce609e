"""A bakery scopes in one workshop: a leader, a phone and somebody who comes late walk the whole agenda until nothing is missing to sign."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from scoping.charter import Charter
from scoping.sections.project import Project
from scoping.signing.conditions import conditions
from scoping.words import day_words
from tests.browser.halls import PHONE, Guest
from tests.browser.hands import Books, Person
from tests.browser.test_accessibility import violations
from tests.browser.walks import Walk
from tests.server import Server


@pytest.fixture
def project(books: Books) -> str:
    return books.store.create(Charter(project=Project(name="Fewer unsold goods", currency="EUR")), "Marta")


def test_it_leads_from_the_code_to_a_charter_that_is_ready_to_sign(
    people: Callable[..., Person], shared_server: Server, books: Books, project: str
) -> None:
    marta = Guest(people(shared_server.url), "Marta Vogel")
    marta.start(project)
    jonas = Guest(people(shared_server.url, **PHONE), "Jonas Reit")
    jonas.join(marta.code)
    walk = Walk(marta, [jonas], lambda guest: nothing_in_the_way(guest))
    marta.press("Start")
    walk.problem()
    walk.ideas()
    walk.can_it_work()

    aylin = Guest(people(shared_server.url, color_scheme="dark"), "Aylin Demir")
    aylin.page.goto(f"{shared_server.url}/join")
    aylin.page.get_by_role("textbox", name="Code").fill(marta.code.upper())
    aylin.press("Join")
    expect(aylin.page.locator(".entry")).to_contain_text("The room is at question 12 of 26")
    aylin.say_who("Technical")
    walk.guests.append(aylin)
    walk.worth_it()
    walk.right()
    walk.data()
    walk.plan()

    assert all(c.is_met for c in conditions(books.charter(project)))
    for one in (marta, aylin):
        expect(one.page.locator(".sign")).to_contain_text("16 of 16")
    marta.onward().click()
    expect(marta.onward()).to_have_text("End it for all?")
    marta.onward().click()
    expect(jonas.page.locator(".lobby")).to_contain_text("It has ended")
    marta.page.get_by_role("link", name="Read the charter").click()
    marta.person.settle()
    expect(marta.page.locator("[data-testid=stMain]")).to_contain_text("Release two people until 31 March.")
    marta.person.open("home", project)
    expect(marta.page.locator("[data-testid=stSidebar]")).to_contain_text("Ready to sign")


def nothing_in_the_way(guest: Guest) -> None:
    """Whoever sees, hears or moves differently takes part alike."""
    found = violations(guest.person)
    assert not found, f"{guest.name} at “{guest.page.get_by_role('heading', level=1).inner_text()}”: {found}"


def test_what_is_prepared_on_two_days_is_on_the_wall_when_the_room_starts(
    people: Callable[..., Person], shared_server: Server, project: str
) -> None:
    marta = Guest(people(shared_server.url), "Marta Vogel")
    marta.start(project)
    jonas, aylin = (Guest(people(shared_server.url, **look), name) for look, name in ((PHONE, "Jonas Reit"), ({}, "Aylin Demir")))
    for guest in (jonas, aylin):
        guest.join(marta.code)
    marta.press("Open questions before you meet")
    day = day_words((datetime.now(UTC) + timedelta(days=2)).date())
    marta.page.get_by_role("textbox", name="Until").fill(day)
    marta.press("Open them now")
    wish, who = "What do you wish were working better?", "Who feels it, and how?"

    # The first day
    said = {jonas: "Shop managers guess the order after a long day", aylin: "Pretzels are sold out before people leave work"}
    for guest, text in said.items():
        expect(guest.page.locator(".lobby")).to_contain_text(f"Open until {day}")
        guest.press(re.compile("^Prepare"))
        guest.at(wish)
        guest.write(text)
        expect(guest.own()).to_have_count(1)
    expect(marta.page.locator(".banner", has_text="hidden until its question")).to_contain_text("2 thoughts wait")
    aylin.person.context.clear_cookies(name="nothing")
    rooms = {guest: guest.page.url for guest in said}
    for guest in said:
        guest.page.goto("about:blank")

    # The second day
    for guest, url in rooms.items():
        guest.page.goto(url)
        guest.at(wish)
        expect(guest.own()).to_have_text(re.compile(said[guest]))
    jonas.press("Agenda")
    jonas.page.get_by_role("navigation", name="Agenda").get_by_role("button", name=who).click()
    jonas.at(who)
    jonas.write("People who come after work")
    expect(marta.page.locator(".banner", has_text="hidden until its question")).to_contain_text("3 thoughts wait")
    for guest, others in ((marta, said.values()), (jonas, [said[aylin]]), (aylin, [said[jonas]])):
        seen = guest.page.content()
        assert not [text for text in others if text in seen]

    marta.press("Start")
    for guest in (marta, jonas, aylin):
        guest.at(wish)
    expect(marta.page.locator(".others")).to_contain_text("2 thoughts, hidden")
    walk = Walk(marta, [jonas, aylin])
    walk.on("Show all cards")
    for guest in (marta, jonas, aylin):
        for text in said.values():
            expect(guest.page.locator(".rm")).to_contain_text(text)
