"""When a value was measured: days and moments as files write and count them."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from scoping import answers
from scoping.errors import AnswerError
from scoping.section import question
from scoping.sections.milestones import Reading
from scoping.words import short

_SERIAL_DAYS = range(20_000, 80_000)
"""Days as spreadsheets count them, from 1954 to 2119."""
_FIRST_SERIAL = date(1899, 12, 30)
RECENT = 10**8
"""Seconds from 1970 to 1973."""
_MILLISECONDS = 10**11
"""Seconds since 1970 stay below this until the year 5138; larger numbers are thousandths, millionths or billionths of them."""


def day_and_moment(raw: Any, about: str, today: date) -> tuple[date, float]:
    """The day of a value in UTC, and its moment in seconds as far as it is told.

    Numbers are days of eight digits or as spreadsheets count them, or else the time since 1970 in seconds or parts of one.

    Args:
        about: what the value is of, for a refusal.
        today: the day of a value that has none of its own.
    """
    if raw is None or raw == "":
        return today, -math.inf
    try:
        if isinstance(raw, str) and re.fullmatch(r"\d{5}(\.\d+)?|\d{9,}(\.\d+)?", raw.strip()):
            raw = float(raw)
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return _counted(raw)
        if isinstance(raw, str) and ":" in raw:
            moment = datetime.fromisoformat(raw.strip())
            moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
            return moment.date(), moment.timestamp()
    except (ValueError, OverflowError, OSError):
        raise AnswerError(
            f"{about}: “{short(str(raw), 40)}” is no date.", "Write it as 2027-03-31 or 2027-03-31T14:00:00Z."
        ) from None
    return date.fromisoformat(answers.read(question(Reading, "when"), raw)), -math.inf


def _counted(number: float) -> tuple[date, float]:
    """The day and moment that a number stands for. Raises ValueError for one that is neither."""
    if (day := day_in_digits(number)) is not None:
        return day, -math.inf
    if int(number) in _SERIAL_DAYS:
        return _FIRST_SERIAL + timedelta(days=int(number)), number * 86_400
    if number < RECENT:
        raise ValueError
    for _ in range(3):  # milliseconds, microseconds, nanoseconds; nobody counts in less
        if number > _MILLISECONDS:
            number /= 1000
    return datetime.fromtimestamp(number, UTC).date(), number


def day_in_digits(number: float) -> date | None:
    """The day that 20270331 stands for."""
    if not 19_000_101 <= number <= 22_001_231 or number != int(number):
        return None
    try:
        return date(int(number) // 10_000, int(number) // 100 % 100, int(number) % 100)
    except ValueError:
        return None
