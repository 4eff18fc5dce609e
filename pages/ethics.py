"""Ethics and risk: three questions, impact, legal class, concerns, risks, fairness, and what follows from them."""

from pages.parts import editors
from pages.parts.ethics import clearance, concerns, duties, legal, questionnaire, risks
from scoping.sections.ethics import SECTION

with editors.step(SECTION) as step:
    clearance.standing(step)
    match editors.tabs(step):
        case "questions":
            editors.questions(step)
        case "impact":
            questionnaire.show(step)
        case "legal":
            editors.heading(step, "legal_path")
            legal.way(step)
        case "concerns":
            concerns.without_a_name(step)
            editors.records(step, "concerns")
        case "risks":
            editors.records(step, "risks")
            risks.maps(step)
            editors.records(step, "premortem")
            risks.feeds(step)
        case "fairness":
            editors.records(step, "groups")
            duties.slice_targets(step)
        case "obligations":
            duties.demanded(step)
            editors.records(step, "obligations")
            duties.milestones(step)
            duties.launch(step)
