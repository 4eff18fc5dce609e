"""Data sources: what can be had, how much of it, at what cost, in what time; how to buy, label, check and run it."""

import streamlit as st

from pages.parts import acquisition, charts, editors, enough_data, evidence, inventory, labelling, pipelines, profile
from scoping.sections.data_sources import SECTION

with editors.step(SECTION) as step:
    stock, labels, plan, curve, files, production = st.tabs(
        ["Inventory", "Definition and labels", "Plan", "How much is enough", "Files", "To production"],
        key=step.key("tabs"),
        on_change="rerun",
    )
    if stock.open:
        with stock:
            editors.records(step, "sources")
            inventory.show(step)
            charts.cost_against_amount(step)
    if labels.open:
        with labels:
            editors.questions(step, "definition")
            editors.records(step, "cases")
            st.subheader("Labelling", anchor=False)
            editors.questions(step, "labels")
            labelling.effort(step)
            st.subheader("Training, development and test sets", anchor=False)
            editors.questions(step, "split")
            labelling.split(step)
            labelling.regime(step)
    if plan.open:
        with plan:
            editors.questions(step, "plan")
            acquisition.show(step)
    if curve.open:
        with curve:
            editors.records(step, "learning_points")
            editors.questions(step, "curve")
            enough_data.show(step)
    if files.open:
        with files:
            profile.show(step)
            evidence.listed(step)
    if production.open:
        with production:
            editors.questions(step, "production")
            editors.records(step, "pipelines")
            pipelines.show(step)
