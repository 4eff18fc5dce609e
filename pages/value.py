"""Value: metrics that both sides accept, and what it brings and costs."""

from pages.parts import charts, editors
from scoping.sections.value import SECTION

with editors.step(SECTION) as step:
    editors.questions(step)
    editors.records(step, "rungs")
    charts.ladder(step)
    editors.records(step, "benefits")
    editors.records(step, "costs")
