"""The workbench for programs: answers in, news of other people's saves out. No Streamlit here."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

import anyio.to_thread
from pydantic import BaseModel, BeforeValidator, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from scoping import answers as reading
from scoping import editing
from scoping.charter import PART_BY_SLUG
from scoping.errors import AnswerError, UnknownProjectError, WorkbenchError
from scoping.merge import Clash, Conflict, Edit, added
from scoping.section import SHORT, clean, question

if TYPE_CHECKING:
    from scoping.reading.readings import Given
    from scoping.sections.milestones import Milestones
    from storage.store import CharterStore, Saved
    from storage.tokens import Token

ANSWERS_URL = "api/v1/answers"
LIVE_URL = "api/v1/projects/{project}/live"
READINGS_URL = "api/v1/projects/{project}/readings"
CALENDAR_URL = "api/v1/projects/{project}/calendar.ics"
ALL_CALENDARS_URL = "api/v1/calendar.ics"
MOST_IN_A_CALENDAR = 1_000
"""Open milestones of all projects in one calendar, those that are due first."""
LARGEST_BODY = 256 * 1024
READINGS_AT_ONCE, READINGS_IN_ALL = 500, 20_000
"""Readings of one request, and of one project."""
REQUESTS_A_MINUTE = 120
"""What one token may ask for."""
POLL_SECONDS = 0.4
REST_SECONDS = 15
"""How long nothing is asked after a surprise, and how often a quiet stream says that it is alive."""
DEVICE_COOKIE = "device"


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


def _store() -> CharterStore:
    from pages.parts.workshop import store

    return store()


def _refused(message: str, status: HTTPStatus, hint: str = "", **headers: str) -> JSONResponse:
    return _all_refused([f"{message} {hint}".strip()], status, **headers)


def _all_refused(sentences: Sequence[str], status: HTTPStatus, **headers: str) -> JSONResponse:
    body = {"ok": False, "error": sentences[0], "errors": list(sentences), "status": status}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return JSONResponse(body, status_code=status, headers=named)


def guarded(handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Word every expected refusal in one shape: `{"ok": false, "error", "errors", "status"}`."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except UnknownProjectError as error:
            return _refused(error.message, HTTPStatus.NOT_FOUND, error.hint)
        except WorkbenchError as error:
            return _refused(error.message, HTTPStatus.UNPROCESSABLE_ENTITY, error.hint)
        except ValidationError as error:
            names = ", ".join(".".join(map(str, e["loc"])) or "body" for e in error.errors())
            return _refused(f"The request is not understood: {names}.", HTTPStatus.BAD_REQUEST)

    return answer


async def _body(request: Request) -> bytes:
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > LARGEST_BODY:
            raise AnswerError("The text is too long to be saved at once.", "Please shorten it.")
    return data


@guarded
async def answer(request: Request) -> Response:
    """Save one answer. The header proves that the request comes from our own page and not from another site."""
    if request.headers.get("x-requested-with") != "workbench":
        return _refused("Only the workbench's own pages may save.", HTTPStatus.FORBIDDEN)
    given = AnswerIn.model_validate_json(await _body(request))
    device = request.cookies.get(DEVICE_COOKIE, "")
    return JSONResponse(await anyio.to_thread.run_sync(save_answer, _store(), given, device))


def save_answer(store: CharterStore, given: AnswerIn, device: str) -> dict[str, Any]:
    """Save one answer in one transaction and say what became of it."""
    section = PART_BY_SLUG.get(given.part)
    if section is None:
        raise AnswerError(f"There is no step called “{given.part}”.", "Reload the page.")
    by = store.person(device) if device else ""
    opened = store.open(given.project)
    now = editing.entry(section, opened.charter.part(given.part), given.list, given.record)
    if now is None and given.revive:
        _revive(store, given, by)
        opened = store.open(given.project)
        now = editing.entry(section, opened.charter.part(given.part), given.list, given.record)
    if now is None:
        gone = Edit(given.list, given.record, given.field, given.before, given.raw)
        return _clash(Conflict(gone, Clash.REMOVED, None, opened.stamps[given.part].by), given, "")
    edits = editing.answer(section, now, given.list, given.record, given.field, given.before, given.raw)
    saved: Saved = store.save(given.project, given.part, edits, by)
    clash = next((c for c in saved.conflicts if c.edit.field == given.field or c.clash is Clash.REMOVED), None)
    if clash:
        return _clash(clash, given, now.get("currency", "USD"))
    opened = store.open(given.project)
    stamp = saved.stamp or opened.stamp
    entry = editing.entry(section, opened.charter.part(given.part), given.list, given.record) or now
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


def _revive(store: CharterStore, given: AnswerIn, by: str) -> None:
    """Undo the removal of the record that somebody is still writing in."""
    for revision in store.history(given.project, part=given.part, limit=200):
        if any(e.key == (given.list, given.record) and not e.field and e.after is None for e in revision.edits):
            store.undo(given.project, revision.number, by)
            return


class _Watched:
    """A project that somebody has open: where its news goes, and the newest revision that was told (None: none yet)."""

    def __init__(self) -> None:
        self.queues: set[asyncio.Queue[dict[str, Any] | None]] = set()
        self.told: int | None = None


_watched: dict[str, _Watched] = {}


@contextlib.contextmanager
def _listening(project: str) -> Iterator[tuple[_Watched, asyncio.Queue[dict[str, Any] | None]]]:
    news: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue(maxsize=100)
    watched = _watched.setdefault(project, _Watched())
    watched.queues.add(news)
    try:
        yield watched, news
    finally:
        watched.queues.discard(news)
        if not watched.queues:
            _watched.pop(project, None)


@guarded
async def live(request: Request) -> Response:
    """News of a project's new revisions as server-sent events: `{"number", "parts"}`."""
    from storage.store import is_project_id

    project = request.path_params["project"]
    if not is_project_id(project):
        raise UnknownProjectError("This project does not exist.", "Choose another one in Projects.")

    async def events() -> AsyncIterator[str]:
        with _listening(project) as (watched, news):
            yield "retry: 1500\n\n"
            # What was saved while nobody listened (a closed lid, a hidden tab) is news too.
            number = 0
            with contextlib.suppress(WorkbenchError):
                number = (await anyio.to_thread.run_sync(_store().heads, [project])).get(project, 0)
            if watched.told is None:
                watched.told = number
            if number:
                yield f"data: {json.dumps({'number': number, 'parts': []})}\n\n"
            while True:
                try:
                    item = await asyncio.wait_for(news.get(), REST_SECONDS)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if item is None:
                    return
                yield f"data: {json.dumps(item)}\n\n"

    return StreamingResponse(
        events(), media_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )


