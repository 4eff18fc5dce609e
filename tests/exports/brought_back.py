"""Workbooks that somebody edited, as tests write them: cells by part, list, record and question."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from scoping.charter import PART_BY_SLUG, Charter
from scoping.export.workbook.asking import Ask
from scoping.export.workbook.printed import annexes
from scoping.export.workbook.sheet import header_of
from scoping.export.workbook.sums import END, ID
from scoping.export.xlsx import to_xlsx
from scoping.reading.brought import Brought
from scoping.reading.workbook.read import read_workbook
from scoping.section import question
from tests.exports.workbooks import SAVED_AT

PROJECT = "a1b2c3"


class Edited:
    """A workbook in somebody's hands."""

    def __init__(
        self,
        charter: Charter,
        *,
        project: str = PROJECT,
        revision: int = 7,
        saved_at: datetime = SAVED_AT,
        ask: Ask | None = None,
    ) -> None:
        self.charter = charter
        content = to_xlsx(charter, revision=revision, saved_at=saved_at, project=project, ask=ask)
        self.book = openpyxl.load_workbook(BytesIO(content))

    def sheet(self, part: str) -> Worksheet:
        """The sheet of a step; its title may have been changed meanwhile, its place not."""
        first = self.book.sheetnames.index(annexes.NAME) + 1
        return self.book.worksheets[first + list(PART_BY_SLUG).index(part)]

    def head(self, part: str, name: str) -> tuple[int, int]:
        """Row and column of the word ID above the table of a list."""
        title, sheet = PART_BY_SLUG[part].lists[name].title, self.sheet(part)
        for row in sheet.iter_rows():
            for cell in row:
                above = [sheet.cell(cell.row - n, cell.column + 1).value for n in (1, 2) if cell.row > n]
                if cell.value == ID and title in above:
                    return cell.row, cell.column
        raise LookupError(title)

    def column(self, part: str, name: str, field: str) -> int:
        row, left = self.head(part, name)
        words = header_of(question(PART_BY_SLUG[part].model_of(name), field))
        sheet = self.sheet(part)
        return next(at for at in range(left, sheet.max_column + 1) if sheet.cell(row, at).value == words)

    def row(self, part: str, name: str, record: str) -> int:
        """The row of a record; for "" the first that is empty."""
        first, left = self.head(part, name)
        sheet = self.sheet(part)
        for row in range(first + 1, sheet.max_row + 1):
            found = sheet.cell(row, left).value
            if (found or "") == record and (record or sheet.cell(row, left + 1).value is None):
                return row
            if found == END:
                break
        raise LookupError(record)

    def cell(self, part: str, name: str, record: str, field: str) -> Cell:
        """The cell of an answer."""
        sheet = self.sheet(part)
        if name:
            return sheet.cell(self.row(part, name, record), self.column(part, name, field))
        row = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == field)
        return next(c for c in sheet[row] if c.column > 2 + self._before(sheet))

    @staticmethod
    def _before(sheet: Worksheet) -> int:
        """Columns that were put before ours."""
        return next(c.column for row in sheet.iter_rows() for c in row if c.value == "Question") - 2

    def write(self, part: str, name: str, record: str, field: str, value: Any) -> None:
        """Type into the cell of an answer."""
        self.cell(part, name, record, field).value = value

    def save(self, path: Path) -> Path:
        self.book.save(path)
        return path

    def read(self, folder: Path) -> Brought:
        """What comes back."""
        return read_workbook(self.save(folder / "edited.xlsx"))


def told(brought: Brought) -> list[tuple[str, str, str, str]]:
    """Every change: list and record, what, before, after."""
    return [(f"{w.list}/{w.record}" if w.list else w.part, w.what, w.before, w.after) for w in brought.wishes]
