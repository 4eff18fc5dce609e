"""Ethics: net value, fairness, concerns openly aired."""

from pages.parts import editors
from scoping.sections.ethics import SECTION

with editors.step(SECTION) as step:
    editors.everything(step)
