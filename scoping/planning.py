"""The milestones in figures: a charter's plan, made ready for the calculators.

Days come in as arguments. What is missing or contradicts itself is named and left out, together with what waits for it; the
rest keeps computing. Amounts are counted in the currencies in which they were typed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np

from scoping import baseline, earned, levelling, reference_class, schedule, work_calendar
from scoping.answers import number_words
from scoping.baseline import Drift, FrozenMilestone
from scoping.currency import to_major
from scoping.earned import Earned
from scoping.levelling import Job
from scoping.ranges import DRAWS, Array, Range, Spread
from scoping.reference_class import Outside, Past
from scoping.schedule import Overrun, Task
from scoping.section import short
from scoping.sections.milestones import Assignment, Gate, Milestone, MilestoneKind, Milestones, Person, cycle
from scoping.valuation import Problem
from scoping.work_calendar import WorkCalendar

MILESTONES, PEOPLE, ASSIGNMENTS = "milestones.milestones", "milestones.people", "milestones.assignments"
SEED = 1
"""Of all simulations, so that the same plan always gives the same dates."""
_NUMBERS = 3_000_000
"""Numbers that each table of a simulation holds at most; very large plans get fewer draws."""
_FEWEST_DRAWS = 2_000
_STAYS = "Double bookings stay where work has begun, and where a milestone alone needs more of somebody than there is."
_WEEK = 5
"""Working days of a period in which progress is told."""


@dataclass(frozen=True)
class Booking:
    """A person who works on a milestone.

    Attributes:
        share: of a week, in per cent.
        day_cost: of this share of a day, in major units; None while the rate is not known.
    """

    milestone: str
    person: str
    share: float
    day_cost: float | None
    currency: str


@dataclass(frozen=True)
class Sum:
    """Money that a milestone needs besides its people, in major units."""

    milestone: str
    amount: float
    currency: str


@dataclass(frozen=True)
class Plan:
    """What of a charter's milestones can be counted with. Hashable: its figures are kept by it.

    Attributes:
        tasks: the milestones of which a time is known, and of all that they wait for.
        left_out: ids of the other milestones; `problems` says why.
        due: promised days by milestone.
        overrun_words: where the overrun comes from, as a sentence.
        shares: how much of a week there is of each person, in per cent, where it is known.
        today: the day on which the plan is looked at.
        notes: what is assumed of the plan as a whole, a sentence each.
    """

    tasks: tuple[Task, ...]
    left_out: tuple[str, ...]
    calendar: WorkCalendar
    due: tuple[tuple[str, date], ...]
    overrun: Overrun
    overrun_words: str
    bookings: tuple[Booking, ...]
    sums: tuple[Sum, ...]
    shares: tuple[tuple[str, float], ...]
    today: date
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether the time of every milestone is known, and so the end of the plan."""
        return bool(self.tasks) and not self.left_out


def plan(milestones: Milestones, today: date, past: Iterable[Past] = ()) -> Plan:
    """Read the plan as it can be counted with.

    Args:
        past: projects that are over; they tell the usual overrun unless somebody typed it.
    """
    problems: list[Problem] = []
    begin = _first_day(milestones, today)
    notes = [] if begin or not milestones.milestones else ["No milestone has a start, so the plan is taken to begin today."]
    calendar = work_calendar.calendar_of(milestones, begin or today)
    pauses = dict(_pauses(milestones, calendar, problems))
    tasks, left_out = _tasks(milestones, calendar, today, pauses, problems)
    overrun, overrun_words = _overrun(milestones, past)
    return Plan(
        tasks,
        left_out,
        calendar,
        tuple((m.id, m.due) for m in milestones.milestones if m.due),
        overrun,
        overrun_words,
        tuple(_bookings(milestones, problems)),
        tuple(Sum(m.id, float(to_major(m.money, m.currency)), m.currency) for m in milestones.milestones if m.money),
        tuple((p.id, p.share) for p in milestones.people if p.share is not None),
        today,
        tuple(notes),
        tuple(problems),
    )


