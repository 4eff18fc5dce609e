"""Servers of one PostgreSQL database tell each other of saves at once; those of SQLite need not."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from scoping.charter import Charter
from scoping.merge import Edit
from storage.engine import sqlite_file
from storage.store import CharterStore

SECONDS = 10
shared = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
"""On the database that many servers may share."""
Heard = queue.Queue[dict[str, Any] | None]


@pytest.fixture
def heard(elsewhere: CharterStore) -> Iterator[Heard]:
    """What another server hears; it listens already."""
    heard: Heard = queue.Queue()
    end = elsewhere.notices.listen(heard.put)
    try:
        assert heard.get(timeout=SECONDS) is None
        yield heard
    finally:
        end()


def test_only_what_many_servers_share_carries_notices(store: CharterStore, database_url: str) -> None:
    assert store.notices.are_carried == (sqlite_file(database_url) is None)
    store.notices.send([{"who": "any"}])


@shared
def test_a_save_is_heard_elsewhere_once_it_is_there_and_never_at_home(
    store: CharterStore, elsewhere: CharterStore, heard: Heard
) -> None:
    project = store.create(Charter(), "Ana")
    at_home: Heard = queue.Queue()
    end = store.notices.listen(at_home.put)
    assert at_home.get(timeout=SECONDS) is None
    begin = time.monotonic()
    store.save(project, "project", [Edit("", "", "name", "", "Ours")], "Ana")
    assert heard.get(timeout=SECONDS) == {"saved": project}
    assert time.monotonic() - begin < 1
    assert elsewhere.open(project).charter.name == "Ours"
    store.archive(project, "Ana")
    assert heard.get(timeout=SECONDS) == {"saved": project}
    assert at_home.empty()
    end()


@shared
def test_what_was_not_saved_is_not_heard(store: CharterStore, heard: Heard) -> None:
    project = store.create(Charter(), "Ana")
    assert store.save(project, "project", [Edit("", "", "name", "other", "Ours")], "Ana").conflicts
    store.notices.send([{"who": "any"}])
    assert heard.get(timeout=SECONDS) == {"who": "any"}


@shared
def test_a_lost_connection_is_made_anew_and_said(store: CharterStore, heard: Heard, database_url: str) -> None:
    with psycopg.connect(database_url.replace("postgresql+psycopg", "postgresql"), autocommit=True) as other:
        listening = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()"
        for (pid,) in other.execute(listening).fetchall():
            other.execute("SELECT pg_terminate_backend(%s)", (pid,))
    assert heard.get(timeout=SECONDS) is None
    store.notices.send([{"who": "any"}])
    assert heard.get(timeout=SECONDS) == {"who": "any"}


def test_presence_leaves_no_row(store: CharterStore) -> None:
    def rows() -> int:
        with store._engine.connect() as connection:
            return int(connection.execute(text("SELECT count(*) FROM revision")).scalar_one())

    before = rows()
    store.notices.send([{"here": "p", "tab": "t", "name": "Zoë", "at": "", "typing": False, "gone": False}])
    assert rows() == before
