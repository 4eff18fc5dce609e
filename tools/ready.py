"""Prepare .venv: make it when it is missing or broken, fill it when the requirements changed.

    python tools/ready.py requirements.txt

Standard library only, since nothing else is there yet.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUNNING, LOCK = "requirements.txt", "requirements.lock"
DEVELOPMENT = "requirements-dev.txt"
VERSION = "{}.{}".format(*sys.version_info)
STAMP = VENV / ".installed"
"""Says what was installed completely: for which folder, with which Python, by which requirements."""
UNFINISHED = VENV / ".unfinished"
"""There while something is being installed, and still there if that was interrupted."""
LINES_OF_PIP = 8


def main(requirements: str) -> None:
    """Leave .venv with everything that a file of requirements names; do nothing when it already has it."""
    with Path(__file__).open() as lock:
        hold(lock.fileno())
        if not is_sound():
            build()
        # Who has what development needs has what the workbench needs.
        if stamped() not in (stamp(requirements), stamp(DEVELOPMENT)):
            install(requirements)


def hold(lock: int) -> None:
    """Wait until no other start is installing; let go when this process ends, however it ends."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another start is installing already; waiting for it…")
        fcntl.flock(lock, fcntl.LOCK_EX)


def is_sound() -> bool:
    """Whether .venv runs this Python, has pip, was made in this folder and was never left half-filled."""
    if UNFINISHED.exists() or (stamped() and not stamped().startswith(place())):
        return False
    probe = "import sys, pip; print('{}.{}'.format(*sys.version_info))"
    try:
        answer = subprocess.run([PYTHON, "-c", probe], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.stdout.strip() == VERSION


def build() -> None:
    """Make .venv anew."""
    say(f"Making the virtual environment .venv with Python {VERSION}…")
    need_ensurepip()
    try:
        if VENV.exists():
            shutil.rmtree(VENV)
        VENV.mkdir()
        UNFINISHED.touch()
        venv.create(VENV, with_pip=True, symlinks=True)
    except PermissionError:
        stop(f"The folder {ROOT} cannot be written: make it writable, or clone the workbench into another folder.")
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        stop(f"The virtual environment {VENV} cannot be made: {error}.")


def need_ensurepip() -> None:
    """See to the part of Python that puts pip into .venv; Debian keeps it in a package of its own."""
    package = f"python{VERSION}-venv"
    if not (has_ensurepip() or (apt_install(package) and has_ensurepip())):
        stop(f"Python {VERSION} lacks its venv part here: install it (Debian, Ubuntu: sudo apt install {package}) and try again.")


def has_ensurepip() -> bool:
    """Whether this Python can put pip into .venv."""
    importlib.invalidate_caches()
    try:
        importlib.import_module("ensurepip")
    except ImportError:
        return False
    return True


def install(requirements: str) -> None:
    """Let pip install a file of requirements, quietly; stop with its last lines when it cannot."""
    say("Installing what the workbench needs; the first time takes a minute…")
    UNFINISHED.touch()
    STAMP.unlink(missing_ok=True)
    # What the workbench runs on comes with hashes, so that nobody can exchange a package on its way here.
    locked = ["--require-hashes", "-r", LOCK] if is_locked() else ["-r", RUNNING]
    pip = run_pip(*locked)
    if requirements != RUNNING and not pip.returncode:
        pip = run_pip("-r", requirements)
    UNFINISHED.unlink()
    if pip.returncode:
        stop(
            "The packages could not be installed: check the network (pip needs its package index, or the index and proxy of "
            "your organisation) and try again. pip said:",
            *pip.stdout.rstrip().splitlines()[-LINES_OF_PIP:],
        )
    STAMP.write_text(stamp(requirements))


def run_pip(*wanted: str) -> subprocess.CompletedProcess[str]:
    """Let pip install something into .venv."""
    return subprocess.run(
        [PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", *wanted],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def is_locked() -> bool:
    """Whether the lock was made from the requirements as they are now."""
    lock = ROOT / LOCK
    return lock.exists() and pins_digest() in lock.read_text().split("\n", 1)[0]


def pins_digest() -> str:
    """SHA-256 of what the running requirements ask for, whatever their comments say."""
    asked = (line.split("#")[0].strip() for line in (ROOT / RUNNING).read_text().splitlines())
    return hashlib.sha256("\n".join(filter(None, asked)).encode()).hexdigest()


def stamped() -> str:
    """What the stamp says; "" without one."""
    return STAMP.read_text() if STAMP.exists() else ""


def stamp(requirements: str) -> str:
    """What the stamp says once a file of requirements, and the files it includes, are installed."""
    text = (ROOT / requirements).read_text()
    if requirements == RUNNING and is_locked():
        text += (ROOT / LOCK).read_text()
    included = (stamp(name) for name in re.findall(r"^-r\s+(\S+)", text, re.MULTILINE))
    return place() + hashlib.sha256("".join([text, *included]).encode()).hexdigest()


def place() -> str:
    """Where .venv works: scripts in it name its folder and its Python, so it cannot be moved."""
    return f"{VENV} Python {VERSION} "


def apt_install(*packages: str) -> bool:
    """Install packages as root on Debian and Ubuntu. Returns whether that was possible."""
    if os.geteuid() or not shutil.which("apt-get"):
        return False
    say(f"Installing {', '.join(packages)}…")
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        apt = subprocess.run(
            ["apt-get", "--quiet", "--quiet", *command],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    if apt.returncode:
        say(f"{', '.join(packages)} could not be installed:", *apt.stdout.rstrip().splitlines()[-LINES_OF_PIP:])
    return not apt.returncode


def say(*lines: str) -> None:
    """Tell the person at the terminal, at once."""
    print("\n".join(lines), flush=True)


def stop(*lines: str) -> NoReturn:
    """End with sentences instead of a traceback."""
    sys.exit("\n".join(lines))


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        stop("Stopped before everything was installed; the next start begins anew.")
