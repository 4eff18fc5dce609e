"""What a new project begins with: the currency of whoever starts it, and the days on which nobody works."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from pages.parts import here
from scoping.charter import Charter
from scoping.currency import Currency, guess
from scoping.sections.milestones import Holiday

_CURRENCY = "currency"
_KEPT, _DAYS = "new_projects", "days_off"


def currency() -> Currency:
    """The currency in which somebody at this browser begins a project: chosen by them, else that of where the browser is at home."""
    chosen = here.store().people.wishes(here.device()).get(_CURRENCY) if here.device() else st.session_state.get(_CURRENCY)
    return Currency(chosen) if chosen in set(Currency) else guess(str(st.context.locale or ""))


def keep_currency(chosen: Currency) -> None:
    """Remember a choice for this browser; for this visit only where it keeps no cookies."""
    if here.device():
        here.store().people.keep_wish(here.device(), _CURRENCY, chosen.value)
    else:
        st.session_state[_CURRENCY] = chosen.value


def days_off() -> tuple[Holiday, ...]:
    """The days off that everybody's new projects begin with, in order."""
    kept = here.store().portfolio.setting(_KEPT).get(_DAYS, {})
    told = (Holiday.model_validate({"id": record, **one}) for record, one in kept.items())
    return tuple(sorted(told, key=lambda one: one.day or date.max))


def keep_days_off(days: Mapping[str, Mapping[str, str] | None]) -> None:
    """Add days by id, each with its day and name; None takes one away."""
    here.store().portfolio.keep_setting(_KEPT, {_DAYS: dict(days)})


def begun(charter: Charter) -> Charter:
    """A new charter with the days off of this workbench."""
    return charter.with_part("milestones", charter.milestones.model_copy(update={"holidays": days_off()}))
