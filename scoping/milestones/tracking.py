"""A plan tracked against its baseline: what was frozen, what is expected now, and what became of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from scoping.milestones import baseline, earned, reference_class, work_calendar
from scoping.milestones.baseline import Drift, FrozenMilestone
from scoping.milestones.earned import Earned
from scoping.milestones.forecast import Expected, forecast
from scoping.milestones.plan import Plan, reached_by
from scoping.milestones.reference_class import Past
from scoping.milestones.schedule import Task
from scoping.milestones.status import State, of_plan
from scoping.sections.milestones import Milestone, Milestones

_WEEK = 7
"""Days before which no pace is told."""


# Baseline, forecast and actual


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    """A milestone as it was frozen, as it is promised, and as it is expected; None for what is not known.

    Attributes:
        drift: of the promise against the baseline; None while nothing is frozen.
    """

    id: str
    title: str
    owner: str
    due: date | None
    reached: date | None
    expected: Expected | None
    drift: Drift | None

    @property
    def forecast(self) -> date | None:
        """The day by which it is done in half of all cases; None once it is reached, and where it cannot be told."""
        return self.expected.p50 if self.expected and not self.reached else None

    @property
    def now(self) -> date | None:
        """The day on which it was reached, else the one by which it is done in half of all cases."""
        return self.reached or self.forecast


def rows(milestones: Milestones, plan: Plan) -> tuple[PlanRow, ...]:
    """Every milestone, in the order of the charter."""
    simulated = {one.milestone: one for one in forecast(plan).milestones}
    drifts = {d.milestone: d for d in drift(milestones, plan)}
    return tuple(
        PlanRow(
            id=m.id,
            title=m.title,
            owner=m.owner,
            due=m.due,
            reached=reached_by(m, plan.today),
            expected=simulated.get(m.id),
            drift=drifts.get(m.id),
        )
        for m in milestones.milestones
    )


def frozen_plan(milestones: Milestones, plan: Plan) -> str:
    """The plan as it stands with its forecast, for the field `plan` of a new baseline.

    Raises:
        CalculationError: the plan is too large to be kept.
    """
    simulated, tasks = {one.milestone: one for one in forecast(plan).milestones}, {t.id: t for t in plan.tasks}
    return baseline.freeze(_freeze(m, simulated.get(m.id), tasks.get(m.id)) for m in milestones.milestones)


def _freeze(row: Milestone, expected: Expected | None, task: Task | None) -> FrozenMilestone:
    return FrozenMilestone(
        id=row.id,
        title=row.title,
        start=row.start or (expected.start if expected else None),
        due=row.due,
        p50=expected.p50 if expected else None,
        p80=expected.p80 if expected else None,
        days=task.duration.likely if task else None,
    )


def drift(milestones: Milestones, plan: Plan) -> tuple[Drift, ...]:
    """Every milestone against the last baseline; empty while nothing is frozen, or what is cannot be read."""
    frozen = baseline.frozen(milestones)
    if frozen is None:
        return ()
    reached = {m.id: day for m in milestones.milestones if (day := reached_by(m, plan.today))}
    return baseline.drift(milestones, frozen, reached, plan.calendar)


def earned_so_far(milestones: Milestones, plan: Plan) -> Earned | None:
    """How far the plan is against its baseline, in days of the calendar, each milestone weighing the working days it takes.

    A milestone counts when it stands as done, and not before: pace and state never tell two things. None while nothing is
    frozen with promises and durations, its first week is not over, or all is done.
    """
    frozen = baseline.frozen(milestones)
    promised = [(m.start, m.due, m.days) for m in frozen.milestones if m.due and m.days] if frozen else []
    starts = [start for start, _, _ in promised if start]
    if not frozen or not starts:
        return None
    begin = min(starts)
    ends = [(due - begin).days + 1 for _, due, _ in promised]
    over = (plan.today - begin).days
    if over < _WEEK or min(ends) < 1:
        return None
    done = {s.milestone.id for s in of_plan(milestones, plan.today) if s.state is State.DONE}
    ev = math.fsum(m.days or 0 for m in frozen.milestones if m.due and m.id in done)
    sums = {end: math.fsum(d for e, (_, _, d) in zip(ends, promised, strict=True) if e <= end) for end in set(ends)}
    planned = list(accumulate((sums.get(n, 0.0) for n in range(1, max(ends) + 1)), max))
    return earned.earned(planned, ev, over) if ev < planned[-1] else None


@dataclass(frozen=True)
class Outlook:
    """The end of a running plan if its rest fares like that of the middle one of past projects.

    Attributes:
        promised: working days that are left until the last promised day.
        factor: how many times as long such a rest took.
    """

    end: date
    promised: float
    factor: float
    source: str


def outlook(milestones: Milestones, plan: Plan) -> Outlook | None:
    """The outside view of what is left of a plan; None before it is under way, near its end, and where nothing was measured."""
    starts = [m.start for m in milestones.milestones if m.start]
    open_ = [m.due for m in milestones.milestones if reached_by(m, plan.today) is None]
    if not starts or not open_ or None in open_:
        return None
    calendar = plan.calendar
    begin, now = calendar.morning(min(starts)), calendar.morning(plan.today)
    last = max(calendar.evening(due) for due in open_ if due)
    rest = reference_class.rest(last - begin, now - begin)
    return None if rest is None else Outlook(calendar.day_of_end(now + rest.days), last - now, rest.factor, rest.source)


def past_of(name: str, milestones: Milestones, closed_on: date | None) -> Past | None:
    """A closed project as a past one: its first baseline's promise against the day on which its last milestone was reached.

    None while it is open, was never frozen, or was closed before all that was promised first was reached: how long the whole
    would have taken is not known then.
    """
    frozen = baseline.frozen(milestones, first=True)
    if closed_on is None or frozen is None:
        return None
    ends = {m.id: m.reached_on for m in milestones.milestones if m.reached_on and m.reached_on <= closed_on}
    starts = [m.start for m in frozen.milestones if m.start]
    promises = {m.id: m.due for m in frozen.milestones if m.due}
    if not starts or not promises or not promises.keys() <= ends.keys():
        return None
    calendar = work_calendar.calendar_of(milestones, min(starts))
    planned, actual = (calendar.between(min(starts), max(days.values())) for days in (promises, ends))
    return Past(name, milestones.reference_kind, planned, actual) if planned and actual else None
