"""A charter with known totals and every state of an answer, and how tests look into a workbook made of it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import cycle
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries
from openpyxl.workbook import Workbook

from scoping.charter import Charter
from scoping.currency import Currency
from scoping.export.xlsx import to_xlsx
from scoping.section import Kind, questions
from scoping.sections.data_sources import DataSources, Origin, Source
from scoping.sections.feasibility import Feasibility, Slice, Slices
from scoping.sections.milestones import Direction, Family, Milestone, Milestones, Target
from scoping.sections.problems import Problem, Problems
from scoping.sections.project import Project, Signature
from scoping.sections.rollout import Rollout
from scoping.sections.solutions import Approach, Solution, Solutions, Standing
from scoping.sections.value import Benefit, Cost, Period, Value

SAVED_AT = datetime(2027, 1, 6, 9, 30, tzinfo=UTC)
PROJECT = "0f8fad5b"
USD, JPY = Currency.USD, Currency.JPY


HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://x.y","click")',
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2",
    "\t=1+1",
    "\n=1",
    "{=1+1}",
    "#N/A",
    "#DIV/0!",
    "<r><t>bold</t></r>",
    "_x0041_",
    "007",
    "1e5",
    "https://example.org",
    "mailto:a@b.c",
    "'quoted",
    " spaces ",
    "سلام ۱۲۳",
    "👩‍🚀" * 40,
    "\ufffe\uffff",
)
"""Texts that spreadsheets like to take for something else."""


def small_charter() -> Any:
    """Two currencies, unknown and blank answers, a removed link, twins among titles."""
    return Charter(
        project=Project(
            name="Voice search",
            owner="Dana",
            decision_asked="Release two engineers.",
            unknown=("sponsor",),
            signatures=(Signature(id="s1", role="Sponsor", name="Ana", signed_on=date(2027, 1, 5)),),
        ),
        problems=Problems(
            in_scope="",
            unknown=("out_of_scope",),
            problems=(
                Problem(id="p1", statement="Searches fail", baseline_value=21.5, cost_of_doing_nothing=1_234_50, rank=2),
                Problem(id="p2", statement="Searches fail", how_many=40_000, unknown=("baseline_value",)),
            ),
        ),
        solutions=Solutions(
            solutions=(
                Solution(
                    id="i1", name="Retrain | relabel", problems=("p1", "p2", "gone"), approach=Approach.ML, standing=Standing.CHOSEN
                ),
            )
        ),
        feasibility=Feasibility(
            slices_are=Slices.EXCLUSIVE,
            slices=(
                Slice(id="c", name="Clear", model=94, hlp=95, share=60),
                Slice(id="n", name="Noise", model=89, hlp=93, share=40, unknown=("ease",)),
            ),
        ),
        value=Value(
            horizon_years=3,
            benefits=(
                Benefit(id="b1", name="Orders", low=1_000_00, likely=2_000_00, high=4_000_00, period=Period.MONTH),
                Benefit(id="b2", name="Prize", likely=500_00, period=Period.ONCE, unknown=("low",)),
                Benefit(id="b3", name="Yen", low=1, likely=2, high=3, currency=JPY, period=Period.YEAR),
            ),
            costs=(Cost(id="c1", name="Run", low=100_00, likely=150_50, high=200_00, period=Period.YEAR),),
        ),
        data_sources=DataSources(
            sources=(
                Source(id="d1", name="Owned", origin=Origin.OWNED, amount=100, unit="hours", cost=0, days=0),
                Source(id="d2", name="Crowd", amount=1_000, cost=10_000_00, days=14),
                Source(id="d3", name="Bought", amount=0, cost=5_000_50),
                Source(id="d4", name="Tokyo", amount=10, cost=30_000, currency=JPY),
                Source(id="d5", name="Wished", amount=40, unknown=("cost",)),
            )
        ),
        milestones=Milestones(
            milestones=(
                Milestone(
                    id="m2", deliverable="Works", owner="Ben", start=date(2027, 2, 1), due=date(2027, 3, 15), depends_on=("m1",)
                ),
                Milestone(id="m1", deliverable="Works", start=date(2026, 12, 1), due=date(2027, 1, 4)),
                Milestone(id="m3", deliverable="Old", start=date(1899, 12, 31), due=date(2027, 5, 1), unknown=("owner",)),
                Milestone(id="m4", deliverable="", unknown=("due",)),
            ),
            targets=(
                Target(
                    id="t1", milestone="m2", family=Family.ML, metric="Accuracy", direction=Direction.AT_LEAST, target=90, unit="%"
                ),
                Target(id="t2", milestone="m2", family=Family.ML, metric="Recall"),
                Target(id="t3", milestone="m1", family=Family.BUSINESS, metric="Orders"),
                Target(id="t4", milestone="gone", family=Family.SOFTWARE, metric="Latency"),
                Target(id="t5", unknown=("milestone", "family")),
            ),
        ),
        rollout=Rollout(start_share=5),
    )


def with_texts(charter: Any, texts: tuple[str, ...]) -> tuple[Any, set[str]]:
    """The charter with the texts spread over all its text fields, and those that found a place."""
    supply = cycle(texts)
    written = set()

    def changed(entry: Any) -> dict[str, str]:
        found = {spec.name: next(supply) for spec in questions(type(entry)) if spec.kind in (Kind.TEXT, Kind.LONG)}
        written.update(found.values())
        return found

    for section, part in charter.parts():
        rows = {name: tuple(row.model_copy(update=changed(row)) for row in getattr(part, name)) for name in section.lists}
        charter = charter.with_part(section.slug, part.model_copy(update={**rows, **changed(part)}))
    return charter, written


def exported(charter: Any, revision: int = 7) -> bytes:
    return to_xlsx(charter, revision=revision, saved_at=SAVED_AT, project=PROJECT)


def opened(content: bytes, *, results: bool = False) -> Workbook:
    """The workbook as another library reads it: formulas, or their stored results."""
    return openpyxl.load_workbook(BytesIO(content), data_only=results)


def tables(book: Workbook) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table by its name, each by header."""
    found = {}
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            left, top, right, bottom = range_boundaries(table.ref)
            head, *rows = sheet.iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right, values_only=True)
            found[table.name] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


def lines(book: Workbook, sheet: str) -> dict[Any, list[Any]]:
    """What stands in the rows of a sheet, by the words in its second column."""
    rows = book[sheet].iter_rows(min_col=2, values_only=True)
    return {first: [value for value in rest if value is not None] for first, *rest in rows if first is not None}


def tiles(content: bytes) -> dict[str, tuple[Any, Any]]:
    """Figure and note of each tile of the first page, by its label."""
    rows = [list(row) for row in opened(content, results=True)["Summary"].iter_rows(max_row=12, values_only=True)]
    first = next(n for n, row in enumerate(rows) if row[0] == "Asked until delivery")
    return {
        label: (rows[at + 1][col], rows[at + 2][col]) for at in (first, first + 4) for col, label in enumerate(rows[at]) if label
    }


def charter_json(book: Workbook) -> dict[str, Any]:
    """The charter that the hidden sheet keeps, its checksum checked."""
    rows = list(book["_charter"].iter_rows(values_only=True))
    text = "".join(value for key, value in rows if key == "json")
    assert hashlib.sha256(text.encode()).hexdigest() == dict(rows)["sha256"]
    return dict(json.loads(text))
