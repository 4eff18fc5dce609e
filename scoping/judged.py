"""What follows from the parts of a charter, worked out once for each state of the parts that it is read from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from scoping.charter import Charter
from scoping.section import Fields

Outcome = TypeVar("Outcome")


class Kept(NamedTuple):
    """What was worked out, and the parts that it follows from."""

    parts: tuple[Fields, ...]
    outcome: Any


class Judged:
    """What follows from a charter; what follows from parts that a change left as they are is taken over from before.

    Attributes:
        kept: for the charter after the next change. Parts are compared by identity, for a save replaces what it changes.
    """

    def __init__(self, charter: Charter, before: Mapping[Hashable, Kept]) -> None:
        self._charter = charter
        self._before = before
        self.kept: dict[Hashable, Kept] = {}

    def once(self, name: Hashable, reads: Sequence[str], work: Callable[[Charter], Outcome]) -> Outcome:
        """Work something out that reads no other parts of the charter than those of the slugs in `reads`."""
        parts = tuple(self._charter.part(slug) for slug in reads)
        kept = self.kept.get(name) or self._before.get(name)
        if kept is None or any(old is not new for old, new in zip(kept.parts, parts, strict=True)):
            kept = Kept(parts, work(self._charter))
        self.kept[name] = kept
        outcome: Outcome = kept.outcome
        return outcome
