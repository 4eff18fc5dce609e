"""A backup: a database of ours in a file with a note of what it holds, by hashes and numbers of rows."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from pydantic import AwareDatetime, BaseModel, ValidationError
from sqlalchemy import func, select

from scoping.errors import DatabaseError
from storage import upgrade
from storage.backups.copying import Progress, as_of_one_moment, carried, copy, quiet
from storage.engine import open_engine, refuse_foreign, sqlite_file, worded

FORMAT, VERSION = "ml-scoping-backup", 1
DATABASE, NOTE = "workbench.db", "backup.json"
_BLOCK = 1 << 20
_TIMEOUT = {"statement_timeout": "0", "idle_in_transaction_session_timeout": "0"}


class Note(BaseModel):
    """What a backup says about itself.

    Attributes:
        taken_of: the kind of database.
        sha256: of the database in it.
        rows: of each table.
    """

    format: str = FORMAT
    version: int = VERSION
    made_at: AwareDatetime
    taken_of: str
    schema_version: str
    sha256: str
    rows: dict[str, int]


def back_up(url: str, path: Path, told: Progress = quiet) -> Note:
    """Write a backup of a database while people work in it; complete, or not there at all.

    Raises:
        DatabaseError: the database cannot be read, or the file not written.
    """
    if path.exists():
        raise DatabaseError(f"There is a file {path} already; it was left untouched.", "Give the backup another name.")
    source = sqlite_file(url)
    if source is not None and not source.exists():
        raise DatabaseError(f"There is no database {source}.", "Name one in WORKBENCH_DATABASE_URL.")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
            copied, part = Path(folder) / DATABASE, Path(folder) / "part"
            rows = _of_file(source, copied) if source is not None else _of_server(url, copied, told)
            note = Note(
                made_at=datetime.now(UTC),
                taken_of="sqlite" if source is not None else "postgresql",
                schema_version=upgrade.HEAD,
                sha256=hash_of(copied),
                rows=rows,
            )
            told("packing", 0, 1)
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as pack:
                pack.write(copied, DATABASE)
                pack.writestr(NOTE, note.model_dump_json(indent=2) + "\n")
            told("packing", 1, 1)
            part.replace(path)
    except OSError as error:
        raise DatabaseError(f"The backup {path} cannot be written ({error.strerror}).", "Name a place that can be.") from None
    return note


def _of_file(source: Path, target: Path) -> dict[str, int]:
    """SQLite copies itself, as of one moment, while others write."""
    refuse_foreign(source)
    try:
        with contextlib.closing(sqlite3.connect(source, timeout=30)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        raise DatabaseError(f"The database cannot be copied ({error}).", "Look whether it is whole: python app.py check.") from None
    return rows_of(target)


def rows_of(path: Path) -> dict[str, int]:
    """How many rows each table of an SQLite database has."""
    engine = open_engine(f"sqlite:///{path.as_posix()}")
    try:
        with worded(), engine.connect() as connection:
            _refuse_another_schema(upgrade.schema_of(connection))
            return {t.name: int(connection.execute(select(func.count()).select_from(t)).scalar_one()) for t in carried()}
    finally:
        engine.dispose()


def _of_server(url: str, target: Path, told: Progress) -> dict[str, int]:
    """A database server is read in one consistent look, into a new SQLite database."""
    into = f"sqlite:///{target.as_posix()}"
    upgrade.prepare(into)
    source, made = open_engine(url), open_engine(into)
    try:
        with worded(), as_of_one_moment(source) as connection, connection.begin():
            for name, value in _TIMEOUT.items():
                connection.exec_driver_sql(f"SET LOCAL {name} = {value}")
            _refuse_another_schema(upgrade.schema_of(connection))
            with made.connect().execution_options(write=True) as written, written.begin():
                return copy(connection, written, told)
    finally:
        source.dispose()
        made.dispose()


def _refuse_another_schema(known: str) -> None:
    if known != upgrade.HEAD:
        raise DatabaseError(
            "The database is of another version of the workbench.", "Start this one on it once, which upgrades it, or use its own."
        )


def hash_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def opened(path: Path) -> Iterator[tuple[Note, Path]]:
    """What a backup says, and its database in a file that lasts as long as this does.

    Raises:
        DatabaseError: it is none, or is not what it says.
    """
    try:
        with zipfile.ZipFile(path) as pack, tempfile.TemporaryDirectory(prefix="backup-") as folder:
            note = _note(pack.read(NOTE))
            copied = Path(folder) / DATABASE
            with pack.open(DATABASE) as packed, copied.open("wb") as file:
                found = _copied(packed, file)
            if found != note.sha256:
                raise DatabaseError(
                    "The backup is damaged: the database in it is not the one that it tells of.", "Use another one."
                )
            yield note, copied
    except (FileNotFoundError, IsADirectoryError):
        raise DatabaseError(f"There is no file {path}.", "Name a backup.") from None
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, zipfile.LargeZipFile) as error:
        raise DatabaseError(f"The file {path} is no backup of the workbench, or damaged ({error}).", "Use another one.") from None


def _note(text: bytes) -> Note:
    try:
        plain = json.loads(text)
        note = Note.model_validate(plain)
    except (ValueError, ValidationError):
        raise DatabaseError("The backup does not say what it holds.", "Use another one.") from None
    if note.format != FORMAT or note.version > VERSION:
        raise DatabaseError("The backup was made by a newer version of the workbench.", "Update the workbench.")
    return note


def _copied(packed: IO[bytes], file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := packed.read(_BLOCK):
        digest.update(block)
        file.write(block)
    return digest.hexdigest()
