"""What programs and their authors read of the API itself: its document, a page to try it, and a client to copy."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from pages.serving import browser, guard
from pages.serving.v1.document import document
from pages.serving.v1.operations import OPERATIONS
from pages.serving.v1.table import PREFIX

_HERE = Path(__file__).parent
_PAGE = _HERE.parents[1] / "static" / "api" / "try.html"


async def openapi(request: Request) -> Response:
    """The document, as an address that is asked for it is reached."""
    return JSONResponse(document(OPERATIONS, str(request.base_url)), headers={"Cache-Control": "no-cache"})


@cache
def _page() -> tuple[bytes, str]:
    looks = "".join(f'<link rel="stylesheet" href="../../{browser.address(name)}">' for name in ("tokens.css", "components.css"))
    page = _PAGE.read_bytes().replace(b"<!-- looks -->", looks.encode())
    return page, guard.content_policy(page)


async def trying(_: Request) -> Response:
    """A page on which every operation can be tried."""
    page, policy = _page()
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-cache"}
    return Response(page, media_type="text/html", headers=headers)


async def begin(request: Request) -> Response:
    """From the foot of the API to its page."""
    return RedirectResponse(f"{request.base_url}{PREFIX}/docs", HTTPStatus.TEMPORARY_REDIRECT)


async def client(_: Request) -> Response:
    """The client in one file."""
    return FileResponse(_HERE / "client.py", media_type="text/x-python", filename="workbench_client.py")


ROUTES = [
    Route(f"/{PREFIX}", begin),
    Route(f"/{PREFIX}/", begin),
    Route(f"/{PREFIX}/openapi.json", openapi),
    Route(f"/{PREFIX}/docs", trying),
    Route(f"/{PREFIX}/client.py", client),
]
