"""Error analysis: which tags errors carry, alone and together, and which few tags explain most of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

MOST_TAGS = 62
"""Tags looked at together: one bit each in a whole number."""
COVER_OF = 3
"""The largest set of tags that is searched for."""

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


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


@dataclass(frozen=True)
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
    looked_at = by_errors[:MOST_TAGS]
    bits = {name: 1 << i for i, name in enumerate(looked_at)}
    codes: Ints = np.zeros(len(wrong), dtype=np.int64)
    for column in columns:
        masks = np.array([_mask(tags, bits) for tags in column.tags] + [0], dtype=np.int64)
        codes |= masks[column.places]
    patterns, cases, errors = _patterns(codes, wrong)
    erring = errors > 0
    plain = patterns == 0
    return Analysis(
        cases=len(wrong),
        errors=int(wrong.sum()),
        tags=tuple(_tag(name, bits[name], patterns, cases, errors) for name in looked_at),
        untagged_cases=int(cases[plain].sum()),
        untagged_errors=int(errors[plain].sum()),
        overlap=bool(np.any(patterns & (patterns - 1))),
        pairs=_pairs(bits, patterns[erring], errors[erring]),
        covers=_covers(bits, patterns[erring], errors[erring]),
        left_out=tuple(by_errors[MOST_TAGS:]),
    )


def _counts(wrong: Bools, columns: Sequence[Cells]) -> dict[str, tuple[int, int]]:
    """Cases and errors per tag, enough to choose which are looked at; a tag in two columns is counted in both."""
    found: dict[str, tuple[int, int]] = {}
    for column in columns:
        size = len(column.tags) + 1
        places = np.where(column.places < 0, size - 1, column.places)
        cases = np.bincount(places, minlength=size).tolist()
        errors = np.bincount(places[wrong], minlength=size).tolist()
        for i, tags in enumerate(column.tags):
            for tag in tags:
                before = found.get(tag, (0, 0))
                found[tag] = (before[0] + cases[i], before[1] + errors[i])
    return found


def _mask(tags: tuple[str, ...], bits: Mapping[str, int]) -> int:
    mask = 0
    for tag in tags:
        mask |= bits.get(tag, 0)
    return mask


def _patterns(codes: Ints, wrong: Bools) -> tuple[Ints, Ints, Ints]:
    """The different sets of tags that occur, with their cases and errors."""
    import pandas as pd

    places, patterns = pd.factorize(codes)
    cases = np.bincount(places, minlength=len(patterns))
    errors = np.bincount(places[wrong], minlength=len(patterns))
    return np.asarray(patterns, dtype=np.int64), cases, errors


def _tag(name: str, bit: int, patterns: Ints, cases: Ints, errors: Ints) -> Tag:
    carries = (patterns & bit) != 0
    return Tag(name, int(cases[carries].sum()), int(errors[carries].sum()))


def _pairs(bits: Mapping[str, int], patterns: Ints, errors: Ints) -> tuple[Pair, ...]:
    found = []
    for one, other in combinations(bits, 2):
        both = bits[one] | bits[other]
        shared = int(errors[(patterns & both) == both].sum())
        if shared:
            found.append(Pair(one, other, shared))
    return tuple(sorted(found, key=lambda p: (-p.errors, p.one, p.other)))


def _covers(bits: Mapping[str, int], patterns: Ints, errors: Ints) -> tuple[Cover, ...]:
    """The best sets, found by looking at all that can still win: a set explains at most the sum of its tags' errors."""
    single = {name: int(errors[(patterns & bit) != 0].sum()) for name, bit in bits.items()}
    names = sorted((n for n in bits if single[n]), key=lambda n: (-single[n], n))
    covers: list[Cover] = []
    for size in range(1, min(COVER_OF, len(names)) + 1):
        best = _best_cover(names, single, bits, patterns, errors, size)
        if covers and best.errors <= covers[-1].errors:
            break
        covers.append(best)
    return tuple(covers)


def _best_cover(
    names: Sequence[str], single: Mapping[str, int], bits: Mapping[str, int], patterns: Ints, errors: Ints, size: int
) -> Cover:
    best = Cover((), 0)

    def search(chosen: tuple[str, ...], start: int) -> None:
        nonlocal best
        if len(chosen) == size:
            mask = _mask(chosen, bits)
            covered = int(errors[(patterns & mask) != 0].sum())
            if covered > best.errors:
                best = Cover(chosen, covered)
            return
        missing = size - len(chosen)
        for i in range(start, len(names) - missing + 1):
            hoped = sum(single[n] for n in chosen) + sum(single[n] for n in names[i : i + missing])
            if hoped <= best.errors:
                return
            search((*chosen, names[i]), i + 1)

    search((), 0)
    return best
