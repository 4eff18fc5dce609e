"""Two people work on one project at once: both edits survive, and what both changed differently is shown to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from scoping import samples
from scoping.merge import Edit, added, removed
from scoping.sections.data_sources import Source
from tests.browser.hands import Books, Person
from tests.server import Server
from tests.tools import until

DECISION, SCOPE, OUT = "What would be done differently if we could predict it?", "In scope", "Out of scope"
HEARD_MS = 3_000
"""Others' changes are seen within this time."""


@pytest.fixture(scope="module")
def couple(shared_server: Server, browser: Browser) -> Iterator[tuple[Person, Person]]:
    """Ana and Ben, each at a browser of their own."""
    came = Person(browser, shared_server.url), Person(browser, shared_server.url)
    for person, name in zip(came, ("Ana", "Ben"), strict=True):
        person.open()
        person.call_me(name)
    yield came
    for person in came:
        person.close()


@pytest.fixture
def pair(couple: tuple[Person, Person], books: Books) -> tuple[Person, Person, str]:
    """Ana and Ben, both on the problems of a new project."""
    ana, ben = couple
    project = books.store.create(samples.new_charter("Shared", "", "USD"), "Cem")
    ana.open("problems", project)
    ben.open("problems", project)
    return ana, ben, project


def test_different_questions_both_survive(pair: tuple[Person, Person, str], books: Books) -> None:
    ana, ben, project = pair
    ana.field(SCOPE).click()
    ben.field(OUT).click()
    for a, b in zip("English, phones", "Dictation, cars", strict=True):
        ana.page.keyboard.type(a)
        ben.page.keyboard.type(b)
    ana.page.keyboard.press("Tab")
    ben.page.keyboard.press("Tab")
    ana.saved(SCOPE)
    ben.saved(OUT)
    value = books.part(project, "problems")
    assert (value.in_scope, value.out_of_scope) == ("English, phones", "Dictation, cars")
    expect(ana.field(OUT)).to_have_value("Dictation, cars", timeout=HEARD_MS)
    expect(ben.field(SCOPE)).to_have_value("English, phones", timeout=HEARD_MS)
    ben.answer(OUT, "Dictation")
    expect(ana.question(OUT)).to_contain_text("Changed by Ben")
    expect(ana.field(OUT)).to_have_value("Dictation")


def test_others_changes_appear_without_disturbing_what_is_typed(pair: tuple[Person, Person, str]) -> None:
    ana, ben, _ = pair
    ana.field(DECISION).click()
    ana.page.keyboard.type("We would answer sooner")
    ana.page.keyboard.press("Control+ArrowLeft")
    for text in ("English", "English and Persian"):
        ben.answer(SCOPE, text)
        expect(ana.field(SCOPE)).to_have_value(text, timeout=HEARD_MS)
        ana.page.keyboard.type("x")
    expect(ana.field(DECISION)).to_be_focused()
    expect(ana.field(DECISION)).to_have_value("We would answer xxsooner")
    assert ana.field(DECISION).evaluate("control => control.selectionStart") == len("We would answer xx")


def both_change(ana: Person, ben: Person, project: str, books: Books) -> None:
    """Ana's answer is saved while Ben, who does not see it yet, writes another one."""
    with ben.offline():
        ana.answer(OUT, "Dictation")
        ana.saved(OUT)
        ben.answer(OUT, "Other languages")
        expect(ben.question(OUT)).to_contain_text("kept on this device")
    asked = ben.question(OUT).locator(".clash")
    expect(asked).to_contain_text("Ana saved a different answer while you were writing:")
    expect(asked.locator("blockquote")).to_have_text("Dictation")
    expect(ben.field(OUT)).to_have_value("Other languages")
    assert books.part(project, "problems").out_of_scope == "Dictation"


