"""The last changes of a project in few words, for its home."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.parts.addresses import CHANGES_URL
from pages.serving import handling
from pages.serving.handling import guarded
from scoping import editing
from scoping.charter import PART_BY_SLUG
from scoping.merge import AFTER, Edit
from scoping.section import Section, question
from scoping.words import count, ms, short
from storage.history import Revision

SHOWN = 3
_TITLE = 60


@guarded
async def changes(request: Request) -> Response:
    """The newest changes: who, what, and when in milliseconds since 1970."""
    found = await handling.in_turn(handling.READING, _last, request.path_params["project"])
    return JSONResponse(found, headers={"Cache-Control": "no-store"})


def _last(project: str) -> list[dict[str, Any]]:
    handling.store().open(project)  # or a refusal: there is no such project
    last = handling.store().history(project, limit=SHOWN)
    return [{"by": r.by, "at": ms(r.at), "what": brief(r)} for r in last]


def brief(revision: Revision) -> str:
    """A change as the end of a sentence that begins with who made it: "added a risk to Ethics"."""
    section = PART_BY_SLUG.get(revision.part)
    if revision.number == 1:
        return "started the project"
    if section is None or not revision.edits:
        return revision.note[:1].lower() + revision.note[1:] or "changed the project"
    if any(editing.is_answer(section, e) for e in revision.edits):
        return _answered(revision)
    rows = [e for e in revision.edits if not e.field]
    if rows:
        return _rows(section, rows)
    moved = next((e for e in revision.edits if e.field == AFTER), None)
    if moved is not None:
        return f"put {section.lists[moved.list].title.lower()} in order"
    asked = sorted({(e.list, e.record, e.field) for e in revision.edits if e.field not in ("unknown", "currency")})
    if len(asked) == 1:
        spec = question(section.model_of(asked[0][0]), asked[0][2])
        return f"answered “{short(spec.label, _TITLE)}” in {_where(section)}"
    return f"answered {count(max(1, len(asked)), 'question')} in {_where(section)}"


def _answered(revision: Revision) -> str:
    """What somebody answered who signs."""
    after = {e.field: e.after for e in revision.edits}
    if after.get("answered", "") is None:
        return "took an answer back"
    does = _ANSWERS.get(str(after.get("answered", "signed")), "signed")
    version = after.get("version") or next(iter(re.findall(r"version (\d+)$", revision.note)), "")
    return f"{does} version {version}" if version else f"{does} the charter"


_ANSWERS = {"refused": "refused", "changes": "asked for changes to"}


def _rows(section: Section, edits: list[Edit]) -> str:
    came = [e for e in edits if e.before is None]
    verb, to, told = ("added", "to", came) if came else ("removed", "from", edits)
    name, number = Counter(e.list for e in told).most_common(1)[0]
    spec = section.lists[name]
    if number > 1:
        return f"{verb} {number} entries {to} {spec.title}"
    title = spec.record.model_validate(next(e for e in told if e.list == name).after or told[0].before).title
    named = f" “{short(title, _TITLE)}”" if title.strip() else ""
    return f"{verb} {spec.singular}{named}"


def _where(section: Section) -> str:
    return "the project" if section.slug == "project" else section.title


ROUTES = [Route(f"/{CHANGES_URL}", changes)]
