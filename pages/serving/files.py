"""A project, or the record of a workshop, as a file to take away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.parts.addresses import FILE_URL, RECORD_URL
from pages.parts.charter import exports, records
from pages.serving import handling
from pages.serving.handling import guarded
from scoping.workshop.record import Record


@guarded
async def file(request: Request) -> Response:
    """One file of a project, as of the day of whoever asks."""
    export = exports.BY_NAME.get(request.path_params["name"])
    if export is None:
        return handling.refused("There is no such file.", HTTPStatus.NOT_FOUND, f"There are: {', '.join(exports.BY_NAME)}.")
    if export.lacks:
        return handling.refused(f"{export.label} cannot be made here.", HTTPStatus.NOT_IMPLEMENTED, export.lacks)
    day = handling.day_of(request.query_params.get("today", ""))

    def make() -> tuple[str | bytes, str]:
        store = handling.store()
        project = store.open(request.path_params["project"])
        told = exports.Told(project, day, lambda: records.all_of(store, project.project_id))
        return export.make(told), export.file_name(project, day)

    return _taken(*await handling.in_turn(handling.READING, make), export.mime)


_RECORDS: Mapping[str, tuple[str, Callable[[Record], str | bytes]]] = {
    "md": ("text/markdown", Record.to_markdown),
    "html": ("text/html", Record.to_html),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", Record.to_docx),
}


@guarded
async def record(request: Request) -> Response:
    """The record of a workshop in one form."""
    kind = request.path_params["kind"]
    if kind not in _RECORDS:
        return handling.refused("There is no such file.", HTTPStatus.NOT_FOUND, f"There are: {', '.join(_RECORDS)}.")
    mime, write = _RECORDS[kind]

    def make() -> tuple[str | bytes, str]:
        store = handling.store()
        found = records.of(store, store.workshops.get(request.path_params["workshop"]))
        name = " ".join("".join(c if c.isalnum() or c in " -_" else " " for c in found.title).split())[:80]
        return write(found), f"Workshop - {name}.{kind}"

    return _taken(*await handling.in_turn(handling.READING, make), mime)


def _taken(content: str | bytes, name: str, mime: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(content, headers=headers, media_type=mime)


ROUTES = [Route(f"/{FILE_URL}", file), Route(f"/{RECORD_URL}", record)]
