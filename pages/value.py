"""Value: metrics that both sides accept, what it brings and costs, what errors cost, and what came of it."""

from pages.parts import charts as parts_charts
from pages.parts import editors
from pages.parts.value import worth
from scoping.sections.value import SECTION

TABS = {
    "Metrics": ("rungs",),
    "Money": ("benefits", "costs", "rates"),
    "Errors": ("stakes", "operating_points"),
    "After launch": ("realised",),
}
"""What stands in which tab: lists, and topics of questions."""

with editors.step(SECTION) as step:
    editors.questions(step)
    for tab in editors.tabs(step, TABS):
        match tab:
            case "Metrics":
                editors.records(step, "rungs")
                parts_charts.ladder(step)
                worth.ladder_implications(step)
            case "Money":
                editors.records(step, "benefits")
                editors.records(step, "costs")
                worth.result(step)
                editors.records(step, "rates")
            case "Errors":
                editors.records(step, "stakes")
                editors.records(step, "operating_points")
                worth.errors(step)
            case "After launch":
                editors.records(step, "realised")
                worth.came_of_it(step)
