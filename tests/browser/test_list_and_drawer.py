"""Records are edited in a list with a drawer: by several people at once, by mouse, finger and keyboard, and nothing gets lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from scoping import samples
from scoping.sections.problems import Problem
from tests.browser.hands import Books, Person
from tests.browser.lists import Drawer, Rows, focused
from tests.browser.test_accessibility import violations
from tests.server import Server
from tests.tools import until

SECOND = 1_000
"""What somebody else does is seen within this many milliseconds."""
WISH, WHO, TODAY = "What do you wish were working better?", "Who is affected", "Today it stands at"
BREAD, SHELVES, ORDERS, HOLIDAYS = "Bread is thrown away", "Shelves are empty", "Ordering takes long", "Holidays surprise us"
FOUR = (BREAD, SHELVES, ORDERS, HOLIDAYS)


@pytest.fixture(scope="module")
def team(shared_server: Server, browser: Browser) -> Iterator[tuple[Person, Person, Person]]:
    """Ana, Ben and Cem, each at a browser of their own."""
    came = [Person(browser, shared_server.url) for _ in range(3)]
    for person, name in zip(came, ("Ana", "Ben", "Cem"), strict=True):
        person.open()
        person.call_me(name)
    yield came[0], came[1], came[2]
    for person in came:
        person.close()


@pytest.fixture
def bakery(books: Books) -> str:
    """A project with four problems."""
    return project_with(books, *FOUR)


def project_with(books: Books, *statements: str, **answers: Any) -> str:
    """A project with these problems; `answers` are the same for all of them."""
    charter = samples.new_charter("Bakery", "", "USD")
    rows = tuple(
        Problem(id=f"p{place}", statement=name, who_is_affected="Shops", **answers) for place, name in enumerate(statements)
    )
    return books.store.create(
        charter.model_copy(update={"problems": charter.problems.model_copy(update={"problems": rows})}), "Dana"
    )


def at(person: Person, project: str, title: str = "Problems") -> Rows:
    person.open("problems", project)
    return Rows(person, title)


def kept(books: Books, project: str) -> list[str]:
    """The problems as the database has them."""
    return [row.statement for row in books.part(project, "problems").problems]


def soon_kept(books: Books, project: str, *statements: str) -> bool:
    return until(lambda: kept(books, project) == list(statements))


def top(row: Locator) -> float:
    box = row.bounding_box()
    assert box is not None
    return box["y"]


# --- the list


def test_others_see_rows_added_moved_removed_and_brought_back(team: tuple[Person, ...], bakery: str, books: Books) -> None:
    ana, ben = (at(person, bakery) for person in team[:2])
    ana.shows(*FOUR)
    ana.add("Vans stand idle", "Tills are slow")
    expect(ben.row("Tills are slow")).to_be_visible(timeout=SECOND)
    expect(ben.row("Tills are slow")).to_have_class(re.compile(r"\bfresh\b"))
    expect(ben.row("Tills are slow")).not_to_have_class(re.compile(r"\bfresh\b"), timeout=3 * SECOND)
    ben.keys("Tills are slow", "Alt+ArrowUp", "Alt+ArrowUp")
    moved = (BREAD, SHELVES, ORDERS, "Tills are slow", HOLIDAYS, "Vans stand idle")
    ben.shows(*moved)
    expect(ben.section.get_by_text("Tills are slow: place 4 of 6")).to_be_attached()
    expect(ana.entries.locator(".t")).to_have_text(list(moved), timeout=SECOND)
    ana.keys(SHELVES, "Delete")
    expect(ben.row(SHELVES)).to_have_count(0, timeout=SECOND)
    assert soon_kept(books, bakery, *(name for name in moved if name != SHELVES))
    ana.bring_back(f"“{SHELVES}”").click()
    expect(ben.entries.locator(".t")).to_have_text(list(moved), timeout=SECOND)
    assert soon_kept(books, bakery, *moved)
    assert books.part(bakery, "problems").problems[1].who_is_affected == "Shops"


def test_several_go_and_come_back_at_once_after_edits_of_others(team: tuple[Person, ...], bakery: str, books: Books) -> None:
    ana, ben = (at(person, bakery) for person in team[:2])
    ana.button(BREAD).click(modifiers=["Control"])
    ana.button(ORDERS).click(modifiers=["Shift"])
    expect(ana.section.get_by_text("3 selected", exact=True).first).to_be_visible()
    ana.button(SHELVES).click()
    ana.section.get_by_role("button", name="Remove", exact=True).click()
    ana.shows(SHELVES, HOLIDAYS)
    ben.add("Vans stand idle")
    ben.keys(HOLIDAYS, "Alt+ArrowUp")
    ana.shows(HOLIDAYS, SHELVES, "Vans stand idle")
    ana.bring_back("2 entries").click()
    back = [BREAD, HOLIDAYS, SHELVES, ORDERS, "Vans stand idle"]
    ana.shows(*back)
    ben.shows(*back)
    assert soon_kept(books, bakery, *back)


def test_an_undo_by_keys_and_selection_by_keys(team: tuple[Person, ...], bakery: str, books: Books) -> None:
    rows = at(team[0], bakery)
    rows.keys(BREAD, "Shift+ArrowDown", "Shift+ArrowDown", "Delete")
    rows.shows(HOLIDAYS)
    assert focused(team[0]) == "Bring back 3 entries"
    team[0].page.keyboard.press("Control+z")
    rows.shows(*FOUR)
    assert until(lambda: focused(team[0]) == "p0")
    assert soon_kept(books, bakery, *FOUR)
    rows.keys(ORDERS, "Alt+ArrowUp", "Control+z")
    rows.shows(*FOUR)
    assert soon_kept(books, bakery, *FOUR)


def test_two_people_move_different_rows_at_once(team: tuple[Person, ...], bakery: str, books: Books) -> None:
    ana, ben = (at(person, bakery) for person in team[:2])
    with ana.person.offline():
        ana.keys(BREAD, "Alt+ArrowDown")
        ana.shows(SHELVES, BREAD, ORDERS, HOLIDAYS)
        ben.keys(HOLIDAYS, "Alt+ArrowUp")
        assert soon_kept(books, bakery, BREAD, SHELVES, HOLIDAYS, ORDERS)
    both = [SHELVES, BREAD, HOLIDAYS, ORDERS]
    ana.shows(*both)
    ben.shows(*both)
    assert soon_kept(books, bakery, *both)


def test_a_row_is_dragged_by_the_mouse_and_by_a_finger(
    team: tuple[Person, ...], bakery: str, books: Books, shared_server: Server, people: Callable[..., Person]
) -> None:
    rows = at(team[0], bakery)
    mouse = team[0].page.mouse
    from_box, to_box = rows.row(HOLIDAYS).bounding_box(), rows.row(SHELVES).bounding_box()
    assert from_box
    assert to_box
    mouse.move(from_box["x"] + 200, from_box["y"] + 20)
    mouse.down()
    mouse.move(from_box["x"] + 200, from_box["y"], steps=3)
    mouse.move(to_box["x"] + 200, to_box["y"] + 8, steps=6)
    mouse.up()
    rows.shows(BREAD, HOLIDAYS, SHELVES, ORDERS)
    # To drag is not to open.
    expect(team[0].page.get_by_role("dialog")).to_have_count(0)
    assert soon_kept(books, bakery, BREAD, HOLIDAYS, SHELVES, ORDERS)

    phone = people(shared_server.url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    rows = at(phone, bakery)
    grip = rows.row(ORDERS).locator(".rank")
    grip.scroll_into_view_if_needed()
    hand = phone.context.new_cdp_session(phone.page)
    start, end = grip.bounding_box(), rows.row(BREAD).bounding_box()
    assert start
    assert end
    x, ys = start["x"] + 6, (start["y"] + 8, start["y"] - 20, end["y"] + 40, end["y"] + 6)
    hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": ys[0]}]})
    for y in ys[1:]:
        hand.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y}]})
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    rows.shows(ORDERS, BREAD, HOLIDAYS, SHELVES)
    assert soon_kept(books, bakery, ORDERS, BREAD, HOLIDAYS, SHELVES)


def test_what_one_reads_stays_in_its_place(team: tuple[Person, ...], books: Books) -> None:
    project = project_with(books, *(f"Problem {number}" for number in range(40)))
    ana, ben = (at(person, project) for person in team[:2])
    ana.row("Problem 30").scroll_into_view_if_needed()
    ana.button("Problem 30").focus()
    before = top(ana.row("Problem 30"))
    ben.keys("Problem 35", "Delete")
    ben.keys("Problem 2", "Delete")
    expect(ana.entries).to_have_count(38)
    assert abs(top(ana.row("Problem 30")) - before) <= 2
    ben.bring_back("“Problem 2”").click()
    expect(ana.entries).to_have_count(39)
    assert abs(top(ana.row("Problem 30")) - before) <= 2
    assert focused(ana.person) == "p30"


def test_a_copy_of_a_row_stands_below_it(team: tuple[Person, ...], bakery: str, books: Books) -> None:
    rows = at(team[0], bakery)
    rows.open(SHELVES).choose("Duplicate")
    Drawer(team[0]).named(f"{SHELVES} (copy)")
    assert soon_kept(books, bakery, BREAD, SHELVES, f"{SHELVES} (copy)", ORDERS, HOLIDAYS)
    assert books.part(bakery, "problems").problems[2].who_is_affected == "Shops"


def test_a_list_without_names_opens_what_is_added(team: tuple[Person, ...], books: Books) -> None:
    charter = samples.samples()[0].charter
    project = books.store.create(charter, "Dana")
    team[0].page.goto(f"{team[0].url}/milestones?project={project}&tab=targets")
    rows = Rows(team[0], "Targets")
    before = rows.entries.count()
    rows.section.get_by_role("button", name="Add a target").click()
    drawer = Drawer(team[0])
    expect(drawer.field("Milestone")).to_be_focused()
    drawer.field("Metric").fill("Loaves thrown away")
    team[0].page.keyboard.press("Escape")
    drawer.closed()
    expect(rows.entries).to_have_count(before + 1)
    assert until(lambda: books.part(project, "milestones").targets[-1].metric == "Loaves thrown away")


def test_a_list_says_how_to_begin_and_what_is_open(team: tuple[Person, ...], books: Books) -> None:
    project = project_with(books)
    rows = at(team[0], project)
    expect(rows.section).to_contain_text("Ask everyone: which three things do you wish were working better?")
    rows.add(BREAD)
    expect(rows.row(BREAD).locator(".chip.open")).to_have_count(2)
    expect(rows.row(BREAD).locator(".chip.open").first).to_have_css("border-style", "dashed")
    expect(rows.row(BREAD).locator(".chip.open").first).to_have_css("font-size", "13px")
    drawer = rows.open(BREAD)
    drawer.box.locator("[data-field=baseline_value] .dunno").click()
    team[0].saved(TODAY, drawer.box)
    expect(rows.row(BREAD).locator(".chip.open", has_text="no number yet")).to_be_visible()
    team[0].answer(TODAY, "21", drawer.box)
    expect(rows.row(BREAD).locator(".chip:not(.open)").first).to_have_text("21 now")


def test_archived_projects_are_read_only(team: tuple[Person, ...], bakery: str, books: Books) -> None:
    books.store.archive(bakery, "Dana")
    rows = at(team[0], bakery)
    expect(rows.section.get_by_role("textbox")).to_have_count(0)
    expect(rows.section).to_contain_text("This project is archived")
    rows.keys(BREAD, "Delete", "Alt+ArrowDown")
    rows.shows(*FOUR)
    drawer = rows.open(BREAD)
    expect(drawer.box.get_by_role("button", name="More", exact=True)).to_have_count(0)
    expect(drawer.box.get_by_role("button", name="Copy the link")).to_be_visible()
    expect(drawer.field(WHO)).to_have_attribute("readonly", "")


# --- the drawer


def test_others_see_what_is_typed_and_keep_focus_and_caret(team: tuple[Person, ...], bakery: str) -> None:
    ana, ben, cem = (at(person, bakery) for person in team)
    hers, his = ana.open(BREAD), ben.open(BREAD)
    his.field(WISH).click()
    ben.page.keyboard.press("Control+End")
    hers.field(WHO).click()
    ana.page.keyboard.press("Control+A")
    ana.page.keyboard.type("Managers")
    expect(his.field(WHO)).to_have_value("Managers", timeout=2 * SECOND)
    expect(his.field(WISH)).to_be_focused()
    ben.page.keyboard.type(" every day")
    expect(his.field(WISH)).to_have_value(f"{BREAD} every day")
    # Somebody who looks at the list sees whose row it is.
    expect(cem.row(BREAD + " every day").locator(".who")).to_contain_text(re.compile("Ana|Ben"))
    hers.named(f"{BREAD} every day")
    expect(hers.box.get_by_role("region", name="History")).to_contain_text(re.compile("Ben, (just now|1 min ago)"))


def test_what_is_done_without_a_network_is_saved_afterwards(team: tuple[Person, ...], bakery: str, books: Books) -> None:
    ana, ben = (at(person, bakery) for person in team[:2])
    with team[0].offline():
        ana.add("Vans stand idle")
        drawer = ana.open("Vans stand idle")
        team[0].answer(WHO, "Drivers", drawer.box)
        drawer.press("Close")
        ana.keys("Vans stand idle", "Alt+ArrowUp")
        ana.keys(BREAD, "Delete")
        ben.keys(SHELVES, "Alt+ArrowDown")
        assert soon_kept(books, bakery, BREAD, ORDERS, SHELVES, HOLIDAYS)
    # What Ana put behind the orders stands behind them.
    after = (ORDERS, "Vans stand idle", SHELVES, HOLIDAYS)
    assert soon_kept(books, bakery, *after)
    ana.shows(*after)
    ben.shows(*after)
    assert until(lambda: books.part(bakery, "problems").problems[1].who_is_affected == "Drivers")


def test_a_conflict_is_shown_in_the_drawer_and_on_the_row(team: tuple[Person, ...], bakery: str, books: Books) -> None:
    ana, ben = (at(person, bakery) for person in team[:2])
    drawer, _ = ana.open(SHELVES), ben.open(SHELVES)
    with team[0].offline():
        drawer.field(WHO).fill("Bakers")
        team[1].answer(WHO, "Customers", Drawer(team[1]).box)
        assert until(lambda: books.part(bakery, "problems").problems[1].who_is_affected == "Customers")
    expect(drawer.box.locator(".clash")).to_contain_text("Ben saved a different answer")
    expect(ana.row(SHELVES)).to_contain_text("Two different answers")
    drawer.press("Keep both")
    assert until(lambda: books.part(bakery, "problems").problems[1].who_is_affected == "Customers / Bakers")
    expect(Drawer(team[1]).field(WHO)).to_have_value("Customers / Bakers")


def test_what_is_removed_under_the_hands_stays_and_comes_back(team: tuple[Person, ...], bakery: str, books: Books) -> None:
    ana, ben = (at(person, bakery) for person in team[:2])
    drawer = ana.open(ORDERS)
    drawer.field(WHO).fill("Managers of shops")
    ben.keys(ORDERS, "Delete")
    expect(drawer.box.get_by_role("alert").first).to_contain_text("Ben removed this problem", timeout=2 * SECOND)
    expect(drawer.field(WHO)).to_have_value("Managers of shops")
    drawer.press("Bring it back")
    ana.shows(*FOUR)
    ben.shows(*FOUR)
    assert until(lambda: [r.who_is_affected for r in books.part(bakery, "problems").problems][2] == "Managers of shops")
    expect(drawer.box.get_by_role("alert")).to_have_count(0)


def test_the_drawer_has_an_address_a_title_and_a_place(team: tuple[Person, ...], books: Books) -> None:
    person = team[0]
    # Spaces that a browser leaves out of a title.
    project = project_with(books, "Two  spaces ", SHELVES, ORDERS)
    rows = at(person, project)
    own = person.page.title()
    drawer = rows.open("Two  spaces")
    assert until(lambda: person.page.title() == "Two spaces · Problems")
    assert "open=problems/p0" in person.page.url
    expect(drawer.box).to_contain_text("1 of 3")
    drawer.press("Next")
    drawer.named(SHELVES)
    person.page.keyboard.press("ArrowDown")
    drawer.named(ORDERS)
    expect(drawer.box).to_contain_text("3 of 3")
    person.page.go_back()
    drawer.named(SHELVES)
    person.reload()
    Drawer(person).named(SHELVES)
    person.page.keyboard.press("Escape")
    drawer.closed()
    assert "open=" not in person.page.url
    assert until(lambda: person.page.title() == own)
    person.page.go_back()
    Drawer(person).named(SHELVES)
    drawer.choose("Remove")
    drawer.closed()
    rows.shows("Two  spaces", ORDERS)
    person.page.go_back()
    expect(rows.section).to_contain_text("was removed")
    person.page.get_by_role("button", name="Show the list").click()
    rows.bring_back(f"“{SHELVES}”").click()
    rows.shows("Two  spaces", SHELVES, ORDERS)


def test_the_page_makes_room_for_the_drawer(team: tuple[Person, ...], bakery: str) -> None:
    person = team[0]
    rows = at(person, bakery)
    drawer = rows.open(BREAD)
    edge = drawer.box.bounding_box()["x"]
    for beside in (rows.section, person.page.locator(".next"), person.page.locator(".presence")):
        box = beside.bounding_box()
        assert box["x"] + box["width"] <= edge, beside
    drawer.press("Close")
    drawer.closed()
    assert until(lambda: rows.section.bounding_box()["width"] == 760)


def test_everything_by_keyboard(team: tuple[Person, ...], bakery: str, books: Books) -> None:
    person, rows = team[0], at(team[0], bakery)
    keys = person.page.keyboard
    rows.button(BREAD).focus()
    keys.press("ArrowDown")
    assert focused(person) == "p1"
    keys.press("End")
    assert until(lambda: focused(person) == "p3")
    keys.press("Home")
    keys.press("Enter")
    drawer = Drawer(person)
    keys.press("Tab")
    expect(drawer.field(WISH)).to_be_focused()
    keys.press("End")
    keys.type(" away")
    keys.press("Escape")
    drawer.closed()
    assert until(lambda: focused(person) == "p0")
    assert until(lambda: kept(books, bakery)[0] == f"{BREAD} away")
    keys.press("Alt+ArrowDown")
    assert until(lambda: focused(person) == "p0")
    rows.shows(SHELVES, f"{BREAD} away", ORDERS, HOLIDAYS)
    rows.section.get_by_role("button", name="Select").focus()
    keys.press("Enter")
    assert until(lambda: focused(person) == "p0")
    keys.press("Space")
    expect(rows.section.get_by_role("checkbox", checked=True)).to_have_count(1)
    rows.section.get_by_role("button", name="Done").focus()
    keys.press("Enter")
    assert until(lambda: focused(person) == "p0")


def test_the_focus_goes_on_when_somebody_removes_its_row(team: tuple[Person, ...], bakery: str) -> None:
    ana, ben = (at(person, bakery) for person in team[:2])
    ana.button(SHELVES).focus()
    ben.keys(SHELVES, "Delete")
    expect(ana.row(SHELVES)).to_have_count(0)
    assert focused(ana.person) == "p2"


def test_on_a_phone(bakery: str, shared_server: Server, people: Callable[..., Person]) -> None:
    phone = people(shared_server.url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    rows = at(phone, bakery)
    expect(rows.section.get_by_role("button", name="Grid")).to_have_count(0)
    rows.button(BREAD).tap()
    drawer = Drawer(phone)
    assert drawer.box.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    for _ in range(12):
        phone.page.keyboard.press("Shift+Tab")
        assert drawer.box.evaluate("box => box.contains(box.getRootNode().activeElement)")
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    small = drawer.box.locator(".dtop button").evaluate_all("all => all.filter(b => b.getBoundingClientRect().height < 44).length")
    assert small == 0
    drawer.press("Close")
    drawer.closed()


# --- everybody


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_nothing_stands_in_the_way(colours: str, bakery: str, shared_server: Server, people: Callable[..., Person]) -> None:
    person = people(shared_server.url, color_scheme=colours)
    rows = at(person, bakery)
    assert not violations(person)
    rows.keys(HOLIDAYS, "Delete")
    rows.button(BREAD).click(modifiers=["Control"])
    assert not violations(person)
    person.page.keyboard.press("Escape")
    drawer = rows.open(SHELVES)
    drawer.press("More")
    assert not violations(person)


# --- five thousand


def test_a_list_of_five_thousand_draws_what_is_in_sight(team: tuple[Person, ...], books: Books) -> None:
    # Without the baseline each problem would be advised about.
    project = project_with(books, *(f"Problem {number}" for number in range(5_000)), baseline_value=3)
    ana, ben = (at(person, project) for person in team[:2])
    assert ana.entries.count() < 100
    expect(ana.entries.first).to_have_attribute("aria-setsize", "5000")
    ana.keys("Problem 0", "End")
    assert until(lambda: focused(ana.person) == "p4999")
    expect(ana.row("Problem 4999")).to_be_in_viewport()
    assert ana.entries.count() < 100
    before = top(ana.row("Problem 4999"))
    ben.keys("Problem 1", "Delete")
    expect(ana.row("Problem 4999").locator(".rank")).to_have_text("4999")
    assert abs(top(ana.row("Problem 4999")) - before) <= 2
    assert focused(ana.person) == "p4999"


QUICK = """async () => {
  const root = [...document.querySelectorAll('*')].map(e => e.shadowRoot).find(r => r?.querySelector('section[aria-label=Problems]'))
  const now = () => performance.now(), frame = () => new Promise(requestAnimationFrame)
  const button = name => [...root.querySelectorAll('.seg button')].find(b => b.textContent.includes(name))
  button('Grid').click()
  while (!root.querySelector('[role=grid]')) await frame()
  const begin = now()
  button('List').click()
  while (!root.querySelector('section[aria-label=Problems] li.entry')) await frame()
  const drawn = now() - begin
  root.querySelector('section[aria-label=Problems] button.open').click()
  while (!root.querySelector('.drawer textarea')) await frame()
  const box = root.querySelector('.drawer textarea'), keys = []
  box.focus()
  for (let i = 0; i < 15; i++) {
    await frame()
    const at = now()
    document.execCommand('insertText', false, 'x')
    await new Promise(done => setTimeout(done))
    keys.push(now() - at)
  }
  return [drawn, keys.sort((a, b) => a - b)[7]]
}"""


def test_a_list_of_five_thousand_is_quick(team: tuple[Person, ...], books: Books) -> None:
    project = project_with(books, *(f"Problem {number}" for number in range(5_000)), baseline_value=3)
    at(team[0], project)
    drawn, key = team[0].page.evaluate(QUICK)
    assert drawn < SECOND
    assert key < 20
