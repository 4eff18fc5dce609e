"""Rollout: how it goes live, how far it is automated, how trouble is noticed, and how the project ended."""

from pages.parts import editors, live
from pages.parts.rollout import closing
from scoping.sections.rollout import SECTION

PROMISED = ("rollout", "ethics", "value", "project", "solutions", "data_sources", "milestones")
"""What tells promises from what came of them: the value of the chosen idea is worked out from all these."""

with editors.step(SECTION) as step:
    match editors.tabs(step):
        case "live":
            editors.questions(step)
            editors.records(step, "monitors")
        case "after":
            live.follow(step, "after", closing.after_launch, PROMISED)
            editors.records(step, "readings")
        case "closing":
            editors.questions(step, "exit")
            editors.records(step, "next_steps")
            live.follow(step, "closing", closing.closing, PROMISED)
