"""Feasibility: a verdict by written rules over graded evidence, and the checks that measure it on data."""

from pages.parts import charts as parts_charts
from pages.parts import editors, evidence
from pages.parts.feasibility import benchmarks, history, hlp, signal, slices, verdict
from scoping.sections.feasibility import SECTION

TABS = {
    "Verdict": ("", "verdicts"),
    "Evidence": ("evidence", "measurements"),
    "People": (),
    "Features": ("features",),
    "History and benchmarks": ("history", "benchmarks"),
    "Errors by slice": ("slices",),
}
"""What stands in which tab: lists, and topics of questions."""

with editors.step(SECTION) as step:
    for tab in editors.tabs(step, TABS):
        match tab:
            case "Verdict":
                editors.questions(step)
                verdict.show(step)
                editors.records(step, "verdicts")
            case "Evidence":
                editors.records(step, "evidence")
                evidence.listed(step)
            case "People":
                hlp.show(step)
                evidence.kept(step, "hlp")
            case "Features":
                signal.show(step)
                evidence.kept(step, "signal")
                signal.plausibility(step)
                editors.questions(step, "features")
            case "History and benchmarks":
                editors.records(step, "history")
                history.show(step)
                editors.records(step, "benchmarks")
                benchmarks.show(step)
            case "Errors by slice":
                editors.records(step, "slices")
                editors.questions(step, "slices")
                slices.typed(step)
                parts_charts.slices(step)
                slices.show(step)
                evidence.kept(step, "slices")
