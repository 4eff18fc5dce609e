"""How projects and milestones stand by day, kept beside the charters: the database finds them by today and knows no rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, case, delete, exists, func, insert, select, tuple_, update

from scoping.health import Health, Span, Standing, Word, milestones_over_time
from scoping.sections.milestones import Milestones
from storage.portfolio import said
from storage.tables import CharterRow, HealthRow, MilestoneStateRow, PlaceRow, table_of

HEALTH, STATES, PLACES = table_of(HealthRow), table_of(MilestoneStateRow), table_of(PlaceRow)
_charter = table_of(CharterRow)


def first_day(now: datetime) -> date:
    """The first day that is told apart in a save: days are compared in UTC, but the clock of another server may be slow."""
    return now.date() - timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Head:
    """What decides, beside health, where a project stands among all."""

    saved_at: datetime
    is_archived: bool


def keep(connection: Connection, project: str, head: Head, plan: Milestones, spans: Iterable[Span[Standing]], begin: date) -> None:
    """Write down how a project and its milestones will stand; rows that are right already stay as they are.

    Args:
        spans: the health of the project of all days.
        begin: the first day that anybody may still ask for; earlier ones are not told apart.
    """
    spans = tuple(spans)
    standings = [(s.first, s.last, s.value.word.value, s.value.reason, s.value.late_since) for s in spans]
    _rewrite(connection, HEALTH, project, standings)
    over_time = milestones_over_time(plan, begin)
    states = [(milestone, s.first, s.last, str(s.value)) for milestone, turns in over_time.items() for s in turns]
    _rewrite(connection, STATES, project, states)
    _rewrite(connection, PLACES, project, _places(project, head, spans))


def _places(project: str, head: Head, spans: Iterable[Span[Standing]]) -> Iterator[tuple[Any, ...]]:
    """Where a project stands, in a row for all neighbouring days of one health."""
    archived, said_by = int(head.is_archived), said.number_of(project)
    for (word, late_since), same in groupby(spans, key=lambda s: (s.value.word, s.value.late_since)):
        first, *rest = same
        yield first.first, (rest or [first])[-1].last, word.value, archived, _rank(head.saved_at, late_since), said_by


def _rank(saved_at: datetime, late_since: date | None = None) -> float:
    """Late ones: whoever is late for longest. All others, and those that are late for as long: whoever was changed last."""
    changed = -saved_at.timestamp()
    return changed if late_since is None else late_since.toordinal() + changed / _LONG


_LONG = 1e12
"""Seconds in more years than there are dates."""


def move(connection: Connection, project: str, head: Head) -> None:
    """Note that a project was saved or put away, and stands as it did."""
    changed, late_since = _rank(head.saved_at), func.round(PLACES.c.rank, type_=PLACES.c.rank.type)
    moved = case((PLACES.c.word == Word.LATE.value, late_since + changed / _LONG), else_=changed)
    connection.execute(update(PLACES).where(PLACES.c.project_id == project).values(archived=int(head.is_archived), rank=moved))


def _rewrite(connection: Connection, table: Table, project: str, wanted: Iterable[tuple[Any, ...]]) -> None:
    columns = [c for c in table.c if c.name != "project_id"]
    of_project = table.c.project_id == project
    kept = {tuple(row) for row in connection.execute(select(*columns).where(of_project))}
    rows = set(wanted)
    key = [c for c in table.primary_key.columns if c.name != "project_id"]
    places = [columns.index(c) for c in key]
    if gone := kept - rows:
        # A thousand at a time: databases take a limited number of values in one statement.
        keys = [tuple(row[p] for p in places) for row in gone]
        for first in range(0, len(keys), 1_000):
            connection.execute(delete(table).where(of_project, tuple_(*key).in_(keys[first : first + 1_000])))
    if fresh := rows - kept:
        names = [c.name for c in columns]
        connection.execute(insert(table), [{"project_id": project, **dict(zip(names, row, strict=True))} for row in fresh])


def forget(connection: Connection) -> None:
    """Have all projects judged anew before they are listed: a new version may judge by other rules."""
    connection.execute(delete(HEALTH))


def without(connection: Connection, most: int) -> list[str]:
    """Projects of which nothing is written down yet, in an order that servers agree on, as each locks those that it writes."""
    query = select(_charter.c.id).where(~exists().where(HEALTH.c.project_id == _charter.c.id))
    return list(connection.execute(query.order_by(_charter.c.id).limit(most)).scalars())


def is_of(today: date) -> ColumnElement[bool]:
    """Whether a row of `HEALTH` tells how a project is today."""
    return and_(HEALTH.c.project_id == _charter.c.id, is_on(HEALTH, today))


def is_on(table: Table, today: date) -> ColumnElement[bool]:
    """Whether a row of such a table is about today."""
    return and_(table.c.from_day <= today, table.c.to_day >= today)


def read(row: Any, today: date) -> Health | None:
    """The health in a row of a query that joins `HEALTH`; None where nothing is written down yet."""
    return None if row.word is None else Standing(Word(row.word), row.reason, row.late_since).on(today)
