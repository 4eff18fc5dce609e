"""The task behind a kind of stream: it tells browsers at once what this process saves, and soon what another one does. No Streamlit here."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

import anyio.to_thread

from scoping.errors import WorkbenchError
from storage.notices import Notice
from storage.opened import Saved
from storage.store import CharterStore

POLL_SECONDS = 0.4
"""How often work of other processes is looked for."""
POLL_WHERE_TOLD_SECONDS = 5.0
"""The same where the database tells of it, for what it may have failed to tell."""
REST_SECONDS = 15
"""How long nothing is asked after a surprise, and how often a quiet stream says that it is alive."""
STILL = b"event: still\ndata: 1\n\n"
"""What a quiet stream says."""


class Watch:
    """Hears saves of this process and notices of others in whatever thread they come, and acts on them in one loop.

    Whoever watches something says in `_turn` what is told by what was heard, in `_look` how other processes' work is found, in
    `_saved` and `_take` what a save and a notice mean, and puts into `_to_servers` what other servers are told.

    Attributes:
        watched: as the log says what it is over.
    """

    watched: str

    def __init__(self) -> None:
        self._store: CharterStore | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake = asyncio.Event()
        self._is_to_look = False
        self._to_servers: dict[tuple[str, str], Notice] = {}

    async def follow(self, store: CharterStore) -> None:
        """Tell what happens, until it is cancelled."""
        self._store, self._loop, self._wake = store, asyncio.get_running_loop(), asyncio.Event()
        every = POLL_WHERE_TOLD_SECONDS if store.notices.are_carried else POLL_SECONDS
        look_at = time.monotonic()
        with self._hearing(store):
            while True:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), POLL_SECONDS)
                self._wake.clear()
                # Whatever happens must not end the watch: without it nobody hears of a save any more.
                try:
                    await self._turn()
                    await self._tell_servers()
                    if self._is_to_look or time.monotonic() >= look_at:
                        self._is_to_look, look_at = False, time.monotonic() + every
                        await self._look()
                except WorkbenchError:
                    continue
                except Exception:
                    logging.getLogger("workbench").exception("The watch %s met a surprise", self.watched)
                    await asyncio.sleep(REST_SECONDS)

    @contextlib.contextmanager
    def _hearing(self, store: CharterStore) -> Iterator[None]:
        store.on_saved.append(self._on_saved)
        end = store.notices.listen(self._on_notice)
        try:
            yield
        finally:
            end()
            store.on_saved.remove(self._on_saved)
            self._loop = None

    # Hearing, in whatever thread

    def _on_saved(self, saved: Saved) -> None:
        self._soon(self._saved, saved)

    def _on_notice(self, notice: Notice | None) -> None:
        self._soon(self._take, notice)

    def _soon(self, work: Callable[..., None], *given: Any) -> None:
        # A loop that is closed has nobody left to tell.
        with contextlib.suppress(RuntimeError):
            if self._loop:
                self._loop.call_soon_threadsafe(work, *given)

    # In the loop

    def _saved(self, saved: Saved) -> None:
        raise NotImplementedError

    def _take(self, notice: Notice | None) -> None:
        """Hear another server; None says that something may have been missed."""
        raise NotImplementedError

    async def _turn(self) -> None:
        raise NotImplementedError

    async def _look(self) -> None:
        """Tell what other processes did."""
        raise NotImplementedError

    def _look_soon(self) -> None:
        self._is_to_look = True
        self._wake.set()

    @property
    def _others_hear(self) -> bool:
        """Whether there is a way to tell other servers something."""
        return self._store is not None and self._store.notices.are_carried

    async def _tell_servers(self) -> None:
        notices, self._to_servers = tuple(self._to_servers.values()), {}
        if notices and self._store:
            await anyio.to_thread.run_sync(self._store.notices.send, notices)
