"""What is proposed to whoever starts a project, by the sentence that they begin with."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.parts.addresses import GUESS_URL
from pages.serving.handling import guarded
from scoping.content import kinds
from scoping.samples import name_of
from scoping.section import LONG


@guarded
async def guess(request: Request) -> Response:
    """A name for the project, and its kind as far as the sentence says it."""
    wish = request.query_params.get("wish", "")[:LONG]
    return JSONResponse({"name": name_of(wish), "kind": kinds.guess(wish) or ""}, headers={"Cache-Control": "no-store"})


ROUTES = [Route(f"/{GUESS_URL}", guess)]
