"""Money is whole minor units, and each currency has its own."""

from decimal import Decimal

import pytest

from scoping import currency
from scoping.currency import Currency


@pytest.mark.parametrize(("code", "digits"), [("USD", 2), ("JPY", 0), ("KRW", 0), ("KWD", 3)])
def test_a_currency_has_its_decimals(code, digits):
    assert currency.digits(code) == digits


@pytest.mark.parametrize("code", Currency)
def test_an_amount_survives_minor_units_in_every_currency(code):
    for minor in (0, 1, -1, 123_456_789, 10**15):
        assert currency.to_minor(currency.to_major(minor, code), code) == minor


def test_half_a_cent_goes_to_the_even_side():
    assert currency.to_minor(Decimal("0.125"), "USD") == 12
    assert currency.to_minor(Decimal("0.135"), "USD") == 14


@pytest.mark.parametrize(
    ("minor", "code", "words"),
    [
        (1_000_000, "USD", "$10,000"),
        (125_050, "EUR", "€1,250.50"),
        (-500, "USD", "-$5"),
        (1234, "JPY", "¥1,234"),
        (1234, "KWD", "KWD 1.234"),
        (100_000, "CHF", "CHF 1,000"),
        (50_000, "ZAR", "R500"),
        (100, "SEK", "kr 1"),
        (0, "USD", "$0"),
    ],
)
def test_an_amount_is_written_as_people_write_it(minor, code, words):
    assert currency.words(minor, code) == words


def test_the_marks_of_a_currency_are_its_code_and_its_signs():
    assert currency.marks("CAD") == ("CA$", "CAD", "$")
    assert currency.marks("JPY") == ("JPY", "¥")


def test_an_unheard_of_currency_is_refused():
    with pytest.raises(ValueError, match="XYZ"):
        currency.words(1, "XYZ")
