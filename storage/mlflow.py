"""Metrics of training runs out of an MLflow store, read and never written: its SQLite file, or its server.

The tables are those that MLflow makes itself (`runs`, `latest_metrics`); the server is asked by `runs/get` of its REST interface.
"""

from __future__ import annotations

import base64
import contextlib
import json
import math
import re
import sqlite3
import time
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from scoping.errors import WorkbenchError
from scoping.reading.values import Given
from scoping.words import short
from storage.engine import sqlite_file

SECONDS = 5.0
"""How long a server or a locked file may take for its whole answer."""
_LARGEST = 5_000_000
"""Bytes of an answer."""
_BLOCK = 1 << 16
_RUN = re.compile("[A-Za-z0-9_-]{1,64}")


class MlflowError(WorkbenchError):
    """A store or a run that cannot be read."""


@dataclass(frozen=True)
class Metric:
    """The latest value of a metric; NaN where MLflow kept "not a number"."""

    key: str
    value: float
    when: datetime
    step: int


@dataclass(frozen=True)
class Run:
    """A run with the latest value of each of its metrics, by name."""

    id: str
    name: str
    status: str
    metrics: tuple[Metric, ...]

    @property
    def is_over(self) -> bool:
        return self.status not in ("RUNNING", "SCHEDULED")

    def given(self) -> list[Given]:
        """The metrics as values to be filed under targets."""
        return [
            Given(
                path=(m.key,),
                value=m.value,
                when=m.when.isoformat(),
                run=self.id,
                source=short(f"MLflow run {self.name or self.id}", 300),
                step=m.step,
            )
            for m in self.metrics
        ]


def run(uri: str, run_id: str) -> Run:
    """The run of an id. Raises MlflowError.

    Args:
        uri: sqlite:///path/to/mlflow.db, or http(s)://[user:password@]host[:port][/path].
    """
    wanted = run_id.strip()
    if not _RUN.fullmatch(wanted):
        raise MlflowError(f"“{short(run_id, 60)}” is no run id.", "Copy the run id from the MLflow page of the run.")
    file = None if uri.startswith(("http://", "https://")) else sqlite_file(uri)
    fetched, is_deleted = _of_file(file, wanted) if file else _of_server(uri, wanted)
    if is_deleted:
        raise MlflowError(f"The run “{wanted}” was deleted in MLflow.", "Restore it there, or choose another run.")
    if not fetched.metrics:
        raise MlflowError(f"The run “{wanted}” has no metrics.", "Choose another run, or wait until it logs one.")
    return fetched


def _unknown(run_id: str) -> MlflowError:
    return MlflowError(f"MLflow knows no run “{run_id}”.", "Copy the run id from the MLflow page of the run.")


def _moment(milliseconds: Any) -> datetime:
    """Raises MlflowError for a time that no calendar has."""
    try:
        return datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        raise MlflowError("A metric of the run has no time that can be read.", "Log it again.") from None


# The file


def _of_file(path: Path, run_id: str) -> tuple[Run, bool]:
    if not path.is_file():
        raise MlflowError("The MLflow store named by the administrator is not there.", "Tell the person who runs the workbench.")
    try:
        with contextlib.closing(sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True, timeout=SECONDS)) as store:
            head = store.execute("SELECT name, status, lifecycle_stage FROM runs WHERE run_uuid = ?", (run_id,)).fetchone()
            rows = store.execute(
                "SELECT key, value, timestamp, step, is_nan FROM latest_metrics WHERE run_uuid = ? ORDER BY key", (run_id,)
            ).fetchall()
    except sqlite3.DatabaseError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise MlflowError("The MLflow store is being written to right now.", "Try again in a minute.") from None
        raise MlflowError(
            "The file named as MLflow store holds no runs of MLflow.", "Tell the person who runs the workbench."
        ) from None
    if head is None:
        raise _unknown(run_id)
    # MLflow keeps "not a number" as 0 with a mark.
    metrics = [
        Metric(key, math.nan if is_nan else float(value), _moment(when), int(step)) for key, value, when, step, is_nan in rows
    ]
    return Run(run_id, str(head[0] or ""), str(head[1] or ""), tuple(metrics)), head[2] == "deleted"


# The server


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected request would carry the password to another host."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _of_server(uri: str, run_id: str) -> tuple[Run, bool]:
    answer = _asked(uri, f"api/2.0/mlflow/runs/get?run_id={quote(run_id)}", run_id)
    try:
        info, data = answer["run"]["info"], answer["run"].get("data", {})
        metrics = tuple(
            Metric(str(m["key"]), float(m["value"]), _moment(m["timestamp"]), int(m.get("step", 0)))
            for m in data.get("metrics", ())
        )
        deleted = info.get("lifecycle_stage") == "deleted"
        name, status = str(info.get("run_name") or ""), str(info.get("status") or "")
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _no_mlflow(uri) from None
    return Run(run_id, name, status, tuple(sorted(metrics, key=lambda m: m.key))), deleted


def _asked(uri: str, path: str, run_id: str) -> Any:
    parts = urlsplit(uri)
    address = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}/{path}"
    request = urllib.request.Request(address)  # noqa: S310  the settings allow http and https only
    request.add_header("Accept", "application/json")
    if parts.username:
        both = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        request.add_header("Authorization", f"Basic {base64.b64encode(both.encode()).decode()}")
    until = time.monotonic() + SECONDS
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=SECONDS) as answer:
            return json.loads(_body(answer, until))
    except urllib.error.HTTPError as error:
        raise _refused(error, uri, run_id, until) from None
    except (OSError, HTTPException):
        raise MlflowError(
            f"The MLflow server at {_host(uri)} does not answer.", "Try again later, or tell the person who runs the workbench."
        ) from None
    except (ValueError, RecursionError):
        raise _no_mlflow(uri) from None


def _body(answer: Any, until: float) -> bytes:
    """The whole answer. Raises TimeoutError when it drips, ValueError when it is too large."""
    body = bytearray()
    while block := answer.read1(_BLOCK):
        body += block
        if time.monotonic() > until:
            raise TimeoutError
        if len(body) > _LARGEST:
            raise ValueError
    return bytes(body)


def _refused(error: urllib.error.HTTPError, uri: str, run_id: str, until: float) -> MlflowError:
    said = b""
    with error, contextlib.suppress(OSError, HTTPException, ValueError):
        said = _body(error, until)
    if b"RESOURCE_DOES_NOT_EXIST" in said:
        return _unknown(run_id)
    if error.code in (401, 403):
        return MlflowError(
            f"The MLflow server at {_host(uri)} asks for other credentials.", "Tell the person who runs the workbench."
        )
    if error.code >= 500:
        return MlflowError(f"The MLflow server at {_host(uri)} failed (status {error.code}).", "Try again later.")
    return _no_mlflow(uri)


def _no_mlflow(uri: str) -> MlflowError:
    return MlflowError(f"What answers at {_host(uri)} is no MLflow server.", "Tell the person who runs the workbench.")


def _host(uri: str) -> str:
    return urlsplit(uri).netloc.rpartition("@")[2]
