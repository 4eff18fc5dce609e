"""The questions of a workshop, each by its way: cards, dots, numbers, hands, answers typed together, and decisions."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from scoping.merge import added
from scoping.sections.problems import Problem
from scoping.sections.solutions import Solution, Standing
from scoping.sections.value import Acceptance, LinkEvidence, Rung
from tests.browser.halls import PHONE, Guest, act
from tests.browser.hands import Books, Person
from tests.browser.test_accessibility import violations
from tests.server import Server


def lead_to(marta: Guest, question: str) -> None:
    now = act(marta)["room"]["now"]
    act(marta, {"kind": "go", "question": question, "seen": now})
    expect(marta.page.locator(".foot")).to_be_visible()


def turn(marta: Guest, to: str) -> None:
    asked = act(marta)["room"]["question"]
    act(marta, {"kind": "turn", "question": asked["key"], "phase": to, "seen": asked["phase"]})


def onward(marta: Guest, words: str | re.Pattern[str]) -> None:
    """Press the filled button, and once more where somebody is not ready."""
    expect(marta.onward()).to_have_text(words)
    marta.onward().click()
    if "Go on?" in marta.onward().inner_text():
        marta.onward().click()


def group(guest: Guest, title: str) -> Locator:
    return guest.page.locator(".group").filter(has=guest.page.get_by_role("heading", name=title))


def test_cards_come_together_by_wording_by_mouse_and_by_keys_and_what_is_voted_first_is_the_problem(
    marta: Guest, jonas: Guest, project: str, books: Books
) -> None:
    lead_to(marta, "wish")
    marta.write("Bread left at closing goes into the bin, every day", "Every Saturday is baked alike")
    jonas.write("Bread goes into the bin at closing", "New managers need a year")
    expect(marta.page.locator(".others")).to_contain_text("2 thoughts, hidden")
    help_shown = marta.page.locator(".rm > .hint")
    expect(help_shown).to_contain_text("Nobody sees your words before all are shown.")
    assert "New managers" not in marta.page.content()
    onward(marta, "Show all cards")
    expect(marta.page.locator(".gcard")).to_have_count(4)
    expect(help_shown).to_have_count(0)

    marta.press("Put them together")
    bread = group(marta, "Bread left at closing")
    expect(bread.locator(".gcard")).to_have_count(2)
    card, place = marta.page.locator(".loose .gcard", has_text="Saturday").bounding_box(), bread.bounding_box()
    assert card
    assert place
    marta.page.mouse.move(card["x"] + 30, card["y"] + 12)
    marta.page.mouse.down()
    marta.page.mouse.move(place["x"] + 80, place["y"] + 60, steps=8)
    marta.page.mouse.up()
    expect(bread.locator(".gcard")).to_have_count(3)
    marta.page.get_by_role("button", name="Put with: New managers").focus()
    for key in ("Enter", "ArrowDown", "Enter"):
        marta.page.keyboard.press(key)
    expect(bread.locator(".gcard")).to_have_count(4)
    expect(marta.page.get_by_role("button", name="Put with: New managers")).to_be_focused()
    for key in ("Enter", "ArrowDown", "Enter"):
        marta.page.keyboard.press(key)
    expect(marta.page.locator(".loose .gcard")).to_have_text([re.compile("New managers")])
    bread.get_by_role("button", name=re.compile("^Bread left")).click()
    marta.page.keyboard.type("Too much is thrown away")
    marta.page.keyboard.press("Enter")
    expect(group(jonas, "Too much is thrown away").locator(".gcard")).to_have_count(3)

    onward(marta, "Go on to the vote")
    thrown = group(marta, "Too much is thrown away")
    more = thrown.get_by_role("button", name="One dot more")
    more.focus()
    for _ in range(3):
        marta.page.keyboard.press("+")
    expect(marta.page.locator(".asksaid")).to_contain_text("You have 3 votes: 1 left")
    expect(more).to_have_attribute("aria-disabled", "true")
    group(jonas, "New managers need a year").get_by_role("button", name="One dot more").click()
    expect(marta.page.locator(".work")).to_contain_text("Everybody has voted.")
    assert "2" not in group(jonas, "Too much is thrown away").inner_text()
    onward(marta, "Show the votes")
    expect(group(jonas, "Too much is thrown away").locator("b")).to_have_text("2")

    onward(marta, "Take “Too much is thrown away”")
    for guest in (marta, jonas):
        expect(guest.page.locator(".settled")).to_contain_text("Decided by 2 of 3 votes")
    board = books.store.open(project).charter.problems
    ranked = [p.statement for p in sorted(board.problems, key=lambda p: p.rank or 99)]
    assert ranked == ["Too much is thrown away", "New managers need a year"]
    assert [g.problem for g in board.goals] == [p.id for p in board.problems if p.rank == 1]


def test_the_words_of_an_answer_are_changed_by_all_and_a_reservation_is_added(
    marta: Guest, jonas: Guest, project: str, books: Books
) -> None:
    lead_to(marta, "wish")
    marta.write("Too much is thrown away")
    for words in ("Show all cards", "Go on to the vote", "Show the votes", "Take “Too much is thrown away”"):
        onward(marta, words)
    marta.press("Change the words")
    marta.page.locator(".settled .fill textarea").fill("Our 42 shops throw away one loaf in seven")
    marta.press("Done")
    expect(jonas.page.locator(".agreedsaid")).to_contain_text("Our 42 shops throw away one loaf in seven")
    for words in ("The second delivery was cancelled in May.", "It is not only guessing."):
        jonas.press("I have a reservation")
        jonas.page.get_by_role("textbox", name="Your reservation").fill(words)
        jonas.press("Say it")
        expect(marta.page.locator(".objection")).to_contain_text(words)
        if words.startswith("The"):
            jonas.press("Take it back")
            expect(marta.page.locator(".objection")).to_have_count(0)
    marta.press("Add it to the answer")
    said = "Our 42 shops throw away one loaf in seven. It is not only guessing."
    expect(jonas.page.locator(".agreedsaid")).to_contain_text(said)
    expect(jonas.page.locator(".objection")).to_contain_text("It stands in the answer.")
    assert [p.statement for p in books.store.open(project).charter.problems.problems] == [said]


def test_what_kind_a_card_is_can_be_said_before_and_after_and_a_card_taken_back(marta: Guest) -> None:
    lead_to(marta, "ideas")
    marta.press("Machine learning")
    marta.write("A forecast for every shop")
    marta.write("Last Saturday, rounded up")
    expect(marta.own().filter(has_text="A forecast")).to_contain_text("Machine learning")
    rule = marta.own().filter(has_text="Last Saturday")
    rule.get_by_role("button", name="which kind?").click()
    rule = marta.page.locator(".changing")
    rule.get_by_role("button", name="Rules or statistics").click()
    rule.get_by_role("textbox").press("Enter")
    expect(marta.own().filter(has_text="Last Saturday")).to_contain_text("Rules or statistics")
    marta.press("Take back: A forecast for every shop")
    expect(marta.own()).to_have_count(1)
    assert [c["text"] for c in act(marta)["mine"]["ideas"]["cards"]] == ["Last Saturday, rounded up"]


def test_numbers_in_any_usual_writing_become_one_range(marta: Guest, jonas: Guest, project: str, books: Books) -> None:
    lead_to(marta, "worth")
    expect(marta.page.locator("legend")).to_have_text("What it brings, per year")
    expect(marta.page.locator(".fig3 .meta")).to_have_text(["lower in 1 of 10 cases", "your best guess", "higher in 1 of 10 cases"])
    for guest, typed in ((marta, ("250k", "$450,000", "0.7 million")), (jonas, ("450000", "750 000", "1 million"))):
        for label, number in zip(("At least", "Most likely", "At most"), typed, strict=True):
            guest.answer(label, number)
    expect(marta.page.get_by_label("At most")).to_have_value("700,000")
    expect(marta.page.locator(".figbox .affix")).to_have_text(["$", "$", "$"])
    expect(marta.page.locator(".given")).to_have_text("Jonas has given theirs.")
    marta.answer("At least", "800,000")
    expect(marta.page.get_by_role("alert").filter(has_text="ascending")).to_be_visible()
    marta.answer("At least", "much")
    expect(marta.page.get_by_role("alert").filter(has_text="A number, please")).to_be_visible()
    marta.answer("At least", "250,000")
    expect(marta.page.get_by_role("alert").filter(has_text=re.compile("number"))).to_have_count(0)

    onward(marta, "Show the numbers")
    expect(jonas.page.locator(".apart")).to_contain_text("Marta and Jonas are furthest apart.")
    expect(jonas.page.locator(".apart")).to_contain_text("Marta most likely $450,000, Jonas $750,000.")
    assert jonas.page.locator(".agreedfig").first.is_disabled()
    agreed = marta.page.locator(".agreed")
    expect(agreed.get_by_label("Most likely")).to_have_value("$600,000")
    agreed.get_by_label("Most likely").press("ArrowUp")
    expect(agreed.get_by_label("Most likely")).to_have_value("$610,000")
    onward(marta, "Take this range")
    expect(jonas.page.locator(".settled")).to_contain_text("$350,000 to $850,000, most likely $610,000 per year")
    (benefit,) = books.store.open(project).charter.value.benefits
    assert (benefit.low, benefit.likely, benefit.high) == (35_000_000, 61_000_000, 85_000_000)
    assert benefit.evidence is LinkEvidence.GUESS


def test_of_several_ranges_one_is_open_and_a_second_round_begins_with_the_first(
    marta: Guest, jonas: Guest, project: str, books: Books
) -> None:
    lead_to(marta, "cost")
    for guest, build in ((marta, ("60k", "80k", "120k")), (jonas, ("40k", "50k", "90k"))):
        expect(guest.page.locator(".fig3")).to_have_count(3)
        expect(guest.page.locator(".est1")).to_contain_text(["Running it"])
        box = guest.page.locator(".fig3 input").first
        for number in build:
            box = guest.page.locator(".fig3 input:focus") if number != build[0] else box
            box.fill(number)
            box.press("Enter")
        # Enter behind the last number opens the next one.
        expect(guest.page.locator("legend")).to_contain_text("Running it")
        expect(guest.page.locator(".fig3 input").first).to_be_focused()
    expect(marta.page.locator(".est1", has_text="Building it")).to_contain_text("$60,000 to $120,000, most likely $80,000")
    onward(marta, "Show the numbers")
    marta.press("A second round")
    expect(jonas.page.locator(".asksaid")).to_contain_text("Round 2")
    jonas.page.locator(".est1", has_text="Building it").get_by_role("button").click()
    expect(jonas.page.locator(".est .spread li")).to_contain_text(["Jonas", "Marta"])
    expect(jonas.page.locator(".fig3 input").first).to_have_value("40,000")


def test_the_unit_is_written_before_anybody_guesses(marta: Guest, jonas: Guest, project: str, books: Books) -> None:
    lead_to(marta, "amount")
    marta.answer("Unit of it", "receipts")
    expect(jonas.page.locator("legend")).to_contain_text("receipts")
    for guest in (marta, jonas):
        guest.guess("900", title="How much is needed")
    onward(marta, "Show the numbers")
    onward(marta, "Take this number")
    expect(marta.page.locator(".settled")).to_contain_text("900 receipts")
    expect(marta.page.locator(".complete")).to_have_count(0)
    data = books.store.open(project).charter.data_sources
    assert (data.wanted_amount, data.wanted_unit) == (900, "receipts")


def test_what_nobody_voted_for_goes_in_only_where_who_leads_says_so(marta: Guest, jonas: Guest, project: str, books: Books) -> None:
    lead_to(marta, "wish")
    marta.write("Bread goes into the bin", "Parking is dear", "The till is slow")
    onward(marta, "Show all cards")
    onward(marta, "Go on to the vote")
    group(jonas, "Bread goes into the bin").get_by_role("button", name="One dot more").click()
    expect(jonas.page.locator(".asksaid")).to_contain_text("2 left")
    onward(marta, "Show the votes")
    expect(marta.page.locator(".asksaid")).to_contain_text("1 of 3 go into the charter; the others stay in the record.")
    assert not jonas.page.get_by_role("checkbox").count()
    group(marta, "The till is slow").get_by_role("checkbox", name="Goes into the charter").check()
    expect(marta.page.locator(".asksaid")).to_contain_text("2 of 3 go into the charter")
    onward(marta, re.compile("^Take “Bread"))
    expect(jonas.page.locator(".agreedsaid")).to_contain_text("Bread goes into the bin")
    problems = books.store.open(project).charter.problems.problems
    assert {p.statement for p in problems} == {"Bread goes into the bin", "The till is slow"}


def test_the_sentence_that_a_project_began_with_is_shown_and_not_asked_again(
    marta: Guest, jonas: Guest, project: str, books: Books
) -> None:
    books.store.change(
        project, "Marta", lambda _: {"problems": [added("problems", Problem(id="p1", statement="Bread is left over."))]}
    )
    lead_to(marta, "wish")
    for guest in (marta, jonas):
        expect(guest.page.locator(".stillright")).to_contain_text("Bread is left over.")
    assert not jonas.page.get_by_role("button", name="Yes, go on with it").count()
    marta.press("Yes, go on with it")
    expect(jonas.page.locator(".agreedhow")).to_have_text("It stood in the charter, and is still right")
    expect(jonas.page.locator(".agreedsaid .text")).to_have_text("Bread is left over.")
    assert len(books.store.open(project).charter.problems.problems) == 1


def test_what_was_typed_of_a_decision_is_there_after_going_back(marta: Guest, jonas: Guest, project: str, books: Books) -> None:
    added_ideas = [added("solutions", Solution(id=key, name=name)) for key, name in (("a", "Bake twice"), ("b", "Forecast sales"))]
    books.store.change(project, "Marta", lambda _: {"solutions": added_ideas})
    lead_to(marta, "first")
    onward(marta, "Show the votes")
    marta.page.locator(".option", has_text="Bake twice").get_by_role("radio").check()
    marta.page.get_by_label("Because").fill("It costs nothing.")
    marta.page.get_by_label("Who decides").fill("Marta Vogel")
    marta.press("Back to the vote")
    onward(marta, "Show the votes")
    expect(marta.page.get_by_label("Because")).to_have_value("It costs nothing.")
    expect(marta.page.get_by_label("Who decides")).to_have_value("Marta Vogel")
    onward(marta, "Decide for “Bake twice”")
    expect(jonas.page.locator(".minipaper .now")).to_contain_text("It costs nothing.")
    marta.press("Back to what was said")
    expect(marta.page.get_by_label("Because")).to_have_value("It costs nothing.")


def test_who_takes_part_would_park_it_and_two_fingers_are_asked_for_their_words(
    marta: Guest, jonas: Guest, project: str, books: Books
) -> None:
    books.store.change(project, "Marta", lambda _: {"value": [added("rungs", Rung(id="r1", metric="Bread thrown away"))]})
    lead_to(marta, "live_with")
    jonas.press("Park it")
    expect(marta.page.locator(".wishes")).to_have_text("Jonas Reit would park it.")
    jonas.press("Park it")
    expect(marta.page.locator(".wishes")).to_have_count(0)
    jonas.page.get_by_role("radio", name="1 hardly").click()
    jonas.press("I am ready")
    expect(jonas.page.get_by_role("alert").filter(has_text="Say in a few words what would have to change.")).to_be_visible()
    words = jonas.page.get_by_role("textbox", name="What would have to change")
    expect(words).to_be_focused()
    words.fill("Only with a second delivery.")
    jonas.press("I am ready")
    expect(jonas.page.get_by_role("button", name="You are ready")).to_be_visible()
    onward(marta, "Show the hands")
    expect(marta.page.locator(".objection")).to_contain_text("Only with a second delivery.")


def test_one_types_and_all_see_it_then_each_shows_a_hand(marta: Guest, jonas: Guest, project: str, books: Books) -> None:
    lead_to(marta, "ladder")
    marta.press("Add the first metric")
    marta.answer("Metric", "Bread thrown away")
    expect(jonas.page.get_by_label("Metric")).to_have_value("Bread thrown away")
    now = marta.page.get_by_label("Now", exact=True)
    now.fill("a lot")
    now.press("Enter")
    expect(marta.page.get_by_role("alert").filter(has_text="number")).to_be_visible()
    marta.page.get_by_label("Metric").focus()
    onward(marta, "One answer is not saved yet: Now")
    expect(now).to_be_focused()
    assert act(marta)["room"]["question"]["phase"] == "writing"
    now.fill("13")
    onward(marta, "This is our answer")
    lead_to(marta, "live_with")
    for guest in (marta, jonas):
        expect(guest.page.locator(".figures")).to_have_text(re.compile(r"Now\s*13\s*Wanted\s*not known yet"))
    hands = marta.page.get_by_role("radiogroup", name="How well can you live with: Bread thrown away")
    hands.get_by_role("radio", checked=False).nth(3).focus()
    marta.page.keyboard.press("4")
    expect(hands.get_by_role("radio", name="4 well")).to_be_checked()
    jonas.page.get_by_role("radio", name="2 with a reservation").click()
    words = jonas.page.get_by_role("textbox", name="What would have to change")
    words.fill("Only when the second delivery comes back.")
    words.press("Enter")
    expect(marta.page.locator(".given")).to_have_text("Jonas has given theirs.")
    assert "second delivery" not in marta.page.content()
    onward(marta, "Show the hands")
    expect(marta.page.locator(".objection")).to_contain_text("Only when the second delivery comes back.")
    onward(marta, "Go on with 1 reservation")
    expect(jonas.page.locator(".settled")).to_contain_text("Taken with 1 reservation")
    (rung,) = books.store.open(project).charter.value.rungs
    assert (rung.business, rung.technical) == (Acceptance.ACCEPTS, Acceptance.OBJECTS)


def test_eight_quick_questions_by_keys_for_all(marta: Guest, jonas: Guest, project: str, books: Books) -> None:
    lead_to(marta, "screening")
    asked = marta.page.locator(".one .meta").first
    for number, key in enumerate("nny?nnnn", 1):
        expect(asked).to_contain_text(f"Question {number} of 8")
        marta.page.keyboard.press(key)
        if key == "y":
            marta.page.get_by_role("button", name="Next", exact=True).click()
    for guest in (marta, jonas):
        expect(guest.page.locator(".work")).to_contain_text("All eight are answered; 2 of them ask for a closer look.")
    ethics = books.store.open(project).charter.ethics
    assert (ethics.decides_people, ethics.special_data) == ("no", "yes")


def test_a_worry_without_a_name_has_none_anywhere(marta: Guest, jonas: Guest, project: str, books: Books) -> None:
    lead_to(marta, "worries")
    jonas.write("Managers will be watched")
    expect(jonas.own()).to_contain_text("without your name")
    expect(marta.page.locator(".others")).to_contain_text("1 without a name")
    jonas.own().get_by_role("button", name="Managers will be watched").first.click()
    jonas.own().get_by_role("textbox").fill("Managers will be watched and rated")
    jonas.own().get_by_role("textbox").press("Enter")
    expect(jonas.own()).to_contain_text("and rated")
    onward(marta, "Show all cards")
    expect(marta.page.locator(".gcard")).to_have_text([re.compile(r"Managers will be watched and rated\s*\?")])
    onward(marta, re.compile("^Take “Managers"))
    expect(jonas.page.locator(".settled")).to_contain_text("Managers will be watched and rated")
    opened = books.store.open(project)
    (concern,) = opened.charter.ethics.concerns
    assert concern.raised_by == ""
    assert "Jonas" not in jonas.page.locator(".settled").inner_text()


def test_a_decision_names_who_decided_and_parks_the_others(marta: Guest, jonas: Guest, project: str, books: Books) -> None:
    lead_to(marta, "ideas")
    marta.write("A forecast for every shop", "A rule: last Saturday, rounded up")
    onward(marta, "Show all cards")
    onward(marta, "Take all 2")
    lead_to(marta, "first")
    option = marta.page.locator(".option", has_text="A forecast")
    option.get_by_role("button", name="One dot more").click()
    jonas.page.locator(".option", has_text="A rule").get_by_role("button", name="One dot more").click()
    option.get_by_role("button", name="One dot more").click()
    expect(marta.page.locator(".asksaid")).to_contain_text("1 left")
    onward(marta, "Show the votes")
    expect(marta.onward()).to_have_text("Say who decides")
    expect(marta.onward()).to_have_attribute("aria-disabled", "true")
    marta.page.get_by_label("Because").fill("Much is gained for little")
    marta.page.get_by_label("Who decides").fill("Henrik Brandt")
    onward(marta, "Decide for “A forecast for every shop”")
    expect(jonas.page.locator(".settled")).to_contain_text("Decided by Henrik Brandt")
    ideas = {s.name: s for s in books.store.open(project).charter.solutions.solutions}
    assert ideas["A forecast for every shop"].standing is Standing.CHOSEN
    assert ideas["A rule: last Saturday, rounded up"].standing is Standing.PARKED
    assert "Henrik Brandt" in ideas["A forecast for every shop"].because


def test_a_card_out_of_sight_comes_back_and_script_is_only_words(marta: Guest, jonas: Guest) -> None:
    lead_to(marta, "wish")
    jonas.write("<img src=x onerror=alert(1)>", "x" * 2_000)
    onward(marta, "Show all cards")
    expect(marta.page.locator(".gcard").first).to_contain_text("<img src=x onerror=alert(1)>")
    assert marta.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    marta.page.get_by_role("button", name="Put with: <img").click()
    marta.press("Take it out of sight")
    expect(jonas.page.locator(".gcard")).to_have_count(1)
    marta.press("Bring it back")
    expect(jonas.page.locator(".gcard")).to_have_count(2)
    jonas.page.get_by_role("button", name="Put with: <img").click()
    expect(jonas.page.get_by_role("button", name="Take it out of sight")).to_have_count(0)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_nothing_stands_in_the_way_of_any_question(
    colours: str, people: Callable[..., Person], shared_server: Server, project: str
) -> None:
    marta = Guest(people(shared_server.url, color_scheme=colours, reduced_motion="reduce"), "Marta Vogel")
    marta.start(project)
    jonas = Guest(people(shared_server.url, color_scheme=colours, reduced_motion="reduce", **PHONE), "Jonas Reit")
    jonas.page.goto(marta.page.url)
    jonas.say_who()

    def look(shown: str) -> None:
        for guest in (marta, jonas):
            expect(guest.page.locator(shown).first).to_be_visible()
            assert not violations(guest.person), shown
            assert guest.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), shown

    lead_to(marta, "wish")
    marta.write("Too much bread is thrown away", "Shelves are empty by five")
    jonas.write("Too much bread goes into the bin")
    look(".owns .own")
    turn(marta, "grouping")
    look(".gcard")
    marta.press("Put them together")
    turn(marta, "voting")
    look(".lessmore")
    marta.page.get_by_role("button", name="One dot more").first.click()
    turn(marta, "shown")
    look(".dotline")
    onward(marta, re.compile("^Take"))
    look(".settled")
    for question, shown in (("worth", ".figs3"), ("ladder", ".together"), ("screening", ".one"), ("first_result", ".together")):
        lead_to(marta, question)
        look(shown)
    lead_to(marta, "worth")
    for guest, number in ((marta, "250,000"), (jonas, "1.2 million")):
        guest.answer("Most likely", number)
    expect(marta.page.locator(".given")).to_contain_text("given")
    turn(marta, "shown")
    look(".spread")
