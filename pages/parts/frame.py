"""What is around every page: its title, the sidebar."""

from __future__ import annotations

from copy import copy
from functools import cache

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.parts import here, live, markup, steps
from scoping.charter import SECTIONS
from scoping.words import short
from storage.opened import Opened

_OF_ALL = {"portfolio": "Projects", "settings": "Settings", "join": "Join a workshop"}
_OF_ONE = {
    "home": "Home",
    **{section.slug: section.title for section in SECTIONS},
    "charter": "Charter",
    "run": "Run",
    "history": "History",
    "bring_back": "Bring changes back",
    "compare": "Compare",
    "hand_over": "Hand over",
    "workshop": "Workshop",
    "workshops": "Workshops",
}
_CONTRACT = ("compare", "bring_back", "hand_over")
"""Pages whose scripts stand in a folder of their own: what the charter is beside others, and in other hands."""


def script(page: str) -> str:
    """Where the script of a page stands, below those of all pages."""
    return f"contract/{page}.py" if page in _CONTRACT else f"{page}.py"


def title(page: str) -> str:
    """What a page of one project is called."""
    return _OF_ONE[page]


def tab_title(page: str, project: Opened | None) -> str:
    """What the browser's tab says: among many tabs, the page first, then the project, if the page is about one."""
    name = short(" ".join(project.charter.name.split()), 60) if project and page not in _OF_ALL.values() else ""
    return " · ".join(filter(None, (page, name, "ML scoping workbench")))


@cache
def _pages() -> tuple[StreamlitPage, ...]:
    """Making a page asks the disk for its file, so each is made once."""
    titles = {**_OF_ALL, **_OF_ONE}
    return tuple(st.Page(script(slug), title=title, default=slug == "portfolio") for slug, title in titles.items())


def pages() -> list[StreamlitPage]:
    """Every page, for the navigation of one run: it marks the page to be run, so no two runs share them."""
    return [copy(page) for page in _pages()]


def to_projects() -> None:
    """The way out of a page that has nothing to show."""
    project = here.project_id()
    markup.show(markup.link(f"./?{steps.PROJECT_PARAM}={project}" if project else "./", "Go to projects", "grid_view"))


def address(path: str) -> str:
    """A path of this workbench as the reader's browser reaches it."""
    here = str(st.context.url or "")
    return f"{here.rsplit('/', 1)[0]}/{path}"


def sidebar(project: Opened | None) -> None:
    """Links to everything, with the state of the open project and one's own name: one element, which no edit draws anew."""
    with st.sidebar:
        live.view("nav", "nav", project.project_id if project else "", me=here.me())
