"""Data behind a measurement, kept with a project because somebody asked for it; packed, and of limited size."""

from __future__ import annotations

import hashlib
import io
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, delete, insert, select

from scoping.errors import WorkbenchError
from scoping.section import short
from storage.tables import CharterRow, KeptFileRow, table_of

LARGEST = 20_000_000
"""Bytes of a file, packed."""
LARGEST_UNPACKED = 10 * LARGEST
_BLOCK = 1 << 20
_kept, _charter = table_of(KeptFileRow), table_of(CharterRow)


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


def packed(path: Path, name: str, at: datetime, by: str) -> tuple[KeptFile, bytes]:
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


def keep(connection: Connection, project: str, file: KeptFile, content: bytes) -> None:
    """Keep a file, in place of the same one."""
    # Somebody else may be keeping the same file at this moment.
    connection.execute(select(_charter.c.id).where(_charter.c.id == project).with_for_update())
    drop(connection, project, file.sha256)
    row = {"project_id": project, "sha256": file.sha256, "name": file.name, "size": file.size, "packed": content}
    connection.execute(insert(_kept).values(**row, kept_at=file.at, kept_by=file.by))


def drop(connection: Connection, project: str, sha256: str) -> None:
    """Forget a file."""
    connection.execute(delete(_kept).where(_kept.c.project_id == project, _kept.c.sha256 == sha256))


def of_project(connection: Connection, project: str) -> tuple[KeptFile, ...]:
    """The kept files of a project, newest first."""
    query = select(_kept.c.sha256, _kept.c.name, _kept.c.size, _kept.c.kept_at, _kept.c.kept_by).where(
        _kept.c.project_id == project
    )
    return tuple(KeptFile(*row) for row in connection.execute(query.order_by(_kept.c.kept_at.desc(), _kept.c.sha256)))


def content(connection: Connection, project: str, sha256: str) -> IO[bytes]:
    """The file itself. Raises UnknownFileError."""
    query = select(_kept.c.packed, _kept.c.size).where(_kept.c.project_id == project, _kept.c.sha256 == sha256)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise UnknownFileError("This file is not kept any more.", "Choose another one.")
    return io.BytesIO(zlib.decompress(row.packed, bufsize=max(1, row.size)))
