"""Ethics and risk: eight questions and their result, concerns, risks, promises, and what is asked in depth."""

from pages.parts import editors, live
from pages.parts.ethics import packs, risks, standing
from scoping.sections.ethics import SECTION

with editors.step(SECTION) as step:
    project = step.project.project_id
    match editors.tabs(step):
        case "result":
            live.view("screening", step.key("screening"), project)
        case "concerns":
            live.view("nameless", step.key("nameless"), project)
            editors.records(step, "concerns")
            editors.sheet(step, topic="aloud", folded="Said aloud: good for everybody, fair, debated")
        case "risks":
            editors.records(step, "risks")
            live.follow(step, "risks", risks.maps, ("ethics",))
            editors.records(step, "premortem")
        case "promises":
            live.view("demanded", step.key("demanded"), project)
            editors.records(step, "obligations")
            editors.records(step, "groups")
            live.view("proof", step.key("proof"), project)
        case "depth":
            live.view("depth", step.key("depth"), project)
            live.follow(step, "standing", standing.show, ("ethics",))
            live.follow(step, "packs", packs.show, ("ethics",))
