"""Solutions: how to achieve it, with and without machine learning."""

from pages.parts import editors
from scoping.sections.solutions import SECTION

with editors.step(SECTION) as step:
    editors.everything(step, first="solutions")
