"""A backup brought back into a database that is new, of whichever kind."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, literal, select

from scoping.errors import DatabaseError
from storage import upgrade
from storage.backups.checking import Found, check
from storage.backups.copying import Progress, carried, copy, quiet
from storage.backups.writing import opened
from storage.engine import open_engine, refuse_foreign, sqlite_file, worded
from storage.store import CharterStore
from storage.tables import CharterRow, table_of

_charter = table_of(CharterRow)


def restore(path: Path, url: str, told: Progress = quiet) -> Found:
    """Fill a new database from a backup, whole or not at all, and look through it.

    Raises:
        DatabaseError: the file is no backup, or the database holds something already.
    """
    with opened(path) as (_, database):
        source_url = f"sqlite:///{database.as_posix()}"
        _refuse_used(url)  # before anything is upgraded
        upgrade.prepare(source_url)  # one of an earlier version
        upgrade.prepare(url)
        source, target = open_engine(source_url), open_engine(url)
        try:
            with worded(), source.connect() as read, target.connect().execution_options(write=True) as written, written.begin():
                if target.dialect.name == "postgresql":
                    written.exec_driver_sql("SET LOCAL statement_timeout = 0")
                _refuse_rows(written)
                copy(read, written, told)
        finally:
            source.dispose()
            target.dispose()
    CharterStore.at(url).close()  # works out what lists of projects show
    return check(url, told)


def _refuse_used(url: str) -> None:
    """Raise DatabaseError for a database that holds something, of whichever version."""
    path = sqlite_file(url)
    if path is not None:
        if not path.exists():
            return
        refuse_foreign(path)
    engine = open_engine(url)
    try:
        with worded(), engine.connect() as connection:
            _refuse_rows(connection)
    finally:
        engine.dispose()


def _refuse_rows(connection: Connection) -> None:
    there = set(inspect(connection).get_table_names())
    for table in sorted(carried(), key=lambda table: table is not _charter):
        if table.name in there and connection.execute(select(literal(1)).select_from(table).limit(1)).first():
            what = "projects" if table is _charter else "what people have set"
            raise DatabaseError(
                f"The database holds {what} already; it was left untouched.",
                "Name a new one in WORKBENCH_DATABASE_URL: a backup is brought back into an empty one.",
            )
