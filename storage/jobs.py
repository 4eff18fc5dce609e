"""What people have on their desks: a table they chose, its preview, a check that waits, runs or is done."""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import os
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from scoping.words import short
from storage.children import Children, Task, TaskState, WorkError

KEPT_SECONDS = 3_600
"""A table nobody looked at for so long is forgotten, with its copy and its result."""
ROOM, ROOM_EACH = 8_000_000_000, 1_000_000_000
"""Bytes of copies at one time, of all people and of each."""
MEMORY = 4_000_000_000
"""Bytes that one process may address; what it really uses is about half of it."""
PREVIEW_SECONDS, MEASURE_SECONDS = 60, 1_200
"""Of computing."""
_LONGEST_SECONDS = 1_800
FOLDER_PREFIX = "workbench-tables-"
_BLOCK = 1 << 20
_NO_ROOM = WorkError("There is no room for this file at the moment.", "Try again later, or choose a smaller file.")

_NO_MORE = WorkError(
    f"Your tables that are open here take more than {ROOM_EACH // 1_000_000_000} GB already.",
    "Press “Choose another table” where a check is done, or come back in an hour.",
)


@dataclass(frozen=True)
class Source:
    """A table that somebody chose.

    Attributes:
        name: of the file as its owner calls it, or of the database table.
        path: of the file; None for a database table.
        database: the address of the database; "" for a file.
        is_copy: whether the file is ours, to be removed when it is no longer needed.
    """

    name: str
    path: Path | None = None
    database: str = ""
    is_copy: bool = False


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What lies before one person for one check.

    Attributes:
        method: the check that it lies here for; `is_assigned` where somebody said so after the table was there.
        number: differs for every choice of a table.
        sheet: chosen in a workbook; "" for the first.
        preview: how reading the beginning stands.
        work: how the check stands; None before it was started.
        settings: those it was started with, as JSON.
    """

    source: Source
    method: str
    is_assigned: bool
    number: str
    sheet: str
    preview: TaskState
    work: TaskState | None
    settings: dict[str, Any] | None


@dataclass(kw_only=True)
class _Place:
    method: str
    source: Source
    number: str
    preview: Task
    is_assigned: bool = False
    sheet: str = ""
    work: Task | None = None
    settings: dict[str, Any] | None = None
    seen: float = field(default_factory=time.monotonic)


class Jobs:
    """All desks of a server, each under a key that names person, project and check.

    As many checks run at once as the machine has cores, one process each. One more process reads the beginnings of files, so
    that nobody who has just chosen one waits behind long checks.
    """

    def __init__(self) -> None:
        self._checks = Children(os.cpu_count() or 1, _LONGEST_SECONDS)
        self._previews = Children(1, _LONGEST_SECONDS)
        self._places: dict[Hashable, _Place] = {}
        self._lock = threading.RLock()
        self._folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX))
        self._is_closed = threading.Event()
        atexit.register(self.close)
        threading.Thread(target=self._tidy_up, name="tidy up", daemon=True).start()

    def copy(self, content: IO[bytes], name: str, owner: str = "") -> Source:
        """Keep an upload in a private file whose name is ours. Raises WorkError when there is no room.

        Args:
            owner: whose it is, for the room that each person has.
        """
        own = hashlib.sha256(owner.encode()).hexdigest()[:16]
        path = self._folder / f"{own}-{secrets.token_hex(16)}"
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            sizes = [(other.name.startswith(own), other.stat().st_size) for other in self._folder.iterdir()]
            if sum(size for _, size in sizes) > ROOM:
                raise _NO_ROOM
            if sum(size for is_own, size in sizes if is_own) > ROOM_EACH:
                raise _NO_MORE
            with path.open("xb") as file:
                shutil.copyfileobj(content, file, _BLOCK)
        except OSError:
            path.unlink(missing_ok=True)
            raise _NO_ROOM from None
        return Source(short(name, 200), path, is_copy=True)

    def take(self, key: Hashable, method: str, source: Source) -> None:
        """Put a table on a desk, in place of what lay there, and begin to read it."""
        with self._lock:
            self.drop(key)
            self._places[key] = _Place(
                method=method, source=source, number=secrets.token_hex(4), preview=self._read(method, source, "")
            )

    def bring(self, key: Hashable, source: Source) -> None:
        """Put a file that brings changes back on a desk, in place of what lay there, and begin to read it."""
        with self._lock:
            self.drop(key)
            task = self._previews.start(self._job("bring_back", "", source, "", PREVIEW_SECONDS))
            self._places[key] = _Place(method="", source=source, number=secrets.token_hex(4), preview=task)

    def turn(self, key: Hashable, sheet: str) -> None:
        """Read another sheet of the workbook."""
        with self._lock:
            if (place := self._places.get(key)) and place.sheet != sheet:
                self._end(place)
                place.sheet, place.work, place.settings, place.number = sheet, None, None, secrets.token_hex(4)
                place.preview = self._read(place.method, place.source, sheet)

    def assign(self, key: Hashable, method: str) -> None:
        """Say which check the table is for; what another check measured on it is put away."""
        with self._lock:
            if place := self._places.get(key):
                place.is_assigned = True
                if place.method != method:
                    self._end(place)
                    place.method, place.work, place.settings = method, None, None
                    place.preview = self._read(method, place.source, place.sheet)

    def start(self, key: Hashable, settings: dict[str, Any]) -> None:
        """Measure the table, in place of what was measured before."""
        with self._lock:
            if place := self._places.get(key):
                if place.work and not place.work.is_over and place.settings == settings:
                    # The button was pressed twice.
                    return
                if place.work:
                    place.work.cancel()
                place.settings = settings
                job = self._job("measure", place.method, place.source, place.sheet, MEASURE_SECONDS)
                place.work = self._checks.start(job | {"settings": settings})

    def cancel(self, key: Hashable) -> None:
        """End the check; the table stays."""
        with self._lock:
            if (place := self._places.get(key)) and place.work:
                place.work.cancel()
                place.work = None

    def drop(self, key: Hashable) -> None:
        """Clear a desk: end its check and remove our copy of the file."""
        with self._lock:
            if place := self._places.pop(key, None):
                self._end(place)
                if place.source.is_copy and place.source.path:
                    place.source.path.unlink(missing_ok=True)

    def look(self, key: Hashable) -> Desk | None:
        """What lies on a desk, as it stands now."""
        with self._lock:
            place = self._places.get(key)
            if place is None:
                return None
            place.seen = time.monotonic()
            work = place.work.state if place.work else None
            return Desk(
                source=place.source,
                method=place.method,
                is_assigned=place.is_assigned,
                number=place.number,
                sheet=place.sheet,
                preview=place.preview.state,
                work=work,
                settings=place.settings,
            )

    def close(self) -> None:
        """End all work and remove all copies. The end of the server does so too."""
        atexit.unregister(self.close)
        self._is_closed.set()
        self._checks.close()
        self._previews.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def sweep(self) -> None:
        """Forget desks nobody looked at for long, and remove copies that a server left which was killed."""
        now = time.monotonic()
        with self._lock:
            for key, place in list(self._places.items()):
                if now - place.seen > KEPT_SECONDS and not (place.work and not place.work.is_over):
                    self.drop(key)
            for place in self._places.values():
                if place.source.is_copy and place.source.path:
                    # Another server on this machine sees by this that it is needed.
                    place.source.path.touch()
        for folder in self._folder.parent.glob(f"{FOLDER_PREFIX}*"):
            _remove_old(folder)

    def _tidy_up(self) -> None:
        self.sweep()
        while not self._is_closed.wait(KEPT_SECONDS / 6):
            self.sweep()

    def _read(self, method: str, source: Source, sheet: str) -> Task:
        return self._previews.start(self._job("preview", method, source, sheet, PREVIEW_SECONDS))

    def _end(self, place: _Place) -> None:
        place.preview.cancel()
        if place.work:
            place.work.cancel()

    @staticmethod
    def _job(kind: str, method: str, source: Source, sheet: str, seconds: int) -> dict[str, Any]:
        return {
            "kind": kind,
            "method": method,
            "name": source.name,
            "path": str(source.path or ""),
            "database": source.database,
            "sheet": sheet,
            "memory": MEMORY,
            "seconds": seconds,
        }


def _remove_old(folder: Path) -> None:
    """Remove copies that nobody has needed for an hour, and their folder once it is empty."""
    oldest = time.time() - KEPT_SECONDS
    # What cannot be removed is another person's, or not empty yet.
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.stat().st_mtime < oldest:
                path.unlink()
        if folder.stat().st_mtime < oldest:
            folder.rmdir()
