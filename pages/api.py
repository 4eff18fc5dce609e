"""The workbench for programs and for the pages in browsers: every address that Streamlit does not serve, and no Streamlit here."""

from __future__ import annotations

from pages.serving import browser, calendars, changes, document, edits, files, past, people, readings, rooms, run, starts

ROUTES = [
    *readings.ROUTES,
    *calendars.ROUTES,
    *document.ROUTES,
    *edits.ROUTES,
    *past.ROUTES,
    *rooms.ROUTES,
    *browser.ROUTES,
    *people.ROUTES,
    *files.ROUTES,
    *changes.ROUTES,
    *starts.ROUTES,
    *run.ROUTES,
]
