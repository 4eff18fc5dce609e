"""Start the workbench: `python app.py` (or `streamlit run app.py`). `python app.py COMMAND` asks it something instead."""

from __future__ import annotations

import sys

if __name__ == "__main__" and sys.argv[1:]:
    # Before anything of the server is loaded: commands need none of it.
    from pages.commands.line import main as command

    command()

import asyncio
import contextlib
import functools
import gc
import logging
import secrets
import signal
import threading
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from types import FrameType
from typing import Any

import anyio
import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.api import ROUTES
from pages.parts import steps
from pages.parts.addresses import DEVICE_COOKIE, READ_URL
from pages.serving import browser, document, guard
from pages.serving.rooms import ROOMS
from pages.serving.sessions import Sessions, UploadRoom, Uploads, runtime
from pages.serving.workshops.halls import HALLS
from storage.settings import Settings

HALF_YEAR = 180 * 86_400
_FILES_AT_ONCE = 65_536
_sessions, _uploads = Sessions(), Uploads("/_stcore/upload_file")


class FrontPage:
    """Complete the one HTML page that the browser loads before anything else: our own modules begin with it.

    Whoever kept the address of a page that has moved is sent on. A browser gets a cookie with a lasting random id, so that a
    person gives their name once, and learns the address of the server: otherwise it guesses from the path of a deep link,
    with failing requests before the first paint.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        # What programs are served at is no page of the app, even where a browser looks at it; and whoever reads a charter by a link
        # gets nothing of the workbench, no cookie either.
        if "text/html" not in headers.get("accept", "") or any(
            way in scope["path"] for way in ("/api/", f"/{READ_URL.format(token='')}")
        ):
            await self.app(scope, receive, send)
            return
        if there := steps.moved(scope["path"].rpartition("/")[2], scope["query_string"].decode("latin-1")):
            # Found from where it was: below a base path too.
            await RedirectResponse(there, HTTPStatus.TEMPORARY_REDIRECT)(scope, receive, send)
            return
        _settle_in()
        is_known = bool(HTTPConnection(scope).cookies.get(DEVICE_COOKIE))
        left_out = (b"accept-encoding", b"if-none-match", b"if-modified-since")
        plain = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k not in left_out]}
        start: Message | None = None
        body = b""

        async def complete(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_a_page(message):
                start = message
                return
            if start is None:
                await send(message)
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            page = body.replace(b"<head>", b"<head>" + _where_the_server_is(), 1)
            given = MutableHeaders(raw=list(start["headers"]))
            for name in ("etag", "last-modified"):
                del given[name]
            given["content-security-policy"] = guard.content_policy(page)
            given["content-length"] = str(len(page))
            if not is_known:
                cookie = f"{DEVICE_COOKIE}={secrets.token_urlsafe(18)}; Max-Age={HALF_YEAR}; Path=/; HttpOnly; SameSite=Lax"
                given.append("set-cookie", cookie)
            await send({**start, "headers": given.raw})
            await send({"type": "http.response.body", "body": page})

        await self.app(plain, receive, complete)


def _is_a_page(start: Message) -> bool:
    """Whether an answer is shown by the browser as a page: a file to keep stays as it is, however large."""
    headers = Headers(raw=start["headers"])
    return headers.get("content-type", "").startswith("text/html") and "content-disposition" not in headers


class BasePath:
    """Have our own routes answer below `server.baseUrlPath` too, where a proxy that serves more than us expects them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        base = f"/{_base()}"
        if (
            base != "/"
            and scope["type"] == "http"
            and scope["path"].startswith((f"{base}/api/", f"{base}/{READ_URL.format(token='')}"))
        ):
            scope = {**scope, "root_path": base}
        await self.app(scope, receive, send)


def _base() -> str:
    return str(st.get_option("server.baseUrlPath")).strip("/")


def _hosts() -> guard.Hosts:
    return guard.Hosts(st.get_option("server.address") or "", _allowed_hosts())


