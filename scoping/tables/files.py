"""Tables of a team's own: CSV, Excel, Parquet, or a table of a database."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from scoping.tables.table import SEED, Column, Drawable, Holds, Passing, Preview, Table, UnreadableTableError
from scoping.words import count, short

if TYPE_CHECKING:
    import pandas as pd

    from scoping.tables.table import Drawn, Tell
PREVIEWED = 5_000
"""Rows that a preview rests on."""
_SHOWN = 5
_EXAMPLES = 5
_CELL_LENGTH = 60


def read(
    path: Path,
    name: str,
    at_most: int,
    *,
    as_text: bool = False,
    sheet: str = "",
    values: Collection[str] = (),
    tell: Tell = lambda *_: None,
) -> Table:
    """Read a file; of more than `at_most` rows, a random sample in the order of the file.

    Args:
        name: as its owner calls it. What the file is, its bytes decide.
        values: marks such as NA that are answers here rather than missing.
        tell: is told how far reading is.

    Raises:
        UnreadableTableError: says where the file is wrong and what to do.
    """
    sha256 = fingerprint(path)
    return table(name, sha256, _open(path, sheet, whole=True).draw(at_most, tell), as_text=as_text, values=values)


def read_whole(path: Path, name: str, at_most: int, *, sheet: str = "") -> Table:
    """Read a file of a few rows, each cell as the text it is.

    Raises:
        UnreadableTableError: there are more than `at_most` rows, of which no more are read; or as with `read`.
    """
    drawn = _open(path, sheet, whole=False).begin(at_most)
    if not drawn.is_whole:
        raise UnreadableTableError(
            f"The table has more than {count(at_most, 'row')}, which is the most at a time.",
            "Keep the rows that matter, or split the file.",
        )
    return table(name, fingerprint(path), drawn, as_text=True)


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


def table(name: str, sha256: str, drawn: Drawn, *, as_text: bool, values: Collection[str] = ()) -> Table:
    """Rows that were drawn, with their columns as numbers, dates or text."""
    from scoping.tables import cells

    typed = cells.typed(drawn.columns, as_text=as_text, values=values, has_all_rows=drawn.is_whole)
    used = len(typed.frame)
    sampled = (
        (f"{used:,} of {count(drawn.rows, 'row')} were drawn at random (seed {SEED}), in the order of the table.",)
        if used < drawn.rows
        else ()
    )
    return Table(name, sha256, drawn.rows, typed.frame, (*drawn.notes, *sampled, *typed.notes))


def previewed(name: str, drawn: Drawn, *, as_text: bool) -> Preview:
    """The first rows as a preview."""
    from scoping.tables import cells, texts

    typed = cells.typed(drawn.columns, as_text=as_text)
    shown = typed.frame.head(_SHOWN)
    rows = [[short(cells.words(cell), _CELL_LENGTH) for cell in cells.plain(shown[column])] for column in shown]
    return Preview(
        name=name,
        columns=tuple(_column(column, typed.kinds[column], typed.frame[column]) for column in typed.frame),
        rows_seen=len(typed.frame),
        is_whole=drawn.is_whole,
        first_rows=tuple(zip(*rows, strict=True)),
        sheet=drawn.sheet,
        sheets=drawn.sheets,
        marks=texts.marks(drawn.columns),
        notes=(*drawn.notes, *typed.notes),
    )


def _column(name: str, kind: Holds, series: pd.Series) -> Column:
    from scoping.tables import cells

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
        from scoping.tables.parquet_files import ParquetTable

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
    from scoping.tables import csv_files

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
    from scoping.tables import excel_files

    return excel_files.open_grid(path, sheet)
