"""The workbench starts with one command, and whatever stands in the way gets one sentence that says what to do."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

from scoping.charter import Charter
from storage.store import CharterStore
from tests.server import ROOT, Server
from tests.tools import free_port

SECONDS_TO_BE_READY = 20
"""Generous, for machines that run other things; an idle one needs a fifth of it."""

SECONDS_TO_STOP = 5


@pytest.fixture
def port() -> int:
    return free_port()


def refusal(**settings: str) -> str:
    """What a start says that ends at once instead of serving."""
    ended = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode != 0
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""
    said = ended.stderr.strip()
    assert "\n" not in said, said
    assert said.endswith(".")
    return said


def test_a_start_is_ready_within_seconds_and_makes_its_database(database_url: str, tmp_path: Path) -> None:
    began = time.monotonic()
    # Users write the address as other programs do, without the driver.
    server = Server(tmp_path, database_url.replace("postgresql+psycopg", "postgresql"))
    server.stop()
    assert time.monotonic() - began < SECONDS_TO_BE_READY
    assert "Traceback" not in server.log.read_text()


def test_a_server_that_was_killed_starts_again_on_its_database(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.kill()
    server.start()
    server.stop()
    with sqlite3.connect(server.database) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


def test_interrupting_it_at_the_terminal_ends_it_quietly_while_a_page_is_open(tmp_path: Path) -> None:
    server = Server(tmp_path)
    store = CharterStore.at(f"sqlite:///{server.database}")
    project = store.create(Charter(), "Ana")
    store.close()
    with urllib.request.urlopen(f"{server.url}/api/v1/projects/{project}/stream?tab=t&since=1") as events:
        assert events.readline()
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(SECONDS_TO_STOP) == 0
    assert "Traceback" not in server.log.read_text()


def test_a_busy_port_is_named_with_the_setting_that_changes_it(port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        said = refusal(WORKBENCH_PORT=str(port))
    assert str(port) in said
    assert "WORKBENCH_PORT=" in said


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, port: int) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder")
    said = refusal(WORKBENCH_PORT=str(port), WORKBENCH_DATABASE_URL=f"sqlite:///{file / 'workbench.db'}")
    assert str(file) in said
    assert "WORKBENCH_DATABASE_URL" in said


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("WORKBENCH_DATABASE_URL", "nonsense"),
        ("WORKBENCH_DATABASE_URL", "mysql://localhost/charters"),
        ("WORKBENCH_DATABASE_URL", "sqlite://"),
        ("WORKBENCH_PORT", "eighty"),
        ("WORKBENCH_PORT", "70000"),
        ("WORKBENCH_ADDRESS", "no such address"),
        ("WORKBENCH_DATA_FOLDER", "/no/such/folder"),
        ("WORKBENCH_DATA_DATABASE_URL", "mysql://localhost/tables"),
        ("WORKBENCH_MLFLOW_URI", "file:///etc/passwd"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(setting: str, value: str, port: int) -> None:
    assert setting in refusal(**{"WORKBENCH_PORT": str(port), setting: value})


def test_a_database_server_that_does_not_answer_gets_a_sentence(port: int) -> None:
    said = refusal(
        WORKBENCH_PORT=str(port), WORKBENCH_DATABASE_URL=f"postgresql://somebody:secret@127.0.0.1:{free_port()}/charters"
    )
    assert "database" in said
    assert "secret" not in said


def _empty(path: Path) -> None:
    path.touch()


def _of_another_program(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE songs (title TEXT)")
    database.close()


def _no_database(path: Path) -> None:
    path.write_bytes(b"Dear diary, " * 100)


@pytest.mark.parametrize("make", [_empty, _of_another_program, _no_database])
def test_a_file_that_is_not_ours_is_refused_and_left_as_it_was(make, tmp_path: Path, port: int) -> None:
    file = tmp_path / "workbench.db"
    make(file)
    before = file.read_bytes()
    assert str(file) in refusal(WORKBENCH_PORT=str(port), WORKBENCH_DATABASE_URL=f"sqlite:///{file}")
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


# The same through make, which has to find a Python first.


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The files of a clone that `make run` reads before anything is installed, in a folder with a space in its name."""
    if not shutil.which("make"):
        pytest.skip("not run: make is missing on this machine")
    folder = tmp_path / "a clone"
    shutil.copytree(ROOT / "tools", folder / "tools")
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt", "requirements-extras.txt"):
        shutil.copy(ROOT / name, folder)
    (folder / "app.py").write_text("print('served')")
    return folder


def command(path: Path, script: str) -> Path:
    """A command made of a shell script."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def make_run(folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "PYTHON", "CI"))}
    return subprocess.run(
        ["make", "run"], cwd=folder, env=inherited | environ, capture_output=True, text=True, timeout=120, check=False
    )


def make_said(ended: subprocess.CompletedProcess[str]) -> str:
    """The message of a start that was refused, without the line in which make says that it stops."""
    assert ended.returncode != 0
    assert "Traceback" not in ended.stdout + ended.stderr
    said, stopped = ended.stderr.strip().rsplit("\n", 1)
    assert stopped.startswith("make: ***")
    return said


@pytest.fixture
def path_without_python(tmp_path: Path) -> Path:
    """A folder for PATH with what a machine without Python has."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("make", "sh"):
        (folder / name).symlink_to(str(shutil.which(name)))
    return folder


