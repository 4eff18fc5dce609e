"""Feasibility: a verdict by written rules over graded evidence, and the checks that measure it on data."""

from pages.parts import charts, editors, evidence, live
from pages.parts.feasibility import benchmarks, hlp, signal, slices, verdict
from pages.parts.feasibility import history as past
from pages.parts.workshop import Step
from scoping.sections.feasibility import SECTION

JUDGED = ("feasibility", "solutions")
"""Whatever judges an idea, or is kept as evidence for one, reads these."""


def ideas(step: Step) -> None:
    editors.questions(step)
    verdict.show(step)
    editors.records(step, "verdicts")


def people(step: Step) -> None:
    hlp.show(step)
    evidence.kept(step, "hlp")


def features(step: Step) -> None:
    signal.show(step)
    evidence.kept(step, "signal")
    signal.plausibility(step)
    editors.questions(step, "features")


def history(step: Step) -> None:
    editors.records(step, "history")
    past.show(step)
    editors.records(step, "benchmarks")
    benchmarks.show(step)


def errors(step: Step) -> None:
    editors.records(step, "slices")
    editors.questions(step, "slices")
    slices.typed(step)
    charts.slices(step)
    slices.show(step)
    evidence.kept(step, "slices")


with editors.step(SECTION) as step:
    match editors.tabs(step):
        case "verdict":
            editors.records(step, "evidence")
            live.follow(step, "verdict", ideas, JUDGED)
        case "measure":
            live.follow(step, "people", people, (*JUDGED, "milestones"))
            live.follow(step, "history", history, ("feasibility",))
            live.follow(step, "evidence", evidence.listed, ("feasibility",))
        case "features":
            editors.records(step, "features")
            live.follow(step, "features", features, JUDGED)
        case "proof":
            editors.questions(step, "start")
            editors.records(step, "hypotheses")
        case "groups":
            live.follow(step, "slices", errors, JUDGED)
