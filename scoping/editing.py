"""What a person does at a field, a row or a card, as edits that can be merged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from scoping import answers
from scoping.errors import AnswerError
from scoping.merge import OWN, Edit, Plain, apply
from scoping.section import Fields, FieldSpec, Kind, Record, Section, clean, question
from scoping.words import count, short

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
    if spec.kind is Kind.LINKS and not _are_ids(before):
        raise AnswerError(f"{spec.label}: what was seen there before is no set of entries.", "Reload the page.")
    edits = []
    if field == "currency" and isinstance(after, str) and after and after != currency:
        edits += [Edit(*key, name, now[name], minor) for name, minor in answers.rescaled(model, now, after).items()]
    if after != before:
        edits.append(Edit(*key, field, before, after))
    if says_unknown != (field in now.get(_UNKNOWN, ())):
        edits.append(Edit(*key, _UNKNOWN, [] if says_unknown else [field], [field] if says_unknown else []))
    return edits


def _are_ids(value: Any) -> bool:
    return value is None or (isinstance(value, list | tuple) and all(isinstance(one, str) for one in value))


def currency_first(fields: Iterable[str]) -> list[str]:
    """The fields of a row in the order in which they are read: amounts are meant in the currency that came with them."""
    return sorted(fields, key=lambda name: name != "currency")


def fill(
    section: Section, list_name: str, entry: Plain, cells: Mapping[str, Any], seen: Mapping[str, Any] | None = None
) -> tuple[list[Edit], Plain, dict[str, AnswerError]]:
    """Answer several questions of a record, or of the part itself, at once; a refused answer leaves the others alone.

    Args:
        cells: what was typed, by question.
        seen: the plain values that were seen, by question; those of the entry, unless others are given.

    Returns:
        The edits, the entry as they leave it where nobody else changed the same, and the refusals by question.
    """
    edits, after, refused = _filled(section, list_name, entry, cells, seen or entry)
    model = _model(section, list_name)
    while True:
        try:
            model.model_validate(after)
        except ValidationError as error:
            found = {str(item["loc"][0]) for item in error.errors() if item["loc"]} & cells.keys() - refused.keys()
            bad = found or set(cells) - refused.keys()
            refused |= {name: AnswerError(f"{answers.sentences(error, model)}.") for name in bad}
            good = {name: raw for name, raw in cells.items() if name not in refused}
            edits, after, _ = _filled(section, list_name, entry, good, seen or entry)
            if good:
                continue
        return edits, after, refused


def _filled(
    section: Section, list_name: str, entry: Plain, cells: Mapping[str, Any], seen: Mapping[str, Any]
) -> tuple[list[Edit], Plain, dict[str, AnswerError]]:
    key = (list_name, entry["id"]) if list_name else OWN
    edits: list[Edit] = []
    refused: dict[str, AnswerError] = {}
    for name in currency_first(cells):
        try:
            made = answer(section, entry, key[0], key[1], name, seen.get(name), cells[name])
        except AnswerError as error:
            refused[name] = error
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


_QUOTED = re.compile(r'"((?:[^"\t]|"")*)"(?=[\t\n]|$)')
"""A cell that a spreadsheet put into quotation marks, because it holds line ends; marks inside are doubled."""
_HOW_TO_PASTE = (
    "Nothing was added: the rows hold no tabs, so it is not clear where a cell ends. Open the text in a spreadsheet, "
    "mark the cells there, copy them and paste them here."
)


def _cells(text: str) -> list[list[str]]:
    """Copied rows as cells. A quotation mark that does not enclose a cell with line ends or doubled marks is a mark like any."""
    rows: list[list[str]] = [[]]
    at = 0
    while at <= len(text):
        quoted = _QUOTED.match(text, at)
        if quoted and ("\n" in quoted[1] or '""' in quoted[1]):
            cell, at = quoted[1].replace('""', '"'), quoted.end()
        else:
            end = min((place for mark in "\t\n" if (place := text.find(mark, at)) >= 0), default=len(text))
            cell, at = text[at:end], end
        rows[-1].append(cell)
        if text[at : at + 1] == "\n":
            rows.append([])
        at += 1
    return rows


def _are_headings(row: Sequence[str], by_label: Mapping[str, FieldSpec]) -> bool:
    """Whether a row names columns: most of its cells do, or the first one and it holds more."""
    known = [cell.strip().casefold() in by_label for cell in row]
    return sum(known) > len(row) / 2 or (sum(known) > 1 and known[0])


def _has_other_separators(rows: Sequence[Sequence[str]], by_label: Mapping[str, FieldSpec]) -> bool:
    """Whether lines without tabs are rows of several cells all the same, with commas or semicolons between them."""
    lines = [row[0] for row in rows if len(row) == 1]
    if not lines or len(lines) < len(rows):
        return False
    for separator in ",;|":
        widths = {line.count(separator) + 1 for line in lines}
        has_headings = min(widths) > 1 and _are_headings(lines[0].split(separator), by_label)
        if has_headings or (len(lines) > 1 and len(widths) == 1 and min(widths) > 2):
            return True
    return False


def _named(headings: Sequence[str], by_label: Mapping[str, FieldSpec]) -> tuple[list[FieldSpec | None], list[str]]:
    """The questions that columns answer, and a sentence for every column that is not read."""
    named: list[FieldSpec | None] = []
    problems = []
    for heading in headings:
        spec = by_label.get(heading.strip().casefold())
        if spec and spec in named:
            problems.append(f"A second column “{short(heading, 60)}” was not read.")
        elif spec is None and heading.strip():
            problems.append(f"The column “{short(heading, 60)}” was not read: no question here is called so.")
        named.append(None if spec in named else spec)
    return named, problems


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
    rows = [row for row in _cells(str(clean(text))) if any(cell.strip() for cell in row)]
    by_label = {q.label.casefold(): q for q in section.lists[list_name].questions}
    if _has_other_separators(rows, by_label):
        return [], [_HOW_TO_PASTE]
    named: Sequence[FieldSpec | None] = columns
    records: list[Record] = []
    problems: list[str] = []
    if rows and _are_headings(rows[0], by_label):
        named, problems = _named(rows.pop(0), by_label)
    for place, row in enumerate(rows, 1):
        cells = {spec.name: cell.strip() for spec, cell in zip(named, row, strict=False) if spec and cell.strip()}
        typed = {name: meant.get((name, cell), cell) for name, cell in cells.items()}
        entry = new_record(section, list_name, new_id(), currency).model_dump(mode="json")
        _, entry, refused = fill(section, list_name, entry, typed)
        problems += [f"Row {place}, {error.message}" for error in refused.values()]
        if len(row) > len(named):
            problems.append(f"Row {place} has {count(len(row), 'cell')}; only the first {len(named)} were read.")
        records.append(section.lists[list_name].record.model_validate(entry))
    return records, problems