def test_an_old_python_is_told_what_to_do(clone: Path, path_without_python: Path) -> None:
    command(path_without_python / "python3", "echo 3.9")
    said = make_said(make_run(clone, PATH=str(path_without_python)))
    assert "\n" not in said
    assert re.search(r"needs Python 3\.11 or newer.*this machine has Python 3\.9: install one from", said)


def test_a_machine_without_python_is_told_what_to_do(clone: Path, path_without_python: Path) -> None:
    said = make_said(make_run(clone, PATH=str(path_without_python)))
    assert "\n" not in said
    assert "needs Python 3.11 or newer, and this machine has none: install one from" in said


def test_a_python_that_was_named_and_is_too_old_is_not_replaced_by_another(clone: Path, tmp_path: Path) -> None:
    old = command(tmp_path / "old" / "python", "echo 2.7")
    said = make_said(make_run(clone, PYTHON=str(old)))
    assert f"PYTHON={old} is Python 2.7" in said


def test_a_python_that_cannot_make_environments_is_told_which_package_to_install(
    clone: Path, path_without_python: Path, tmp_path: Path
) -> None:
    (tmp_path / "ensurepip.py").write_text("raise ImportError('as Debian has it')")
    said = make_said(make_run(clone, PATH=str(path_without_python), PYTHON=sys.executable, PYTHONPATH=str(tmp_path)))
    assert "\n" not in said
    assert re.search(r"sudo apt install python3\.\d+-venv", said)


def require(clone: Path, *lines: str) -> None:
    """What the clone needs; nothing is installed in no time."""
    (clone / "requirements.txt").write_text("\n".join(lines))


def test_a_second_start_installs_nothing_and_new_requirements_are_installed(clone: Path) -> None:
    require(clone)
    first = make_run(clone).stdout.splitlines()
    assert first[0].startswith("Making the virtual environment")
    assert first[1].startswith("Installing")
    assert first[2:] == ["served"]
    assert make_run(clone).stdout.splitlines() == ["served"]
    require(clone, "# another version")
    third = make_run(clone).stdout.splitlines()
    assert third[0].startswith("Installing")
    assert third[1:] == ["served"]


def test_a_clone_that_was_moved_makes_its_environment_anew(clone: Path, tmp_path: Path) -> None:
    require(clone)
    make_run(clone)
    moved = clone.rename(tmp_path / "elsewhere")
    assert make_run(moved).stdout.startswith("Making the virtual environment")
    pip = (moved / ".venv" / "bin" / "pip").read_text()
    assert str(moved) in pip
    assert make_run(moved).stdout == "served\n"


def test_an_environment_whose_python_is_gone_is_made_anew(clone: Path) -> None:
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "bin" / "python").symlink_to("/gone/python3.11")
    require(clone)
    ended = make_run(clone)
    assert ended.stdout.startswith("Making the virtual environment")
    assert ended.stdout.endswith("served\n")


def test_packages_that_cannot_be_installed_get_a_sentence_and_the_last_lines_of_pip(clone: Path) -> None:
    require(clone, "no-such-package==1")
    said = make_said(make_run(clone, PIP_NO_INDEX="1")).splitlines()
    assert said[0].startswith("The packages could not be installed: check the network")
    assert "no-such-package" in said[-1]
    require(clone)
    assert make_run(clone).stdout.endswith("served\n")


def wheel(folder: Path) -> str:
    """A package of our own in a folder; the SHA-256 of its file."""
    path = folder / "tiny-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("tiny.py", "")
        file.writestr("tiny-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1\n")
        file.writestr("tiny-1.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr("tiny-1.dist-info/RECORD", "tiny.py,,\ntiny-1.dist-info/METADATA,,\ntiny-1.dist-info/WHEEL,,\n")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_package_with_another_hash_than_the_lock_says_is_refused(clone: Path, tmp_path: Path) -> None:
    right = wheel(tmp_path)
    here = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path)}
    require(clone, "tiny==1  # for a test")
    head = f"# {hashlib.sha256(b'tiny==1').hexdigest()}\n"
    (clone / "requirements.lock").write_text(f"{head}tiny==1 --hash=sha256:{'0' * 64}\n")
    assert "HASHES" in make_said(make_run(clone, **here))
    (clone / "requirements.lock").write_text(f"{head}tiny==1 --hash=sha256:{right}\n")
    assert make_run(clone, **here).stdout.endswith("served\n")
    assert make_run(clone, **here).stdout == "served\n"


def test_an_installation_that_was_cut_short_begins_anew(clone: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        require(clone, "no-such-package==1")
        index = f"http://127.0.0.1:{silent.getsockname()[1]}"
        start = subprocess.Popen(
            ["make", "run"], cwd=clone, env=os.environ | {"PIP_INDEX_URL": index}, stdout=subprocess.DEVNULL, start_new_session=True
        )
        silent.settimeout(60)
        asked, _ = silent.accept()
        with asked:
            os.killpg(start.pid, signal.SIGKILL)
            start.wait()
    require(clone)
    ended = make_run(clone)
    assert ended.stdout.startswith("Making the virtual environment")
    assert ended.stdout.endswith("served\n")
