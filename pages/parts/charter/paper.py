"""The charter as a document on the page, its state, and its downloads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache, partial

import streamlit as st

from pages.parts import editors, frame, live, markup, notices, steps, times, to_sign, workshop
from pages.parts.addresses import CALENDAR_URL
from scoping import words as scoping_words
from scoping.blocks import Block
from scoping.charter import PART_BY_SLUG, PARTS
from scoping.document.paper import Chapter, Document, document
from scoping.drawing import DARK, LIGHT
from scoping.export.charter_json import to_json
from scoping.export.contract import to_contracts
from scoping.export.html import chapter_to_html, paper_css, to_html
from scoping.export.jira_csv import to_jira_csv
from scoping.export.markdown import to_markdown
from scoping.places import Place
from scoping.sections.project import SECTION as PROJECT
from storage.store import Opened

CHANGES_SHOWN = 8
_Format = tuple[str, str, str, Callable[[Opened], str | bytes]]
"""Label, ending and kind of a file, and what makes it."""


def page() -> None:
    """The document on the left; what is open, sign-off and versions on the right."""
    project = workshop.shown()
    if project is None:
        editors.no_project("Charter")
        return
    live.follow(workshop.Step(PROJECT, project), "paper", _of_the_project)


def _of_the_project(step: workshop.Step) -> None:
    project = step.project
    paper, chapters = _paper(project, times.today())
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(f"Charter: {notices.plain(project.charter.name)}", anchor=False, width="content")
        _downloads(project)
    by = f" by {project.stamp.by}" if project.stamp.by else ""
    changed = f"Revision {project.stamp.number}, changed {times.moment(project.stamp.at)}{by}"
    markup.show(markup.row(markup.badge(paper.health), markup.text(paper.health.reason)), markup.note(changed))
    main, side = st.columns([3.4, 1], gap="medium")
    with main:
        markup.show(_dress(), *(_chapter(project, *pair) for pair in zip(paper.chapters, chapters, strict=True)))
    with side:
        markup.show(_open_ends(project, paper), _signatures(project), _versions(project))


def _document(project: Opened, today: date) -> Document:
    return document(project.charter, project.overview, revision=project.stamp.number, saved_at=project.stamp.at, today=today)


@lru_cache(maxsize=32)
def _paper(project: Opened, today: date) -> tuple[Document, list[str]]:
    """The document and its chapters as HTML, made once per revision and day."""
    paper = _document(project, today)
    return paper, [chapter_to_html(chapter) for chapter in paper.chapters]


def _file_name(project: Opened, ending: str, what: str = "Charter") -> str:
    name = "".join(c if c.isalnum() or c in " -_" else " " for c in project.charter.name)
    return f"{what} - {' '.join(name.split())[:60]} - r{project.stamp.number} - {times.local(project.stamp.at):%Y-%m-%d}.{ending}"


def _xlsx(project: Opened) -> bytes:
    from scoping.export.xlsx import to_xlsx

    return to_xlsx(project.charter, revision=project.stamp.number, saved_at=project.stamp.at, today=times.today())


def _json(project: Opened) -> str:
    return to_json(project.charter, revision=project.stamp.number, saved_at=project.stamp.at, today=times.today())


def _contracts(project: Opened) -> bytes:
    return to_contracts(project.charter, project=project.project_id, revision=project.stamp.number, saved_at=project.stamp.at)


def _download(project: Opened, form: _Format, what: str, key: str) -> None:
    label, ending, mime, make = form
    st.download_button(
        label,
        partial(make, project),
        _file_name(project, ending, what),
        mime,
        key=f"{key}.{label}",
        on_click="ignore",
        type="tertiary",
    )


def _plan_downloads(project: Opened, key: str) -> None:
    for form in _PLAN_FORMATS:
        _download(project, form, "Plan", key)
    st.caption(
        "Jira's importer asks how days are written: yyyy-MM-dd. An apostrophe stands before a text that a spreadsheet program would "
        "run as a formula, such as =1+1; the file with texts unchanged has none, so open that one in no spreadsheet."
    )


def plan_elsewhere(project: Opened) -> None:
    """How the plan gets into calendars and other programs; nothing while there is no milestone."""
    if not project.charter.milestones.milestones:
        return
    with st.popover("In calendars and other programs", icon=":material/event:", key="elsewhere", on_change="rerun") as place:
        if place.open:
            st.markdown("Subscribe to this address in a calendar. It follows the plan, with a reminder a week before each date.")
            st.code(frame.address(CALENDAR_URL.format(project=project.project_id)), language=None)
            _plan_downloads(project, "plan")


def contracts_download(project: Opened, key: str) -> None:
    """A button for the contracts of all data sources."""
    st.download_button(
        "Contracts of all data sources (zip)",
        partial(_contracts, project),
        _file_name(project, "zip", "Data contracts"),
        "application/zip",
        key=key,
        on_click="ignore",
        type="tertiary",
    )


def _html(project: Opened) -> str:
    return to_html(_document(project, times.today()))


def _markdown(project: Opened) -> str:
    return to_markdown(_document(project, times.today()))


def _calendar(project: Opened) -> bytes:
    from scoping.export.calendar import to_calendar

    stamp = project.stamp
    return to_calendar(project.charter, project=project.project_id, revision=stamp.number, saved_at=stamp.at, today=times.today())


def _mspdi(project: Opened) -> bytes:
    from scoping.export.mspdi import to_mspdi

    return to_mspdi(project.charter, revision=project.stamp.number, saved_at=project.stamp.at)


def _jira(project: Opened) -> str:
    return to_jira_csv(project.charter)


def _jira_unchanged(project: Opened) -> str:
    return to_jira_csv(project.charter, as_text=False)


_FORMATS: tuple[_Format, ...] = (
    ("Printable page (HTML)", "html", "text/html", _html),
    ("Text (Markdown)", "md", "text/markdown", _markdown),
    ("Data (JSON)", "json", "application/json", _json),
)
_PLAN_FORMATS: tuple[_Format, ...] = (
    ("Calendar of the plan (iCalendar)", "ics", "text/calendar", _calendar),
    ("Plan for MS Project (XML)", "xml", "application/xml", _mspdi),
    ("Plan for Jira's importer (CSV)", "csv", "text/csv", _jira),
    ("The same with texts unchanged", "csv", "text/csv", _jira_unchanged),
)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _downloads(project: Opened) -> None:
    with st.container(horizontal=True, width="content", vertical_alignment="center"):
        with st.popover("More formats", key="download.more", on_change="rerun") as more:
            if more.open:
                _more_formats(project)
        st.download_button(
            "Download Excel",
            partial(_xlsx, project),
            _file_name(project, "xlsx"),
            _XLSX,
            key="download.xlsx",
            type="primary",
            icon=":material/download:",
            on_click="ignore",
        )


def _more_formats(project: Opened) -> None:
    for form in _FORMATS:
        _download(project, form, "Charter", "download")
    if project.charter.milestones.milestones:
        _plan_downloads(project, "download")
    if project.charter.data_sources.sources:
        contracts_download(project, "download.contracts")


def told(blocks: Sequence[Block]) -> None:
    """A few blocks on a page of their own subject, such as the figures of a check."""
    markup.show(_dress(), chapter_to_html(Chapter(0, "", "", tuple(blocks))))


def _chapter(project: Opened, chapter: Chapter, text: str) -> str:
    """A chapter as HTML, with a link to where it is edited."""
    edit = markup.link(steps.href(project.project_id, Place(chapter.part)), "Edit", "edit") if chapter.part in PART_BY_SLUG else ""
    return f'<div class="chapter"><h2>{chapter.number}  {markup.text(chapter.title)}</h2>{edit}</div>{text}'


def _dress() -> str:
    """The colours of the page's theme for the blocks of the document."""
    dark = st.context.theme.type == "dark"
    ink = DARK if dark else LIGHT
    warn, faint = ("#F0A95B", "#2B2218") if dark else ("#9A4B00", "#FDF3E7")
    colours = f"--ink: {ink.ink}; --soft: {ink.soft}; --line: {ink.grid}; --open: {warn}; --open-faint: {faint}"
    return f"<style>.paper {{ {colours} }} {paper_css()}</style>"


