"""What one click makes of a group, a demand or a promise in the plan: the edits of both sides, to be saved together."""

from __future__ import annotations

from scoping.ethics.demands import Demand
from scoping.merge import Edit, Edits, added
from scoping.section import SHORT
from scoping.sections.ethics import Ethics, Group, Obligation, ObligationState
from scoping.sections.milestones import Direction, Family, Milestone, MilestoneKind, Milestones, Target
from scoping.words import short


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


def all_milestones(ethics: Ethics, plan: Milestones, new_ids: list[str], currency: str) -> Edits:
    """A milestone for every obligation that has none and is not settled."""
    edits_of: Edits = {"milestones": [], "ethics": []}
    for obligation, new_id in zip(without_milestone(ethics, plan), new_ids, strict=False):
        for part, edits in milestone_of(obligation, new_id, currency).items():
            edits_of[part] += edits
    return edits_of


def without_milestone(ethics: Ethics, plan: Milestones) -> list[Obligation]:
    """The obligations that are to be done and stand in no milestone, or in one that is gone."""
    known = {m.id for m in plan.milestones}
    settled = (ObligationState.DONE, ObligationState.NOT_NEEDED)
    return [
        o
        for o in ethics.obligations
        if o.milestone not in known and o.state not in (settled if o.milestone else (*settled, ObligationState.PLANNED))
    ]
