"""Every page opens with nothing, with a finished project and with a thousand records, and as the first page after a start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from scoping import samples
from scoping.charter import PARTS, Charter
from scoping.editing import new_record
from storage.store import CharterStore
from tests.browser.hands import PAGES, Person
from tests.server import Server

RECORDS = 1_000
PROJECTS = ("empty", "sample", "huge")


def huge() -> Any:
    """A sample whose lists are repeated until there are a thousand records."""
    charter = samples.samples()[0].charter
    each = -(-RECORDS // sum(len(part.lists) for part in PARTS))
    for part in PARTS:
        value = charter.part(part.slug)
        rows = {}
        for name in part.lists:
            kinds = cycle(getattr(value, name) or (new_record(part, name, "new", "USD"),))
            rows[name] = tuple(row.model_copy(update={"id": f"r{number}"}) for number, row in zip(range(each), kinds, strict=False))
        charter = charter.with_part(part.slug, value.model_copy(update=rows))
    return charter


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A folder with a database of the three projects, and their ids."""
    folder = tmp_path_factory.mktemp("opens")
    store = CharterStore.at(f"sqlite:///{folder / 'workbench.db'}")
    charters = {"empty": Charter(), "sample": samples.samples()[0].charter, "huge": huge()}
    ids = {name: store.create(charter, "Ana") for name, charter in charters.items()}
    store.close()
    return folder, ids


@pytest.fixture(scope="module")
def full_server(projects: tuple[Path, dict[str, str]]) -> Iterator[Server]:
    server = Server(projects[0])
    yield server
    server.stop()
    said = server.log.read_text()
    assert "Traceback" not in said
    assert "arning" not in said


def looks_well(person: Person) -> None:
    page = person.page
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    expect(page.get_by_text("This should not have happened")).to_have_count(0)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    expect(page.locator("[data-testid=stAlertContentWarning], [data-testid=stAlertContentError]")).to_have_count(0)


@pytest.mark.parametrize("name", PROJECTS)
def test_every_page_opens_by_its_address(
    name: str, full_server: Server, projects: tuple[Path, dict[str, str]], people: Callable[..., Person]
) -> None:
    ana = people(full_server.url)
    for slug in PAGES:
        ana.open(slug, projects[1][name])
        looks_well(ana)
        assert ana.page.url.partition("project=")[2] == projects[1][name], slug


@pytest.mark.parametrize(
    ("slug", "name", "shows"),
    [
        ("problems", "sample", "What should work better?"),
        ("charter", "sample", "On one page"),
        ("milestones", "huge", "What do we deliver, and when?"),
        ("ethics", "unknown", "The project in this address does not exist here."),
    ],
)
def test_opens_as_the_first_page_after_a_start(
    slug: str, name: str, shows: str, full_server: Server, projects: tuple[Path, dict[str, str]], people: Callable[..., Person]
) -> None:
    full_server.stop()
    full_server.start()
    ana = people(full_server.url)
    ana.open(slug, projects[1].get(name, "0123456789abcdef"))
    expect(ana.page.get_by_text(shows).first).to_be_visible()
    looks_well(ana)
    if name == "unknown":
        # The browser itself says of every answer of 404 that it is one.
        assert all("404" in complaint for complaint in ana.complaints)
        ana.complaints.clear()


def test_an_address_that_does_not_exist_leads_to_the_projects(full_server: Server, people: Callable[..., Person]) -> None:
    ana = people(full_server.url)
    ana.page.goto(f"{full_server.url}/nowhere")
    said = "The page that you have requested does not seem to exist."
    expect(ana.page.get_by_role("dialog")).to_contain_text(said)
    ana.page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(ana.page.get_by_role("heading", level=1, name="Projects")).to_be_visible()
    assert [said in complaint for complaint in ana.complaints] == [True]
    ana.complaints.clear()
