"""The merge of two whole versions of a part, as it is told in textbooks; the product merges edits."""

from __future__ import annotations

from scoping.merge import Conflict, apply, diff, flatten, orders_needed, with_entries
from scoping.section import Fields, Section


def merge(section: Section, base: Fields, mine: Fields, theirs: Fields) -> tuple[Fields, list[Conflict]]:
    """Carry what changed between base and mine over to theirs."""
    edits = diff(flatten(section, base), flatten(section, mine))
    order = {name: [row.id for row in getattr(theirs, name)] for name in orders_needed(edits)}
    merged = apply(edits, flatten(section, theirs), order)
    return with_entries(section, theirs, merged.entries, merged.order), merged.conflicts
