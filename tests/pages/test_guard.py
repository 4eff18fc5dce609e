"""The server answers under names of its own, to pages of its own, and no faster than people act."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import Message

from pages.serving.guard import (
    EXCEPTION_HANDLERS,
    FRAME_BYTES,
    FRAMES_A_SECOND,
    FRAMES_AT_ONCE,
    HEADERS,
    SECONDS_SLOWED,
    Guard,
    Hosts,
    content_policy,
)

HERE = Hosts("127.0.0.1", ("scoping.example.com", "other.example:8443"))
EVERYWHERE = Hosts("::")


@pytest.mark.parametrize(
    ("hosts", "host", "is_served"),
    [
        (HERE, "localhost:8501", True),
        (HERE, "LOCALHOST", True),
        (HERE, "127.0.0.1:8501", True),
        (HERE, "[::1]:8501", True),
        (HERE, "scoping.example.com", True),
        (HERE, "Scoping.Example.com.:443", True),
        (HERE, "other.example", True),
        (HERE, "evil.example:8501", False),
        (HERE, "scoping.example.com.evil.example", False),
        (HERE, "localhost.evil.example", False),
        (HERE, "192.168.1.5:8501", False),
        (HERE, "", False),
        (HERE, "localhost@evil.example", False),
        (HERE, "localhost/evil", False),
        (HERE, "localhost:port", False),
        (EVERYWHERE, "192.168.1.5:8501", True),
        (EVERYWHERE, "evil.example", False),
        (Hosts("scoping.lan"), "scoping.lan:8501", True),
        (Hosts("fe80::5"), "[fe80::5]:8501", True),
    ],
)
def test_only_names_of_the_workbench_are_served(hosts: Hosts, host: str, is_served: bool) -> None:
    assert hosts.serves(host) == is_served


@pytest.mark.parametrize(
    ("origin", "host", "is_ours"),
    [
        ("http://localhost:8501", "localhost:8501", True),
        ("http://localhost:8502", "localhost:8501", False),
        ("http://localhost", "localhost:8501", False),
        ("http://127.0.0.1:8501", "localhost:8501", False),
        ("https://scoping.example.com", "127.0.0.1:8501", True),
        ("https://scoping.example.com:9000", "127.0.0.1:8501", False),
        ("https://other.example:8443", "127.0.0.1:8501", True),
        ("https://other.example", "127.0.0.1:8501", False),
        ("https://evil.example", "127.0.0.1:8501", False),
        ("null", "localhost:8501", False),
        ("file://localhost:8501", "localhost:8501", False),
        ("http://localhost:x", "localhost:8501", False),
    ],
)
def test_only_pages_of_the_workbench_are_trusted(origin: str, host: str, is_ours: bool) -> None:
    assert HERE.trusts(origin, host) == is_ours


def test_scripts_in_a_page_are_allowed_by_their_hash_alone() -> None:
    policy = content_policy(b"<script>1</script><script src='x'></script>")
    assert "'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='" in policy
    assert policy.count("sha256") == 1
    for weak in ("unsafe-eval", "script-src 'unsafe-inline'", "*", "http:"):
        assert weak not in policy
    assert "frame-ancestors 'none'" in policy


class Page:
    """A page that sends frames over its connection, at a clock that only moves when the guard makes it wait."""

    def __init__(self, frames: list[Message]) -> None:
        self.frames = [{"type": "websocket.connect"}, *frames]
        self.closed: list[int] = []
        self.reached = 0

    def send_all(self, monkeypatch: pytest.MonkeyPatch) -> float:
        """Returns how many seconds the guard made the page wait."""
        clock = [0.0]

        async def wait(seconds: float) -> None:
            clock[0] += seconds

        monkeypatch.setattr("pages.serving.guard.time.monotonic", lambda: clock[0])
        monkeypatch.setattr("pages.serving.guard.asyncio.sleep", wait)

        async def receive() -> Message:
            return self.frames.pop(0) if self.frames else {"type": "websocket.disconnect", "code": 1001}

        async def send(message: Message) -> None:
            if message["type"] == "websocket.close":
                self.closed.append(message["code"])

        async def app(scope: Any, receive: Any, send: Any) -> None:
            while (message := await receive())["type"] != "websocket.disconnect":
                self.reached += message["type"] == "websocket.receive"

        scope = {"type": "websocket", "headers": [(b"host", b"localhost")]}
        # A thread of its own: tests in a browser leave a loop running in this one.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, Guard(app, lambda: HERE)(scope, receive, send)).result()
        return clock[0]


def frames(count: int, size: int = 10) -> list[Message]:
    return [{"type": "websocket.receive", "bytes": b"x" * size} for _ in range(count)]


def test_a_flood_is_slowed_and_then_closed_before_most_of_it_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(frames(5_000))
    waited = page.send_all(monkeypatch)
    assert page.closed == [1008]
    assert page.reached <= FRAMES_AT_ONCE + SECONDS_SLOWED * FRAMES_A_SECOND + 1
    assert waited <= SECONDS_SLOWED + 0.1


def test_large_frames_count_as_several(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(frames(90, 10 * FRAME_BYTES))
    page.send_all(monkeypatch)
    assert page.closed == [1008]
    assert page.reached < 90


def test_a_busy_person_is_neither_slowed_nor_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(frames(int(FRAMES_AT_ONCE)))
    assert page.send_all(monkeypatch) == 0
    assert (page.closed, page.reached) == ([], FRAMES_AT_ONCE)


def test_a_frame_of_text_ends_the_connection_without_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page([{"type": "websocket.receive", "text": "hello"}])
    page.send_all(monkeypatch)
    assert (page.closed, page.reached) == ([1003], 0)


def test_a_fault_of_ours_is_answered_in_the_shape_of_every_refusal_and_as_carefully() -> None:
    async def fails(_: Any) -> None:
        raise RuntimeError("secret")

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    app = Starlette(
        routes=[Route("/", fails)], middleware=[Middleware(Guard, hosts=lambda: HERE)], exception_handlers=EXCEPTION_HANDLERS
    )
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [(b"host", b"localhost")]}
    with ThreadPoolExecutor(1) as thread, pytest.raises(RuntimeError, match="secret"):
        thread.submit(asyncio.run, app(scope, receive, send)).result()
    start, body = sent
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    assert start["status"] == 500
    assert {name.casefold(): value for name, value in HEADERS.items()}.items() <= headers.items()
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert json.loads(body["body"]).keys() == {"ok", "error", "errors", "status"}
    assert b"secret" not in body["body"]
