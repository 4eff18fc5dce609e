"""Bring a database to the present schema: in one locked transaction, after a backup, or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import socket
import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from scoping.errors import DatabaseError
from scoping.words import count
from storage.engine import APPLICATION_ID, open_engine, refuse_foreign, sqlite_file, worded
from storage.portfolio import health

_MIGRATIONS = Path(__file__).parent / "migrations"
_STEPS = sorted(p.name.split("_", 1)[0] for p in (_MIGRATIONS / "versions").glob("[0-9]*.py"))
HEAD = _STEPS[-1]
"""The schema that this version works with."""
_LOCK = APPLICATION_ID
"""Key of the advisory lock under which PostgreSQL databases are upgraded."""


_SECONDS_TO_FINISH = 3_600
"""Longer than any upgrade takes: what is older was left by a start that was killed."""


def prepare(url: str) -> None:
    """Create the database, or upgrade it after a backup beside it. Several servers may start at once.

    Raises:
        DatabaseError: it is empty, foreign, damaged, of a newer version, or cannot be reached or written.
    """
    path = sqlite_file(url)
    with worded():
        if path is not None:
            _clean(path)
        if path is not None and not path.exists():
            _create(path)
        if path is not None:
            refuse_foreign(path)
        engine = open_engine(url, foreign_keys=False)
        try:
            with engine.connect() as connection:
                known = schema_of(connection)
            if known == HEAD:
                return
            _refuse_newer(known)
            if path is not None:
                _back_up(path, known)
            _upgrade(engine)
        finally:
            engine.dispose()


def schema_of(connection: Connection) -> str:
    """The schema a database has; "" for none."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _refuse_newer(known: str) -> None:
    if known and known not in _STEPS:
        raise DatabaseError(
            "The database was made by a newer version of the workbench; it was left untouched.",
            "Update the workbench, or name another database in WORKBENCH_DATABASE_URL.",
        )


def _unfinished(path: Path, ending: str) -> Path:
    """A name for a file that is being made: whoever cleans up sees by it whether its maker still runs."""
    return path.with_name(f".{path.name}.{_machine()}.{os.getpid()}.{secrets.token_hex(4)}.{ending}")


def _machine() -> str:
    return re.sub(r"[^A-Za-z0-9-]", "-", socket.gethostname())


def _clean(path: Path) -> None:
    """Remove files that a start left unfinished because it was killed."""
    aside = rf"\.{re.escape(path.name)}\.((?P<machine>[A-Za-z0-9-]+)\.(?P<process>\d+)\.)?[0-9a-f]{{8}}\.(new|part)"
    # What earlier versions called a backup that they had not finished.
    backup = rf"{re.escape(path.stem)}\.before-upgrade-from-\w+\.\d{{8}}-\d{{6}}{re.escape(path.suffix)}\.[0-9a-f]{{8}}\.part"
    unfinished = re.compile(rf"({aside}|{backup})(-journal|-wal|-shm)?")
    oldest = time.time() - _SECONDS_TO_FINISH
    for file in path.parent.iterdir() if path.parent.is_dir() else ():
        match = unfinished.fullmatch(file.name)
        if match is None:
            continue
        was_killed = match["machine"] == _machine() and not _runs(int(match["process"]))
        # Another start, or the disk, may be in the way; the next one tries again.
        with contextlib.suppress(OSError):
            if was_killed or file.stat().st_mtime < oldest:
                file.unlink()


def _runs(process: int) -> bool:
    """Whether a process of this machine still runs, as far as that can be told here."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _create(path: Path) -> None:
    """Make a new database aside and put it in place whole, so that nobody ever meets half of one."""
    new = _unfinished(path, "new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        engine = open_engine(f"sqlite:///{new.as_posix()}", foreign_keys=False)
        try:
            _upgrade(engine)
        finally:
            engine.dispose()
        _put_in_place(new, path)
    except OSError as error:
        raise DatabaseError(
            f"The folder {path.parent} cannot be written ({error.strerror}).",
            "Make it writable, or name another file in WORKBENCH_DATABASE_URL.",
        ) from None
    finally:
        for leftover in path.parent.glob(f"{new.name}*") if path.parent.is_dir() else ():
            leftover.unlink(missing_ok=True)


def _put_in_place(new: Path, path: Path) -> None:
    """Give a complete file its name. Another server may have put one there in the meantime: theirs stays."""
    try:
        os.link(new, path)
    except FileExistsError:
        return
    except OSError:
        # This disk has no second names for a file. Only who takes the free name first may replace what stands there.
        with contextlib.suppress(FileExistsError):
            path.open("xb").close()
            new.replace(path)


def _back_up(path: Path, known: str) -> None:
    """A copy of the database as it was, complete or not there at all."""
    at = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    copy = path.with_name(f"{path.stem}.before-upgrade-from-{known}.{at}{path.suffix}")
    part = _unfinished(path, "part")
    try:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("VACUUM INTO ?", (str(part),))
        with contextlib.closing(sqlite3.connect(part)) as connection:
            is_whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if not is_whole:
            raise DatabaseError("The backup before the upgrade failed; nothing was changed.", "Check the disk.")
        part.replace(copy)
    except sqlite3.Error as error:
        raise DatabaseError(f"The backup before the upgrade failed ({error}); nothing was changed.", "Check the disk.") from None
    finally:
        part.unlink(missing_ok=True)


@contextlib.contextmanager
def _locked(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        yield connection


def _upgrade(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    with _locked(engine) as connection:
        known = schema_of(connection)
        if known == HEAD:
            return
        _refuse_newer(known)
        config = Config()
        config.set_main_option("script_location", re.sub("%", "%%", str(_MIGRATIONS)))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        health.forget(connection)  # a store that opens works it out anew, a few at a time
        if engine.dialect.name == "sqlite":
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise DatabaseError(
                    f"The upgrade was undone: it would have broken {count(len(broken), 'link')}.", "Please report this."
                )
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
