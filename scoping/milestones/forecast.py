"""When each milestone is done with what chance, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from scoping.milestones import schedule
from scoping.milestones.plan import SEED, Plan
from scoping.milestones.schedule import Task
from scoping.milestones.work_calendar import WorkCalendar
from scoping.numbers.ranges import DRAWS, Array, Spread

_NUMBERS = 3_000_000
"""Numbers that each table of a simulation holds at most; very large plans get fewer draws."""

_FEWEST_DRAWS = 2_000


# The forecast


@dataclass(frozen=True, kw_only=True)
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
class PlanCost:
    """What the plan costs in one currency, in major units."""

    currency: str
    spread: Spread
    p80: float


@dataclass(frozen=True, kw_only=True)
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
    costs: tuple[PlanCost, ...] = ()

    def of(self, milestone: str) -> Expected | None:
        """What is expected of a milestone; None when it could not be counted with."""
        return next((m for m in self.milestones if m.milestone == milestone), None)


@lru_cache(maxsize=64)
def forecast(plan: Plan) -> Forecast:
    """The figures that every page and export shows of a plan."""
    if not plan.tasks:
        return Forecast(draws=0, milestones=())
    n = max(_FEWEST_DRAWS, min(DRAWS, _NUMBERS // len(plan.tasks)))
    drawn = schedule.simulate(plan.tasks, plan.overrun, n, SEED)
    path = schedule.longest_path(plan.tasks)
    due = dict(plan.due)
    expected = tuple(_expected(t, drawn, path, plan.calendar, due.get(t.id)) for t in plan.tasks)
    costs = tuple(_costs(plan, drawn))
    if not plan.is_whole:
        return Forecast(draws=n, milestones=expected, costs=costs)
    day = plan.calendar.day_of_end
    p50, p80, p90 = (day(p) for p in np.quantile(drawn.end, (0.5, 0.8, 0.9)))
    last_due = max(due.values()) if len(due) == len(plan.tasks) else None
    return Forecast(
        draws=n,
        milestones=expected,
        likely=day(path.length),
        p50=p50,
        p80=p80,
        p90=p90,
        last_due=last_due,
        chance=None if last_due is None else float(np.mean(drawn.end <= plan.calendar.evening(last_due) + 1e-7)),
        curve=_curve(drawn.end, plan.calendar),
        drivers=drawn.drivers,
        costs=costs,
    )


def _expected(
    task: Task, drawn: schedule.ScheduleSimulation, path: schedule.CriticalPath, calendar: WorkCalendar, due: date | None
) -> Expected:
    finish = drawn.finishes[task.id]
    p50, p80 = np.quantile(finish, (0.5, 0.8))
    is_open = task.ended is None
    return Expected(
        milestone=task.id,
        start=calendar.day_of_start(float(np.median(drawn.starts[task.id]))),
        likely=calendar.day_of_end(path.finish[task.id]),
        p50=calendar.day_of_end(p50),
        p80=calendar.day_of_end(p80),
        is_floor=is_open and task.open_at is not None and bool(0 < task.open_at >= p50),
        chance=drawn.chance(task.id, calendar.evening(due)) if due and is_open else None,
        critical=drawn.critical[task.id] if is_open else None,
        slack=round(path.slack(task.id)),
    )


def _curve(end: Array, calendar: WorkCalendar) -> tuple[tuple[date, float], ...]:
    """At most a hundred points."""
    shares = np.arange(0.01, 1.0, 0.01)
    days = {calendar.day_of_end(p): float(s) for p, s in zip(np.quantile(end, shares), shares, strict=True)}
    return tuple(sorted(days.items()))


def _costs(plan: Plan, drawn: schedule.ScheduleSimulation) -> Iterator[PlanCost]:
    tasks = {t.id: t for t in plan.tasks}
    totals: dict[str, Array] = {}
    for booking in plan.bookings:
        if booking.milestone in tasks and booking.day_cost is not None:
            cost = drawn.worked(tasks[booking.milestone]) * booking.day_cost
            totals[booking.currency] = totals.get(booking.currency, np.zeros(drawn.n)) + cost
    for expense in plan.sums:
        totals[expense.currency] = totals.get(expense.currency, np.zeros(drawn.n)) + expense.amount
    for currency, total in sorted(totals.items()):
        yield PlanCost(currency, Spread.of(total), float(np.quantile(total, 0.8)))
