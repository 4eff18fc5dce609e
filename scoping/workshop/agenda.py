"""The agenda of a workshop: blocks with minutes, and the questions that are still worth asking."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median

from scoping.section import Choice
from scoping.workshop.questions import Question, blocks, questions


class Length(Choice):
    """How long a workshop is."""

    FULL = "full", "90 minutes"
    SHORT = "short", "45 minutes"
    SERIES = "series", "Several days"


_SHORT_MINUTES = 45
_SLOWER = 2
"""Over several days there is time to talk."""
_VISIT, _LONGEST_VISIT = 20, 3_600
"""Seconds: less is no visit of a question, and more is a break in which the room stayed there."""
_LEFT_OPEN = "open"
_ASKED_WHEN_SHORT = {"wish", "today", "wanted", "ideas", "first", "known", "worth", "screening", "have", "first_result", "ask"}


@dataclass(frozen=True)
class Block:
    """Some questions and the minutes for them."""

    key: str
    title: str
    minutes: int
    questions: tuple[str, ...]


def open_questions(met: Collection[int]) -> list[Question]:
    """The usual questions that lead to a condition of signing which is not met yet.

    Args:
        met: the numbers of the conditions that are met.
    """
    return [q for q in questions().values() if not set(q.conditions) <= set(met)]


def planned(met: Collection[int], length: Length = Length.FULL, needed: Mapping[str, float] | None = None) -> tuple[Block, ...]:
    """The agenda that a project gets: what is left to ask, in the usual order.

    Args:
        needed: seconds that the team needed for a question before, by question.
    """
    left = [q for q in open_questions(met) if length is not Length.SHORT or q.key in _ASKED_WHEN_SHORT]
    all_of = {key: [q.key for q in questions().values() if q.block == key and q.is_usual] for key in blocks()}
    made = []
    for block in blocks().values():
        asked = tuple(q.key for q in left if q.block == block.key)
        if asked:
            usual = block.minutes * (_SLOWER if length is Length.SERIES else 1)
            minutes = _minutes(usual, asked, all_of[block.key], needed or {})
            made.append(Block(block.key, block.title, minutes, asked))
    return _within(tuple(made), _SHORT_MINUTES) if length is Length.SHORT else tuple(made)


def beginning_with(agenda: Sequence[Block], left: Sequence[str]) -> tuple[Block, ...]:
    """An agenda whose first block asks what the workshop before left open, as far as it is still to be asked."""
    open_still = tuple(key for key in left if any(key in block.questions for block in agenda))
    if not open_still:
        return tuple(agenda)
    minutes = max(1, round(sum(seconds_for(agenda, key) for key in open_still) / 60))
    others = (_without(block, open_still) for block in agenda)
    return (Block(_LEFT_OPEN, "Left open last time", minutes, open_still), *(b for b in others if b.questions))


def fitting(agenda: Sequence[Block], met: Collection[int]) -> tuple[Block, ...]:
    """An agenda that was kept, without what a project has answered."""
    done = {q.key for q in questions().values() if q.is_usual} - {q.key for q in open_questions(met)}
    return tuple(b for block in agenda if (b := _without(block, done)).questions)


def _without(block: Block, gone: Collection[str]) -> Block:
    """A block without some questions and their time."""
    asked = tuple(key for key in block.questions if key not in gone and key in questions())
    share = len(asked) / (len(block.questions) or 1)
    return replace(block, questions=asked, minutes=max(1, round(block.minutes * share)))


def usually_needed(spent: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Seconds that a team needs for a question: the median of what its workshops took. A visit of seconds was none.

    Args:
        spent: seconds by question, of each workshop.
    """
    took: dict[str, list[float]] = {}
    for one in spent:
        for key, seconds in one.items():
            if seconds >= _VISIT:
                took.setdefault(key, []).append(min(seconds, _LONGEST_VISIT))
    return {key: median(seconds) for key, seconds in took.items()}


def _minutes(usual: int, asked: Sequence[str], all_asked: Sequence[str], needed: Mapping[str, float]) -> int:
    share = usual / len(all_asked)
    return max(1, round(sum(needed.get(key, share * 60) for key in asked) / 60))


def _within(made: tuple[Block, ...], minutes: int) -> tuple[Block, ...]:
    total = sum(b.minutes for b in made)
    if total <= minutes:
        return made
    return tuple(replace(b, minutes=max(1, round(b.minutes * minutes / total))) for b in made)


def begins(agenda: Sequence[Block], at: datetime) -> list[datetime]:
    """When each block begins, and when the last one ends."""
    times = [at]
    for block in agenda:
        times.append(times[-1] + timedelta(minutes=block.minutes))
    return times


def seconds_for(agenda: Sequence[Block], question: str) -> int:
    """What one question may take: its share of its block."""
    for block in agenda:
        if question in block.questions:
            return round(block.minutes * 60 / len(block.questions))
    return 0
