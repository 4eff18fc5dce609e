"""Workshops over their routes: coming in, moves, what everybody hears, and what is refused."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pages.serving import halls, workshops
from scoping.charter import Charter
from storage.store import CharterStore
from tests.live import Line, ask

Json = dict[str, Any]


@pytest.fixture(autouse=True)
def _as_at_the_start() -> Iterator[None]:
    workshops._WRONG.__init__(workshops.WRONG_SECONDS)  # type: ignore[misc]
    workshops._MOVED.__init__(60)  # type: ignore[misc]
    yield
    halls.HALLS.halls.clear()


def device() -> str:
    return secrets.token_urlsafe(18)


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, port: int, workshop: str, at: str = "") -> None:
        self.port, self.workshop, self.device = port, workshop, at or device()

    def __call__(self, *moves: Json) -> Json:
        status, told = ask(self.port, "POST", f"workshops/{self.workshop}/moves", {"moves": list(moves)}, self.device)
        assert status == 200, told
        return told

    def join(self, name: str, **more: str) -> Json:
        return self({"kind": "join", "name": name, **more})

    def look(self, at: str = "") -> Json:
        status, told = ask(self.port, "GET", f"workshops/{self.workshop}{at and '?at=' + at}", device=self.device)
        assert status == 200, told
        return told

    def listen(self, tab: str = "") -> Line:
        return Line(self.port, self.workshop, tab or secrets.token_hex(4), 0, self.device, kind="workshops")


@pytest.fixture
def start(port: int, project: str) -> Callable[..., tuple[Json, Person]]:
    def start(of: str = "", **more: Any) -> tuple[Json, Person]:
        at = device()
        body = {"name": "First look", "leader": {"name": "Ana", "side": "business"}, **more}
        status, made = ask(port, "POST", f"projects/{of or project}/workshops", body, at)
        assert status == 201, made
        return made, Person(port, made["id"], at)

    return start


def until(line: Line, holds: Callable[[Json], Any], seconds: float = 5) -> Json:
    """The first room of a stream for which something holds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        told = line.next("room", seconds)
        if holds(told):
            return told
    raise AssertionError("it never came")


def test_from_the_code_to_a_card_that_others_see_once_it_is_shown(store: CharterStore, port: int, start: Any) -> None:
    made, ana = start(store.create(Charter(), "Ana"))
    bo = Person(port, made["id"])
    status, found = ask(port, "POST", "join", {"code": f" {made['code'][:3].upper()} {made['code'][3:].upper()}"}, bo.device)
    assert (status, found["workshop"]) == (200, made["id"])
    assert bo.look()["me"] is None
    told = bo.join("Bo", side="technical")
    assert (told["me"]["name"], told["me"]["role"], told["refused"]) == ("Bo", "takes_part", [])
    line = bo.listen()
    assert until(line, lambda room: [p["here"] for p in room["people"]] == [False, True])["status"] == "lobby"
    question = told["room"]["agenda"][0]["questions"][0]["key"]
    ana({"kind": "go", "question": question, "seen": ""})
    bo({"kind": "card", "question": question, "id": "c1", "text": "Too much bread is left"})
    room = until(line, lambda room: room["question"] and room["question"]["count"] == 1)
    assert room["question"]["cards"] is None
    assert "bread" not in str(ana.look())
    assert bo.look()["mine"][question]["cards"][0]["text"] == "Too much bread is left"
    ana({"kind": "turn", "question": question, "phase": "grouping", "seen": "writing"})
    assert until(line, lambda room: room["question"]["cards"])["question"]["cards"][0]["text"] == "Too much bread is left"
