"""Milestones: what is delivered when, with ML, software and business targets; and what has become of it."""

import streamlit as st

from pages.parts import baselines, checkin, editors, paper, planning, readings
from scoping.sections.milestones import SECTION

with editors.step(SECTION) as step:
    plan, targets, people, read, talks, frozen = st.tabs(
        ["Plan", "Targets", "People", "Readings", "Check-in", "Baseline"], key=step.key("tabs"), on_change="rerun"
    )
    if plan.open:
        with plan:
            editors.records(step, "milestones")
            baselines.reasons(step)
            planning.show(step)
            paper.plan_elsewhere(step.project)
            editors.questions(step)
            st.subheader("Past projects", anchor=False)
            planning.outside_view(step)
            editors.questions(step, "reference")
    if targets.open:
        with targets:
            editors.records(step, "targets")
    if people.open:
        with people:
            editors.records(step, "people")
            editors.records(step, "assignments")
            planning.people(step)
            editors.questions(step, "calendar")
            editors.records(step, "holidays")
    if read.open:
        with read:
            readings.show(step)
            editors.records(step, "readings")
    if talks.open:
        with talks:
            checkin.show(step)
            editors.records(step, "checkins")
    if frozen.open:
        with frozen:
            baselines.show(step)
            editors.records(step, "moves")
