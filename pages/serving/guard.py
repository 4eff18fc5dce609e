"""Who may ask the server, how fast, and what every answer carries.

A name that an attacker owns can be made to lead to this machine (DNS rebinding), and a page of another port can send requests
here. So the workbench answers only under names of its own, and only its own pages. What is no browser sends neither of the
headers that are judged, so programs and calendars are served as before.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import ipaddress
import logging
import re
import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected

from pages.serving.handling import refused

FRAMES_A_SECOND, FRAMES_AT_ONCE = 30.0, 150.0
"""What one page may send: nobody clicks or types faster, and opening a page sends a handful at once."""
FRAME_BYTES = 100_000
"""A larger frame counts as several."""
SECONDS_SLOWED = 5.0
"""Who has to be slowed for so long without a pause is no person."""
_CLOSED = (1000, 1001, 1005)
"""How a browser ends a connection when the tab is closed or goes elsewhere; one that broke ends in other ways."""
_POLICY_VIOLATION, _UNSUPPORTED_DATA = 1008, 1003
_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)

left_for_good: ContextVar[bool] = ContextVar("left_for_good", default=False)
"""Whether the page whose connection is being served was closed."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def content_policy(page: bytes = b"") -> str:
    """The content security policy of an answer: everything comes from this server, and nobody frames it.

    Args:
        page: what the browser runs; scripts written in it are allowed by their hash, and no others.
    """
    hashes = [base64.b64encode(hashlib.sha256(script).digest()).decode() for script in _INLINE_SCRIPT.findall(page)]
    # Components of ours reach the page as blobs, which only a script that runs already can make.
    scripts = " ".join(["'self'", "blob:", *(f"'sha256-{found}'" for found in hashes)])
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",  # Streamlit writes its styles while it runs
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


@dataclass(frozen=True)
class Hosts:
    """The names under which the workbench answers.

    Attributes:
        bound: the address it listens on; "" or a wildcard for every address of the machine.
        named: those of the setting, in small letters, with a port where the browser shows one.
    """

    bound: str
    named: tuple[str, ...] = ()

    def serves(self, host: str) -> bool:
        """Whether a Host header names the workbench, at whatever port."""
        asked = _split(f"//{host}")
        if asked is None or asked.path or not asked.hostname:
            return False
        name = asked.hostname.rstrip(".")
        if name in {"localhost", self.bound.casefold(), *(urlsplit(f"//{known}").hostname for known in self.named)}:
            return True
        with contextlib.suppress(ValueError):
            # A browser that shows digits was led here by nobody's name server.
            address = ipaddress.ip_address(name)
            return address.is_loopback or self._is_everywhere
        return False

    def trusts(self, origin: str, host: str) -> bool:
        """Whether a page of an origin is ours: it has the very address that is asked, or one of the setting behind a proxy."""
        page = _split(origin)
        if page is None or page.scheme not in ("http", "https"):
            return False
        return page.netloc == host.casefold() or page.netloc in self.named

    @property
    def _is_everywhere(self) -> bool:
        return self.bound in ("", "0.0.0.0", "::")  # noqa: S104 - it is looked for, not listened on


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address.casefold())
        parts.port  # noqa: B018 - reading it judges it
    except ValueError:
        return None
    return None if "@" in parts.netloc or parts.query or parts.fragment else parts