def _open_ends(project: Opened, paper: Document) -> str:
    done = "" if paper.is_draft else "<p><strong>Nothing is missing to sign.</strong></p>"
    met = len(paper.conditions) - len(paper.open)
    return f"<section>{to_sign.measure(met)}{done}{to_sign.open_conditions(project, paper.open)}</section>"


def _signatures(project: Opened) -> str:
    signed = markup.lines(
        f"{markup.text(s.name or 'Nobody named')}, {markup.text(s.role or 'no role')} · "
        + (f"signed {scoping_words.day_words(s.signed_on)}" if s.signed_on else "not yet")
        for s in project.charter.project.signatures
    )
    nobody = "" if project.charter.project.signatures else markup.note("Nobody is named who signs.")
    edit = markup.link(steps.href(project.project_id, Place("project", "signatures")), "Edit sign-off", "edit")
    return f"<section><h3>Sign-off</h3>{signed}{nobody}{edit}</section>"


def _versions(project: Opened) -> str:
    last = workshop.store().history(project.project_id, limit=CHANGES_SHOWN)
    where = {p.slug: p.title for p in PARTS}
    told = "".join(markup.note(f"{times.ago(r.at)} · {where.get(r.part, r.part)} · {r.by or 'Guest'}") for r in last)
    every = markup.link(f"history?{steps.PROJECT_PARAM}={project.project_id}", "All changes", "history")
    return f"<section><h3>Last changes</h3>{told}{every}</section>"
