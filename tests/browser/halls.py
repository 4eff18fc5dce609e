"""What people do in a workshop: start it, come in by its code, write, say that they are ready, go on."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, expect

from tests.browser.hands import Person

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


class Guest:
    """Somebody in a workshop.

    Attributes:
        code: the six letters that lead there; known to who started it.
    """

    def __init__(self, person: Person, name: str) -> None:
        self.person, self.page, self.name = person, person.page, name
        self.code = ""

    def start(self, project: str, side: str = "Business") -> None:
        """Start a workshop from the home of a project."""
        self.person.open("home", project)
        self.page.get_by_role("button", name="Start a workshop").click()
        dialog = self.page.get_by_role("dialog", name="Start a workshop")
        dialog.get_by_label("Your name").fill(self.name)
        dialog.get_by_role("button", name=side).click()
        dialog.get_by_role("button", name="Make it").click()
        shown = self.page.locator(".joincard .code")
        self.code = re.sub(r"\s", "", shown.inner_text()).lower()

    def join(self, code: str, side: str = "Technical") -> None:
        """Come in by the code."""
        self.page.goto(f"{self.person.url}/join")
        self.page.get_by_role("textbox", name="Code").fill(code)
        self.page.get_by_role("button", name="Join").click()
        self.say_who(side)

    def say_who(self, side: str = "Technical") -> None:
        """Answer the two questions of who comes in."""
        self.page.get_by_role("textbox", name="Your name").fill(self.name)
        self.page.get_by_role("radio", name=re.compile(side)).check()
        self.page.get_by_role("button", name="Come in").click()
        expect(self.page.locator(".rm")).to_be_visible()

    def at(self, ask: str) -> None:
        """Wait until a question is asked."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(ask)

    def write(self, *texts: str) -> None:
        """Write cards."""
        box = self.pen()
        for text in texts:
            box.fill(text)
            box.press("Enter")

    def answer(self, label: str, typed: str) -> None:
        """Fill in a field by its label, and be done with it."""
        box = self.page.get_by_label(label)
        box.fill(typed)
        box.press("Enter")

    def pen(self) -> Locator:
        """Where one writes."""
        return self.page.locator(".work textarea").first

    def own(self) -> Locator:
        """One's own cards."""
        return self.page.locator(".owns > li")

    def guess(self, *numbers: str, title: str = "") -> None:
        """Give numbers of one's own, in the order in which they are asked."""
        closed = self.page.locator(".est1", has_text=title)
        if title and closed.count():
            closed.get_by_role("button").click()
        boxes = self.page.locator(".work fieldset")
        box = boxes.filter(has_text=title) if title else boxes.first
        for n, number in enumerate(numbers):
            control = box.locator(".figs3 input").nth(n)
            control.fill(number)
            control.press("Tab")

    def press(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name).click()

    def kind(self, name: str) -> None:
        """Say what kind of thought the next card is."""
        self.page.locator(".writeline .kinds").get_by_role("button", name=name, exact=True).click()

    def onward(self) -> Locator:
        """The one filled button."""
        return self.page.locator(".foot .btn.big")


_MOVE = """async ([workshop, moves]) => (await fetch(`/api/v1/workshops/${workshop}/moves`, {
    method: 'POST', headers: {'content-type': 'application/json', 'x-requested-with': 'workbench'}, body: JSON.stringify({moves}) })).json()"""


def sent(guest: Guest, *moves: dict[str, Any]) -> dict[str, Any]:
    """What the server answers to moves that somebody makes elsewhere in the room."""
    workshop = parse_qs(urlsplit(guest.page.url).query)["room"][0]
    answer: dict[str, Any] = guest.page.evaluate(_MOVE, [workshop, list(moves)])
    assert answer["ok"], answer
    return answer


def act(guest: Guest, *moves: dict[str, Any]) -> dict[str, Any]:
    """Moves that somebody makes elsewhere in the room, and none is refused."""
    answer = sent(guest, *moves)
    assert not answer["refused"], answer
    return answer
