"""Where targets, milestones, goals and monitors stand, worked out from readings and dates; nobody sets it by hand.

Rules, in this order. The latest reading meets the target: done. The day is past: late. No reading, or none that is fresh:
not started before the milestone begins, not known afterwards. Otherwise a forecast decides (scoping/history_of_project.py);
while it cannot, the share of the way that is covered is held against the share of the time that is gone.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from scoping.answers import number_words
from scoping.errors import WorkbenchError
from scoping.section import Choice, day_words, short
from scoping.sections.milestones import Direction, Family, Gate, Milestone, Milestones, Reading, Target
from scoping.sections.rollout import Bound, Monitor, MonitorReading, Rollout
from scoping.sections.value import Rung

if TYPE_CHECKING:
    from scoping.history_of_project import Arrival, Series, Trend

FRESH_DAYS = 35
"""Older readings say nothing about today; a monthly one is still fresh."""
_AHEAD = timedelta(days=1)
"""Dates are compared in UTC; in the east of the world it is tomorrow already."""


class State(Choice):
    """Where a target or a milestone stands; the first one that holds for any target is the milestone's."""

    LATE = "late", "Late"
    AT_RISK = "at_risk", "At risk"
    UNKNOWN = "unknown", "Not known"
    ON_TRACK = "on_track", "On track"
    NOT_STARTED = "not_started", "Not started"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"


SETTLED = frozenset({State.DONE, State.STOPPED})
"""Nothing more is expected of what stands so."""
ICONS = {
    State.LATE: "event_busy",
    State.AT_RISK: "warning",
    State.UNKNOWN: "help",
    State.ON_TRACK: "trending_up",
    State.NOT_STARTED: "schedule",
    State.DONE: "check_circle",
    State.STOPPED: "block",
}
"""A Material symbol for each state, never shown without the word."""
SIGNS = {
    State.LATE: "✕",
    State.AT_RISK: "▲",
    State.UNKNOWN: "?",
    State.ON_TRACK: "↗",
    State.NOT_STARTED: "○",
    State.DONE: "✓",
    State.STOPPED: "■",
}
"""The same as characters, for cells that draw no symbols."""


class ImpossibleReadingError(WorkbenchError):
    """A reading that cannot be true of its target."""


@dataclass(frozen=True)
class TargetStatus:
    """Where a target stands.

    Attributes:
        rule: the rule that decided, in words.
        series: readings that count, one per day, in order of time.
        way: share of the way from the baseline (or the first reading) to the target; None where neither is known.
        arrival: when the target is met if the trend goes on; None where the readings cannot tell.
        remarks: readings that do not count, or that look mistaken, a sentence each.
    """

    target: Target
    state: State
    rule: str
    series: tuple[Reading, ...] = ()
    way: float | None = None
    arrival: Arrival | None = None
    remarks: tuple[str, ...] = ()

    @property
    def latest(self) -> Reading | None:
        return self.series[-1] if self.series else None

    @property
    def change(self) -> float | None:
        """By how much the latest reading differs from the one before; None with fewer than two."""
        last = self.series[-2:]
        return None if len(last) < 2 else (last[1].value or 0.0) - (last[0].value or 0.0)


@dataclass(frozen=True)
class MilestoneStatus:
    """Where a milestone stands, and its targets."""

    milestone: Milestone
    state: State
    rule: str
    targets: tuple[TargetStatus, ...] = ()

    @property
    def met(self) -> int:
        return sum(t.state is State.DONE for t in self.targets)

    @property
    def met_on(self) -> date | None:
        """The day on which the last of its targets was met; the day that was noted where it has none. None before."""
        if self.state is not State.DONE:
            return None
        return max((met_since(t.target, t.series) for t in self.targets), default=self.milestone.reached_on)


# What is refused


def begin_of(plan: Milestones) -> date | None:
    """The day on which the first milestone begins; None while no beginning is known."""
    return min((m.start for m in plan.milestones if m.start), default=None)


def check(target: Target, value: float | None, when: date | None, today: date, begin: date | None) -> None:
    """Refuse a reading that cannot be true.

    Args:
        begin: the first day of the project.

    Raises:
        ImpossibleReadingError: names target, field and value.
    """
    what = f"“{short(target.title, 60)}”"
    if value is None or not math.isfinite(value):
        given = "empty" if value is None else "not a number" if math.isnan(value) else "infinite"
        raise ImpossibleReadingError(f"{what}: the value is {given}.", "Report a number, or no reading at all.")
    if when is None:
        raise ImpossibleReadingError(f"{what}: the date is missing.", "Write it as 2027-03-31.")
    if when > today + _AHEAD:
        raise ImpossibleReadingError(f"{what}: {_day(when)} is in the future.", "Report what was measured, on the day it was.")
    if begin and when < begin:
        raise ImpossibleReadingError(
            f"{what}: {_day(when)} is before the project begins on {_day(begin)}.",
            "Note an older value as the target's baseline, or correct the start of the first milestone.",
        )
    _check_scale(target, value, what)


