"""The grid, for those who paste: keys and ranges as in spreadsheets, refusals at the cell, and others' edits in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from scoping import samples
from scoping.merge import Edit, added, removed
from scoping.sections.data_sources import Source
from scoping.sections.milestones import Milestone
from scoping.sections.problems import Problem
from tests.browser.grids import NEW, Grid
from tests.browser.hands import Books, Person
from tests.browser.test_accessibility import violations
from tests.server import Server
from tests.tools import until

SOURCES = tuple(
    Source(id=f"s{n}", name=name, origin=origin, amount=amount, unit="hours", cost=cost, days=days, currency="USD")
    for n, (name, origin, amount, cost, days) in enumerate(
        [
            ("Own queries", "owned", 100, 0, 0),
            ("Crowd", "crowdsourced", 1_000, 1_000_000, 14),
            ("Bought", "purchased", 400, 500_000, 1),
        ]
    )
)
SEEN_MS = 1_000
"""Others' edits are seen within this time."""


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
def project(books: Books) -> str:
    """A project with three data sources."""
    project = books.store.create(samples.new_charter("Shared", "", "USD"), "Cem")
    books.store.save(project, "data_sources", [added("sources", source) for source in SOURCES], "Cem")
    return project


@pytest.fixture
def ana(couple: tuple[Person, Person], project: str) -> Grid:
    couple[0].open("data_sources", project)
    return Grid(couple[0], "Data sources")


@pytest.fixture
def ben(couple: tuple[Person, Person], project: str) -> Grid:
    couple[1].open("data_sources", project)
    return Grid(couple[1], "Data sources")


def rows(books: Books, project: str) -> list[Source]:
    return list(books.part(project, "data_sources").sources)


def names(books: Books, project: str) -> list[str]:
    return [row.name for row in rows(books, project)]


def comes(books: Books, project: str, *wanted: str) -> None:
    """Wait until the database holds the data sources of these names, in this order."""
    assert until(lambda: names(books, project) == list(wanted)), names(books, project)


# --- typing and keys


def test_a_cell_typed_over_is_saved_and_seen_by_others(ana: Grid, ben: Grid, books: Books, project: str) -> None:
    ana.type(0, "name", "Our own queries")
    ana.active(1, "name")
    ben.shows(0, "name", "Our own queries", SEEN_MS)
    comes(books, project, "Our own queries", "Crowd", "Bought")


def test_keys_walk_and_edit_as_in_a_spreadsheet(ana: Grid, books: Books, project: str) -> None:
    ana.at(0, "name")
    ana.press("ArrowDown", "ArrowRight", "ArrowRight")
    ana.active(1, "amount")
    ana.press("Home")
    ana.active(1, "name")
    ana.press("End")
    ana.active(1, "days")
    ana.press("Control+Home")
    ana.active(0, "name")
    ana.press("F2")
    ana.page.keyboard.type(" and clicks")
    ana.press("Tab")
    ana.active(0, "origin")
    ana.press("Shift+Tab", "F2")
    ana.page.keyboard.type(" thrown away")
    ana.press("Escape")
    ana.active(0, "name")
    ana.shows(0, "name", "Own queries and clicks")
    ana.page.keyboard.type("12")
    ana.press("ArrowDown")
    ana.active(1, "name")
    ana.shows(0, "name", "12")
    comes(books, project, "12", "Crowd", "Bought")


def test_a_click_elsewhere_leaves_the_editor_and_saves(ana: Grid, books: Books, project: str) -> None:
    ana.at(0, "name")
    ana.page.keyboard.type("Left by a click")
    ana.at(2, "unit")
    ana.page.keyboard.type("clips")
    ana.page.get_by_role("heading", level=1).click()
    comes(books, project, "Left by a click", "Crowd", "Bought")
    assert until(lambda: rows(books, project)[2].unit == "clips")
    expect(ana.page.locator(".cell-editor")).to_have_count(0)


