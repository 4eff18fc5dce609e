"""A backup while people work, on both kinds of databases: whole as of one moment, brought back into either kind, damage found."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from scoping import samples
from scoping.errors import DatabaseError
from scoping.merge import Edit
from storage.backups.checking import check, check_backup
from storage.backups.restoring import restore
from storage.backups.writing import DATABASE, NOTE, back_up
from storage.engine import open_engine
from storage.store import CharterStore
from tests.tools import new_database


@pytest.fixture
def postgres_database(postgres_server: str) -> Iterator[str]:
    with new_database(postgres_server) as url:
        yield url


@pytest.fixture
def project(store: CharterStore, tmp_path: Path) -> str:
    """A project with a history and a file that is kept."""
    made = store.create(samples.samples()[0].charter, "Ana")
    store.save(
        made, "problems", [Edit("", "", "in_scope", samples.samples()[0].charter.problems.in_scope, "Everything, سلام")], "Bo"
    )
    data = tmp_path / "labels.csv"
    data.write_text("a,b\n1,2\n" * 1_000)
    store.files.keep(made, data, "labels.csv", "Ana")
    store.people.rename("browser", "Ana")
    store.versions.keep(made, "Ana", name="First")
    return made


def test_a_backup_is_brought_back_into_either_kind_of_database(store, project, database_url, tmp_path):
    note = back_up(database_url, tmp_path / "one.backup.zip")
    assert note.rows["charter"] == note.rows["kept_file"] == 1
    found = check_backup(tmp_path / "one.backup.zip")
    assert (found.projects, found.revisions, found.files, found.problems) == (1, 2, 1, [])
    into = f"sqlite:///{tmp_path / 'restored.db'}"
    assert restore(tmp_path / "one.backup.zip", into).problems == []
    again = CharterStore.at(into)
    assert again.open(project).charter == store.open(project).charter
    assert again.open(project).stamp == store.open(project).stamp
    assert again.charter_at(project, 1) == samples.samples()[0].charter.model_copy(
        update={"project": again.charter_at(project, 1).project}
    )
    assert [card.name for card in again.portfolio.page(today=store._now().date()).cards] == [store.open(project).charter.name]
    again.save(project, "problems", [Edit("", "", "in_scope", "Everything, سلام", "Less")], "Cy")
    again.close()


def test_a_backup_of_a_file_is_brought_back_into_a_server(store, project, postgres_database, tmp_path, database_url):
    back_up(database_url, tmp_path / "one.backup.zip")
    assert restore(tmp_path / "one.backup.zip", postgres_database).problems == []
    again = CharterStore.at(postgres_database)
    assert again.open(project).charter == store.open(project).charter
    again.close()


def test_it_is_whole_although_people_save_all_the_time(store, project, database_url, tmp_path):
    ended = threading.Event()
    saved = []

    def work() -> None:
        seen = "Everything, سلام"
        while not ended.is_set():
            wanted = f"Everything {len(saved)}"
            store.save(project, "problems", [Edit("", "", "in_scope", seen, wanted)], "Bo")
            seen = wanted
            saved.append(wanted)

    person = threading.Thread(target=work)
    person.start()
    try:
        for number in range(3):
            before = len(saved)
            back_up(database_url, tmp_path / f"{number}.backup.zip")
            found = check_backup(tmp_path / f"{number}.backup.zip")
            assert found.problems == []
            assert found.revisions >= 2 + before
    finally:
        ended.set()
        person.join()
    assert saved


def test_what_stands_there_is_never_overwritten(store, project, database_url, tmp_path):
    file = tmp_path / "one.backup.zip"
    back_up(database_url, file)
    with pytest.raises(DatabaseError, match="already"):
        back_up(database_url, file)
    with pytest.raises(DatabaseError, match="holds projects already"):
        restore(file, database_url)
    assert store.open(project).stamp.number == 2
    assert [path.name for path in tmp_path.glob(".backup-*")] == []


def test_a_database_of_before_that_holds_projects_is_not_even_upgraded(store, project, database_url, tmp_path):
    back_up(database_url, tmp_path / "one.backup.zip")
    before = tmp_path / "before.db"
    with contextlib.closing(sqlite3.connect(before)) as database:
        database.executescript((Path(__file__).parent / "past" / "0012.sql").read_text("utf-8"))
        database.commit()
    kept = before.read_bytes()
    with pytest.raises(DatabaseError, match="left untouched"):
        restore(tmp_path / "one.backup.zip", f"sqlite:///{before}")
    assert before.read_bytes() == kept


def test_a_database_without_projects_in_which_people_have_names_is_left_alone(store, project, database_url, tmp_path):
    back_up(database_url, tmp_path / "one.backup.zip")
    used = f"sqlite:///{tmp_path / 'used.db'}"
    other = CharterStore.at(used)
    other.people.rename("browser", "Bo")
    with pytest.raises(DatabaseError, match="what people have set already"):
        restore(tmp_path / "one.backup.zip", used)
    assert other.people.name("browser") == "Bo"
    other.close()


@pytest.mark.parametrize("filling", [b"", b"\0", b"\xff"])
def test_a_backup_that_was_damaged_on_its_way_is_told_in_words(store, project, database_url, tmp_path, filling):
    file, new = tmp_path / "one.backup.zip", tmp_path / "new.db"
    back_up(database_url, file)
    whole = file.read_bytes()
    file.write_bytes(whole[:3000] + filling * 200 + whole[3200:] if filling else b"")
    with pytest.raises(DatabaseError, match="damaged"):
        restore(file, f"sqlite:///{new}")
    assert not new.exists()


def test_no_database_and_no_backup_are_told_in_words(tmp_path):
    with pytest.raises(DatabaseError, match="no database"):
        back_up(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "x.zip")
    with pytest.raises(DatabaseError, match="no database"):
        check(f"sqlite:///{tmp_path / 'none.db'}")
    with pytest.raises(DatabaseError, match="no file"):
        check_backup(tmp_path / "x.zip")
    with pytest.raises(DatabaseError, match="no file"):
        check_backup(tmp_path)
    (tmp_path / "x.zip").write_text("not a zip")
    with pytest.raises(DatabaseError, match="no backup"):
        check_backup(tmp_path / "x.zip")
    assert list(tmp_path.glob("*.db")) == []


def rewritten(file: Path, target: Path, database: bytes, **note: object) -> Path:
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        new.writestr(DATABASE, database)
        new.writestr(NOTE, json.dumps({**json.loads(old.read(NOTE)), **note}))
    return target


def test_every_kind_of_damage_is_found(store, project, database_url, tmp_path):
    file = tmp_path / "one.backup.zip"
    back_up(database_url, file)
    packed = bytearray(zipfile.ZipFile(file).read(DATABASE))
    packed[len(packed) // 2] ^= 1
    with pytest.raises(DatabaseError, match="damaged"):
        check_backup(rewritten(file, tmp_path / "flipped.zip", bytes(packed)))
    cut = file.read_bytes()
    (tmp_path / "cut.zip").write_bytes(cut[: len(cut) // 2])
    with pytest.raises(DatabaseError, match="no backup"):
        check_backup(tmp_path / "cut.zip")
    with pytest.raises(DatabaseError, match="newer version"):
        check_backup(rewritten(file, tmp_path / "newer.zip", zipfile.ZipFile(file).read(DATABASE), version=99))
    told = json.loads(zipfile.ZipFile(file).read(NOTE))["rows"]
    fewer = rewritten(file, tmp_path / "fewer.zip", zipfile.ZipFile(file).read(DATABASE), rows={**told, "revision": 7})
    assert ["revision" in problem for problem in check_backup(fewer).problems] == [True]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("DELETE FROM revision WHERE number = 1", "should have 2"),
        ("UPDATE version SET payload = '{{}}'", "version 1 is not the one that was kept"),
        ("UPDATE kept_file SET sha256 = 'wrong'", "is not the one that was kept"),
        ("UPDATE kept_file SET packed = CAST('x' AS {bytes})", "cannot be read"),
        ('UPDATE revision SET edits = \'[["", "", "in_scope"]]\' WHERE number = 2', "cannot be read back"),
    ],
)
def test_a_database_that_lost_something_is_not_whole(store, project, database_url, damage, words):
    assert check(database_url).problems == []
    engine = open_engine(database_url)
    kind = "BLOB" if engine.dialect.name == "sqlite" else "BYTEA"
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.execute(text(damage.format(bytes=kind).replace(":", "\\:")))
    engine.dispose()
    problems = check(database_url).problems
    assert any(words in problem for problem in problems), problems


def test_a_damaged_file_is_found(tmp_path):
    path = tmp_path / "w.db"
    store = CharterStore.at(f"sqlite:///{path}")
    store.create(samples.samples()[0].charter, "Ana")
    store.close()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_revision_project_id_part_number'").fetchone()
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    content = bytearray(path.read_bytes())
    content[(root[0] - 1) * size + 100 : root[0] * size] = bytes(size - 100)
    path.write_bytes(content)
    try:
        problems = check(f"sqlite:///{path}").problems
    except DatabaseError as error:
        problems = [str(error)]
    assert any("damaged" in problem for problem in problems)