class Guard:
    """Refuse foreign hosts and pages, slow floods, and give every answer the headers that keep a browser careful.

    Args:
        hosts: asked for at each request, because the address is known only when the server listens.
    """

    def __init__(self, app: ASGIApp, hosts: Callable[[], Hosts]) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            why = self._refusal(scope)
            app = _no(why, scope) if why else self.app
            await app(scope, receive, _careful(send))
        elif scope["type"] == "websocket":
            if self._refusal(scope):
                await receive()
                await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
                return
            # The page may be gone before Streamlit has said goodbye; nobody is left to hear of it.
            with contextlib.suppress(WebSocketDisconnected):
                await self.app(_at_its_own_address(scope), _Slowed(receive, send), send)
        else:
            await self.app(scope, receive, send)

    def _refusal(self, scope: Scope) -> str:
        """Why a request is refused; "" when it is not."""
        headers, hosts = Headers(scope=scope), self.hosts()
        host = headers.get("host", "")
        if not hosts.serves(host):
            return (
                f"The workbench does not answer under the name “{host[:100]}”. "
                "Whoever runs it can allow the name with WORKBENCH_ALLOWED_HOSTS."
            )
        if "origin" in headers:
            is_ours = hosts.trusts(headers["origin"], host)
        else:
            # A link may lead here from anywhere; anything else that another page makes the browser fetch is refused.
            is_led = headers.get("sec-fetch-mode") == "navigate" and scope.get("method") in ("GET", "HEAD")
            is_ours = is_led or headers.get("sec-fetch-site", "none") in ("none", "same-origin")
        return "" if is_ours else "Only the workbench's own pages may ask for this. Open the workbench at its own address."


def _no(why: str, scope: Scope) -> ASGIApp:
    if "text/html" in Headers(scope=scope).get("accept", ""):
        return PlainTextResponse(why, HTTPStatus.FORBIDDEN)
    return refused(why, HTTPStatus.FORBIDDEN)


def _careful(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": list(message.get("headers", ()))}
            carry(MutableHeaders(raw=message["headers"]))
        await send(message)

    return with_headers


def carry(headers: MutableHeaders) -> None:
    """Give an answer the headers that every answer has."""
    for name, value in HEADERS.items():
        headers[name] = value
    headers.setdefault("Content-Security-Policy", content_policy())


def _at_its_own_address(scope: Scope) -> Scope:
    """A request whose Host header names what the page's address does, which a proxy may have changed: Streamlit compares them."""
    origin = Headers(scope=scope).get("origin")
    if not origin:
        return scope
    others = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "headers": [*others, (b"host", urlsplit(origin).netloc.encode())]}


class _Slowed:
    """What a page sends over its connection, no faster than people act: a bucket of frames that fills up again with time."""

    def __init__(self, receive: Receive, send: Send, now: Callable[[], float] = time.monotonic) -> None:
        self._receive, self._send, self._now = receive, send, now
        self._left, self._at, self._slowed = FRAMES_AT_ONCE, now(), 0.0

    async def __call__(self) -> Message:
        message = await self._receive()
        if message["type"] == "websocket.disconnect":
            left_for_good.set(message.get("code") in _CLOSED)
        if message["type"] != "websocket.receive":
            return message
        if message.get("bytes") is None:
            return await self._end(_UNSUPPORTED_DATA)
        now = self._now()
        self._left = min(FRAMES_AT_ONCE, self._left + (now - self._at) * FRAMES_A_SECOND)
        self._at = now
        self._left -= 1 + len(message["bytes"]) // FRAME_BYTES
        if self._left >= 0:
            self._slowed = 0.0
            return message
        wait = -self._left / FRAMES_A_SECOND
        self._slowed += wait
        if self._slowed > SECONDS_SLOWED:
            logging.getLogger("workbench").warning("A page that sent far too much was disconnected")
            return await self._end(_POLICY_VIOLATION)
        await asyncio.sleep(wait)
        return message

    async def _end(self, code: int) -> Message:
        await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}


async def given_up(request: Request, _: Exception) -> Response:
    """Note in one line that whoever sent a request went away before its end: that is no fault of ours."""
    logging.getLogger("workbench").warning("Given up by its sender: %s %r", request.method, request.url.path)
    return Response(status_code=HTTPStatus.BAD_REQUEST)


async def surprised(_: Request, __: Exception) -> Response:
    """The answer to a request that met a fault of ours, in the shape of every refusal; the server logs the details."""
    answer = refused("Something went wrong here, and it was noted.", HTTPStatus.INTERNAL_SERVER_ERROR, "Try again later.")
    carry(answer.headers)
    return answer


EXCEPTION_HANDLERS: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
    ClientDisconnect: given_up,
    Exception: surprised,
}
