"""The workbench for programs and for the pages in browsers: every address that Streamlit does not serve, and no Streamlit here."""

from __future__ import annotations

from pages.serving import (
    becoming,
    browser,
    calendars,
    changes,
    document,
    edits,
    ethics,
    files,
    past,
    people,
    readings,
    rooms,
    run,
    starts,
    versions,
)
from pages.serving.contract import shares, signing
from pages.serving.workshops import coming, room

ROUTES = [
    *readings.ROUTES,
    *calendars.ROUTES,
    *document.ROUTES,
    *edits.ROUTES,
    *ethics.ROUTES,
    *becoming.ROUTES,
    *past.ROUTES,
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
]
