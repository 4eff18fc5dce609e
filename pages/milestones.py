"""Milestones: what is delivered when, with ML, software and business targets, and who works on it."""

from pages.parts import editors, live
from pages.parts.milestones import planning
from scoping.sections.milestones import SECTION

with editors.step(SECTION) as step:
    match editors.tabs(step):
        case "plan":
            editors.records(step, "milestones")
            live.view("timeline", "timeline", step.project.project_id)
            live.follow(step, "plan", planning.show, ("milestones", "project"))
            editors.sheet(step, topic="", folded="If unsure, and what the plan leaves out")
            editors.sheet(step, topic="reference", folded="Compare with past projects")
        case "targets":
            editors.records(step, "targets")
        case "people":
            editors.records(step, "people")
            editors.records(step, "assignments")
        case "days":
            editors.questions(step, "calendar")
            editors.records(step, "holidays")
