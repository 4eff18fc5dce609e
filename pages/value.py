"""Value: metrics that both sides accept, what it brings and costs, what errors cost, and what came of it."""

from pages.parts import charts as parts_charts
from pages.parts import editors
from pages.parts.value import worth
from scoping.sections.value import SECTION

with editors.step(SECTION) as step:
    editors.questions(step)
    match editors.tabs(step):
        case "metrics":
            editors.records(step, "rungs")
            parts_charts.ladder(step)
            worth.ladder_implications(step)
        case "money":
            editors.records(step, "benefits")
            editors.records(step, "costs")
            worth.result(step)
            editors.records(step, "rates")
        case "errors":
            editors.records(step, "stakes")
            editors.records(step, "operating_points")
            worth.errors(step)
        case "realised":
            editors.records(step, "realised")
            worth.came_of_it(step)
