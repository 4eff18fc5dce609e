"""The history of the open project in words, with undo and restore."""

from __future__ import annotations

import streamlit as st

from pages.parts import editors, here, live, markup, notices, steps, times
from pages.parts.charter import records
from pages.parts.markup import Html
from scoping.charter import PART_BY_SLUG, PARTS
from scoping.sections.project import SECTION as PROJECT
from scoping.words import count, day_words, isolated
from storage.history import Revision
from storage.opened import Opened

PER_PAGE = 30
EDITS_SHOWN = 6
REVISION_PARAM = "revision"
"""Names in the address the change that somebody wants to take back."""


def page() -> None:
    """The list of changes, newest first."""
    step = editors.opened(PROJECT, "History", title="History", whole=True)
    st.title("Who changed what?", anchor=False)
    st.caption(
        "Every save is kept. Take back a single change, or bring the whole project back to an earlier moment; both are changes themselves."
    )
    live.follow(step, "history", _changes)
    asked = st.query_params.get(REVISION_PARAM, "")
    if asked.isdecimal() and int(asked) <= step.project.stamp.number:
        _ask(step.project, int(asked))


def _changes(step: here.Step) -> None:
    project = step.project
    names = {"": "All steps", **{p.slug: p.title for p in PARTS}}
    part = st.selectbox("Step", list(names), format_func=names.__getitem__, key="history.part", width=260)
    seen = st.session_state.get("history.limit", PER_PAGE)
    revisions = here.store().history(project.project_id, part=part, limit=seen + 1)
    markup.show(f'<ol class="changes plain">{"".join(_revision(project, revision) for revision in revisions[:seen])}</ol>')
    if len(revisions) > seen:
        st.button("Show earlier changes", on_click=_more, args=(seen,), key="history.more")


def _more(seen: int) -> None:
    st.session_state["history.limit"] = seen + PER_PAGE


def _revision(project: Opened, revision: Revision) -> str:
    """A change as HTML, with the link to what can be done about it."""
    section = PART_BY_SLUG.get(revision.part)
    head = markup.text(" · ".join(filter(None, (isolated(revision.by or "Somebody"), times.moment(revision.at), revision.note))))
    if revision.workshop:
        record = steps.workshop(project.project_id, revision.workshop)
        head = Html(f"{head} · {markup.link(record, f'in the workshop of {day_words(times.local(revision.at).date())}')}")
    is_all = revision.number == project.stamp.number and not (revision.edits and section)
    address = f"history?{steps.PROJECT_PARAM}={project.project_id}&{REVISION_PARAM}={revision.number}"
    way = "" if is_all else markup.link(address, "Take back …")
    told = [markup.text(line) for line in _told(project, revision)]
    if len(revision.edits) > EDITS_SHOWN and section:
        told.append(markup.text(f"and {count(len(revision.edits) - EDITS_SHOWN, 'more change')}"))
    title = markup.text(section.title if section else revision.part)
    return f"<li><p><strong>{title}</strong> <span>· {head}</span> {way}</p>{markup.lines(told)}</li>"


def _told(project: Opened, revision: Revision) -> list[str]:
    return records.sentences(project, revision, revision.edits[:EDITS_SHOWN])


def _close() -> None:
    st.query_params.pop(REVISION_PARAM, None)


def _leave() -> None:
    """A button of a dialog runs the dialog alone, so it would stay."""
    _close()
    st.rerun()


@st.dialog("Take back", icon=":material/undo:", on_dismiss=_close)
def _ask(project: Opened, number: int) -> None:
    """Offer to take back one change, or to bring the whole project back to the moment after it; both are said first."""
    found = here.store().history(project.project_id, after=number - 1, upto=number)
    if not found:
        st.markdown("This change is not in the history.")
        return
    revision = found[0]
    markup.show(markup.lines(map(markup.text, _told(project, revision))))
    can_undo = revision.edits and revision.part in PART_BY_SLUG
    if can_undo and st.button("Take back this change", type="primary", icon=":material/undo:", key=f"undo.{number}"):
        _undo(project.project_id, number)
        _leave()
    if number == project.stamp.number:
        return
    later = here.store().history(project.project_id, after=number)
    people = sorted({r.by or "Somebody" for r in later})
    st.markdown(
        notices.plain(
            f"Or have the project stand as it did on {times.moment(revision.at)}. "
            f"That takes back {count(len(later), 'change')} by {' and '.join(people)}."
        )
    )
    if st.button("Back to this moment", icon=":material/history:", key=f"restore.{number}"):
        _restore(project.project_id, number)
        _leave()
    st.caption("Nothing is deleted: the changes stay in the history, and you can go forward to them in the same way.")


def _undo(project: str, number: int) -> None:
    with notices.refusals():
        saved = here.store().undo(project, number, here.me())
        if saved.conflicts:
            st.toast("Part of it was changed again since then and was left alone.", icon=":material/group:")
        elif saved.stamp is None:
            st.toast("Nothing to take back: it stands like this already.", icon=":material/check:")
        else:
            st.toast("Taken back.", icon=":material/undo:")


def _restore(project: str, number: int) -> None:
    with notices.refusals():
        here.store().restore(project, number, here.me())
        st.toast("The project stands as it did then.", icon=":material/history:")
