"""The health of a project in one word with its reason, worked out from readings, dates, gates, check-ins and sign-offs.

Nobody sets it. The first of these that holds counts: closed or stopped, late, at risk, ready to sign, draft, signed, on track.
What a day changes by itself is known when a charter is saved, so a database can find projects by their health of today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Generic, TypeVar

from scoping.charter import Charter
from scoping.milestones.course import Course, Ranks, course, moved, turns_of_gates
from scoping.milestones.gates import stopped_at
from scoping.milestones.possible import AHEAD, begin_of
from scoping.milestones.possible import day as day_or_unknown
from scoping.milestones.status import (
    FRESH_DAYS,
    SETTLED,
    State,
    TargetStatus,
    amount,
    goal,
    how_sure,
    is_sure,
    last_checkin,
    of_plan,
)
from scoping.section import Choice
from scoping.sections.milestones import Milestone, Milestones, Target
from scoping.sections.project import SignAnswer
from scoping.sections.rollout import ClosedAs, Rollout
from scoping.signing.signatures import SignOff, sign_off
from scoping.words import count, day_words, in_a_row, isolated, short

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
UNSIGNED = frozenset({Word.DRAFT, Word.READY})
"""The charter of such a project is still written; its dates are no promises yet."""
ICONS = {
    Word.LATE: "schedule",
    Word.AT_RISK: "warning",
    Word.READY: "signature",
    Word.DRAFT: "radio_button_unchecked",
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
        missing: a sentence for each condition that is not met before the charter can be signed; empty when it is ready.
    """
    plan: Milestones = charter.milestones
    stopped = stopped_at(plan.milestones, today)
    return _standing(charter, Ranks(of_plan(plan, today)), stopped, today, missing).on(today)


def _standing(charter: Charter, milestones: Ranks, stopped: Milestone | None, today: date, missing: Sequence[str]) -> Standing:
    plan: Milestones = charter.milestones
    return (
        _closed(charter.rollout, today)
        or _stopped(stopped)
        or _late(milestones)
        or _at_risk(milestones)
        or _to_sign(sign_off(charter, today), missing)
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


def _stopped(last: Milestone | None) -> Standing | None:
    if last is None:
        return None
    why = f": {short(last.gate_reason, 200)}" if last.gate_reason.strip() else ""
    return Standing(Word.STOPPED, _ended(f"It was decided at the gate of {_named(last)} on {day_or_unknown(last.gate_on)}{why}"))


def _late(milestones: Ranks) -> Standing | None:
    first = next(milestones.of(State.LATE), None)
    if first is None:
        return None
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
    if more := milestones.count(State.LATE) - 1:
        reason += f" {count(more, 'more milestone is', 'more milestones are')} late."
    return Standing(Word.LATE, reason, first.milestone.due)


def _missed(status: TargetStatus) -> str:
    target: Target = status.target
    if status.latest is None:
        return f"{isolated(short(target.title, _TITLE))}, no reading ({goal(target)})"
    return f"{isolated(short(target.title, _TITLE))}, {amount(target, status.latest.value)} ({goal(target)})"


def _at_risk(milestones: Ranks) -> Standing | None:
    first = next(milestones.of(State.AT_RISK), None)
    if first is None:
        return None
    others = milestones.count(State.AT_RISK) - 1
    more = f" {count(others, 'more milestone is', 'more milestones are')} at risk." if others else ""
    return Standing(Word.AT_RISK, f"{_named(first.milestone)}: {first.rule}{more}")


def _to_sign(signing: SignOff, missing: Sequence[str]) -> Standing | None:
    if missing:
        more = f" {count(len(missing) - 1, 'more condition is', 'more conditions are')} not met yet." if len(missing) > 1 else ""
        return Standing(Word.DRAFT, f"{_signed_once(signing)}{_ended(short(missing[0], 300))}{more}")
    if signing.is_done:
        return None
    met = "Nothing needed to sign is missing."
    return Standing(Word.READY, f"{signing.words} {met}" if signing.is_opposed else f"{met} {signing.words}")


def _signed_once(signing: SignOff) -> str:
    """What became of signatures under a charter that is a draft by now."""
    if signing.was_signed_by_all:
        return "The charter was signed, and is a draft by now: sign again once nothing is missing. "
    names = [isolated(short(s.name, _TITLE)) for s in signing.signers if s.signature.answered is SignAnswer.SIGNED]
    return f"It is a draft by now; {in_a_row(names)} signed it before, and not everybody did. " if names else ""


def _under_way(plan: Milestones, milestones: Ranks, today: date) -> Standing:
    """A signed project with nothing late and nothing at risk. It is on track only where something shows it."""
    begin = begin_of(plan)
    if begin is None or today < begin:
        return Standing(
            Word.SIGNED,
            f"Everybody has signed; it begins on {day_words(begin)}."
            if begin
            else "Everybody has signed; no first day is planned.",
        )
    next_ = next(milestones.of(*(state for state in State if state not in SETTLED)), None)
    if next_ is None:
        return Standing(Word.ON_TRACK, "All its milestones are done. Close it under Rollout.")
    begun = (s for s in milestones.of(State.UNKNOWN) if (s.milestone.start <= today if s.milestone.start else s is next_))
    unknown = next(begun, None)
    coming = f"Next is {_named(next_.milestone)}" + (f", due on {day_words(next_.milestone.due)}." if next_.milestone.due else ".")
    if unknown is None:
        return Standing(Word.ON_TRACK, f"{coming} {next_.rule}")
    said = last_checkin(plan, today)
    if said and said.held_on and _is_fresh(said.held_on, today) and is_sure(said):
        return Standing(Word.ON_TRACK, f"{coming} {how_sure(said, 'it')}")
    return Standing(Word.SIGNED, f"It has begun, and nothing shows how {_named(unknown.milestone)} stands. {unknown.rule}")


def _is_fresh(day: date, today: date) -> bool:
    return (today - day).days <= FRESH_DAYS


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


@dataclass(frozen=True)
class _SamePlan:
    """A plan that is equal only to itself: to compare or to hash a plan would walk all of it."""

    plan: Milestones

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SamePlan) and other.plan is self.plan

    def __hash__(self) -> int:
        return id(self.plan)


