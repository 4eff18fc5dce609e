"""What a step can compute from its own answers: needed checks, slice gains, totals."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.parts import notices
from pages.parts.workshop import Step
from scoping import checks as rules
from scoping import currency
from scoping.answers import number_words
from scoping.section import short
from scoping.sections import data_sources, feasibility, solutions
from scoping.sections.feasibility import checks_for


def needed(step: Step) -> None:
    """The checks that fit the chosen idea's cell of the 2x2, and which of them have evidence."""
    ideas = step.project.charter.part("solutions")
    one = solutions.chosen(ideas)
    if one is None:
        st.info(
            "Choose one idea in Solutions; its kind of data and its novelty decide which checks it needs.",
            icon=":material/lightbulb:",
        )
        return
    missing = rules.missing_checks(ideas, step.value)
    with st.container(border=True):
        st.markdown(f"Checks that fit **{notices.plain(one.title)}**")
        with st.container(horizontal=True):
            for check in checks_for(one.data, one.novelty):
                open_ = check in missing
                colour, icon = ("orange", "radio_button_unchecked") if open_ else ("green", "check_circle")
                st.badge(check.label, icon=f":material/{icon}:", color=colour)
        if one.data is None or one.novelty is None:
            st.caption("The idea does not say yet whether its data is structured and whether it is new, so every check may apply.")
        else:
            st.caption("Orange checks have no evidence yet.")


def slice_table(step: Step) -> None:
    """Gap to people, and gap times share: where improvement pays most."""
    rows: list[feasibility.Slice] = list(step.rows("slices"))
    if not rows:
        return
    ranked = sorted(rows, key=lambda s: (s.gain is None, -(s.gain or 0)))
    frame = pd.DataFrame(
        {
            "Slice": [s.title for s in ranked],
            "Gap to people": [s.gap for s in ranked],
            "Share of the cases": [s.share for s in ranked],
            "Gap × share": [s.gain for s in ranked],
        }
    ).astype({"Gap to people": "Float64", "Share of the cases": "Float64", "Gap × share": "Float64"})
    config = {
        "Gap to people": st.column_config.NumberColumn(format="%.4g pt", help="People minus model, in percentage points."),
        "Share of the cases": st.column_config.NumberColumn(format="%.4g %%"),
        "Gap × share": st.column_config.NumberColumn(format="%.3g pt", help="Points on all cases if the gap were closed."),
    }
    st.dataframe(frame, hide_index=True, column_config=config, placeholder="not known", alt="Slices by gap times share")
    total = feasibility.share_total(step.value)
    if total is not None and step.value.slices_are is not feasibility.Slices.OVERLAPPING:
        st.caption(f"Shares add to {number_words(total)} %.")


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
