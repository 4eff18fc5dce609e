"""What a person does at a field, a row or a card, as edits that can be merged."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from scoping import answers
from scoping.errors import AnswerError
from scoping.merge import OWN, Edit, Plain, apply
from scoping.section import Fields, FieldSpec, Record, Section, clean, question

_UNKNOWN = "unknown"


def entry(section: Section, value: Fields, list_name: str = "", record: str = "") -> Plain | None:
    """The plain entry that holds a field: a record of a list, or the part's own questions. None when it is gone.

    Raises:
        AnswerError: the part has no list of that name.
    """
    _model(section, list_name)
    if not list_name:
        return value.model_dump(mode="json", exclude=set(section.lists))
    row = next((r for r in getattr(value, list_name) if r.id == record), None)
    return None if row is None else row.model_dump(mode="json")


def answer(section: Section, now: Plain, list_name: str, record: str, field: str, before: Any, raw: Any) -> list[Edit]:
    """The edits by which somebody who saw `before` answers a question.

    Args:
        now: the entry as it is at present (for its currency).
        before: the plain value they saw.
        raw: what they typed or chose; `answers.UNKNOWN` says that the answer is not known yet.

    Raises:
        AnswerError: the answer does not fit the question, or nothing of that name is asked.
    """
    model = _model(section, list_name)
    try:
        spec = question(model, field)
    except KeyError:
        raise AnswerError(f"{section.title} asks nothing called “{field}”.", "Reload the page.") from None
    key = (list_name, record) if list_name else OWN
    currency = now.get("currency", "USD")
    says_unknown = isinstance(raw, str) and raw.strip() == answers.UNKNOWN
    after = answers.blank_of(spec) if says_unknown else answers.read(spec, raw, currency)
    if spec.assumed and after is None:
        raise AnswerError(f"{spec.label}: one of them has to be chosen.", "Choose it from the list.")
    edits = []
    if field == "currency" and isinstance(after, str) and after and after != currency:
        edits += [Edit(*key, name, now[name], minor) for name, minor in answers.rescaled(model, now, after).items()]
    if after != before:
        edits.append(Edit(*key, field, before, after))
    if says_unknown != (field in now.get(_UNKNOWN, ())):
        edits.append(Edit(*key, _UNKNOWN, [] if says_unknown else [field], [field] if says_unknown else []))
    return edits


def currency_first(fields: Iterable[str]) -> list[str]:
    """The fields of a row in the order in which they are read: amounts are meant in the currency that came with them."""
    return sorted(fields, key=lambda name: name != "currency")


def fill(section: Section, list_name: str, entry: Plain, cells: Mapping[str, Any]) -> tuple[list[Edit], Plain, list[AnswerError]]:
    """Answer several questions of a record at once; an answer that is refused leaves the others alone.

    Args:
        cells: what was typed, by question.

    Returns:
        The edits, the entry as they leave it, and the refusals.
    """
    key = (list_name, entry["id"])
    edits, refused = [], []
    for name in currency_first(cells):
        try:
            made = answer(section, entry, *key, name, entry[name], cells[name])
        except AnswerError as error:
            refused.append(error)
            continue
        edits += made
        entry = apply(made, {key: entry}).entries.get(key) or entry
    return edits, entry, refused


def new_record(section: Section, list_name: str, record: str, currency: str, **given: Any) -> Record:
    """An empty record of a list, its amounts in the project's currency."""
    model = section.lists[list_name].record
    if any(spec.name == "currency" for spec in section.lists[list_name].questions):
        given = {"currency": currency, **given}
    return model.model_validate({"id": record, **given})


def shown(section: Section, now: Plain, list_name: str, field: str) -> str:
    """A field's present answer as its widget shows it; `answers.UNKNOWN` when it is known to be unknown."""
    if field in now.get(_UNKNOWN, ()):
        return answers.UNKNOWN
    spec = question(_model(section, list_name), field)
    return answers.typed(spec, now[field], now.get("currency", "USD"))


def _model(section: Section, list_name: str) -> type[Fields]:
    if list_name and list_name not in section.lists:
        raise AnswerError(f"{section.title} has no list called “{list_name}”.", "Reload the page.")
    return section.model_of(list_name)


def pasted(
    section: Section,
    list_name: str,
    columns: Sequence[FieldSpec],
    text: str,
    new_id: Callable[[], str],
    currency: str,
    meant: Mapping[tuple[str, Any], str],
) -> tuple[list[Record], list[str]]:
    """Records from rows that were copied in a spreadsheet, and a sentence for every cell that could not be read.

    Args:
        columns: what stands in the cells, unless the first row names its columns by their labels.
        meant: what words stand for, by field and words (see a table's links).
    """
    rows = [row for row in csv.reader(io.StringIO(str(clean(text))), delimiter="\t") if any(cell.strip() for cell in row)]
    by_label = {q.label.casefold(): q for q in section.lists[list_name].questions}
    if rows and sum(cell.strip().casefold() in by_label for cell in rows[0]) > len(rows[0]) / 2:
        named: Sequence[FieldSpec | None] = [by_label.get(cell.strip().casefold()) for cell in rows.pop(0)]
    else:
        named = columns
    records, problems = [], []
    for place, row in enumerate(rows, 1):
        cells = {spec.name: cell.strip() for spec, cell in zip(named, row, strict=False) if spec and cell.strip()}
        typed = {name: meant.get((name, cell), cell) for name, cell in cells.items()}
        entry = new_record(section, list_name, new_id(), currency).model_dump(mode="json")
        _, entry, refused = fill(section, list_name, entry, typed)
        problems += [f"Row {place}, {error.message}" for error in refused]
        if len(row) > len(named):
            problems.append(f"Row {place} has {len(row)} cells; only the first {len(named)} were read.")
        records.append(section.lists[list_name].record.model_validate(entry))
    return records, problems
