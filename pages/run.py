"""Run."""

from pages.parts import editors, live
from scoping.sections.milestones import SECTION

with editors.step(SECTION) as step:
    live.view("run", "run", step.project.project_id)
