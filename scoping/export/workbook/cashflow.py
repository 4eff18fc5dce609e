"""The sheet *Cash flow*: every benefit and cost at its likely value, month by month, by formulas over the other sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from scoping import money, valuation
from scoping.answers import UNKNOWN_WORDS
from scoping.export.workbook.hidden import Lists
from scoping.export.workbook.links import Links
from scoping.export.workbook.parts import SPARE, PartSheet
from scoping.export.workbook.sheet import Sheet, Shown
from scoping.export.workbook.styles import FORMULA, HEADING, LABEL, NOTE, SUM_HEADER, TITLE, Props
from scoping.export.workbook.sums import ID, calendar_day, column, header, table_name, used
from scoping.ranges import FARTHEST, LARGEST, Range
from scoping.sections.data_sources import Origin
from scoping.sections.solutions import Standing
from scoping.sections.value import LinkedCosts, LinkEvidence, Period
from scoping.shapes import Shape
from scoping.valuation import MILESTONES, SOURCES, Valuation

NAME = "Cash flow"
NO_IDEA = "No idea chosen"
NOT_COUNTED = "Not counted: see “Open points”"
_LEAST_MONTHS = 120
"""Months that are ready on the sheet, so that counting longer needs no new row."""
_FOREVER = 9999
_REFS = {"value.benefits": "Benefit", "value.costs": "Cost", SOURCES: "Data source", MILESTONES: "Milestone"}
_LINE_HEADERS = {
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
    "Present value": 14,
    "Guess": 9,
    "Remark": 20,
    "Most likely, as typed": 14,
    "Exchange rate": 11,
    "Units of the rung": 11,
    "Range is sound": 10,
}
_MONTH_HEADERS = (
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
_HEAD, _FIRST_LINE = 3, 14
_NUMBER = {**FORMULA, "num_format": "#,##0;-#,##0;;@", "align": "right", "text_wrap": False}
_SMALL = {**_NUMBER, "num_format": "#,##0.####;-#,##0.####;;@"}
_UNTIL = {**_NUMBER, "num_format": f'[={_FOREVER}]"to the end";#,##0'}
_TEXT = {**FORMULA, "text_wrap": False}


@dataclass(frozen=True)
class Gains:
    """Where the sheet *Value* says by how much each rung improves: ranges of labels, units and guesses."""

    labels: str
    units: str
    guesses: str


@dataclass(frozen=True)
class _Entry:
    """A row of the sheet: the n-th row of a table, with its record if there is one."""

    ref: str
    place: int
    record: Any


class CashFlow:
    """Knows where everything stands before it is written, so that other sheets can refer to it.

    Attributes:
        own, idea, years, rate: cells with the currency, the idea calculated, the years and the yearly discount rate.
        count: how many months there are room for.
    """

    def __init__(self, sheet: Sheet, charter: Any, worth: Valuation, links: Links, lists: Lists) -> None:
        self.sheet, self.charter, self.worth, self.links, self.lists = sheet, charter, worth, links, lists
        self.case = money.likely(worth.of_chosen)
        self.count = max(_LEAST_MONTHS, worth.plan.horizon_months)
        self._counted = {line.input: line for line in worth.plan.counted}
        self.own, self.idea, self.years, self.rate, self._data, self._milestones, self._begin = (
            f"'{NAME}'!$C${row + 1}" for row in range(_HEAD, _HEAD + 7)
        )
        self._entries = list(self._rows())
        self._first_month = _FIRST_LINE + len(self._entries) + 4

    def _rows(self) -> Iterator[_Entry]:
        for ref in _REFS:
            slug, _, name = ref.partition(".")
            records = getattr(self.charter.part(slug), name)
            for place, record in enumerate((*records, *[None] * SPARE), 1):
                yield _Entry(ref, place, record)

    @property
    def chosen(self) -> str:
        """What the idea calculated is called in cells."""
        return self.called(self.worth.chosen)

    def called(self, idea: str) -> str:
        """What an idea is called in cells."""
        return self.links.label("solutions.solutions", idea) if idea else NO_IDEA

    def lines(self, title: str) -> str:
        """A column of the lines, absolute and with the sheet's name."""
        col = xl_col_to_name(1 + list(_LINE_HEADERS).index(title))
        return f"'{NAME}'!${col}${_FIRST_LINE + 1}:${col}${_FIRST_LINE + len(self._entries)}"

    def months(self, title: str) -> str:
        """A column of the months, absolute and with the sheet's name."""
        col = xl_col_to_name(1 + _MONTH_HEADERS.index(title))
        return f"'{NAME}'!${col}${self._first_month + 1}:${col}${self._first_month + self.count}"

    @property
    def remarks(self) -> int:
        """How many entries are not counted."""
        return sum(self._remark(e) != "" for e in self._entries)

    @property
    def turns(self) -> int:
        """How often the money changes its direction."""
        signs = [np.sign(v) for v in self.case.cash if v]
        return sum(a != b for a, b in pairwise(signs))

    # Writing

    def write(self, written: Mapping[str, PartSheet], gains: Gains) -> None:
        """Write head, lines and months."""
        sheet, ws = self.sheet, self.sheet.ws
        sheet.put(0, 1, NAME, TITLE)
        ws.set_row(0, 28)
        sheet.put(
            1,
            1,
            "Worked out at most likely values from the tables of the other sheets: change them there. Nothing is typed here.",
            NOTE,
        )
        ws.set_column(0, 0, 1)
        for col, width in enumerate(_LINE_HEADERS.values(), 1):
            ws.set_column(col, col, width)
        self._write_head(written)
        self._header(_FIRST_LINE - 1, "Lines", list(_LINE_HEADERS))
        for row, entry in enumerate(self._entries, _FIRST_LINE):
            self._write_line(row, entry, gains)
        here = xl_rowcol_to_cell(_FIRST_LINE, 1, col_abs=True)
        rule = {"type": "formula", "criteria": f'={here}=""', "format": self.sheet.styles.difference({"font_color": "#FFFFFF"})}
        ws.conditional_format(_FIRST_LINE, 1, _FIRST_LINE + len(self._entries) - 1, len(_LINE_HEADERS), rule)
        self._header(self._first_month - 1, "Months", list(_MONTH_HEADERS))
        self._write_months()
        ws.freeze_panes(_HEAD - 1, 2)
        ws.set_landscape()
        ws.fit_to_pages(1, 0)
        shown = self._first_month + max(1, self.worth.plan.horizon_months)
        ws.print_area(0, 1, shown, len(_LINE_HEADERS))

    def _header(self, row: int, title: str, headers: list[str]) -> None:
        self.sheet.put(row - 1, 1, title, HEADING)
        for col, words in enumerate(headers, 1):
            self.sheet.put(row, col, words, SUM_HEADER)
        self.sheet.ws.set_row(row, 30)

    def _write_head(self, written: Mapping[str, PartSheet]) -> None:
        def answer(part: str, name: str) -> str:
            return f"'{written[part].sheet.name}'!{written[part].answers[name]}"

        value, plan = self.charter.part("value"), self.worth.plan
        standing = column(table_name("solutions.solutions"), header("solutions.solutions", "standing"))
        ids, labels = self.lists.ids["solutions.solutions"], self.lists.labels["solutions.solutions"]
        picked = f'INDEX({column(table_name("solutions.solutions"), ID)},MATCH("{Standing.CHOSEN.label}",{standing},0))'
        years, rate, linked = (answer("value", n) for n in ("horizon_years", "discount_rate", "linked_costs"))
        days = [column(table_name(MILESTONES), header(MILESTONES, n)) for n in ("start", "due")]
        begin = valuation.first_day(self.charter.part("milestones"))
        refs = valuation.linked_refs(value.linked_costs)

        def counts(one: LinkedCosts) -> str:
            return f'IF(OR({linked}="{one.label}",{linked}="{LinkedCosts.BOTH.label}"),1,0)'

        rows: tuple[tuple[str, str, Shown, str], ...] = (
            ("Counted in", answer("project", "currency"), self.worth.currency, "General"),
            (
                "Idea calculated",
                f'IF(COUNTIF({standing},"{Standing.CHOSEN.label}")=1,IFERROR(INDEX({labels},MATCH({picked},{ids},0)),"{NO_IDEA}"),"{NO_IDEA}")',
                self.chosen,
                "General",
            ),
            (
                f"Years counted, {self.count // 12} at most on this sheet",
                f"MIN({self.count // 12},IF(ISNUMBER({years}),{years},{valuation.YEARS}))",
                plan.horizon_months // 12,
                "0",
            ),
            ("Discount rate a year", f"IF(ISNUMBER({rate}),{rate}/100,0)", plan.yearly_discount_rate, "0.##%"),
            ("Data sources are counted (1: yes)", counts(LinkedCosts.DATA), int(SOURCES in refs), "0"),
            ("Milestones are counted (1: yes)", counts(LinkedCosts.MILESTONES), int(MILESTONES in refs), "0"),
            (
                "First day of the plan",
                f'IF(COUNT({days[0]},{days[1]})=0,"No day yet",MIN({days[0]},{days[1]}))'
                if calendar_day(begin)
                else f'"{begin or "No day yet"}"',
                calendar_day(begin) or str(begin or "No day yet"),
                "d mmm yyyy",
            ),
            ("Entries below the last one that is listed here", self._missed(), 0, "0"),
        )
        for row, (label, formula, shown, num_format) in enumerate(rows, _HEAD):
            self.sheet.put(row, 1, label, LABEL)
            self.sheet.formula(row, 2, formula, shown, {**_TEXT, "num_format": num_format, "align": "left"})

    def _missed(self) -> str:
        counts = {ref: sum(e.ref == ref for e in self._entries) for ref in _REFS}
        return "+".join(f"MAX(0,SUMPRODUCT({used(ref)})-{n})" for ref, n in counts.items())

    # Lines

    def _line(self, entry: _Entry) -> money.Line | None:
        """The line as far as it is counted."""
        line = self.worth.lines.get((entry.ref, entry.record.id)) if entry.record else None
        return self._counted.get(line.input) if line else None

    def _remark(self, entry: _Entry) -> str:
        if entry.record is None or self._line(entry):
            return ""
        if entry.ref in (SOURCES, MILESTONES):
            return NOT_COUNTED if self._is_due(entry) else ""
        return NOT_COUNTED

    def _is_due(self, entry: _Entry) -> bool:
        """Whether an amount of another step belongs into this calculation."""
        row = entry.record
        amount = row.cost if entry.ref == SOURCES else row.money
        is_linked = entry.ref in valuation.linked_refs(self.charter.part("value").linked_costs)
        return bool(amount) and is_linked and getattr(row, "origin", None) is not Origin.WISHED

    def _write_line(self, row: int, entry: _Entry, gains: Gains) -> None:
        formulas, shown = (self._typed if entry.ref.startswith("value.") else self._linked)(row, entry, gains)
        props: dict[str, Props] = {"What": _TEXT, "Kind": _TEXT, "For the idea": _TEXT, "How often": _TEXT, "Remark": _TEXT}
        props["Lasts (months)"] = _UNTIL
        small = ("Exchange rate", "Units of the rung", "Most likely, as typed")
        for col, title in enumerate(_LINE_HEADERS, 1):
            look = props.get(title, _SMALL if title in small else _NUMBER)
            if title == "Kind":
                self.sheet.put(row, col, _REFS[entry.ref], look)
            elif title in formulas:
                self.sheet.formula(row, col, formulas[title], shown[title], look)
            elif title in shown:
                self.sheet.put(row, col, shown[title], look)

    def _common(self, row: int, entry: _Entry, name: str) -> tuple[dict[str, str], dict[str, Shown]]:
        """What is the same for every line once amount and months are known."""
        at = self._at(row)
        line = self._line(entry)
        weights = line.weights(self.worth.plan.horizon_months) * line.sign * line.likely if line else None
        months, worth = self.months("Month"), self.months("Discount factor")
        age = f"({months}-{at['Starts after (months)']}+1)/{at['Full after (months)']}"
        weight = f"({months}>={at['Starts after (months)']})*({months}<{at['Starts after (months)']}+{at['Lasts (months)']})*({age}+1-ABS({age}-1))/2"
        each = at["Full amount per month"]
        title = self._item(entry, name)
        formulas = {
            "What": f'IFERROR({title}&"","")',
            "In all": f"IF({each}=0,0,{each}*SUMPRODUCT(({worth}>0)*{weight}))",
            "Present value": f"IF({each}=0,0,{each}*SUMPRODUCT({worth}*{weight}))",
        }
        shown: dict[str, Shown] = {
            "What": self._words(entry, name),
            "In all": 0 if weights is None else float(weights.sum()),
            "Present value": 0 if weights is None else float(weights @ self.worth.plan.discounts),
        }
        return formulas, shown

    def _words(self, entry: _Entry, name: str) -> Shown:
        if entry.record is None:
            return ""
        return UNKNOWN_WORDS if name in entry.record.unknown else str(getattr(entry.record, name))

    def _at(self, row: int) -> dict[str, str]:
        return {title: f"${xl_rowcol_to_cell(row, col)}" for col, title in enumerate(_LINE_HEADERS, 1)}

    def _item(self, entry: _Entry, name: str) -> str:
        """A cell of the entry's table."""
        return f"INDEX({column(table_name(entry.ref), header(entry.ref, name) if name != ID else ID)},{entry.place})"

    def _rate(self, entry: _Entry) -> str:
        code = self._item(entry, "currency")
        foreign, rates = (column(table_name("value.rates"), header("value.rates", n)) for n in ("foreign", "rate"))
        found = f"LOOKUP(2,1/(({foreign}={code})*ISNUMBER({rates})*({rates}<>0)),{rates})"
        return f'IF({code}={self.own},1,IFERROR({found},""))'

    def _rate_of(self, entry: _Entry) -> Shown:
        if entry.record is None:
            return ""
        return valuation.rates_of(self.charter.part("value"), self.worth.currency).get(str(entry.record.currency), "")

    def _typed(self, row: int, entry: _Entry, gains: Gains) -> tuple[dict[str, str], dict[str, Shown]]:
        """A benefit or a cost."""
        at, record, line = self._at(row), entry.record, self._line(entry)
        formulas, shown = self._common(row, entry, "name")
        low, likely, high, period, shape, starts, ramp, lasts, evidence, solution = (
            self._item(entry, n)
            for n in (
                "low",
                "likely",
                "high",
                "period",
                "shape",
                "starts_month",
                "ramp_months",
                "lasts_months",
                "evidence",
                "solution",
            )
        )
        typed, rate, units, often = (at[t] for t in ("Most likely, as typed", "Exchange rate", "Units of the rung", "How often"))
        lognormal = f'AND({shape}="{Shape.LOGNORMAL.label}",{low}>0,{low}<={high})'
        between = f"IF({lognormal},SQRT(MAX({low},0))*SQRT(MAX({high},0)),({low}+{high})/2)"
        once = Period.ONCE.label
        formulas |= {
            "For the idea": self._idea(solution),
            "Most likely, as typed": f'IF(COUNT({low},{high})=1,"",IF(ISNUMBER({likely}),{likely},IF(COUNT({low},{high})=2,{between},"")))',
            "Exchange rate": self._rate(entry),
            "Range is sound": self._sound(low, high, shape, typed, rate),
            "Amount": (
                f'IF(AND(ISNUMBER({typed}),ISNUMBER({rate}),ISNUMBER({units}),{at["Range is sound"]}=1,{often}<>""),{typed}*{rate}*{units},"")'
            ),
            "How often": f'IF(OR({",".join(f"{period}={q}{p.label}{q}" for p in Period for q in [chr(34)])}),{period},"")',
            "Starts after (months)": f"N({starts})",
            "Full after (months)": f'IF({often}="{once}",1,MAX(1,N({ramp})))',
            "Lasts (months)": f'IF({often}="{once}",MAX(1,N({lasts})),IF(ISNUMBER({lasts}),{lasts},{_FOREVER}))',
            "Full amount per month": (
                f"IF(ISNUMBER({at['Amount']}),{'' if entry.ref == 'value.benefits' else '-'}{at['Amount']}"
                f'*IF({often}="{Period.MONTH.label}",1,IF({often}="{Period.YEAR.label}",1/12,1/{at["Lasts (months)"]})),0)'
            ),
            "Guess": self._guess(entry, evidence, gains),
            "Remark": f'IF({self._item(entry, ID)}&{at["What"]}="","",IF(ISNUMBER({at["Amount"]}),"","{NOT_COUNTED}"))',
        }
        if entry.ref == "value.benefits":
            formulas["Units of the rung"] = self._units(entry, gains)
        stated = self._stated(entry)
        period_of = record.period if record else None
        lasting = (record.lasts_months if record else None) or 0
        rate_of = self._rate_of(entry)
        converted = None if stated is None or not isinstance(rate_of, float) else _converted(stated, rate_of)
        last: int = max(1, lasting) if period_of is Period.ONCE else lasting or _FOREVER
        shown |= {
            "For the idea": self._idea_of(entry),
            "Most likely, as typed": "" if stated is None else stated.likely,
            "Exchange rate": rate_of,
            "Units of the rung": self._units_of(entry),
            "Range is sound": int(converted is not None and not converted.problem()),
            "Amount": line.likely if line else "",
            "How often": period_of.label if period_of else "",
            "Starts after (months)": (record.starts_month or 0) if record else 0,
            "Full after (months)": 1 if period_of is Period.ONCE else max(1, (record.ramp_months or 0) if record else 0),
            "Lasts (months)": last,
            "Full amount per month": _per_month(line),
            "Guess": int(self._is_guess(entry)),
            "Remark": self._remark(entry),
        }
        return formulas, shown

    def _stated(self, entry: _Entry) -> Range | None:
        row = entry.record
        if row is None:
            return None
        low, likely, high = (valuation.major(getattr(row, n), row.currency) for n in ("low", "likely", "high"))
        return Range.stated(low, likely, high, row.shape or Shape.PERT)

    def _sound(self, low: str, high: str, shape: str, typed: str, rate: str) -> str:
        """Whether anything can be drawn from the range: what `Range.problem` asks, as a formula."""
        middle = f"{low}<={typed},{typed}<={high},MAX(ABS({low}),ABS({high}))*{rate}<={LARGEST:.0f}"
        apart = f"AND({low}>0,{low}*{FARTHEST:.0f}<{high})"
        log = f"ABS(LN({high})+LN({low})-2*LN({typed}))<0.666844*(LN({high})-LN({low}))"
        plain = f"ABS({high}+{low}-2*{typed})<0.666844*({high}-{low})"
        shapes = (
            f'IF({shape}="{Shape.LOGNORMAL.label}",AND({low}>0,NOT({apart})),'
            f'IF({shape}="{Shape.METALOG.label}",IF({low}>0,IF({apart},FALSE,{log}),{plain}),TRUE))'
        )
        both = f"IF(AND({middle}),IF({low}={high},1,IF({shapes},1,0)),0)"
        alone = f"IF(ABS({typed})*{rate}<={LARGEST:.0f},1,0)"
        return f"IF(AND(ISNUMBER({typed}),ISNUMBER({rate})),IF(COUNT({low},{high})=2,{both},{alone}),0)"

    def _units(self, entry: _Entry, gains: Gains) -> str:
        rung = self._item(entry, "rung")
        match = f"--({gains.labels}={rung})"
        found = f'IF(SUMPRODUCT({match},--ISNUMBER({gains.units}))=1,SUMPRODUCT({match},{gains.units}),"")'
        return f'IF(OR({rung}="",{rung}="{UNKNOWN_WORDS}"),1,{found})'

    def _units_of(self, entry: _Entry) -> Shown:
        if entry.record is None or not getattr(entry.record, "rung", ""):
            return 1
        return units(self.worth, entry.record.rung)

    def _guess(self, entry: _Entry, evidence: str, gains: Gains) -> str:
        own = f'OR({evidence}="",{evidence}="{UNKNOWN_WORDS}",{evidence}="{LinkEvidence.GUESS.label}")'
        if entry.ref != "value.benefits":
            return f"IF({own},1,0)"
        return f"IF({own},1,MIN(1,SUMPRODUCT(--({gains.labels}={self._item(entry, 'rung')}),{gains.guesses})))"

    def _is_guess(self, entry: _Entry) -> bool:
        row = entry.record
        if row is None or row.evidence in (None, LinkEvidence.GUESS):
            return True
        return bool(getattr(row, "rung", "")) and is_guess(self.worth, row.rung)

    def _idea(self, solution: str) -> str:
        labels = self.lists.labels["solutions.solutions"]
        return f'IF({solution}="",{self.idea},IF(SUMPRODUCT(--({labels}={solution}))>0,{solution},{self.idea}))'

    def _idea_of(self, entry: _Entry) -> str:
        solution = entry.record.solution if entry.record else ""
        return self.called(solution) if solution in self.links.labels["solutions.solutions"] else self.chosen

    def _linked(self, row: int, entry: _Entry, _: Gains) -> tuple[dict[str, str], dict[str, Shown]]:
        """A data source or a milestone: a single figure, paid once."""
        at, line, sources = self._at(row), self._line(entry), entry.ref == SOURCES
        formulas, shown = self._common(row, entry, "name" if sources else "deliverable")
        starts = 0 if sources or entry.record is None else valuation.starts(self.charter.part("milestones"), entry.record)
        cost, rate = self._item(entry, "cost" if sources else "money"), at["Exchange rate"]
        wanted = f'{self._item(entry, "origin")}<>"{Origin.WISHED.label}",' if sources else ""
        due = f"AND({self._data if sources else self._milestones}=1,{wanted}ISNUMBER({cost}),N({cost})<>0)"
        formulas |= {
            "For the idea": self.idea,
            "Exchange rate": self._rate(entry),
            "Amount": f'IF(AND({due},ISNUMBER({rate})),IF(ABS(N({cost}))*N({rate})<={LARGEST:.0f},N({cost})*N({rate}),""),"")',
            "Full amount per month": f"IF(ISNUMBER({at['Amount']}),-{at['Amount']},0)",
            "Remark": f'IF(AND({due},NOT(ISNUMBER({at["Amount"]}))),"{NOT_COUNTED}","")',
        }
        if not sources and calendar_day(valuation.first_day(self.charter.part("milestones"))):
            formulas["Starts after (months)"] = self._months_until(entry)
        shown |= {
            "For the idea": self.chosen,
            "Exchange rate": self._rate_of(entry),
            "Amount": line.likely if line else "",
            "How often": Period.ONCE.label,
            "Starts after (months)": starts,
            "Full after (months)": 1,
            "Lasts (months)": 1,
            "Full amount per month": _per_month(line),
            "Guess": 0,
            "Remark": self._remark(entry),
        }
        return formulas, shown

    def _months_until(self, entry: _Entry) -> str:
        """After how many months the money of a milestone is needed, provided that a spreadsheet knows the first day."""
        start, due = self._item(entry, "start"), self._item(entry, "due")
        day = f"IF(ISNUMBER({start}),{start},{due})"
        return f"IF(COUNT({start},{due})=0,0,(YEAR({day})-YEAR({self._begin}))*12+MONTH({day})-MONTH({self._begin}))"

    # Months

    def _write_months(self) -> None:
        idea, kind, each, starts, full, lasts = (
            self.lines(t)
            for t in (
                "For the idea",
                "Kind",
                "Full amount per month",
                "Starts after (months)",
                "Full after (months)",
                "Lasts (months)",
            )
        )
        cash, horizon = self._cash(), self.worth.plan.horizon_months
        added, direction = 0.0, 0
        top = max((abs(v) for v in np.cumsum(self.case.cash)), default=0.0)
        for month in range(self.count):
            row = self._first_month + month
            t, benefits, costs, net, sums, worth, way = (f"${xl_rowcol_to_cell(row, col)}" for col in (1, 2, 3, 4, 5, 6, 9))
            age = f"({t}-{starts}+1)/{full}"
            weight = f"{each}*({t}>={starts})*({t}<{starts}+{lasts})*({age}+1-ABS({age}-1))/2"
            gained, spent = cash[month] if month < horizon else (0.0, 0.0)
            added += gained - spent
            factor = float(self.worth.plan.discounts[month]) if month < horizon else 0.0
            now = int(np.sign(gained - spent)) or direction
            turned = int(month > 0 and direction not in (0, now))
            before = f"${xl_rowcol_to_cell(row - 1, 5)}"
            before_way = f"${xl_rowcol_to_cell(row - 1, 9)}"
            inside = f"{t}<12*{self.years}"
            whole = self.months("Added up")
            cells: tuple[tuple[str | None, Shown, Props], ...] = (
                (None, month, _NUMBER | {"num_format": "0"}),
                (f'IF({inside},SUMPRODUCT(({idea}={self.idea})*({kind}="{_REFS["value.benefits"]}")*{weight}),0)', gained, _NUMBER),
                (
                    f'IF({inside},-SUMPRODUCT(({idea}={self.idea})*({kind}<>"{_REFS["value.benefits"]}")*{weight}),0)',
                    spent,
                    _NUMBER,
                ),
                (f"{benefits}-{costs}", gained - spent, _NUMBER),
                (net if month == 0 else f"{before}+{net}", added, _NUMBER),
                (f"IF({inside},(1+{self.rate})^(-{t}/12),0)", factor, _SMALL),
                (f"{net}*{worth}", (gained - spent) * factor, _NUMBER),
                (
                    f"IF(AND({inside},{sums}<-0.000000000001*MAX(MAX({whole}),-MIN({whole}))),1,0)",
                    int(month < horizon and added < -1e-12 * top),
                    _NUMBER,
                ),
                (f"IF({net}=0,{0 if month == 0 else before_way},SIGN({net}))", now, _NUMBER),
                ("0" if month == 0 else f"IF(AND({before_way}<>0,{way}<>{before_way}),1,0)", turned, _NUMBER),
            )
            direction = now
            for col, (formula, value, props) in enumerate(cells, 1):
                if formula is None:
                    self.sheet.put(row, col, value, props)
                else:
                    self.sheet.formula(row, col, formula, value, props)

    def _cash(self) -> list[tuple[float, float]]:
        """Benefits and costs of each month of the likely case."""
        horizon = self.worth.plan.horizon_months
        gained, spent = np.zeros(horizon), np.zeros(horizon)
        for line in self.worth.of_chosen.counted:
            (gained if line.kind is money.Kind.BENEFIT else spent).__iadd__(line.likely * line.weights(horizon))
        return list(zip(gained.tolist(), spent.tolist(), strict=True))


def units(worth: Valuation, rung: str) -> Shown:
    """By how many units a rung improves at likely values; "" when that is not known."""
    factors, problem = valuation.driver(worth.ladder, rung)
    if problem or any(f.problem() for f in factors):
        return ""
    found = float(np.prod([f.likely for f in factors]))
    return found if abs(found) <= 1e100 else ""


def is_guess(worth: Valuation, rung: str) -> bool:
    """Whether a link on the way to a rung is a guess, or nobody said how it is known."""
    return any(f.evidence in ("", LinkEvidence.GUESS) for f in valuation.driver(worth.ladder, rung)[0])


def _converted(stated: Range, rate: float) -> Range:
    return Range(stated.low * rate, stated.likely * rate, stated.high * rate, stated.shape)


def _per_month(line: money.Line | None) -> float:
    """The full amount of a line in a month, costs below zero."""
    if line is None:
        return 0.0
    share = {money.Every.MONTH: 1.0, money.Every.YEAR: 1 / 12, money.Every.ONCE: 1 / max(1, line.lasts_months or 1)}[line.every]
    return line.sign * line.likely * share
