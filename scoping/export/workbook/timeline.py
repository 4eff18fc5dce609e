"""The plan as bars: a Gantt chart of cells that moves when a date is changed."""

from __future__ import annotations

from datetime import date, timedelta

from xlsxwriter.utility import xl_rowcol_to_cell

from scoping.charter import Charter
from scoping.export.workbook.parts import SPARE, PartSheet
from scoping.export.workbook.sheet import Sheet, Shown
from scoping.export.workbook.styles import DATE, FORMULA, GRID, HEADER, INK, NOTE, SOFT, TEAL, TITLE, height, lines
from scoping.export.workbook.sums import AS_OF, calendar_day, column, header, table_name
from scoping.milestones import baseline, forecast
from scoping.milestones import plan as milestones_plan
from scoping.milestones.possible import AHEAD
from scoping.milestones.status import State, of_plan
from scoping.sections.milestones import Gate, Milestone, Milestones, in_order
from scoping.words import day_words

NAME = "Timeline"
_NAME_WIDTH = 40
_COLUMNS = (
    ("Milestone", _NAME_WIDTH),
    ("Owner", 18),
    ("Start", 12),
    ("Due", 12),
    ("Signed date", 12),
    ("Done by, in half of all cases", 12),
    ("Done by, in 8 of 10", 12),
    ("Reached on", 12),
    ("State", 12),
)
_FIRST = len(_COLUMNS) + 1
"""The first column of the bars."""
_LIVE = ("deliverable", "owner", "start", "due", "reached_on")
_NAMING = ("deliverable", "owner", "start", "due")
"""A row in which one of them stands is a milestone."""
_PLACES = {"deliverable": 1, "owner": 2, "start": 3, "due": 4, "reached_on": 8}
_FROZEN, _HALF, _MOST_CASES, _STATE = 5, 6, 7, 9
_MOST, _LEAST, _SLACK = 40, 20, 4
"""Columns of a bar chart; some stay free for dates that move."""
_DAY = {**FORMULA, "num_format": DATE, "align": "center"}
_WEEK = {
    **HEADER,
    "num_format": DATE,
    "rotation": 90,
    "font_size": 8,
    "text_wrap": False,
    "align": "center",
    "valign": "vcenter",
}
_HEAD = 4
"""The row of the headers."""
_LAST_NUMBER = 2_958_465
"""31 Dec 9999: a column header never counts beyond it."""


def write_timeline(sheet: Sheet, charter: Charter, plan: PartSheet, as_of: date) -> None:
    """Draw every milestone from start to due date, in the order in which they are due."""
    milestones = charter.milestones
    expected = _Expected(milestones, as_of)
    days = [d for m in milestones.milestones for d in (calendar_day(m.start), calendar_day(m.due)) if d] or [as_of]
    begin, step, count = _scale(min(days), max([*days, *expected.frozen_days]))
    _write_title(sheet, plan, step)
    _write_columns(sheet, count)
    _write_weeks(sheet, begin, step, count)
    states = {s.milestone.id: s.state for s in of_plan(milestones, as_of)}
    rows = _rows(milestones, plan)
    for row, (source, m) in enumerate(rows, _HEAD + 1):
        _write_row(sheet, row, source, plan, m, count)
        _write_promises(sheet, row, expected, m)
        _write_state(sheet, row, source, plan, m, states[m.id] if m else None, as_of)
        if m:
            sheet.ws.set_row(row, height(max(lines(m.deliverable, _NAME_WIDTH), lines(m.owner, 18))))
    last = _HEAD + len(rows)
    _draw(sheet, last, step, count)
    sheet.ws.freeze_panes(_HEAD + 1, 2)


def _rows(milestones: Milestones, plan: PartSheet) -> list[tuple[int, Milestone | None]]:
    """The row of the plan's sheet that each row of bars shows, and its milestone; None for rows that are still free."""
    begin = plan.rows["milestones"]
    place = {m.id: begin + i for i, m in enumerate(milestones.milestones)}
    filled: list[tuple[int, Milestone | None]] = [(place[m.id], m) for m in in_order(milestones)]
    return filled + [(begin + len(place) + n, None) for n in range(SPARE)]


