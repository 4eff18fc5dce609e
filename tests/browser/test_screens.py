"""Every screen of a finished project, as it looks: by day and by night, on a phone, and with words from right to left."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import expect

from pages.parts import steps
from scoping import samples
from scoping.charter import Charter
from scoping.sections.project import Project
from tests.browser.conftest import SHOTS
from tests.browser.halls import Guest
from tests.browser.hands import PAGES, Books, Person
from tests.persian import persian
from tests.server import ROOT, Server

LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "persian": {"locale": "fa-IR"},
}
WISH = "What do you wish were working better?"
SAID = {
    "usual": (
        ("Marta Vogel", "Jonas Reit"),
        (
            "Fewer unsold goods",
            "A fifth of what we bake is unsold at closing",
            "Shelves are empty on Saturday afternoons, and people leave without buying",
            "Bread left at closing goes into the bin",
        ),
    ),
    "persian": (
        ("سارا احمدی", "امیر رضایی"),
        (
            "نان کمتر در سطل",
            "یک پنجم نانی که می‌پزیم تا بسته شدن فروخته نمی‌شود",
            "بعدازظهر شنبه قفسه‌ها خالی است و مردم دست خالی می‌روند",
            "نانی که می‌ماند دور ریخته می‌شود",
        ),
    ),
}
"""Who is in a workshop, and what they write: the name of the project, then three thoughts."""
HIGHEST = 3
"""Screens that a page may be long before somebody unfolds something."""

CUT = """() => {
  const canBeRead = (el) => {
    for (let at = el; at; at = at.parentElement ?? at.getRootNode().host) {
      if (at.title || at.closest?.('.off, [hidden]') || at.parentElement?.querySelector(':scope > .tip')) return true
      const { overflowX, overflowY } = getComputedStyle(at)
      if (['auto', 'scroll'].includes(overflowX)) return true
    }
    return false
  }
  const all = (root) => [...root.querySelectorAll('*')].flatMap(el => [el, ...(el.shadowRoot ? all(el.shadowRoot) : [])])
  const seen = all(document.querySelector('[data-testid=stApp]')).filter(el => el.getClientRects().length && el.textContent.trim())
  return seen.filter(el => {
    if (el.matches('style, script, svg, svg *, [data-testid=stSidebarCollapsedControl] *')) return false
    const { overflowX, clipPath } = getComputedStyle(el)
    if (overflowX === 'visible' || clipPath !== 'none' || el.clientWidth < 2) return false
    const isCut = el.scrollWidth > el.clientWidth + 1 || (getComputedStyle(el).webkitLineClamp !== 'none' && el.scrollHeight > el.clientHeight + 2)
    return isCut && !canBeRead(el)
  }).map(el => `${el.tagName}.${el.className} “${el.textContent.trim().slice(0, 60)}”: ${el.scrollWidth} in ${el.clientWidth}`)
}"""
"""Words that end at an edge, where neither a title tells them in full nor something that scrolls."""
SIDEWAYS = """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
  .some(box => box.scrollWidth > box.clientWidth + 1)"""
SCREENS_HIGH = """() => document.querySelector('[data-testid=stMain]').scrollHeight / innerHeight"""


def screens() -> Iterator[tuple[str, str]]:
    """Every page, and of those with tabs every tab."""
    for page in PAGES:
        yield from [(page, tab) for tab in steps.TABS.get(page, {})] or [(page, "")]


@pytest.fixture(scope="module")
def projects(books: Books) -> dict[str, str]:
    """The sample on which most is to be seen, in both directions of reading."""
    charter = samples.samples()[0].as_of(datetime.now(UTC).date())
    ids = {"ltr": books.store.create(charter, "Dana"), "rtl": books.store.create(persian(charter), "سارا")}
    for sample in samples.samples()[1:]:
        books.store.create(sample.as_of(datetime.now(UTC).date()), "Dana")
    return ids


def shown(person: Person, page: str, tab: str, project: str) -> None:
    person.page.goto(f"{person.url}/{page}?project={project}" + (f"&tab={tab}" if tab else ""))
    person.settle()
    person.page.wait_for_timeout(400)  # charts


def pictured(person: Person, name: str) -> list[str]:
    """Take a picture of a screen; what is cut on it, and whether it scrolls sideways."""
    folder = ROOT / "docs" / "screens" if os.environ.get("WORKBENCH_PICTURES") else SHOTS / "screens"
    person.page.screenshot(path=folder / f"{name}.jpg", type="jpeg", quality=60)
    found = [f"{name}: {cut}" for cut in person.page.evaluate(CUT)]
    return [*found, f"{name}: scrolls sideways"] if person.page.evaluate(SIDEWAYS) else found


@pytest.mark.parametrize("look", LOOKS)
def test_every_screen(look: str, shared_server: Server, projects: dict[str, str], people: Callable[..., Person]) -> None:
    """Nothing is cut and no page is a scroll; with WORKBENCH_PICTURES=1 the pictures in docs/screens are made anew."""
    person = people(shared_server.url, **LOOKS[look])
    found, titles = [], {}
    for page, tab in screens():
        shown(person, page, tab, projects["rtl" if look == "persian" else "ltr"])
        name = "-".join(filter(None, (page or "projects", tab, look)))
        found += pictured(person, name)
        if look in ("light", "dark") and (high := person.page.evaluate(SCREENS_HIGH)) > HIGHEST:
            found.append(f"{name}: {high:.1f} screens high")
        titles.setdefault(person.page.title(), set()).add(page)
    shown_there = re.findall(r"docs/screens/([\w-]+\.jpg)", (ROOT / "README.md").read_text("utf-8"))
    assert all((ROOT / "docs" / "screens" / name).exists() for name in shown_there)
    found += [f"“{title}” is the title of {', '.join(sorted(pages))}" for title, pages in titles.items() if len(pages) > 1]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("look", LOOKS)
def test_every_screen_of_a_workshop(look: str, shared_server: Server, books: Books, people: Callable[..., Person]) -> None:
    """The room of somebody who leads, on a phone that of a guest; with Persian words also the names and what is written."""
    names, texts = SAID["persian" if look == "persian" else "usual"]
    project = books.store.create(Charter(project=Project(name=texts[0], currency="EUR")), names[0])
    is_phone = look == "phone"
    leader = Guest(people(shared_server.url, **({} if is_phone else LOOKS[look]), reduced_motion="reduce"), names[0])
    leader.start(project)
    guest = Guest(people(shared_server.url, **LOOKS["phone"], reduced_motion="reduce"), names[1])
    guest.join(leader.code)
    wall = people(shared_server.url, **LOOKS[look])
    found: list[str] = []

    def look_at(name: str, person: Person) -> None:
        found.extend(pictured(person, f"workshop-{name}-{look}"))

    seen = guest.person if is_phone else leader.person
    expect(leader.page.locator(".ppl > li")).to_have_count(2)
    look_at("lobby", seen)
    leader.press("Start")
    guest.at(WISH)
    leader.write(texts[1], texts[2])
    guest.write(texts[3])
    expect(leader.page.locator(".others")).to_contain_text("1 thought, hidden")
    look_at("writing", seen)
    leader.onward().click()
    leader.onward().click()
    expect(seen.page.locator(".gcard")).to_have_count(3)
    leader.page.locator(f".gcard:has-text('{texts[3]}') .pop > button").click()
    leader.page.locator(".gcard .offer .item").first.click()
    expect(seen.page.locator(".group .gcard")).to_have_count(2)
    look_at("grouped", seen)
    if not is_phone:
        wall.page.goto(f"{leader.page.url}&view=big")
        expect(wall.page.locator(".pz")).to_contain_text(texts[2])
        look_at("projector", wall)
    for label in ("Worth it", "What is it worth in a year?", "Bring the room here"):
        leader.press(re.compile(f"^{re.escape(label)}"))
    for one, numbers in ((leader, ("300,000", "600,000", "1.2 million")), (guest, ("200,000", "400,000", "800,000"))):
        one.at("What is it worth in a year?")
        one.guess(*numbers)
    expect(leader.page.locator(".given")).to_contain_text("given")
    leader.onward().click()
    leader.onward().click()
    seen.page.locator(".spread").wait_for()
    look_at("estimate", seen)
    assert not found, "\n".join(found)
