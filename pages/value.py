"""Value: metrics that both sides accept, what it brings and costs, what errors cost, and what came of it."""

import streamlit as st

from pages.parts import charts, editors, worth
from scoping.sections.value import SECTION

with editors.step(SECTION) as step:
    editors.questions(step)
    metrics, money, errors, after = st.tabs(["Metrics", "Money", "Errors", "After launch"], key=step.key("tabs"), on_change="rerun")
    if metrics.open:
        with metrics:
            editors.records(step, "rungs")
            charts.ladder(step)
            worth.ladder_implications(step)
    if money.open:
        with money:
            editors.records(step, "benefits")
            editors.records(step, "costs")
            worth.result(step)
            editors.records(step, "rates")
    if errors.open:
        with errors:
            editors.records(step, "stakes")
            editors.records(step, "operating_points")
            worth.errors(step)
    if after.open:
        with after:
            editors.records(step, "realised")
            worth.came_of_it(step)
