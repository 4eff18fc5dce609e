"""Ethics and risk: three questions, impact, legal class, concerns, risks, fairness, and what follows from them."""

from pages.parts import editors, live
from pages.parts.ethics import clearance, concerns, duties, legal, questionnaire, risks
from pages.parts.workshop import Step
from scoping.sections.ethics import SECTION


def legal_class(step: Step) -> None:
    editors.heading(step, "legal_path")
    legal.way(step)


def dangers(step: Step) -> None:
    editors.records(step, "risks")
    risks.maps(step)
    editors.records(step, "premortem")
    risks.feeds(step)


def obligations(step: Step) -> None:
    duties.demanded(step)
    editors.records(step, "obligations")
    duties.milestones(step)
    duties.launch(step)


with editors.step(SECTION) as step:
    live.follow(step, "standing", clearance.standing, ("ethics",))
    match editors.tabs(step):
        case "questions":
            editors.questions(step)
        case "impact":
            live.follow(step, "impact", questionnaire.show, ("ethics",))
        case "legal":
            live.follow(step, "legal", legal_class, ("ethics",))
        case "concerns":
            concerns.without_a_name(step)
            editors.records(step, "concerns")
        case "risks":
            live.follow(step, "risks", dangers, ("ethics", "milestones", "rollout"))
        case "fairness":
            editors.records(step, "groups")
            live.follow(step, "fairness", duties.slice_targets, ("ethics", "milestones"))
        case "obligations":
            live.follow(step, "obligations", obligations, ("ethics", "milestones"))
