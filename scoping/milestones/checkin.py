"""What a team looks at once a week: readings that are due, dates that drifted, and what stands badly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from scoping.milestones.plan import Plan
from scoping.milestones.status import SETTLED, MilestoneStatus, State, TargetStatus, of_plan
from scoping.milestones.tracking import PlanRow, rows
from scoping.sections.milestones import CheckIn, Milestones

WEEK = timedelta(days=7)
"""A reading that is older is due again."""


@dataclass(frozen=True)
class Look:
    """A plan as a check-in finds it.

    Attributes:
        held: the check-ins so far.
        rows: every milestone with its dates, in the order of the charter.
        statuses: of the same milestones.
        due: targets of running milestones that nobody read within a week, and that are not met.
    """

    today: date
    held: tuple[CheckIn, ...]
    rows: tuple[PlanRow, ...]
    statuses: tuple[MilestoneStatus, ...]
    due: tuple[TargetStatus, ...]

    @property
    def last(self) -> CheckIn | None:
        """The check-in that was held last."""
        return self.held[-1] if self.held else None

    @property
    def drifted(self) -> tuple[PlanRow, ...]:
        """Open milestones that are promised for another day than was frozen."""
        return tuple(r for r in self.rows if not r.reached and r.drift and (r.drift.days or r.drift.moved))

    @property
    def next(self) -> MilestoneStatus | None:
        """The milestone that is due next and not done."""
        still = [s for s in self.statuses if s.state not in SETTLED and s.milestone.due and s.milestone.due >= self.today]
        return min(still, key=lambda s: s.milestone.due or date.max, default=None)


def look(milestones: Milestones, plan: Plan) -> Look:
    """The plan on the day on which it is looked at."""
    statuses = of_plan(milestones, plan.today)
    return Look(plan.today, held(milestones), rows(milestones, plan), statuses, tuple(_due(statuses, plan.today)))


def held(milestones: Milestones) -> tuple[CheckIn, ...]:
    """Check-ins that have a date, in order of time; of several on one day in the order in which they were written."""
    return tuple(sorted((c for c in milestones.checkins if c.held_on), key=lambda c: c.held_on or date.min))


def _due(statuses: tuple[MilestoneStatus, ...], today: date) -> Iterator[TargetStatus]:
    for status in statuses:
        start = status.milestone.start
        if status.state in SETTLED or (start is not None and start > today):
            continue
        for target in status.targets:
            when = target.latest.when if target.latest else None
            if target.state is not State.DONE and target.target.target is not None and (when is None or today - when > WEEK):
                yield target
