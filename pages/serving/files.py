"""A project, or the record of a workshop, as a file to take away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.parts.addresses import COMPARISON_URL, RECORD_URL
from pages.parts.charter import exports, moments, records
from pages.parts.charter.moments import FROM_PARAM, NOW, TO_PARAM
from pages.serving import handling
from pages.serving.handling import guarded
from scoping.errors import UnknownProjectError
from scoping.export.comparison import Differences, to_html, to_markdown
from scoping.export.workbook.asking import Ask
from scoping.workshop.record import Record
from storage.store import CharterStore


class UnknownFileError(UnknownProjectError):
    """A kind of file that there is not."""


def written(
    store: CharterStore, project: str, name: str, day: date, version: int, ask: Ask | None = None
) -> tuple[str | bytes, str, str]:
    """One file of a project: its content, what it is called, and its media type.

    Args:
        day: whose state is told.
        version: the one that is told; 0 for the present.
        ask: what somebody else is asked to fill in, where the file is for that.

    Raises UnknownProjectError.
    """
    export = exports.BY_NAME.get(name)
    if export is None:
        raise UnknownFileError("There is no such file.", f"There are: {', '.join(exports.BY_NAME)}.")
    told = replace(exports.Told.of(store, project, day, version), ask=ask)
    return export.make(told), export.file_name(told), export.mime


def _comparison_sheet(told: Differences) -> bytes:
    from scoping.export.comparison_sheet import to_xlsx

    return to_xlsx(told)


_COMPARISONS: Mapping[str, tuple[str, Callable[[Differences], str | bytes]]] = {
    "html": ("text/html", to_html),
    "md": ("text/markdown", to_markdown),
    "xlsx": (exports.XLSX, _comparison_sheet),
}


@guarded
async def comparison(request: Request) -> Response:
    """What differs between two moments of a project, in one form."""
    kind = request.path_params["kind"]
    if kind not in _COMPARISONS:
        return handling.refused("There is no such file.", HTTPStatus.NOT_FOUND, f"There are: {', '.join(_COMPARISONS)}.")
    mime, write = _COMPARISONS[kind]
    older, newer = (request.query_params.get(name, NOW) for name in (FROM_PARAM, TO_PARAM))

    def make() -> tuple[str | bytes, str]:
        store = handling.store()
        told = moments.differences(store, store.open(request.path_params["project"]), older, newer)
        return write(told), f"What changed - {exports.plain(told.name)} - {older} to {newer}.{kind}"

    return _taken(*await handling.in_turn(handling.READING, make), mime)


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
        return write(found), f"Workshop - {exports.plain(found.title)}.{kind}"

    return _taken(*await handling.in_turn(handling.READING, make), mime)


def _taken(content: str | bytes, name: str, mime: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(content, headers=headers, media_type=mime)


ROUTES = [Route(f"/{COMPARISON_URL}", comparison), Route(f"/{RECORD_URL}", record)]
