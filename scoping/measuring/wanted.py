"""What somebody probably wants to find out from a table, read off its columns."""

from __future__ import annotations

from scoping.measuring.hlp import guessing as hlp
from scoping.measuring.hlp.result import Layout
from scoping.measuring.slices import check as slices
from scoping.milestones import reference_class
from scoping.tables.table import Preview

_PEOPLE_AT_LEAST = 2


def wanted(preview: Preview) -> str:
    """The name of a check: planned and real days tell of past projects, a prediction of errors, people's labels of agreement."""
    if {"planned", "actual"} <= reference_class.guess(preview.names).keys():
        return "past"
    tried = slices.guess(preview)
    labels = hlp.guess(preview)
    if labels.layout is Layout.LONG:
        return "hlp"
    if (tried.truth and tried.prediction) or (tried.judged and (tried.marks or tried.lists)):
        return "slices"
    return "hlp" if _are_people(preview, labels.labellers) else "signal"


def _are_people(preview: Preview, names: tuple[str, ...]) -> bool:
    """Whether all these columns hold the same few answers, as several people give them."""
    columns = [c for c in preview.columns if c.name in names]
    if len(columns) < _PEOPLE_AT_LEAST or len(columns) < len(preview.columns) - 2:
        return False
    seen = [{e.strip().casefold() for e in c.examples} for c in columns]
    common = set.union(*seen)
    return len(common) <= max(map(len, seen)) + 1 and all(one & other for one in seen for other in seen)