def test_a_choice_is_made_by_typing_part_of_its_words(ana: Grid, books: Books, project: str) -> None:
    ana.type(0, "origin", "purch")
    ana.shows(0, "origin", "Purchased")
    ana.at(1, "origin")
    ana.press("Enter", "ArrowDown", "Enter")
    ana.shows(1, "origin", "Pay for labels")
    assert until(lambda: [row.origin for row in rows(books, project)] == ["purchased", "paid_labels", "purchased"]), rows(
        books, project
    )


def test_delete_empties_and_undo_and_redo_go_by_keys(ana: Grid, books: Books, project: str) -> None:
    ana.at(0, "name")
    ana.press("Shift+ArrowDown", "Delete")
    ana.shows(1, "name", "")
    comes(books, project, "", "", "Bought")
    ana.press("Control+z")
    ana.shows(1, "name", "Crowd")
    comes(books, project, "Own queries", "Crowd", "Bought")
    ana.press("Control+y")
    comes(books, project, "", "", "Bought")
    ana.press("Control+z")
    ana.type(2, "days", "2 weeks or so")
    ana.press("Control+z")
    ana.shows(2, "days", "1 day")


def test_undo_leaves_alone_what_somebody_changed_since(ana: Grid, books: Books, project: str) -> None:
    ana.at(0, "name")
    ana.press("Shift+ArrowDown", "Delete")
    comes(books, project, "", "", "Bought")
    books.store.save(project, "data_sources", [Edit("sources", "s1", "name", "", "Written by Ben")], "Ben")
    ana.shows(1, "name", "Written by Ben")
    ana.press("Control+z")
    comes(books, project, "Own queries", "Written by Ben", "Bought")
    ana.tells("1 cell changed by somebody since then was left as it is.")


def test_ctrl_d_fills_the_range_with_its_first_row(ana: Grid, books: Books, project: str) -> None:
    ana.at(0, "amount")
    ana.press("Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight", "Control+d")
    assert until(lambda: [row.amount for row in rows(books, project)] == [100, 100, 100])
    ana.press("Control+z")
    assert until(lambda: [row.amount for row in rows(books, project)] == [100, 1_000, 400])


def test_typing_in_the_last_row_begins_a_record(ana: Grid, ben: Grid, books: Books, project: str) -> None:
    expect(ana.cell(-1, "name")).to_contain_text(NEW)
    ana.type(-1, "name", "From partners", "Tab")
    ana.active(3, "origin")
    ana.page.keyboard.type("partner")
    ana.press("Tab")
    ana.page.keyboard.type("1 200")
    ana.press("Enter")
    ben.shows(3, "name", "From partners")
    ben.shows(3, "amount", "1,200")
    ana.active(-1, "amount")
    comes(books, project, "Own queries", "Crowd", "Bought", "From partners")


def test_keys_come_in_and_leave(ana: Grid) -> None:
    switch = ana.page.get_by_role("region", name="Data sources", exact=True).get_by_role("button", name="Grid", exact=True)
    switch.focus()
    ana.press("Tab")
    ana.active(0, "name")
    ana.press("Tab")
    ana.active(0, "origin")
    ana.press("Escape", "Tab")
    expect(ana.box.locator(":focus")).to_have_count(0)
    ana.press("Shift+Tab")
    ana.active(0, "origin")
    ana.press("Control+Enter")
    ana.page.wait_for_url("**open=sources/s0**")


# --- pasting and copying


def test_copied_cells_are_words_and_come_back_as_they_were(ana: Grid, books: Books, project: str) -> None:
    ana.at(0, "name")
    ana.press("Shift+ArrowDown", "Shift+ArrowRight", "Shift+ArrowRight")
    assert ana.copied() == "Own queries\tOwned\t100\nCrowd\tCrowdsourced\t1,000"
    ana.at(-1, "name")
    ana.press("Control+V")
    comes(books, project, "Own queries", "Crowd", "Bought", "Own queries", "Crowd")
    assert [(row.origin, row.amount) for row in rows(books, project)[3:]] == [("owned", 100), ("crowdsourced", 1_000)]


