"""Ethics in the browser: eight questions by keys to a low and to a high result, two people, concerns that stay, one entry more."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from scoping import samples
from scoping.content.screening import SCREENING
from scoping.merge import Edit
from tests.browser.conftest import SHOTS
from tests.browser.hands import Books, Person
from tests.browser.test_accessibility import violations
from tests.tools import until

LOAN = next(s for s in samples.samples() if s.slug == "loan_approval").as_of(datetime.now(UTC).date())
TABS = ("Result", "Concerns", "Risks", "Promises", "In depth")
ASKED = [words.ask for words in SCREENING.values()]


def ethics(books: Books, project: str):
    return books.part(project, "ethics")


def asks(person: Person, words: str) -> None:
    expect(person.page.get_by_role("heading", name=words)).to_be_visible()


@pytest.fixture
def fresh(shared_server, books, people) -> tuple[Person, str]:
    person = people(shared_server.url)
    project = books.store.create(samples.new_charter("New", "Ana", "USD"), "Ana")
    person.open("ethics", project)
    return person, project


@pytest.fixture
def loan(shared_server, books, people) -> tuple[Person, str]:
    person = people(shared_server.url)
    project = books.store.create(LOAN, "Ana")
    person.open("ethics", project)
    return person, project


def test_eight_keys_lead_to_a_low_result_with_nothing_more_to_ask(fresh, books):
    person, project = fresh
    expect(person.page.get_by_role("link", name="In depth")).to_have_count(0)
    for words in ASKED:
        asks(person, words)
        person.page.keyboard.press("n")
    asks(person, "Low risk. Nothing more to ask.")
    assert until(lambda: all(getattr(ethics(books, project), name) == "no" for name in SCREENING))
    expect(person.page.get_by_role("link", name="In depth")).to_have_count(0)
    # An answer is opened again from the result, and the arrows go back.
    person.page.get_by_role("button", name=ASKED[3]).click()
    asks(person, ASKED[3])
    person.page.keyboard.press("ArrowLeft")
    asks(person, ASKED[2])


def test_keys_lead_to_a_high_result_that_is_handed_over(fresh, books):
    person, project = fresh
    for number, words in enumerate(ASKED):
        asks(person, words)
        if number in (0, 3):
            person.page.keyboard.press("y")
            expect(person.page.get_by_role("radio", name=re.compile("^Yes"))).to_be_checked()
            if number == 0:
                person.page.get_by_role("textbox").last.fill("It proposes who gets a loan.")
            person.page.get_by_role("button", name="Next").click()
        else:
            person.page.keyboard.press("?" if number == 7 else "n")
    asks(person, "A few questions on the law.")
    assert until(lambda: "outside_objects" in ethics(books, project).unknown)
    assert until(lambda: ethics(books, project).decides_people_reason) == "It proposes who gets a loan."
    person.page.get_by_role("button", name="Go on").click()
    for _ in range(60):
        if person.page.get_by_role("heading", name=re.compile("hand them to compliance")).count():
            break
        asked = person.page.get_by_role("heading", level=2).first.inner_text()
        person.page.keyboard.press("?")
        expect(person.page.get_by_role("heading", name=asked, exact=True)).to_have_count(0)
    asks(person, re.compile("questions: hand them to compliance"))
    person.answer("Who", "Claire Dubois, compliance")
    assert until(lambda: ethics(books, project).handed_to == "Claire Dubois, compliance")
    expect(person.page.get_by_text("With Claire Dubois, compliance. You keep working")).to_be_visible()
    person.page.get_by_role("link", name="In depth").click()
    expect(person.page.get_by_text(re.compile(r"questions decide how large the impact is"))).to_be_visible()
    body = person.page.inner_text("body")
    assert not re.search(r"\b(150|153)\b|of 96", body)


def test_what_one_person_answers_appears_at_the_other(fresh, people, shared_server, books):
    person, project = fresh
    other = people(shared_server.url)
    other.open("ethics", project)
    asks(other, ASKED[0])
    person.page.keyboard.press("y")
    expect(other.page.get_by_role("radio", name=re.compile("^Yes"))).to_be_checked()
    for name in SCREENING:
        if name != "decides_people":
            assert until(lambda n=name: books.store.save(project, "ethics", [edit(n)], "Bo").stamp)
    other.page.get_by_role("button", name="Next").click()
    expect(other.page.get_by_role("radio", name="No", exact=True)).to_be_checked()


def edit(name: str):
    return Edit("", "", name, None, "no")


def test_a_question_in_depth_is_answered_and_the_level_stands(loan):
    person, _ = loan
    person.turn_to("In depth")
    asks(person, "How much harder is the hardest-hit group hit than the average?")
    person.page.get_by_role("radio", name=re.compile("^Not at all")).click()
    asks(person, "How well does the data stand for the people it decides about?")
    person.page.get_by_role("radio", name=re.compile("^Well, and it was measured")).click()
    expect(person.page.get_by_text("Enough is answered", exact=False).first).to_be_visible()
    expect(person.page.get_by_text("Level II: moderate impact").first).to_be_visible()


def test_an_answer_that_is_on_its_way_is_not_asked_again(loan):
    person, _ = loan
    person.turn_to("In depth")
    held = []
    person.page.route("**/ethics", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    asks(person, "How much harder is the hardest-hit group hit than the average?")
    person.page.get_by_role("radio", name=re.compile("^Not at all")).click()
    second = "How well does the data stand for the people it decides about?"
    asks(person, second)
    person.page.get_by_role("radio", name=re.compile("^Well, and it was measured")).click()
    expect(person.page.get_by_role("heading", name=second)).to_have_count(0)
    held[0].continue_()
    # The server tells what the first answer made of it: it lacks the second.
    expect(person.page.get_by_text("One question decides how large the impact is")).to_be_visible()
    expect(person.page.get_by_role("heading", name=second)).to_have_count(0)
    held[1].continue_()
    expect(person.page.get_by_text("Level II: moderate impact").first).to_be_visible()


def test_a_concern_is_raised_without_a_name_beside_the_list(loan, books):
    person, project = loan
    person.page.get_by_role("link", name="Concerns").click()
    person.page.get_by_text("Raise a concern without your name").click()
    person.page.get_by_label("Your concern").fill("The boss decided before we asked.")
    person.page.get_by_role("button", name="Raise it without my name").click()
    expect(person.page.get_by_text("Raised. It stands in the list without a name.")).to_be_visible()
    expect(person.page.get_by_role("button", name="The boss decided before we asked.")).to_be_visible()
    expect(person.page.get_by_label("Your concern")).to_have_value("")
    assert (ethics(books, project).concerns[-1].raised_by, books.store.history(project)[0].by) == ("", "")


def test_a_concern_is_answered_and_never_removed(loan, books):
    person, project = loan
    person.turn_to("Concerns")
    before = len(ethics(books, project).concerns)
    row = person.page.locator("button.open").first
    row.focus()
    person.page.keyboard.press("Delete")
    expect(person.page.get_by_text("A concern is answered, never removed. Say what came of it.")).to_be_visible()
    assert len(ethics(books, project).concerns) == before


def test_a_concern_becomes_a_risk_with_its_words_which_follow_and_is_taken_back(loan, books):
    person, project = loan
    person.turn_to("Concerns")
    first = ethics(books, project).concerns[0]
    person.page.locator("button.open").first.click()
    card = person.drawer()
    card.get_by_role("button", name="More", exact=True).click()
    card.get_by_role("button", name="Also a risk").click()
    expect(card.get_by_role("link", name=first.concern)).to_be_visible()
    made = until(lambda: ethics(books, project).concerns[0].risk)
    assert next(r.risk for r in ethics(books, project).risks if r.id == made) == first.concern
    card.get_by_role("button", name="Take back: also a risk").click()
    assert until(lambda: made not in {r.id for r in ethics(books, project).risks})
    expect(card.get_by_role("link", name=first.concern)).to_have_count(0)


def test_a_concern_raised_without_a_name_blocks_until_somebody_accepts_it(loan, books):
    person, project = loan
    person.call_me("Ana")
    person.turn_to("Concerns")
    person.page.locator("summary").filter(has_text="Raise a concern without your name").first.click()
    person.page.get_by_label("Your concern").fill("Clerks are paid by the number of loans.")
    person.page.get_by_role("button", name="Raise it without my name").click()
    row = person.page.get_by_role("button", name="Clerks are paid by the number of loans.")
    expect(row).to_be_visible()
    assert books.store.history(project)[0].by == ""
    assert books.store.open(project).overview.met == 12
    row.click()
    card = person.drawer()
    person.show_more(card)
    person.answer("Goes ahead although it is open: accepted by", "Victor Lang, sponsor", card)
    person.saved("Goes ahead although it is open: accepted by", card)
    assert until(lambda: books.store.open(project).overview.met == 13)


@pytest.mark.parametrize(
    "look", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}], ids=["light", "dark", "phone"]
)
def test_every_tab_fits_and_stays_calm(shared_server, books, people, look, request):
    person = people(shared_server.url, **look)
    project = books.store.create(LOAN, "Ana")
    person.open("ethics", project)
    for tab in TABS:
        person.turn_to(tab)
        assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        person.page.screenshot(path=SHOTS / f"ethics-{tab.split()[0].lower()}-{request.node.callspec.id}.png")


def test_promises_are_taken_on_planned_and_tied_in_place(loan, books):
    person, project = loan
    person.open("ethics", project, tab="promises")
    page = person.page
    page.get_by_role("button", name=re.compile("^Take on the other [0-9]+ that are certain")).click()
    assert until(lambda: len(ethics(books, project).obligations) > 3)
    expect(page.get_by_role("button", name=re.compile("^Take on the other"))).to_have_count(0)
    page.get_by_text(re.compile("^What is demanded: ")).click()
    expect(page.locator(".demands .chip.yes").first).to_be_visible()
    assert not violations(person)
    tie = page.locator(".proof select").first
    tie.select_option(index=1)
    assert until(lambda: any(o.milestone and o.id != "explanation" for o in ethics(books, project).obligations))
    page.get_by_role("button", name=re.compile("^Make milestones of [0-9]+$")).click()
    assert until(lambda: all(o.milestone for o in ethics(books, project).obligations))
    expect(page.get_by_role("button", name=re.compile("^Make milestone"))).to_have_count(0)
    page.get_by_role("button", name="Make it a target of the plan").first.click()
    expect(page.locator(".proof .chip", has_text="a target of the plan").first).to_be_visible()
    page.get_by_text("At launch: was it kept?").click()
    page.locator(".kept2").first.get_by_label("Asked again at launch").first.wait_for()
    assert not violations(person)
