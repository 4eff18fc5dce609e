"""What one click makes of a group, a demand or a promise in the plan: the edits of both sides, to be saved together."""

from __future__ import annotations

from collections.abc import Sequence

from scoping.charter import Charter
from scoping.ethics.demands import Demand, standard_demands
from scoping.merge import Edit, Edits, added
from scoping.section import SHORT
from scoping.sections.ethics import Group, Obligation, ObligationState
from scoping.sections.milestones import Direction, Family, Milestone, MilestoneKind, Milestones, Target
from scoping.words import short


def fed(charter: Charter, what: str, ids: Sequence[str], new_ids: Sequence[str], milestone: str = "") -> Edits:
    """The edits of one press on several entries; what is gone, or stands in the plan already, is left out.

    Args:
        what: "take" on demands, "plan" a milestone for each promise, "tie" promises to a milestone of the plan, or make the gap of
            groups a "target" of the plan.
    """
    ethics, plan = charter.ethics, charter.milestones
    taken, milestones, targets = {o.id for o in ethics.obligations}, {m.id for m in plan.milestones}, {t.id for t in plan.targets}
    open_promises = [o for o in ethics.obligations if o.id in ids and o.milestone not in milestones]
    match what:
        case "take":
            made = [take_on(d) for d in standard_demands() if d.id in ids and d.id not in taken]
        case "plan":
            made = [milestone_of(o, new_id, charter.project.currency) for o, new_id in zip(open_promises, new_ids, strict=False)]
        case "tie":
            made = [tied(o, plan, milestone) for o in open_promises[:1]]
        case _:
            groups = [
                g
                for g in ethics.groups
                if g.id in ids and g.target not in targets and g.milestone in milestones and g.gap is not None
            ]
            made = [slice_target(g, new_id) for g, new_id in zip(groups, new_ids, strict=False)]
    edits: Edits = {}
    for one in made:
        for part, some in one.items():
            edits.setdefault(part, []).extend(some)
    return edits


def slice_target(group: Group, new_id: str) -> Edits:
    """The largest gap of a group as a target of the milestone that proves it."""
    against = group.compared_with.strip() or "all cases"
    target = Target(
        id=new_id,
        milestone=group.milestone,
        family=Family.ML,
        metric=short(f"Gap to {against}: {group.metric}", SHORT),
        direction=Direction.AT_MOST,
        target=group.gap,
        unit=group.unit,
        slice=group.name,
        measured_how=group.measured_how,
    )
    return {
        "milestones": [added("targets", target)],
        "ethics": [Edit("groups", group.id, "target", group.target, new_id)],
    }


def take_on(demand: Demand) -> Edits:
    """A demand as an obligation of the project, to do."""
    row = Obligation(id=demand.id, demand=demand.demand, because=demand.because, state=ObligationState.TO_DO)
    return {"ethics": [added("obligations", row)]}


def milestone_of(obligation: Obligation, new_id: str, currency: str) -> Edits:
    """A milestone that fulfils an obligation; both name each other."""
    row = Milestone.model_validate(
        {
            "id": new_id,
            "deliverable": obligation.demand,
            "owner": obligation.owner,
            "due": obligation.due,
            "kind": MilestoneKind.OTHER,
            "obligations": (obligation.id,),
            "currency": currency,
        }
    )
    return {"milestones": [added("milestones", row)], "ethics": _planned(obligation, new_id)}


def tied(obligation: Obligation, plan: Milestones, milestone: str) -> Edits:
    """An obligation and a milestone that is planned already, naming each other. Empty when the milestone is gone."""
    row = next((m for m in plan.milestones if m.id == milestone), None)
    if row is None:
        return {}
    named = sorted({*row.obligations, obligation.id})
    return {
        "milestones": [Edit("milestones", row.id, "obligations", list(row.obligations), named)],
        "ethics": _planned(obligation, row.id),
    }


def _planned(obligation: Obligation, milestone: str) -> list[Edit]:
    edits = [Edit("obligations", obligation.id, "milestone", obligation.milestone, milestone)]
    if obligation.state in (None, ObligationState.TO_DO):
        before = obligation.state.value if obligation.state else None
        edits.append(Edit("obligations", obligation.id, "state", before, ObligationState.PLANNED.value))
    return edits
