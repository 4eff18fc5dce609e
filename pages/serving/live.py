"""One live document for browsers: the whole project once, then every change as it is made. No Streamlit here."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import secrets
from collections.abc import AsyncIterator, Iterable
from functools import lru_cache
from typing import Any

import anyio.to_thread
from pydantic import BaseModel, Field
from sqlalchemy import select, update
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from pages.parts.addresses import DEVICE_COOKIE
from pages.serving import answers, handling
from pages.serving.handling import guarded
from scoping import editing
from scoping.charter import PART_BY_SLUG, PARTS
from scoping.errors import AnswerError, WorkbenchError
from scoping.merge import Clash, Edit, added, entries_at, removed
from scoping.section import Kind, Section, questions
from storage.history import Revision, is_project_id
from storage.store import Opened
from storage.tables import TABLES

POLL_SECONDS = 0.4
REPLAYED_AT_MOST = 200
"""Revisions that a browser which was away is told one by one; after more it reads the document anew."""
ITEMS_AT_MOST = 5_000


# The document


def _cells(section: Section, list_name: str, entry: dict[str, Any], names: Iterable[str] | None = None) -> dict[str, Any]:
    """Fields as browsers hold them: what is typed, or [plain value, typed] where the two differ."""
    found: dict[str, Any] = {}
    for spec in questions(section.model_of(list_name)):
        if spec.machine or (names is not None and spec.name not in names):
            continue
        value, typed = entry[spec.name], editing.shown(section, entry, list_name, spec.name)
        if value != typed or not isinstance(value, str):
            found[spec.name] = [value, typed]
        elif value or names is not None:
            found[spec.name] = value
    return found


def _derived(opened: Opened) -> dict[str, Any]:
    """What follows from the answers and is plain words: made once for a revision."""
    state = opened.overview
    parts = {
        s.slug: {
            "given": [state.given[s.slug].answered, state.given[s.slug].unknown],
            "done": state.is_done(s.slug),
            "open": [[f.message, f.is_unknown, ".."] for f in state.missing if f.part == s.slug],
            "met": [],
            "advice": [[f.message, ".."] for f in state.of(s.slug)],
        }
        for s in PARTS
    }
    return {"sign": {"met": state.met, "of": len(state.conditions)}, "health": [], "parts": parts}


@lru_cache(maxsize=64)
def _document(project: str, number: int) -> bytes:
    # By number, never by value: the hash of a charter walks all of it.
    opened = handling.store().open(project)
    parts: dict[str, Any] = {}
    for section in PARTS:
        value = opened.charter.part(section.slug)
        own = value.model_dump(mode="json", exclude=set(section.lists))
        lists = {
            name: [[row.id, _cells(section, name, row.model_dump(mode="json"))] for row in getattr(value, name)]
            for name, spec in section.lists.items()
            if not spec.machine
        }
        parts[section.slug] = {"own": _cells(section, "", own), "lists": lists}
    told = {"number": opened.stamp.number, "name": opened.charter.name, "parts": parts, "derived": _derived(opened)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


@lru_cache(maxsize=1)
def _schema() -> bytes:
    """Every question in its own words; the same for all projects."""

    def fields(section: Section, name: str) -> list[dict[str, Any]]:
        return [
            {
                k: v
                for k, v in {
                    "name": q.name,
                    "kind": q.kind,
                    "label": q.label,
                    "help": q.help,
                    "unit": q.unit,
                    "core": q.core,
                    "tabled": q.tabled,
                    "example": q.example,
                    "refers": q.refers_to,
                    "assumed": q.assumed,
                    "topic": q.topic,
                    "max": q.max_length,
                    "choices": [[c.value, c.label] for c in q.choices],
                }.items()
                if v
            }
            for q in questions(section.model_of(name))
            if not q.machine
        ]

    told = {
        s.slug: {
            "title": s.title,
            "question": s.question,
            "why": s.why,
            "own": fields(s, ""),
            "lists": {
                n: {"title": p.title, "singular": p.singular, "begin": p.begin, "fields": fields(s, n)}
                for n, p in s.lists.items()
                if not p.machine
            },
        }
        for s in PARTS
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


# Changes


def _event(opened: Opened, revision: Revision) -> dict[str, Any]:
    """One revision as browsers apply it: values as they are by now, so that telling it twice or late does no harm."""
    section = PART_BY_SLUG[revision.part]
    value = opened.charter.part(revision.part)
    event: dict[str, Any] = {
        "number": revision.number,
        "part": revision.part,
        "by": revision.by,
        "at": revision.at.timestamp() * 1000,
    }
    touched: dict[tuple[str, str], set[str]] = {}
    for edit in revision.edits:
        names = touched.setdefault(edit.key, set())
        if not edit.field:
            names.add("*")
        elif edit.field == "unknown":
            names |= set(edit.before or ()) ^ set(edit.after or ())
        elif edit.field == "currency":
            names |= {q.name for q in questions(section.model_of(edit.list)) if q.kind is Kind.MONEY} | {"currency"}
        else:
            names.add(edit.field)
    entries = entries_at(section, value, touched)
    for (name, record), fields in touched.items():
        entry = entries.get((name, record))
        if entry is None:
            event.setdefault("gone", []).append([name, record])
        elif "*" in fields:
            place = next(i for i, r in enumerate(getattr(value, name)) if r.id == record)
            event.setdefault("rows", []).append([name, record, place, _cells(section, name, entry)])
        else:
            event.setdefault("set", []).append([name, record, _cells(section, name, entry, fields)])
    if revision.note.startswith("order:"):
        name = revision.note[6:]
        event["order"] = [name, [row.id for row in getattr(value, name)]]
    elif not revision.edits:
        event["reload"] = True
    return event


def _since(project: str, number: int) -> list[dict[str, Any]] | None:
    """What happened after a revision, oldest first; None when that is too much to tell."""
    store = handling.store()
    opened = store.open(project)
    if opened.stamp.number - number > REPLAYED_AT_MOST:
        return None
    later = store.history(project, after=number, upto=opened.stamp.number)
    events = [_event(opened, r) for r in reversed(later)]
    if events:
        events[-1]["derived"] = _derived(opened)
    return events


# Who listens


class Room:
    """The browsers that have a project open. Their streams are their presence."""

    def __init__(self) -> None:
        self.queues: dict[str, asyncio.Queue[str | None]] = {}
        self.people: dict[str, dict[str, Any]] = {}
        self.told: int | None = None

    def tell(self, message: str) -> None:
        for queue in self.queues.values():
            with contextlib.suppress(asyncio.QueueFull):
                queue.put_nowait(message)

    def tell_who(self) -> None:
        self.tell(f"event: here\ndata: {json.dumps(list(self.people.values()))}\n\n")


_rooms: dict[str, Room] = {}
_poked: set[str] = set()
_wake: asyncio.Event | None = None
_loop: asyncio.AbstractEventLoop | None = None


def saved(project: str) -> None:
    """A save of this process, told at once; called by the store from any thread."""
    if _loop and _wake and project in _rooms:
        _poked.add(project)
        _loop.call_soon_threadsafe(_wake.set)


def _line(event: dict[str, Any]) -> str:
    return f"id: {event['number']}\ndata: {json.dumps(event, ensure_ascii=False, separators=(',', ':'))}\n\n"


async def tell_rooms() -> None:
    """Tell every room what was saved: at once what this process saved, within half a second what another one did."""
    global _wake, _loop
    _wake, _loop = asyncio.Event(), asyncio.get_running_loop()
    while True:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(_wake.wait(), POLL_SECONDS)
        _wake.clear()
        poked = set(_poked)
        _poked.clear()
        ask = [p for p in (poked or _rooms) if p in _rooms and _rooms[p].told is not None]
        if not ask:
            continue
        try:
            heads = await anyio.to_thread.run_sync(handling.store().heads, ask)
            for project, number in heads.items():
                room = _rooms.get(project)
                if room is None or room.told is None or number <= room.told:
                    continue
                events = await anyio.to_thread.run_sync(_since, project, room.told)
                room.told = events[-1]["number"] if events else number
                room.tell("".join(map(_line, events)) if events is not None else "event: reload\ndata: 1\n\n")
        except WorkbenchError:
            continue
        except Exception:
            logging.getLogger("workbench").exception("The watch for saves met a surprise")
            await asyncio.sleep(5)


def end_rooms() -> None:
    for room in tuple(_rooms.values()):
        for queue in tuple(room.queues.values()):
            with contextlib.suppress(asyncio.QueueFull):
                queue.put_nowait(None)


@guarded
async def stream(request: Request) -> Response:
    """Changes after a revision, then every change as it is made, as server-sent events."""
    project = request.path_params["project"]
    if not is_project_id(project):
        raise AnswerError("This project does not exist.")
    tab = request.query_params.get("tab", "")[:40] or secrets.token_hex(4)
    since = int(request.headers.get("last-event-id") or request.query_params.get("since") or 0)
    name = await anyio.to_thread.run_sync(_name_of, request.cookies.get(DEVICE_COOKIE, ""))

    async def events() -> AsyncIterator[str]:
        room = _rooms.setdefault(project, Room())
        queue: asyncio.Queue[str | None] = asyncio.Queue(maxsize=500)
        # Listen first, then read what was missed: an event told twice does no harm.
        room.queues[tab] = queue
        room.people[tab] = {"tab": tab, "name": name, "at": "", "typing": False}
        try:
            missed = await anyio.to_thread.run_sync(_since, project, since)
            if room.told is None:
                room.told = missed[-1]["number"] if missed else since
            yield "retry: 1500\n\n" + ("".join(map(_line, missed)) if missed is not None else "event: reload\ndata: 1\n\n")
            room.tell_who()
            while True:
                try:
                    message = await asyncio.wait_for(queue.get(), 15)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if message is None:
                    return
                yield message
        finally:
            if room.queues.get(tab) is queue:
                del room.queues[tab]
                room.people.pop(tab, None)
                room.tell_who()
            if not room.queues:
                _rooms.pop(project, None)

    return StreamingResponse(
        events(), media_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )


def _name_of(device: str) -> str:
    return handling.store().people.name(device) if device else ""


@guarded
async def document(request: Request) -> Response:
    """The whole project."""

    def read() -> bytes:
        opened = handling.store().open(request.path_params["project"])
        return _document(opened.project_id, opened.stamp.number)

    return Response(await anyio.to_thread.run_sync(read), media_type="application/json", headers={"Cache-Control": "no-store"})


async def schema(_: Request) -> Response:
    """The words of all questions."""
    return Response(_schema(), media_type="application/json", headers={"Cache-Control": "max-age=3600"})


class HereIn(BaseModel, extra="forbid"):
    """Where somebody is."""

    tab: str = Field(max_length=40)
    at: str = Field(default="", max_length=200)
    typing: bool = False


@guarded
async def here(request: Request) -> Response:
    """Where somebody is and whether they type; kept in memory only."""
    given = HereIn.model_validate_json(await handling.body_of(request))
    room = _rooms.get(request.path_params["project"])
    if room and given.tab in room.people:
        person = room.people[given.tab]
        if (person["at"], person["typing"]) != (given.at, given.typing):
            person.update(at=given.at, typing=given.typing)
            room.tell_who()
    return Response(status_code=204)


# Rows


class Item(BaseModel, extra="forbid"):
    """Several answers of one record, which is made when it is not there yet; or its removal; or a new place for it."""

    list: str = Field(max_length=40)
    record: str = Field(default="", max_length=40)
    new: bool = False
    remove: bool = False
    cells: dict[str, tuple[Any, Any]] = {}
    """Field to [value that was seen, what was typed]."""
    order: tuple[str, ...] | None = None


class ItemsIn(BaseModel, extra="forbid"):
    project: str
    part: str = Field(max_length=40)
    items: list[Item] = Field(max_length=ITEMS_AT_MOST)


@guarded
async def rows(request: Request) -> Response:
    """Add, fill, remove and move rows, all in one transaction; a cell that cannot be read leaves the others alone."""
    if request.headers.get("x-requested-with") != "workbench":
        return Response(status_code=403)
    given = ItemsIn.model_validate_json(await handling.body_of(request))
    return JSONResponse(await anyio.to_thread.run_sync(save_rows, given, request.cookies.get(DEVICE_COOKIE, "")))


def save_rows(given: ItemsIn, device: str) -> dict[str, Any]:
    store, section, by = handling.store(), PART_BY_SLUG[given.part], _name_of(device)
    opened = store.open(given.project)
    value = opened.charter.part(given.part)
    edits: list[Edit] = []
    refused: list[dict[str, str]] = []
    for item in given.items:
        if item.order is not None:
            return _reorder(given.project, section, item.list, item.order, by)
        entry = editing.entry(section, value, item.list, item.record)
        if item.remove:
            row = next((r for r in getattr(value, item.list) if r.id == item.record), None)
            edits += [removed(item.list, row)] if row else []
            continue
        if entry is None and item.new:
            row = editing.new_record(section, item.list, item.record, opened.charter.part("project").currency)
            edits.append(added(item.list, row))
            entry = row.model_dump(mode="json")
        if entry is None:
            refused += [{"record": item.record, "field": f, "error": "Somebody removed this row."} for f in item.cells]
            continue
        for field in editing.currency_first(item.cells):
            before, raw = item.cells[field]
            try:
                edits += editing.answer(
                    section, entry, item.list, item.record, field, before if not item.new else entry[field], raw
                )
            except WorkbenchError as error:
                refused.append({"record": item.record, "field": field, "error": str(error)})
    result = store.save(given.project, given.part, edits, by)
    now = store.open(given.project)
    clashes = [
        answers._clash(
            c,
            answers.AnswerIn(
                project=given.project, part=given.part, list=c.edit.list, record=c.edit.record, field=c.edit.field or "id"
            ),
            "USD",
        )
        | {"record": c.edit.record, "field": c.edit.field, "mine": c.edit.after}
        for c in result.conflicts
        if c.edit.field != "unknown" and (c.edit.field or c.clash is Clash.REMOVED)
    ]
    return {"ok": True, "number": (result.stamp or now.stamp).number, "refused": refused, "conflicts": clashes}


def _reorder(project: str, section: Section, name: str, ids: Iterable[str], by: str) -> dict[str, Any]:
    """A trial's way: the order is no edit yet, so a move cannot be undone."""
    store = handling.store()
    table = TABLES[(section.slug, name)]

    def work(connection: Any) -> None:
        from storage import store as module

        now = store._present(connection, project)
        at = table.c.project_id == project
        kept = [r.id for r in connection.execute(select(table.c.id).where(at).order_by(table.c.row_order))]
        wanted = [i for i in ids if i in kept] + [i for i in kept if i not in ids]
        # row_order may be unique together with the project, so the rows go through free numbers.
        for base in (10_000_000, 0):
            for place, record in enumerate(wanted, 1):
                connection.execute(update(table).where(at, table.c.id == record).values(row_order=base + place))
        stamp = module.Stamp(now.stamp.number + 1, store._now(), by)
        connection.execute(update(module._charter).where(module._charter.c.id == project).values(**module._head(stamp)))
        module._add_revision(connection, project, stamp, section.slug, f"order:{name}", [])

    store._write(work)
    saved(project)
    return {"ok": True, "number": store.open(project).stamp.number, "refused": [], "conflicts": []}


