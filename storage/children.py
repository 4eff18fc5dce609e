"""Work in processes of its own: a limit on how many at once, a queue, progress, and an end that costs nobody else anything."""

from __future__ import annotations

import json
import logging
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from scoping.errors import WorkbenchError
from storage.settings import bare_environ

PROGRAM = Path(__file__).with_name("child.py")
_LOGGED = 8_000
"""Bytes of a child's complaints that the log keeps."""


class WorkError(WorkbenchError):
    """Work that ended without an answer.

    Attributes:
        sheets: of the workbook that was refused, where another one may do.
    """

    def __init__(self, message: str, hint: str = "", sheets: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.sheets = sheets


@dataclass(frozen=True)
class Waiting:
    """Not begun: how many go first."""

    before: int


@dataclass(frozen=True)
class Running:
    """Begun: the share done, from 0 to 1, and what is being done.

    Attributes:
        first: an answer from a part of the table, where the check gives one before it ends.
    """

    share: float = 0.0
    what: str = "Starting"
    first: dict[str, Any] | None = None


@dataclass(frozen=True)
class Refused:
    """Ended without an answer, for a reason in words."""

    error: WorkError


@dataclass(frozen=True)
class Finished:
    """Ended with an answer."""

    answer: dict[str, Any]


TaskState = Waiting | Running | Refused | Finished


class Task:
    """One job, waiting, running or ended. Made by `Children.start`."""

    def __init__(self, children: Children, job: dict[str, Any]) -> None:
        self._children = children
        self.job = job
        self.process: subprocess.Popen[bytes] | None = None
        self.is_cancelled = False
        self.is_overdue = False
        self.progress: Running | Refused | Finished | None = None

    @property
    def state(self) -> TaskState:
        """How it stands."""
        return self.progress or Waiting(self._children.before(self))

    @property
    def is_over(self) -> bool:
        """Whether it has ended, either way."""
        return isinstance(self.progress, Refused | Finished)

    def cancel(self) -> None:
        """End it at once; it will have no answer."""
        self._children.cancel(self)


class Children:
    """Starts a process per job, at most `at_once` at a time; the others wait their turn.

    Processes rather than threads: measuring is computing, so threads would take turns with the pages of everybody else;
    a file that exhausts memory or crashes a library ends one process and not the server; a process can be ended at any
    moment; and its libraries leave with it.

    Args:
        seconds: after which a job is ended, however little it computes.
        program: what each process runs.
    """

    def __init__(self, at_once: int, seconds: float, program: Path = PROGRAM) -> None:
        self._at_once = at_once
        self._seconds = seconds
        self._program = program
        self._lock = threading.Lock()
        self._waiting: deque[Task] = deque()
        self._running: set[Task] = set()

    def start(self, job: dict[str, Any]) -> Task:
        """Queue a job for `storage.child`."""
        task = Task(self, job)
        with self._lock:
            self._waiting.append(task)
        self._go_on()
        return task

    def before(self, task: Task) -> int:
        """How many jobs begin before this one."""
        with self._lock:
            return self._waiting.index(task) if task in self._waiting else 0

    def cancel(self, task: Task) -> None:
        """End a job at once, begun or not."""
        with self._lock:
            task.is_cancelled = True
            if task in self._waiting:
                self._waiting.remove(task)
            if task.process:
                task.process.kill()

    def close(self) -> None:
        """End all jobs."""
        with self._lock:
            tasks = [*self._waiting, *self._running]
        for task in tasks:
            self.cancel(task)

    def _go_on(self) -> None:
        with self._lock:
            while self._waiting and len(self._running) < self._at_once:
                task = self._waiting.popleft()
                task.progress = Running()
                self._running.add(task)
                threading.Thread(target=self._run, args=(task,), name="measuring", daemon=True).start()

    def _run(self, task: Task) -> None:
        try:
            task.progress = self._outcome(task)
        except Exception:
            # Such as no room for one more process. Whoever waits must hear of the end, whatever it was.
            logging.getLogger("workbench").exception("A check could not be started")
            task.progress = _NOT_STARTED
        finally:
            with self._lock:
                self._running.discard(task)
            self._go_on()

    def _outcome(self, task: Task) -> Refused | Finished:
        with tempfile.TemporaryFile() as complaints:
            with self._lock:
                if task.is_cancelled:
                    return _CANCELLED
                task.process = _process(self._program, complaints)
            overdue = threading.Timer(self._seconds, self._end_overdue, (task,))
            overdue.daemon = True
            overdue.start()
            try:
                answer = _talk(task.process, task.job, lambda told: setattr(task, "progress", told))
            finally:
                overdue.cancel()
            if answer:
                return answer
            if task.is_cancelled:
                return _CANCELLED
            if task.is_overdue or task.process.returncode == -_TOO_MUCH_COMPUTING:
                return _TOO_LONG
            return _incident(task.process.returncode, complaints)

    def _end_overdue(self, task: Task) -> None:
        task.is_overdue = True
        if task.process:
            task.process.kill()


_TOO_MUCH_COMPUTING = getattr(signal, "SIGXCPU", 0) or sys.maxsize
"""The signal that ends a process which computes longer than it may, where there is one."""
_CANCELLED = Refused(WorkError("This was cancelled."))
_NOT_STARTED = Refused(
    WorkError("The check could not be started.", "Try again later; if it stays so, tell the person who runs the workbench.")
)
_TOO_LONG = Refused(WorkError("This took too long and was ended.", "Choose a file with fewer rows or columns."))


def _process(program: Path, complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    one_thread = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")}
    # In a session of its own: an interrupt at the terminal is for the server, which ends what it started.
    return subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-I", "-X", "utf8", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env=bare_environ() | one_thread,
        start_new_session=True,
    )


def _talk(process: subprocess.Popen[bytes], job: dict[str, Any], tell: Callable[[Running], None]) -> Refused | Finished | None:
    """Hand over the job and listen until the end; None if the process died without an answer, or in the middle of it."""
    answer: Refused | Finished | None = None
    now = Running()
    assert process.stdin  # noqa: S101  asked for when it was started
    assert process.stdout  # noqa: S101
    try:
        with process:
            process.stdin.write(json.dumps(job).encode() + b"\n")
            process.stdin.flush()
            for line in process.stdout:
                told = json.loads(line)
                if "share" in told:
                    now = replace(now, share=told["share"], what=told["what"])
                    tell(now)
                elif "first" in told:
                    now = replace(now, first=told["first"])
                    tell(now)
                elif "refused" in told:
                    refused = told["refused"]
                    answer = Refused(WorkError(refused["message"], refused["hint"], tuple(refused["sheets"])))
                else:
                    answer = Finished(told["done"])
    except (OSError, ValueError):
        # It died while it was being talked to: the missing answer tells.
        return None
    return answer


def _incident(code: int, complaints: IO[bytes]) -> Refused:
    """A death without an answer: details go to the log under a number, the person gets a calm sentence."""
    number = secrets.token_hex(4)
    complaints.seek(max(0, complaints.seek(0, os.SEEK_END) - _LOGGED))
    told = complaints.read().decode("utf-8", "replace")
    logging.getLogger("workbench").error("Incident %s: a check ended with %s\n%s", number, code, told)
    return Refused(
        WorkError(
            "The check stopped before it was done. Nothing else was affected.",
            "Try again, perhaps with a smaller file. If it happens again, tell the person who runs the workbench: "
            f"incident {number}.",
        )
    )
