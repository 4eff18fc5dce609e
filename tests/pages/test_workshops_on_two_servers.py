"""Two servers of one database, with people of one workshop at both: what happens at one is told at the other."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import anyio
import anyio.to_thread
import pytest

from pages.serving.workshops import halls
from pages.serving.workshops.halls import Halls, Listener
from scoping.charter import Charter
from scoping.merge import Edit
from scoping.workshop import moves
from scoping.workshop.agenda import planned
from scoping.workshop.moves import Role
from storage.engine import sqlite_file
from storage.store import CharterStore
from storage.workshops.keeping import Workshop

SECONDS = 10


class Servers:
    """Two servers of one database, in two processes' stead: each with halls of its own."""

    def __init__(self, url: str) -> None:
        self.stores = [CharterStore.at(url) for _ in range(2)]
        self.halls = [Halls() for _ in range(2)]
        self.are_told = sqlite_file(url) is None

    def run(self, work: Callable[[], Awaitable[None]]) -> None:
        async def both() -> None:
            async with anyio.create_task_group() as tasks:
                for one, store in zip(self.halls, self.stores, strict=True):
                    tasks.start_soon(one.follow, store)
                await anyio.sleep(0.5)
                await work()
                tasks.cancel_scope.cancel()

        anyio.run(both)


@pytest.fixture
def servers(database_url: str) -> Iterator[Servers]:
    both = Servers(database_url)
    yield both
    for store in both.stores:
        store.close()


def begun(store: CharterStore) -> Workshop:
    """A workshop at its first question, which Ana leads and Bo takes part in."""
    one = store.workshops.start(store.create(Charter(), "Ana"), "", moves.Join(name="Ana", role=Role.LEADS), "ana", planned(()))
    store.workshops.move(one.id, "bo", [moves.Join(name="Bo")])
    store.workshops.move(one.id, "ana", [moves.Go(question="wish", seen="")])
    return one


async def until(listener: Listener, kind: str, holds: Callable[[Any], Any]) -> Any:
    """What is told of a kind, as soon as something holds for it."""
    with anyio.fail_after(SECONDS):
        while True:
            for event in (await listener.next()).split(b"\n\n"):
                name, _, data = event.partition(b"\ndata: ")
                if name == f"event: {kind}".encode() and holds(told := json.loads(data)):
                    return told


def test_a_card_and_a_save_at_one_are_told_at_the_other(servers: Servers) -> None:
    (one, other), (here, there) = servers.stores, servers.halls
    workshop = begun(one)
    ana, bo = (one.workshops.person(workshop.id, device) for device in ("ana", "bo"))

    async def work() -> None:
        with here.entered(workshop, "a", "ana", ana) as (_, near), there.entered(workshop, "b", "bo", bo) as (_, far):
            await until(near, "room", lambda room: room["number"] == 4)
            await until(far, "room", lambda room: room["number"] == 4)
            begin = time.monotonic()
            card = moves.Card(question="wish", id="c1", text="Too much bread is left")
            await anyio.to_thread.run_sync(other.workshops.move, workshop.id, "bo", [card])
            await until(far, "room", lambda room: room["question"]["count"] == 1)
            await until(near, "room", lambda room: room["question"]["count"] == 1)
            assert time.monotonic() - begin < 2
            edits = [Edit("", "", "name", "", "Fewer unsold goods")]
            await anyio.to_thread.run_sync(other.save, workshop.project_id, "project", edits, "Bo")
            await until(near, "about", lambda told: told["toSign"])
            assert time.monotonic() - begin < 4

    servers.run(work)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_who_is_at_one_is_here_for_the_other_until_they_go(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halls, "LEFT_SECONDS", 0.3)
    (one, _), (here, there) = servers.stores, servers.halls
    workshop = begun(one)
    ana, bo = (one.workshops.person(workshop.id, device) for device in ("ana", "bo"))

    async def work() -> None:
        with there.entered(workshop, "b", "bo", bo) as (hall, far):
            with here.entered(workshop, "a", "ana", ana):
                await until(far, "room", lambda room: all(p["here"] for p in room["people"]))
                # Whoever leads is at the other server: nobody takes over.
                hall.opened -= 2 * halls.LATELY_SECONDS
                assert there.was_lately(workshop.id, ana)
            await until(far, "room", lambda room: [p["here"] for p in room["people"]] == [False, True])

    servers.run(work)
