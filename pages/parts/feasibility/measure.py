"""One place to drop a file: what people want to find out from it, and the figure."""

from __future__ import annotations

import streamlit as st

from pages.parts import markup, uploads
from pages.parts.feasibility import hlp, signal, slices
from pages.parts.here import Step
from pages.parts.milestones import past_projects
from scoping.measuring.wanted import wanted
from scoping.places import Place
from scoping.tables.table import Preview
from storage.children import Finished

DESK = "measure"
CHECKS = {
    "hlp": "How well people do it",
    "signal": "Whether features carry a signal",
    "slices": "Where it goes wrong, by group",
    "past": "How long past projects took",
}
_INTRO = (
    "Drop a file: labels that people gave, cases of the past, or predictions beside the truth. What you want to find out is guessed "
    "from its columns; you can change it."
)
_SHOWN = {"hlp": hlp.show, "signal": signal.show, "slices": slices.show, "past": past_projects.read}


def show(step: Step) -> None:
    """Drop a file, say what it is for, see the figure, take it as evidence."""
    chosen = _wanted(step)
    if chosen == "past":
        plan = step.link(Place("milestones", "", "", "reference_kind"), "Look at the plan")
        markup.show(
            markup.banner("Past projects say how long such work takes. What is added here counts in every plan.", plan, calm=True)
        )
    _SHOWN[chosen](step, DESK)


def _wanted(step: Step) -> str:
    """What people want to find out from the table on the desk, guessed from its columns; the first check while there is none."""
    key, found = uploads.shared(step, DESK)
    if found is None:
        st.caption(_INTRO)
        return next(iter(CHECKS))
    widget = step.key(DESK, "wanted", found.number)
    if widget not in st.session_state:
        if found.is_assigned:
            st.session_state[widget] = found.method
        elif isinstance(found.preview, Finished):
            st.session_state[widget] = wanted(Preview.model_validate(found.preview.answer))
        else:
            return found.method
    chosen: str = st.radio(
        "What do you want to find out?", list(CHECKS), format_func=lambda one: CHECKS[one], key=widget, horizontal=True
    )
    if found.method != chosen or not found.is_assigned:
        uploads.jobs().assign(key, chosen)
    return chosen
