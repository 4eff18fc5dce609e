"""Milestones: what is delivered when, with ML, software and business targets."""

from pages.parts import charts, editors
from scoping.sections.milestones import SECTION

with editors.step(SECTION) as step:
    editors.records(step, "milestones")
    charts.gantt(step)
    editors.records(step, "targets")
    editors.questions(step)
