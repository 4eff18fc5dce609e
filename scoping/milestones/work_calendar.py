"""Working days: which days count, how many lie between two dates, and on which day work ends."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from scoping.sections.milestones import Milestones, WorkWeek

_MASKS = {
    WorkWeek.MON_FRI: "1111100",
    WorkWeek.SUN_THU: "1111001",
    WorkWeek.MON_SAT: "1111110",
    WorkWeek.ALL: "1111111",
}
_FARTHEST = (date.max - date.min).days + 1
"""Working days from the start that reach every day there is, whatever year was typed."""
_DAY_ONE, _LAST_DAY = (np.datetime64(day, "D") for day in (date.min, date.max))


@dataclass(frozen=True)
class WorkCalendar:
    """The days on which a team works.

    A moment of a plan is a position: working days after the morning of `start`, so 0 is that morning, 1 its evening.

    Attributes:
        start: position 0; a day off counts as the morning of the next working day.
    """

    start: date
    week: WorkWeek = WorkWeek.MON_FRI
    holidays: tuple[date, ...] = ()

    @cached_property
    def _days(self) -> np.busdaycalendar:
        return np.busdaycalendar(weekmask=_MASKS[self.week], holidays=list(self.holidays))

    def _count(self, day: date) -> int:
        return int(np.busday_count(_DAY_ONE, np.datetime64(day, "D"), busdaycal=self._days))

    @cached_property
    def _before(self) -> int:
        return self._count(self.start)

    def morning(self, day: date) -> int:
        """The position at the beginning of a day; negative before the start."""
        return self._count(day) - self._before

    def evening(self, day: date) -> int:
        """The position at the end of a day."""
        return self.morning(day) + self.is_working(day)

    def is_working(self, day: date) -> bool:
        """Whether the team works on a day."""
        return bool(np.is_busday(np.datetime64(day, "D"), busdaycal=self._days))

    def day_of_end(self, position: float) -> date:
        """The day on which work that is done at a position ends; at the very start that is the first day."""
        index = math.ceil(round(position, 9)) - 1
        return self._day(max(0, index) if position >= 0 else index)

    def day_of_start(self, position: float) -> date:
        """The day on which work that begins at a position starts."""
        return self._day(math.floor(round(position, 9)))

    def _day(self, index: int) -> date:
        index = max(-_FARTHEST, min(_FARTHEST, index))
        working = np.busday_offset(self.start, index, roll="forward", busdaycal=self._days)
        day: date = np.clip(working, _DAY_ONE, _LAST_DAY).astype(object)
        return day

    def between(self, first: date, last: date) -> int:
        """Working days from one day to another, both counted; 0 when the last comes before the first."""
        return max(0, self.evening(last) - self.morning(first))


def calendar_of(plan: Milestones, start: date) -> WorkCalendar:
    """The calendar of a plan. Holidays without a day say nothing."""
    days = tuple(sorted({h.day for h in plan.holidays if h.day is not None}))
    return WorkCalendar(start, plan.work_week or WorkWeek.MON_FRI, days)
