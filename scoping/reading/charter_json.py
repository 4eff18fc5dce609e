"""Reading a charter from JSON: all of it or a refusal that says where the file is wrong and what to do."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scoping import answers
from scoping.answers import blank_of
from scoping.charter import PART_BY_SLUG, PARTS, Charter
from scoping.errors import UnreadableCharterError
from scoping.export.charter_json import FORMAT, LARGEST_MB, SCHEMA_VERSION, Envelope
from scoping.section import FieldSpec, Kind, ListSpec, questions
from scoping.words import short

_DEEPEST = 20
"""Levels of brackets; a charter has six."""
_HALF = re.compile("[\ud800-\udfff]")
"""Characters beyond the first 65,536 are written as two halves; one alone is no text."""
_SENTENCES = 3
_ID = "1 to 40 characters out of a to z, 0 to 9, - and _"

_UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""For each version older than this one: the function that turns such a file into the next version."""


def read_charter(data: bytes) -> Charter:
    """The charter in the bytes of a charter file. Raises what `read_envelope` raises."""
    return read_envelope(data).charter


def read_envelope(data: bytes) -> Envelope:
    """Read the bytes of a charter file.

    Raises:
        UnreadableCharterError: says in sentences what is wrong and what to do next.
    """
    file = _of_this_version(_parse(_decode(data)))
    _check_unknowns(file["charter"])
    try:
        return Envelope.model_validate_json(json.dumps(file), strict=True)
    except ValidationError as error:
        refusals = [_sentence(item, file) for item in error.errors()]
        more = f" And {len(refusals) - _SENTENCES} more." if len(refusals) > _SENTENCES else ""
        raise UnreadableCharterError(" ".join(refusals[:_SENTENCES]) + more, "Correct it in the file and try again.") from None


def read_kept(written: str, schema_version: int) -> Charter:
    """A charter that this workbench kept as JSON, in the format it had then."""
    file = _of_this_version({"schema_version": schema_version, "charter": json.loads(written)})
    return Charter.model_validate_json(json.dumps(file["charter"]), strict=True)


def _decode(data: bytes) -> str:
    if len(data) > LARGEST_MB << 20:
        raise UnreadableCharterError(
            f"The file is larger than {LARGEST_MB} MB; a charter never is.", "Choose the JSON file that the workbench made."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableCharterError("The file is not text in UTF-8.", "Choose a JSON file, or save it as UTF-8.") from None


def _parse(text: str) -> dict[str, Any]:
    try:
        file = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number, parse_float=_float)
    except RecursionError:
        raise _too_deep() from None
    except json.JSONDecodeError as error:
        raise UnreadableCharterError(
            f"The file is not JSON: line {error.lineno}, column {error.colno} cannot be read.",
            "Choose the JSON file of a charter, or download it again.",
        ) from None
    except ValueError:
        raise UnreadableCharterError("The file holds a number with too many digits.", "Correct the number and try again.") from None
    if _depth(file) > _DEEPEST:
        raise _too_deep()
    if half := next(filter(_HALF.search, _texts(file)), ""):
        place = _HALF.sub("�", half)
        raise UnreadableCharterError(
            f"The file holds half of a character in “{short(place, 80)}”, as a text that was cut in the middle of one.",
            "Correct it in the file and try again.",
        )
    if not isinstance(file, dict) or file.get("format") != FORMAT:
        raise UnreadableCharterError(
            "The file is JSON, but no charter of this workbench.", "Download one under Charter, More formats, and choose that file."
        )
    return file


