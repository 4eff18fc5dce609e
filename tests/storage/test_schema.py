"""The database on disk: what the migrations make is what the models describe, and nothing else is taken for it."""

from __future__ import annotations

import errno
import multiprocessing
import os
import re
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateIndex, CreateTable

from scoping import samples
from scoping.charter import Charter
from scoping.errors import DatabaseError
from storage import store as storing
from storage import upgrade
from storage.engine import APPLICATION_ID, journal_mode, open_engine
from storage.store import CharterStore
from storage.tables import Table

PAST = Path(__file__).parent / "past"


def pieces(sql: str) -> list[str]:
    """The columns and constraints of a table.

    A column that was added later stands last and may need a default for the rows before it; that is no difference.
    """
    squeezed = re.sub(r"default'usd'notnull", "notnull", re.sub(r"\s+", "", sql).replace('"', "").casefold())
    return sorted(re.split(r",(?![^(]*\))", squeezed.partition("(")[2].removesuffix("strict").removesuffix(")")))


def test_the_migrations_make_exactly_what_the_models_describe(database_url):
    upgrade.prepare(database_url)
    engine = open_engine(database_url)
    described = {t.name: {c.name for c in t.columns} for t in Table.metadata.tables.values()}
    found = inspect(engine)
    # The index of words that SQLite keeps in tables of its own is no table of ours.
    ours = [t for t in found.get_table_names() if t != "alembic_version" and not t.startswith("said_words")]
    made = {t: {c["name"] for c in found.get_columns(t)} for t in ours}
    assert made == described
    for table in Table.metadata.tables.values():
        nullable = {c["name"]: c["nullable"] for c in found.get_columns(table.name)}
        assert nullable == {c.name: c.nullable for c in table.columns}, table.name
        named = {c.name for c in table.constraints if c.name} | {k.name for c in table.columns for k in c.constraints}
        assert {c["name"] for c in found.get_check_constraints(table.name)} <= named, table.name
        of_words = {"ix_said_words"} if table.name == "said" and engine.dialect.name == "postgresql" else set()
        assert {i["name"] for i in found.get_indexes(table.name)} == {i.name for i in table.indexes} | of_words
    engine.dispose()


def test_on_sqlite_they_are_equal_to_the_letter(tmp_path):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    upgrade.prepare(url)
    engine = open_engine(url)
    with engine.connect() as connection:
        made = {n: pieces(s) for n, s in connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")}
    for table in Table.metadata.tables.values():
        assert made[table.name] == pieces(str(CreateTable(table).compile(dialect=engine.dialect))), table.name
        for index in table.indexes:
            assert made[index.name] == pieces(str(CreateIndex(index).compile(dialect=engine.dialect)))
    engine.dispose()


def test_the_newest_migration_is_the_schema_this_version_works_with():
    config = Config()
    config.set_main_option("script_location", str(upgrade._MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [upgrade.HEAD]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE data_sources_sources SET days = -1",
        "UPDATE data_sources_sources SET origin = 'stolen'",
        "UPDATE data_sources_sources SET name = NULL",
        "UPDATE data_sources SET input_x = :long",
        "INSERT INTO revision (project_id, number, part, at, by, note, edits) VALUES ('nobody', 1, '', :at, '', '', '[]')",
    ],
)
def test_the_database_itself_refuses_what_no_question_allows(store, sql):
    store.create(samples.samples()[0].charter, "Ana")
    given = {"long": "x" * 10_001, "at": datetime(2027, 1, 1, tzinfo=UTC)}
    if store._engine.dialect.name == "sqlite":
        given["at"] = given["at"].isoformat()
    with pytest.raises(IntegrityError), store._engine.begin() as connection:
        connection.execute(text(sql), {k: v for k, v in given.items() if f":{k}" in sql})


def test_a_text_in_a_column_of_numbers_is_refused_by_sqlite_too(tmp_path):
    store = CharterStore.at(f"sqlite:///{tmp_path / 'a.db'}")
    store.create(samples.samples()[0].charter, "Ana")
    with pytest.raises(IntegrityError, match="cannot store TEXT"), store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE data_sources_sources SET days = 'soon'")
    store.close()


def test_sqlite_is_set_up_so_that_what_was_acknowledged_stays(tmp_path):
    path = tmp_path / "a.db"
    store = CharterStore.at(f"sqlite:///{path}")
    with store._engine.connect() as connection:
        ask = {p: connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in ("synchronous", "foreign_keys", "journal_mode")}
    assert ask == {"synchronous": 2, "foreign_keys": 1, "journal_mode": journal_mode().lower()}
    assert journal_mode() == ("WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "TRUNCATE")
    assert int.from_bytes(path.read_bytes()[68:72], "big") == APPLICATION_ID
    store.close()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("empty", "is empty"),
        ("text", "no database of the workbench"),
        ("foreign", "no database of the workbench"),
        ("newer", "newer version"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_and_left_untouched(tmp_path, kind, words):
    path = tmp_path / "a.db"
    if kind == "empty":
        path.touch()
    elif kind == "text":
        path.write_text("hello " * 1000)
    elif kind == "foreign":
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE t (x)")
        other.close()
    else:
        upgrade.prepare(f"sqlite:///{path}")
        with sqlite3.connect(path) as ours:
            ours.execute("UPDATE alembic_version SET version_num = '9999'")
        ours.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match=words):
        upgrade.prepare(f"sqlite:///{path}")
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_cut_in_half_is_refused_in_words(tmp_path):
    path = tmp_path / "a.db"
    store = CharterStore.at(f"sqlite:///{path}")
    project = store.create(samples.samples()[0].charter, "Ana")
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 8])
    with pytest.raises(DatabaseError, match=r"damaged|does not answer"):
        CharterStore.at(f"sqlite:///{path}").open(project)


