"""Sessions wait for tabs whose connection broke, and uploads have a total."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.responses import Response
from starlette.types import Message
from streamlit.runtime.session_manager import SessionInfo
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from pages.serving import sessions
from pages.serving.guard import left_for_good
from pages.serving.sessions import Sessions, UploadRoom, Uploads

ROUTE = "/_stcore/upload_file"


class Session:
    def __init__(self, name: str) -> None:
        self.id = name
        self.is_over = False

    def shutdown(self) -> None:
        self.is_over = True


def kept(store: Sessions, name: str) -> Session:
    session: Any = Session(name)
    store.save(SessionInfo(client=None, session=session, script_run_count=0))
    return session


def test_a_broken_connection_may_come_back_and_then_is_no_longer_kept() -> None:
    store = Sessions()
    session = kept(store, "a")
    info = store.get("a")
    assert info
    assert info.session is session
    store.delete("a")
    assert (store.get("a"), store.list(), session.is_over) == (None, [], False)


def test_who_stays_away_too_long_or_when_too_many_are_away_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "MOST_AWAY", 2)
    monkeypatch.setattr(sessions, "AWAY_SECONDS", 0)
    monkeypatch.setattr(sessions, "_SWEEP_SECONDS", 0)
    store = Sessions()
    away = [kept(store, name) for name in "abc"]
    assert [one.is_over for one in away] == [True, False, False]

    async def sweep() -> None:
        task = asyncio.create_task(store.sweep())
        while store.list():
            await asyncio.sleep(0)
        task.cancel()

    run(sweep())
    assert all(one.is_over for one in away)


def test_the_session_of_a_closed_tab_ends_at_once() -> None:
    store = Sessions()

    async def close() -> Session:
        left_for_good.set(True)
        session = kept(store, "a")
        assert not session.is_over
        await asyncio.sleep(0)
        return session

    assert run(close()).is_over
    assert store.list() == []


def run(work: Any) -> Any:
    """In a thread of its own: tests in a browser leave a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@pytest.fixture
def uploads(monkeypatch: pytest.MonkeyPatch) -> Iterator[Uploads]:
    monkeypatch.setattr(sessions, "ROOM_EACH", 100)
    monkeypatch.setattr(sessions, "ROOM", 150)
    uploads = Uploads(ROUTE)
    yield uploads
    uploads.close()


def put(uploads: Uploads, file: str, size: int, browser: str = "ana", session: str = "s", *, arrives: bool = True) -> int:
    """Upload a file; the status of the answer."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if arrives:
            uploads.add_file(session, UploadedFileRec(file, "a.csv", "text/csv", b"x" * size))
        await Response(status_code=204 if arrives else 400)(scope, receive, send)

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    headers = [(b"content-length", str(size).encode()), (b"cookie", f"device={browser}".encode())]
    scope = {"type": "http", "method": "PUT", "path": f"/base{ROUTE}/{session}/{file}", "headers": headers}
    run(UploadRoom(app, uploads)(scope, receive, send))
    return int(sent[0]["status"])


def test_uploads_have_a_total_for_each_browser_and_for_all(uploads: Uploads) -> None:
    assert put(uploads, "a", 60) == 204
    assert put(uploads, "b", 60) == 413
    assert put(uploads, "c", 60, session="another tab") == 413
    assert put(uploads, "d", 60, browser="ben") == 204
    assert put(uploads, "e", 60, browser="cem") == 413
    uploads.remove_file("s", "a")
    assert put(uploads, "e", 60, browser="cem") == 204


def test_the_room_of_an_upload_that_did_not_arrive_is_free_again(uploads: Uploads) -> None:
    assert put(uploads, "a", 90, arrives=False) == 400
    assert put(uploads, "b", 90) == 204
    assert put(uploads, "b", 95) == 204


def test_an_upload_is_read_from_disk_and_goes_with_its_tab(uploads: Uploads) -> None:
    put(uploads, "a", 50)
    assert [file.data for file in uploads.get_files("s", ["a"])] == [b"x" * 50]
    assert uploads._folder
    assert [path.stat().st_size for path in uploads._folder.iterdir()] == [50]
    uploads.remove_session_files("s")
    assert uploads.get_files("s", ["a"]) == []
    assert list(uploads._folder.iterdir()) == []
    assert put(uploads, "b", 100) == 204
