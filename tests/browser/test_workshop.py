"""A workshop in browsers of several people: coming in, being ready, going on, and nothing that anybody wrote is lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.halls import PHONE, Guest, act, sent
from tests.browser.hands import Person
from tests.browser.test_accessibility import violations
from tests.server import Server

WISH, WHO = "What do you wish were working better?", "Who feels it, and how?"
HEARD_MS = 1_000
"""What somebody does is on the screens of the others within this time, on a machine with nothing else to do."""


def test_from_the_home_of_a_project_to_the_first_cards_on_the_wall(
    people: Callable[..., Person], shared_server: Server, marta: Guest, jonas: Guest
) -> None:
    marta.press("Start")
    for guest in (marta, jonas):
        guest.at(WISH)
    marta.write("Bread left at closing goes into the bin")
    jonas.write("Shop managers guess the order after a long day", "Pretzels are sold out before people leave work")
    expect(jonas.own()).to_have_count(2)
    expect(marta.page.locator(".others")).to_contain_text("2 thoughts, hidden")
    assert "guess the order" not in marta.page.content()

    late = Guest(people(shared_server.url, color_scheme="dark"), "Aylin Demir")
    late.page.goto(marta.page.url)
    expect(late.page.locator(".entry")).to_contain_text("The room is at question 1 of 26")
    late.say_who("Business")
    late.at(WISH)

    jonas.press("I am ready")
    expect(marta.page.locator(".ready")).to_contain_text("1 of 2 ready", timeout=HEARD_MS * 3)
    marta.onward().click()
    expect(marta.onward()).to_have_text("Aylin Demir is not ready. Go on?")
    marta.at(WISH)
    expect(jonas.page.locator(".owns")).to_be_visible()
    marta.onward().click()
    for guest in (marta, jonas, late):
        expect(guest.page.locator(".rm")).to_contain_text("Shop managers guess the order after a long day")

    wall = people(shared_server.url)
    wall.page.goto(f"{marta.page.url}&view=big")
    expect(wall.page.locator(".pz")).to_contain_text("Shop managers guess the order after a long day")
    expect(wall.page.locator(".pf")).to_contain_text(re.compile(" ".join(re.findall("..", marta.code)), re.IGNORECASE))
    assert not wall.page.locator(".pz :is(button, a, input, textarea)").count()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_nothing_stands_in_the_way(colours: str, people: Callable[..., Person], shared_server: Server, project: str) -> None:
    marta = Guest(people(shared_server.url, color_scheme=colours), "Marta Vogel")
    marta.start(project)
    assert not violations(marta.person)
    marta.press("Change the agenda")
    marta.press("Open questions before you meet")
    assert not violations(marta.person)
    guest = Guest(people(shared_server.url, color_scheme=colours, **PHONE), "Jonas Reit")
    guest.page.goto(f"{shared_server.url}/join")
    guest.page.get_by_role("textbox", name="Code").wait_for()
    assert not violations(guest.person)
    with guest.person.complaints_expected():
        guest.page.get_by_role("textbox", name="Code").fill("nonono")
        guest.press("Join")
        expect(guest.page.get_by_role("alert")).to_have_text(
            "This code leads to no workshop. Look at it again; it has six letters."
        )
    guest.page.goto(marta.page.url)
    guest.page.get_by_role("textbox", name="Your name").wait_for()
    assert not violations(guest.person)
    guest.say_who()
    assert not violations(guest.person)
    marta.press("Start")
    for one in (marta, guest):
        one.at(WISH)
        assert not violations(one.person)
    guest.press("Agenda")
    assert not violations(guest.person)
    marta.press("More for who leads")
    marta.page.keyboard.press("Escape")
    marta.press("Not known yet")
    assert not violations(marta.person)
    wall = people(shared_server.url, color_scheme=colours)
    wall.page.goto(f"{marta.page.url}&view=big")
    wall.page.locator(".ph").wait_for()
    assert not violations(wall)


def test_a_dead_network_and_a_reload_lose_nothing(marta: Guest, jonas: Guest) -> None:
    marta.press("Start")
    jonas.at(WISH)
    with jonas.person.offline():
        jonas.write("Written in the lift")
        expect(jonas.own()).to_have_count(1)
        expect(jonas.page.locator(".rm")).to_contain_text("No connection. What you write is kept on this device: 1 thing to send.")
        jonas.pen().fill("Half a thou")
    expect(marta.page.locator(".others")).to_contain_text("1 thought, hidden")
    jonas.page.reload()
    jonas.at(WISH)
    expect(jonas.own()).to_have_text(re.compile("Written in the lift"))
    expect(jonas.pen()).to_have_value("Half a thou")


def test_what_was_being_written_is_offered_when_the_room_moves_on(marta: Guest, jonas: Guest) -> None:
    marta.press("Start")
    jonas.at(WISH)
    jonas.pen().fill("We bake for Saturday as if")
    marta.press("Park it")
    jonas.at(WHO)
    offer = jonas.page.locator(".banner", has_text="You were writing")
    expect(offer).to_contain_text("We bake for Saturday as if")
    offer.get_by_role("button", name="Add it").click()
    expect(offer).to_have_count(0)
    expect(marta.page.get_by_role("button", name="1 parked")).to_be_visible()
    marta.press("1 parked")
    marta.page.locator(".parkedlist").get_by_role("button", name="What should work better?").click()
    marta.at(WISH)
    expect(marta.page.locator(".others")).to_contain_text("1 thought, hidden")


def test_who_leads_looks_ahead_alone_and_brings_all_along_when_it_is_time(marta: Guest, jonas: Guest) -> None:
    marta.press("Start")
    jonas.at(WISH)
    marta.page.get_by_role("navigation", name="Agenda").get_by_role("button", name="Who feels it, and how?").click()
    marta.at(WHO)
    expect(marta.page.locator(".banner")).to_contain_text("The room is at “What should work better?”.")
    jonas.at(WISH)
    marta.press("Bring the room here")
    jonas.at(WHO)
    expect(marta.page.locator(".banner")).to_have_count(0)
    jonas.press("Agenda")
    jonas.page.get_by_role("navigation", name="Agenda").get_by_role("button", name="Problem").wait_for()
    jonas.press("Close")
    marta.press("Question before")
    jonas.at(WISH)


def test_who_leads_hands_over_and_whoever_takes_part_sees_no_bar(marta: Guest, jonas: Guest) -> None:
    jonas.page.set_viewport_size({"width": 1280, "height": 900})
    marta.press("Start")
    jonas.at(WISH)
    assert not jonas.page.get_by_role("group", name="You lead").count()
    marta.press("More for who leads")
    marta.press("Let Jonas Reit lead too")
    bar = jonas.page.get_by_role("group", name="You lead")
    expect(bar).to_be_visible()
    bar.get_by_role("button", name="Pause", exact=True).click()
    expect(marta.page.get_by_role("timer")).to_contain_text("paused")
    before = marta.page.get_by_role("timer").inner_text()
    marta.press("+1 minute")
    expect(jonas.page.get_by_role("timer")).not_to_contain_text("paused")
    assert before != jonas.page.get_by_role("timer").inner_text()


def test_what_is_prepared_days_before_stays_hidden_until_its_question(marta: Guest, jonas: Guest) -> None:
    marta.press("Open questions before you meet")
    marta.press("Open them now")
    jonas.press(re.compile("^Prepare"))
    jonas.at(WISH)
    jonas.write("Shop managers guess")
    expect(jonas.own()).to_have_count(1)
    expect(marta.page.locator(".banner", has_text="hidden until its question")).to_contain_text("1 thought waits")
    expect(marta.page.locator(".ppl")).to_contain_text(re.compile("1 of [2-9] prepared"))
    jonas.page.reload()
    jonas.at(WISH)
    expect(jonas.own()).to_have_count(1)
    jonas.press("Back to the lobby")
    marta.press("Start")
    jonas.at(WISH)
    expect(jonas.own()).to_have_text(re.compile("Shop managers guess"))


def test_an_agenda_is_changed_kept_and_offered_again(marta: Guest) -> None:
    marta.press("Change the agenda")
    marta.press("Move Ideas up")
    expect(marta.page.locator(".plan ol > li").first).to_contain_text("Ideas")
    marta.press("Leave out Data")
    expect(marta.page.locator(".plan")).to_contain_text("80 minutes in all")
    minutes = marta.page.get_by_label("Minutes for Plan")
    minutes.fill("20")
    minutes.press("Tab")
    expect(marta.page.locator(".plan")).to_contain_text("85 minutes in all")
    marta.page.get_by_label("Name of the template").fill("Ours")
    marta.press("Keep")
    marta.press("45 minutes")
    expect(marta.page.locator(".plan")).to_contain_text(re.compile(r"\b[34]\d minutes in all"))
    marta.press(re.compile("^Ours$"))
    expect(marta.page.locator(".plan")).to_contain_text("85 minutes in all")
    marta.press("Remove the template Ours")
    expect(marta.page.locator(".plan")).to_contain_text("“Ours” is not offered any more.")


def test_it_can_be_tried_alone(people: Callable[..., Person], shared_server: Server, project: str) -> None:
    page = people(shared_server.url).page
    page.goto(f"{shared_server.url}/home?project={project}")
    page.get_by_role("button", name="Start a workshop").click()
    page.get_by_role("dialog").get_by_label("Your name").fill("Marta")
    page.get_by_role("button", name="Try it alone first").click()
    expect(page.get_by_role("dialog")).to_contain_text("Choose for whom you speak")
    page.get_by_role("dialog").get_by_role("button", name="Business").click()
    page.get_by_role("button", name="Try it alone first").click()
    expect(page.locator(".lobby")).to_contain_text("This is a try-out")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(".ready")).to_contain_text("3 of 3 ready", timeout=30_000)
    page.get_by_role("button", name="Show all cards").click()
    expect(page.locator(".rm")).to_contain_text("Far too much bread is thrown away at closing")


def test_keys_alone_lead_through_it(marta: Guest) -> None:
    page = marta.page

    def reach(name: str) -> None:
        page.get_by_role("button", name=name).focus()
        page.keyboard.press("Enter")

    reach("Start")
    marta.at(WISH)
    page.keyboard.type("Bread is left over")
    page.keyboard.press("Enter")
    expect(marta.own()).to_have_count(1)
    reach("Show all cards")
    expect(page.locator(".rm")).to_contain_text("Bread is left over")
    reach("More for who leads")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="More for who leads")).to_be_focused()


def test_a_room_that_is_paused_is_found_again_and_one_that_ended_says_so(marta: Guest, jonas: Guest) -> None:
    marta.press("Start")
    jonas.at(WISH)
    marta.press("More for who leads")
    marta.press("Pause in the lobby")
    expect(jonas.page.locator(".lobby")).to_contain_text("The room rests")
    marta.page.get_by_role("link", name="Leave the room").click()
    marta.page.get_by_role("link", name="Go on with the workshop").click()
    marta.press("Go on")
    jonas.at(WISH)
    marta.press("More for who leads")
    marta.press("End the workshop")
    expect(marta.page.locator(".lead-bar")).to_contain_text("26 questions left.")
    marta.press("End it")
    for guest in (marta, jonas):
        expect(guest.page.locator(".lobby")).to_contain_text("It has ended.")
        assert not guest.page.get_by_role("button", name="Start").count()
        missing = guest.page.locator(".after")
        expect(missing.get_by_role("heading")).to_have_text("To sign: 0 of 16")
        expect(missing.get_by_role("listitem")).to_have_count(3)
        expect(missing.get_by_role("link", name="See what is missing")).to_be_visible()
    marta.page.locator(".after").get_by_role("listitem").first.get_by_role("link").click()
    expect(marta.page.get_by_role("textbox", name="Add a problem")).to_be_visible()


def test_who_lost_the_cookie_comes_back_with_what_they_wrote(
    people: Callable[..., Person], shared_server: Server, marta: Guest, jonas: Guest
) -> None:
    marta.press("Start")
    jonas.at(WISH)
    jonas.write("Shop managers guess")
    expect(jonas.own()).to_have_count(1)
    url = jonas.page.url
    jonas.person.close()
    again = Guest(people(shared_server.url, **PHONE), "Jonas Reit")
    again.page.goto(url)
    again.press("Come in")
    expect(again.page.get_by_role("alert").filter(has_text="Write your name")).to_be_visible()
    again.page.get_by_role("textbox", name="Your name").fill("Jonas Reit")
    again.press("Come in")
    expect(again.page.get_by_role("alert").filter(has_text="Choose for whom you speak")).to_be_visible()
    assert not violations(again.person)
    again.page.get_by_role("group", name="Were you here before?").get_by_role("button", name="I am Jonas Reit").click()
    again.at(WISH)
    expect(again.own()).to_have_text(re.compile("Shop managers guess"))
    expect(marta.page.locator(".ready li")).to_have_count(2)
    # Who is here, nobody else can be.
    told = act(marta)["room"]["people"]
    third = people(shared_server.url)
    third.page.goto(url)
    third.page.get_by_role("button", name="Come in").wait_for()
    assert not third.page.get_by_role("group", name="Were you here before?").count()
    third.page.get_by_role("textbox", name="Your name").fill("Jonas Reit")
    jonas_id = next(p["id"] for p in told if p["name"] == "Jonas Reit")
    answer = sent(Guest(third, "Jonas Reit"), {"kind": "join", "name": "Jonas Reit", "again": jonas_id})
    assert [one["error"] for one in answer["refused"]] == [
        "Jonas Reit was here a moment ago. Wait a minute, or come in under another name."
    ]


def test_somebody_says_anew_for_whom_they_speak(marta: Guest, jonas: Guest) -> None:
    jonas.press("What Jonas Reit does")
    jonas.press("Speaks for the business side")
    expect(marta.page.locator(".ppl li", has_text="Jonas Reit")).to_contain_text("Business")
    marta.press("What Marta Vogel does")
    marta.press("Speaks for the technical side")
    expect(jonas.page.locator(".ppl li", has_text="Marta Vogel")).to_contain_text("Technical, leads today")
    assert not jonas.page.get_by_role("button", name="What Marta Vogel does").count()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_record_stands_in_nobodys_way_and_reads_from_right_to_left_where_it_was_written_so(
    colours: str, people: Callable[..., Person], shared_server: Server, project: str
) -> None:
    marta = Guest(people(shared_server.url, color_scheme=colours), "مرتا")
    marta.start(project)
    act(marta, {"kind": "go", "question": "wish", "seen": ""})
    act(marta, {"kind": "card", "question": "wish", "id": "c1", "text": "نان هر شب دور ریخته می‌شود."})
    act(marta, {"kind": "turn", "question": "wish", "phase": "grouping", "seen": "writing"}, {"kind": "end"})
    marta.person.open("workshops", project)
    cell = marta.page.locator(".record").get_by_text("نان هر شب").first
    cell.wait_for()
    assert not violations(marta.person)
    written = cell.evaluate(
        "el => { const own = el.querySelector('[dir]') ?? el; return getComputedStyle(own).direction + getComputedStyle(own).unicodeBidi }"
    )
    assert written.startswith("rtl") or "plaintext" in written, written
    marta.page.set_viewport_size({"width": 390, "height": 844})
    assert not violations(marta.person)
    assert marta.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