def test_a_folder_that_cannot_be_written_is_said_in_words(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError, match="cannot be written"):
        upgrade.prepare(f"sqlite:///{tmp_path / 'file' / 'a.db'}")


def start(url: str) -> str:
    store = CharterStore.at(url)
    project = store.create(Charter(), "x")
    store.close()
    return project


def test_several_servers_start_together_on_a_new_database(database_url):
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        made = pool.map(start, [database_url] * 4)
    store = CharterStore.at(database_url)
    assert sorted(store.heads(made)) == sorted(made)
    store.close()


@pytest.fixture
def no_second_names(monkeypatch):
    """A disk on which a file cannot have two names, such as most memory sticks."""

    def refuse(*_):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)


def test_a_disk_without_second_names_for_files_will_do(tmp_path, no_second_names):
    path = tmp_path / "workbench.db"
    upgrade.prepare(f"sqlite:///{path}")
    with open_engine(f"sqlite:///{path}").connect() as connection:
        assert upgrade.schema_of(connection) == upgrade.HEAD
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_that_another_server_made_first_stays_on_such_a_disk(tmp_path, no_second_names):
    new, path = tmp_path / "new", tmp_path / "workbench.db"
    new.write_text("ours")
    path.write_text("theirs")
    upgrade._put_in_place(new, path)
    assert path.read_text() == "theirs"


@pytest.fixture
def next_version(tmp_path, monkeypatch):
    """A later version of the workbench: one more migration, which may fail."""

    def make(step: str):
        folder = tmp_path / "migrations"
        shutil.copytree(upgrade._MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        body = f'from alembic import op\n\nrevision = "9999"\ndown_revision = "{upgrade.HEAD}"\n\n\ndef upgrade():\n    {step}\n'
        (folder / "versions" / "9999_next.py").write_text(body)
        monkeypatch.setattr(upgrade, "_MIGRATIONS", folder)
        monkeypatch.setattr(upgrade, "_STEPS", [*upgrade._STEPS, "9999"])
        monkeypatch.setattr(upgrade, "HEAD", "9999")

    return make


def test_an_upgrade_keeps_all_charters_and_leaves_a_backup_that_opens(tmp_path, next_version):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    store = CharterStore.at(url)
    sample = samples.samples()[0].charter
    project = store.create(sample, "Ana")
    store.close()
    before = upgrade.HEAD
    next_version('op.execute("CREATE TABLE later (x INTEGER)")')
    store = CharterStore.at(url)
    assert store.open(project).charter == sample
    store.close()
    (backup,) = tmp_path.glob(f"a.before-upgrade-from-{before}.*.db")
    with sqlite3.connect(backup) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT name FROM charter").fetchone() == (sample.name,)
        assert not copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'later'").fetchone()
    copy.close()


def test_an_upgrade_reads_each_charter_once_and_judges_it_by_the_rules_of_today(tmp_path, next_version, monkeypatch):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    store = CharterStore.at(url)
    projects = [store.create(sample.charter, "Ana") for sample in samples.samples()]
    with store._engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.execute(text("UPDATE charter SET met = 0"))
        connection.execute(text("UPDATE health SET word = 'stopped', reason = 'As the rules were before.', late_since = NULL"))
    store.close()
    next_version('op.execute("CREATE TABLE later (x INTEGER)")')
    read, once = [], storing._read
    monkeypatch.setattr(
        storing, "_read", lambda connection, project, known: read.append(project) or once(connection, project, known)
    )
    monkeypatch.setattr(storing, "_JUDGED_AT_ONCE", 2)
    store = CharterStore.at(url)
    assert sorted(read) == sorted(projects)
    today = datetime.now(UTC).date()
    cards = store.portfolio.page(today=today).cards
    found = {project: store.open(project) for project in projects}
    assert {c.project_id: (c.met, c.health) for c in cards} == {p: (o.overview.met, o.health(today)) for p, o in found.items()}
    store.close()


def test_an_upgrade_that_fails_changes_nothing(tmp_path, next_version):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    store = CharterStore.at(url)
    store.create(samples.samples()[0].charter, "Ana")
    store.close()
    next_version('op.execute("DELETE FROM ethics"); op.execute("nonsense")')
    with pytest.raises(DatabaseError):
        upgrade.prepare(url)
    with sqlite3.connect(tmp_path / "a.db") as untouched:
        assert untouched.execute("SELECT count(*) FROM ethics").fetchone() == (1,)
        assert untouched.execute("SELECT version_num FROM alembic_version").fetchone() != ("9999",)
    untouched.close()


def test_an_upgrade_that_would_break_links_is_undone(tmp_path, next_version):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    store = CharterStore.at(url)
    store.create(samples.samples()[0].charter, "Ana")
    store.close()
    next_version('op.execute("DELETE FROM charter")')
    with pytest.raises(DatabaseError, match="would have broken"):
        upgrade.prepare(url)
    store = CharterStore(open_engine(url))
    assert store.portfolio.page(today=datetime(2027, 1, 1, tzinfo=UTC).date()).total == 1
    store.close()
