"""How the database is opened: settings that keep what was acknowledged, on SQLite and on PostgreSQL."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError, ProgrammingError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from scoping.errors import DatabaseError

APPLICATION_ID = 0x4D4C5343
"""Written into every SQLite file of ours, so that an empty or foreign file is never taken for one."""
_HEADER = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_WAL_IS_SOUND = (3, 51, 3)
"""First SQLite version without the WAL-reset corruption bug (present since 3.7.0)."""


def journal_mode() -> str:
    """WAL where this SQLite handles it soundly, TRUNCATE otherwise."""
    return "WAL" if sqlite3.sqlite_version_info >= _WAL_IS_SOUND else "TRUNCATE"


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite address; None for another database."""
    parsed = make_url(url)
    return Path(str(parsed.database)) if parsed.get_backend_name() == "sqlite" else None


def refuse_foreign(path: Path) -> None:
    """Raise DatabaseError unless the existing file is a database of ours: an empty one may be all that is left of it."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER_BYTES)
    except OSError as error:
        raise DatabaseError(f"The database {path} cannot be read ({error.strerror}).", "Check its permissions.") from None
    if not head:
        raise DatabaseError(
            f"The database {path} is empty.",
            "Bring back a copy from your backups, or delete the file to begin with a new database.",
        )
    if not head.startswith(_HEADER) or int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise DatabaseError(
            f"The file {path} is no database of the workbench; it was left untouched.",
            "Name another file in WORKBENCH_DATABASE_URL.",
        )


def open_engine(url: str, *, foreign_keys: bool = True) -> Engine:
    """An engine whose transactions begin with BEGIN IMMEDIATE where the connection has the option `write`.

    Args:
        foreign_keys: off for upgrades, because rebuilding a table would delete the rows that refer to it.
    """
    if sqlite_file(url) is not None:
        return _sqlite(url, foreign_keys)
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=10,
        pool_timeout=5,
        pool_recycle=1800,
        hide_parameters=True,
        connect_args={
            "connect_timeout": 3,
            "options": "-c statement_timeout=10000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=15000 -c timezone=UTC",
        },
    )


def _sqlite(url: str, foreign_keys: bool) -> Engine:
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 15})

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _: Any) -> None:
        # The driver must not begin transactions by itself: its own begin is a deferred one, which loses updates.
        connection.isolation_level = None
        for pragma in (
            f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
            "synchronous = FULL",
            "recursive_triggers = ON",
            "trusted_schema = OFF",
            "cell_size_check = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        # A database on a read-only disk can still be read in the mode it has.
        with contextlib.suppress(sqlite3.OperationalError):
            connection.execute(f"PRAGMA journal_mode = {journal_mode()}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextlib.contextmanager
def worded() -> Iterator[None]:
    """Turn a database that cannot be used at the moment into a sentence. Nothing saved before is touched.

    What says that a statement of ours is wrong stays as it is.
    """
    try:
        yield
    except (IntegrityError, ProgrammingError):
        raise
    except (DBAPIError, PoolTimeoutError) as error:
        raise DatabaseError(*_words(error)) from error


def lost_connection(error: BaseException | None) -> bool:
    """Whether a PostgreSQL server went away in the middle or is just coming back, so that trying again makes sense."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.orig, "sqlstate", "")
    return error.connection_invalidated or state is None or state.startswith("57P")


_TROUBLES = (
    ("full", "The disk is full, so this could not be saved. All that was saved before is safe.", "Free some space and try again."),
    ("readonly", "The database may only be read here, so this could not be saved.", "Make the file and its folder writable."),
    ("read-only", "The database may only be read here, so this could not be saved.", "Make the file and its folder writable."),
    ("locked", "The database is busy, so this could not be saved yet.", "Try again in a moment."),
    ("malformed", "The database file is damaged.", "Stop the workbench and bring back a backup."),
    ("not a database", "The database file is damaged.", "Stop the workbench and bring back a backup."),
    ("unable to open", "The database file cannot be opened.", "Check that its folder exists and may be written."),
)


def _words(error: SQLAlchemyError) -> tuple[str, str]:
    told = str(getattr(error, "orig", error)).casefold()
    for sign, message, hint in _TROUBLES:
        if sign in told:
            return message, hint
    again = "Try again; if it stays so, tell the person who runs the workbench."
    if isinstance(error, OperationalError | InterfaceError | PoolTimeoutError):
        return "The database does not answer at the moment.", again
    return "The database refused this, so nothing was changed.", again
