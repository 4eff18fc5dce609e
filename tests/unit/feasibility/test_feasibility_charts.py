"""Pictures of the feasibility step say the same in words, draw what is known, and warn of nothing."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from scoping.drawing import DARK, LIGHT
from scoping.feasibility.charts import history
from scoping.feasibility.slices import Order
from scoping.measuring.slices.charts import tags
from scoping.measuring.slices.result import Result, TagResult
from scoping.numbers.trend import Every, Point, Series, Shrinks

BEGIN = date(2024, 1, 1)
PAST = Series("Words *wrong*", tuple(Point(BEGIN + timedelta(days=182 * i), e) for i, e in enumerate((20, 15, 12, 9))), hlp=6)


def result(count=2, hlp=0.9):
    rows = tuple(TagResult(name=f"tag {i}", cases=100, errors=10 + i % 50, kind="ordinary", hlp=hlp) for i in range(count))
    return Result(
        cases=1000, errors=200, skipped=0, untagged_cases=0, untagged_errors=0, overlap=True, hlp=hlp, tags=rows, pairs=(),
        pairs_left_out=0, covers=(), left_out=(), tags_left_out=0,
    )  # fmt: skip


def test_a_history_is_told_with_people_target_and_what_comes_next():
    picture = history(PAST, Shrinks.ERROR, Every.HALF_YEAR, 5.0, LIGHT)
    for words in ("Words *wrong* over time", "1 Jan 2024: 20", "People: 6.", "Target: 5.", "Next: "):
        assert words in picture.alt
    assert "80 of 100" in picture.note
    assert len(picture.chart.to_dict()["layer"]) == 8


def test_too_few_readings_are_drawn_without_a_forecast():
    few = Series(PAST.metric, PAST.points[:3])
    picture = history(few, Shrinks.ERROR, Every.HALF_YEAR, None, LIGHT)
    assert "Next" not in picture.alt
    assert picture.note == ""
    assert len(picture.chart.to_dict()["layer"]) == 1


def test_a_flat_history_has_an_axis_to_stand_on():
    flat = Series("m", tuple(Point(p.when, 7.0) for p in PAST.points))
    picture = history(flat, Shrinks.ERROR, Every.YEAR, None, LIGHT)
    domain = next(layer["encoding"]["y"]["scale"]["domain"] for layer in picture.chart.to_dict()["layer"])
    assert domain[0] < 7 < domain[1]


def test_nothing_is_drawn_of_nothing():
    assert history(Series("m", ()), Shrinks.ERROR, Every.YEAR, None, LIGHT) is None
    assert tags(result(0), Order.GAIN, LIGHT) is None


def test_slices_are_told_in_the_order_that_was_chosen_with_interval_and_people():
    picture = tags(result(), Order.ERRORS, LIGHT)
    assert "tag 1: 89\u00a0% right (81.4\u00a0% to 93.7\u00a0%), people 90\u00a0%; tag 0" in picture.alt
    alone = tags(result(hlp=None), Order.ERRORS, LIGHT)
    assert "people" not in alone.alt + alone.note
    # A layer without marks would be a picture without a name to a screen reader.
    assert all(layer["data"]["values"] for layer in alone.chart.to_dict()["layer"])


def test_many_slices_are_cut_and_said_to_be():
    picture = tags(result(40), Order.GAIN, LIGHT)
    assert "Only the first 30 of 40" in picture.note


@pytest.mark.parametrize(
    "draw", [lambda t: history(PAST, Shrinks.GAP, Every.YEAR, 5.0, t), lambda t: tags(result(), Order.GAIN, t)]
)
def test_both_themes_draw_the_same_figures_in_their_own_colours(draw):
    light, dark = (draw(theme) for theme in (LIGHT, DARK))
    assert light.alt == dark.alt
    assert json.dumps(light.chart.to_dict()) != json.dumps(dark.chart.to_dict())
