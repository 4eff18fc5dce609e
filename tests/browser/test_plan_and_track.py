"""A plan is made, frozen and moved with a reason; a program reports, and status, forecast and calendar follow."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from scoping import samples
from scoping.words import day_words
from tests.browser.grids import Table
from tests.browser.hands import Person
from tests.browser.test_accessibility import violations
from tests.tools import until

MET, DUE = "Words right", "Recogniser for the car"


def day(offset: int) -> date:
    return datetime.now(UTC).date() + timedelta(days=offset)


def post(url: str, token: str, **reading: Any) -> dict[str, Any]:
    """What a training pipeline sends."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(reading).encode(), headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 201
        return json.load(answer)


def test_from_the_plan_to_the_calendar(shared_server, books, people, tmp_path):
    ana = people(shared_server.url)
    project = ana.start_project("Voice in the car")

    def plan() -> Any:
        return books.part(project, "milestones")

    make_a_plan(ana, plan)
    sign_the_dates(ana, plan)
    move_a_date_with_a_reason(ana, plan)
    token, url = make_a_token(ana)
    assert url == f"{shared_server.url}/api/v1/projects/{project}/readings"
    told = post(url, token, target=MET, value=86.5, run="41")
    assert [(t["state"], t["metric"]) for t in told["targets"]] == [("done", MET)]
    ana.turn_to("Now")
    expect(ana.page.locator(".tlrow").first).to_contain_text("Reached")
    read = download_the_calendar(ana, tmp_path)
    days = {str(event["summary"]): event.decoded("dtstart") for event in read.walk("VEVENT")}
    assert [when for what, when in days.items() if "Launch" in what] == [day(75)]
    with urllib.request.urlopen(f"{shared_server.url}/api/v1/projects/{project}/calendar.ics", timeout=20) as answer:
        subscribed = Calendar.from_ical(answer.read())
    assert {str(e["uid"]) for e in subscribed.walk("VEVENT")} == {str(e["uid"]) for e in read.walk("VEVENT")}


def make_a_plan(ana: Person, plan: Callable[[], Any]) -> None:
    ana.go("milestones")
    table = Table(ana, "Milestones")
    table.go(0)
    table.paste_rows(
        (DUE, "Ana", day(-30).isoformat(), day(20).isoformat()),
        ("Launch", "Ben", day(21).isoformat(), day(60).isoformat()),
    )
    assert until(lambda: len(plan().milestones) == 2 and plan().milestones[1].due == day(60))
    ana.turn_to("Targets")
    targets = Table(ana, "Targets")
    targets.go(0)
    targets.choose("Recogniser")
    targets.go(0, 1)
    targets.paste_rows(("ML", MET, "At least", "85", "%"))
    assert until(lambda: [t.target for t in plan().targets] == [85])


def sign_the_dates(ana: Person, plan: Callable[[], Any]) -> None:
    ana.go("run")
    ana.turn_to("Signed dates")
    ana.page.get_by_label("Name", exact=True).fill("Agreed with the sponsor")
    ana.page.get_by_role("button", name="Sign these dates").click()
    expect(ana.page.get_by_text("“Agreed with the sponsor”")).to_be_visible()
    assert [b.name for b in plan().baselines] == ["Agreed with the sponsor"]


def move_a_date_with_a_reason(ana: Person, plan: Callable[[], Any]) -> None:
    """By keys: a week with Shift, then the reason in the same place."""
    ana.turn_to("Now")
    row = ana.page.locator(".tlrow", has_text="Launch")
    expect(row.locator(".mark")).to_be_attached()
    grip = row.get_by_role("slider", name="Due date of Launch")
    grip.focus()
    for _ in range(2):
        ana.page.keyboard.press("Shift+ArrowRight")
    ana.page.keyboard.press("ArrowRight")
    row.get_by_role("button", name="Move the date").click()
    expect(row.get_by_role("alert")).to_have_text("Say in a few words why it moves.")
    assert plan().milestones[1].due == day(60)
    row.get_by_role("textbox").fill("The second set is late.")
    row.get_by_role("textbox").press("Enter")
    expect(row.locator(".moved")).to_be_visible()
    (move,) = plan().moves
    assert (move.before, move.after, move.reason, plan().milestones[1].due) == (
        day(60),
        day(75),
        "The second set is late.",
        day(75),
    )
    expect(row).to_contain_text("later than signed by")


def test_two_people_see_a_date_that_one_of_them_drags_and_takes_back(shared_server, books, people):
    ana, ben = people(shared_server.url), people(shared_server.url)
    project = books.store.create(samples.samples()[0].as_of(day(0)), "Dana")
    ana.open("run", project)
    ben.open("run", project)

    def due() -> date:
        return books.part(project, "milestones").milestones[3].due

    before = due()
    row, theirs = (one.page.locator(".tlrow").nth(3) for one in (ana, ben))
    grip = row.get_by_role("slider")
    grip.scroll_into_view_if_needed()
    expect(row.locator(".mark")).to_be_attached()
    box = grip.bounding_box()
    ana.page.mouse.move(box["x"] + 11, box["y"] + 15)
    ana.page.mouse.down()
    ana.page.mouse.move(box["x"] + 71, box["y"] + 15, steps=5)
    ana.page.mouse.up()
    expect(row.get_by_role("textbox")).to_be_focused()
    assert due() == before, "nothing moves before it is said why"
    row.get_by_role("textbox").fill("The trial takes longer.")
    row.get_by_role("button", name="Move the date").click()
    assert until(lambda: due() > before)
    expect(theirs).to_contain_text(day_words(due()))
    assert books.part(project, "milestones").moves[-1].reason == "The trial takes longer."
    row.get_by_role("button", name="Take back").click()
    assert until(lambda: due() == before)
    expect(theirs).to_contain_text(day_words(before))
    assert "The trial takes longer." not in [m.reason for m in books.part(project, "milestones").moves]


