"""Rollout: how it goes live, how far it is automated, how trouble is noticed, and how the project ended."""

from pages.parts import editors
from pages.parts.rollout import closing
from scoping.sections.rollout import SECTION

TABS = {
    "Going live": ("", "monitors"),
    "After launch": ("readings",),
    "Closing": ("exit", "next_steps"),
}
"""What stands in which tab: lists, and topics of questions."""

with editors.step(SECTION) as step:
    for tab in editors.tabs(step, TABS):
        match tab:
            case "Going live":
                editors.questions(step)
                editors.records(step, "monitors")
            case "After launch":
                closing.after_launch(step)
                editors.records(step, "readings")
            case "Closing":
                editors.questions(step, "exit")
                editors.records(step, "next_steps")
                closing.closing(step)
