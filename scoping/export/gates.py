"""Gates for build servers: a JSON Schema for each milestone, which a `metrics.json` fulfils when its targets are met.

`check-jsonschema --schemafile gate.json metrics.json` passes, or says which metric misses its bound or is absent.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import product
from typing import Any

from scoping.milestones.status import goal
from scoping.sections.milestones import Direction, Milestone, Milestones, Target
from scoping.words import day_words, short

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_LARGEST = sys.float_info.max
_SIGNS = (".", "/", "_")
_PARTS = 4
"""Parts of a name of which every spelling is listed."""

Plain = dict[str, Any]


def to_gate(plan: Milestones, milestone: Milestone, *, project: str, revision: int) -> str | None:
    """The schema of one milestone; None where none of its targets has a number, a direction and a name.

    Args:
        project: id of the project, which makes the schema's id unique.
    """
    targets = [t for t in plan.targets if t.milestone == milestone.id]
    checked = [t for t in targets if not why_not(t)]
    if not checked:
        return None
    due = f" by {day_words(milestone.due)}" if milestone.due else ""
    told = [f"Revision {revision}: “{short(milestone.title, 200)}”{due}."]
    told += [f"{key(t)}: {goal(t)}." for t in checked]
    told += [f"Not checked: “{short(t.title, 100)}”, {why}." for t in targets if (why := why_not(t))]
    schema = {
        "$schema": DIALECT,
        "$id": f"urn:scoping:gate:{project}:{milestone.id}:{revision}",
        "title": short(milestone.title, 200),
        "description": " ".join(told),
        "type": "object",
        "allOf": [_present(t) for t in checked],
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def to_gates(plan: Milestones, *, project: str, revision: int, saved_at: datetime) -> bytes:
    """The schemas of all milestones in an archive, the same bytes for the same revision."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in gates(plan, project=project, revision=revision):
            archive.writestr(zipfile.ZipInfo(name, saved_at.timetuple()[:6]), text)
    return packed.getvalue()


def gates(plan: Milestones, *, project: str, revision: int) -> Iterator[tuple[str, str]]:
    """File name and schema of every milestone that has one."""
    taken: set[str] = set()
    for milestone in plan.milestones:
        if text := to_gate(plan, milestone, project=project, revision=revision):
            stem = _file_stem(milestone)
            name = f"{stem}-{milestone.id}" if stem in taken else stem
            taken.add(name)
            yield f"{name}.gate.schema.json", text


def _file_stem(milestone: Milestone) -> str:
    return re.sub(r"[^a-z0-9]+", "-", milestone.title.casefold()).strip("-")[:60] or "milestone"


def key(target: Target) -> str:
    """What the metric is called in the file."""
    return target.metric_key.strip() or ("" if target.slice.strip() else target.metric.strip())


def why_not(target: Target) -> str:
    """Why no file of metrics can meet a target; "" where one can."""
    if target.target is None or target.direction is None:
        return "it has no number or no direction yet"
    return "" if key(target) else "it has no name in the training pipeline"


def _present(target: Target) -> Plain:
    """The metric by its name as written, or as readings take it too: with other signs between its parts, or in groups."""
    name = key(target)
    parts = [part for part in re.split("[./_]", name) if part]
    ways = _spelt(parts) if len(parts) <= _PARTS else _spelt_alike(parts)
    paths = dict.fromkeys([(name,), *ways])
    held = [_held(path, _bound(target)) for path in paths]
    return held[0] if len(held) == 1 else {"anyOf": held}


def _spelt(parts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The names of groups and metric in which parts can be written, with each sign or a new group between two of them."""
    for signs in product((*_SIGNS, ""), repeat=len(parts) - 1):
        path = [parts[0]]
        for sign, part in zip(signs, parts[1:], strict=True):
            if sign:
                path[-1] += sign + part
            else:
                path.append(part)
        yield tuple(path)


def _spelt_alike(parts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The same with one sign between all parts, since a name of many parts can be written in thousands of ways."""
    yield from ((sign.join(parts),) for sign in _SIGNS)
    yield tuple(parts)


def _held(path: Sequence[str], schema: Plain) -> Plain:
    for name in reversed(path):
        schema = {"type": "object", "required": [name], "properties": {name: schema}}
    return schema


def _bound(target: Target) -> Plain:
    """The target as bounds. "Not a number" is neither above nor below anything, so only the negation refuses it."""
    if target.direction is Direction.AT_MOST:
        return {"type": "number", "minimum": -_LARGEST, "maximum": target.target, "not": {"exclusiveMinimum": target.target}}
    return {"type": "number", "minimum": target.target, "maximum": _LARGEST, "not": {"exclusiveMaximum": target.target}}
