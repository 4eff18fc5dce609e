"""Feasibility: a verdict by written rules over graded evidence, and the checks that measure it on data."""

from pages.parts import charts as parts_charts
from pages.parts import editors, evidence
from pages.parts.feasibility import hlp, progress, signal, slices, verdict
from scoping.sections.feasibility import SECTION

with editors.step(SECTION) as step:
    match editors.tabs(step):
        case "verdict":
            editors.questions(step)
            verdict.show(step)
            editors.records(step, "verdicts")
        case "evidence":
            editors.records(step, "evidence")
            evidence.listed(step)
        case "people":
            hlp.show(step)
            evidence.kept(step, "hlp")
        case "features":
            signal.show(step)
            evidence.kept(step, "signal")
            signal.plausibility(step)
            editors.questions(step, "features")
        case "history":
            editors.records(step, "history")
            progress.history(step)
            editors.records(step, "benchmarks")
            progress.benchmarks(step)
        case "slices":
            editors.records(step, "slices")
            editors.questions(step, "slices")
            slices.typed(step)
            parts_charts.slices(step)
            slices.show(step)
            evidence.kept(step, "slices")
