"""Rollout: how it goes live, how far it is automated, how trouble is noticed, and how the project ended."""

from pages.parts import editors
from pages.parts.rollout import closing
from scoping.sections.rollout import SECTION

with editors.step(SECTION) as step:
    match editors.tabs(step):
        case "live":
            editors.questions(step)
            editors.records(step, "monitors")
        case "after":
            closing.after_launch(step)
            editors.records(step, "readings")
        case "closing":
            editors.questions(step, "exit")
            editors.records(step, "next_steps")
            closing.closing(step)
