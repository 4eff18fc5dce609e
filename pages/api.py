"""The workbench for programs and for the pages in browsers: every address that Streamlit does not serve, and no Streamlit here."""

from __future__ import annotations

from starlette.routing import Route

from pages.serving import (
    becoming,
    bring_back,
    browser,
    calendars,
    changes,
    document,
    edits,
    ethics,
    files,
    handling,
    past,
    people,
    rooms,
    run,
    starts,
    versions,
)
from pages.serving.contract import shares, signing
from pages.serving.v1 import door, told
from pages.serving.v1.operations import OPERATIONS
from pages.serving.v1.table import PREFIX
from pages.serving.workshops import coming, room

ROUTES = [
    *told.ROUTES,
    *door.routes(OPERATIONS, handling.store, bring_back.read),
    *calendars.ROUTES,
    *document.ROUTES,
    *edits.ROUTES,
    *ethics.ROUTES,
    *becoming.ROUTES,
    *past.ROUTES,
    *bring_back.ROUTES,
    *rooms.ROUTES,
    *browser.ROUTES,
    *people.ROUTES,
    *files.ROUTES,
    *versions.ROUTES,
    *changes.ROUTES,
    *starts.ROUTES,
    *run.ROUTES,
    *signing.ROUTES,
    *shares.ROUTES,
    *coming.ROUTES,
    *room.ROUTES,
    Route(f"/{PREFIX}/{{path:path}}", door.nothing_here, methods=door.ALL_METHODS),
]
