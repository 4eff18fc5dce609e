"""While the database is held by others, pages open, saves wait their turn, and nothing that was acknowledged is lost."""

from __future__ import annotations

import json
import sqlite3
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scoping import samples
from scoping.merge import added
from scoping.sections.problems import Problem
from storage.store import CharterStore
from tests.server import Server

PEOPLE = 60
SECONDS = 30


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.stop()


def test_sixty_waiting_saves_do_not_keep_the_front_page_waiting(server: Server) -> None:
    store = CharterStore.at(f"sqlite:///{server.database}")
    project = store.create(samples.new_charter("Busy", "", "USD"), "Ana")
    store.save(project, "problems", [added("problems", Problem(id=f"p{n}")) for n in range(PEOPLE)], "Ana")
    store.close()
    answered: list[int] = []

    def save(record: str) -> None:
        item = {"list": "problems", "record": record, "cells": {"who_is_affected": ["", record]}}
        request = urllib.request.Request(
            f"{server.url}/api/v1/projects/{project}/edits",
            json.dumps({"part": "problems", "items": [item]}).encode(),
            {"Content-Type": "application/json", "X-Requested-With": "workbench"},
        )
        with urllib.request.urlopen(request, timeout=SECONDS) as reply:
            answered.append(reply.status)

    people = [threading.Thread(target=save, args=(f"p{n}",)) for n in range(PEOPLE)]
    with closing(sqlite3.connect(server.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for person in people:
            person.start()
        for path in ("/", "/app/static/inter-latin-wght-normal.woff2", "/_stcore/health"):
            with urllib.request.urlopen(f"{server.url}{path}", timeout=SECONDS) as page:
                assert page.status == 200
        assert answered == []
    for person in people:
        person.join()
    assert answered == [200] * PEOPLE
    store = CharterStore.at(f"sqlite:///{server.database}")
    written = {problem.who_is_affected for problem in store.open(project).charter.problems.problems}
    store.close()
    assert written == {f"p{n}" for n in range(PEOPLE)}
