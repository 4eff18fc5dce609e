"""Solutions: several ways to get there, with and without learning, and why one of them goes first."""

from pages.parts import editors
from scoping.sections.solutions import SECTION

with editors.step(SECTION) as step:
    match editors.tabs(step):
        case "ideas":
            editors.records(step, "solutions")
        case "choice":
            editors.questions(step)
