"""Data sources: what data can be had, how much of it, at what cost, in what time."""

from pages.parts import charts, checks, editors
from scoping.sections.data_sources import SECTION

with editors.step(SECTION) as step:
    editors.records(step, "sources")
    checks.totals(step)
    charts.cost_against_amount(step)
    editors.questions(step)
