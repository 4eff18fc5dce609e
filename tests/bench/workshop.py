"""Simulated participants of workshops: cards, groups and dots at the pace of people, and how soon the others hear of each."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import re
import secrets
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from pages.parts.addresses import DEVICE_COOKIE
from tests.bench.client import inside
from tests.bench.table import Line, Times

THINKING = 1.0, 8.0
"""Seconds between two moves of a person: a room that hurries."""
SEEN, BUSY = 1.0, 60.0
"""Seconds until the others hear of a move, 95 of 100 times; and most of a processor that the server needs, in per cent."""
_NUMBER = re.compile(rb'event: room\ndata: \{"number":(\d+)')
_PHASES = ("writing", "grouping", "voting")


@dataclass
class Load:
    """What workshops went through.

    Attributes:
        seen: seconds from the sending of a move to each of the others hearing it.
        lost: cards and dots that were taken and are not there at the end.
    """

    seen: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    lost: int = 0
    processor: float = 0


async def ask(server: str, method: str, path: str, device: str, body: Any = None) -> dict[str, Any]:
    """Ask as a page in a browser does."""
    asked = urlsplit(server)
    reader, writer = await asyncio.open_connection(asked.hostname, asked.port)
    data = json.dumps(body).encode() if body is not None else b""
    head = (
        f"{method} /api/v1/{path} HTTP/1.1\r\nHost: {asked.netloc}\r\nContent-Type: application/json\r\nConnection: close\r\n"
        f"X-Requested-With: workbench\r\nCookie: {DEVICE_COOKIE}={device}\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    writer.write(head.encode() + data)
    answer = await reader.read()
    writer.close()
    told: dict[str, Any] = json.loads(answer.partition(b"\r\n\r\n")[2])
    return told


class Participant:
    """Somebody in a workshop, who listens and acts."""

    def __init__(self, server: str, workshop: str, name: str, load: Load) -> None:
        self.server, self.workshop, self.name, self.load = server, workshop, name, load
        self.device, self.chance = secrets.token_urlsafe(18), random.Random(name)  # noqa: S311
        self.heard: list[tuple[int, float]] = []
        self.sent: list[tuple[int, float]] = []
        self.cards: list[str] = []
        self.dots: dict[str, int] = {}

    async def move(self, *moves: dict[str, Any]) -> dict[str, Any]:
        return await ask(self.server, "POST", f"workshops/{self.workshop}/moves", self.device, {"moves": moves})

    async def listen(self) -> None:
        """Note when which move was heard, until cancelled. What is told is not read: that is the work of other machines."""
        asked = urlsplit(self.server)
        reader, writer = await asyncio.open_connection(asked.hostname, asked.port, limit=2**24)
        path = f"/api/v1/workshops/{self.workshop}/stream?tab=t"
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {asked.netloc}\r\nCookie: {DEVICE_COOKIE}={self.device}\r\n\r\n".encode())
        tail = b""
        while piece := await reader.read(2**18):
            now = time.monotonic()
            tail += piece
            for found in _NUMBER.finditer(tail):
                self.heard.append((int(found[1]), now))
            tail = tail[-60:] if _NUMBER.search(tail, max(0, len(tail) - 60)) is None else tail[-20:]
        self.load.failures.append(f"{self.name}: the stream ended")

    async def act(self, until: float) -> None:
        """Write cards and give dots."""
        while (pause := self.chance.uniform(*THINKING)) + time.monotonic() < until:
            await asyncio.sleep(pause)
            begin = time.monotonic()
            body = self._next()
            told = await self.move(body)
            if not told.get("ok") or told["refused"]:
                self.load.failures.append(str(told.get("error", told.get("refused"))))
                continue
            self.load.answered.append(time.monotonic() - begin)
            self.sent.append((told["number"], begin))
            if body["kind"] == "card":
                self.cards.append(body["id"])
            else:
                self.dots[body["target"]] = body["dots"]

    def _next(self) -> dict[str, Any]:
        votable = [c for c in self.cards if c not in self.dots]
        if len(votable) > 1 and sum(self.dots.values()) < 3 and self.chance.random() < 0.5:
            return {"kind": "vote", "question": "wish", "target": self.chance.choice(votable), "dots": 1}
        text = " ".join(self.chance.choices(("bread", "unsold", "evening", "branch", "order", "too", "late", "guess"), k=8))
        return {"kind": "card", "question": "wish", "id": secrets.token_hex(6), "text": text}

    async def check(self) -> None:
        """Count what was taken and is not there."""
        told = await ask(self.server, "GET", f"workshops/{self.workshop}", self.device)
        mine = told["mine"].get("wish", {"cards": [], "votes": {}})
        self.load.lost += len(set(self.cards) - {c["id"] for c in mine["cards"]}) + len(self.dots.items() - mine["votes"].items())
        self.load.lost += len(set(self.cards) - {c["id"] for c in told["room"]["question"]["cards"]})


@asynccontextmanager
async def gathered(server: str, project: str, people: int, load: Load, name: str) -> AsyncIterator[list[Participant]]:
    """A workshop with so many people who listen, at its first question, where cards and dots are taken."""
    leader = Participant(server, "", f"{name} 0", load)
    made = await ask(server, "POST", f"projects/{project}/workshops", leader.device, {"leader": {"name": leader.name}})
    leader.workshop = made["id"]
    everybody = [leader, *(Participant(server, made["id"], f"{name} {n}", load) for n in range(1, people))]
    for one in everybody[1:]:
        await one.move({"kind": "join", "name": one.name})
    turns = [{"kind": "turn", "question": "wish", "phase": to, "seen": seen} for seen, to in itertools.pairwise(_PHASES)]
    await leader.move({"kind": "go", "question": "wish", "seen": ""}, *turns)
    ears = [asyncio.create_task(one.listen()) for one in everybody]
    try:
        yield everybody
    finally:
        for ear in ears:
            ear.cancel()
        await asyncio.gather(*ears, return_exceptions=True)


async def many(server: str, projects: Sequence[str], people: int, seconds: float) -> Load:
    """A workshop of so many people in each project, all at the same time."""
    load = Load()

    async def one(project: str, name: str) -> None:
        async with gathered(server, project, people, load, name) as everybody:
            ready.append(name)
            await start.wait()
            until = time.monotonic() + seconds
            await asyncio.gather(*(person.act(until) for person in everybody))
            await asyncio.sleep(2)
            for person in everybody:
                for other in everybody:
                    load.seen += _times(person.sent, other.heard) if other is not person else []
                await person.check()

    ready: list[str] = []
    start = asyncio.Event()
    work = [asyncio.create_task(one(project, f"{n}")) for n, project in enumerate(projects)]
    while len(ready) < len(projects):
        await asyncio.sleep(0.1)
    before, begin = inside(server)["processor_seconds"], time.monotonic()
    start.set()
    await asyncio.sleep(seconds)
    load.processor = (inside(server)["processor_seconds"] - before) / (time.monotonic() - begin)
    await asyncio.gather(*work)
    return load


def _times(sent: Sequence[tuple[int, float]], heard: Sequence[tuple[int, float]]) -> list[float]:
    """How long after each move somebody heard a room that holds it; long where they never did."""
    never = float("inf")
    return [next((at for number, at in heard if number >= wanted and at >= begin), never) - begin for wanted, begin in sent]


def lines(server: str, projects: Sequence[str], seconds: float) -> Iterator[Line]:
    """Thirty people in one workshop, and ten workshops of ten."""
    for name, some, people in (("a workshop of 30", projects[:1], 30), ("ten workshops of 10", projects[:10], 10)):
        load = asyncio.run(many(server, some, people, seconds))
        for failure in load.failures[:3]:
            print(f"  {failure}")
        seen = Times(load.seen)
        yield Line(f"{name}: {len(load.answered)} moves, answered", str(Times(load.answered)))
        yield Line(f"{name}: {len(load.seen)} times somebody saw one", str(seen))
        yield Line.most(f"{name}: 95 of 100 times within", seen.p95, SEEN, "s")
        yield Line.most(f"{name}: of a processor", 100 * load.processor, BUSY, "%")
        yield Line.most(f"{name}: moves that were lost", load.lost, 0, "")
        yield Line.most(f"{name}: failures", len(load.failures), 0, "")
