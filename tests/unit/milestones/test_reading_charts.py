"""The picture of a target: readings, goal, due date and forecast, told in words too; nothing where there is nothing to draw."""

from __future__ import annotations

from datetime import date, timedelta

from scoping.drawing import DARK, LIGHT, days_from
from scoping.milestones import status
from scoping.milestones.charts import course
from scoping.sections.milestones import Direction, Family, Milestone, Reading, Target

START = date(2027, 1, 4)
MILESTONE = Milestone(id="m", start=START, due=date(2027, 4, 5))
TODAY = date(2027, 2, 15)


def picture(*values, today=TODAY, due=MILESTONE.due, theme=LIGHT, **more):
    target = Target(
        **{"id": "t", "milestone": "m", "family": Family.ML, "metric": "Words wrong", "unit": "%", "target": 10.0, **more},
        direction=Direction.AT_MOST,
    )
    rows = [Reading(id=f"r{i}", target="t", when=START + timedelta(days=7 * i), value=v) for i, v in enumerate(values)]
    return course(status.of_target(target, MILESTONE, rows, today), due, theme)


def layers(drawn):
    return drawn.chart.to_dict()["layer"]


def test_a_picture_tells_readings_goal_due_date_and_forecast():
    drawn = picture(*[30 * 0.9**i for i in range(6)])
    assert "4 Jan 2027: 30\u00a0%" in drawn.alt
    assert "Target: at most 10\u00a0% by 5 Apr 2027." in drawn.alt
    assert "Forecast for 5 Apr 2027: 7.62" in drawn.alt  # 30 * 0.9 ** 13
    assert "80 of 100" in drawn.note
    assert len(layers(drawn)) == 7


def test_without_a_forecast_nothing_is_shaded():
    for drawn in (picture(30, 20), picture(30, 20, 15, 12, 9)):
        assert "Forecast" not in drawn.alt
        assert len(layers(drawn)) == 5
    assert len(layers(picture(30, 20, due=None))) == 4


def test_a_forecast_ends_where_the_readings_no_longer_carry_it():
    drawn = picture(*[30 * 0.99**i for i in range(4)])
    assert "Forecast" not in drawn.alt


def test_there_is_no_picture_without_readings_or_goal():
    assert picture() is None
    assert picture(30, target=None) is None


def test_it_takes_the_colours_of_the_theme():
    assert DARK.first in str(layers(picture(30, 20, theme=DARK)))


def test_a_day_at_the_end_of_the_calendar_brings_no_picture_down():
    assert days_from(date.max, 9) == date.max
    assert days_from(date.min, -9) == date.min
    assert days_from(date(2027, 2, 28), 1) == date(2027, 3, 1)
