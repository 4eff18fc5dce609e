"""The process that reads and measures one table: it gets the job as a line of JSON, tells how far it is, and ends with the answer.

It is started by `storage.children` as a program of its own, with the limits that its job names.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any, TextIO

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # a program finds modules beside itself only

from scoping.errors import WorkbenchError  # noqa: E402

READING = 0.3
"""The share of the work that reading a table counts as."""
_SECONDS_BETWEEN = 0.2


def main() -> None:
    """Do one job."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # Libraries that print must not write between the lines of the answer.
    os.dup2(2, 1)
    job = json.loads(_first_line())
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    _limit(job["memory"], job["seconds"])
    if job["kind"] == "measure":
        _let_pages_go_first()
    try:
        answer = {"done": _KINDS[job["kind"]](job, _Progress(out))}
    except WorkbenchError as error:
        answer = {"refused": {"message": error.message, "hint": error.hint, "sheets": getattr(error, "sheets", ())}}
    except MemoryError:
        hint = "Choose a file with fewer rows or columns, or put it into a database that can be sampled."
        answer = {"refused": {"message": "The table needs more memory than one check may use.", "hint": hint, "sheets": ()}}
    _say(out, answer)


def _first_line() -> bytes:
    """The job. What follows on the input is nothing but its end, so nothing may be read ahead."""
    line = b""
    while not line.endswith(b"\n") and (block := os.read(0, 65_536)):
        line += block
    return line


def _end_with_the_server() -> None:
    """The server keeps the input open as long as it lives, so its end is ours."""
    os.read(0, 1)
    os._exit(1)


def _limit(memory: int, seconds: int) -> None:
    """Bound memory in bytes and computing time, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for limit, value in (
        (resource.RLIMIT_CORE, (0, 0)),
        (resource.RLIMIT_FSIZE, (1 << 20, 1 << 20)),
        (resource.RLIMIT_CPU, (seconds, seconds + 5)),
        (resource.RLIMIT_AS, (memory, memory)),
    ):
        try:
            resource.setrlimit(limit, value)
        except (OSError, ValueError):
            continue


def _let_pages_go_first() -> None:
    if hasattr(os, "nice"):
        os.nice(5)


class _Progress:
    """Tells how far the job is, a few times a second at most."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._last = 0.0

    def reading(self, share: float, what: str) -> None:
        self._tell(READING * share, what)

    def measuring(self, share: float, what: str) -> None:
        self._tell(READING + (1 - READING) * share, what)

    def alone(self, share: float, what: str) -> None:
        """Of a check that reads and measures in one go."""
        self._tell(share, what)

    def answered(self, first: dict[str, Any]) -> None:
        """Of a check that gives a first answer long before the last."""
        _say(self._out, {"first": first})

    def _tell(self, share: float, what: str) -> None:
        now = time.monotonic()
        if now - self._last >= _SECONDS_BETWEEN:
            self._last = now
            _say(self._out, {"share": min(1.0, max(0.0, share)), "what": what})


def _say(out: TextIO, line: dict[str, Any]) -> None:
    out.write(json.dumps(line, allow_nan=False) + "\n")
    out.flush()


def _preview(job: dict[str, Any], _: _Progress) -> dict[str, Any]:
    from scoping.measuring import method
    from scoping.tables import files
    from storage import sources

    as_text = method(job["method"]).as_text
    if job["database"]:
        return sources.preview(job["database"], job["name"], as_text=as_text).model_dump(mode="json")
    return files.preview(Path(job["path"]), job["name"], as_text=as_text, sheet=job["sheet"]).model_dump(mode="json")


def _bring_back(job: dict[str, Any], progress: _Progress) -> dict[str, Any]:
    from scoping.reading import files

    progress.alone(0.1, "Reading the file")
    return files.read(Path(job["path"]), job["name"]).model_dump(mode="json")


def _measure(job: dict[str, Any], progress: _Progress) -> dict[str, Any]:
    from scoping.measuring import method
    from scoping.tables import files
    from storage import sources

    check = method(job["method"])
    settings = check.settings.model_validate(job["settings"])
    if not job["database"] and check.measure_chunks:
        return _pass_by(job, check.measure_chunks, settings, progress)
    options: dict[str, Any] = {"as_text": check.as_text, "values": getattr(settings, "values", ()), "tell": progress.reading}
    if job["database"]:
        table = sources.read(job["database"], job["name"], check.at_most, **options)
    elif check.is_whole:
        table = files.read_whole(Path(job["path"]), job["name"], check.at_most, sheet=job["sheet"])
    else:
        table = files.read(Path(job["path"]), job["name"], check.at_most, sheet=job["sheet"], **options)
    progress.measuring(0, "Looking at some of the rows first")
    if check.first and (result := check.first(table, settings)):
        progress.answered(_answer(table, result.rows, result))
    return _answer(table, len(table.frame), check.measure(table, settings, progress.measuring))


def _answer(table: Any, rows_used: int, result: Any) -> dict[str, Any]:
    return {
        "file_hash": table.sha256,
        "rows": table.rows,
        "rows_used": rows_used,
        "notes": table.notes,
        "result": result.model_dump(mode="json"),
    }


def _pass_by(job: dict[str, Any], measure_chunks: Any, settings: Any, progress: _Progress) -> dict[str, Any]:
    """Measure a file piece by piece, whatever its length."""
    from scoping.tables import files

    path = Path(job["path"])
    sha256 = files.fingerprint(path)
    passing = files.chunks(path, sheet=job["sheet"])
    result = measure_chunks(passing, settings, progress.alone)
    return {
        "file_hash": sha256,
        "rows": result.rows,
        "rows_used": result.rows,
        "notes": passing.notes,
        "result": result.model_dump(mode="json"),
    }


_KINDS = {"preview": _preview, "measure": _measure, "bring_back": _bring_back}

if __name__ == "__main__":
    main()
