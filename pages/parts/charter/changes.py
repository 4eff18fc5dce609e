"""The history of the open project in words, with undo and restore."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from pages.parts import frame, live, notices, times, workshop
from scoping import answers, editing
from scoping.charter import PART_BY_SLUG, PARTS
from scoping.merge import Edit
from scoping.section import Section, question
from scoping.sections.project import SECTION as PROJECT
from scoping.words import count
from storage.history import Revision
from storage.store import Opened

PER_PAGE = 30


def page() -> None:
    """The list of changes, newest first."""
    project = workshop.shown()
    if project is None:
        st.title("History", anchor=False)
        st.markdown("No project is open.")
        st.page_link(frame.page_of("portfolio"), label="Go to projects", icon=":material/grid_view:")
        return
    st.title("Who changed what?", anchor=False)
    st.caption(
        "Every save is kept. Take back a single change, or bring the whole project back to an earlier moment; both are changes themselves."
    )
    live.follow(workshop.Step(PROJECT, project), "history", _changes)


def _changes(step: workshop.Step) -> None:
    project = step.project
    names = {"": "All steps", **{p.slug: p.title for p in PARTS}}
    part = st.selectbox("Step", list(names), format_func=names.__getitem__, key="history.part", width=260)
    seen = st.session_state.get("history.limit", PER_PAGE)
    revisions = workshop.store().history(project.project_id, part=part, limit=seen + 1)
    for revision in revisions[:seen]:
        _revision(project, revision)
    if len(revisions) > seen:
        st.button("Show earlier changes", on_click=_more, args=(seen,), key="history.more")


def _more(seen: int) -> None:
    st.session_state["history.limit"] = seen + PER_PAGE


def _revision(project: Opened, revision: Revision) -> None:
    section = PART_BY_SLUG.get(revision.part)
    head = (
        f"**{section.title if section else revision.part}** · {notices.plain(revision.by or 'Guest')} · {times.moment(revision.at)}"
    )
    if revision.note:
        head += f" · {notices.plain(revision.note)}"
    with st.container(border=True, gap="xsmall", key=f"revision.{revision.number}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.markdown(head, width="content")
            with st.container(horizontal=True, width="content"):
                if revision.edits and section:
                    st.button(
                        "Take back",
                        key=f"undo.{revision.number}",
                        type="tertiary",
                        icon=":material/undo:",
                        on_click=_undo,
                        args=(project.project_id, revision.number),
                    )
                if revision.number != project.stamp.number:
                    st.button(
                        "Back to this moment",
                        key=f"restore.{revision.number}",
                        type="tertiary",
                        icon=":material/history:",
                        on_click=_ask_restore,
                        args=(project.project_id, revision.number),
                    )
        if section:
            titles = project.titles
            for line in [sentence(section, edit, titles, _currency(project, section, edit)) for edit in revision.edits[:6]]:
                st.text(line, width="stretch")
            if len(revision.edits) > 6:
                st.caption(f"and {count(len(revision.edits) - 6, 'more change')}")


def _currency(project: Opened, section: Section, edit: Edit) -> str:
    """The currency that the amounts of the edited record are in now."""
    now = editing.entry(section, project.charter.part(section.slug), edit.list, edit.record) or {}
    return str(now.get("currency", "USD"))


def sentence(section: Section, edit: Edit, titles: Mapping[str, Mapping[str, str]], currency: str) -> str:
    """An edit in words."""
    if not edit.field:
        entry = edit.after or edit.before
        what = section.lists[edit.list].singular if edit.list in section.lists else "entry"
        model = section.lists[edit.list].record if edit.list in section.lists else None
        title = model.model_validate(entry).title if model else ""
        return f"{'Added' if edit.before is None else 'Removed'} {what}: {title}"
    where = titles.get(f"{section.slug}.{edit.list}", {}).get(edit.record, "")
    prefix = f"{where[:60]} · " if where else ""
    if edit.field == "unknown":
        return prefix + _unknown_sentence(section, edit)
    spec = question(section.model_of(edit.list), edit.field)
    names = titles.get(spec.refers_to, {})

    def words(value: Any) -> str:
        return answers.words(spec, value, currency, names)[:300] or "nothing"

    return f"{prefix}{spec.label}: {words(edit.before)} → {words(edit.after)}"


def _unknown_sentence(section: Section, edit: Edit) -> str:
    model = section.model_of(edit.list)
    now, then = set(edit.after or ()), set(edit.before or ())
    marked = [question(model, n).label for n in sorted(now - then)]
    cleared = [question(model, n).label for n in sorted(then - now)]
    parts = [f"{', '.join(marked)}: not known yet"] if marked else []
    parts += [f"{', '.join(cleared)}: no longer marked as not known"] if cleared else []
    return "; ".join(parts)


def _undo(project: str, number: int) -> None:
    with notices.refusals():
        saved = workshop.store().undo(project, number, workshop.me())
        if saved.conflicts:
            st.toast("Part of it was changed again since then and was left alone.", icon=":material/group:")
        elif saved.stamp is None:
            st.toast("Nothing to take back: it stands like this already.", icon=":material/check:")
        else:
            st.toast("Taken back.", icon=":material/undo:")


@st.dialog("Back to this moment?", icon=":material/history:")
def _ask_restore(project: str, number: int) -> None:
    """Say what would be undone before the whole project is brought back."""
    later = workshop.store().history(project, after=number)
    people = sorted({r.by or "Guest" for r in later})
    st.markdown(
        notices.plain(
            f"The project will stand as it did on {times.moment(_moment(project, number))}. "
            f"That takes back {count(len(later), 'change')} by {' and '.join(people)}."
        )
    )
    st.caption("Nothing is deleted: the changes stay in the history, and you can go forward to them in the same way.")
    if st.button("Bring it back", type="primary", icon=":material/history:", key="restore.sure"):
        _restore(project, number)
        st.rerun()


def _moment(project: str, number: int) -> datetime:
    return workshop.store().history(project, after=number - 1, upto=number)[0].at


def _restore(project: str, number: int) -> None:
    with notices.refusals():
        workshop.store().restore(project, number, workshop.me())
        st.toast("The project stands as it did then.", icon=":material/history:")
