"""Two people work on one project at once: both edits survive, and what both changed differently is shown to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from scoping import samples
from scoping.merge import Edit
from tests.browser.hands import Books, Person
from tests.server import Server
from tests.tools import until

SCOPE, OUT = "In scope", "Out of scope"
HEARD_MS = 1_000
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
    ana.open("problems", project, "scope")
    ben.open("problems", project, "scope")
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
    ana.field(OUT).click()
    ana.page.keyboard.type("We would answer sooner")
    ana.page.keyboard.press("Control+ArrowLeft")
    for text in ("English", "English and Persian"):
        ben.answer(SCOPE, text)
        expect(ana.field(SCOPE)).to_have_value(text, timeout=HEARD_MS)
        ana.page.keyboard.type("x")
    expect(ana.field(OUT)).to_be_focused()
    expect(ana.field(OUT)).to_have_value("We would answer xxsooner")
    assert ana.field(OUT).evaluate("control => control.selectionStart") == len("We would answer xx")


def both_change(ana: Person, ben: Person, project: str, books: Books) -> None:
    """Ana's answer is saved while Ben, who has written another one, has no network."""
    with ben.offline():
        ben.answer(OUT, "Other languages")
        expect(ben.question(OUT)).to_contain_text("kept on this device")
        ana.answer(OUT, "Dictation")
        ana.saved(OUT)
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
    for leave in (ben.reload, lambda: (ben.go("rollout"), ben.go("problems"), ben.turn_to("In and out of scope"))):
        leave()
        expect(ben.question(OUT).locator(".clash blockquote")).to_have_text("Dictation")
        expect(ben.field(OUT)).to_have_value("Other languages")
        assert books.part(project, "problems").out_of_scope == "Dictation"
    ben.question(OUT).get_by_role("button", name="Keep mine").click()
    assert until(lambda: books.part(project, "problems").out_of_scope == "Other languages")


# --- live


def test_an_edit_costs_nobody_a_run_of_the_page(pair: tuple[Person, Person, str]) -> None:
    ana, ben, _ = pair
    frames: list[str] = []
    for person in (ana, ben):
        person.page.on("websocket", lambda socket: socket.on("framesent", lambda _: frames.append("new")))
        person.reload()
    ana.page.wait_for_timeout(1_000)
    frames.clear()
    ana.answer(SCOPE, "English")
    ana.saved(SCOPE)
    expect(ben.field(SCOPE)).to_have_value("English", timeout=HEARD_MS)
    ana.page.wait_for_timeout(1_000)
    assert not frames


def test_the_caret_stays_where_it_is_while_another_changes_the_text(pair: tuple[Person, Person, str]) -> None:
    ana, ben, _ = pair
    ben.answer(SCOPE, "phones and cars")
    expect(ana.field(SCOPE)).to_have_value("phones and cars", timeout=HEARD_MS)
    ana.field(SCOPE).click()
    ana.page.keyboard.press("Control+End")
    ana.page.keyboard.press("Control+ArrowLeft")
    ben.answer(SCOPE, "English phones and cars")
    expect(ana.field(SCOPE)).to_have_value("English phones and cars", timeout=HEARD_MS)
    expect(ana.field(SCOPE)).to_be_focused()
    assert ana.field(SCOPE).evaluate("box => box.selectionStart") == len("English phones and ")
    ana.page.keyboard.type("big ")
    expect(ben.field(SCOPE)).to_have_value("English phones and big cars", timeout=HEARD_MS)


def test_who_is_here_and_where_is_seen_by_everybody(
    pair: tuple[Person, Person, str], people: Callable[..., Person], shared_server: Server
) -> None:
    ana, ben, project = pair
    cem = people(shared_server.url)
    cem.open("solutions", project)
    cem.call_me("Cem")
    for person in (ana, ben):
        expect(person.page.get_by_role("list", name="Here now").get_by_role("listitem")).to_have_count(3, timeout=HEARD_MS)
    ana.field(SCOPE).click()
    ana.page.keyboard.type("E")
    expect(ben.question(SCOPE).locator(".watched .who")).to_have_text("Ana is typing", timeout=HEARD_MS)
    expect(ben.question(SCOPE).locator(".said")).to_have_text("Ana is typing", timeout=HEARD_MS)
    expect(cem.link("problems")).to_have_accessible_name(re.compile("here: .*Ana"), timeout=HEARD_MS)
    expect(ben.question(SCOPE).locator(".said")).to_have_text("Ana is here", timeout=2 * HEARD_MS + 2_500)
    ana.go("solutions")
    expect(ben.question(SCOPE).locator(".who")).to_have_count(0, timeout=2 * HEARD_MS)
    cem.page.close()
    expect(ben.page.get_by_role("list", name="Here now").get_by_role("listitem")).to_have_count(2, timeout=30_000)


