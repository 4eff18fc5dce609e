"""One sheet of the workbook: cells that keep what people wrote, and formulas that carry their result."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from xlsxwriter.worksheet import Worksheet

from scoping import answers
from scoping import currency as money
from scoping.export.workbook.links import Links
from scoping.export.workbook.styles import DATE, INPUT, NUMBER, WHOLE, Props, Styles
from scoping.section import Answer, Choice, Fields, FieldSpec, Kind
from scoping.words import day_words

Shown = str | float | int | date | None
"""What stands in a cell; None leaves it empty."""

FIRST_DAY = date(1900, 3, 1)
"""Before it, spreadsheets disagree on the number of a day (1900 was no leap year), so such dates are written as text."""
_NO_XML = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
_LARGEST = 9.99e307
_ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_")
"""What the file format takes for a character in disguise."""
_LONGEST = 32_767
_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}


def writable(value: Shown) -> Shown:
    """The same without the two characters that XML cannot hold; the hidden sheet keeps them."""
    return value.translate(_NO_XML) if isinstance(value, str) else value


_LAST_COLUMN = 16_383


class PlainWorksheet(Worksheet):  # type: ignore[misc]
    """A worksheet that takes formulas as they are.

    The library looks through each formula for forty functions that are younger than the file format. None is used here,
    and the search takes as long as all the rest of an export.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        return formula.removeprefix("=")

    def hide_from(self, col: int) -> None:
        """Hide a column and all behind it; the library alone would keep a note of each of the sixteen thousand."""
        self.set_column(col, col, None, None, {"hidden": True})
        self._first_hidden = col

    def _write_col_info(self, col_min: int, col_max: int, col_info: Any) -> None:
        last = _LAST_COLUMN if col_min == getattr(self, "_first_hidden", None) else col_max
        super()._write_col_info(col_min, last, col_info)

    def cover(self, row: int, first: int, last: int) -> None:
        """Have the first of some cells of a row stand for all of them.

        The library's own way writes the others too and looks each one up; pages of them take longer than all the rest.
        """
        self.merge.append([row, first, row, last])


EMPTY_ROW = 2
"""Left free on every sheet that is for the screen; hidden, and all that such a sheet would print: nothing."""


class Sheet:
    """Writes to a worksheet; the next free row is `row`."""

    def __init__(self, worksheet: Worksheet, styles: Styles) -> None:
        self.ws = worksheet
        self.styles = styles
        self.row = 0

    @property
    def name(self) -> str:
        return str(self.ws.get_name())

    def put(self, row: int, col: int, value: Shown, props: Props) -> None:
        """Write a value as what it is. Text stays text, whatever it looks like, and is never cut.

        Raises:
            ValueError: the text is longer than a cell can hold.
        """
        style = self.styles(props)
        value = writable(value)
        match value:
            case None | "":
                self.ws.write_blank(row, col, None, style)
            case str() if value.startswith("<r>") and value.endswith("</r>"):
                # The library takes such text for ready-made mark-up unless it is handed over in pieces.
                self.ws.write_rich_string(row, col, value[:1], self.styles(props), value[1:], style)
            case str():
                if len(value.encode("utf-16-le")) // 2 > _LONGEST:
                    raise ValueError(f"a text of {len(value):,} characters does not fit into a cell")
                self.ws.write_string(row, col, value, style)
            case date():
                self.ws.write_datetime(row, col, datetime(value.year, value.month, value.day), style)  # noqa: DTZ001
            case _:
                self.ws.write_number(row, col, value, style)

    def formula(self, row: int, col: int, formula: str, value: Shown, props: Props) -> None:
        """Write a formula together with its result, for readers that do not calculate."""
        if value in _ERRORS:  # somebody's words; the library would take them for an error
            self.put(row, col, value, props)
            return
        value = writable(value)
        cached = (value - date(1899, 12, 30)).days if isinstance(value, date) else value
        if isinstance(cached, float) and not abs(cached) < _LARGEST:
            cached = None  # what the formula makes of a result that no cell can hold
        if isinstance(cached, str):
            cached = _ESCAPE.sub(r"_x005F\g<0>", cached)  # the library does it for texts, and not for results
        self.ws.write_formula(row, col, f"={formula}", self.styles(props), "" if cached is None else cached)

    def keep_off_paper(self) -> None:
        """Have nothing printed, neither with the whole workbook nor alone, before somebody says which part."""
        self.ws.set_landscape()
        self.ws.fit_to_pages(1, 0)
        self.ws.set_row(EMPTY_ROW, None, None, {"hidden": True})
        self.ws.print_area(EMPTY_ROW, 0, EMPTY_ROW, 0)

    def merged(self, row: int, first: int, last: int, value: Shown, props: Props) -> None:
        """Write a value over several columns."""
        if last > first:
            self.ws.merge_range(row, first, row, last, "", self.styles(props))
        self.put(row, first, value, props)

    def merged_formula(self, row: int, first: int, last: int, formula: str, value: Shown, props: Props) -> None:
        """Write a formula over several columns."""
        self.ws.merge_range(row, first, row, last, "", self.styles(props))
        self.formula(row, first, formula, value, props)


def header_of(spec: FieldSpec) -> str:
    """The column header of a question: its label, with the unit of the numbers below."""
    return f"{spec.label} ({spec.unit})" if spec.unit and spec.unit not in spec.label.casefold() else spec.label


def choice_words(choice: Choice) -> str:
    """What a choice is called in a cell: its label, for currencies the code."""
    return choice.value if isinstance(choice, money.Currency) else choice.label


def shown(spec: FieldSpec, entry: Fields, links: Links) -> Shown:
    """What the cell of an answer holds: a real date, a real number, money in major units, otherwise words."""
    state = entry.answer(spec.name)
    if state is not Answer.ANSWERED:
        return answers.UNKNOWN_WORDS if state is Answer.UNKNOWN else None
    value: Any = getattr(entry, spec.name)
    match spec.kind:
        case Kind.MONEY:
            return float(money.to_major(value, getattr(entry, "currency")))  # noqa: B009
        case Kind.INTEGER | Kind.NUMBER:
            return value if abs(value) < _LARGEST else repr(value)
        case Kind.DATE:
            return value if value >= FIRST_DAY else day_words(value)
        case Kind.CHOICE:
            return choice_words(value)
        case Kind.LINK:
            return links.label(spec.refers_to, value)
        case Kind.LINKS:
            return links.joined(spec.refers_to, value)
        case _:
            return str(value)


def answer_props(spec: FieldSpec, value: Shown, currency: str = "") -> Props:
    """How the cell of an answer is shown; an empty one is ready for what belongs there."""
    match spec.kind:
        case Kind.DATE:
            return {**INPUT, "num_format": DATE, "align": "center"}
        case Kind.MONEY:
            places = money.digits(currency) if currency and isinstance(value, float) and not value.is_integer() else 0
            return {**NUMBER, "num_format": f"{WHOLE}.{'0' * places}" if places else WHOLE}
        case Kind.INTEGER | Kind.NUMBER:
            grouped = isinstance(value, int | float) and 1000 <= abs(value) < 1e15 and value == int(value)
            return {**NUMBER, "num_format": WHOLE} if grouped else NUMBER
        case Kind.CHOICE:
            return {**INPUT, "align": "left", "indent": 1}
        case _:
            return INPUT


def as_words(value: Shown) -> str:
    """Roughly what a cell shows, to measure its room."""
    if isinstance(value, date):
        return "30 Sep 2026"
    return f"{value:,.10g}" if isinstance(value, int | float) else value or ""