async def tell_listeners() -> None:
    """Watch the projects that somebody has open. It reads the database, so it hears other servers' saves too."""
    while True:
        await asyncio.sleep(POLL_SECONDS)
        told = {project: watched.told for project, watched in _watched.items() if watched.told is not None}
        if not told:
            continue
        # Whatever happens must not end the watch: without it no page hears of a save any more.
        try:
            fresh = await anyio.to_thread.run_sync(_news, told)
        except WorkbenchError:
            continue
        except Exception:
            logging.getLogger("workbench").exception("The watch for saves met a surprise")
            await asyncio.sleep(REST_SECONDS)
            continue
        for project, item in fresh.items():
            if watched := _watched.get(project):
                watched.told = item["number"]
                for queue in watched.queues:
                    _put(queue, item)


def _news(told: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """What was saved since the revisions that were told, by project."""
    store = _store()
    newer = {project: number for project, number in store.heads(list(told)).items() if number != told[project]}
    return {
        project: {"number": number, "parts": sorted(store.changed_parts(project, told[project]))}
        for project, number in newer.items()
    }


def end_streams() -> None:
    """End every stream of news, because the server is about to stop."""
    for watched in tuple(_watched.values()):
        for news in tuple(watched.queues):
            _put(news, None)


def _put(news: asyncio.Queue[dict[str, Any] | None], item: dict[str, Any] | None) -> None:
    with contextlib.suppress(asyncio.QueueFull):
        news.put_nowait(item)


@guarded
async def calendar(request: Request) -> Response:
    """The dates of one project for a calendar that subscribes."""
    project = request.path_params["project"]
    return _calendar_answer(request, await anyio.to_thread.run_sync(_project_calendar, project))


@guarded
async def all_calendars(request: Request) -> Response:
    """The open milestones of all projects for a calendar that subscribes."""
    return _calendar_answer(request, await anyio.to_thread.run_sync(_portfolio_calendar))


def _project_calendar(project: str) -> bytes:
    from scoping.export.calendar import to_calendar

    opened = _store().open(project)
    return to_calendar(opened.charter, project=project, revision=opened.stamp.number, saved_at=opened.stamp.at)


def _portfolio_calendar() -> bytes:
    from scoping.export.calendar import to_portfolio_calendar

    now = datetime.now(UTC)
    found = _store().milestones(today=now.date(), limit=MOST_IN_A_CALENDAR)
    changed = _store().portfolio(today=now.date(), limit=1).cards
    return to_portfolio_calendar(found.entries, found.total, changed[0].stamp.at if changed else now)


def _calendar_answer(request: Request, content: bytes) -> Response:
    """A calendar, or no more than the word that it is still the same."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Content-Disposition": 'inline; filename="calendar.ics"'}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(content, headers=headers, media_type="text/calendar")


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
        return _refused("Readings are reported with POST and asked for with GET.", HTTPStatus.METHOD_NOT_ALLOWED, Allow=allowed)
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    token = None
    if scheme.casefold() == "bearer":
        token = await anyio.to_thread.run_sync(_store().token, given.strip())
    if token is None:
        hint = "Send “Authorization: Bearer” with a token of the project, made under Milestones, Readings."
        return _refused("The token is missing or worthless.", HTTPStatus.UNAUTHORIZED, hint, WWW_Authenticate="Bearer")
    if token.project_id != request.path_params["project"]:
        return _refused("The token belongs to another project.", HTTPStatus.FORBIDDEN, "Use the address shown with the token.")
    if wait := _seconds_to_wait(token.digest, time.monotonic()):
        hint = f"Wait {wait} seconds, or report several readings in one request."
        return _refused("There are too many requests.", HTTPStatus.TOO_MANY_REQUESTS, hint, Retry_After=str(wait))
    if request.method != "POST":
        return JSONResponse(await anyio.to_thread.run_sync(_readings_of, _store(), token.project_id))
    return await _report(request, token)


async def _report(request: Request, token: Token) -> Response:
    try:
        rows = json.loads(await _body(request))
    except AnswerError:
        size = f"{LARGEST_BODY // 1024} kB are the most."
        return _refused("The request is too large.", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, size)
    except (ValueError, RecursionError):
        return _refused("The request is no JSON.", HTTPStatus.BAD_REQUEST, "Send one reading as an object, or a list of them.")
    given = [ReadingIn.model_validate(row) for row in (rows if isinstance(rows, list) else [rows])]
    if nameless := [place for place, row in enumerate(given, 1) if not (row.target or row.metric_key).strip()]:
        said = f"Reading {nameless[0]} names no target."
        return _refused(said, HTTPStatus.UNPROCESSABLE_ENTITY, "Write “metric_key” or “target”.")
    if not 0 < len(given) <= READINGS_AT_ONCE:
        said = f"There are {len(given):,} readings in the request."
        return _refused(said, HTTPStatus.UNPROCESSABLE_ENTITY, f"Send 1 to {READINGS_AT_ONCE}.")
    status, body = await anyio.to_thread.run_sync(save_readings, _store(), token, given, datetime.now(UTC))
    return JSONResponse(body, status_code=status) if body["ok"] else _all_refused(body["errors"], status)


def save_readings(
    store: CharterStore, token: Token, given: Sequence[ReadingIn], now: datetime
) -> tuple[HTTPStatus, dict[str, Any]]:
    """Save what a program reports, unless any of it cannot be taken. What is here already is not saved again."""
    from scoping.reading.readings import matched

    project = token.project_id
    plan = store.open(project).charter.part("milestones")
    read = matched(_given(given), plan, now.date(), source="Reported by a program", author=token.label)
    if len(plan.readings) + len(read.readings) > READINGS_IN_ALL:
        read.problems.append(f"The project would have more than {READINGS_IN_ALL:,} readings. Remove old ones first.")
    if read.problems:
        return HTTPStatus.UNPROCESSABLE_ENTITY, {"ok": False, "errors": read.problems}
    if read.readings:
        edits = [added("readings", row) for row in read.readings]
        store.save(project, "milestones", edits, token.label, f"Reported by the program “{token.label}”")
    taken = {*(row.id for row in read.readings), *read.kept}
    told = _readings_of(store, project, taken)
    return (HTTPStatus.CREATED if read.readings else HTTPStatus.OK), {
        **told,
        "added": len(read.readings),
        "kept": len(read.kept),
        "remarks": read.remarks,
    }


def _given(rows: Iterable[ReadingIn]) -> list[Given]:
    from scoping.reading.readings import Given

    return [
        Given(
            ((row.target or row.metric_key).strip(),),
            row.value,
            row.when,
            str(row.run).strip()[:SHORT],
            row.source.strip(),
            row.slice,
            f"Reading {place}",
        )
        for place, row in enumerate(rows, 1)
    ]


def _readings_of(store: CharterStore, project: str, only: set[str] | None = None) -> dict[str, Any]:
    """Readings, and where their targets stand."""
    from scoping import status

    plan: Milestones = store.open(project).charter.part("milestones")
    rows = [row for row in plan.readings if only is None or row.id in only]
    about = {row.target for row in rows}
    stands = [t for m in status.of_plan(plan, datetime.now(UTC).date()) for t in m.targets if only is None or t.target.id in about]
    return {
        "ok": True,
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
    Route(f"/{CALENDAR_URL}", calendar),
    Route(f"/{ALL_CALENDARS_URL}", all_calendars),
    Route(f"/{ANSWERS_URL}", answer, methods=["POST"]),
    Route(f"/{LIVE_URL}", live),
]