HIDE = """hidden => {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => hidden ? 'hidden' : 'visible' })
  document.dispatchEvent(new Event('visibilitychange'))
}"""


@pytest.mark.parametrize("many", [3, 230])
def test_a_hidden_tab_catches_up_when_it_is_looked_at(many: int, pair: tuple[Person, Person, str], books: Books) -> None:
    _, ben, project = pair
    ben.page.clock.install()
    ben.reload()
    ben.page.evaluate(HIDE, arg=True)
    ben.page.clock.run_for(25_000)
    assert ben.page.evaluate("workbench.current.value.isListening") is False
    for n in range(many):
        before, after = (f"{n} languages" if n else ""), f"{n + 1} languages"
        books.store.save(project, "problems", [Edit("", "", "in_scope", before, after)], "Ana")
    ben.page.evaluate(HIDE, arg=False)
    ben.page.clock.run_for(1_000)
    expect(ben.field(SCOPE)).to_have_value(f"{many} languages", timeout=HEARD_MS)


def test_two_tabs_of_one_person_keep_what_is_typed_apart(
    pair: tuple[Person, Person, str], people: Callable[..., Person], shared_server: Server, books: Books
) -> None:
    _, _, project = pair
    cem = people(shared_server.url)
    cem.open("problems", project, "scope")
    cem.page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('away')) }")
    cem.answer(SCOPE, "From the first tab")
    expect(cem.question(SCOPE)).to_contain_text("kept on this device")
    first, cem.page = cem.page, cem.context.new_page()
    cem.open("problems", project, "scope")
    expect(cem.field(SCOPE)).to_have_value("")
    first.close()
    cem.reload()
    expect(cem.field(SCOPE)).to_have_value("From the first tab")
    cem.saved(SCOPE)
    assert books.part(project, "problems").in_scope == "From the first tab"


def test_a_browser_that_keeps_nothing_says_so_and_saves_all_the_same(
    pair: tuple[Person, Person, str], people: Callable[..., Person], shared_server: Server, books: Books
) -> None:
    _, _, project = pair
    cem = people(shared_server.url)
    cem.context.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    cem.open("problems", project, "scope")
    cem.answer(SCOPE, "English")
    cem.saved(SCOPE)
    expect(cem.page.get_by_text("This browser keeps nothing on the device")).to_have_count(1)
    cem.page.get_by_role("button", name="All right").click()
    cem.answer(OUT, "Dictation")
    cem.saved(OUT)
    expect(cem.page.get_by_text("This browser keeps nothing on the device")).to_have_count(0)
    assert books.part(project, "problems").in_scope == "English"


def test_a_project_that_is_archived_under_the_hands_can_be_read_only(pair: tuple[Person, Person, str], books: Books) -> None:
    ana, _, project = pair
    books.store.archive(project, "Cem")
    expect(ana.field(SCOPE)).not_to_be_editable(timeout=HEARD_MS)
    books.store.unarchive(project, "Cem")
    expect(ana.field(SCOPE)).to_be_editable(timeout=HEARD_MS)


def test_a_name_of_the_project_and_a_step_that_is_done_show_in_the_sidebar(pair: tuple[Person, Person, str]) -> None:
    ana, ben, _ = pair
    ben.go("home")
    ben.turn_to("About the project")
    ben.answer("Name of the project", "Better search")
    expect(ana.page.locator(".nav .project b")).to_have_text("Better search", timeout=HEARD_MS)
    expect(ana.link("problems")).to_have_accessible_name(re.compile("something needed to sign"))


def test_a_figure_follows_what_another_types_and_only_its_part_of_the_page_runs(
    pair: tuple[Person, Person, str], books: Books
) -> None:
    ana, _, _ = pair
    project = books.store.create(samples.samples()[0].charter, "Cem")
    ana.open("value", project)
    ana.turn_to("Money")
    before = ana.figure("At likely values").inner_text()
    benefit = books.part(project, "value").benefits[0]
    line = ana.page.get_by_role("textbox", name="Add a benefit", exact=True)
    line.click()
    ana.page.keyboard.type("x")
    books.store.save(project, "value", [Edit("benefits", benefit.id, "likely", benefit.likely, benefit.low)], "Ben")
    expect(ana.figure("At likely values")).not_to_have_text(before, timeout=10_000)
    expect(line).to_be_focused()
    expect(line).to_have_value("x")
