"""The history of the open project in words, with undo and restore."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import streamlit as st

from pages.parts import editors, here, live, markup, notices, steps, times
from pages.parts.charter import moments, records, sittings
from pages.parts.charter.sittings import Sitting
from scoping import editing
from scoping.charter import PART_BY_SLUG, PARTS
from scoping.sections.project import SECTION as PROJECT
from scoping.words import count, day_words
from storage.history import Revision, Sought
from storage.opened import Opened

PER_PAGE = 30
EDITS_SHOWN = 6
REVISION_PARAM = "revision"
"""Names in the address the change that somebody wants to take back."""


def page() -> None:
    """What was done, newest first."""
    step = editors.opened(PROJECT, "History", part=PROJECT.slug, title="History", whole=True)
    markup.show(
        markup.title("Who changed what?"),
        markup.lead(
            "Every save is kept. Take back a single one, or bring the whole project back to a moment; both are changes too."
        ),
    )
    live.follow(step, "history", _changes)
    asked = st.query_params.get(REVISION_PARAM, "")
    if asked.isdecimal() and int(asked) <= step.project.stamp.number:
        _ask(step.project, int(asked))


def _changes(step: here.Step) -> None:
    project, store = step.project, here.store()
    wanted = _filters(project)
    seen = st.session_state.get("history.limit", PER_PAGE)
    revisions = store.history(project.project_id, **wanted, limit=seen + 1)
    # Of what is looked for, each save stands by itself, with its way back.
    found = sittings.sittings(revisions[:seen], timedelta() if wanted["sought"].holding else sittings.PAUSE)
    if found:
        markup.show(f'<ol class="history">{"".join(_sitting(project, sitting) for sitting in found)}</ol>')
    else:
        markup.show(markup.empty("Nothing like that was changed."))
    if len(revisions) > seen:
        st.button("Show earlier changes", on_click=_more, args=(seen,), key="history.more")


def _filters(project: Opened) -> dict[str, Any]:
    """What somebody looks for: a step, a person, words."""
    steps_of, people = {"": "All steps", **{p.slug: p.title for p in PARTS}}, here.store().people_of(project.project_id)
    names = {"": "Everybody", **{f"={name}": name or "Somebody without a name" for name in people}}
    with st.container(horizontal=True, vertical_alignment="bottom", key="history.filters"):
        bare: Any = {"label_visibility": "collapsed"}
        words = st.text_input("Find", key="history.find", placeholder="Find a word, an entry, a question", width=320, **bare)
        part = st.selectbox("Step", list(steps_of), format_func=steps_of.__getitem__, key="history.part", width=168, **bare)
        by = st.selectbox("Person", list(names), format_func=names.__getitem__, key="history.by", width=168, **bare)
    return {"part": part, "sought": Sought(by=by[1:] if by else None, holding=sittings.meant(project, words or ""))}


def _more(seen: int) -> None:
    st.session_state["history.limit"] = seen + PER_PAGE


def _sitting(project: Opened, sitting: Sitting) -> str:
    """What somebody did at one sitting as HTML: what came of it, and behind it each save."""
    first, last = sitting.first, sitting.last
    head = f'<span class="grow"><b>{markup.words(last.by) if last.by else "Somebody"}</b> <span class="meta">{_when(sitting)}</span></span>'
    notes = [markup.text(last.note)] if last.note else []
    if last.workshop:
        record = steps.workshop(project.project_id, last.workshop)
        notes.append(markup.link(record, f"in the workshop of {day_words(times.local(last.at).date())}"))
    ways = []
    if len(sitting.revisions) == 1 or sitting.is_takeover:
        ways.append(_way_back(project, last))
    if first.number > 1:
        before = moments.href(project, moments.of_revision(first.number - 1), moments.of_revision(last.number), all="1")
        ways.append(markup.link(before, "Compare"))
    told = "".join(_part(project, sitting, part) for part in sitting.parts)
    if first.number == 1:
        told += markup.lines([records.MADE])
    saves = _saves(project, sitting) if len(sitting.revisions) > 1 and not sitting.is_takeover else ""
    note = f'<p class="meta">{" · ".join(notes)}</p>' if notes else ""
    return (
        f'<li>{markup.avatar(last.by, "s")}<div class="grow"><div class="dhead">{head}<span class="ways">{"".join(ways)}</span></div>'
        f"{note}{told}{saves}</div></li>"
    )


def _when(sitting: Sitting) -> str:
    begun, ended = times.local(sitting.first.at), times.local(sitting.last.at)
    day = day_words(ended.date())
    if f"{begun:%H:%M}" == f"{ended:%H:%M}" or begun.date() != ended.date():
        return f"{day}, {ended:%H:%M}"
    return f"{day}, {begun:%H:%M} to {ended:%H:%M}"


def _part(project: Opened, sitting: Sitting, part: str) -> str:
    """What came of it in one step."""
    lines = [markup.text(line) for line in sittings.told(project, sitting, part)]
    rest = len(lines) - EDITS_SHOWN
    more = markup.fold(f"{count(rest, 'more change')}", markup.lines(lines[EDITS_SHOWN:])) if rest > 0 else ""
    return f"<div><h3>{markup.text(PART_BY_SLUG[part].title)}</h3>{markup.lines(lines[:EDITS_SHOWN])}{more}</div>" if lines else ""


def _saves(project: Opened, sitting: Sitting) -> str:
    """Each save by itself, with the way back."""
    rows = []
    for revision in sitting.revisions:
        lines = markup.lines(map(markup.text, records.sentences(project, revision, revision.edits)))
        head = f'<span class="meta grow">{times.local(revision.at):%H:%M}</span>{_way_back(project, revision)}'
        rows.append(f'<li><div class="dhead">{head}</div>{lines}</li>')
    return markup.fold(count(len(sitting.revisions), "save"), f'<ol class="saves">{"".join(rows)}</ol>')


def _way_back(project: Opened, revision: Revision) -> str:
    """The link to what can be done about a save."""
    if revision.number == project.stamp.number and not (revision.edits and revision.part in PART_BY_SLUG):
        return ""
    return markup.link(f"history?{steps.PROJECT_PARAM}={project.project_id}&{REVISION_PARAM}={revision.number}", "Take back …")


def _close() -> None:
    st.query_params.pop(REVISION_PARAM, None)


def _leave() -> None:
    """A button of a dialog runs the dialog alone, so it would stay."""
    _close()
    st.rerun()


@st.dialog("Take back", on_dismiss=_close)
def _ask(project: Opened, number: int) -> None:
    """Offer to take back one save, or to bring the whole project back to the moment after it; both are said first."""
    store = here.store()
    sitting = sittings.around(store, project.project_id, number)
    if sitting is None or not (sitting.parts or sitting.last.number < project.stamp.number):
        st.markdown("There is nothing to take back here.")
        return
    last, told = sitting.last, [line for part in sitting.parts for line in sittings.told(project, sitting, part)]
    markup.show(markup.lines(map(markup.text, told)))
    is_answer = any(
        editing.is_answer(PART_BY_SLUG[r.part], edit) for r in sitting.revisions if r.part in PART_BY_SLUG for edit in r.edits
    )
    if is_answer:
        charter = f"charter?{steps.PROJECT_PARAM}={project.project_id}"
        markup.show(markup.note("Whoever answered takes that back under their name."), markup.link(charter, "On the charter page"))
    later = store.history(project.project_id, after=last.number)
    if later:
        people = sorted({r.by or "Somebody" for r in later})
        markup.show(
            f'<p class="meta">Or have the project stand as it did on {markup.text(times.moment(last.at))}. That takes back '
            f"{count(len(later), 'change')} by {markup.text(' and '.join(people))}. Nothing is deleted: the changes stay in the history.</p>"
        )
    with st.container(horizontal=True):
        if (
            not is_answer
            and sitting.parts
            and st.button(
                "Take back this change" if len(told) < 2 else "Take back these changes", type="primary", key=f"undo.{number}"
            )
        ):
            _undo(project.project_id, sitting)
            _leave()
        if later and st.button("Back to this moment", key=f"restore.{number}"):
            _restore(project.project_id, last.number)
            _leave()


def _undo(project: str, sitting: Sitting) -> None:
    with notices.refusals():
        if len(sitting.revisions) == 1:
            saved = here.store().undo(project, sitting.last.number, here.me())
        else:
            note = f"Took back changes {sitting.first.number} to {sitting.last.number}"
            saved = sittings.take_back(here.store(), project, sitting.revisions, here.me(), note)
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
