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
from tests.browser.grids import Table
from tests.browser.hands import Person
from tests.browser.test_accessibility import violations
from tests.tools import until

MET, DUE = "Words right", "Recogniser for the car"


def day(offset: int) -> date:
    return datetime.now(UTC).date() + timedelta(days=offset)


def metric(person: Person, label: str) -> str:
    return person.figure(label).inner_text()


def post(url: str, token: str, **reading: Any) -> dict[str, Any]:
    """What a training pipeline sends."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(reading).encode(), headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 201
        return json.load(answer)


def test_from_the_plan_to_the_calendar(shared_server, books, people, tmp_path):
    ana = people(shared_server.url)
    project = ana.start_project("Voice in the car", "Ana")

    def plan() -> Any:
        return books.part(project, "milestones")

    make_a_plan(ana, plan)
    freeze(ana, plan)
    move_a_date_with_a_reason(ana, plan)
    token, url = make_a_token(ana)
    assert url == f"{shared_server.url}/api/v1/projects/{project}/readings"
    told = post(url, token, target=MET, value=86.5, run="41")
    assert [(t["state"], t["metric"]) for t in told["targets"]] == [("done", MET)]
    expect(ana.page.get_by_text(f"Done · “{DUE}”")).to_be_visible()
    read = download_the_calendar(ana, tmp_path)
    days = {str(event["summary"]): event.decoded("dtstart") for event in read.walk("VEVENT")}
    assert [when for what, when in days.items() if "Launch" in what] == [day(90)]
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


def freeze(ana: Person, plan: Callable[[], Any]) -> None:
    ana.turn_to("Baseline")
    ana.page.get_by_label("Name", exact=True).fill("Agreed with the sponsor")
    ana.page.get_by_role("button", name="Freeze the plan").click()
    expect(ana.page.get_by_text("“Agreed with the sponsor”")).to_be_visible()
    assert [b.name for b in plan().baselines] == ["Agreed with the sponsor"]
    assert [row[1] for row in drift(ana)] == [str(day(20)), str(day(60))]


def drift(ana: Person) -> list[list[str]]:
    """Milestone, as frozen, promised, now, later by, why."""
    ana.settle()
    box = ana.page.locator("[data-testid=stDataFrame]").filter(
        has=ana.page.locator("[aria-label='Milestones against the baseline']")
    )
    expect(box.locator("canvas tbody tr").last).to_be_attached()
    return box.evaluate("box => [...box.querySelectorAll('canvas tbody tr')].map(r => [...r.children].map(c => c.textContent))")


def move_a_date_with_a_reason(ana: Person, plan: Callable[[], Any]) -> None:
    ana.turn_to("Baseline")
    late = [int(row[4]) for row in drift(ana)]
    ana.turn_to("Plan")
    before = metric(ana, "All done, in half of all cases by")
    table = Table(ana, "Milestones")
    table.go(1, 3)
    table.fill(day(90).isoformat())
    assert until(lambda: plan().milestones[1].due == day(90))
    why = ana.page.get_by_label("Why it moved", exact=True)
    why.fill("The car maker tests longer.")
    ana.page.get_by_role("button", name="Note the reason").click()
    expect(why).to_have_count(0)
    (move,) = plan().moves
    assert (move.before, move.after, move.reason) == (day(60), day(90), "The car maker tests longer.")
    ana.settle()
    assert metric(ana, "All done, in half of all cases by") != before
    ana.turn_to("Baseline")
    first, second = drift(ana)
    assert int(first[4]) == late[0]
    assert int(second[4]) > late[1] + 15
    assert (first[5], second[5]) == ("", "The car maker tests longer.")


def make_a_token(ana: Person) -> tuple[str, str]:
    """The token as it is shown once, and the address of the example beside it."""
    ana.turn_to("Readings")
    expect(ana.page.get_by_text("There is no reading yet.").first).to_be_visible()
    ana.page.locator("summary").filter(has_text="Add readings").click()
    ana.page.get_by_role("radio", name="Programs").click()
    ana.page.get_by_label("Which program will use it").fill("Nightly training")
    ana.page.get_by_role("button", name="Make a token").click()
    ana.page.get_by_text("Copy the token now.").wait_for()
    ana.settle()
    shown = ana.page.locator("[data-testid=stCode]").all_inner_texts()
    token = next(text.strip() for text in shown if "curl" not in text)
    return token, re.search(r"https?://\S+?/readings", "\n".join(shown)).group()


def download_the_calendar(ana: Person, folder: Path) -> Any:
    ana.turn_to("Plan")
    ana.page.get_by_role("button", name="In calendars and other programs").click()
    with ana.page.expect_download() as waiting:
        ana.page.get_by_role("button", name="Calendar of the plan (iCalendar)").click()
    file = folder / "plan.ics"
    waiting.value.save_as(file)
    return Calendar.from_ical(file.read_bytes())


def test_two_minutes_a_week(shared_server, books, people, tmp_path):
    ana = people(shared_server.url)
    project = books.store.create(samples.samples()[0].as_of(day(0)), "Dana")
    ana.open("milestones", project)
    ana.turn_to("Check-in")
    expect(ana.page.get_by_text("Late · “Recogniser")).to_be_visible()
    ana.settle()
    ana.page.get_by_label("What changed", exact=True).first.fill("The accents are done, *really*.")
    ana.page.get_by_role("radio", name="4").or_(ana.page.get_by_role("button", name="4", exact=True)).first.click()
    ana.page.get_by_label(re.compile("^Latency, p95")).fill("280")
    ana.page.get_by_role("button", name="Check in", exact=True).click()
    assert until(lambda: len(books.part(project, "milestones").checkins) == 4)
    kept = books.part(project, "milestones")
    assert (kept.checkins[-1].changed, kept.checkins[-1].confidence) == ("The accents are done, *really*.", 4)
    assert (kept.readings[-1].target, kept.readings[-1].value) == ("service_latency", 280)
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
        (
            "milestones",
            {
                "People": "Nobody is booked for more than there is.",
                "Readings": "Nobody sets a status by hand",
                "Check-in": "How sure are we of the next date?",
                "Baseline": "1 of 5 milestones is later than in",
                "Plan": "What moves the end most",
            },
        ),
        ("rollout", {"After launch": "Promises asked again", "Closing": "Missing before it is closed"}),
    ):
        person.open(slug, project)
        for tab, words in tabs.items():
            person.turn_to(tab)
            expect(person.page.get_by_text(words).first).to_be_visible()
            person.settle()
            assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert not violations(person), tab
