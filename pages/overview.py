"""Overview: the open project at a glance, and what stands on the charter's first page."""

from pages.parts import editors, health
from pages.parts.portfolio import compare, projects
from scoping.sections.project import SECTION

with editors.step(SECTION) as step:
    health.show(step.project)
    projects.task_list(step)
    editors.everything(step)
    compare.offer_ratings(step)
