"""Readings of targets out of what training pipelines and people have: CSV, pasted rows, `metrics.json`.

A value is filed under every target whose name in the pipeline (`metric_key`) it carries, or else whose metric. Nested names
may be written in full or by their last parts (`val.wer`, `val/wer`, `wer`), as long as only one value is meant.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from scoping import answers
from scoping.errors import AnswerError, WorkbenchError
from scoping.section import SHORT, bare, question, short
from scoping.sections.milestones import Milestones, Reading, Target
from scoping.status import ImpossibleReadingError, begin_of, check, doubtful

LARGEST = 2_000_000
"""Bytes of a file."""
AT_MOST = 5_000
"""Values that are looked at."""
_DEEPEST = 12
_NAMED_AT_MOST = 6
_COLUMNS = {
    "name": ("metric_key", "metric", "target", "key", "name", "tag"),
    "value": ("value", "reached", "result", "score"),
    "when": ("when", "date", "day", "timestamp", "time", "datetime", "wall_time"),
    "run": ("run", "run_id", "run id", "runid"),
    "source": ("source",),
    "slice": ("slice",),
    "step": ("step", "epoch", "iteration"),
}
_RECENT = 10**8
"""Seconds from 1970 to 1973."""
_MILLISECONDS = 10**11
"""Seconds since 1970 stay below this until the year 5138; larger numbers are milliseconds."""


class UnreadableReadingsError(WorkbenchError):
    """A file or text that holds no readings, or none that can be read."""


@dataclass(frozen=True)
class Given:
    """A value as a file tells it.

    Attributes:
        path: the name, part by part; one part for a plain name or a target's id.
        when: as written; None where nothing is said.
        place: where it stands, for sentences.
    """

    path: tuple[str, ...]
    value: Any
    when: Any = None
    run: str = ""
    source: str = ""
    slice: str = ""
    place: str = ""

    @property
    def name(self) -> str:
        return ".".join(self.path)


@dataclass
class Read:
    """What became of the values of a file.

    Attributes:
        readings: new ones, ready to be added; the same values always get the same ids.
        kept: ids of readings that are here already, with the same target, day, run and value.
        problems: what could not be taken, a sentence each.
        remarks: what was taken and should be looked at, a sentence each.
    """

    readings: list[Reading] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


# From bytes and text to values


def text_of(data: bytes) -> str:
    """The text of a file. Raises UnreadableReadingsError."""
    if len(data) > LARGEST:
        raise UnreadableReadingsError(
            f"The file has {len(data) / 1e6:.1f} MB; {LARGEST / 1e6:g} MB are the most for readings.",
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
    bare = text.strip()
    if not bare:
        raise UnreadableReadingsError("There is nothing to read.", "Paste rows with metric, value and date, or a metrics.json.")
    found = _from_json(bare) if bare[0] in "{[" else _from_rows(bare)
    if len(found) > AT_MOST:
        raise UnreadableReadingsError(
            f"There are {len(found):,} values; {AT_MOST:,} are the most at once.", "Leave the last value of each metric and day."
        )
    return found


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
    return list(_walk(value, Given((), None), 0))


def _walk(value: Any, about: Given, depth: int) -> Iterator[Given]:
    if depth > _DEEPEST:
        raise UnreadableReadingsError("The JSON is nested too deeply.", "Write metrics by name, or in groups.")
    if isinstance(value, dict):
        yield from _object(value, about, depth)
    elif isinstance(value, list):
        for place, item in enumerate(value, 1):
            where = about.place or f"Entry {place}"
            yield from _walk(item, replace(about, place=where), depth + 1)
    elif about.path:
        yield replace(about, value=value)


def _object(value: Mapping[Any, Any], about: Given, depth: int) -> Iterator[Given]:
    """A reading with a name of its own, the value of a metric with its date, or a group of metrics."""
    fields = _fields(name for name in value if not _is_duration(name, value[name]))
    here = replace(
        about,
        when=value.get(fields.get("when"), about.when),
        run=_word(value.get(fields.get("run"))) or about.run,
        source=_word(value.get(fields.get("source"))) or about.source,
        slice=_word(value.get(fields.get("slice"))) or about.slice,
    )
    named, valued = fields.get("name"), fields.get("value")
    if valued is not None and named is not None and isinstance(value[named], str):
        yield replace(here, path=(value[named].strip(),), value=value[valued])
        return
    if valued is not None and about.path and set(fields.values()) == set(value):
        yield replace(here, value=value[valued])
        return
    context = {fields[role] for role in ("when", "run", "source", "slice", "step") if role in fields}
    for name, item in value.items():
        if name not in context or isinstance(item, dict | list):
            yield from _walk(item, replace(here, path=(*about.path, str(name).strip())), depth + 1)


def _is_duration(name: Any, value: Any) -> bool:
    """Whether a number called "time" says how long something took; the moment of a reading lies decades after 1970."""
    return str(name).strip().casefold() in _COLUMNS["when"] and isinstance(value, int | float) and value < _RECENT


def _fields(names: Iterable[Any]) -> dict[str, Any]:
    """Which name plays which role."""
    by_word = {str(name).strip().casefold(): name for name in reversed(list(names))}
    return {role: by_word[word] for role, words in _COLUMNS.items() for word in reversed(words) if word in by_word}


def _word(value: Any) -> str:
    return str(value).strip()[:SHORT] if isinstance(value, str | int) else ""


def _from_rows(text: str) -> list[Given]:
    """Rows with a heading: one reading a row, or one column per metric; without a heading metric, value and date."""
    rows = list(_cells(text))
    head = rows[0]
    fields = _fields(cell for cell in head if cell)
    if "name" in fields and "value" in fields:
        return [g for number, row in enumerate(rows[1:], 2) for g in _long(number, _record(head, row), fields)]
    if any(_is_number(cell) for cell in head[1:]):
        names = ("name", "value", "when", "run", "source")
        plain = {name: name for name in names}
        return [g for number, row in enumerate(rows, 1) for g in _long(number, _record(names, row), plain)]
    if len(rows) < 2:
        raise UnreadableReadingsError(
            "There is a heading and no row below it.", "Write metric, value and date, or one column per metric."
        )
    return [g for number, row in enumerate(rows[1:], 2) for g in _wide(number, _record(head, row), fields)]


def _cells(text: str) -> Iterator[list[str]]:
    first = text.splitlines()[0]
    separator = max("\t;,|", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text), delimiter=separator):
            if any(cell.strip() for cell in row):
                yield [cell.strip() for cell in row]
    except csv.Error as error:
        raise UnreadableReadingsError(f"The rows cannot be told apart ({error}).", "Save the table as CSV once more.") from None


def _record(names: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    return dict(zip(names, row, strict=False))


def _long(number: int, row: Mapping[str, str], fields: Mapping[str, str]) -> Iterator[Given]:
    told = {role: row.get(name, "") for role, name in fields.items()}
    if told.get("name") or told.get("value"):
        yield Given(
            (told.get("name", ""),),
            told.get("value", ""),
            told.get("when") or None,
            told.get("run", "")[:SHORT],
            told.get("source", "")[:SHORT],
            told.get("slice", ""),
            f"Row {number}",
        )


def _wide(number: int, row: Mapping[str, str], fields: Mapping[str, str]) -> Iterator[Given]:
    told = {role: row.get(name, "") for role, name in fields.items() if role in ("when", "run", "source", "step")}
    for name, cell in row.items():
        if name and cell and name not in {fields[role] for role in told}:
            yield Given(
                (name,),
                cell,
                told.get("when") or None,
                told.get("run", "")[:SHORT],
                told.get("source", "")[:SHORT],
                "",
                f"Row {number}",
            )


def _is_number(cell: str) -> bool:
    try:
        answers.read(question(Reading, "value"), cell)
    except AnswerError:
        return False
    return bool(cell)


# From values to readings


def matched(given: Sequence[Given], plan: Milestones, today: date, *, source: str = "", author: str = "", run: str = "") -> Read:
    """File values under targets. Of several values for one target, day and run the last one counts.

    Args:
        today: the day of a value that has none of its own.
        source, run: of values that name none.
    """
    read, begin = Read(), begin_of(plan)
    filed: dict[tuple[str, date, str], tuple[Given, float, Target]] = {}
    unmatched: dict[str, None] = {}
    beaten = 0
    for one, targets in _filed_under(given, plan.targets, read):
        if not targets:
            unmatched[one.name] = None
        for target in targets:
            try:
                value, when = _value(one, target), _when(one, target, today)
                check(target, value, when, today, begin)
            except (AnswerError, ImpossibleReadingError) as error:
                read.problems.append(f"{_place(one)}{error}")
                continue
            key = (target.id, when, one.run or run)
            beaten += key in filed
            filed[key] = (one, value, target)
    if unmatched:
        read.problems.append(_no_target(list(unmatched), plan.targets))
    if beaten:
        read.remarks.append(f"{beaten:,} earlier values of the same target, day and run are left out; the last one counts.")
    known = {(r.target, r.when, r.run, r.value): r.id for r in plan.readings}
    for (target_id, when, of_run), (one, value, target) in filed.items():
        if same := known.get((target_id, when, of_run, value)):
            read.kept.append(same)
            continue
        if doubt := doubtful(target, value):
            read.remarks.append(f"“{short(target.title, 60)}”: {doubt}")
        read.readings.append(
            Reading(
                id=_id(target_id, when, of_run, value),
                target=target_id,
                when=when,
                value=value,
                source=one.source or source,
                author=author,
                run=of_run,
            )
        )
    return read


def _filed_under(given: Sequence[Given], targets: Sequence[Target], read: Read) -> Iterator[tuple[Given, list[Target]]]:
    """Each value with the targets it is about; a short name that several values could mean is told instead."""
    pairs = []
    called = _Called(targets)
    names: dict[str, dict[str, None]] = {t.id: {} for t in targets}
    for one in given:
        about = called.by(one)
        for target in about:
            names[target.id][one.name] = None
        pairs.append((one, about))
    spelt = {target: {_one_name(name) for name in found} for target, found in names.items()}
    # The full name goes before those that only end in it.
    full = {t.id: key for t in targets if (key := _one_name(t.metric_key)) in spelt[t.id]}
    unclear = {target for target, found in spelt.items() if len(found) > 1 and target not in full}
    for target in targets:
        if target.id in unclear:
            read.problems.append(
                f"The target “{short(target.title, 60)}” may mean {_listed(list(names[target.id]))}. "
                "Write one of them in full as its name in the training pipeline."
            )
    for one, about in pairs:
        name = _one_name(one.name)
        clear = [t for t in about if t.id not in unclear and full.get(t.id, name) == name]
        if clear or not about:
            yield one, clear


class _Called:
    """Targets by what values of them are called."""

    def __init__(self, targets: Sequence[Target]) -> None:
        self.ids = {t.id: t for t in targets}
        self.keys: dict[str, list[Target]] = {}
        self.metrics: dict[tuple[str, str], list[Target]] = {}
        for target in targets:
            if target.metric_key.strip():
                self.keys.setdefault(_one_name(target.metric_key), []).append(target)
            if target.metric.strip():
                self.metrics.setdefault((bare(target.metric), bare(target.slice)), []).append(target)

    def by(self, one: Given) -> list[Target]:
        """The targets that a value is about: by id, by its whole name, or by as many of its last parts as name any."""
        if one.path[0] in self.ids and len(one.path) == 1:
            return [self.ids[one.path[0]]]
        by_metric = self.metrics.get((bare(one.name), bare(one.slice)), [])
        whole = {t.id: t for t in (*self.keys.get(_one_name(one.name), ()), *by_metric)}
        if whole:
            return list(whole.values())
        parts = one.name.replace("/", ".").rsplit(".", _DEEPEST)
        ends = (_one_name(".".join(parts[start:])) for start in range(1, len(parts)))
        return next((self.keys[end] for end in ends if end in self.keys), [])


def _one_name(name: str) -> str:
    """A name in one spelling: pipelines write val.wer, val/wer and val_wer for the same."""
    return bare(name).replace("/", "_").replace(".", "_")


def _value(one: Given, target: Target) -> float:
    if isinstance(one.value, dict | list | bool) or one.value is None:
        raise AnswerError(f"“{short(target.title, 60)}”: the value is no number.", "Report a number, or no reading at all.")
    if isinstance(one.value, str):
        word = one.value.strip().casefold().lstrip("+-")
        if word in ("nan", "inf", "infinity"):
            return float(one.value.strip())
        if not word:
            raise AnswerError(f"“{short(target.title, 60)}”: the value is empty.", "Report a number, or no reading at all.")
        return float(answers.read(question(Reading, "value"), one.value))
    try:
        return float(one.value)
    except OverflowError:
        raise AnswerError(f"“{short(target.title, 60)}”: the value is too large.", "Correct it.") from None


def _when(one: Given, target: Target, today: date) -> date:
    """The day of a value in UTC; numbers are seconds or milliseconds since 1970."""
    raw = one.when
    if raw is None or raw == "":
        return today
    try:
        if isinstance(raw, str) and raw.strip().replace(".", "", 1).isdigit() and len(raw.strip()) >= 9:
            raw = float(raw)
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return datetime.fromtimestamp(raw / 1000 if raw > _MILLISECONDS else raw, UTC).date()
        if isinstance(raw, str) and ":" in raw:
            moment = datetime.fromisoformat(raw.strip())
            return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError, OSError):
        raise AnswerError(
            f"“{short(target.title, 60)}”: “{short(str(raw), 40)}” is no date.", "Write it as 2027-03-31 or 2027-03-31T14:00:00Z."
        ) from None
    return date.fromisoformat(answers.read(question(Reading, "when"), raw))


def _id(target: str, when: date, run: str, value: float) -> str:
    """The same reading always gets the same id, so that one which is sent twice is kept once."""
    return hashlib.blake2s(json.dumps([target, when.isoformat(), run, repr(value)]).encode(), digest_size=10).hexdigest()


def _place(one: Given) -> str:
    return f"{one.place}, " if one.place else ""


def _no_target(names: Sequence[str], targets: Sequence[Target]) -> str:
    keys = [t.metric_key.strip() or t.metric.strip() for t in targets if t.metric_key.strip() or t.metric.strip()]
    known = f"Targets are called {_listed(list(dict.fromkeys(keys)))}." if keys else "There are no targets yet."
    return f"No target is called {_listed(names)}. {known} Write the name into “Name in the training pipeline” of a target."


def _listed(names: Sequence[str]) -> str:
    told = [f"“{short(name, 40)}”" for name in names[:_NAMED_AT_MOST]]
    more = len(names) - len(told)
    return ", ".join(told) + (f" and {more:,} more" if more else "")
