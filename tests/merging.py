"""The merge of two whole versions of a part, as it is told in textbooks, and edits made on a whole charter; the product merges edits in a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scoping.charter import PART_BY_SLUG, Charter
from scoping.merge import Conflict, Edit, apply, by_list, diff, flatten, orders_needed, with_entries
from scoping.section import Fields, Section


def merge(section: Section, base: Fields, mine: Fields, theirs: Fields) -> tuple[Fields, list[Conflict]]:
    """Carry what changed between base and mine over to theirs."""
    edits = diff(flatten(section, base), flatten(section, mine))
    order = {name: [row.id for row in getattr(theirs, name)] for name in orders_needed(edits)}
    merged = apply(edits, flatten(section, theirs), order)
    return with_entries(section, theirs, merged.entries, merged.order), merged.conflicts


def made(charter: Charter, edits: Mapping[str, Sequence[Edit]]) -> Charter:
    """The charter after edits of any parts, which must meet with no conflict."""
    for slug, some in edits.items():
        section, value = PART_BY_SLUG[slug], charter.part(slug)
        flat = flatten(section, value)
        order = {name: by_list(flat).get(name, []) for name in orders_needed(some)}
        merged = apply(some, flat, order)
        assert not merged.conflicts
        charter = charter.with_part(slug, with_entries(section, value, merged.entries, merged.order))
    return charter
