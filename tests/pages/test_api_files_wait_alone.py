"""Files that programs send are read for long, and nobody who saves waits behind them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import anyio
import httpx
from starlette.routing import Router

from pages.serving import handling
from pages.serving.v1 import door
from pages.serving.v1.operations import OPERATIONS
from scoping import samples
from scoping.errors import AnswerError
from scoping.reading.brought import Brought
from storage.store import CharterStore


def test_six_files_that_are_read_leave_room_for_who_saves(store: CharterStore) -> None:
    project = store.create(samples.samples()[0].charter, "Ana")
    saved = threading.Event()

    def read(_: bytes, __: str) -> Brought:
        assert saved.wait(handling._PATIENCE_SECONDS / 2), "a save waited behind files"
        raise AnswerError("No workbook.")

    async def work() -> None:
        inner = httpx.ASGITransport(Router(door.routes(OPERATIONS, lambda: store, read, "Ana")))
        async with (
            httpx.AsyncClient(transport=inner, base_url="http://here/api/v1", timeout=30) as client,
            anyio.create_task_group() as all_,
        ):
            for _ in range(int(handling.SAVING.total_tokens)):
                all_.start_soon(send, client)
            await anyio.sleep(0.2)
            kept = await client.post(f"/projects/{project}/versions", json={"name": "One"})
            saved.set()
            assert kept.status_code == 201

    async def send(client: httpx.AsyncClient) -> None:
        answer = await client.post(
            f"/projects/{project}/import", content=b"x", headers={"Content-Type": "application/octet-stream"}
        )
        assert answer.status_code == 422

    with ThreadPoolExecutor(1) as alone:
        alone.submit(anyio.run, work).result()
