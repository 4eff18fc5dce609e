"""The two ways to a workbench: a server at an address, or a database in this very process. Both are asked by the same client."""

from __future__ import annotations

import getpass
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import anyio
import httpx
from starlette.routing import Router

from pages.serving.v1 import door
from pages.serving.v1.client import Workbench
from pages.serving.v1.operations import OPERATIONS
from scoping.reading.brought import Brought
from storage.store import CharterStore


def _read(data: bytes, name: str) -> Brought:
    """A file that brings changes, read here: a command is a process of its own."""
    from scoping.reading import files

    with tempfile.TemporaryDirectory(prefix="brought-") as folder:
        path = Path(folder) / "file"
        path.write_bytes(data)
        return files.read(path, name)


class Direct(httpx.BaseTransport):
    """Answers requests from a database, through the operations that a server has.

    Args:
        by: who is told to have done it.
    """

    def __init__(self, store: CharterStore, by: str) -> None:
        routes = door.routes(OPERATIONS, lambda: store, _read, by)
        self._inner = httpx.ASGITransport(Router(routes))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        return anyio.run(self._answer, request)

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        answer = await self._inner.handle_async_request(request)
        content = await answer.aread()
        return httpx.Response(answer.status_code, headers=answer.headers, content=content, request=request)


@contextmanager
def workbench(server: str, token: str, database_url: str) -> Iterator[Workbench]:
    """The workbench that a command speaks to: the server where one is named, the database otherwise."""
    if server:
        with Workbench(server, token) as found:
            yield found
        return
    store = CharterStore.at(database_url)
    try:
        with Workbench("http://database", transport=Direct(store, _me())) as found:
            yield found
    finally:
        store.close()


def _me() -> str:
    """The name under which whoever types is known to this machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "Command line"
