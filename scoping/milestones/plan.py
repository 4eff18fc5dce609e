"""The milestones in figures: a charter's plan, made ready for the calculators.

Days come in as arguments. What is missing or contradicts itself is named and left out, together with what waits for it; the
rest keeps computing. Amounts are counted in the currencies in which they were typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from scoping.currency import to_major
from scoping.findings import Problem
from scoping.milestones import reference_class, schedule, work_calendar
from scoping.milestones.gates import holding
from scoping.milestones.reference_class import Outside, Past
from scoping.milestones.schedule import Overrun, Task
from scoping.milestones.work_calendar import WorkCalendar
from scoping.numbers.ranges import Range
from scoping.sections.milestones import Assignment, Gate, Milestone, MilestoneKind, Milestones, Person, cycle
from scoping.words import day_words, in_percent, short

MILESTONES, PEOPLE, ASSIGNMENTS = "milestones.milestones", "milestones.people", "milestones.assignments"
SEED = 1
"""Of all simulations, so that the same plan always gives the same dates."""


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


@dataclass(frozen=True, kw_only=True)
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
        tasks=tasks,
        left_out=left_out,
        calendar=calendar,
        due=tuple((m.id, m.due) for m in milestones.milestones if m.due),
        overrun=overrun,
        overrun_words=overrun_words,
        bookings=tuple(_bookings(milestones, problems)),
        sums=tuple(Sum(m.id, float(to_major(m.money, m.currency)), m.currency) for m in milestones.milestones if m.money),
        shares=tuple((p.id, p.share) for p in milestones.people if p.share is not None),
        today=today,
        notes=tuple(notes),
        problems=tuple(problems),
    )


def _first_day(milestones: Milestones, today: date) -> date | None:
    return min((d for m in milestones.milestones for d in (m.start, reached_by(m, today)) if d), default=None)


# Milestones as tasks


def _tasks(
    milestones: Milestones,
    calendar: WorkCalendar,
    today: date,
    pauses: Mapping[str, tuple[tuple[int, int], ...]],
    problems: list[Problem],
) -> tuple[tuple[Task, ...], tuple[str, ...]]:
    rows = {m.id: m for m in milestones.milestones}
    decided = holding(milestones.milestones, today)
    if circle := cycle(milestones):
        names = " → ".join(short(rows[i].title, 30) for i in circle)
        problems.append(Problem(MILESTONES, circle[0], f"These milestones wait for each other: {names}. Remove one dependency."))
        return (), tuple(rows)
    timed: dict[str, Task] = {}
    for node in schedule.in_order([Task(id=m.id, duration=Range.exactly(0), after=m.depends_on) for m in milestones.milestones]):
        row = rows[node.id]
        task, sentence = _task(row, rows, calendar, today, pauses.get(row.id, ()))
        if decided.get(row.id) is Gate.STOP and (task is None or task.ended is None):
            task, sentence = None, "It was stopped at its gate, so no time is counted for it."
        missing = [rows[d].title for d in row.depends_on if d in rows and d not in timed]
        if task is not None and task.ended is None and missing:
            task, sentence = None, f"It waits for “{short(missing[0], 60)}”, of which no time is known."
        if sentence:
            problems.append(Problem(MILESTONES, row.id, sentence))
        if task is not None:
            timed[row.id] = task
    ended = {i: t.ended for i, t in timed.items() if t.ended is not None}
    begun = {i: replace(t, elapsed=_elapsed(t, ended)) for i, t in timed.items()}
    return tuple(begun[i] for i in rows if i in timed), tuple(i for i in rows if i not in timed)


def may_begin(task: Task, ended: Mapping[str, float]) -> float:
    """When a task may begin at the earliest: on its own first day, and behind all that it comes after and that is over."""
    return max([task.not_before, *(ended[a] for a in task.after if a in ended)])


def _elapsed(task: Task, ended: Mapping[str, float]) -> float:
    """How long a task has been worked on; 0 while something that it waits for is open."""
    if task.ended is not None or task.open_at is None or not ended.keys() >= set(task.after):
        return 0.0
    begin = may_begin(task, ended)
    return max(0.0, task.open_at - begin) - sum(max(0, min(b, task.open_at) - max(a, begin)) for a, b in task.pauses)


def _task(
    row: Milestone, rows: Mapping[str, Milestone], calendar: WorkCalendar, today: date, pauses: tuple[tuple[int, int], ...]
) -> tuple[Task | None, str]:
    """A milestone as a task, and what is wrong with it."""
    duration, sentence = _duration(row, rows, calendar)
    task = Task(
        id=row.id,
        duration=duration or Range.exactly(0),
        after=tuple(d for d in row.depends_on if d in rows),
        not_before=max(0, calendar.morning(row.start)) if row.start else 0,
        pauses=pauses,
        open_at=calendar.morning(today) + 1,
    )
    if reached := reached_by(row, today):
        return replace(task, ended=calendar.evening(reached)), ""
    if row.reached_on:
        sentence = f"It is said to be reached on {day_words(row.reached_on)}, a day that is still to come. It counts as open."
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
    away = {p.id: absence for p in milestones.people if (absence := _away(p, calendar, problems))}
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
    merged: list[tuple[int, int]] = []
    for begin, end in times:
        if merged and begin <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((begin, end))
    return tuple(merged)


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
                sentence = f"It takes {in_percent(row.share)} of a week, of which there are only {in_percent(person.share)}."
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
        return Overrun(
            middle, bad
        ), f"Overrun {reference_class.times_words(middle, bad)}, as typed{f': {source}' if source else ''}."
    why = ""
    if middle is not None and bad is not None:
        why = " The typed overrun of the worst fifth is below the usual one, so neither counts."
    elif middle is not None or bad is not None:
        why = " Only one of the two overruns is typed, so it does not count."
    house = reference_class.outside(past, milestones.reference_kind)
    if overrun := _of(house):
        return overrun, f"Overrun {house.words}.{why}"
    usual = _of(reference_class.KITCHENHAM) or Overrun()
    return usual, f"Overrun {reference_class.KITCHENHAM.words}.{why} {house.words}."


def _of(outside: Outside) -> Overrun | None:
    return None if outside.middle is None or outside.p80 is None else Overrun(outside.middle, outside.p80)


def reached_by(row: Milestone, today: date) -> date | None:
    """The day on which a milestone was reached; None while it is open, and for a day that is still to come."""
    return row.reached_on if row.reached_on and row.reached_on <= today else None
