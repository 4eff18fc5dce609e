"""Editing a step: its own questions, its lists, and the frame around them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import streamlit as st

from pages.parts import arrival, frame, live, notices, steps, to_sign, workshop
from scoping.charter import PARTS
from scoping.section import Given, Section

FINDINGS_AT_MOST = 8
"""Nobody reads more at a time; the rest is counted."""


@contextlib.contextmanager
def step(section: Section) -> Iterator[workshop.Step]:
    """The frame of a step: question and state above, findings and examples beside, the way on below."""
    project = workshop.shown()
    if project is None:
        no_project(section)
        st.stop()
    current = workshop.Step(section, project)
    arrival.take(current)
    st.caption(notices.plain(project.charter.name))
    st.title(section.question, anchor=False)
    st.caption(section.why)
    if project.is_archived:
        st.info("This project is archived. Restore it in Projects to change it.", icon=":material/archive:")
    with st.container(key="step"):
        main, side = st.columns([3.4, 1], gap="medium")
    with main:
        yield current
        way_on(section)
    with side:
        _beside(current)


def tabs(current: workshop.Step) -> str:
    """The tab of the page that the address names, after links to all of them: only what is looked at is worked out."""
    own = steps.TABS[current.section.slug]
    asked = st.query_params.get(steps.TAB_PARAM, "")
    labels = [(slug, tab.label) for slug, tab in own.items()]
    live.view("tabs", current.key("tabs"), current.project.project_id, tabs=labels)
    return asked if asked in own else next(iter(own))


def no_project(section: Section) -> None:
    """The empty state of a page that needs an open project."""
    st.title(section.question, anchor=False)
    if workshop.project_id():
        st.markdown(
            "The project in this address does not exist here. It may belong to another workbench, or the link was cut short."
        )
    else:
        st.markdown("No project is open. Start one, or look at a finished one first.")
    st.page_link(frame.page_of("portfolio"), label="Go to projects", icon=":material/grid_view:")


def given_words(value: Given) -> str:
    """The answers of a part in words: "14 answered, 2 not known yet". They have no end, for each entry asks new questions."""
    words = f"{value.answered} answered"
    return f"{words}, {value.unknown} not known yet" if value.unknown else words


def _beside(current: workshop.Step) -> None:
    slug = current.section.slug
    with st.container(border=True):
        to_sign.of_step(current.project, slug)
        st.caption(given_words(current.overview.given[slug]))
        found = current.overview.of(slug)
        if found:
            st.markdown(f"Advice ({len(found)})")
            notices.findings(found[:FINDINGS_AT_MOST])
            if len(found) > FINDINGS_AT_MOST:
                st.caption(f"and {len(found) - FINDINGS_AT_MOST} more")
    with st.container(border=True):
        good, poor = map(notices.plain, (current.section.good, current.section.poor))
        st.markdown(f"**What good looks like**\n\n:green[:material/thumb_up:] {good}\n\n:red[:material/thumb_down:] {poor}")


def way_on(section: Section) -> None:
    """Links to the step before and the step after."""
    at = PARTS.index(section)
    before = PARTS[at - 1] if at else None
    after = PARTS[at + 1] if at + 1 < len(PARTS) else None
    here = workshop.here()
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        if before:
            back = frame.page_of(before.slug)
            st.page_link(back, label=f"Back: {before.title}", icon=":material/arrow_back:", query_params=here)
        on = frame.page_of(after.slug if after else "charter")
        label = f"Next: {after.title if after else 'Charter'}"
        st.page_link(on, label=label, icon=":material/arrow_forward:", icon_position="right", query_params=here)


def questions(current: workshop.Step, topic: str = "", more_label: str = "More questions") -> None:
    """The part's own questions on a topic; those that stand first, unless one is named."""
    sheet(current, topic=topic, more_label=more_label)


def sheet(
    current: workshop.Step, list_name: str = "", record: str = "", *, topic: str | None = None, more_label: str = "More questions"
) -> None:
    """A sheet of questions that saves itself: the part's own, or those of one record.

    Args:
        topic: only the questions of this topic; None for all.
    """
    live.view(
        "sheet",
        current.key("answers", list_name, record, *([topic] if topic else [])),
        current.project.project_id,
        part=current.section.slug,
        list=list_name,
        record=record,
        topic=topic,
        more=more_label,
    )


def everything(current: workshop.Step, first: str = "") -> None:
    """The part's own questions and its lists, one list before the questions where that is how people begin."""
    if first:
        records(current, first)
    sheet(current)
    for name, spec in current.section.lists.items():
        if name != first and not spec.machine:
            records(current, name)


def heading(current: workshop.Step, name: str) -> None:
    """The heading of a list."""
    st.header(current.spec(name).title, anchor=False, divider="gray")
    arrival.mark(current, name)


def records(current: workshop.Step, name: str) -> None:
    """A list, as cards or as a table with the fields of one row below."""
    live.view("list", current.key("list", name), current.project.project_id, part=current.section.slug, list=name)
