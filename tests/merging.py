"""The merge of two whole versions of a part, as it is told in textbooks; the product merges edits."""

from __future__ import annotations

from scoping.merge import Conflict, apply, diff, flatten, unflatten
from scoping.section import Fields, Section


def merge(section: Section, base: Fields, mine: Fields, theirs: Fields) -> tuple[Fields, list[Conflict]]:
    """Carry what changed between base and mine over to theirs."""
    flat = flatten(section, theirs)
    merged = apply(diff(flatten(section, base), flatten(section, mine)), flat)
    kept = {key: entry for key, entry in (flat | merged.entries).items() if entry is not None}
    return unflatten(section, kept), merged.conflicts
