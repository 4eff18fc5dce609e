"""The metric ladder: each side says on the step itself whether it can live with it, and the other sees it at once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from scoping import samples
from scoping.sections.value import Acceptance, Level, Rung, Value
from tests.browser.hands import Person
from tests.tools import until

HEARD_MS = 1_000
RUNGS = (
    Rung(id="words", order=1, level=Level.MODEL, metric="Words", unit="%", current=90, target=92),
    Rung(id="sales", order=2, level=Level.COMPANY, metric="Sales", low=2, likely=3, high=4, evidence="guess"),
)


def mark(person: Person, metric: str, side: str) -> Locator:
    return person.page.get_by_role("button", name=re.compile(rf"^{metric}\. {side} side"))


@pytest.fixture
def project(books) -> str:
    charter = samples.new_charter("Ladder", "", "USD").with_part("value", Value(rungs=RUNGS))
    return books.store.create(charter, "Cem")


def rungs(books, project: str) -> dict[str, Rung]:
    return {rung.metric: rung for rung in books.part(project, "value").rungs}


def test_two_people_see_each_others_marks(shared_server, books, people, project):
    ana, ben = people(shared_server.url), people(shared_server.url)
    for person, name in ((ana, "Ana"), (ben, "Ben")):
        person.open()
        person.call_me(name)
        person.open("value", project)
    mark(ana, "Words", "Business").click()
    ana.page.get_by_role("button", name="Accepts", exact=True).click()
    expect(mark(ben, "Words", "Business")).to_have_accessible_name(re.compile("accepts \\(Ana"), timeout=HEARD_MS)
    assert until(lambda: rungs(books, project)["Words"].business is Acceptance.ACCEPTS)
    assert rungs(books, project)["Words"].business_by == "Ana"
    assert rungs(books, project)["Words"].business_on is not None

    mark(ben, "Words", "Technical").click()
    ben.page.get_by_role("button", name="Reservation", exact=True).click()
    words = ben.page.get_by_label("What the technical side says", exact=True)
    expect(words).to_be_focused()
    ben.page.keyboard.type("An average hides the Saturdays")
    ben.page.keyboard.press("Tab")
    doubt = ana.page.locator(".doubt")
    expect(doubt).to_contain_text("Ben has a reservation", timeout=HEARD_MS)
    expect(doubt).to_contain_text("An average hides the Saturdays", timeout=3 * HEARD_MS)
    assert until(lambda: rungs(books, project)["Words"].technical_reservation == "An average hides the Saturdays")

    doubt.get_by_role("button", name="Settle it").click()
    ana.page.get_by_role("button", name="Accepts", exact=True).click()
    expect(ben.page.locator(".doubt")).to_have_count(0, timeout=3 * HEARD_MS)


def test_a_mark_is_set_by_keys_alone(shared_server, books, people, project):
    ana = people(shared_server.url)
    ana.open("value", project)
    mark(ana, "Sales", "Business").focus()
    for key in ("ArrowDown", "ArrowRight"):
        ana.page.keyboard.press(key)
    expect(mark(ana, "Words", "Technical")).to_be_focused()
    ana.page.keyboard.press("Enter")
    expect(ana.page.get_by_role("button", name="Accepts", exact=True)).to_be_focused()
    ana.page.keyboard.press("Enter")
    assert until(lambda: rungs(books, project)["Words"].technical is Acceptance.ACCEPTS)
    expect(mark(ana, "Words", "Technical")).to_be_focused()
    ana.page.keyboard.press("Enter")
    for _ in range(2):
        ana.page.keyboard.press("Tab")
    ana.page.keyboard.press("Enter")
    assert until(lambda: rungs(books, project)["Words"].technical is None)


def test_a_new_step_stands_at_its_level_and_takes_no_link_from_another(shared_server, books, people, project):
    ana = people(shared_server.url)
    ana.open("value", project)
    ana.page.get_by_label("Add a step: People do").fill("Orders taken as proposed")
    ana.page.keyboard.press("Enter")
    assert until(lambda: "Orders taken as proposed" in rungs(books, project))
    made, sales = rungs(books, project)["Orders taken as proposed"], rungs(books, project)["Sales"]
    assert (made.level, made.order, sales.order) == (Level.PEOPLE, 2, 3)
    assert sales.below == "words"
    shown = ana.page.locator(".lad button.stepb b:first-of-type").all_inner_texts()
    assert [name for name in shown if name in rungs(books, project)] == ["Sales", "Orders taken as proposed", "Words"]
    ana.page.get_by_role("button", name=re.compile("Sales")).nth(1).click()
    expect(ana.page.get_by_role("dialog")).to_be_visible()
