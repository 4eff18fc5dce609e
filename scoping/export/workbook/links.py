"""What linked records are called in cells: one line each, no two alike."""

from __future__ import annotations

from collections.abc import Iterator

from scoping.answers import REMOVED, told_apart
from scoping.charter import PARTS, Charter
from scoping.section import FieldSpec, Section

SEPARATOR = " | "
_LONGEST_CELL = 16_000


def every_question() -> Iterator[tuple[Section, FieldSpec]]:
    """Every question of every part and list, with its part."""
    for part in PARTS:
        for spec in part.questions:
            yield part, spec
        for entries in part.lists.values():
            for spec in entries.questions:
                yield part, spec


def linked_lists() -> list[str]:
    """Every "part.list" that some question refers to, in order."""
    asked = {spec.refers_to for _, spec in every_question()}
    return [f"{part.slug}.{name}" for part in PARTS for name in part.lists if f"{part.slug}.{name}" in asked]


class Links:
    """Labels of the records that links may refer to, by "part.list" and id."""

    def __init__(self, charter: Charter) -> None:
        titles = charter.titles()
        self.labels: dict[str, dict[str, str]] = {ref: told_apart(titles[ref]) for ref in linked_lists()}

    def label(self, ref: str, record: str) -> str:
        return self.labels[ref].get(record, REMOVED)

    def joined(self, ref: str, records: tuple[str, ...]) -> str:
        """Several labels in one cell; what does not fit is counted."""
        text, separator = "", ""
        for done, record in enumerate(records):
            label = self.label(ref, record)
            if len(text) + len(label) > _LONGEST_CELL:
                return f"{text}{separator}and {len(records) - done} more"
            text, separator = f"{text}{separator}{label}", SEPARATOR
        return text
