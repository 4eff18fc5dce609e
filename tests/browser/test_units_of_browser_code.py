"""Parts of what browsers run, by the test runner of Node; the workbench itself needs none."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tools import need

FOLDER = Path(__file__).with_name("unit")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.test.js")), ids=lambda path: path.name.removesuffix(".test.js"))
def test_as_node_sees_it(path: Path) -> None:
    node = need(shutil.which("node"), "Node.js")
    done = subprocess.run([node, "--test", path], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
