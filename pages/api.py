"""The workbench for programs: answers in, news of other people's saves out. No Streamlit here."""

from __future__ import annotations

from pages.serving import answers, browser, calendars, live, news, people, readings

ROUTES = [*readings.ROUTES, *calendars.ROUTES, *answers.ROUTES, *news.ROUTES, *live.ROUTES, *browser.ROUTES, *people.ROUTES]