def test_three_hundred_rows_are_pasted_below_the_last_in_one_go(ana: Grid, ben: Grid, books: Books, project: str) -> None:
    ana.at(-1, "name")
    ana.paste("".join(f"Source {n}\tOwned\t{n:,}\thours\t?\t{n}\r\n" for n in range(300)))
    ana.tells("300 rows added.")
    assert until(lambda: len(rows(books, project)) == 303)
    assert names(books, project)[3:] == [f"Source {n}" for n in range(300)]
    assert rows(books, project)[-1].unknown == ("cost",)
    expect(ben.box).to_have_attribute("aria-rowcount", "305", timeout=SEEN_MS)
    ana.press("Control+z")
    assert until(lambda: names(books, project) == ["Own queries", "Crowd", "Bought"])
    ana.press("Control+y")
    assert until(lambda: names(books, project)[3:] == [f"Source {n}" for n in range(300)])


def test_headings_name_their_columns_and_are_no_row(ana: Grid, books: Books, project: str) -> None:
    ana.at(-1, "name")
    ana.paste("Cost\tSource\tColour\n500\tPaid\tred\n")
    ana.tells("The column “Colour” was not read: no question here is called so.")
    comes(books, project, "Own queries", "Crowd", "Bought", "Paid")
    assert rows(books, project)[-1].cost == 50_000


def test_amounts_are_meant_in_the_currency_of_their_row(ana: Grid, books: Books, project: str) -> None:
    ana.at(-1, "name")
    ana.paste("Source\tCost\tCurrency\nJapan\t12,000\tJPY\nKuwait\t1.234\tKWD\nHome\t5.50\t\n")
    assert until(lambda: len(rows(books, project)) == 6)
    assert until(
        lambda: [(row.cost, row.currency) for row in rows(books, project)[3:]] == [(12_000, "JPY"), (1_234, "KWD"), (550, "USD")]
    )


def test_a_refused_cell_says_why_and_the_rest_is_taken(ana: Grid, books: Books, project: str) -> None:
    ana.at(1, "name")
    ana.paste("Crowd of readers\tstolen\tlots\tclips\n")
    comes(books, project, "Own queries", "Crowd of readers", "Bought")
    assert rows(books, project)[1].unit == "clips"
    expect(ana.foot.locator(".troubles")).to_contain_text("2 cells are not saved.")
    ana.shows(1, "amount", "lots")
    expect(ana.cell(1, "amount")).to_have_attribute("aria-invalid", "true")
    ana.foot.get_by_role("button", name="Show the first").click()
    ana.active(1, "origin")
    expect(ana.page.locator(".cell-note")).to_contain_text("“stolen” is none of")
    ana.type(1, "amount", "1,500")
    ana.type(1, "origin", "Crowdsourced")
    expect(ana.foot.locator(".troubles")).to_have_count(0)
    assert until(lambda: (rows(books, project)[1].origin, rows(books, project)[1].amount) == ("crowdsourced", 1_500))


def test_an_undone_paste_takes_its_refused_cells_back_too(ana: Grid, books: Books, project: str) -> None:
    ana.at(-1, "name")
    ana.paste("Source\tHow we get it\tAmount\nReaders\tstolen\t5\nListeners\tOwned\tlots\n")
    comes(books, project, "Own queries", "Crowd", "Bought", "Readers", "Listeners")
    trouble, waiting = ana.foot.locator(".troubles"), ana.page.locator(".waiting")
    expect(trouble).to_contain_text("2 cells are not saved. Show the first")
    expect(waiting).to_be_visible()
    ana.press("Control+Z")
    expect(ana.box.locator(".tabulator-row:not(.new)")).to_have_count(3)
    expect(trouble).to_have_count(0)
    expect(waiting).to_have_count(0)
    comes(books, project, "Own queries", "Crowd", "Bought")
    ana.press("Control+Y")
    comes(books, project, "Own queries", "Crowd", "Bought", "Readers", "Listeners")
    expect(trouble).to_contain_text("2 cells are not saved.")
    ana.shows(4, "amount", "lots")


