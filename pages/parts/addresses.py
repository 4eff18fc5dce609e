"""Where the workbench answers programs, and the name of its cookie."""

from __future__ import annotations

ANSWERS_URL = "api/v1/answers"

LIVE_URL = "api/v1/projects/{project}/live"

READINGS_URL = "api/v1/projects/{project}/readings"

CALENDAR_URL = "api/v1/projects/{project}/calendar.ics"

ALL_CALENDARS_URL = "api/v1/calendar.ics"

DEVICE_COOKIE = "device"
