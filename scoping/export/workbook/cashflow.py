"""The sheet *Cash flow*: every benefit and cost at its likely value, month by month, by formulas over the other sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from xlsxwriter.utility import xl_rowcol_to_cell

from scoping.answers import UNKNOWN_WORDS
from scoping.charter import Charter
from scoping.export.workbook import cashflow_months
from scoping.export.workbook.cashflow_layout import (
    BENEFIT,
    COST,
    FIRST_LINE,
    FOREVER,
    HEAD,
    LINE_HEADERS,
    MILESTONE,
    MONTH_HEADERS,
    NAME,
    NUMBER,
    SMALL,
    SOURCE,
    UNTIL,
    Layout,
)
from scoping.export.workbook.hidden import Lists
from scoping.export.workbook.links import Links
from scoping.export.workbook.parts import SPARE, PartSheet
from scoping.export.workbook.sheet import Sheet, Shown
from scoping.export.workbook.styles import DATE, FORMULA, HEADING, LABEL, NOTE, SUM_HEADER, TITLE, Props
from scoping.export.workbook.sums import ID, calendar_day, column, header, table_name, used
from scoping.numbers.ranges import FARTHEST, LARGEST, Range
from scoping.numbers.shapes import Shape
from scoping.sections import value as sections_value
from scoping.sections.data_sources import Origin
from scoping.sections.milestones import MilestoneKind
from scoping.sections.solutions import Standing
from scoping.sections.value import LinkedCosts, LinkEvidence, Period
from scoping.value import money, valuation
from scoping.value.valuation import MILESTONES, SOURCES, Valuation
from scoping.words import SHARE_FORMAT

NO_IDEA = "No idea chosen"
NOT_COUNTED = "Not counted: see “Open points”"
_REFS = {"value.benefits": BENEFIT, "value.costs": COST, SOURCES: SOURCE, MILESTONES: MILESTONE}
NO_DUE_DATE = "No due date yet"
_TEXT = {**FORMULA, "text_wrap": False}
_RATE = "0.0# %"
"""Of whole per cents it would show "8.0 %": a condition lays the notation of whole ones over it."""


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


class CashFlow(Layout):
    """The sheet with its lines and months."""

    def __init__(self, sheet: Sheet, charter: Charter, worth: Valuation, links: Links, lists: Lists) -> None:
        self.sheet, self.charter, self.worth, self.links, self.lists = sheet, charter, worth, links, lists
        self.case = money.likely(worth.of_chosen)
        self._counted = {line.input: line for line in worth.plan.counted}
        self._entries = list(self._rows())
        super().__init__(len(self._entries), worth.plan.horizon_months)

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
        for col, width in enumerate(LINE_HEADERS.values(), 1):
            ws.set_column(col, col, width)
        self._write_head(written)
        self._header(FIRST_LINE - 1, "Lines", list(LINE_HEADERS))
        for row, entry in enumerate(self._entries, FIRST_LINE):
            self._write_line(row, entry, gains)
        here = xl_rowcol_to_cell(FIRST_LINE, 1, col_abs=True)
        rule = {"type": "formula", "criteria": f'={here}=""', "format": self.sheet.styles.difference({"font_color": "#FFFFFF"})}
        ws.conditional_format(FIRST_LINE, 1, FIRST_LINE + len(self._entries) - 1, len(LINE_HEADERS), rule)
        self._header(self.first_month - 1, "Months", list(MONTH_HEADERS))
        cashflow_months.write(sheet, self, self.worth)
        ws.freeze_panes(HEAD - 1, 2)

    def _header(self, row: int, title: str, headers: list[str]) -> None:
        self.sheet.put(row - 1, 1, title, HEADING)
        for col, words in enumerate(headers, 1):
            self.sheet.put(row, col, words, SUM_HEADER)
        self.sheet.ws.set_row(row, 30)

    def _write_head(self, written: Mapping[str, PartSheet]) -> None:
        def answer(part: str, name: str) -> str:
            return f"'{written[part].sheet.name}'!{written[part].answers[name]}"

        value, plan = self.charter.value, self.worth.plan
        standing = column(table_name("solutions.solutions"), header("solutions.solutions", "standing"))
        ids, labels = self.lists.ids["solutions.solutions"], self.lists.labels["solutions.solutions"]
        picked = f'INDEX({column(table_name("solutions.solutions"), ID)},MATCH("{Standing.CHOSEN.label}",{standing},0))'
        years, rate, linked = (answer("value", n) for n in ("horizon_years", "discount_rate", "linked_costs"))
        days = [column(table_name(MILESTONES), header(MILESTONES, n)) for n in ("start", "due")]
        begin = valuation.first_day(self.charter.milestones)
        refs = valuation.linked_refs(value.linked_costs)

        def counts(kind: LinkedCosts) -> str:
            return f'IF(OR({linked}="{kind.label}",{linked}="{LinkedCosts.BOTH.label}"),1,0)'

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
            ("Discount rate a year", f"IF(ISNUMBER({rate}),{rate}/100,0)", plan.yearly_discount_rate, _RATE),
            ("Data sources are counted (1: yes)", counts(LinkedCosts.DATA), int(SOURCES in refs), "0"),
            ("Milestones are counted (1: yes)", counts(LinkedCosts.MILESTONES), int(MILESTONES in refs), "0"),
            (
                "First day of the plan",
                f'IF(COUNT({days[0]},{days[1]})=0,"No day yet",MIN({days[0]},{days[1]}))'
                if calendar_day(begin)
                else f'"{begin or "No day yet"}"',
                calendar_day(begin) or str(begin or "No day yet"),
                DATE,
            ),
            (
                "Benefits begin after (months), unless they say otherwise",
                self._delivery(),
                NO_DUE_DATE if self.worth.delivery.due is None else self.worth.delivery.month,
                "0",
            ),
            ("Entries below the last one that is listed here", self._missed(), 0, "0"),
        )
        for row, (label, formula, shown, num_format) in enumerate(rows, HEAD):
            self.sheet.put(row, 1, label, LABEL)
            self.sheet.formula(row, 2, formula, shown, {**_TEXT, "num_format": num_format, "align": "left"})
            if num_format == _RATE:
                place = xl_rowcol_to_cell(row, 2, row_abs=True, col_abs=True)
                whole = {"type": "formula", "criteria": f"=ABS({place}-ROUND({place},2))<1E-9"}
                self.sheet.ws.conditional_format(
                    row, 2, row, 2, {**whole, "format": self.sheet.styles.difference({"num_format": SHARE_FORMAT})}
                )

    def _delivery(self) -> str:
        """When the last launch is due, or without a dated launch the last milestone, in months from the first day."""
        delivery = self.worth.delivery
        if delivery.due is None or not (calendar_day(delivery.due) and calendar_day(valuation.first_day(self.charter.milestones))):
            return f'"{NO_DUE_DATE}"' if delivery.due is None else str(delivery.month)
        due, kind = (column(table_name(MILESTONES), header(MILESTONES, n)) for n in ("due", "kind"))
        launch = f'({kind}="{MilestoneKind.LAUNCH.label}")*ISNUMBER({due})'
        # The rank of the last launch among all days: a day itself cannot be multiplied where a cell may hold words.
        rank = f'SUMPRODUCT(MAX({launch}*COUNTIF({due},"<="&{due})))'
        day = f"IF(SUMPRODUCT({launch})=0,MAX({due}),SMALL({due},{rank}))"
        months = f"(YEAR({day})-YEAR({self.begin}))*12+MONTH({day})-MONTH({self.begin})+IF(DAY({day})>DAY({self.begin}),1,0)"
        return f'IF(COUNT({due})=0,"{NO_DUE_DATE}",{months})'

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
        is_linked = entry.ref in valuation.linked_refs(self.charter.value.linked_costs)
        return bool(amount) and is_linked and getattr(row, "origin", None) is not Origin.WISHED

    def _write_line(self, row: int, entry: _Entry, gains: Gains) -> None:
        formulas, shown = (self._typed if entry.ref.startswith("value.") else self._linked)(row, entry, gains)
        props: dict[str, Props] = {"What": _TEXT, "Kind": _TEXT, "For the idea": _TEXT, "How often": _TEXT, "Remark": _TEXT}
        props["Lasts (months)"] = UNTIL
        small = ("Exchange rate", "Units of the step", "Most likely, as typed")
        for col, title in enumerate(LINE_HEADERS, 1):
            look = props.get(title, SMALL if title in small else NUMBER)
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
            "Until delivery": f"IF({each}=0,0,{each}*SUMPRODUCT(({worth}>0)*({months}<N({self.delivered}))*{weight}))",
            "Present value": f"IF({each}=0,0,{each}*SUMPRODUCT({worth}*{weight}))",
        }
        shown: dict[str, Shown] = {
            "What": self._words(entry, name),
            "In all": 0 if weights is None else float(weights.sum()),
            "Until delivery": 0 if weights is None else float(weights[: self.worth.delivery.month].sum()),
            "Present value": 0 if weights is None else float(weights @ self.worth.plan.discounts),
        }
        return formulas, shown

    def _words(self, entry: _Entry, name: str) -> Shown:
        if entry.record is None:
            return ""
        return UNKNOWN_WORDS if name in entry.record.unknown else str(getattr(entry.record, name))

    def _at(self, row: int) -> dict[str, str]:
        return {title: f"${xl_rowcol_to_cell(row, col)}" for col, title in enumerate(LINE_HEADERS, 1)}

    def _item(self, entry: _Entry, name: str) -> str:
        """A cell of the entry's table."""
        return f"INDEX({column(table_name(entry.ref), header(entry.ref, name) if name != ID else ID)},{entry.place})"

    def _rate(self, entry: _Entry) -> str:
        code = self._item(entry, "currency")
        foreign, rates = (column(table_name("value.rates"), header("value.rates", n)) for n in ("foreign", "rate"))
        exchange = f"LOOKUP(2,1/(({foreign}={code})*ISNUMBER({rates})*({rates}<>0)),{rates})"
        return f'IF({code}={self.own},1,IFERROR({exchange},""))'

    def _rate_of(self, entry: _Entry) -> Shown:
        if entry.record is None:
            return ""
        return sections_value.rates_of(self.charter.value, self.worth.currency).get(str(entry.record.currency), "")

    def _typed(self, row: int, entry: _Entry, gains: Gains) -> tuple[dict[str, str], dict[str, Shown]]:
        """A benefit or a cost."""
        at = self._at(row)
        formulas, shown = self._common(row, entry, "name")
        formulas |= self._amount(at, entry) | self._course(at, entry)
        formulas |= {
            "For the idea": self._idea(self._item(entry, "solution")),
            "Guess": self._guess(entry, self._item(entry, "evidence"), gains),
            "Remark": f'IF({self._item(entry, ID)}&{at["What"]}="","",IF(ISNUMBER({at["Amount"]}),"","{NOT_COUNTED}"))',
        }
        if entry.ref == "value.benefits":
            formulas["Units of the step"] = self._units(entry, gains)
        shown |= self._amount_of(entry) | self._course_of(entry)
        shown |= {"For the idea": self._idea_of(entry), "Guess": int(self._is_guess(entry)), "Remark": self._remark(entry)}
        return formulas, shown

    def _amount(self, at: dict[str, str], entry: _Entry) -> dict[str, str]:
        """What one payment comes to: the likely value as typed, exchanged, for all units of the rung."""
        low, likely, high, shape = (self._item(entry, n) for n in ("low", "likely", "high", "shape"))
        typed, rate, units, often = (at[t] for t in ("Most likely, as typed", "Exchange rate", "Units of the step", "How often"))
        lognormal = f'AND({shape}="{Shape.LOGNORMAL.label}",{low}>0,{low}<={high})'
        between = f"IF({lognormal},SQRT(MAX({low},0))*SQRT(MAX({high},0)),({low}+{high})/2)"
        return {
            "Most likely, as typed": f'IF(COUNT({low},{high})=1,"",IF(ISNUMBER({likely}),{likely},IF(COUNT({low},{high})=2,{between},"")))',
            "Exchange rate": self._rate(entry),
            "Range is sound": self._sound(low, high, shape, typed, rate),
            "Amount": (
                f'IF(AND(ISNUMBER({typed}),ISNUMBER({rate}),ISNUMBER({units}),{at["Range is sound"]}=1,{often}<>""),{typed}*{rate}*{units},"")'
            ),
        }

    def _amount_of(self, entry: _Entry) -> dict[str, Shown]:
        stated, rate, line = self._stated(entry), self._rate_of(entry), self._line(entry)
        converted = None if stated is None or not isinstance(rate, float) else _converted(stated, rate)
        return {
            "Most likely, as typed": "" if stated is None else stated.likely,
            "Exchange rate": rate,
            "Units of the step": self._units_of(entry),
            "Range is sound": int(converted is not None and not converted.problem()),
            "Amount": line.likely if line else "",
        }

    def _course(self, at: dict[str, str], entry: _Entry) -> dict[str, str]:
        """When it is paid: how often, from which month on, fully from when, and how long."""
        period, starts, ramp, lasts = (self._item(entry, n) for n in ("period", "starts_month", "ramp_months", "lasts_months"))
        often, once, is_benefit = at["How often"], Period.ONCE.label, entry.ref == "value.benefits"
        return {
            "How often": f'IF(OR({",".join(f"{period}={q}{p.label}{q}" for p in Period for q in [chr(34)])}),{period},"")',
            "Starts after (months)": f"IF(ISNUMBER({starts}),{starts},N({self.delivered}))" if is_benefit else f"N({starts})",
            "Full after (months)": f'IF({often}="{once}",1,MAX(1,N({ramp})))',
            "Lasts (months)": f'IF({often}="{once}",MAX(1,N({lasts})),IF(ISNUMBER({lasts}),{lasts},{FOREVER}))',
            "Full amount per month": (
                f"IF(ISNUMBER({at['Amount']}),{'' if is_benefit else '-'}{at['Amount']}"
                f'*IF({often}="{Period.MONTH.label}",1,IF({often}="{Period.YEAR.label}",1/12,1/{at["Lasts (months)"]})),0)'
            ),
        }

    def _course_of(self, entry: _Entry) -> dict[str, Shown]:
        record = entry.record
        period, ramp, lasts = (record.period, record.ramp_months or 0, record.lasts_months or 0) if record else (None, 0, 0)
        is_once = period is Period.ONCE
        return {
            "How often": period.label if period else "",
            "Starts after (months)": self._starts(entry),
            "Full after (months)": 1 if is_once else max(1, ramp),
            "Lasts (months)": max(1, lasts) if is_once else lasts or FOREVER,
            "Full amount per month": _per_month(self._line(entry)),
        }

    def _starts(self, entry: _Entry) -> int:
        own = entry.record.starts_month if entry.record else None
        begin = self.worth.delivery.month if entry.ref == "value.benefits" else 0
        return begin if own is None else int(own)

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
        gained = f'IF(SUMPRODUCT({match},--ISNUMBER({gains.units}))=1,SUMPRODUCT({match},{gains.units}),"")'
        return f'IF(OR({rung}="",{rung}="{UNKNOWN_WORDS}"),1,{gained})'

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
        begin = valuation.first_day(self.charter.milestones)
        starts = 0 if sources or entry.record is None else valuation.starts(begin, entry.record)
        cost, rate = self._item(entry, "cost" if sources else "money"), at["Exchange rate"]
        wanted = f'{self._item(entry, "origin")}<>"{Origin.WISHED.label}",' if sources else ""
        due = f"AND({self.data if sources else self.milestones}=1,{wanted}ISNUMBER({cost}),N({cost})<>0)"
        formulas |= {
            "For the idea": self.idea,
            "Exchange rate": self._rate(entry),
            "Amount": f'IF(AND({due},ISNUMBER({rate})),IF(ABS(N({cost}))*N({rate})<={LARGEST:.0f},N({cost})*N({rate}),""),"")',
            "Full amount per month": f"IF(ISNUMBER({at['Amount']}),-{at['Amount']},0)",
            "Remark": f'IF(AND({due},NOT(ISNUMBER({at["Amount"]}))),"{NOT_COUNTED}","")',
        }
        if not sources and calendar_day(valuation.first_day(self.charter.milestones)):
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
        return f"IF(COUNT({start},{due})=0,0,(YEAR({day})-YEAR({self.begin}))*12+MONTH({day})-MONTH({self.begin}))"


def units(worth: Valuation, rung: str) -> Shown:
    """By how many units a rung improves at likely values; "" when that is not known."""
    factors, problem = valuation.driver(worth.ladder, rung)
    if problem or any(f.problem() for f in factors):
        return ""
    moved = float(np.prod([f.likely for f in factors]))
    return moved if abs(moved) <= 1e100 else ""


def is_guess(worth: Valuation, rung: str) -> bool:
    """Whether a link on the way to a rung is a guess, or nobody said how it is known."""
    return any(f.evidence in ("", LinkEvidence.GUESS) for f in valuation.driver(worth.ladder, rung)[0])


def _converted(stated: Range, rate: float) -> Range:
    return Range(stated.low * rate, stated.likely * rate, stated.high * rate, stated.shape)


def _per_month(line: money.Line | None) -> float:
    """The full amount of a line in a month, costs below zero."""
    if line is None:
        return 0.0
    share = {money.Frequency.MONTH: 1.0, money.Frequency.YEAR: 1 / 12, money.Frequency.ONCE: 1 / max(1, line.lasts_months or 1)}[
        line.every
    ]
    return line.sign * line.likely * share