def test_one_copied_cell_fills_a_range_and_blank_cells_empty(ana: Grid, books: Books, project: str) -> None:
    ana.at(0, "unit")
    ana.press("Shift+ArrowDown", "Shift+ArrowDown")
    ana.paste("clips")
    assert until(lambda: [row.unit for row in rows(books, project)] == ["clips"] * 3)
    ana.at(0, "unit")
    ana.paste("pictures\n\nvideos\n")
    assert until(lambda: [row.unit for row in rows(books, project)] == ["pictures", "", "videos"])


def test_more_than_five_hundred_rows_are_spoken_of_first(ana: Grid, books: Books, project: str) -> None:
    ana.at(-1, "name")
    ana.paste("\n".join(f"Source {n}" for n in range(501)))
    asked = ana.foot.get_by_role("alertdialog")
    expect(asked).to_contain_text("These are 501 rows.")
    assert len(rows(books, project)) == 3
    asked.get_by_role("button", name="Leave it").click()
    ana.tells("Nothing was pasted.")
    ana.at(-1, "name")
    ana.press("Control+V")
    asked.get_by_role("button", name="Add 501 rows").click()
    expect(ana.foot.locator(".told")).to_contain_text("of 501 rows saved")
    ana.tells("501 rows added.")
    assert len(rows(books, project)) == 504


def test_rows_without_tabs_are_not_taken_for_names(ana: Grid, books: Books, project: str) -> None:
    ana.at(-1, "name")
    ana.paste("a,b,c\nd,e,f\n")
    ana.tells("the rows hold no tabs")
    assert len(rows(books, project)) == 3


def test_dates_are_read_in_any_usual_form(couple: tuple[Person, Person], books: Books, project: str) -> None:
    books.store.save(
        project, "milestones", [added("milestones", Milestone(id=f"m{n}", deliverable=f"Step {n}")) for n in range(5)], "Cem"
    )
    couple[0].open("milestones", project)
    grid = Grid(couple[0], "Milestones")
    grid.at(0, "due")
    grid.paste("2027-03-31\n31.3.2027\nMarch 31, 2027\n31/03/2027\n03/04/2027\n")
    wanted = [date(2027, 3, 31)] * 4 + [None]
    assert until(lambda: [m.due for m in books.part(project, "milestones").milestones] == wanted)
    grid.shows(0, "due", "31 Mar 2027")
    grid.shows(4, "due", "03/04/2027")
    grid.at(4, "due")
    expect(grid.page.locator(".cell-note")).to_contain_text("may mean")


# --- others


def test_both_texts_are_shown_at_the_cell_when_two_change_it(ana: Grid, ben: Grid, books: Books, project: str) -> None:
    ana.at(0, "name")
    ana.press("F2")
    ben.type(0, "name", "Queries of Ben")
    ana.shows(0, "name", "Queries of Ben")
    # What stands in an open editor is what was seen, even where nothing was typed in it yet.
    ana.page.keyboard.type(" of Ana")
    expect(ana.page.locator(".cell-editor textarea")).to_have_value("Own queries of Ana")
    ana.press("Enter", "ArrowUp")
    note = ana.page.locator(".cell-note")
    expect(note).to_contain_text("Queries of Ben")
    ana.press("Enter")
    expect(note.get_by_role("button").first).to_be_focused()
    note.get_by_role("button", name="Keep mine").click()
    comes(books, project, "Own queries of Ana", "Crowd", "Bought")
    ben.shows(0, "name", "Own queries of Ana", SEEN_MS)


def test_the_cell_that_somebody_is_in_has_their_ring_and_name(ana: Grid, ben: Grid) -> None:
    ana.at(1, "amount")
    expect(ben.cell(1, "amount").locator(".who")).to_have_text("Ana")
    ana.press("F2")
    ana.page.keyboard.type("1")
    expect(ben.cell(1, "amount").locator(".who")).to_contain_text("is typing")
    ana.press("Escape")
    ana.page.get_by_role("heading", level=1).click()
    expect(ben.cell(1, "amount").locator(".who")).to_have_count(0)


