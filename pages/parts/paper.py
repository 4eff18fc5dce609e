"""The charter as a document on the page, its state, and its downloads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial

import streamlit as st

from pages.api import CALENDAR_URL
from pages.parts import frame, live, notices, times, workshop
from scoping.blocks import Block
from scoping.charter import PART_BY_SLUG, PARTS
from scoping.document import Chapter, Document, document
from scoping.drawing import DARK, LIGHT
from scoping.export.html import chapter_to_html, paper_css, to_html
from storage.store import Opened

CHANGES_SHOWN = 8
_Format = tuple[str, str, str, Callable[[Opened], str | bytes]]
"""Label, ending and kind of a file, and what makes it."""


def page() -> None:
    """The document on the left; what is open, sign-off and versions on the right."""
    project = workshop.shown()
    if project is None:
        st.title("Charter", anchor=False)
        st.markdown("No project is open.")
        st.page_link(frame.page_of("portfolio"), label="Go to projects", icon=":material/grid_view:")
        return
    live.ear(project.project_id, "", project.stamp.number)
    paper, chapters = _paper(project)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.title(f"Charter: {notices.plain(project.charter.name)}", anchor=False, width="content")
        _downloads(project)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if paper.is_draft:
            st.badge("Draft", icon=":material/edit:", color="orange")
        else:
            st.badge("Ready to sign", icon=":material/check_circle:", color="green")
        st.badge(f"Revision {project.stamp.number}", color="gray")
        by = f" by {project.stamp.by}" if project.stamp.by else ""
        st.caption(notices.plain(f"Changed {times.moment(project.stamp.at)}{by}"), width="content")
    _dress()
    main, side = st.columns([3.4, 1], gap="medium")
    with main:
        for chapter, text in zip(paper.chapters, chapters, strict=True):
            _chapter(chapter, text)
    with side:
        _open_ends(paper)
        _signatures(project)
        _versions(project)


def _document(project: Opened) -> Document:
    return document(project.charter, project.overview, revision=project.stamp.number, saved_at=project.stamp.at)


@lru_cache(maxsize=32)
def _paper(project: Opened) -> tuple[Document, list[str]]:
    """The document and its chapters as HTML, made once per revision."""
    paper = _document(project)
    return paper, [chapter_to_html(chapter) for chapter in paper.chapters]


def _file_name(project: Opened, ending: str, what: str = "Charter") -> str:
    name = "".join(c if c.isalnum() or c in " -_" else " " for c in project.charter.name)
    return f"{what} - {' '.join(name.split())[:60]} - r{project.stamp.number} - {project.stamp.at:%Y-%m-%d}.{ending}"


def _xlsx(project: Opened) -> bytes:
    from scoping.export.xlsx import to_xlsx

    return to_xlsx(project.charter, revision=project.stamp.number, saved_at=project.stamp.at)


def _json(project: Opened) -> str:
    from scoping.export.charter_json import to_json

    return to_json(project.charter, revision=project.stamp.number, saved_at=project.stamp.at)


def _contracts(project: Opened) -> bytes:
    from scoping.export.contract import to_contracts

    return to_contracts(project.charter, project=project.project_id, revision=project.stamp.number, saved_at=project.stamp.at)


def _download(project: Opened, form: _Format, what: str, key: str) -> None:
    label, ending, mime, make = form
    st.download_button(
        label,
        partial(make, project),
        _file_name(project, ending, what),
        mime,
        key=f"{key}.{ending}",
        on_click="ignore",
        type="tertiary",
    )


def _plan_downloads(project: Opened, key: str) -> None:
    for form in _PLAN_FORMATS:
        _download(project, form, "Plan", key)
    st.caption("Jira's importer asks how days are written: yyyy-MM-dd.")


def plan_elsewhere(project: Opened) -> None:
    """How the plan gets into calendars and other programs; nothing while there is no milestone."""
    if not project.charter.part("milestones").milestones:
        return
    with st.popover("In calendars and other programs", icon=":material/event:"):
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
    return to_html(_document(project))


def _markdown(project: Opened) -> str:
    from scoping.export.markdown import to_markdown

    return to_markdown(_document(project))


def _calendar(project: Opened) -> bytes:
    from scoping.export.calendar import to_calendar

    return to_calendar(project.charter, project=project.project_id, revision=project.stamp.number, saved_at=project.stamp.at)


def _mspdi(project: Opened) -> bytes:
    from scoping.export.mspdi import to_mspdi

    return to_mspdi(project.charter, revision=project.stamp.number, saved_at=project.stamp.at)


def _jira(project: Opened) -> str:
    from scoping.export.jira_csv import to_jira_csv

    return to_jira_csv(project.charter)


_FORMATS: tuple[_Format, ...] = (
    ("Printable page (HTML)", "html", "text/html", _html),
    ("Text (Markdown)", "md", "text/markdown", _markdown),
    ("Data (JSON)", "json", "application/json", _json),
)
_PLAN_FORMATS: tuple[_Format, ...] = (
    ("Calendar of the plan (iCalendar)", "ics", "text/calendar", _calendar),
    ("Plan for MS Project (XML)", "xml", "application/xml", _mspdi),
    ("Plan for Jira's importer (CSV)", "csv", "text/csv", _jira),
)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _downloads(project: Opened) -> None:
    with st.container(horizontal=True, width="content", vertical_alignment="center"):
        with st.popover("More formats"):
            for form in _FORMATS:
                _download(project, form, "Charter", "download")
            if project.charter.part("milestones").milestones:
                _plan_downloads(project, "download")
            if project.charter.part("data_sources").sources:
                contracts_download(project, "download.contracts")
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


def told(blocks: Sequence[Block]) -> None:
    """A few blocks on a page of their own subject, such as the figures of a check."""
    _dress()
    st.html(chapter_to_html(Chapter(0, "", "", tuple(blocks))))


def _chapter(chapter: Chapter, text: str) -> None:
    section = PART_BY_SLUG.get(chapter.part)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(f"{chapter.number}  {chapter.title}", anchor=False, width="content")
        if section:
            st.page_link(frame.page_of(section.slug), label="Edit", icon=":material/edit:", query_params=workshop.here())
    st.html(text)


def _dress() -> None:
    """The colours of the page's theme for the blocks of the document."""
    dark = st.context.theme.type == "dark"
    ink = DARK if dark else LIGHT
    warn, faint = ("#F0A95B", "#2B2218") if dark else ("#9A4B00", "#FDF3E7")
    colours = f"--ink: {ink.ink}; --soft: {ink.soft}; --line: {ink.grid}; --open: {warn}; --open-faint: {faint}"
    st.html(f"<style>.paper {{ {colours} }} {paper_css()}</style>")


