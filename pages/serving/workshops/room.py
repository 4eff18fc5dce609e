"""The room of a workshop: how it is, moves, the stream of what happens in it, and how questions are left. No Streamlit here.

`POST …/moves` answers `{ok, number, refused, room, me, mine}`; what `…/stream` tells stands in `halls.py`. `GET …?at=QUESTION` tells
of another question than the room is at.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import segno
from pydantic import BaseModel, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.parts.addresses import WORKSHOP_URL
from pages.serving import handling
from pages.serving.handling import device_of, guarded, refused
from pages.serving.workshops import halls, settling, trying
from pages.serving.workshops.halls import HALLS
from pages.serving.workshops.known import Times, known, path
from scoping.errors import AnswerError
from scoping.workshop import moves, telling
from scoping.workshop.moves import BODY, Body
from scoping.workshop.questions import questions
from scoping.workshop.room import Room
from storage.store import CharterStore
from storage.workshops.keeping import Moved, Workshop

MOVES_AT_ONCE = 200
MOVES_A_MINUTE = 900
"""Of one browser. A person makes one a second at most; a browser that was cut off sends all that waited."""
MOVED = Times(60)


class MovesIn(BaseModel, extra="forbid"):
    """Moves in the order in which they were made; each is judged by itself."""

    moves: list[Any] = Field(max_length=MOVES_AT_ONCE)


@guarded
async def room(request: Request) -> Response:
    """The whole room as somebody sees it who comes now."""
    given = request.path_params["workshop"], device_of(request), request.query_params.get("at", "")
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
    return {"ok": True, "workshop": known(one) | {"follows": _before(store, one)}, **told, **halls.about(opened, question)}


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
    store, workshop, device = handling.store(), request.path_params["workshop"], device_of(request)
    # A workshop that is not there is refused before the stream begins.
    one = await handling.in_turn(handling.READING, store.workshops.get, workshop)
    person = await handling.in_turn(handling.READING, store.workshops.person, workshop, device)
    return handling.event_stream(halls.events(store, one, handling.tab_of(request), device, person))


@guarded
async def move(request: Request) -> Response:
    """Make moves."""
    given = await handling.sent(request, MovesIn, handling.LARGEST_BODY * 2)
    device, workshop, now = device_of(request), request.path_params["workshop"], time.monotonic()
    if wait := MOVED.wait(device, MOVES_A_MINUTE, now):
        said = "This browser sends too much at once."
        return refused(
            said, HTTPStatus.TOO_MANY_REQUESTS, "What you wrote is kept here and sent in a moment.", Retry_After=str(wait)
        )
    for _ in given.moves:
        MOVED.note(device, now)
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
            body = _as_move(raw)
            if isinstance(body, moves.Join) and body.again:
                _refuse_double(store, workshop, device, body)
            bodies.append(body)
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


def _refuse_double(store: CharterStore, workshop: str, device: str, body: moves.Join) -> None:
    """Nobody comes back as somebody who is here, nor as a leader who was here a moment ago. Raises AnswerError."""
    is_leader = store.workshops.look(workshop, lambda room: room.leads(body.again))
    is_there = HALLS.was_seen(workshop, body.again) if is_leader else body.again in HALLS.here(workshop)
    if is_there and store.workshops.person(workshop, device) != body.again:
        raise AnswerError(f"{body.name} was here a moment ago.", "Wait a minute, or come in under another name.")


@guarded
async def settle(request: Request) -> Response:
    """Leave a question as the room agreed, with what becomes of it in the charter."""
    given = await handling.sent(request, moves.Settle)
    return JSONResponse(
        await handling.in_turn(
            handling.SAVING, _settle, handling.store(), request.path_params["workshop"], device_of(request), given
        )
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
    code = segno.make(f"{_root(request)}/{path(one)}", error="m", micro=False)
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


ROUTES = [
    Route(f"/{WORKSHOP_URL}", room),
    Route(f"/{WORKSHOP_URL}/stream", stream),
    Route(f"/{WORKSHOP_URL}/moves", move, methods=["POST"]),
    Route(f"/{WORKSHOP_URL}/settle", settle, methods=["POST"]),
    Route(f"/{WORKSHOP_URL}/qr.svg", code_as_picture),
]