def test_rows_of_others_come_go_and_leave_my_editor_alone(ana: Grid, books: Books, project: str) -> None:
    ana.at(2, "name")
    ana.press("F2")
    ana.page.keyboard.type(" elsewhere")
    theirs = SOURCES[0].model_copy(update={"id": "new", "name": "Theirs"})
    books.store.save(project, "data_sources", [added("sources", theirs), removed("sources", SOURCES[0])], "Ben")
    expect(ana.box).to_have_attribute("aria-rowcount", "5")
    assert until(lambda: ana.column("name") == ["Crowd", "Bought elsewhere", "Theirs"], 3), ana.column("name")
    expect(ana.page.locator(".cell-editor textarea")).to_have_value("Bought elsewhere")
    ana.page.keyboard.type("!")
    ana.press("Enter")
    comes(books, project, "Crowd", "Bought elsewhere!", "Theirs")


def test_a_row_removed_under_the_hands_stays_until_it_is_decided(ana: Grid, books: Books, project: str) -> None:
    ana.at(1, "name")
    ana.press("F2")
    ana.page.keyboard.type(" of readers")
    books.store.save(project, "data_sources", [removed("sources", SOURCES[1])], "Ben")
    ana.press("Enter")
    ana.press("ArrowUp")
    note = ana.page.locator(".cell-note")
    expect(note).to_contain_text("removed this")
    note.get_by_role("button", name="Bring it back").click()
    assert until(lambda: sorted(names(books, project)) == ["Bought", "Crowd of readers", "Own queries"]), names(books, project)


def test_rows_are_moved_by_their_number_and_by_keys(ana: Grid, ben: Grid, books: Books, project: str) -> None:
    ana.row(2).locator(".number span").hover()
    ana.page.mouse.down()
    box = ana.row(0).bounding_box()
    assert box
    ana.page.mouse.move(box["x"] + 20, box["y"] + 30, steps=3)
    ana.page.mouse.move(box["x"] + 20, box["y"] + 4, steps=3)
    ana.page.mouse.up()
    comes(books, project, "Bought", "Own queries", "Crowd")
    assert until(lambda: ben.column("name") == ["Bought", "Own queries", "Crowd"], 3)
    ana.at(0, "name")
    ana.press("Alt+ArrowDown")
    comes(books, project, "Own queries", "Bought", "Crowd")
    ana.press("Control+z", "Control+z")
    comes(books, project, "Own queries", "Crowd", "Bought")


def test_chosen_rows_are_removed_and_brought_back(ana: Grid, books: Books, project: str) -> None:
    ana.row(0).locator(".number span").click()
    ana.row(1).locator(".number span").click(modifiers=["Shift"])
    ana.foot.get_by_role("button", name="Remove 2 rows").click()
    comes(books, project, "Bought")
    ana.foot.get_by_role("button", name="Undo").click()
    comes(books, project, "Own queries", "Crowd", "Bought")


# --- looks


def test_columns_are_chosen_and_sized_and_stay_so(ana: Grid, project: str) -> None:
    ana.foot.get_by_role("button", name="Columns").click()
    ana.foot.get_by_role("checkbox", name="Unit", exact=True).uncheck()
    ana.foot.get_by_role("checkbox", name="Currency", exact=True).check()
    ana.shows(0, "currency", "$ US dollar")
    expect(ana.cell(0, "unit")).to_have_count(0)
    ana.at(0, "amount")
    before = ana.cell(0, "amount").bounding_box()
    ana.press("Alt+Shift+ArrowRight")
    expect(ana.cell(0, "amount")).to_have_css("width", f"{before['width'] + 16:g}px")
    ana.person.open("data_sources", project)
    again = Grid(ana.person, "Data sources")
    expect(again.cell(0, "currency")).to_have_count(1)
    expect(again.cell(0, "unit")).to_have_count(0)
    again.foot.get_by_role("button", name="Columns").click()
    again.foot.get_by_role("checkbox", name="Unit", exact=True).check()
    again.foot.get_by_role("checkbox", name="Currency", exact=True).uncheck()