def _open_ends(paper: Document) -> None:
    with st.container(border=True):
        if not paper.reasons:
            st.markdown(":green[:material/check_circle:] **The evidence gate is met.**")
            return
        st.markdown(f"**Still a draft, because ({len(paper.reasons)})**")
        for finding in paper.reasons:
            section = PART_BY_SLUG[finding.part]
            st.markdown(notices.plain(finding.message))
            st.page_link(
                frame.page_of(section.slug),
                label=f"Go to {section.title}",
                icon=":material/arrow_forward:",
                query_params=workshop.here(),
            )


def _signatures(project: Opened) -> None:
    with st.container(border=True):
        st.markdown("**Sign-off**")
        signatures = project.charter.part("project").signatures
        for s in signatures:
            state = f":green[:material/check:] {times.day(s.signed_on)}" if s.signed_on else ":gray[:material/schedule:] not yet"
            st.markdown(f"{notices.plain(s.name or 'Nobody named')}, {notices.plain(s.role or 'no role')} · {state}")
        if not signatures:
            st.caption("Name who signs on the overview page.")
        st.page_link(frame.page_of("overview"), label="Edit sign-off", icon=":material/edit:", query_params=workshop.here())


def _versions(project: Opened) -> None:
    with st.container(border=True):
        st.markdown("**Last changes**")
        last = workshop.store().history(project.project_id, limit=CHANGES_SHOWN)
        where = {p.slug: p.title for p in PARTS}
        lines = (f"{times.ago(r.at)} · {where.get(r.part, r.part)} · {r.by or 'Guest'}" for r in last)
        st.caption("\n\n".join(map(notices.plain, lines)))
        st.page_link(frame.page_of("history"), label="All changes", icon=":material/history:", query_params=workshop.here())
