"""Levelling: moving milestones so that nobody is booked for more than there is of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice

import numpy as np

from scoping import programme
from scoping.errors import CalculationError
from scoping.programme import Row
from scoping.ranges import Range
from scoping.schedule import Task, longest_path

SMALL = 4_000
"""Choices of a day (milestones times days on which each could begin) up to which the shortest plan is looked for."""
SECONDS = 3.0
"""Longest search for it."""
NOTHING = 1e-6
"""Shares and days that differ by less are the same."""


@dataclass(frozen=True)
class Job:
    """A milestone with the people it needs; times in whole working days from the start of the plan.

    Attributes:
        uses: people and how much of each, while it runs.
        after: ids of the jobs that come before it.
        is_fixed: it has begun, so it begins at `not_before`, whatever else happens.
        pauses: from and to when nobody works on it.
    """

    id: str
    days: int
    uses: tuple[tuple[str, float], ...] = ()
    after: tuple[str, ...] = ()
    not_before: int = 0
    is_fixed: bool = False
    pauses: tuple[tuple[int, int], ...] = ()

    def worked(self, start: int) -> list[int]:
        """The days on which it is worked on when it begins at a time."""
        days = (day for day in count(start) if not self._rests(day))
        return list(islice(days, self.days))

    def _rests(self, day: int) -> bool:
        return any(a <= day < b for a, b in self.pauses)

    def end(self, start: int) -> int:
        """When it is done if it begins at a time."""
        return self.worked(start)[-1] + 1 if self.days else start

    def lasting_until(self, time: int) -> Job:
        """The same job, as long as it takes to be open until a time."""
        return replace(self, days=max(self.days, sum(not self._rests(day) for day in range(self.not_before, time))))


@dataclass(frozen=True)
class Stretch:
    """Days on which a person is booked for the same jobs.

    Attributes:
        first, last: of the days, both included, counted from the start of the plan.
        booked: share of a week in per cent.
    """

    person: str
    first: int
    last: int
    booked: float
    jobs: tuple[str, ...]


@dataclass(frozen=True)
class Levelled:
    """A plan in which nobody is booked for more than there is, as far as that is possible.

    Attributes:
        starts: of each job.
        end: when the last job is done.
        is_shortest: whether no shorter plan exists; else a rule made it.
    """

    starts: tuple[tuple[str, int], ...]
    end: int
    is_shortest: bool

    @property
    def words(self) -> str:
        """How it was found, as a sentence."""
        if self.is_shortest:
            return "No plan without double bookings ends earlier."
        return "Placed by a rule, the milestone whose latest finish is earliest first; a shorter plan may exist."


def as_planned(jobs: Sequence[Job]) -> dict[str, int]:
    """When the jobs begin if nobody minds who is booked twice.

    Raises:
        CalculationError: some jobs wait for each other.
    """
    return {job: round(start) for job, start in longest_path(_as_tasks(jobs)).start.items()}


def stretches(jobs: Sequence[Job], starts: Mapping[str, int]) -> tuple[Stretch, ...]:
    """Who is booked when, if the jobs begin at these times; by time and person."""
    loads: dict[tuple[str, int], list[tuple[str, float]]] = {}
    for job in jobs:
        for day in job.worked(starts[job.id]):
            for person, share in job.uses:
                loads.setdefault((person, day), []).append((job.id, share))
    found: list[Stretch] = []
    for (person, day), load in sorted(loads.items()):
        one = Stretch(person, day, day, sum(share for _, share in load), tuple(dict.fromkeys(job for job, _ in load)))
        before = found[-1] if found else None
        if before and replace(before, first=day, last=day) == one and before.last == day - 1:
            found[-1] = replace(before, last=day)
        else:
            found.append(one)
    return tuple(sorted(found, key=lambda s: (s.first, s.person)))


def level(jobs: Sequence[Job], shares: Mapping[str, float]) -> Levelled:
    """Begin the jobs so that nobody is booked for more than there is and the last is done as early as possible.

    A job that needs more of a person than there ever is keeps that need out of the sums. What is fixed stays.

    Raises:
        CalculationError: some jobs wait for each other.
    """
    bookable = [_bookable(job, shares) for job in jobs]
    by_rule = _by_rule(bookable, shares)
    shortest = _shortest(bookable, shares, by_rule)
    starts = shortest or by_rule
    return Levelled(tuple(starts.items()), _end(bookable, starts), shortest is not None)


def _bookable(job: Job, shares: Mapping[str, float]) -> Job:
    """The job without the needs that nobody can meet, or that cannot be checked."""
    return replace(job, uses=tuple((p, s) for p, s in job.uses if p in shares and s <= shares[p] + NOTHING))


def _end(jobs: Sequence[Job], starts: Mapping[str, int]) -> int:
    return max((job.end(starts[job.id]) for job in jobs), default=0)


def _as_tasks(jobs: Sequence[Job]) -> list[Task]:
    """Jobs at their lengths; what has begun waits for nobody."""
    return [Task(j.id, Range.exactly(j.days), () if j.is_fixed else j.after, j.not_before, j.pauses) for j in jobs]


class _Left:
    """What is left of each person on each day."""

    def __init__(self, shares: Mapping[str, float]) -> None:
        self._shares = shares
        self._booked: dict[tuple[str, int], float] = {}

    def book(self, job: Job, start: int) -> None:
        for day in job.worked(start):
            for person, share in job.uses:
                self._booked[person, day] = self._booked.get((person, day), 0.0) + share

    def of(self, person: str, day: int) -> float:
        return max(0.0, self._shares[person] - self._booked.get((person, day), 0.0))

    def allows(self, job: Job, start: int) -> bool:
        return all(share <= self.of(person, day) + NOTHING for day in job.worked(start) for person, share in job.uses)


def _by_rule(jobs: Sequence[Job], shares: Mapping[str, float]) -> dict[str, int]:
    """Place one job after the other, of those that may begin the one with the latest finish that is earliest."""
    path = longest_path(_as_tasks(jobs))
    left = _Left(shares)
    starts: dict[str, int] = {}
    ends: dict[str, int] = {}
    known = {job.id: job for job in jobs}
    for job in jobs:
        if job.is_fixed:
            starts[job.id], ends[job.id] = job.not_before, job.end(job.not_before)
            left.book(job, job.not_before)
    waiting = {job.id: job for job in jobs if not job.is_fixed}
    while waiting:
        ready = [j for j in waiting.values() if all(a in starts or a not in known for a in j.after)]
        job = min(ready, key=lambda j: (path.latest[j.id], j.id))
        start = max([job.not_before, *(ends[a] for a in job.after if a in ends)])
        while not left.allows(job, start):
            start += 1
        left.book(job, start)
        starts[job.id], ends[job.id] = start, job.end(start)
        del waiting[job.id]
    return starts


def _shortest(jobs: Sequence[Job], shares: Mapping[str, float], by_rule: Mapping[str, int]) -> dict[str, int] | None:
    """The plan that ends first, looked for among all; None when the plan is too large or time runs out."""
    windows = _windows(jobs, _end(jobs, by_rule))
    choices = [(job, start) for job in jobs for start in windows[job.id]]
    if all(len(window) == 1 for window in windows.values()):
        return dict(by_rule)
    if len(choices) > SMALL:
        return None
    place = {(job.id, start): i for i, (job, start) in enumerate(choices)}
    last = len(choices)
    rows = [Row({place[j.id, s]: 1.0 for s in windows[j.id]}, 1, 1) for j in jobs]
    rows += _precedence(jobs, windows, place)
    rows += _capacity(jobs, windows, place, shares)
    rows += [Row({last: 1.0} | {place[j.id, s]: -float(j.end(s)) for s in windows[j.id]}, 0) for j in jobs]
    objective = np.array([0.0] * last + [1.0])
    upper = np.array([1.0] * last + [float(_end(jobs, by_rule))])
    try:
        found = programme.solve(objective, rows, upper, np.ones(last + 1), seconds=SECONDS)
    except CalculationError:
        return None
    return None if found is None else {job.id: start for (job, start), x in zip(choices, found, strict=False) if x > 0.5}


def _windows(jobs: Sequence[Job], end: int) -> dict[str, range]:
    """For each job the days on which it can begin in a plan that ends by a time."""
    path = longest_path(_as_tasks(jobs))
    late = end - path.length
    return {
        j.id: range(j.not_before, j.not_before + 1)
        if j.is_fixed
        else range(int(path.start[j.id]), int(path.start[j.id] + path.slack(j.id) + late) + 1)
        for j in jobs
    }


def _precedence(jobs: Sequence[Job], windows: Mapping[str, range], place: Mapping[tuple[str, int], int]) -> Iterator[Row]:
    """No job begins before the end of one that it waits for, however both are placed."""
    known = {job.id: job for job in jobs}
    for job in jobs:
        for before in [known[a] for a in job.after if a in known and not job.is_fixed]:
            for day in windows[job.id]:
                # By this day either the other is over or this one has not begun.
                begun = {place[job.id, s]: 1.0 for s in windows[job.id] if s <= day}
                over = {place[before.id, s]: -1.0 for s in windows[before.id] if before.end(s) <= day}
                yield Row(begun | over, high=0)


def _capacity(
    jobs: Sequence[Job], windows: Mapping[str, range], place: Mapping[tuple[str, int], int], shares: Mapping[str, float]
) -> Iterator[Row]:
    """On no day a person is booked for more than what jobs that have begun leave, as a share of what there is."""
    left = _Left(shares)
    for job in jobs:
        if job.is_fixed:
            left.book(job, job.not_before)
    weights: dict[tuple[str, int], dict[int, float]] = {}
    for job in jobs:
        if job.uses and not job.is_fixed:
            for start in windows[job.id]:
                for day in job.worked(start):
                    for person, share in job.uses:
                        row = weights.setdefault((person, day), {})
                        row[place[job.id, start]] = row.get(place[job.id, start], 0.0) + share / 100
    for (person, day), row in weights.items():
        yield Row(row, high=left.of(person, day) / 100)
