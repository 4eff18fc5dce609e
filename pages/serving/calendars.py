"""The dates of one project, or of all, for calendars that subscribe."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.parts.addresses import ALL_CALENDARS_URL, CALENDAR_URL
from pages.serving import handling
from pages.serving.handling import guarded

MOST_IN_A_CALENDAR = 1_000
"""Open milestones of all projects in one calendar, those that are due first."""


@guarded
async def calendar(request: Request) -> Response:
    """The dates of one project for a calendar that subscribes."""
    project = request.path_params["project"]
    return _calendar_answer(request, await handling.in_turn(handling.READING, _project_calendar, project))


@guarded
async def all_calendars(request: Request) -> Response:
    """The open milestones of all projects for a calendar that subscribes."""
    return _calendar_answer(request, await handling.in_turn(handling.READING, _portfolio_calendar))


def _project_calendar(project: str) -> bytes:
    from scoping.export.calendar import to_calendar

    opened = handling.store().open(project)
    today = datetime.now(UTC).date()
    return to_calendar(opened.charter, project=project, revision=opened.stamp.number, saved_at=opened.stamp.at, today=today)


def _portfolio_calendar() -> bytes:
    from scoping.export.calendar import to_portfolio_calendar

    now = datetime.now(UTC)
    found = handling.store().portfolio.milestones(today=now.date(), limit=MOST_IN_A_CALENDAR)
    changed = handling.store().portfolio.last_change()
    return to_portfolio_calendar(found.entries, found.total, changed or now)


def _calendar_answer(request: Request, content: bytes) -> Response:
    """A calendar, or no more than the word that it is still the same."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Content-Disposition": 'inline; filename="calendar.ics"'}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(content, headers=headers, media_type="text/calendar")


ROUTES = [Route(f"/{CALENDAR_URL}", calendar), Route(f"/{ALL_CALENDARS_URL}", all_calendars)]
