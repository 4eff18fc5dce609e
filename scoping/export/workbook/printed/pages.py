"""Rows on pages of A4: columns of any width on one fine grid, breaks where nothing is torn apart, heads that come again.

Spreadsheets ignore breaks on a sheet that is fitted to the paper, and each knows the width of a digit a little differently.
So the scale is set, the grid is narrower than the paper, and each row is as tall as its text needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from scoping.export.workbook.printed.letters import wrapped
from scoping.export.workbook.sheet import Sheet, Shown
from scoping.export.workbook.styles import Props
from scoping.words import is_leftward

UNITS = 84
"""Columns of the grid, each of the same width; what stands on paper covers some of them."""
SIZE = 9
"""Points of all running text on paper, before the scale."""
_UNIT, _PADDING, _TOO_CLOSE = 10, 5, 0.97
_SCALE = 82
_LINE, _ROOM = 11.5, 1.5
_MARGIN, _EDGE = 0.45, 0.2
"""Inches from the paper's edge to what stands on it, and to what stands at its head and foot."""
_PAGE = (297 / 25.4 - 2 * _MARGIN) * 72 / (_SCALE / 100) * 0.97
"""Points of a page between its margins, with what printers differ by left free."""
MOST_LINES = 24
"""A taller row goes on in the next one, so that it can be told on any page."""
_NEARLY_BLANK = 0.4


@dataclass(frozen=True)
class Cell:
    """Something from column `first` to column `last` of the grid, both counted from 0.

    Attributes:
        formula: shows `value`, which stands for it where nobody calculates.
        lines: how its text breaks.
    """

    first: int
    last: int
    value: Shown
    props: Props
    formula: str = ""

    @property
    def lines(self) -> list[str]:
        if not isinstance(self.value, str):
            return [""]
        return wrapped(self.value, room(self.last - self.first + 1), bold=bool(self.props.get("bold")))


def room(units: int) -> float:
    """How much text fits beside each other on so many columns, in thousandths of its size."""
    return (units * _UNIT - _PADDING) * _TOO_CLOSE * 0.75 / SIZE * 1000


@dataclass(frozen=True)
class Row:
    """Cells beside each other.

    Attributes:
        height: in points; as its text needs where it is 0.
        stays: whether the next row has to be on the same page.
        head: the rows that are said again above it where it begins a page.
        props: of the paper between and behind its cells.
    """

    cells: tuple[Cell, ...]
    height: float = 0
    stays: bool = False
    head: tuple[Row, ...] = ()
    props: Props = field(default_factory=dict)

    @property
    def tall(self) -> float:
        return self.height or _ROOM + _LINE * max((len(c.lines) for c in self.cells), default=1)


def split(row: Row) -> Iterator[Row]:
    """The row, in several where its text is too long for one; what is no text stands in the first."""
    broken = [c.lines for c in row.cells]
    most = max(map(len, broken), default=1)
    if most <= MOST_LINES:
        yield replace(row, height=row.height or _ROOM + _LINE * most)
        return
    for start in range(0, most, MOST_LINES):
        cells = []
        for cell, lines in zip(row.cells, broken, strict=True):
            here = lines[start : start + MOST_LINES]
            if len(lines) > MOST_LINES:
                cells.append(replace(cell, value=" ".join(here)))
            else:
                cells.append(cell if start == 0 else replace(cell, value="", formula=""))
        yield replace(row, cells=tuple(cells), height=_ROOM + _LINE * max(1, min(MOST_LINES, most - start)))


def paginated(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows page by page. The last page takes over from those before it rather than stay nearly blank."""
    pages = _filled(rows, _PAGE)
    if len(pages) > 1 and _tall(pages[-1]) < _NEARLY_BLANK * _PAGE:
        low, high = _PAGE / 2, _PAGE
        while high - low > _LINE:
            middle = (low + high) / 2
            if len(_filled(rows, middle)) > len(pages):
                low = middle
            else:
                high = middle
        pages = _filled(rows, high)
    return pages


def _tall(rows: Iterable[Row]) -> float:
    return sum(row.tall for row in rows)


def _filled(rows: Sequence[Row], capacity: float) -> list[list[Row]]:
    pages: list[list[Row]] = [[]]
    used, at = 0.0, 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and rows[end - 1].stays:
            end += 1
        block = rows[at:end]
        if pages[-1] and used + _tall(block) > capacity:
            head = list(block[0].head)
            pages.append(head)
            used = _tall(head)
        pages[-1].extend(block)
        used += _tall(block)
        at = end
    return [_trimmed(page) for page in pages]


def _trimmed(page: list[Row]) -> list[Row]:
    """A page without the gap at its top."""
    return page[1:] if len(page) > 1 and not page[0].cells else page


def set_up(sheet: Sheet) -> None:
    """Prepare a sheet for the grid; beyond it there is nothing."""
    ws = sheet.ws
    ws.set_column_pixels(0, UNITS - 1, _UNIT)
    ws.hide_from(UNITS)
    ws.set_portrait()
    ws.set_print_scale(_SCALE)
    ws.set_margins(left=0.3, right=0.3, top=_MARGIN, bottom=_MARGIN)
    ws.center_horizontally()
    ws.margin_header = ws.margin_footer = _EDGE


def write(sheet: Sheet, pages: Sequence[Sequence[Row]]) -> None:
    """Write the pages one below the other from `sheet.row` on, with a break between them."""
    ws, breaks = sheet.ws, []
    for page in pages:
        if sheet.row:
            breaks.append(sheet.row)
        for row in page:
            ws.set_row(sheet.row, row.tall, sheet.styles(row.props) if row.props else None)
            for cell in row.cells:
                _put(sheet, cell, row.props)
            sheet.row += 1
    ws.set_h_pagebreaks(breaks)
    ws.print_area(0, 0, max(0, sheet.row - 1), UNITS - 1)


def _put(sheet: Sheet, cell: Cell, behind: Props) -> None:
    props: Props = {"font_size": SIZE, "text_wrap": True, "valign": "top", **behind, **cell.props}
    if isinstance(cell.value, str) and is_leftward(cell.value):
        props = {**props, "reading_order": 2, "align": "right"}
    if cell.last > cell.first:
        sheet.ws.cover(sheet.row, cell.first, cell.last)
    if cell.formula:
        sheet.formula(sheet.row, cell.first, cell.formula, cell.value, props)
    else:
        sheet.put(sheet.row, cell.first, cell.value, props)
