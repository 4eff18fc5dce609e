"""Whoever reads only the README knows every command and setting, and finds none that does not exist."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
MAKEFILE = (ROOT / "Makefile").read_text()


def test_every_command_is_in_the_table_and_the_other_way_round() -> None:
    told = re.findall(r"^\| `make (\w+)` \|", README, re.MULTILINE)
    made = re.findall(r"^(\w+):.*## ", MAKEFILE, re.MULTILINE)
    assert told == made


def test_every_mention_of_a_command_exists() -> None:
    targets = set(re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE))
    assert set(re.findall(r"\bmake (\w+)`", README)) <= targets
    assert set(re.findall(r"^make (\w+)$", README, re.MULTILINE)) <= targets


def test_make_alone_lists_the_commands() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in re.findall(r"^(\w+):.*## ", MAKEFILE, re.MULTILINE):
        assert re.search(rf"^  make {target} ", listed, re.MULTILINE)


def test_every_setting_is_in_the_table_and_the_other_way_round() -> None:
    told = re.findall(r"^\| `(WORKBENCH_\w+)` \|", README, re.MULTILINE)
    read = re.findall(r'"(WORKBENCH_\w+)"', (ROOT / "storage" / "settings.py").read_text())
    assert sorted(told) == sorted(read)


def test_the_plain_commands_name_files_that_are_there() -> None:
    for name in re.findall(r"(?:-r|python) ([\w-]+\.(?:txt|py))", README):
        assert (ROOT / name).is_file(), name