def _first_day(milestones: Milestones, today: date) -> date | None:
    return min((d for m in milestones.milestones for d in (m.start, _reached(m, today)) if d), default=None)


# Milestones as tasks


def _tasks(
    milestones: Milestones,
    calendar: WorkCalendar,
    today: date,
    pauses: Mapping[str, tuple[tuple[int, int], ...]],
    problems: list[Problem],
) -> tuple[tuple[Task, ...], tuple[str, ...]]:
    rows = {m.id: m for m in milestones.milestones}
    if circle := cycle(milestones):
        names = " → ".join(short(rows[i].title, 30) for i in circle)
        problems.append(Problem(MILESTONES, circle[0], f"These milestones wait for each other: {names}. Remove one dependency."))
        return (), tuple(rows)
    found: dict[str, Task] = {}
    for one in schedule.in_order([Task(m.id, Range.exactly(0), m.depends_on) for m in milestones.milestones]):
        row = rows[one.id]
        task, sentence = _task(row, rows, calendar, today, pauses.get(row.id, ()))
        missing = [rows[d].title for d in row.depends_on if d in rows and d not in found]
        if task is not None and task.ended is None and missing:
            task, sentence = None, f"It waits for “{short(missing[0], 60)}”, of which no time is known."
        if sentence:
            problems.append(Problem(MILESTONES, row.id, sentence))
        if task is not None:
            found[row.id] = task
    ended = {i: t.ended for i, t in found.items() if t.ended is not None}
    begun = {i: replace(t, elapsed=_elapsed(t, ended)) for i, t in found.items()}
    return tuple(begun[i] for i in rows if i in found), tuple(i for i in rows if i not in found)


def _begin(task: Task, ended: Mapping[str, float]) -> float:
    """When a task may begin for all that is over."""
    return max([task.not_before, *(ended[a] for a in task.after if a in ended)])


def _elapsed(task: Task, ended: Mapping[str, float]) -> float:
    """How long a task has been worked on; 0 while something that it waits for is open."""
    if task.ended is not None or task.open_at is None or not ended.keys() >= set(task.after):
        return 0.0
    begin = _begin(task, ended)
    return max(0.0, task.open_at - begin) - sum(max(0, min(b, task.open_at) - max(a, begin)) for a, b in task.pauses)


def _task(
    row: Milestone, rows: Mapping[str, Milestone], calendar: WorkCalendar, today: date, pauses: tuple[tuple[int, int], ...]
) -> tuple[Task | None, str]:
    """A milestone as a task, and what is wrong with it."""
    duration, sentence = _duration(row, rows, calendar)
    task = Task(
        row.id,
        duration or Range.exactly(0),
        tuple(d for d in row.depends_on if d in rows),
        not_before=max(0, calendar.morning(row.start)) if row.start else 0,
        pauses=pauses,
        open_at=calendar.morning(today) + 1,
    )
    if reached := _reached(row, today):
        return replace(task, ended=calendar.evening(reached)), ""
    if row.gate is Gate.STOP:
        return None, "It was stopped at its gate, so no time is counted for it."
    if row.reached_on:
        sentence = f"It is said to be reached on {row.reached_on:%d %b %Y}, a day that is still to come. It counts as open."
    if any(d not in rows for d in row.depends_on):
        sentence = sentence or "It comes after a milestone that does not exist any more. Choose again what it comes after."
    return (None if duration is None else task), sentence


def _duration(row: Milestone, rows: Mapping[str, Milestone], calendar: WorkCalendar) -> tuple[Range | None, str]:
    """Working days as they were typed, else between the dates; and what is wrong with them."""
    typed = (row.best_days, row.likely_days, row.worst_days)
    stated = Range.stated(*typed)
    problem = stated.problem().replace("low", "best").replace("high", "worst") if stated else ""
    if stated and not problem:
        return stated, ""
    if stated is None and any(days is not None for days in typed):
        problem = "Give its working days as best and worst case, or the likely ones alone."
    if row.start and row.due and row.due < row.start:
        return None, "It is due before it starts, so no date can be worked out."
    days = _planned_days(row, rows, calendar)
    if days is None and row.kind is MilestoneKind.POC and not problem:
        return (
            reference_class.STUDY,
            "Its working days are not known; 4 to 16 weeks stand in, as Microsoft tells of feasibility studies.",
        )
    if days is None:
        return None, problem or "Say how many working days it takes, or when it starts and is due."
    return Range.exactly(days), f"{problem} Until then the days between its dates count." if problem else ""


