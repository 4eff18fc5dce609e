"""A text beside what it was: words that were kept, added and removed, in the order in which one reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\s*(?:\d+(?:[.,:/\-]\d+)*|[\w\u200c\u200d]+(?:['’\-][\w\u200c\u200d]+)*|[^\w\s])|\s+$")
"""A word or a figure with the blanks before it; signs are words of their own."""
_LEAST_KEPT = 0.4
"""Of a text that keeps a smaller share of its words the old and the new are read one after the other."""
_JOINED = 3
"""A word of so few letters that stayed between two changes is read with them."""
_LONGEST = 4_000
"""Words; longer texts than any question takes are not compared word by word."""


class Fate(StrEnum):
    """What became of words."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """Words that follow each other and share a fate."""

    words: str
    fate: Fate


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """How one text became the other. None where it was written anew, so that marks between its words would only confuse.

    The pieces that were kept or added are the newer text, letter by letter.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    if not old or not new or max(len(old), len(new)) > _LONGEST:
        return ()
    runs = list(_joined(_runs(old, new)))
    kept = sum(_letters(mine) for is_kept, _, mine in runs if is_kept)
    if kept < _LEAST_KEPT * max(_letters(old), _letters(new)):
        return ()
    told: list[Piece] = []
    for is_kept, theirs, mine in runs:
        fates = ((mine, Fate.KEPT),) if is_kept else ((theirs, Fate.REMOVED), (mine, Fate.ADDED))
        told += [Piece("".join(words), fate) for words, fate in fates if words]
    return tuple(told)


_Run = tuple[bool, Sequence[str], Sequence[str]]
"""Whether it was kept, the words as they were, and as they are."""


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[_Run]:
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new])
    for tag, i, j, k, m in matcher.get_opcodes():
        yield tag == "equal", old[i:j], new[k:m]


def _joined(runs: Iterator[_Run]) -> Iterator[_Run]:
    """The runs without kept words so short, between two changes, that they would only tear them apart."""
    every = list(runs)
    waiting: _Run | None = None
    for at, (is_kept, theirs, mine) in enumerate(every):
        is_between = 0 < at < len(every) - 1 and _letters(mine) <= _JOINED
        if is_kept and not is_between:
            if waiting:
                yield waiting
            waiting = None
            yield True, theirs, mine
        else:
            before = waiting or (False, [], [])
            waiting = (False, [*before[1], *theirs], [*before[2], *mine])
    if waiting:
        yield waiting


def _letters(words: Sequence[str]) -> int:
    return sum(len(word.strip()) for word in words)
