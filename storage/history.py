"""The history of a project: its head, its revisions, who changed what, and a charter taken back to an earlier one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from scoping import merge
from scoping.charter import PART_BY_SLUG, Charter
from scoping.errors import UnknownProjectError, WorkbenchError
from scoping.merge import Edit
from storage.tables import CharterRow, RevisionRow, table_of

_LAST_AUTHOR_DEPTH = 200
_charter, _revision = table_of(CharterRow), table_of(RevisionRow)


class ArchivedError(WorkbenchError):
    """A change to a project that was put away."""


@dataclass(frozen=True)
class Stamp:
    """Number, moment and author of a revision."""

    number: int
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One save in the history of a project."""

    number: int
    part: str
    at: datetime
    by: str
    note: str
    edits: tuple[Edit, ...]


def is_project_id(text: str) -> bool:
    """Whether a project could be called so. What else stands in an address (a cut link, a stray sign) names none."""
    return re.fullmatch("[a-z0-9]{1,40}", text) is not None


def head_number(connection: Connection, project: str) -> int:
    """The newest revision number of a project. In a transaction that writes, nobody else changes the project until its end.

    Raises UnknownProjectError.
    """
    return int(_head(connection, project).number)


def refuse_archived(connection: Connection, project: str) -> None:
    """Raise ArchivedError for a project that was put away, UnknownProjectError for one that is not there."""
    if _head(connection, project).archived:
        raise archived()


def archived() -> ArchivedError:
    """The refusal of a change to a project that was put away."""
    return ArchivedError("This project is archived, so nothing was changed.", "Restore it in Projects first.")


def _head(connection: Connection, project: str) -> Any:
    query = select(_charter.c.number, _charter.c.archived).where(_charter.c.id == project)
    if connection.get_execution_options().get("write", False):
        query = query.with_for_update()
    row = connection.execute(query).one_or_none() if is_project_id(project) else None
    if row is None:
        raise UnknownProjectError("This project does not exist any more.", "Choose another one in Projects.")
    return row


def heads(connection: Connection, projects: Sequence[str]) -> dict[str, int]:
    """The newest revision number of each project that exists."""
    query = select(_charter.c.id, _charter.c.number).where(_charter.c.id.in_(projects))
    return {row.id: row.number for row in connection.execute(query)}


def revisions(
    connection: Connection, project: str, *, part: str = "", limit: int | None = None, after: int = 0, upto: int | None = None
) -> list[Revision]:
    """Revisions, newest first: of one part or of all, with numbers above `after` and at most `upto`."""
    query = select(_revision).where(_revision.c.project_id == project, _revision.c.number > after)
    if part:
        query = query.where(_revision.c.part == part)
    if upto is not None:
        query = query.where(_revision.c.number <= upto)
    rows = connection.execute(query.order_by(_revision.c.number.desc()).limit(limit))
    return [
        Revision(number=r.number, part=r.part, at=r.at, by=r.by, note=r.note, edits=tuple(Edit(*edit) for edit in r.edits))
        for r in rows
    ]


def changed_parts(connection: Connection, project: str, after: int) -> set[str]:
    """The parts that were saved since a revision."""
    query = select(_revision.c.part).where(_revision.c.project_id == project, _revision.c.number > after).distinct()
    return set(connection.execute(query).scalars())


def add_revision(connection: Connection, project: str, stamp: Stamp, part: str, note: str, edits: Sequence[Edit]) -> None:
    """Write down a save."""
    plain = [[e.list, e.record, e.field, e.before, e.after] for e in edits]
    values = {
        "project_id": project,
        "number": stamp.number,
        "part": part,
        "at": stamp.at,
        "by": stamp.by,
        "note": note,
        "edits": plain,
    }
    connection.execute(insert(_revision), values)


def author(connection: Connection, project: str, part: str, edit: Edit) -> str | None:
    """Who made a thing what it is at present: the author of its last change; None when that is too long ago."""
    for revision in revisions(connection, project, part=part, limit=_LAST_AUTHOR_DEPTH):
        if any(e.key == edit.key and (not edit.field or e.field in ("", edit.field)) for e in revision.edits):
            return revision.by
    return None


def rewound(charter: Charter, later: Sequence[Revision]) -> Charter:
    """A charter with revisions taken back, newest first."""
    for revision in later:
        if not revision.edits:
            continue
        section = PART_BY_SLUG[revision.part]
        value = charter.part(revision.part)
        merged = merge.apply(merge.inverse(revision.edits), merge.entries_at(section, value, [e.key for e in revision.edits]))
        charter = charter.with_part(revision.part, merge.with_entries(section, value, merged.entries))
    return charter
