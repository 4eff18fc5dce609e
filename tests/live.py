"""A browser on the live document, as a program: it reads the document, hears the stream, and saves by edits.

What is shown is what the server confirmed, with what is still in the outbox laid over it, the way the browser's own modules do it.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import queue
import secrets
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import anyio
import uvicorn
from starlette.applications import Starlette

from pages import api
from pages.parts import here
from pages.parts.addresses import DEVICE_COOKIE
from pages.serving.rooms import ROOMS
from pages.serving.workshops.halls import HALLS

Cells = dict[str, Any]
Key = tuple[str, str, str]
"""Part, list and record."""
_SECONDS = 20


@contextlib.asynccontextmanager
async def _following(_: Starlette) -> AsyncIterator[None]:
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(ROOMS.follow, here.store())
        tasks.start_soon(HALLS.follow, here.store())
        yield
        tasks.cancel_scope.cancel()


@contextlib.contextmanager
def serving() -> Iterator[int]:
    """The port of a server of its own in this process, with all routes for programs and the database of the test."""
    config = uvicorn.Config(Starlette(routes=api.ROUTES, lifespan=_following), port=0, log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        for line in tuple(_lines):
            line.cut()
        ROOMS.end()
        HALLS.end()
        server.should_exit = True
        thread.join(_SECONDS)


_lines: list[Line] = []


class Line:
    """An open stream of events, read in a thread of its own until it is cut or ends.

    Attributes:
        messages: (id, kind, data) of each event as it came; None once the stream has ended.
    """

    def __init__(self, port: int, of: str, tab: str, since: int, device: str = "", base: str = "", kind: str = "projects") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        path = f"{base}/api/v1/{kind}/{of}/stream?tab={tab}&since={since}"
        self._connection.request("GET", path, headers={"Cookie": f"{DEVICE_COOKIE}={device}"} if device else {})
        # The answer takes the socket over, and a thread that waits for it is only woken by its shutdown.
        self._socket = self._connection.sock
        self.answer = self._connection.getresponse()
        self.messages: queue.Queue[tuple[str, str, Any] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._read, daemon=True)
        _lines.append(self)
        if self.answer.status == 200:
            self._thread.start()

    def _read(self) -> None:
        told: dict[str, str] = {}
        try:
            while line := self.answer.readline():
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name:
                    told[name] = value
                elif "data" in told:
                    # A message without its empty line at the end was cut, and is never seen.
                    self.messages.put((told.get("id", ""), told.get("event", "message"), json.loads(told["data"])))
                    told = {}
                else:
                    told = {}
        except (OSError, http.client.HTTPException, ValueError, AttributeError):
            pass
        self.messages.put(None)

    def next(self, kind: str = "message", seconds: float = _SECONDS) -> Any:
        """The data of the next event of a kind; others before it are passed over. Raises queue.Empty when none comes."""
        while (found := self.messages.get(timeout=seconds)) is not None:
            if found[1] == kind:
                return found[2]
        raise AssertionError("the stream ended")

    def cut(self) -> None:
        """Let go of the connection in the middle of whatever is sent."""
        _lines.remove(self)
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        if self._thread.is_alive():
            self._thread.join(_SECONDS)
        self.answer.close()
        self._connection.close()


def ask(port: int, method: str, path: str, body: Any = None, device: str = "", **headers: str) -> tuple[int, Any]:
    """Ask the server as a page of its own does. Returns the status, and what was answered as JSON or bytes."""
    given = {"X-Requested-With": "workbench", "Content-Type": "application/json", **headers}
    if device:
        given["Cookie"] = f"{DEVICE_COOKIE}={device}"
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request(method, f"/api/v1/{path}", data, given)
        with connection.getresponse() as reply:
            said = reply.read()
    assert b"Traceback" not in said
    return reply.status, json.loads(said) if "json" in reply.headers.get("Content-Type", "") else said


class Model:
    """One tab.

    Attributes:
        cells: of each record what is not blank, as the server told it.
        orders: ids of each list, by part and list.
        outbox: what the server has not confirmed yet.
        must_reload: whether too much was missed to be told one by one.
        must_listen_anew: whether an event is missing before one that came.
    """

    def __init__(self) -> None:
        self.tab = secrets.token_hex(5)
        self.number = 0
        self.name, self.is_archived = "", False
        self.derived: dict[str, Any] = {}
        self.cells: dict[Key, Cells] = {}
        self.orders: dict[tuple[str, str], list[str]] = {}
        self.numbers: dict[tuple[Key, str], int] = {}
        self.outbox: list[tuple[str, list[dict[str, Any]]]] = []
        self.must_reload = False
        self.must_listen_anew = False

    # The server's word

    def read(self, document: dict[str, Any]) -> None:
        """Take the whole document."""
        self.number, self.name, self.is_archived = document["number"], document["name"], document["archived"]
        self.derived = document["derived"]
        self.cells.clear()
        self.orders.clear()
        self.numbers.clear()
        self.must_reload = False
        for part, told in document["parts"].items():
            self.cells[part, "", ""] = dict(told["own"])
            for name, rows in told["lists"].items():
                self.orders[part, name] = [record for record, _ in rows]
                for record, cells in rows:
                    self.cells[part, name, record] = dict(cells)

    def hear(self, event: dict[str, Any]) -> None:
        """Take an event. One that was told before changes nothing; after a gap the stream is asked for what is missing."""
        part, number = event["part"], event["number"]
        if number != self.number + 1:
            self.must_listen_anew |= number > self.number
            return
        self.number = number
        for name, record in event.get("gone", ()):
            ids = self.orders[part, name]
            if record in ids:
                ids.remove(record)
        for name, record, cells in event.get("set", ()):
            self._put((part, name, record), cells, number)
        for name, record, place, cells in event.get("rows", ()):
            self._put((part, name, record), cells, number, is_whole=True)
            ids = self.orders[part, name]
            if record in ids:
                ids.remove(record)
            ids.insert(place, record)
        for name, ids in event.get("order", ()):
            self.orders[part, name] = list(ids)
        self.name, self.is_archived = event.get("name", self.name), event.get("archived", self.is_archived)
        if "derived" in event:
            fresh = dict(event["derived"])
            parts = {**self.derived["parts"], **fresh.pop("parts", {})}
            self.derived = {**self.derived, **fresh, "parts": parts}

    def _put(self, key: Key, cells: Cells, number: int, *, is_whole: bool = False) -> None:
        now = self.cells.setdefault(key, {})
        names = set(cells) | (set(now) if is_whole else set())
        for name in names:
            # What a save answered may be newer than an event that was on its way.
            if self.numbers.get((key, name), 0) <= number:
                self.numbers[key, name] = number
                cell = cells.get(name)
                if cell is None or (cell[1] if isinstance(cell, list) else cell) == "":
                    now.pop(name, None)
                else:
                    now[name] = cell

    def take(self, message: tuple[str, str, Any]) -> None:
        """Take a message of the stream."""
        _, kind, data = message
        if kind == "reload":
            self.must_reload = True
        elif kind == "message":
            self.hear(data)

    # What this person does

    def wish(self, part: str, items: list[dict[str, Any]]) -> None:
        """Put edits into the outbox."""
        self.outbox.append((part, items))

    def send(self, post: Callable[[str, list[dict[str, Any]]], dict[str, Any]]) -> list[dict[str, Any]]:
        """Send what waits, oldest first; what is answered is confirmed and waits no longer. Returns the answers."""
        answers = []
        while self.outbox:
            part, items = self.outbox[0]
            answer = post(part, items)
            self.outbox.pop(0)
            for name, record, cells in answer["saved"]:
                self._put((part, name, record), cells, answer["number"])
            answers.append(answer)
        return answers

    # What is shown

    def shown(self) -> dict[str, Any]:
        """The document as this person sees it once nothing waits any more."""
        parts: dict[str, Any] = {}
        for part, name, _ in self.cells:
            parts.setdefault(part, {"own": self.cells[part, "", ""], "lists": {}})
            if name:
                parts[part]["lists"].setdefault(name, [])
        for (part, name), ids in self.orders.items():
            parts[part]["lists"][name] = [[record, self.cells.get((part, name, record), {})] for record in ids]
        return {
            "number": self.number,
            "name": self.name,
            "archived": self.is_archived,
            "parts": parts,
            "derived": self.derived,
        }
