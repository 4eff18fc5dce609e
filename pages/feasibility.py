"""Feasibility: evidence of stated strength, a verdict, and where improvement pays."""

from pages.parts import charts, checks, editors
from scoping.sections.feasibility import SECTION

with editors.step(SECTION) as step:
    checks.needed(step)
    editors.records(step, "evidence")
    editors.records(step, "verdicts")
    editors.records(step, "slices")
    editors.questions(step)
    checks.slice_table(step)
    charts.slices(step)
