"""The plan as MS Project XML (MSPDI): tasks, links, people and their share, days off, the frozen plan.

Elements stand in the order of the published schema (mspdi_pj12.xsd), which MS Project insists on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from xml.etree import ElementTree

from scoping.charter import Charter
from scoping.currency import digits, to_major, words
from scoping.milestones import baseline, status, work_calendar
from scoping.milestones.work_calendar import WorkCalendar
from scoping.sections.milestones import Milestone, Milestones, Person, WorkWeek, cycle, in_order

_NAMESPACE = "http://schemas.microsoft.com/project"
_FIRST, _LAST = date(1984, 1, 1), date(2149, 12, 31)
"""The days that MS Project knows."""
_HOURS = (("08:00:00", "12:00:00"), ("13:00:00", "17:00:00"))
_HOURS_A_DAY = 8
_WEEK = {
    WorkWeek.MON_FRI: (0, 1, 2, 3, 4),
    WorkWeek.SUN_THU: (6, 0, 1, 2, 3),
    WorkWeek.MON_SAT: (0, 1, 2, 3, 4, 5),
    WorkWeek.ALL: (0, 1, 2, 3, 4, 5, 6),
}
_FINISH_TO_START, _IN_DAYS, _WORK, _AS_SOON, _START_NOT_EARLIER, _FINISH_ON = 1, 7, 1, 0, 4, 3
_CALENDAR, _RATE_PER_HOUR = 1, 2

Value = str | int | float


def to_mspdi(charter: Charter, *, revision: int, saved_at: datetime) -> bytes:
    """Write the plan; the same charter, revision and moment give the same bytes.

    Args:
        saved_at: with a time zone; where no milestone has a date, the plan begins on its day.
    """
    return _File(charter, revision, saved_at.astimezone(UTC)).write()


@dataclass(frozen=True)
class _Span:
    """When a task runs, in days that MS Project knows, and its working days."""

    start: date
    finish: date
    days: float
    is_dated: bool


class _File:
    """One file in the making."""

    def __init__(self, charter: Charter, revision: int, saved_at: datetime) -> None:
        self.charter, self.revision, self.saved_at = charter, revision, saved_at
        self.plan: Milestones = charter.milestones
        self.rows = in_order(self.plan)
        self.tasks = {m.id: uid for uid, m in enumerate(self.rows, 1)}
        self.people = {p.id: uid for uid, p in enumerate(self.plan.people, 1)}
        self.frozen = baseline.frozen(self.plan)

    @cached_property
    def calendar(self) -> WorkCalendar:
        days = [d for m in self.rows for d in (m.start, m.due) if _known(d)]
        return work_calendar.calendar_of(self.plan, min((d for d in days if d), default=self.saved_at.date()))

    @cached_property
    def links(self) -> dict[str, tuple[str, ...]]:
        """What each milestone comes after; milestones that wait for each other in a circle, which MS Project refuses, for none."""
        plan = self.plan
        while circle := set(cycle(plan)):
            rows = (m.model_copy(update={"depends_on": ()}) if m.id in circle else m for m in plan.milestones)
            plan = plan.model_copy(update={"milestones": tuple(rows)})
        return {m.id: m.depends_on for m in plan.milestones}

    @cached_property
    def spans(self) -> dict[str, _Span]:
        """When each milestone runs, those that it comes after first."""
        rows = {m.id: m for m in self.rows}
        spans: dict[str, _Span] = {}
        waiting = list(rows)
        while waiting:
            ready = [i for i in waiting if all(other in spans or other not in rows for other in self.links[i])]
            for i in ready:
                spans[i] = self._span(rows[i], max((spans[o].finish for o in self.links[i] if o in spans), default=None))
            waiting = [i for i in waiting if i not in spans]
        return spans

    @cached_property
    def currency(self) -> str:
        """The one in which most of the plan's money is; sums in others are told in notes."""
        used = [m.currency for m in self.plan.milestones if m.money] + [p.currency for p in self.plan.people if p.day_rate]
        return Counter(used).most_common(1)[0][0] if used else self.charter.project.currency

    def write(self) -> bytes:
        spans = {m.id: self.spans[m.id] for m in self.rows}
        root = ElementTree.Element("Project", xmlns=_NAMESPACE)
        begin = min((s.start for s in spans.values()), default=self.calendar.start)
        _put(
            root,
            SaveVersion=14,
            Title=self.charter.name,
            Subject=f"Project charter, revision {self.revision}",
            Manager=self.charter.project.owner,
            CreationDate=f"{self.saved_at:%Y-%m-%dT%H:%M:%S}",
            ScheduleFromStart=1,
            StartDate=_morning(begin),
            FinishDate=_evening(max((s.finish for s in spans.values()), default=begin)),
            CurrencyDigits=digits(self.currency),
            CurrencySymbol=self.currency,
            CurrencyCode=self.currency,
            CalendarUID=_CALENDAR,
            DefaultStartTime=_HOURS[0][0],
            DefaultFinishTime=_HOURS[-1][1],
            MinutesPerDay=_HOURS_A_DAY * 60,
            MinutesPerWeek=_HOURS_A_DAY * 60 * len(self._working_days),
        )
        self._calendars(_under(root, "Calendars"))
        tasks = _under(root, "Tasks")
        for row in self.rows:
            self._task(_under(tasks, "Task"), row, spans[row.id])
        resources = _under(root, "Resources")
        for person in self.plan.people:
            self._resource(_under(resources, "Resource"), person)
        self._assignments(_under(root, "Assignments"), spans)
        ElementTree.indent(root)
        return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))

    @property
    def _working_days(self) -> tuple[int, ...]:
        return _WEEK[self.plan.work_week or WorkWeek.MON_FRI]

    def _span(self, row: Milestone, after: date | None) -> _Span:
        """From start to due date; what is not known takes the likely working days from the beginning of the plan.

        Args:
            after: when the last of those ends that it waits for; what has no dates follows it.
        """
        start, due = (day if _known(day) else None for day in (row.start, row.due))
        if due is None:
            days = row.likely_days or 0.0
            begin = max(start or self.calendar.start, self._next(after, days) if after else _FIRST)
            end = self.calendar.day_of_end(self.calendar.morning(begin) + days)
            return _Span(begin, min(max(begin, end), _LAST), days, False)
        if start is None or due < start:
            return _Span(due, due, 0.0, True)
        days = float(self.calendar.between(start, due))
        return _Span(start if days else due, due, days, True)

    def _next(self, after: date, days: float) -> date:
        """The day on which work can begin after one that ended; what takes no time happens on its last day."""
        return min(_LAST, self.calendar.day_of_start(self.calendar.evening(after))) if days else after

    # Calendars

    def _calendars(self, parent: ElementTree.Element) -> None:
        base = _under(parent, "Calendar")
        _put(base, UID=_CALENDAR, Name="Team", IsBaseCalendar=1, BaseCalendarUID=-1)
        days = _under(base, "WeekDays")
        for number in range(7):
            works = (number - 1) % 7 in self._working_days  # their week begins on Sunday
            day = _under(days, "WeekDay")
            _put(day, DayType=number + 1, DayWorking=int(works))
            if works:
                _hours(day)
        off = [(h.day, h.day, h.name) for h in self.plan.holidays if h.day]
        _exceptions(base, off)
        for person in self.plan.people:
            if away := _away(person):
                own = _under(parent, "Calendar")
                _put(own, UID=_CALENDAR + self.people[person.id], Name=person.title, IsBaseCalendar=0, BaseCalendarUID=_CALENDAR)
                _exceptions(own, [(*away, "Away")])

    # Tasks

    def _task(self, task: ElementTree.Element, row: Milestone, span: _Span) -> None:
        uid = self.tasks[row.id]
        _put(
            task,
            UID=uid,
            ID=uid,
            Name=row.title,
            Type=1,
            IsNull=0,
            OutlineNumber=str(uid),
            OutlineLevel=1,
            Start=_morning(span.start) if span.days else _evening(span.start),
            Finish=_evening(span.finish),
            Duration=_duration(span.days),
            DurationFormat=_IN_DAYS,
            Estimated=int(not span.is_dated),
            Milestone=int(not span.days),
            Summary=0,
        )
        if row.money is not None and row.currency == self.currency:
            # Money stands in hundredths of the currency, whatever its own minor unit is.
            _put(task, FixedCost=f"{to_major(row.money, row.currency) * 100:.0f}", FixedCostAccrual=3)
        _put(task, PercentComplete=100 if row.reached_on else 0)
        if row.reached_on and _known(row.reached_on):
            _put(task, ActualStart=_morning(min(span.start, row.reached_on)), ActualFinish=_evening(row.reached_on))
        _put(task, ConstraintType=_constraint(span))
        if span.is_dated:
            _put(task, ConstraintDate=_morning(span.start) if span.days else _evening(span.finish), Deadline=_evening(span.finish))
        if notes := self._notes(row):
            _put(task, Notes=notes)
        for other in self.links[row.id]:
            if other in self.tasks:
                link = _under(task, "PredecessorLink")
                _put(link, PredecessorUID=self.tasks[other], Type=_FINISH_TO_START, CrossProject=0, LinkLag=0, LagFormat=_IN_DAYS)
        self._baseline(task, row)

    def _notes(self, row: Milestone) -> str:
        dates = [(name, day) for name, day in (("Start", row.start), ("Due", row.due)) if day and not _known(day)]
        notes = [
            f"Owner: {row.owner}" if row.owner else "",
            "" if row.due else "No due date is agreed yet.",
            "It is due before it starts." if row.start and row.due and row.due < row.start else "",
            *(f"{name} on {day}." for name, day in dates),
            "It waits for another one in a circle, so its links were left out." if row.depends_on != self.links[row.id] else "",
            f"Stop or rework if: {row.kill_criteria}" if row.kill_criteria else "",
            f"Decides: {row.decider}" if row.decider else "",
            f"Decision at the gate: {row.gate.label}" if row.gate else "",
            f"Money: {words(row.money, row.currency)}" if row.money is not None and row.currency != self.currency else "",
        ]
        notes += [
            f"Target: {t.title}: {status.goal(t)}" for t in self.plan.targets if t.milestone == row.id and t.target is not None
        ]
        return "\n".join(filter(None, notes))

    def _baseline(self, task: ElementTree.Element, row: Milestone) -> None:
        was = self.frozen.of(row.id) if self.frozen else None
        due = was.day if was else None
        if was is None or due is None or not _known(due):
            return
        start = was.start if was.start and _known(was.start) and was.start <= due else None
        days = was.days if start and was.days is not None else float(self.calendar.between(start, due)) if start else 0.0
        kept = _under(task, "Baseline")
        begin = _morning(start) if start else _evening(due)
        _put(kept, Number=0, Start=begin, Finish=_evening(due), Duration=_duration(days), DurationFormat=_IN_DAYS)

    # People

    def _resource(self, resource: ElementTree.Element, person: Person) -> None:
        uid = self.people[person.id]
        _put(resource, UID=uid, ID=uid, Name=person.title, Type=_WORK, IsNull=0)
        if person.share is not None:
            _put(resource, MaxUnits=f"{person.share / 100:g}")
        if person.day_rate is not None and person.currency == self.currency:
            hourly = to_major(person.day_rate, person.currency) / _HOURS_A_DAY
            _put(resource, StandardRate=f"{hourly:f}", StandardRateFormat=_RATE_PER_HOUR)
        _put(resource, CalendarUID=_CALENDAR + uid if _away(person) else -1)

    def _assignments(self, parent: ElementTree.Element, spans: dict[str, _Span]) -> None:
        known = [a for a in self.plan.assignments if a.milestone in self.tasks and a.person in self.people and a.share]
        for uid, row in enumerate(known, 1):
            span, share = spans[row.milestone], (row.share or 0.0) / 100
            _put(
                _under(parent, "Assignment"),
                UID=uid,
                TaskUID=self.tasks[row.milestone],
                ResourceUID=self.people[row.person],
                Finish=_evening(span.finish),
                Start=_morning(span.start) if span.days else _evening(span.start),
                Units=f"{share:g}",
                Work=_duration(span.days * share),
            )


