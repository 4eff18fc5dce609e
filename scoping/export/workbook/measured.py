"""The sheet of what was measured on data: every kept result with its figures and where they come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from scoping.blocks import Block, Facts, Missing, Paragraph, Table, Unknown
from scoping.export.workbook.sheet import Sheet, Shown
from scoping.export.workbook.styles import FORMULA, HEADER, HEADING, LABEL, NOTE, TITLE, UNKNOWN, Props, height, lines, room
from scoping.measurement import Measurement
from scoping.measuring import telling

NAME = "Measurements"
_WIDTHS = (1, 34, 22, 18, 18, 18, 18, 18, 18, 18)
_PLAIN_NUMBER = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?|-?\d+(\.\d+)?")
_RIGHT: Props = {**FORMULA, "align": "right", "indent": 1}


def write(sheet: Sheet, project: str, kept: Sequence[Measurement]) -> None:
    """Write the results one below the other."""
    begin(sheet, NAME, project)
    sheet.put(1, 1, "Worked out from files when they were given. The files themselves are not part of this workbook.", NOTE)
    for measurement in kept:
        sheet.put(sheet.row, 1, measurement.title, HEADING)
        sheet.row += 1
        write_blocks(sheet, telling.blocks(measurement))
        sheet.row += 1


def begin(sheet: Sheet, name: str, project: str) -> None:
    """Write the head of a sheet of blocks; row 1 is left for what it is."""
    for col, width in enumerate(_WIDTHS):
        sheet.ws.set_column(col, col, width)
    sheet.put(0, 1, name, TITLE)
    sheet.put(0, 2, project, {"font_color": "#566664", "valign": "bottom"})
    sheet.ws.set_row(0, 28)
    sheet.row = 3


def write_blocks(sheet: Sheet, blocks: Iterable[Block]) -> None:
    """Write blocks from `row` on; it then stands below the last one."""
    for block in blocks:
        match block:
            case Paragraph(text):
                _sentence(sheet, text, FORMULA)
            case Missing(text) | Unknown(text):
                _sentence(sheet, text, UNKNOWN)
            case Facts(rows, title):
                _titled(sheet, title)
                for label, value in rows:
                    _fact(sheet, label, value)
            case Table():
                _table(sheet, block)
        sheet.row += 1


def _titled(sheet: Sheet, title: str) -> None:
    if title:
        sheet.put(sheet.row, 1, title, {"bold": True})
        sheet.row += 1


def _sentence(sheet: Sheet, text: str, props: Props) -> None:
    last = len(_WIDTHS) - 1
    sheet.merged(sheet.row, 1, last, text, props)
    sheet.ws.set_row(sheet.row, height(lines(text, sum(_WIDTHS[1:]))))
    sheet.row += 1


def _fact(sheet: Sheet, label: str, value: str) -> None:
    last = len(_WIDTHS) - 1
    sheet.put(sheet.row, 1, label, LABEL)
    sheet.merged(sheet.row, 2, last, value, FORMULA)
    sheet.ws.set_row(sheet.row, height(max(lines(label, _WIDTHS[1]), lines(value, sum(_WIDTHS[2:])))))
    sheet.row += 1


def _table(sheet: Sheet, table: Table) -> None:
    """A table; more columns than the sheet has follow below, with the first one repeated."""
    _titled(sheet, table.title)
    most = len(_WIDTHS) - 1
    first, others = range(min(1, len(table.headers))), range(1, len(table.headers))
    for start in range(0, max(1, len(others)), most - 1):
        columns = [*first, *others[start : start + most - 1]]
        _grid(sheet, [table.headers[c] for c in columns], [[row[c] for c in columns] for row in table.rows])


def _grid(sheet: Sheet, headers: list[str], rows: list[list[str]]) -> None:
    for col, header in enumerate(headers, 1):
        sheet.put(sheet.row, col, header, HEADER)
    sheet.ws.set_row(sheet.row, height(max(lines(h, _WIDTHS[c]) for c, h in enumerate(headers, 1))))
    sheet.row += 1
    for row in rows:
        for col, text in enumerate(row, 1):
            value, props = _cell(text)
            sheet.put(sheet.row, col, value, props)
        sheet.ws.set_row(sheet.row, height(max(lines(text, _WIDTHS[c]) for c, text in enumerate(row, 1))))
        sheet.row += 1


def _cell(text: str) -> tuple[Shown, Props]:
    """A number where the text is one, shown as it was told; otherwise the text."""
    bare = text.removesuffix("%").rstrip()
    if not _PLAIN_NUMBER.fullmatch(bare) or room(bare) > 15 or _is_code(bare):
        return text, FORMULA
    places = len(bare.partition(".")[2])
    shown = ("#,##0" if "," in bare or "." not in bare else "0") + (f".{'0' * places}" if places else "")
    value = float(bare.replace(",", ""))
    if text != bare:
        return value / 100, {
            **_RIGHT,
            "num_format": f"{shown}%" if text.endswith("%") and not text[-2].isspace() else f'{shown}" "%',
        }
    return value, {**_RIGHT, "num_format": shown}


def _is_code(text: str) -> bool:
    """Whether digits are rather a name: a leading zero must not get lost, nor a group mark appear."""
    return (text.startswith("0") and len(text) > 1 and text[1] != ".") or ("," not in text and "." not in text and len(text) > 3)
