"""Rows of cells become columns: which row names them, which rows do not fit, and a sample of very long tables."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from scoping.section import SHORT, clean
from scoping.tables.cells import values, words
from scoping.tables.table import SEED, Drawn, Passing, UnreadableTableError, Values
from scoping.words import count, short

if TYPE_CHECKING:
    from scoping.tables.table import Tell

Piece = tuple[float, dict[str, Values]]
"""The share of the file that is read by then, and rows as columns of text."""
Row = Sequence[Any]
COLUMNS = 2_000
CELLS = 20_000_000
"""What one process holds; tables with very many columns are sampled to fewer rows."""
_LOOKED_AT = 200
_TITLE_ROWS = 50
_AT_ONCE = 10_000
_CELLS_AT_ONCE = 500_000


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table whose rows can be walked through more than once.

    Attributes:
        rows: walks through all rows that are not blank.
        number: of the line or row that the walk comes to as its first (0), second (1) and so on.
        share: how far the walk is, from 0 to 1.
        place: what a row is called: "Line" or "Row".
        pads: whether cells may be missing at the end of a row.
        quick: all rows from the given line on under the given names, by a shorter way that knows no sentence for a row that
            does not fit; it raises ArrowInvalid instead.
    """

    rows: Callable[[], Iterator[Row]]
    number: Callable[[int], int]
    share: Callable[[], float]
    place: str
    pads: bool
    notes: tuple[str, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    quick: Callable[[int, Sequence[str]], Iterator[Piece]] | None = None

    def begin(self, at_most: int) -> Drawn:
        """The first rows."""
        head = self._head()
        rows = next(self._batches(head, at_most + 1, head.above), [])
        kept = [_turned(head.names, rows[:at_most])] if rows else []
        return self._drawn(head, kept, min(len(rows), at_most), is_whole=len(rows) <= at_most)

    def draw(self, at_most: int, tell: Tell) -> Drawn:
        """All rows; of more than `at_most`, a random sample in the order of the file."""
        head = self._head()
        at_most = max(1, min(at_most, CELLS // len(head.names)))
        kept: list[dict[str, Values]] = []
        seen = 0
        for share, columns in self._pieces(head):
            seen += _rows_of(columns)
            tell(share / (2 if seen > at_most else 1), f"Reading: {count(seen, 'row')} so far")
            if seen <= at_most:
                kept.append(columns)
            else:
                kept.clear()
        if seen > at_most:
            # Which rows are drawn can only be said when all have been counted, so they are read a second time.
            kept = list(self._sample(head, seen, at_most, tell))
        return self._drawn(head, kept, seen, is_whole=seen <= at_most)

    def passing(self) -> Passing:
        """All rows, piece by piece."""
        head = self._head()
        pieces = ((share, texts(columns)) for share, columns in self._pieces(head))
        return Passing(pieces, head.unnamed, (*self.notes, *head.notes, *_naming_notes(head, head.unnamed)))

    def _sample(self, head: _Head, total: int, at_most: int, tell: Tell) -> Iterator[dict[str, Values]]:
        chosen = np.zeros(total, dtype=bool)
        chosen[np.random.default_rng(SEED).choice(total, at_most, replace=False)] = True
        seen = 0
        for share, columns in self._pieces(head):
            rows = _rows_of(columns)
            mask = pa.array(chosen[seen : seen + rows])
            yield {name: column.filter(mask) for name, column in columns.items()}
            seen += rows
            tell(0.5 + share / 2, "Drawing the sample")

    def _pieces(self, head: _Head) -> Iterator[Piece]:
        passed = 0
        if self.quick:
            # The long way finds out which row it is that does not fit, or reads it.
            with contextlib.suppress(pa.ArrowInvalid):
                for share, columns in self.quick(self.number(head.above), head.names):
                    yield share, columns
                    passed += _rows_of(columns)
                return
        at_once = max(100, min(_AT_ONCE, _CELLS_AT_ONCE // len(head.names)))
        for rows in self._batches(head, at_once, head.above + passed):
            yield self.share(), _turned(head.names, rows)

    def _batches(self, head: _Head, at_once: int, seen: int) -> Iterator[list[Row]]:
        """The rows behind those seen, each as wide as the table. Raises UnreadableTableError where there are more or fewer cells."""
        width = len(head.names)
        walk = islice(self.rows(), seen, None)
        while rows := list(islice(walk, at_once)):
            if set(map(len, rows)) != {width}:
                rows = [row if len(row) == width else self._fit(head, seen + i, row) for i, row in enumerate(rows)]
            yield rows
            seen += len(rows)

    def _drawn(self, head: _Head, kept: list[dict[str, Values]], rows: int, *, is_whole: bool) -> Drawn:
        columns = {name: _joined([piece[name] for piece in kept]) for name in head.names}
        # What nobody named and nobody filled is a trailing delimiter or a formatted but empty column.
        gone = [name for name in head.unnamed if _is_blank(columns[name])]
        for name in gone:
            del columns[name]
        if not columns:
            raise UnreadableTableError("The table is empty.", "Choose a file with column names and rows.")
        notes = (*self.notes, *head.notes, *_naming_notes(head, [n for n in head.unnamed if n not in gone]))
        return Drawn(columns=columns, rows=rows, is_whole=is_whole, notes=notes, sheet=self.sheet, sheets=self.sheets)

    def _fit(self, head: _Head, at: int, cells: Row) -> Row:
        width, needed = len(head.names), len(head.names)
        while needed and head.names[needed - 1] in head.unnamed:
            needed -= 1
        more = [cell for cell in cells[width:] if not _blank(cell)]
        if more:
            raise UnreadableTableError(
                f"{self._called(at)} has {count(len(cells), 'cell')}, but there are {count(width, 'column')}; “{short(words(more[0]), 60)}” is one too "
                "many.",
                "Put text that contains the separator between quotation marks, or name the column.",
            )
        if len(cells) < needed and not self.pads:
            raise UnreadableTableError(
                f"{self._called(at)} has {count(len(cells), 'cell')}, but there are {count(width, 'column')}; "
                f"there is none for “{short(head.names[len(cells)], 60)}”.",
                "Complete or remove that line, or download the file again if it was cut short.",
            )
        return [*cells[:width], *[None] * (width - len(cells))]

    def _called(self, at: int) -> str:
        return f"{self.place} {self.number(at)}"

    def _head(self) -> _Head:
        beginning = list(islice(self.rows(), _LOOKED_AT))
        if not beginning:
            raise UnreadableTableError("The table is empty.", "Choose a file with column names and rows.")
        widths = [_width(cells) for cells in beginning]
        if max(widths) > COLUMNS:
            raise UnreadableTableError(
                f"The table has {count(max(widths), 'column')}; at most {COLUMNS:,} can be read.", "Keep the columns that matter."
            )
        usual = max(Counter(widths[1:] or widths).items(), key=lambda item: (item[1], item[0] == widths[0], item[0]))[0]
        at = 0
        if widths[0] < usual:
            at = next(i for i, width in enumerate(widths) if width >= usual)
            self._refuse_unless_names(beginning[: at + 1], usual)
        return self._named(beginning, at, max(usual, widths[at]))

    def _refuse_unless_names(self, rows: Sequence[Row], usual: int) -> None:
        """Only titles above the names are passed over: a row of values must never become the names."""
        *titles, row = rows
        are_titles = len(titles) <= _TITLE_ROWS and all(_width(cells) <= max(1, usual // 2) for cells in titles)
        if not are_titles or not _could_be_names(row[:usual]):
            raise UnreadableTableError(
                f"{self._called(0)} names {count(_width(titles[0]), 'column')}, but {self._called(len(titles)).casefold()} has "
                f"{count(_width(row), 'cell')}.",
                "Name every column in the first line, and remove titles above it.",
            )

    def _named(self, beginning: Sequence[Row], at: int, width: int) -> _Head:
        cells = beginning[at]
        notes = []
        if at:
            title = short(" ".join(map(words, beginning[0])), 60)
            notes.append(f"{self._called(at)} names the columns; what stands above it (“{title}”) was passed over.")
        is_values = all(_is_number(cell) for cell in cells if not _blank(cell)) and not _count_up(cells)
        if is_values:
            notes.append(f"{self._called(at)} holds numbers rather than names, so the columns are numbered.")
        given = [] if is_values else [_name(cell) for cell in cells[:width]]
        given += [""] * (width - len(given))
        above = at if is_values else at + 1
        if above == len(beginning):
            raise UnreadableTableError(
                "The table has column names but no rows below them.", "Choose a file with at least one row of values."
            )
        return _Head(*_unique(given), above=above, notes=tuple(notes), given=tuple(given))


@dataclass(frozen=True)
class _Head:
    """Which row names the columns.

    Attributes:
        names: unique.
        unnamed: those of `names` that stand for an empty name.
        above: how many rows stand above the first row of values.
        given: the names as the file has them.
    """

    names: tuple[str, ...]
    unnamed: tuple[str, ...]
    above: int
    notes: tuple[str, ...]
    given: tuple[str, ...]


def _blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _width(cells: Sequence[Any]) -> int:
    return next((i for i in range(len(cells), 0, -1) if not _blank(cells[i - 1])), 0)


def _is_number(cell: Any) -> bool:
    if not isinstance(cell, str):
        return True
    text = cell.strip().replace(",", ".")
    return text.lstrip("+-")[:1].isdigit() and text.lstrip("+-").replace(".", "", 1).isdecimal()


def _count_up(cells: Sequence[Any]) -> bool:
    """Whether these count on as years do, or 0, 1, 2 as programs number columns without names."""
    told = [words(cell).strip() for cell in cells]
    return len(told) > 2 and told[0].isdecimal() and told == [str(int(told[0]) + i) for i in range(len(told))]


def _could_be_names(cells: Sequence[Any]) -> bool:
    named = list(dropwhile(_blank, cells))
    return not any(_blank(cell) or _is_number(cell) for cell in named) and len(set(map(words, named))) == len(named)


def _name(cell: Any) -> str:
    return short(str(clean(words(cell))), SHORT)


def unique(given: Iterable[str]) -> tuple[str, ...]:
    """Names that differ: a repeated one gets a number, an empty one its place."""
    return _unique([_name(name) for name in given])[0]


def _unique(given: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    taken = set(given)
    names: list[str] = []
    unnamed = []
    for place, name in enumerate(given, 1):
        chosen = name or f"Column {place}"
        number = 1
        while chosen in names or (chosen != name and chosen in taken):
            number += 1
            chosen = f"{name or f'Column {place}'} ({number})"
        names.append(chosen)
        if not name:
            unnamed.append(chosen)
    return tuple(names), tuple(unnamed)


def _naming_notes(head: _Head, unnamed: Sequence[str]) -> Iterator[str]:
    if unnamed and any(head.given):
        yield (
            f"{count(len(unnamed), 'column')} have no name, the first is called “{unnamed[0]}” here."
            if len(unnamed) > 1
            else f"One column has no name; it is called “{unnamed[0]}” here."
        )
    twice = [(name, given) for name, given in zip(head.names, head.given, strict=True) if given and name != given]
    if twice:
        name, given = twice[0]
        more = f" So {'is' if len(twice) == 2 else 'are'} {len(twice) - 1} more." if len(twice) > 1 else ""
        yield f"More than one column is called “{short(given, 60)}”; the next one is called “{short(name, 70)}” here.{more}"


def texts(columns: dict[str, Values]) -> pd.DataFrame:
    """Columns as the text they are."""
    return pd.DataFrame({name: column.cast(pa.string()).to_pandas() for name, column in columns.items()})


def _turned(names: Sequence[str], rows: Sequence[Row]) -> dict[str, Values]:
    return {name: values(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


def _rows_of(columns: dict[str, Values]) -> int:
    return len(next(iter(columns.values())))


def _joined(chunks: Sequence[Values]) -> Values:
    kinds = {chunk.type for chunk in chunks if chunk.null_count < len(chunk)}
    if len(kinds) <= 1:
        kind = next(iter(kinds), pa.string())
        chunks = [chunk.cast(kind) if chunk.type == kind else pa.chunked_array([pa.nulls(len(chunk), kind)]) for chunk in chunks]
    elif kinds == {pa.int64(), pa.float64()}:
        chunks = [chunk.cast(pa.float64(), safe=False) for chunk in chunks]
    else:
        chunks = [_worded(chunk) for chunk in chunks]
    return pa.chunked_array([array for chunk in chunks for array in chunk.chunks])


def _worded(chunk: Values) -> Values:
    return pa.chunked_array([pa.array([None if cell is None else words(cell) for cell in chunk.to_pylist()], pa.string())])


def _is_blank(column: Values) -> bool:
    if pa.types.is_string(column.type):
        column = pc.if_else(pc.equal(pc.utf8_trim_whitespace(column), ""), None, column)
    return bool(column.null_count == len(column))
