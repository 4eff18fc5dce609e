"""What the workbook calculates: columns inside tables, each with the result that Python computes for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from scoping import currency as money
from scoping.charter import PART_BY_SLUG, Charter
from scoping.export.workbook.hidden import Lists
from scoping.export.workbook.sheet import FIRST_DAY, Shown, header_of
from scoping.section import question
from scoping.sections.data_sources import Source
from scoping.sections.feasibility import Slice
from scoping.sections.milestones import Family, Milestone
from scoping.words import SHARE_FORMAT

ID = "ID"
END = "end"
"""Stands in the column of ids below each table: whoever reads the workbook back knows by it where the rows end."""
AS_OF = "As_of"


@dataclass(frozen=True)
class Facts:
    """What results depend on besides the record."""

    charter: Charter
    as_of: date


@dataclass(frozen=True)
class Calculated:
    """A column of formulas.

    Attributes:
        after: the question behind which it stands.
        formula: over the cells of the same row; the same in every row, and "" in a row without a record.
        results: what it comes to, per record.
    """

    header: str
    after: str
    formula: str
    results: Callable[[tuple[Any, ...], Facts], Iterable[Shown]]
    num_format: str = "General"


def column(table: str, header: str) -> str:
    """A whole column of a table, as formulas name it."""
    return f"{table}[{_escaped(header)}]"


def cell(table: str, header: str) -> str:
    """A cell of the same row of a table, as formulas name it."""
    return f"{table}[[#This Row],[{_escaped(header)}]]"


def _escaped(header: str) -> str:
    """A header as formulas write it: characters that have a meaning there follow an apostrophe."""
    return re.sub(r"(['\[\]#@])", r"'\1", header)


def header(ref: str, name: str) -> str:
    """The header of a question of a list."""
    slug, _, list_name = ref.partition(".")
    return header_of(question(PART_BY_SLUG[slug].model_of(list_name), name))


def table_name(ref: str) -> str:
    """What the table of a list is called in formulas."""
    return ref.replace(".", "_")


def questions_of(ref: str, names: str, name: Callable[[str, str], str]) -> list[str]:
    """Several columns or cells of a list, in the notation of `name`."""
    return [name(table_name(ref), header(ref, n)) for n in names.split()]


def used(ref: str) -> str:
    """Whether each row of a table holds a record, new ones included: an array of 0 and 1."""
    slug, _, list_name = ref.partition(".")
    first = PART_BY_SLUG[slug].lists[list_name].questions[0]
    table = table_name(ref)
    return f'--({column(table, ID)}&{column(table, header_of(first))}<>"")'


def working_days(start: date, due: date) -> int:
    """Days from Monday to Friday between two days, both counted; negative when the second comes first."""
    if due < start:
        return -working_days(due, start)
    weeks, rest = divmod((due - start).days + 1, 7)
    return weeks * 5 + sum((start + timedelta(days=n)).weekday() < 5 for n in range(rest))


def calendar_day(day: date | None) -> date | None:
    """The day as far as a spreadsheet can calculate with it."""
    return day if day is not None and day >= FIRST_DAY else None


def _unit_costs(sources: tuple[Source, ...], _: Facts) -> Iterable[Shown]:
    for s in sources:
        yield None if s.cost is None or not s.amount else float(money.to_major(s.cost, s.currency)) / s.amount


def _cost_shares(sources: tuple[Source, ...], _: Facts) -> Iterable[Shown]:
    totals: dict[str, int] = {}
    for s in sources:
        totals[s.currency] = totals.get(s.currency, 0) + (s.cost or 0)
    for s in sources:
        yield None if s.cost is None or not totals[s.currency] else s.cost / totals[s.currency]


def _sources() -> tuple[Calculated, ...]:
    ref = "data_sources.sources"
    cost, amount, currency = questions_of(ref, "cost amount currency", cell)
    costs, currencies = questions_of(ref, "cost currency", column)
    return (
        Calculated(
            "Cost per unit",
            "currency",
            f'IF(AND(ISNUMBER({cost}),ISNUMBER({amount})),IFERROR({cost}/{amount},""),"")',
            _unit_costs,
            "#,##0.00",
        ),
        Calculated(
            "Share of known cost",
            "currency",
            f'IF(ISNUMBER({cost}),IFERROR({cost}/SUMIFS({costs},{currencies},{currency}),""),"")',
            _cost_shares,
            SHARE_FORMAT,
        ),
    )


def _slices() -> tuple[Calculated, ...]:
    ref = "feasibility.slices"
    model, people, share = questions_of(ref, "model hlp share", cell)
    gap = cell(table_name(ref), "Gap")

    def gaps(rows: tuple[Slice, ...], _: Facts) -> Iterable[Shown]:
        return (row.gap for row in rows)

    def gains(rows: tuple[Slice, ...], _: Facts) -> Iterable[Shown]:
        return (row.gain for row in rows)

    return (
        Calculated("Gap", "share", f'IF(AND(ISNUMBER({model}),ISNUMBER({people})),ROUND({people}-{model},10),"")', gaps),
        Calculated(
            "Gap x share", "share", f'IF(AND(ISNUMBER({gap}),ISNUMBER({share})),ROUND({gap}*{share}/100,10),"")', gains, "0.00"
        ),
    )


def _working_days(rows: tuple[Milestone, ...], _: Facts) -> Iterable[Shown]:
    for row in rows:
        start, due = calendar_day(row.start), calendar_day(row.due)
        yield working_days(start, due) if start and due else None


def _days_left(rows: tuple[Milestone, ...], facts: Facts) -> Iterable[Shown]:
    for row in rows:
        due = calendar_day(row.due)
        yield (due - facts.as_of).days if due else None


def _targets(family: Family, rows: tuple[Milestone, ...], facts: Facts) -> Iterable[Shown]:
    counts: dict[str, int] = {}
    for target in facts.charter.milestones.targets:
        if target.family is family:
            counts[target.milestone] = counts.get(target.milestone, 0) + 1
    return [counts.get(row.id, 0) for row in rows]


def _milestones(lists: Lists) -> tuple[Calculated, ...]:
    ref, targets = "milestones.milestones", "milestones.targets"
    deliverable, start, due = questions_of(ref, "deliverable start due", cell)
    linked, family = questions_of(targets, "milestone family", column)
    key = cell(table_name(ref), ID)
    name = f"IFERROR(INDEX({lists.labels[ref]},MATCH({key},{lists.ids[ref]},0)),{deliverable})"
    counts = (
        Calculated(
            f"{f.label} targets",
            "due",
            f'IF({key}&{deliverable}="","",SUMPRODUCT(--({linked}={name}),--({family}="{f.label}")))',
            partial(_targets, f),
        )
        for f in Family
    )
    return (
        Calculated(
            "Working days", "due", f'IF(AND(ISNUMBER({start}),ISNUMBER({due})),NETWORKDAYS({start},{due}),"")', _working_days
        ),
        Calculated("Days left", "due", f'IF(ISNUMBER({due}),{due}-{AS_OF},"")', _days_left),
        *counts,
    )


def calculated(lists: Lists) -> dict[str, tuple[Calculated, ...]]:
    """The calculated columns of every list that has some, by "part.list"."""
    return {
        "data_sources.sources": _sources(),
        "feasibility.slices": _slices(),
        "milestones.milestones": _milestones(lists),
    }
