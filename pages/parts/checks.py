"""What the data step can compute from its own answers: totals and costs of one unit."""

from __future__ import annotations

import streamlit as st

from pages.parts import notices
from pages.parts.workshop import Step
from scoping import currency
from scoping.answers import number_words
from scoping.section import short
from scoping.sections import data_sources


def totals(step: Step) -> None:
    """Known cost and amount over all sources, each currency and unit by itself."""
    value: data_sources.DataSources = step.value
    if not value.sources:
        return
    unpriced = data_sources.unpriced(value)
    note = f"{unpriced} of {len(value.sources)} without a cost" if unpriced else "all sources priced"
    with st.container(horizontal=True):
        for code, minor in data_sources.total_cost(value).items():
            st.metric(f"Known cost ({note})", currency.words(minor, code))
        for unit, amount in data_sources.total_amount(value).items():
            st.metric("Known amount", f"{number_words(amount)} {unit}".strip())
        days = [s.days for s in value.sources if s.days is not None]
        if days:
            st.metric("Slowest source", f"{max(days)} days")
    unit_costs = [(s.title, currency.words(round(s.unit_cost), s.currency), s.unit) for s in value.sources if s.unit_cost]
    if unit_costs:
        words = (f"{short(title, 40)} {cost} ({unit or 'no unit'})" for title, cost, unit in unit_costs[:8])
        st.caption("Cost of one unit: " + " · ".join(map(notices.plain, words)))
