"""Tables of a team's own: CSV, Excel, Parquet, or a table of a database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from scoping.errors import WorkbenchError
from scoping.section import Model

if TYPE_CHECKING:
    import pandas as pd

SEED = 1
"""Decides which rows are drawn from a table that is too long to be measured whole."""


class UnreadableTableError(WorkbenchError):
    """A file that is no table, or none that can be read."""


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
        notes: what a reader should know about how the file was read, a sentence each.
    """

    name: str
    columns: tuple[Column, ...]
    rows_seen: int
    is_whole: bool = True
    first_rows: tuple[tuple[str, ...], ...] = ()
    sheet: str = ""
    sheets: tuple[str, ...] = ()
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


def read(path: Path, name: str, at_most: int, *, as_text: bool = False, sheet: str = "") -> Table:
    """Read a file; of more than `at_most` rows, a random sample in the order of the file.

    Args:
        name: as its owner calls it; the ending decides nothing that the bytes do not.

    Raises:
        UnreadableTableError: says where the file is wrong and what to do.
    """
    raise NotImplementedError


def preview(path: Path, name: str, *, as_text: bool = False, sheet: str = "") -> Preview:
    """Read the beginning of a file.

    Raises:
        UnreadableTableError: says where the file is wrong and what to do.
    """
    raise NotImplementedError
