"""Workshops for the pages in browsers: making one, coming in, moves, and the stream of the room. No Streamlit here.

Who somebody is their browser's cookie says, never what is sent. `POST …/moves` answers `{ok, number, refused, room, mine}`, and
what `…/stream` tells stands in `halls.py`. `GET …?at=QUESTION` tells of another question than the room is at.
"""

from __future__ import annotations

import io
import re
import secrets
import time
from collections import deque
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlsplit

import segno
from pydantic import AwareDatetime, BaseModel, BeforeValidator, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from pages.parts.addresses import AGENDAS_URL, DEVICE_COOKIE, JOIN_URL, WORKSHOP_URL, WORKSHOPS_URL
from pages.serving import halls, handling, settling, trying
from pages.serving.halls import HALLS
from pages.serving.handling import guarded, refused
from scoping.errors import AnswerError
from scoping.section import SHORT, clean
from scoping.words import count
from scoping.workshop import agenda, moves, rules, telling
from scoping.workshop.agenda import Block, Length
from scoping.workshop.moves import BODY, Body, How, Role, Side
from scoping.workshop.questions import questions
from scoping.workshop.room import Room, blocks_of
from storage.store import CharterStore
from storage.workshops.keeping import Moved, Workshop

MOVES_AT_ONCE = 200
MOVES_A_MINUTE = 900
"""Of one browser. A person makes one a second at most; a browser that was cut off sends all that waited."""
WRONG_OF_DEVICE, WRONG_OF_ADDRESS = 20, 100
"""Codes that lead nowhere, within ten minutes, until a browser or an address has to wait. A whole office may have one address."""
WRONG_SECONDS = 600
TRIED_AN_HOUR = 30
LISTED = 50


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


class MovesIn(BaseModel, extra="forbid"):
    """Moves in the order in which they were made; each is judged by itself."""

    moves: list[Any] = Field(max_length=MOVES_AT_ONCE)


# Making and finding


@guarded
async def make(request: Request) -> Response:
    """Make a workshop."""
    given = await handling.sent(request, WorkshopIn)
    made = await handling.in_turn(handling.SAVING, _make, handling.store(), request.path_params["project"], given, _device(request))
    return JSONResponse({"ok": True, "id": made.id, "code": made.code, "link": _path(made)}, status_code=HTTPStatus.CREATED)


def _make(store: CharterStore, project: str, given: WorkshopIn, device: str) -> Workshop:
    blocks = agenda.beginning_with(_planned(store, project, given.length), _left(store, project, given.follows))
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
    address = request.client.host if request.client else ""
    if wait := _TRIED.wait(address, TRIED_AN_HOUR, now):
        said = "Many workshops were tried here in the last hour."
        return refused(said, HTTPStatus.TOO_MANY_REQUESTS, "Go on with one of them.", Retry_After=str(wait))
    _TRIED.note(address, now)
    leader = moves.Join(name=given.name, side=given.side, role=Role.LEADS)
    made = await handling.in_turn(handling.SAVING, trying.begin, handling.store(), leader, _device(request))
    return JSONResponse(
        {"ok": True, "id": made.id, "project": made.project_id, "link": _path(made)}, status_code=HTTPStatus.CREATED
    )


def _planned(store: CharterStore, project: str, length: Length) -> tuple[Block, ...]:
    """The agenda for a project; where nothing is left to ask, the whole one."""
    spent = (store.workshops.look(one.id, telling.spent) for one in store.workshops.of(project)[:LISTED])
    needed = agenda.usually_needed(spent)
    return agenda.planned(_met(store, project), length, needed) or agenda.planned((), length, needed)


def _met(store: CharterStore, project: str) -> list[int]:
    return [c.number for c in store.open(project).overview.conditions if c.is_met]


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
    ours = [("", length.label, _planned(store, project, length)) for length in Length]
    met = _met(store, project)
    kept = [(t.id, t.name, agenda.fitting(t.agenda, met)) for t in store.agendas.all()]
    return [{"id": key, "name": name, "blocks": [vars(b) for b in blocks]} for key, name, blocks in (*ours, *kept) if blocks]


class AgendaIn(BaseModel, extra="forbid"):
    """An agenda that somebody keeps for other workshops."""

    name: Annotated[str, BeforeValidator(clean), Field(min_length=1, max_length=80)]
    blocks: tuple[moves.BlockIn, ...] = Field(min_length=1, max_length=20)


@guarded
async def keep_agenda(request: Request) -> Response:
    """Keep an agenda under a name."""
    given = await handling.sent(request, AgendaIn)
    await handling.in_turn(handling.SAVING, _keep, handling.store(), given, _device(request))
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
    told = [_known(one) | store.workshops.look(one.id, _in_short) for one in some]
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


def _known(one: Workshop) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "project": one.project_id,
        "code": one.code,
        "link": _path(one),
        "planned_at": _ms(one.planned_at),
        "made_at": _ms(one.made_at),
        "made_by": one.made_by,
        "ended_at": _ms(one.ended_at),
        "follows": one.follows,
        "demo": one.is_demo,
    }


