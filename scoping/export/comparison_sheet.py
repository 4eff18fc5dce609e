"""What changed between two moments of a charter, as a workbook of one sheet that can be sorted and filtered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO

from xlsxwriter import Workbook

from scoping.comparison.change import What
from scoping.export.comparison import Differences
from scoping.export.workbook.sheet import writable
from scoping.export.workbook.styles import FONT

SHEET = "What changed"
_LONGEST = 32_767
_COLUMNS = (
    ("Chapter", 14),
    ("Entry", 32),
    ("Question", 24),
    ("What", 10),
    ("Before", 42),
    ("Now", 42),
    ("Difference", 16),
    ("Matters to sign", 10),
    ("Why", 24),
    ("Who", 18),
    ("When", 12),
)


def to_xlsx(told: Differences) -> bytes:
    """Write it as a workbook of one sheet, a row for each change."""
    file = BytesIO()
    options = {"in_memory": True, "default_format_properties": dict(FONT)}
    with Workbook(file, {**options, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        _write(book, told)
    return file.getvalue()


def _write(book: Workbook, told: Differences) -> None:
    sheet = book.add_worksheet(SHEET)
    plain = book.add_format({**FONT, "text_wrap": True, "valign": "top"})
    days = book.add_format({**FONT, "num_format": "d mmm yyyy", "valign": "top", "align": "left"})
    bold = book.add_format({**FONT, "bold": True, "font_size": 14})
    first = book.add_format({**FONT, "bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
    for row, (text, look) in enumerate(((told.title, bold), (told.moments, None), (told.summary, None))):
        sheet.write_string(row, 0, _cell(text), look)
    top = 4
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(top, column, name, first)
    rows = list(_rows(told))
    for row, cells in enumerate(rows, top + 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(row, column, cell, days)
            else:
                sheet.write_string(row, column, _cell(cell), plain)
    sheet.autofilter(top, 0, top + len(rows), len(_COLUMNS) - 1)
    sheet.freeze_panes(top + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.set_footer(f"&L&8{SHEET}&R&8Page &P of &N")


def _cell(text: str) -> str:
    return str(writable(text))[:_LONGEST]


def _rows(told: Differences) -> Iterator[tuple[str | date, ...]]:
    for change in told.comparison.changes:
        made = told.made.get(change)
        is_entry = change.what in (What.ADDED, What.REMOVED)
        facts = "\n".join(f"{label}: {said}" for label, said in change.facts)
        yield (
            change.chapter,
            change.entry,
            change.asked,
            change.what.value,
            facts if change.what is What.REMOVED else change.before,
            facts if change.what is What.ADDED else "" if is_entry else change.after,
            change.difference,
            "yes" if change.matters else "no",
            change.why,
            made.by if made else "",
            made.on if made else "",
        )
