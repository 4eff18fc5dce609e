"""Data sources: what can be had, how much of it, at what cost, in what time; how to buy, label, check and run it."""

import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import editors, evidence
from pages.parts.data_sources import acquisition, enough_data, inventory, labelling, pipelines, profile
from scoping.sections.data_sources import SECTION

with editors.step(SECTION) as step:
    match editors.tabs(step):
        case "inventory":
            editors.records(step, "sources")
            inventory.show(step)
            parts_charts.cost_against_amount(step)
        case "labels":
            editors.questions(step, "definition")
            editors.records(step, "cases")
            st.subheader("Labelling", anchor=False)
            editors.questions(step, "labels")
            labelling.effort(step)
            st.subheader("Training, development and test sets", anchor=False)
            editors.questions(step, "split")
            labelling.split(step)
            labelling.regime(step)
        case "plan":
            editors.questions(step, "plan")
            acquisition.show(step)
        case "enough":
            editors.records(step, "learning_points")
            editors.questions(step, "curve")
            enough_data.show(step)
        case "files":
            profile.show(step)
            evidence.listed(step)
        case "production":
            editors.questions(step, "production")
            editors.records(step, "pipelines")
            pipelines.show(step)
