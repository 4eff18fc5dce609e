"""One entry becomes another as well, in one save of both sides; and the way back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.parts.addresses import BECOMES_URL, DEVICE_COOKIE
from pages.serving import handling
from pages.serving.handling import guarded, refused
from scoping.ethics.becoming import Kind, become
from scoping.merge import Edit
from storage.store import CharterStore, Opened


class Wish(BaseModel, extra="forbid"):
    """What an entry shall become, or the changes to take back."""

    part: str = Field(default="", max_length=40)
    list: str = Field(default="", max_length=40)
    record: str = Field(default="", max_length=40)
    kind: Kind = Kind.RISK
    milestone: str = Field(default="", max_length=40)
    undo: tuple[int, ...] = Field(default=(), max_length=4)


@guarded
async def becomes(request: Request) -> Response:
    """Make an entry something else as well. The header proves that the request comes from our own page."""
    if request.headers.get("x-requested-with") != "workbench":
        return refused("Only the workbench's own pages may save.", HTTPStatus.FORBIDDEN)
    wish = Wish.model_validate_json(await handling.body_of(request))
    device = request.cookies.get(DEVICE_COOKIE, "")
    work = (save, handling.store(), request.path_params["project"], wish, device)
    return JSONResponse(await handling.in_turn(handling.SAVING, *work))


def save(store: CharterStore, project: str, wish: Wish, device: str) -> dict[str, Any]:
    """Save both sides together; tells by which changes, so that they can be taken back. Raises AnswerError."""
    by = store.people.name(device) if device else ""
    if wish.undo:
        for number in sorted(wish.undo, reverse=True):
            store.undo(project, number, by)
        return {"ok": True, "undo": []}
    new_id = secrets.token_hex(5)

    def wanted(now: Opened) -> Mapping[str, Sequence[Edit]]:
        return become(now.charter, (wish.part, wish.list, wish.record), wish.kind, new_id, wish.milestone)

    saved = store.change(project, by, wanted, "One entry, more than one use")
    return {"ok": True, "undo": [revision.number for revision in saved.revisions]}


ROUTES = [Route(f"/{BECOMES_URL}", becomes, methods=["POST"])]
