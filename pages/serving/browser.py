"""What browsers run: our modules, the libraries they use and their looks, each packed once and served under the hash of all.

The hash stands in the folder of the address. Modules find each other by relative paths, so a page never mixes two versions and
never asks twice for what it has.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from http import HTTPStatus
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.serving.handling import refused

FOLDER = Path(__file__).parents[1] / "static" / "live"
_TYPES = {".js": "text/javascript", ".css": "text/css"}
_YEAR = 365 * 86_400
ROOM = ("room", "lobby", "projector")
"""How the names begin of what only a workshop needs."""
LATER = ("grid", "vendor/tabulator", *ROOM)
"""How the names begin of what is loaded when somebody first opens a grid, or a workshop."""


LOOKS = ("tokens.css", "components.css", "charter.css", "portfolio.css", "page.css")
"""What dresses the page itself; every view in it fetches the components once more into its own root."""


@cache
def _paths() -> dict[str, Path]:
    found = sorted(path for path in FOLDER.rglob("*") if path.suffix in _TYPES)
    return {path.relative_to(FOLDER).as_posix(): path for path in found}


@cache
def version() -> str:
    """The hash of all files as they were when it was first asked for: what changes on the disk needs a new start."""
    digest = hashlib.sha256()
    for name, path in _paths().items():
        content = path.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


@cache
def packed(name: str) -> bytes:
    """A file as it travels."""
    return gzip.compress(_paths()[name].read_bytes(), compresslevel=9, mtime=0)


def address(name: str) -> str:
    """Where a file is, below the address of the workbench."""
    return f"api/live/{version()}/{name}"


def names() -> list[str]:
    """Every file."""
    return list(_paths())


@cache
def first_modules() -> tuple[str, ...]:
    """The modules of every page: a browser that is told of them at once need not find one in the other."""
    return tuple(name for name in _paths() if name.endswith(".js") and not name.startswith(LATER))


async def file(request: Request) -> Response:
    """A file, to be kept for a year: under its address it never changes."""
    name = request.path_params["name"]
    if name not in _paths() or request.path_params["version"] != version():
        said = "The workbench has been renewed since this page was opened."
        return refused(said, HTTPStatus.NOT_FOUND, "Reload the page.", Cache_Control="no-store")
    headers = {"Cache-Control": f"public, max-age={_YEAR}, immutable", "Vary": "Accept-Encoding"}
    body = packed(name)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    return Response(body, media_type=_TYPES[_paths()[name].suffix], headers=headers)


ROUTES = [Route("/api/live/{version}/{name:path}", file)]