@lru_cache(maxsize=32)
def _course(same: _SamePlan, begin: date) -> Course:
    return course(same.plan, begin)


def health_over_time(charter: Charter, begin: date, missing: Sequence[str]) -> tuple[Span[Standing], ...]:
    """The health of every day to come, as spans without a gap. The first also stands for the days before `begin`."""
    plan: Milestones = charter.milestones
    changes = dict(_course(_SamePlan(plan), begin))
    at_gates = {begin, *turns_of_gates(plan)}
    ranks, stopped = Ranks(), None
    standings = []
    for day in sorted({*changes, *(turn for turn in _turns_of_health(charter) if turn > begin)}):
        ranks.change(changes.get(day, {}))
        if day in at_gates:
            stopped = stopped_at(plan.milestones, day)
        standings.append((day, _standing(charter, ranks, stopped, day, missing)))
    return _spans(standings)


def milestones_over_time(plan: Milestones, begin: date) -> dict[str, tuple[Span[State], ...]]:
    """The state of every milestone of every day to come, as spans without a gap, by its id."""
    turns: list[list[tuple[date, State]]] = [[] for _ in plan.milestones]
    for day, changes in _course(_SamePlan(plan), begin):
        for at, status in changes.items():
            turns[at].append((day, status.state))
    return {m.id: _spans(turns[at]) for at, m in enumerate(plan.milestones)}


def _turns_of_health(charter: Charter) -> Iterator[date]:
    """The days that `_standing` looks at beside those of the milestones."""
    plan: Milestones = charter.milestones
    yield from turns_of_gates(plan)
    for day in (charter.rollout.closed_on, *(s.signed_on for s in charter.project.signatures)):
        if day:
            yield from moved(day, -1)
    for said in plan.checkins:
        if said.held_on:
            yield from moved(said.held_on, FRESH_DAYS + 1)


def _spans(turns: Sequence[tuple[date, Value]]) -> tuple[Span[Value], ...]:
    """Spans that begin on the days, equal neighbours as one; together they hold all days there are."""
    starts: list[tuple[date, Value]] = []
    for day, value in turns:
        if not starts or starts[-1][1] != value:
            starts.append((day if starts else date.min, value))
    ends = [*(first - timedelta(days=1) for first, _ in starts[1:]), date.max]
    return tuple(Span(first, last, value) for (first, value), last in zip(starts, ends, strict=True))
