"""Tabs of one workbench on a database of the test's own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pages.parts import here
from scoping import samples
from storage import upgrade
from storage.store import CharterStore
from tests.live import serving
from tests.pages.tabs import Tab


@pytest.fixture(scope="session")
def _ready_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new database; making one takes longer than most tests here."""
    path = tmp_path_factory.mktemp("ready") / "ready.db"
    upgrade.prepare(f"sqlite:///{path}")
    return path


@pytest.fixture
def new_tab(tmp_path: Path, _ready_file: Path) -> Callable[[], Tab]:
    shutil.copy(_ready_file, tmp_path / "workbench.db")
    return Tab


@pytest.fixture
def tab(new_tab: Callable[[], Tab]) -> Tab:
    return new_tab()


@pytest.fixture
def store(new_tab: object) -> CharterStore:
    """The store of this test, as pages and routes open it."""
    return here.store()


@pytest.fixture
def project(store: CharterStore) -> str:
    """The first sample, begun by Ana; tests that are about another project make their own."""
    return store.create(samples.samples()[0].charter, "Ana")


@pytest.fixture
def port(new_tab: object) -> Iterator[int]:
    """The routes on a server of their own, with the database of this test."""
    with serving() as port:
        yield port
