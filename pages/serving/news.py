"""News of other people's saves out, as server-sent events."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from pages.parts.addresses import LIVE_URL
from pages.serving import handling
from pages.serving.handling import guarded
from scoping.errors import UnknownProjectError, WorkbenchError
from storage.history import is_project_id

POLL_SECONDS = 0.4
REST_SECONDS = 15
"""How long nothing is asked after a surprise, and how often a quiet stream says that it is alive."""


class _Watched:
    """A project that somebody has open: where its news goes, and the newest revision that was told (None: none yet)."""

    def __init__(self) -> None:
        self.queues: set[asyncio.Queue[dict[str, Any] | None]] = set()
        self.told: int | None = None


_watched: dict[str, _Watched] = {}


@contextlib.contextmanager
def _listening(project: str) -> Iterator[tuple[_Watched, asyncio.Queue[dict[str, Any] | None]]]:
    news: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue(maxsize=100)
    watched = _watched.setdefault(project, _Watched())
    watched.queues.add(news)
    try:
        yield watched, news
    finally:
        watched.queues.discard(news)
        if not watched.queues:
            _watched.pop(project, None)


@guarded
async def live(request: Request) -> Response:
    """News of a project's new revisions as server-sent events: `{"number", "parts"}`."""
    project = request.path_params["project"]
    if not is_project_id(project):
        raise UnknownProjectError("This project does not exist.", "Choose another one in Projects.")

    async def events() -> AsyncIterator[str]:
        with _listening(project) as (watched, news):
            yield "retry: 1500\n\n"
            # What was saved while nobody listened (a closed lid, a hidden tab) is news too.
            number = 0
            with contextlib.suppress(WorkbenchError):
                number = (await handling.in_turn(handling.READING, handling.store().heads, [project])).get(project, 0)
            if watched.told is None:
                watched.told = number
            if number:
                yield f"data: {json.dumps({'number': number, 'parts': []})}\n\n"
            while True:
                try:
                    item = await asyncio.wait_for(news.get(), REST_SECONDS)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if item is None:
                    return
                yield f"data: {json.dumps(item)}\n\n"

    return StreamingResponse(
        events(), media_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )


async def tell_listeners() -> None:
    """Watch the projects that somebody has open. It reads the database, so it hears other servers' saves too."""
    while True:
        await asyncio.sleep(POLL_SECONDS)
        told = {project: watched.told for project, watched in _watched.items() if watched.told is not None}
        if not told:
            continue
        # Whatever happens must not end the watch: without it no page hears of a save any more.
        try:
            fresh = await anyio.to_thread.run_sync(_news, told)
        except WorkbenchError:
            continue
        except Exception:
            logging.getLogger("workbench").exception("The watch for saves met a surprise")
            await asyncio.sleep(REST_SECONDS)
            continue
        for project, item in fresh.items():
            if watched := _watched.get(project):
                watched.told = item["number"]
                for queue in watched.queues:
                    _put(queue, item)


def _news(told: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """What was saved since the revisions that were told, by project."""
    store = handling.store()
    newer = {project: number for project, number in store.heads(list(told)).items() if number != told[project]}
    return {
        project: {"number": number, "parts": sorted(store.changed_parts(project, told[project]))}
        for project, number in newer.items()
    }


def end_streams() -> None:
    """End every stream of news, because the server is about to stop."""
    for watched in tuple(_watched.values()):
        for news in tuple(watched.queues):
            _put(news, None)


def _put(news: asyncio.Queue[dict[str, Any] | None], item: dict[str, Any] | None) -> None:
    with contextlib.suppress(asyncio.QueueFull):
        news.put_nowait(item)


ROUTES = [Route(f"/{LIVE_URL}", live)]
