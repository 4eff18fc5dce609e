"""Data behind a measurement, kept with a project because somebody asked for it; packed, and of limited size."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Delete, delete, insert, select

from scoping.errors import WorkbenchError
from scoping.words import short
from storage.engine import Transactions
from storage.history import refuse_archived
from storage.tables import KeptFileRow, table_of

LARGEST = 20_000_000
"""Bytes of a file, packed."""
LARGEST_UNPACKED = 10 * LARGEST
_BLOCK = 1 << 20
_kept = table_of(KeptFileRow)


class FileTooLargeError(WorkbenchError):
    """A file that is too large to be kept."""


class UnknownFileError(WorkbenchError):
    """A file that is not there, or not kept, any more."""


@dataclass(frozen=True)
class KeptFile:
    """What is known of a kept file without its content; `size` in bytes, unpacked."""

    sha256: str
    name: str
    size: int
    at: datetime
    by: str


class Files:
    """The files that are kept with projects."""

    def __init__(self, transact: Transactions, now: Callable[[], datetime]) -> None:
        self._transact = transact
        self._now = now

    def keep(self, project: str, path: Path, name: str, by: str) -> KeptFile:
        """Keep a copy of a file with a project, in place of the same one.

        Raises:
            FileTooLargeError, UnknownFileError, ArchivedError, UnknownProjectError.
        """
        self._transact.read(lambda connection: refuse_archived(connection, project))  # before any work is done on the file
        file, content = _packed(path, name, self._now(), by)
        row = {"project_id": project, "sha256": file.sha256, "name": file.name, "size": file.size, "packed": content}

        def work(connection: Connection) -> None:
            # Once more, and locked: somebody else may be keeping the same file, or putting the project away.
            refuse_archived(connection, project)
            connection.execute(_forgetting(project, file.sha256))
            connection.execute(insert(_kept).values(**row, kept_at=file.at, kept_by=file.by))

        self._transact.write(work)
        return file

    def drop(self, project: str, sha256: str) -> None:
        """Forget a kept file."""
        self._transact.write(lambda connection: connection.execute(_forgetting(project, sha256)))

    def of(self, project: str) -> tuple[KeptFile, ...]:
        """What is kept with a project, newest first."""
        told = (_kept.c.sha256, _kept.c.name, _kept.c.size, _kept.c.kept_at, _kept.c.kept_by)
        query = select(*told).where(_kept.c.project_id == project).order_by(_kept.c.kept_at.desc(), _kept.c.sha256)
        return self._transact.read(lambda connection: tuple(KeptFile(*row) for row in connection.execute(query)))

    def content(self, project: str, sha256: str) -> IO[bytes]:
        """A kept file itself. Raises UnknownFileError."""
        query = select(_kept.c.packed, _kept.c.size).where(_kept.c.project_id == project, _kept.c.sha256 == sha256)
        row = self._transact.read(lambda connection: connection.execute(query).one_or_none())
        if row is None:
            raise UnknownFileError("This file is not kept any more.", "Choose another one.")
        return io.BytesIO(zlib.decompress(row.packed, bufsize=max(1, row.size)))


def _forgetting(project: str, sha256: str) -> Delete:
    return delete(_kept).where(_kept.c.project_id == project, _kept.c.sha256 == sha256)


def _packed(path: Path, name: str, at: datetime, by: str) -> tuple[KeptFile, bytes]:
    """A file made ready to be kept. Raises FileTooLargeError or UnknownFileError."""
    packer, digest, size, content = zlib.compressobj(6), hashlib.sha256(), 0, bytearray()
    with _opened(path) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
            content += packer.compress(block)
            if len(content) > LARGEST or size > LARGEST_UNPACKED:
                raise FileTooLargeError(
                    f"The file is too large to be kept with the project: {LARGEST // 1_000_000} MB packed are the most.",
                    "Keep it where your team keeps its data; its fingerprint says whether it is the same.",
                )
    content += packer.flush()
    return KeptFile(digest.hexdigest(), short(name, 300), size, at, by), bytes(content)


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError:
        raise UnknownFileError("The file is not there any more.", "Choose it again.") from None
