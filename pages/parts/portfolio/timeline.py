"""The milestones of all projects in a table and as bars, and the load of people over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import frame, notices, steps, times, workshop
from pages.parts.addresses import ALL_CALENDARS_URL
from scoping.milestones.status import RULES
from scoping.portfolio import charts, timeline
from scoping.portfolio.timeline import Entry
from scoping.words import count, isolated, percent
from storage.milestones import Which

PER_PAGE = 50
KEY = "timeline.tabs"
PAGE = "timeline.page"
_SHOWN = {
    Which.OPEN: "Open",
    Which.LATE: "Late",
    Which.AT_RISK: "At risk",
    Which.THIS_MONTH: "This month",
    Which.SETTLED: "Done or stopped",
    Which.ALL: "All",
}
_NOTHING = {
    Which.OPEN: "No milestone is open.",
    Which.LATE: "No milestone is late.",
    Which.AT_RISK: "No milestone is at risk.",
    Which.THIS_MONTH: "No milestone is due this month.",
    Which.SETTLED: "No milestone is done or stopped yet.",
    Which.ALL: "No project has a milestone yet. Plan the first one on its page “Milestones”.",
}


def page() -> None:
    """Milestones and people, each on a tab of its own."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title("Milestones of all projects", anchor=False, width="content")
        with st.popover("Calendar", icon=":material/event:", key="timeline.calendar", on_change="rerun") as place:
            if place.open:
                st.markdown("Subscribe to this address in a calendar: open milestones appear there, with a reminder a week before.")
                st.code(frame.address(ALL_CALENDARS_URL), language=None)
    today = times.today()
    plans, people = st.tabs(["Milestones", "People"], key=KEY, on_change="rerun")
    if plans.open:
        with plans:
            _milestones(today)
    if people.open:
        with people:
            _people(today)


def _milestones(today: date) -> None:
    store = workshop.store()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input(
            "Find a milestone",
            type="search",
            placeholder="Find by deliverable, owner or project",
            live=True,
            key="timeline.find",
            label_visibility="collapsed",
            width=300,
            on_change=_from_the_first,
        )
        owner = st.selectbox(
            "Owner",
            store.portfolio.milestone_owners(),
            index=None,
            key="timeline.owner",
            placeholder="Any owner",
            label_visibility="collapsed",
            width=190,
            on_change=_from_the_first,
        )
        which = st.segmented_control(
            "Show",
            list(_SHOWN),
            format_func=_SHOWN.__getitem__,
            default=Which.OPEN,
            required=True,
            key="timeline.which",
            label_visibility="collapsed",
            on_change=_from_the_first,
        )
    asked = Which(which or Which.OPEN)
    number = st.session_state.get(PAGE, 1)

    def on_page(number: int) -> tuple[int, tuple[Entry, ...]]:
        found = store.portfolio.milestones(
            today=today, which=asked, owner=owner, search=search or "", offset=(number - 1) * PER_PAGE, limit=PER_PAGE
        )
        return found.total, found.entries

    total, entries = on_page(number)
    pages = max(1, -(-total // PER_PAGE))
    if number > pages:
        st.session_state[PAGE] = number = pages
        total, entries = on_page(number)
    if not entries:
        narrowed = bool(search or owner)
        st.markdown("No milestone fits. Change the search or the owner." if narrowed else _NOTHING[asked])
        if asked is Which.ALL and not narrowed:
            frame.to_projects()
        return
    _table(entries, today)
    if pages > 1:
        st.pagination(pages, key=PAGE)
        st.caption(f"{(number - 1) * PER_PAGE + 1:,} to {(number - 1) * PER_PAGE + len(entries):,} of {total:,}, by due date.")
    parts_charts.show("timeline.bars", charts.timeline, entries, parts_charts.theme(), today)
    with st.expander("What the states mean", key="timeline.states", on_change="rerun") as place:
        if place.open:
            st.markdown("\n".join(f"- **{state.label}**: {notices.plain(rule)}." for state, rule in RULES.items()))
            st.caption(
                "A milestone stands here, in the choice above and on the page of its project in the same state. Of several targets "
                "the one that stands worst decides. What is open in a closed project is shown under “All” only."
            )


def _from_the_first() -> None:
    """Other milestones are asked for: those that are due first stand on the first page."""
    st.session_state[PAGE] = 1


def _table(entries: Sequence[Entry], today: date) -> None:
    rows = pd.DataFrame(
        {
            "State": [e.words for e in entries],
            "Due": [e.due for e in entries],
            "Days late": pd.array([e.late_by(today) for e in entries], dtype="Int64"),
            "Milestone": [e.title for e in entries],
            "Project": [e.project for e in entries],
            "Owner": [e.owner for e in entries],
            "Open": [f"milestones?{steps.PROJECT_PARAM}={e.project_id}" for e in entries],
            "Start": [e.start for e in entries],
        }
    )
    column = st.column_config
    st.dataframe(
        rows,
        hide_index=True,
        height="content" if len(entries) <= 15 else 560,
        placeholder="",
        column_config={
            "State": column.TextColumn(width=115),
            "Due": column.DateColumn(format="D MMM YYYY", width=105),
            "Days late": column.NumberColumn(width=80),
            "Milestone": column.TextColumn(width=285),
            "Project": column.TextColumn(width=180),
            "Owner": column.TextColumn(width=120),
            "Open": column.LinkColumn("Plan", display_text="Open", width=60),
            "Start": column.DateColumn(format="D MMM YYYY", width=105),
        },
        alt="Milestones of all projects with state, owner and dates",
    )


def _people(today: date) -> None:
    weeks = timeline.mondays(today)
    booked = workshop.store().portfolio.booked(today, weeks[-1] + timedelta(days=6))
    people = timeline.loads(booked.shares, weeks)
    if not people:
        st.markdown("Nobody is booked in the coming weeks. Say on the page “Milestones” of a project who works on what.")
    over = [one for one in people if one.is_overbooked]
    for one in over[:5]:
        projects = ", ".join(map(isolated, one.projects))
        words = f"{isolated(one.person)} is booked for up to {percent(max(one.weeks) / timeline.FULL)} of a week, by {projects}."
        st.markdown(f":orange[:material/warning:] {notices.plain(words)}")
    if len(over) > 5:
        st.markdown(f"{count(len(over) - 5, 'more person', 'more people')} booked for more than a whole week.")
    parts_charts.show("timeline.people", charts.load_picture, people, weeks, parts_charts.theme())
    if booked.uncounted:
        st.caption(f"Not counted: {count(booked.uncounted, 'assignment')} without a person, a share or dates.")
