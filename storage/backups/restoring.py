"""A backup brought back into a database that is new, of whichever kind."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from scoping.errors import DatabaseError
from storage import upgrade
from storage.backups.checking import Found, check
from storage.backups.copying import Progress, copy, quiet
from storage.backups.writing import opened
from storage.engine import open_engine, worded
from storage.store import CharterStore
from storage.tables import CharterRow, table_of

_charter = table_of(CharterRow)


def restore(path: Path, url: str, told: Progress = quiet) -> Found:
    """Fill a new database from a backup, whole or not at all, and look through it.

    Raises:
        DatabaseError: the file is no backup, or the database holds projects already.
    """
    with opened(path) as (_, database):
        source_url = f"sqlite:///{database.as_posix()}"
        upgrade.prepare(source_url)  # one of an earlier version
        upgrade.prepare(url)
        source, target = open_engine(source_url), open_engine(url)
        try:
            with worded(), source.connect() as read, target.connect().execution_options(write=True) as written, written.begin():
                if target.dialect.name == "postgresql":
                    written.exec_driver_sql("SET LOCAL statement_timeout = 0")
                if written.execute(select(func.count()).select_from(_charter)).scalar_one():
                    said = "The database holds projects already; it was left untouched."
                    raise DatabaseError(
                        said, "Name a new one in WORKBENCH_DATABASE_URL: a backup is brought back into an empty one."
                    )
                copy(read, written, told)
        finally:
            source.dispose()
            target.dispose()
    CharterStore.at(url).close()  # works out what lists of projects show
    return check(url, told)
