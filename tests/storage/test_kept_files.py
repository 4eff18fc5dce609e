"""Data is kept with a project only where somebody asks for it, comes back byte by byte, and can be forgotten."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from scoping.charter import Charter
from scoping.errors import UnknownProjectError
from storage import files
from storage.history import ArchivedError
from storage.store import CharterStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "labels.csv"
    path.write_bytes(b"item,label\n" + b"a,x\n" * 10_000)
    return path


def test_a_kept_file_comes_back_byte_by_byte(store: CharterStore, path: Path) -> None:
    project = store.create(Charter(), "Ana")
    before = datetime.now(UTC)
    kept = store.files.keep(project, path, "labels.csv", "Ana")
    assert store.files.of(project) == (kept,)
    assert (kept.name, kept.size, kept.by) == ("labels.csv", path.stat().st_size, "Ana")
    assert kept.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert before <= kept.at <= datetime.now(UTC)
    assert store.files.content(project, kept.sha256).read() == path.read_bytes()


def test_the_same_file_is_kept_once_and_each_project_has_its_own(store: CharterStore, path: Path) -> None:
    project, other = (store.create(Charter(), "Ana") for _ in range(2))
    store.files.keep(project, path, "labels.csv", "Ana")
    kept = store.files.keep(project, path, "again.csv", "Bo")
    assert [file.name for file in store.files.of(project)] == ["again.csv"]
    assert store.files.of(other) == ()
    with pytest.raises(files.UnknownFileError):
        store.files.content(other, kept.sha256)


def test_people_at_two_servers_may_keep_the_same_file_at_once(store: CharterStore, elsewhere: CharterStore, path: Path) -> None:
    project = store.create(Charter(), "Ana")
    for _ in range(10):
        with ThreadPoolExecutor(4) as people:
            kept = list(people.map(lambda server: server.files.keep(project, path, "labels.csv", "Ana"), [store, elsewhere] * 2))
        assert [file.sha256 for file in store.files.of(project)] == [kept[0].sha256]
        store.files.drop(project, kept[0].sha256)


def test_a_forgotten_file_is_gone(store: CharterStore, path: Path) -> None:
    project = store.create(Charter(), "Ana")
    kept = store.files.keep(project, path, "labels.csv", "Ana")
    store.files.drop(project, kept.sha256)
    assert store.files.of(project) == ()
    with pytest.raises(files.UnknownFileError, match="not kept any more"):
        store.files.content(project, kept.sha256)


@pytest.mark.parametrize("content", [np.random.default_rng(1).bytes(files.LARGEST + 1_000), bytes(files.LARGEST_UNPACKED + 1)])
def test_a_file_that_is_too_large_is_refused(store: CharterStore, tmp_path: Path, content: bytes) -> None:
    project = store.create(Charter(), "Ana")
    (tmp_path / "large").write_bytes(content)
    with pytest.raises(files.FileTooLargeError, match="20 MB packed are the most"):
        store.files.keep(project, tmp_path / "large", "large.csv", "Ana")
    assert store.files.of(project) == ()


def test_a_file_that_is_gone_is_refused(store: CharterStore, tmp_path: Path) -> None:
    project = store.create(Charter(), "Ana")
    with pytest.raises(files.UnknownFileError, match="not there any more"):
        store.files.keep(project, tmp_path / "gone", "gone.csv", "Ana")


def test_an_archived_or_unknown_project_keeps_nothing(store: CharterStore, path: Path) -> None:
    project = store.create(Charter(), "Ana")
    store.archive(project, "Ana")
    with pytest.raises(ArchivedError):
        store.files.keep(project, path, "labels.csv", "Ana")
    with pytest.raises(UnknownProjectError):
        store.files.keep("nothing", path, "labels.csv", "Ana")
