"""Colours, cell formats, and how much room a text needs."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

Props = Mapping[str, Any]

TEAL, INK, SOFT, GRID, PALE = "#0F766E", "#0B1716", "#566664", "#CBD8D5", "#E6F2F0"
BLUE = "#1D4ED8"
"""What may be changed; formulas are black."""
OPEN_FILL, UNKNOWN_FILL, UNKNOWN_INK = "#FFF4E5", "#FFE3C2", "#9A3412"
GOOD, BAD = {"bg_color": "#DCF3E6", "font_color": "#14532D"}, {"bg_color": "#FBE0DD", "font_color": "#991B1B"}
WARN = {"bg_color": UNKNOWN_FILL, "font_color": UNKNOWN_INK}

FONT = {"font_name": "Arial", "font_size": 10}
_LINES = {"border": 1, "border_color": GRID}
CELL = {"text_wrap": True, "valign": "top", **_LINES}
INPUT = {**CELL, "font_color": BLUE}
NUMBER = {**INPUT, "align": "right", "indent": 1, "text_wrap": False}
FORMULA = {**CELL, "font_color": INK}
KEY = {"font_size": 7, "font_color": "#9AA9A6", "valign": "top"}
"""Ids and field names: there for reading the workbook back, not for people."""
HEADER = {**CELL, "valign": "vcenter", "bold": True, "font_color": "#FFFFFF", "bg_color": TEAL}
SUM_HEADER = {**CELL, "valign": "vcenter", "bold": True, "font_color": TEAL, "bg_color": PALE}
SUM = {**FORMULA, "align": "right", "indent": 1, "text_wrap": False}
LABEL = {**CELL, "font_color": INK, "bg_color": "#F6FAF9"}
TITLE = {"bold": True, "font_size": 18, "font_color": TEAL}
HEADING = {"bold": True, "font_size": 13, "font_color": TEAL, "valign": "vcenter"}
NOTE = {"italic": True, "font_color": SOFT}
UNKNOWN = {"bg_color": UNKNOWN_FILL, "font_color": UNKNOWN_INK, "italic": True, "border": 3, "border_color": UNKNOWN_INK}
OPEN = {"bg_color": OPEN_FILL}
TO_FILL = {"bg_color": "#DDE3E1"}
"""A cell that somebody else is asked to fill in."""

DATE, WHOLE, FRACTION = "d mmm yyyy", "#,##0", "#,##0.0###"
"""Notations of cells. A digit always stands behind the point: without one, a whole number would end in a bare point."""
TALLEST = 409
"""Points; no row of a workbook can be taller."""
_LINE_POINTS = 12.8
_PER_WIDTH = 1.06
"""Letters of running text per unit of width: a unit is the width of a digit, and most letters are narrower."""


class Styles:
    """Cell formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, props: Props, **more: Any) -> Format:
        """The format with these properties in the font of the workbook."""
        return self._get({**FONT, **props, **more})

    def difference(self, props: Props) -> Format:
        """A format that a condition lays over another one."""
        return self._get(props)

    def _get(self, props: Props) -> Format:
        key = tuple(sorted(props.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(props))
        return self._made[key]


def room(text: str) -> int:
    """Columns of a fixed-width font that a line of text takes; East Asian characters take two."""
    return len(text) if text.isascii() else sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def lines(text: str, width: float) -> int:
    """How many lines a text needs in a cell of that width, broken between words where possible."""
    fits = max(1, int(width * _PER_WIDTH))
    return sum(_lines(part, fits) for part in text.split("\n"))


def _lines(text: str, fits: int) -> int:
    if room(text) <= fits:
        return 1
    count, used = 1, 0
    for word in text.split(" "):
        need = room(word)
        if used and used + 1 + need > fits:
            count, used = count + 1, 0
        used += need + bool(used)
        if used > fits:
            count, used = count + (used - 1) // fits, (used - 1) % fits + 1
    return count


def height(line_count: int) -> float:
    """Points a row needs to show that many lines."""
    return min(TALLEST, line_count * _LINE_POINTS + 4)
