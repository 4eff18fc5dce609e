"""What is kept for comparing projects, for everybody: a currency, what others are worth in it, limits, weights."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.parts import here, markup, notices
from scoping import answers
from scoping.currency import Currency
from scoping.errors import AnswerError
from scoping.section import question
from scoping.sections.value import Rate
from scoping.words import isolated, number_words, short
from storage.portfolio import Card

SETTING = "compare"
DEAREST = 1_000_000
"""So much of one currency buys a unit of another at most; a larger rate is a slip."""
_CURRENCY, _WRONG = "compare.currency", "compare.wrong_rate"


@dataclass(frozen=True)
class Kept:
    """What is kept.

    Attributes:
        currency: in which is compared.
        rates: what one unit of another currency is worth in it.
    """

    settings: Mapping[str, Any]
    currency: str
    rates: Mapping[str, float]

    @property
    def scale(self) -> Hashable:
        """What decides which amounts can be compared, to keep by it what was made of them."""
        return self.currency, *sorted(self.rates.items())

    @classmethod
    def now(cls, used: Sequence[str]) -> Kept:
        """What is kept by now.

        Args:
            used: currencies of the projects, the one of most first.
        """
        settings = here.store().portfolio.setting(SETTING)
        currency = settings.get("currency") or next(iter(used), Currency.USD.value)
        return cls(settings, currency, settings.get("rates", {}).get(currency, {}))


def keep(**changes: Any) -> None:
    """Keep something for everybody."""
    here.store().portfolio.keep_setting(SETTING, changes)


def begun(key: str, value: Any) -> str:
    """The key of a field that begins as it is kept. With what is kept as its default it could never be emptied."""
    st.session_state.setdefault(key, value)
    return key


def ask(cards: Sequence[Card], kept: Kept) -> None:
    """Ask in which currency is compared and for the rates it takes, where projects have several; known ones are offered."""
    used = sorted({c.figures.currency for c in cards} | {kept.currency})
    if len(used) == 1:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Compare in",
            used,
            index=used.index(kept.currency),
            format_func=lambda code: f"{code} · {Currency(code).label}",
            key=_CURRENCY,
            on_change=_currency_chosen,
            width=220,
        )
        for code in used:
            if code != kept.currency:
                known = kept.rates.get(code)
                key = begun(f"compare.rate.{code}.{kept.currency}", number_words(known) if known else "")
                label = f"1 {code} in {kept.currency}"
                args = (kept.currency, code, key)
                st.text_input(label, key=key, on_change=_rate_given, args=args, width=150, placeholder="not known")
    if wrong := st.session_state.get(_WRONG):
        st.error(notices.plain(wrong), icon=":material/error:")
    _offer(kept, used)


def _offer(kept: Kept, used: Sequence[str]) -> None:
    """The rates that projects count with already, for those that are not known here."""
    offered: dict[str, tuple[float, str]] = {}
    for known in here.store().portfolio.known_rates():
        for code, into, rate in ((known.foreign, known.currency, known.rate), (known.currency, known.foreign, 1 / known.rate)):
            if into == kept.currency and code in used and code not in kept.rates:
                offered.setdefault(code, (float(f"{rate:.6g}"), known.project))
    for code, (rate, project) in offered.items():
        said = f"1 {code} is {number_words(rate)} {kept.currency} in “{short(project, 60)}”."
        with st.container(horizontal=True, vertical_alignment="center"):
            markup.show(markup.note(isolated(said)))
            key = f"compare.take.{code}.{kept.currency}"
            st.button("Take it", key=key, type="tertiary", on_click=_take, args=(kept.currency, code, rate))


def _take(currency: str, code: str, rate: float) -> None:
    keep(rates={currency: {code: rate}})
    st.session_state[f"compare.rate.{code}.{currency}"] = number_words(rate)


def _currency_chosen() -> None:
    keep(currency=st.session_state[_CURRENCY])


def _rate(typed: str) -> float | None:
    """An exchange rate as it is typed; None while it is not known. Raises AnswerError for what is none."""
    rate: float | None = answers.read(question(Rate, "rate"), typed)
    if rate is not None and not 0 < rate <= DEAREST:
        raise AnswerError(f"{rate:g} is no exchange rate.", f"Type a number above 0 and up to {DEAREST:,}.")
    return rate


def _rate_given(currency: str, code: str, key: str) -> None:
    """Keep a rate as it is typed; one that cannot be true is told and changes nothing."""
    try:
        rate = _rate(st.session_state[key])
    except AnswerError as error:
        st.session_state[_WRONG] = f"1 {code} in {currency}: {error}"
        return
    st.session_state.pop(_WRONG, None)
    keep(rates={currency: {code: rate}})
