"""How wide the columns of a table are, and which of them hold figures: the same on every kind of paper."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from scoping.answers import UNKNOWN_WORDS
from scoping.document.reader import NOT_STATED

_NUMBER = re.compile(
    r"(?:under |below |above )?[-+]?[^\w\s]{0,3}(?:[A-Z]{0,3}[^\w\s]|[A-Za-z]{2,3} )?\d[\d,.]*(?:\s?%| points?| [mbtr]+illion)?"
)
"""A count, a share or an amount of money, as the document writes them."""
_LONGEST_WORD, _SHORT_LINE = 17, 12
"""Letters of a word, and of a short line, that a column has room for; a longer word is broken."""


def is_open(cell: str) -> bool:
    """Whether a cell says that there is no answer yet."""
    return cell in (NOT_STATED, UNKNOWN_WORDS)


def are_numbers(rows: Sequence[Sequence[str]]) -> list[bool]:
    """For each column whether it holds numbers, so that they line up at the end."""
    return [
        any(map(_NUMBER.fullmatch, column)) and all(_NUMBER.fullmatch(c) or not c or is_open(c) for c in column)
        for column in zip(*rows, strict=True)
    ]


def widths(lines: Sequence[Sequence[str]], room: float) -> list[float]:
    """How many letters of a line each column gets, `room` in all.

    Each has room for its longest word; beyond that all columns are to need about as many lines, so that no row is taller than
    it must be.
    """
    columns = [[line for cell in column for line in cell.split("\n")] for column in zip(*lines, strict=True)]
    least = [_least(column) for column in columns]
    says = [_says(column) for column in columns]
    if sum(least) >= room:
        return [room * n / sum(least) for n in least]
    given = list(least)
    growing = set(range(len(columns)))
    while growing:
        share = (room - sum(given[n] for n in range(len(given)) if n not in growing)) / sum(says[n] for n in growing)
        held = {n for n in growing if says[n] * share < least[n]}
        for n in growing - held:
            given[n] = says[n] * share
        for n in held:
            given[n] = least[n]
        growing -= held
        if not held:
            break
    return given


def _says(lines: Sequence[str]) -> float:
    """How much a column has to say: long lines count for more, and so do columns with a word in most rows."""
    said = [len(line) for line in lines if line]
    return max(1.0, math.sqrt(sum(n * n for n in said) / max(len(said), 1)) * math.sqrt(math.sqrt(len(said) / len(lines))))


def _least(lines: Sequence[str]) -> float:
    """The letters that a column cannot do without: those of its longest word, and of lines that are short, such as days and names."""
    word = max((len(word) for line in lines for word in line.split()), default=1)
    line = max(map(len, lines), default=1)
    return float(max(min(word, _LONGEST_WORD), line if line <= _SHORT_LINE else 0) + 1)


def breakable(text: str, most: int, mark: str = "\N{ZERO WIDTH SPACE}") -> str:
    """A text whose words may be broken where they are longer than a line of so many letters."""
    size = max(most, 4)
    return re.sub(rf"\S{{{size}}}(?=\S)", lambda found: found.group() + mark, text)
