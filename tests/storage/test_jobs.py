"""Work in processes of its own: limited, in turn, told, ended at will; and what each person has on their desk."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scoping.measuring import method
from scoping.tables.table import Preview
from storage.children import Children, Finished, Refused, Running, Task, TaskState, Waiting, WorkError
from storage.jobs import KEPT_SECONDS, Desk, Jobs, Source
from tests.tools import until

PROGRAM = """
import json, os, sys, time
job = json.loads(sys.stdin.readline())
if job["do"] == "early":
    print(json.dumps({"first": {"answer": "about"}}), flush=True)
print(json.dumps({"share": 0.5, "what": "Half way"}), flush=True)
if job["do"] == "early":
    while not os.path.exists(job["until"]):
        time.sleep(0.01)
if job["do"] == "wait":
    open(job["here"], "w").write(str(os.getpid()))
    while not os.path.exists(job["until"]):
        time.sleep(0.01)
if job["do"] == "abort":
    sys.stderr.write("detail " * 100_000 + "the last words")
    sys.stderr.flush()
    os.abort()
if job["do"] == "half":
    print('{"done"', end="", flush=True)
    os._exit(0)
if job["do"] == "environ":
    print(json.dumps({"done": {"environ": sorted(os.environ), "path": sys.path}}))
    sys.exit()
print(json.dumps({"done": {"answer": job["do"]}}))
"""


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Callable[..., Children]]:
    """Children that run a program which does as it is told."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    with contextlib.ExitStack() as stack:

        def start(at_once: int = 2, seconds: float = 60) -> Children:
            made = Children(at_once, seconds, program)
            stack.callback(made.close)
            return made

        yield start


def ended(task: Task) -> TaskState:
    assert until(lambda: task.is_over, 30)
    return task.state


def waiting(tmp_path: Path, name: str) -> dict[str, Any]:
    return {"do": "wait", "here": str(tmp_path / f"{name}.here"), "until": str(tmp_path / f"{name}.go")}


def test_an_answer_comes_back(children: Callable[..., Children]) -> None:
    assert ended(children().start({"do": "add"})) == Finished({"answer": "add"})


def test_progress_is_told(children: Callable[..., Children], tmp_path: Path) -> None:
    task = children().start(waiting(tmp_path, "a"))
    assert until(lambda: task.state == Running(0.5, "Half way"))
    (tmp_path / "a.go").touch()
    assert ended(task) == Finished({"answer": "wait"})


def test_a_first_answer_stands_beside_the_progress_until_the_last_one(children: Callable[..., Children], tmp_path: Path) -> None:
    task = children().start(waiting(tmp_path, "a") | {"do": "early"})
    assert until(lambda: task.state == Running(0.5, "Half way", {"answer": "about"}))
    (tmp_path / "a.go").touch()
    assert ended(task) == Finished({"answer": "early"})


def test_no_more_run_at_once_than_allowed_and_the_others_wait_in_turn(children: Callable[..., Children], tmp_path: Path) -> None:
    pool = children(at_once=1)
    tasks = [pool.start(waiting(tmp_path, name)) for name in "abc"]
    assert until((tmp_path / "a.here").exists)
    assert [task.state for task in tasks[1:]] == [Waiting(0), Waiting(1)]
    (tmp_path / "b.go").touch()
    (tmp_path / "c.go").touch()
    time.sleep(0.2)
    assert not (tmp_path / "b.here").exists()
    (tmp_path / "a.go").touch()
    assert [ended(task) for task in tasks] == [Finished({"answer": "wait"})] * 3


def test_cancelling_ends_the_process_and_lets_the_next_one_begin(children: Callable[..., Children], tmp_path: Path) -> None:
    pool = children(at_once=1)
    first, second, third = (pool.start(waiting(tmp_path, name)) for name in "abc")
    assert until(lambda: (tmp_path / "a.here").exists() and (tmp_path / "a.here").read_text())
    second.cancel()
    first.cancel()
    assert until(lambda: not _is_alive(int((tmp_path / "a.here").read_text())))
    assert until((tmp_path / "c.here").exists)
    assert not (tmp_path / "b.here").exists()
    (tmp_path / "c.go").touch()
    assert ended(third) == Finished({"answer": "wait"})


