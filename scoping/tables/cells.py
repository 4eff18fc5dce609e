"""What the cells of a column hold: numbers in either notation, dates, yes or no, or text; anything doubtful stays text and is said."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from scoping.tables import dates, notation, numerals
from scoping.tables.notation import Mark
from scoping.tables.table import Holds, Values
from scoping.tables.table_words import table_words
from scoping.tables.texts import all_match, missing_marks, trimmed
from scoping.words import short

_MOSTLY = 0.9
"""A column of which this share are numbers was meant to hold numbers, so the cell that is none is named."""


@dataclass(frozen=True)
class Typed:
    """Columns as they are measured.

    Attributes:
        kinds: by column, in the order of the frame.
        notes: what was doubtful, a sentence each.
    """

    frame: pd.DataFrame
    kinds: Mapping[str, Holds]
    notes: tuple[str, ...]


def words(cell: Any) -> str:
    """A cell as text: whole numbers without decimals, dates as 2026-01-31; "" for a missing one."""
    if cell is None or cell != cell:  # noqa: PLR0124  only what is not a number differs from itself
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, datetime):
        return (
            cell.date().isoformat()
            if cell == datetime.combine(cell.date(), datetime.min.time(), cell.tzinfo)
            else cell.isoformat(" ")
        )
    return str(cell)


def plain(column: Any) -> list[Any]:
    """The cells of a column as Python has them; None for a missing one."""
    return [None if pd.isna(cell) else getattr(cell, "item", lambda cell=cell: cell)() for cell in column]


def values(cells: Sequence[Any]) -> Values:
    """Cells as one column: of one kind where they are, otherwise as text."""
    # Nearly all cells are text, and asking each for its kind takes longer than trying.
    with contextlib.suppress(pa.ArrowTypeError, pa.ArrowInvalid):
        return pa.chunked_array([pa.array(cells, pa.string())])
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds == {bool}:
        column = pa.array(cells, pa.bool_())
    elif kinds <= {int, float, Decimal} and not any(isinstance(cell, int) and abs(cell) >= 2**53 for cell in cells):
        column = pa.array(cells, pa.int64()) if kinds == {int} else _floats(cells)
    elif kinds <= {date, datetime} and not any(getattr(cell, "tzinfo", None) for cell in cells):
        column = pa.array([_moment(cell) for cell in cells], pa.timestamp("us"))
    else:
        column = pa.array([None if cell is None else words(cell) for cell in cells], pa.string())
    return pa.chunked_array([column])


def _floats(cells: Sequence[Any]) -> pa.Array:
    return pa.array([None if cell is None else float(cell) for cell in cells], pa.float64())


def _moment(cell: date | datetime | None) -> datetime | None:
    return datetime.combine(cell, datetime.min.time()) if type(cell) is date else cell  # type: ignore[return-value]


def typed(
    columns: Mapping[str, Values], *, as_text: bool = False, values: Collection[str] = (), has_all_rows: bool = True
) -> Typed:
    """Columns as numbers, dates, truth values or text; with `as_text` each as the text it is.

    Whole numbers with missing cells, and all other numbers, become floats; truth values with missing cells `boolean`;
    moments are without a time zone (UTC where the file has zones); text is `str` with NaN for missing.

    Args:
        values: marks such as NA that are answers of their own here rather than missing.
        has_all_rows: whether a row can be named by its place.
    """
    if as_text:
        texts = {name: _strings(_as_text(column)) for name, column in columns.items()}
        return Typed(pd.DataFrame(texts), {name: _kind_of_text(column) for name, column in texts.items()}, ())
    reader = _Reader(frozenset(values), cache(lambda: numerals.decimal_mark(columns)), has_all_rows)
    read = {name: reader.column(name, column) for name, column in columns.items()}
    # Of what is said once for the file, the longest has an example.
    notes = [max((column.file_note for column in read.values()), key=len, default="")]
    notes += [note for column in read.values() for note in column.notes]
    return Typed(
        pd.DataFrame({name: column.series for name, column in read.items()}),
        {name: column.kind for name, column in read.items()},
        tuple(filter(None, notes)),
    )


def reread(column: pd.Series) -> pd.Series:
    """A column of a table in memory. What was read before as text, marks kept on purpose among it, is text again."""
    cells = pa.array(column, from_pandas=True) if column.dtype == "str" else None
    read = values(plain(column)) if cells is None else pa.chunked_array([cells.cast(pa.string())])
    reader = _Reader(None, lambda: None, has_all_rows=True)
    return reader.column("", read).series.set_axis(column.index)


def _kind_of_text(series: pd.Series) -> Holds:
    return Holds.NOTHING if series.isna().all() else Holds.TEXT


def _strings(column: Values) -> pd.Series:
    return pd.Series(column.to_pandas(), dtype="str")


def _as_text(column: Values) -> Values:
    if not pa.types.is_string(column.type):
        column = pa.chunked_array([pa.array([None if cell is None else words(cell) for cell in column.to_pylist()], pa.string())])
    return trimmed(column)


class _Column(NamedTuple):
    """A column as it is measured, what is said of it, and what is said once for the whole file."""

    series: pd.Series
    kind: Holds
    notes: tuple[str, ...] = ()
    file_note: str = ""


def _nothing(rows: int) -> pd.Series:
    return pd.Series([float("nan")] * rows, dtype="float64")


def _truths(column: Values) -> pd.Series:
    return pd.Series(pd.array(column.to_pylist(), dtype="boolean" if column.null_count else "bool"))


def _whole(column: Values) -> pd.Series:
    return column.cast(pa.float64(), safe=False).to_pandas() if column.null_count else column.cast(pa.int64()).to_pandas()


def _numbers(name: str, column: Values) -> _Column:
    finite = pc.is_finite(column)
    notes: tuple[str, ...] = ()
    if pc.any(pc.is_inf(column)).as_py():
        notes = (f"“{short(name, 60)}” holds infinite numbers; they count as missing.",)
    column = pc.if_else(finite, column, None)
    if pc.all(pc.and_(pc.equal(pc.floor(column), column), pc.less(pc.abs(column), 2.0**53))).as_py():
        return _Column(_whole(column if column.null_count else column.cast(pa.int64())), Holds.WHOLE, notes)
    return _Column(column.cast(pa.float64()).to_pandas(), Holds.NUMBER, notes)


@dataclass(frozen=True)
class _Texts:
    """The different texts of a column, each judged once.

    Attributes:
        different: without blanks before and behind.
        place: per row the place of its text; null for an empty cell.
    """

    different: pa.Array
    place: pa.Array

    def rows(self, chosen: pa.Array) -> int:
        """How many rows hold one of the chosen texts."""
        return pc.sum(chosen.take(self.place)).as_py() or 0

    def first(self, chosen: pa.Array) -> tuple[str, int]:
        """The first of the chosen texts, and the number of its row, the first being 1."""
        hit = pc.fill_null(chosen.take(self.place), False)
        row = pc.index(hit, True).as_py()
        return self.different[self.place[row].as_py()].as_py(), row + 1


@dataclass(frozen=True)
class _Reader:
    """Reads the columns of one file."""

    values: frozenset[str] | None
    mark: numerals.DecimalMark
    has_all_rows: bool

    def column(self, name: str, column: Values) -> _Column:
        kind = column.type
        if column.null_count == len(column):
            return _Column(_nothing(len(column)), Holds.NOTHING)
        if pa.types.is_boolean(kind):
            return _Column(_truths(column), Holds.YES_NO)
        if pa.types.is_timestamp(kind):
            return _Column(column.to_pandas(), Holds.DATE)
        if pa.types.is_integer(kind):
            return _Column(_whole(column), Holds.WHOLE)
        if pa.types.is_floating(kind):
            return _numbers(name, column)
        return self._read(name, trimmed(column))

    def _read(self, name: str, text: Values) -> _Column:
        """A column of text as what it was meant to be."""
        coded = text.combine_chunks().dictionary_encode()
        texts = _Texts(coded.dictionary, coded.indices)
        if not len(texts.different):
            return _Column(_nothing(len(text)), Holds.NOTHING)
        marks = missing_marks(texts.different, self.values)
        words_too = pc.or_(marks, pc.is_in(pc.utf8_lower(texts.different), pa.array(sorted(table_words().not_known))))
        for meant, absent in ((_truth, marks), (self._number, words_too), (dates.moments, words_too)):
            known = pc.if_else(absent, None, texts.different)
            if known.null_count == len(known):
                continue
            if read := meant(known):
                column = self.column(name, pa.chunked_array([read.take(texts.place)]))
                odd = pc.and_(pc.is_null(read), pc.invert(absent))
                notes = (*self._missing(name, texts, absent), *self._odd(name, texts, odd))
                return _Column(column.series, column.kind, notes, self._by_mark(known) if meant == self._number else "")
        known = pc.if_else(marks, None, texts.different)
        notes = self._missing(name, texts, marks)
        if known.null_count == len(known):
            return _Column(_nothing(len(text)), Holds.NOTHING, notes)
        doubt = self._doubt(name, texts, pc.if_else(words_too, None, texts.different))
        return _Column(_strings(pa.chunked_array([known.take(texts.place)])), Holds.TEXT, (*notes, *filter(None, [doubt])))

    def _number(self, known: pa.Array) -> pa.Array | None:
        written = numerals.of_column(known)
        if written is None or numerals.unlike_units(written.units) or not written.are_nearly_all:
            return None
        way = written.way(self.mark)
        return None if way is None else written.read(way)

    # What is said

    def _row(self, row: int) -> str:
        return f" in data row {row:,}" if self.has_all_rows else ""

    def _missing(self, name: str, texts: _Texts, absent: pa.Array) -> tuple[str, ...]:
        count = texts.rows(absent)
        if not count:
            return ()
        text, row = texts.first(absent)
        cells = f"{count:,} cells such as “{text}” count" if count > 1 else f"one cell says “{text}” and counts"
        where = f" The first stands{self._row(row)}." if self.has_all_rows else ""
        return (f"“{short(name, 60)}”: {cells} as missing.{where}",)

    def _odd(self, name: str, texts: _Texts, odd: pa.Array) -> tuple[str, ...]:
        count = texts.rows(odd)
        if not count:
            return ()
        text, row = texts.first(odd)
        told = f"“{short(text, 40)}”{self._row(row)}"
        cells = (
            f"{count:,} cells are no numbers and count as missing, first {told}"
            if count > 1
            else f"{told} is no number and counts as missing"
        )
        return (f"“{short(name, 60)}”: {cells}.",)

    def _by_mark(self, known: pa.Array) -> str:
        """How numbers are read, where it is not the usual way."""
        written = numerals.of_column(known)
        if written is None or written.way(self.mark) is not Mark.COMMA:
            return ""
        telling = known.filter(pc.fill_null(pc.match_substring(known, ","), False))
        example = f", as in “{short(telling[0].as_py(), 40)}”" if len(telling) else ""
        return f"Numbers are read with {Mark.COMMA.words}{example}."

    def _doubt(self, name: str, texts: _Texts, known: pa.Array) -> str:
        """Why a column that looks like numbers or dates is read as text; "" where it is plainly text."""
        called = f"“{short(name, 60)}”"
        left = known.drop_null()
        if not len(left):
            return ""
        example = f"“{short(left[0].as_py(), 40)}”"
        written = numerals.of_column(known)
        if written is not None and written.are_nearly_all:
            if numerals.unlike_units(written.units):
                units = " and ".join(f"“{unit}”" for unit in written.units[:2])
                return f"{called} is read as text: its cells are in {units}. Write them in one unit."
            return f"{called} is read as text: {example} may mean thousands or decimals. Write the numbers without a sign between thousands."
        if dates.look_like_dates(left):
            if undecided := dates.undecided(left):
                return f"{called} is read as text: “{undecided}” may be day or month first. Write dates as 2026-01-31."
            return f"{called} is read as text: not all of its dates are in the calendar. Correct or empty such cells."
        numbers = pc.fill_null(pc.match_substring_regex(known, notation.NUMBER[Mark.POINT]), False)
        share = (pc.sum(numbers).as_py() or 0) / len(left)
        if _MOSTLY <= share < 1:
            text, row = texts.first(pc.and_(pc.invert(numbers), pc.is_valid(known)))
            return (
                f"{called} is read as text, because “{short(text, 40)}” is not a number. "
                f"Correct or empty such cells, the first{self._row(row)}."
            )
        return ""


def _truth(known: pa.Array) -> pa.Array | None:
    lower = pc.utf8_lower(known)
    return pc.equal(lower, "true") if all_match(lower, "^(true|false)$") else None
