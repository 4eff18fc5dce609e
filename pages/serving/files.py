"""A project, or the record of a workshop, as a file to take away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from http import HTTPStatus
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.parts.addresses import RECORD_URL
from pages.parts.charter import exports, records
from pages.serving import handling
from pages.serving.handling import guarded
from scoping.errors import UnknownProjectError
from scoping.workshop.record import Record
from storage.store import CharterStore


class UnknownFileError(UnknownProjectError):
    """A kind of file that there is not."""


def written(store: CharterStore, project: str, name: str, day: date) -> tuple[str | bytes, str, str]:
    """One file of a project: its content, what it is called, and its media type. Raises UnknownFileError for one that there is not."""
    export = exports.BY_NAME.get(name)
    if export is None:
        raise UnknownFileError("There is no such file.", f"There are: {', '.join(exports.BY_NAME)}.")
    opened = store.open(project)
    told = exports.Told(opened, day, lambda: records.all_of(store, project))
    return export.make(told), export.file_name(opened, day), export.mime


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


ROUTES = [Route(f"/{RECORD_URL}", record)]
