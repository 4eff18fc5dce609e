"""A list of records and the drawer of one record, worked in as people do."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.hands import Person

FOCUSED = """() => {
  let at = document.activeElement
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
  return at?.dataset.id ?? at?.getAttribute('aria-label') ?? at?.textContent
}"""


class Rows:
    """A list on the page that somebody has open, by its heading."""

    def __init__(self, person: Person, title: str) -> None:
        self.person = person
        self.page = person.page
        self.section = person.page.get_by_role("region", name=title, exact=True)
        self.entries = self.section.locator("li.entry")
        self.section.wait_for()

    def names(self) -> list[str]:
        return self.entries.locator(".t").all_inner_texts()

    def shows(self, *names: str) -> None:
        """Wait until the list has exactly these rows, in this order."""
        expect(self.entries.locator(".t")).to_have_text(list(names))

    def row(self, name: str) -> Locator:
        return self.entries.filter(has=self.page.locator(".t").get_by_text(name, exact=True))

    def button(self, name: str) -> Locator:
        """What opens a row, and has its keys."""
        return self.row(name).locator("button.open")

    def add(self, *names: str) -> None:
        """Write into the last line, with Enter after each."""
        line = self.section.get_by_role("textbox")
        line.click()
        for name in names:
            self.page.keyboard.type(name)
            self.page.keyboard.press("Enter")
            expect(self.row(name)).to_be_visible()

    def open(self, name: str) -> Drawer:
        self.button(name).click()
        return Drawer(self.person)

    def bring_back(self, name: str) -> Locator:
        """The button in place of what was removed."""
        return self.section.get_by_role("button", name=f"Bring back {name}")

    def keys(self, name: str, *keys: str) -> None:
        """Press keys on a row."""
        self.button(name).focus()
        for key in keys:
            self.page.keyboard.press(key)


class Drawer:
    """The record that is open beside its list."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.box = person.page.get_by_role("dialog")
        self.box.wait_for()

    def named(self, name: str) -> None:
        """Wait until it shows this record."""
        expect(self.box.get_by_role("heading", level=2)).to_have_text(name)

    def field(self, label: str) -> Locator:
        return self.person.field(label, self.box)

    def press(self, name: str) -> None:
        self.box.get_by_role("button", name=name, exact=True).click()

    def choose(self, name: str) -> None:
        """Choose in its menu."""
        self.press("More")
        self.press(name)

    def closed(self) -> None:
        expect(self.box).to_have_count(0)


def focused(person: Person) -> Any:
    """The row that has the focus by its id, or what else has it by its name."""
    return person.page.evaluate(FOCUSED)
