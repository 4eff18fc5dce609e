"""The sidebar and the few style rules that the theme cannot say."""

from __future__ import annotations

from copy import copy
from functools import cache

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.parts import health, notices, workshop
from scoping.charter import SECTIONS
from scoping.sections.project import SECTION as PROJECT
from scoping.signing.conditions import CONDITIONS, to_sign_words
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
# The ear has no looks; without this rule its empty box leaves a gap above the title.
_EAR = ".st-key-ear, .stElementContainer:has(> .st-key-ear) { position: absolute; height: 0; overflow: hidden }"
# Where somebody was led to by a link.
_ARRIVED = ".stElementContainer.arrived { outline: 2px solid var(--st-primary-color, currentColor); outline-offset: .4rem; border-radius: .5rem }"
# Streamlit paints white labels on primary buttons; on the light teal of the dark theme they would be unreadable.
_DARK = "[data-testid^=stBaseButton-primary], [data-testid^=stBaseButton-primary] * { color: #06201D !important }"


# Streamlit leaves 5rem on both sides of a wide page; beside the panel of findings the questions need that room.
_ROOM = """
[data-testid=stMainBlockContainer] { padding-inline: clamp(1rem, 3vw, 3rem); max-width: 90rem }
[data-testid=stSidebarHeader] { height: 2.75rem; margin-bottom: 0 }
@media (max-width: 68rem) {
  .st-key-step > [data-testid=stLayoutWrapper] > [data-testid=stHorizontalBlock], .st-key-step > [data-testid=stHorizontalBlock] { flex-wrap: wrap }
  .st-key-step > * > [data-testid=stHorizontalBlock] > [data-testid=stColumn], .st-key-step > [data-testid=stHorizontalBlock] > [data-testid=stColumn] { min-width: 100% }
}
"""
# What is missing is a sentence and a link: it is read whole.
_WHOLE = """
:is(.st-key-tasks, [class*=st-key-missing]) [data-testid=stPageLink] :is(a, span, p) { white-space: normal; overflow: visible; height: auto }
"""
# On a phone a chart keeps the width its words need and is moved sideways.
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
_DASH_COLOURS = {"light": ("#0F766E", "#8CC3BB"), "dark": ("#4DB6A8", "#2F6F67")}
_OF_ALL_PROJECTS = ("Projects", "Compare", "Timeline")


def dress() -> None:
    """Apply the style rules."""
    is_dark = st.context.theme.type == "dark"
    full, edge = _DASH_COLOURS["dark" if is_dark else "light"]
    dashes = f".dashes {{ --dash: {full}; --dash-edge: {edge} }} {_DASHES}"
    st.html(f"<style>{_DIRECTION}{_OURS}{_EAR}{_ARRIVED}{_ROOM}{_WHOLE}{_NARROW}{dashes}{_DARK if is_dark else ''}</style>")


def tab_title(page: str, project: Opened | None) -> str:
    """What the browser's tab says: among many tabs, the page first, then the project, if the page is about one."""
    name = short(" ".join(project.charter.name.split()), 60) if project and page not in _OF_ALL_PROJECTS else ""
    return " · ".join(filter(None, (page, name, "ML scoping workbench")))


def state_icon(is_done: bool) -> str:
    """Whether nothing of a step is missing to sign, as an icon."""
    return ":material/check_circle:" if is_done else ":material/radio_button_unchecked:"


def to_sign(met: int) -> None:
    """The one measure of progress, in words and as dashes."""
    dashes = "".join(f"<i{' class=met' if n < met else ''}></i>" for n in range(len(CONDITIONS)))
    st.html(f'<div>{to_sign_words(met)}<div class="dashes" aria-hidden="true">{dashes}</div></div>')


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
    """The page to link to. The part that describes the project itself is edited on the overview."""
    return _pages()["overview" if slug == PROJECT.slug else slug]


def address(path: str) -> str:
    """A path of this workbench as the reader's browser reaches it."""
    here = str(st.context.url or "")
    return f"{here.rsplit('/', 1)[0]}/{path}"


def sidebar(project: Opened | None) -> None:
    """Links to everything; the steps of the open project carry their state."""
    with st.sidebar:
        with st.container(gap="xxsmall"):
            st.page_link(page_of("portfolio"), query_params=workshop.here())
            for slug in ("compare", "timeline"):
                st.page_link(page_of(slug), help="", query_params=workshop.here())
        if project:
            _project(project)
        st.text_input(
            "Your name",
            value=workshop.me(),
            key="who",
            placeholder="Beside your changes",
            max_chars=80,
            on_change=_name_given,
            help="Kept for this browser. Every change carries it.",
        )


def _project(project: Opened) -> None:
    here = workshop.here()
    state = project.overview
    with st.container(gap="xxsmall"):
        st.caption(notices.plain(project.charter.name))
        st.markdown(health.markup(health.of(project)))
        st.page_link(page_of("overview"), query_params=here)
        for section in SECTIONS:
            icon = state_icon(state.is_done(section.slug))
            st.page_link(page_of(section.slug), label=section.title, icon=icon, help="", query_params=here)
    with st.container(gap="xxsmall"):
        st.caption("Outcome")
        st.page_link(page_of("charter"), query_params=here)
        st.page_link(page_of("history"), query_params=here)
    to_sign(state.met)


def _name_given() -> None:
    workshop.call_me(st.session_state.who)
