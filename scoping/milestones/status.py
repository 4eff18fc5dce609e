"""Where targets, milestones and goals stand, worked out from readings, dates, gates and check-ins; nobody sets it by hand.

Rules of a target, in this order. The latest reading meets it: done. The day is past: late. No reading, or none that is fresh:
not started before the milestone begins, not known afterwards. Otherwise a forecast decides (scoping/numbers/trend.py);
while it cannot, the share of the way that is covered is held against the share of the time that is gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from scoping.milestones.gates import holding, without_effect
from scoping.milestones.possible import AHEAD, ImpossibleReadingError, day, doubtful, refuse_impossible
from scoping.section import Choice
from scoping.sections.milestones import CheckIn, Direction, Family, Gate, Milestone, Milestones, Pace, Reading, Target
from scoping.sections.value import Rung
from scoping.words import count, measured, percent, short

if TYPE_CHECKING:
    from scoping.numbers.trend import Arrival, Series, Trend

FRESH_DAYS = 35
"""Older readings say nothing about today; a monthly one is still fresh."""
RISKY_CONFIDENCE = 2
"""A team that is not surer than this of its next date, on a scale to 5, says that it is at risk."""


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
    State.LATE: "schedule",
    State.AT_RISK: "warning",
    State.UNKNOWN: "help",
    State.ON_TRACK: "trending_up",
    State.NOT_STARTED: "radio_button_unchecked",
    State.DONE: "check_circle",
    State.STOPPED: "do_not_disturb_on",
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


@dataclass(frozen=True, kw_only=True)
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


def of_target(target: Target, milestone: Milestone | None, readings: Iterable[Reading], today: date) -> TargetStatus:
    """Where a target stands by readings, of which those of other targets are passed over."""
    series, remarks = _counted(target, readings, today)
    known = TargetStatus(target=target, state=State.UNKNOWN, rule="", series=series, remarks=remarks)
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


def _counted(target: Target, readings: Iterable[Reading], today: date) -> tuple[tuple[Reading, ...], tuple[str, ...]]:
    """The readings that count, the last one of each day, and what is to be said about the others."""
    by_day: dict[date, Reading] = {}
    remarks = []
    for reading in readings:
        if reading.target != target.id or (reading.value is None and reading.when is None):
            continue
        try:
            refuse_impossible(target, reading.value, reading.when, today, None)
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
        return State.LATE, f"It was due on {day(milestone.due)}, and no reading shows that it is met."
    if milestone and milestone.start and today < milestone.start:
        return State.NOT_STARTED, f"Work on it starts on {day(milestone.start)}."
    return State.UNKNOWN, "There is no reading yet."


def _judged(
    target: Target, milestone: Milestone | None, series: Sequence[Reading], arrival: Arrival | None, today: date
) -> tuple[State, str]:
    last = series[-1]
    due = milestone.due if milestone else None
    if meets(target, last.value):
        since = met_since(target, series)
        late = f", {count((since - due).days, 'day')} after it was due" if due and since > due else ""
        return State.DONE, f"Met since {day(since)}{late}: the latest reading is {amount(target, last.value)}."
    stands = f"The latest reading is {amount(target, last.value)} on {day(last.when)}"
    if due and today > due:
        soon = arrival and arrival.when and not arrival.is_far
        outlook = f" At the rate of its readings it is met around {day(arrival.when)}." if arrival and soon else ""
        return State.LATE, f"{stands}, short of {goal(target)}, which was due on {day(due)}.{outlook}"
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
        return (
            State.AT_RISK,
            f"At the rate of its {count(readings, 'reading')} it is not met, neither until {day(due)} nor in years.",
        )
    reach = f"between {day(arrival.earliest or when)} and {day(latest)}" if latest else f"after {day(arrival.earliest or when)}"
    outlook = f"At the rate of its {count(readings, 'reading')} it is met around {day(when)} ({reach} in 8 of 10 cases); due on {day(due)}."
    return State.ON_TRACK if latest and latest <= due else State.AT_RISK, outlook


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
            f"It met {goal(target)} at the start already; the latest reading, {amount(target, last.value)}, does not.",
        )
    way = _way(target, milestone, series)
    if way is None or way[1] is None or last.when is None or way[1] >= due:
        return (
            State.UNKNOWN,
            "One reading and no number for today with a start is too little to tell. Report again, or note how it is today.",
        )
    covered, begun = way[0], way[1]
    gone = (last.when - begun).days / (due - begun).days
    state = State.ON_TRACK if covered >= gone and covered > 0 else State.AT_RISK
    past = "Worse than at the start" if covered < 0 else f"{percent(covered)} of the way"
    return state, f"{past} with {percent(max(0.0, gone))} of the time gone ({day(last.when)})."


# Forecast


def series_of(target: Target, series: Sequence[Reading]) -> Series | None:
    """Readings as a history of errors; None where no perfect value is known."""
    from scoping.numbers import trend

    values = [r.value for r in series if r.value is not None]
    if target.target is None or target.direction is None or not values:
        return None
    top = _top(target, [*values, target.target]) if target.direction is Direction.AT_LEAST else None
    if target.direction is Direction.AT_LEAST and top is None:
        return None
    empty = trend.Series(target.title, (), top)
    points = tuple(trend.Point(r.when, empty.error_of(r.value)) for r in series if r.when and r.value is not None)
    return None if any(p.error < 0 for p in points) else trend.Series(target.title, points, top)


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
    from scoping.numbers import trend

    if len(series) < trend.FEWEST:
        return None
    history = series_of(target, series)
    return trend.trend(history) if history else None


# Milestones


def of_plan(plan: Milestones, today: date) -> tuple[MilestoneStatus, ...]:
    """Where every milestone of a plan stands, in the order of the list."""
    targets, readings = parts_of(plan)
    decided = holding(plan.milestones, today)
    alone = {
        m.id: of_milestone(m, [of_target(t, m, readings[t.id], today) for t in targets[m.id]], decided.get(m.id), today)
        for m in plan.milestones
    }
    return together(plan, alone, today)


def parts_of(plan: Milestones) -> tuple[Mapping[str, list[Target]], Mapping[str, list[Reading]]]:
    """The targets of each milestone, and the readings of each target."""
    targets, readings = defaultdict(list), defaultdict(list)
    for target in plan.targets:
        targets[target.milestone].append(target)
    for reading in plan.readings:
        readings[reading.target].append(reading)
    return targets, readings


def together(plan: Milestones, alone: Mapping[str, MilestoneStatus], today: date) -> tuple[MilestoneStatus, ...]:
    """Milestones as they stand in their plan: what waits for a late one is at risk, and so is the next one of a team in doubt.

    Args:
        alone: where each stands whatever it waits for, by id.
    """
    waiting = [waits(alone[m.id], alone) for m in plan.milestones]
    why = doubt(plan, today)
    if not why:
        return tuple(waiting)
    coming = [s.milestone.due for s in waiting if s.state not in SETTLED and s.milestone.due and s.milestone.due >= today]
    next_due = min(coming, default=None)
    return tuple(at_risk(s, why) if s.milestone.due == next_due is not None else s for s in waiting)


def doubt(plan: Milestones, today: date) -> str:
    """Why the next milestone is at risk by what the team said last; "" where it is sure enough."""
    last = last_checkin(plan, today)
    return how_sure(last, "its next date") if last and is_sure(last) is False else ""


def is_sure(said: CheckIn) -> bool | None:
    """Whether a team holds its next date for safe, by how it is going or else by how sure it was; None where it said neither."""
    if said.pace is not None:
        return said.pace is Pace.ON_TRACK
    return None if said.confidence is None else said.confidence > RISKY_CONFIDENCE


def how_sure(said: CheckIn, what: str) -> str:
    """What a team said of its next date, in a sentence."""
    told = f"said that it is {said.pace.label.lower()}" if said.pace else f"was {said.confidence} of 5 sure of {what}"
    return f"At the check-in of {day(said.held_on)} the team {told}."


def last_checkin(plan: Milestones, today: date) -> CheckIn | None:
    """The check-in that was held last; of several on one day the one that was written last."""
    held = [c for c in plan.checkins if c.held_on and c.held_on - today <= AHEAD]
    return max(reversed(held), key=lambda c: c.held_on or date.min, default=None)


def of_milestone(milestone: Milestone, targets: Sequence[TargetStatus], decided: Gate | None, today: date) -> MilestoneStatus:
    """Where a milestone stands by its targets and dates, whatever it waits for.

    Args:
        decided: the decision at its gate that holds today (`gates.holding`).
    """
    if decided is Gate.STOP:
        return MilestoneStatus(milestone, State.STOPPED, f"It was decided at its gate on {day(milestone.gate_on)}.", tuple(targets))
    numbered = [t for t in targets if t.target.target is not None]
    state, rule = _whole(milestone, numbered, today)
    if state is State.DONE and 0 < len(numbered) < len(targets):
        open_ = next(t for t in targets if t.target.target is None)
        state, rule = State.UNKNOWN, f"“{short(open_.target.title, 40)}” has no number yet, so nothing shows that all is met."
    if decided is Gate.REWORK and not _read_since(milestone.gate_on, targets):
        reworked = at_risk(MilestoneStatus(milestone, state, rule), f"Rework was decided at its gate on {day(milestone.gate_on)}.")
        state, rule = reworked.state, reworked.rule
    if milestone.gate and decided is None:
        rule = f"{rule} {without_effect(milestone, today)}"
    noted = milestone.reached_on
    if noted and targets and state is not State.DONE:
        rule = f"{rule} It is noted as reached on {day(noted)}, which its readings do not show."
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
    return state, f"{names} {verb} {state.label.lower()}; {done} of {count(len(targets), 'target')} met."


def _by_dates(milestone: Milestone, today: date) -> tuple[State, str]:
    """A milestone without a number is done when somebody noted so; otherwise nothing shows how it stands."""
    reached, due, start = milestone.reached_on, milestone.due, milestone.start
    if reached and reached - today <= AHEAD:
        return State.DONE, f"Noted as reached on {day(reached)}; it has no target that could show it."
    if due and today > due:
        return State.LATE, f"It was due on {day(due)}, and nothing shows that it was reached."
    if start and today < start:
        return State.NOT_STARTED, f"Work on it starts on {day(start)}."
    return State.UNKNOWN, "It has no target with a number, so nothing shows how it stands."


def _read_since(day: date | None, targets: Iterable[TargetStatus]) -> bool:
    """Whether a target was read after a day."""
    return any(day and t.latest and t.latest.when and t.latest.when > day for t in targets)


def waits(status: MilestoneStatus, by_id: Mapping[str, MilestoneStatus]) -> MilestoneStatus:
    """A milestone as it stands beside those that it waits for."""
    if not status.milestone.depends_on:
        return status
    late = [by_id[i].milestone for i in status.milestone.depends_on if i in by_id and by_id[i].state is State.LATE]
    if not late or status.milestone.id in status.milestone.depends_on:
        return status
    return at_risk(status, f"It waits for “{short(late[0].title, 60)}”, which is late.")


def at_risk(status: MilestoneStatus, why: str) -> MilestoneStatus:
    """At risk for a reason beside its own targets, unless it is settled or stands as badly already."""
    if status.state in (*SETTLED, State.LATE, State.AT_RISK):
        return status
    return replace(status, state=State.AT_RISK, rule=f"{why} {status.rule}")


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
    standing = []
    for rung in rungs:
        towards = tuple(by_metric.get(_plain(rung.metric), ())) if rung.metric.strip() else ()
        if towards:
            state = next(s for s in State if any(t.state is s for t in towards))
            decisive = next(t for t in towards if t.state is state)
            standing.append(Goal(rung, state, decisive.rule, towards))
    return tuple(standing)


def _plain(metric: str) -> str:
    return " ".join(metric.split()).casefold()


# Words


def amount(target: Target, value: float | None) -> str:
    """A value of a target in words, with its unit."""
    return "not known" if value is None else figure(value, target.unit)


def goal(target: Target) -> str:
    """What a target asks for: "at least 85 %"."""
    way = target.direction.label.lower() if target.direction else "the target of"
    return f"{way} {amount(target, target.target)}"


def figure(value: float, unit: str) -> str:
    """A reading with its unit, to six digits."""
    return measured(float(f"{value:.6g}"), unit)