def test_an_archived_project_is_read_and_copied_only(ana: Grid, books: Books, project: str) -> None:
    books.store.archive(project, "Ben")
    ana.person.open("data_sources", project)
    grid = Grid(ana.person, "Data sources")
    expect(grid.row(-1)).to_have_count(0)
    expect(grid.foot).to_contain_text("archived")
    grid.at(0, "name")
    grid.page.keyboard.type("x")
    grid.press("Delete")
    expect(grid.page.locator(".cell-editor")).to_have_count(0)
    assert grid.copied() == "Own queries"


def test_ten_thousand_characters_are_edited_in_a_box_that_grows(couple: tuple[Person, Person], books: Books, project: str) -> None:
    long = "Word by word. " * 713
    books.store.save(project, "problems", [added("problems", Problem(id="long", statement=long))], "Cem")
    couple[0].open("problems", project)
    grid = Grid(couple[0], "Problems")
    assert grid.row(0).bounding_box()["height"] < 400  # type: ignore[index]
    grid.at(0, "statement")
    grid.press("F2")
    box = grid.page.locator(".cell-editor textarea")
    small = box.bounding_box()["height"]  # type: ignore[index]
    assert small > 300
    grid.press("Control+End", "Alt+Enter")
    grid.page.keyboard.type("The end.")
    grid.press("Enter")
    assert until(lambda: books.part(project, "problems").problems[0].statement == long.rstrip() + " \nThe end.")
    grid.type(0, "who_is_affected", "Drivers")
    grid.at(0, "who_is_affected")
    grid.press("F2")
    assert box.bounding_box()["height"] < small  # type: ignore[index]


def test_texts_from_right_to_left_stand_at_their_side(ana: Grid) -> None:
    ana.type(0, "name", "داده‌های خودمان")
    text = ana.cell(0, "name").locator(".text")
    expect(text).to_have_css("direction", "rtl")
    ana.at(0, "name")
    ana.press("F2")
    expect(ana.page.locator(".cell-editor textarea")).to_have_css("direction", "rtl")
    ana.press("Escape")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_nothing_stands_in_the_way_of_readers(
    colours: str, shared_server: Server, books: Books, project: str, people: Callable[..., Person]
) -> None:
    person = people(shared_server.url, color_scheme=colours)
    person.open("data_sources", project)
    grid = Grid(person, "Data sources")
    assert not violations(person), "at rest"
    grid.type(1, "amount", "lots")
    grid.at(1, "amount")
    expect(person.page.locator(".cell-note")).to_contain_text("“lots” is not a number")
    assert not violations(person), "a refused cell"
    grid.at(1, "origin")
    grid.press("Enter")
    expect(person.page.get_by_role("combobox", name="How we get it, row 2")).to_be_focused()
    assert not violations(person), "choosing"
    grid.press("Escape")
    grid.foot.get_by_role("button", name="Columns").click()
    assert not violations(person), "columns"


def test_cells_and_columns_have_names_and_places(ana: Grid) -> None:
    expect(ana.box.get_by_role("columnheader", name="How we get it")).to_be_visible()
    expect(ana.box.get_by_role("rowheader", name="2")).to_be_visible()
    expect(ana.box.get_by_role("gridcell", name="Crowdsourced")).to_have_attribute("aria-colindex", "3")
    expect(ana.box).to_have_attribute("aria-colcount", "7")
    ana.at(1, "name")
    expect(ana.cell(1, "name")).to_have_css("outline-style", "solid")


