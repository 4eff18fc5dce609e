"""What conditions 8 and 9 ask of the value: metrics that both sides accept, ranges with a source, and the ask."""

from __future__ import annotations

from scoping.charter import Charter
from scoping.lacking import Missing, begun, first_blank, lack, named, says
from scoping.sections.project import Project
from scoping.sections.value import Acceptance, Amount, Cost, LinkedCosts, LinkEvidence, Rung, Value, is_ordered
from scoping.signing.choice import chosen_idea


def metrics_are_accepted(charter: Charter) -> Missing:
    value: Value = charter.value
    rungs = begun(value.rungs)
    if not rungs:
        message = "Name the metrics from training to business that both sides will look at."
        yield lack("value.no_ladder", message, value, "rungs")
    for rung in rungs:
        yield from _acceptance(rung)
    if any(r.below for r in rungs):  # without a link of its own no rung can rest on itself
        from scoping.value.valuation import ladder_of  # with numpy, which nothing else here needs

        ladder = ladder_of(value)
        by_id = {r.id: r for r in rungs}
        for name, problem in ladder.problems:
            if name in ladder.in_circles:
                yield lack("value.circle", problem, by_id[name], "below")


def _acceptance(rung: Rung) -> Missing:
    opinions = {"technical": rung.technical, "business": rung.business}
    if objecting := [side for side, opinion in opinions.items() if opinion is Acceptance.OBJECTS]:
        who = "Both sides have" if len(objecting) == 2 else f"The {objecting[0]} side has"
        message = f"{who} a reservation about {named(rung)}. Find a metric both can live with."
        yield lack("value.objection", message, rung, objecting[0])
    elif silent := [side for side, opinion in opinions.items() if opinion is None]:
        who = "both sides whether they" if len(silent) == 2 else f"the {silent[0]} side whether it"
        yield lack("value.not_accepted", f"Ask {who} can live with {named(rung)}.", rung, silent[0])


def worth_and_ask_are_said(charter: Charter) -> Missing:
    value: Value = charter.value
    one = chosen_idea(charter)
    mine = ("", one.id) if one else ("",)
    benefits = [b for b in begun(value.benefits) if b.solution in mine]
    costs: list[Cost] = [c for c in begun(value.costs) if c.solution in mine]
    if not benefits:
        yield lack("value.no_benefit", "Estimate at least one benefit as a range.", value, "benefits")
    if not costs and not _costs_stand_elsewhere(charter):
        yield lack("value.no_cost", "Estimate what it costs to build and to run.", value, "costs")
    for amount in (*benefits, *costs):
        yield from _range_with_a_source(amount)
    for rung in value.rungs:
        if not is_ordered(rung):
            message = f"{named(rung)}: at least, most likely and at most are not in ascending order."
            yield lack("value.link_range", message, rung, "low")
    yield from _ask(charter.project)


def _costs_stand_elsewhere(charter: Charter) -> bool:
    value: Value = charter.value
    data = any(says(s, "cost") for s in charter.data_sources.sources)
    plan = any(says(m, "money") for m in charter.milestones.milestones)
    return {LinkedCosts.DATA: data, LinkedCosts.MILESTONES: plan, LinkedCosts.BOTH: data or plan}.get(
        value.linked_costs or LinkedCosts.NONE, False
    )


def _range_with_a_source(amount: Amount) -> Missing:
    if not is_ordered(amount):
        message = f"{named(amount)}: at least, most likely and at most are not in ascending order."
        yield lack("value.amount_range", message, amount, "low")
    elif name := first_blank(amount, "low", "high"):
        message = f"{named(amount)} is no range yet: say what it is at least and at most."
        yield lack("value.no_range", message, amount, name)
    if not says(amount, "source") and amount.evidence is not LinkEvidence.GUESS:
        message = f"Give the source of {named(amount)}, or mark it as a guess."
        yield lack("value.no_source", message, amount, "evidence" if amount.evidence is None else "source")


def _ask(project: Project) -> Missing:
    for name, code, message in (
        ("name", "project.name", "Give the project a name that people outside the team understand."),
        ("owner", "project.owner", "Name the project owner: one person who answers for the outcome."),
        ("sponsor", "project.sponsor", "Name the sponsor: who can release money and people, and is asked to sign."),
        ("decision_asked", "project.decision", "Say which decision you ask for; a charter without one is only read."),
    ):
        if not says(project, name):
            yield lack(code, message, project, name)