@pytest.mark.parametrize(
    ("choice", "outcome"),
    [("Keep mine", "Other languages"), ("Use theirs", "Dictation"), ("Keep both", "Dictation\n\nOther languages")],
)
def test_the_same_question_shows_both_answers(choice: str, outcome: str, pair: tuple[Person, Person, str], books: Books) -> None:
    ana, ben, project = pair
    both_change(ana, ben, project, books)
    ben.question(OUT).get_by_role("button", name=choice).click()
    expect(ben.question(OUT).locator(".clash")).to_be_hidden()
    expect(ben.field(OUT)).to_have_value(outcome)
    assert until(lambda: books.part(project, "problems").out_of_scope == outcome)
    expect(ana.field(OUT)).to_have_value(outcome, timeout=HEARD_MS)
    ben.reload()
    expect(ben.field(OUT)).to_have_value(outcome)
    expect(ben.question(OUT).locator(".clash")).to_be_hidden()


def test_an_open_conflict_survives_a_reload_and_a_page_switch(pair: tuple[Person, Person, str], books: Books) -> None:
    ana, ben, project = pair
    both_change(ana, ben, project, books)
    for leave in (ben.reload, lambda: (ben.go("rollout"), ben.go("problems"))):
        leave()
        expect(ben.question(OUT).locator(".clash blockquote")).to_have_text("Dictation")
        expect(ben.field(OUT)).to_have_value("Other languages")
        assert books.part(project, "problems").out_of_scope == "Dictation"
    ben.question(OUT).get_by_role("button", name="Keep mine").click()
    assert until(lambda: books.part(project, "problems").out_of_scope == "Other languages")


STATEMENT, WHO = "What do you wish were working better?", "Who is affected"


@pytest.fixture
def card(pair: tuple[Person, Person, str]) -> tuple[Person, Person, str]:
    """Ana and Ben, both on a problem."""
    ana, ben, _ = pair
    ana.answer(STATEMENT, "Searches fail", ana.add("problem"))
    expect(ben.field(STATEMENT, ben.card("Problem 1"))).to_have_value("Searches fail", timeout=HEARD_MS)
    return pair


def problems(books: Books, project: str) -> list[tuple[str, str]]:
    return [(p.statement, p.who_is_affected) for p in books.part(project, "problems").problems]


def test_a_card_that_another_removes_comes_back_with_what_is_typed(card: tuple[Person, Person, str], books: Books) -> None:
    ana, ben, project = card
    ben.field(WHO, ben.card("Problem 1")).click()
    ben.page.keyboard.type("Drivers ")
    ana.card("Problem 1").get_by_role("button", name="Remove").click()
    while problems(books, project):
        ben.page.keyboard.type("x")
    assert until(lambda: problems(books, project))
    ((statement, who),) = problems(books, project)
    assert statement == "Searches fail"
    assert who.startswith("Drivers ")
    expect(ben.field(WHO, ben.card("Problem 1"))).to_have_value(re.compile("^Drivers "), timeout=HEARD_MS)
    expect(ana.field(WHO, ana.card("Problem 1"))).to_have_value(re.compile("^Drivers "), timeout=HEARD_MS)


def test_a_card_that_was_removed_while_the_network_was_away_comes_back_too(card: tuple[Person, Person, str], books: Books) -> None:
    ana, ben, project = card
    with ben.offline():
        ana.card("Problem 1").get_by_role("button", name="Remove").click()
        assert until(lambda: not problems(books, project))
        ben.answer(WHO, "Drivers", ben.card("Problem 1"))
        expect(ben.question(WHO, ben.card("Problem 1"))).to_contain_text("kept on this device")
    assert until(lambda: problems(books, project) == [("Searches fail", "Drivers")])
    expect(ben.field(WHO, ben.card("Problem 1"))).to_have_value("Drivers", timeout=HEARD_MS)


# --- tables


@pytest.fixture
def tables(pair: tuple[Person, Person, str], books: Books) -> tuple[Person, Person, str]:
    """Ana and Ben, both on a table of two sources."""
    ana, ben, project = pair
    rows = (Source(id="one", name="One", amount=1), Source(id="two", name="Two", amount=2))
    books.store.save(project, "data_sources", [added("sources", row) for row in rows], "Cem")
    ana.go("data_sources")
    ben.go("data_sources")
    return ana, ben, project


