"""The sidebar and the few style rules that the theme cannot say."""

from __future__ import annotations

from copy import copy
from functools import cache

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.parts import live, steps, workshop
from scoping.charter import SECTIONS
from scoping.words import short
from storage.store import Opened

# Every paragraph and input takes its direction from its own first strong letter, so Arabic, Hebrew and Persian read right.
_DIRECTION = """
[data-testid=stText], [data-testid=stText] *, [data-testid=stMarkdownContainer] :is(p,li,blockquote,h1,h2,h3,h4),
textarea, input[type=text], input[type=search] { unicode-bidi: plaintext; text-align: start }
"""
# Captions, tips and notices are sentences of ours: a Persian name at their beginning does not turn them around.
_OURS = """
:is([data-testid=stCaptionContainer], [data-testid=stTooltipContent], [data-testid=stAlert], [data-testid=stToast], .st-key-open_points, .st-key-health)
  :is(p,li) { unicode-bidi: isolate !important; direction: ltr; text-align: left }
"""
# Where somebody was led to by a link.
_ARRIVED = ".arrived { outline: 2px solid var(--ours); outline-offset: .4rem; border-radius: .5rem }"
# Streamlit paints white labels on primary buttons; on the light teal of the dark theme they would be unreadable.
_DARK = "[data-testid^=stBaseButton-primary], [data-testid^=stBaseButton-primary] * { color: #06201D !important }"


# Streamlit leaves 5rem on both sides of a wide page; beside the panel of findings the questions need that room.
_ROOM = """
[data-testid=stMainBlockContainer] { padding-inline: clamp(1rem, 3vw, 3rem); max-width: 90rem }
[data-testid=stMainBlockContainer] h1 { font-size: 1.75rem; line-height: 1.22; padding: .25rem 0 .5rem }
[data-testid=stSidebarHeader] { height: 2.75rem; margin-bottom: 0 }
[data-testid=stVerticalBlock]:has(> .st-key-panel) { position: relative; padding-inline-end: 19rem; min-height: 70vh }
.st-key-panel { position: absolute; inset-block-start: 0; inset-inline-end: 0; width: 17rem }
@media (max-width: 68rem) {
  [data-testid=stVerticalBlock]:has(> .st-key-panel) { padding-inline-end: 0 }
  .st-key-panel { position: static; width: 100% }
}
"""
# On a phone the state of a step takes a second line, and a chart keeps the width its words need and is moved sideways.
_NARROW = """
.stElementContainer:has(> [data-testid=stFullScreenFrame] [data-testid=stVegaLiteChart]) { overflow-x: auto }
[data-testid=stVegaLiteChart] { min-width: 36rem }
.stMarkdownBadge { white-space: normal !important; height: auto !important }
"""