def _check_scale(target: Target, value: float, what: str) -> None:
    """Shares and per cents end at 0 and 100, unless the target itself says otherwise; business figures may grow by any per cent."""
    if target.family is Family.BUSINESS or target.target is None:
        return
    named = [v for v in (target.target, target.baseline) if v is not None]
    if target.unit.strip() == "%" and all(0 <= v <= 100 for v in named) and not 0 <= value <= 100:
        raise ImpossibleReadingError(f"{what}: {number_words(value)} % is not between 0 and 100 %.", "Correct the value.")
    is_share = target.family is Family.ML and target.direction is Direction.AT_LEAST and not target.unit.strip()
    if is_share and all(0 < v <= 1 for v in named) and value > 1:
        raise ImpossibleReadingError(
            f"{what}: {number_words(value)} is above 1, and the target is a share of {number_words(target.target)}.",
            "Report a share too, or give the target its unit.",
        )


def doubtful(target: Target, value: float) -> str:
    """Why a possible value is probably meant otherwise; "" when it is not."""
    if target.family is not Family.ML or target.unit.strip() != "%" or not 0 < value < 1:
        return ""
    wanted = target.target or 0.0
    # A small error may be a small error; it is doubted where in per cent it would lie close to what is known of it.
    known = [v for v in (wanted, target.baseline or 0.0) if v >= 2]
    is_low = target.direction is Direction.AT_MOST and any(v / 2 <= 100 * value <= 2 * v for v in known)
    if is_low or (target.direction is Direction.AT_LEAST and wanted >= 20):
        return f"{number_words(value)} % looks like a share; in per cent it would be {number_words(100 * value)}."
    return ""


# Targets


def meets(target: Target, value: float | None) -> bool:
    """Whether a value meets the target; False while number or direction is not known."""
    if value is None or target.target is None or target.direction is None:
        return False
    return value >= target.target if target.direction is Direction.AT_LEAST else value <= target.target


def met_since(target: Target, series: Sequence[Reading]) -> date:
    """The first day of the last readings in a row that all meet the target; the latest date there is where none does."""
    since = date.max
    for reading in reversed(series):
        if not meets(target, reading.value) or reading.when is None:
            break
        since = reading.when
    return since


def of_target(
    target: Target, milestone: Milestone | None, readings: Iterable[Reading], today: date, begin: date | None = None
) -> TargetStatus:
    """Where a target stands.

    Args:
        readings: of any targets; those of others are passed over.
        begin: the first day of the project; older readings do not count.
    """
    series, remarks = _counted(target, readings, today, begin)
    known = TargetStatus(target, State.UNKNOWN, "", series, remarks=remarks)
    if target.target is None or target.direction is None:
        missing = "number" if target.target is None else "direction"
        return replace(known, rule=f"The target has no {missing} yet, so nothing can meet it.")
    if not series:
        state, rule = _without_reading(milestone, today)
        return replace(known, state=state, rule=rule)
    way, arrival = _way(target, milestone, series), None
    if not meets(target, series[-1].value) and (line := trend_of(target, series)):
        arrival = line.arrival(target.target)
    state, rule = _judged(target, milestone, series, arrival, today)
    return replace(known, state=state, rule=rule, way=way and way[0], arrival=arrival)


def _counted(
    target: Target, readings: Iterable[Reading], today: date, begin: date | None
) -> tuple[tuple[Reading, ...], tuple[str, ...]]:
    """The readings that count, the last one of each day, and what is to be said about the others."""
    by_day: dict[date, Reading] = {}
    remarks = []
    for reading in readings:
        if reading.target != target.id or (reading.value is None and reading.when is None):
            continue
        try:
            check(target, reading.value, reading.when, today, begin)
        except ImpossibleReadingError as error:
            remarks.append(f"One reading is not counted. {error.message}")
            continue
        if reading.when is not None:
            by_day[reading.when] = reading
    series = tuple(by_day[day] for day in sorted(by_day))
    if series and (doubt := doubtful(target, series[-1].value or 0.0)):
        remarks.append(f"Look at the latest reading: {doubt}")
    return series, tuple(remarks)