def _ms(at: datetime | None) -> float | None:
    return at.timestamp() * 1000 if at else None


def _path(one: Workshop) -> str:
    """Where a browser comes in, seen from the root of the workbench."""
    return f"join?link={one.link}"


@guarded
async def join(request: Request) -> Response:
    """The workshop to which a code leads."""
    given = await handling.sent(request, CodeIn)
    address = request.client.host if request.client else ""
    who = ((f"device {_device(request)}", WRONG_OF_DEVICE), (f"address {address}", WRONG_OF_ADDRESS))
    now = time.monotonic()
    if wait := max(_WRONG.wait(key, most, now) for key, most in who):
        hint = f"Wait {count(-(-wait // 60), 'minute')}, or ask for the link."
        return refused("Too many codes led nowhere.", HTTPStatus.TOO_MANY_REQUESTS, hint, Retry_After=str(wait))
    found = await handling.in_turn(handling.READING, handling.store().workshops.found, given.code)
    if found is None:
        for key, _ in who:
            _WRONG.note(key, now)
        return refused("This code leads to no workshop.", HTTPStatus.NOT_FOUND, "Look at it again; it has six letters.")
    return JSONResponse({"ok": True, "workshop": found.id, "project": found.project_id, "name": found.name})


class _Times:
    """When something happened lately, by who did it.

    Args:
        seconds: how long it counts.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._times: dict[str, deque[float]] = {}

    def note(self, key: str, now: float) -> None:
        self._times.setdefault(key, deque()).append(now)
        if len(self._times) > _KEYS_AT_MOST:
            self._times = {k: times for k, times in self._times.items() if now - times[-1] < self._seconds}

    def wait(self, key: str, most: int, now: float) -> int:
        """For how many seconds somebody has to wait who may do it so often; 0 when they need not."""
        times = self._times.get(key)
        while times and now - times[0] >= self._seconds:
            times.popleft()
        return int(self._seconds - (now - times[-most])) + 1 if times and len(times) >= most else 0


_KEYS_AT_MOST = 10_000
_WRONG, _MOVED, _TRIED = _Times(WRONG_SECONDS), _Times(60), _Times(3_600)


# The room


@guarded
async def room(request: Request) -> Response:
    """The whole room as somebody sees it who comes now."""
    given = request.path_params["workshop"], _device(request), request.query_params.get("at", "")
    return JSONResponse(
        await handling.in_turn(handling.READING, _room, handling.store(), *given), headers={"Cache-Control": "no-store"}
    )


def _room(store: CharterStore, workshop: str, device: str, at: str) -> dict[str, Any]:
    one = store.workshops.get(workshop)
    person = store.workshops.person(workshop, device)
    opened = store.open(one.project_id)

    def read(now: Room) -> dict[str, Any]:
        told = _state(now, workshop, person)
        return told | ({"question": telling.question(now, at)} if at in questions() else {})

    told = store.workshops.look(workshop, read)
    question = at if at in questions() else told["room"]["now"]
    return {"ok": True, "workshop": _known(one) | {"follows": _before(store, one)}, **told, **halls.about(opened, question)}


def _state(now: Room, workshop: str, person: str) -> dict[str, Any]:
    me = now.people.get(person)
    return {
        "number": now.number,
        "room": telling.told(now, HALLS.here(workshop), datetime.now(UTC)),
        "me": {"id": me.id, "name": me.name, "side": me.side or "", "role": me.role} if me else None,
        "mine": telling.mine(now, person),
    }


def _before(store: CharterStore, one: Workshop) -> dict[str, Any] | None:
    """What the workshop before left open."""
    before = next((w for w in store.workshops.of(one.project_id) if w.id == one.follows), None)
    if before is None:
        return None
    return {"id": before.id, "name": before.name, "open": store.workshops.look(before.id, telling.left_open)}


@guarded
async def stream(request: Request) -> Response:
    """What happens in the room, as server-sent events."""
    store, workshop, device = handling.store(), request.path_params["workshop"], _device(request)
    # A workshop that is not there is refused before the stream begins.
    one = await handling.in_turn(handling.READING, store.workshops.get, workshop)
    person = await handling.in_turn(handling.READING, store.workshops.person, workshop, device)
    asked = request.query_params.get("tab", "")
    tab = asked if re.fullmatch("[A-Za-z0-9_-]{1,40}", asked) else secrets.token_hex(4)
    return StreamingResponse(
        halls.events(store, one, tab, device, person),
        media_type="text/event-stream",
        # These keep a proxy from gathering or packing what it should pass on at once.
        headers={"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no", "Content-Encoding": "identity"},
    )


@guarded
async def move(request: Request) -> Response:
    """Make moves."""
    given = await handling.sent(request, MovesIn, handling.LARGEST_BODY * 2)
    device, workshop, now = _device(request), request.path_params["workshop"], time.monotonic()
    if wait := _MOVED.wait(device, MOVES_A_MINUTE, now):
        said = "This browser sends too much at once."
        return refused(
            said, HTTPStatus.TOO_MANY_REQUESTS, "What you wrote is kept here and sent in a moment.", Retry_After=str(wait)
        )
    for _ in given.moves:
        _MOVED.note(device, now)
    moved, told = await handling.in_turn(handling.SAVING, _move, handling.store(), workshop, device, given.moves)
    if any(isinstance(one.body, moves.Join) for one in moved.made):
        HALLS.came_in(workshop, device, moved.person)
    return JSONResponse(told)


def _move(store: CharterStore, workshop: str, device: str, given: Iterable[Any]) -> tuple[Moved, dict[str, Any]]:
    bodies: list[Body] = []
    places: list[int] = []
    refusals: dict[int, str] = {}
    for at, raw in enumerate(given):
        try:
            bodies.append(_as_move(raw))
            places.append(at)
        except AnswerError as error:
            refusals[at] = str(error)
    settling.sow(store, workshop, device, bodies)
    moved = store.workshops.move(workshop, device, bodies, lambda person: HALLS.was_lately(workshop, person))
    refusals |= {places[at]: said for at, said in moved.refused.items()}
    for one in moved.made:
        if isinstance(one.body, moves.Join) and not store.people.name(device):
            store.people.rename(device, one.body.name)
        if isinstance(one.body, moves.End):
            trying.end(store, workshop)
    told = store.workshops.look(workshop, lambda room: _state(room, workshop, moved.person))
    refused = [{"at": at, "error": refusals[at]} for at in sorted(refusals)]
    return moved, {"ok": True, "refused": refused, **told}


@guarded
async def settle(request: Request) -> Response:
    """Leave a question as the room agreed, with what becomes of it in the charter."""
    given = await handling.sent(request, moves.Settle)
    return JSONResponse(
        await handling.in_turn(handling.SAVING, _settle, handling.store(), request.path_params["workshop"], _device(request), given)
    )


def _settle(store: CharterStore, workshop: str, device: str, given: moves.Settle) -> dict[str, Any]:
    moved = settling.settle(store, workshop, device, given)
    told = store.workshops.look(workshop, lambda room: _state(room, workshop, moved.person))
    return {"ok": True, **told, **halls.about(store.open(store.workshops.get(workshop).project_id), told["room"]["now"])}


@guarded
async def code_as_picture(request: Request) -> Response:
    """The link of a workshop as a QR code."""
    one = await handling.in_turn(handling.READING, handling.store().workshops.get, request.path_params["workshop"])
    picture = io.BytesIO()
    code = segno.make(f"{_root(request)}/{_path(one)}", error="m", micro=False)
    code.save(picture, kind="svg", xmldecl=False, border=2, scale=4, dark="#0b1716", light="#fff")
    return Response(picture.getvalue(), media_type="image/svg+xml", headers={"Cache-Control": "private, no-cache"})


def _root(request: Request) -> str:
    """The address under which this browser reaches the workbench; a proxy may have changed how, and the page knows."""
    page = urlsplit(request.headers.get("referer", ""))
    ours = request.url
    scheme = page.scheme if page.netloc == ours.netloc and page.scheme in ("http", "https") else ours.scheme
    return f"{scheme}://{ours.netloc}{request.scope.get('root_path', '')}"


def _as_move(raw: Any) -> Body:
    """A move as it was sent. Raises AnswerError with a sentence."""
    try:
        body = BODY.validate_python(raw)
    except ValidationError as error:
        raise AnswerError(*_words(error)) from None
    if isinstance(body, moves.Settle):
        raise AnswerError("What becomes of a question is said at an address of its own.", "Reload the page.")
    return body


def _words(error: ValidationError) -> tuple[str, str]:
    first = error.errors()[0]
    named = ".".join(str(name) for name in first["loc"][1:]) or "kind"
    match first["type"]:
        case "string_too_long" | "too_long" if named in ("text", "name", "title", "says", "reservation", "who"):
            return f"This is longer than {first['ctx']['max_length']:,} characters.", "Please shorten it, or write two."
        case "string_too_short" | "too_short" if named == "name":
            return "Your name is missing.", ""
        case _:
            return f"The move is not understood: {named}.", "Reload the page."


def _device(request: Request) -> str:
    return request.cookies.get(DEVICE_COOKIE, "")


ROUTES = [
    Route(f"/{WORKSHOPS_URL}", make, methods=["POST"]),
    Route(f"/{WORKSHOPS_URL}", listed),
    Route(f"/{AGENDAS_URL}", agendas),
    Route(f"/{AGENDAS_URL}", keep_agenda, methods=["POST"]),
    Route(f"/{AGENDAS_URL}/{{agenda}}/remove", forget_agenda, methods=["POST"]),
    Route("/api/v1/try", try_alone, methods=["POST"]),
    Route(f"/{JOIN_URL}", join, methods=["POST"]),
    Route(f"/{WORKSHOP_URL}", room),
    Route(f"/{WORKSHOP_URL}/stream", stream),
    Route(f"/{WORKSHOP_URL}/moves", move, methods=["POST"]),
    Route(f"/{WORKSHOP_URL}/settle", settle, methods=["POST"]),
    Route(f"/{WORKSHOP_URL}/qr.svg", code_as_picture),
]
