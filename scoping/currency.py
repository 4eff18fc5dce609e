"""Currencies and their minor units (ISO 4217)."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

from scoping.section import Choice


class Currency(Choice):
    """The currencies on offer; the label is the sign people write."""

    USD = "USD", "$ US dollar"
    EUR = "EUR", "€ Euro"
    GBP = "GBP", "£ Pound sterling"
    CHF = "CHF", "CHF Swiss franc"
    CAD = "CAD", "CA$ Canadian dollar"
    AUD = "AUD", "A$ Australian dollar"
    NZD = "NZD", "NZ$ New Zealand dollar"
    SEK = "SEK", "kr Swedish krona"
    NOK = "NOK", "kr Norwegian krone"
    DKK = "DKK", "kr Danish krone"
    PLN = "PLN", "zł Polish złoty"
    CZK = "CZK", "Kč Czech koruna"
    TRY = "TRY", "₺ Turkish lira"
    ILS = "ILS", "₪ Israeli shekel"
    AED = "AED", "AED UAE dirham"
    SAR = "SAR", "SAR Saudi riyal"
    KWD = "KWD", "KWD Kuwaiti dinar"
    IRR = "IRR", "IRR Iranian rial"
    INR = "INR", "₹ Indian rupee"
    CNY = "CNY", "CN¥ Chinese yuan"
    JPY = "JPY", "¥ Japanese yen"
    KRW = "KRW", "₩ South Korean won"
    SGD = "SGD", "S$ Singapore dollar"
    HKD = "HKD", "HK$ Hong Kong dollar"
    BRL = "BRL", "R$ Brazilian real"
    MXN = "MXN", "MX$ Mexican peso"
    ZAR = "ZAR", "R South African rand"
    NGN = "NGN", "₦ Nigerian naira"


_DIGITS = {Currency.JPY: 0, Currency.KRW: 0, Currency.KWD: 3}


_EURO = "AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK"
_AT_HOME = {
    **dict.fromkeys(_EURO.split(), Currency.EUR),
    "US": Currency.USD,
    "GB": Currency.GBP,
    "CH": Currency.CHF,
    "LI": Currency.CHF,
    "CA": Currency.CAD,
    "AU": Currency.AUD,
    "NZ": Currency.NZD,
    "SE": Currency.SEK,
    "NO": Currency.NOK,
    "DK": Currency.DKK,
    "PL": Currency.PLN,
    "CZ": Currency.CZK,
    "TR": Currency.TRY,
    "IL": Currency.ILS,
    "AE": Currency.AED,
    "SA": Currency.SAR,
    "KW": Currency.KWD,
    "IR": Currency.IRR,
    "IN": Currency.INR,
    "CN": Currency.CNY,
    "JP": Currency.JPY,
    "KR": Currency.KRW,
    "SG": Currency.SGD,
    "HK": Currency.HKD,
    "BR": Currency.BRL,
    "MX": Currency.MXN,
    "ZA": Currency.ZAR,
    "NG": Currency.NGN,
}
_OF_LANGUAGE = {
    "cs": "CZ",
    "da": "DK",
    "de": "DE",
    "el": "GR",
    "es": "ES",
    "fa": "IR",
    "fi": "FI",
    "fr": "FR",
    "he": "IL",
    "hi": "IN",
    "it": "IT",
    "ja": "JP",
    "ko": "KR",
    "nb": "NO",
    "nl": "NL",
    "pl": "PL",
    "pt": "PT",
    "sv": "SE",
    "tr": "TR",
    "zh": "CN",
}


def guess(locale: str) -> Currency:
    """The currency of the country that a locale such as "de-AT" names; where it names none, of a country of the language."""
    language, *rest = locale.replace("_", "-").split("-")
    country = next((part.upper() for part in rest if len(part) == 2), _OF_LANGUAGE.get(language.lower(), ""))
    return _AT_HOME.get(country, Currency.USD)


def digits(currency: str) -> int:
    """How many decimals the minor unit stands for: 2 for cents, 0 for yen, 3 for fils."""
    return _DIGITS.get(Currency(currency), 2)


def to_minor(amount: Decimal, currency: str) -> int:
    """Whole minor units; a fraction of one is rounded half to even."""
    return int(amount.scaleb(digits(currency)).to_integral_value(ROUND_HALF_EVEN))


def to_major(minor: int, currency: str) -> Decimal:
    """The amount people write, exactly."""
    return Decimal(minor).scaleb(-digits(currency))


def sign(currency: str) -> str:
    """The short sign of a currency, such as "$"."""
    return Currency(currency).label.split(" ", 1)[0]


def marks(currency: str) -> tuple[str, ...]:
    """What people write before or behind an amount of this currency: "CA$", "$", "CAD"; longest first."""
    short = sign(currency)
    bare = short.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return tuple(sorted({short, bare, Currency(currency).value} - {""}, key=lambda m: (-len(m), m)))


_CALLED = {
    Currency.USD: "us$|usd$|$us|us dollars|american dollar|american dollars",
    Currency.EUR: "euros|eur €",
    Currency.GBP: "pound|pounds|sterling|pounds sterling|british pound|british pounds",
    Currency.CHF: "sfr|fr.|swiss francs",
    Currency.JPY: "yen",
    Currency.CNY: "rmb|yuan|renminbi|cny ¥",
    Currency.INR: "indian rupees|rs.",
    Currency.KRW: "won",
    Currency.BRL: "reais",
    Currency.PLN: "zloty|złoty|zlotys|zlotych|złotych",
    Currency.ILS: "shekel|shekels|nis",
    Currency.TRY: "turkish liras|tl",
    Currency.NGN: "naira",
    Currency.ZAR: "rand",
}
"""What people write beside the code and the sign. "Dollar", "krone" and "peso" alone may mean several, so they mean none."""


@cache
def _by_name() -> dict[str, Currency]:
    by_name = {name: code for code, names in _CALLED.items() for name in names.split("|")}
    for code in Currency:
        short, _, name = code.label.partition(" ")
        by_name |= {code.value.casefold(): code, code.label.casefold(): code, name.casefold(): code}
        if [sign(other) for other in Currency].count(short) == 1:
            by_name[short.casefold()] = code
    return by_name


def named(said: str) -> Currency | None:
    """The one currency that a code, a sign or a name stands for; None where it is none of ours or may be several."""
    return _by_name().get(" ".join(said.split()).casefold())


def words(minor: int, currency: str) -> str:
    """An amount as people write it: "$10,000", "€1,250.50". Decimals are shown only where there are any."""
    major = to_major(minor, currency)
    places = digits(currency) if major != major.to_integral_value() else 0
    return f"{'-' if major < 0 else ''}{_mark(currency)}{abs(major):,.{places}f}"


def _mark(currency: str) -> str:
    """The sign as it stands before an amount: "$", "CHF "."""
    mark = sign(currency)
    return f"{mark} " if mark[-1].isalpha() and len(mark) > 1 else mark


_LARGE = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))


def about(amount: float, currency: str) -> str:
    """A figure that is not known to the cent, in major units, to three digits: "about" in a sentence goes before it."""
    for size, word in _LARGE:
        if abs(amount) >= 0.9995 * size:
            return f"{'-' if amount < 0 else ''}{sign(currency)}{abs(amount) / size:.3g}{word}"
    step = 10 ** max(0, math.floor(math.log10(abs(amount))) - 2) if abs(amount) >= 1 else 1
    whole = round(amount / step) * step
    return words(to_minor(Decimal(whole), currency), currency)


def rough(low: float, high: float, currency: str) -> str:
    """A range that rests on guesses, in major units, to two digits of its larger end: "€0.3 to 1.2 million"."""
    largest = max(abs(low), abs(high))
    step = Decimal(10) ** (math.floor(math.log10(largest)) - 1 if largest >= 1 else 0)
    first, last = ((Decimal(end) / step).to_integral_value(ROUND_HALF_EVEN) * step for end in (low, high))
    size, word = next(((size, word) for size, word in _LARGE if max(abs(first), abs(last)) >= size), (1.0, ""))
    ends = [f"{abs(end) / Decimal(size):,.15g}" for end in (first, last)]
    before, after = (f"{'-' if end < 0 else ''}{_mark(currency)}" for end in (first, last))
    if first == last:
        return f"{after}{ends[1]}{word}"
    if first < 0:
        return f"{before}{ends[0]}{word} to {after}{ends[1]}{word}"
    return f"{before}{ends[0]} to {ends[1]}{word}"
