"""The sidebar and the few style rules that the theme cannot say."""

from __future__ import annotations

from copy import copy
from functools import cache

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.parts import notices, workshop
from scoping.charter import SECTIONS
from scoping.section import Progress
from scoping.sections.project import SECTION as PROJECT
from storage.store import Opened

# Every paragraph and input takes its direction from its own first strong letter, so Arabic, Hebrew and Persian read right.
_DIRECTION = """
[data-testid=stText], [data-testid=stText] *, [data-testid=stMarkdownContainer] :is(p,li,blockquote,h1,h2,h3,h4),
textarea, input[type=text], input[type=search] { unicode-bidi: plaintext; text-align: start }
"""
# The ear has no looks; without this rule its empty box leaves a gap above the title.
_EAR = ".st-key-ear, .stElementContainer:has(> .st-key-ear) { position: absolute; height: 0; overflow: hidden }"
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
# On a phone the state of a step takes a second line, and a chart keeps the width its words need and is moved sideways.
_NARROW = """
.st-key-tasks [data-testid=stPageLink] :is(a, span, p) { white-space: normal; overflow: visible; height: auto }
.stElementContainer:has(> [data-testid=stFullScreenFrame] [data-testid=stVegaLiteChart]) { overflow-x: auto }
[data-testid=stVegaLiteChart] { min-width: 36rem }
.stMarkdownBadge { white-space: normal !important; height: auto !important }
"""


def dress() -> None:
    """Apply the style rules."""
    dark = _DARK if st.context.theme.type == "dark" else ""
    st.html(f"<style>{_DIRECTION}{_EAR}{_ROOM}{_NARROW}{dark}</style>")


def state_icon(progress: Progress) -> str:
    """Empty, begun or complete, as an icon."""
    if progress.is_complete:
        return ":material/check_circle:"
    return ":material/radio_button_unchecked:" if progress.is_empty else ":material/timelapse:"


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
        st.page_link(page_of("overview"), query_params=here)
        for section in SECTIONS:
            progress = state.progress[section.slug]
            badge = "" if progress.is_complete else f" :gray-badge[{progress.answered}/{progress.total}]"
            label = f"{section.title}{badge}"
            st.page_link(page_of(section.slug), label=label, icon=state_icon(progress), help="", query_params=here)
    with st.container(gap="xxsmall"):
        st.caption("Outcome")
        mark = " :orange-badge[Draft]" if state.is_draft else " :green-badge[Ready]"
        st.page_link(page_of("charter"), label=f"Charter{mark}", query_params=here)
        st.page_link(page_of("history"), query_params=here)
    total = state.total
    st.progress(total.answered / total.total, text=f"{total.answered} of {total.total} answered")


def _name_given() -> None:
    workshop.call_me(st.session_state.who)
