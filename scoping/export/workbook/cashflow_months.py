"""The months of the sheet *Cash flow*, by formulas over its lines."""

from __future__ import annotations

import numpy as np
from xlsxwriter.utility import xl_rowcol_to_cell

from scoping.export.workbook.cashflow_layout import BENEFIT, NUMBER, SMALL, Layout
from scoping.export.workbook.sheet import Sheet, Shown
from scoping.export.workbook.styles import Props
from scoping.value import money
from scoping.value.valuation import Valuation


def write(sheet: Sheet, layout: Layout, worth: Valuation) -> None:
    """Write a row for each month: what comes in and goes out, added up and discounted."""
    case = money.likely(worth.of_chosen)
    idea, kind, each, starts, full, lasts = (
        layout.lines(t)
        for t in (
            "For the idea",
            "Kind",
            "Full amount per month",
            "Starts after (months)",
            "Full after (months)",
            "Lasts (months)",
        )
    )
    cash, horizon = _cash(worth), worth.plan.horizon_months
    added, direction = 0.0, 0
    top = max((abs(v) for v in np.cumsum(case.cash)), default=0.0)
    for month in range(layout.count):
        row = layout.first_month + month
        t, benefits, costs, net, sums, discount, way = (f"${xl_rowcol_to_cell(row, col)}" for col in (1, 2, 3, 4, 5, 6, 9))
        age = f"({t}-{starts}+1)/{full}"
        weight = f"{each}*({t}>={starts})*({t}<{starts}+{lasts})*({age}+1-ABS({age}-1))/2"
        gained, spent = cash[month] if month < horizon else (0.0, 0.0)
        added += gained - spent
        factor = float(worth.plan.discounts[month]) if month < horizon else 0.0
        now = int(np.sign(gained - spent)) or direction
        turned = int(month > 0 and direction not in (0, now))
        before = f"${xl_rowcol_to_cell(row - 1, 5)}"
        before_way = f"${xl_rowcol_to_cell(row - 1, 9)}"
        inside = f"{t}<12*{layout.years}"
        whole = layout.months("Added up")
        cells: tuple[tuple[str | None, Shown, Props], ...] = (
            (None, month, NUMBER | {"num_format": "0"}),
            (f'IF({inside},SUMPRODUCT(({idea}={layout.idea})*({kind}="{BENEFIT}")*{weight}),0)', gained, NUMBER),
            (
                f'IF({inside},-SUMPRODUCT(({idea}={layout.idea})*({kind}<>"{BENEFIT}")*{weight}),0)',
                spent,
                NUMBER,
            ),
            (f"{benefits}-{costs}", gained - spent, NUMBER),
            (net if month == 0 else f"{before}+{net}", added, NUMBER),
            (f"IF({inside},(1+{layout.rate})^(-{t}/12),0)", factor, SMALL),
            (f"{net}*{discount}", (gained - spent) * factor, NUMBER),
            (
                f"IF(AND({inside},{sums}<-0.000000000001*MAX(MAX({whole}),-MIN({whole}))),1,0)",
                int(month < horizon and added < -1e-12 * top),
                NUMBER,
            ),
            (f"IF({net}=0,{0 if month == 0 else before_way},SIGN({net}))", now, NUMBER),
            ("0" if month == 0 else f"IF(AND({before_way}<>0,{way}<>{before_way}),1,0)", turned, NUMBER),
        )
        direction = now
        for col, (formula, value, props) in enumerate(cells, 1):
            if formula is None:
                sheet.put(row, col, value, props)
            else:
                sheet.formula(row, col, formula, value, props)


def _cash(worth: Valuation) -> list[tuple[float, float]]:
    """Benefits and costs of each month of the likely case."""
    horizon = worth.plan.horizon_months
    gained, spent = np.zeros(horizon), np.zeros(horizon)
    for line in worth.of_chosen.counted:
        (gained if line.kind is money.Flow.BENEFIT else spent).__iadd__(line.likely * line.weights(horizon))
    return list(zip(gained.tolist(), spent.tolist(), strict=True))