def sources(books: Books, project: str) -> dict[str, tuple[str, float | None]]:
    return {s.id: (s.name, s.amount) for s in books.part(project, "data_sources").sources}


def test_different_cells_both_survive(tables: tuple[Person, Person, str], books: Books) -> None:
    ana, ben, project = tables
    mine, other = ana.table("Data sources"), ben.table("Data sources")
    mine.at(0, 2)
    other.at(0, 0)
    mine.type("11")
    other.type("Uno")
    assert until(lambda: sources(books, project)["one"] == ("Uno", 11))
    mine.shows(0, 0, "Uno")
    other.shows(0, 2, "11")


def both_change_the_cell(tables: tuple[Person, Person, str], books: Books, column: int, mine: str, theirs: Edit) -> Locator:
    """Ben has opened a cell and types while another value of it is saved, which Ana sees."""
    ana, ben, project = tables
    table = ben.table("Data sources")
    table.at(1, column)
    ben.page.keyboard.press("Enter")
    ben.page.locator("#portal [id^=gdg-overlay]").wait_for()
    ben.page.keyboard.press("Control+A")
    ben.page.keyboard.type(mine)
    books.store.save(project, "data_sources", [theirs], "Ana")
    ana.table("Data sources").shows(1, column, str(theirs.after).removesuffix(".0"))
    ben.page.keyboard.press("Tab")
    return ben.page.locator("[data-testid=stVerticalBlock][class*=st-key-data_sources-clash]")


@pytest.mark.parametrize(("choice", "outcome"), [("Keep mine", 22), ("Use theirs", 33)])
def test_the_same_number_shows_both(choice: str, outcome: int, tables: tuple[Person, Person, str], books: Books) -> None:
    _, ben, project = tables
    asked = both_change_the_cell(tables, books, 2, "22", Edit("sources", "two", "amount", 2.0, 33.0))
    expect(asked).to_contain_text("Ana saved another answer to Amount of Two")
    expect(asked).to_contain_text("Theirs: 33")
    expect(asked).to_contain_text("Yours: 22")
    asked.get_by_role("button", name=choice).click()
    expect(asked).to_have_count(0)
    assert until(lambda: sources(books, project)["two"] == ("Two", outcome))
    ben.table("Data sources").shows(1, 2, str(outcome))


def test_two_texts_of_a_cell_may_both_be_kept(tables: tuple[Person, Person, str], books: Books) -> None:
    _, ben, project = tables
    asked = both_change_the_cell(tables, books, 0, "Dos", Edit("sources", "two", "name", "Two", "Zwei"))
    asked.get_by_role("button", name="Keep both").click()
    assert until(lambda: sources(books, project)["two"] == ("Zwei / Dos", 2))
    ben.table("Data sources").shows(1, 0, "Zwei / Dos")


def test_a_row_that_another_adds_or_removes_does_not_shift_what_is_typed(tables: tuple[Person, Person, str], books: Books) -> None:
    _, ben, project = tables
    table = ben.table("Data sources")
    books.store.save(project, "data_sources", [added("sources", Source(id="zero", name="Zero"))], "Ana")
    gone = books.part(project, "data_sources").sources[0]
    assert gone.id == "one"
    books.store.save(project, "data_sources", [removed("sources", gone)], "Ana")
    ben.page.get_by_role("button", name="Show what others changed").wait_for(timeout=HEARD_MS)
    table.at(1, 0)
    table.type("Dos")
    assert until(lambda: sources(books, project) == {"two": ("Dos", 2), "zero": ("Zero", None)})
    ben.page.get_by_role("button", name="Show what others changed").click()
    table.shows(0, 0, "Dos")
    table.shows(1, 0, "Zero")
    table.at(1, 0)
    table.type("Nil")
    assert until(lambda: sources(books, project)["zero"] == ("Nil", None))
