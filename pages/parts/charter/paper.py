"""The charter to be read: on one page first, then in chapters; beside it what is in it, and who signs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import streamlit as st

from pages.parts import editors, frame, here, live, markup, steps, times
from pages.parts.addresses import CALENDAR_URL
from pages.parts.charter import exports, log, records, signing, versions
from pages.parts.markup import Html
from scoping.blocks import Block
from scoping.charter import PART_BY_SLUG
from scoping.document.one_page import Gap, OnePage, Piece, Row, one_page
from scoping.document.paper import Chapter
from scoping.drawing import DARK, LIGHT
from scoping.export.html import chapter_to_html, paper_css
from scoping.health import UNSIGNED
from scoping.places import Place
from scoping.sections.project import SECTION as PROJECT
from scoping.signing.conditions import to_sign_words
from storage.opened import Opened

_WORDS_A_MINUTE = 220
ON_ONE_PAGE = "On one page"
_TABS = steps.TABS["charter"]


def page() -> None:
    """Title and files, then the charter itself, which follows what people write; in a tab of its own what was decided."""
    step = editors.opened(PROJECT, "Charter", part=PROJECT.slug, title="Charter", whole=True)
    project = step.project.project_id
    # Who keeps a version sees it below at once.
    live.view("homehead", step.key("charterhead"), project, on_act=lambda: None, exports=exports.MENU)
    if live.tabs("charter", {slug: tab.label for slug, tab in _TABS.items()}, whole=True) == "decisions":
        markup.show(markup.title("What was decided?"))
        editors.records(step, "decisions")
        live.follow(step, "log", log.told)
        return
    live.follow(step, "paper", _reading)
    live.view("acts", step.key("acts"), project)


def _reading(step: here.Step) -> None:
    today = times.today()
    told, is_written = step.project.once(("paper", today), lambda project: _paper(project, today))
    kept = versions.listed(step.project, here.store().versions.of(step.project.project_id))
    beside = f'<aside class="signoff" aria-label="Sign-off">{signing.card(step.project, today)}{kept}{signing.readers(step.project)}</aside>'
    markup.show(dress(), told if not is_written else f'<div class="reading" id="signing">{told}{beside}</div>{_dock(step.project)}')


def _dock(project: Opened) -> str:
    """On a phone, docked below the text: the way to the card on which it is signed."""
    if project.is_archived:
        return ""
    label = "Read and sign" if project.signing.open and not project.overview.missing else "Who signs"
    met = to_sign_words(project.overview.met)
    return f'<div class="dock tosign"><p><b>{markup.text(met)}</b></p><a class="btn p" href="#signing">{label}</a></div>'


def _paper(project: Opened, today: date) -> tuple[Html, bool]:
    """The charter with its contents as HTML, made once per revision and day, and whether anything is written."""
    told = one_page(project.charter, project.overview)
    in_short = project.charter.project.summary.strip()
    if not in_short and not told.says_something:
        first = told.rows[0].pieces[0]
        way = markup.link(steps.href(project.project_id, first.place), first.text) if isinstance(first, Gap) else ""
        return markup.empty("The charter writes itself from what the eight steps say. Nothing is written yet.", way), False
    chapters = _chapters(project, today)
    text = f"{_one_page(project, told, today)}{''.join(html for _, html in chapters)}"
    names = (ON_ONE_PAGE, *(about for about, _ in chapters))
    return Html(f'{contents(names)}<div class="text">{text}</div>'), True


def contents(names: Sequence[str]) -> str:
    """Links to what stands on the page, by the titles of its pieces."""
    here = ' aria-current="location"'
    entries = "".join(
        f'<li><a class="toc" href="#{anchor(name)}"{"" if at else here}>{markup.text(name)}</a></li>'
        for at, name in enumerate(names)
    )
    return f'<nav class="contents" aria-label="Contents"><h2>Contents</h2><ul>{entries}</ul></nav>'


def anchor(name: str) -> str:
    """Where a link to a piece leads."""
    return "".join(c if c.isalnum() else "-" for c in name.casefold()).strip("-")


# On one page


def _one_page(project: Opened, told: OnePage, day: date) -> str:
    rows = "".join(
        f'<div class="cl"><h3>{markup.text(row.title)}</h3><p dir="auto">{_row(project, row)}</p></div>' for row in told.rows
    )
    asked = f'<div class="ask"><p dir="auto">{_row(project, told.asked)}</p></div>'
    now, today = project.health(day), ""
    if now.word not in UNSIGNED:  # of these two, other rows say the same
        today = f'<div class="cl"><h3>Today</h3><p dir="auto">{markup.badge(now)} {markup.text(now.reason)}</p></div>'
    summary = markup.text(project.charter.project.summary.strip())
    short = f'<div class="cl"><h3>In short</h3><p dir="auto">{summary}</p></div>' if summary else ""
    return f'<article class="doc" id="{anchor(ON_ONE_PAGE)}" aria-label="{ON_ONE_PAGE}">{asked}{short}{today}{rows}</article>'


def _row(project: Opened, row: Row) -> str:
    return "".join(_piece(project, piece) for piece in row.pieces)


def _piece(project: Opened, piece: Piece) -> str:
    if isinstance(piece, Gap):
        lead = " " if piece.text.startswith(" ") else ""
        return lead + markup.unknown(piece.text.strip(), steps.href(project.project_id, piece.place))
    return f'<span class="is-{piece.look}">{markup.text(piece.text)}</span>' if piece.look else markup.text(piece.text)


# Chapters, folded


def _chapters(project: Opened, today: date) -> list[tuple[str, str]]:
    """What each row of the one page is told in full, by its name: as HTML."""
    chapters = exports.written(project, today, chosen=records.chosen(here.store(), project)).chapters
    return [(about, _fold(project, about, list(group))) for about, group in groupby(chapters, key=lambda c: c.about)]


def _fold(project: Opened, about: str, chapters: Sequence[Chapter]) -> str:
    told = "".join(_chapter(project, chapter) for chapter in chapters)
    minutes = max(1, round(sum(len(str(block).split()) for c in chapters for block in c.blocks) / _WORDS_A_MINUTE))
    what = ", ".join(dict.fromkeys(c.title for c in chapters if c.title != about))
    head = f'<span class="t">{markup.text(about)}</span> <span class="meta">{markup.text(what)}{", " if what else ""}{minutes} min</span>'
    return f'<details class="fold chapter" id="{anchor(about)}"><summary>{head}</summary>{told}</details>'


def _chapter(project: Opened, chapter: Chapter) -> str:
    edit = markup.link(steps.href(project.project_id, Place(chapter.part)), "Edit", "edit") if chapter.part in PART_BY_SLUG else ""
    return f'<div class="chead"><h2>{chapter.number}  {markup.text(chapter.title)}</h2>{edit}</div>{chapter_to_html(chapter)}'


def told(blocks: Sequence[Block]) -> None:
    """A few blocks on a page of their own subject, such as the figures of a check."""
    markup.show(dress(), chapter_to_html(Chapter(0, "", "", tuple(blocks))))


def dress() -> str:
    """The colours of the page's theme for the blocks of the document."""
    dark = st.context.theme.type == "dark"
    ink = DARK if dark else LIGHT
    warn, faint = ("#F0A95B", "#2B2218") if dark else ("#9A4B00", "#FDF3E7")
    colours = f"--ink: {ink.ink}; --soft: {ink.soft}; --line: {ink.grid}; --open: {warn}; --open-faint: {faint}"
    return f"<style>.paper {{ {colours} }} {paper_css()}</style>"


