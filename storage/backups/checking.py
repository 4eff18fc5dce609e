"""Whether a database, or a backup, is whole: not only its file, but every charter, its history and versions, and every file that is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, func, select

from scoping.errors import DatabaseError, WorkbenchError
from scoping.version import fingerprint
from scoping.words import count
from storage import upgrade
from storage.backups.copying import Progress, quiet
from storage.backups.writing import opened, rows_of
from storage.engine import open_engine, refuse_foreign, sqlite_file, worded
from storage.store import CharterStore
from storage.tables import CharterRow, KeptFileRow, RevisionRow, VersionRow, table_of

_charter, _revision = table_of(CharterRow), table_of(RevisionRow)
_kept, _version = table_of(KeptFileRow), table_of(VersionRow)


@dataclass
class Found:
    """What was looked at, and what is wrong with it.

    Attributes:
        problems: a sentence each; none where everything is whole.
    """

    projects: int = 0
    revisions: int = 0
    files: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """In a line."""
        looked = f"{count(self.projects, 'project')}, {count(self.revisions, 'revision')}, {count(self.files, 'kept file')}"
        return f"Whole: {looked}." if not self.problems else f"Not whole: {count(len(self.problems), 'problem')} in {looked}."


def check_backup(path: Path, told: Progress = quiet) -> Found:
    """Look through a backup. Raises DatabaseError where it cannot even be opened."""
    with opened(path) as (note, database):
        numbers = rows_of(database) if note.schema_version == upgrade.HEAD else note.rows
        upgrade.prepare(f"sqlite:///{database.as_posix()}")
        found = check(f"sqlite:///{database.as_posix()}", told)
        differing = [name for name in note.rows if numbers.get(name) != note.rows[name]]
        found.problems += [f"The table {name} does not have as many rows as the backup says." for name in differing]
        return found


def check(url: str, told: Progress = quiet) -> Found:
    """Look through a database; nothing in it is changed. Raises DatabaseError where it cannot be opened or is of another version."""
    path = sqlite_file(url)
    if path is not None:
        if not path.exists():
            raise DatabaseError(f"There is no database {path}.", "Name one in WORKBENCH_DATABASE_URL, or a backup.")
        refuse_foreign(path)
    engine = open_engine(url)
    found = Found()
    try:
        with worded():
            with engine.connect() as connection:
                if upgrade.schema_of(connection) != upgrade.HEAD:
                    raise DatabaseError(
                        "The database is of another version.", "Start this workbench on it once, which upgrades it."
                    )
                if path is not None:
                    found.problems += _of_the_file(connection)
            _look(engine, found, told)
    finally:
        engine.dispose()
    return found


def _of_the_file(connection: Connection) -> list[str]:
    said = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(10)")]
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    problems = [] if said == ["ok"] else [f"The file is damaged: {sentence}" for sentence in said]
    return problems + ([f"{count(len(broken), 'row')} refer to what is not there."] if broken else [])


def _look(engine: Engine, found: Found, told: Progress) -> None:
    store = CharterStore(engine)
    with engine.connect() as connection:
        heads = {row.id: row.number for row in connection.execute(select(_charter.c.id, _charter.c.number))}
        numbers = select(_revision.c.project_id, func.count().label("many"), func.max(_revision.c.number).label("last"))
        kept = {row.project_id: (row.many, row.last) for row in connection.execute(numbers.group_by(_revision.c.project_id))}
        found.problems += _of_versions(connection)
        files = connection.execute(select(_kept.c.project_id, _kept.c.sha256, _kept.c.name)).all()
    of = len(heads) + len(files)
    for done, (project, head) in enumerate(heads.items(), 1):
        many, last = kept.get(project, (0, 0))
        found.revisions += many
        if (many, last) != (head, head):
            found.problems.append(
                f"Project {project}: the history has {count(many, 'revision')} up to {last}, and should have {head}."
            )
        found.problems += _of_charter(store, project)
        told("projects", done, of)
    for done, (project, sha256, name) in enumerate(files, 1):
        found.problems += _of_kept(store, project, sha256, name)
        told("files", len(heads) + done, of)
    found.projects, found.files = len(heads), len(files)


def _of_versions(connection: Connection) -> list[str]:
    told = connection.execution_options(yield_per=10).execute(
        select(_version.c.project_id, _version.c.number, _version.c.hash, _version.c.payload)
    )
    changed = [(row.project_id, row.number) for row in told if fingerprint(row.payload) != row.hash]
    return [f"Project {project}: version {number} is not the one that was kept." for project, number in changed]


def _of_charter(store: CharterStore, project: str) -> list[str]:
    try:
        store.open(project)
        store.charter_at(project, 1)
    except (WorkbenchError, ValidationError, ValueError, KeyError, TypeError) as error:
        return [f"Project {project}: its charter cannot be read back to its beginning ({type(error).__name__})."]
    return []


def _of_kept(store: CharterStore, project: str, sha256: str, name: str) -> list[str]:
    try:
        with store.files.content(project, sha256) as file:
            is_same = hashlib.sha256(file.read()).hexdigest() == sha256
    except Exception as error:  # noqa: BLE001  whatever the damage does to it, it is told
        return [f"Project {project}: the kept file “{name}” cannot be read ({type(error).__name__})."]
    return [] if is_same else [f"Project {project}: the kept file “{name}” is not the one that was kept."]