def _planned_days(row: Milestone, rows: Mapping[str, Milestone], calendar: WorkCalendar) -> int | None:
    """Working days from the start, or from the promise of what comes before, to the own promise."""
    if row.due is None:
        return None
    if row.start:
        return calendar.between(row.start, row.due)
    before = [due for d in row.depends_on if d in rows and (due := rows[d].due)]
    if not before or max(before) > row.due:
        return None
    return calendar.evening(row.due) - calendar.evening(max(before))


# People and money


def _pauses(
    milestones: Milestones, calendar: WorkCalendar, problems: list[Problem]
) -> Iterator[tuple[str, tuple[tuple[int, int], ...]]]:
    """For each milestone the times when somebody who works on it is away."""
    away = {p.id: found for p in milestones.people if (found := _away(p, calendar, problems))}
    for row in milestones.milestones:
        times = sorted(away[a.person] for a in milestones.assignments if a.milestone == row.id and a.person in away)
        if times:
            yield row.id, _apart(times)


def _away(person: Person, calendar: WorkCalendar, problems: list[Problem]) -> tuple[int, int] | None:
    if person.away_from is None and person.away_to is None:
        return None
    if person.away_from is None or person.away_to is None or person.away_to < person.away_from:
        problems.append(Problem(PEOPLE, person.id, "Say from when and until when they are away; the absence is not counted."))
        return None
    times = calendar.morning(person.away_from), calendar.evening(person.away_to)
    return times if times[0] < times[1] else None


