"""The server is killed in the middle of a storm of saves: what it acknowledged is there, and nothing is half done."""

from __future__ import annotations

import json
import sqlite3
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scoping import editing
from scoping.charter import PART_BY_SLUG, Charter
from scoping.merge import added
from storage.store import CharterStore
from tests.server import Server

PEOPLE, KILLS, SAVES_BETWEEN = 4, 3, 60
PROBLEMS = PART_BY_SLUG["problems"]


class Person:
    """Somebody who types into a card of their own and remembers what was acknowledged."""

    def __init__(self, project: str, record: str) -> None:
        self.project = project
        self.record = record
        self.saved = ""
        self.sent = ""
        self.count = 0

    def type_on(self, server: Server) -> None:
        """Save the next text. A request that the server did not answer may or may not have been saved."""
        self.sent = f"{self.record} wrote text {self.count}"
        item = {"list": "problems", "record": self.record, "cells": {"statement": [self.saved, self.sent]}}
        body = {"part": "problems", "items": [item]}
        request = urllib.request.Request(
            f"{server.url}/api/v1/projects/{self.project}/edits",
            json.dumps(body).encode(),
            {"content-type": "application/json", "x-requested-with": "workbench"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            told = json.loads(answer.read())
        # A save that was made just before a kill is found again as it was sent: the second time it changes nothing.
        assert told["saved"] == [["problems", self.record, {"statement": self.sent}]], told
        self.saved = self.sent
        self.count += 1


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.stop()


def test_no_acknowledged_save_is_lost_and_history_agrees(server):
    store = CharterStore.at(f"sqlite:///{server.database}")
    project = store.create(Charter(), "Ana")
    people = [Person(project, f"card{i}") for i in range(PEOPLE)]
    cards = [editing.new_record(PROBLEMS, "problems", p.record, "USD") for p in people]
    store.save(project, "problems", [added("problems", c) for c in cards], "Ana")
    store.close()
    for _ in range(KILLS):
        _storm(server, people)
        server.kill()
        _check(server.database, project, people)
        server.start()
    assert all(p.count >= KILLS for p in people)


def _storm(server: Server, people: list[Person]) -> None:
    """Everybody types until the server dies, which it does as soon as enough was saved."""
    enough = threading.Semaphore(0)
    over = threading.Event()

    def work(person: Person) -> None:
        while not over.is_set():
            try:
                person.type_on(server)
            except (OSError, urllib.error.URLError):
                return
            enough.release()

    threads = [threading.Thread(target=work, args=(p,)) for p in people]
    for thread in threads:
        thread.start()
    for _ in range(SAVES_BETWEEN):
        assert enough.acquire(timeout=30), "the server does not save"
    server.kill()
    over.set()
    for thread in threads:
        thread.join()


def _check(database: Path, project: str, people: list[Person]) -> None:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    store = CharterStore.at(f"sqlite:///{database}")
    opened = store.open(project)
    history = store.history(project)
    assert [r.number for r in history] == list(range(opened.stamp.number, 0, -1))
    stands = {p.id: p.statement for p in opened.charter.problems.problems}
    for person in people:
        newest = next((e.after for r in history for e in r.edits if e.record == person.record and e.field == "statement"), "")
        assert stands[person.record] == newest
        assert stands[person.record] in (person.saved, person.sent), "an acknowledged save is lost"
        person.saved = stands[person.record]
    store.close()
