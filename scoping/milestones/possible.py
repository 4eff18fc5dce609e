"""Readings that cannot be true, and those that are doubtful."""

from __future__ import annotations

import math
from datetime import date, timedelta

from scoping.errors import WorkbenchError
from scoping.sections.milestones import Direction, Family, Milestones, Target
from scoping.words import day_words_or, in_percent, number_words, short

AHEAD = timedelta(days=1)
"""Dates are compared in UTC; in the east of the world it is tomorrow already."""


class ImpossibleReadingError(WorkbenchError):
    """A reading that cannot be true of its target."""


# What is refused


def begin_of(plan: Milestones) -> date | None:
    """The day on which the first milestone begins; None while no beginning is known."""
    return min((m.start for m in plan.milestones if m.start), default=None)


def refuse_impossible(target: Target, value: float | None, when: date | None, today: date, begin: date | None) -> None:
    """Refuse a reading that cannot be true.

    Args:
        begin: the first day of the project as it is planned. What is measured before that day comes shows that work began early.

    Raises:
        ImpossibleReadingError: names target, field and value.
    """
    if value is None or not math.isfinite(value):
        given = "empty" if value is None else "not a number" if math.isnan(value) else "infinite"
        raise ImpossibleReadingError(f"{_named(target)}: the value is {given}.", "Report a number, or no reading at all.")
    if when is None:
        raise ImpossibleReadingError(f"{_named(target)}: the date is missing.", "Write it as 31 Mar 2027.")
    if when - today > AHEAD:
        raise ImpossibleReadingError(
            f"{_named(target)}: {day(when)} is in the future.", "Report what was measured, on the day it was."
        )
    if begin and when < begin <= today:
        raise ImpossibleReadingError(
            f"{_named(target)}: {day(when)} is before the project begins on {day(begin)}.",
            "Note an older value as the target's number for today, or correct the start of the first milestone.",
        )
    _check_scale(target, value)


def _check_scale(target: Target, value: float) -> None:
    """Shares and per cents end at 0 and 100, unless the target itself says otherwise; business figures may grow by any per cent."""
    if target.family is Family.BUSINESS or target.target is None:
        return
    named = [v for v in (target.target, target.baseline) if v is not None]
    if target.unit.strip() == "%" and all(0 <= v <= 100 for v in named) and not 0 <= value <= 100:
        raise ImpossibleReadingError(f"{_named(target)}: {in_percent(value)} is not between 0 and 100 %.", "Correct the value.")
    is_share = target.family is Family.ML and target.direction is Direction.AT_LEAST and not target.unit.strip()
    if is_share and all(0 < v <= 1 for v in named) and value > 1:
        raise ImpossibleReadingError(
            f"{_named(target)}: {number_words(value)} is above 1, and the target is a share of {number_words(target.target)}.",
            "Report a share too, or give the target its unit.",
        )


def _named(target: Target) -> str:
    return f"“{short(target.title, 60)}”"


def doubtful(target: Target, value: float) -> str:
    """Why a possible value is probably meant otherwise; "" when it is not."""
    if target.family is not Family.ML or target.unit.strip() != "%" or not 0 < value < 1:
        return ""
    wanted = target.target or 0.0
    # A small error may be a small error; it is doubted where in per cent it would lie close to what is known of it.
    known = [v for v in (wanted, target.baseline or 0.0) if v >= 2]
    is_low = target.direction is Direction.AT_MOST and any(v / 2 <= 100 * value <= 2 * v for v in known)
    if is_low or (target.direction is Direction.AT_LEAST and wanted >= 20):
        return f"{in_percent(value)} looks like a share; in per cent it would be {number_words(100 * value)}."
    return ""


def day(day: date | None) -> str:
    """A day in words, whether or not it is known."""
    return day_words_or(day, "an unknown day")