# Files


def _file(project: Opened, export: exports.Export) -> str:
    href = exports.href(project.project_id, export.name, times.today())
    return f'<a download href="{markup.text(href)}">{markup.text(export.label)}</a> <span class="meta">{markup.text(export.told)}</span>'


def plan_elsewhere(project: Opened) -> None:
    """How the plan gets into calendars and other programs; nothing while there is no milestone."""
    offered = [e for e in exports.EXPORTS if e.needs == exports.PLAN and e.is_offered(project)]
    if not offered:
        return
    with st.popover("In calendars and other programs", icon=":material/event:", key="elsewhere", on_change="rerun") as place:
        if place.open:
            st.markdown("Subscribe to this address in a calendar. It follows the plan, with a reminder a week before each date.")
            st.code(frame.address(CALENDAR_URL.format(project=project.project_id)), language=None)
            markup.show(markup.lines(_file(project, export) for export in offered))


def onward(project: Opened) -> None:
    """The way to what other tools take."""
    markup.show(markup.link(f"hand_over?{steps.PROJECT_PARAM}={project.project_id}", "Packs for other tools: hand over", "output"))


def contracts_download(project: Opened) -> None:
    """The contracts of all data sources."""
    export = exports.BY_NAME["contracts.zip"]
    if export.is_offered(project):
        markup.show(f"<p>{_file(project, export)}</p>")