def _too_deep() -> UnreadableCharterError:
    return UnreadableCharterError(
        "The brackets in the file are nested too deep for a charter.", "Choose the JSON file of a charter."
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise UnreadableCharterError(
            f"The file holds “{twice[:80]}” twice in the same place, so one of the two would be lost.", "Remove one and try again."
        )
    return fields


def _no_number(name: str) -> float:
    raise UnreadableCharterError(f"The file holds “{name}”, which is not a number.", "Write a number, or null where none is known.")


def _float(digits: str) -> float:
    value = float(digits)
    return value if math.isfinite(value) else _no_number(digits[:80])


def _depth(value: Any) -> int:
    level, depth = [value], 0
    while level:
        depth += 1
        level = [inner for outer in level for inner in _inside(outer)]
    return depth


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _texts(value: Any) -> Iterator[str]:
    """All texts of the file, the names of its fields among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
    for inner in _inside(value):
        yield from _texts(inner)


def _of_this_version(file: dict[str, Any]) -> dict[str, Any]:
    version = file.get("schema_version")
    if type(version) is not int or version < 1:
        raise UnreadableCharterError("The file does not say which version of the format it has.", "Download the charter again.")
    if version > SCHEMA_VERSION:
        raise UnreadableCharterError(
            f"The file was made by a newer workbench: it has version {version} of the format, this one reads up to {SCHEMA_VERSION}.",
            "Update this workbench, or open the file where it was made.",
        )
    for old in range(version, SCHEMA_VERSION):
        file = _UPGRADES[old](file)
    if not isinstance(file.get("charter"), dict):
        raise UnreadableCharterError("The file holds no charter.", "Download the charter again.")
    return file


def _check_unknowns(charter: dict[str, Any]) -> None:
    """Refuse a mark "not known yet" on a question that does not exist: the models would drop it without a word."""
    for section in PARTS:
        part = charter.get(section.slug)
        if not isinstance(part, dict):
            continue
        entries = [(section.model, part)]
        for name, spec in section.lists.items():
            rows = part.get(name)
            entries += [(spec.record, row) for row in (rows if isinstance(rows, list) else []) if isinstance(row, dict)]
        for model, entry in entries:
            marked = entry.get("unknown")
            asked = {spec.name for spec in questions(model)}
            strange = [name for name in (marked if isinstance(marked, list) else []) if isinstance(name, str) and name not in asked]
            if strange:
                raise UnreadableCharterError(
                    f"{section.title}: “{strange[0][:80]}” is marked as not known, but there is no such question.",
                    "Remove the mark and try again.",
                )


def _sentence(item: ErrorDetails, file: dict[str, Any]) -> str:
    """One refusal of the models in words: part, entry, question, what was found and what is needed."""
    loc = item["loc"]
    places, spec = _place(loc, file)
    if item["type"] == "extra_forbidden":
        return f"{_at(places)}there is no field “{str(loc[-1])[:80]}”."
    if item["type"] == "missing":
        return f"{_at(places)}“{loc[-1]}” is missing."
    if item["type"] == "value_error" and spec is None:
        return f"{_at(places)}{item['msg'].removeprefix('Value error, ')}."
    if spec:
        return f"{_at(places)}holds {_shown(item['input'])}; it needs {_wanted(spec)}."
    wanted = _ID if item["type"] == "string_pattern_mismatch" else answers.needed(item)
    name = f"“{loc[-1]}” " if isinstance(loc[-1], str) else ""
    return f"{_at(places)}{name}holds {_shown(item['input'])}; it needs {wanted}."


def _at(places: Sequence[str]) -> str:
    return f"{', '.join(places or ['The file'])}: "


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return f"{text[:80]}…" if len(text) > 80 else text


def _place(loc: tuple[int | str, ...], file: dict[str, Any]) -> tuple[list[str], FieldSpec | None]:
    """Where an error lies, in people's words, and the question it is about, if any."""
    section = PART_BY_SLUG.get(str(loc[1])) if len(loc) > 1 and loc[0] == "charter" else None
    if section is None:
        return [], None
    places, rest, model = [section.title], loc[2:], section.model
    if len(rest) > 1 and (spec := section.lists.get(str(rest[0]))) and isinstance(rest[1], int):
        places.append(f"{spec.singular} {rest[1] + 1}{_named(spec, file['charter'][section.slug][spec.name][rest[1]])}")
        rest, model = rest[2:], spec.record
    asked = next((q for q in questions(model) if rest and q.name == rest[0]), None)
    return [*places, asked.label] if asked else places, asked


def _named(spec: ListSpec, row: Any) -> str:
    """The title of a record as far as the file has one, or its id, to find it by."""
    names = [q.name for q in spec.questions if q.kind in (Kind.TEXT, Kind.LONG)]
    texts = [row.get(name) for name in (*names, "id")] if isinstance(row, dict) else []
    named = next((text for text in texts if isinstance(text, str) and text.strip()), "")
    return f" (“{named[:60]}”)" if named else ""


def _wanted(spec: FieldSpec) -> str:
    """What an answer looks like in the file."""
    lowest = f" of at least {spec.minimum:g}" if spec.minimum is not None else ""
    limits = f"{lowest}{' and' if lowest else ' of'} at most {spec.maximum:g}" if spec.maximum is not None else lowest
    return {
        Kind.TEXT: f"a text of at most {spec.max_length or 0:,} characters",
        Kind.LONG: f"a text of at most {spec.max_length or 0:,} characters",
        Kind.INTEGER: f"a whole number{limits}",
        Kind.NUMBER: f"a number{limits}",
        Kind.MONEY: f"a whole number of cents (the minor unit of its currency){limits}",
        Kind.DATE: "a date such as “2027-03-31”",
        Kind.CHOICE: f"one of {', '.join(spec.choices)}",
        Kind.LINK: "the id of another entry, or an empty text",
        Kind.LINKS: "a list of ids of other entries",
    }[spec.kind] + (", or null" if blank_of(spec) is None and not spec.assumed else "")
