"""The loan sample in the browser: the band closes, obligations become milestones, an open concern blocks the sign-off."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from scoping import samples
from scoping.ethics import consequences
from tests.browser.conftest import SHOTS
from tests.browser.hands import Books, Person
from tests.tools import until

LOAN = next(s for s in samples.samples() if s.slug == "loan_approval").as_of(datetime.now(UTC).date())
TABS = ("Three questions", "Impact", "Legal class", "Concerns", "Risks", "Fairness", "Obligations")


def turn(person: Person, name: str) -> None:
    person.turn_to(name)


def unfold(person: Person, name: str) -> None:
    person.page.locator("summary").filter(has_text=name).first.click()
    person.settle()


def area(person: Person, name: str) -> Locator:
    """The button that shows the questions of an area; it carries a count."""
    return person.page.locator("[data-variant=pills]").filter(has_text=re.compile(f"^{name}"))


def question(person: Person, words: str) -> Locator:
    return person.page.locator("[class*=st-key-question]").filter(has_text=words).first


def choose(person: Person, words: str, answer: str) -> None:
    """Answer a question with one click."""
    question(person, words).get_by_role("radio", name=answer, exact=True).click()
    person.settle()


def ethics(books: Books, project: str) -> Any:
    return books.part(project, "ethics")


@pytest.fixture
def loan(shared_server, books, people) -> tuple[Person, str]:
    person = people(shared_server.url)
    project = books.store.create(LOAN, "Ana")
    person.open("ethics", project)
    return person, project


def test_the_band_closes_while_the_deciding_questions_are_answered(loan, books):
    person, project = loan
    turn(person, "Impact")
    expect(person.page.get_by_text("Between level II and level III", exact=True)).to_be_visible()
    unfold(person, "Decide it")
    choose(person, "How much harder is the hardest-hit group hit", "Not at all")
    assert until(lambda: consequences.of(ethics(books, project)).impact.answered == 94)
    choose(person, "How well does the data stand for the people", "Well, and it was measured")
    expect(person.page.get_by_text("Level II: moderate impact", exact=True)).to_be_visible()
    assert consequences.of(ethics(books, project)).impact.level.id == "II"


def test_an_area_stays_open_while_its_questions_are_answered_and_noted(loan, books):
    person, project = loan
    turn(person, "Impact")
    unfold(person, "All questions")
    area(person, "Purpose").click()
    person.settle()
    for number, words in enumerate(("written down in words", "each intended use listed", "right means for the purpose"), 1):
        choose(person, words, "Yes")
        assert until(lambda n=number: sum(i.pack == "society" for i in ethics(books, project).checklist) == n)
    choose(person, "Has somebody outside the team", "Does not apply")
    card = question(person, "Has somebody outside the team")
    expect(card.get_by_text("as soon as it has a reason")).to_be_visible()
    person.answer("Reason or evidence", "Nobody is outside", card)
    person.saved("Reason or evidence", card)
    note = until(lambda: next(i.note for i in ethics(books, project).checklist if i.id == "purpose_reviewer"))
    assert note == "Nobody is outside"
    expect(area(person, "Purpose")).to_contain_text("4 of 5")


def test_filters_and_folds_keep_a_hundred_and_fifty_questions_readable(loan):
    person, _ = loan
    turn(person, "Impact")
    unfold(person, "of 150 answered")
    assert person.page.locator("[class*=st-key-question]").count() == 0
    expect(area(person, "")).to_have_count(23)
    person.page.get_by_text("Only unanswered").click()
    person.settle()
    expect(area(person, "")).to_have_count(9)


def test_obligations_become_milestones_that_name_them(loan, books):
    person, project = loan
    turn(person, "Obligations")
    person.page.get_by_role("button", name=re.compile("Take on the other 15")).click()
    expect(person.page.get_by_role("button", name=re.compile("Take on the other"))).to_have_count(0)
    person.page.get_by_role("button", name="Make milestones of 15").click()
    expect(person.page.get_by_role("button", name="Make milestones of 15")).to_have_count(0)
    charter = books.charter(project)
    planned = {o.id: o.milestone for o in charter.ethics.obligations}
    assert len(planned) == 17
    assert planned == {i: m.id for m in charter.milestones.milestones for i in m.obligations}
    person.go("charter")
    expect(person.page.get_by_text("17 planned").first).to_be_visible()


def test_an_open_concern_raised_without_a_name_blocks_until_somebody_accepts_it(loan, books):
    person, project = loan
    person.call_me("Ana")
    ahead = person.page.locator(".next")
    expect(ahead.get_by_text("To sign: 13 of 16")).to_be_visible()
    turn(person, "Concerns")
    unfold(person, "Raise a concern without your name")
    person.page.get_by_label("Your concern").fill("Clerks are paid by the number of loans.")
    person.page.get_by_role("button", name="Raise it without my name").click()
    row = person.page.get_by_role("button", name="Clerks are paid by the number of loans.")
    expect(row).to_be_visible()
    expect(ahead.get_by_text("To sign: 12 of 16")).to_be_visible()
    assert books.store.history(project)[0].by == ""
    row.click()
    card = person.drawer()
    person.show_more(card)
    person.answer("Goes ahead although it is open: accepted by", "Victor Lang, sponsor", card)
    person.saved("Goes ahead although it is open: accepted by", card)
    expect(ahead.get_by_text("To sign: 13 of 16")).to_be_visible()
    expect(person.page.get_by_text("goes ahead with the open concern").first).to_be_visible()


@pytest.mark.parametrize(
    "look", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}], ids=["light", "dark", "phone"]
)
def test_every_tab_fits_and_stays_calm(shared_server, books, people, look, request):
    person = people(shared_server.url, **look)
    project = books.store.create(LOAN, "Ana")
    person.open("ethics", project)
    for tab in TABS:
        turn(person, tab)
        assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        person.page.screenshot(path=SHOTS / f"ethics-{tab.split()[0].lower()}-{request.node.callspec.id}.png")
    assert Path(SHOTS).exists()
