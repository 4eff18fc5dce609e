"""The display name of the person at a browser, as the browser gives it."""

from __future__ import annotations

from http import HTTPStatus

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.serving import handling
from pages.serving.handling import guarded, refused


class NameIn(BaseModel, extra="forbid"):
    """A name, "" for none."""

    name: str = Field(max_length=80)


@guarded
async def call(request: Request) -> Response:
    """Remember the name for this browser. Who refuses cookies has none that lasts."""
    given = await handling.sent(request, NameIn)
    device = handling.device_of(request)
    if not device:
        return refused("This browser keeps no cookies, so the name cannot be kept either.", HTTPStatus.CONFLICT)
    name = " ".join(given.name.split())
    await handling.in_turn(handling.SAVING, handling.store().people.rename, device, name)
    return JSONResponse({"ok": True, "name": name})


ROUTES = [Route("/api/v1/name", call, methods=["POST"])]
