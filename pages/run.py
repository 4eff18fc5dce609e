"""Run: how it stands with its dates, what the team says, and what came of it after launch."""

from pages.parts import editors, live
from pages.parts.milestones import baselines, checkin, planning, readings
from pages.parts.rollout import closing
from pages.parts.value import money, realised
from scoping.sections.milestones import SECTION
from scoping.sections.rollout import SECTION as ROLLOUT
from scoping.sections.value import SECTION as VALUE

with editors.place(SECTION, "run", "Run") as (plan, tab):
    rollout = plan.about(ROLLOUT)
    match tab:
        case "now":
            live.view("run", "run", plan.project.project_id)
            live.follow(plan, "digest", checkin.show)
        case "after":
            live.view("watch", "watch", plan.project.project_id)
            live.follow(rollout, "after", closing.after_launch, closing.PROMISED)
            editors.records(rollout, "readings")
            value = plan.about(VALUE)
            live.follow(value, "realised", realised.show, money.READS)
            editors.records(value, "realised")
        case "closing":
            live.follow(rollout, "closing", closing.closing, closing.PROMISED)
            editors.questions(rollout, "exit")
            editors.records(rollout, "next_steps")
        case "signed":
            live.follow(plan, "signed", baselines.show, ("milestones",))
            editors.records(plan, "moves")
        case "load":
            live.follow(plan, "load", planning.people, ("milestones",))
        case "targets":
            live.follow(plan, "targets", readings.show, ("milestones", "value"))
        case "readings":
            live.follow(plan, "readings", readings.ways_in, ("milestones",))
            editors.records(plan, "readings")
        case "programs":
            live.follow(plan, "programs", readings.programs, ("milestones",))