def _is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("death", ["abort", "half"])
def test_a_crash_gets_a_calm_sentence_and_the_log_gets_the_details(
    children: Callable[..., Children], death: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="workbench"):
        state = ended(children().start({"do": death}))
    assert isinstance(state, Refused)
    assert state.error.message == "The check stopped before it was done. Nothing else was affected."
    number = state.error.hint.rpartition("incident ")[2].rstrip(".")
    (record,) = caplog.records
    assert f"Incident {number}" in record.getMessage()
    assert ("the last words" in record.getMessage()) == (death == "abort")
    assert len(record.getMessage()) < 10_000


def test_what_cannot_be_started_is_said_and_the_next_one_begins(
    children: Callable[..., Children], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = children(at_once=1)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "executable", str(tmp_path / "gone"))
        state = ended(made.start({"do": "add"}))
    assert isinstance(state, Refused)
    assert state.error.message == "The check could not be started."
    assert ended(made.start({"do": "add"})) == Finished({"answer": "add"})


def test_what_takes_too_long_is_ended(children: Callable[..., Children], tmp_path: Path) -> None:
    state = ended(children(seconds=0.3).start(waiting(tmp_path, "a")))
    assert isinstance(state, Refused)
    assert state.error.message == "This took too long and was ended."


def test_a_process_sees_no_passwords_of_the_server(children: Callable[..., Children], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", "postgresql://user:secret@host/name")
    state = ended(children().start({"do": "environ"}))
    assert isinstance(state, Finished)
    assert "OMP_NUM_THREADS" in state.answer["environ"]
    assert not [name for name in state.answer["environ"] if name.startswith("WORKBENCH")]
    assert str(Path.cwd()) not in state.answer["path"]


def test_a_process_ends_with_a_server_that_was_killed(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text('truth,predicted,"tag"\n' + "yes,no,car\n" * 3_000_000)
    server = f"""
import sys, time
sys.path.insert(0, {str(Path.cwd())!r})
from pathlib import Path
from storage.jobs import Jobs, Source
jobs = Jobs()
jobs.take("ana", "slices", Source("long.csv", Path({str(path)!r})))
jobs.start("ana", {{"truth": "truth", "prediction": "predicted", "lists": ["tag"]}})
while not (process := jobs._places["ana"].work.process):
    time.sleep(0.01)
print(process.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", server], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        child = int(process.stdout.readline())
        assert _is_alive(child)
        process.kill()
    assert until(lambda: not _is_alive(child), 3)


# Desks

TABLE = b"truth,predicted,noise\nyes,yes,car\nno,yes,wind\n"
SETTINGS = {"truth": "truth", "prediction": "predicted", "lists": ["noise"]}


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def _take(jobs: Jobs, key: str, content: bytes = TABLE, name: str = "cases.csv") -> Desk:
    jobs.take(key, "slices", jobs.copy(io.BytesIO(content), name))
    return _look(jobs, key)


def _look(jobs: Jobs, key: str) -> Desk:
    desk = jobs.look(key)
    assert desk
    return desk


def _over(state: TaskState | None) -> bool:
    return isinstance(state, Finished | Refused)


def test_a_table_on_a_desk_is_previewed_and_measured(jobs: Jobs) -> None:
    _take(jobs, "ana")
    assert until(lambda: _over(_look(jobs, "ana").preview), 30)
    preview = _look(jobs, "ana").preview
    assert isinstance(preview, Finished)
    assert Preview.model_validate(preview.answer).names == ("truth", "predicted", "noise")
    jobs.start("ana", SETTINGS)
    assert until(lambda: _over(_look(jobs, "ana").work), 30)
    desk = _look(jobs, "ana")
    assert isinstance(desk.work, Finished)
    assert (desk.work.answer["rows"], desk.work.answer["rows_used"]) == (2, 2)
    assert method("slices").result.model_validate(desk.work.answer["result"]).errors == 1
    assert desk.settings == SETTINGS


def test_desks_are_apart(jobs: Jobs) -> None:
    ana, bo = _take(jobs, "ana"), _take(jobs, "bo", name="others.csv")
    assert (ana.source.name, bo.source.name) == ("cases.csv", "others.csv")
    jobs.drop("ana")
    assert jobs.look("ana") is None
    assert jobs.look("bo")


def test_pressing_twice_starts_once_and_other_settings_start_anew(jobs: Jobs) -> None:
    _take(jobs, "ana", b"truth,predicted,noise\n" + b"yes,no,car\n" * 500_000)
    jobs.start("ana", SETTINGS)
    first = jobs._places["ana"].work
    jobs.start("ana", SETTINGS)
    assert jobs._places["ana"].work is first
    jobs.start("ana", SETTINGS | {"lists": []})
    assert first
    assert first.is_cancelled


def test_a_copy_is_private_and_its_name_is_ours(jobs: Jobs) -> None:
    source = _take(jobs, "ana", name="../../etc/passwd\n.csv").source
    assert source.path
    assert source.path.stat().st_mode & 0o077 == 0 or source.path.parent.stat().st_mode & 0o077 == 0
    assert "passwd" not in source.path.name
    assert "\n" not in source.name


def test_a_full_disk_gets_a_sentence_and_leaves_nothing_behind(jobs: Jobs) -> None:
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
    try:
        with pytest.raises(WorkError, match="no room"):
            jobs.copy(io.BytesIO(bytes(3_000_000)), "cases.csv")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not list(jobs._folder.iterdir())


def test_more_than_there_is_room_for_is_refused(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.jobs.ROOM", 10)
    _take(jobs, "ana")
    with pytest.raises(WorkError, match="no room"):
        jobs.copy(io.BytesIO(TABLE), "cases.csv")


def test_each_person_has_room_of_their_own(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.jobs.ROOM_EACH", 10)
    first = jobs.copy(io.BytesIO(TABLE), "cases.csv", "ana")
    with pytest.raises(WorkError, match="Your tables"):
        jobs.copy(io.BytesIO(TABLE), "cases.csv", "ana")
    jobs.copy(io.BytesIO(TABLE), "cases.csv", "ben")
    assert first.path
    first.path.unlink()
    jobs.copy(io.BytesIO(TABLE), "cases.csv", "ana")


@pytest.mark.parametrize("act", ["replace", "drop", "close"])
def test_a_copy_goes_when_it_is_no_longer_needed(jobs: Jobs, act: str) -> None:
    path = _take(jobs, "ana").source.path
    assert path
    assert path.exists()
    {"replace": lambda: _take(jobs, "ana"), "drop": lambda: jobs.drop("ana"), "close": jobs.close}[act]()
    assert not path.exists()


def test_the_end_of_the_server_removes_all_copies() -> None:
    server = f"""
import io, sys
sys.path.insert(0, {str(Path.cwd())!r})
from storage.jobs import Jobs
print(Jobs().copy(io.BytesIO(b"a,b"), "cases.csv").path)
"""
    told = subprocess.run([sys.executable, "-c", server], capture_output=True, text=True, check=True).stdout
    assert not Path(told.strip()).parent.exists()


def test_cancelling_keeps_the_copy(jobs: Jobs) -> None:
    path = _take(jobs, "ana").source.path
    jobs.start("ana", SETTINGS)
    jobs.cancel("ana")
    assert path
    assert path.exists()
    assert _look(jobs, "ana").work is None


def test_a_file_that_is_not_ours_is_never_removed(jobs: Jobs, tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes(TABLE)
    jobs.take("ana", "slices", Source("cases.csv", path))
    jobs.drop("ana")
    assert path.exists()


def test_what_nobody_looked_at_for_an_hour_is_forgotten(jobs: Jobs) -> None:
    path = _take(jobs, "ana").source.path
    _take(jobs, "bo")
    jobs._places["ana"].seen -= KEPT_SECONDS + 1
    jobs.sweep()
    assert jobs.look("ana") is None
    assert jobs.look("bo")
    assert path
    assert not path.exists()


def test_copies_that_a_killed_server_left_are_removed_after_an_hour(jobs: Jobs) -> None:
    left = jobs._folder.with_name(f"{jobs._folder.name}-left")
    left.mkdir()
    old, young = left / "old", left / "young"
    for path in (old, young):
        path.write_bytes(TABLE)
    an_hour_ago = time.time() - KEPT_SECONDS - 1
    os.utime(old, (an_hour_ago, an_hour_ago))
    jobs.sweep()
    assert not old.exists()
    assert young.exists()
    for path in (young, left):
        os.utime(path, (an_hour_ago, an_hour_ago))
    jobs.sweep()
    os.utime(left, (an_hour_ago, an_hour_ago))
    jobs.sweep()
    assert not left.exists()


def test_a_copy_that_is_needed_survives_the_sweep_of_another_server(jobs: Jobs) -> None:
    path = _take(jobs, "ana").source.path
    assert path
    an_hour_ago = time.time() - KEPT_SECONDS - 1
    os.utime(path, (an_hour_ago, an_hour_ago))
    jobs.sweep()
    other = Jobs()
    other.sweep()
    other.close()
    assert path.exists()
