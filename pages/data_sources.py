"""Data sources: what can be had, how much of it, at what cost, in what time; how to buy, label, check and run it."""

import streamlit as st

from pages.parts import charts as parts_charts
from pages.parts import editors, evidence
from pages.parts.data_sources import acquisition, enough_data, inventory, labelling, pipelines, profile
from scoping.sections.data_sources import SECTION

TABS = {
    "Inventory": ("sources",),
    "Definition and labels": ("definition", "cases", "labels", "split"),
    "Plan": ("plan",),
    "How much is enough": ("learning_points", "curve"),
    "Files": ("reports",),
    "To production": ("production", "pipelines"),
}
"""What stands in which tab: lists, and topics of questions."""

with editors.step(SECTION) as step:
    for tab in editors.tabs(step, TABS):
        match tab:
            case "Inventory":
                editors.records(step, "sources")
                inventory.show(step)
                parts_charts.cost_against_amount(step)
            case "Definition and labels":
                editors.questions(step, "definition")
                editors.records(step, "cases")
                st.subheader("Labelling", anchor=False)
                editors.questions(step, "labels")
                labelling.effort(step)
                st.subheader("Training, development and test sets", anchor=False)
                editors.questions(step, "split")
                labelling.split(step)
                labelling.regime(step)
            case "Plan":
                editors.questions(step, "plan")
                acquisition.show(step)
            case "How much is enough":
                editors.records(step, "learning_points")
                editors.questions(step, "curve")
                enough_data.show(step)
            case "Files":
                profile.show(step)
                evidence.listed(step)
            case "To production":
                editors.questions(step, "production")
                editors.records(step, "pipelines")
                pipelines.show(step)