def _without_reading(milestone: Milestone | None, today: date) -> tuple[State, str]:
    if milestone and milestone.due and today > milestone.due:
        return State.LATE, f"It was due on {_day(milestone.due)}, and no reading shows that it is met."
    if milestone and milestone.start and today < milestone.start:
        return State.NOT_STARTED, f"Work on it starts on {_day(milestone.start)}."
    return State.UNKNOWN, "There is no reading yet."


def _judged(
    target: Target, milestone: Milestone | None, series: Sequence[Reading], arrival: Arrival | None, today: date
) -> tuple[State, str]:
    last = series[-1]
    due = milestone.due if milestone else None
    if meets(target, last.value):
        since = met_since(target, series)
        late = f", {_days((since - due).days)} after it was due" if due and since > due else ""
        return State.DONE, f"Met since {_day(since)}{late}: the latest reading is {amount(target, last.value)}."
    stands = f"The latest reading is {amount(target, last.value)} on {_day(last.when)}"
    if due and today > due:
        soon = arrival and arrival.when and not arrival.is_far
        outlook = f" At the rate of its readings it is met around {_day(arrival.when)}." if arrival and soon else ""
        return State.LATE, f"{stands}, short of {goal(target)}, which was due on {_day(due)}.{outlook}"
    if due is None:
        return State.UNKNOWN, f"{stands}; its milestone has no due date to hold it against."
    if last.when and (today - last.when).days > FRESH_DAYS:
        return State.UNKNOWN, f"{stands}, more than {FRESH_DAYS} days ago: too old to tell."
    if any(meets(target, r.value) for r in series):
        return State.AT_RISK, f"{stands}; earlier readings met {goal(target)}, so it has fallen back."
    if arrival and not arrival.is_far:
        return _by_forecast(arrival, len(series), due)
    return _by_pace(target, milestone, series, due)


def _by_forecast(arrival: Arrival, readings: int, due: date) -> tuple[State, str]:
    """On track only where even the unfavourable end of the interval is in time."""
    when, latest = arrival.when, arrival.latest
    if when is None:
        return State.AT_RISK, f"At the rate of its {readings} readings it is not met, neither until {_day(due)} nor in years."
    reach = f"between {_day(arrival.earliest or when)} and {_day(latest)}" if latest else f"after {_day(arrival.earliest or when)}"
    said = f"At the rate of its {readings} readings it is met around {_day(when)} ({reach} in 8 of 10 cases); due on {_day(due)}."
    return State.ON_TRACK if latest and latest <= due else State.AT_RISK, said


def _way(target: Target, milestone: Milestone | None, series: Sequence[Reading]) -> tuple[float, date | None] | None:
    """The share of the way covered, and the day on which it began; None where no beginning is known."""
    first, last = series[0], series[-1]
    if target.baseline is not None:
        base, begun = target.baseline, milestone.start if milestone else None
    elif len(series) > 1 and first.value is not None:
        base, begun = first.value, first.when
    else:
        return None
    whole = (target.target or 0.0) - base
    if whole == 0 or (whole > 0) != (target.direction is Direction.AT_LEAST):
        return None
    return ((last.value or 0.0) - base) / whole, begun or (first.when if len(series) > 1 else None)


def _by_pace(target: Target, milestone: Milestone | None, series: Sequence[Reading], due: date) -> tuple[State, str]:
    """The share of the way against the share of the time, as of the latest reading."""
    last = series[-1]
    if meets(target, target.baseline):
        return (
            State.AT_RISK,
            f"The baseline met {goal(target)} already; the latest reading, {amount(target, last.value)}, does not.",
        )
    way = _way(target, milestone, series)
    if way is None or way[1] is None or last.when is None or way[1] >= due:
        return State.UNKNOWN, "One reading and no baseline with a start is too little to tell. Report again, or note the baseline."
    covered, begun = way[0], way[1]
    gone = (last.when - begun).days / (due - begun).days
    state = State.ON_TRACK if covered >= gone and covered > 0 else State.AT_RISK
    past = "Behind the baseline" if covered < 0 else f"{covered:.0%} of the way"
    return state, f"{past} with {max(0.0, gone):.0%} of the time gone ({_day(last.when)})."


# Forecast


