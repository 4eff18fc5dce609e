"""Totals and charts above the tables they are about, each total a formula with its result."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from scoping import blocks as told_as
from scoping import currency as money
from scoping.charter import Charter
from scoping.ethics import words as ethics_words
from scoping.export.workbook import charts
from scoping.export.workbook.parts import PartSheet
from scoping.export.workbook.sheet import Sheet, Shown
from scoping.export.workbook.styles import FORMULA, HEADING, INK, LABEL, NOTE, SOFT, SUM_HEADER, TEAL
from scoping.export.workbook.sums import column, questions_of, table_name, used
from scoping.export.workbook.worth import Total
from scoping.sections.data_sources import Source, total_cost, unpriced
from scoping.sections.feasibility import Slices

_MOST_BARS = 25


def write_before(ref: str, part: PartSheet, charter: Charter, book: Workbook) -> None:
    """Write what is calculated over a list above its table."""
    match ref:
        case "feasibility.slices":
            slice_totals(part, charter)
        case "data_sources.sources":
            data_costs(part, charter)
            cost_chart(part, charter.data_sources.sources, book)
        case "ethics.checklist":
            ethics_outcome(part, charter)


def ethics_outcome(part: PartSheet, charter: Charter) -> None:
    """What the answers came to in this revision, and what each framework still lacks: words, not formulas."""
    sheet, ethics = part.sheet, charter.ethics
    told = [*ethics_words.outcome(ethics), *ethics_words.coverage(ethics)]
    for block in told:
        match block:
            case told_as.Facts(rows, title):
                sheet.put(sheet.row, 1, f"{title}, in this revision", HEADING)
                lines = rows
            case told_as.Table(title, headers, cells):
                sheet.put(sheet.row, 1, title, HEADING)
                lines = tuple((row[0], "; ".join(f"{h}: {c}" for h, c in zip(headers[1:], row[1:], strict=True))) for row in cells)
            case told_as.Paragraph(words) | told_as.Missing(words) | told_as.Unknown(words):
                sheet.put(sheet.row, 1, words, NOTE)
                sheet.row += 1
                continue
        sheet.row += 1
        for label, words in lines:
            sheet.put(sheet.row, 1, label, LABEL)
            sheet.put(sheet.row, 2, words, {"font_color": INK})
            sheet.row += 1
        sheet.row += 1
    sheet.row += 1


def main_currency(charter: Charter, used_ones: set[str]) -> list[str]:
    """The currencies in use, that of the project first; only that one while no amount is known."""
    own = str(charter.project.currency)
    rest = sorted(used_ones - {own})
    return [own, *rest] if own in used_ones or not rest else rest


def _spot(sheet: Sheet, row: int, col: int) -> str:
    return f"'{sheet.name}'!{xl_rowcol_to_cell(row, col, row_abs=True, col_abs=True)}"


def _head(sheet: Sheet, title: str, headers: list[str]) -> None:
    sheet.put(sheet.row, 1, title, HEADING)
    sheet.ws.set_row(sheet.row, 22)
    for col, words in enumerate(headers, 1):
        sheet.put(sheet.row + 1, col, words, SUM_HEADER)
    sheet.ws.set_row(sheet.row + 1, 30)
    sheet.row += 2


def _line(sheet: Sheet, label: str, formula: str, value: Shown, num_format: str = "#,##0") -> Total:
    sheet.put(sheet.row, 1, label, LABEL)
    sheet.formula(sheet.row, 2, formula, value, {**FORMULA, "num_format": num_format, "align": "right"})
    sheet.row += 1
    return Total(_spot(sheet, sheet.row - 1, 2), value)


def _verdict(sheet: Sheet, col: int, formula: str, value: str) -> None:
    sheet.formula(sheet.row - 1, col, formula, value, NOTE)


def data_costs(part: PartSheet, charter: Charter) -> None:
    """Known cost by currency, what is missing from it, and the costs as bars."""
    sheet, ref = part.sheet, "data_sources.sources"
    data = charter.data_sources
    costs, currencies = questions_of(ref, "cost currency", column)
    known = total_cost(data)
    _head(sheet, "What the data costs", ["Currency", "Known cost", "Sources counted"])
    first = sheet.row
    codes = main_currency(charter, set(known))
    for code in codes:
        spot = xl_rowcol_to_cell(sheet.row, 1)
        count = sum(s.cost is not None and s.currency == code for s in data.sources)
        total = float(money.to_major(known.get(code, 0), code))
        _line(sheet, str(code), f"SUMIFS({costs},{currencies},{spot})", total)
        counted = f'COUNTIFS({currencies},{spot},{costs},">=0")'
        sheet.formula(sheet.row - 1, 3, counted, count, {**FORMULA, "num_format": "0"})
    counts = f"SUM({xl_rowcol_to_cell(first, 3)}:{xl_rowcol_to_cell(sheet.row - 1, 3)})"
    _line(sheet, "Sources without a cost", f"SUMPRODUCT({used(ref)},1-ISNUMBER({costs}))", unpriced(data))
    _line(sheet, "Known costs in no total above", f"COUNT({costs})-{counts}", 0)
    _verdict(
        sheet,
        3,
        f'IF({xl_rowcol_to_cell(sheet.row - 1, 2)}=0,"Every known cost is counted","Add a line for their currency")',
        "Every known cost is counted",
    )
    sheet.row += 1


def cost_chart(part: PartSheet, sources: tuple[Source, ...], book: Workbook) -> None:
    """Draw the cost of each source, provided all are in one currency."""
    codes = {s.currency for s in sources if s.cost is not None}
    if len(codes) != 1:
        return
    sheet, bars = part.sheet, min(len(sources), _MOST_BARS)
    tall = 110 + 26 * bars
    first = sheet.row + charts.rows_of(tall) + 2  # below the chart come heading and header of the table
    name, cost = part.column("sources", "name"), part.column("sources", "cost")
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "Cost",
            "categories": [sheet.name, first, name, first + bars - 1, name],
            "values": [sheet.name, first, cost, first + bars - 1, cost],
            "fill": {"color": TEAL},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "#,##0", "font": {**charts.font(), "color": INK}},
        }
    )
    more = f", first {bars} of {len(sources)}" if bars < len(sources) else ""
    charts.dress(chart, f"Cost of each source in {codes.pop()}{more}")
    chart.set_y_axis({"reverse": True, "num_font": charts.font(), "line": {"color": SOFT}, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"none": True})
    charts.insert(sheet, chart, tall, "Bars: what each data source costs. The same numbers stand in the table above.")


def slice_totals(part: PartSheet, charter: Charter) -> None:
    """Whether the shares add up, and what closing every gap would bring."""
    sheet, ref = part.sheet, "feasibility.slices"
    data = charter.feasibility
    (shares,) = questions_of(ref, "share", column)
    known = [s.share for s in data.slices if s.share is not None]
    total = sum(known)
    _head(sheet, "What the groups add up to", ["", "Points"])
    share = _line(sheet, "Total of the shares, in %", f"SUM({shares})", total, "0.0#")
    rows = f"SUMPRODUCT({used(ref)})"
    overlap = f'{part.answers["slices_are"]}="{Slices.OVERLAPPING.label}"'
    at = share.spot.split("!")[1]
    words = {
        "none": "No groups yet",
        "overlap": "Groups overlap, so they need not add to 100 %",
        "unknown": "Some shares are not known yet",
        "good": "Adds to 100 %",
        "bad": "Does not add to 100 %",
    }
    if not data.slices:
        verdict = "none"
    elif data.slices_are is Slices.OVERLAPPING:
        verdict = "overlap"
    elif len(known) < len(data.slices):
        verdict = "unknown"
    else:
        verdict = "good" if abs(round(total, 10) - 100) <= 0.5 else "bad"
    _verdict(
        sheet,
        3,
        f'IF({rows}=0,"{words["none"]}",IF({overlap},"{words["overlap"]}",IF(COUNT({shares})<{rows},"{words["unknown"]}",'
        f'IF(ABS(ROUND({at},10)-100)<=0.5,"{words["good"]}","{words["bad"]}"))))',
        words[verdict],
    )
    gains = [s.gain for s in data.slices if s.gain is not None]
    _line(sheet, "Gain if every gap were closed", f"SUM({column(table_name(ref), 'Gap x share')})", sum(gains), "0.00")
    sheet.row += 1
