"""Tables of a team's own: CSV, Excel, Parquet, or a table of a database."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from scoping.errors import WorkbenchError
from scoping.section import Model, short

if TYPE_CHECKING:
    import pandas as pd

    from scoping.measuring import Tell
    from scoping.reading.grids import Drawn

SEED = 1
"""Decides which rows are drawn from a table that is too long to be measured whole."""
PREVIEWED = 5_000
"""Rows that a preview rests on."""
_SHOWN = 5
_EXAMPLES = 5
_CELL_LENGTH = 60


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


def read(path: Path, name: str, at_most: int, *, as_text: bool = False, sheet: str = "", tell: Tell = lambda *_: None) -> Table:
    """Read a file; of more than `at_most` rows, a random sample in the order of the file.

    Args:
        name: as its owner calls it. What the file is, its bytes decide.
        tell: is told how far reading is.

    Raises:
        UnreadableTableError: says where the file is wrong and what to do.
    """
    sha256 = fingerprint(path)
    return table(name, sha256, _open(path, sheet, whole=True).draw(at_most, tell), as_text=as_text)


def chunks(path: Path, *, sheet: str = "") -> Passing:
    """Read a file of any length piece by piece.

    Raises:
        UnreadableTableError: says where the file is wrong and what to do.
    """
    return _open(path, sheet, whole=True).passing()


def preview(path: Path, name: str, *, as_text: bool = False, sheet: str = "") -> Preview:
    """Read the beginning of a file.

    Raises:
        UnreadableTableError: says where the file is wrong and what to do.
    """
    opened = _open(path, sheet, whole=False)
    try:
        drawn = opened.begin(PREVIEWED)
    except UnreadableTableError as error:
        error.sheets = opened.sheets
        raise
    return previewed(name, drawn, as_text=as_text)


def table(name: str, sha256: str, drawn: Drawn, *, as_text: bool) -> Table:
    """Rows that were drawn, with their columns as numbers, dates or text."""
    from scoping.reading import cells

    typed = cells.typed(drawn.columns, as_text=as_text)
    used = len(typed.frame)
    sampled = (
        (f"{used:,} of {drawn.rows:,} rows were drawn at random (seed {SEED}), in the order of the table.",)
        if used < drawn.rows
        else ()
    )
    return Table(name, sha256, drawn.rows, typed.frame, (*drawn.notes, *sampled, *typed.notes))


def previewed(name: str, drawn: Drawn, *, as_text: bool) -> Preview:
    """The first rows as a preview."""
    from scoping.reading import cells

    typed = cells.typed(drawn.columns, as_text=as_text)
    shown = typed.frame.head(_SHOWN)
    texts = [[short(cells.words(cell), _CELL_LENGTH) for cell in cells.plain(shown[column])] for column in shown]
    return Preview(
        name=name,
        columns=tuple(_column(column, typed.kinds[column], typed.frame[column]) for column in typed.frame),
        rows_seen=len(typed.frame),
        is_whole=drawn.is_whole,
        first_rows=tuple(zip(*texts, strict=True)),
        sheet=drawn.sheet,
        sheets=drawn.sheets,
        notes=(*drawn.notes, *typed.notes),
    )


def _column(name: str, kind: Holds, series: pd.Series) -> Column:
    from scoping.reading import cells

    different = series.dropna().unique()
    examples = tuple(short(cells.words(cell), _CELL_LENGTH) for cell in cells.plain(different[:_EXAMPLES]))
    return Column(name=name, kind=kind, examples=examples, distinct=len(different), missing=int(series.isna().sum()))


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_NO_TABLES = (
    (
        b"\xd0\xcf\x11\xe0",
        "a workbook in the old format (.xls), or one that a password protects",
        "Save it as .xlsx without a password",
    ),
    (b"\x1f\x8b", "compressed", "Unpack it"),
    (b"BZh", "compressed", "Unpack it"),
    (b"\xfd7zXZ", "compressed", "Unpack it"),
    (b"7z\xbc\xaf", "a compressed archive", "Unpack it"),
    (b"Rar!", "a compressed archive", "Unpack it"),
    (b"(\xb5/\xfd", "compressed", "Unpack it"),
    (b"SQLite format 3", "a database", "Export one of its tables as CSV"),
    (b"%PDF", "a PDF document", "Export the table as CSV or Excel"),
    (b"\x89PNG", "a picture", "Export the table as CSV or Excel"),
    (b"\xff\xd8\xff", "a picture", "Export the table as CSV or Excel"),
    (b"GIF8", "a picture", "Export the table as CSV or Excel"),
    (b"MZ", "a program", "Export the table as CSV or Excel"),
    (b"\x7fELF", "a program", "Export the table as CSV or Excel"),
    (b"ARROW1", "an Arrow file", "Save it as Parquet"),
    (b"{\\rtf", "a text document", "Export the table as CSV or Excel"),
)
"""How files begin that people take for tables, what each is, and what to do with it."""


def _open(path: Path, sheet: str, *, whole: bool) -> Drawable:
    """The reader for what the file is, by its first bytes."""
    try:
        with path.open("rb") as file:
            head = file.read(2_048)
    except OSError:
        raise UnreadableTableError("The file is not there any more or cannot be read.", "Choose it again.") from None
    if not head.strip():
        raise UnreadableTableError("The file is empty.", "Choose a file with column names and rows.")
    if head.startswith(b"PAR1"):
        from scoping.reading.parquet_files import ParquetTable

        return ParquetTable(path)
    if head.startswith(b"PK"):
        return _workbook(path, sheet)
    for sign, what, remedy in _NO_TABLES:
        # Two letters begin many a table; only what also holds bytes that text never has is a program.
        if head.startswith(sign) and (len(sign) > 2 or b"\0" in head or sign[:1] > b"\x7f" or sign[:1] < b" "):
            raise UnreadableTableError(f"The file is {what}, which cannot be read.", f"{remedy} and choose that file.")
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype", b"<html", b"<?xml", b"<svg")):
        raise UnreadableTableError(
            "The file is a web page or XML, not a table.", "Export the table as CSV or Excel and choose that file."
        )
    if text.startswith((b'{"', b"[{", b"{\n", b"{\r", b"{}", b"[]")):
        raise UnreadableTableError("The file is JSON, not a table.", "Export the table as CSV or Excel and choose that file.")
    from scoping.reading import csv_files

    return csv_files.open_grid(path, whole=whole)


def _workbook(path: Path, sheet: str) -> Drawable:
    """An Excel workbook; what else is packed in the same way is named."""
    try:
        with zipfile.ZipFile(path) as parts:
            names = set(parts.namelist())
            kind = parts.read("mimetype")[:80] if "mimetype" in names and parts.getinfo("mimetype").file_size < 200 else b""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, zlib.error):
        raise UnreadableTableError(
            "The workbook is damaged or was cut short.", "Download it again, or save it again as .xlsx, and choose that file."
        ) from None
    remedy = "Save the table as .xlsx or CSV and choose that file."
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        raise UnreadableTableError("The file is an OpenDocument file, which cannot be read.", remedy)
    if "xl/workbook.bin" in names:
        raise UnreadableTableError("The file is a binary workbook (.xlsb), which cannot be read.", remedy)
    if "xl/workbook.xml" not in names:
        raise UnreadableTableError("The file is an archive or a document, but no workbook.", f"Unpack it if need be. {remedy}")
    from scoping.reading import excel_files

    return excel_files.open_grid(path, sheet)
