"""Rollout: how it goes live, how far it is automated, and how trouble is noticed."""

from pages.parts import editors
from scoping.sections.rollout import SECTION

with editors.step(SECTION) as step:
    editors.everything(step)
