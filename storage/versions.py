"""Versions: charters that are kept whole, in the format of their day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from scoping.charter import Charter
from scoping.errors import UnknownProjectError, WorkbenchError
from scoping.export.charter_json import SCHEMA_VERSION
from scoping.reading.charter_json import read_kept
from scoping.section import LONG, SHORT, clean
from scoping.signing import terms
from scoping.version import Version, fingerprint, written
from scoping.words import short
from storage.engine import Transactions
from storage.history import head_number, is_project_id, refuse_archived
from storage.tables import VersionRow, table_of

AT_MOST = 1_000
"""Versions of a project."""
_LARGEST = 2**62

_version = table_of(VersionRow)
_ABOUT = [column for column in _version.c if column.name not in ("project_id", "payload")]

Present = Callable[[Connection, str], tuple[Charter, int]]
"""Reads a project inside a transaction: its charter and the number of its newest revision."""


class VersionError(WorkbenchError):
    """A version that cannot be kept."""


class Versions:
    """The versions of all projects."""

    def __init__(self, transact: Transactions, now: Callable[[], datetime], present: Present) -> None:
        self._transact = transact
        self._now = now
        self._present = present

    def keep(self, project: str, by: str, *, name: str = "", note: str = "") -> Version:
        """Keep the charter as it is now. Where the newest version is the same, that one is given back; a name makes up for a missing one.

        Raises:
            VersionError: there are too many.
            ArchivedError, UnknownProjectError.
        """

        def work(connection: Connection) -> Version:
            refuse_archived(connection, project)
            charter, revision = self._present(connection, project)
            return self.keep_with(connection, project, charter, revision, by, name=name, note=note)

        return self._transact.write(work)

    def keep_with(
        self,
        connection: Connection,
        project: str,
        charter: Charter,
        revision: int,
        by: str,
        *,
        name: str = "",
        note: str = "",
    ) -> Version:
        """The same inside a transaction that writes, for a charter as it is there."""
        named, noted = short(str(clean(name)).strip(), SHORT), short(str(clean(note)).strip(), LONG)
        payload = written(charter)
        mark = fingerprint(payload)
        newest = next(iter(_of(connection, project, limit=1)), None)
        if newest and newest.hash == mark:
            return _completed(connection, project, newest, named, noted)
        number = newest.number + 1 if newest else 1
        if number > AT_MOST:
            raise VersionError(f"This project has {AT_MOST:,} versions, the most there can be.", "Its history keeps every change.")
        version = Version(
            number=number,
            revision=revision,
            name=named,
            note=noted,
            at=self._now(),
            by=by,
            schema_version=SCHEMA_VERSION,
            hash=mark,
            terms=terms.fingerprint(charter),
        )
        connection.execute(insert(_version), {"project_id": project, **vars(version), "payload": payload})
        return version

    def of_terms(self, connection: Connection, project: str, terms: str) -> Version | None:
        """The newest version of the very same terms, inside a transaction; None where there is none."""
        here = (_version.c.project_id == project) & (_version.c.terms == terms)
        row = connection.execute(select(*_ABOUT).where(here).order_by(_version.c.number.desc()).limit(1)).mappings().first()
        return Version(**row) if row else None

    def number_of(self, project: str, terms: str) -> int:
        """The number under which somebody signs terms: that of the version that has them, or of the next one."""

        def read(connection: Connection) -> int:
            same = self.of_terms(connection, project, terms)
            return same.number if same else max((v.number for v in _of(connection, project, limit=1)), default=0) + 1

        return self._transact.read_as_one(read)

    def of(self, project: str) -> list[Version]:
        """The versions of a project, newest first."""
        return self._transact.read(lambda connection: _of(connection, project))

    def get(self, project: str, number: int) -> Version:
        """One version. Raises UnknownProjectError."""
        query = select(*_ABOUT).where(_version.c.project_id == project, _version.c.number == min(number, _LARGEST))

        def read(connection: Connection) -> Version:
            row = connection.execute(query).mappings().one_or_none() if is_project_id(project) else None
            if row is None:
                raise _unknown(connection, project, number)
            return Version(**row)

        return self._transact.read(read)

    def charter(self, project: str, number: int) -> Charter:
        """The charter of a version, read by the rules of its day and brought up to today's. Raises UnknownProjectError."""
        query = select(_version.c.payload, _version.c.schema_version)
        query = query.where(_version.c.project_id == project, _version.c.number == min(number, _LARGEST))

        def read(connection: Connection) -> tuple[str, int]:
            row = connection.execute(query).one_or_none() if is_project_id(project) else None
            if row is None:
                raise _unknown(connection, project, number)
            return row.payload, row.schema_version

        return read_kept(*self._transact.read(read))


def _of(connection: Connection, project: str, limit: int | None = None) -> list[Version]:
    query = select(*_ABOUT).where(_version.c.project_id == project).order_by(_version.c.number.desc()).limit(limit)
    return [Version(**row) for row in connection.execute(query).mappings()]


def _completed(connection: Connection, project: str, version: Version, name: str, note: str) -> Version:
    """What a version lacks is added when it is kept once more; what it has stays."""
    lacks = {"name": name, "note": note}
    given = {what: value for what, value in lacks.items() if value and not getattr(version, what)}
    if not given:
        return version
    here = (_version.c.project_id == project) & (_version.c.number == version.number)
    connection.execute(update(_version).where(here).values(given))
    return Version(**{**vars(version), **given})


def _unknown(connection: Connection, project: str, number: int) -> UnknownProjectError:
    head_number(connection, project)  # a project that is not there is told first
    return UnknownProjectError(f"There is no version {number} of this project.", "Choose one on its charter page.")
