"""What conditions 14 and 15 ask of the plan: a first result and a launch that can be checked, and when to stop."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scoping.charter import Charter
from scoping.lacking import Missing, begun, lack, named, says
from scoping.milestones.gates import stopped_at
from scoping.sections import milestones as plans
from scoping.sections.milestones import Family, Milestone, MilestoneKind, Milestones
from scoping.signing.choice import chosen_idea, learns
from scoping.words import day_words, short


def first_and_launch(plan: Milestones) -> tuple[Milestone | None, Milestone | None]:
    """The first result by date, and the launch."""
    written = {m.id for m in begun(plan.milestones)}
    planned = [m for m in plans.in_order(plan) if m.id in written]
    launch = next((m for m in reversed(planned) if m.kind is MilestoneKind.LAUNCH), None)
    return next((m for m in planned if m is not launch), None), launch


def results_are_planned(charter: Charter) -> Missing:
    plan: Milestones = charter.milestones
    first, launch = first_and_launch(plan)
    if first is None and launch is None:
        yield lack("milestones.none", "Plan at least one milestone with a due date.", plan, "milestones")
        return
    # Dates first: which milestone is the first result, and which the last, follows from them.
    yield from _dates_hold(plan)
    if first is None:
        message = "Plan a first result before the launch: what would tell you to go on or to stop?"
        yield lack("milestones.no_first", message, plan, "milestones")
    if launch is None:
        message = "No milestone is the launch. Plan it, or say of which kind the last milestone is."
        last = plans.in_order(plan)[-1]
        # Where there are several, the last of them may be it, and nobody has said so.
        at, field = (last, "kind") if last is not first and last.kind is None else (plan, "milestones")
        yield lack("milestones.no_launch", message, at, field)
    one = chosen_idea(charter)
    families = [f for f in Family if f is not Family.ML or one is None or learns(one)]
    for m in (first, launch):
        if m is not None:
            yield from _owner_and_targets(m, plan, families)


def _owner_and_targets(milestone: Milestone, plan: Milestones, families: Iterable[Family]) -> Missing:
    if not says(milestone, "owner"):
        yield lack("milestones.owner", f"{named(milestone)} has no owner.", milestone, "owner")
    numbers = {t.family for t in plan.targets if t.milestone == milestone.id and says(t, "target")}
    if missing := [f.label if f is Family.ML else f.label.lower() for f in families if f not in numbers]:
        words = " and no ".join(missing)
        yield lack("milestones.no_target", f"{named(milestone)} has no {words} target.", milestone, "targets")


def _dates_hold(plan: Milestones) -> Missing:
    for m in begun(plan.milestones):
        if m.due is None:
            yield lack("milestones.due", f"{named(m)} has no due date.", m, "due")
        elif m.start and m.due < m.start:
            yield lack("milestones.dates", f"{named(m)} is due before it starts.", m, "due")
    if circle := plans.cycle(plan):
        by_id = {m.id: m for m in plan.milestones}
        names = " → ".join(short(by_id[i].title, 30) for i in circle)
        message = f"These milestones wait for each other: {names}. Remove one dependency."
        yield lack("milestones.cycle", message, by_id[circle[0]], "depends_on")


def stopping_is_agreed(charter: Charter) -> Missing:
    plan: Milestones = charter.milestones
    first, launch = first_and_launch(plan)
    at = first or launch
    if at is None:
        message = "Say when you would stop, and who decides it: plan a first milestone."
        yield lack("milestones.no_stop", message, plan, "milestones")
    else:
        if not says(at, "kill_criteria"):
            message = f"Agree for {named(at)} when you would stop or rework."
            yield lack("milestones.kill", message, at, "kill_criteria")
        if not says(at, "decider"):
            yield lack("milestones.decider", f"Name who decides at {named(at)} to go on, to rework or to stop.", at, "decider")
    # Whether a charter can be signed depends on what is written in it and not on the day: a stop that is noted ahead counts.
    if stop := stopped_at(plan.milestones, date.max):
        when = f" on {day_words(stop.gate_on)}" if stop.gate_on else ""
        message = f"At {named(stop)} it was decided{when} to stop. Close the project, or note a later decision with its day."
        yield lack("milestones.stopped", message, stop, "gate")
