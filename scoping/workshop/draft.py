"""Edits of several parts as they are written one after another, each on what the ones before it leave."""

from __future__ import annotations

from typing import Any

from scoping import answers, editing
from scoping.charter import PART_BY_SLUG, Charter
from scoping.merge import Edit, Edits, Plain
from scoping.section import is_blank, question

Where = tuple[str, str, str]
"""Part, list and record; list and record "" for the questions of the part itself."""


class Draft:
    """What a charter shall become. Everything that is written is read as if somebody had typed it."""

    def __init__(self, charter: Charter) -> None:
        self._charter = charter
        self._now: dict[Where, Plain] = {}
        self._new: set[Where] = set()
        self._changes: dict[str, list[Edit]] = {}

    def entry(self, where: Where) -> Plain | None:
        """What stands at a place by now; None where nothing does."""
        if where in self._now:
            return self._now[where]
        part, name, record = where
        return editing.entry(PART_BY_SLUG[part], self._charter.part(part), name, record)

    def write(self, where: Where, /, **cells: Any) -> None:
        """Answer questions of a record, which is made where it is missing, or of the part itself.

        Raises:
            AnswerError: an answer does not fit its question.
        """
        part, name, record = where
        section = PART_BY_SLUG[part]
        entry = self.entry(where)
        if entry is None:
            entry = editing.new_record(section, name, record, self._charter.project.currency).model_dump(mode="json")
            self._new.add(where)
        made, after, refused = editing.fill(section, name, entry, cells)
        for error in refused.values():
            raise error
        self._now[where] = after
        if where not in self._new:
            self._changes.setdefault(part, []).extend(made)

    def suggest(self, where: Where, /, **cells: Any) -> None:
        """Answer those of the questions that have no answer yet; what somebody wrote is theirs."""
        entry = self.entry(where) or {}
        if left := {name: raw for name, raw in cells.items() if is_blank(entry.get(name)) and not is_blank(raw)}:
            self.write(where, **left)

    def is_unknown(self, where: Where, fields: tuple[str, ...]) -> None:
        """Say of the questions that have no answer that nobody knows it yet."""
        entry = self.entry(where) or {}
        part, name, _ = where
        for field in fields:
            assumed = question(PART_BY_SLUG[part].model_of(name), field).assumed
            if entry and is_blank(entry[field]) and not assumed:
                self.write(where, **{field: answers.UNKNOWN})

    def edits(self) -> Edits:
        """All of it, records that are new first."""
        made: Edits = {}
        for where in self._now:
            part, name, record = where
            if where in self._new:
                made.setdefault(part, []).append(Edit(name, record, "", None, self._now[where]))
        for part, changes in self._changes.items():
            if changes:
                made.setdefault(part, []).extend(changes)
        return made
