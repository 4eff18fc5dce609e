"""The server is killed in the middle of a vote: every card and dot that it acknowledged is there, and each stands once."""

from __future__ import annotations

import contextlib
import http.client
import random
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scoping.charter import Charter
from scoping.workshop.room import Room
from storage.store import CharterStore
from tests.live import ask
from tests.server import Server

PEOPLE, KILLS, MOVES_BETWEEN = 4, 2, 40
_TROUBLE = (OSError, http.client.HTTPException)


class Voter:
    """Somebody whose browser keeps each move until it is answered, and sends it again in order."""

    def __init__(self, workshop: str, number: int) -> None:
        self.workshop, self.number = workshop, number
        self.device, self.chance = secrets.token_urlsafe(18), random.Random(number)  # noqa: S311
        self.cards: list[str] = []
        self.dots: dict[str, int] = {}
        self.outbox: list[dict[str, Any]] = [{"kind": "join", "name": f"Person {number}"}]
        self.answered = 0

    def wish(self) -> None:
        """Write a card, or give a dot to a card of one's own or take it back."""
        if self.cards and self.chance.random() < 0.5:
            target = self.chance.choice(self.cards)
            self.outbox.append({"kind": "vote", "question": "wish", "target": target, "dots": 1 - self.dots.get(target, 0)})
        else:
            name = secrets.token_hex(6)
            self.outbox.append({"kind": "card", "question": "wish", "id": name, "text": f"{self.number} wrote {name}"})

    def send(self, port: int) -> None:
        """Send what waits; what the server answers waits no longer."""
        while self.outbox:
            status, told = ask(port, "POST", f"workshops/{self.workshop}/moves", {"moves": self.outbox[:1]}, self.device)
            assert status == 200, told
            body = self.outbox.pop(0)
            self.answered += 1
            if body["kind"] == "card":
                assert not told["refused"]
                self.cards.append(body["id"])
            elif body["kind"] == "vote" and not told["refused"]:
                self.dots[body["target"]] = body["dots"]

    def act(self, port: int, upto: int, first: threading.Event) -> None:
        """Wish and send until so many moves are answered, or the server is gone; says when the first one is through."""
        with contextlib.suppress(*_TROUBLE):
            while self.answered < upto:
                self.wish()
                self.send(port)
        first.set()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.stop()


def test_what_was_acknowledged_is_there_after_each_kill(server: Server) -> None:
    store = CharterStore.at(f"sqlite:///{server.database}")
    project = store.create(Charter(), "Ana")
    leader = secrets.token_urlsafe(18)
    made = ask(server.port, "POST", f"projects/{project}/workshops", {"leader": {"name": "Ana"}}, leader)[1]
    steps = [{"kind": "go", "question": "wish", "seen": ""}]
    for seen, to in (("writing", "grouping"), ("grouping", "voting")):
        steps.append({"kind": "turn", "question": "wish", "phase": to, "seen": seen})
    assert ask(server.port, "POST", f"workshops/{made['id']}/moves", {"moves": steps}, leader)[1]["refused"] == []
    voters = [Voter(made["id"], number) for number in range(PEOPLE)]

    for _ in range(KILLS):
        aim = [voter.answered + MOVES_BETWEEN for voter in voters]

        first = threading.Event()
        threads = [
            threading.Thread(target=voter.act, args=(server.port, upto, first)) for voter, upto in zip(voters, aim, strict=True)
        ]
        for thread in threads:
            thread.start()
        first.wait(60)
        server.kill()
        for thread in threads:
            thread.join(60)
        server.start()

    for voter in voters:
        voter.send(server.port)

    def read(room: Room) -> tuple[set[str], dict[tuple[str, str], int], int]:
        asked = room.asked["wish"]
        return set(asked.cards), {key: dots for key, dots in asked.votes.items() if dots}, asked.dots

    cards, votes, most = store.workshops.look(made["id"], read)
    assert cards == {card for voter in voters for card in voter.cards}
    for voter in voters:
        person = store.workshops.person(made["id"], voter.device)
        given = {target: dots for (who, target), dots in votes.items() if who == person}
        assert given == {target: dots for target, dots in voter.dots.items() if dots}
        assert sum(given.values()) <= most
    kept = store.workshops.all_moves(made["id"])
    assert [move.number for move in kept] == list(range(1, len(kept) + 1))
    assert len(votes) > 0
    store.close()
