"""Where the workbench answers programs, and the name of its cookie."""

from __future__ import annotations

EDITS_URL = "api/v1/projects/{project}/edits"

STREAM_URL = "api/v1/projects/{project}/stream"

DOCUMENT_URL = "api/v1/projects/{project}/document"

BECOMES_URL = "api/v1/projects/{project}/becomes"

ETHICS_URL = "api/v1/projects/{project}/ethics"

PROMISES_URL = "api/v1/projects/{project}/promises"
CONCERNS_URL = "api/v1/projects/{project}/concerns"

HISTORY_URL = "api/v1/projects/{project}/history"

SIGNING_URL = "api/v1/projects/{project}/signing"

SHARES_URL = "api/v1/projects/{project}/shares"

READ_URL = "read/{token}"

RUN_URL = "api/v1/projects/{project}/run"

NOTED_URL = "api/v1/projects/{project}/noted"

READINGS_URL = "api/v1/projects/{project}/readings"

CALENDAR_URL = "api/v1/projects/{project}/calendar.ics"

ALL_CALENDARS_URL = "api/v1/calendar.ics"

FILE_URL = "api/v1/projects/{project}/files/{name}"

BRING_BACK_URL = "api/v1/projects/{project}/bring-back"

BROUGHT_URL = "api/v1/projects/{project}/bring-back/{file}"

COMPARISON_URL = "api/v1/projects/{project}/comparison.{kind}"

KEEP_URL = "api/v1/projects/{project}/keep"

CHANGES_URL = "api/v1/projects/{project}/changes"

GUESS_URL = "api/v1/guess"

WORKSHOPS_URL = "api/v1/projects/{project}/workshops"

AGENDAS_URL = "api/v1/projects/{project}/agendas"

TRY_URL = "api/v1/try"

JOIN_URL = "api/v1/join"

WORKSHOP_URL = "api/v1/workshops/{workshop}"

RECORD_URL = "api/v1/workshops/{workshop}/record.{kind}"

DEVICE_COOKIE = "device"