def _known(day: date | None) -> bool:
    return day is not None and _FIRST <= day <= _LAST


def _away(person: Person) -> tuple[date, date] | None:
    first, last = person.away_from, person.away_to
    return (first, last) if first and last and first <= last and _known(first) and _known(last) else None


def _constraint(span: _Span) -> int:
    if not span.is_dated:
        return _AS_SOON
    return _START_NOT_EARLIER if span.days else _FINISH_ON


def _exceptions(calendar: ElementTree.Element, times: Sequence[tuple[date, date, str]]) -> None:
    known = [(first, last, name) for first, last, name in times if _known(first) and _known(last)]
    if not known:
        return
    parent = _under(calendar, "Exceptions")
    for first, last, name in known:
        exception = _under(parent, "Exception")
        _put(exception, EnteredByOccurrences=0)
        _put(_under(exception, "TimePeriod"), FromDate=f"{first}T00:00:00", ToDate=f"{last}T23:59:00")
        _put(exception, Occurrences=(last - first).days + 1, Name=name, Type=1, DayWorking=0)


def _hours(day: ElementTree.Element) -> None:
    times = _under(day, "WorkingTimes")
    for begin, end in _HOURS:
        _put(_under(times, "WorkingTime"), FromTime=begin, ToTime=end)


def _under(parent: ElementTree.Element, name: str) -> ElementTree.Element:
    return ElementTree.SubElement(parent, name)


def _put(parent: ElementTree.Element, **values: Value) -> None:
    for name, value in values.items():
        _under(parent, name).text = str(value)


def _morning(day: date) -> str:
    return f"{day}T{_HOURS[0][0]}"


def _evening(day: date) -> str:
    return f"{day}T{_HOURS[-1][1]}"


def _duration(days: float) -> str:
    """Working days as hours and minutes of work."""
    minutes = round(days * _HOURS_A_DAY * 60)
    return f"PT{minutes // 60}H{minutes % 60}M0S"
