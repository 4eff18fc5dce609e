"""What files of training pipelines and people tell: values with their names, from CSV, pasted rows or `metrics.json`."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from scoping import answers
from scoping.errors import AnswerError, WorkbenchError
from scoping.reading import moments
from scoping.section import SHORT, clean, question
from scoping.sections.milestones import Reading
from scoping.words import count

LARGEST_MB = 2
"""Bytes of a file."""
AT_MOST = 5_000
"""Values that are looked at."""
DEEPEST = 12
"""Groups within groups, and parts of a name."""
_COLUMNS = {
    "name": ("metric_key", "metric", "target", "key", "name", "tag"),
    "value": ("value", "reached", "result", "score"),
    "when": ("when", "date", "day", "timestamp", "time", "datetime", "wall_time"),
    "run": ("run", "run_id", "run id", "runid"),
    "source": ("source",),
    "slice": ("slice",),
    "step": ("step", "epoch", "iteration"),
}
_DURATIONS = ("time", "wall_time")


class UnreadableReadingsError(WorkbenchError):
    """A file or text that holds no readings, or none that can be read."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """A value as a file tells it.

    Attributes:
        path: the name, part by part; one part for a plain name or a target's id.
        when: as written; None where nothing is said.
        place: where it stands, for sentences.
        step: of training, as written; of several values of a day the one of the highest step counts.
        refusal: why the line cannot be read at all; "" where it can.
    """

    path: tuple[str, ...]
    value: Any
    when: Any = None
    run: str = ""
    source: str = ""
    slice: str = ""
    place: str = ""
    step: Any = None
    refusal: str = ""

    @property
    def name(self) -> str:
        return ".".join(self.path)


def text_of(data: bytes) -> str:
    """The text of a file. Raises UnreadableReadingsError."""
    if len(data) > LARGEST_MB << 20:
        raise UnreadableReadingsError(
            f"The file has {len(data) / 2**20:.1f} MB; {LARGEST_MB} MB are the most for readings.",
            "Leave the last value of each metric only.",
        )
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableReadingsError("The file is no text.", "Choose a CSV file or a metrics.json.")


def parse(text: str) -> list[Given]:
    """The values of a text: JSON, or rows with a heading. Raises UnreadableReadingsError."""
    bare = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not bare:
        raise UnreadableReadingsError("There is nothing to read.", "Paste rows with metric, value and date, or a metrics.json.")
    given = _from_json(bare) if bare[0] in "{[" else _from_rows(bare)
    if len(given) > AT_MOST:
        raise UnreadableReadingsError(
            f"There are {count(len(given), 'value')}; {AT_MOST:,} are the most at once.",
            "Leave the last value of each metric and day.",
        )
    return given


def _from_json(text: str) -> list[Given]:
    try:
        return from_plain(json.loads(text))
    except RecursionError:
        raise UnreadableReadingsError("The JSON is nested too deeply.", "Write metrics by name, or in groups.") from None
    except json.JSONDecodeError as error:
        lines = text.splitlines()
        if len(lines) > 1 and all(line.lstrip().startswith("{") for line in lines if line.strip()):
            return _from_json_lines(lines)
        raise UnreadableReadingsError(
            f"Line {error.lineno}, column {error.colno}: this is no JSON ({error.msg}).", "Correct it, or paste rows instead."
        ) from None
    except ValueError:
        raise UnreadableReadingsError("A number in the JSON is far too long.", "Correct it.") from None


def _from_json_lines(lines: Sequence[str]) -> list[Given]:
    """One object per line, as logs of training have it."""
    rows = []
    for number, line in enumerate(lines, 1):
        try:
            rows += [json.loads(line)] if line.strip() else []
        except ValueError:
            raise UnreadableReadingsError(f"Line {number} is no JSON.", "Each line has to hold one object.") from None
    return from_plain(rows)


def from_plain(value: Any) -> list[Given]:
    """The values of parsed JSON: metrics by name, in groups, as a list of steps, or as a list of readings."""
    return list(_walk(value, Given(path=(), value=None), 0))


def _walk(value: Any, about: Given, depth: int) -> Iterator[Given]:
    if depth > DEEPEST:
        raise UnreadableReadingsError("The JSON is nested too deeply.", "Write metrics by name, or in groups.")
    if isinstance(value, dict):
        yield from _object(value, about, depth)
    elif isinstance(value, list):
        for place, item in enumerate(value, 1):
            where = about.place or f"Entry {place}"
            yield from _walk(item, replace(about, place=where), depth + 1)
    elif about.path:
        yield replace(about, value=clean(value))


def _object(value: Mapping[Any, Any], about: Given, depth: int) -> Iterator[Given]:
    """A reading with a name of its own, the value of a metric with its date, or a group of metrics."""
    fields = _fields(name for name in value if not _is_duration(name, value[name]))
    here = replace(
        about,
        when=value.get(fields.get("when"), about.when),
        run=_word(value.get(fields.get("run"))) or about.run,
        source=_word(value.get(fields.get("source"))) or about.source,
        slice=_word(value.get(fields.get("slice"))) or about.slice,
        step=value.get(fields.get("step"), about.step),
    )
    named, valued = fields.get("name"), fields.get("value")
    if valued is not None and named is not None and isinstance(value[named], str):
        yield replace(here, path=(_name(value[named]),), value=clean(value[valued]))
        return
    if valued is not None and about.path and set(fields.values()) == set(value):
        yield replace(here, value=clean(value[valued]))
        return
    context = {fields[role] for role in ("when", "run", "source", "slice", "step") if role in fields}
    for name, item in value.items():
        if name not in context or isinstance(item, dict | list):
            yield from _walk(item, replace(here, path=(*about.path, _name(name))), depth + 1)


def _is_duration(name: Any, value: Any) -> bool:
    """Whether a number called "time" says how long something took; the moment of a reading lies decades after 1970."""
    called = str(name).strip().casefold()
    return (
        called in _DURATIONS and isinstance(value, int | float) and value < moments.RECENT and moments.day_in_digits(value) is None
    )


def _fields(names: Iterable[Any]) -> dict[str, Any]:
    """Which name plays which role."""
    by_word = {str(name).strip().casefold(): name for name in reversed(list(names))}
    return {role: by_word[word] for role, words in _COLUMNS.items() for word in reversed(words) if word in by_word}


def _name(value: Any) -> str:
    return str(clean(str(value))).strip()


def _word(value: Any) -> str:
    return _name(value)[:SHORT] if isinstance(value, str | int) else ""


def _from_rows(text: str) -> list[Given]:
    """Rows with a heading: one reading a row, or one column per metric; without a heading metric, value and date."""
    rows, above = _cells(text)
    head = rows[0]
    fields = _fields(cell for cell in head if cell)
    if "name" in fields and "value" in fields:
        return [given for number, row in enumerate(rows[1:], above + 2) for given in _long(number, head, row, fields)]
    if any(_is_number(cell) for cell in head[1:]):
        names = ("name", "value", "when", "run", "source")
        plain = {name: name for name in names}
        return [given for number, row in enumerate(rows, above + 1) for given in _long(number, names, row, plain)]
    if len(rows) < 2:
        raise UnreadableReadingsError(
            "There is a heading and no row below it.", "Write metric, value and date, or one column per metric."
        )
    return [given for number, row in enumerate(rows[1:], above + 2) for given in _wide(number, head, row, fields)]


def _cells(text: str) -> tuple[list[list[str]], int]:
    """The rows, and how many lines above them were passed over: a first line may name the separator, as in `sep=;`."""
    first, _, rest = text.partition("\n")
    mark = first.strip().casefold()
    if mark.startswith("sep=") and (len(mark) == 5 or first.rstrip("\r").endswith("\t")):
        text, separator, above = rest, first.rstrip("\r")[4:5], 1
    else:
        separator, above = max("\t;,|", key=first.count), 0
    try:
        rows = [
            [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=separator) if any(map(str.strip, row))
        ]
    except csv.Error as error:
        raise UnreadableReadingsError(f"The rows cannot be told apart ({error}).", "Save the table as CSV once more.") from None
    if not rows:
        raise UnreadableReadingsError("There is nothing to read.", "Paste rows with metric, value and date, or a metrics.json.")
    return rows, above


def _too_long(number: int, head: Sequence[str], row: Sequence[str]) -> Given | None:
    """What is said of a row with more cells than columns, whose cells belong nobody knows where."""
    if not any(row[len(head) :]):
        return None
    comma = next((f"{a},{b}" for a, b in pairwise(row) if a.lstrip("+-").isdecimal() and b.isdecimal()), "")
    why = f" If “{comma}” is one number, write {comma.replace(',', '.')} or put it between quotation marks." if comma else ""
    refusal = f"Row {number} has {count(len(row), 'cell')}, but there are {count(len(head), 'column')}, so it was not read.{why}"
    return Given(path=(), value=None, place=f"Row {number}", refusal=refusal)


def _long(number: int, head: Sequence[str], row: Sequence[str], fields: Mapping[str, str]) -> Iterator[Given]:
    if refused := _too_long(number, head, row):
        yield refused
        return
    cells = dict(zip(head, row, strict=False))
    told = {role: cells.get(name, "") for role, name in fields.items()}
    if told.get("name") or told.get("value"):
        yield _given(number, told, told.get("name", ""), told.get("value", ""), told.get("slice", ""))


def _wide(number: int, head: Sequence[str], row: Sequence[str], fields: Mapping[str, str]) -> Iterator[Given]:
    if refused := _too_long(number, head, row):
        yield refused
        return
    cells = dict(zip(head, row, strict=False))
    told = {role: cells.get(name, "") for role, name in fields.items() if role in ("when", "run", "source", "step")}
    for name, cell in cells.items():
        if name and cell and name not in {fields[role] for role in told}:
            yield _given(number, told, name, cell)


def _given(number: int, told: Mapping[str, str], name: str, value: str, slice: str = "") -> Given:
    return Given(
        path=(name,),
        value=value,
        when=told.get("when") or None,
        run=told.get("run", "")[:SHORT],
        source=told.get("source", "")[:SHORT],
        slice=slice,
        place=f"Row {number}",
        step=told.get("step") or None,
    )


def _is_number(cell: str) -> bool:
    try:
        answers.read(question(Reading, "value"), cell)
    except AnswerError:
        return False
    return bool(cell)
