"""The workbench for programs: answers in, news of other people's saves out. No Streamlit here."""

from __future__ import annotations

from pages.serving import answers, browser, calendars, document, edits, news, people, readings, rooms

ROUTES = [
    *readings.ROUTES,
    *calendars.ROUTES,
    *answers.ROUTES,
    *news.ROUTES,
    *document.ROUTES,
    *edits.ROUTES,
    *rooms.ROUTES,
    *browser.ROUTES,
    *people.ROUTES,
]
