"""Going live: the steps in which more and more users see it."""

from __future__ import annotations

import streamlit as st

from pages.parts import here, notices
from pages.parts.here import Step
from scoping import editing
from scoping.merge import added
from scoping.sections.rollout import SECTION, Rollout

USUAL = (
    (5, "Two weeks without an alarm"),
    (25, "Two more weeks without an alarm, and the business number holds"),
    (100, "It is watched every month from then on"),
)
"""Shares of the users in per cent, and what has to hold before more follow."""


def offer(step: Step) -> None:
    """Offer the usual steps while there are none."""
    if step.charter.rollout.ramp or step.project.is_archived:
        return
    st.button(
        "Begin with 5 %, 25 % and everybody",
        icon=":material/stairs:",
        key=step.key("ramp", "usual"),
        on_click=_take,
        args=(step.project.project_id,),
    )


def _take(project: str) -> None:
    rollout: Rollout = here.store().open(project).charter.rollout
    if rollout.ramp:
        return
    steps = [
        editing.new_record(
            SECTION,
            "ramp",
            here.new_id(),
            "",
            share=share,
            condition=condition,
            decider=rollout.rollback_owner,
            way_back=rollout.rollback_how,
        )
        for share, condition in USUAL
    ]
    with notices.refusals():
        here.save(project, SECTION.slug, [added("ramp", one) for one in steps], "The usual steps of a ramp-up")
