"""Data sources: what can be had at what cost and when; how to get, label, check and run it."""

from pages.parts import editors, live, markup
from pages.parts.data_sources import acquisition, additions, enough_data, inventory, labelling, pipelines, profile
from scoping.sections.data_sources import SECTION

SUPPLY = ("data_sources", "project", "value")
"""What the planner reads: amounts are in the currency of the project, at the rates of the value step."""

with editors.step(SECTION) as step:
    match editors.tabs(step):
        case "inventory":
            editors.records(step, "sources")
            live.follow(step, "inventory", inventory.show, ("data_sources", "project"))
            live.follow(step, "additions", additions.show, ("data_sources", "feasibility"))
            editors.records(step, "additions")
        case "plan":
            live.follow(step, "plan", acquisition.show, SUPPLY)
            editors.sheet(step, topic="plan", folded="Change amount, budget or days")
            live.follow(step, "enough", enough_data.show, (*SUPPLY, "milestones"))
            editors.records(step, "learning_points")
            editors.sheet(step, topic="curve", folded="Which error must be reached")
        case "labels":
            editors.questions(step, "definition")
            editors.records(step, "cases")
            markup.show(markup.heading("Labelling"))
            editors.sheet(step, topic="labels", folded="How it is labelled, and at what cost")
            live.follow(step, "labels", labelling.effort, ("data_sources", "feasibility"))
            markup.show(markup.heading("Training, development and test sets"))
            editors.sheet(step, topic="split", folded="How it is split")
            live.follow(step, "split", labelling.sets, ("data_sources", "feasibility", "solutions"))
        case "files":
            live.follow(step, "files", profile.show, ("data_sources",))
        case "production":
            editors.view(step, "flow", "pipelines")
            editors.records(step, "pipelines")
            live.follow(step, "production", pipelines.show, ("data_sources", "milestones"))
            editors.view(step, "ticks", "kept", title="Meta-data to keep from day one")
            editors.questions(step, "production")
