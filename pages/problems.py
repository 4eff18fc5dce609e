"""Problems: what to achieve, never how."""

from pages.parts import editors
from scoping.sections.problems import SECTION

with editors.step(SECTION) as step:
    editors.everything(step, first="problems")
