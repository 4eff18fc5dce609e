"""Who is let in, how much and how often; a request becomes what an operation is asked, and its answer goes back."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Send
from starlette.types import Scope as Connection

from pages.serving import handling
from pages.serving.handling import TooLargeError, all_refused, guarded, refused
from pages.serving.v1.table import BYTES, JSON, PREFIX, Answer, Asked, Operation, RefusedError
from scoping.reading.brought import Brought
from scoping.words import count
from storage.access.replies import KeyTakenError, Reply
from storage.access.tokens import Scope, Token
from storage.store import CharterStore

REQUESTS_A_MINUTE = 120
"""What one token may ask for."""
_KEY, _TAG = re.compile("[!-~]{1,200}"), re.compile(r'\*|"v?[0-9]{1,15}"|v?[0-9]{1,15}')
ALL_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"]
_MADE_FOR_ALL = "Make one under Settings; for one project under Run, More."


def routes(
    operations: Sequence[Operation], store: Callable[[], CharterStore], read: Callable[[bytes, str], Brought], by: str = ""
) -> list[Route]:
    """The addresses of operations.

    Args:
        read: reads a file that brings changes, by its content and name.
        by: who asks where no token is needed, because whoever asks holds the database itself; "" asks for one.
    """
    paths: dict[str, dict[str, Operation]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method] = operation
    return [Route(f"/{PREFIX}{path}", _Door(by_method, store, read, by)) for path, by_method in paths.items()]


class _Door:
    """An address with its operations, for every method there is: what is not offered is refused in words too."""

    def __init__(
        self,
        operations: Mapping[str, Operation],
        store: Callable[[], CharterStore],
        read: Callable[[bytes, str], Brought],
        by: str,
    ) -> None:
        self._operations = operations
        self._read = read
        self._store = store
        self._by = by
        offered = {*operations, "OPTIONS", *(["HEAD"] if "GET" in operations else [])}
        self._allow = ", ".join(sorted(offered))

    async def __call__(self, scope: Connection, receive: Receive, send: Send) -> None:
        response = await guarded(self._worded)(Request(scope, receive))
        await response(scope, receive, send)

    async def _worded(self, request: Request) -> Response:
        try:
            return await self._answer(request)
        except RefusedError as error:
            headers = {"ETag": error.tag} if error.tag else {}
            return all_refused([str(error)], error.status, more=error.more, **headers)
        except KeyTakenError as error:
            return refused(error.message, HTTPStatus.CONFLICT, error.hint)

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": self._allow})
        operation = self._operations.get("GET" if request.method == "HEAD" else request.method)
        if operation is None:
            said = f"{request.method[:20]} is not taken here."
            return refused(said, HTTPStatus.METHOD_NOT_ALLOWED, f"There are: {self._allow}.", Allow=self._allow)
        token = None
        if not self._by:
            token = await self._token(request)
            if no := _turned_away(operation, token, request):
                return no
        return await self._do(operation, token, request)

    async def _token(self, request: Request) -> Token | None:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.casefold() != "bearer":
            return None
        return await handling.in_turn(handling.READING, self._store().tokens.shown, given.strip())

    async def _do(self, operation: Operation, token: Token | None, request: Request) -> Response:
        query = operation.query.model_validate(_once_each(request.query_params.multi_items()))
        data = b""
        if operation.body is not None:
            is_file, kind = operation.body is bytes, request.headers.get("content-type", "")
            if not (_is_file(kind) if is_file else _is_json(kind)):
                said = f"What is sent is not said to be {'a file' if is_file else 'JSON'}."
                return refused(said, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send “Content-Type: {BYTES if is_file else JSON}”.")
            try:
                data = await handling.body_of(request, operation.largest)
            except TooLargeError:
                raise TooLargeError("The request is too large.", f"{_size(operation.largest)} are the most.") from None
        seen = _seen(request.headers.get("if-match", "")) if operation.guarded else ""
        if operation.guarded and "if-match" in request.headers and not _TAG.fullmatch(seen):
            raise RefusedError(HTTPStatus.BAD_REQUEST, "If-Match is no ETag.", "Send the one that came with what you read, or *.")
        if operation.guarded == "must" and not seen:
            said = "If-Match is missing, so what somebody else has changed might be lost."
            raise RefusedError(
                HTTPStatus.PRECONDITION_REQUIRED, said, "Send the ETag of what you read, or * for whatever stands there."
            )
        # Some programs lose the quotation marks on the way.
        seen = f'"{seen}"' if seen and seen != "*" and not seen.startswith('"') else seen
        asked = Asked(
            store=self._store(),
            read=self._read,
            path=request.path_params,
            query=query,
            body=_read(operation, data),
            data=data,
            by=token.label if token else self._by,
            scopes=token.scopes if token else frozenset({Scope.ADMIN}) if self._by else frozenset(),
            project_only=token.project_id if token else None,
            seen=seen,
            today=handling.day_of(str(getattr(query, "today", None) or "")),
        )
        saving = handling.BRINGING if operation.body is bytes else handling.SAVING
        turn = saving if operation.writes else handling.READING
        if token is None or not operation.writes or "idempotency-key" not in request.headers:
            return _told(operation, await handling.in_turn(turn, operation.work, asked), request)
        key = request.headers["idempotency-key"]
        if not _KEY.fullmatch(key):
            said = "The Idempotency-Key is empty, too long, or holds signs that a header cannot have."
            return refused(said, HTTPStatus.BAD_REQUEST, "Send 1 to 200 characters.")
        address = f"{request.method} {request.url.path}?{request.url.query}\0{asked.seen}\0"
        named = hashlib.sha256(address.encode("utf-8", "replace") + data)
        return await handling.in_turn(turn, _only_once, operation, asked, token, key, named.hexdigest(), request)


def _turned_away(operation: Operation, token: Token | None, request: Request) -> Response | None:
    """Why a request is not let in; None where it is."""
    if token is None:
        if not operation.scopes and "authorization" not in request.headers:
            return None
        hint = f"Send “Authorization: Bearer” with a token. {_MADE_FOR_ALL}"
        return refused("The token is missing or worthless.", HTTPStatus.UNAUTHORIZED, hint, WWW_Authenticate="Bearer")
    project = request.path_params.get("project")
    if token.project_id is not None and token.project_id != project:
        if project is None:
            return refused("The token belongs to one project.", HTTPStatus.FORBIDDEN, "Ask with one that is good for all.")
        return refused("The token belongs to another project.", HTTPStatus.FORBIDDEN, "Use the address shown with the token.")
    if operation.scopes and not token.may(*operation.scopes):
        wanted = " or ".join(f"“{scope.label}”" for scope in operation.scopes)
        return refused(f"The token does not allow this: it takes {wanted}.", HTTPStatus.FORBIDDEN, "Make one that does.")
    if wait := _seconds_to_wait(token.digest, time.monotonic()):
        hint = f"Wait {count(wait, 'second')}, or ask for more at once."
        return refused("There are too many requests.", HTTPStatus.TOO_MANY_REQUESTS, hint, Retry_After=str(wait))
    return None


def _only_once(operation: Operation, asked: Asked, token: Token, key: str, named: str, request: Request) -> Response:
    """Work on a request that carries a key, unless it was worked on before."""
    replies = asked.store.replies
    if kept := replies.begin(token.digest, key, named):
        headers = {"Idempotent-Replayed": "true"} | ({"ETag": kept.tag} if kept.tag else {})
        return Response(kept.body, status_code=kept.status, headers=headers, media_type=JSON)
    try:
        answer = operation.work(asked)
        response = _told(operation, answer, request)
        replies.keep(token.digest, key, Reply(status=response.status_code, tag=answer.tag, body=bytes(response.body).decode()))
    except BaseException:
        # What came to nothing may be put right, and sent again.
        replies.forget(token.digest, key)
        raise
    return response


def _once_each(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, _ in pairs if sum(name == other for other, _ in pairs) > 1)
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"“{twice[:80]}” stands in the address twice.", "Leave one of them out.")
    return found


def _is_json(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().casefold()
    return kind == JSON or (kind.startswith("application/") and kind.endswith("+json"))


def _is_file(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().casefold() == BYTES


def _read(operation: Operation, data: bytes) -> Any:
    if operation.body in (None, bytes) or operation.reads:
        return None
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError):
        raise RefusedError(
            HTTPStatus.BAD_REQUEST, "The request is no JSON.", "Send an object, as the document of the API describes it."
        ) from None
    return operation.body.model_validate(plain)


def _seen(header: str) -> str:
    return header.strip().removeprefix("W/")


def _told(operation: Operation, answer: Answer, request: Request) -> Response:
    headers = {"Cache-Control": "no-cache" if answer.tag else "no-store"}
    if answer.tag:
        headers["ETag"] = answer.tag
    known = [_seen(one) for one in request.headers.get("if-none-match", "").split(",")]
    if answer.tag and not operation.writes and (answer.tag in known or "*" in known):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if answer.name:
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(answer.name)}"
    if answer.status == HTTPStatus.NO_CONTENT:
        return Response(status_code=answer.status, headers=headers)
    content = answer.content
    if isinstance(content, str | bytes):
        return Response(content, status_code=answer.status, headers=headers, media_type=answer.mime)
    plain = content.model_dump(mode="json", by_alias=True) if isinstance(content, BaseModel) else content
    return JSONResponse(plain, status_code=answer.status, headers=headers)


def _size(most: int) -> str:
    return f"{most >> 20} MB" if most >= 1 << 20 else f"{most >> 10} kB"


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


async def nothing_here(_: Request) -> Response:
    """The answer at an address below the API that names nothing."""
    return refused("There is nothing at this address.", HTTPStatus.NOT_FOUND, f"/{PREFIX} shows what there is.")