def _apart(times: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Sorted times, those that touch as one."""
    found: list[tuple[int, int]] = []
    for begin, end in times:
        if found and begin <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((begin, end))
    return tuple(found)


def _bookings(milestones: Milestones, problems: list[Problem]) -> Iterator[Booking]:
    people = {p.id: p for p in milestones.people}
    known = {m.id for m in milestones.milestones}
    counted = any(p.day_rate is not None for p in milestones.people)
    for row in milestones.assignments:
        person = people.get(row.person)
        if sentence := _not_bookable(row, known, person):
            problems.append(Problem(ASSIGNMENTS, row.id, sentence))
        elif person and row.share:
            rate = None if person.day_rate is None else float(to_major(person.day_rate, person.currency))
            cost = None if rate is None else rate * row.share / 100
            if person.share is not None and row.share > person.share:
                sentence = f"It takes {row.share:g} % of a week, of which there are only {person.share:g} %."
                problems.append(Problem(ASSIGNMENTS, row.id, sentence))
            yield Booking(row.milestone, row.person, row.share, cost, person.currency)
    booked = {a.person for a in milestones.assignments}
    for person in milestones.people:
        if person.id in booked and person.share is None:
            problems.append(Problem(PEOPLE, person.id, "Say how much of a week there is, to see whether they are booked twice."))
        if person.id in booked and counted and person.day_rate is None:
            problems.append(Problem(PEOPLE, person.id, "What a day costs is not known, so their work is not in the cost."))


def _not_bookable(row: Assignment, known: set[str], person: Person | None) -> str:
    if row.milestone not in known or person is None:
        return "Say who works on which milestone; until then it is not counted."
    return "Say how much of a week it takes; until then it is not counted." if row.share is None else ""


# The overrun


def _overrun(milestones: Milestones, past: Iterable[Past]) -> tuple[Overrun, str]:
    middle, bad = milestones.usual_overrun, milestones.bad_overrun
    if middle is not None and bad is not None and bad >= middle:
        source = short(milestones.overrun_source, 120)
        return Overrun(middle, bad), f"Overrun {_between(middle, bad)}, as typed{f': {source}' if source else ''}."
    why = ""
    if middle is not None and bad is not None:
        why = " The typed overrun of the worst fifth is below the usual one, so neither counts."
    elif middle is not None or bad is not None:
        why = " Only one of the two overruns is typed, so it does not count."
    house = reference_class.outside(past, milestones.reference_kind)
    if overrun := _of(house):
        return overrun, f"Overrun {_between(overrun.middle, overrun.bad)}, from {house.source}.{why}"
    usual = _of(reference_class.KITCHENHAM) or Overrun()
    words = f"Overrun {_between(usual.middle, usual.bad)}, from {reference_class.KITCHENHAM.source}."
    return usual, f"{words}{why} Of your own, {reference_class.FEWEST} past projects are needed; there are {house.n}."


def _of(outside: Outside) -> Overrun | None:
    return None if outside.middle is None or outside.p80 is None else Overrun(outside.middle, outside.p80)


def _between(middle: float, bad: float) -> str:
    return f"{number_words(round(middle, 2))} times the plan in the middle, {number_words(round(bad, 2))} in the worst fifth"


# The forecast


@dataclass(frozen=True)
class Expected:
    """When a milestone is done.

    Attributes:
        start: when it begins, in half of all cases.
        likely: its end at likely durations without overrun.
        p50, p80: the days by which it is done in half, and in four of five, of all cases.
        is_floor: it ought to be done by now, so `p50` is only the earliest day that is left.
        chance: of the promised day, 0 to 1; None without one, or once it is reached.
        critical: share of the draws in which it decided the end of the plan; None once it is reached.
        slack: working days it may be later at likely durations without delaying the end.
    """

    milestone: str
    start: date
    likely: date
    p50: date
    p80: date
    is_floor: bool
    chance: float | None
    critical: float | None
    slack: int


@dataclass(frozen=True)
class Cost:
    """What the plan costs in one currency, in major units."""

    currency: str
    spread: Spread
    p80: float


@dataclass(frozen=True)
class Forecast:
    """What the simulation says of a plan; days of the end are None unless the time of every milestone is known.

    Attributes:
        draws: how many.
        last_due: the last promised day; `chance` is that all is done by then.
        curve: days and the share of draws in which all is done by them.
        drivers: what delays the end, by rank correlation with it; the whole project's overrun stands as `schedule.OVERRUN`.
        costs: per currency, of the milestones that could be counted.
    """

    draws: int
    milestones: tuple[Expected, ...]
    likely: date | None = None
    p50: date | None = None
    p80: date | None = None
    p90: date | None = None
    last_due: date | None = None
    chance: float | None = None
    curve: tuple[tuple[date, float], ...] = ()
    drivers: tuple[tuple[str, float], ...] = ()
    costs: tuple[Cost, ...] = ()

    def of(self, milestone: str) -> Expected | None:
        """What is expected of a milestone; None when it could not be counted with."""
        return next((m for m in self.milestones if m.milestone == milestone), None)


@lru_cache(maxsize=64)
def forecast(plan: Plan) -> Forecast:
    """The figures that every page and export shows of a plan."""
    if not plan.tasks:
        return Forecast(0, ())
    n = max(_FEWEST_DRAWS, min(DRAWS, _NUMBERS // len(plan.tasks)))
    drawn = schedule.simulate(plan.tasks, plan.overrun, n, SEED)
    path = schedule.longest_path(plan.tasks)
    due = dict(plan.due)
    expected = tuple(_expected(t, drawn, path, plan.calendar, due.get(t.id)) for t in plan.tasks)
    costs = tuple(_costs(plan, drawn))
    if not plan.is_whole:
        return Forecast(n, expected, costs=costs)
    day = plan.calendar.day_of_end
    p50, p80, p90 = (day(p) for p in np.quantile(drawn.end, (0.5, 0.8, 0.9)))
    last_due = max(due.values()) if len(due) == len(plan.tasks) else None
    return Forecast(
        n,
        expected,
        day(path.length),
        p50,
        p80,
        p90,
        last_due,
        None if last_due is None else float(np.mean(drawn.end <= plan.calendar.evening(last_due) + 1e-7)),
        _curve(drawn.end, plan.calendar),
        drawn.drivers,
        costs,
    )


def _expected(task: Task, drawn: schedule.Simulation, path: schedule.Path, calendar: WorkCalendar, due: date | None) -> Expected:
    finish = drawn.finishes[task.id]
    p50, p80 = np.quantile(finish, (0.5, 0.8))
    is_open = task.ended is None
    return Expected(
        task.id,
        calendar.day_of_start(float(np.median(drawn.starts[task.id]))),
        calendar.day_of_end(path.finish[task.id]),
        calendar.day_of_end(p50),
        calendar.day_of_end(p80),
        is_open and task.open_at is not None and bool(0 < task.open_at >= p50),
        drawn.chance(task.id, calendar.evening(due)) if due and is_open else None,
        drawn.critical[task.id] if is_open else None,
        round(path.slack(task.id)),
    )


def _curve(end: Array, calendar: WorkCalendar) -> tuple[tuple[date, float], ...]:
    """At most a hundred points."""
    shares = np.arange(0.01, 1.0, 0.01)
    days = {calendar.day_of_end(p): float(s) for p, s in zip(np.quantile(end, shares), shares, strict=True)}
    return tuple(sorted(days.items()))


def _costs(plan: Plan, drawn: schedule.Simulation) -> Iterator[Cost]:
    tasks = {t.id: t for t in plan.tasks}
    totals: dict[str, Array] = {}
    for booking in plan.bookings:
        if booking.milestone in tasks and booking.day_cost is not None:
            cost = drawn.worked(tasks[booking.milestone]) * booking.day_cost
            totals[booking.currency] = totals.get(booking.currency, np.zeros(drawn.n)) + cost
    for one in plan.sums:
        totals[one.currency] = totals.get(one.currency, np.zeros(drawn.n)) + one.amount
    for currency, total in sorted(totals.items()):
        yield Cost(currency, Spread.of(total), float(np.quantile(total, 0.8)))


# People who are booked twice


@dataclass(frozen=True)
class Load:
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

    loads: tuple[Load, ...] = ()
    levelled: tuple[Moved, ...] = ()
    end: date | None = None
    later_by: int = 0
    rule: str = ""

    @property
    def conflicts(self) -> tuple[Load, ...]:
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
    found = levelling.level(jobs, dict(plan.shares))
    by_id, calendar = {job.id: job for job in jobs}, plan.calendar
    moved = tuple(Moved(i, calendar.day_of_start(s), calendar.day_of_end(by_id[i].end(s)), s - starts[i]) for i, s in found.starts)
    end = max(job.end(starts[job.id]) for job in jobs)
    stays = any(load.is_conflict for load in _loads(plan, jobs, dict(found.starts)))
    return Staffing(
        loads,
        moved,
        calendar.day_of_end(found.end),
        found.end - end,
        f"{found.way.label} {_STAYS}" if stays else found.way.label,
    )


def _loads(plan: Plan, jobs: Sequence[Job], starts: Mapping[str, int]) -> Iterator[Load]:
    """Who is booked when from today on, if the jobs begin at these times."""
    shares, now, day = dict(plan.shares), plan.calendar.morning(plan.today), plan.calendar.day_of_start
    for s in levelling.stretches(jobs, starts):
        if s.last >= now:
            yield Load(s.person, day(max(now, s.first)), day(s.last), s.booked, shares.get(s.person), s.jobs)


def _jobs(plan: Plan) -> Iterator[Job]:
    now = plan.calendar.morning(plan.today)
    ended = {t.id: t.ended for t in plan.tasks if t.ended is not None}
    for task in plan.tasks:
        if task.id in ended:
            continue
        uses = tuple((b.person, b.share) for b in plan.bookings if b.milestone == task.id)
        earliest = math.ceil(_begin(task, ended))
        has_begun = earliest < now and ended.keys() >= set(task.after)
        job = Job(
            task.id,
            math.ceil(task.duration.likely * plan.overrun.middle - levelling.NOTHING),
            uses,
            tuple(a for a in task.after if a not in ended),
            earliest,
            has_begun,
            tuple((math.floor(a), math.ceil(b)) for a, b in task.pauses),
        )
        # What has begun and is not done lasts until today at least.
        yield job.lasting_until(now + 1) if has_begun else job


# Baseline, forecast and actual


@dataclass(frozen=True)
class Row:
    """A milestone as it was frozen, as it is promised, and as it is expected; None for what is not known.

    Attributes:
        drift: against the baseline; None while nothing is frozen.
    """

    id: str
    title: str
    owner: str
    due: date | None
    reached: date | None
    expected: Expected | None
    drift: Drift | None

    @property
    def now(self) -> date | None:
        """The day on which it was reached, else the one by which it is done in half of all cases."""
        return self.reached or (self.expected.p50 if self.expected else None)


def rows(milestones: Milestones, plan: Plan) -> tuple[Row, ...]:
    """Every milestone, in the order of the charter."""
    found = forecast(plan)
    drifts = {d.milestone: d for d in drift(milestones, plan)}
    return tuple(
        Row(m.id, m.title, m.owner, m.due, _reached(m, plan.today), found.of(m.id), drifts.get(m.id)) for m in milestones.milestones
    )


def _reached(row: Milestone, today: date) -> date | None:
    return row.reached_on if row.reached_on and row.reached_on <= today else None


def frozen_plan(milestones: Milestones, plan: Plan) -> str:
    """The plan as it stands with its forecast, for the field `plan` of a new baseline.

    Raises:
        CalculationError: the plan is too large to be kept.
    """
    found, tasks = forecast(plan), {t.id: t for t in plan.tasks}
    return baseline.freeze(_freeze(m, found.of(m.id), tasks.get(m.id)) for m in milestones.milestones)


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
    now = {m.id: day for m in milestones.milestones if (day := _reached(m, plan.today))}
    now |= {e.milestone: e.p50 for e in forecast(plan).milestones if e.milestone not in now}
    return baseline.drift(milestones, frozen, now, plan.calendar)


def progress(milestones: Milestones, plan: Plan) -> Earned | None:
    """How far the plan is against its baseline, in weeks of five working days and in working days of work.

    A milestone counts when it is reached, and not before. None while nothing is frozen with promises and durations, or its
    first week is not over.
    """
    frozen = baseline.frozen(milestones)
    promised = [(m.start, m.due, m.days) for m in frozen.milestones if m.due and m.days] if frozen else []
    starts = [start for start, _, _ in promised if start]
    if not frozen or not starts:
        return None
    begin = plan.calendar.morning(min(starts))
    weeks = [math.ceil((plan.calendar.evening(due) - begin) / _WEEK) for _, due, _ in promised]
    over = (plan.calendar.morning(plan.today) - begin) // _WEEK
    if over < 1 or min(weeks) < 0:
        return None
    days = [d for _, _, d in promised]
    planned = [math.fsum(d for d, week in zip(days, weeks, strict=True) if week <= w) for w in range(1, max(weeks) + 1)]
    reached = {m.id for m in milestones.milestones if _reached(m, plan.today)}
    ev = math.fsum(m.days or 0 for m in frozen.milestones if m.due and m.id in reached)
    return earned.earned(planned, ev, None, over)


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
    open_ = [m.due for m in milestones.milestones if _reached(m, plan.today) is None]
    if not starts or not open_ or None in open_:
        return None
    calendar = plan.calendar
    begin, now = calendar.morning(min(starts)), calendar.morning(plan.today)
    last = max(calendar.evening(due) for due in open_ if due)
    found = reference_class.rest(last - begin, now - begin)
    return None if found is None else Outlook(calendar.day_of_end(now + found.days), last - now, found.factor, found.source)


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
