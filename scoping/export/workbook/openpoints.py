"""The sheets around the charter: what is still open, and how to read the workbook."""

from __future__ import annotations

from collections.abc import Sequence

from scoping.answers import UNKNOWN_WORDS
from scoping.charter import PART_BY_SLUG
from scoping.export.workbook.parts import SPARE, STATES
from scoping.export.workbook.sheet import EMPTY_ROW, Sheet, Shown
from scoping.export.workbook.styles import (
    BAD,
    FORMULA,
    GOOD,
    HEADER,
    INPUT,
    LABEL,
    NOTE,
    OPEN,
    SUM_HEADER,
    TITLE,
    UNKNOWN,
    WARN,
    Props,
    height,
    lines,
)
from scoping.review import Overview
from scoping.signing.conditions import Condition, ConditionState, to_sign_words
from scoping.words import short

OPEN_POINTS, HOW_TO_READ = "Open points", "How to read"
CONDITIONS, ADVICE = "to_sign", "open_points"
"""The tables of the sheet: the sixteen conditions, and advice."""
STATE = "State"
_CONDITION_WIDTH, _MESSAGE_WIDTH = 52, 70
_MOST_MISSING, _LONGEST = 12, 400


def write_open_points(sheet: Sheet, overview: Overview) -> None:
    """List the conditions for signing, with what is missing of each, and the advice, as checked when the workbook was made."""
    sheet.put(0, 1, OPEN_POINTS, TITLE)
    sheet.ws.set_row(0, 28)
    sheet.put(1, 1, f"{to_sign_words(overview.met)}. As checked when this workbook was made. Advice may be overruled.", NOTE)
    for col, width in enumerate((1, 6, 16, _CONDITION_WIDTH, 14, _MESSAGE_WIDTH)):
        sheet.ws.set_column(col, col, width)
    conditions = [(c.number, PART_BY_SLUG[c.part].title, c.sentence, c.state.label, _missing(c)) for c in overview.conditions]
    last = _table(sheet, 3, CONDITIONS, ("No.", "Step", "Condition", STATE, "What is missing"), conditions)
    for state, props in ((ConditionState.MET, GOOD), (ConditionState.OPEN, BAD), (ConditionState.UNKNOWN, WARN)):
        rule = {"type": "cell", "criteria": "==", "value": f'"{state.label}"', "format": sheet.styles.difference(props)}
        sheet.ws.conditional_format(4, 4, last, 4, rule)
    head = last + 3
    sheet.put(head - 1, 1, "Advice", {**LABEL, "bold": True})
    advice = [(n, PART_BY_SLUG[f.part].title, f.message, "", "") for n, f in enumerate(overview.findings, 1)]
    _table(sheet, head, ADVICE, ("No.", "Step", "What to do"), advice)
    sheet.ws.freeze_panes(4, 0)


def _missing(condition: Condition) -> str:
    """What is missing of a condition, as much of it as a cell shows."""
    told = [short(f.message, _LONGEST) for f in condition.missing[:_MOST_MISSING]]
    more = len(condition.missing) - _MOST_MISSING
    return "\n".join([*told, *([f"… and {more} more"] if more > 0 else [])])


def _table(sheet: Sheet, head: int, name: str, headers: Sequence[str], rows: Sequence[tuple[Shown, ...]]) -> int:
    """Write a table from its row of headers on, never without a row. Returns its last row."""
    last = head + max(1, len(rows))
    columns = [{"header": h, "header_format": sheet.styles(HEADER)} for h in headers]
    sheet.ws.add_table(head, 1, last, len(headers), {"name": name, "style": None, "columns": columns})
    sheet.ws.set_row(head, 20)
    for row, cells in enumerate(rows or [(None,) * len(headers)], head + 1):
        for col, value in enumerate(cells[: len(headers)], 1):
            sheet.put(row, col, value, FORMULA)
        widths = (_CONDITION_WIDTH, _MESSAGE_WIDTH)
        texts = (str(cells[2] or ""), str(cells[4] or "") if len(headers) > 4 else "")
        sheet.ws.set_row(row, height(max(lines(text, width) for text, width in zip(texts, widths, strict=True))))
    return last


def write_how_to_read(sheet: Sheet, revision: int, as_of: str) -> None:
    """Explain colours, calculations and the way back into the workbench."""
    sheet.ws.set_column(0, 0, 1)
    sheet.ws.set_column(1, 1, 26)
    sheet.ws.set_column(2, 2, 90)
    sheet.put(0, 1, HOW_TO_READ, TITLE)
    sheet.ws.set_row(0, 28)
    legend: list[tuple[str, Props, str]] = [
        ("Blue text", INPUT, "An answer. It may be changed."),
        ("Black text", FORMULA, "A formula. It follows the answers; please leave it as it is."),
        (UNKNOWN_WORDS, {**INPUT, **UNKNOWN}, "The team has looked and does not know yet. It never counts as zero, safe or done."),
        ("", {**INPUT, **OPEN}, f"{STATES[1]}: a question that the first workshop should answer."),
        ("Header", HEADER, "A column of answers."),
        ("Header", SUM_HEADER, "A column that is calculated."),
    ]
    row = EMPTY_ROW + 1
    for sample, props, words in legend:
        sheet.put(row, 1, sample, props)
        sheet.put(row, 2, words, LABEL)
        row += 1
    row += 1
    for topic, words in (
        (
            "To change something",
            "Overwrite blue cells. Choose from the list where a cell offers one. Dates are real dates, amounts are in whole currency units.",
        ),
        (
            "To add an entry",
            f"Write into the empty rows at the end of a table; each table has {SPARE} of them, and it grows when you go on below.",
        ),
        (
            "To remove an entry",
            "Delete its row. The small grey id in column A tells the workbench which entry a row is, so please leave ids alone.",
        ),
        ("Several names in a cell", "Separate them with a vertical bar |."),
        (
            "Calculations",
            f"Days left count from {as_of}, the day for which this workbook was made, not from the day on which it is read. Amounts in different currencies are added up only on the sheet “Cash flow”, by the rates of the sheet “Value”.",
        ),
        (
            "What it is worth",
            "Figures at most likely values are formulas over the sheet “Cash flow”, which follow what is changed. Intervals and chances are values of a simulation with its seed; they follow in the workbench. What other ideas bring and cost is compared and never added.",
        ),
        (
            "Sending changes back",
            "Save the workbook and give it to whoever keeps the project in the workbench. “Bring changes back”, on the charter page, shows every change before any is taken over, and what others changed meanwhile.",
        ),
        (
            "On paper",
            "“Summary” and “Annexes” are laid out for A4. All others are for the screen and stay out of what is printed; clear the print area of one to print it.",
        ),
        ("Where it comes from", f"Revision {revision} of the charter."),
    ):
        sheet.put(row, 1, topic, {**LABEL, "bold": True})
        sheet.put(row, 2, words, LABEL)
        sheet.ws.set_row(row, height(lines(words, 90)))
        row += 1
