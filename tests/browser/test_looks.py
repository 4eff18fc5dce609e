"""How it looks and feels: phones, dark, right-to-left, keyboard alone, and no jump after a save."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from scoping import samples as scoping_samples
from scoping.merge import added
from scoping.sections.problems import Problem
from tests.browser.conftest import SHOTS
from tests.browser.hands import PAGES, Books, Person
from tests.server import Server
from tests.tools import until

NARROW = (390, 320)
"""Widths in pixels: a phone, and what a page zoomed to 400 % has left (WCAG 1.4.10)."""


@pytest.fixture(scope="module")
def samples(books: Books) -> list[str]:
    """The four samples, opened a moment ago; the ids in the order of the samples."""
    day = datetime.now(UTC).date()
    found = [books.store.create(sample.as_of(day), "Dana") for sample in reversed(scoping_samples.samples())]
    return found[::-1]


@pytest.fixture(scope="module")
def visitor(shared_server: Server, browser: Browser) -> Iterator[Person]:
    """Somebody who walks from page to page."""
    visitor = Person(browser, shared_server.url)
    yield visitor
    visitor.close()


def drawn(person: Person) -> None:
    """Wait until charts and fonts are there, for a picture."""
    person.settle()
    person.page.evaluate("document.fonts.ready")
    for chart in person.page.locator("[data-testid=stVegaLiteChart]").all():
        expect(chart.locator("canvas, svg").first).to_be_visible()


def picture(person: Person, folder: Path, slug: str) -> None:
    drawn(person)
    person.page.screenshot(path=folder / f"{slug or 'portfolio'}.png")


def test_the_theme_of_the_device_is_followed(shared_server: Server, samples: list[str], people: Callable[..., Person]) -> None:
    seen = {}
    for colours in ("light", "dark"):
        person = people(shared_server.url, color_scheme=colours)
        for slug in ("charter", "milestones"):
            person.open(slug, samples[0])
            picture(person, SHOTS / colours, slug)
        seen[colours] = person.page.evaluate(
            "() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
        )
    assert seen == {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 25, 26)"}


TOO_WIDE = """() => {
    const main = document.querySelector('[data-testid=stMain]')
    const words = [...main.querySelectorAll('a, span, p, h1, h2, h3, button, label')].filter(box => getComputedStyle(box).overflowX !== 'visible')
    return [document.documentElement, main, ...words]
        .filter(box => box.clientWidth > 1 && box.scrollWidth > box.clientWidth + 1)
        .map(box => `${box.tagName} ${box.className} ${box.textContent.slice(0, 40)}: ${box.scrollWidth} in ${box.clientWidth}`)
}"""
"""What makes the page scroll sideways, and words that are cut."""


@pytest.mark.parametrize("width", NARROW)
def test_no_page_scrolls_sideways_or_cuts_words(
    width: int, shared_server: Server, samples: list[str], people: Callable[..., Person]
) -> None:
    person = people(shared_server.url, viewport={"width": width, "height": 800})
    for slug in PAGES:
        person.open(slug, samples[0] if slug else "")
        picture(person, SHOTS / str(width), slug)
        assert not person.page.evaluate(TOO_WIDE), slug


def test_focus_and_place_are_kept_after_a_save(samples: list[str], visitor: Person) -> None:
    visitor.open("value", samples[0], "metrics")
    place = "control => Math.round(control.getBoundingClientRect().top)"
    visitor.show_more()
    field = visitor.field("How the gain will be shown")
    field.click()
    field.evaluate("control => control.scrollIntoView({block: 'center'})")
    before = field.evaluate(place)
    field.press("End")
    visitor.page.keyboard.type(" And more.")
    visitor.saved("How the gain will be shown")
    visitor.page.wait_for_timeout(1_000)  # the page is drawn again after the news of the save
    visitor.settle()
    expect(field).to_be_focused()
    assert field.evaluate(place) == before
    visitor.page.keyboard.type("!")
    expect(field).to_have_value(visitor.page.evaluate("text => text", field.input_value()))


@pytest.mark.parametrize("text", ["جستجوی صوتی باید ۹۵٪ درست باشد (نه کمتر)", "חיפוש קולי: 95% הצלחה"], ids=["Persian", "Hebrew"])
def test_right_to_left_text_is_shown_in_its_direction(text: str, books: Books, visitor: Person) -> None:
    project = books.store.create(scoping_samples.new_charter(text, "", "USD"), "")
    books.store.save(project, "problems", [added("problems", Problem(id="p1", statement=text))], "")
    visitor.open("problems", project, "scope")
    visitor.answer("In scope", text)
    visitor.saved("In scope")
    direction = "element => getComputedStyle(element).direction"
    assert visitor.field("In scope").evaluate(direction) == "rtl"
    assert visitor.field("Out of scope").evaluate(direction) == "ltr"
    visitor.go("charter")
    paper = visitor.page.locator(".reading").get_by_text(text, exact=True).last
    assert paper.evaluate(direction) == "rtl"


STOP = """() => {
    let at = document.activeElement
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
    return [at.closest('.drawer') ? 'drawer' : at.closest('.ahead') ? 'next' : at.matches('[data-testid=stSkipToContent]') ? 'skip' : at.closest('li.entry') ? 'entry' : '', at.textContent]
}"""
"""What has the focus: where it is, and its words."""


def test_tab_goes_from_the_skip_link_to_what_is_next_to_the_content_to_the_drawer(samples: list[str], visitor: Person) -> None:
    visitor.open("problems", samples[0])
    keyboard = visitor.page.keyboard
    keyboard.press("Tab")
    assert visitor.page.evaluate(STOP) == ["skip", "Skip to main content"]
    expect(visitor.page.get_by_role("link", name="Skip to main content")).to_be_in_viewport()
    keyboard.press("Enter")
    stops = [visitor.page.evaluate(STOP)[0]]
    while stops[-1] != "entry" and len(stops) < 20:
        keyboard.press("Tab")
        stops.append(visitor.page.evaluate(STOP)[0])
    assert stops[:2] == ["next", "next"]
    assert stops[-1] == "entry"
    keyboard.press("Enter")
    visitor.drawer().wait_for()
    keyboard.press("Tab")
    assert visitor.page.evaluate(STOP)[0] == "drawer"


def test_the_keyboard_alone_reaches_and_saves_an_answer(books: Books, visitor: Person) -> None:
    project = books.store.create(scoping_samples.new_charter("Keys", "", "USD"), "")
    visitor.open("rollout", project)
    keyboard = visitor.page.keyboard
    wanted = visitor.field("Who may roll back")
    for _ in range(60):
        keyboard.press("Tab")
        if wanted.evaluate("control => control.getRootNode().activeElement === control"):
            break
    expect(wanted).to_be_focused()
    outline = wanted.evaluate("control => getComputedStyle(control).outlineStyle")
    assert outline == "solid"
    keyboard.type("On-call engineer")
    keyboard.press("Enter")
    visitor.saved("Who may roll back")
    assert until(lambda: books.part(project, "rollout").rollback_owner == "On-call engineer")
