"""Runs out of a store that MLflow itself wrote, by file and by server, and a sentence for whatever is wrong with either."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import math
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scoping.reading.metrics import matched
from scoping.sections.milestones import Direction, Family, Milestones, Target
from storage import mlflow
from storage.mlflow import MlflowError
from storage.settings import MLFLOW_URI, SettingError, Settings, bare_environ
from tests.tools import free_port, need

WRITE = """
import json, sys
import mlflow
from mlflow.protos.service_pb2 import GetRun
from mlflow.utils.proto_json_utils import message_to_json

mlflow.set_tracking_uri("sqlite:///" + sys.argv[1])
experiment = mlflow.create_experiment("recogniser", artifact_location=sys.argv[2])
client, found = mlflow.MlflowClient(), {}
for name in ("full", "empty", "deleted"):
    run = client.create_run(experiment, run_name=name)
    if name != "empty":
        for step, value in enumerate((30.0, 20.0, 14.5)):
            client.log_metric(run.info.run_id, "val_wer", value, timestamp=1801468800000 + step, step=step)
        client.log_metric(run.info.run_id, "bad", float("nan"), timestamp=1801468800000, step=0)
    client.set_terminated(run.info.run_id)
    if name == "deleted":
        client.delete_run(run.info.run_id)
    answer = GetRun.Response()
    answer.run.MergeFrom(client.get_run(run.info.run_id).to_proto())
    found[name] = {"id": run.info.run_id, "answer": json.loads(message_to_json(answer))}
