"""Excel workbooks, row by row: only values are read, nothing in them is followed or run."""

from __future__ import annotations

import contextlib
import io
import re
import warnings
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice, pairwise
from pathlib import Path
from typing import Any
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

import openpyxl
from openpyxl.styles import numbers
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from scoping.section import clean
from scoping.tables.grids import COLUMNS, Grid, Row
from scoping.tables.table import UnreadableTableError
from scoping.words import short

PARTS = 2_000
UNPACKED = 2_000_000_000
RATIO = 200
_SMALL = 5_000_000
"""Bytes unpacked below which a part may be packed as tightly as it likes."""
_PROLOG = 1 << 16
_BLOCK = 1 << 20
_FORMULA = re.compile(rb"<(\w+:)?f[ >/]")
_LITERAL = re.compile(r'"[^"]*"|\\.')
_DAMAGED = ("The workbook is damaged.", "Open it in a spreadsheet program, save it as .xlsx and choose that file.")
_BROKEN = (
    AttributeError,
    EOFError,
    IndexError,
    InvalidFileException,
    KeyError,
    NotImplementedError,
    OSError,
    SyntaxError,
    RuntimeError,
    TypeError,
    ValueError,
    BadZipFile,
    expat.ExpatError,
    zlib.error,
)
"""What reading a workbook that breaks the format's rules ends in."""


def open_grid(path: Path, sheet: str) -> Grid:
    """A sheet as rows of values; without a name the first visible one that is not empty."""
    with worded():
        with ZipFile(path) as parts:
            guard(parts)
            has_formulas = any(_has_formula(parts, part) for part in parts.infolist())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load(path, values=True)
            formulas = load(path, values=False) if has_formulas else None
        sheets = tuple(page.title for page in book.worksheets if page.sheet_state == "visible")
        if not sheets:
            raise UnreadableTableError("The workbook has no sheet with cells.", "Choose a workbook with a table in it.")
        if sheet and sheet not in sheets:
            raise UnreadableTableError(f"The workbook has no sheet “{short(sheet, 60)}”.", "Choose one of its sheets.")
        chosen = sheet or next((name for name in sheets if any(_rows(book[name]))), sheets[0])
    walk = _Walk(book, formulas, chosen)
    return Grid(rows=walk.rows, number=walk.number, share=walk.share, place="Row", pads=True, sheet=chosen, sheets=sheets)


@contextlib.contextmanager
def worded() -> Iterator[None]:
    """Word whatever reading a damaged workbook ends in. Raises UnreadableTableError."""
    try:
        yield
    except _BROKEN:
        raise UnreadableTableError(*_DAMAGED) from None


def guard(parts: ZipFile) -> None:
    """Refuse what is built to exhaust its reader, before anything of it is unpacked whole."""
    entries = parts.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableTableError("The workbook is protected by a password.", "Save it without one and choose that file.")
    unpacked = sum(entry.file_size for entry in entries)
    too_tight = [e for e in entries if e.file_size > _SMALL and e.file_size > RATIO * max(1, e.compress_size)]
    if len(entries) > PARTS or unpacked > UNPACKED or too_tight:
        raise UnreadableTableError(
            f"The workbook unpacks to {unpacked / 1e6:,.0f} MB in {len(entries):,} parts, as no table does.",
            "Save the table as CSV and choose that file.",
        )
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    overlap = any(a.header_offset + a.compress_size > b.header_offset for a, b in pairwise(ordered))
    if overlap or len({entry.filename for entry in entries}) < len(entries):
        raise UnreadableTableError(*_DAMAGED)
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels", ".vml")):
            _refuse_declarations(parts, entry)


def _refuse_declarations(parts: ZipFile, entry: ZipInfo) -> None:
    """Refuse a document type: it may define text that grows without end, or name files to be read. None stands after the root."""
    reader = expat.ParserCreate()
    begun: list[str] = []

    def declared(*_: Any) -> None:
        raise UnreadableTableError(
            "The workbook holds a document type declaration, as no spreadsheet program writes.",
            "Save the table as CSV and choose that file.",
        )

    reader.StartDoctypeDeclHandler = declared
    reader.StartElementHandler = lambda name, _: begun.append(name)
    read = 0
    with parts.open(entry) as file:
        while not begun and (block := file.read(_PROLOG)):
            reader.Parse(block)
            read += len(block)
            if not begun and read > _BLOCK:
                raise UnreadableTableError(*_DAMAGED)


def _has_formula(parts: ZipFile, entry: ZipInfo) -> bool:
    if not entry.filename.startswith("xl/worksheets/"):
        return False
    end = b""
    with parts.open(entry) as file:
        while block := file.read(_BLOCK):
            if _FORMULA.search(end + block):
                return True
            end = block[-16:]
    return False


