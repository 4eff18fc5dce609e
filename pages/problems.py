"""Problems: what to achieve, never how; for whom, and what would be done differently."""

from pages.parts import editors
from scoping.sections.problems import SECTION

with editors.step(SECTION) as step:
    match editors.tabs(step):
        case "problems":
            editors.records(step, "problems")
        case "goals":
            editors.records(step, "goals")
        case "people":
            editors.records(step, "stakeholders")
        case "decisions":
            editors.questions(step, "decisions")
            editors.records(step, "actions")
        case "scope":
            editors.questions(step, "scope")
