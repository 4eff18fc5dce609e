"""A file that brings changes back: it is read in a process of its own, told as a dry run, and taken over in one transaction."""

from __future__ import annotations

import io
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.parts.addresses import BRING_BACK_URL, BROUGHT_URL
from pages.parts.charter import sittings
from pages.serving import handling
from pages.serving.handling import TooLargeError, guarded
from scoping import answers, merge
from scoping.charter import PART_BY_SLUG, PARTS
from scoping.errors import AnswerError, UnknownProjectError
from scoping.merge import AFTER, Conflict, Edit
from scoping.reading import dry_run
from scoping.reading.brought import LARGEST_MB, Brought, File
from scoping.reading.dry_run import Look, Stands
from scoping.section import question
from scoping.signing.signatures import Stand
from scoping.words import day_words, in_a_row, isolated, short
from storage.children import Finished, Refused, Running, TaskState
from storage.history import Revision
from storage.opened import Opened
from storage.store import CharterStore, Wish

if TYPE_CHECKING:
    from storage.jobs import Jobs

_NEAR = timedelta(seconds=2)
"""Files write moments less exactly than databases keep them."""
_NAME = 200
_SIGNER = 40
_LOOK_SECONDS = 0.05
_AGAIN = "Download it again under Export, and copy your changes into it."
_GONE = "The file is no longer here: files are kept for an hour."


class TakeIn(BaseModel, extra="forbid"):
    """Which changes are taken, or what is taken back."""

    take: list[str] = Field(default=[], max_length=20_000)
    dry: bool = False
    """Only told is what the project would be then."""
    today: str = Field(default="", max_length=10)
    over: dict[str, str] = {}
    """Of changes that go before what somebody else wrote: the mark of what was seen there."""
    back: list[int] = Field(default=[], max_length=100)
    """The revisions that are taken back, as taking over told them."""


@dataclass(frozen=True)
class _Lying:
    """A file as it lies here."""

    name: str
    state: TaskState


def _jobs() -> Jobs:
    from pages.parts import uploads

    return uploads.jobs()


def _key(file: str) -> tuple[str, str]:
    return ("bring back", file)


def _lying(file: str) -> _Lying:
    desk = _jobs().look(_key(file))
    if desk is None:
        raise UnknownProjectError(_GONE, "Choose it once more.")
    return _Lying(desk.source.name, desk.preview)


def read(data: bytes, name: str) -> Brought:
    """A file that a program sends, read in a process of its own while its sender waits. Raises WorkbenchError."""
    file = secrets.token_urlsafe(12)
    _jobs().bring(_key(file), _jobs().copy(io.BytesIO(data), name, "programs"))
    try:
        while True:
            match _lying(file).state:
                case Finished(answer):
                    return Brought.model_validate(answer)
                case Refused(error):
                    raise error
                case _:
                    time.sleep(_LOOK_SECONDS)
    finally:
        _jobs().drop(_key(file))


@guarded
async def bring(request: Request) -> Response:
    """Take a file and begin to read it; answers with the name under which it lies here."""
    handling.refuse_foreign_pages(request)
    try:
        data = await handling.body_of(request, LARGEST_MB << 20)
    except TooLargeError:
        raise TooLargeError(f"The file is larger than {LARGEST_MB} MB.", "Files that the workbench wrote are smaller.") from None
    name = short(request.query_params.get("name", "").strip() or "a file", _NAME)
    store, project, device = handling.store(), request.path_params["project"], handling.device_of(request)

    def take() -> str:
        store.number(project)  # which refuses a project that is not there
        file = secrets.token_urlsafe(12)
        _jobs().bring(_key(file), _jobs().copy(io.BytesIO(data), name, device))
        return file

    return JSONResponse({"ok": True, "file": await handling.in_turn(handling.READING, take)})


@guarded
async def look(request: Request) -> Response:
    """How far reading is, or everything that the file would change."""
    work = (_told, handling.store(), request.path_params["project"], request.path_params["file"])
    return JSONResponse(await handling.in_turn(handling.READING, *work), headers={"Cache-Control": "no-store"})


@guarded
async def take(request: Request) -> Response:
    """Take changes over, or take back what was taken over."""
    given = await handling.sent(request, TakeIn)
    store, project = handling.store(), request.path_params["project"]
    by = store.people.name(handling.device_of(request))
    does = _take_over if not given.dry else _try
    work: tuple[Any, ...] = (does, store, project, request.path_params["file"], given, by)
    if given.back:
        work = (_take_back, store, project, given.back, by)
    return JSONResponse(await handling.in_turn(handling.SAVING, *work))