print("found", json.dumps(found))
"""
WHEN = datetime.fromtimestamp(1801468800.002, UTC)
NO_RUN = {"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "Run with id=nobody not found"}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """A store, the ids in it, and what MLflow answers to a question for each of its runs."""
    need(importlib.util.find_spec("mlflow"), "mlflow-skinny")
    folder = tmp_path_factory.mktemp("mlflow")
    file = folder / "mlflow.db"
    environ = {**bare_environ(), "HOME": str(folder), "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true"}
    command = [sys.executable, "-c", WRITE, str(file), str(folder / "files")]
    done = subprocess.run(command, env=environ, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    line = next(line for line in done.stdout.splitlines() if line.startswith("found "))
    return {"uri": f"sqlite:///{file}", "runs": json.loads(line.removeprefix("found "))}


class Server(ThreadingHTTPServer):
    """A server that gives the same answer to whatever it is asked, and keeps the questions."""

    daemon_threads = True

    def __init__(self, status: int, body: bytes, **headers: str) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.status, self.body, self.headers, self.asked = status, body, headers, []


class _Answer(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Authorization")))
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def serving(status: int, body: object, **headers: str) -> Iterator[Server]:
    server = Server(status, body if isinstance(body, bytes) else json.dumps(body).encode(), **headers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def refusal(uri: str, run_id: str = "nobody") -> str:
    with pytest.raises(MlflowError) as error:
        mlflow.run(uri, run_id)
    assert error.value.hint
    return error.value.message


def check_full(run: mlflow.Run) -> None:
    assert (run.name, run.status, run.is_over) == ("full", "FINISHED", True)
    bad, wer = run.metrics
    assert (wer.key, wer.value, wer.when, wer.step) == ("val_wer", 14.5, WHEN, 2)
    assert bad.key == "bad"
    assert math.isnan(bad.value)


def test_a_run_of_a_real_store_is_read_and_the_store_is_left_as_it_was(written):
    file = Path(written["uri"].removeprefix("sqlite:///"))
    before = file.read_bytes()
    check_full(mlflow.run(written["uri"], f" {written['runs']['full']['id']} "))
    assert file.read_bytes() == before
    assert not [p.name for p in file.parent.iterdir() if p.name.endswith(("-wal", "-journal", "-shm"))]


def test_the_same_run_is_read_from_a_server_with_a_password(written):
    one = written["runs"]["full"]
    with serving(200, one["answer"]) as server:
        check_full(mlflow.run(f"http://ana:p%40ss@127.0.0.1:{server.server_port}/base/", one["id"]))
    ((path, authorization),) = server.asked
    assert path == f"/base/api/2.0/mlflow/runs/get?run_id={one['id']}"
    assert authorization == "Basic YW5hOnBAc3M="


def test_metrics_become_readings_and_not_a_number_gets_a_sentence(written):
    target = Target(
        id="t", metric="Words wrong", family=Family.ML, direction=Direction.AT_MOST, target=12.0, unit="%", metric_key="val_wer"
    )
    bad = target.model_copy(update={"id": "b", "metric_key": "bad"})
    run = mlflow.run(written["uri"], written["runs"]["full"]["id"])
    read = matched(run.given(), Milestones(targets=(target, bad)), date(2027, 3, 1))
    (reading,) = read.readings
    assert (reading.value, reading.when, reading.run) == (14.5, WHEN.date(), run.id)
    assert reading.source == "MLflow run full"
    assert "not a number" in read.problems[0]


@pytest.mark.parametrize("way", ["file", "server"])
def test_a_deleted_and_an_empty_run_get_a_sentence_each(written, way):
    for name, words in (("deleted", "was deleted"), ("empty", "has no metrics")):
        one = written["runs"][name]
        with serving(200, one["answer"]) as server:
            uri = written["uri"] if way == "file" else f"http://127.0.0.1:{server.server_port}"
            assert words in refusal(uri, one["id"])


def test_a_wrong_run_id_gets_a_sentence(written):
    assert "knows no run “nobody”" in refusal(written["uri"])
    with serving(404, NO_RUN) as server:
        assert "knows no run “nobody”" in refusal(f"http://127.0.0.1:{server.server_port}")
    for typed in ("", "a b", "../x", "x' OR 1=1"):
        assert "is no run id" in refusal(written["uri"], typed)


def test_a_dead_server_gets_a_sentence_without_the_password():
    said = refusal(f"http://ana:secret@127.0.0.1:{free_port()}")
    assert "does not answer" in said
    assert "secret" not in said


def test_a_silent_server_is_given_up_on(monkeypatch):
    monkeypatch.setattr(mlflow, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert "does not answer" in refusal(f"http://127.0.0.1:{silent.getsockname()[1]}")


def test_a_server_that_fails_without_finishing_its_excuse_is_given_up_on(monkeypatch):
    monkeypatch.setattr(mlflow, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        held = []

        def answer() -> None:
            held.append(server.accept()[0])
            held[0].recv(10_000)
            held[0].sendall(b"HTTP/1.1 500 No\r\nContent-Length: 100\r\n\r\nx")

        thread = threading.Thread(target=answer)
        thread.start()
        assert "failed (status 500)" in refusal(f"http://127.0.0.1:{server.getsockname()[1]}")
        thread.join()
        held[0].close()


@pytest.mark.parametrize(
    ("status", "body", "headers", "words"),
    [
        (200, b"<html>", {}, "is no MLflow server"),
        (200, {"run": 1}, {}, "is no MLflow server"),
        (200, b"[" * 100_000, {}, "is no MLflow server"),
        (200, b"1" * 6_000_000, {}, "is no MLflow server"),
        (302, b"", {"Location": "http://127.0.0.1:1/"}, "is no MLflow server"),
        (404, b"<html>", {}, "is no MLflow server"),
        (401, b"", {}, "other credentials"),
        (503, b"", {}, "failed (status 503)"),
    ],
)
def test_whatever_else_answers_gets_a_sentence(status, body, headers, words):
    with serving(status, body, **headers) as server:
        assert words in refusal(f"http://127.0.0.1:{server.server_port}")


def test_a_file_that_is_no_store_gets_a_sentence(tmp_path):
    assert "is not there" in refusal(f"sqlite:///{tmp_path / 'none.db'}")
    (tmp_path / "text.db").write_text("no database at all, but long enough to be looked at")
    assert "holds no runs" in refusal(f"sqlite:///{tmp_path / 'text.db'}")
    with contextlib.closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE t (a)")
    assert "holds no runs" in refusal(f"sqlite:///{tmp_path / 'other.db'}")


@pytest.mark.parametrize("uri", ["sqlite:///a.db", "http://host:5000", "https://ana:x@host/base", ""])
def test_addresses_of_stores_are_settings(uri):
    assert Settings.from_environ({MLFLOW_URI: uri}).mlflow_uri == uri


@pytest.mark.parametrize("uri", ["file:///etc/passwd", "mlruns", "sqlite://", "http://", "http://host:99999999", "ftp://host"])
def test_other_addresses_are_refused_by_name(uri):
    with pytest.raises(SettingError, match=MLFLOW_URI):
        Settings.from_environ({MLFLOW_URI: uri})
