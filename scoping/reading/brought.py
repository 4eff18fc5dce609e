"""What somebody brings back in a file: each change as it can be taken or left, what cannot be taken, and what was noticed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from scoping.merge import Edit, Key, Plain
from scoping.section import Model

PlainEdit = tuple[str, str, str, Any, Any]
"""An `Edit` in a form that travels: list, record, question, before, after."""


class Sort(StrEnum):
    """What a change does."""

    ANSWER = "answer"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class Wish(Model):
    """One change, which is taken or left as a whole.

    Attributes:
        id: tells it apart from the others of its file.
        place: where in the file it stands: "Data sources!F7"; "" where a file has no places.
        title: what the record is called; "" for the questions of the step itself.
        what: the question; what is added, removed or moved.
        before: "" for what had no answer.
        told: of a new record, its answers: question and words.
        needs: ids of the changes without which this one makes no sense.
    """

    id: str
    part: str
    list: str = ""
    record: str = ""
    sort: Sort = Sort.ANSWER
    place: str = ""
    title: str = ""
    what: str
    before: str = ""
    after: str = ""
    told: tuple[tuple[str, str], ...] = ()
    edits: tuple[PlainEdit, ...]
    needs: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """The entry that it is about."""
        return (self.list, self.record)

    def as_edits(self) -> list[Edit]:
        """The change as it is merged."""
        return [Edit(*edit) for edit in self.edits]


class Refused(Model):
    """What stands in a file and cannot be taken.

    Attributes:
        place: where; "" where a file has no places.
        found: what stands there.
        why: in a sentence, with what to do.
    """

    part: str = ""
    place: str = ""
    found: str = ""
    why: str


class Brought(Model):
    """A file that was read.

    Attributes:
        project: the id of the project that it was written from; "" where it does not say.
        revision, saved_at: that it was written from; None where it does not say.
        wishes: in the order of the steps.
        charter: of a file that holds a whole one, in plain form; its changes are told once that revision is at hand.
        rows: of a file that is but a table: question to cell, with the heading of each column.
    """

    kind: str
    project: str = ""
    revision: int | None = None
    saved_at: datetime | None = None
    wishes: tuple[Wish, ...] = ()
    refused: tuple[Refused, ...] = ()
    remarks: tuple[str, ...] = ()
    charter: Plain | None = None
    headings: dict[str, str] = {}
    rows: tuple[dict[str, str], ...] = ()


def plain(edits: Sequence[Edit]) -> tuple[PlainEdit, ...]:
    """Edits in a form that travels."""
    return tuple((e.list, e.record, e.field, e.before, e.after) for e in edits)
