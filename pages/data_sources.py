"""Data sources: what can be had, how much of it, at what cost, in what time; how to buy, label, check and run it."""

import streamlit as st

from pages.parts import charts, editors, evidence, live
from pages.parts.data_sources import acquisition, enough_data, inventory, labelling, pipelines, profile
from pages.parts.workshop import Step
from scoping.sections.data_sources import SECTION

SUPPLY = ("data_sources", "project", "value")
"""What the planner reads: amounts are in the currency of the project, at the rates of the value step."""


def sources(step: Step) -> None:
    inventory.show(step)
    charts.cost_against_amount(step)


def labels(step: Step) -> None:
    st.subheader("Labelling", anchor=False)
    editors.questions(step, "labels")
    labelling.effort(step)
    st.subheader("Training, development and test sets", anchor=False)
    editors.questions(step, "split")
    labelling.split(step)
    labelling.regime(step)


def files(step: Step) -> None:
    profile.show(step)
    evidence.listed(step)


with editors.step(SECTION) as step:
    match editors.tabs(step):
        case "inventory":
            editors.records(step, "sources")
            live.follow(step, "inventory", sources, ("data_sources", "project"))
        case "labels":
            editors.questions(step, "definition")
            editors.records(step, "cases")
            live.follow(step, "labels", labels, ("data_sources", "feasibility", "solutions"))
        case "plan":
            editors.questions(step, "plan")
            live.follow(step, "plan", acquisition.show, SUPPLY)
        case "enough":
            editors.records(step, "learning_points")
            editors.questions(step, "curve")
            live.follow(step, "enough", enough_data.show, (*SUPPLY, "milestones"))
        case "files":
            live.follow(step, "files", files, ("data_sources",))
        case "production":
            editors.questions(step, "production")
            editors.records(step, "pipelines")
            live.follow(step, "production", pipelines.show, ("data_sources", "milestones"))
