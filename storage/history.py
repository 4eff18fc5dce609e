"""The history of a project: its head, its revisions, who changed what, and a charter taken back to an earlier one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, insert, or_, select, type_coerce

from scoping import merge
from scoping.charter import PART_BY_SLUG, Charter
from scoping.errors import UnknownProjectError, WorkbenchError
from scoping.merge import Edit, Order
from storage.tables import CharterRow, RevisionRow, table_of

_LAST_AUTHOR_DEPTH = 200
_LARGEST = 2**63 - 1
"""Numbers come from addresses too, and databases know no larger ones."""
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
    """One save in the history of a project.

    Attributes:
        workshop: id of the one in which it was made; "" outside of any.
    """

    number: int
    part: str
    at: datetime
    by: str
    note: str
    workshop: str = ""
    edits: tuple[Edit, ...]


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What somebody looks for in a history.

    Attributes:
        by: only what this person did; "" is anybody without a name.
        holding: only what has one of these texts in its edits or its note.
        record: only what names this id somewhere.
    """

    by: str | None = None
    holding: Sequence[str] = ()
    record: str = ""


EVERYTHING = Sought()


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
    connection: Connection,
    project: str,
    *,
    part: str = "",
    workshop: str = "",
    sought: Sought = EVERYTHING,
    limit: int | None = None,
    after: int = 0,
    upto: int | None = None,
) -> list[Revision]:
    """Revisions, newest first: of one part or of all, with numbers above `after` and at most `upto`.

    Args:
        workshop: only those that were made in it.
        sought: only those that somebody looks for.
    """
    query = select(*(_revision.c[f.name] for f in fields(Revision)))
    query = query.where(_revision.c.project_id == project, _revision.c.number > min(after, _LARGEST))
    if part:
        query = query.where(_revision.c.part == part)
    if workshop:
        query = query.where(_revision.c.workshop == workshop)
    if sought.by is not None:
        query = query.where(_revision.c.by == sought.by)
    if sought.holding:
        places = (type_coerce(_revision.c.edits, Text), _revision.c.note)
        query = query.where(
            or_(*(place.icontains(_as_kept(words), autoescape=True) for words in sought.holding for place in places))
        )
    if sought.record:
        query = query.where(type_coerce(_revision.c.edits, Text).contains(f'"{sought.record}"', autoescape=True))
    if upto is not None:
        query = query.where(_revision.c.number <= min(upto, _LARGEST))
    rows = connection.execute(query.order_by(_revision.c.number.desc()).limit(limit)).mappings()
    return [Revision(**{**row, "edits": tuple(Edit(*edit) for edit in row["edits"])}) for row in rows]


def _as_kept(words: str) -> str:
    """Words as they stand inside of JSON; those in quotation marks are JSON already."""
    return words if words.startswith('"') else json.dumps(words, ensure_ascii=False)[1:-1]


def people(connection: Connection, project: str) -> list[str]:
    """Whoever saved something in a project, by name."""
    return sorted(connection.execute(select(_revision.c.by).where(_revision.c.project_id == project).distinct()).scalars())


def changed_parts(connection: Connection, project: str, after: int) -> set[str]:
    """The parts that were saved since a revision."""
    query = select(_revision.c.part).where(_revision.c.project_id == project, _revision.c.number > after).distinct()
    return set(connection.execute(query).scalars())


def add_revision(connection: Connection, project: str, revision: Revision) -> None:
    """Write down a save."""
    plain = [[e.list, e.record, e.field, e.before, e.after] for e in revision.edits]
    values = {**{f.name: getattr(revision, f.name) for f in fields(Revision)}, "project_id": project, "edits": plain}
    connection.execute(insert(_revision), values)


def authors(connection: Connection, project: str, part: str, edits: Sequence[Edit]) -> list[str | None]:
    """Who made things what they are at present: the authors of their last changes; None where that is too long ago."""
    found: dict[int, str] = {}
    for revision in revisions(connection, project, part=part, limit=_LAST_AUTHOR_DEPTH) if edits else ():
        changed = {key for e in revision.edits for key in ((e.key, e.field), (e.key, None))}
        for at, edit in enumerate(edits):
            if (edit.key, edit.field or None) in changed or (edit.key, "") in changed:
                found.setdefault(at, revision.by)
        if len(found) == len(edits):
            break
    return [found.get(at) for at in range(len(edits))]


def rewound(charter: Charter, later: Sequence[Revision], orders: Mapping[str, Order]) -> Charter:
    """A charter with revisions taken back, newest first.

    Args:
        orders: by part, the present order of the lists in which records came, went or were moved.
    """
    ordered = {part: {name: list(ids) for name, ids in lists.items()} for part, lists in orders.items()}
    for revision in later:
        if not revision.edits:
            continue
        section = PART_BY_SLUG[revision.part]
        value = charter.part(revision.part)
        back = merge.inverse(revision.edits)
        order = {name: ordered[section.slug][name] for name in merge.orders_needed(back)}
        merged = merge.apply(back, merge.entries_at(section, value, [e.key for e in back]), order)
        ordered[section.slug] |= merged.order
        charter = charter.with_part(revision.part, merge.with_entries(section, value, merged.entries, merged.order))
    return charter


def lists_to_order(later: Sequence[Revision]) -> dict[str, set[str]]:
    """By part, the lists whose order it takes to rewind revisions."""
    lists: dict[str, set[str]] = {}
    for revision in later:
        lists.setdefault(revision.part, set()).update(merge.orders_needed(merge.inverse(revision.edits)))
    return lists
