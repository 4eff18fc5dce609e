"""History of a project: rates as R gives them, what comes next, and when a target is reached or never."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from scoping.feasibility.history import histories, told
from scoping.numbers.trend import FEWEST, Every, Point, Prospect, Series, Shrinks, trend, usual_period
from scoping.sections.feasibility import Better, HistoryPoint
from tests.tools import reference

QUARTER = Every.QUARTER.days
BEGIN = date(2020, 1, 1)
BETTER = {"cifar10": Better.HIGHER, "switchboard": Better.LOWER}


def expected():
    return json.loads(reference("progress/expected.json").read_text())


def read(name, hlp):
    rows = csv.DictReader(reference(f"progress/{name}.csv").read_text(encoding="utf-8").splitlines())
    points = [
        HistoryPoint(id=f"p{i}", metric=name, when=row["date"], value=float(row["value"]), hlp=hlp, better=BETTER[name])
        for i, row in enumerate(rows)
    ]
    (found,), problems = histories(points)
    assert not problems
    return found


def points(values, *, better=Better.LOWER, hlp=None, metric="Words wrong", days=91):
    return [
        HistoryPoint(id=f"p{i}", metric=metric, when=BEGIN + timedelta(days=days * i), value=v, hlp=hlp, better=better)
        for i, v in enumerate(values)
    ]


def history(values, **more):
    (found,), _ = histories(points(values, **more))
    return found


@pytest.mark.parametrize("name", ["cifar10", "switchboard"])
def test_the_rates_of_published_races_are_those_of_r(name):
    wanted = expected()["series"][name]
    race = read(name, wanted["human_level_target"])
    frontier = race.records()
    assert [(p.when.isoformat(), round(p.error / 100, 6)) for p in frontier.points] == [
        (p["date"], p["error"]) for p in wanted["frontier"]
    ]
    for kind, key in ((Shrinks.ERROR, "error_reduction_per_quarter"), (Shrinks.GAP, "gap_reduction_per_quarter")):
        found = trend(frontier, kind)
        rate = found.rate(Every.QUARTER)
        assert (rate.value, rate.low, rate.high) == pytest.approx(
            (wanted[key]["rate"], wanted[key]["lo"], wanted[key]["hi"]), abs=1e-9
        )
        assert math.exp(found.intercept) / 100 == pytest.approx(wanted[key]["b0"], abs=1e-9)
    assert found.arrival(wanted["human_level_target"]).when == date.fromisoformat(wanted["date_hlp_reached"])


# Mean absolute errors of forecasts from the first 60 % of the records: STATISTICS 7.
@pytest.mark.parametrize(("name", "by_error", "by_gap"), [("cifar10", 0.0149, 0.0299), ("switchboard", 0.0035, 0.0091)])
def test_the_error_model_forecasts_published_races_better_than_the_gap_model_and_the_last_value(name, by_error, by_gap):
    race = read(name, expected()["series"][name]["human_level_target"]).records()
    seen = int(0.6 * len(race.points))
    past, rest = replace(race, points=race.points[:seen]), race.points[seen:]

    def off(forecast):
        return sum(abs(forecast(p.when) - race.value_of(p.error)) for p in rest) / len(rest) / 100

    last = race.value_of(past.points[-1].error)
    found = [off(lambda day, kind=kind: trend(past, kind).at(day).likely) for kind in (Shrinks.ERROR, Shrinks.GAP)]
    assert found == pytest.approx([by_error, by_gap], abs=5e-5)
    assert found[0] < off(lambda _: last)


def test_the_course_model_reaches_its_target_when_the_formula_says():
    wanted = expected()["analytic"]
    start, floor, rate = wanted["start_error"], wanted["hlp_error"], wanted["reduction_per_quarter"]
    # Written on days after the beginning, since dates are whole days: gap(t) = gap0 (1 - x)^t, STATISTICS 7.
    past = [Point(BEGIN - timedelta(days=d), floor + (start - floor) * (1 - rate) ** (-d / QUARTER)) for d in (270, 180, 90, 0)]
    found = trend(Series("e", tuple(past), hlp=floor), Shrinks.GAP)
    assert found.rate(Every.QUARTER).value == pytest.approx(rate)
    arrival = found.arrival(wanted["target_error"])
    assert (arrival.when - BEGIN).days == math.ceil(wanted["quarters"] * QUARTER)
    after = found.at(BEGIN + timedelta(days=round(4 * QUARTER)))
    assert after.likely == pytest.approx(wanted["after_4_quarters"], rel=1e-3)


def test_people_are_never_reached_where_the_gap_shrinks_by_a_share():
    found = history([20, 15, 12, 10, 9], hlp=5)
    assert trend(found, Shrinks.GAP).arrival(5).prospect is Prospect.NEVER
    assert trend(found, Shrinks.GAP).arrival(3).prospect is Prospect.NEVER
    assert trend(found).arrival(5).prospect is Prospect.LATER
    assert "lies at or beyond what people reach: never" in " ".join(told(found, Every.QUARTER, 5))


@pytest.mark.parametrize("better", list(Better))
def test_a_metric_that_gets_worse_never_reaches_its_target(better):
    values = [10, 11, 12, 13, 15] if better is Better.LOWER else [90, 89, 88, 87, 85]
    found = history(values, better=better)
    assert trend(found).arrival(5 if better is Better.LOWER else 95).prospect is Prospect.NEVER
    assert "grew by" in " ".join(told(found, Every.QUARTER, None))


def test_fewer_than_four_readings_carry_no_rate():
    for n in range(1, FEWEST):
        found = history([20, 15, 12][:n], hlp=5)
        assert trend(found) is None
        assert f"Too few readings to tell a rate: {n} of the at least 4" in " ".join(told(found, Every.QUARTER, 5))
    assert trend(history([20, 15, 12, 10])) is not None


def test_accuracy_and_error_tell_the_same_story():
    errors = [20.0, 16.0, 13.0, 9.0, 8.0]
    one = history(errors, hlp=5)
    other = history([100 - e for e in errors], hlp=95, better=Better.HIGHER)
    assert trend(one).rate(Every.YEAR) == trend(other).rate(Every.YEAR)
    assert one.gap == other.gap == 3
    ahead, mirrored = trend(one).ahead(Every.YEAR)[0], trend(other).ahead(Every.YEAR)[0]
    assert (mirrored.low, mirrored.high) == pytest.approx((100 - ahead.high, 100 - ahead.low))


def test_accuracy_as_a_share_is_counted_to_one_and_never_forecast_out_of_bounds():
    found = history([0.80, 0.70, 0.90, 0.60], better=Better.HIGHER)
    assert found.top == 1
    assert all(0 <= a.low <= a.high <= 1 for a in trend(found).ahead(Every.YEAR, 12))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (points([90, 120], better=Better.HIGHER), "value 120"),
        (points([-1, 3]), "cannot be below 0"),
        (
            [*points([9, 8]), HistoryPoint(id="x", metric="words  WRONG", when=BEGIN, value=7, better=Better.HIGHER)],
            "same direction",
        ),
    ],
)
def test_readings_that_contradict_themselves_are_named_and_other_metrics_stay(rows, said):
    found, problems = histories([*rows, *(p.model_copy(update={"metric": "Other", "id": p.id + "o"}) for p in points([3, 2]))])
    assert [s.metric for s in found] == ["Other"]
    assert said in problems[0]


def test_unfinished_rows_say_nothing():
    row = points([5])[0]
    unfinished = [
        row.model_copy(update={name: blank}) for name, blank in (("when", None), ("value", None), ("metric", " "), ("better", None))
    ]
    assert histories(unfinished) == ((), ())


def test_of_a_day_the_best_counts_and_order_does_not_matter():
    rows = points([20, 15, 12, 10])
    twice = rows[2].model_copy(update={"value": 99.0, "id": "again"})
    assert histories([twice, *reversed(rows)]) == histories(rows)


def test_a_perfect_reading_is_left_out_of_the_rate():
    found = trend(history([20, 15, 12, 10, 0]))
    assert found.used == 4


def test_a_forecast_far_beyond_what_was_observed_is_marked():
    found = trend(history([20, 19, 18.2, 17.1, 16.4], days=30))
    near, far = found.end + timedelta(days=240), found.end + timedelta(days=241)
    assert (found.at(near).is_far, found.at(far).is_far) == (False, True)
    assert "do not rely on it" in " ".join(told(found.series, Every.QUARTER, 8))


def test_readings_without_improvement_are_told():
    said = " ".join(told(history([20, 15, 18, 19, 17]), Every.QUARTER, None))
    assert "3 of 5 readings were no improvement; the best so far is of 1 Apr 2020" in said


def test_an_uncertain_improvement_leaves_the_end_open():
    found = history([20, 12, 21, 13, 18, 12])
    said = " ".join(told(found, Every.QUARTER, 5))
    assert "do not show for certain" in said
    assert "with an open end" in said


@pytest.mark.parametrize(("days", "every"), [(30, Every.QUARTER), (91, Every.QUARTER), (180, Every.HALF_YEAR), (400, Every.YEAR)])
def test_the_usual_period_is_that_between_readings(days, every):
    assert usual_period(history([9, 8, 7], days=days)) is every


@pytest.mark.slow
@pytest.mark.parametrize("n", [4, 8, 20])
def test_intervals_hold_the_truth_as_often_as_they_say(n):
    draw = np.random.default_rng(n)
    runs, inside, next_inside = 1500, 0, 0
    days = [91 * i for i in range(n + 1)]
    for _ in range(runs):
        logs = math.log(20) - 0.0008 * np.array(days) + draw.normal(0, 0.1, n + 1)
        errors = np.exp(logs)
        past = Series("e", tuple(Point(BEGIN + timedelta(days=d), float(e)) for d, e in zip(days[:n], errors[:n], strict=True)))
        found = trend(past)
        rate = found.rate(Every.QUARTER)
        inside += rate.low <= -math.expm1(-0.0008 * QUARTER) <= rate.high
        ahead = found.at(BEGIN + timedelta(days=days[n]))
        next_inside += ahead.low <= errors[n] <= ahead.high
    assert inside / runs == pytest.approx(0.95, abs=3 * (0.95 * 0.05 / runs) ** 0.5)
    assert next_inside / runs == pytest.approx(0.80, abs=3 * (0.8 * 0.2 / runs) ** 0.5)
