"""Dates of a plan as iCalendar (RFC 5545): milestones, gates, check-ins and next steps as days of their own.

What names an entry never changes, so a calendar that has read it once moves it when its date moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Alarm, Calendar, Event

from scoping.charter import Charter
from scoping.health import Health, health
from scoping.milestones import gates, status
from scoping.milestones.status import SETTLED, MilestoneStatus, State
from scoping.portfolio.timeline import Entry
from scoping.review import overview
from scoping.section import clean
from scoping.sections.milestones import Gate, Milestone, Milestones, in_order
from scoping.sections.rollout import RampStep
from scoping.words import day_words, short

_DOMAIN = "ml-scoping-workbench.invalid"
_MAKER = "-//ML scoping workbench//Calendar//EN"
_WEEK = timedelta(days=7)
REFRESH = timedelta(hours=6)
"""How often a calendar that subscribes is asked to look again."""


@dataclass(frozen=True, kw_only=True)
class _Day:
    """What stands in a calendar on a day; `every_week_until` repeats it."""

    uid: str
    day: date
    summary: str
    text: str
    category: str
    is_settled: bool = False
    every_week_until: date | None = None


def to_calendar(charter: Charter, *, project: str, revision: int, saved_at: datetime, today: date | None = None) -> bytes:
    """The dates of one project, and how it and its milestones stand; the same charter, revision and day give the same bytes.

    Args:
        project: its id, which makes the names of the entries unique.
        revision: counted as the sequence of every entry, so that the newer of two calendars wins.
        saved_at: with a time zone.
        today: the day whose states are told; that of the revision where none is given.
    """
    as_of = today or saved_at.astimezone(UTC).date()
    days = _days_of(charter, project, saved_at.date(), as_of)
    return _calendar(charter.name, days, revision, saved_at, health(charter, as_of, overview(charter).missing_words).sentence)


def to_portfolio_calendar(entries: Iterable[Entry], total: int, saved_at: datetime) -> bytes:
    """The open milestones of all projects with the health of each, as many as are given out of `total`."""
    days = [
        _Day(
            uid=_milestone_uid(e.project_id, e.id),
            day=e.due,
            summary=f"{short(e.project, 200)}: {short(e.title, 200)}",
            text="\n".join(filter(None, (e.state.label, f"Owner: {e.owner}" if e.owner else "", _project_stands(e.health)))),
            category="Milestone",
            is_settled=e.state in SETTLED,
        )
        for e in entries
        if e.due
    ]
    note = f"The next {len(days):,} of {total:,} open milestones." if total > len(days) else ""
    return _calendar("All projects", days, None, saved_at, note)


def _project_stands(health: Health | None) -> str:
    return f"Project: {health.sentence if health else 'its health is not worked out yet.'}"


def _calendar(name: str, days: Iterable[_Day], revision: int | None, saved_at: datetime, note: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    # A name of one line: the library writes such an entry as it stands.
    calendar.add("x-wr-calname", short(str(clean(name)), 200))
    if note:
        calendar.add("x-wr-caldesc", note)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for day in days:
        calendar.add_component(_event(day, revision, saved_at))
    return bytes(calendar.to_ical())


def _event(day: _Day, revision: int | None, saved_at: datetime) -> Any:
    event = Event()
    event.add("uid", day.uid)
    event.add("dtstamp", saved_at)
    event.add("last-modified", saved_at)
    if revision is not None:
        event.add("sequence", revision)
    event.add("dtstart", day.day)
    if day.day < date.max:
        event.add("dtend", day.day + timedelta(days=1))
    event.add("summary", day.summary)
    if day.text:
        event.add("description", day.text)
    event.add("categories", [day.category])
    event.add("transp", "TRANSPARENT")  # a due date keeps nobody from meeting others
    if day.every_week_until:
        event.add("rrule", {"freq": "weekly", "until": day.every_week_until})
    elif not day.is_settled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"In a week: {day.summary}")
        alarm.add("trigger", -_WEEK)
        event.add_component(alarm)
    return event


def _uid(project: str, *names: str) -> str:
    return "-".join((*names, project)) + f"@{_DOMAIN}"


def _milestone_uid(project: str, milestone: str) -> str:
    return _uid(project, "milestone", milestone)


def _days_of(charter: Charter, project: str, saved_on: date, as_of: date) -> Iterator[_Day]:
    plan: Milestones = charter.milestones
    rollout = charter.rollout
    name = short(charter.name, 200)
    by_id = {s.milestone.id: s for s in status.of_plan(plan, as_of)}
    decided = gates.holding(plan.milestones, as_of)
    for row in in_order(plan):
        yield from _of_milestone(name, project, by_id[row.id], decided.get(row.id))
        yield from _of_gate(name, project, row, gates.is_taken(row, as_of))
    if rollout.closed_on is None:
        yield from _check_ins(name, project, plan, saved_on)
    yield from _ramp_up(name, project, rollout.ramp)
    for step in rollout.next_steps:
        if step.due:
            words = f"Owner: {step.owner}" if step.owner else ""
            yield _Day(
                uid=_uid(project, "next-step", step.id),
                day=step.due,
                summary=f"{name}: {short(step.title, 200)}",
                text=words,
                category="Next step",
            )


def _of_milestone(name: str, project: str, stands: MilestoneStatus, decided: Gate | None) -> Iterator[_Day]:
    row = stands.milestone
    if row.due:
        told = [f"Owner: {row.owner}" if row.owner else ""]
        told += [f"Reached on {day_words(row.reached_on)}"] if row.reached_on else []
        told += [f"{t.target.title}: {status.goal(t.target)}" for t in stands.targets if t.target.target is not None]
        if stands.state not in (State.UNKNOWN, State.NOT_STARTED):
            told.append(f"{stands.state.label}: {stands.rule}")
        is_settled = stands.state in SETTLED or row.reached_on is not None or decided is Gate.GO
        yield _Day(
            uid=_milestone_uid(project, row.id),
            day=row.due,
            summary=f"{name}: {short(row.title, 200)}",
            text="\n".join(filter(None, told)),
            category="Milestone",
            is_settled=is_settled,
        )


def _of_gate(name: str, project: str, row: Milestone, is_decided: bool) -> Iterator[_Day]:
    on = row.gate_on or row.due
    if on and (row.gate or row.decider.strip() or row.kill_criteria.strip()):
        told = [
            f"Decides: {row.decider}" if row.decider else "Nobody is named yet who decides.",
            f"Stop or rework if: {row.kill_criteria}" if row.kill_criteria else "",
            f"{'Decided' if is_decided else 'Noted ahead of the day'}: {row.gate.label}" if row.gate else "",
            row.gate_reason,
        ]
        yield _Day(
            uid=_uid(project, "gate", row.id),
            day=on,
            summary=f"{name}: {short(row.title, 200)}: go, rework or stop",
            text="\n".join(filter(None, told)),
            category="Gate",
            is_settled=is_decided,
        )


def _ramp_up(name: str, project: str, steps: Iterable[RampStep]) -> Iterator[_Day]:
    for step in steps:
        if on := step.live_on or step.starts:
            told = (
                f"Go on when: {step.condition}" if step.condition else "",
                f"Decides: {step.decider}" if step.decider else "",
                f"How to go back: {step.way_back}" if step.way_back else "",
            )
            yield _Day(
                uid=_uid(project, "ramp-up", step.id),
                day=on,
                summary=f"{name}: goes live for {step.title}",
                text="\n".join(filter(None, told)),
                category="Ramp-up",
                is_settled=step.live_on is not None,
            )


def _check_ins(name: str, project: str, plan: Milestones, saved_on: date) -> Iterator[_Day]:
    """One for every week from the last check-in until the last open milestone is due."""
    ends = [m.due for m in plan.milestones if m.due and m.reached_on is None]
    held = [c.held_on for c in plan.checkins if c.held_on]
    begin = _later(max(held)) if held else saved_on
    if ends and begin <= max(ends):
        text = "How it is going, what happened, what is next, and what is asked of others."
        yield _Day(
            uid=_uid(project, "check-in"),
            day=begin,
            summary=f"{name}: weekly check-in",
            text=text,
            category="Check-in",
            every_week_until=max(ends),
        )


def _later(day: date) -> date:
    return day + _WEEK if (date.max - day) > _WEEK else date.max