def test_a_tablet_in_portrait_scrolls_sideways_below_the_first_column(
    shared_server: Server, books: Books, project: str, people: Callable[..., Person]
) -> None:
    person = people(shared_server.url, viewport={"width": 700, "height": 900})
    person.open("data_sources", project)
    grid = Grid(person, "Data sources")
    grid.at(0, "name")
    grid.press("End")
    grid.active(0, "days")
    expect(grid.cell(0, "days")).to_be_in_viewport(ratio=0.9)
    expect(grid.row(0).locator(".number")).to_be_in_viewport()
    assert person.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_five_thousand_rows_stay_quick(couple: tuple[Person, Person], books: Books, project: str) -> None:
    many = [Problem(id=f"x{n}", statement=f"Problem {n}") for n in range(5_000)]
    books.store.save(project, "problems", [added("problems", problem) for problem in many], "Cem")
    couple[0].open("problems", project)
    couple[0].page.get_by_role("region", name="Problems", exact=True).wait_for(timeout=60_000)
    grid = Grid(couple[0], "Problems")
    expect(grid.box).to_have_attribute("aria-rowcount", "5002")
    assert grid.box.locator(".tabulator-row").count() < 120
    grid.at(0, "statement")
    grid.press("Control+ArrowDown")
    grid.active(-1, "statement")
    grid.press("ArrowUp")
    grid.active(4_999, "statement")
    took = grid.page.evaluate(
        """async () => {
            let cell = document.activeElement
            while (cell.shadowRoot?.activeElement) cell = cell.shadowRoot.activeElement
            const scope = cell.getRootNode(), times = []
            for (let i = 0; i < 20; i++) {
                const began = performance.now()
                scope.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true, composed: true }))
                await new Promise(requestAnimationFrame)
                await new Promise((done) => setTimeout(done))
                times.push(performance.now() - began)
            }
            return times.sort((a, b) => a - b)[10]
        }"""
    )
    assert took < 100, took
    grid.active(4_979, "statement")
    books.store.save(project, "problems", [Edit("problems", "x4980", "statement", "Problem 4980", "Changed")], "Ben")
    # Another process reads all of it anew, which takes its time.
    grid.shows(4_980, "statement", "Changed", 30_000)
    first = many[0].model_copy(update={"id": "theirs", "statement": "Theirs"})
    books.store.save(project, "problems", [added("problems", first), removed("problems", many[0])], "Ben")
    expect(grid.cell(4_978, "statement")).to_be_focused(timeout=30_000)
    expect(grid.cell(4_978, "statement")).to_be_in_viewport()


def test_what_is_pasted_offline_is_saved_when_the_network_is_back(ana: Grid, books: Books, project: str) -> None:
    ana.at(-1, "name")
    with ana.person.offline():
        ana.paste("One\tOwned\nTwo\tOwned\n")
        ana.shows(4, "name", "Two")
        ana.type(4, "unit", "clips")
        assert len(rows(books, project)) == 3
    comes(books, project, "Own queries", "Crowd", "Bought", "One", "Two")
    assert until(lambda: rows(books, project)[4].unit == "clips")


def test_a_link_is_pasted_and_chosen_by_its_words(couple: tuple[Person, Person], books: Books, project: str) -> None:
    problems = [Problem(id="p1", statement="Searches fail"), Problem(id="p2", statement="Drivers repeat themselves")]
    books.store.save(project, "problems", [added("problems", problem) for problem in problems], "Cem")
    couple[0].open("problems", project, "goals")
    goals = Grid(couple[0], "Goals")
    goals.at(-1, "statement")
    headings = f"{goals.label('statement')}\t{goals.label('problem')}\n"
    goals.paste(f"{headings}Fewer failures\tsearches fail\nFewer repeats\tSomething else\n")
    assert until(lambda: [goal.problem for goal in books.part(project, "problems").goals] == ["p1", ""])
    goals.shows(0, "problem", "Searches fail")
    goals.type(1, "problem", "driv")
    assert until(lambda: [goal.problem for goal in books.part(project, "problems").goals] == ["p1", "p2"])
    goals.at(0, "problem")
    goals.press("Shift+ArrowDown")
    assert goals.copied() == "Searches fail\nDrivers repeat themselves"
