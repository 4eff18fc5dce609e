"""How a project stands, and the readings of its targets: reported by programs, and asked for."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

import anyio.to_thread
from pydantic import BaseModel, BeforeValidator, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.parts.addresses import READINGS_URL
from pages.serving import handling
from pages.serving.handling import guarded, refused
from scoping.errors import AnswerError
from scoping.export.charter_json import stands
from scoping.merge import added
from scoping.milestones import status as milestones_status
from scoping.reading.metrics import matched
from scoping.reading.values import Given
from scoping.section import SHORT, clean
from scoping.words import count

if TYPE_CHECKING:
    from storage.access.tokens import Token
    from storage.opened import Opened
    from storage.store import CharterStore
HEALTH_URL = "api/v1/projects/{project}/health"
READINGS_AT_ONCE, READINGS_IN_ALL = 500, 20_000
"""Readings of one request, and of one project."""
REQUESTS_A_MINUTE = 120
"""What one token may ask for."""


@guarded
async def health(request: Request) -> Response:
    """How one project stands today: `{"ok", "name", "health"}`."""
    told = await anyio.to_thread.run_sync(_project_health, request.path_params["project"])
    return JSONResponse(told, headers={"Cache-Control": "no-cache"})


def _project_health(project: str) -> dict[str, Any]:
    opened = handling.store().open(project)
    return {"ok": True, "name": opened.charter.name, "health": health_of(opened)}


def health_of(opened: Opened) -> dict[str, Any]:
    today = datetime.now(UTC).date()
    return stands(opened.health(today), today).model_dump(mode="json")


class ReadingIn(BaseModel, extra="forbid"):
    """A reading as a program reports it; what its value and its date may be, its target says."""

    metric_key: str = Field(default="", max_length=SHORT)
    target: str = Field(default="", max_length=SHORT)
    slice: str = Field(default="", max_length=SHORT)
    value: Annotated[Any, BeforeValidator(clean)]
    when: Annotated[str | int | float | None, BeforeValidator(clean)] = None
    run: Annotated[str | int, BeforeValidator(clean)] = Field(default="", union_mode="left_to_right")
    source: str = Field(default="", max_length=SHORT)


@guarded
async def readings(request: Request) -> Response:
    """Readings of a project's targets: reported with POST, all or none of them, or asked for with GET."""
    allowed = "GET, HEAD, POST, OPTIONS"
    if request.method == "OPTIONS":
        return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": allowed})
    if request.method not in allowed.split(", "):
        return refused("Readings are reported with POST and asked for with GET.", HTTPStatus.METHOD_NOT_ALLOWED, Allow=allowed)
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    token = None
    if scheme.casefold() == "bearer":
        token = await handling.in_turn(handling.READING, handling.store().tokens.shown, given.strip())
    if token is None:
        hint = "Send “Authorization: Bearer” with a token of the project, made under Run, More."
        return refused("The token is missing or worthless.", HTTPStatus.UNAUTHORIZED, hint, WWW_Authenticate="Bearer")
    if token.project_id != request.path_params["project"]:
        return refused("The token belongs to another project.", HTTPStatus.FORBIDDEN, "Use the address shown with the token.")
    if wait := _seconds_to_wait(token.digest, time.monotonic()):
        hint = f"Wait {count(wait, 'second')}, or report several readings in one request."
        return refused("There are too many requests.", HTTPStatus.TOO_MANY_REQUESTS, hint, Retry_After=str(wait))
    if request.method != "POST":
        return JSONResponse(await handling.in_turn(handling.READING, _readings_of, handling.store(), token.project_id))
    return await _report(request, token)