# What the file would do


def _told(store: CharterStore, project: str, file: str) -> dict[str, Any]:
    lying = _lying(file)
    match lying.state:
        case Finished(answer):
            return _dry_run(store, project, lying.name, Brought.model_validate(answer))
        case Refused(error):
            return {"ok": True, "state": "refused", "name": lying.name, "error": error.message, "hint": error.hint}
        case Running(share, what):
            return {"ok": True, "state": "reading", "name": lying.name, "share": share, "what": what}
        case waiting:
            what = f"Waiting for {waiting.before} before it" if waiting.before else "Starting"
            return {"ok": True, "state": "reading", "name": lying.name, "share": 0, "what": what}


def _dry_run(store: CharterStore, project: str, name: str, brought: Brought) -> dict[str, Any]:
    told: dict[str, Any] = {"ok": True, "state": "refused", "name": name, "kind": brought.kind}
    if refusal := other(store, project, brought) or past(store, project, brought):
        return told | refusal
    now = store.open(project)
    brought = whole(store, now, brought)
    looks = dry_run.looks(brought.wishes, now.charter)
    since = _since(store, project, brought, looks)
    return told | {
        "state": "told",
        "number": now.stamp.number,
        "revision": brought.revision,
        "at": _ms(brought.saved_at),
        "steps": [
            {
                "part": part.slug,
                "title": part.title,
                "changes": [_change(now, look, since) for look in looks if look.wish.part == part.slug],
            }
            for part in PARTS
            if any(look.wish.part == part.slug for look in looks)
        ],
        "refused": [r.model_dump() for r in brought.refused],
        "remarks": list(brought.remarks),
    }


def other(store: CharterStore, project: str, brought: Brought) -> dict[str, Any]:
    """The refusal of another project's file, with the way to that one where it is here."""
    if brought.kind in (File.INVENTORY, File.PLAN) or brought.project == project:
        return {}
    if not brought.project:
        return {"error": "The file does not say which project it belongs to.", "hint": _AGAIN}
    try:
        theirs = store.open(brought.project)
    except UnknownProjectError:
        return {
            "error": "The file belongs to another project, which is not in this workbench.",
            "hint": "Open the project that it was taken from.",
        }
    called = short(theirs.charter.name, 60)
    return {
        "error": f"The file belongs to another project: {called}.",
        "hint": "",
        "other": [theirs.project_id, f"Bring it back to {called}"],
    }


def past(store: CharterStore, project: str, brought: Brought) -> dict[str, Any]:
    """The refusal of a file whose revision the history does not have (any more)."""
    if brought.revision is None or brought.saved_at is None:
        return {}
    found = store.history(project, after=brought.revision - 1, upto=brought.revision)
    if found and abs(found[0].at - brought.saved_at) <= _NEAR:
        return {}
    when = day_words(brought.saved_at.date())
    said = f"The file was written from change {brought.revision} of {when}, which is not in the history here."
    return {"error": said, "hint": f"The workbench may have been set back to a backup. {_AGAIN}"}


def whole(store: CharterStore, now: Opened, brought: Brought) -> Brought:
    """The same with all changes, also those that show only beside the charter as it was when the file was written."""
    base = None
    if brought.charter is not None and brought.revision is not None:
        base = store.charter_at(now.project_id, brought.revision)
    return dry_run.told(brought, now.charter, base)


def _since(store: CharterStore, project: str, brought: Brought, looks: Sequence[Look]) -> Mapping[str, Sequence[Revision]]:
    """What was changed since the file was written in the steps where something does not go as it was meant, newest first."""
    parts = {look.wish.part for look in looks if look.stands is not Stands.FREE}
    return {part: store.history(project, part=part, after=brought.revision or 0) for part in parts}


def _change(now: Opened, look: Look, since: Mapping[str, Sequence[Revision]]) -> dict[str, Any]:
    wish = look.wish
    told: dict[str, Any] = {
        **wish.model_dump(include={"id", "sort", "what", "title", "place", "before", "after", "told", "needs", "list", "record"}),
        "stands": look.stands,
        "mark": look.mark,
    }
    last = _last(wish.as_edits(), since.get(wish.part, ()))
    if look.stands is not Stands.FREE and last:
        told |= {"by": last.by, "since": _ms(last.at)}
    if look.stands is Stands.CONFLICT:
        told["theirs"] = [_theirs(now, wish.part, conflict) for conflict in look.conflicts if conflict.edit.field != "unknown"]
    return told


