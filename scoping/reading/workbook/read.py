"""Reading a workbook back: each cell against what the export wrote into it, each row against the record whose id it has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scoping import answers, editing, merge
from scoping.charter import PARTS
from scoping.errors import AnswerError
from scoping.export.workbook.links import Links
from scoping.export.workbook.sheet import shown
from scoping.export.workbook.sums import END
from scoping.merge import Edit, Plain
from scoping.reading import brought
from scoping.reading.brought import Brought, Refused, Sort, Wish
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
    missing: list[str] = field(default_factory=list)


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
        self._added: dict[str, str] = {}

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
            kind="workbook",
            project=base.project,
            revision=base.revision,
            saved_at=base.saved_at,
            wishes=tuple(self._tied(wish) for wish in self._wishes),
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
        section, sheet, spec = laid.section, laid.sheet, table.spec
        ref = f"{section.slug}.{spec.name}"
        records: dict[str, Record] = {record.id: record for record in self._entries(section, spec)}
        rows, unnamed = _Rows(), []
        for row in table.rows:
            named = _id(sheet.at(row, table.ids))
            if named in records and named not in rows.known:
                rows.known[named] = row
            elif row < table.new_until and named != END and self._holds(sheet, table, row):
                unnamed.append((row, named))
        lost = [record for record in records if record not in rows.known]
        for row, named in unnamed:
            words = self._title_in(sheet, table, row)
            alike = [record for record in lost if records[record].title == words]
            where = sheet.name(row, table.ids)
            if not named and len(alike) == 1:
                rows.known[alike[0]] = row
                lost.remove(alike[0])
                self._remarks.append(f"{where}: the id was gone; the row was known by its name.")
                continue
            if named in rows.known:
                self._remarks.append(f"{where}: the id stands there twice, so the second row was taken for a new one.")
            elif named:
                self._remarks.append(
                    f"{where}: nothing has the id “{short(named, _LONGEST_NAME)}”, so the row was taken for a new one."
                )
            record = self._new_id(ref, words, rows.new)
            rows.new[record] = row
            self._names.add(ref, record, words)
            self._titles.setdefault(ref, {})[record] = words
        for record, row in rows.known.items():
            if (words := self._title_in(sheet, table, row)) and words != records[record].title:
                self._names.add(ref, record, words)
        rows.missing = lost
        order = sorted(rows.known, key=rows.known.__getitem__)
        if order != [record for record in records if record in rows.known]:
            self._remarks.append(f"{spec.title}: the rows stand in another order. Their order in the workbench stays as it is.")
        return rows

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
        base, times = self._book.base, 0
        while True:
            about = f"{base.project}/{base.revision}/{base.saved_at.isoformat()}/{ref}/{words}/{times}"
            record = hashlib.sha256(about.encode()).hexdigest()[:16]
            if record not in taken:
                return record
            times += 1

    # What it says

    def _own(self, laid: PartLayout) -> None:
        section = laid.section
        value = self._charter.part(section.slug)
        entry = value.model_dump(mode="json", exclude=set(section.lists))
        spots = {q.name: laid.answers[q.name] for q in section.questions if q.name in laid.answers}
        self._answer(section, laid.sheet, "", entry, value, spots)

    def _list(self, laid: PartLayout, table: Table, rows: _Rows) -> None:
        section, sheet, spec = laid.section, laid.sheet, table.spec
        for record in self._entries(section, spec):
            if record.id in rows.known:
                spots = {name: (rows.known[record.id], column) for name, column in table.columns.items()}
                self._answer(section, sheet, spec.name, record.model_dump(mode="json"), record, spots)
            elif record.id in rows.missing:
                self._remove(section, sheet, spec, record)
        for new, row in rows.new.items():
            self._add(section, sheet, table, new, row)

    def _answer(
        self,
        section: Section,
        sheet: Sheet,
        list_name: str,
        entry: Plain,
        value: Fields,
        spots: Mapping[str, tuple[int, int]],
    ) -> None:
        """The changes of one entry, each on its own; what one cell cannot say holds back no other."""
        specs = section.model_of(list_name)
        is_machine = bool(list_name) and section.lists[list_name].machine
        asked: dict[str, FieldSpec] = {}
        told: dict[str, Any] = {}
        for spec in _questions(specs):
            if spec.name not in spots:
                continue
            cell = sheet.at(*spots[spec.name])
            if cells.is_untouched(shown(spec, value, self._links), cell, self._book.epoch):
                continue
            asked[spec.name] = spec
            where = sheet.name(*spots[spec.name])
            try:
                raw = cells.raw(spec, cell, self._names, entry[spec.name], self._book.epoch)
                if refusal := _refusal(section, list_name, spec, is_machine=is_machine):
                    if editing.answer(section, entry, list_name, entry.get("id", ""), spec.name, entry[spec.name], raw):
                        raise AnswerError(refusal)
                    continue
                told[spec.name] = raw
                self._say_formula(where, cell)
            except AnswerError as error:
                self._refuse(section, where, cell, error)
        if not told:
            return
        edits, after, refused = editing.fill(section, list_name, entry, told)
        for name, error in refused.items():
            self._refuse(section, sheet.name(*spots[name]), sheet.at(*spots[name]), error)
        title = value.title if isinstance(value, Record) else ""
        by_field = _by_field(edits, told)
        first = f"{len(self._wishes) + 1}"
        for name, own in by_field.items():
            spec = asked[name] if name in asked else next(q for q in _questions(specs) if q.name == name)
            is_money_after = spec.kind is Kind.MONEY and "currency" in by_field
            wish = Wish(
                id=f"{len(self._wishes) + 1}",
                part=section.slug,
                list=list_name,
                record=entry.get("id", ""),
                place=sheet.name(*spots[name]),
                title=title,
                what=spec.label,
                before=self._words(spec, entry),
                after=self._words(spec, after),
                edits=brought.plain(own),
                needs=(first,) if is_money_after else (),
            )
            self._wishes.append(wish)

    def _add(self, section: Section, sheet: Sheet, table: Table, record: str, row: int) -> None:
        spec = table.spec
        where = sheet.name(row, table.ids)
        if spec.machine:
            self._refused.append(
                Refused(part=section.slug, place=where, why=f"{spec.title}: entries are written by the workbench itself.")
            )
            return
        blank = editing.new_record(section, spec.name, record, self._charter.project.currency).model_dump(mode="json")
        told: dict[str, Any] = {}
        for question in spec.questions:
            cell = sheet.at(row, table.columns[question.name]) if question.name in table.columns else None
            if cell is None:
                continue
            spot = sheet.name(row, table.columns[question.name])
            try:
                if refusal := _refusal(section, spec.name, question, is_machine=False):
                    raise AnswerError(refusal)
                told[question.name] = cells.raw(question, cell, self._names, None, self._book.epoch)
                self._say_formula(spot, cell)
            except AnswerError as error:
                self._refuse(section, spot, cell, error)
        _, filled, refused = editing.fill(section, spec.name, blank, told)
        for name, error in refused.items():
            self._refuse(section, sheet.name(row, table.columns[name]), sheet.at(row, table.columns[name]), error)
        if filled == blank:
            return
        added = spec.record.model_validate(filled)
        answered = ((q, self._words(q, filled)) for q in spec.questions if not (q.assumed or q.machine))
        wish = Wish(
            id=f"{len(self._wishes) + 1}",
            part=section.slug,
            list=spec.name,
            record=record,
            sort=Sort.ADDED,
            place=where,
            title=added.title,
            what=f"New {spec.singular}",
            told=tuple((q.label, words) for q, words in answered if words),
            edits=brought.plain([merge.added(spec.name, added)]),
        )
        self._added[record] = wish.id
        self._wishes.append(wish)

    def _remove(self, section: Section, sheet: Sheet, spec: ListSpec, record: Record) -> None:
        entry = record.model_dump(mode="json")
        if spec.lasting and any(entry[q.name] for q in spec.questions if q.core):
            why = f"“{short(record.title, _LONGEST_NAME)}” is gone from the file. A {spec.singular} is answered, never removed, so it stays."
            self._refused.append(Refused(part=section.slug, place=sheet.title, why=why))
            return
        wish = Wish(
            id=f"{len(self._wishes) + 1}",
            part=section.slug,
            list=spec.name,
            record=record.id,
            sort=Sort.REMOVED,
            place=sheet.title,
            title=record.title,
            what=f"Remove {spec.singular}",
            before=record.title,
            edits=brought.plain([merge.removed(spec.name, record)]),
        )
        self._wishes.append(wish)

    def _tied(self, wish: Wish) -> Wish:
        """With the new records that it links to: without them it would name what is not there."""
        needs = dict.fromkeys(wish.needs)
        for edit in wish.edits:
            for record in _named(edit[4]):
                if self._added.get(record, wish.id) != wish.id:
                    needs[self._added[record]] = None
        return wish.model_copy(update={"needs": tuple(needs)})

    def _words(self, spec: FieldSpec, entry: Plain) -> str:
        if spec.name in entry["unknown"]:
            return answers.UNKNOWN_WORDS
        return answers.words(spec, entry[spec.name], entry.get("currency", "USD"), self._titles.get(spec.refers_to))

    def _say_formula(self, where: str, cell: Cell | None) -> None:
        if cell and cell.formula:
            result = cells.shown_words(cell)
            self._remarks.append(f"{where}: of the formula {short(cell.formula, _LONGEST_FORMULA)} its result {result} was read.")

    def _refuse(self, section: Section, where: str, cell: Cell | None, error: AnswerError) -> None:
        self._refused.append(Refused(part=section.slug, place=where, found=cells.shown_words(cell), why=str(error)))


def _questions(model: type[Fields]) -> Iterator[FieldSpec]:
    return (q for q in questions(model) if not q.machine)


def _refusal(section: Section, list_name: str, spec: FieldSpec, *, is_machine: bool) -> str:
    """Why a cell cannot be answered in a file at all; "" where it can."""
    if is_machine:
        return f"{section.lists[list_name].title}: entries are written by the workbench itself."
    if getattr(spec, "sealed", False):
        return f"{spec.label}: signing is done on the charter, by whoever signs."
    return ""


def _by_field(edits: Sequence[Edit], told: Mapping[str, Any]) -> dict[str, list[Edit]]:
    """Edits by the question whose answer they are: the mark “not known” belongs to its question, amounts in a new currency to it."""
    found: dict[str, list[Edit]] = {}
    for edit in edits:
        if edit.field == "unknown":
            for name in sorted(set(edit.before or ()) ^ set(edit.after or ())):
                found.setdefault(name, []).append(edit)
        elif edit.field in told:
            found.setdefault(edit.field, []).append(edit)
        else:
            found.setdefault("currency", []).append(edit)
    if "currency" in found:
        found = {"currency": found.pop("currency"), **found}
    return found


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _named(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _named(inner)


def _id(cell: Cell | None) -> str:
    value = cell.value if cell else None
    return "" if value is None else str(value).strip()


def _listed(names: Sequence[str]) -> str:
    first = ", ".join(short(name, _LONGEST_NAME) for name in names[:3])
    rest = f" and {count(len(names) - 3, 'more')}" if len(names) > 3 else ""
    return f"{first}{rest} {'were' if len(names) > 1 else 'was'}"
