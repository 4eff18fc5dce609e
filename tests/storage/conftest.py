"""A store on a database of its own, on SQLite and on PostgreSQL. Upgrading is tested elsewhere, so each copies one that is ready."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from storage import upgrade
from storage.store import CharterStore
from tests.tools import new_database


@pytest.fixture(scope="session")
def ready_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ready") / "ready.db"
    upgrade.prepare(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def ready_database(postgres_server: str) -> Iterator[str]:
    with new_database(postgres_server) as url:
        upgrade.prepare(url)
        yield url


@pytest.fixture
def store(database_url: str, request: pytest.FixtureRequest) -> Iterator[CharterStore]:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        shutil.copy(request.getfixturevalue("ready_file"), str(url.database))
    else:
        ready = make_url(request.getfixturevalue("ready_database")).database
        with psycopg.connect(request.getfixturevalue("postgres_server"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {url.database}")
            connection.execute(f"CREATE DATABASE {url.database} TEMPLATE {ready}")
    store = CharterStore.at(database_url)
    yield store
    store.close()


@pytest.fixture
def elsewhere(store: CharterStore, database_url: str) -> Iterator[CharterStore]:
    """The same database, opened by another server."""
    other = CharterStore.at(database_url)
    yield other
    other.close()
