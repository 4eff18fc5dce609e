"""Four simulated people in one project: random edits over all parts, lost answers, cut lines, restarts of the server.

Each is a model of a browser that knows nothing but what the protocol told it. At the end every model shows what the database holds.
"""

from __future__ import annotations

import contextlib
import http.client
import random
import time
from collections.abc import Iterator, Mapping
from typing import Any

from scoping.charter import PART_BY_SLUG, PARTS
from scoping.section import FieldSpec, Kind, questions
from tests.live import Line, Model, ask

_SECONDS = 60
_TROUBLE = (OSError, http.client.HTTPException)
"""What a browser meets while the server is away."""
_TEXTS = ("Ein Satz", "מבחן", "a\nb", "“quoted”", "?", "", "0", "x" * 40)
_DATES = ("1 Nov 2027", "2027-02-03", "?", "", "31/12/2026")
_NUMBERS = ("1,234.5", "7", "12,5", "?", "", "many", "-3")


class Person:
    """One simulated person: a model, the line it hears, and how it acts.

    Attributes:
        asked: how many edits were sent.
    """

    def __init__(self, project: str, name: str, chance: random.Random) -> None:
        self.project, self.name, self._chance = project, name, chance
        self.model = Model()
        self.line: Line | None = None
        self.asked = 0

    # The line

    def come(self, port: int) -> None:
        """Read the document where that is needed, and listen from there on; nothing where the server does not answer."""
        self.go()
        with contextlib.suppress(*_TROUBLE):
            if self.model.must_reload or not self.model.number:
                status, told = ask(port, "GET", f"projects/{self.project}/document")
                assert status == 200
                self.model.read(told)
            self.model.must_listen_anew = False
            self.line = Line(port, self.project, self.model.tab, self.model.number)

    def go(self) -> None:
        """Cut the line, whatever is on it."""
        if self.line:
            self.line.cut()
        self.line = None

    def hear(self, port: int) -> None:
        """Take what has come."""
        if self.line is None:
            self.come(port)
        while self.line and not self.line.messages.empty():
            self._take(port, self.line.messages.get())

    def hear_upto(self, port: int, number: int) -> None:
        """Take what comes until a revision has come."""
        while self.model.number < number or self.model.must_reload:
            if self.line is None:
                self.come(port)
            if self.line is None:
                time.sleep(0.1)
            else:
                self._take(port, self.line.messages.get(timeout=_SECONDS))

    def _take(self, port: int, message: tuple[str, str, Any] | None) -> None:
        if message is None:
            self.line = None
            return
        for _ in range(2 if self._chance.random() < 0.05 else 1):
            self.model.take(message)
        if self.model.must_reload or self.model.must_listen_anew:
            self.come(port)

    # Edits

    def act(self) -> None:
        """Wish for something, as random as people are."""
        section = PART_BY_SLUG[self._chance.choice([part.slug for part in PARTS])]
        lists = [name for name, spec in section.lists.items() if not spec.machine]
        items = [self._item(section.slug, lists) for _ in range(self._chance.choice([1, 1, 1, 2, 6]))]
        self.asked += len(items)
        self.model.wish(section.slug, items)

    def _item(self, part: str, lists: list[str]) -> dict[str, Any]:
        chance, section = self._chance, PART_BY_SLUG[part]
        if not lists or (section.questions and chance.random() < 0.25):
            return {"cells": self._cells(part, "", "")}
        name = chance.choice(lists)
        here = self.model.orders[part, name]
        known = [record for p, n, record in self.model.cells if (p, n) == (part, name)]
        what = chance.random()
        if not here or what < 0.15:
            item: dict[str, Any] = {"record": f"r{chance.getrandbits(40):x}", "new": True}
            item["cells"] = self._cells(part, name, item["record"])
            if here and chance.random() < 0.5:
                item["after"] = chance.choice(["", *here])
        elif what < 0.25:
            item = {"record": chance.choice(here), "remove": True}
        elif what < 0.35:
            item = {"record": chance.choice(known), "restore": True}
        elif what < 0.5:
            item = {"record": chance.choice(known), "after": chance.choice(["", *known])}
        else:
            record = chance.choice(known)
            item = {"record": record, "cells": self._cells(part, name, record), "restore": chance.random() < 0.3}
        return {"list": name, **item}

    def _cells(self, part: str, name: str, record: str) -> dict[str, Any]:
        asked = [q for q in questions(PART_BY_SLUG[part].model_of(name)) if not q.machine]
        some = self._chance.sample(asked, min(len(asked), self._chance.choice([1, 1, 2, 4])))
        return {q.name: [self._seen(part, name, record, q), self._typed(q)] for q in some}

    def _seen(self, part: str, name: str, record: str, q: FieldSpec) -> Any:
        cell = self.model.cells.get((part, name, record), {}).get(q.name)
        if cell is None:
            return {Kind.LINKS: [], Kind.TEXT: "", Kind.LONG: "", Kind.LINK: ""}.get(q.kind)
        return cell[0] if isinstance(cell, list) else cell

    def _typed(self, q: FieldSpec) -> Any:
        chance = self._chance
        match q.kind:
            case Kind.CHOICE:
                return chance.choice(["?", "", *map(str, q.choices)])
            case Kind.LINK | Kind.LINKS:
                ids = self.model.orders.get(tuple(q.refers_to.split(".")), [])  # type: ignore[call-overload]
                if q.kind is Kind.LINK:
                    return chance.choice(["", *ids])
                return "|".join(chance.sample(ids, min(len(ids), 2)))
            case Kind.DATE:
                return chance.choice(_DATES)
            case Kind.INTEGER | Kind.NUMBER | Kind.MONEY:
                return chance.choice(_NUMBERS)
            case _:
                return chance.choice(_TEXTS)

    def send(self, port: int) -> None:
        """Send what waits, as far as the server answers. Now and then an answer is lost, and the same is sent again."""

        def post(part: str, items: list[dict[str, Any]]) -> dict[str, Any]:
            path, body = f"projects/{self.project}/edits", {"part": part, "items": items}
            if self._chance.random() < 0.1:
                ask(port, "POST", path, body, self.name)
            status, said = ask(port, "POST", path, body, self.name)
            assert status == 200, said
            return dict(said)

        with contextlib.suppress(*_TROUBLE):
            self.model.send(post)


def work(ports: Mapping[str, int], people: list[Person], edits: int, chance: random.Random) -> Iterator[None]:
    """Have everybody act in turns until enough was asked for; pauses after each round, when servers may be replaced.

    Args:
        ports: of the server that a person uses, by name.
    """
    while sum(person.asked for person in people) < edits:
        for person in people:
            if not person.model.number:
                person.come(ports[person.name])
            for _ in range(chance.choice([0, 1, 1, 3]) if person.model.number else 0):
                person.act()
            if chance.random() < 0.8:
                person.send(ports[person.name])
            if chance.random() < 0.1:
                person.go()
            if chance.random() < 0.8:
                person.hear(ports[person.name])
        yield


def settle(ports: Mapping[str, int], people: list[Person]) -> dict[str, Any]:
    """Send and hear everything. Returns the document as it is then."""
    for person in people:
        while person.model.outbox:
            person.send(ports[person.name])
    _, told = ask(next(iter(ports.values())), "GET", f"projects/{people[0].project}/document")
    for person in people:
        person.hear_upto(ports[person.name], told["number"])
    del told["schema"]
    return dict(told)
