"""The sheets around the charter: what is still open, and how to read the workbook."""

from __future__ import annotations

from scoping.answers import UNKNOWN_WORDS
from scoping.charter import PART_BY_SLUG, Overview
from scoping.export.workbook.parts import SPARE, STATES
from scoping.export.workbook.sheet import Sheet
from scoping.export.workbook.styles import (
    BAD,
    FORMULA,
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
from scoping.section import Severity

OPEN_POINTS, HOW_TO_READ = "Open points", "How to read"
TABLE = "open_points"
BLOCKER, ADVICE = "Blocker", "Advice"
_MESSAGE_WIDTH = 100


def write_open_points(sheet: Sheet, overview: Overview) -> None:
    """List what the checks found when the workbook was made, blockers first."""
    sheet.put(0, 1, OPEN_POINTS, TITLE)
    sheet.ws.set_row(0, 28)
    sheet.put(1, 1, "A blocker keeps the charter a draft; advice may be overruled. As checked when this workbook was made.", NOTE)
    found = sorted(overview.findings, key=lambda f: f.severity is not Severity.BLOCKER)
    headers = ("Step", "Weight", "What to do")
    for col, width in enumerate((1, 18, 12, _MESSAGE_WIDTH)):
        sheet.ws.set_column(col, col, width)
    head, last = 3, 3 + max(1, len(found))
    columns = [{"header": h, "header_format": sheet.styles(HEADER)} for h in headers]
    sheet.ws.add_table(head, 1, last, 3, {"name": TABLE, "style": None, "columns": columns})
    sheet.ws.set_row(head, 20)
    for row, f in enumerate(found, head + 1):
        weight = BLOCKER if f.severity is Severity.BLOCKER else ADVICE
        for col, value in enumerate((PART_BY_SLUG[f.part].title, weight, f.message), 1):
            sheet.put(row, col, value, FORMULA)
        sheet.ws.set_row(row, height(lines(f.message, _MESSAGE_WIDTH)))
    if not found:
        for col in range(1, 4):
            sheet.put(last, col, None, FORMULA)
    for words, props in ((BLOCKER, BAD), (ADVICE, WARN)):
        rule = {"type": "formula", "criteria": f'=$C{head + 2}="{words}"', "format": sheet.styles.difference(props)}
        sheet.ws.conditional_format(head + 1, 2, last, 2, rule)
    sheet.ws.freeze_panes(head + 1, 0)
    sheet.ws.set_landscape()
    sheet.ws.fit_to_pages(1, 0)
    sheet.ws.repeat_rows(head)
    sheet.ws.print_area(0, 1, last, 3)


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
    row = 2
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
            f"Days left count from {as_of}, the day of this revision, not from today. Amounts in different currencies are added up only on the sheet “Cash flow”, by the rates of the sheet “Value”.",
        ),
        (
            "What it is worth",
            "Figures at most likely values are formulas over the sheet “Cash flow”, which follow what is changed. Intervals and chances are values of a simulation with its seed; they follow in the workbench. What other ideas bring and cost is compared and never added.",
        ),
        (
            "Sending changes back",
            "Save the workbook and give it to whoever keeps the project in the workbench. A hidden sheet holds the charter as it was exported, so that changes made meanwhile can be compared.",
        ),
        ("Where it comes from", f"Revision {revision} of the charter."),
    ):
        sheet.put(row, 1, topic, {**LABEL, "bold": True})
        sheet.put(row, 2, words, LABEL)
        sheet.ws.set_row(row, height(lines(words, 90)))
        row += 1
    sheet.ws.set_landscape()
    sheet.ws.fit_to_pages(1, 0)
    sheet.ws.print_area(0, 1, row, 2)
