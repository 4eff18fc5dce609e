"""Totals and charts above the tables they are about, each total a formula with its result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from scoping import currency as money
from scoping.charter import Charter
from scoping.export.workbook.parts import PartSheet
from scoping.export.workbook.sheet import Sheet, Shown
from scoping.export.workbook.styles import FONT, FORMULA, HEADING, INK, LABEL, NOTE, SOFT, SUM_HEADER, TEAL
from scoping.export.workbook.sums import TIMES, column, major, pert, questions_of, table_name, used
from scoping.sections.data_sources import Source, total_cost, unpriced
from scoping.sections.feasibility import Slices
from scoping.sections.value import Amount, Period

_CHART_WIDTH, _ROW_PIXELS = 640, 20
_MOST_BARS = 25
_RANGE = ("low", "likely", "high")
_HOW_TO_READ = (
    "At least: the smallest benefits less the highest costs; at most: the other way round. "
    "Expected: (at least + 4 x most likely + at most) / 6."
)


@dataclass(frozen=True)
class Total:
    """A total that other sheets show.

    Attributes:
        spot: where it stands, such as "'Data sources'!$C$30".
        unit: the currency of an amount.
    """

    spot: str
    value: Shown
    unit: str = ""


def write_before(ref: str, part: PartSheet, charter: Charter, book: Workbook) -> dict[str, Total]:
    """Write what is calculated over a list above its table. Returns the totals that the summary shows, by name."""
    match ref:
        case "feasibility.slices":
            slice_totals(part, charter)
        case "value.benefits":
            net, gaps = money_totals(part, charter, book)
            return {"net": net, "gaps": gaps}
        case "data_sources.sources":
            cost, missing = data_costs(part, charter)
            cost_chart(part, charter.part("data_sources").sources, book)
            return {"cost": cost, "unpriced": missing}
    return {}


def main_currency(charter: Any, used_ones: set[str]) -> list[str]:
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


def data_costs(part: PartSheet, charter: Charter) -> tuple[Total, Total]:
    """Known cost by currency, what is missing from it, and the costs as bars."""
    sheet, ref = part.sheet, "data_sources.sources"
    data = charter.part("data_sources")
    costs, currencies = questions_of(ref, "cost currency", column)
    known = total_cost(data)
    _head(sheet, "What the data costs", ["Currency", "Known cost", "Sources counted"])
    first = sheet.row
    totals = []
    codes = main_currency(charter, set(known))
    for code in codes:
        spot = xl_rowcol_to_cell(sheet.row, 1)
        count = sum(s.cost is not None and s.currency == code for s in data.sources)
        total = float(money.to_major(known.get(code, 0), code))
        totals.append(_line(sheet, str(code), f"SUMIFS({costs},{currencies},{spot})", total))
        counted = f'COUNTIFS({currencies},{spot},{costs},">=0")'
        sheet.formula(sheet.row - 1, 3, counted, count, {**FORMULA, "num_format": "0"})
    counts = f"SUM({xl_rowcol_to_cell(first, 3)}:{xl_rowcol_to_cell(sheet.row - 1, 3)})"
    missing = _line(sheet, "Sources without a cost", f"SUMPRODUCT({used(ref)},1-ISNUMBER({costs}))", unpriced(data))
    _line(sheet, "Known costs in no total above", f"COUNT({costs})-{counts}", 0)
    _verdict(
        sheet,
        3,
        f'IF({xl_rowcol_to_cell(sheet.row - 1, 2)}=0,"Every known cost is counted","Add a line for their currency")',
        "Every known cost is counted",
    )
    sheet.row += 1
    return replace(totals[0], unit=str(codes[0])), missing


def cost_chart(part: PartSheet, sources: tuple[Source, ...], book: Workbook) -> None:
    """Draw the cost of each source, provided all are in one currency."""
    codes = {s.currency for s in sources if s.cost is not None}
    if len(codes) != 1:
        return
    sheet, bars = part.sheet, min(len(sources), _MOST_BARS)
    tall = 110 + 26 * bars
    first = sheet.row + rows_of(tall) + 2  # below the chart come heading and header of the table
    name, cost = part.column("sources", "name"), part.column("sources", "cost")
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "Cost",
            "categories": [sheet.name, first, name, first + bars - 1, name],
            "values": [sheet.name, first, cost, first + bars - 1, cost],
            "fill": {"color": TEAL},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "#,##0", "font": {**_chart_font(), "color": INK}},
        }
    )
    more = f", first {bars} of {len(sources)}" if bars < len(sources) else ""
    _dress(chart, f"Cost of each source in {codes.pop()}{more}")
    chart.set_y_axis({"reverse": True, "num_font": _chart_font(), "line": {"color": SOFT}, "major_tick_mark": "none"})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_legend({"none": True})
    _insert(sheet, chart, tall, "Bars: what each data source costs. The same numbers stand in the table above.")


def _chart_font() -> dict[str, Any]:
    return {"name": FONT["font_name"], "size": 9, "color": SOFT}


def _dress(chart: Any, title: str) -> None:
    chart.set_title(
        {"name": title, "name_font": {"name": FONT["font_name"], "size": 11, "bold": True, "color": TEAL}, "overlay": False}
    )
    chart.set_chartarea({"border": {"color": "#CBD8D5"}})
    chart.set_plotarea({"fill": {"none": True}})


def rows_of(tall: int) -> int:
    """How many rows a chart of that height covers, with some room below it."""
    return tall // _ROW_PIXELS + 2


def _insert(sheet: Sheet, chart: Any, tall: int, description: str) -> None:
    chart.set_size({"width": _CHART_WIDTH, "height": tall})
    sheet.ws.insert_chart(sheet.row, 1, chart, {"object_position": 2, "description": description})
    sheet.row += rows_of(tall)


def _sum(rows: tuple[Amount, ...], name: str, code: str, *, once: bool) -> float:
    total = 0.0
    for row in rows:
        value = major(row, name)
        if value is not None and row.currency == code and row.period is not None:
            if once:
                total += value if row.period is Period.ONCE else 0
            else:
                total += value * TIMES[row.period]
    return total


def money_totals(part: PartSheet, charter: Charter, book: Workbook) -> tuple[Total, Total]:
    """Benefits, costs and what is left, every year and over the years to count, by currency."""
    sheet, value = part.sheet, charter.part("value")
    amounts = (*value.benefits, *value.costs)
    known = {a.currency for a in amounts if (a.low, a.likely, a.high) != (None, None, None)}
    codes = main_currency(charter, known)
    years_at = part.answers["horizon_years"]
    years = value.horizon_years or 1
    _head(sheet, "What it brings and costs", ["", "Currency", "At least", "Most likely", "At most", "Expected"])
    nets = [_currency_lines(sheet, value, str(code), years_at, years) for code in codes]
    gap_formula = "+".join(
        f"SUMPRODUCT({used(ref)},1-ISNUMBER({column(table_name(ref), 'Expected')})"
        f"*ISNUMBER({column(table_name(ref), 'Times a year')}))"
        for ref in ("value.benefits", "value.costs")
    )
    gap_count = sum(None in (a.low, a.likely, a.high, a.period) for a in amounts)
    gaps = _line(sheet, "Amounts with a number or a period missing", gap_formula, gap_count)
    _verdict(
        sheet,
        3,
        f'IF({gaps.spot.split("!")[1]}=0,"Every amount is complete","Counted as far as it is known")',
        _gap_words(gap_count),
    )
    sheet.put(sheet.row, 1, _HOW_TO_READ, NOTE)
    sheet.row += 1
    sheet.row += 1
    if known:
        _money_chart(sheet, book, nets[0][1], str(codes[0]))
    return nets[0][0], gaps


def _gap_words(count: int) -> str:
    return "Counted as far as it is known" if count else "Every amount is complete"


def _currency_lines(sheet: Sheet, value: Any, code: str, years_at: str, years: int) -> tuple[Total, int]:
    """Write the six lines of one currency. Returns the likely net per year and the first row."""
    first = sheet.row
    nets = [_three_lines(sheet, value, code, "every year")]
    nets.append(_three_lines(sheet, value, code, "once"))
    yearly, once = first + 3, first + 6
    horizon = f"IF(ISNUMBER({years_at}),{years_at},1)"
    numbers = [a * years + b for a, b in zip(*nets, strict=True)]
    _range_line(sheet, "", code, [f"{col}{yearly}*{horizon}+{col}{once}" for col in "DEF"], numbers, bold=True)
    sheet.formula(
        sheet.row - 1,
        1,
        f'IF(ISNUMBER({years_at}),"Net over "&{years_at}&" years","Net over the first year")',
        f"Net over {years} years" if value.horizon_years else "Net over the first year",
        {**LABEL, "bold": True},
    )
    return Total(_spot(sheet, yearly - 1, 4), nets[0][1], code), first


def _three_lines(sheet: Sheet, value: Any, code: str, when: str) -> list[float]:
    """Write benefits, costs and what is left of them. Returns the latter: at least, most likely, at most."""
    once, row = when == "once", sheet.row + 1
    sums = []
    for words, name in (("Benefits", "benefits"), ("Costs", "costs")):
        table, rows, here = table_name(f"value.{name}"), getattr(value, name), f"$C{sheet.row + 1}"
        currencies, periods, *amounts = questions_of(f"value.{name}", "currency period low likely high", column)
        if once:
            formulas = [f'SUMIFS({a},{currencies},{here},{periods},"{Period.ONCE.label}")' for a in amounts]
        else:
            formulas = [f"SUMPRODUCT(--({currencies}={here}),{a},{column(table, 'Times a year')})" for a in amounts]
        sums.append([_sum(rows, n, code, once=once) for n in _RANGE])
        _range_line(sheet, f"{words} {when}", code, formulas, sums[-1])
    net = [a - b for a, b in zip(sums[0], reversed(sums[1]), strict=True)]
    formulas = [f"{left}{row}-{right}{row + 1}" for left, right in zip("DEF", "FED", strict=True)]
    _range_line(sheet, f"Net {when}", code, formulas, net, bold=True)
    return net


def _range_line(sheet: Sheet, label: str, code: str, formulas: list[str], numbers: list[float], *, bold: bool = False) -> None:
    row, weight = sheet.row, {"bold": bold}
    sheet.put(row, 1, label, {**LABEL, **weight})
    sheet.put(row, 2, code, {**LABEL, **weight})
    props = {**FORMULA, **weight, "num_format": "#,##0"}
    for i, formula in enumerate(formulas):
        sheet.formula(row, 3 + i, formula, numbers[i], props)
    sheet.formula(row, 6, f"(D{row + 1}+4*E{row + 1}+F{row + 1})/6", pert(*numbers), props)
    sheet.row += 1


def _money_chart(sheet: Sheet, book: Workbook, first: int, code: str) -> None:
    chart = book.add_chart({"type": "column"})
    for col, (name, color) in enumerate((("At least", "#9CCFC8"), ("Most likely", TEAL), ("At most", "#134E4A")), 3):
        chart.add_series(
            {
                "name": name,
                "categories": [sheet.name, first, 1, first + 2, 1],
                "values": [sheet.name, first, col, first + 2, col],
                "fill": {"color": color},
                "gap": 80,
            }
        )
    _dress(chart, f"Every year, in {code}")
    chart.set_x_axis({"num_font": _chart_font(), "line": {"color": SOFT}, "label_position": "low", "major_tick_mark": "none"})
    chart.set_y_axis(
        {"num_font": _chart_font(), "num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#E3EAE8"}}}
    )
    chart.set_legend({"position": "bottom", "font": _chart_font()})
    _insert(sheet, chart, 300, "Columns: benefits, costs and net per year as a range. The same numbers stand above.")


def slice_totals(part: PartSheet, charter: Charter) -> None:
    """Whether the shares add up, and what closing every gap would bring."""
    sheet, ref = part.sheet, "feasibility.slices"
    data = charter.part("feasibility")
    (shares,) = questions_of(ref, "share", column)
    known = [s.share for s in data.slices if s.share is not None]
    total = sum(known)
    _head(sheet, "What the slices add up to", ["", "Points"])
    share = _line(sheet, "Total of the shares, in %", f"SUM({shares})", total, "0.##")
    rows = f"SUMPRODUCT({used(ref)})"
    overlap = f'{part.answers["slices_are"]}="{Slices.OVERLAPPING.label}"'
    at = share.spot.split("!")[1]
    words = {
        "none": "No slices yet",
        "overlap": "Slices overlap, so they need not add to 100 %",
        "unknown": "Some shares are not known yet",
        "good": "Adds to 100 %",
        "bad": "Does not add to 100 %",
    }
    if not data.slices:
        found = "none"
    elif data.slices_are is Slices.OVERLAPPING:
        found = "overlap"
    elif len(known) < len(data.slices):
        found = "unknown"
    else:
        found = "good" if abs(round(total, 10) - 100) <= 0.5 else "bad"
    _verdict(
        sheet,
        3,
        f'IF({rows}=0,"{words["none"]}",IF({overlap},"{words["overlap"]}",IF(COUNT({shares})<{rows},"{words["unknown"]}",'
        f'IF(ABS(ROUND({at},10)-100)<=0.5,"{words["good"]}","{words["bad"]}"))))',
        words[found],
    )
    gains = [s.gain for s in data.slices if s.gain is not None]
    _line(sheet, "Gain if every gap were closed", f"SUM({column(table_name(ref), 'Gap x share')})", sum(gains), "0.00")
    sheet.row += 1
