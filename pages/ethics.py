"""Ethics and risk: three questions, impact, legal class, concerns, risks, fairness, and what follows from them."""

from pages.parts import editors
from pages.parts.ethics import clearance, concerns, duties, legal, questionnaire, risks
from scoping.sections.ethics import SECTION

TABS = {
    "Three questions": ("",),
    "Impact": ("checklist", "question_packs"),
    "Legal class": ("legal_path",),
    "Concerns": ("concerns",),
    "Risks": ("risks", "premortem"),
    "Fairness": ("groups",),
    "Obligations": ("obligations",),
}
"""What stands in which tab: lists, and topics of questions."""

with editors.step(SECTION) as step:
    clearance.standing(step)
    for tab in editors.tabs(step, TABS):
        match tab:
            case "Three questions":
                editors.questions(step)
            case "Impact":
                questionnaire.show(step)
            case "Legal class":
                editors.heading(step, "legal_path")
                legal.way(step)
            case "Concerns":
                concerns.without_a_name(step)
                editors.records(step, "concerns")
            case "Risks":
                editors.records(step, "risks")
                risks.maps(step)
                editors.records(step, "premortem")
                risks.feeds(step)
            case "Fairness":
                editors.records(step, "groups")
                duties.slice_targets(step)
            case "Obligations":
                duties.demanded(step)
                editors.records(step, "obligations")
                duties.milestones(step)
                duties.launch(step)