@functools.cache
def _allowed_hosts() -> tuple[str, ...]:
    return Settings.from_environ().allowed_hosts


def _where_the_server_is() -> bytes:
    base = _base()
    root = f"/{base}" if base else ""
    address = f"<script>window.__streamlit = {{ BACKEND_BASE_URL: location.origin + '/{base}' }}</script>"
    # These begin before Streamlit's own script: the document travels while that is still loading.
    modules = "".join(f'<link rel="modulepreload" href="{root}/{browser.address(name)}">' for name in browser.first_modules())
    words = f'<meta id="live-schema" data-path="schema/{document.schema_hash()}">'
    looks = "".join(f'<link rel="stylesheet" href="{root}/{browser.address(name)}">' for name in browser.LOOKS)
    return f'{words}{address}{looks}{modules}<script type="module" src="{root}/{browser.address("head.js")}"></script>'.encode()


@contextlib.asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Open (and upgrade) the database before the first visitor; tell open pages about saves while the server runs."""
    from pages.parts.here import store
    from pages.parts.uploads import jobs

    _allow_many_files()
    await anyio.to_thread.run_sync(store)
    # Removes uploads that a server left which was killed.
    jobs()
    _end_streams_at_a_signal()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(ROOMS.follow, store())
        tasks.start_soon(HALLS.follow, store())
        tasks.start_soon(_sessions.sweep)
        try:
            yield
        finally:
            tasks.cancel_scope.cancel()
            # Ends checks that run, and removes uploads.
            jobs.clear()
            _uploads.close()


@functools.cache
def _settle_in() -> None:
    """When somebody comes: load what the first page with figures would wait for, while their browser loads its own programs."""

    def load() -> None:
        import pandas  # noqa: F401

        # Otherwise the collector walks a quarter of a million lasting objects every few hundred runs, and every page waits.
        gc.collect()
        gc.freeze()

    threading.Thread(target=load, daemon=True).start()


def _end_streams_at_a_signal() -> None:
    """The server waits for open answers before it stops, and streams of news would never end by themselves."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        of_the_server = signal.getsignal(number)

        def handle(number: int, frame: FrameType | None, then: Any = of_the_server) -> None:
            loop.call_soon_threadsafe(ROOMS.end)
            loop.call_soon_threadsafe(HALLS.end)
            then(number, frame)

        if callable(of_the_server):
            signal.signal(number, handle)


def on_script_error(error: Exception) -> bool:
    """Show a calm panel instead of a traceback; the log has the details under the same number."""
    incident = secrets.token_hex(4)
    logging.getLogger("workbench").error("Incident %s", incident, exc_info=error)
    from pages.parts import notices

    notices.incident(error, incident)
    return True


app = st.App(
    Path(__file__).parent / "pages" / "shell.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=[
        Middleware(guard.Guard, hosts=_hosts),
        Middleware(BasePath),
        Middleware(UploadRoom, uploads=_uploads),
        Middleware(FrontPage),
    ],
    on_script_error=on_script_error,
    exception_handlers=guard.EXCEPTION_HANDLERS,
)


# Streamlit has no public place for this. A test of opened and closed tabs tells when it is no longer asked.
app._create_runtime = functools.partial(runtime, app, _sessions, _uploads)  # type: ignore[method-assign]  # noqa: SLF001


def _allow_many_files() -> None:
    """Every open tab needs about five file descriptors, and systems give a program few unless it asks for more."""
    try:
        import resource
    except ImportError:
        return
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES_AT_ONCE if most == resource.RLIM_INFINITY else min(most, _FILES_AT_ONCE)
    if now != resource.RLIM_INFINITY and now < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def main() -> None:
    """Check what commonly goes wrong, then serve."""
    from storage import startup

    address, port, problems = startup.check()
    if problems:
        sys.exit("\n".join(problems))
    app.run(config={"server.address": address, "server.port": port})


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
