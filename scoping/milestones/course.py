"""Where the milestones of a plan stand from day to day, as long as nobody writes anything.

Each day is told by what it changes: a plan of thousands is gone through once, and not once for every day that changes something.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from heapq import merge

from scoping.milestones.gates import holding
from scoping.milestones.possible import AHEAD
from scoping.milestones.status import (
    FRESH_DAYS,
    SETTLED,
    MilestoneStatus,
    State,
    at_risk,
    doubt,
    of_milestone,
    of_target,
    parts_of,
    waits,
)
from scoping.sections.milestones import Milestone, Milestones

Changes = Mapping[int, MilestoneStatus]
"""New states of milestones, by their place in the list."""
Course = Sequence[tuple[date, Changes]]
"""What each day changes, in order of time; the first day tells where every milestone stands."""


class Ranks:
    """Milestones by their states, in order of their due dates; those without one come last."""

    def __init__(self, statuses: Iterable[MilestoneStatus] = ()) -> None:
        self._now: dict[int, MilestoneStatus] = {}
        self._by_state: dict[State, list[tuple[date, int]]] = {state: [] for state in State}
        self.change(dict(enumerate(statuses)))

    def change(self, changes: Changes) -> None:
        """Carry over what a day changes."""
        for at, status in changes.items():
            rank = (status.milestone.due or date.max, at)
            if at in self._now:
                before = self._by_state[self._now[at].state]
                del before[bisect_left(before, rank)]
            insort(self._by_state[status.state], rank)
            self._now[at] = status

    def count(self, state: State) -> int:
        """How many stand so."""
        return len(self._by_state[state])

    def of(self, *states: State) -> Iterator[MilestoneStatus]:
        """Those that stand so."""
        return (self._now[at] for _, at in merge(*(self._by_state[state] for state in states)))


def course(plan: Milestones, begin: date) -> Course:
    """Where every milestone stands on the day `begin`, and what the days to come change."""
    alone = _alone(plan, begin)
    rows = plan.milestones
    place = {m.id: at for at, m in enumerate(rows)}
    waiting_for: dict[str, list[int]] = defaultdict(list)
    for at, m in enumerate(rows):
        for other in m.depends_on:
            waiting_for[other].append(at)
    teams = _Doubts(plan)
    talks = set(_within(begin, (turn for c in plan.checkins if c.held_on for turn in moved(c.held_on, -1))))
    now: dict[str, MilestoneStatus] = {}
    waiting: dict[int, MilestoneStatus] = {}
    shown: dict[int, MilestoneStatus] = {}
    why, doubted = "", set[int]()
    told = []
    for day in sorted({begin, *talks, *alone}):
        fresh = alone.get(day, {})
        now |= fresh
        touched = {place[i] for i in fresh} | {at for i in fresh for at in waiting_for[i]}
        for at in touched:
            waiting[at] = waits(now[rows[at].id], now)
        if day == begin or day in talks:
            why = doubt(plan, day)
        were, doubted = doubted, set(teams.next_ones(waiting, day)) if why else set()
        changes = {}
        for at in touched | were | doubted:
            status = at_risk(waiting[at], why) if at in doubted else waiting[at]
            if shown.get(at) != status:
                changes[at] = shown[at] = status
        told.append((day, changes))
    return tuple(told)


class _Doubts:
    """Finds the milestones that a team means when it doubts its next date."""

    def __init__(self, plan: Milestones) -> None:
        self._dated = sorted((m.due, at) for at, m in enumerate(plan.milestones) if m.due)

    def next_ones(self, standing: Mapping[int, MilestoneStatus], today: date) -> Iterator[int]:
        """The places of the open milestones that are due next; several where they are due on one day."""
        next_due = None
        for due, at in self._dated[bisect_left(self._dated, (today, -1)) :]:
            if next_due is not None and due > next_due:
                return
            if standing[at].state not in SETTLED:
                next_due = due
                yield at


def _alone(plan: Milestones, begin: date) -> Mapping[date, dict[str, MilestoneStatus]]:
    """Where milestones stand whatever they wait for: by the day on which each comes to stand so, and its id."""
    targets, readings = parts_of(plan)
    gate_days = [begin, *sorted(set(_within(begin, turns_of_gates(plan))))]
    gated = [m for m in plan.milestones if m.gate]
    decided = [holding(gated, day) for day in gate_days]

    def standing(milestone: Milestone, today: date) -> MilestoneStatus:
        own = [of_target(t, milestone, readings[t.id], today) for t in targets.get(milestone.id, ())]
        return of_milestone(milestone, own, decided[bisect_right(gate_days, today) - 1].get(milestone.id), today)

    by_day: dict[date, dict[str, MilestoneStatus]] = defaultdict(dict)
    for m in plan.milestones:
        now = by_day[begin][m.id] = standing(m, begin)
        to_come = [r.when for t in targets.get(m.id, ()) for r in readings[t.id] if r.when and r.when - begin > AHEAD]
        at_gates = gate_days[1:] if m.gate else []
        for day in {*at_gates, *_within(begin, _turns_of(m, now, to_come))}:
            by_day[day][m.id] = standing(m, day)
    return by_day


def _turns_of(milestone: Milestone, now: MilestoneStatus, to_come: Sequence[date]) -> Iterator[date]:
    """The days on which a milestone may come to stand elsewhere: each rule of scoping/milestones/status.py that looks at today has its own."""
    if milestone.start:
        yield milestone.start
    if milestone.due:
        yield from moved(milestone.due, 1)
    if milestone.reached_on:
        yield from moved(milestone.reached_on, -1)
    for day in to_come:
        yield from moved(day, -1)
    for day in (*to_come, *(t.latest.when for t in now.targets if t.latest and t.latest.when)):
        yield from moved(day, FRESH_DAYS + 1)


def turns_of_gates(plan: Milestones) -> Iterator[date]:
    """The days on which a decision at a gate begins to hold; it may end what was decided at another one."""
    for m in plan.milestones:
        if m.gate and m.gate_on:
            yield from moved(m.gate_on, -1)


def moved(day: date, days: int) -> Iterator[date]:
    """A day earlier or later, where there is such a day."""
    if date.min.toordinal() <= day.toordinal() + days <= date.max.toordinal():
        yield day + timedelta(days=days)


def _within(begin: date, days: Iterable[date]) -> Iterator[date]:
    return (day for day in days if day > begin)
