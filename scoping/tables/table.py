"""What a table is to whoever measures it: columns, previews, pieces of a long file, and the refusal of one that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from scoping.errors import WorkbenchError
from scoping.section import Model

if TYPE_CHECKING:
    import pandas as pd

Tell = Callable[[float, str], None]
"""Says how far a check is: the share done, from 0 to 1, and what is being done."""

Values: TypeAlias = Any
"""A column: a chunked array of text, numbers, moments or truth values."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Rows of a table, column by column.

    Attributes:
        rows: how many there are in all, as far as that was counted.
        is_whole: whether all are here.
        notes: how the table was read, a sentence each.
    """

    columns: dict[str, Values]
    rows: int
    is_whole: bool
    notes: tuple[str, ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()


SEED = 1
"""Decides which rows are drawn from a table that is too long to be measured whole."""


class UnreadableTableError(WorkbenchError):
    """A file that is no table, or none that can be read.

    Attributes:
        sheets: of the workbook, where another one may do.
    """

    sheets: tuple[str, ...] = ()


class Holds(StrEnum):
    """What the cells of a column hold, as far as they were seen; `TEXT` when they do not agree."""

    NOTHING = "nothing"
    YES_NO = "yes_no"
    WHOLE = "whole"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


class Column(Model):
    """A column as a preview sees it.

    Attributes:
        name: unique in its table; "Column 3" where the header is empty.
        examples: the first few different values, shortened for reading.
        distinct, missing: among the rows seen.
    """

    name: str
    kind: Holds
    examples: tuple[str, ...]
    distinct: int
    missing: int


class Preview(Model):
    """The beginning of a table, for choosing which column is what.

    Attributes:
        name: of the file, or of the database table.
        rows_seen: how many rows this rests on.
        is_whole: whether the table has no more rows than that.
        first_rows: cells as text, shortened, in the order of the columns.
        sheet: the one shown; "" unless the file is a workbook.
        sheets: all sheets to choose from.
        marks: the different marks that count as missing, such as NA, as written.
        notes: what a reader should know about how the file was read, a sentence each.
    """

    name: str
    columns: tuple[Column, ...]
    rows_seen: int
    is_whole: bool = True
    first_rows: tuple[tuple[str, ...], ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column | None:
        """The column of this name, if there is one."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True)
class Table:
    """A table to be measured.

    Attributes:
        name: of the file as its owner calls it, or of the database table.
        sha256: of the file's bytes; of the rows drawn, for a database table.
        rows: in the file, which may be more than in the frame.
        frame: columns have unique names. Read as text, cells are `str` and missing ones NaN.
        notes: how the file was read and sampled, a sentence each.
    """

    name: str
    sha256: str
    rows: int
    frame: pd.DataFrame
    notes: tuple[str, ...] = ()

    @property
    def is_sample(self) -> bool:
        return len(self.frame) < self.rows


@dataclass(frozen=True)
class Passing:
    """A table that passes by piece by piece, for checks that need not hold all of it.

    Attributes:
        pieces: each the share of the file that is read by then, and rows with their cells as text as written; the same columns in
            every piece. They can be walked through once, and raise UnreadableTableError where a row does not fit.
        unnamed: columns that nobody named. Where they stay empty they are trailing separators rather than columns.
        notes: how the file is read, a sentence each.
    """

    pieces: Iterator[tuple[float, pd.DataFrame]]
    unnamed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Drawable(Protocol):
    """A table that can be drawn from, whatever kind of file it stands in."""

    @property
    def sheets(self) -> tuple[str, ...]:
        """Those of a workbook."""

    def begin(self, at_most: int) -> Drawn:
        """The first rows."""

    def draw(self, at_most: int, tell: Tell) -> Drawn:
        """All rows; of more than `at_most`, a random sample in the order of the table."""

    def passing(self) -> Passing:
        """All rows, piece by piece."""
