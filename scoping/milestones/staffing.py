"""Who is booked when, who twice, and dates at which nobody is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from scoping.milestones import levelling
from scoping.milestones.levelling import Job
from scoping.milestones.plan import Plan, may_begin

_STAYS = "Double bookings stay where work has begun, and where a milestone alone needs more of somebody than there is."


# People who are booked twice


@dataclass(frozen=True, kw_only=True)
class Booked:
    """Days on which a person is booked for the same milestones.

    Attributes:
        booked, available: shares of a week, in per cent; available is None while it is not known.
    """

    person: str
    first: date
    last: date
    booked: float
    available: float | None
    milestones: tuple[str, ...]

    @property
    def is_conflict(self) -> bool:
        """Whether the person is booked for more than there is."""
        return self.available is not None and self.booked > self.available + levelling.NOTHING


@dataclass(frozen=True)
class Moved:
    """A milestone in the levelled plan; `days` is how many working days later it begins than planned."""

    milestone: str
    start: date
    end: date
    days: int


@dataclass(frozen=True)
class Staffing:
    """Who is booked when, as the plan stands, and what would have to move so that nobody is booked twice.

    Attributes:
        levelled: the milestones that are still to come or running.
        end, later_by: of the levelled plan; working days against the plan as it stands.
        rule: how the levelled plan was found, as a sentence; "" where nothing has to move.
    """

    loads: tuple[Booked, ...] = ()
    levelled: tuple[Moved, ...] = ()
    end: date | None = None
    later_by: int = 0
    rule: str = ""

    @property
    def conflicts(self) -> tuple[Booked, ...]:
        """When somebody is booked for more than there is."""
        return tuple(load for load in self.loads if load.is_conflict)


@lru_cache(maxsize=64)
def staffing(plan: Plan) -> Staffing:
    """The load of people from today on, at likely durations and the usual overrun, and the levelled plan."""
    jobs = tuple(_jobs(plan))
    if not jobs:
        return Staffing()
    starts = levelling.as_planned(jobs)
    loads = tuple(_loads(plan, jobs, starts))
    if not any(load.is_conflict for load in loads):
        return Staffing(loads)
    levelled = levelling.level(jobs, dict(plan.shares))
    by_id, calendar = {job.id: job for job in jobs}, plan.calendar
    moved = tuple(
        Moved(i, calendar.day_of_start(s), calendar.day_of_end(by_id[i].end(s)), s - starts[i]) for i, s in levelled.starts
    )
    end = max(job.end(starts[job.id]) for job in jobs)
    stays = any(load.is_conflict for load in _loads(plan, jobs, dict(levelled.starts)))
    return Staffing(
        loads,
        moved,
        calendar.day_of_end(levelled.end),
        levelled.end - end,
        f"{levelled.way.label} {_STAYS}" if stays else levelled.way.label,
    )


def _loads(plan: Plan, jobs: Sequence[Job], starts: Mapping[str, int]) -> Iterator[Booked]:
    """Who is booked when from today on, if the jobs begin at these times."""
    shares, now, day = dict(plan.shares), plan.calendar.morning(plan.today), plan.calendar.day_of_start
    for s in levelling.stretches(jobs, starts):
        if s.last >= now:
            yield Booked(
                person=s.person,
                first=day(max(now, s.first)),
                last=day(s.last),
                booked=s.booked,
                available=shares.get(s.person),
                milestones=s.jobs,
            )


def _jobs(plan: Plan) -> Iterator[Job]:
    now = plan.calendar.morning(plan.today)
    ended = {t.id: t.ended for t in plan.tasks if t.ended is not None}
    for task in plan.tasks:
        if task.id in ended:
            continue
        uses = tuple((b.person, b.share) for b in plan.bookings if b.milestone == task.id)
        earliest = math.ceil(may_begin(task, ended))
        has_begun = earliest < now and ended.keys() >= set(task.after)
        job = Job(
            id=task.id,
            days=math.ceil(task.duration.likely * plan.overrun.middle - levelling.NOTHING),
            uses=uses,
            after=tuple(a for a in task.after if a not in ended),
            not_before=earliest,
            is_fixed=has_begun,
            pauses=tuple((math.floor(a), math.ceil(b)) for a, b in task.pauses),
        )
        # What has begun and is not done lasts until today at least.
        yield job.lasting_until(now + 1) if has_begun else job
