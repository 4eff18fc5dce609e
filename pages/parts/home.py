"""The home of a project: its charter on one page, what to do next, and the questions about the project itself."""

from __future__ import annotations

import streamlit as st

from pages.parts import editors, here, live, steps
from pages.parts.charter import exports
from pages.parts.portfolio import compare, menu
from scoping.sections.project import SECTION

_TABS = steps.TABS[steps.page(SECTION.slug)]


def page() -> None:
    """The tab that the address names."""
    step = editors.opened(SECTION, SECTION.question, part=SECTION.slug, whole=True)
    project = step.project
    _head(step)
    match live.asked(_TABS):
        case "about":
            live.view("next", step.key("next"), project.project_id, part=SECTION.slug)
            editors.sheet(step)
            editors.records(step, "signatures")
        case "open":
            editors.records(step, "assumptions")
        case "ratings":
            editors.records(step, "ratings")
            live.follow(step, "rubric", compare.offer_ratings, ("project",))
        case _:
            live.view("home", step.key("home"), project.project_id)


def _head(step: here.Step) -> None:
    """Title, state, and what can be done with the project as a whole."""
    key, project = step.key("head"), step.project.project_id

    def act() -> None:
        menu.act(project, str(st.session_state[key].act))

    tabs = [[slug, tab.label] for slug, tab in _TABS.items()]
    live.view("homehead", key, project, on_act=act, exports=exports.MENU, tabs=tabs, whole=True)
