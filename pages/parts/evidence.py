"""Keeping what was measured: the result with all that repeats it, and what it says about an idea."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.parts import editors, here, notices, times
from pages.parts.charter import paper
from pages.parts.here import Step
from pages.parts.uploads import Done
from scoping import editing, measuring
from scoping import words as scoping_words
from scoping.feasibility.before_it_counts import Asking, checks
from scoping.feasibility.benchmarks import Asked
from scoping.measurement import ROOM, Measurement, Method
from scoping.measuring import telling
from scoping.merge import added, removed
from scoping.section import Section
from scoping.sections import solutions
from scoping.sections.data_sources import Report
from scoping.sections.feasibility import SECTION as FEASIBILITY
from scoping.sections.feasibility import Evidence, Grade, Speaks
from scoping.words import day_words, short

LISTS = {"feasibility": "measurements", "data_sources": "reports"}
"""Where a step keeps what was measured."""


def _measured(step: Step) -> list[Measurement]:
    """What the step keeps of measurements, newest first."""
    rows = step.charter.data_sources.reports if step.section.slug == "data_sources" else step.charter.feasibility.measurements
    return list(reversed(rows))


def _earlier(step: Step, method: str, done: Done) -> list[Measurement]:
    """What was kept of the same file by the same method, newest first."""
    return [r for r in _measured(step) if r.method == method and r.file_hash == done.file_hash]


def keep(step: Step, method: str, done: Done, *, evidence: Mapping[str, Any] | None = None, **more: Any) -> None:
    """Offer to keep a result; on the feasibility step also what it says about an idea.

    Args:
        evidence: answers for the piece of evidence that goes with it (check, metric, value, low, high, labellers ...).
        more: further answers of the kept record, such as the source that a report is about.
    """
    check = measuring.method(method)
    headline = short(check.headline(done.result, done.settings), 300)
    key = step.key("keep", method, *more.values())
    earlier = _earlier(step, method, done)
    for old in earlier[:1]:
        _same_file(old, headline, done, check.version)
    with st.container(border=True):
        st.markdown("**Keep this result**" if evidence is None else "**Take it as evidence**")
        if evidence is not None:
            _what_it_says(step, key, headline)
        answers = _answers(method, headline, done)
        is_too_long = len(answers["settings"]) > ROOM
        verb, what = ("Keep", "report") if evidence is None else ("Take", "evidence")
        st.button(
            f"{verb} once more as {what}" if any(_is_same(old, done) for old in earlier) else f"{verb} as {what}",
            icon=":material/inventory:",
            key=f"{key}.button",
            on_click=_keep,
            args=(step.project.project_id, step.section, {**answers, **more}, evidence, key),
            disabled=step.project.is_archived or is_too_long,
        )
        if is_too_long:
            st.caption("So many columns are chosen above that they cannot be kept with the result. Choose fewer and measure again.")
        st.caption(
            "What is shown here is kept, names and values from the file included, with the fingerprint of the file. "
            "The file itself is not."
        )


def before_it_counts(step: Step, evidence: Mapping[str, Any]) -> tuple[Asking, ...]:
    """What must be known of a measurement before it counts in full, as far as its figures and settings answer it."""
    return checks(Evidence(id="new", **evidence), Asked.of(step.charter.feasibility))


def _same_file(old: Measurement, headline: str, done: Done, version: str) -> None:
    when = day_words(old.measured_on) if old.measured_on else "an unknown day"
    by = f" by {old.author}" if old.author else ""
    told = telling.read(old)
    if told is not None and _chosen(told[1]) != _chosen(done.settings):
        words = f"The same file was measured{by} on {when} with other settings: {old.headline}"
    elif old.version != version:
        words = f"The same file was measured{by} on {when} with an older version of the method: {old.headline}"
    elif told is not None and told[2] == done.result:
        words = f"The same file gave the same figures on {when}{by}. It is kept already."
    else:
        words = f"The same file gave other figures on {when}{by}: {old.headline} Now: {headline}"
    st.markdown(f":blue[:material/fingerprint:] {notices.plain(words)}")


def _is_same(old: Measurement, done: Done) -> bool:
    told = telling.read(old)
    return told is not None and _chosen(told[1]) == _chosen(done.settings) and told[2] == done.result


def _chosen(settings: Any) -> dict[str, Any]:
    """What people chose for a check; the day on which it was made is no choice of theirs."""
    plain: dict[str, Any] = settings.model_dump(exclude={"as_of"})
    return plain


def _what_it_says(step: Step, key: str, headline: str) -> None:
    """Ask what the result says about an idea (see `_said`)."""
    ideas = step.project.charter.solutions
    one = solutions.chosen(ideas)
    titles = {"": "No idea in particular"} | step.project.titles["solutions.solutions"]
    st.text_area("What we found", value=headline, key=f"{key}.finding", height=90, max_chars=2_000)
    left, middle, right = st.columns(3)
    left.selectbox(
        "About the idea",
        list(titles),
        index=list(titles).index(one.id) if one else 0,
        format_func=lambda i: titles.get(i, ""),
        key=f"{key}.solution",
    )
    middle.selectbox(
        "For or against",
        list(Speaks),
        index=None,
        format_func=lambda s: s.label,
        key=f"{key}.speaks",
        placeholder="Not decided yet",
    )
    right.selectbox(
        "How strong",
        [Grade.MEASURED, Grade.PILOT],
        format_func=lambda g: g.label,
        key=f"{key}.grade",
        help="A pilot when the file is only a small or early try.",
    )


def _said(key: str) -> dict[str, Any]:
    """What was answered, by the time of asking: a text may have been typed since the page was drawn."""
    return {name: st.session_state[f"{key}.{name}"] for name in ("finding", "solution", "speaks", "grade")}


def _answers(method: str, headline: str, done: Done) -> dict[str, Any]:
    return {
        "headline": headline,
        "method": Method(method),
        "version": measuring.method(method).version,
        "file_name": short(done.file_name, 300),
        "file_hash": done.file_hash,
        "rows": done.rows,
        "rows_used": done.rows_used,
        "settings": done.settings.model_dump_json(),
        "result": done.result.model_dump_json(),
    }


def _keep(project: str, section: Section, measured: dict[str, Any], evidence: Mapping[str, Any] | None, key: str) -> None:
    today, by = times.today(), here.me()
    where = LISTS[section.slug]
    record = editing.new_record(section, where, here.new_id(), "", **measured, measured_on=today, author=by)
    edits = [added(where, record)]
    if evidence is not None:
        said = _said(key)
        told = {
            **evidence,
            **said,
            "finding": said["finding"].strip() or measured["headline"],
            "measurement": record.id,
            "source": measured["file_name"],
            "found_on": today,
            "owner": by,
        }
        edits.append(added("evidence", editing.new_record(FEASIBILITY, "evidence", here.new_id(), "", **told)))
    with notices.refusals():
        here.save(project, section.slug, edits, "Measured")
        done = "Kept as a report." if evidence is None else "Taken as evidence: it stands in the verdict now."
        # In passing: what is kept wakes the page, which is drawn anew.
        st.toast(done, icon=":material/check_circle:")


def listed(step: Step) -> None:
    """All that the step keeps of what was measured, and the files that somebody asked to keep."""
    spec = step.spec(LISTS[step.section.slug])
    editors.heading(step, spec.name)
    if not step.rows(spec.name):
        st.caption(spec.begin)
    _kept(step, spec.name)
    _files(step)


def _files(step: Step) -> None:
    """The files that somebody asked to keep with the project, each to be forgotten at once."""
    files = here.store().files.of(step.project.project_id)
    if not files:
        return
    st.markdown("**Files kept with the project**")
    for file in files:
        with st.container(horizontal=True, vertical_alignment="center"):
            by = f" by {file.by}" if file.by else ""
            st.markdown(notices.plain(f"{file.name}, kept on {scoping_words.day_words(times.local(file.at).date())}{by}"))
            st.button(
                "Forget this file",
                icon=":material/delete:",
                type="tertiary",
                key=step.key("file", file.sha256[:16]),
                on_click=_forget,
                args=(step.project.project_id, file.sha256),
                help="Removes the data from the database at once, for good. Figures that were measured on it stay.",
            )


def _forget(project: str, sha256: str) -> None:
    with notices.refusals():
        here.store().files.drop(project, sha256)


def _kept(step: Step, list_name: str) -> None:
    """What was kept, each with its figures and where they come from. Shown once on a page."""
    gone = st.session_state.get(f"{step.key(list_name)}.gone")
    if gone:
        st.button(
            f"Bring back “{notices.plain(short(gone['title'], 40))}”",
            icon=":material/undo:",
            key=step.key(list_name, "undo"),
            on_click=_bring_back,
            args=(step.project.project_id, gone["number"], step.key(list_name)),
        )
    for row in _measured(step):
        _one(step, list_name, row)


def _one(step: Step, list_name: str, row: Measurement) -> None:
    place = step.key("kept", row.id)
    title = f"{_source(step, row)}{row.title}"
    with st.expander(notices.plain(title), icon=":material/inventory:", key=place, on_change="rerun") as box:
        if not box.open:
            return
        paper.told(telling.blocks(row))
        if telling.is_outdated(row):
            st.caption("The method has changed since. Give the same file again to see its present figures.")
        st.button(
            "Remove",
            icon=":material/delete:",
            type="tertiary",
            key=f"{place}.remove",
            on_click=_remove,
            args=(step.project.project_id, step.section, list_name, row, step.key(list_name)),
            help="Evidence that was taken from it stays, and can be removed in its own list.",
        )


def _source(step: Step, row: Measurement) -> str:
    """The name of the source that a report is about, before what it says."""
    if not isinstance(row, Report):
        return ""
    return next((f"{short(s.title, 60)}: " for s in step.charter.data_sources.sources if s.id == row.source), "")


def _remove(project: str, section: Section, list_name: str, row: Measurement, key: str) -> None:
    with notices.refusals():
        saved = here.save(project, section.slug, [removed(list_name, row)])
        if saved.stamp:
            st.session_state[f"{key}.gone"] = {"number": saved.stamp.number, "title": row.title}


def _bring_back(project: str, number: int, key: str) -> None:
    with notices.refusals():
        here.store().undo(project, number, here.me())
    st.session_state.pop(f"{key}.gone", None)
