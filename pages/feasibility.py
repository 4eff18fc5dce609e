"""Feasibility: what speaks for an idea and against it, and how more of that is found."""

from pages.parts import charts, editors, evidence, live
from pages.parts.feasibility import benchmarks, features, groups, history, measure, proof, verdict
from scoping.sections import solutions
from scoping.sections.feasibility import SECTION

JUDGED = ("feasibility", "solutions")
"""Whatever judges an idea, or is kept as evidence for one, reads these."""

with editors.step(SECTION) as step:
    chosen = solutions.chosen(step.charter.solutions)
    about = {"solution": chosen.id} if chosen else {}
    match editors.tabs(step):
        case "verdict":
            editors.records(step, "evidence", about, shape="elsewhere")
            live.follow(step, "verdict", verdict.show, JUDGED)
            editors.records(step, "verdicts", about)
            editors.sheet(step, topic="", folded="What performance is asked for")
        case "measure":
            live.follow(step, "measure", measure.show, (*JUDGED, "milestones"))
            live.follow(step, "kept", evidence.listed, ("feasibility",))
            editors.records(step, "history")
            live.follow(step, "history", history.show, JUDGED)
            editors.records(step, "benchmarks")
            live.follow(step, "benchmarks", benchmarks.show, ("feasibility",))
        case "features":
            live.follow(step, "features", features.show, ("feasibility",))
            editors.records(step, "features")
            live.follow(step, "plausibility", features.plausibility, ("feasibility",))
            editors.questions(step, "features")
        case "proof":
            live.follow(step, "proof", proof.show, JUDGED)
            editors.records(step, "hypotheses", about)
            live.follow(step, "first", proof.first_steps, ("milestones",))
        case "groups":
            editors.records(step, "slices", shape="elsewhere")
            live.follow(step, "groups", groups.show, ("feasibility",))
            live.follow(step, "chart", charts.slices, ("feasibility",))
            editors.questions(step, "slices")
