"""Where the questions and tables of each step stand in a workbook, whatever was renamed, moved, sorted or put in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from scoping.charter import PARTS
from scoping.export.workbook.sheet import header_of
from scoping.export.workbook.sums import END, ID
from scoping.reading.workbook.book import Sheet
from scoping.section import FieldSpec, ListSpec, Section

_QUESTION, _ANSWER = "Question", "Answer"
_TITLE_ABOVE = 6
"""Rows above a table among which its title stands."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """The table of a list.

    Attributes:
        ids: the column of ids.
        columns: where each question stands, by its name.
        rows: between the headers and whatever comes next; `new_until` is the row before which rows without an id are new ones.
        strange: columns with headers that are nobody's: what is written there, and where.
    """

    spec: ListSpec
    ids: int
    columns: dict[str, int]
    rows: range
    new_until: int
    strange: dict[int, str]


@dataclass
class PartLayout:
    """Where a step stands.

    Attributes:
        answers: row and column of the answer to each question, by its name.
        tables: by the name of the list.
    """

    section: Section
    sheet: Sheet
    answers: dict[str, tuple[int, int]] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)


def layouts(sheets: Sequence[Sheet]) -> dict[str, PartLayout]:
    """Every step that is in a workbook, by its slug: on the sheet of its name, or else on the one that looks most like it."""
    found: dict[str, PartLayout] = {}
    taken: set[str] = set()
    named = {sheet.title.casefold(): sheet for sheet in sheets}
    for part in PARTS:
        own = named.get(part.title.casefold())
        if own and (laid := _laid_out(part, own)):
            found[part.slug] = laid
            taken.add(own.title)
    for part in PARTS:
        if part.slug not in found:
            others = [laid for sheet in sheets if sheet.title not in taken and (laid := _laid_out(part, sheet))]
            if others:
                best = found[part.slug] = max(others, key=lambda laid: len(laid.answers) + len(laid.tables))
                taken.add(best.sheet.title)
    return found


def _laid_out(section: Section, sheet: Sheet) -> PartLayout | None:
    """A step on a sheet; None where most of it is not there."""
    laid = PartLayout(section, sheet, _answers(section, sheet))
    heads = list(_heads(sheet))
    ends = [*(row for row, _ in heads[1:]), len(sheet.rows)]
    for (row, column), end in zip(heads, ends, strict=False):
        spec = _list_of(section, sheet, row, column)
        if spec and spec.name not in laid.tables:
            laid.tables[spec.name] = _table(spec, sheet, row, column, end)
    most = len(section.questions) + len(section.lists)
    return laid if 2 * (len(laid.answers) + len(laid.tables)) > most else None


def _answers(section: Section, sheet: Sheet) -> dict[str, tuple[int, int]]:
    """Each answer stands in the row of its question, which is known by its words or by the name before them."""
    head = next(
        (
            (row, columns)
            for row in range(len(sheet.rows))
            if (columns := {sheet.text(row, column): column for column in range(len(sheet.rows[row]))}).keys()
            >= {_QUESTION, _ANSWER}
        ),
        None,
    )
    if head is None:
        return {}
    begin, columns = head
    asked, answered = columns[_QUESTION], columns[_ANSWER]
    by_words = {_plain(header_of(spec)): spec.name for spec in section.questions}
    by_name = {spec.name for spec in section.questions}
    found: dict[str, tuple[int, int]] = {}
    for row in range(begin + 1, len(sheet.rows)):
        if _is_head(sheet, row):
            break
        named = (sheet.text(row, column) for column in range(asked))
        name = next((n for n in named if n in by_name), by_words.get(_plain(sheet.text(row, asked)), ""))
        if name and name not in found:
            found[name] = (row, answered)
    return found


def _heads(sheet: Sheet) -> Iterator[tuple[int, int]]:
    for row in range(len(sheet.rows)):
        for column in range(len(sheet.rows[row])):
            if sheet.text(row, column) == ID and sheet.text(row, column + 1):
                yield row, column
                break


def _is_head(sheet: Sheet, row: int) -> bool:
    return any(sheet.text(row, column) == ID for column in range(len(sheet.rows[row])))


def _list_of(section: Section, sheet: Sheet, row: int, column: int) -> ListSpec | None:
    """Whose table begins in a row: that of the list whose title stands above it, or whose headers it has."""
    titles = {_plain(spec.title): spec for spec in section.lists.values()}
    for above in range(row - 1, max(-1, row - _TITLE_ABOVE), -1):
        words = (sheet.text(above, at) for at in range(len(sheet.rows[above])))
        if spec := next((titles[_plain(w)] for w in words if _plain(w) in titles), None):
            return spec
        if _is_head(sheet, above):
            break
    headers = {_plain(sheet.text(row, at)) for at in range(column + 1, len(sheet.rows[row]))} - {""}

    def alike(spec: ListSpec) -> float:
        own = {_plain(header_of(q)) for q in _shown(spec)}
        return len(own & headers) / len(own)

    best = max(section.lists.values(), key=alike, default=None)
    return best if best and 2 * alike(best) > 1 else None


def _shown(spec: ListSpec) -> list[FieldSpec]:
    return [question for question in spec.questions if not question.machine]


def _table(spec: ListSpec, sheet: Sheet, head: int, ids: int, end: int) -> Table:
    own = {_plain(header_of(q)): q.name for q in _shown(spec)}
    columns: dict[str, int] = {}
    strange: dict[int, str] = {}
    for at in range(len(sheet.rows[head])):
        words = sheet.text(head, at)
        name = own.get(_plain(words), "")
        if at == ids or (name and name not in columns):
            columns |= {name: at} if name else {}
        elif words:
            strange[at] = words
    rows = range(head + 1, end)
    last = next((row for row in rows if sheet.text(row, ids) == END), head)
    return Table(spec=spec, ids=ids, columns=columns, rows=rows, new_until=last, strange=strange)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
