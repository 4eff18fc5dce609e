"""Tabs of one workbench on a database of the test's own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from storage import upgrade
from tests.pages.tabs import Tab


@pytest.fixture(scope="session")
def _ready_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new database; making one takes longer than most tests here."""
    path = tmp_path_factory.mktemp("ready") / "ready.db"
    upgrade.prepare(f"sqlite:///{path}")
    return path


@pytest.fixture
def new_tab(tmp_path: Path, _ready_file: Path) -> Callable[[], Tab]:
    shutil.copy(_ready_file, tmp_path / "workbench.db")
    return Tab


@pytest.fixture
def tab(new_tab: Callable[[], Tab]) -> Tab:
    return new_tab()
