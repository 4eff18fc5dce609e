"""Start the workbench, or an empty page, so that the bench can look inside: `python -m tests.bench.launch workbench|empty`."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

INSIDE = "/bench/inside"


async def inside(_: Request) -> JSONResponse:
    """What only the process itself knows."""
    return JSONResponse(
        {
            "loop": type(asyncio.get_running_loop()).__module__.split(".")[0],
            "collects": st.get_option("runner.postScriptGC"),
            "modules": sorted(sys.modules),
            "processor_seconds": time.process_time(),
        }
    )


def main() -> None:
    """Serve until stopped."""
    route = Route(INSIDE, inside)
    if sys.argv[1] == "workbench":
        from pages import api

        api.ROUTES.append(route)
        import app

        app.main()
    else:
        page = st.App(Path(__file__).with_name("empty_page.py"), routes=[route])
        page.run(config={"server.address": "127.0.0.1", "server.port": int(os.environ["WORKBENCH_PORT"])})


if __name__ == "__main__":
    main()
