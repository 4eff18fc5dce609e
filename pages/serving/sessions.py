"""What the server keeps of each tab: nothing once the tab is closed, and its uploads on disk until then."""

from __future__ import annotations

import asyncio
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path

import streamlit as st
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.runtime import Runtime, RuntimeConfig
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.session_manager import SessionInfo, SessionStorage
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web.cache_storage_manager_config import create_default_cache_storage_manager

from pages.parts.addresses import DEVICE_COOKIE
from pages.serving.guard import left_for_good
from pages.serving.handling import refused
from storage.jobs import FOLDER_PREFIX

AWAY_SECONDS = 120
"""How long a tab whose connection broke may come back to what it had."""
MOST_AWAY = 128
_SWEEP_SECONDS = 5.0
ROOM_EACH, ROOM = 500_000_000, 2_000_000_000
"""Bytes of uploads that one browser, and all together, may have on the server before a page takes them up."""


class Sessions(SessionStorage):
    """Sessions of tabs whose connection broke. That of a closed tab ends at once, and those that stay away end for good.

    A session holds three file descriptors and the tab's uploads until it is shut down.
    """

    def __init__(self) -> None:
        self._away: dict[str, tuple[float, SessionInfo]] = {}

    def get(self, session_id: str) -> SessionInfo | None:
        """The session, if it is not over."""
        return self._away[session_id][1] if session_id in self._away else None

    def save(self, session_info: SessionInfo) -> None:
        """Keep a session for a while, unless its tab was closed."""
        if left_for_good.get():
            # Streamlit has not let go of it yet at this point.
            asyncio.get_running_loop().call_soon(session_info.session.shutdown)
            return
        self._away[session_info.session.id] = time.monotonic() + AWAY_SECONDS, session_info
        while len(self._away) > MOST_AWAY:
            self._end(next(iter(self._away)))

    def delete(self, session_id: str) -> None:
        """Let go of a session that came back, or that is over; the caller sees to its end."""
        self._away.pop(session_id, None)

    def list(self) -> list[SessionInfo]:
        """All that are kept."""
        return [info for _, info in self._away.values()]

    async def sweep(self) -> None:
        """End sessions that stayed away for too long, again and again."""
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            now = time.monotonic()
            for session_id in [one for one, (until, _) in self._away.items() if until <= now]:
                self._end(session_id)

    def _end(self, session_id: str) -> None:
        self._away.pop(session_id)[1].session.shutdown()


class Uploads(MemoryUploadedFileManager):
    """Uploads that no page has taken up yet, on disk, with a total for each browser and for the server."""

    def __init__(self, upload_endpoint: str) -> None:
        super().__init__(upload_endpoint)
        self._paths: dict[tuple[str, str], Path] = {}
        self._claims: dict[tuple[str, str], tuple[str, int]] = {}
        self._guarded = threading.RLock()
        self._folder: Path | None = None

    def claim(self, key: tuple[str, str], browser: str, size: int) -> bool:
        """Reserve room for an upload, of which the session and its own id are the key. Returns whether there is any."""
        with self._guarded:
            others = [claim for place, claim in self._claims.items() if place != key]
            if sum(n for _, n in others) + size > ROOM or sum(n for who, n in others if who == browser) + size > ROOM_EACH:
                return False
            self._claims[key] = browser, size
            return True

    def settle(self, key: tuple[str, str]) -> None:
        """Give the room of an upload back that did not arrive."""
        with self._guarded:
            if key not in self._paths:
                self._claims.pop(key, None)

    def add_file(self, session_id: str, file: UploadedFileRec) -> None:
        """Write an upload to disk, under a name of ours."""
        with self._guarded:
            if self._folder is None or not self._folder.exists():
                self._folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX))
            path = self._folder / secrets.token_hex(16)
        path.write_bytes(file.data)
        with self._guarded:
            self._forget(session_id, file.file_id)
            self._paths[session_id, file.file_id] = path
            self._claims.setdefault((session_id, file.file_id), ("", len(file.data)))
        super().add_file(session_id, file._replace(data=b""))

    def get_files(self, session_id: str, file_ids: Sequence[str]) -> list[UploadedFileRec]:
        """The uploads that are still there, with their content."""
        found = []
        for file in super().get_files(session_id, file_ids):
            path = self._paths.get((session_id, file.file_id))
            # Whoever tidies the folder of temporary files may have been there.
            if path and path.exists():
                found.append(file._replace(data=path.read_bytes()))
        return found

    def remove_file(self, session_id: str, file_id: str) -> None:
        """Remove an upload and give its room back."""
        super().remove_file(session_id, file_id)
        with self._guarded:
            self._forget(session_id, file_id)
            self._claims.pop((session_id, file_id), None)

    def remove_session_files(self, session_id: str) -> None:
        """Remove what a tab uploaded."""
        super().remove_session_files(session_id)
        with self._guarded:
            for key in [key for key in self._paths if key[0] == session_id]:
                self._forget(*key)
                self._claims.pop(key, None)

    def close(self) -> None:
        """Remove everything."""
        with self._guarded:
            self._paths.clear()
            if self._folder:
                shutil.rmtree(self._folder, ignore_errors=True)

    def _forget(self, session_id: str, file_id: str) -> None:
        if path := self._paths.pop((session_id, file_id), None):
            path.unlink(missing_ok=True)


class UploadRoom:
    """Refuse an upload for which there is no room before any of it is read."""

    def __init__(self, app: ASGIApp, uploads: Uploads) -> None:
        self.app = app
        self.uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "PUT" or self.uploads.endpoint not in scope["path"]:
            await self.app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        session_id, file_id = scope["path"].rsplit("/", 2)[-2:]
        browser = asked.cookies.get(DEVICE_COOKIE) or (asked.client.host if asked.client else "")
        told = asked.headers.get("content-length", "")
        size = int(told) if told.isdecimal() and len(told) < 20 else st.get_option("server.maxUploadSize") << 20
        if not self.uploads.claim((session_id, file_id), browser, size):
            hint = "Close other tabs with uploads, or try again in a few minutes."
            await refused("There is no room for this file at the moment.", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, hint)(
                scope, receive, send
            )
            return
        try:
            await self.app(scope, receive, send)
        finally:
            self.uploads.settle((session_id, file_id))


def runtime(app: st.App, sessions: Sessions, uploads: Uploads) -> Runtime:
    """Streamlit's part of the server, as it makes it itself but with sessions and uploads of ours."""
    return Runtime(
        RuntimeConfig(
            script_path=str(app.script_path),
            media_file_storage=MemoryMediaFileStorage("/media"),
            uploaded_file_manager=uploads,
            cache_storage_manager=create_default_cache_storage_manager(),
            session_storage=sessions,
            on_script_error=app._on_script_error,  # noqa: SLF001 - it is what the app was given
        )
    )
