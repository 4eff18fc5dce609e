"""Pictures of the data step: valid, with a text that says their numbers, whatever people wrote."""

from __future__ import annotations

import json

import altair as alt
import pytest

from scoping.data_sources import charts as data_sources_charts
from scoping.data_sources import supply
from scoping.data_sources.acquisition import Offer, Sourcing
from scoping.data_sources.supply import Supply, Wish
from scoping.drawing import DARK, LIGHT
from scoping.numbers.learning_curve import CurvePoint, fit

NAMES = ["Reading", 'quo"te </script><b> ${datum.days} سلام', "x" * 300]


def _supply(name: str) -> Supply:
    offers = (
        Offer(id="a", name=name, amount=100, unit_cost=0),
        Offer(id="b", name=name, amount=1000, unit_cost=10, lead_days=14),
        Offer(id="c", name=name, amount=100, unit_cost=60, lead_days=7),
    )
    return Supply(
        unit=name[:300],
        currency="USD",
        offers=offers,
        undecided=frozenset(),
        present=100,
        left_out=(),
        unclear_rights=frozenset(),
        unrated=False,
    )


def _pictures(name: str, theme):
    seen = _supply(name)
    case = Sourcing(seen.offers, wanted=150)
    plan = supply.planned(case, Wish.CHEAPEST).plan
    points = tuple(CurvePoint(n, 0.05 + 2 * n**-0.5) for n in (100, 200, 400, 800, 1600))
    return {
        "frontier": data_sources_charts.frontier(supply.frontier(case), plan, seen, theme),
        "growth": data_sources_charts.growth(supply.growth(case), plan, seen, theme),
        "learning": data_sources_charts.learning(fit(points), points, 0.06, name, theme),
        "months": data_sources_charts.months(supply.over_months(seen.offers, None, 1_000, 4), 1_000, seen, theme),
    }


@pytest.mark.parametrize(("name", "theme"), list(zip(NAMES, (LIGHT, DARK, LIGHT), strict=True)))
def test_every_picture_is_valid_and_says_its_numbers(name, theme):
    for picture in _pictures(name, theme).values():
        spec = picture.chart.to_dict()
        alt.LayerChart.from_dict(spec)
        json.dumps(spec, allow_nan=False)
        assert picture.alt


def test_the_words_of_a_picture_name_its_plans():
    pictures = _pictures("hours", LIGHT)
    assert "7 days: 150 hours for $3,000" in pictures["frontier"].alt
    assert "14 days: 150 hours for $500" in pictures["frontier"].alt
    assert "0 days: 100 hours for $0" in pictures["growth"].alt
    assert "10\u00a0% with the most data measured" in pictures["learning"].alt
    assert "The error to reach is 6\u00a0%" in pictures["learning"].alt
    assert "Month 4: " in pictures["months"].alt


def test_without_a_choice_there_is_no_picture():
    seen = _supply("hours")
    only = supply.frontier(Sourcing(seen.offers[:1], wanted=50))
    assert data_sources_charts.frontier(only, only[0], seen, LIGHT) is None
    assert data_sources_charts.months(supply.over_months((), None, 5, 3), 5, seen, LIGHT) is None


def test_a_curve_without_a_target_has_no_line_for_it():
    points = tuple(CurvePoint(n, 0.05 + 2 * n**-0.5) for n in (100, 200, 400, 800, 1600))
    with_target, without = (data_sources_charts.learning(fit(points), points, t, "", LIGHT) for t in (0.06, None))
    assert len(with_target.chart.layer) == len(without.chart.layer) + 1
