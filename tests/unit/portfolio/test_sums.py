"""What projects may be worth together: ranges are combined as chances, held against a simulation, and told in sentences."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from scoping import samples
from scoping.portfolio.figures import figures
from scoping.portfolio.sums import Sum, in_one, moments, told
from scoping.value.valuation import simulated, valuation


def one(
    low: float | None,
    worth: float | None,
    high: float | None,
    currency: str = "EUR",
    asked: float | None = 100.0,
    guessed: float = 0.0,
) -> Sum:
    known = worth is not None
    return Sum(
        currency,
        1,
        int(asked is not None),
        asked,
        int(known),
        *moments(low, worth, high),
        guessed if known else None,
        low,
        high,
        3,
        3,
    )


def together(*sums: Sum) -> Sum:
    first, *rest = sums
    for other in rest:
        first = first.plus(other)
    return first


def test_the_range_of_one_project_is_its_own() -> None:
    assert one(10, 40, 90).range == (10, 90)


def test_ranges_do_not_add_up_end_to_end() -> None:
    low, high = together(*(one(0, 50, 100) for _ in range(4))).range
    assert 0 < low < 200 < high < 400
    assert high - low == pytest.approx(2 * 100, rel=0.03)  # the root of four, not four times


@pytest.mark.parametrize("number", [2, 3, 6, 20])
def test_it_agrees_with_a_simulation_of_lopsided_projects(number: int) -> None:
    rng = np.random.default_rng(1)
    drawn = [rng.lognormal(mean=3 + 0.1 * n, sigma=0.6, size=100_000) - 10 for n in range(number)]
    sums = [one(*(np.quantile(d, 0.1), d.mean(), np.quantile(d, 0.9))) for d in drawn]
    low, high = together(*sums).range
    wanted = np.quantile(sum(drawn), (0.1, 0.9))
    width = wanted[1] - wanted[0]
    assert abs(low - wanted[0]) < 0.08 * width
    assert abs(high - wanted[1]) < 0.08 * width


def test_it_agrees_with_a_simulation_of_the_samples() -> None:
    of_each = [figures(s.charter) for s in samples.samples()]
    spreads = [(f.low, f.worth, f.high) for f in of_each]
    low, high = together(*(one(*spread) for spread in spreads)).range
    rng = np.random.default_rng(2)
    # Split normal draws through the three points, which is how the ranges of the samples look.
    total = sum(
        w + np.where(z < 0, (w - lo) / 1.2816, (hi - w) / 1.2816) * z
        for (lo, w, hi), z in zip(spreads, rng.standard_normal((5, 200_000)), strict=True)
    )
    assert (low, high) == pytest.approx(tuple(np.quantile(total, (0.1, 0.9))), rel=0.06)


def test_unknown_projects_add_nothing_and_are_told() -> None:
    total = together(one(10, 20, 30), one(None, None, None, asked=None))
    assert (total.projects, total.valued, total.priced, total.range) == (2, 1, 1, (10, 30))
    assert told([total])[-1] == "One does not say yet what it may be worth."
    nothing = one(None, None, None, asked=None)
    assert nothing.range is None
    assert told([nothing]) == ("**One live project**, and nothing is known of cost and worth yet.",)
    assert told([]) == ()


def test_currencies_stay_apart_unless_a_rate_is_known() -> None:
    euros, dollars, yen = one(1e6, 2e6, 3e6), one(1e6, 2e6, 3e6, "USD", 5e5), one(1e8, 2e8, 3e8, "JPY", None)
    assert len(in_one([euros, dollars, yen], "EUR", {})) == 3
    first, second = in_one([euros, dollars, yen], "EUR", {"USD": 0.5})
    assert (first.currency, first.projects, first.asked, second.currency) == ("EUR", 2, 250_100.0, "JPY")
    converted = dollars.converted("EUR", 0.5)
    assert converted.range == (5e5, 1.5e6)
    assert converted.variance == pytest.approx(dollars.variance / 4)
    (said, *_) = told([euros, dollars])
    assert "**€100** and **$500,000**" in said
    assert "**€1 to 3 million** and **$1 to 3 million** over three years" in said


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "Hardly any of that rests"),
        (0.2, "A fifth"),
        (0.5, "Half"),
        (0.66, "Two thirds"),
        (1, "All of that still rests on guesses."),
    ],
)
def test_the_share_of_guesses_is_told_as_a_sponsor_says_it(share: float, words: str) -> None:
    assert told([one(1, 2, 3, guessed=share)])[1].startswith(words)


def test_different_years_are_told() -> None:
    total = one(1, 2, 3).plus(Sum("EUR", 1, 0, None, 1, *moments(1, 2, 3), 0.0, 1, 3, 5, 5))
    assert "over three to five years" in told([total])[0]


def test_a_card_and_the_value_page_show_the_same_range() -> None:

    charter = samples.samples()[0].as_of(date(2027, 1, 1))
    shown, seen = figures(charter), simulated(valuation(charter).of_chosen)
    assert (shown.low, shown.worth, shown.high, shown.loss) == (seen.npv.p10, seen.npv.centre, seen.npv.p90, seen.loss)