async def _report(request: Request, token: Token) -> Response:
    try:
        rows = json.loads(await handling.body_of(request))
    except AnswerError:
        size = f"{handling.LARGEST_BODY // 1024} kB are the most."
        return refused("The request is too large.", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, size)
    except (ValueError, RecursionError):
        return refused("The request is no JSON.", HTTPStatus.BAD_REQUEST, "Send one reading as an object, or a list of them.")
    given = [ReadingIn.model_validate(row) for row in (rows if isinstance(rows, list) else [rows])]
    if nameless := [place for place, row in enumerate(given, 1) if not (row.target or row.metric_key).strip()]:
        said = f"Reading {nameless[0]} names no target."
        return refused(said, HTTPStatus.UNPROCESSABLE_ENTITY, "Write “metric_key” or “target”.")
    if not 0 < len(given) <= READINGS_AT_ONCE:
        said = f"There are {count(len(given), 'reading')} in the request."
        return refused(said, HTTPStatus.UNPROCESSABLE_ENTITY, f"Send 1 to {READINGS_AT_ONCE}.")
    status, body = await handling.in_turn(handling.SAVING, save_readings, handling.store(), token, given, datetime.now(UTC))
    return JSONResponse(body, status_code=status) if body["ok"] else handling.all_refused(body["errors"], status)


def save_readings(
    store: CharterStore, token: Token, given: Sequence[ReadingIn], now: datetime
) -> tuple[HTTPStatus, dict[str, Any]]:
    """Save what a program reports, unless any of it cannot be taken. What is here already is not saved again."""
    project = token.project_id
    opened = store.open(project)
    plan = opened.charter.milestones
    read = matched(_given(given), plan, now.date(), source="Reported by a program", author=token.label)
    if len(plan.readings) + len(read.readings) > READINGS_IN_ALL:
        read.problems.append(f"The project would have more than {count(READINGS_IN_ALL, 'reading')}. Remove old ones first.")
    if read.problems:
        return HTTPStatus.UNPROCESSABLE_ENTITY, {"ok": False, "errors": read.problems}
    if read.readings:
        edits = [added("readings", row) for row in read.readings]
        opened = store.save(project, "milestones", edits, token.label, f"Reported by the program “{token.label}”").project
    taken = {*(row.id for row in read.readings), *read.kept}
    told = _told(opened, taken)
    return (HTTPStatus.CREATED if read.readings else HTTPStatus.OK), {
        **told,
        "added": len(read.readings),
        "kept": len(read.kept),
        "remarks": read.remarks,
    }


def _given(rows: Iterable[ReadingIn]) -> list[Given]:
    return [
        Given(
            path=((row.target or row.metric_key).strip(),),
            value=row.value,
            when=row.when,
            run=str(row.run).strip()[:SHORT],
            source=row.source.strip(),
            slice=row.slice,
            place=f"Reading {place}",
        )
        for place, row in enumerate(rows, 1)
    ]


def _readings_of(store: CharterStore, project: str) -> dict[str, Any]:
    return _told(store.open(project))


def _told(opened: Opened, only: set[str] | None = None) -> dict[str, Any]:
    """Readings, where their targets stand, and the health of the project."""
    plan = opened.charter.milestones
    rows = [row for row in plan.readings if only is None or row.id in only]
    about = {row.target for row in rows}
    stands = [
        t
        for m in milestones_status.of_plan(plan, datetime.now(UTC).date())
        for t in m.targets
        if only is None or t.target.id in about
    ]
    return {
        "ok": True,
        "health": health_of(opened),
        "to_sign": {"met": opened.overview.met, "of": len(opened.overview.conditions)},
        "readings": [row.model_dump(mode="json", exclude={"unknown"}) for row in rows],
        "targets": [
            {"id": t.target.id, "metric": t.target.metric, "metric_key": t.target.metric_key, "state": t.state, "rule": t.rule}
            for t in stands
        ],
    }


_asked: dict[str, deque[float]] = {}
"""When each token was used within the last minute."""


def _seconds_to_wait(digest: str, now: float) -> int:
    """How long a token has to wait; 0 when it need not, which counts as a request."""
    times = _asked.setdefault(digest, deque())
    while times and now - times[0] >= 60:
        times.popleft()
    if len(times) >= REQUESTS_A_MINUTE:
        return int(60 - (now - times[0])) + 1
    times.append(now)
    return 0


ROUTES = [
    Route(f"/{READINGS_URL}", readings, methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]),
    Route(f"/{HEALTH_URL}", health),
]