def series_of(target: Target, series: Sequence[Reading]) -> Series | None:
    """Readings as a history of errors; None where no perfect value is known."""
    from scoping import history_of_project as history

    values = [r.value for r in series if r.value is not None]
    if target.target is None or target.direction is None or not values:
        return None
    top = _top(target, [*values, target.target]) if target.direction is Direction.AT_LEAST else None
    if target.direction is Direction.AT_LEAST and top is None:
        return None
    empty = history.Series(target.title, (), top)
    points = tuple(history.Point(r.when, empty.error_of(r.value)) for r in series if r.when and r.value is not None)
    return None if any(p.error < 0 for p in points) else history.Series(target.title, points, top)


def _top(target: Target, values: Sequence[float]) -> float | None:
    """The perfect value where more is better; None for throughputs and the like, which have none."""
    if target.unit.strip() == "%":
        top = 100.0
    elif target.family is Family.ML and not target.unit.strip():
        top = 1.0 if max(values) <= 1 else 100.0
    else:
        return None
    return top if min(values) >= 0 and max(values) <= top else None


def trend_of(target: Target, series: Sequence[Reading]) -> Trend | None:
    """The trend of a target's readings; None with fewer than four, or without a perfect value to come nearer to."""
    from scoping import history_of_project as history

    if len(series) < history.FEWEST:
        return None
    found = series_of(target, series)
    return history.trend(found) if found else None


# Milestones


def of_plan(plan: Milestones, today: date) -> tuple[MilestoneStatus, ...]:
    """Where every milestone of a plan stands, in the order of the list. What waits for a late one is at risk."""
    begin = begin_of(plan)
    targets, readings = defaultdict(list), defaultdict(list)
    for target in plan.targets:
        targets[target.milestone].append(target)
    for reading in plan.readings:
        readings[reading.target].append(reading)
    alone = {
        m.id: of_milestone(m, [of_target(t, m, readings[t.id], today, begin) for t in targets[m.id]], today)
        for m in plan.milestones
    }
    return tuple(_waiting(alone[m.id], alone) for m in plan.milestones)


def of_milestone(milestone: Milestone, targets: Sequence[TargetStatus], today: date) -> MilestoneStatus:
    """Where a milestone stands by its targets and dates, whatever it waits for."""
    if milestone.gate is Gate.STOP:
        when = f" on {_day(milestone.gate_on)}" if milestone.gate_on else ""
        return MilestoneStatus(milestone, State.STOPPED, f"Stopped at its gate{when}.", tuple(targets))
    numbered = [t for t in targets if t.target.target is not None]
    state, rule = _whole(milestone, numbered, today)
    if state is State.DONE and 0 < len(numbered) < len(targets):
        open_ = next(t for t in targets if t.target.target is None)
        state, rule = State.UNKNOWN, f"“{short(open_.target.title, 40)}” has no number yet, so nothing shows that all is met."
    noted = milestone.reached_on
    if noted and targets and state is not State.DONE:
        rule = f"{rule} It is noted as reached on {_day(noted)}, which its readings do not show."
    return MilestoneStatus(milestone, state, rule, tuple(targets))


def _whole(milestone: Milestone, targets: Sequence[TargetStatus], today: date) -> tuple[State, str]:
    if not targets:
        return _by_dates(milestone, today)
    state = next(s for s in State if any(t.state is s for t in targets))
    if state is State.DONE:
        return state, "All its targets are met." if len(targets) > 1 else "Its target is met."
    same = [t for t in targets if t.state is state]
    done = sum(t.state is State.DONE for t in targets)
    names = ", ".join(f"“{short(t.target.title, 40)}”" for t in same[:3]) + (f" and {len(same) - 3} more" if len(same) > 3 else "")
    verb = "is" if len(same) == 1 else "are"
    return state, f"{names} {verb} {state.label.lower()}; {done} of {len(targets)} targets are met."


def _by_dates(milestone: Milestone, today: date) -> tuple[State, str]:
    """A milestone without a number is done when somebody noted so; otherwise nothing shows how it stands."""
    reached, due, start = milestone.reached_on, milestone.due, milestone.start
    if reached and reached <= today + _AHEAD:
        return State.DONE, f"Noted as reached on {_day(reached)}; it has no target that could show it."
    if due and today > due:
        return State.LATE, f"It was due on {_day(due)}, and nothing shows that it was reached."
    if start and today < start:
        return State.NOT_STARTED, f"Work on it starts on {_day(start)}."
    return State.UNKNOWN, "It has no target with a number, so nothing shows how it stands."


