"""What a project is worth, on the sheet *Value*: the likely case by formulas over *Cash flow*, the simulation as values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from scoping import ladder, money, valuation, value_words
from scoping.export.workbook import charts
from scoping.export.workbook.cashflow import CashFlow, Gains, is_guess, units
from scoping.export.workbook.parts import PartSheet
from scoping.export.workbook.sheet import Shown
from scoping.export.workbook.styles import (
    DATE,
    FORMULA,
    HEADING,
    LABEL,
    NOTE,
    SUM_HEADER,
    TEAL,
    Props,
    height,
    lines,
    shortened,
)
from scoping.ranges import DRAWS

_MONEY = {**FORMULA, "num_format": "#,##0", "align": "right", "text_wrap": False}
_FIGURE = {**_MONEY, "num_format": "#,##0.####"}
_SHARE = {**_MONEY, "num_format": "0%"}
_LEAST_YEARS = 5
"""Years that are ready in the table, so that counting longer needs no new row."""
_NO_RETURN, _NO_COSTS, _NOT_BACK = "none, or more than one", "no costs", "not in the years counted"
_WRONG_LINES = "Nothing of the chosen idea can be counted yet: an amount and how often it comes are needed."


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


class Worth:
    """Writes the blocks above the tables of the sheet *Value*, from top to bottom."""

    def __init__(self, part: PartSheet, flow: CashFlow, revision: int, as_of: date) -> None:
        self.part, self.sheet, self.flow, self.worth = part, part.sheet, flow, flow.worth
        self.revision, self.as_of = revision, as_of

    def write(self, book: Workbook) -> dict[str, Total]:
        """Write the likely case, the simulation and the alternatives. Returns the totals that the summary shows."""
        totals = self._likely_case()
        first = self._years()
        if self.worth.of_chosen.counted:
            self._simulated()
            self._alternatives()
            self._movers()
            self._chart(book, first)
        return totals

    # Pieces

    def _head(self, title: str, headers: tuple[str, ...]) -> None:
        sheet = self.sheet
        sheet.put(sheet.row, 1, title, HEADING)
        sheet.ws.set_row(sheet.row, 22)
        for col, words in enumerate(headers, 1):
            sheet.put(sheet.row + 1, col, words, SUM_HEADER)
        self._fit(sheet.row + 1, headers)
        sheet.row += 2

    def _fit(self, row: int, cells: Sequence[Shown]) -> None:
        """Make a row as tall as its longest text needs."""
        need = (lines(str(c), self.part.width(col)) for col, c in enumerate(cells, 1) if isinstance(c, str))
        self.sheet.ws.set_row(row, height(max(need, default=1)))

    def _line(self, label: str, formula: str, value: Shown, props: Props, note: str = "") -> Total:
        sheet = self.sheet
        sheet.put(sheet.row, 1, label, LABEL)
        sheet.formula(sheet.row, 2, formula, value, props)
        if note:
            sheet.put(sheet.row, 3, note, NOTE)
        sheet.row += 1
        return Total(
            f"'{sheet.name}'!{xl_rowcol_to_cell(sheet.row - 1, 2, row_abs=True, col_abs=True)}", value, self.worth.currency
        )

    def _values(self, *cells: tuple[Shown, Props]) -> None:
        for col, (value, props) in enumerate(cells, 1):
            self.sheet.put(self.sheet.row, col, value, props)
        self._fit(self.sheet.row, [value for value, props in cells if props.get("text_wrap", True)])
        self.sheet.row += 1

    def _of_chosen(self, weight: str) -> str:
        return f"SUMPRODUCT(({self.flow.lines('For the idea')}={self.flow.idea})*{weight})"

    # The likely case

    def _likely_case(self) -> dict[str, Total]:
        flow, case, sheet = self.flow, self.flow.case, self.sheet
        self._head("What it is worth, at most likely values", ("", "Figure"))
        self._line("Idea calculated", flow.idea, flow.chosen, {**FORMULA, "text_wrap": False})
        basis = f'{flow.own}&", "&{flow.years}&" years, discounted at "&ROUND(100*{flow.rate},4)&"% a year"'
        plan = self.worth.plan
        counted = f"{self.worth.currency}, {plan.horizon_months // 12} years, discounted at {round(100 * plan.yearly_discount_rate, 4):g}% a year"
        npv = self._line("Net present value", self._of_chosen(flow.lines("Present value")), case.npv, _MONEY)
        sheet.formula(sheet.row - 1, 3, basis, counted, NOTE)
        benefits = self._line("Benefits", f"SUM({flow.months('Benefits')})", case.benefits, _MONEY, "In all years, not discounted")
        costs = self._line(
            "Costs", f"SUM({flow.months('Costs')})", case.costs, _MONEY, "In all years, not discounted; what is linked included"
        )
        self._payback()
        gain = f"({benefits.spot}-{costs.spot})/{costs.spot}"
        roi = _NO_COSTS if case.roi is None else case.roi
        self._line(
            "Return on investment", f'IF({costs.spot}>0,{gain},"{_NO_COSTS}")', roi, _SHARE, "Net over costs, not discounted"
        )
        self._returns()
        self._guesses()
        remarks = f'SUMPRODUCT(--({flow.lines("Remark")}<>""))'
        gaps = self._line(
            "Entries not counted", remarks, flow.remarks, _MONEY, "For lack of an amount, how often it comes, a rate or a link"
        )
        count = self._of_chosen(f"ISNUMBER({flow.lines('Amount')})")
        known = self._line(
            "Entries counted", count, len(self.worth.of_chosen.counted), _MONEY, "Line by line on the sheet “Cash flow”"
        )
        if not self.worth.of_chosen.counted:
            sheet.put(sheet.row, 1, _WRONG_LINES, NOTE)
            sheet.row += 1
        sheet.row += 1
        return {"npv": npv, "gaps": gaps, "counted": known}

    def _payback(self) -> None:
        flow, case = self.flow, self.flow.case
        sums, owed = flow.months("Added up"), flow.months("Owed")
        last = f"SUMPRODUCT(MAX({owed}*({flow.months('Month')}+1)))"
        before, after = f"INDEX({sums},{last})", f"INDEX({sums},{last}+1)"
        formula = f'IF({last}=0,0,IF({last}>=12*{flow.years},"{_NOT_BACK}",{last}-1+{before}/({before}-{after})))'
        value = _NOT_BACK if case.payback_months is None else case.payback_months
        self._line("Money is back after (months)", formula, value, {**_MONEY, "num_format": "0.0"}, "For good, not discounted")

    def _returns(self) -> None:
        flow, case = self.flow, self.flow.case
        is_one = flow.turns == 1 and case.irr is not None
        monthly = (1 + case.irr) ** (1 / 12) - 1 if case.irr is not None else 0.01
        rate = f"IRR({flow.months('Net')},{round(monthly, 4)})"
        formula = f'IF(SUM({flow.months("Turns")})=1,IFERROR(ROUND((1+{rate})^12-1,6),"{_NO_RETURN}"),"{_NO_RETURN}")'
        value: Shown = round(case.irr, 6) if is_one and case.irr is not None else _NO_RETURN
        self._line("Internal rate of return a year", formula, value, _SHARE, "Only where money changes its direction once")

    def _guesses(self) -> None:
        flow, case = self.flow, self.flow.case
        size = f"ABS({flow.lines('Present value')})"
        whole, part = self._of_chosen(size), self._of_chosen(f"{size}*{flow.lines('Guess')}")
        value = "no value yet" if case.guesses is None else case.guesses
        note = "Of all present values, signs aside: a guess, or nobody said how it is known"
        self._line("Share resting on guesses", f'IF({whole}=0,"no value yet",{part}/{whole})', value, _SHARE, note)

    def _years(self) -> int:
        sheet, flow = self.sheet, self.flow
        self._head("Year by year", ("Year", "Benefits", "Costs", "Net", "Net, discounted", "Net, added up"))
        years, first = self.flow.case.years, sheet.row
        month = flow.months("Month")
        for year in range(1, max(len(years), _LEAST_YEARS) + 1):
            here = f"$B{sheet.row + 1}"
            one = years[year - 1] if year <= len(years) else None
            found: list[Shown] = [one.benefits, one.costs, one.net, one.present, one.balance] if one else [""] * 5
            sheet.put(sheet.row, 1, year, {**LABEL, "align": "left"})
            for col, (title, value) in enumerate(zip(("Benefits", "Costs", "Net", "Net, discounted"), found, strict=False), 2):
                total = f"SUMPRODUCT((INT({month}/12)+1={here})*{flow.months(title)})"
                sheet.formula(sheet.row, col, f'IF({here}>{flow.years},"",{total})', value, _MONEY)
            net = xl_rowcol_to_cell(first, 4, row_abs=True, col_abs=True)
            added = f"SUM({net}:{xl_rowcol_to_cell(sheet.row, 4)})"
            sheet.formula(sheet.row, 6, f'IF({here}>{flow.years},"",{added})', found[4], _MONEY)
            sheet.row += 1
        sheet.row += 1
        return first

    # The simulation, as values

    def _simulated(self) -> None:
        seen, sheet = valuation.simulated(self.worth.of_chosen), self.sheet
        self._head("With its ranges, as simulated", ("Of the net present value", "Figure"))
        rows: tuple[tuple[str, Shown, Props, str], ...] = (
            ("80 % interval, lower end", seen.npv.p10, _MONEY, "One in ten draws is lower"),
            ("Half of the draws above", seen.npv.p50, _MONEY, ""),
            ("80 % interval, upper end", seen.npv.p90, _MONEY, "One in ten draws is higher"),
            ("Expected", seen.npv.mean, _MONEY, "Mean of all draws"),
            ("Chance of a loss", seen.loss, {**_SHARE, "num_format": "0.0%"}, ""),
            (
                "Months until the money is back",
                _NOT_BACK if seen.payback.p50 is None else seen.payback.p50,
                {**_MONEY, "num_format": "0.0"},
                f"In half of the draws; in {seen.payback.never:.1%} of them not in the years counted",
            ),
            ("Draws", seen.n, _MONEY, ""),
            ("Seed", seen.seed, _MONEY, "The same seed gives the same figures"),
            ("Simulated as of", self.as_of, {**FORMULA, "num_format": DATE, "align": "right"}, f"Revision {self.revision}"),
        )
        for label, value, props, note in rows:
            self._values((label, LABEL), (value, props))
            if note:
                sheet.put(sheet.row - 1, 3, note, NOTE)
        sheet.put(
            sheet.row,
            1,
            "Values, not formulas: they hold for this revision. Change a range in the workbench and they follow.",
            NOTE,
        )
        sheet.row += 2

    def _alternatives(self) -> None:
        flow, sheet = self.flow, self.sheet
        headers = ("Idea", "At most likely values", "Expected", "80 % interval from", "to", "Chance of a loss", "Chance to be best")
        self._head("Beside the alternatives", headers)
        for o in valuation.compared(self.worth.plan):
            likely = money.likely(self.worth.plan.of(o.alternative)).npv
            nothing = o.alternative == money.NOTHING and o.alternative not in flow.links.labels["solutions.solutions"]
            label = "Do nothing" if nothing else flow.called(o.alternative)
            here = f"$B{sheet.row + 1}"
            formula = f"SUMPRODUCT(({flow.lines('For the idea')}={here})*{flow.lines('Present value')})"
            rest = ((o.npv.mean, _MONEY), (o.npv.p10, _MONEY), (o.npv.p90, _MONEY), (o.loss, _SHARE), (o.best, _SHARE))
            sheet.put(sheet.row, 1, label, LABEL)
            self._fit(sheet.row, [label])
            sheet.formula(sheet.row, 2, formula, likely, _MONEY)
            for col, (value, props) in enumerate(rest, 3):
                sheet.put(sheet.row, col, value, props)
            sheet.row += 1
        sheet.put(sheet.row, 1, "At most likely values: a formula. All else: values of the simulation above.", NOTE)
        sheet.row += 2

    def _movers(self) -> None:
        rows = value_words.movers(self.worth)
        if not rows.cells:
            return
        self._head("What moves the result most", rows.headers)
        for cells in rows.cells:
            self._values(*((cell, LABEL if col == 0 else FORMULA) for col, cell in enumerate(cells)))
        self.sheet.row += 1

    def _chart(self, book: Workbook, first: int) -> None:
        sheet, last = self.sheet, first + len(self.flow.case.years) - 1
        chart = book.add_chart({"type": "column"})
        for col, (name, color) in enumerate((("Benefits", TEAL), ("Costs", "#C2410C"), ("Net", "#134E4A")), 2):
            chart.add_series(
                {
                    "name": name,
                    "categories": [sheet.name, first, 1, last, 1],
                    "values": [sheet.name, first, col, last, col],
                    "fill": {"color": color},
                    "gap": 80,
                }
            )
        charts.dress(chart, f"Year by year at most likely values, in {self.worth.currency}")
        charts.lay_axes(chart)
        charts.insert(sheet, chart, 300, "Columns: benefits, costs and net of each year. The same numbers stand above.")

    # The ladder

    def write_implied(self, label: Any) -> Gains:
        """Write what the target of the lowest rung implies for all rungs. Returns where their gains stand.

        Args:
            label: what a rung is called in cells, by id.
        """
        sheet, rungs = self.sheet, self.worth.ladder
        start = value_words.start_of(rungs)
        found = ladder.implied(rungs, start.id, start.target, seed=valuation.SEED) if start and start.target is not None else {}
        headers = ("Metric", "Now", "Implied, most likely", "80 % interval from", "to", "Its target", "Chance to reach it")
        self._head("What the ladder implies", (*headers, "Better by (units)", "Rests on a guess", "Remark"))
        first = sheet.row
        for rung in rungs.rungs:
            one = found.get(rung.id)
            value = one.value if one else None
            spread: tuple[Shown, ...] = (value.likely, value.spread.p10, value.spread.p90) if value else (None, None, None)
            remark = one.problem if one else "Supposed to reach its target" if start and rung.id == start.id else ""
            self._values(
                (label(rung.id), {**LABEL, "text_wrap": False}),
                (rung.current, _FIGURE),
                *((v, _FIGURE) for v in spread),
                (rung.target, _FIGURE),
                (one.reach if one else None, _SHARE),
                (units(self.worth, rung.id), _FIGURE),
                (int(is_guess(self.worth, rung.id)), {**_MONEY, "num_format": "0"}),
                (shortened(remark, 200), {**FORMULA, "text_wrap": False}),
            )
        if not rungs.rungs:
            sheet.row += 1
        last = sheet.row - 1
        seen = f"{DRAWS:,} draws, seed {valuation.SEED}, as of this revision."
        sheet.put(sheet.row, 1, f"Values, not formulas: {seen} Benefits that count per unit of a rung use “Better by”.", NOTE)
        sheet.row += 2

        def place(col: int) -> str:
            return f"'{sheet.name}'!{xl_range_abs(first, col, last, col)}"

        return Gains(place(1), place(8), place(9))
