"""Read-only links: made and taken back on the charter page; whoever has one reads the charter, and no workbench stands behind it."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from pages.parts.addresses import READ_URL, SHARES_URL
from pages.parts.charter import exports
from pages.serving import handling
from pages.serving.handling import guarded
from pages.serving.workshops.known import Times
from scoping.errors import UnknownProjectError, WorkbenchError
from scoping.export.html import rendered, to_html
from scoping.words import count, day_words

if TYPE_CHECKING:
    from storage.store import CharterStore

READS_A_MINUTE = 60
"""From one address; whoever guesses at links gets no further."""
READS = Times(60)
HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


class ShareIn(BaseModel, extra="forbid"):
    """A link that somebody wants, or the digest of one that is taken back."""

    version: int | None = Field(default=None, ge=1, le=10**9)
    days: int = Field(default=30, ge=1, le=10**4)
    revoke: str = Field(default="", max_length=64)


@guarded
async def shares(request: Request) -> Response:
    """The links of a project that work, and the versions that can be shown."""
    told = await handling.in_turn(handling.READING, _told, handling.store(), request.path_params["project"])
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


def _told(store: CharterStore, project: str) -> dict[str, Any]:
    store.number(project)
    links = [
        {
            "digest": s.digest,
            "version": s.version,
            "until": day_words(s.expires_at.date()),
            "by": s.made_by,
            "on": day_words(s.made_at.date()),
        }
        for s in store.shares.of(project)
    ]
    return {"ok": True, "links": links, "versions": [[v.number, v.title] for v in store.versions.of(project)]}


@guarded
async def share(request: Request) -> Response:
    """Make a link, told once as `{"ok": true, "path"}` below the address of the workbench, or take one back."""
    given = await handling.sent(request, ShareIn)
    work = (_share, handling.store(), request.path_params["project"], given, handling.device_of(request))
    return JSONResponse(await handling.in_turn(handling.SAVING, *work))


def _share(store: CharterStore, project: str, given: ShareIn, device: str) -> dict[str, Any]:
    if given.revoke:
        store.shares.revoke(project, given.revoke)
        return {"ok": True}
    token = store.shares.make(project, store.people.name(device), days=given.days, version=given.version)
    return {"ok": True, "path": READ_URL.format(token=token)}


async def read(request: Request) -> Response:
    """The charter behind a link, as a page of its own; one sentence where there is none any more."""
    key, now = handling.address_of(request), time.monotonic()
    if wait := READS.wait(key, READS_A_MINUTE, now):
        said = f"This page was opened too often. Try again in {count(wait, 'second')}."
        return _sentence(said, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": str(wait)})
    READS.note(key, now)
    try:
        work = (_page, handling.store(), request.path_params["token"], handling.day_of(""))
        return await handling.in_turn(handling.READING, *work)
    except UnknownProjectError:
        return _sentence("The project behind this link was removed.", HTTPStatus.GONE)
    except WorkbenchError:  # what it says is about our database, and for us
        return _sentence("The charter cannot be read just now. Try again in a moment.", HTTPStatus.SERVICE_UNAVAILABLE)


def _page(store: CharterStore, token: str, today: date) -> Response:
    found = store.shares.shown(token)
    if found is None:
        return _sentence("No charter is read under this link. Look whether all of it was copied.", HTTPStatus.NOT_FOUND)
    if found.revoked_at:
        said = f"This link was taken back on {day_words(found.revoked_at.date())}. Ask whoever sent it for another one."
        return _sentence(said, HTTPStatus.GONE)
    if not found.works(datetime.now(UTC)):
        said = f"This link ended on {day_words(found.expires_at.date())}. Ask whoever sent it for another one."
        return _sentence(said, HTTPStatus.GONE)
    told = exports.Told.of(store, found.project_id, today, found.version or 0)
    return HTMLResponse(to_html(exports.written(told.project, told.today, told.version, told.chosen())), headers=HEADERS)


def _sentence(said: str, status: HTTPStatus, more: dict[str, str] | None = None) -> Response:
    return HTMLResponse(rendered("sentence.html.jinja", said=said), status, headers=HEADERS | (more or {}))


ROUTES = [
    Route(f"/{SHARES_URL}", shares),
    Route(f"/{SHARES_URL}", share, methods=["POST"]),
    Route(f"/{READ_URL}", read),
]
