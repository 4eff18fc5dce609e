"""Home: the open project at a glance, and what stands on the charter's first page."""

from pages.parts import editors, live
from pages.parts.portfolio import compare, projects
from scoping.sections.project import SECTION

with editors.step(SECTION) as step:
    live.follow(step, "tasks", projects.task_list)
    editors.everything(step)
    live.follow(step, "rubric", compare.offer_ratings, ("project",))
    projects.actions(step)
