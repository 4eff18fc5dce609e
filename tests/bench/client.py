"""A browser tab without a browser: it opens a real session of a Streamlit server and waits for the end of each run."""

from __future__ import annotations

import asyncio
import json
import time
import urllib.request
from collections.abc import Callable
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.bench.launch import INSIDE

LARGEST_MESSAGE = 200 * 1024 * 1024
PATIENCE = 60
"""Seconds after which a run counts as failed."""


class RunError(Exception):
    """A page that ended with an error, or not at all."""


class Tab:
    """One session on one page.

    Attributes:
        elements: how many elements the last run sent.
        kilobytes: how much it sent.
    """

    def __init__(self, socket: ClientConnection, page: str, project: str) -> None:
        self._socket = socket
        self._page, _, asked = page.partition("?")
        self._query = "&".join(filter(None, (asked, urlencode({"project": project}) if project else "")))
        self._hash = ""
        self._known: list[str] = []
        self.elements = 0
        self.kilobytes = 0.0

    @classmethod
    async def open(cls, server: str, page: str = "", project: str = "") -> tuple[Self, float]:
        """Open a page as a new visitor. Returns the tab, and the seconds until the first run was complete."""
        begin = time.perf_counter()
        url = f"ws://{urlsplit(server).netloc}/_stcore/stream"
        # Pings would be answered late while a hundred sessions are busy in this one process.
        socket = await connect(url, subprotocols=["streamlit"], max_size=LARGEST_MESSAGE, ping_interval=None, compression=None)
        tab = cls(socket, page, project)
        await tab.rerun()
        return tab, time.perf_counter() - begin

    async def rerun(self) -> float:
        """Run the page again, as after a click. Returns the seconds until its end. Raises RunError."""
        ask = BackMsg()
        state = ask.rerun_script
        state.query_string = self._query
        state.page_script_hash = self._hash
        state.page_name = "" if self._hash else self._page
        state.cached_message_hashes.extend(self._known)
        state.context_info.timezone = "UTC"
        state.context_info.color_scheme = "light"
        begin = time.perf_counter()
        await self._socket.send(ask.SerializeToString())
        try:
            await asyncio.wait_for(self._until_finished(), PATIENCE)
        except TimeoutError:
            raise RunError(f"The page “{self._page}” did not end within {PATIENCE} s.") from None
        return time.perf_counter() - begin

    async def _until_finished(self) -> None:
        self.elements, size = 0, 0
        while True:
            data = await self._socket.recv(decode=False)
            size += len(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if message.metadata.cacheable and message.hash and kind != "ref_hash":
                self._known.append(message.hash)
            if kind == "navigation":
                self._hash = message.navigation.page_script_hash
            elif kind == "delta":
                self._look_at(message)
            elif kind == "ref_hash":
                self.elements += 1
            elif kind == "page_not_found":
                raise RunError(f"There is no page “{self._page}”.")
            elif kind == "script_finished":
                self.kilobytes = size / 1024
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return

    def _look_at(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        self.elements += 1
        kind = element.WhichOneof("type")
        if kind == "exception":
            raise RunError(f"The page “{self._page}” shows {element.exception.type}: {element.exception.message}")
        if kind == "alert" and "incident" in element.alert.body:
            raise RunError(f"The page “{self._page}” shows: {element.alert.body}")

    async def close(self) -> None:
        await self._socket.close()


def inside(server: str) -> dict[str, Any]:
    """What a server of the bench says about itself."""
    with urllib.request.urlopen(f"{server}{INSIDE}") as answer:
        insides: dict[str, Any] = json.loads(answer.read())
        return insides


async def post(server: str, path: str, body: dict[str, Any]) -> tuple[float, dict[str, Any]]:
    """Send an answer as the sheet of questions does. Returns the seconds it took, and what the server said."""
    begin = time.perf_counter()
    host, port = urlsplit(server).hostname, urlsplit(server).port
    reader, writer = await asyncio.open_connection(host, port)
    data = json.dumps(body).encode()
    head = (
        f"POST /{path} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\n"
        f"X-Requested-With: workbench\r\nContent-Length: {len(data)}\r\nConnection: close\r\n\r\n"
    )
    writer.write(head.encode() + data)
    answer = await reader.read()
    writer.close()
    return time.perf_counter() - begin, json.loads(answer.split(b"\r\n\r\n", 1)[1])


async def listen(server: str, path: str, hear: Callable[[dict[str, Any]], None]) -> None:
    """Hear what is saved in a project, as the live document of a page does, until cancelled."""
    host, port = urlsplit(server).hostname, urlsplit(server).port
    reader, writer = await asyncio.open_connection(host, port, limit=2**22)
    try:
        writer.write(f"GET /{path} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept: text/event-stream\r\n\r\n".encode())
        while line := await reader.readline():
            if line.startswith(b'data: {"number"'):
                hear(json.loads(line[5:]))
    finally:
        writer.close()
