"""Whatever a button offers stands inside the window, on a phone and on a screen that is lower than the list."""

from __future__ import annotations

from typing import Any

import pytest

from scoping import samples
from tests.browser.halls import PHONE

SAMPLE = samples.samples()[0].charter
PAGES_WITH_MENUS = ("", "charter", "compare", "bring_back")
LOW: dict[str, Any] = {"viewport": {"width": 1280, "height": 700}}


@pytest.mark.parametrize("look", [PHONE, LOW], ids=["phone", "low"])
def test_menus_stay_inside_the_window(shared_server, books, people, look: dict[str, Any]):
    ana = people(shared_server.url, **look)
    project = books.store.create(SAMPLE, "Ana")
    books.store.versions.keep(project, "Ana", name="For the board")
    seen = 0
    for page in PAGES_WITH_MENUS:
        ana.open(page or "home", project)
        ana.settle()
        faces = ana.page.locator(".pop > :is(button, summary):visible")
        for number in range(faces.count()):
            faces.nth(number).click()
            offer = ana.page.locator(".offer:visible")
            box = offer.bounding_box()
            width, height = (look["viewport"][side] for side in ("width", "height"))
            assert box
            assert 0 <= box["x"] <= width - box["width"], (page, number, box)
            assert box["y"] + box["height"] <= height, (page, number, box)
            faces.nth(number).click()
            seen += 1
    assert seen >= len(PAGES_WITH_MENUS)
