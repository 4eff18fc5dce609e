"""Milestones: what is delivered when, with ML, software and business targets; and what has become of it."""

from pages.parts import editors, live
from pages.parts.charter import paper
from pages.parts.milestones import baselines, checkin, planning, readings
from pages.parts.workshop import Step
from scoping.sections.milestones import SECTION


def plan(step: Step) -> None:
    counted = planning.of(step)
    baselines.overlaps(step)
    baselines.reasons(step, counted)
    planning.show(step, counted)
    paper.plan_elsewhere(step.project)
    editors.questions(step)
    planning.outside_view(step)


def people(step: Step) -> None:
    planning.people(step)
    editors.questions(step, "calendar")
    editors.records(step, "holidays")


with editors.step(SECTION) as step:
    live.view("health", "health", step.project.project_id)
    match editors.tabs(step):
        case "plan":
            editors.records(step, "milestones")
            live.follow(step, "plan", plan, ("milestones", "project"))
            editors.questions(step, "reference")
        case "targets":
            editors.records(step, "targets")
        case "people":
            editors.records(step, "people")
            editors.records(step, "assignments")
            live.follow(step, "people", people, ("milestones",))
        case "readings":
            live.follow(step, "readings", readings.show, ("milestones", "value", "rollout"))
            editors.records(step, "readings")
        case "checkin":
            live.follow(step, "checkin", checkin.show)
            editors.records(step, "checkins")
        case "baseline":
            live.follow(step, "baseline", baselines.show, ("milestones",))
            editors.records(step, "moves")
