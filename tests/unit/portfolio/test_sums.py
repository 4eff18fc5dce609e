"""What projects may be worth together: ranges are combined as chances, held against a simulation, and told in sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from scoping import samples
from scoping.portfolio.figures import figures
from scoping.portfolio.sums import Sum, in_one, told
from scoping.value.valuation import simulated, valuation


def one(
    low: float | None, worth: float | None, high: float | None, currency: str = "EUR", asked: float | None = 100.0, **more: Any
) -> Sum:
    """One project; unless told otherwise, with the variance of a normal distribution."""
    known = low is not None and worth is not None and high is not None
    made = Sum(
        currency=currency,
        projects=1,
        priced=int(asked is not None),
        asked=asked,
        valued=int(known),
        mean=worth,
        variance=((high - low) / 2 / 1.2816) ** 2 if known else None,
        third=0.0 if known else None,
        guessed=0.0 if known else None,
        lowest=low,
        highest=high,
        fewest=3,
        most=3,
    )
    return replace(made, **more)


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
    drawn = [rng.lognormal(mean=3 + 0.1 * n, sigma=0.5, size=100_000) - 10 for n in range(number)]
    sums = []
    for d in drawn:
        off = d - d.mean()
        sums.append(one(np.quantile(d, 0.1), d.mean(), np.quantile(d, 0.9), variance=(off**2).mean(), third=(off**3).mean()))
    low, high = together(*sums).range
    wanted = np.quantile(sum(drawn), (0.1, 0.9))
    width = wanted[1] - wanted[0]
    assert abs(low - wanted[0]) < 0.06 * width
    assert abs(high - wanted[1]) < 0.06 * width


def test_the_samples_add_up_as_their_draws_do() -> None:
    of_each = [figures(s.charter) for s in samples.samples()]
    sums = [one(f.low, f.worth, f.high, variance=f.variance, third=f.third) for f in of_each]
    low, high = together(*sums).range
    assert sum(f.low for f in of_each) < low < sum(f.worth for f in of_each) < high < sum(f.high for f in of_each)
    for f in of_each:
        # Its own moments give its own range back, as nearly as a formula of three figures can.
        alone = replace(one(f.low, f.worth, f.high, variance=f.variance, third=f.third), valued=2).range
        assert alone == pytest.approx((f.low, f.high), abs=0.05 * (f.high - f.low))


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
    said = " ".join(told([euros, dollars, yen]))
    assert said.startswith("**Three live projects** in three currencies. The one in EUR asks for **€100** and may be worth")
    assert "**€1 to 3 million** over three years" in said
    assert "$" not in said
    assert said.endswith("The other two join the sum once rates to EUR are given, under Compare.")


def test_a_currency_of_which_nothing_is_known_is_not_the_one_that_is_told() -> None:
    nothing, known = one(None, None, None, asked=None).plus(one(None, None, None, asked=None)), one(1e6, 2e6, 3e6, "USD", 5e5)
    (said, *_, last) = told([nothing, known])
    assert said.startswith("**Three live projects** in two currencies. The one in USD asks for **$500,000**")
    assert last == "The other two join the sum once a rate to USD is given, under Compare."


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
    total = one(1, 2, 3).plus(one(1, 2, 3, fewest=5, most=5))
    assert "over three to five years" in told([total])[0]


def test_a_card_and_the_value_page_show_the_same_range() -> None:

    charter = samples.samples()[0].as_of(date(2027, 1, 1))
    shown, seen = figures(charter), simulated(valuation(charter).of_chosen)
    assert (shown.low, shown.worth, shown.high, shown.loss) == (seen.npv.p10, seen.npv.centre, seen.npv.p90, seen.loss)
