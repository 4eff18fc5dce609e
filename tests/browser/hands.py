"""What people do at the workbench: type, press Tab, look, switch pages. Every wait is for something to see."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from playwright.sync_api import Browser, BrowserContext, Download, Error, Locator, Page, expect

from scoping.charter import PART_BY_SLUG, SECTIONS
from storage.store import CharterStore

SECONDS = 10
PAGES = ("", "ranking", "timeline", "home", *(s.slug for s in SECTIONS), "charter", "run", "history", "compare")
"""Every address; "" is the portfolio."""
_SAVED = re.compile(r"Saved \d")


class Person:
    """Somebody at a browser of their own.

    Attributes:
        present: everybody whose browser is open.
        complaints: what the browser's console said; a test fails on any. Aborted streams of news do not count.
    """

    present: ClassVar[list[Person]] = []

    def __init__(self, browser: Browser, url: str, **context: Any) -> None:
        self.url = url
        options: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "locale": "en-US", "timezone_id": "Europe/Madrid"}
        self.context: BrowserContext = browser.new_context(**options | context, permissions=["clipboard-read", "clipboard-write"])
        self.context.set_default_timeout(SECONDS * 1000)
        self.complaints: list[str] = []
        self._forgives = False
        self.context.on("console", lambda m: self._complain(m.type, m.text) if m.type in ("error", "warning") else None)
        self.context.on("weberror", lambda e: self._complain("exception", str(e.error)))
        self.page: Page = self.context.new_page()
        self.present.append(self)

    def _complain(self, kind: str, text: str) -> None:
        if not self._forgives:
            self.complaints.append(f"{kind}: {text}")

    @contextmanager
    def complaints_expected(self) -> Iterator[None]:
        """What fails now is meant to: the server is down, or refuses."""
        self._forgives = True
        try:
            yield
        finally:
            self._forgives = False

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Their network is away; the page stays."""
        with self.complaints_expected():
            self.context.set_offline(True)
            try:
                yield
            finally:
                self.context.set_offline(False)

    def close(self) -> None:
        self.present.remove(self)
        self.context.close()

    # --- pages

    def open(self, slug: str = "", project: str = "", tab: str = "") -> None:
        """Open an address, as from a bookmark."""
        self.page.goto(f"{self.url}/{slug}" + (f"?project={project}" if project else "") + (f"&tab={tab}" if tab else ""))
        self.settle()

    def reload(self) -> None:
        self.page.reload()
        self.settle()

    def settle(self) -> None:
        """Wait until the page stands still: title drawn, script ended, no skeleton left."""
        page = self.page
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        page.locator("[data-testid=stMain] :is(h1, h2)").first.wait_for()
        page.locator("[data-testid=stSidebar] .nav").wait_for()
        waiting = page.locator("[data-testid=stSkeleton], [data-testid=stAppSkeleton], [data-stale=true]")
        expect(waiting).to_have_count(0, timeout=SECONDS * 1000)

    def link(self, slug: str) -> Locator:
        """The link to a page in the sidebar."""
        name = "Projects" if not slug else PART_BY_SLUG[slug].title if slug in PART_BY_SLUG else slug.capitalize()
        return self.page.locator("[data-testid=stSidebar]").get_by_role("link", name=re.compile(rf"^\W*(\w+ )?{name}\b"))

    def title(self, slug: str) -> Locator:
        """The title by which a page is known."""
        # Home and charter are both headed by the name of the project; the top line tells them apart.
        marks = {
            "home": ".crumb:not(:has(b))",
            "charter": ".crumb:has(b:text-is('Charter'))",
            "run": ".run h1",
            "compare": ".comparing h1",
        }
        if slug in marks:
            return self.page.locator(marks[slug])
        heading = {
            "": "Projects",
            "ranking": "Projects",
            "timeline": "Projects",
            "history": "Who changed what?",
        }
        return self.page.get_by_role("heading", level=1, name=heading.get(slug) or PART_BY_SLUG[slug].question)

    def go(self, slug: str) -> None:
        """Follow a link of the sidebar, or of the page itself where the sidebar has none."""
        self.link(slug).or_(self.page.locator(f"[data-testid=stMain] a[href*='/{slug}?']")).first.click()
        self.title(slug).wait_for()
        self.settle()

    def call_me(self, name: str) -> None:
        """Give one's display name."""
        box = self.page.get_by_label("Your name", exact=True)
        box.fill(name)
        with self.page.expect_response("**/api/v1/name"):
            box.press("Enter")

    def start_project(self, name: str, wish: str = "") -> str:
        """Start a project from the first page; its id."""
        self.open()
        self.new_project().click()
        self.page.get_by_label("What do you wish were working better?").fill(wish)
        self.page.get_by_label("Name of the project").fill(name)
        self.page.get_by_role("button", name="Start", exact=True).click()
        return self._project_opened()

    def new_project(self) -> Locator:
        """The button that asks what a new project is about; it says "Start a project" as long as there is none."""
        return self.page.get_by_role("button", name=re.compile("(New|Start a) project$"))

    def _project_opened(self) -> str:
        self.page.wait_for_url(re.compile(r"/home\?project="))
        self.paper().wait_for()
        self.settle()
        return self.page.url.partition("project=")[2]

    def more(self, name: str) -> None:
        """Choose in the menu of the projects page."""
        self.page.get_by_role("button", name="More", exact=True).click()
        self.page.get_by_role("menuitem", name=name).click()

    def paper(self) -> Locator:
        """The charter on one page, on the home of a project."""
        return self.page.get_by_role("article", name="Charter on one page")

    def choose_a_charter(self, path: Path) -> None:
        """Choose the file of a charter on the projects page."""
        self.open()
        first = self.page.get_by_role("button", name="Choose a file")
        if first.is_visible():
            first.click()
        else:
            self.more("Import")
        self.page.locator("[data-testid=stDialog] input[type=file]").set_input_files(path)

    def import_charter(self, path: Path) -> str:
        """Bring in a charter; the id of the new project."""
        self.choose_a_charter(path)
        self.page.get_by_role("button", name="Add as a new project").click()
        return self._project_opened()

    def download(self, name: str, folder: Path) -> Path:
        """Choose a file of the menu; the file."""
        self.page.get_by_role("button", name="Export", exact=True).click()
        with self.page.expect_download() as waiting:
            self.page.locator(".offer").get_by_role("link", name=name).click()
        file: Download = waiting.value
        path = folder / file.suggested_filename
        file.save_as(path)
        return path

    # --- questions

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """The control of a question, by the label beside it."""
        return self.question(label, within).locator(".control").first

    def question(self, label: str, within: Locator | None = None) -> Locator:
        """The whole question: label, state, control, what is wrong, what others wrote."""
        # By the name that is read out: a label may hold what a word of it means, which is shown on asking.
        text, *chosen = (
            self.page.get_by_role(role, name=label, exact=True) for role in ("textbox", "combobox", "radiogroup", "group")
        )
        control = functools.reduce(Locator.or_, chosen, text)
        return (within or self.page).locator(".q").filter(has=control).first

    def drawer(self) -> Locator:
        """The record that is open."""
        return self.page.locator(".drawer")

    def close_drawer(self) -> None:
        """Close the record that is open."""
        self.drawer().get_by_role("button", name="Close").click()
        expect(self.drawer()).to_have_count(0)

    def show_more(self, within: Locator | None = None) -> None:
        """Unfold the questions that a first workshop does not need."""
        (within or self.page).locator("details.more:not([open]) > summary").first.click()

    def answer(self, label: str, text: str, within: Locator | None = None) -> None:
        """Answer a question as its kind wants it: typed over what is there, or chosen; one that waits is unfolded."""
        folded = (within or self.page).locator("details.more:not([open])")
        self.question(label, within).or_(folded).first.wait_for()
        if not self.question(label, within).count():
            self.show_more(within)
        control = self.field(label, within)
        kind = (self.question(label, within).get_attribute("class") or "").split()[1]
        if kind in ("choice", "link"):
            try:
                self._choose(control, text)
            except Error:
                # What has just become needed lies open from then on, instead of being pulled down.
                self._choose(control, text)
        elif kind == "links":
            control.get_by_label(text, exact=True).check()
        elif kind == "date":
            control.fill(text)
            control.press("Tab")
        else:
            control.click()
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(text)
            self.page.keyboard.press("Tab")

    def _choose(self, control: Locator, text: str) -> None:
        if control.get_attribute("role") == "radiogroup":
            control.get_by_role("radio", name=text, exact=True).click()
        else:
            control.select_option(label=text, timeout=3000)

    def saved(self, label: str, within: Locator | None = None) -> None:
        """Wait until a question says that it is saved."""
        expect(self.question(label, within).locator(".said")).to_have_text(_SAVED)

    def all_saved(self) -> None:
        """Wait until no question of the page is being typed in, saved, or refused."""
        waiting = re.compile("Typing|Saving|Not saved")
        expect(self.page.locator(".said").filter(has_text=waiting)).to_have_count(0)

    def figure(self, label: str) -> Locator:
        """A number of the page by what it is called."""
        return self.page.locator(".figures div").filter(has=self.page.get_by_text(label, exact=True)).locator("dd")

    def turn_to(self, tab: str) -> None:
        """Open a tab of the page."""
        row = self.page.locator(".tabrow")
        folded = row.get_by_role("navigation", name="More of this page").get_by_role("link", name=tab, exact=True)
        link = row.get_by_role("navigation", name="Parts of this step").get_by_role("link", name=tab, exact=True)
        if row.locator(".moretabs").count() and not link.count():
            row.locator(".moretabs > summary").click()
            folded.click()
            expect(row.locator(".moretabs > summary")).to_have_attribute("aria-current", "page")
        else:
            link.click()
            expect(link).to_have_attribute("aria-current", "page")
        self.settle()

    def add(self, name: str, first: str = "") -> Locator:
        """Add an entry to a list, by its first question where that takes a text, and open it; its drawer."""
        words = f"Add {'an' if name[0] in 'aeiou' else 'a'} {name}"
        line = self.page.get_by_role("textbox", name=words, exact=True).or_(self.page.get_by_role("button", name=words, exact=True))
        if line.evaluate("line => line.tagName") == "INPUT":
            line.fill(first)
            line.press("Enter")
            row = line.locator("xpath=ancestor::section[1]").get_by_role("button", name=first)
            # Some pages draw the entries of a list in a way of their own, each with a link.
            row.or_(self.page.get_by_role("link", name=first, exact=True)).last.click()
        else:
            line.click()
        self.drawer().wait_for()
        return self.drawer()


class Books:
    """What the database holds, read past the server."""

    def __init__(self, database: Path) -> None:
        self.store = CharterStore.at(f"sqlite:///{database}")

    def part(self, project: str, slug: str) -> Any:
        return self.store.open(project).charter.part(slug)

    def charter(self, project: str) -> Any:
        return self.store.open(project).charter


def today() -> str:
    """Today in words of a date question."""
    return datetime.now(UTC).date().isoformat()
