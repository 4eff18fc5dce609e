"""What happened to one record, or to the questions of a step themselves: who, when, what was and what is; and taking it back."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.parts.addresses import HISTORY_URL
from pages.serving import handling
from pages.serving.handling import guarded
from scoping import editing
from scoping.charter import PART_BY_SLUG
from scoping.comparison import edits as changes
from scoping.errors import AnswerError
from scoping.merge import AFTER, Edit, Key, Plain
from scoping.section import Section
from scoping.words import ms
from storage.history import Revision
from storage.opened import Opened
from storage.store import CharterStore

REVISIONS_AT_MOST = 50
_BOOK_KEEPING = ("currency",)
"""What is told with the amounts that it concerns."""


class TakeBackIn(BaseModel, extra="forbid"):
    """One change of one record, or of the questions of the part itself (list and record "")."""

    number: int = Field(ge=1)
    list: str = Field(default="", max_length=40)
    record: str = Field(default="", max_length=40)


@guarded
async def past(request: Request) -> Response:
    """What happened to a record, newest first."""
    asked = request.query_params
    section = PART_BY_SLUG.get(asked.get("part", ""))
    if section is None:
        raise AnswerError(f"There is no step called “{asked.get('part', '')}”.", "Reload the page.")
    key = (asked.get("list", ""), asked.get("record", ""))
    told = await handling.in_turn(handling.READING, _told, handling.store(), request.path_params["project"], section, key)
    return JSONResponse({"ok": True, "changes": told}, headers={"Cache-Control": "no-store"})


@guarded
async def take_back(request: Request) -> Response:
    """Take back a change of a record."""
    given = await handling.sent(request, TakeBackIn)
    device = handling.device_of(request)
    work = (_take_back, handling.store(), request.path_params["project"], given, device)
    return JSONResponse(await handling.in_turn(handling.SAVING, *work))


def _take_back(store: CharterStore, project: str, given: TakeBackIn, device: str) -> dict[str, Any]:
    by = store.people.name(device)
    saved = store.undo(project, given.number, by, (given.list, given.record))
    if saved.stamp is None:
        what = saved.conflicts[0].by if saved.conflicts else ""
        error = f"{what or 'Somebody'} changed it again since, so it stays." if saved.conflicts else "It stands like this already."
        return {"ok": False, "error": error}
    return {"ok": True, "number": saved.stamp.number}


def _told(store: CharterStore, project: str, section: Section, key: Key) -> list[dict[str, Any]]:
    opened = store.open(project)
    entry = editing.entry(section, opened.charter.part(section.slug), *key)
    revisions = store.history_of(project, section.slug, key, REVISIONS_AT_MOST)
    return [told for revision in revisions if (told := _revision(opened, section, entry, revision))["lines"]]


def _revision(opened: Opened, section: Section, entry: Plain | None, revision: Revision) -> dict[str, Any]:
    currency = str((entry or {}).get("currency", "USD"))
    shown = [e for e in revision.edits if e.field not in _BOOK_KEEPING and changes.is_told(section, e)]
    lines = [changes.change(section, edit, opened.titles, currency) for edit in shown]
    return {
        "number": revision.number,
        "by": revision.by,
        "at": ms(revision.at),
        "workshop": revision.workshop,
        "lines": [[c.what, c.before, c.after] if c.is_answer else [c.what] for c in lines],
        "back": any(_stands(entry, edit) for edit in shown),
    }


def _stands(entry: Plain | None, edit: Edit) -> bool:
    """Whether what an edit answered is still the answer, so that it can be taken back."""
    if entry is None or edit.field in ("", AFTER):
        return False
    if edit.field == "unknown":
        return set(edit.after or ()) - set(edit.before or ()) <= set(entry["unknown"])
    return bool(entry.get(edit.field) == edit.after)


ROUTES = [Route(f"/{HISTORY_URL}", past), Route(f"/{HISTORY_URL}", take_back, methods=["POST"])]