def _write_title(sheet: Sheet, plan: PartSheet, step: int) -> None:
    sheet.put(0, 1, NAME, TITLE)
    sheet.ws.set_row(0, 28)
    unit = "one week" if step == 1 else f"{step} weeks"
    sheet.put(
        1,
        1,
        f"Each narrow column is {unit}. Change a date on the sheet “{plan.sheet.name}” and its bar moves. Dark is the due date, pale the day of this revision.",
        NOTE,
    )
    sheet.put(
        3,
        1,
        "The signed date is that of the plan as it was signed last, in a bar the orange field. Both “done by” are the forecast of this revision. "
        "The state is that of this revision, by readings, dates and gates; where a date is changed here, the dates alone decide.",
        NOTE,
    )


def _write_columns(sheet: Sheet, count: int) -> None:
    """The headers of the columns before the bars, and the widths of all."""
    for col, (words, width) in enumerate(_COLUMNS, 1):
        sheet.put(_HEAD, col, words, HEADER)
        sheet.ws.set_column(col, col, width)
    sheet.ws.set_column(0, 0, 1)
    sheet.ws.set_column(_FIRST, _FIRST + count - 1, 2.6)
    sheet.ws.set_row(_HEAD, 52)


def _write_weeks(sheet: Sheet, begin: date, step: int, count: int) -> None:
    """The day with which each column of bars begins; the first one follows the plan when a date is changed."""
    table = table_name("milestones.milestones")
    start, due = (f"{table}[{header('milestones.milestones', n)}]" for n in ("start", "due"))
    first = f"IF(COUNT({start},{due})=0,{AS_OF},MIN({start},{due}))"
    for n in range(count):
        previous = xl_rowcol_to_cell(_HEAD, _FIRST + n - 1)
        formula = f"MAX(1,{first}-WEEKDAY({first},3))" if n == 0 else f"MIN({previous}+{7 * step},{_LAST_NUMBER})"
        sheet.formula(_HEAD, _FIRST + n, formula, _day(begin, n * step * 7), _WEEK)


