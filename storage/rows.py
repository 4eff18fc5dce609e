"""Between rows and values: how a charter is read from its tables and how changed entries are written back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, Update, bindparam, insert, select, update

from scoping.charter import PARTS, Charter
from scoping.merge import OWN, Flat, Key, Order, flatten, longest_rise
from scoping.section import Fields, Section, questions
from storage.tables import TABLES

Columns = dict[str, Any]
_IDS_AT_ONCE = 5_000
PROJECT, _RECORD = "of_project", "of_record"
"""What rows are found by, in statements that are given the columns to set under their own names."""
_STEP = 1_024
"""Left between the places of two records, so that a move writes one row and not all behind it."""


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
                rows = [{"project_id": project, "row_order": _STEP * i, "removed": 0, **e} for i, e in enumerate(entries, 1)]
                connection.execute(insert(TABLES[(section.slug, name)]), rows)


def _stamp_columns(stamp: tuple[int, datetime, str]) -> Columns:
    return dict(zip(("saved_number", "saved_at", "saved_by"), stamp, strict=True))


Places = Mapping[str, Mapping[str, int]]
"""Where the records of some lists stand, by list and id in order; removed ones keep their place for the day they come back."""


def places(connection: Connection, project: str, section: Section, lists: Iterable[str]) -> Places:
    """The places of all records of some lists, those of removed ones among them."""
    found = {}
    for name in lists:
        table = TABLES[(section.slug, name)]
        query = select(table.c.id, table.c.row_order).where(table.c.project_id == project)
        found[name] = {row.id: row.row_order for row in connection.execute(query.order_by(table.c.row_order, table.c.id))}
    return found


def removed_entries(connection: Connection, project: str, section: Section, list_name: str, records: Iterable[str]) -> Flat:
    """What stands in records that were removed."""
    table, model = TABLES[(section.slug, list_name)], section.model_of(list_name)
    here = (table.c.project_id == project) & (table.c.removed == 1)
    found: Flat = {}
    for some in _some(list(records)):
        for row in connection.execute(select(table).where(here, table.c.id.in_(some))).mappings():
            record = model.model_validate({"id": row["id"], **_answers(section, list_name, row)})
            found[(list_name, row["id"])] = record.model_dump(mode="json")
    return found


def _some(records: Sequence[str]) -> Iterator[Sequence[str]]:
    """Pieces as large as a statement takes values."""
    return (records[begin : begin + _IDS_AT_ONCE] for begin in range(0, len(records), _IDS_AT_ONCE))


def write_entries(
    connection: Connection,
    project: str,
    section: Section,
    entries: Mapping[Key, Columns | None],
    before: Places,
    order: Order,
    stamp: tuple[int, datetime, str],
) -> None:
    """Write the entries that changed; None removes one.

    Args:
        before: of the lists in which a record comes in or is moved, what `places` says.
        order: of the same lists, as it is to be.
    """
    own = entries.get(OWN) or {}
    table = TABLES[(section.slug, "")]
    connection.execute(_own_row(table), {PROJECT: project, **own, **_stamp_columns(stamp)})
    new_places = {name: _new_places(ids, before[name]) for name, ids in order.items()}
    fresh: dict[str, list[Columns]] = {}
    for (name, record), entry in entries.items():
        if not name:
            continue
        if entry is not None and name in before and record not in before[name]:
            place = new_places[name].pop(record)
            fresh.setdefault(name, []).append({"project_id": project, "row_order": place, "removed": 0, **entry})
        else:
            values = {"removed": 1} if entry is None else {**entry, "removed": 0}
            connection.execute(_row(TABLES[(section.slug, name)]), {PROJECT: project, _RECORD: record, **values})
    for name, rows in fresh.items():
        connection.execute(insert(TABLES[(section.slug, name)]), rows)
    for name, moved in new_places.items():
        if moved:
            rows = [{PROJECT: project, _RECORD: record, "row_order": place} for record, place in moved.items()]
            connection.execute(_row(TABLES[(section.slug, name)]), rows)


# What is set comes with each call: a statement made anew for each would cost more than what it does.


@cache
def _own_row(table: Table) -> Update:
    return update(table).where(table.c.project_id == bindparam(PROJECT))


@cache
def _row(table: Table) -> Update:
    return _own_row(table).where(table.c.id == bindparam(_RECORD))


def _new_places(order: Sequence[str], before: Mapping[str, int]) -> dict[str, int]:
    """Places of the records that are new or stand elsewhere now; of all where there is no room between two others."""
    stay = longest_rise([(before[record], record) for record in order if record in before])
    found: dict[str, int] = {}
    waiting: list[str] = []
    low: int | None = None
    for record in order:
        if record not in stay:
            waiting.append(record)
            continue
        high = before[record]
        if waiting and low is not None and high - low <= len(waiting):
            return {record: _STEP * place for place, record in enumerate(order, 1)}
        first = high - _STEP * (len(waiting) + 1) if low is None else low
        step = (high - first) // (len(waiting) + 1)
        found |= {one: first + step * place for place, one in enumerate(waiting, 1)}
        waiting, low = [], high
    return found | {one: (low or 0) + _STEP * place for place, one in enumerate(waiting, 1)}
