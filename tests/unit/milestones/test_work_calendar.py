"""Working days are counted as a person with a calendar on the wall counts them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scoping.milestones.work_calendar import WorkCalendar, calendar_of
from scoping.sections.milestones import Holiday, Milestones, WorkWeek

MONDAY = date(2026, 11, 2)
OFF = {
    WorkWeek.MON_FRI: {5, 6},
    WorkWeek.SUN_THU: {4, 5},
    WorkWeek.MON_SAT: {6},
    WorkWeek.ALL: set(),
}
HOLIDAYS = (date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1))
DAYS = [date(2026, 10, 1) + timedelta(days=i) for i in range(150)]


def works(day: date, week: WorkWeek) -> bool:
    return day.weekday() not in OFF[week] and day not in HOLIDAYS


@pytest.mark.parametrize("week", WorkWeek)
@pytest.mark.parametrize("start", [MONDAY, date(2026, 11, 7), date(2026, 12, 25)])
def test_positions_equal_counting_on_the_fingers(week, start):
    calendar = WorkCalendar(start, week, HOLIDAYS)
    for day in DAYS:
        one, other = min(start, day), max(start, day)
        between = sum(works(one + timedelta(days=i), week) for i in range((other - one).days))
        assert calendar.morning(day) == (between if day >= start else -between), day
        assert calendar.evening(day) == calendar.morning(day) + works(day, week)
        assert calendar.is_working(day) is works(day, week)


@pytest.mark.parametrize("week", WorkWeek)
def test_work_ends_and_begins_on_working_days_only(week):
    calendar = WorkCalendar(MONDAY, week, HOLIDAYS)
    working = [day for day in DAYS if works(day, week) and day >= MONDAY]
    for place, day in enumerate(working):
        assert calendar.day_of_start(place) == day
        assert calendar.day_of_start(place + 0.4) == day
        assert calendar.day_of_end(place + 1) == day
        assert calendar.day_of_end(place + 0.4) == day


def test_one_day_of_work_that_begins_on_a_friday_ends_on_it_and_two_end_on_monday():
    calendar = WorkCalendar(MONDAY)
    friday = calendar.morning(date(2026, 11, 6))
    assert calendar.day_of_end(friday + 1) == date(2026, 11, 6)
    assert calendar.day_of_end(friday + 2) == date(2026, 11, 9)


def test_what_takes_no_time_ends_no_earlier_than_the_plan_begins():
    assert WorkCalendar(MONDAY).day_of_end(0) == MONDAY


def test_days_from_one_to_another_count_both():
    calendar = WorkCalendar(MONDAY, holidays=(date(2026, 11, 4),))
    assert calendar.between(MONDAY, MONDAY) == 1
    assert calendar.between(MONDAY, date(2026, 11, 8)) == 4
    assert calendar.between(date(2026, 11, 6), MONDAY) == 0


@pytest.mark.parametrize("start", [date.min, MONDAY, date(9999, 12, 1)])
@pytest.mark.parametrize("position", [-1e12, 1e12])
def test_no_plan_leaves_the_calendar(start, position):
    calendar = WorkCalendar(start)
    assert isinstance(calendar.day_of_end(position), date)
    assert isinstance(calendar.day_of_start(position), date)


def test_a_plan_without_a_week_works_from_monday_to_friday_and_skips_its_days_off():
    off = tuple(Holiday(id=f"h{i}", day=day) for i, day in enumerate((date(2026, 11, 3), None, date(2026, 11, 3))))
    calendar = calendar_of(Milestones(holidays=off), MONDAY)
    assert calendar == WorkCalendar(MONDAY, WorkWeek.MON_FRI, (date(2026, 11, 3),))
    assert calendar.between(MONDAY, date(2026, 11, 8)) == 4


def test_a_year_that_was_typed_wrong_moves_no_other_day():
    calendar = WorkCalendar(date(27, 1, 4))
    assert calendar.day_of_end(calendar.evening(MONDAY)) == MONDAY
    assert calendar.day_of_start(calendar.morning(MONDAY)) == MONDAY