class _File(io.FileIO):
    """A file that closes with its last reader. openpyxl would judge a path by its ending, and never closes what it was given."""

    def __del__(self) -> None:
        self.close()


def load(path: Path, *, values: bool) -> Any:
    """A workbook that has passed the guard, to be read row by row: with the results of formulas, or with the formulas."""
    return openpyxl.load_workbook(_File(path), read_only=True, data_only=values, keep_links=False)


def _rows(sheet: Any) -> Iterator[tuple[int, Row]]:
    """Numbers and cells of rows with at least one value, cut behind the last one."""
    sheet.reset_dimensions()
    # Cells without their formats are read twice as fast.
    formats = _has_percent(sheet.parent)
    for number, cells in enumerate(sheet.iter_rows(values_only=not formats), 1):
        if kept := _cut(number, tuple(map(meant, cells) if formats else map(_text, cells))):
            yield number, kept


def _has_percent(book: Any) -> bool:
    """Whether any cell of a workbook is shown as per cent."""
    own = dict(enumerate(book._number_formats, numbers.BUILTIN_FORMATS_MAX_SIZE))  # noqa: SLF001  kept nowhere else
    used = {style.numFmtId for style in book._cell_styles}  # noqa: SLF001
    return any(_is_percent((own | numbers.BUILTIN_FORMATS).get(number, "")) for number in used)


def _is_percent(form: str) -> bool:
    """Whether a number format multiplies by a hundred; a per cent sign in quotation marks, or behind a stroke, does not."""
    return "%" in _LITERAL.sub("", form)


def letters(column: int) -> str:
    """What spreadsheets call a column, counted from 1."""
    return str(get_column_letter(column))


def day_of(number: float, epoch: datetime) -> date | None:
    """The day that a spreadsheet counts so, from the first day of its workbook; None for a number that is none."""
    try:
        found = from_excel(number, epoch)
    except (OverflowError, ValueError):
        return None
    return found.date() if isinstance(found, datetime) else None


def meant(cell: Any) -> Any:
    """The value of a cell as the spreadsheet shows it: 0.8 in a cell of per cent is 80%."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and _is_percent(cell.number_format):
        return f"{float(f'{value * 100:.12g}'):.12g}%"
    return _text(value)


def _text(value: Any) -> Any:
    """A text without the escapes in which workbooks write control characters, such as _x000D_ for a line end."""
    return clean(unescape(value)) if isinstance(value, str) and "_x" in value else value


def _cut(number: int, cells: Row) -> Row:
    """The cells of a row up to its last value."""
    width = len(cells)
    while width and (cells[width - 1] is None or cells[width - 1] == ""):
        width -= 1
    if width > COLUMNS:
        raise UnreadableTableError(
            f"Row {number} has a value in column {get_column_letter(width)}; at most {COLUMNS:,} columns can be read.",
            "Remove what stands far away from the table, or keep the columns that matter.",
        )
    return cells[:width]


class _Walk:
    """Walks through the rows of a sheet, and guesses from its stated size how far it is."""

    def __init__(self, book: Any, formulas: Any | None, name: str) -> None:
        self._sheet = book[name]
        self._formulas = formulas[name] if formulas else None
        self._size = max(1, self._sheet.max_row or 1)
        self._at = 0

    def share(self) -> float:
        return min(1.0, self._at / self._size)

    def rows(self) -> Iterator[Row]:
        for number, cells in self._numbered():
            self._at = number
            yield cells

    def number(self, at: int) -> int:
        return next(islice(self._numbered(), at, None))[0]

    def _numbered(self) -> Iterator[tuple[int, Row]]:
        with worded():
            yield from _rows(self._sheet) if self._formulas is None else self._checked(self._formulas)

    def _checked(self, formulas: Any) -> Iterator[tuple[int, Row]]:
        """Refuse a formula whose result was never stored: its cell would look empty."""
        for sheet in (formulas, self._sheet):
            sheet.reset_dimensions()
        both = zip(formulas.iter_rows(values_only=True), self._sheet.iter_rows(), strict=True)
        for number, (asked, results) in enumerate(both, 1):
            for i, (formula, result) in enumerate(zip(asked, results, strict=True)):
                # A result that is an empty text, as of =IF(A2=1,"",5), has a kind but no value.
                if formula is not None and result.value is None and result.data_type != "str":
                    raise UnreadableTableError(
                        f"Cell {get_column_letter(i + 1)}{number} holds a formula without a result.",
                        "Open the workbook in a spreadsheet program, save it and choose that file.",
                    )
            if cells := _cut(number, tuple(map(meant, results))):
                yield number, cells