# One dash for each condition of the charter; a hollow one is not met.
_DASHES = """
.dashes { display: flex; gap: 3px; margin-top: .35rem }
.dashes i { flex: 1; height: .5rem; border-radius: .25rem; border: 1px solid var(--dash-edge) }
.dashes i.met { background: var(--dash); border-color: var(--dash) }
"""
# What `markup` makes.
_MARKUP = """
.figures { display: flex; flex-wrap: wrap; gap: .75rem 2rem; margin: 0; padding: 0 !important }
.figures dt, .figures small, .note { font-size: .8125rem; line-height: 1.45; font-weight: 400; color: var(--mute) }
.figures dd { margin: 0; font-size: 1.35rem; line-height: 1.3; font-weight: 600; font-variant-numeric: tabular-nums }
.figures small { display: block }
.badge { display: inline-flex; align-items: center; gap: .3rem; font-size: .8125rem; font-weight: 600; border-radius: 999px; white-space: nowrap; align-self: flex-start; color: var(--mute) }
.badge.ours { color: var(--ours) }
.badge.good { color: var(--good) }
.badge.bad, .badge.warn { padding: .1rem .6rem .1rem .45rem }
.badge.bad { color: var(--bad); background: var(--bad-tint) }
.badge.warn { color: var(--warn); background: var(--warn-tint) }
.good { color: var(--good) }
.bad { color: var(--bad) }
.note { margin: .25rem 0 0 !important }
ul.plain { list-style: none; margin: 0; padding: 0 }
ul.plain li { margin: 0; padding: .2rem 0 }
nav.ways { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .5rem 1rem; margin-top: 1rem }
.chapter { display: flex; align-items: baseline; justify-content: space-between; gap: 1rem; margin-top: 2rem }
.chapter h2 { padding: 0; font-size: 1.3rem }
ol.changes { list-style: none; margin: 0; padding: 0 }
ol.changes > li { margin: 0; padding: .75rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; white-space: pre-wrap }
ol.changes p { display: flex; flex-wrap: wrap; gap: .35rem; margin: 0 }
ol.changes a.go { margin-inline-start: auto }
ul.cards { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)) }
ul.cards li { position: relative; margin: 0; padding: 1rem 1.1rem; border: 1px solid var(--line); border-radius: .85rem; display: flex; flex-direction: column; gap: .35rem; overflow-wrap: anywhere }
ul.cards li:hover { box-shadow: 0 1px 2px rgb(11 23 22 / .05), 0 8px 28px rgb(11 23 22 / .1) }
ul.cards h3 { margin: 0; padding: 0; font-size: 1.05rem; line-height: 1.35 }
ul.cards a.go { color: inherit !important; unicode-bidi: isolate }
ul.cards a.go > span { text-decoration: none }
ul.cards a.go::after { content: ""; position: absolute; inset: 0; border-radius: inherit }
ul.cards a.go:focus-visible::after { outline: 2px solid var(--ours) }
a.go { display: inline-flex; gap: .5rem; color: var(--link) !important; text-decoration: none !important }
a.go > span:last-child { text-decoration: underline; text-underline-offset: 3px }
.icon { font-family: "Material Symbols Rounded"; font-size: 1.15em; line-height: 1.3; font-feature-settings: "liga"; text-decoration: none; user-select: none }
"""
_COLOURS = {
    "light": {
        "ours": "#0F766E",
        "dash": "#0F766E",
        "dash-edge": "#8CC3BB",
        "mute": "#566664",
        "link": "#0B5F73",
        "good": "#26743A",
        "bad": "#B3261E",
        "bad-tint": "#FBE9E7",
        "warn": "#A34A06",
        "warn-tint": "#FCF0E2",
        "line": "#D5DEDC",
    },
    "dark": {
        "ours": "#4DB6A8",
        "dash": "#4DB6A8",
        "dash-edge": "#2F6F67",
        "mute": "#9FB0AD",
        "link": "#6CC7D9",
        "good": "#85CB94",
        "bad": "#F49A92",
        "bad-tint": "#3B2321",
        "warn": "#EBAA5C",
        "warn-tint": "#33281A",
        "line": "#33403F",
    },
}
_OF_ALL_PROJECTS = ("Projects", "Compare", "Timeline")


def dress() -> None:
    """Apply the style rules."""
    is_dark = st.context.theme.type == "dark"
    colours = ";".join(f"--{name}: {colour}" for name, colour in _COLOURS["dark" if is_dark else "light"].items())
    rules = (_DIRECTION, _OURS, _ARRIVED, _ROOM, _NARROW, _DASHES, _MARKUP, _DARK if is_dark else "")
    st.html(f"<style>:root {{ {colours} }} {''.join(rules)}</style>")


def tab_title(page: str, project: Opened | None) -> str:
    """What the browser's tab says: among many tabs, the page first, then the project, if the page is about one."""
    name = short(" ".join(project.charter.name.split()), 60) if project and page not in _OF_ALL_PROJECTS else ""
    return " · ".join(filter(None, (page, name, "ML scoping workbench")))


@cache
def _pages() -> dict[str, StreamlitPage]:
    """Every page by its slug, in order. Making one asks the disk for its file, so each is made once."""
    steps = {s.slug: st.Page(f"{s.slug}.py", title=s.title, icon=f":material/{s.icon}:", help=s.why) for s in SECTIONS}
    icon = ":material/{}:".format
    return {
        "portfolio": st.Page(
            "portfolio.py", title="Projects", icon=icon("grid_view"), help="All projects and samples.", default=True
        ),
        "compare": st.Page("compare.py", title="Compare", icon=icon("leaderboard"), help="Which project first?"),
        "timeline": st.Page("timeline.py", title="Timeline", icon=icon("view_timeline"), help="Milestones of all projects."),
        "overview": st.Page("overview.py", title="Overview", icon=icon("dashboard"), help="The open project at a glance."),
        **steps,
        "charter": st.Page("charter.py", title="Charter", icon=icon("contract"), help="Read, check and download the charter."),
        "history": st.Page("history.py", title="History", icon=icon("history"), help="Who changed what, and how to undo it."),
    }


def pages() -> list[StreamlitPage]:
    """Every page, for the navigation of one run: it marks the page to be run, so no two runs share them."""
    return [copy(page) for page in _pages().values()]


def page_of(slug: str) -> StreamlitPage:
    """The page to link to."""
    return _pages()[steps.page(slug)]


def address(path: str) -> str:
    """A path of this workbench as the reader's browser reaches it."""
    here = str(st.context.url or "")
    return f"{here.rsplit('/', 1)[0]}/{path}"


def sidebar(project: Opened | None) -> None:
    """Links to everything, with the state of the open project and one's own name: one element, which no edit draws anew."""
    with st.sidebar:
        live.view("nav", "nav", project.project_id if project else "", me=workshop.me())
