"""Ethics and risk: three questions, impact, legal class, concerns, risks, fairness, and what follows from them."""

import streamlit as st

from pages.parts import concerns, duties, editors, legal, questionnaire, risks
from scoping.sections.ethics import SECTION

with editors.step(SECTION) as step:
    names = ["Three questions", "Impact", "Legal class", "Concerns", "Risks", "Fairness", "Obligations"]
    three, impact, legal_class, aired, risk, fairness, obligations = st.tabs(names, key=step.key("tabs"), on_change="rerun")
    if three.open:
        with three:
            editors.questions(step)
    if impact.open:
        with impact:
            editors.heading(step, "checklist")
            questionnaire.pack_choice(step)
            questionnaire.outcome(step)
            questionnaire.deciding(step)
            questionnaire.areas(step)
            questionnaire.coverage(step)
            questionnaire.own_packs(step)
    if legal_class.open:
        with legal_class:
            editors.heading(step, "legal_path")
            legal.way(step)
    if aired.open:
        with aired:
            concerns.without_a_name(step)
            editors.records(step, "concerns")
    if risk.open:
        with risk:
            editors.records(step, "risks")
            risks.maps(step)
            editors.records(step, "premortem")
            risks.feeds(step)
    if fairness.open:
        with fairness:
            editors.records(step, "groups")
            duties.slice_targets(step)
    if obligations.open:
        with obligations:
            duties.demanded(step)
            editors.records(step, "obligations")
            duties.milestones(step)
            duties.launch(step)
