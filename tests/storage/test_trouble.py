"""Trouble with the database gets its own sentence, a line in the log, and a word whether it passes."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event
from sqlalchemy.engine import make_url

from scoping import samples
from scoping.errors import BusyDatabaseError, DatabaseError
from scoping.merge import Edit
from storage import upgrade
from storage.engine import open_engine
from storage.store import CharterStore
from tests.tools import free_port, new_database

SAMPLE = samples.samples()[0].charter


@pytest.fixture
def path(tmp_path: Path, ready_file: Path) -> Path:
    path = tmp_path / "charters.db"
    path.write_bytes(ready_file.read_bytes())
    return path


@pytest.fixture
def sqlite_store(path: Path) -> Iterator[CharterStore]:
    """A store that waits for no lock."""
    store = CharterStore.at(f"sqlite:///{path}")
    event.listen(store._engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 1"))
    yield store
    store.close()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Somebody else writes."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def rename(store: CharterStore, project: str, name: str = "Other") -> None:
    store.save(project, "project", [Edit("", "", "name", store.open(project).charter.name, name)], "Ana")


def test_a_lock_passes_and_is_noted_once(sqlite_store: CharterStore, path: Path, caplog: pytest.LogCaptureFixture) -> None:
    project = sqlite_store.create(SAMPLE, "Ana")
    with locked(path):
        for _ in range(3):
            with pytest.raises(BusyDatabaseError, match="busy"):
                rename(sqlite_store, project)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "busy" in caplog.text
    rename(sqlite_store, project)


def test_a_full_disk_does_not_pass_and_is_noted(sqlite_store: CharterStore, caplog: pytest.LogCaptureFixture) -> None:
    @event.listens_for(sqlite_store._engine, "checkout")
    def fill(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    with pytest.raises(DatabaseError, match="full") as met:
        _ = [sqlite_store.create(SAMPLE, "Ana") for _ in range(100)]
    assert not isinstance(met.value, BusyDatabaseError)
    assert "full" in caplog.text


def test_a_damaged_file_does_not_pass_and_is_noted(
    sqlite_store: CharterStore, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    project = sqlite_store.create(SAMPLE, "Ana")
    sqlite_store.close()
    content = path.read_bytes()
    with path.open("r+b") as file:
        file.seek(4_096)
        file.write(b"\xff" * (len(content) - 4_096))
    with pytest.raises(DatabaseError, match="damaged") as met:
        sqlite_store.history(project)
    assert not isinstance(met.value, BusyDatabaseError)
    assert "damaged" in caplog.text


def test_a_deleted_file_is_told_as_deleted_and_no_new_one_is_begun(
    sqlite_store: CharterStore, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    project = sqlite_store.create(SAMPLE, "Ana")
    path.unlink()
    for ask in (lambda: rename(sqlite_store, project), lambda: sqlite_store.open(project), sqlite_store.portfolio.is_empty):
        with pytest.raises(DatabaseError, match=f"{path} was deleted") as met:
            ask()
        assert not isinstance(met.value, BusyDatabaseError)
    sqlite_store.close()
    with pytest.raises(DatabaseError, match="was deleted"):
        sqlite_store.portfolio.is_empty()
    assert not path.exists()
    assert "was deleted" in caplog.text


def test_a_backup_that_was_put_in_its_place_is_used_at_once(sqlite_store: CharterStore, path: Path, tmp_path: Path) -> None:
    project = sqlite_store.create(SAMPLE, "Ana")
    sqlite_store.close()
    backup = tmp_path / "backup.db"
    backup.write_bytes(path.read_bytes())
    rename(sqlite_store, project, "After the backup")
    backup.replace(path)
    rename(sqlite_store, project, "Saved in the backup")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM charter").fetchall() == [("Saved in the backup",)]


def test_a_dropped_database_of_a_server_is_told_as_deleted(postgres_server: str) -> None:
    with new_database(postgres_server) as url:
        upgrade.prepare(url)
        store = CharterStore.at(url)
        store.portfolio.is_empty()
        store.close()
        with psycopg.connect(postgres_server, autocommit=True) as connection:
            name = make_url(url).database
            connection.execute(f"ALTER DATABASE {name} RENAME TO {name}_away")
            try:
                with pytest.raises(DatabaseError, match="was deleted") as met:
                    store.portfolio.is_empty()
            finally:
                connection.execute(f"ALTER DATABASE {name}_away RENAME TO {name}")
        assert not isinstance(met.value, BusyDatabaseError)
        store.close()


def test_a_server_that_is_away_passes(postgres_server: str) -> None:
    away = make_url(postgres_server).set(drivername="postgresql+psycopg", host="127.0.0.1", port=free_port(), query={})
    store = CharterStore(open_engine(away.render_as_string(hide_password=False)))
    with pytest.raises(BusyDatabaseError, match="does not answer"):
        store.portfolio.is_empty()
    store.close()
