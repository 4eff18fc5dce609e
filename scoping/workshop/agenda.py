"""The agenda of a workshop: blocks with minutes, and the questions that are still worth asking."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scoping.section import Choice
from scoping.workshop.questions import Question, blocks, questions


class Length(Choice):
    """How long a workshop is."""

    FULL = "full", "90 minutes"
    SHORT = "short", "45 minutes"
    SERIES = "series", "Several days"


_SHORT_MINUTES = 45
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
            minutes = _minutes(block.minutes, asked, all_of[block.key], needed or {})
            made.append(Block(block.key, block.title, minutes, asked))
    return _within(tuple(made), _SHORT_MINUTES) if length is Length.SHORT else tuple(made)


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
