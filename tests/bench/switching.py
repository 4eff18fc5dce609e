"""How long a person waits in a browser after pressing a link of the sidebar, until the other page is there."""

from __future__ import annotations

import time
from collections.abc import Iterator

from playwright.sync_api import sync_playwright

from scoping.charter import SECTIONS
from tests.bench.table import Line, Times
from tests.browser.conftest import FLAGS
from tests.tools import chromium

AIM = 0.3
"""Seconds, in the middle."""


def lines(server: str, project: str, rounds: int) -> Iterator[Line]:
    """All steps in turns, by their links."""
    times = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium()), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{server}/{SECTIONS[-1].slug}?project={project}")
        page.get_by_role("heading", level=1, name=SECTIONS[-1].question).wait_for()
        for _ in range(rounds):
            for section in SECTIONS:
                link = page.get_by_role("link", name=section.title).first
                begin = time.perf_counter()
                link.click()
                page.get_by_role("heading", level=1, name=section.question).wait_for()
                times.append(time.perf_counter() - begin)
        browser.close()
    took = Times(times)
    yield Line("from one step to the next", str(took))
    yield Line.most("  half of them within", took.p50, AIM, "s")
