"""Keeping the charter as a version."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.parts.addresses import KEEP_URL
from pages.serving import handling
from pages.serving.handling import guarded
from scoping.section import LONG, SHORT


class KeepIn(BaseModel, extra="forbid"):
    """What somebody calls a version, and what they note with it."""

    name: str = Field(default="", max_length=SHORT)
    note: str = Field(default="", max_length=LONG)


@guarded
async def keep(request: Request) -> Response:
    """Keep the charter as it is now."""
    given = await handling.sent(request, KeepIn)
    project, device = request.path_params["project"], handling.device_of(request)

    def work() -> dict[str, Any]:
        store = handling.store()
        before = {version.number for version in store.versions.of(project)}
        kept = store.versions.keep(project, store.people.name(device), name=given.name, note=given.note)
        return {"ok": True, "number": kept.number, "new": kept.number not in before}

    return JSONResponse(await handling.in_turn(handling.SAVING, work))


ROUTES = [Route(f"/{KEEP_URL}", keep, methods=["POST"])]
