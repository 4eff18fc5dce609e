"""All tables carried from one database to another, whichever kind they are, as of one moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, select

from storage.portfolio.health import HEALTH, PLACES, STATES
from storage.portfolio.said import SAID
from storage.tables import Table as Tables

Progress = Callable[[str, int, int], None]
"""Told of what, how much is done of how much."""
_ROWS = 500
_FOLLOWS = {HEALTH.name, STATES.name, PLACES.name, SAID.name}
"""What is worked out anew from the charters when a database is opened."""


def quiet(_: str, __: int, ___: int) -> None:
    """Nobody listens."""


def carried() -> list[Table]:
    """The tables that a backup carries, those that others refer to first."""
    return [table for table in Tables.metadata.sorted_tables if table.name not in _FOLLOWS]


def copy(source: Connection, target: Connection, told: Progress = quiet) -> dict[str, int]:
    """Copy every row. Returns how many each table has."""
    tables = carried()
    numbers = {table.name: int(source.execute(select(func.count()).select_from(table)).scalar_one()) for table in tables}
    done, of = 0, sum(numbers.values())
    for table in tables:
        rows = source.execution_options(yield_per=_ROWS).execute(select(table))
        for some in rows.mappings().partitions(_ROWS):
            target.execute(insert(table), [dict(row) for row in some])
            done += len(some)
            told(table.name, done, of)
    return numbers


def as_of_one_moment(engine: Engine) -> Connection:
    """A connection that sees the database as it is now, whatever is saved meanwhile; whoever asked closes it."""
    options: dict[str, Any] = {}
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return engine.connect().execution_options(**options)
