"""The live pages in another browser than Chromium: type, hear others, open the drawer and the grid, come back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from scoping import samples
from tests.browser.conftest import SHOTS
from tests.browser.hands import Books, Person
from tests.firefox import Firefox
from tests.server import Server
from tests.tools import firefox, need, until


@pytest.fixture
def fox() -> Iterator[Firefox]:
    with Firefox(need(firefox(), "Firefox")) as fox:
        yield fox


def test_pages_are_live_in_firefox(fox: Firefox, shared_server: Server, books: Books, people: Callable[..., Person]) -> None:
    project = books.store.create(samples.new_charter("Less waste", "", "USD"), "")
    fox.open(f"{shared_server.url}/problems?project={project}")
    fox.press("input.add", "Add a problem")
    fox.type("Too much is thrown away[Enter]")
    assert until(lambda: [p.statement for p in books.part(project, "problems").problems] == ["Too much is thrown away"])

    ana = people(shared_server.url)
    ana.open("problems", project)
    ana.page.get_by_placeholder("Add a problem").fill("Shelves are empty")
    ana.page.keyboard.press("Enter")
    fox.wait(fox.shows("Shelves are empty"))

    fox.press("button.open", "Too much is thrown away")
    fox.wait("location.search.includes('open=problems/')")
    fox.press("[role=dialog] [aria-label=Close]")
    fox.wait("!location.search.includes('open=')")

    fox.press("button", "Grid")
    fox.wait("Boolean(document.querySelector('[data-testid=stMain]')) && " + fox.shows("Shelves are empty"))
    fox.press(".tabulator-cell", "Shelves are empty")
    fox.type("[Enter] at five[Enter]")
    assert until(lambda: any("at five" in p.statement for p in books.part(project, "problems").problems))
    ana.page.get_by_text("at five").first.wait_for()
    fox.picture(SHOTS / "firefox.png")
    # A library of Streamlit's looks whether it may be quicker with WebAssembly, which the policy refuses; it goes on without.
    assert not [said for said in fox.complaints if "blocked WebAssembly" not in said]
