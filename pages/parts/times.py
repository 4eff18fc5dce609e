"""Dates and times in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from scoping.words import count
from scoping.words import day_words as day


def local(at: datetime) -> datetime:
    """A moment in the time zone of the reader's browser."""
    try:
        return at.astimezone(ZoneInfo(st.context.timezone or "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        return at.astimezone(UTC)


def today() -> date:
    """The day on which the reader looks: the calendar on their wall says so, not the server's."""
    return local(datetime.now(UTC)).date()


def moment(at: datetime) -> str:
    """Date and time, such as "3 May 2027, 14:05"."""
    here = local(at)
    return f"{day(here.date())}, {here:%H:%M}"


def ago(at: datetime) -> str:
    """How long ago, in the coarsest unit that says enough."""
    seconds = (datetime.now(UTC) - at).total_seconds()
    if seconds < 60:
        return "just now"
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"{count(int(seconds // size), unit)} ago"
    return "just now"
