"""How the database is opened and asked: settings that keep what was acknowledged, one door for transactions, trouble in words."""

from __future__ import annotations

import contextlib
import logging
import math
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    DBAPIError,
    DisconnectionError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from scoping.errors import BusyDatabaseError, DatabaseError

APPLICATION_ID = 0x4D4C5343
"""Written into every SQLite file of ours, so that an empty or foreign file is never taken for one."""
_HEADER = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_WAL_IS_SOUND = (3, 51, 3)
"""First SQLite version without the WAL-reset corruption bug (present since 3.7.0)."""
_RETRY_AFTER = (0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between attempts while the database server restarts. Edits say what was seen, so doing them twice is harmless."""
_TURN_SECONDS = 5
"""After which nobody waits any more behind a writer of this process: it waits for one of another process itself."""
_NOTED_EVERY = 60
"""Seconds."""
_INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}

Result = TypeVar("Result")


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
    if (path := sqlite_file(url)) is not None:
        return _sqlite(url, path, foreign_keys)
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


def _sqlite(url: str, path: Path, foreign_keys: bool) -> Engine:
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

    if path.exists():
        _watch(engine, path)
    return engine


def _watch(engine: Engine, path: Path) -> None:
    """Notice that the file was deleted or replaced: what is written to the old one is lost, without an error."""

    @event.listens_for(engine, "do_connect")
    def refuse_to_begin_anew(*_: Any) -> None:
        if not path.exists():
            raise _deleted(path)

    @event.listens_for(engine, "checkout")
    def compare(_: Any, record: Any, __: Any) -> None:
        try:
            stat = path.stat()
        except FileNotFoundError:
            raise _deleted(path) from None
        file = stat.st_dev, stat.st_ino
        if record.info.setdefault("file", file) != file:
            raise DisconnectionError


def _deleted(path: Path) -> DatabaseError:
    return DatabaseError(f"The database {path} {_DELETED[0]}", _DELETED[1])


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
        kind = BusyDatabaseError if _passes(error) else DatabaseError
        raise kind(*_words(error)) from error


def _passes(error: DBAPIError | PoolTimeoutError) -> bool:
    """Whether trouble goes away by itself: others hold a lock or all connections, or the server is not there just now."""
    if isinstance(error, PoolTimeoutError):
        return True
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    if _GONE.search(str(error.orig)):
        return False
    state = getattr(error.orig, "sqlstate", "") or ""
    return lost_connection(error) or state in _PASSING_STATES


def lost_connection(error: BaseException | None) -> bool:
    """Whether a PostgreSQL server went away in the middle or is just coming back, so that trying again makes sense."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.orig, "sqlstate", "")
    return error.connection_invalidated or state is None or state.startswith("57P")


_PASSING_STATES = ("40001", "40P01", "53300", "55P03", "57014")
"""Of PostgreSQL: transactions that met, all connections taken, a lock or a statement that took too long."""
_TROUBLES = (
    ("full", "The disk is full, so this could not be saved. All that was saved before is safe.", "Free some space and try again."),
    ("readonly", "The database may only be read here, so this could not be saved.", "Make the file and its folder writable."),
    ("read-only", "The database may only be read here, so this could not be saved.", "Make the file and its folder writable."),
    ("locked", "The database is busy, so this could not be saved yet.", "Try again in a moment."),
    ("malformed", "The database file is damaged.", "Stop the workbench and bring back a backup."),
    ("not a database", "The database file is damaged.", "Stop the workbench and bring back a backup."),
    ("unable to open", "The database file cannot be opened.", "Check that its folder exists and may be written."),
)


_GONE = re.compile('database ".*" does not exist|no such table')
_DELETED = (
    "was deleted while the workbench ran, so nothing can be saved.",
    "Stop the workbench, bring back a backup, and start again.",
)


def _words(error: SQLAlchemyError) -> tuple[str, str]:
    told = str(getattr(error, "orig", error)).casefold()
    if _GONE.search(told):
        return f"The database {_DELETED[0]}", _DELETED[1]
    for sign, message, hint in _TROUBLES:
        if sign in told:
            return message, hint
    again = "Try again; if it stays so, tell the person who runs the workbench."
    if isinstance(error, OperationalError | InterfaceError | PoolTimeoutError):
        return "The database does not answer at the moment.", again
    return "The database refused this, so nothing was changed.", again


class Transactions:
    """The one door to an open database: each call is one transaction. What goes wrong with it is told in words."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(write=True)
        snapshot = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
        self._snapshot = engine.execution_options(**snapshot)
        self._writes_in_turn = engine.dialect.name == "sqlite"
        self._turn = threading.Lock()
        self._noted: dict[str, float] = {}

    def read(self, work: Callable[[Connection], Result]) -> Result:
        """Ask something that one statement answers, or several that need not be of one moment."""
        return self._run(self._engine, work)

    def read_as_one(self, work: Callable[[Connection], Result]) -> Result:
        """Ask with many statements, which PostgreSQL too must answer as of one moment."""
        return self._run(self._snapshot, work)

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Change something; all of it, or nothing where an error ends the work."""
        with self._in_turn() if self._writes_in_turn else contextlib.nullcontext():
            return self._run(self._writing, work)

    def upsert(self, table: Table) -> Any:
        """An INSERT that may say what to do about a row that is there already: another server may be writing it now."""
        return _INSERT[self._engine.dialect.name](table)

    @contextlib.contextmanager
    def _in_turn(self) -> Iterator[None]:
        """SQLite has one writer at a time; whoever finds it busy sleeps for ever longer before looking again, so we queue before it."""
        has_turn = self._turn.acquire(timeout=_TURN_SECONDS)
        try:
            yield
        finally:
            if has_turn:
                self._turn.release()

    def _run(self, engine: Engine, work: Callable[[Connection], Result]) -> Result:
        """Run one transaction; try again while the server of the database restarts. Trouble leaves a line in the log."""
        pauses = iter(_RETRY_AFTER)
        while True:
            try:
                with worded(), engine.begin() as connection:
                    return work(connection)
            except DatabaseError as error:
                pause = next(pauses, None)
                if pause is None or not lost_connection(error.__cause__):
                    self._note(error)
                    raise
                time.sleep(pause)

    def _note(self, error: DatabaseError) -> None:
        """Write trouble of the database to the log, the same once a minute: pages ask again and again."""
        now = time.monotonic()
        if now - self._noted.get(error.message, -math.inf) >= _NOTED_EVERY:
            self._noted[error.message] = now
            logging.getLogger("workbench").error("Database: %s", error)
