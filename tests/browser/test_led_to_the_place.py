"""Whoever follows what is missing lands at the field; the browser's tab names page and project; days and names read right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, expect

from pages.parts.steps import href
from scoping import samples
from scoping.charter import PART_BY_SLUG, Charter
from scoping.currency import Currency
from scoping.places import Place, Places
from scoping.review import overview
from scoping.section import questions
from scoping.sections.milestones import Milestone, Milestones
from scoping.sections.problems import Problem, Problems
from scoping.sections.solutions import Standing
from tests.browser.hands import Books, Person
from tests.server import Server

PERSIAN = "جستجوی صوتی"


@pytest.fixture(scope="module")
def visitor(shared_server: Server, browser: Browser) -> Iterator[Person]:
    visitor = Person(browser, shared_server.url)
    yield visitor
    visitor.close()


def renamed(charter: Charter, name: str) -> Charter:
    return charter.with_part("project", charter.project.model_copy(update={"name": name}))


# One question of each step, in a tab that does not stand open and below others where the step has such.
FIELDS = {
    "home": ("", "", "rhythm"),
    "problems": ("", "", "link_to_strategy"),
    "solutions": ("", "", "why_learning"),
    "feasibility": ("evidence", "", "source"),
    "value": ("costs", "", "starts_month"),
    "ethics": ("risks", "", "mitigation"),
    "data_sources": ("", "", "lineage"),
    "milestones": ("milestones", "", "kill_criteria"),
    "rollout": ("", "", "learnt_data"),
}


@pytest.mark.parametrize("slug", FIELDS)
def test_an_address_leads_to_a_field_in_its_tab_opened_and_marked(books: Books, visitor: Person, slug: str) -> None:
    charter = samples.samples()[0].charter
    project = books.store.create(charter, "Ana")
    list_name, _, field = FIELDS[slug]
    section = PART_BY_SLUG.get(slug, PART_BY_SLUG["project"])
    record = getattr(charter.part(section.slug), list_name)[-1].id if list_name else ""
    visitor.page.goto(f"{visitor.url}/{href(project, Place(section.slug, list_name, record, field))}")
    marked = visitor.page.locator(".q.marked")
    expect(marked).to_have_count(1)
    expect(marked).to_have_attribute("data-field", field)
    expect(marked).to_be_in_viewport()
    asked = {q.name: q.label for q in questions(section.lists[list_name].record if list_name else section.model)}
    expect(marked.locator(".label")).to_have_text(asked[field])
    expect(marked.locator(".control")).to_be_focused()
    assert "at=" not in visitor.page.url


@pytest.mark.parametrize(("page", "field"), [("charter", "who_is_affected"), ("problems", "decision_changed")])
def test_a_point_that_is_missing_leads_to_its_field_from_charter_and_step(
    books: Books, visitor: Person, page: str, field: str
) -> None:
    charter = Charter(problems=Problems(problems=(Problem(id="p", statement="Late trains"),)))
    project = books.store.create(charter, "Ana")
    finding = next(f for f in overview(charter).missing if Places(charter).of(f).field == field)
    visitor.open(page, project)
    if page == "problems":
        visitor.page.get_by_role("button", name=re.compile("more here")).click()
    link = visitor.page.locator("[data-testid=stMain]").get_by_role("link", name=finding.message)
    assert link.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), "the sentence is read whole"
    link.click()
    marked = visitor.page.locator(".q.marked")
    expect(marked).to_have_attribute("data-field", field)
    expect(marked).to_be_in_viewport()


def test_the_tab_of_the_browser_names_page_and_project(books: Books, visitor: Person) -> None:
    project = books.store.create(renamed(Charter(), "Churn"), "Ana")
    for slug, title in {
        "value": "Value · Churn · ",
        "charter": "Charter · Churn · ",
        "compare": "Compare · Churn · ",
        "ranking": "Ranking of projects · ML",
    }.items():
        visitor.open(slug, project)
        expect(visitor.page).to_have_title(f"{title.removesuffix('ML')}ML scoping workbench")


def test_a_day_is_typed_in_any_form_and_read_in_one(books: Books, visitor: Person) -> None:
    project = books.store.create(samples.samples()[0].charter, "Ana")
    charter = samples.samples()[0].charter
    place = Place("milestones", "milestones", charter.milestones.milestones[0].id, "due")
    visitor.page.goto(f"{visitor.url}/{href(project, place)}")
    control = visitor.page.locator(".q.marked .control")
    control.fill("22/2/2027")
    control.press("Tab")
    expect(control).to_have_value("22 Feb 2027")
    visitor.all_saved()
    assert str(books.store.open(project).charter.milestones.milestones[0].due) == "2027-02-22"


ORDER = """
(element, [first, then]) => {
  const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const places = [node.data.indexOf(first), node.data.indexOf(then)]
    if (places.includes(-1)) continue
    return places.map((at, i) => {
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + [first, then][i].length)
      return range.getClientRects()[0].left
    })
  }
  return null
}
"""
"""Where two pieces of a sentence begin on the screen, in pixels."""


def reads_from_left_to_right(element: Locator, first: str, then: str) -> bool:
    expect(element).to_be_visible()
    name, words = element.evaluate(ORDER, [first, then])
    return name < words


def test_cards_ranking_and_best_set_keep_their_direction_whatever_name_begins_a_sentence(books: Books, visitor: Person) -> None:
    today = datetime.now(UTC).date()
    for other in books.store.portfolio.page(today=today, limit=100).cards:
        books.store.archive(other.project_id, "Ana")
    late = Milestone(id="a", deliverable=PERSIAN, due=today - timedelta(days=9))
    names = [f"{PERSIAN} {letter}" for letter in "ابپ"]
    for name, currency in zip(names, (Currency.USD, Currency.USD, Currency.EUR), strict=True):
        charter = renamed(Charter(milestones=Milestones(milestones=(late,))), name)
        head = charter.project.model_copy(update={"currency": currency})
        project = books.store.create(charter.with_part("project", head), "Ana")
    visitor.open()
    card = visitor.page.get_by_role("listitem").filter(has=visitor.page.locator(f"a[href*='project={project}']"))
    assert reads_from_left_to_right(card.get_by_text("was due on").first, PERSIAN, "was due on")
    visitor.open("compare")
    close = visitor.page.get_by_text("cannot be told apart").first
    assert reads_from_left_to_right(close, PERSIAN, "cannot")
    visitor.page.get_by_role("link", name="Best set").click()
    visitor.page.get_by_label("Budget in USD").fill("1000")
    visitor.page.get_by_label("Budget in USD").press("Enter")
    priced = visitor.page.get_by_text("Give an exchange rate to compare it").first
    assert reads_from_left_to_right(priced, PERSIAN, "is in EUR")


def test_a_sentence_of_ours_keeps_its_direction_whatever_name_begins_it(books: Books, visitor: Person) -> None:
    charter = renamed(samples.samples()[0].charter, PERSIAN)
    problems = charter.problems.problems
    row = problems[0].model_copy(update={"statement": PERSIAN, "baseline_value": None, "unknown": ()})
    charter = charter.with_part("problems", charter.problems.model_copy(update={"problems": (row, *problems[1:])}))
    project = books.store.create(charter, "Ana")
    visitor.open("problems", project)
    visitor.page.get_by_role("button", name=re.compile("more here")).click()
    points = visitor.page.locator(".ahead a").filter(has_text=PERSIAN)
    expect(points.first).to_be_visible()
    for point in points.all():
        assert point.evaluate("e => getComputedStyle(e).direction + getComputedStyle(e).unicodeBidi") == "ltrisolate"


def test_what_is_needed_on_a_step_leads_to_the_very_question(books: Books, visitor: Person) -> None:
    project = books.store.create(Charter(), "Ana")
    visitor.open("problems", project)
    finding = next(f for f in overview(Charter()).missing if Places(Charter()).of(f).field == "decision_changed")
    ahead = visitor.page.get_by_role("region", name="What is next")
    expect(ahead.locator(".next")).to_contain_text("To sign: 0 of 16")
    ahead.get_by_role("button", name=re.compile("more here")).click()
    ahead.get_by_role("link", name=finding.message).click()
    marked = visitor.page.locator(".q.marked")
    expect(marked).to_have_attribute("data-field", "decision_changed")
    expect(marked.locator(".control")).to_be_focused()
    expect(visitor.page).not_to_have_url(re.compile("at="))


def test_where_nothing_is_needed_the_line_leads_to_the_first_thing_elsewhere(books: Books, visitor: Person) -> None:
    charter = samples.samples()[0].charter
    project = books.store.create(charter.with_part("milestones", Charter().milestones), "Ana")
    visitor.open("problems", project)
    line = visitor.page.locator(".next")
    expect(line).to_contain_text("Nothing here is needed to sign. Next: ")
    first = overview(books.charter(project)).missing[0]
    expect(line).to_contain_text(f"{first.message} (in Milestones)")
    line.get_by_role("link").click()
    expect(visitor.title("milestones")).to_be_visible()
    expect(visitor.page.locator(".next")).to_contain_text(f"Next: {first.message}")


@pytest.mark.parametrize(("slug", "words"), [("voice_search", "see why"), ("online_retailer", "sign the charter")])
def test_where_nothing_is_missing_the_line_says_how_the_project_stands(
    books: Books, visitor: Person, slug: str, words: str
) -> None:
    charter = next(s for s in samples.samples() if s.slug == slug).as_of(datetime.now(UTC).date())
    visitor.open("problems", books.store.create(charter, "Ana"))
    expect(visitor.page.locator(".next")).to_contain_text(f"Next: {words}")


def test_an_old_address_leads_to_its_new_place(books: Books, visitor: Person) -> None:
    project = books.store.create(renamed(Charter(), "Churn"), "Ana")
    visitor.page.goto(f"{visitor.url}/overview?project={project}")
    visitor.settle()
    expect(visitor.page).to_have_url(re.compile(f"/home.project={project}"))


def test_an_old_address_of_a_list_leads_to_its_heading_on_another_page(books: Books, visitor: Person) -> None:
    project = books.store.create(samples.samples()[0].charter, "Ana")
    visitor.page.goto(f"{visitor.url}/value?project={project}&tab=realised&at=realised")
    visitor.settle()
    heading = visitor.page.get_by_role("heading", name="Realised value")
    # Nothing is typed there at once, so whoever was led here stands on what adds an entry.
    add = visitor.page.locator(".records").filter(has=heading).get_by_role("button", name=re.compile("^Add "))
    expect(add).to_be_focused()
    expect(heading).to_be_in_viewport()


def test_an_address_of_a_list_leads_to_the_line_that_adds_to_it(books: Books, visitor: Person) -> None:
    project = books.store.create(samples.samples()[0].charter, "Ana")
    visitor.page.goto(f"{visitor.url}/problems?project={project}&tab=goals&at=goals")
    visitor.settle()
    expect(visitor.page.get_by_role("textbox", name="Add a goal")).to_be_focused()


def test_links_of_the_sidebar_are_real_links(books: Books, visitor: Person) -> None:
    project = books.store.create(renamed(Charter(), "Churn"), "Ana")
    visitor.open("problems", project)
    with visitor.context.expect_page() as opening:
        visitor.link("value").click(modifiers=["Control"])
    other = opening.value
    other.wait_for_url(re.compile(f"/value.project={project}"))
    other.close()
    expect(visitor.title("problems")).to_be_visible()
    loads: list[str] = []
    visitor.page.on("domcontentloaded", lambda _: loads.append("loaded"))
    visitor.go("value")
    visitor.turn_to("Money")
    visitor.go("rollout")
    expect(visitor.link("rollout")).to_have_attribute("aria-current", "page")
    visitor.page.go_back()
    expect(visitor.title("value")).to_be_visible()
    expect(visitor.page).to_have_url(re.compile("tab=money"))
    visitor.page.go_back()
    expect(visitor.page.get_by_role("link", name="Ladder")).to_have_attribute("aria-current", "page")
    assert not loads


def test_on_a_phone_the_sidebar_closes_on_choice(books: Books, people: Callable[..., Person], shared_server: Server) -> None:
    project = books.store.create(Charter(), "Ana")
    person = people(shared_server.url, viewport={"width": 390, "height": 844}, has_touch=True)
    person.open("problems", project)
    person.page.get_by_test_id("stExpandSidebarButton").tap()
    person.link("value").tap()
    person.title("value").wait_for()
    expect(person.link("value")).not_to_be_in_viewport()


def test_an_answer_that_asks_for_more_says_so_at_its_place(books: Books, visitor: Person) -> None:
    charter = next(s for s in samples.samples() if s.slug == "online_retailer").as_of(datetime.now(UTC).date())
    project = books.store.create(charter, "Ana")
    other = next(s for s in charter.solutions.solutions if s.standing is Standing.PARKED)
    visitor.page.goto(f"{visitor.url}/{href(project, Place('solutions', 'solutions', other.id, 'standing'))}")
    visitor.answer("Where it stands", "Chosen for this charter", visitor.drawer())
    told = visitor.question("Where it stands", visitor.drawer()).get_by_role("status").filter(has_text="To sign")
    expect(told).to_contain_text("no longer 16")
    expect(told).to_contain_text("A charter has one solution")
    visitor.answer("Where it stands", "Parked", visitor.drawer())
    expect(told).to_have_count(0)
