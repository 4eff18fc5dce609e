"""Overview: the open project at a glance, and what stands on the charter's first page."""

from pages.parts import compare, editors, projects
from scoping.sections.project import SECTION

with editors.step(SECTION) as step:
    projects.task_list(step)
    editors.everything(step)
    compare.offer_ratings(step)
