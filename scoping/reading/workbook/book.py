"""A workbook as rows of cells, behind the guard, and the hidden sheet that says where it comes from."""

from __future__ import annotations

import hashlib
import json
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

from pydantic import ValidationError

from scoping.charter import Charter
from scoping.errors import WorkbenchError
from scoping.export.workbook.hidden import FORMAT, VERSION
from scoping.section import clean
from scoping.tables import excel_files
from scoping.tables.table import UnreadableTableError

LARGEST_MB = 10
_ROWS, _COLUMNS = 20_000, 400
"""What is looked at on a sheet: a list of a charter is far shorter, and its table far narrower."""
_HIDDEN_ROWS = 2_000
_CONTROL = re.compile("_x(00[01][0-9A-Fa-f]|007F)_")
_OLD = b"\xd0\xcf\x11\xe0"
_AGAIN = "Download the workbook again under Export, and copy your changes into it."


class UnreadableFileError(WorkbenchError):
    """A file that brings no changes back, or none that can be read."""


@dataclass(frozen=True)
class Cell:
    """A cell that is not empty.

    Attributes:
        value: as the spreadsheet shows it: 80% for 0.8 in a cell of per cent; None for a formula without a result.
        raw: the same before escapes were undone, which some programs write and others take for text.
        formula: "" where somebody wrote a value.
    """

    value: Any
    raw: Any = None
    formula: str = ""
    is_error: bool = False


Row = Sequence[Cell | None]


@dataclass(frozen=True)
class Sheet:
    """A sheet: all its rows from the first one on, counted from 0."""

    title: str
    rows: Sequence[Row]

    def at(self, row: int, column: int) -> Cell | None:
        """The cell there; None for an empty one."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else None

    def text(self, row: int, column: int) -> str:
        """What is written there; "" for an empty cell and for anything but text."""
        cell = self.at(row, column)
        return cell.value.strip() if cell and isinstance(cell.value, str) else ""

    def name(self, row: int, column: int) -> str:
        """What people call a cell: Data sources!F7."""
        return f"{self.title}!{excel_files.letters(column + 1)}{row + 1}"


@dataclass(frozen=True, kw_only=True)
class Base:
    """What a workbook was written from.

    Attributes:
        project: its id; "" for a charter that was in no workbench.
    """

    project: str
    revision: int
    saved_at: datetime
    charter: Charter


@dataclass(frozen=True)
class Book:
    """A workbook of a charter."""

    base: Base
    sheets: Sequence[Sheet]
    epoch: datetime


def open_book(path: Path) -> Book:
    """Open a workbook. Raises UnreadableFileError, which says what is wrong and what to do."""
    _refuse_other_kinds(path)
    try:
        with excel_files.worded():
            with ZipFile(path) as parts:
                excel_files.guard(parts)
                if any(name.rpartition("/")[2].casefold() == "vbaproject.bin" for name in parts.namelist()):
                    raise UnreadableFileError(
                        "The workbook holds macros, which are never opened here.", "Save it as .xlsx without them."
                    )
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                results, formulas = (excel_files.load(path, values=values) for values in (True, False))
                base = _base(results)
                sheets = [_sheet(results, formulas, page.title) for page in results.worksheets if page.title != _hidden(results)]
                return Book(base, sheets, results.epoch)
    except UnreadableTableError as error:
        raise UnreadableFileError(error.message, _AGAIN) from None


def _refuse_other_kinds(path: Path) -> None:
    with path.open("rb") as file:
        begin = file.read(4)
    if begin == _OLD:
        raise UnreadableFileError(
            "The workbook is protected by a password, or of the old .xls kind.",
            "Save it as .xlsx without a password and choose that file.",
        )
    if not is_zipfile(path):
        raise UnreadableFileError("The file is no Excel workbook.", "Choose the workbook that you downloaded here and changed.")


def _hidden(book: Any) -> str:
    """The title of the sheet that says where the workbook comes from; "" where it is missing. Its contents tell, not its name."""
    for page in book.worksheets:
        first = next(page.iter_rows(max_row=1, max_col=2, values_only=True), ())
        if tuple(first) == ("format", FORMAT):
            return str(page.title)
    return ""


def _base(book: Any) -> Base:
    title = _hidden(book)
    if not title:
        raise UnreadableFileError(
            "This workbook was not written by the workbench, or its hidden sheet was deleted, so nobody can say what was changed in it.",
            _AGAIN,
        )
    page = book[title]
    page.reset_dimensions()
    named: dict[str, Any] = {}
    pieces: list[str] = []
    for key, value in page.iter_rows(max_row=_HIDDEN_ROWS, max_col=2, values_only=True):
        if key == "json":
            pieces.append(str(value))
        elif isinstance(key, str):
            named[key] = value
    version = named.get("version")
    if not isinstance(version, int | float) or version < VERSION:
        raise UnreadableFileError(
            "The workbook was written by an older workbench, which did not say in it what it belongs to.", _AGAIN
        )
    if version > VERSION:
        raise UnreadableFileError(
            "The workbook was written by a newer workbench than this one.",
            "Update this workbench, or bring it back where it was written.",
        )
    text = "".join(pieces)
    if hashlib.sha256(text.encode()).hexdigest() != named.get("sha256"):
        raise _damaged()
    try:
        return Base(
            project=str(named.get("project") or ""),
            revision=int(named["revision"]),
            saved_at=datetime.fromisoformat(str(named["saved_at"])),
            charter=Charter.model_validate(json.loads(text)),
        )
    except (KeyError, TypeError, ValueError, ValidationError, RecursionError):
        raise _damaged() from None


def _damaged() -> UnreadableFileError:
    return UnreadableFileError("The hidden sheet of the workbook was changed, so nobody can say what it was written from.", _AGAIN)


def _sheet(results: Any, formulas: Any, title: str) -> Sheet:
    both = (book[title] for book in (results, formulas))
    rows = [
        tuple(_cell(result, formula) for result, formula in zip(shown, asked, strict=False))
        for shown, asked in zip(*map(_rows, both), strict=False)
    ]
    while rows and not any(rows[-1]):
        rows.pop()
    return Sheet(title, rows)


def _rows(page: Any) -> Iterator[Any]:
    page.reset_dimensions()
    return iter(page.iter_rows(max_row=_ROWS, max_col=_COLUMNS))


def _cell(result: Any, asked: Any) -> Cell | None:
    formula = str(getattr(asked.value, "text", asked.value)) if asked.data_type == "f" else ""
    value = None if result.value == "" else result.value
    if value is None and not formula:
        return None
    # A result that is an empty text has a kind but no value.
    if formula and value is None and result.data_type == "str":
        return Cell("", "", formula)
    meant = _text(value) if isinstance(value, str) else excel_files.meant(result)
    return Cell(meant, value, formula, is_error=result.data_type == "e")


def _text(value: str) -> str:
    """A text without the escapes of control characters; anything else that looks like one is somebody's own."""
    return str(clean(_CONTROL.sub(lambda found: chr(int(found[1], 16)), value)))
