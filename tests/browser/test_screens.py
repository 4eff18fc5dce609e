"""Every screen of a finished project, as it looks: by day and by night, on a phone, and with words from right to left."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from pages.parts import steps
from scoping import samples
from tests.browser.conftest import SHOTS
from tests.browser.hands import PAGES, Books, Person
from tests.persian import persian
from tests.server import ROOT, Server

LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "persian": {"locale": "fa-IR"},
}
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


@pytest.mark.parametrize("look", LOOKS)
def test_every_screen(look: str, shared_server: Server, projects: dict[str, str], people: Callable[..., Person]) -> None:
    """Nothing is cut and no page is a scroll; with WORKBENCH_PICTURES=1 the pictures in docs/screens are made anew."""
    folder = ROOT / "docs" / "screens" if os.environ.get("WORKBENCH_PICTURES") else SHOTS / "screens"
    person = people(shared_server.url, **LOOKS[look])
    found, titles = [], {}
    for page, tab in screens():
        shown(person, page, tab, projects["rtl" if look == "persian" else "ltr"])
        name = "-".join(filter(None, (page or "projects", tab, look)))
        person.page.screenshot(path=folder / f"{name}.jpg", type="jpeg", quality=60)
        found += [f"{name}: {cut}" for cut in person.page.evaluate(CUT)]
        if person.page.evaluate(SIDEWAYS):
            found.append(f"{name}: scrolls sideways")
        if look in ("light", "dark") and (high := person.page.evaluate(SCREENS_HIGH)) > HIGHEST:
            found.append(f"{name}: {high:.1f} screens high")
        titles.setdefault(person.page.title(), set()).add(page)
    shown_there = re.findall(r"docs/screens/([\w-]+\.jpg)", (ROOT / "README.md").read_text("utf-8"))
    assert all((ROOT / "docs" / "screens" / name).exists() for name in shown_there)
    found += [f"“{title}” is the title of {', '.join(sorted(pages))}" for title, pages in titles.items() if len(pages) > 1]
    assert not found, "\n".join(found)
