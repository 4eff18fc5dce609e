"""Value: metrics that both sides accept, what it brings and costs, what errors cost, and what came of it."""

from pages.parts import charts, editors, live
from pages.parts.value import worth
from pages.parts.workshop import Step
from scoping.sections.value import SECTION

VALUED = ("value", "project", "solutions", "data_sources", "milestones")
"""What the calculation reads: other steps hold costs and dates."""


def metrics(step: Step) -> None:
    worth.ladder_implications(step)


def money(step: Step) -> None:
    editors.records(step, "benefits")
    editors.records(step, "costs")
    worth.result(step)
    editors.records(step, "rates")


with editors.step(SECTION) as step:
    match editors.tabs(step):
        case "metrics":
            editors.records(step, "rungs", shape="ladder")
            editors.questions(step, "ladder")
            live.follow(step, "metrics", metrics, VALUED)
        case "money":
            live.follow(step, "money", money, VALUED)
        case "errors":
            editors.records(step, "stakes")
            editors.records(step, "operating_points")
            live.follow(step, "errors", worth.errors, ("value", "milestones"))
        case "realised":
            editors.records(step, "realised")
            live.follow(step, "realised", worth.came_of_it, VALUED)
