"""Which column is probably what, read off the names and the examples of a table."""

from __future__ import annotations

import re

from scoping.measuring.signal.result import CLASSES_AT_MOST, Settings, Task
from scoping.measuring.signal.splits import Way
from scoping.tables.table import Column, Holds, Preview

_TARGET = re.compile(
    r"^(target|label|class|outcome|response|y|churn(ed)?|attrition|default(ed)?|bought|sold|survived|converted|fraud)$"
    r"|^(is|has|will|next)_"
)
_TIME = re.compile(r"date|time|day|month|week|year|period|stamp|^ds$|^ts$", re.IGNORECASE)
_BIRTH = re.compile(r"birth|dob|expir", re.IGNORECASE)
_GROUP = re.compile(
    r"(^|_)(id|customer|user|patient|store|shop|machine|account|person|household|company|device)(_?id)?$", re.IGNORECASE
)


def names_a_moment(column: str) -> bool:
    """Whether a name says that the column tells when a row happened; a birthday does not."""
    return bool(_TIME.search(column)) and not _BIRTH.search(column)


def names_a_group(column: str) -> bool:
    """Whether a name says that the column tells who or what a row belongs to."""
    return bool(_GROUP.search(column))


def guess(preview: Preview) -> Settings:
    """A target by its name, else the last column; a time column makes it a question about a later time."""
    columns = preview.columns
    varied = [c for c in columns if c.distinct > 1]
    target = next((c for c in varied if _TARGET.search(c.name.casefold())), varied[-1] if varied else None)
    others = [c for c in columns if c is not target]
    when = next((c for c in others if _is_time(c, preview.rows_seen)), None)
    group = next((c for c in others if _is_group(c, preview.rows_seen)), None)
    return Settings(
        target=target.name if target else "",
        task=_task(target, preview.rows_seen),
        way=Way.TIME if when else Way.GROUPED if group else Way.RANDOM,
        when=when.name if when else "",
        group=group.name if group else "",
    )


def _task(target: Column | None, rows: int) -> Task:
    if target is None or target.kind in (Holds.TEXT, Holds.YES_NO, Holds.NOTHING) or target.distinct <= 2:
        return Task.CLASSES
    few = target.kind is Holds.WHOLE and target.distinct <= CLASSES_AT_MOST and target.distinct < rows / 10
    return Task.CLASSES if few else Task.NUMBER


def _is_time(column: Column, rows: int) -> bool:
    is_named = names_a_moment(column.name)
    return column.kind is Holds.DATE and is_named and column.distinct >= min(20, rows / 2)


def _is_group(column: Column, rows: int) -> bool:
    return names_a_group(column.name) and 5 <= column.distinct < rows / 2
