"""The API asked by schemathesis, which knows nothing but its document: what is allowed, what is not, and what nobody thought of."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.tools import ROOT

_PROGRAM = Path(sys.executable).with_name("schemathesis")
_CONFIG = ROOT / "tests" / "schemathesis.toml"


@dataclass(frozen=True)
class Asked:
    """What came of it.

    Attributes:
        cases: requests that were made.
    """

    code: int
    cases: int
    said: str


def ask(port: int, token: str, *, each: int, phases: str, seed: int = 2027) -> Asked:
    """Ask every operation.

    Args:
        each: cases of each operation in the phase in which they are drawn.
    """
    options = ["--max-examples", str(each), "--phases", phases, "--seed", str(seed), "--no-color", "--continue-on-failure"]
    command = [str(_PROGRAM), "--config-file", str(_CONFIG), "run", f"http://127.0.0.1:{port}/api/v1/openapi.json"]
    command += ["-H", f"Authorization: Bearer {token}", *options]
    # It keeps notes where it runs.
    with tempfile.TemporaryDirectory() as folder:
        told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found = re.search(r"([\d,]+) generated", told.stdout)
    return Asked(told.returncode, int(found[1].replace(",", "")) if found else 0, f"{told.stdout}\n{told.stderr}")