@guarded
async def edits(request: Request) -> Response:
    """The new door in front of the old rooms, until the new ones stand."""
    given = json.loads(await handling.body_of(request))
    known = {"list", "record", "new", "remove", "cells"}
    items = [{k: v for k, v in item.items() if k in known} for item in given["items"]]
    made = ItemsIn.model_validate({"project": request.path_params["project"], "part": given["part"], "items": items})
    told = await anyio.to_thread.run_sync(save_rows, made, request.cookies.get(DEVICE_COOKIE, ""))
    opened = handling.store().open(made.project)
    section = PART_BY_SLUG[made.part]
    told["saved"] = []
    for item in made.items:
        entry = editing.entry(section, opened.charter.part(made.part), item.list, item.record)
        if entry and item.cells:
            told["saved"].append([item.list, item.record, _cells(section, item.list, entry, item.cells)])
    for found in told["refused"] + told["conflicts"]:
        found["list"] = next((i.list for i in made.items if i.record == found["record"]), "")
    return JSONResponse(told)


PREFIX = "/api/v1/projects/{project}"
ROUTES = [
    Route(f"{PREFIX}/document", document),
    Route(f"{PREFIX}/stream", stream),
    Route(f"{PREFIX}/here", here, methods=["POST"]),
    Route(f"{PREFIX}/edits", edits, methods=["POST"]),
    Route("/api/v1/schema", schema),
    Route("/api/v1/rows", rows, methods=["POST"]),
]
