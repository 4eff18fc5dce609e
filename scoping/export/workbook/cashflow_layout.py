"""Where things stand on the sheet *Cash flow*, known before it is written, so that other sheets can refer to it."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from scoping.export.workbook.styles import FORMULA, FRACTION

NAME = "Cash flow"
LEAST_MONTHS = 120
"""Months that are ready on the sheet, so that counting longer needs no new row."""
FOREVER = 9999
BENEFIT, COST, SOURCE, MILESTONE = "Benefit", "Cost", "Data source", "Milestone"
LINE_HEADERS = {
    "What": 46,
    "Kind": 13,
    "For the idea": 30,
    "Amount": 14,
    "How often": 12,
    "Starts after (months)": 11,
    "Full after (months)": 11,
    "Lasts (months)": 11,
    "Full amount per month": 14,
    "In all": 14,
    "Until delivery": 14,
    "Present value": 14,
    "Guess": 9,
    "Remark": 20,
    "Most likely, as typed": 14,
    "Exchange rate": 11,
    "Units of the step": 11,
    "Range is sound": 10,
}
MONTH_HEADERS = (
    "Month",
    "Benefits",
    "Costs",
    "Net",
    "Added up",
    "Discount factor",
    "Net, discounted",
    "Owed",
    "Direction",
    "Turns",
)
HEAD, FIRST_LINE = 3, 15
NUMBER = {**FORMULA, "num_format": "#,##0;-#,##0;;@", "align": "right", "text_wrap": False}
SMALL = {**NUMBER, "num_format": f"{FRACTION};-{FRACTION};;@"}
UNTIL = {**NUMBER, "num_format": f'[={FOREVER}]"to the end";#,##0'}


class Layout:
    """The cells of the sheet.

    Attributes:
        own, idea, years, rate: with the currency, the idea calculated, the years and the yearly discount rate.
        data, milestones: with 1 where data sources, or milestones, are counted.
        begin: with the first day of the plan.
        delivered: with the months after which the plan has delivered, or with words.
        count: how many months there is room for.
        first_month: the row of the first of them.
    """

    def __init__(self, entries: int, months: int) -> None:
        self.count = max(LEAST_MONTHS, months)
        self.own, self.idea, self.years, self.rate, self.data, self.milestones, self.begin, self.delivered = (
            f"'{NAME}'!$C${row + 1}" for row in range(HEAD, HEAD + 8)
        )
        self._lines = entries
        self.first_month = FIRST_LINE + entries + 4

    def lines(self, title: str) -> str:
        """A column of the lines, absolute and with the sheet's name."""
        col = xl_col_to_name(1 + list(LINE_HEADERS).index(title))
        return f"'{NAME}'!${col}${FIRST_LINE + 1}:${col}${FIRST_LINE + self._lines}"

    def months(self, title: str) -> str:
        """A column of the months, absolute and with the sheet's name."""
        col = xl_col_to_name(1 + MONTH_HEADERS.index(title))
        return f"'{NAME}'!${col}${self.first_month + 1}:${col}${self.first_month + self.count}"
