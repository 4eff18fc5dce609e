"""A plan as people run it: where each milestone stands beside its signed date, and the four facts that are asked for first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scoping.milestones.forecast import forecast
from scoping.milestones.gates import is_taken
from scoping.milestones.plan import Plan
from scoping.milestones.status import SETTLED, MilestoneStatus, State, of_plan
from scoping.milestones.tracking import PlanRow, rows
from scoping.milestones.words import drift_words
from scoping.sections.milestones import Milestones
from scoping.words import count, day_words, day_words_or, one_in, short

_UNKNOWN = "not known"


@dataclass(frozen=True)
class Fact:
    """What is asked for first: what it is, the figure, and a remark."""

    label: str
    value: str
    remark: str


@dataclass(frozen=True)
class Course:
    """A plan on a day; `rows` and `statuses` are of the same milestones, in the order of the charter."""

    facts: tuple[Fact, ...]
    rows: tuple[PlanRow, ...]
    statuses: tuple[MilestoneStatus, ...]


def course(milestones: Milestones, plan: Plan) -> Course:
    """The plan on the day on which it is looked at."""
    found, statuses = rows(milestones, plan), of_plan(milestones, plan.today)
    facts = (_next_gate(statuses, plan.today), *_end(plan, found, statuses)) if found else ()
    return Course(facts, found, statuses)


def _next_gate(statuses: Sequence[MilestoneStatus], today: date) -> Fact:
    """The first decision that nobody has taken yet, and who takes it."""
    coming = [
        s.milestone for s in statuses if s.milestone.due and s.state is not State.STOPPED and not is_taken(s.milestone, today)
    ]
    waiting = [m for m in coming if m.reached_on is None] or coming
    if not waiting:
        return Fact("Next gate", "none", "Every decision is taken." if statuses else "")
    first = min(waiting, key=lambda m: m.due or date.max)
    since = (today - (first.due or today)).days
    ago = f"{count(since, 'day')} ago; " if since > 0 else ""
    return Fact("Next gate", day_words_or(first.due), f"{ago}{short(first.decider, 60) or 'nobody is named who'} decides")


def _end(plan: Plan, found: Sequence[PlanRow], statuses: Sequence[MilestoneStatus]) -> tuple[Fact, ...]:
    """The last promised day with its chance, the days by which all is done, and what was signed."""
    if all(s.state in SETTLED for s in statuses):
        last = max((row.reached for row in found if row.reached), default=None)
        return (Fact("All done", day_words_or(last, "yes"), ""),)
    seen = forecast(plan)
    promised = max((row for row in found if row.due), key=lambda row: row.due or date.min, default=None)
    due = promised.due if promised else None
    by = f"All done by {day_words(seen.last_due)}" if seen.last_due else "All done by the last day"
    likely = (
        Fact("Half of all cases by", day_words(seen.p50), f"8 of 10 by {day_words(seen.p80)}")
        if seen.p50 and seen.p80
        else Fact("Half of all cases by", _UNKNOWN, "until the time of every milestone is known")
    )
    chance = (
        Fact(by, one_in(seen.chance), "cases")
        if seen.chance is not None
        else Fact(by, _UNKNOWN, "it has no day for each milestone")
    )
    drift = promised.drift if promised else None
    signed = drift_words(drift.days) if drift and drift.baseline else "no plan is signed yet"
    if drift and drift.baseline is None:
        signed = "not in the signed plan"
    return (chance, likely, Fact("Last promised day", day_words_or(due, "none"), signed))
