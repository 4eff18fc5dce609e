"""Judges that are too large for every run: they are installed beside the tests when a proof asks for them."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.tools import JUDGES, need


@functools.cache
def debian(package: str, program: str) -> Path:
    """A program of a Debian package, unpacked without its services."""
    if found := shutil.which(program):
        return Path(found)
    folder = JUDGES / package
    place = folder / "usr" / "bin" / program
    if not place.exists() and shutil.which("apt-get") and shutil.which("dpkg"):
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["apt-get", "download", package], cwd=folder, capture_output=True, check=False)
        for file in folder.glob("*.deb"):
            subprocess.run(["dpkg", "-x", file, folder], capture_output=True, check=False)
            file.unlink()
    return need(place if place.exists() else None, program)


@functools.cache
def python(name: str, *requirements: str) -> Path:
    """The folder of programs of an environment of its own, with these requirements in it."""
    folder = JUDGES / f"python-{name}"
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    stamp = folder / "requirements"
    if not stamp.exists() or stamp.read_text() != "\n".join(requirements):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        command = [programs / "python", "-m", "pip", "install", "--quiet", *requirements]
        done = subprocess.run(command, capture_output=True, check=False)
        if not done.returncode:
            stamp.write_text("\n".join(requirements))
    return need(programs if stamp.exists() else None, f"what {name} is judged with")


def run(*command: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a judge, in English and without asking the network."""
    environ = {**os.environ, "LC_ALL": "C.UTF-8", "HF_HUB_OFFLINE": "1"}
    return subprocess.run(list(map(str, command)), cwd=cwd, env=environ, capture_output=True, text=True, check=False)
