"""A list of records as a grid, worked in as in a spreadsheet."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.hands import Person

NEW = "Type, or paste rows from a spreadsheet"
"""What stands in the row in which a new record begins."""


class Grid:
    """The grid of a list on the page that somebody has open."""

    def __init__(self, person: Person, title: str) -> None:
        self.person = person
        self.page = person.page
        section = person.page.get_by_role("region", name=title, exact=True)
        section.get_by_role("button", name="Grid", exact=True).click()
        self.box = section.get_by_role("grid", name=title, exact=True)
        self.foot = section.locator(".foot")
        self.row(0).wait_for()

    def row(self, row: int) -> Locator:
        """A row by its place from 0; -1 is the one for a new record."""
        return (
            self.box.locator(".tabulator-row.new") if row == -1 else self.box.locator(f".tabulator-row[aria-rowindex='{row + 2}']")
        )

    def cell(self, row: int, name: str) -> Locator:
        """A cell by its row and the name of its question."""
        return self.row(row).locator(f"[tabulator-field={name}]")

    def texts(self) -> list[list[str]]:
        """What the cells on the page show, without numbers of rows, names of people and the row for a new record."""
        return self.box.evaluate(
            "box => [...box.querySelectorAll('.tabulator-row:not(.new)')].map(row => "
            "[...row.querySelectorAll('.tabulator-cell:not(.number) .text')].map(cell => cell.textContent))"
        )

    def label(self, name: str) -> str:
        """The heading of a column."""
        return self.box.locator(f".tabulator-col[tabulator-field={name}]").inner_text().strip()

    def column(self, name: str) -> list[str]:
        """What a column shows, from the first row on the page."""
        return self.box.locator(f".tabulator-row:not(.new) [tabulator-field={name}] .text").all_text_contents()

    def at(self, row: int, name: str) -> None:
        """Click a cell; the keys go there from now on."""
        self.cell(row, name).click()
        expect(self.cell(row, name)).to_be_focused()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, row: int, name: str, text: str, then: str = "Enter") -> None:
        """Type a text over a cell, and leave it by a key."""
        self.at(row, name)
        self.page.keyboard.type(text)
        self.press(then)

    def active(self, row: int, name: str) -> None:
        """Wait until the keys go to a cell."""
        expect(self.cell(row, name)).to_be_focused()

    def paste(self, text: str) -> None:
        """Paste what a spreadsheet put on the clipboard at the chosen cell."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.press("Control+V")

    def copied(self) -> str:
        """Copy the chosen cells; what is on the clipboard then."""
        self.press("Control+C")
        return self.page.evaluate("navigator.clipboard.readText()")

    def shows(self, row: int, name: str, text: str, within_ms: int = 3_000) -> None:
        """Wait until a cell shows a text."""
        expect(self.cell(row, name).locator(".text")).to_have_text(text, timeout=within_ms)

    def tells(self, sentence: str) -> None:
        """Wait until the line below the grid says a sentence."""
        expect(self.foot.locator(".told")).to_contain_text(sentence)


class Table(Grid):
    """A list as a grid in which cells are counted from the first, as who fills it from left to right counts them."""

    def _name(self, column: int) -> str:
        heads = self.box.locator(".tabulator-col[tabulator-field]:not([tabulator-field=id])")
        return str(heads.nth(column).get_attribute("tabulator-field"))

    def go(self, row: int, column: int = 0) -> None:
        """Choose a cell; the row behind the last is the one for a new record."""
        there = self.box.locator(f".tabulator-row:not(.new)[aria-rowindex='{row + 2}']").count()
        self.at(row if there else -1, self._name(column))

    def fill(self, *texts: str) -> None:
        """Type into the chosen cell and those to its right, with Tab after each; "" leaves a cell alone."""
        for text in texts:
            if text:
                self.page.keyboard.type(text)
            self.press("Tab")

    def choose(self, text: str) -> None:
        """Choose in the chosen cell by typing words of the choice; the cell below is chosen afterwards."""
        self.page.keyboard.type(text)
        self.press("Enter")

    def paste_rows(self, *rows: tuple[str, ...]) -> None:
        """Paste rows as a spreadsheet puts them on the clipboard."""
        self.paste("".join("\t".join(row) + "\n" for row in rows))

    def reads(self, row: int, column: int, text: str) -> None:
        """Wait until a cell shows a text, with or without the unit that stands beside it."""
        expect(self.cell(row, self._name(column)).locator(".text")).to_contain_text(text)
