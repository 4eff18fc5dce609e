"""Error analysis: which tags errors carry, alone and together, and which few tags explain most of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

MOST_TAGS = 62
"""Tags looked at together: three of so many can be chosen in 38 thousand ways."""
COVER_OF = 3
"""The largest set of tags that is searched for."""

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
"""Cases as bits, 64 to a word: unions and intersections of a million cases take microseconds."""


@dataclass(frozen=True)
class Tag:
    """A tag and the cases that carry it."""

    name: str
    cases: int
    errors: int


@dataclass(frozen=True)
class Pair:
    """Two tags, and the errors that carry both."""

    one: str
    other: str
    errors: int


@dataclass(frozen=True)
class Cover:
    """The tags that together explain most errors, and how many errors carry at least one of them."""

    tags: tuple[str, ...]
    errors: int


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """The errors of a model by tag.

    Attributes:
        untagged_cases, untagged_errors: carrying none of the tags looked at.
        overlap: whether any case carries two tags.
        pairs: tags with errors in common, most first.
        covers: the best sets of one, two and three tags.
        left_out: names of tags beyond `MOST_TAGS`, those with the fewest errors.
    """

    cases: int
    errors: int
    tags: tuple[Tag, ...]
    untagged_cases: int
    untagged_errors: int
    overlap: bool
    pairs: tuple[Pair, ...]
    covers: tuple[Cover, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cells:
    """A column of tags: for each row the place of its cell, and for each different cell its tags.

    Attributes:
        places: -1 for an empty cell.
    """

    places: npt.NDArray[Any]
    tags: Sequence[tuple[str, ...]]

    @classmethod
    def marked(cls, name: str, carries: Bools) -> Cells:
        """One tag, given as yes or no per row."""
        return cls(carries.astype(np.int8), ((), (name,)))


def analyse(wrong: Bools, columns: Sequence[Cells]) -> Analysis:
    """Count errors by tag.

    Args:
        wrong: per case, whether the model erred.
    """
    counts = _counts(wrong, columns)
    by_errors = sorted(counts, key=lambda name: (-counts[name][1], -counts[name][0], name))
    names = by_errors[:MOST_TAGS]
    every, erring = _carriers(names, columns, wrong)
    cases, errors = _size(every), _size(erring)
    return Analysis(
        cases=len(wrong),
        errors=int(wrong.sum()),
        tags=tuple(Tag(name, int(n), int(k)) for name, n, k in zip(names, cases, errors, strict=True)),
        untagged_cases=len(wrong) - int(_size(_union(every))),
        untagged_errors=int(wrong.sum()) - int(_size(_union(erring))),
        overlap=int(cases.sum()) > int(_size(_union(every))),
        pairs=_pairs(names, erring),
        covers=_covers(names, erring),
        left_out=tuple(by_errors[MOST_TAGS:]),
    )


def _counts(wrong: Bools, columns: Sequence[Cells]) -> dict[str, tuple[int, int]]:
    """Cases and errors per tag, enough to choose which are looked at; a tag in two columns is counted in both."""
    counts: dict[str, tuple[int, int]] = {}
    for column in columns:
        size = len(column.tags) + 1
        places = np.where(column.places < 0, size - 1, column.places)
        cases = np.bincount(places, minlength=size).tolist()
        errors = np.bincount(places[wrong], minlength=size).tolist()
        for i, tags in enumerate(column.tags):
            for tag in tags:
                before = counts.get(tag, (0, 0))
                counts[tag] = (before[0] + cases[i], before[1] + errors[i])
    return counts


def _carriers(names: Sequence[str], columns: Sequence[Cells], wrong: Bools) -> tuple[Words, Words]:
    """For each tag, the cases that carry it and, among the errors alone, the errors that do."""
    every = np.zeros((len(names), _words_for(len(wrong))), dtype=np.uint64)
    erring = np.zeros((len(names), _words_for(int(wrong.sum()))), dtype=np.uint64)
    for place, name in enumerate(names):
        carries = np.zeros(len(wrong), dtype=bool)
        for column in columns:
            holds = np.array([name in tags for tags in column.tags] + [False])
            if holds.any():
                carries |= holds[column.places]
        every[place], erring[place] = _packed(carries), _packed(carries[wrong])
    return every, erring


def _words_for(cases: int) -> int:
    return -(-cases // 64)


def _packed(flags: Bools) -> Words:
    padded = np.zeros(64 * _words_for(len(flags)), dtype=bool)
    padded[: len(flags)] = flags
    return np.packbits(padded).view(np.uint64)


def _size(words: Words) -> Ints:
    """How many cases are marked, along the last axis."""
    sizes: Ints = np.bitwise_count(words).sum(axis=-1, dtype=np.int64)
    return sizes


def _union(words: Words) -> Words:
    union: Words = np.bitwise_or.reduce(words, axis=0)
    return union


def _pairs(names: Sequence[str], erring: Words) -> tuple[Pair, ...]:
    pairs = []
    for place, one in enumerate(names):
        shared = _size(erring[place] & erring[place + 1 :])
        pairs += [Pair(one, other, n) for other, n in zip(names[place + 1 :], shared.tolist(), strict=True) if n]
    return tuple(sorted(pairs, key=lambda p: (-p.errors, p.one, p.other)))


def _covers(names: Sequence[str], erring: Words) -> tuple[Cover, ...]:
    """The best sets, found by looking at all that can still win: a set explains at most the sum of its tags' errors."""
    single = _size(erring)
    order = sorted(np.flatnonzero(single).tolist(), key=lambda i: (-single[i], names[i]))
    ordered, sets = [names[i] for i in order], erring[order]
    covers: list[Cover] = []
    for size in range(1, min(COVER_OF, len(order)) + 1):
        best = _best_cover(ordered, sets, size)
        if covers and best.errors <= covers[-1].errors:
            break
        covers.append(best)
    return tuple(covers)


def _best_cover(names: Sequence[str], sets: Words, size: int) -> Cover:
    """The set of `size` tags that explains most; `names` with most errors first."""
    single = _size(sets)
    best = Cover((), 0)

    def search(chosen: tuple[int, ...], covered: Words, start: int) -> None:
        nonlocal best
        missing = size - len(chosen)
        hoped = int(single[list(chosen)].sum() + single[start : start + missing].sum())
        if start + missing > len(names) or hoped <= best.errors:
            return
        if missing == 1:
            # The last tag is tried with all that are left at once.
            explained = _size(covered | sets[start:])
            place = int(explained.argmax())
            if explained[place] > best.errors:
                best = Cover(tuple(names[i] for i in (*chosen, start + place)), int(explained[place]))
            return
        for i in range(start, len(names) - missing + 1):
            search((*chosen, i), covered | sets[i], i + 1)

    search((), np.zeros(sets.shape[1], dtype=np.uint64), 0)
    return best