def _waiting(status: MilestoneStatus, by_id: Mapping[str, MilestoneStatus]) -> MilestoneStatus:
    if status.state in (*SETTLED, State.LATE, State.AT_RISK):
        return status
    late = [by_id[i].milestone for i in status.milestone.depends_on if i in by_id and by_id[i].state is State.LATE]
    if not late or status.milestone.id in status.milestone.depends_on:
        return status
    return replace(status, state=State.AT_RISK, rule=f"It waits for “{short(late[0].title, 60)}”, which is late. {status.rule}")


# Goals


@dataclass(frozen=True)
class Goal:
    """A rung of the metric ladder and what the milestones' targets of the same metric have come to."""

    rung: Rung
    state: State
    rule: str
    targets: tuple[TargetStatus, ...]


def goals(rungs: Iterable[Rung], milestones: Iterable[MilestoneStatus]) -> tuple[Goal, ...]:
    """The rungs that milestones work towards. A goal is done when every target of its metric is met."""
    by_metric: dict[str, list[TargetStatus]] = defaultdict(list)
    for milestone in milestones:
        for target in milestone.targets:
            if not target.target.slice.strip():
                by_metric[_plain(target.target.metric)].append(target)
    found = []
    for rung in rungs:
        towards = tuple(by_metric.get(_plain(rung.metric), ())) if rung.metric.strip() else ()
        if towards:
            state = next(s for s in State if any(t.state is s for t in towards))
            one = next(t for t in towards if t.state is state)
            found.append(Goal(rung, state, one.rule, towards))
    return tuple(found)


def _plain(metric: str) -> str:
    return " ".join(metric.split()).casefold()


# After launch


class Alarm(Choice):
    """What a monitored statistic says."""

    RAISED = "raised", "Alarm"
    UNKNOWN = "unknown", "Not known"
    CALM = "calm", "Within bounds"


ALARM_ICONS = {Alarm.RAISED: "notification_important", Alarm.UNKNOWN: "help", Alarm.CALM: "check_circle"}
"""A Material symbol for each, never shown without the word."""


@dataclass(frozen=True)
class MonitorStatus:
    """Where a monitored statistic stands; `series` holds one reading per day in order of time."""

    monitor: Monitor
    alarm: Alarm
    rule: str
    series: tuple[MonitorReading, ...] = ()


def of_monitors(rollout: Rollout, today: date) -> tuple[MonitorStatus, ...]:
    """Where every monitor of a rollout stands by its latest reading."""
    return tuple(_of_monitor(m, [r for r in rollout.readings if r.monitor == m.id], today) for m in rollout.monitors)


def _of_monitor(monitor: Monitor, readings: Iterable[MonitorReading], today: date) -> MonitorStatus:
    by_day = {r.when: r for r in readings if r.when and r.value is not None and r.when <= today + _AHEAD}
    series = tuple(by_day[day] for day in sorted(by_day))
    if monitor.threshold is None or monitor.bound is None:
        return MonitorStatus(monitor, Alarm.UNKNOWN, "It has no threshold yet, so nothing can raise an alarm.", series)
    if not series:
        return MonitorStatus(monitor, Alarm.UNKNOWN, "There is no reading yet.")
    last = series[-1]
    value, limit = last.value or 0.0, monitor.threshold
    words = f"{_figure(value, monitor.unit)} on {_day(last.when)}"
    if value > limit if monitor.bound is Bound.ABOVE else value < limit:
        who = f" {monitor.who_reacts.strip()} reacts." if monitor.who_reacts.strip() else ""
        rule = f"{words} is {monitor.bound.value} the threshold of {_figure(limit, monitor.unit)}.{who}"
        return MonitorStatus(monitor, Alarm.RAISED, rule, series)
    if last.when and (today - last.when).days > FRESH_DAYS:
        return MonitorStatus(monitor, Alarm.UNKNOWN, f"{words} is too old to tell.", series)
    return MonitorStatus(monitor, Alarm.CALM, f"{words} is within the threshold of {_figure(limit, monitor.unit)}.", series)


# Words


def amount(target: Target, value: float | None) -> str:
    """A value of a target in words, with its unit."""
    return "not known" if value is None else _figure(value, target.unit)


def goal(target: Target) -> str:
    """What a target asks for: "at least 85 %"."""
    way = target.direction.label.lower() if target.direction else "the target of"
    return f"{way} {amount(target, target.target)}"


def _figure(value: float, unit: str) -> str:
    return f"{number_words(float(f'{value:.6g}'))} {unit.strip()}".strip()


def _day(day: date | None) -> str:
    return day_words(day) if day else "an unknown day"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
