"""Between rows and values: how a charter is read from its tables and how changed entries are written back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from scoping.charter import PARTS, Charter
from scoping.merge import OWN, Flat, Key, flatten
from scoping.section import Fields, Section, questions
from storage.tables import TABLES

Columns = dict[str, Any]
_IDS_AT_ONCE = 5_000


Author = tuple[int, datetime, str]
"""Number, moment and author of a part's last change."""


def read_part(connection: Connection, project: str, section: Section) -> tuple[Fields, Author]:
    """A part of a project, and its last change."""
    table = TABLES[(section.slug, "")]
    row = connection.execute(select(table).where(table.c.project_id == project)).mappings().one()
    plain = _answers(section, "", row)
    for name in section.lists:
        table = TABLES[(section.slug, name)]
        here = (table.c.project_id == project) & (table.c.removed == 0)
        entries = connection.execute(select(table).where(here).order_by(table.c.row_order)).mappings()
        plain[name] = [{"id": r["id"], **_answers(section, name, r)} for r in entries]
    return section.model.model_validate(plain), (row["saved_number"], row["saved_at"], row["saved_by"])


def read_charter(connection: Connection, project: str) -> Charter:
    """The charter of a project."""
    return Charter.model_validate({s.slug: read_part(connection, project, s)[0] for s in PARTS})


def _answers(section: Section, list_name: str, row: Mapping[Any, Any]) -> Columns:
    return {"unknown": row["unknown"], **{q.name: row[q.name] for q in questions(section.model_of(list_name))}}


def insert_charter(connection: Connection, project: str, charter: Charter, stamp: tuple[int, datetime, str]) -> None:
    """Write a whole new charter: one statement per table."""
    for section in PARTS:
        flat = flatten(section, charter.part(section.slug))
        connection.execute(insert(TABLES[(section.slug, "")]), {"project_id": project, **flat[OWN], **_stamp_columns(stamp)})
        for name in section.lists:
            entries = [e for (list_name, _), e in flat.items() if list_name == name]
            if entries:
                rows = [{"project_id": project, "row_order": i, "removed": 0, **e} for i, e in enumerate(entries, 1)]
                connection.execute(insert(TABLES[(section.slug, name)]), rows)


def _stamp_columns(stamp: tuple[int, datetime, str]) -> Columns:
    return dict(zip(("saved_number", "saved_at", "saved_by"), stamp, strict=True))


def write_entries(
    connection: Connection,
    project: str,
    section: Section,
    before: Flat,
    entries: Mapping[Key, Columns | None],
    stamp: tuple[int, datetime, str],
) -> bool:
    """Write the entries that changed; None removes one. A removed record keeps its place for the day it comes back.

    Returns:
        Whether a record came back, so that the order of its list is not the order of the entries.
    """
    came_back = False
    own = entries.get(OWN) or {}
    table = TABLES[(section.slug, "")]
    connection.execute(update(table).where(table.c.project_id == project).values(**own, **_stamp_columns(stamp)))
    fresh: dict[str, list[Columns]] = {}
    known = before.keys() | _known(connection, project, section, entries.keys() - before.keys())
    for key, entry in entries.items():
        if key == OWN:
            continue
        if key in known:
            values = {"removed": 1} if entry is None else {**entry, "removed": 0}
            table = TABLES[(section.slug, key[0])]
            connection.execute(update(table).where(table.c.project_id == project, table.c.id == key[1]).values(**values))
            came_back |= key not in before
        elif entry is not None:
            fresh.setdefault(key[0], []).append(entry)
    for name, rows in fresh.items():
        _append(connection, project, section, name, rows)
    return came_back


def _known(connection: Connection, project: str, section: Section, keys: Iterable[Key]) -> set[Key]:
    """Which of some records have a row, be it of a removed one. Asked once, since a paste brings hundreds that have none."""
    by_list: dict[str, list[str]] = {}
    for list_name, record in keys:
        if list_name:
            by_list.setdefault(list_name, []).append(record)
    present: set[Key] = set()
    for name, records in by_list.items():
        table = TABLES[(section.slug, name)]
        for begin in range(0, len(records), _IDS_AT_ONCE):
            some = records[begin : begin + _IDS_AT_ONCE]
            query = select(table.c.id).where(table.c.project_id == project, table.c.id.in_(some))
            present |= {(name, record) for record in connection.execute(query).scalars()}
    return present


def _append(connection: Connection, project: str, section: Section, name: str, entries: Iterable[Columns]) -> None:
    table = TABLES[(section.slug, name)]
    last = connection.execute(
        select(func.coalesce(func.max(table.c.row_order), 0)).where(table.c.project_id == project)
    ).scalar_one()
    rows = [{"project_id": project, "row_order": last + i, "removed": 0, **e} for i, e in enumerate(entries, 1)]
    connection.execute(insert(table), rows)
