"""A real server on a real database, and real browsers in front of it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from scoping.charter import Charter
from tests.browser.halls import PHONE, Guest
from tests.browser.hands import Books, Person
from tests.server import Server
from tests.tools import chromium, need

# A machine that runs two servers and two browsers for two workers answers late now and then.
expect.set_options(timeout=15_000)

SHOTS = Path(__file__).with_name("shots")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = need(chromium(), "Chromium or Chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server of this test's own, to be killed and started again."""
    server = Server(tmp_path)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for tests that make projects of their own."""
    server = Server(tmp_path_factory.mktemp("server"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def books(shared_server: Server) -> Iterator[Books]:
    """The database of the shared server."""
    books = Books(shared_server.database)
    yield books
    books.store.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture(autouse=True)
def _consoles_stay_silent(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a browser's console complains of fails the test; what people saw when a test failed is kept in `shots`."""
    staying = tuple(Person.present)
    yield
    if request.node.stash.get(FAILED, False):
        for number, person in enumerate(Person.present, 1):
            person.page.screenshot(path=SHOTS / f"failed-{request.node.name}-{number}.png")
    complaints = [text for person in Person.present for text in person.complaints]
    for person in tuple(Person.present):
        person.complaints.clear()
        if person not in staying:
            person.close()
    assert not complaints


@pytest.fixture
def people(browser: Browser) -> Callable[..., Person]:
    """Brings in people for one test, each with a browser of their own: `ana = people(server.url)`."""
    return functools.partial(Person, browser)


# --- in a workshop


@pytest.fixture
def project(books: Books) -> str:
    """A project in which nothing is answered."""
    return books.store.create(Charter(), "Marta")


@pytest.fixture
def marta(people: Callable[..., Person], shared_server: Server, project: str) -> Guest:
    """Leads, at the lobby of a workshop."""
    marta = Guest(people(shared_server.url), "Marta Vogel")
    marta.start(project)
    return marta


@pytest.fixture
def jonas(people: Callable[..., Person], shared_server: Server, marta: Guest) -> Guest:
    """Came in by the code, on a phone."""
    jonas = Guest(people(shared_server.url, **PHONE), "Jonas Reit")
    jonas.join(marta.code)
    expect(marta.page.locator(".ppl")).to_contain_text("Jonas Reit")
    return jonas
