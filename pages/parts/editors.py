"""Editing a step: its own questions, its lists as cards or as a table, and the frame around them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import streamlit as st

from pages.parts import arrival, frame, grid, live, notices, to_sign, workshop
from scoping import editing
from scoping.charter import PARTS, Charter
from scoping.merge import added, removed
from scoping.review import answered_words
from scoping.section import Record, Section
from scoping.words import count

CARDS_AT_MOST = 8
"""More records than this are shown one at a time: nobody reads twenty open forms."""
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
    live.ear(project.project_id, section.slug, project.stamp.number)
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


def tabs(current: workshop.Step, holds: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The name of the tab that is open, inside of it: only what is looked at is worked out.

    Args:
        holds: for each tab the lists and the topics of questions that stand in it; "" for the questions without a topic.
    """
    key = current.key("tabs")
    arrival.turn_to(current, key, holds)
    for name, tab in zip(holds, st.tabs(list(holds), key=key, on_change="rerun"), strict=True):
        if tab.open:
            with tab:
                yield name


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


def _beside(current: workshop.Step) -> None:
    slug = current.section.slug
    with st.container(border=True):
        to_sign.of_step(current.project, slug)
        st.caption(answered_words(current.charter, slug))
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
    live.answers(current, topic=topic, more_label=more_label)


def everything(current: workshop.Step, first: str = "") -> None:
    """The part's own questions and its lists, one list before the questions where that is how people begin."""
    if first:
        records(current, first)
    live.answers(current)
    for name, spec in current.section.lists.items():
        if name != first and not spec.machine:
            records(current, name)


def heading(current: workshop.Step, name: str) -> None:
    """The heading of a list."""
    st.header(current.spec(name).title, anchor=False, divider="gray")
    arrival.mark(current, name)


def records(current: workshop.Step, name: str) -> None:
    """A list, as cards or as a table with the fields of one row below."""
    spec = current.spec(name)
    rows = current.rows(name)
    heading(current, name)
    if spec.layout == "cards":
        _cards(current, name, rows)
        return
    wanted = arrival.opened(current, name)
    grid.show(current, name)
    memory = st.session_state[f"{current.key(name)}.memory"]
    memory["open"] = wanted or memory["open"]
    if memory["open"] and any(r.id == memory["open"] for r in rows):
        place, row = next((i, r) for i, r in enumerate(rows, 1) if r.id == memory["open"])
        _card(current, name, row, f"All fields of row {place}", closable=True)
    _undo(current, name)


def _cards(current: workshop.Step, name: str, rows: tuple[Record, ...]) -> None:
    spec = current.spec(name)
    if not rows:
        st.markdown(spec.begin)
    shown = rows
    if len(rows) > CARDS_AT_MOST:
        titles = {r.id: r.title for r in rows}
        newest = arrival.opened(current, name) or st.session_state.pop(current.key(name, "new"), None)
        if newest in titles:
            st.session_state[current.key(name, "pick")] = newest
        picked = st.selectbox(
            f"{count(len(rows), 'entry', 'entries')}: choose one",
            list(titles),
            format_func=lambda i: titles.get(i, ""),
            key=current.key(name, "pick"),
        )
        shown = tuple(r for r in rows if r.id == picked)
    places = {row.id: place for place, row in enumerate(rows, 1)}
    gone = st.session_state.get(f"{current.key(name)}.removed", {}).get("place", 0)
    for row in shown:
        if places[row.id] == gone:
            # Where the removed card stood the next one stands now, and there people look.
            _undo(current, name)
        _card(current, name, row, f"{spec.singular.capitalize()} {places[row.id]}")
    with st.container(horizontal=True):
        st.button(
            f"Add {_article(spec.singular)} {spec.singular}",
            icon=":material/add:",
            key=current.key(name, "add"),
            on_click=_add,
            args=(current.project.project_id, current.section, name, current.key(name, "new")),
        )
        if gone not in {places[row.id] for row in shown}:
            _undo(current, name)


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def _card(current: workshop.Step, name: str, row: Record, heading: str, *, closable: bool = False) -> None:
    place = current.key(name, row.id)
    fresh = current.key(name, "new")
    with st.container(border=True, key=f"card.{place}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{notices.plain(heading)}**", width="stretch")
            with st.container(horizontal=True, width="content", gap="xsmall"):
                if closable:
                    st.button("Close", key=f"{place}.close", type="tertiary", on_click=_close, args=(current.key(name),))
                st.button(
                    "Remove",
                    key=f"{place}.remove",
                    type="tertiary",
                    icon=":material/delete:",
                    on_click=_remove,
                    args=(
                        current.project.project_id,
                        current.section,
                        name,
                        row.id,
                        current.project.stamp.number,
                        current.key(name),
                    ),
                )
        is_new = st.session_state.get(fresh) == row.id
        if is_new:
            st.session_state.pop(fresh)
        live.answers(current, name, row.id, more_label="More about it", focus=is_new)


def _close(key: str) -> None:
    st.session_state[f"{key}.memory"]["open"] = ""


def _add(project: str, section: Section, name: str, fresh_key: str) -> None:
    record = workshop.new_id()
    currency = workshop.store().open(project).charter.project.currency
    with notices.refusals():
        workshop.save(project, section.slug, [added(name, editing.new_record(section, name, record, currency))])
        st.session_state[fresh_key] = record


def _remove(project: str, section: Section, name: str, record: str, seen: int, key: str) -> None:
    """Remove a record as this person saw it; what somebody else changed since then is not thrown away unseen."""
    charter = workshop.charter_seen(project, seen)
    row = _row(charter, section, name, record)
    if row is None:
        return
    with notices.refusals():
        saved = workshop.save(project, section.slug, [removed(name, row)])
        if workshop.me() and workshop.me() in {c.by for c in saved.conflicts}:
            # They typed in it just before, and the page has not been drawn again since.
            row = _row(workshop.store().open(project).charter, section, name, record) or row
            saved = workshop.save(project, section.slug, [removed(name, row)])
        if saved.conflicts:
            st.toast(
                f"{saved.conflicts[0].by or 'Somebody'} has just changed this entry. Look at it, then remove it again.",
                icon=":material/group:",
            )
        elif saved.stamp:
            place = [r.id for r in getattr(charter.part(section.slug), name)].index(record) + 1
            st.session_state[f"{key}.removed"] = {"number": saved.stamp.number, "title": row.title, "place": place}


def _row(charter: Charter, section: Section, name: str, record: str) -> Record | None:
    return next((r for r in getattr(charter.part(section.slug), name) if r.id == record), None)


def _undo(current: workshop.Step, name: str) -> None:
    key = current.key(name)
    gone: dict[str, Any] | None = st.session_state.get(f"{key}.removed")
    if gone:
        st.button(
            f"Bring back “{notices.plain(gone['title'][:40])}”",
            icon=":material/undo:",
            key=f"{key}.undo",
            on_click=_bring_back,
            args=(current.project.project_id, gone["number"], key),
        )


def _bring_back(project: str, number: int, key: str) -> None:
    workshop.store().undo(project, number, workshop.me())
    st.session_state.pop(f"{key}.removed", None)
