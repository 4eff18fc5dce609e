"""What new projects begin with: the days on which nobody works; and samples to look at."""

from __future__ import annotations

from datetime import date

import streamlit as st

from pages.parts import here, markup, times
from pages.parts.portfolio import projects
from pages.parts.settings import defaults
from scoping.sections.milestones import Holiday
from scoping.words import day_words

_AT_MOST = 200


def show() -> None:
    """The days off, for everybody who uses this workbench, and the samples."""
    days = defaults.days_off()
    st.header("Days off", anchor=False)
    markup.show(markup.note("Public holidays and company days. Every new project begins with them; it can change its own in Run."))
    if days:
        markup.show(markup.table(("Day", "What for"), [(day_words(one.day) if one.day else "", one.name) for one in days]))
    else:
        markup.show(markup.empty("No day is noted yet. Add the next public holiday."))
    with st.form("settings.day", clear_on_submit=True, border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        when = st.date_input("Day", value=None, format="YYYY-MM-DD", min_value=times.today(), key="settings.day.when", width=180)
        name = st.text_input("What for", max_chars=300, placeholder="New Year", key="settings.day.name", width=260)
        if st.form_submit_button("Add a day off"):
            _add(days, when, name)
    if days:
        gone = st.multiselect("Remove", [one.id for one in days], format_func={d.id: d.title for d in days}.__getitem__, width=440)
        if gone and st.button("Remove them"):
            defaults.keep_days_off(dict.fromkeys(gone))
            st.rerun()
    st.header("Samples", anchor=False)
    markup.show(markup.note("Finished projects to look at. Each opens as a copy of your own."))
    projects.samples()


def _add(days: tuple[Holiday, ...], when: date | None, name: str) -> None:
    if when is None:
        st.error("Choose the day first.")
    elif any(one.day == when for one in days):
        st.error(f"{day_words(when)} is noted already.")
    elif len(days) >= _AT_MOST:
        st.error(f"More than {_AT_MOST} days off are not kept. Remove past ones first.")
    else:
        defaults.keep_days_off({here.new_id(): {"day": when.isoformat(), "name": name.strip()}})
        st.rerun()
