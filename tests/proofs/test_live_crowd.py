"""Ten thousand random edits by four people, whose server is killed again and again: every browser shows what the database holds.

On PostgreSQL they sit at two servers. It takes a quarter of an hour or so. `PROOF_EDITS=500 pytest tests/proofs` makes fewer edits.
"""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from scoping import samples
from storage.store import CharterStore
from tests.crowd import Person, settle, work
from tests.server import Server

EDITS = int(os.environ.get("PROOF_EDITS", "10000"))
BETWEEN_KILLS = 250


@pytest.fixture
def servers(database_url: str, tmp_path: Path) -> Sequence[Server]:
    """One server of an SQLite file; two of a PostgreSQL database."""
    many = 1 if database_url.startswith("sqlite") else 2
    started = [Server(_folder(tmp_path, number), database_url) for number in range(many)]
    yield started
    for server in started:
        server.stop()


def _folder(tmp_path: Path, number: int) -> Path:
    folder = tmp_path / f"server{number}"
    folder.mkdir()
    return folder


def test_every_browser_shows_what_the_database_holds(servers: Sequence[Server], database_url: str) -> None:
    chance = random.Random(2027)  # noqa: S311
    store = CharterStore.at(database_url)
    project = store.create(samples.samples()[0].charter, "Ana")
    people = [Person(project, f"browser-{i}", random.Random(i)) for i in range(4)]  # noqa: S311
    kills = 0
    while (asked := sum(person.asked for person in people)) < EDITS:
        server = servers[kills % len(servers)]
        killer = threading.Timer(chance.uniform(0.5, 3), server.kill)
        killer.start()
        mine = {person.name: servers[i % len(servers)].port for i, person in enumerate(people)}
        for _ in work(mine, people, min(EDITS, asked + BETWEEN_KILLS), chance):
            if server.process.poll() is not None:
                server.start()
        killer.join()
        if server.process.poll() is not None:
            server.start()
        kills += 1
        told = settle(mine, people)
        for person in people:
            assert person.model.shown() == told, f"{person.name} after {asked} edits"
    opened = store.open(project)
    assert opened.stamp.number == told["number"]
    for (part, name), order in people[0].model.orders.items():
        assert [row.id for row in getattr(opened.charter.part(part), name)] == order
    store.close()
    assert kills >= EDITS // BETWEEN_KILLS
