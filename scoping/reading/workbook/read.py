"""Reading a workbook back: each cell against what the export wrote into it, each row against the record whose id it has."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scoping import editing
from scoping.charter import PARTS
from scoping.errors import AnswerError
from scoping.export.workbook.links import Links
from scoping.export.workbook.sheet import shown
from scoping.export.workbook.sums import END
from scoping.merge import Plain
from scoping.reading import brought
from scoping.reading.brought import Brought, File, Refused, Wish
from scoping.reading.workbook import cells
from scoping.reading.workbook.book import Book, Cell, Sheet, open_book
from scoping.reading.workbook.layout import PartLayout, Table, layouts
from scoping.section import Fields, FieldSpec, Kind, ListSpec, Record, Section, questions
from scoping.words import count, short

_LONGEST_NAME = 60
_LONGEST_FORMULA = 60


def read_workbook(path: Path) -> Brought:
    """What was changed in a workbook since it was exported. Raises UnreadableFileError."""
    book = open_book(path)
    return _Reading(book).whole()


@dataclass
class _Rows:
    """The rows of a table: which record stands in which row, and which rows are new."""

    known: dict[str, int] = field(default_factory=dict)
    new: dict[str, int] = field(default_factory=dict)


class _Reading:
    def __init__(self, book: Book) -> None:
        self._book = book
        self._charter = book.base.charter
        self._links = Links(self._charter)
        self._names = cells.Names(self._charter)
        self._titles = {ref: dict(titles) for ref, titles in self._charter.titles().items()}
        self._laid = layouts(book.sheets)
        self._wishes: list[Wish] = []
        self._refused: list[Refused] = []
        self._remarks: list[str] = []

    def whole(self) -> Brought:
        """Rows first: a link may name a record that another sheet adds."""
        rows: dict[tuple[str, str], _Rows] = {}
        for section in PARTS:
            if laid := self._laid.get(section.slug):
                self._look_over(laid)
                for name, table in laid.tables.items():
                    rows[section.slug, name] = self._matched(laid, table)
            else:
                self._remarks.append(f"{section.title} is not in the file, so nothing of it was read.")
        for section in PARTS:
            if laid := self._laid.get(section.slug):
                self._own(laid)
                for name, table in laid.tables.items():
                    self._list(laid, table, rows[section.slug, name])
        base = self._book.base
        return Brought(
            kind=File.WORKBOOK,
            project=base.project,
            revision=base.revision,
            saved_at=base.saved_at,
            wishes=brought.tied(self._wishes),
            refused=tuple(self._refused),
            remarks=tuple(self._remarks),
        )

    # What stands where

    def _look_over(self, laid: PartLayout) -> None:
        section, sheet = laid.section, laid.sheet
        if sheet.title.casefold() != section.title.casefold():
            self._remarks.append(f"The sheet “{short(sheet.title, _LONGEST_NAME)}” was read as {section.title}.")
        lost = [q.label for q in section.questions if q.name not in laid.answers and not q.machine]
        if lost:
            self._remarks.append(f"{section.title}: {_listed(lost)} not found, so nothing was read there.")
        for name, spec in section.lists.items():
            table = laid.tables.get(name)
            if table is None:
                self._remarks.append(f"{section.title}: the table {spec.title} was not found, so nothing of it was read.")
                continue
            gone = [q.label for q in spec.questions if q.name not in table.columns and not q.machine]
            if gone:
                self._remarks.append(
                    f"{spec.title}: {_listed([f'column {g}' for g in gone])} not found, so nothing was read there."
                )
            for column, words in table.strange.items():
                if self._is_written(sheet, table, column):
                    self._remarks.append(
                        f"{spec.title}: the column “{short(words, _LONGEST_NAME)}” is none of the workbench, and was not read."
                    )
            if table.new_until == table.rows.start - 1:
                self._remarks.append(
                    f"{spec.title}: the mark “{END}” below the table is gone, so rows that were added were not read."
                )

    @staticmethod
    def _is_written(sheet: Sheet, table: Table, column: int) -> bool:
        """Whether somebody wrote into a column; those of formulas are ours."""
        found = (sheet.at(row, column) for row in range(table.rows.start, max(table.rows.start, table.new_until)))
        return any(cell and not cell.formula for cell in found)

    def _matched(self, laid: PartLayout, table: Table) -> _Rows:
        """Which row is which record: by its id, or where that is gone by its name."""
        sheet, spec = laid.sheet, table.spec
        ref = f"{laid.section.slug}.{spec.name}"
        records: dict[str, Record] = {record.id: record for record in self._entries(laid.section, spec)}
        rows, unnamed = _Rows(), []
        for row in table.rows:
            named = _id(sheet.at(row, table.ids))
            if named in records and named not in rows.known:
                rows.known[named] = row
            elif row < table.new_until and named != END and self._holds(sheet, table, row):
                unnamed.append((row, named))
        for row, named in unnamed:
            words = self._title_in(sheet, table, row)
            alike = [record for record in records if record not in rows.known and records[record].title == words]
            if not named and len(alike) == 1:
                rows.known[alike[0]] = row
                self._remarks.append(f"{sheet.name(row, table.ids)}: the id was gone; the row was known by its name.")
                continue
            self._say_strange(sheet.name(row, table.ids), named, is_twice=named in rows.known)
            record = self._new_id(ref, words, rows.new)
            rows.new[record] = row
            self._names.add(ref, record, words)
            self._titles.setdefault(ref, {})[record] = words
        for record, row in rows.known.items():
            if (words := self._title_in(sheet, table, row)) and words != records[record].title:
                self._names.add(ref, record, words)
        order = sorted(rows.known, key=rows.known.__getitem__)
        if order != [record for record in records if record in rows.known]:
            self._remarks.append(f"{spec.title}: the rows stand in another order. Their order in the workbench stays as it is.")
        return rows

    def _say_strange(self, where: str, named: str, *, is_twice: bool) -> None:
        if is_twice:
            self._remarks.append(f"{where}: the id stands there twice, so the second row was taken for a new one.")
        elif named:
            self._remarks.append(
                f"{where}: nothing has the id “{short(named, _LONGEST_NAME)}”, so the row was taken for a new one."
            )

    def _entries(self, section: Section, spec: ListSpec) -> Sequence[Record]:
        found: Sequence[Record] = getattr(self._charter.part(section.slug), spec.name)
        return found

    @staticmethod
    def _holds(sheet: Sheet, table: Table, row: int) -> bool:
        """Whether anything is answered in a row; a currency alone is none."""
        asked = {q.name for q in table.spec.questions if not q.assumed}
        found = (sheet.at(row, column) for name, column in table.columns.items() if name in asked)
        return any(cell and not (isinstance(cell.value, str) and not cell.value.strip()) for cell in found)

    @staticmethod
    def _title_in(sheet: Sheet, table: Table, row: int) -> str:
        texts = (q.name for q in table.spec.questions if q.kind in (Kind.TEXT, Kind.LONG))
        found = (cells.shown_title(sheet.at(row, table.columns[name])) for name in texts if name in table.columns)
        return next((words for words in found if words), "")

    def _new_id(self, ref: str, words: str, taken: Mapping[str, Any]) -> str:
        """The same for the same row of the same workbook, so that bringing it back twice adds nothing twice."""
        base = self._book.base
        tries = (
            brought.new_id(base.project, base.revision, base.saved_at.isoformat(), ref, words, times) for times in itertools.count()
        )
        return next(record for record in tries if record not in taken)

    # What it says

    def _own(self, laid: PartLayout) -> None:
        section = laid.section
        value = self._charter.part(section.slug)
        entry = value.model_dump(mode="json", exclude=set(section.lists))
        spots = {q.name: laid.answers[q.name] for q in section.questions if q.name in laid.answers}
        self._answer(section, laid.sheet, None, entry, value, spots)

    def _list(self, laid: PartLayout, table: Table, rows: _Rows) -> None:
        section, sheet, spec = laid.section, laid.sheet, table.spec
        for record in self._entries(section, spec):
            if record.id in rows.known:
                spots = {name: (rows.known[record.id], column) for name, column in table.columns.items()}
                self._answer(section, sheet, spec, record.model_dump(mode="json"), record, spots)
            else:
                self._remove(section, sheet, spec, record)
        for new, row in rows.new.items():
            self._add(section, sheet, table, new, row)

    def _answer(
        self,
        section: Section,
        sheet: Sheet,
        spec: ListSpec | None,
        entry: Plain,
        value: Fields,
        spots: Mapping[str, tuple[int, int]],
    ) -> None:
        """The changes of one entry, each on its own; what one cell cannot say holds back no other."""
        changed = []
        for asked in questions(type(value)):
            cell = sheet.at(*spots[asked.name]) if asked.name in spots else None
            if asked.name in spots and not cells.is_untouched(shown(asked, value, self._links), cell, self._book.epoch):
                changed.append((asked, cell, sheet.name(*spots[asked.name])))
        told = self._told(section, spec, entry, changed)
        edits, after, refused = editing.fill(section, spec.name if spec else "", entry, told)
        places = {asked.name: where for asked, _, where in changed}
        for asked, cell, where in changed:
            if error := refused.get(asked.name):
                self._refuse(section, where, cell, error)
        title = value.title if isinstance(value, Record) else ""
        self._wishes += brought.of_answers(section, spec, entry, after, edits, titles=self._titles, title=title, places=places)

    def _told(
        self, section: Section, spec: ListSpec | None, entry: Plain, changed: Iterable[tuple[FieldSpec, Cell | None, str]]
    ) -> dict[str, Any]:
        """What changed cells tell their questions; those that cannot be read are refused."""
        told = {}
        for asked, cell, where in changed:
            before = entry[asked.name]
            try:
                raw = cells.raw(asked, cell, self._names, before, self._book.epoch)
                if not (never := brought.refusal(section, spec, asked, entry)):
                    told[asked.name] = raw
                    self._say_formula(where, cell)
                    continue
                is_new = editing.answer(section, entry, spec.name if spec else "", entry.get("id", ""), asked.name, before, raw)
                error = AnswerError(never) if is_new else None
            except AnswerError as found:
                error = found
            if error:
                self._refuse(section, where, cell, error)
        return told

    def _add(self, section: Section, sheet: Sheet, table: Table, record: str, row: int) -> None:
        spec = table.spec
        where = sheet.name(row, table.ids)
        if spec.machine:
            why = f"{spec.title}: entries are written by the workbench itself."
            self._refused.append(Refused(part=section.slug, place=where, why=why))
            return
        blank = editing.new_record(section, spec.name, record, self._charter.project.currency).model_dump(mode="json")
        spots = ((q, table.columns[q.name]) for q in spec.questions if q.name in table.columns)
        written = [(q, cell, sheet.name(row, column)) for q, column in spots if (cell := sheet.at(row, column))]
        told = self._told(section, spec, blank, written)
        _, filled, refused = editing.fill(section, spec.name, blank, told)
        for asked, cell, spot in written:
            if error := refused.get(asked.name):
                self._refuse(section, spot, cell, error)
        if filled != blank:
            self._wishes.append(brought.of_new(section, spec, spec.record.model_validate(filled), self._titles, where))

    def _remove(self, section: Section, sheet: Sheet, spec: ListSpec, record: Record) -> None:
        gone = brought.of_removed(section, spec, record, sheet.title)
        if isinstance(gone, Wish):
            self._wishes.append(gone)
        else:
            self._refused.append(gone)

    def _say_formula(self, where: str, cell: Cell | None) -> None:
        if cell and cell.formula:
            result = cells.shown_words(cell)
            self._remarks.append(f"{where}: of the formula {short(cell.formula, _LONGEST_FORMULA)} its result {result} was read.")

    def _refuse(self, section: Section, where: str, cell: Cell | None, error: AnswerError) -> None:
        self._refused.append(Refused(part=section.slug, place=where, found=cells.shown_words(cell), why=str(error)))


def _id(cell: Cell | None) -> str:
    value = cell.value if cell else None
    return "" if value is None else str(value).strip()


def _listed(names: Sequence[str]) -> str:
    first = ", ".join(short(name, _LONGEST_NAME) for name in names[:3])
    rest = f" and {count(len(names) - 3, 'more')}" if len(names) > 3 else ""
    return f"{first}{rest} {'were' if len(names) > 1 else 'was'}"
