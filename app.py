"""Start the workbench: `python app.py` (or `streamlit run app.py`)."""

from __future__ import annotations

import contextlib
import logging
import secrets
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import anyio
import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.api import DEVICE_COOKIE, ROUTES, tell_listeners

HALF_YEAR = 180 * 86_400


class DeviceCookie:
    """Give each browser a lasting random id, so that a person gives their name once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        known = scope["type"] != "http" or f"{DEVICE_COOKIE}=".encode() in dict(scope["headers"]).get(b"cookie", b"")

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and dict(message["headers"]).get(b"content-type", b"").startswith(
                b"text/html"
            ):
                cookie = f"{DEVICE_COOKIE}={secrets.token_urlsafe(18)}; Max-Age={HALF_YEAR}; Path=/; HttpOnly; SameSite=Lax"
                message["headers"] = [*message["headers"], (b"set-cookie", cookie.encode())]
            await send(message)

        await self.app(scope, receive, send if known else send_with_cookie)


@contextlib.asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Open (and upgrade) the database before the first visitor; tell open pages about saves while the server runs."""
    from pages.parts.workshop import store

    await anyio.to_thread.run_sync(store)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(tell_listeners)
        try:
            yield
        finally:
            tasks.cancel_scope.cancel()


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
    middleware=[Middleware(DeviceCookie)],
    on_script_error=on_script_error,
)


def main() -> None:
    """Check what commonly goes wrong, then serve."""
    from storage import startup

    address, port, problems = startup.check()
    if problems:
        sys.exit("\n".join(problems))
    app.run(config={"server.address": address, "server.port": port})


if __name__ == "__main__":
    main()
