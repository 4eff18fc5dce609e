"""The annexes: the chapters of the document on paper, one after another. What is known besides stands on the working sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from math import sqrt
from typing import Any

from scoping.answers import UNKNOWN_WORDS
from scoping.blocks import Block, Facts, Missing, Paragraph, Table, Unknown
from scoping.charter import PART_BY_SLUG
from scoping.document.paper import Chapter
from scoping.document.reader import NOT_STATED
from scoping.export.workbook.openpoints import OPEN_POINTS
from scoping.export.workbook.printed import pages
from scoping.export.workbook.printed.letters import width
from scoping.export.workbook.printed.pages import UNITS, Cell, Row
from scoping.export.workbook.sheet import Sheet
from scoping.export.workbook.styles import GRID, INK, PALE, SOFT, TEAL, UNKNOWN_INK, Props

NAME = "Annexes"
ELSEWHERE = frozenset({"Sign-off", "Ratings for the portfolio"})
"""Chapters that page one has, and those that only compare projects."""
MOST_ROWS = 40
"""Of a table; the working sheet has all."""
_NOTHING = "The annexes write themselves from what the eight steps say. Nothing is written yet."
_LABEL, _HALF = 24, UNITS // 2
_LEAST, _WIDEST_WORD = 5, 24
"""Columns of the grid that a column of a table takes at least, and that a long word may ask for."""
_TEXT: Props = {"font_color": INK}
_CHAPTER: Props = {"bold": True, "font_color": "#FFFFFF", "valign": "vcenter"}
_BAND: Props = {"bg_color": TEAL}
_TITLE: Props = {"bold": True, "font_color": TEAL, "valign": "bottom"}
_HEAD: Props = {"bold": True, "font_color": INK, "valign": "bottom"}
_BEHIND_HEAD: Props = {"bg_color": PALE, "bottom": 1, "bottom_color": TEAL}
_LINE: Props = {"bottom": 4, "bottom_color": GRID}
_OPEN: Props = {"font_color": UNKNOWN_INK, "italic": True}
_GAP, _BREATH = Row((), height=5), Row((), height=2, stays=True)
_FIGURE = r"[-+]?[^\w\s]{0,2}\d[\d,.]*(?:\s?%| [mb]illion)?"
_NUMBER = re.compile(f"{_FIGURE}(?: to {_FIGURE})?")


def write(sheet: Sheet, chapters: Iterable[Chapter]) -> None:
    """Write the chapters that belong on paper."""
    pages.set_up(sheet)
    rows = [
        part for chapter in chapters if chapter.title not in ELSEWHERE for row in _chapter(chapter) for part in pages.split(row)
    ]
    pages.write(sheet, pages.paginated(rows or [_wide(_NOTHING, {"font_color": SOFT})]))
    if not rows:
        sheet.keep_off_paper()


def _wide(text: str, look: Props, **more: Any) -> Row:
    return Row((Cell(0, UNITS - 1, text, look),), **more)


def _chapter(chapter: Chapter) -> Iterator[Row]:
    blocks = [block for block in chapter.blocks if not isinstance(block, Paragraph) or block.text]
    if not blocks:
        return
    yield _GAP
    yield _wide(f"{chapter.number}. {chapter.title}", _CHAPTER, stays=True, height=16, props=_BAND)
    yield _BREATH
    for block in blocks:
        yield from _block(block, chapter)


def _block(block: Block, chapter: Chapter) -> Iterator[Row]:
    match block:
        case Paragraph(text):
            yield _wide(text, _TEXT)
        case Missing(sentence):
            yield _wide(f"Missing: {sentence}", _OPEN)
        case Unknown(sentence):
            yield _wide(f"Not known yet: {sentence}", _OPEN)
        case Facts(facts, title):
            yield from _titled(title)
            yield from _facts(facts)
        case Table():
            yield from _titled(block.title)
            yield from _table(block, chapter)


def _titled(title: str) -> Iterator[Row]:
    if title:
        yield _wide(title, _TITLE, stays=True, height=16)


def _looks(text: str) -> Props:
    return _OPEN if text in (NOT_STATED, UNKNOWN_WORDS) else _TEXT


def _facts(facts: Sequence[tuple[str, str]]) -> Iterator[Row]:
    """Labels with what they say, two beside each other where both are short."""
    waiting: tuple[str, str] | None = None
    for fact in facts:
        if not _is_short(fact):
            if waiting:
                yield Row(_fact(*waiting, 0, UNITS), props=_LINE)
            waiting = None
            yield Row(_fact(*fact, 0, UNITS), props=_LINE)
        elif waiting:
            yield Row((*_fact(*waiting, 0, _HALF), *_fact(*fact, _HALF, UNITS)), props=_LINE)
            waiting = None
        else:
            waiting = fact
    if waiting:
        yield Row(_fact(*waiting, 0, UNITS), props=_LINE)


def _is_short(fact: tuple[str, str]) -> bool:
    label, said = _fact(*fact, 0, _HALF)
    return len(label.lines) <= 2 and len(said.lines) == 1


def _fact(label: str, said: str, first: int, end: int) -> tuple[Cell, Cell]:
    return Cell(first, first + _LABEL - 2, label, {"font_color": SOFT}), Cell(first + _LABEL, end - 2, said, _looks(said))


def _table(table: Table, chapter: Chapter) -> Iterator[Row]:
    """A table without the columns in which nothing stands."""
    columns = [column for column in zip(table.headers, *table.rows[:MOST_ROWS], strict=True) if any(column[1:])]
    if not columns:
        return
    numbers = [_holds_numbers(texts) for _, *texts in columns]
    spans = list(_spans(_widths(columns, numbers)))
    right: list[Props] = [{"align": "right"} if is_number else {} for is_number in numbers]
    headers, *rows = zip(*columns, strict=True)
    head = Row(
        tuple(Cell(*span, words, {**_HEAD, **side}) for span, words, side in zip(spans, headers, right, strict=True)),
        stays=True,
        props=_BEHIND_HEAD,
    )
    yield from (*pages.split(head), _BREATH)
    for texts in rows:
        cells = (Cell(*span, text, {**_looks(text), **side}) for span, text, side in zip(spans, texts, right, strict=True))
        yield Row(tuple(cells), head=(head, _BREATH), props=_LINE)
    if more := len(table.rows) - len(rows):
        sheet = PART_BY_SLUG[chapter.part].title if chapter.part else OPEN_POINTS
        yield _wide(f"… and {more} more on the sheet “{sheet}”.", {"font_color": SOFT})


def _holds_numbers(column: Sequence[str]) -> bool:
    """Whether most of what stands in a column are numbers, so that they line up at the right."""
    said = [text for text in column if text and text not in (NOT_STATED, UNKNOWN_WORDS)]
    return len([text for text in said if _NUMBER.fullmatch(text)]) * 2 > len(said)


def _widths(table: Sequence[tuple[str, ...]], numbers: Sequence[bool]) -> list[int]:
    """How many columns of the grid each column takes, so that the table is as short as it gets."""
    least, columns = [], []
    for (header, *texts), is_number in zip(table, numbers, strict=True):
        cells = [[_words(header, bold=True)], *([_words(line) for line in text.split("\n")] for text in texts)]
        longest = max(width(line) for text in texts for line in text.split("\n")) if is_number else max(chain(*chain(*cells[1:])))
        least.append(_units(max(longest, *cells[0][0]), _WIDEST_WORD))
        columns.append(cells)
    return _shortest(_begun(least, columns), least, columns)


_Columns = Sequence[Sequence[Sequence[Sequence[float]]]]
"""For each column its cells, for each cell its paragraphs as the widths of their words; the header is the first cell."""


def _units(need: float, most: int = UNITS) -> int:
    """Columns of the grid for that much text, and one before the next text."""
    units = _LEAST
    while units < most and pages.room(units - 1) < need:
        units += 1
    return units


def _begun(least: list[int], columns: _Columns) -> list[int]:
    """Widths that fit on paper: what each column needs at least, and of the rest a share by how much text it has."""
    units = list(least)
    while sum(units) > UNITS:
        units[units.index(max(units))] -= 1
    rest, weights = UNITS - sum(units), [sqrt(sum(sum(map(sum, cell)) for cell in cells)) for cells in columns]
    shares = [int(rest * weight / (sum(weights) or 1)) for weight in weights]
    shares[weights.index(max(weights))] += rest - sum(shares)
    return [own + share for own, share in zip(units, shares, strict=True)]


def _shortest(units: list[int], least: list[int], columns: _Columns) -> list[int]:
    """Move room from column to column as long as that makes the table shorter."""
    tall = [_lines(cells, own) for cells, own in zip(columns, units, strict=True)]
    for step in (8, 4, 2, 1):
        better = True
        while better:
            better = False
            now = sum(map(max, zip(*tall, strict=True)))
            for taker in range(len(units)):
                wider = _lines(columns[taker], units[taker] + step)
                for giver in range(len(units)):
                    if giver == taker or units[giver] - step < least[giver]:
                        continue
                    changed = [*tall]
                    changed[taker], changed[giver] = wider, _lines(columns[giver], units[giver] - step)
                    if sum(map(max, zip(*changed, strict=True))) < now:
                        units[taker], units[giver], tall, better = units[taker] + step, units[giver] - step, changed, True
                        break
                if better:
                    break
    return units


def _lines(cells: Sequence[Sequence[Sequence[float]]], units: int) -> list[int]:
    """How many lines each cell takes."""
    room = pages.room(units - 1)
    return [sum(_count(words, room) for words in cell) for cell in cells]


def _count(words: Sequence[float], room: float) -> int:
    count, used = 1, -_SPACE
    for need in words:
        used += _SPACE + need
        if used > room:
            count, used = count + 1, need
            if need > room:
                count, used = count + int(need / room), need % room
    return count


def _words(line: str, *, bold: bool = False) -> list[float]:
    return [width(word, bold=bold) for word in line.split(" ")]


_SPACE = width(" ")


def _spans(units: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = 0
    for count in units:
        yield first, first + count - 2
        first += count