def test_a_reading_is_noted_in_the_drawer_and_an_impossible_one_refused_at_its_field(shared_server, books, people):
    ana = people(shared_server.url)
    project = books.store.create(samples.samples()[0].as_of(day(0)), "Dana")
    ana.page.goto(f"{shared_server.url}/run?project={project}&open=milestones/test_set")
    ana.settle()
    note = ana.drawer().get_by_role("group", name="Note a reading")
    value = note.get_by_label("Value in %")
    value.fill("912")
    note.get_by_role("button", name="Note it").click()
    expect(value).to_have_attribute("aria-invalid", "true")
    expect(note.get_by_role("alert")).to_contain_text("is not between 0 and 100")
    value.fill("91.3")
    expect(note.get_by_role("status")).to_contain_text("would meet the target")
    note.get_by_role("button", name="Note it").click()
    assert until(lambda: books.part(project, "milestones").readings[-1].value == 91.3)
    expect(ana.drawer().locator(".measured .stands").first).to_have_text("met")
    assert not violations(ana)


def make_a_token(ana: Person) -> tuple[str, str]:
    """The token as it is shown once, and the address of the example beside it."""
    ana.turn_to("Calendars, files, programs")
    ana.page.get_by_label("Which program will use it").fill("Nightly training")
    ana.page.get_by_role("button", name="Make a token").click()
    ana.page.get_by_text("Copy the token now.").wait_for()
    ana.settle()
    shown = ana.page.locator("[data-testid=stCode]").all_inner_texts()
    token = next(text.strip() for text in shown if "curl" not in text)
    return token, re.search(r"https?://\S+?/readings", "\n".join(shown)).group()


def download_the_calendar(ana: Person, folder: Path) -> Any:
    ana.turn_to("Calendars, files, programs")
    ana.page.get_by_role("button", name="In calendars and other programs").click()
    with ana.page.expect_download() as waiting:
        ana.page.get_by_role("link", name="Calendar of the plan").click()
    file = folder / "plan.ics"
    waiting.value.save_as(file)
    return Calendar.from_ical(file.read_bytes())


@pytest.mark.parametrize("look", [{}, {"viewport": {"width": 390, "height": 844}, "has_touch": True}], ids=["wide", "phone"])
def test_two_minutes_a_week(shared_server, books, people, tmp_path, look):
    ana = people(shared_server.url, **look)
    project = books.store.create(samples.samples()[0].as_of(day(0)), "Dana")
    ana.open("run", project)
    ana.page.get_by_role("button", name="Check in", exact=True).locator("visible=true").click()
    ana.page.get_by_label("What happened").fill("The accents are done, *really*.")
    ana.page.get_by_role("button", name="At risk", exact=True).click()
    ana.page.get_by_label("What is next").fill("The car set")
    ana.page.locator(".composer").get_by_role("button", name="Check in", exact=True).click()
    first = ana.page.locator(".said1").first
    expect(first).to_contain_text("The accents are done, *really*.")
    expect(first).to_contain_text("At risk")
    assert until(lambda: len(books.part(project, "milestones").checkins) == 4)
    kept = books.part(project, "milestones").checkins[-1]
    assert (kept.changed, kept.pace, kept.coming) == ("The accents are done, *really*.", "at_risk", "The car set")
    assert ana.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    ana.settle()
    ana.page.get_by_text("Digest for mail or chat").click()
    with ana.page.expect_download() as waiting:
        ana.page.get_by_role("button", name="Markdown", exact=True).click()
    file = tmp_path / "digest.md"
    waiting.value.save_as(file)
    assert r"The accents are done, \*really\*." in file.read_text("utf-8")


@pytest.mark.parametrize(
    "look", [{}, {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}}], ids=["light", "dark-phone"]
)
def test_the_story_of_the_sample_is_told_on_every_tab(shared_server, books, people, look):
    person = people(shared_server.url, **look)
    project = books.store.create(samples.samples()[0].as_of(day(0)), "Dana")
    for slug, tabs in (
        ("milestones", {"Plan": "What moves the end most", "Targets": "Targets", "People": "Days off"}),
        ("rollout", {"Going live": "Ramp-up", "Watching": "Monitoring"}),
        (
            "run",
            {
                "Now": "Check-ins",
                "After launch": "Promises asked again",
                "Closing": "Missing before it is closed",
                "Signed dates": "1 of 5 milestones is later than in",
                "People and load": "Nobody is booked for more than there is.",
                "All readings": "Add readings",
                "All targets": "Nobody sets a state by hand",
                "Calendars, files, programs": "A training pipeline reports",
            },
        ),
    ):
        person.open(slug, project)
        for tab, words in tabs.items():
            person.turn_to(tab)
            expect(person.page.get_by_text(words).first).to_be_visible()
            person.settle()
            assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert not violations(person), tab


def test_old_addresses_lead_to_run(shared_server, books, people):
    person = people(shared_server.url)
    project = books.store.create(samples.samples()[0].charter, "Dana")
    for old, tab in (("milestones", "readings"), ("milestones", "baseline"), ("rollout", "closing")):
        person.page.goto(f"{shared_server.url}/{old}?project={project}&tab={tab}")
        person.page.wait_for_url(re.compile("/run\\?project="))
        person.settle()