def _last(edits: Sequence[Edit], since: Sequence[Revision]) -> Revision | None:
    """Who changed the same last."""
    meant = {(e.key, e.field) for e in edits}
    whole = {key for key, field in meant if not field}

    def concerns(edit: Edit) -> bool:
        return edit.key in whole or (edit.key, edit.field) in meant or (not edit.field and edit.key in {key for key, _ in meant})

    return next((revision for revision in since if any(map(concerns, revision.edits))), None)


def _theirs(now: Opened, part: str, conflict: Conflict) -> str:
    """What somebody else made of the same."""
    section, edit = PART_BY_SLUG[part], conflict.edit
    if not edit.field or edit.field == AFTER:
        return "changed meanwhile"
    entry = merge.entries_at(section, now.charter.part(part), [edit.key]).get(edit.key) or {}
    spec = question(section.model_of(edit.list), edit.field)
    return answers.words(spec, conflict.theirs, str(entry.get("currency", "USD")), now.titles.get(spec.refers_to))


def _ms(moment: datetime | None) -> float | None:
    return moment.timestamp() * 1000 if moment else None


# What is done


def _wanted(store: CharterStore, project: str, file: str, given: TakeIn, left: list[Look]) -> tuple[File, str, Wish]:
    """What a file is, its name, and the changes that are asked of it; whatever is left alone is added to `left`."""
    lying = _lying(file)
    if not isinstance(lying.state, Finished):
        raise AnswerError("The file is not read yet.", "Wait a moment.")
    read = Brought.model_validate(lying.state.answer)
    if refusal := other(store, project, read) or past(store, project, read):
        raise AnswerError(refusal["error"], refusal["hint"])
    brought = whole(store, store.open(project), read)

    def edits(now: Opened) -> Mapping[str, Sequence[Edit]]:
        # Of a table, ids of new entries stay the same whenever it is read.
        told, left[:] = dry_run.chosen(brought.wishes, now.charter, set(given.take), given.over)
        return told

    return brought.kind, lying.name, edits


def _try(store: CharterStore, project: str, file: str, given: TakeIn, by: str) -> dict[str, Any]:
    *_, edits = _wanted(store, project, file, given, [])
    now = store.open(project)
    return {"ok": True, "then": then(now, store.tried(project, by, edits).project, handling.day_of(given.today))}


def _take_over(store: CharterStore, project: str, file: str, given: TakeIn, by: str) -> dict[str, Any]:
    left: list[Look] = []
    kind, name, edits = _wanted(store, project, file, given, left)
    before = store.open(project)
    saved = store.change(project, by, edits, f"From {WHAT[kind]} {name}")
    return {
        "ok": True,
        "number": saved.project.stamp.number,
        "taken": len(set(given.take)) - len(left),
        "back": [revision.number for revision in saved.revisions],
        "left": [_left(one) for one in left],
        "then": then(before, saved.project, handling.day_of(given.today)),
    }


def then(now: Opened, after: Opened, today: date) -> str:
    """What becomes of the project by a change where it falls behind: its health and what is met, and who is asked again."""
    told = []
    if after.overview.met < now.overview.met:
        told.append(f"{after.health(today).word.label}, {after.overview.met} of {len(after.overview.conditions)}")
    held, holds = (one.signing.of(Stand.HOLDS) for one in (now, after))
    if lost := [isolated(short(s.name, _SIGNER)) for s in held if s.id not in {one.id for one in holds}]:
        told.append(f"{in_a_row(lost)} {'is' if len(lost) == 1 else 'are'} asked to sign again")
    return "; ".join(told)


WHAT = {File.WORKBOOK: "workbook", File.CHARTER: "the file", File.INVENTORY: "the table", File.PLAN: "the plan"}


def _left(one: Look) -> str:
    called = " · ".join(filter(None, (short(one.wish.title, 60), one.wish.what)))
    why = {Stands.GONE: "was removed meanwhile", Stands.CONFLICT: "was changed meanwhile"}.get(
        one.stands, "needs a change that was left"
    )
    return f"{called} {why}"


def _take_back(store: CharterStore, project: str, numbers: Sequence[int], by: str) -> dict[str, Any]:
    found = [r for r in store.history(project, after=min(numbers) - 1, upto=max(numbers)) if r.number in numbers]
    saved = sittings.take_back(store, project, found, by, "Took back what a file had brought")
    return {"ok": True, "number": saved.project.stamp.number, "kept": len(saved.conflicts)}


ROUTES = [
    Route(f"/{BRING_BACK_URL}", bring, methods=["POST"]),
    Route(f"/{BROUGHT_URL}", look),
    Route(f"/{BROUGHT_URL}", take, methods=["POST"]),
]
