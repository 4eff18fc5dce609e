"""How requests of programs are taken and answered: whose turn it is, how much is read, and refusals in one shape."""

from __future__ import annotations

import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

import anyio.to_thread
from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from pages.parts.addresses import DEVICE_COOKIE
from scoping.errors import AnswerError, BusyDatabaseError, DatabaseError, UnknownProjectError, WorkbenchError
from scoping.signing.acts import ChangedError

if TYPE_CHECKING:
    from storage.store import CharterStore
LARGEST_BODY = 256 * 1024
RETRY_SECONDS = 2
"""After which a save that met a busy database is worth another try."""
_PATIENCE_SECONDS = 10
SAVING, READING = anyio.CapacityLimiter(6), anyio.CapacityLimiter(4)
"""How many requests use the database at once, so that neither the files of pages nor their runs ever wait behind them."""
BRINGING = anyio.CapacityLimiter(2)
"""How many files of programs are read at once: each may take a minute, and nobody who saves waits behind it."""

Result = TypeVar("Result")
Sent = TypeVar("Sent", bound=BaseModel)


class TooLargeError(AnswerError):
    """More than is taken in one request."""


class ForeignPageError(AnswerError):
    """A request to save that no page of ours sent."""


def store() -> CharterStore:
    """The one door to the database, the same as the pages have."""
    from pages.parts import here

    return here.store()


def refused(message: str, status: HTTPStatus, hint: str = "", **headers: str) -> JSONResponse:
    """A refusal that says one thing."""
    return all_refused([f"{message} {hint}".strip()], status, None, **headers)


def all_refused(
    sentences: Sequence[str], status: HTTPStatus, more: Mapping[str, Any] | None = None, **headers: str
) -> JSONResponse:
    """A refusal that says everything that is wrong.

    Args:
        more: what is told beside the sentences, such as what stands there by now.
    """
    body = {"ok": False, "error": sentences[0], "errors": list(sentences), "status": status, **(more or {})}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return JSONResponse(body, status_code=status, headers=named)


def guarded(handler: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Word every expected refusal in one shape: `{"ok": false, "error", "errors", "status"}`."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except UnknownProjectError as error:
            return refused(error.message, HTTPStatus.NOT_FOUND, error.hint)
        except BusyDatabaseError as error:
            return _later(error)
        except DatabaseError as error:
            return refused(error.message, HTTPStatus.INTERNAL_SERVER_ERROR, error.hint)
        except TooLargeError as error:
            return refused(error.message, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, error.hint)
        except ForeignPageError as error:
            return refused(error.message, HTTPStatus.FORBIDDEN, error.hint)
        except ChangedError as error:
            return refused(error.message, HTTPStatus.CONFLICT, error.hint)
        except WorkbenchError as error:
            return refused(error.message, HTTPStatus.UNPROCESSABLE_ENTITY, error.hint)
        except ValidationError as error:
            names = ", ".join(".".join(map(str, e["loc"])) or "body" for e in error.errors())
            return refused(f"The request is not understood: {names}.", HTTPStatus.BAD_REQUEST)

    return answer


async def in_turn(places: anyio.CapacityLimiter, work: Callable[..., Result], *given: Any) -> Result:
    """Work on the database in a thread, when one of the places is free. Raises BusyDatabaseError when none is for long."""
    place = object()
    try:
        with anyio.fail_after(_PATIENCE_SECONDS):
            await places.acquire_on_behalf_of(place)
    except TimeoutError:
        said = "The database is busy with others, so this could not be done yet."
        raise BusyDatabaseError(said, "Try again in a moment.") from None
    try:
        return await anyio.to_thread.run_sync(work, *given, limiter=anyio.CapacityLimiter(1))
    finally:
        places.release_on_behalf_of(place)


def _later(error: BusyDatabaseError) -> JSONResponse:
    return refused(error.message, HTTPStatus.SERVICE_UNAVAILABLE, error.hint, Retry_After=str(RETRY_SECONDS))


async def body_of(request: Request, largest: int = LARGEST_BODY) -> bytes:
    """What a request brings. Raises TooLargeError when it is more than the largest number of bytes."""
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > largest:
            raise TooLargeError("The text is too long to be saved at once.", "Please shorten it.")
    return bytes(data)


async def sent(request: Request, model: type[Sent], largest: int = LARGEST_BODY) -> Sent:
    """What one of our own pages sends to be saved. Its header proves that no other site sends it. Raises ForeignPageError."""
    refuse_foreign_pages(request)
    return model.model_validate_json(await body_of(request, largest))


def refuse_foreign_pages(request: Request) -> None:
    """Raise ForeignPageError for what none of our own pages sent: another site cannot set the header that they set."""
    if request.headers.get("x-requested-with") != "workbench":
        raise ForeignPageError("Only the workbench's own pages may save.")


def day_of(said: str) -> date:
    """The day that a browser names, where it can be today somewhere on earth; otherwise that of the server."""
    here = datetime.now(UTC).date()
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return here
    return day if abs(day - here) <= timedelta(days=1) else here


def device_of(request: Request) -> str:
    """The random id of the browser that asks; "" where it keeps no cookies."""
    return request.cookies.get(DEVICE_COOKIE, "")


def address_of(request: Request) -> str:
    """From which address a browser asks; "" where the server does not say."""
    return request.client.host if request.client else ""


def tab_of(request: Request) -> str:
    """The name that a tab gave itself; a new one where it gave none that can be told to others."""
    asked = request.query_params.get("tab", "")
    return asked if re.fullmatch("[A-Za-z0-9_-]{1,40}", asked) else secrets.token_hex(4)


def event_stream(events: AsyncIterator[bytes]) -> StreamingResponse:
    """Server-sent events, which no proxy gathers or packs."""
    headers = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no", "Content-Encoding": "identity"}
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)
