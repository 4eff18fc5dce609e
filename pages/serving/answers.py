"""One answer of a page in: saved in one transaction, and what became of it told."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.parts.addresses import ANSWERS_URL, DEVICE_COOKIE
from pages.serving import handling
from pages.serving.handling import guarded, refused
from scoping import answers as reading
from scoping import editing
from scoping.charter import PART_BY_SLUG
from scoping.errors import AnswerError
from scoping.merge import Clash, Conflict, Edit
from scoping.section import question

if TYPE_CHECKING:
    from storage.store import CharterStore, Opened


class AnswerIn(BaseModel, extra="forbid"):
    """One answer as a browser sends it."""

    project: str
    part: str = Field(max_length=40)
    list: str = Field(default="", max_length=40)
    record: str = Field(default="", max_length=40)
    field: str = Field(max_length=60)
    before: Any = None
    raw: Any = None
    revive: bool = False


@guarded
async def answer(request: Request) -> Response:
    """Save one answer. The header proves that the request comes from our own page and not from another site."""
    if request.headers.get("x-requested-with") != "workbench":
        return refused("Only the workbench's own pages may save.", HTTPStatus.FORBIDDEN)
    given = AnswerIn.model_validate_json(await handling.body_of(request))
    device = request.cookies.get(DEVICE_COOKIE, "")
    return JSONResponse(await handling.in_turn(handling.SAVING, save_answer, handling.store(), given, device))


def save_answer(store: CharterStore, given: AnswerIn, device: str) -> dict[str, Any]:
    """Save one answer in one transaction and say what became of it."""
    section = PART_BY_SLUG.get(given.part)
    if section is None:
        raise AnswerError(f"There is no step called “{given.part}”.", "Reload the page.")
    by = store.people.name(device) if device else ""
    opened = store.open(given.project)
    now = editing.entry(section, opened.charter.part(given.part), given.list, given.record)
    if now is None and given.revive:
        opened = _revive(store, given, by) or opened
        now = editing.entry(section, opened.charter.part(given.part), given.list, given.record)
    if now is None:
        gone = Edit(given.list, given.record, given.field, given.before, given.raw)
        return _clash(Conflict(gone, Clash.REMOVED, None, opened.stamps[given.part].by), given, "")
    edits = editing.answer(section, now, given.list, given.record, given.field, given.before, given.raw)
    saved = store.save(given.project, given.part, edits, by)
    clash = next((c for c in saved.conflicts if c.edit.field == given.field or c.clash is Clash.REMOVED), None)
    if clash:
        return _clash(clash, given, now.get("currency", "USD"))
    stamp = saved.stamp or saved.project.stamp
    entry = editing.entry(section, saved.project.charter.part(given.part), given.list, given.record) or now
    return {
        "ok": True,
        "status": "saved" if saved.stamp else "same",
        "value": entry[given.field],
        "typed": editing.shown(section, entry, given.list, given.field),
        "number": stamp.number,
        "at": stamp.at.timestamp() * 1000,
        "by": stamp.by,
    }


def _clash(conflict: Conflict, given: AnswerIn, currency: str) -> dict[str, Any]:
    if conflict.clash is Clash.REMOVED:
        return {"ok": True, "status": "removed", "by": conflict.by}
    section = PART_BY_SLUG[given.part]
    spec = question(section.model_of(given.list), given.field)
    typed = reading.typed(spec, conflict.theirs, currency) if not isinstance(conflict.theirs, list) else "|".join(conflict.theirs)
    choice = next((c.label for c in spec.choices if c == conflict.theirs), "")
    return {"ok": True, "status": "conflict", "by": conflict.by, "value": conflict.theirs, "typed": typed, "shown": choice or typed}


def _revive(store: CharterStore, given: AnswerIn, by: str) -> Opened | None:
    """The project after the removal of the record that somebody is still writing in was undone; None when it never was there."""
    for revision in store.history(given.project, part=given.part, limit=200):
        if any(e.key == (given.list, given.record) and not e.field and e.after is None for e in revision.edits):
            return store.undo(given.project, revision.number, by).project
    return None


ROUTES = [Route(f"/{ANSWERS_URL}", answer, methods=["POST"])]
