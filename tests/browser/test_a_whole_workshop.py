"""A bakery scopes in one workshop: a leader, a phone and somebody who comes late walk the whole agenda until nothing is missing to sign."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from scoping.charter import Charter
from scoping.sections.project import Project
from scoping.sections.solutions import Approach, Solution, Solutions, Standing
from scoping.sections.value import Acceptance, Rung, Value
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
    # Halfway through an animation every colour is paler than it will be.
    marta = Guest(people(shared_server.url, reduced_motion="reduce"), "Marta Vogel")
    marta.start(project)
    jonas = Guest(people(shared_server.url, reduced_motion="reduce", **PHONE), "Jonas Reit")
    jonas.join(marta.code)
    walk = Walk(marta, [jonas], nothing_in_the_way)
    marta.press("Start")
    walk.problem()
    walk.number()
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
    rooms = {guest: guest.page.url for guest in said}
    for guest in said:
        guest.page.goto("about:blank")

    # The second day
    room = re.findall(r"room=(\w+)", marta.page.url)[0]
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
        told = guest.page.request.get(f"{shared_server.url}/api/v1/workshops/{room}").text()
        for text in others:
            expect(guest.page.get_by_text(text)).to_have_count(0)
            assert text not in told

    marta.press("Start")
    for guest in (marta, jonas, aylin):
        guest.at(wish)
    expect(marta.page.locator(".others")).to_contain_text("2 thoughts, hidden")
    walk = Walk(marta, [jonas, aylin])
    walk.on("Show all cards")
    for guest in (marta, jonas, aylin):
        for text in said.values():
            expect(guest.page.locator(".rm")).to_contain_text(text)


class Keys:
    """Hands that have a keyboard and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def hit(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str, *then: str) -> None:
        self.page.keyboard.type(text)
        self.hit(*then)

    def reach(self, wanted: Locator) -> None:
        """Press Tab until something has the focus."""
        wanted.wait_for()
        for _ in range(120):
            if wanted.evaluate("el => el.getRootNode().activeElement === el"):
                return
            self.hit("Tab")
        raise AssertionError(f"Tab does not lead to {wanted}")

    def press(self, name: str | re.Pattern[str], role: Literal["button", "radio"] = "button") -> None:
        self.reach(self.page.get_by_role(role, name=name).first)
        self.hit("Enter" if role == "button" else " ")

    def bring_all(self, block: str, question: str) -> None:
        """Look at a question of the agenda, and bring the room there."""
        self.press(re.compile(f"^{block}"))
        self.press(question)
        self.press("Bring the room here")


def gather(marta: Guest, keys: Keys) -> None:
    page = keys.page
    said = page.locator(".asksaid").first
    marta.at("What do you wish were working better?")
    for text in ("A fifth is unsold at closing", "Queues on Saturday"):
        keys.type(text, "Enter")
    expect(marta.own()).to_have_count(2)
    keys.press("Show all cards")
    keys.press("Put with: Queues on Saturday")
    keys.press(re.compile("^A fifth"))
    expect(said).to_contain_text("in 1 group")
    expect(page.get_by_role("button", name="Put with: Queues on Saturday")).to_be_focused()
    keys.hit("Enter")
    keys.press("On its own")
    expect(said).not_to_contain_text("in 1 group")
    keys.press("Go on to the vote")
    keys.reach(page.get_by_role("button", name="One dot more").first)
    keys.hit("+", "-", "+", "+", "+")  # at most two of the three on one
    expect(said).to_contain_text("1 left")
    keys.press("Show the votes")
    keys.press("Take “A fifth is unsold at closing”")
    expect(page.locator(".agreedhow")).to_contain_text("Decided by 2 of 2 votes")
    keys.press("Next: who feels it, and how?")
    keys.press("Park it")


def answer(marta: Guest, keys: Keys) -> None:
    page = keys.page
    marta.at("Which number shows it today?")
    keys.reach(page.locator("[data-field=baseline_metric] .control"))
    keys.type("Unsold goods, in %", "Tab")
    keys.reach(page.locator("[data-field=baseline_value] .control"))
    keys.type("21", "Tab")
    keys.press("This is our answer")
    keys.press("Next: where should it be, by when?")


def estimate(marta: Guest, keys: Keys) -> None:
    page = keys.page
    marta.at("Where should that number be, and by when?")
    keys.reach(page.locator(".work fieldset").get_by_role("textbox"))
    keys.type("12", "Enter")
    keys.press("Show the numbers")
    keys.press("Take this number")
    expect(page.locator(".agreedhow")).to_contain_text("a guess of 1 person")


def decide(marta: Guest, keys: Keys) -> None:
    page = keys.page
    keys.bring_all("Ideas", "Which one first?")
    marta.at("Which one first?")
    keys.reach(page.get_by_role("group", name="Your dots on Forecast").get_by_role("button", name="One dot more"))
    keys.hit("Enter", "Enter")
    keys.press("Show the votes")
    keys.reach(page.get_by_label("Because"))
    keys.type("It reaches every shop")
    keys.reach(page.get_by_label("Who decides"))
    keys.type("Marta Vogel")
    keys.press("Decide for “Forecast”")
    expect(page.locator(".agreedhow")).to_contain_text("Decided by Marta Vogel")


def live_with(marta: Guest, keys: Keys) -> None:
    page = keys.page
    keys.bring_all("Worth it", "Can both live with it?")
    marta.at("Can both sides live with these numbers?")
    keys.reach(page.get_by_role("radio", name="3"))
    keys.hit("2")
    keys.reach(page.get_by_label("What would have to change"))
    keys.type("Measured in all shops", "Enter")
    keys.press("Show the hands")
    expect(page.locator(".objection")).to_contain_text("Measured in all shops")
    keys.press("Go on with 1 reservation")
    expect(page.locator(".agreedhow")).to_contain_text("Taken with 1 reservation")


def test_one_question_of_each_kind_by_keys_alone(people: Callable[..., Person], shared_server: Server, books: Books) -> None:
    ideas = tuple(Solution(id=name[:4].lower().strip(), name=name, approach=Approach.ML) for name in ("Forecast", "Look it up"))
    steps = Value(rungs=(Rung(id="r", metric="Error of the forecast"),))
    project = books.store.create(Charter(solutions=Solutions(solutions=ideas), value=steps), "Marta")
    marta = Guest(people(shared_server.url), "Marta Vogel")
    marta.start(project)
    keys = Keys(marta.page)
    keys.press("Start")
    for kind in (gather, answer, estimate, decide, live_with):
        kind(marta, keys)
    assert books.part(project, "solutions").solutions[0].standing is Standing.CHOSEN
    assert books.part(project, "value").rungs[0].business is Acceptance.OBJECTS
