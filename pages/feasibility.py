"""Feasibility: a verdict by written rules over graded evidence, and the checks that measure it on data."""

import streamlit as st

from pages.parts import charts, editors, evidence, hlp, progress, signal, slices, verdict
from scoping.sections.feasibility import SECTION

with editors.step(SECTION) as step:
    judged, found, people, features, before, errors = st.tabs(
        ["Verdict", "Evidence", "People", "Features", "History and benchmarks", "Errors by slice"],
        key=step.key("tabs"),
        on_change="rerun",
    )
    if judged.open:
        with judged:
            editors.questions(step)
            verdict.show(step)
            editors.records(step, "verdicts")
    if found.open:
        with found:
            editors.records(step, "evidence")
            evidence.listed(step)
    if people.open:
        with people:
            hlp.show(step)
            evidence.kept(step, "hlp")
    if features.open:
        with features:
            signal.show(step)
            evidence.kept(step, "signal")
            signal.plausibility(step)
            editors.questions(step, "features")
    if before.open:
        with before:
            editors.records(step, "history")
            progress.history(step)
            editors.records(step, "benchmarks")
            progress.benchmarks(step)
    if errors.open:
        with errors:
            editors.records(step, "slices")
            editors.questions(step, "slices")
            slices.typed(step)
            charts.slices(step)
            slices.show(step)
            evidence.kept(step, "slices")
