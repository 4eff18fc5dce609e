"""The plan as bars: a Gantt chart of cells that moves when a date is changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from scoping.export.workbook.parts import SPARE, PartSheet
from scoping.export.workbook.sheet import Sheet
from scoping.export.workbook.styles import DATE, FORMULA, GRID, HEADER, INK, NOTE, SOFT, TEAL, TITLE, height, lines
from scoping.export.workbook.sums import AS_OF, calendar_day, header, table_name
from scoping.sections.milestones import Milestone, in_order

NAME = "Timeline"
_FIRST, _NAME_WIDTH = 5, 40
_MOST, _LEAST, _SLACK = 40, 20, 4
"""Columns of a bar chart; some stay free for dates that move."""
_LAST_NUMBER = 2_958_465
"""31 Dec 9999: a column header never counts beyond it."""


def write_timeline(sheet: Sheet, charter: Any, plan: PartSheet, as_of: date) -> None:
    """Draw every milestone from start to due date, in the order in which they are due."""
    milestones = charter.part("milestones")
    ws = sheet.ws
    order = {m.id: i for i, m in enumerate(milestones.milestones)}
    rows: list[tuple[int, Milestone | None]] = [(plan.rows["milestones"] + order[m.id], m) for m in in_order(milestones)]
    rows += [(plan.rows["milestones"] + len(order) + n, None) for n in range(SPARE)]
    days = [d for m in milestones.milestones for d in (calendar_day(m.start), calendar_day(m.due)) if d] or [as_of]
    begin, step, count = _scale(min(days), max(days))
    sheet.put(0, 1, NAME, TITLE)
    ws.set_row(0, 28)
    unit = "one week" if step == 1 else f"{step} weeks"
    sheet.put(
        1,
        1,
        f"Each narrow column is {unit}. Change a date on the sheet “{plan.sheet.name}” and its bar moves. Dark is the due date, pale the day of this revision.",
        NOTE,
    )
    head = 3
    for col, (words, width) in enumerate((("Milestone", _NAME_WIDTH), ("Owner", 18), ("Start", 12), ("Due", 12)), 1):
        sheet.put(head, col, words, HEADER)
        ws.set_column(col, col, width)
    ws.set_column(0, 0, 1)
    ws.set_column(_FIRST, _FIRST + count - 1, 2.6)
    ws.set_row(head, 52)
    table = table_name("milestones.milestones")
    dates = [f"{table}[{header('milestones.milestones', n)}]" for n in ("start", "due")]
    earliest = f"MIN({dates[0]},{dates[1]})"
    headed = {
        **HEADER,
        "num_format": "d mmm yy",
        "rotation": 90,
        "font_size": 8,
        "text_wrap": False,
        "align": "center",
        "valign": "vcenter",
    }
    first_formula = f"IF(COUNT({dates[0]},{dates[1]})=0,{AS_OF},{earliest})"
    monday = f"MAX(1,{first_formula}-WEEKDAY({first_formula},3))"
    for n in range(count):
        day = _day(begin, n * step * 7)
        previous = xl_rowcol_to_cell(head, _FIRST + n - 1)
        formula = monday if n == 0 else f"MIN({previous}+{7 * step},{_LAST_NUMBER})"
        sheet.formula(head, _FIRST + n, formula, day, headed)
    for row, (source, m) in enumerate(rows, head + 1):
        _write_row(sheet, row, source, plan, m, count)
        if m:
            ws.set_row(row, height(max(lines(m.deliverable, _NAME_WIDTH), lines(m.owner, 18))))
    last = head + len(rows)
    _draw(sheet, head, last, step, count)
    ws.freeze_panes(head + 1, 2)
    ws.set_landscape()
    ws.fit_to_pages(1, 0)
    ws.repeat_rows(head)
    ws.print_area(0, 1, last, _FIRST + count - 1)


def _scale(first: date, last: date) -> tuple[date, int, int]:
    """The first Monday, how many weeks a column stands for, and how many columns there are."""
    begin = first - timedelta(days=min(first.weekday(), (first - date.min).days))
    weeks = (last - begin).days // 7 + 1
    step = max(1, -(-weeks // (_MOST - _SLACK)))
    return begin, step, max(_LEAST, -(-weeks // step) + _SLACK)


def _day(begin: date, days: int) -> date:
    return min(begin + timedelta(days=days), date.max) if (date.max - begin).days > days else date.max


def _write_row(sheet: Sheet, row: int, source: int, plan: PartSheet, m: Milestone | None, count: int) -> None:
    names = ("deliverable", "owner", "start", "due")
    values = [m.deliverable, m.owner, m.start, m.due] if m else [None] * 4
    states = [m.answer(n) if m else None for n in names]
    for col, (name, value) in enumerate(zip(names, values, strict=True), 1):
        spot = f"{plan.sheet.name}!{xl_rowcol_to_cell(source, plan.column('milestones', name))}"
        props = {**FORMULA, "num_format": DATE, "align": "center"} if name in ("start", "due") else FORMULA
        shown = "Not known yet" if states[col - 1] == "unknown" else value
        if isinstance(shown, date) and calendar_day(shown) is None:
            shown = shown.isoformat()
        sheet.formula(row, col, f'IF({spot}="","",{spot})', shown, props)
    for n in range(count):
        sheet.put(row, _FIRST + n, None, {"left": 4, "left_color": GRID, "bottom": 1, "bottom_color": GRID, "font_color": INK})


def _draw(sheet: Sheet, head: int, last: int, step: int, count: int) -> None:
    top, end = head + 1, _FIRST + count - 1
    week = xl_rowcol_to_cell(head, _FIRST).replace(str(head + 1), f"${head + 1}")
    start, due = f"$D{top + 1}", f"$E{top + 1}"
    inside = f"{week}+{7 * step - 1}>={start},{week}<={due}"
    for condition, props in (
        (f"AND(ISNUMBER({start}),ISNUMBER({due}),{inside},{week}+{7 * step}>{due})", {"bg_color": "#134E4A"}),
        (f"AND(ISNUMBER({start}),ISNUMBER({due}),{inside})", {"bg_color": TEAL}),
        (f"AND(NOT(ISNUMBER({start})),ISNUMBER({due}),{week}<={due},{week}+{7 * step}>{due})", {"bg_color": SOFT}),
        (f"AND({week}<={AS_OF},{week}+{7 * step}>{AS_OF})", {"bg_color": "#FCE7C8"}),
    ):
        sheet.ws.conditional_format(
            top,
            _FIRST,
            last,
            end,
            {"type": "formula", "criteria": f"={condition}", "format": sheet.styles.difference(props), "stop_if_true": True},
        )
