"""Milestones: what is delivered when, with ML, software and business targets; and what has become of it."""

import streamlit as st

from pages.parts import editors, health
from pages.parts.charter import paper
from pages.parts.milestones import baselines, checkin, planning, readings
from scoping.sections.milestones import SECTION

TABS = {
    "Plan": ("milestones", "", "reference"),
    "Targets": ("targets",),
    "People": ("people", "assignments", "calendar", "holidays"),
    "Readings": ("readings",),
    "Check-in": ("checkins",),
    "Baseline": ("moves", "baselines"),
}
"""What stands in which tab: lists, and topics of questions."""

with editors.step(SECTION) as step:
    health.show(step.project)
    for tab in editors.tabs(step, TABS):
        match tab:
            case "Plan":
                editors.records(step, "milestones")
                baselines.overlaps(step)
                baselines.reasons(step)
                planning.show(step)
                paper.plan_elsewhere(step.project)
                editors.questions(step)
                st.subheader("Past projects", anchor=False)
                planning.outside_view(step)
                editors.questions(step, "reference")
            case "Targets":
                editors.records(step, "targets")
            case "People":
                editors.records(step, "people")
                editors.records(step, "assignments")
                planning.people(step)
                editors.questions(step, "calendar")
                editors.records(step, "holidays")
            case "Readings":
                readings.show(step)
                editors.records(step, "readings")
            case "Check-in":
                checkin.show(step)
                editors.records(step, "checkins")
            case "Baseline":
                baselines.show(step)
                editors.records(step, "moves")
