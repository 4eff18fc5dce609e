"""The agenda of a workshop: blocks with minutes, and the questions that are still worth asking."""

from __future__ import annotations

import math
from collections import Counter
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


def open_questions(met: Collection[int], filled: Collection[str] = ()) -> list[Question]:
    """The usual questions that lead to a condition of signing which is not met yet, and of which something is open.

    Args:
        met: the numbers of the conditions that are met.
        filled: questions whose every place has its answer (`about.filled_in`).
    """
    return [q for q in questions().values() if not set(q.conditions) <= set(met) and q.key not in filled]


def planned(
    met: Collection[int],
    length: Length = Length.FULL,
    needed: Mapping[str, float] | None = None,
    filled: Collection[str] = (),
) -> tuple[Block, ...]:
    """The agenda that a project gets: what is left to ask, in the usual order.

    Args:
        met: the numbers of the conditions that are met.
        needed: seconds that the team needed for a question before, by question.
        filled: questions whose every place has its answer.
    """
    usual = _usual_seconds(length)
    left = [q.key for q in open_questions(met, filled) if q.key in usual]
    seconds = {key: (needed or {}).get(key, usual[key]) for key in left}
    if length is Length.SHORT and (total := sum(seconds.values())) > _SHORT_MINUTES * 60:
        seconds = {key: of_it * _SHORT_MINUTES * 60 / total for key, of_it in seconds.items()}
    asked = {key: tuple(q for q in left if questions()[q].block == key) for key in blocks()}
    minutes = _whole_minutes({key: sum(seconds[q] for q in some) / 60 for key, some in asked.items() if some})
    return tuple(Block(key, blocks()[key].title, minutes[key], asked[key]) for key in minutes)


def _usual_seconds(length: Length) -> dict[str, float]:
    """What each question of an agenda of some length takes while nobody knows better: an even share of its block."""
    usual = [q for q in questions().values() if q.is_usual]
    in_block = Counter(q.block for q in usual)
    shares = {q.key: blocks()[q.block].minutes * 60 / in_block[q.block] for q in usual}
    match length:
        case Length.FULL:
            return shares
        case Length.SERIES:
            return {key: seconds * _SLOWER for key, seconds in shares.items()}
        case Length.SHORT:
            short = {key: seconds for key, seconds in shares.items() if key in _ASKED_WHEN_SHORT}
            longer = _SHORT_MINUTES * 60 / sum(short.values())
            return {key: seconds * longer for key, seconds in short.items()}


def _whole_minutes(exact: Mapping[str, float]) -> dict[str, int]:
    """Minutes without fractions, none of them 0, which come to the same in all: what is cut off goes where most of it was."""
    whole = {key: max(1, math.floor(minutes)) for key, minutes in exact.items()}
    missing = round(sum(exact.values())) - sum(whole.values())
    for key in sorted(exact, key=lambda key: whole[key] - exact[key])[: max(0, missing)]:
        whole[key] += 1
    return whole


def beginning_with(agenda: Sequence[Block], left: Sequence[str]) -> tuple[Block, ...]:
    """An agenda whose first block asks what the workshop before left open, as far as it is still to be asked."""
    open_still = tuple(key for key in left if any(key in block.questions for block in agenda))
    if not open_still:
        return tuple(agenda)
    minutes = max(1, round(sum(seconds_for(agenda, key) for key in open_still) / 60))
    others = (_without(block, open_still) for block in agenda)
    return (Block(_LEFT_OPEN, "Left open last time", minutes, open_still), *(b for b in others if b.questions))


def fitting(agenda: Sequence[Block], met: Collection[int], filled: Collection[str] = ()) -> tuple[Block, ...]:
    """An agenda that was kept, without what a project has answered."""
    done = {q.key for q in questions().values() if q.is_usual} - {q.key for q in open_questions(met, filled)}
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
