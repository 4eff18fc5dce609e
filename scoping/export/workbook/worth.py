"""What a project is worth, on the sheet *Value*: the likely case by formulas over *Cash flow*, the simulation as values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from scoping.export.workbook import charts
from scoping.export.workbook.cashflow import NO_DUE_DATE, CashFlow, Gains, is_guess, units
from scoping.export.workbook.cashflow_layout import BENEFIT, COST, MILESTONE, SOURCE
from scoping.export.workbook.parts import PartSheet
from scoping.export.workbook.sheet import Shown
from scoping.export.workbook.styles import (
    DATE,
    FORMULA,
    FRACTION,
    HEADING,
    LABEL,
    NOTE,
    SUM_HEADER,
    TEAL,
    WHOLE,
    Props,
    height,
    lines,
)
from scoping.numbers.ranges import DRAWS
from scoping.value import costs, ladder_words, money, valuation
from scoping.value import words as value_words
from scoping.words import CHANCE_FORMAT, NO_BREAK, SHARE_FORMAT, chance, count, in_percent, short

_MONEY = {**FORMULA, "num_format": WHOLE, "align": "right", "text_wrap": False}
_SHARE = {**_MONEY, "num_format": SHARE_FORMAT}
_CHANCE = {**_MONEY, "num_format": CHANCE_FORMAT}
_COST_LINES = {costs.PROJECT: COST, costs.DATA: SOURCE, costs.PLAN: MILESTONE}
"""What the kinds of cost are called in the lines of the cash flow."""
_LEAST_YEARS = 5
"""Years that are ready in the table, so that counting longer needs no new row."""
_ONE_WAY, _MANY_WAYS = "none: money flows one way only", "not shown: money changes its direction more than once"
_NO_RETURN = "none within reach"
_NO_COSTS, _NOT_BACK = "no costs", "not in the years counted"
_ROUGH = f"{value_words.GUESSES.capitalize()} only: take every figure of this table as a rough one."
NOTHING_COUNTED = "no amount known yet"
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


def two_digits(value: float) -> float:
    """A figure that rests on guesses, rounded as a worksheet rounds it."""
    if not value:
        return 0.0
    step = Decimal(1).scaleb(math.floor(math.log10(abs(value))) - 1)
    return float((Decimal(repr(value)) / step).to_integral_value(ROUND_HALF_UP) * step)


class Worth:
    """Writes the blocks above the tables of the sheet *Value*, from top to bottom."""

    def __init__(self, part: PartSheet, flow: CashFlow, revision: int, as_of: date) -> None:
        self.part, self.sheet, self.flow, self.worth = part, part.sheet, flow, flow.worth
        self.revision, self.as_of = revision, as_of

    def write(self, book: Workbook) -> dict[str, Total]:
        """Write the likely case, the simulation and the alternatives. Returns the totals that the summary shows."""
        totals = self._likely_case() | self._costs()
        first = self._years(totals["rough"])
        if self.worth.of_chosen.counted:
            self._simulated(totals["rough"])
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

    def _rough(self, row: int, rough: Total) -> None:
        """Say above figures that they rest on guesses only, as long as they do."""
        self.sheet.formula(row, 1, f'IF({rough.spot}=1,"{_ROUGH}","")', _ROUGH if rough.value else "", {**NOTE, "bold": True})

    def _of_chosen(self, weight: str) -> str:
        return f"SUMPRODUCT(({self.flow.lines('For the idea')}={self.flow.idea})*{weight})"

    # The likely case

    def _likely_case(self) -> dict[str, Total]:
        flow, case, sheet = self.flow, self.flow.case, self.sheet
        self._head("What it is worth, at most likely values", ("", "Figure"))
        above = sheet.row
        sheet.row += 1
        self._line("Idea calculated", flow.idea, flow.chosen, {**FORMULA, "text_wrap": False})
        basis = f'{flow.own}&", "&{flow.years}&IF({flow.years}=1," year"," years")&", discounted at "&ROUND(100*{flow.rate},4)&"{NO_BREAK}% a year"'
        plan = self.worth.plan
        counted = f"{self.worth.currency}, {count(plan.horizon_months // 12, 'year')}, discounted at {in_percent(round(100 * plan.yearly_discount_rate, 4))} a year"
        npv = self._line("Worth after all costs", self._of_chosen(flow.lines("Present value")), case.npv, _MONEY)
        sheet.formula(sheet.row - 1, 3, basis, counted, NOTE)
        benefits = self._line("Benefits", f"SUM({flow.months('Benefits')})", case.benefits, _MONEY, "In all years, not discounted")
        spent = self._line(
            "Costs", f"SUM({flow.months('Costs')})", case.costs, _MONEY, "In all years, not discounted; what is linked included"
        )
        self._payback()
        ratio = f'IF({spent.spot}>0,{benefits.spot}/{spent.spot},"{_NO_COSTS}")'
        times = _NO_COSTS if case.roi is None else 1 + case.roi
        self._line("Benefits over costs", ratio, times, {**_MONEY, "num_format": '0.0# "times"'}, "Not discounted")
        self._returns()
        rough = self._guesses()
        self._rough(above, rough)
        begins = NO_DUE_DATE if self.worth.delivery.due is None else self.worth.delivery.month
        self._line(
            "Benefits begin after (months)",
            flow.delivered,
            begins,
            {**_MONEY, "num_format": "0"},
            value_words.begins(self.worth),
        )
        remarks = f'SUMPRODUCT(--({flow.lines("Remark")}<>""))'
        gaps = self._line(
            "Entries not counted", remarks, flow.remarks, _MONEY, "For lack of an amount, how often it comes, a rate or a link"
        )
        number = self._of_chosen(f"ISNUMBER({flow.lines('Amount')})")
        known = self._line(
            "Entries counted", number, len(self.worth.of_chosen.counted), _MONEY, "Line by line on the sheet “Cash flow”"
        )
        if not self.worth.of_chosen.counted:
            sheet.put(sheet.row, 1, _WRONG_LINES, NOTE)
            sheet.row += 1
        sheet.row += 1
        return {"npv": npv, "gaps": gaps, "counted": known, "rough": rough}

    def _payback(self) -> None:
        flow, case = self.flow, self.flow.case
        sums, owed = flow.months("Added up"), flow.months("Owed")
        last = f"SUMPRODUCT(MAX({owed}*({flow.months('Month')}+1)))"
        before, after = f"INDEX({sums},{last})", f"INDEX({sums},{last}+1)"
        formula = f'IF({last}=0,0,IF({last}>=12*{flow.years},"{_NOT_BACK}",{last}+{before}/({before}-{after})))'
        value = _NOT_BACK if case.payback_months is None else case.payback_months
        self._line("Money is back after (months)", formula, value, {**_MONEY, "num_format": "0.0"}, "For good, not discounted")

    def _returns(self) -> None:
        flow, case = self.flow, self.flow.case
        turns = f"SUM({flow.months('Turns')})"
        monthly = (1 + case.irr) ** (1 / 12) - 1 if case.irr is not None else 0.01
        rate = f"ROUND((1+IRR({flow.months('Net')},{round(monthly, 4)}))^12-1,6)"
        told = f'IFERROR(IF({rate}>={value_words.MOST_RETURN},"{value_words.FAR_ABOVE}",{rate}),"{_NO_RETURN}")'
        value: Shown = _MANY_WAYS if flow.turns > 1 else _ONE_WAY
        if flow.turns == 1:
            value = (
                _NO_RETURN
                if case.irr is None
                else value_words.FAR_ABOVE
                if round(case.irr, 6) >= value_words.MOST_RETURN
                else round(case.irr, 6)
            )
        formula = f'IF({turns}=1,{told},IF({turns}=0,"{_ONE_WAY}","{_MANY_WAYS}"))'
        self._line("Return a year", formula, value, _SHARE, "Only where money changes its direction once")

    def _guesses(self) -> Total:
        flow, case = self.flow, self.flow.case
        size = f"ABS({flow.lines('Present value')})"
        whole, part = self._of_chosen(size), self._of_chosen(f"{size}*{flow.lines('Guess')}")
        value = "no value yet" if case.guesses is None else case.guesses
        note = "Of all present values, signs aside: a guess, or nobody said how it is known"
        self._line("Share resting on guesses", f'IF({whole}=0,"no value yet",{part}/{whole})', value, _SHARE, note)
        counts = f"ISNUMBER({flow.lines('Amount')})"
        gains = f'({flow.lines("Kind")}="{BENEFIT}")*{counts}'
        known = f"(1-{flow.lines('Guess')})"
        all_guessed = (
            f"IF({self._of_chosen(gains)}>0,IF({self._of_chosen(f'{gains}*{known}')}=0,1,0),"
            f"IF({self._of_chosen(counts)}=0,0,IF({self._of_chosen(f'{counts}*{known}')}=0,1,0)))"
        )
        return self._line(
            "Rests on guesses only (1: yes)", all_guessed, int(case.rests_on_guesses), _MONEY, "All benefits are guesses"
        )

    def _costs(self) -> dict[str, Total]:
        """Project, data and plan costs, so that each column and each row adds up."""
        sheet, flow = self.sheet, self.flow
        self._head("What it costs, at most likely values", ("Cost", value_words.UNTIL_DELIVERY, "Afterwards", "In all"))
        first = sheet.row
        for cost in costs.table(self.worth):
            here = [xl_rowcol_to_cell(sheet.row, col) for col in (2, 3, 4)]
            if cost.kind in _COST_LINES:
                kind = f'-({flow.lines("Kind")}="{_COST_LINES[cost.kind]}")'
                early, total = (
                    f"ROUND(ROUND({self._of_chosen(f'{kind}*{flow.lines(title)}')},6),0)" for title in ("Until delivery", "In all")
                )
            else:
                early, total = (f"SUM({xl_rowcol_to_cell(first, col)}:{xl_rowcol_to_cell(sheet.row - 1, col)})" for col in (2, 4))
            is_known = f"ISNUMBER({flow.delivered})"
            shown = ("not known" if v is None else v for v in (cost.until_delivery, cost.later))
            sheet.put(sheet.row, 1, cost.kind, LABEL)
            formulas = (f'IF({is_known},{early},"not known")', f'IF({is_known},{here[2]}-{here[0]},"not known")', total)
            for col, (formula, value) in enumerate(zip(formulas, (*shown, cost.total), strict=True), 2):
                sheet.formula(sheet.row, col, formula, value, _MONEY)
            if cost.beside:
                why = value_words.why_beside(self.flow.charter.value.linked_costs)
                sheet.put(sheet.row, 5, f"{cost.beside:,} more are written down there and not added: {why}", NOTE)
            sheet.row += 1
        early, total = (f"'{sheet.name}'!{xl_rowcol_to_cell(sheet.row - 1, col, row_abs=True, col_abs=True)}" for col in (2, 4))
        for note in (costs.MEANING, value_words.decision_asked(self.flow.charter)):
            sheet.put(sheet.row, 1, note, NOTE)
            sheet.row += 1
        sheet.row += 1
        *_, all_costs = costs.table(self.worth)
        code = self.worth.currency
        return {"early": Total(early, all_costs.until_delivery, code), "costs": Total(total, all_costs.total, code)}

    def _years(self, rough: Total) -> int:
        sheet, flow = self.sheet, self.flow
        self._head("Year by year", ("Year", "Benefits", "Costs", "Net", "Net, discounted", "Net, added up"))
        self._rough(sheet.row, rough)
        sheet.row += 1
        years, first = self.flow.case.years, sheet.row
        month = flow.months("Month")
        for year in range(1, max(len(years), _LEAST_YEARS) + 1):
            here = f"$B{sheet.row + 1}"
            year_of = years[year - 1] if year <= len(years) else None
            amounts: list[Shown] = (
                [year_of.benefits, year_of.costs, year_of.net, year_of.present, year_of.balance] if year_of else [""] * 5
            )
            sheet.put(sheet.row, 1, year, {**LABEL, "align": "left"})
            for col, (title, value) in enumerate(zip(("Benefits", "Costs", "Net", "Net, discounted"), amounts, strict=False), 2):
                total = f"SUMPRODUCT((INT({month}/12)+1={here})*{flow.months(title)})"
                sheet.formula(sheet.row, col, f'IF({here}>{flow.years},"",{total})', value, _MONEY)
            net = xl_rowcol_to_cell(first, 4, row_abs=True, col_abs=True)
            added = f"SUM({net}:{xl_rowcol_to_cell(sheet.row, 4)})"
            sheet.formula(sheet.row, 6, f'IF({here}>{flow.years},"",{added})', amounts[4], _MONEY)
            sheet.row += 1
        sheet.row += 1
        return first

    # The simulation, as values

    def _simulated(self, rough: Total) -> None:
        seen, sheet = valuation.simulated(self.worth.of_chosen), self.sheet
        self._head("With its ranges, as simulated", ("Of the worth after all costs", "Figure"))
        self._rough(sheet.row, rough)
        sheet.row += 1
        rows: tuple[tuple[str, Shown, Props, str], ...] = (
            ("8 of 10 cases, lower end", seen.npv.p10, _MONEY, "One in ten cases is lower"),
            ("Half of the cases above", seen.npv.p50, _MONEY, ""),
            ("8 of 10 cases, upper end", seen.npv.p90, _MONEY, "One in ten cases is higher"),
            ("Expected", seen.npv.centre, _MONEY, "Mean of all cases" if seen.npv.mean is not None else value_words.NO_MEAN),
            ("Chance of a loss", seen.loss, _CHANCE, ""),
            (
                "Months until the money is back",
                _NOT_BACK if seen.payback.p50 is None else seen.payback.p50,
                {**_MONEY, "num_format": "0.0"},
                f"In half of the cases; chance of not in the years counted: {chance(seen.payback.never)}",
            ),
            ("Draws", seen.n, _MONEY, ""),
            ("Seed", seen.seed, _MONEY, "The same seed gives the same figures"),
            ("Simulated as of", self.as_of, {**FORMULA, "num_format": DATE, "align": "right"}, f"Revision {self.revision}"),
        )
        for label, value, props, note in rows:
            is_rough = rough.value and props is not _CHANCE
            self._values((label, LABEL), (two_digits(value) if is_rough and isinstance(value, float) else value, props))
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
        headers = ("Idea", "At most likely values", "Expected", "8 of 10 cases from", "to", "Chance of a loss", "Chance to be best")
        self._head("Beside the alternatives", headers)
        for o in valuation.compared(self.worth.plan):
            case = money.likely(self.worth.plan.of(o.alternative))
            centre, low, high = (two_digits(v) if case.rests_on_guesses else v for v in (o.npv.centre, o.npv.p10, o.npv.p90))
            nothing = o.alternative == money.NOTHING and o.alternative not in flow.links.labels["solutions.solutions"]
            label = "Do nothing" if nothing else flow.called(o.alternative)
            here = f"$B{sheet.row + 1}"
            formula = f"SUMPRODUCT(({flow.lines('For the idea')}={here})*{flow.lines('Present value')})"
            rest = ((centre, _MONEY), (low, _MONEY), (high, _MONEY), (o.loss, _CHANCE), (o.best, _CHANCE))
            sheet.put(sheet.row, 1, label, LABEL)
            self._fit(sheet.row, [label])
            sheet.formula(sheet.row, 2, formula, case.npv, _MONEY)
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
        start = ladder_words.start_of(rungs)
        implied = valuation.implied(rungs.rungs, start.id) if start else {}
        headers = ("Metric", "Now", "Implied, most likely", "8 of 10 cases from", "to", "Its target", "Chance to reach it")
        self._head("What the ladder implies", (*headers, "Better by (units)", "Rests on a guess", "Remark"))
        first = sheet.row
        for rung in rungs.rungs:
            moved = implied.get(rung.id)
            value = moved.value if moved else None
            spread: tuple[Shown, ...] = (value.likely, value.spread.p10, value.spread.p90) if value else (None, None, None)
            remark = moved.problem if moved else "Supposed to reach its target" if start and rung.id == start.id else ""
            self._values(
                (label(rung.id), {**LABEL, "text_wrap": False}),
                _figure(rung.current),
                *map(_figure, spread),
                _figure(rung.target),
                (moved.reach if moved else None, _CHANCE),
                _figure(units(self.worth, rung.id)),
                (int(is_guess(self.worth, rung.id)), {**_MONEY, "num_format": "0"}),
                (short(remark, 200), {**FORMULA, "text_wrap": False}),
            )
        if not rungs.rungs:
            sheet.row += 1
        last = sheet.row - 1
        seen = f"{DRAWS:,} draws, seed {valuation.SEED}, as of this revision."
        sheet.put(sheet.row, 1, f"Values, not formulas: {seen} Benefits that count per unit of a step use “Better by”.", NOTE)
        sheet.row += 2

        def place(col: int) -> str:
            return f"'{sheet.name}'!{xl_range_abs(first, col, last, col)}"

        return Gains(place(1), place(8), place(9))


def _figure(value: Shown) -> tuple[Shown, Props]:
    """A figure of unknown size for a cell, with its notation."""
    return value, {**_MONEY, "num_format": FRACTION if isinstance(value, float) and not value.is_integer() else WHOLE}
