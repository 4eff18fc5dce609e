"""One entry becomes another as well, in one save of both sides; and the way back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.parts.addresses import BECOMES_URL
from pages.serving import handling
from pages.serving.handling import guarded
from scoping.charter import PART_BY_SLUG
from scoping.errors import AnswerError
from scoping.ethics.becoming import Kind, become
from scoping.merge import Edit, entries_at, inverse
from storage.history import Revision
from storage.opened import Opened
from storage.store import CharterStore


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
    """Make an entry something else as well."""
    wish = await handling.sent(request, Wish)
    device = handling.device_of(request)
    work = (save, handling.store(), request.path_params["project"], wish, device)
    return JSONResponse(await handling.in_turn(handling.SAVING, *work))


def save(store: CharterStore, project: str, wish: Wish, device: str) -> dict[str, Any]:
    """Save both sides together; tells by which changes, so that they can be taken back. Raises AnswerError."""
    by = store.people.name(device)
    if wish.undo:
        revisions = [r for r in store.history(project, after=min(wish.undo) - 1, upto=max(wish.undo)) if r.number in wish.undo]
        store.change(project, by, lambda now: _back(now, revisions), "Took back what an entry became")
        return {"ok": True, "undo": []}
    new_id = secrets.token_hex(5)

    def wanted(now: Opened) -> Mapping[str, Sequence[Edit]]:
        return become(now.charter, (wish.part, wish.list, wish.record), wish.kind, new_id, wish.milestone)

    saved = store.change(project, by, wanted, "One entry, more than one use")
    return {"ok": True, "undo": [revision.number for revision in saved.revisions]}


def _back(now: Opened, revisions: Sequence[Revision]) -> Mapping[str, Sequence[Edit]]:
    """The way back of both sides. Raises AnswerError where somebody has worked on one of them since."""
    edits: dict[str, list[Edit]] = {}
    for revision in revisions:
        section = PART_BY_SLUG[revision.part]
        back = inverse(revision.edits)
        entries = entries_at(section, now.charter.part(revision.part), [e.key for e in back])
        for edit in back:
            entry = entries.get(edit.key)
            if (entry if not edit.field else (entry or {}).get(edit.field)) != edit.before:
                raise AnswerError("Somebody has worked on it since.", "Remove it in its own list if it is not wanted.")
        edits.setdefault(revision.part, []).extend(back)
    return edits


ROUTES = [Route(f"/{BECOMES_URL}", becomes, methods=["POST"])]
