"""What all tests share: a database of their own, and known-good files that can be written anew."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.tools import POSTGRES_URL, need, new_database, postgres_programs, running_postgres


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the known-good exports anew instead of comparing with them")


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whatever a test starts finds a temporary database, never the data of the person who runs the tests."""
    with pytest.MonkeyPatch.context() as environ:
        own = ("PORT", "ADDRESS", "DATA_FOLDER", "DATA_DATABASE_URL", "MLFLOW_URI", "ALLOWED_HOSTS")
        for name in (f"WORKBENCH_{which}" for which in own):
            environ.delenv(name, raising=False)
        environ.setenv("WORKBENCH_DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('data') / 'workbench.db'}")
        yield


@pytest.fixture(autouse=True)
def _fresh_workbench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages that a test runs open a database of this test, and nothing that an earlier test left in a cache."""
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", f"sqlite:///{tmp_path / 'workbench.db'}")
    yield
    if streamlit := sys.modules.get("streamlit"):
        streamlit.cache_resource.clear()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server on which databases may be created."""
    if named := os.environ.get(POSTGRES_URL):
        yield named
        return
    with running_postgres(need(postgres_programs(), "PostgreSQL")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that is not there yet (SQLite) or empty (PostgreSQL): the test runs on each."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'charters.db'}"
    else:
        with new_database(request.getfixturevalue("postgres_server")) as url:
            yield url


@pytest.fixture
def known_good(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with the file that was reviewed; `make golden` writes the file instead."""

    def compare(file: Path, text: str) -> None:
        if request.config.getoption("--golden"):
            file.write_text(text, encoding="utf-8")
        assert file.read_text(encoding="utf-8") == text, f"{file.name} changed: if that is meant, run make golden and look at it"

    return compare
