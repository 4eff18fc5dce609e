"""Rollout: how it goes live, in which steps, how far it is automated, and how trouble is noticed."""

from pages.parts import editors, live
from pages.parts.rollout import going_live
from scoping.sections.rollout import SECTION

with editors.step(SECTION) as step:
    match editors.tabs(step):
        case "live":
            editors.questions(step)
            editors.records(step, "ramp")
            live.follow(step, "ramp", going_live.offer, ("rollout",))
        case "watching":
            editors.records(step, "monitors")
