"""What a killed start left beside the database is cleaned up by the next one, and nothing else is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage import upgrade
from tests.server import ROOT

TWO_HOURS = 7_200
KILLED_WHILE = """
import os, sys
from storage import upgrade
setattr(upgrade, sys.argv[2], lambda *_: os.kill(os.getpid(), 9))
upgrade.prepare(f"sqlite:///{sys.argv[1]}")
"""


def test_a_start_that_was_killed_while_it_made_the_database_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "workbench.db"
    killed = subprocess.run([sys.executable, "-c", KILLED_WHILE, str(path), "_put_in_place"], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert list(tmp_path.iterdir())
    assert not path.exists()
    upgrade.prepare(f"sqlite:///{path}")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "age", "is_left"),
    [
        (".workbench.db.{here}.{me}.0a1b2c3d.new", 0, True),
        (".workbench.db.{here}.{me}.0a1b2c3d.new", TWO_HOURS, False),
        (".workbench.db.{here}.999999999.0a1b2c3d.part", 0, False),
        (".workbench.db.{here}.999999999.0a1b2c3d.new-journal", 0, False),
        (".workbench.db.another-machine.999999999.0a1b2c3d.new", 0, True),
        (".workbench.db.another-machine.999999999.0a1b2c3d.new", TWO_HOURS, False),
        (".workbench.db.0a1b2c3d.new", 0, True),
        (".workbench.db.0a1b2c3d.new", TWO_HOURS, False),
        ("workbench.before-upgrade-from-0003.20270101-101010.db.0a1b2c3d.part", TWO_HOURS, False),
        ("workbench.before-upgrade-from-0003.20270101-101010.db", TWO_HOURS, True),
        ("workbench.of-mine.new", TWO_HOURS, True),
        ("workbench.db.part", TWO_HOURS, True),
        (".other.db.0a1b2c3d.new", TWO_HOURS, True),
    ],
)
def test_only_what_nobody_works_on_any_more_is_removed(tmp_path: Path, name: str, age: int, is_left: bool) -> None:
    file = tmp_path / name.format(here=upgrade._machine(), me=os.getpid())
    file.touch()
    changed = file.stat().st_mtime - age
    os.utime(file, (changed, changed))
    upgrade.prepare(f"sqlite:///{tmp_path / 'workbench.db'}")
    assert file.exists() == is_left
