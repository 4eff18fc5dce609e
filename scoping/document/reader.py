"""How a chapter is read off a charter: columns, tables, facts, and what is not stated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from scoping import currency as money
from scoping import words as scoping_words
from scoping.answers import UNKNOWN_WORDS, words
from scoping.blocks import Block, Facts, Missing, Paragraph, Table, Unknown
from scoping.charter import PART_BY_SLUG, Charter
from scoping.measurement import Measurement
from scoping.measuring import telling
from scoping.section import Answer, Fields, FieldSpec, Kind, Record, question, questions
from scoping.sections.solutions import Solution, Standing
from scoping.signing.decisions import NOBODY, Chosen
from scoping.words import count, number_words

if TYPE_CHECKING:
    from scoping.blocks import Rows
    from scoping.value.valuation import Valuation

NOT_STATED = "Not stated yet"
"""What a table shows for a blank answer that a signed charter should have."""

SHORT_TITLE = 120
"""Characters after which the title of an entry is shortened wherever it is not the answer itself."""

DAILY_WORK = frozenset(
    {
        "feasibility.features",
        "feasibility.benchmarks",
        "feasibility.history",
        "ethics.legal_path",
        "ethics.checklist",
        "ethics.question_packs",
        "data_sources.cases",
        "data_sources.pipelines",
        "data_sources.additions",
        "data_sources.learning_points",
        "milestones.people",
        "milestones.assignments",
        "milestones.holidays",
        "milestones.readings",
        "rollout.readings",
    }
)
"""Lists with which a team works, and on which nobody decides: what follows from them is told where it matters."""


@dataclass(frozen=True)
class Column:
    """A column whose cells are made of several answers, or computed from them."""

    header: str
    cell: Callable[[Any], str]
    covers: tuple[str, ...] = ()


class Reader:
    """Turns answers into words and blocks.

    Attributes:
        is_brief: whether it tells of each list its first table only, and nothing of those that are worked with day by day.
        chosen: who put each idea where it stands, as far as a history tells.
    """

    def __init__(self, charter: Charter, as_of: date, *, is_brief: bool = False, chosen: Chosen = NOBODY) -> None:
        self.charter, self.as_of, self.is_brief, self.chosen = charter, as_of, is_brief, chosen
        self._names = {key: {i: short(title) for i, title in titles.items()} for key, titles in charter.titles().items()}

    def part(self, slug: str) -> Any:
        return self.charter.part(slug)

    @cached_property
    def worth(self) -> Valuation:
        """The value step in figures."""
        from scoping.value.valuation import valuation  # with numpy, which nothing else here needs

        return valuation(self.charter)

    def left_out(self, *refs: str) -> list[Block]:
        """What could not be worked out of these lists, and why."""
        titles = self.charter.titles()
        return [Missing(p.about(titles[p.ref].get(p.record, ""))) for p in self.worth.problems if p.ref in refs]

    def words(self, fields: Fields, name: str) -> str:
        """An answer, or how far it is known; "" for a blank that may stay blank."""
        spec = question(type(fields), name)
        match fields.answer(name):
            case Answer.UNKNOWN:
                return UNKNOWN_WORDS
            case Answer.BLANK:
                return NOT_STATED if is_due(fields, spec) else ""
        if unit := _unit_beside(spec, fields):
            spec = replace(spec, unit=unit)
        currency = getattr(fields, "currency", money.Currency.USD)
        return words(spec, getattr(fields, name), currency, self._names.get(spec.refers_to)).strip()

    def joined(self, fields: Fields, *names: str, by: str = " ") -> str:
        """Several answers in one cell, a repeated "not stated" once."""
        return by.join(dict.fromkeys(w for w in (self.words(fields, n) for n in names) if w))

    def said(self, slug: str, *names: str) -> list[Block]:
        """Single questions of a part, all of them unless named: first the answers, then what is not answered."""
        part: Fields = self.part(slug)
        facts, still_open = [], list[Block]()
        asked = (
            [question(type(part), n) for n in names]
            if names
            else [q for q in questions(type(part)) if not (q.assumed or q.machine)]
        )
        for spec in asked:
            match part.answer(spec.name):
                case Answer.ANSWERED:
                    facts.append((spec.label, self.words(part, spec.name)))
                case Answer.UNKNOWN:
                    still_open.append(Unknown(f"The team has no answer yet to “{spec.label}”."))
                case Answer.BLANK if spec.core:
                    still_open.append(Missing(f"“{spec.label}” is not answered yet."))
        return [*([Facts(tuple(facts))] if facts else []), *still_open]

    def told(self, slug: str, name: str) -> list[Block]:
        """A single question whose answer needs no label."""
        if self.part(slug).answer(name) is Answer.ANSWERED:
            return [Paragraph(self.words(self.part(slug), name))]
        return self.said(slug, name)

    def entries(
        self,
        slug: str,
        list_name: str,
        *tables: tuple[str, tuple[str | Column, ...]],
        rows: Sequence[Record] | None = None,
        elsewhere: Iterable[str] = (),
    ) -> list[Block]:
        """The records of a list: tables of what compares, then what else is known of each.

        Args:
            rows: the records to show, in order; all as they stand unless given.
            elsewhere: questions that another chapter shows.
        """
        if self.is_brief:
            tables = () if f"{slug}.{list_name}" in DAILY_WORK else tables[:1]
        spec = PART_BY_SLUG[slug].lists[list_name]
        rows = getattr(self.part(slug), list_name) if rows is None else rows
        if not rows:
            return [Missing(f"No {spec.singular} is written down yet.")] if spec.needed else []
        shown = set(elsewhere)
        blocks = list[Block]()
        for title, columns in tables:
            made = [self._column(spec.record, c) if isinstance(c, str) else c for c in columns]
            shown.update(name for column in made for name in column.covers)
            blocks += as_table(title, made, rows)
        return blocks if self.is_brief else blocks + self.details(rows, shown)

    def _column(self, record: type[Record], name: str) -> Column:
        return Column(question(record, name).label, lambda row: self.words(row, name), (name,))

    def details(self, rows: Iterable[Record], shown: Iterable[str] = ()) -> list[Block]:
        """What is known of each record beside the questions already shown."""
        known = list[Block]()
        for row in rows:
            specs = [
                s
                for s in questions(type(row))
                if s.name not in shown and not (s.assumed or s.machine or _stands_behind_a_number(s, row))
            ]
            facts = tuple((s.label, said) for s in specs if (said := self.words(row, s.name)))
            if facts:
                known.append(Facts(facts, short(row.title)))
        return known

    def kept(self, measurements: Iterable[Measurement]) -> list[Block]:
        """What was measured on data, each with its figures and where they come from."""
        blocks = list[Block]()
        for measurement in measurements:
            first, *rest = telling.blocks(measurement)
            blocks += [Facts((("Measured", measurement.title),)), first, *([] if self.is_brief else rest)]
        return blocks


def _unit_beside(spec: FieldSpec, fields: Fields) -> str:
    """The unit in which a number is given, when the record names it in an answer of its own."""
    return getattr(fields, "unit", "").strip() if spec.kind is Kind.NUMBER and not spec.unit else ""


def _stands_behind_a_number(spec: FieldSpec, row: Record) -> bool:
    """Whether the question is the unit of a number that is shown together with it."""
    return spec.name == "unit" and any(
        _unit_beside(other, row) and row.answer(other.name) is Answer.ANSWERED for other in questions(type(row))
    )


def as_table(title: str, columns: Sequence[Column], rows: Iterable[Any]) -> list[Block]:
    """A table without its empty columns; none at all when only the names of the entries would remain."""
    cells = [[column.cell(row) for column in columns] for row in rows]
    kept = [i for i in range(len(columns)) if any(line[i] for line in cells)]
    if not cells or len(kept) < min(2, len(columns)):
        return []
    return [Table(title, tuple(columns[i].header for i in kept), tuple(tuple(line[i] for i in kept) for line in cells))]


def short(text: str) -> str:
    return scoping_words.short(text, SHORT_TITLE)


def points(value: float | None) -> str:
    return "" if value is None else count(number_words(value), "point")


def rows_of(title: str, rows: Rows) -> list[Block]:
    """A table without its empty columns; none when it has no rows."""
    return as_table(title, plain_columns(*rows.headers), rows.cells)


def plain_columns(*headers: str) -> list[Column]:
    return [Column(header, lambda row, i=i: row[i]) for i, header in enumerate(headers)]  # type: ignore[misc]


def is_due(fields: Fields, spec: FieldSpec) -> bool:
    """Whether a signed charter should have an answer. A rejected idea is asked for nothing but its reason."""
    is_rejected = isinstance(fields, Solution) and fields.standing is Standing.REJECTED
    return spec.name == "because" if is_rejected else spec.core
