"""Milestones: what is delivered when, with ML, software and business targets; and what has become of it."""

import streamlit as st

from pages.parts import editors, health
from pages.parts.charter import paper
from pages.parts.milestones import baselines, checkin, planning, readings
from scoping.sections.milestones import SECTION

with editors.step(SECTION) as step:
    health.show(step.project)
    match editors.tabs(step):
        case "plan":
            editors.records(step, "milestones")
            baselines.overlaps(step)
            baselines.reasons(step)
            planning.show(step)
            paper.plan_elsewhere(step.project)
            editors.questions(step)
            st.subheader("Past projects", anchor=False)
            planning.outside_view(step)
            editors.questions(step, "reference")
        case "targets":
            editors.records(step, "targets")
        case "people":
            editors.records(step, "people")
            editors.records(step, "assignments")
            planning.people(step)
            editors.questions(step, "calendar")
            editors.records(step, "holidays")
        case "readings":
            readings.show(step)
            editors.records(step, "readings")
        case "checkin":
            checkin.show(step)
            editors.records(step, "checkins")
        case "baseline":
            baselines.show(step)
            editors.records(step, "moves")
