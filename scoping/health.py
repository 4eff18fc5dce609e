"""The health of a project in one word with its reason, worked out from readings, dates, gates, check-ins and sign-offs.

Nobody sets it. The first of these that holds counts: closed or stopped, late, at risk, ready to sign, draft, signed, on track.
What a day changes by itself is known when a charter is saved, so a database can find projects by their health of today.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Generic, TypeVar

from scoping.charter import Charter
from scoping.milestones.gates import holding, stopped_at
from scoping.milestones.possible import AHEAD, begin_of
from scoping.milestones.possible import day as day_or_unknown
from scoping.milestones.status import (
    FRESH_DAYS,
    RISKY_CONFIDENCE,
    SETTLED,
    MilestoneStatus,
    State,
    TargetStatus,
    amount,
    goal,
    last_checkin,
    of_milestone,
    of_plan,
    of_target,
    parts_of,
    together,
)
from scoping.section import Choice
from scoping.sections.milestones import Milestone, Milestones, Target
from scoping.sections.project import Signature
from scoping.sections.rollout import ClosedAs, Rollout
from scoping.words import count, day_words, isolated, short

Value = TypeVar("Value")
_TITLE = 60
_MISSED_AT_MOST = 6


class Word(Choice):
    """What a project is, those that need somebody first before all others."""

    LATE = "late", "Late"
    AT_RISK = "at_risk", "At risk"
    READY = "ready", "Ready to sign"
    DRAFT = "draft", "Draft"
    SIGNED = "signed", "Signed"
    ON_TRACK = "on_track", "On track"
    STOPPED = "stopped", "Stopped"
    CLOSED = "closed", "Closed"


FINAL = frozenset({Word.STOPPED, Word.CLOSED})
"""Nothing more is expected of such a project: its open milestones are no longer late."""
ICONS = {
    Word.LATE: "schedule",
    Word.AT_RISK: "warning",
    Word.READY: "signature",
    Word.DRAFT: "edit",
    Word.SIGNED: "verified",
    Word.ON_TRACK: "trending_up",
    Word.STOPPED: "do_not_disturb_on",
    Word.CLOSED: "check_box",
}
"""A Material symbol for each, never shown without the word."""


class Tone(Choice):
    """How a word is coloured; only the first two are filled."""

    BAD = "bad", "Red"
    WARN = "warn", "Orange"
    OURS = "ours", "Teal"
    GOOD = "good", "Green"
    QUIET = "quiet", "Grey"


TONES = {
    Word.LATE: Tone.BAD,
    Word.AT_RISK: Tone.WARN,
    Word.READY: Tone.OURS,
    Word.DRAFT: Tone.QUIET,
    Word.SIGNED: Tone.OURS,
    Word.ON_TRACK: Tone.GOOD,
    Word.STOPPED: Tone.QUIET,
    Word.CLOSED: Tone.QUIET,
}


@dataclass(frozen=True)
class Standing:
    """A health that holds for a while.

    Attributes:
        reason: in a sentence or two.
        late_since: the day that was missed first; None unless it is late.
    """

    word: Word
    reason: str
    late_since: date | None = None

    def on(self, today: date) -> Health:
        """The health of a day."""
        return Health(self.word, self.reason, (today - self.late_since).days if self.late_since else None)


@dataclass(frozen=True)
class Health:
    """The health of a project on a day.

    Attributes:
        days_late: None unless it is late.
    """

    word: Word
    reason: str
    days_late: int | None = None

    @property
    def words(self) -> str:
        """The word as a badge says it: the number of days belongs to it."""
        if self.days_late is None:
            return self.word.label
        return f"{self.word.label} {count(self.days_late, 'day')}"

    @property
    def sentence(self) -> str:
        """Word and reason in one line."""
        return f"{self.words}: {self.reason}" if self.reason else self.words

    @property
    def tone(self) -> Tone:
        return TONES[self.word]


def health(charter: Charter, today: date, missing: Sequence[str]) -> Health:
    """How a project is today.

    Args:
        missing: what is still needed before the charter can be signed, a sentence each; empty when it is ready.
    """
    return _standing(charter, of_plan(charter.milestones, today), today, missing).on(today)


def _standing(charter: Charter, milestones: Sequence[MilestoneStatus], today: date, missing: Sequence[str]) -> Standing:
    plan: Milestones = charter.milestones
    signatures: tuple[Signature, ...] = charter.project.signatures
    return (
        _closed(charter.rollout, today)
        or _stopped(plan, today)
        or _late(milestones)
        or _at_risk(milestones)
        or _to_sign(signatures, missing, today)
        or _under_way(plan, milestones, today)
    )


def _closed(rollout: Rollout, today: date) -> Standing | None:
    day = rollout.closed_on
    if day is None or day - today > AHEAD:
        return None
    if rollout.closed_as is ClosedAs.STOPPED:
        return Standing(Word.STOPPED, f"At a gate; it was closed on {day_words(day)}.")
    if rollout.closed_as is None:
        return Standing(Word.CLOSED, f"On {day_words(day)}; how it ended is not said.")
    return Standing(Word.CLOSED, f"{rollout.closed_as.label}, on {day_words(day)}.")


def _stopped(plan: Milestones, today: date) -> Standing | None:
    last = stopped_at(plan.milestones, today)
    if last is None:
        return None
    why = f": {short(last.gate_reason, 200)}" if last.gate_reason.strip() else ""
    return Standing(Word.STOPPED, _ended(f"It was decided at the gate of {_named(last)} on {day_or_unknown(last.gate_on)}{why}"))


def _late(milestones: Iterable[MilestoneStatus]) -> Standing | None:
    late = sorted((s for s in milestones if s.state is State.LATE), key=_due)
    if not late:
        return None
    first = late[0]
    missed = [t for t in first.targets if t.state is State.LATE]
    day = day_or_unknown(first.milestone.due)
    if missed:
        told = "; ".join(map(_missed, missed[:_MISSED_AT_MOST]))
        rest = f"; and {len(missed) - _MISSED_AT_MOST} more" if len(missed) > _MISSED_AT_MOST else ""
        verb = "is" if len(missed) == 1 else "are"
        missed_targets = f"{len(missed)} of {count(len(first.targets), 'target')} {verb} missed: {told}{rest}."
        reason = f"{_named(first.milestone)} was due on {day}; {missed_targets}"
    else:
        reason = f"{_named(first.milestone)} was due on {day}, and nothing shows that it was reached."
    if len(late) > 1:
        reason += f" {count(len(late) - 1, 'more milestone is', 'more milestones are')} late."
    return Standing(Word.LATE, reason, first.milestone.due)


def _missed(status: TargetStatus) -> str:
    target: Target = status.target
    if status.latest is None:
        return f"{isolated(short(target.title, _TITLE))}, no reading ({goal(target)})"
    return f"{isolated(short(target.title, _TITLE))}, {amount(target, status.latest.value)} ({goal(target)})"


def _at_risk(milestones: Iterable[MilestoneStatus]) -> Standing | None:
    risky = sorted((s for s in milestones if s.state is State.AT_RISK), key=_due)
    if not risky:
        return None
    more = f" {count(len(risky) - 1, 'more milestone is', 'more milestones are')} at risk." if len(risky) > 1 else ""
    return Standing(Word.AT_RISK, f"{_named(risky[0].milestone)}: {risky[0].rule}{more}")


def _to_sign(signatures: Iterable[Signature], missing: Sequence[str], today: date) -> Standing | None:
    asked = [s for s in signatures if s.name.strip() or s.role.strip()]
    waiting = [s.name.strip() or s.role.strip() for s in asked if s.signed_on is None or s.signed_on - today > AHEAD]
    if missing:
        more = f" {count(len(missing) - 1, 'more point is', 'more points are')} needed to sign." if len(missing) > 1 else ""
        # Nothing here tells whether it was ready on the day it was signed, so that is not claimed.
        again = (
            "The charter is signed, but it is a draft: sign again once nothing is missing. " if len(waiting) < len(asked) else ""
        )
        return Standing(Word.DRAFT, f"{again}{_ended(short(missing[0], 300))}{more}")
    if not asked:
        return Standing(Word.READY, "Nothing needed to sign is missing; name who signs it.")
    if waiting:
        names = ", ".join(isolated(short(name, 40)) for name in waiting[:3]) + (
            f" and {len(waiting) - 3} more" if len(waiting) > 3 else ""
        )
        return Standing(Word.READY, f"Nothing needed to sign is missing. Not signed yet: {names}.")
    return None


def _under_way(plan: Milestones, milestones: Sequence[MilestoneStatus], today: date) -> Standing:
    """A signed project with nothing late and nothing at risk. It is on track only where something shows it."""
    begin = begin_of(plan)
    if begin is None or today < begin:
        return Standing(
            Word.SIGNED,
            f"Everybody has signed; it begins on {day_words(begin)}."
            if begin
            else "Everybody has signed; no first day is planned.",
        )
    still = sorted((s for s in milestones if s.state not in SETTLED), key=_due)
    if not still:
        return Standing(Word.ON_TRACK, "All its milestones are done. Close it under Rollout.")
    next_ = still[0]
    begun = [s for s in still if (s.milestone.start <= today if s.milestone.start else s is next_)]
    unknown = next((s for s in begun if s.state is State.UNKNOWN), None)
    coming = f"Next is {_named(next_.milestone)}" + (f", due on {day_words(next_.milestone.due)}." if next_.milestone.due else ".")
    if unknown is None:
        return Standing(Word.ON_TRACK, f"{coming} {next_.rule}")
    said = last_checkin(plan, today)
    if said and said.held_on and said.confidence and said.confidence > RISKY_CONFIDENCE and _is_fresh(said.held_on, today):
        sure = f"At the check-in of {day_words(said.held_on)} the team was {said.confidence} of 5 sure of it."
        return Standing(Word.ON_TRACK, f"{coming} {sure}")
    return Standing(Word.SIGNED, f"It has begun, and nothing shows how {_named(unknown.milestone)} stands. {unknown.rule}")


def _is_fresh(day: date, today: date) -> bool:
    return (today - day).days <= FRESH_DAYS


def _due(status: MilestoneStatus) -> date:
    return status.milestone.due or date.max


def _named(milestone: Milestone) -> str:
    return f"“{short(milestone.title, _TITLE)}”"


def _ended(sentence: str) -> str:
    """The text as a sentence that ends, be it before a remark in parentheses."""
    return sentence if re.search(r"[.!?…]( \([^()]*\))?$", sentence) else f"{sentence}."


# From day to day, while nobody writes anything


@dataclass(frozen=True)
class Span(Generic[Value]):
    """What holds from the first day to the last one."""

    first: date
    last: date
    value: Value


HEALTH_READS = ("project", "milestones", "rollout")
"""Slugs of the parts that health follows from, beside what is missing to sign."""


def health_over_time(charter: Charter, begin: date, missing: Sequence[str]) -> tuple[Span[Standing], ...]:
    """The health of every day to come, as spans without a gap. The first also stands for the days before `begin`."""
    plan: Milestones = charter.milestones
    days, course = zip(*_course(plan, begin), strict=True)
    turns = {*days, *_within(begin, _turns_of_health(charter))}
    return _spans(sorted(turns), lambda day: _standing(charter, course[bisect_right(days, day) - 1], day, missing))


def milestones_over_time(plan: Milestones, begin: date) -> dict[str, tuple[Span[State], ...]]:
    """The state of every milestone of every day to come, as spans without a gap, by its id."""
    days, course = zip(*_course(plan, begin), strict=True)
    by_day = dict(zip(days, course, strict=True))
    return {m.id: _spans(days, lambda day, at=at: by_day[day][at].state) for at, m in enumerate(plan.milestones)}  # type: ignore[misc]


@lru_cache(maxsize=32)
def _course(plan: Milestones, begin: date) -> tuple[tuple[date, tuple[MilestoneStatus, ...]], ...]:
    """Where every milestone stands from each day on on which one of them may change; `begin` is the first."""
    targets, readings = parts_of(plan)
    gate_days = [begin, *sorted(set(_within(begin, _turns_of_gates(plan))))]
    decided = [holding(plan.milestones, day) for day in gate_days]

    def alone(milestone: Milestone, today: date) -> MilestoneStatus:
        own = [of_target(t, milestone, readings[t.id], today) for t in targets[milestone.id]]
        return of_milestone(milestone, own, decided[bisect_right(gate_days, today) - 1].get(milestone.id), today)

    by_id: dict[str, tuple[list[date], list[MilestoneStatus]]] = {}
    for m in plan.milestones:
        now = alone(m, begin)
        to_come = [r.when for t in targets[m.id] for r in readings[t.id] if r.when and r.when - begin > AHEAD]
        at_gates = gate_days[1:] if m.gate else []
        turns = [begin, *sorted({*at_gates, *_within(begin, _turns_of_milestone(m, now, to_come))})]
        by_id[m.id] = (turns, [now, *(alone(m, day) for day in turns[1:])])
    held = [c.held_on for c in plan.checkins if c.held_on]
    talks = _within(begin, (turn for day in held for turn in _moved(day, -1)))
    days = sorted({begin, *talks, *(day for turns, _ in by_id.values() for day in turns)})

    def on(day: date) -> dict[str, MilestoneStatus]:
        return {i: standing[bisect_right(turns, day) - 1] for i, (turns, standing) in by_id.items()}

    return tuple((day, together(plan, on(day), day)) for day in days)


def _turns_of_milestone(milestone: Milestone, now: MilestoneStatus, to_come: Iterable[date]) -> Iterator[date]:
    """The days on which a milestone may come to stand elsewhere: each rule of scoping/milestones/status.py that looks at today has its own."""
    if milestone.start:
        yield milestone.start
    if milestone.due:
        yield from _moved(milestone.due, 1)
    if milestone.reached_on:
        yield from _moved(milestone.reached_on, -1)
    for day in to_come:
        yield from _moved(day, -1)
    for day in (*to_come, *(t.latest.when for t in now.targets if t.latest and t.latest.when)):
        yield from _moved(day, FRESH_DAYS + 1)


def _turns_of_gates(plan: Milestones) -> Iterator[date]:
    """The days on which a decision at a gate begins to hold; it may end what was decided at another one."""
    for m in plan.milestones:
        if m.gate and m.gate_on:
            yield from _moved(m.gate_on, -1)


def _turns_of_health(charter: Charter) -> Iterator[date]:
    """The days that `_standing` looks at beside those of the milestones."""
    plan: Milestones = charter.milestones
    yield from _turns_of_gates(plan)
    for day in (charter.rollout.closed_on, *(s.signed_on for s in charter.project.signatures)):
        if day:
            yield from _moved(day, -1)
    for said in plan.checkins:
        if said.held_on:
            yield from _moved(said.held_on, FRESH_DAYS + 1)


def _moved(day: date, days: int) -> Iterator[date]:
    """A day earlier or later, where there is such a day."""
    if date.min.toordinal() <= day.toordinal() + days <= date.max.toordinal():
        yield day + timedelta(days=days)


def _within(begin: date, days: Iterable[date]) -> Iterator[date]:
    return (day for day in days if day > begin)


def _spans(days: Sequence[date], value_on: Callable[[date], Value]) -> tuple[Span[Value], ...]:
    """Spans that begin on the days, equal neighbours as one; together they hold all days there are."""
    starts: list[tuple[date, Value]] = []
    for day in days:
        value = value_on(day)
        if not starts or starts[-1][1] != value:
            starts.append((day if starts else date.min, value))
    ends = [*(first - timedelta(days=1) for first, _ in starts[1:]), date.max]
    return tuple(Span(first, last, value) for (first, value), last in zip(starts, ends, strict=True))
