"""Making a workshop, finding it, and coming in: by a code that is easy to say, or a link. No Streamlit here.

Who somebody is their browser's cookie says, never what is sent.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, BeforeValidator, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.parts.addresses import AGENDAS_URL, JOIN_URL, TRY_URL, WORKSHOPS_URL
from pages.serving import handling
from pages.serving.handling import device_of, guarded, refused
from pages.serving.workshops import trying
from pages.serving.workshops.known import Times, known, path
from scoping.section import SHORT, clean
from scoping.words import count
from scoping.workshop import agenda, moves, rules, telling
from scoping.workshop.about import filled_in
from scoping.workshop.agenda import Block, Length
from scoping.workshop.moves import How, Role, Side
from scoping.workshop.room import Room, blocks_of
from storage.store import CharterStore
from storage.workshops.keeping import Workshop

WRONG_OF_DEVICE, WRONG_OF_ADDRESS = 20, 100
"""Codes that lead nowhere, within ten minutes, until a browser or an address has to wait. A whole office may have one address."""
TRIED_OF_ADDRESS = 30
"""Workshops that are tried alone, within an hour."""
LISTED, LEARNT_FROM = 50, 10
"""Of the workshops of a project the newest."""
WRONG, TRIED = Times(600), Times(3_600)


class LeaderIn(BaseModel, extra="forbid"):
    """Who makes a workshop, and so leads it."""

    name: Annotated[str, BeforeValidator(clean), Field(min_length=1, max_length=80)]
    side: Side | None = None


class WorkshopIn(BaseModel, extra="forbid"):
    """A workshop as somebody wants it."""

    name: Annotated[str, BeforeValidator(clean), Field(max_length=SHORT)] = ""
    length: Length = Length.FULL
    planned_at: AwareDatetime | None = None
    leader: LeaderIn
    follows: str = Field(default="", max_length=40)


class CodeIn(BaseModel, extra="forbid"):
    """A code of six letters, or the end of a link."""

    code: str = Field(max_length=80)


@guarded
async def make(request: Request) -> Response:
    """Make a workshop."""
    given = await handling.sent(request, WorkshopIn)
    made = await handling.in_turn(
        handling.SAVING, _make, handling.store(), request.path_params["project"], given, device_of(request)
    )
    return JSONResponse({"ok": True, "id": made.id, "code": made.code, "link": path(made)}, status_code=HTTPStatus.CREATED)


def _make(store: CharterStore, project: str, given: WorkshopIn, device: str) -> Workshop:
    blocks = agenda.beginning_with(_planner(store, project)(given.length), _left(store, project, given.follows))
    leader = moves.Join(name=given.leader.name, side=given.leader.side, role=Role.LEADS)
    name = given.name or "Workshop"
    made = store.workshops.start(project, name, leader, device, blocks, planned_at=given.planned_at, follows=given.follows)
    if not store.people.name(device):
        store.people.rename(device, leader.name)
    return made


@guarded
async def try_alone(request: Request) -> Response:
    """Make a workshop to try alone, on a project of its own."""
    given, now = await handling.sent(request, LeaderIn), time.monotonic()
    address = handling.address_of(request)
    if wait := TRIED.wait(address, TRIED_OF_ADDRESS, now):
        said = "Many workshops were tried here in the last hour."
        return refused(said, HTTPStatus.TOO_MANY_REQUESTS, "Go on with one of them.", Retry_After=str(wait))
    TRIED.note(address, now)
    leader = moves.Join(name=given.name, side=given.side, role=Role.LEADS)
    made = await handling.in_turn(handling.SAVING, trying.begin, handling.store(), leader, device_of(request))
    return JSONResponse({"ok": True, "id": made.id, "project": made.project_id, "link": path(made)}, status_code=HTTPStatus.CREATED)


def _planner(store: CharterStore, project: str) -> Callable[[Length], tuple[Block, ...]]:
    """What makes an agenda of some length for a project; where nothing is left to ask, the whole one."""
    spent = (store.workshops.look(one.id, telling.spent) for one in store.workshops.of(project)[:LEARNT_FROM])
    needed, (met, filled) = agenda.usually_needed(spent), _answered(store, project)
    return lambda length: agenda.planned(met, length, needed, filled) or agenda.planned((), length, needed)


def _answered(store: CharterStore, project: str) -> tuple[list[int], frozenset[str]]:
    """The conditions of signing that a project meets, and the questions of which nothing is open."""
    opened = store.open(project)
    return [c.number for c in opened.overview.conditions if c.is_met], filled_in(opened.charter)


def _left(store: CharterStore, project: str, before: str) -> list[str]:
    """The questions that the workshop before parked, or of which it did not know the answer."""
    if before not in {one.id for one in store.workshops.of(project)}:
        return []
    return [one["question"] for one in store.workshops.look(before, telling.left_open) if one["how"] != "open"]


@guarded
async def agendas(request: Request) -> Response:
    """The agendas that a workshop of a project can begin with: those that come along, and those that somebody kept."""
    told = await handling.in_turn(handling.READING, _agendas, handling.store(), request.path_params["project"])
    return JSONResponse({"ok": True, "agendas": told}, headers={"Cache-Control": "no-store"})


def _agendas(store: CharterStore, project: str) -> list[dict[str, Any]]:
    planned = _planner(store, project)
    ours = [("", length.label, planned(length)) for length in Length]
    met, filled = _answered(store, project)
    kept = [(t.id, t.name, agenda.fitting(t.agenda, met, filled)) for t in store.agendas.all()]
    return [{"id": key, "name": name, "blocks": [vars(b) for b in blocks]} for key, name, blocks in (*ours, *kept) if blocks]


class AgendaIn(BaseModel, extra="forbid"):
    """An agenda that somebody keeps for other workshops."""

    name: Annotated[str, BeforeValidator(clean), Field(min_length=1, max_length=80)]
    blocks: tuple[moves.BlockIn, ...] = Field(min_length=1, max_length=20)


@guarded
async def keep_agenda(request: Request) -> Response:
    """Keep an agenda under a name."""
    given = await handling.sent(request, AgendaIn)
    await handling.in_turn(handling.SAVING, _keep, handling.store(), given, device_of(request))
    return JSONResponse({"ok": True})


def _keep(store: CharterStore, given: AgendaIn, device: str) -> None:
    body = moves.Agenda(blocks=given.blocks)
    rules.check_agenda(body)
    store.agendas.keep(given.name, blocks_of(body), store.people.name(device))


@guarded
async def forget_agenda(request: Request) -> Response:
    """Remove an agenda that was kept."""
    await handling.sent(request, NothingIn)
    await handling.in_turn(handling.SAVING, handling.store().agendas.remove, request.path_params["agenda"])
    return JSONResponse({"ok": True})


class NothingIn(BaseModel, extra="forbid"):
    """A request that says all in its address."""


@guarded
async def listed(request: Request) -> Response:
    """The workshops of a project, newest first: those that go on, and those that have ended."""
    told = await handling.in_turn(handling.READING, _listed, handling.store(), request.path_params["project"])
    return JSONResponse({"ok": True, **told}, headers={"Cache-Control": "no-store"})


def _listed(store: CharterStore, project: str) -> dict[str, Any]:
    some = store.workshops.of(project)[:LISTED]
    told = [known(one) | store.workshops.look(one.id, _in_short) for one in some]
    return {"open": [w for w in told if w["ended_at"] is None], "past": [w for w in told if w["ended_at"] is not None]}


def _in_short(room: Room) -> dict[str, Any]:
    outcomes = [one.outcome.how for one in room.asked.values() if one.outcome]
    return {
        "people": len(room.people),
        "questions": len(room.order()),
        "taken": outcomes.count(How.TAKEN),
        "left": outcomes.count(How.UNKNOWN) + outcomes.count(How.PARKED),
        "status": telling.status(room),
    }


@guarded
async def join(request: Request) -> Response:
    """The workshop to which a code leads."""
    given = await handling.sent(request, CodeIn)
    address = handling.address_of(request)
    who = ((f"device {device_of(request)}", WRONG_OF_DEVICE), (f"address {address}", WRONG_OF_ADDRESS))
    now = time.monotonic()
    if wait := max(WRONG.wait(key, most, now) for key, most in who):
        hint = f"Wait {count(-(-wait // 60), 'minute')}, or ask for the link."
        return refused("Too many codes led nowhere.", HTTPStatus.TOO_MANY_REQUESTS, hint, Retry_After=str(wait))
    found = await handling.in_turn(handling.READING, handling.store().workshops.found, given.code)
    if found is None:
        for key, _ in who:
            WRONG.note(key, now)
        return refused("This code leads to no workshop.", HTTPStatus.NOT_FOUND, "Look at it again; it has six letters.")
    return JSONResponse({"ok": True, "workshop": found.id, "project": found.project_id, "name": found.name})


ROUTES = [
    Route(f"/{WORKSHOPS_URL}", make, methods=["POST"]),
    Route(f"/{WORKSHOPS_URL}", listed),
    Route(f"/{AGENDAS_URL}", agendas),
    Route(f"/{AGENDAS_URL}", keep_agenda, methods=["POST"]),
    Route(f"/{AGENDAS_URL}/{{agenda}}/remove", forget_agenda, methods=["POST"]),
    Route(f"/{TRY_URL}", try_alone, methods=["POST"]),
    Route(f"/{JOIN_URL}", join, methods=["POST"]),
]
