"""A learning curve forecasts what really happened, says how sure it is, and refuses what cannot be told."""

from __future__ import annotations

import json
import re
from statistics import mean, median

import pytest

from scoping.errors import CalculationError
from scoping.numbers.learning_curve import ABOVE, BELOW, FARTHEST, Attainability, Curve, CurvePoint, fit, problem
from tests.tools import reference

KNOWN = tuple(CurvePoint(n, 0.05 + 2 * n**-0.5) for n in (100, 200, 400, 800, 1600, 3200))


@pytest.fixture(scope="module")
def measured() -> list[tuple[Curve, list[CurvePoint]]]:
    """Curves through measured points up to an eighth of the data, and what was measured beyond."""
    cases = json.loads(reference("learning_curve/cases.json").read_text(encoding="utf-8"))
    return [(fit(_points(case["observed"])), list(_points(case["future"]))) for case in cases]


def _points(rows: list[dict[str, float]]) -> tuple[CurvePoint, ...]:
    return tuple(CurvePoint(r["n"], r["error"]) for r in rows)


def _missed(curve: Curve, outcome: CurvePoint) -> float:
    """By how many times its reach an outcome lies above the curve."""
    return (outcome.error - curve.error(outcome.size)) / curve.reach(outcome.size)


@pytest.mark.parametrize("steps", [(0,), (1,), (2,), (0, 1, 2)])
def test_the_interval_holds_80_of_100_outcomes_of_curves_that_it_was_not_made_from(measured, steps):
    inside = []
    for left_out, (curve, future) in enumerate(measured):
        others = [_missed(c, p) for i, (c, points) in enumerate(measured) if i != left_out for p in points]
        inside += [min(others) <= _missed(curve, future[step]) <= max(others) for step in steps]
    assert mean(inside) >= 0.80


def test_the_ends_are_those_that_the_measured_curves_give(measured):
    missed = [_missed(curve, outcome) for curve, future in measured for outcome in future]
    assert min(missed) == pytest.approx(-BELOW, abs=0.005)
    assert max(missed) == pytest.approx(ABOVE, abs=0.005)


def test_an_interval_a_quarter_as_wide_would_hold_too_few(measured):
    """Otherwise the whole one would say nothing."""
    missed = [_missed(curve, outcome) for curve, future in measured for outcome in future]
    assert mean(-BELOW / 4 <= m <= ABOVE / 4 for m in missed) < 0.80


def test_the_forecast_beats_the_last_value(measured):
    ours = [abs(curve.forecast(future[-1].size).error - future[-1].error) for curve, future in measured]
    last = [abs(curve.last_error - future[-1].error) for curve, future in measured]
    assert mean(ours) < mean(last)
    assert median(ours) < median(last)


def test_a_known_curve_is_found_again():
    curve = fit(KNOWN)
    assert curve.floor == pytest.approx(0.05, abs=0.002)
    assert curve.rate == pytest.approx(0.5, abs=0.02)
    assert curve.error(12_800) == pytest.approx(0.05 + 2 * 12_800**-0.5, abs=0.001)
    assert curve.explained > 0.999


def test_the_amount_that_a_target_takes_is_read_off_with_its_interval():
    curve = fit(KNOWN)
    needed = curve.needed(0.075)
    assert needed.attainability is Attainability.WITHIN
    assert needed.likely == pytest.approx((2 / 0.025) ** 2, rel=0.05)
    assert needed.low < needed.likely
    assert needed.high is None or needed.high > needed.likely
    assert curve.forecast(needed.likely).error == pytest.approx(0.075, abs=1e-4)


@pytest.mark.parametrize(
    ("target", "attainability"),
    [(0.09, Attainability.REACHED), (0.0853, Attainability.WITHIN), (0.055, Attainability.BEYOND), (0.04, Attainability.NEVER)],
)
def test_what_a_curve_says_about_a_target(target, attainability):
    assert fit(KNOWN).needed(target).attainability is attainability


def test_errors_that_do_not_fall_give_no_amount():
    level = tuple(CurvePoint(n, e) for n, e in ((100, 0.2), (200, 0.22), (400, 0.19), (800, 0.21), (1600, 0.2)))
    assert not fit(level).is_falling
    assert fit(level).needed(0.1).attainability is Attainability.UNCLEAR
    rising = tuple(CurvePoint(n, 0.1 + n / 10_000) for n in (100, 200, 400, 800, 1600))
    assert fit(rising).needed(0.1).attainability is Attainability.UNCLEAR


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ((), "none are there"),
        (KNOWN[:2], "2 are there"),
        (KNOWN[:4], "5 different amounts are needed"),
        ((KNOWN[0],) * 9, "1 is there"),
        (tuple(CurvePoint(n, 0.2) for n in (100, 110, 120, 130, 140)), "too close together"),
        ((*KNOWN, CurvePoint(6400, 0.0)), "nothing left to forecast"),
        ((*KNOWN, CurvePoint(6400, 1.2)), "120\u00a0%"),
        ((*KNOWN, CurvePoint(0, 0.2)), "correct that reading"),
    ],
)
def test_points_that_make_no_curve_are_refused_in_a_sentence(points, said):
    assert said in problem(points)
    with pytest.raises(CalculationError, match=re.escape(said)):
        fit(points)


@pytest.mark.parametrize("times", [0.5, FARTHEST + 0.1])
def test_nothing_is_said_outside_of_what_was_checked(times):
    curve = fit(KNOWN)
    with pytest.raises(CalculationError, match="Nothing can be said"):
        curve.forecast(times * curve.last)


def test_the_interval_grows_with_the_distance_and_stays_a_share():
    curve = fit(KNOWN)
    widths = [f.high - f.low for f in map(curve.forecast, (3200, 6400, 12_800, 32_000))]
    assert 0 < widths[0] == pytest.approx(widths[1])
    assert widths[1] < widths[2] < widths[3]
    steep = fit(tuple(CurvePoint(n, 0.5 / n) for n in (10, 20, 40, 80, 160)))
    assert steep.forecast(1600).low == 0


def test_the_order_and_repetition_of_points_do_not_matter():
    assert fit(KNOWN) == fit(tuple(reversed(KNOWN)))
    twice = fit(KNOWN + KNOWN)
    assert twice.error(10_000) == pytest.approx(fit(KNOWN).error(10_000), rel=1e-9)
