"""A project as a file to take away."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.parts.addresses import FILE_URL
from pages.parts.charter import exports, records
from pages.serving import handling
from pages.serving.handling import guarded


@guarded
async def file(request: Request) -> Response:
    """One file of a project, as of the day of whoever asks."""
    export = exports.BY_NAME.get(request.path_params["name"])
    if export is None:
        return handling.refused("There is no such file.", HTTPStatus.NOT_FOUND, f"There are: {', '.join(exports.BY_NAME)}.")
    day = handling.day_of(request.query_params.get("today", ""))

    def make() -> tuple[str | bytes, str]:
        store = handling.store()
        project = store.open(request.path_params["project"])
        told = exports.Told(project, day, lambda: records.all_of(store, project.project_id))
        return export.make(told), export.file_name(project, day)

    content, name = await handling.in_turn(handling.READING, make)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(content, headers=headers, media_type=export.mime)


ROUTES = [Route(f"/{FILE_URL}", file)]