def _scale(first: date, last: date) -> tuple[date, int, int]:
    """The first Monday, how many weeks a column stands for, and how many columns there are."""
    begin = first - timedelta(days=min(first.weekday(), (first - date.min).days))
    weeks = (last - begin).days // 7 + 1
    step = max(1, -(-weeks // (_MOST - _SLACK)))
    return begin, step, max(_LEAST, -(-weeks // step) + _SLACK)


def _day(begin: date, days: int) -> date:
    return min(begin + timedelta(days=days), date.max) if (date.max - begin).days > days else date.max


class _Expected:
    """The plan as it was frozen, and what the simulation says of it on the day of the revision."""

    def __init__(self, milestones: Milestones, as_of: date) -> None:
        self.frozen = baseline.frozen(milestones)
        self.forecast = forecast.forecast(milestones_plan.plan(milestones, as_of))

    @property
    def frozen_days(self) -> list[date]:
        """What was promised, as far as a spreadsheet can calculate with it."""
        days = (calendar_day(m.day) for m in self.frozen.milestones) if self.frozen else ()
        return [day for day in days if day]

    def of(self, milestone: str) -> tuple[date | None, date | None, date | None]:
        """The frozen day, and those by which it is done in half and in four of five of all cases."""
        was = self.frozen.of(milestone) if self.frozen else None
        expected = self.forecast.of(milestone)
        days = (was.day if was else None, expected.p50 if expected else None, expected.p80 if expected else None)
        return calendar_day(days[0]), calendar_day(days[1]), calendar_day(days[2])


def _write_row(sheet: Sheet, row: int, source: int, plan: PartSheet, m: Milestone | None, count: int) -> None:
    for name in _LIVE:
        value: Shown = getattr(m, name) if m else None
        spot = _spot(plan, source, name)
        is_text = name in ("deliverable", "owner")
        shown = "Not known yet" if m and m.answer(name) == "unknown" else value
        if isinstance(shown, date) and calendar_day(shown) is None:
            shown = day_words(shown)
        sheet.formula(row, _PLACES[name], f'IF({spot}="","",{spot})', shown, FORMULA if is_text else _DAY)
    for n in range(count):
        sheet.put(row, _FIRST + n, None, {"left": 4, "left_color": GRID, "bottom": 1, "bottom_color": GRID, "font_color": INK})


def _spot(plan: PartSheet, row: int, name: str) -> str:
    return f"{plan.sheet.name}!{xl_rowcol_to_cell(row, plan.column('milestones', name))}"


def _write_promises(sheet: Sheet, row: int, expected: _Expected, m: Milestone | None) -> None:
    for col, day in zip((_FROZEN, _HALF, _MOST_CASES), expected.of(m.id) if m else (None, None, None), strict=True):
        sheet.put(row, col, day, _DAY)


def _write_state(
    sheet: Sheet, row: int, source: int, plan: PartSheet, m: Milestone | None, state: State | None, as_of: date
) -> None:
    """The state that the page shows, as long as the row is as it was written; by its dates alone after a change."""
    start, due, reached = (xl_rowcol_to_cell(row, _PLACES[name]) for name in ("start", "due", "reached_on"))
    gate, gate_on = (_spot(plan, source, name) for name in ("gate", "gate_on"))
    known = "&".join(_spot(plan, source, n) for n in _NAMING)
    by_dates = (
        f'IF({_is_stopped(gate, gate_on)},"{State.STOPPED.label}",'
        f'IF(AND(ISNUMBER({reached}),N({reached})<={AS_OF}),"{State.DONE.label}",'
        f'IF(AND(ISNUMBER({due}),N({due})<{AS_OF}),"{State.LATE.label}",'
        f'IF(AND(ISNUMBER({start}),N({start})>{AS_OF}),"{State.NOT_STARTED.label}","{State.UNKNOWN.label}"))))'
    )
    is_there = m is not None and any(getattr(m, name) or name in m.unknown for name in _NAMING)
    told = by_dates
    if m and state:
        days = map(_serial, (m.start, m.due, m.reached_on, m.gate_on))
        written = "|".join([*days, m.gate.label if m.gate else "", _serial(as_of)])
        now = '&"|"&'.join(f"N({spot})" for spot in (start, due, reached, gate_on)) + f'&"|"&{gate}&"|"&{AS_OF}'
        told = f'IF({now}="{written}","{state.label}",{by_dates})'
    sheet.formula(row, _STATE, f'IF({known}="","",{told})', state.label if is_there and state else None, FORMULA)


def _is_stopped(gate: str, gate_on: str) -> str:
    """Whether the stop at a gate holds, by the rule of scoping/milestones/gates.py."""
    ref = "milestones.milestones"
    gates, days = (column(table_name(ref), header(ref, name)) for name in ("gate", "gate_on"))
    later = f"({days}>{gate_on})+({days}={gate_on})*(ROW({days})>ROW({gate_on}))"
    other = f'ISNUMBER({days})*({gates}<>"")*({gates}<>"{Gate.STOP.label}")*({days}<={AS_OF}+{AHEAD.days})'
    holds = f"AND({gate_on}<={AS_OF}+{AHEAD.days},SUMPRODUCT({other}*({later}))=0)"
    return f'AND({gate}="{Gate.STOP.label}",IF(ISNUMBER({gate_on}),{holds},TRUE))'


def _serial(day: date | None) -> str:
    """A date as the number that a spreadsheet has for it; 0 for none."""
    return str((day - date(1899, 12, 30)).days if day and calendar_day(day) else 0)


def _draw(sheet: Sheet, last: int, step: int, count: int) -> None:
    top, end = _HEAD + 1, _FIRST + count - 1
    week = xl_rowcol_to_cell(_HEAD, _FIRST).replace(str(_HEAD + 1), f"${_HEAD + 1}")
    start, due = f"$D{top + 1}", f"$E{top + 1}"
    frozen = f"${xl_rowcol_to_cell(top, _FROZEN)}"
    inside = f"{week}+{7 * step - 1}>={start},{week}<={due}"
    for condition, props in (
        (f"AND(ISNUMBER({frozen}),{frozen}<>{due},{week}<={frozen},{week}+{7 * step}>{frozen})", {"bg_color": "#E0A04A"}),
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
