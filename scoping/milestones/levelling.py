"""Levelling: moving milestones so that nobody is booked for more than there is of them.

The resource-constrained project scheduling problem. The shortest plan is NP-hard to find (Blazewicz, Lenstra and Rinnooy Kan
1983), so a rule gives a plan at once, and a branch and bound search improves on it where a plan is small. Both make active
schedules only, in which no job can begin earlier by itself: one of them is a shortest plan (Sprecher, Kolisch and Drexl 1995).
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from scoping.milestones.schedule import Task, in_order, longest_path
from scoping.numbers.ranges import Array, Range
from scoping.section import Choice

LARGEST = 15
"""Milestones still to begin up to which the shortest plan is looked for; for about a dozen it is found for certain."""
LONGEST = 2_600
"""Working days of such a plan, ten years."""
STEPS = 20_000
"""Longest search for it."""
_FARTHEST = 10**9
NOTHING = 1e-6
"""Shares and days that differ by less are the same."""


@dataclass(frozen=True, kw_only=True)
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

    def segments(self, start: int) -> list[tuple[int, int]]:
        """From and to when it is worked on if it begins at a time."""
        worked, left, time = [], self.days, start
        for pause, resume in (*self.pauses, (math.inf, math.inf)):
            if left and pause > time:
                end = int(min(time + left, pause))
                worked.append((time, end))
                left -= end - time
            time = int(max(time, min(resume, _FARTHEST)))
        return worked

    def first(self, start: int) -> int:
        """The first day on which it is worked on when it begins at a time."""
        return self.segments(start)[0][0] if self.days else start

    def end(self, start: int) -> int:
        """When it is done if it begins at a time."""
        return self.segments(start)[-1][1] if self.days else self._rested(start)

    def _rested(self, time: int) -> int:
        """A time as it is, or the end of the pause in which it lies: nothing is done while nobody works."""
        return next((int(min(resume, _FARTHEST)) for pause, resume in self.pauses if pause < time < resume), time)

    def lasting_until(self, time: int) -> Job:
        """The same job, as long as it takes to be open until a time."""
        rests = sum(max(0, min(b, time) - max(a, self.not_before)) for a, b in self.pauses)
        return replace(self, days=max(self.days, time - self.not_before - rests))


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


class Way(Choice):
    """How a levelled plan was found; the label is a sentence."""

    SHORTEST = "shortest", "No plan without double bookings ends earlier."
    SEARCHED = "searched", "The best plan that a limited search found. A shorter one may exist."
    RULE = "rule", "Placed by a rule: the milestone whose latest finish is earliest goes first. A shorter plan may exist."


@dataclass(frozen=True)
class Levelled:
    """A plan in which nobody is booked for more than there is, as far as that is possible.

    Attributes:
        starts: of each job.
        end: when the last job is done.
    """

    starts: tuple[tuple[str, int], ...]
    end: int
    way: Way


def as_planned(jobs: Sequence[Job]) -> dict[str, int]:
    """When the jobs begin if nobody minds who is booked twice.

    Raises:
        CalculationError: some jobs wait for each other.
    """
    start = longest_path(_as_tasks(jobs)).start
    return {job.id: job.first(round(start[job.id])) for job in jobs}


def stretches(jobs: Sequence[Job], starts: Mapping[str, int]) -> tuple[Stretch, ...]:
    """Who is booked when, if the jobs begin at these times; by time and person."""
    booked: dict[str, list[tuple[int, int, str, float]]] = {}
    for job in jobs:
        for first, end in job.segments(starts[job.id]):
            for person, share in job.uses:
                booked.setdefault(person, []).append((first, end, job.id, share))
    booked_stretches = []
    for person, spans in booked.items():
        edges = sorted({edge for first, end, _, _ in spans for edge in (first, end)})
        for first, end in pairwise(edges):
            load = [(job, share) for a, b, job, share in spans if a <= first < b]
            if load:
                names = tuple(dict.fromkeys(job for job, _ in load))
                booked_stretches.append(Stretch(person, first, end - 1, math.fsum(share for _, share in load), names))
    return tuple(sorted(booked_stretches, key=lambda s: (s.first, s.person)))


def level(jobs: Sequence[Job], shares: Mapping[str, float]) -> Levelled:
    """Begin the jobs so that nobody is booked for more than there is and the last is done as early as possible.

    A job is done in one go, its pauses apart. What has begun stays. A need that is larger than there ever is of a person, or
    of a person of whom it is not known, is left out of the sums.

    Raises:
        CalculationError: some jobs wait for each other.
    """
    bookable = [_bookable(job, shares) for job in jobs]
    # The critical path takes no notice of people, so no plan is shorter: one that is as short needs no search.
    path = longest_path(_as_tasks(bookable))
    starts = _placed(bookable, shares, path.latest)
    end = max((job.end(starts[job.id]) for job in jobs), default=0)
    way = Way.SHORTEST if end <= path.length + NOTHING else Way.RULE
    if way is Way.RULE and sum(not job.is_fixed for job in jobs) <= LARGEST and end <= LONGEST:
        search = _Search(bookable, shares, path.latest, end)
        if search.starts or search.is_complete:
            starts, end = search.starts or starts, search.best
            way = Way.SHORTEST if search.is_complete else Way.SEARCHED
    return Levelled(tuple((job.id, job.first(starts[job.id])) for job in jobs), end, way)


def _bookable(job: Job, shares: Mapping[str, float]) -> Job:
    """The job without the needs that nobody can meet, or that cannot be checked."""
    return replace(job, uses=tuple((p, s) for p, s in job.uses if p in shares and s <= shares[p] + NOTHING))


def _as_tasks(jobs: Sequence[Job]) -> list[Task]:
    """Jobs at their lengths; what has begun waits for nobody."""
    return [
        Task(id=j.id, duration=Range.exactly(j.days), after=() if j.is_fixed else j.after, not_before=j.not_before, pauses=j.pauses)
        for j in jobs
    ]


class _Load:
    """How much of a person is booked over time, as steps."""

    def __init__(self) -> None:
        self.times: list[float] = [-math.inf]
        self._loads = [0.0]

    def book(self, first: int, end: int, share: float) -> None:
        """Add a share from one time to another."""
        for edge in (first, end):
            place = bisect_left(self.times, edge)
            if place == len(self.times) or self.times[place] != edge:
                self.times.insert(place, edge)
                self._loads.insert(place, self._loads[place - 1])
        for place in range(bisect_left(self.times, first), bisect_left(self.times, end)):
            self._loads[place] += share

    def most(self, first: int, end: int) -> float:
        """The largest load from one time to another."""
        return max(self._loads[bisect_right(self.times, first) - 1 : bisect_left(self.times, end)])


def _placed(jobs: Sequence[Job], shares: Mapping[str, float], rank: Mapping[str, float]) -> dict[str, int]:
    """Place one job after the other as early as can be, of those that may begin the one of lowest rank.

    The serial schedule generation scheme; with the latest finish as rank it is among the best of the simple rules (Kolisch
    1996). Ids decide between equals, so that the same plan always comes out.
    """
    known = {job.id: job for job in jobs}
    loads = {person: _Load() for person in shares}
    starts: dict[str, int] = {}

    def begin(job: Job, start: int) -> None:
        starts[job.id] = start
        for first, end in job.segments(start):
            for person, share in job.uses:
                loads[person].book(first, end, share)

    for job in jobs:
        if job.is_fixed:
            begin(job, job.not_before)
    waiting = {job.id: job for job in jobs if not job.is_fixed}
    while waiting:
        ready = (j for j in waiting.values() if not any(a in waiting for a in j.after))
        job = min(ready, key=lambda j: (rank[j.id], j.id))
        earliest = max([job.not_before, *(known[a].end(starts[a]) for a in job.after if a in known)])
        begin(job, _first_free(job, earliest, shares, loads))
        del waiting[job.id]
    return starts


def _first_free(job: Job, earliest: int, shares: Mapping[str, float], loads: Mapping[str, _Load]) -> int:
    """The earliest start at which nobody is booked twice: it is the given one, or somebody gets free then."""
    edges = {int(time) for person, _ in job.uses for time in loads[person].times if time > earliest}
    edges |= {resume for _, resume in job.pauses if resume > earliest}
    for start in (earliest, *sorted(edges)):
        spans = job.segments(start)
        if all(loads[p].most(a, b) + share <= shares[p] + NOTHING for a, b in spans for p, share in job.uses):
            return start
    raise AssertionError("behind all bookings everybody is free")


class _Search:
    """Branch and bound over the plans in which no job can begin earlier by itself; one of them ends first of all plans.

    The precedence tree of Patterson, Slowinski, Talbot and Weglarz (1989): a branch says which job is placed next, in the order
    of starts and every one as early as it can be, so that each plan is met once. Branches that cannot end before the best plan
    so far are left out, and the search ends after a number of steps.

    Attributes:
        best: the earliest end.
        starts: the plan that ends then; None if none ends before the one that was known.
    """

    def __init__(self, jobs: Sequence[Job], shares: Mapping[str, float], rank: Mapping[str, float], end: int) -> None:
        self.best = end
        self.starts: dict[str, int] | None = None
        self._steps = STEPS
        self._known = {job.id: job for job in jobs}
        # Sorted by rank, what waits stays behind what it waits for.
        in_time = [self._known[task.id] for task in in_order(_as_tasks(jobs))]
        self._jobs = sorted((job for job in in_time if not job.is_fixed), key=lambda job: rank[job.id])
        # From the start of a job to the end of the longest chain behind it: what is left to do whoever is free.
        self._tails = {job.id: job.days for job in jobs}
        for job in reversed(self._jobs):
            for before in job.after:
                if before in self._known:
                    self._tails[before] = max(self._tails[before], self._known[before].days + self._tails[job.id])
        # Asked for at every step, so worked out once: when a job ends by its start, and on which days it rests.
        self._ends = {job.id: np.array([job.end(start) for start in range(end + 1)]) for job in jobs}
        self._rests = {job.id: np.zeros(end + 1, dtype=bool) for job in jobs}
        for job in jobs:
            for pause, resume in job.pauses:
                self._rests[job.id][max(0, pause) : max(0, resume)] = True
        left = {person: np.full(end + 1, share, dtype=np.float64) for person, share in shares.items()}
        begun = {job.id: job.not_before for job in jobs if job.is_fixed}
        for name, start in begun.items():
            self._book(left, self._known[name], start)
        self._extend(begun, left, (0, -1))

    @property
    def is_complete(self) -> bool:
        """Whether the search came to its end, so that no plan ends earlier."""
        return self._steps > 0

    def _book(self, left: Mapping[str, Array], job: Job, start: int) -> None:
        for first, end in job.segments(start):
            for person, share in job.uses:
                days = left[person][max(0, first) : max(0, end)]
                np.maximum(days - share, 0.0, out=days)

    def _extend(self, starts: dict[str, int], left: dict[str, Array], last: tuple[int, int]) -> None:
        """Place each job that may come next.

        Args:
            last: start and place of the job before; of equal starts, the job that stands first in the list comes first.
        """
        waiting = {job.id: place for place, job in enumerate(self._jobs) if job.id not in starts}
        if not waiting:
            end = max(self._known[name].end(start) for name, start in starts.items())
            if end < self.best:
                self.best, self.starts = end, starts
            return
        earliest = self._earliest(starts)
        if self._bound(earliest, left, last[0]) >= self.best:
            return
        for name, place in waiting.items():
            job = self._known[name]
            if any(a in waiting for a in job.after):
                continue
            if self._steps <= 0:
                return
            self._steps -= 1
            start = self._first(job, earliest[name], left)
            # A job that would begin before the last one placed belongs to a branch in which it came first.
            if start is not None and (start, place) > last and start + self._tails[name] < self.best:
                rest = {person: days.copy() for person, days in left.items()}
                self._book(rest, job, start)
                self._extend({**starts, name: start}, rest, (start, place))

    def _earliest(self, starts: Mapping[str, int]) -> dict[str, int]:
        """When each job that is not placed could begin if nobody were booked twice."""
        earliest: dict[str, int] = {}
        for job in self._jobs:
            if job.id not in starts:
                over = [self._known[a].end(starts[a]) for a in job.after if a in starts]
                over += [earliest[a] + self._known[a].days for a in job.after if a in earliest]
                earliest[job.id] = max([job.not_before, *over])
        return earliest

    def _bound(self, earliest: Mapping[str, int], left: Mapping[str, Array], time: int) -> int:
        """A time before which no plan ends that begins the rest now.

        The larger of two bounds (Stinson, Davis and Khumawala 1978): by the longest chain, as if everybody were free; and by
        the work for each person, as if it could be divided at will.
        """
        bound = max(max(start, time) + self._tails[name] for name, start in earliest.items())
        for person, days in left.items():
            uses = [(self._known[name].days, share) for name in earliest for p, share in self._known[name].uses if p == person]
            need = math.fsum(length * share for length, share in uses)
            if need > NOTHING:
                bound = max(bound, time + int(np.searchsorted(days[time:].cumsum(), need * (1 - NOTHING))) + 1)
        return bound

    def _first(self, job: Job, earliest: int, left: Mapping[str, Array]) -> int | None:
        """The earliest start at which all people are free; None if it would end too late.

        All starts are tried at once: a job fits where no day on which somebody is taken lies between its start and its end,
        so where the count of such days is the same at both.
        """
        ends = self._ends[job.id]
        free = self._rests[job.id].copy()
        free |= np.logical_and.reduce([left[p] >= share - NOTHING for p, share in job.uses]) if job.uses else True
        taken = np.concatenate([[0], np.cumsum(~free)])
        fits = np.flatnonzero(taken[np.minimum(ends, len(free))] == taken[: len(ends)])
        place = int(np.searchsorted(fits, earliest))
        return int(fits[place]) if place < len(fits) and ends[fits[place]] <= len(free) else None
