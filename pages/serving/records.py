"""The record of a workshop as a file to take away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.parts.addresses import RECORD_URL
from pages.parts.charter import records
from pages.serving import handling
from pages.serving.handling import guarded
from scoping.workshop.record import Record

_KINDS: Mapping[str, tuple[str, Callable[[Record], str | bytes]]] = {
    "md": ("text/markdown", Record.to_markdown),
    "html": ("text/html", Record.to_html),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", Record.to_docx),
}


@guarded
async def file(request: Request) -> Response:
    """The record in one form."""
    kind = request.path_params["kind"]
    if kind not in _KINDS:
        return handling.refused("There is no such file.", HTTPStatus.NOT_FOUND, f"There are: {', '.join(_KINDS)}.")
    mime, write = _KINDS[kind]

    def make() -> tuple[str | bytes, str]:
        store = handling.store()
        found = records.of(store, store.workshops.get(request.path_params["workshop"]))
        name = " ".join("".join(c if c.isalnum() or c in " -_" else " " for c in found.title).split())[:80]
        return write(found), f"Workshop - {name}.{kind}"

    content, name = await handling.in_turn(handling.READING, make)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(content, headers=headers, media_type=mime)


ROUTES = [Route(f"/{RECORD_URL}", file)]
