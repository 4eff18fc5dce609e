"""What a person does at a field, a row or a card, as edits that can be merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from scoping import answers
from scoping.errors import AnswerError
from scoping.merge import AFTER, OWN, Edit, Plain, apply
from scoping.section import SEALED, Fields, Kind, Record, Section, question

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
    if spec.is_sealed(now):
        raise AnswerError(f"“{spec.label}” is not typed.", SEALED)
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
    at_first = entry
    edits: list[Edit] = []
    refused: dict[str, AnswerError] = {}
    for name in currency_first(cells):
        # What was seen as it stood is by now what the edits before made of it: a new currency writes amounts anew.
        before = entry.get(name) if seen.get(name) == at_first.get(name) else seen.get(name)
        try:
            made = answer(section, entry, key[0], key[1], name, before, cells[name])
        except AnswerError as error:
            refused[name] = error
            continue
        edits += made
        entry = apply(made, {key: entry}).entries.get(key) or entry
    return edits, entry, refused


def is_answer(section: Section, edit: Edit) -> bool:
    """Whether an edit is part of what somebody answered who signs."""
    return bool(edit.list and edit.field) and any(
        spec.sealed and spec.name == edit.field for spec in section.lists[edit.list].questions
    )


def unsealed(section: Section, value: Fields, edits: Iterable[Edit]) -> list[Edit]:
    """The edits without what only signing writes: what is taken back or brought in asks to be signed anew.

    Args:
        value: the part as it is, as an answer seals what was said with it.
    """
    sealed = {
        name: {spec.name: answers.blank_of(spec) for spec in of_list.questions if spec.sealed}
        for name, of_list in section.lists.items()
    }
    left = []
    for edit in edits:
        blank = sealed.get(edit.list)
        if not blank or edit.field == AFTER:
            left.append(edit)
        elif edit.field:
            left += [] if edit.field in blank or _is_sealed_by(section, value, edit) else [edit]
        else:
            left.append(replace(edit, after={**edit.after, **blank}) if edit.after is not None else edit)
    return left


def _is_sealed_by(section: Section, value: Fields, edit: Edit) -> bool:
    spec = next((spec for spec in section.lists[edit.list].questions if spec.name == edit.field and spec.sealed_by), None)
    return spec is not None and spec.is_sealed(entry(section, value, edit.list, edit.record) or {})


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
