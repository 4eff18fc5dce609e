"""Tables of a folder and of a database that whoever runs the workbench names: offered, read, never changed."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

from scoping.tables import grids
from scoping.tables.table import Holds, Table, UnreadableTableError
from storage import sources
from tests.tools import new_database

ROWS = 20_000
Read = Callable[..., Table]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database with tables of a shop, which is only read here."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path_factory.mktemp('shop') / 'shop.db'}"
        _fill(address)
        yield address
    else:
        with new_database(request.getfixturevalue("postgres_server")) as address:
            _fill(address)
            yield address


def _fill(address: str) -> None:
    engine = sa.create_engine(address)
    meta = sa.MetaData()
    mixed = sa.Table(
        "mixed",
        meta,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("who", sa.Text),
        sa.Column("price", sa.Numeric(10, 2)),
        sa.Column("at", sa.DateTime),
        sa.Column("ok", sa.Boolean),
        sa.Column("photo", sa.LargeBinary),
        sa.Column('we "ird', sa.Text),
    )
    many = sa.Table("many", meta, sa.Column("n", sa.Integer, primary_key=True), sa.Column("word", sa.Text))
    sa.Table("empty", meta, sa.Column("n", sa.Integer))
    meta.create_all(engine)
    at = dt.datetime(2026, 1, 31, 10, 30, tzinfo=dt.UTC).replace(tzinfo=None)
    with engine.begin() as connection:
        rows = [(2, "bo", None, None, None, None, "x"), (1, "ann", 1.5, at, True, b"\x00", "007")]
        connection.execute(sa.insert(mixed), [dict(zip(mixed.columns.keys(), row, strict=True)) for row in rows])
        connection.execute(sa.insert(many), [{"n": i, "word": f"w{i}"} for i in range(ROWS)])
        connection.execute(sa.text("CREATE VIEW seen AS SELECT n, word FROM many"))
    engine.dispose()


def read(url: str, name: str, at_most: int = 100_000, **options: Any) -> Table:
    return sources.read(url, name, at_most, **{"as_text": False, "tell": lambda *_: None} | options)


def test_tables_and_views_are_offered(url: str) -> None:
    assert sources.tables(url) == ("empty", "many", "mixed", "seen")


def test_a_table_is_read_in_the_order_of_its_key_with_its_kinds(url: str) -> None:
    table = read(url, "mixed")
    assert (table.name, table.rows, table.is_sample) == ("mixed", 2, False)
    found = {name: [None if pd.isna(cell) else cell for cell in table.frame[name]] for name in table.frame}
    assert found == {
        "id": [1, 2],
        "who": ["ann", "bo"],
        "price": [1.5, None],
        "at": [pd.Timestamp(2026, 1, 31, 10, 30), None],
        "ok": [True, None],
        'we "ird': ["007", "x"],
    }
    assert table.notes == ("“photo” is left out: it holds no plain values.",)


def test_a_table_can_be_read_as_text(url: str) -> None:
    frame = read(url, "mixed", as_text=True).frame
    assert frame["id"].tolist() == ["1", "2"]
    assert frame["price"].tolist()[0] == "1.5"


@pytest.mark.parametrize("kind", ["date", "datetime", "time", "numeric(10,2)", "real", "boolean", "json", "integer"])
def test_a_cell_that_is_not_of_the_kind_its_column_names_is_read_as_text(tmp_path: Path, kind: str) -> None:
    address = f"sqlite:///{tmp_path / 'loose.db'}"
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        connection.execute(sa.text(f"CREATE TABLE loose (id INTEGER PRIMARY KEY, v {kind})"))
        connection.execute(sa.text("INSERT INTO loose VALUES (1, 'not yet known')"))
    engine.dispose()
    assert read(address, "loose").frame["v"].tolist() == ["not yet known"]


def test_a_preview_reads_the_beginning(url: str) -> None:
    preview = sources.preview(url, "many", as_text=False)
    assert (preview.name, preview.rows_seen, preview.is_whole) == ("many", 5_000, False)
    assert [(column.name, column.kind) for column in preview.columns] == [("n", Holds.WHOLE), ("word", Holds.TEXT)]


@pytest.mark.parametrize("name", ["many", "seen"])
def test_a_long_table_is_sampled_in_the_database_the_same_way_each_time(url: str, name: str) -> None:
    table = read(url, name, 2_000)
    drawn = table.frame["n"].to_numpy()
    assert table.rows == ROWS
    assert 1_600 < len(drawn) <= 2_000
    assert len(set(drawn)) == len(drawn)
    # Five standard errors of the mean.
    assert abs(np.mean(drawn) - ROWS / 2) < 5 * ROWS / 12**0.5 / len(drawn) ** 0.5
    assert table.frame["word"].tolist() == [f"w{n}" for n in drawn]
    assert table.notes[0].startswith(f"{len(drawn):,} of 20,000 rows were drawn at random (seed 1)")
    again = read(url, name, 2_000)
    assert again.frame["n"].tolist() == drawn.tolist()
    assert again.sha256 == table.sha256


def test_of_a_wide_table_fewer_rows_are_drawn(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grids, "CELLS", 4_000)
    table = read(url, "many")
    assert table.rows == ROWS
    assert 1_500 < len(table.frame) <= 2_000


def test_the_fingerprint_is_that_of_the_rows(url: str) -> None:
    assert read(url, "many").sha256 == read(url, "many").sha256
    assert read(url, "many").sha256 != read(url, "mixed").sha256


@pytest.mark.parametrize("name", ["nothing", "", "many; DROP TABLE many", 'many" --', "sqlite_master", "pg_user"])
def test_only_tables_that_the_database_lists_are_read(url: str, name: str) -> None:
    with pytest.raises(UnreadableTableError, match="has no table"):
        read(url, name)
    assert "many" in sources.tables(url)


def test_an_empty_table_is_named(url: str) -> None:
    with pytest.raises(UnreadableTableError, match="no rows"):
        read(url, "empty")


def test_nothing_can_be_written(url: str) -> None:
    with (
        sources._opened(url) as engine,
        engine.connect() as connection,
        pytest.raises(sa.exc.DBAPIError, match=r"read-?only|readonly"),
    ):
        connection.execute(sa.text("DELETE FROM many"))


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.db", "postgresql+psycopg://user:secret@127.0.0.1:9/name"])
def test_a_database_that_does_not_answer_gets_a_sentence_without_its_password(url: str) -> None:
    with pytest.raises(UnreadableTableError) as refused:
        sources.tables(url)
    assert str(refused.value).startswith("The database with the tables does not answer")
    assert "secret" not in str(refused.value)


# Files


def test_plain_files_of_the_folder_are_offered_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "inner").mkdir(parents=True)
    for path in (folder / "b.csv", folder / "a.csv", folder / ".hidden", folder / "inner" / "c.csv", tmp_path / "secret.csv"):
        path.write_text("a\n1\n")
    (folder / "out.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "gone.csv").symlink_to(tmp_path / "nothing")
    os.mkfifo(folder / "pipe")
    assert sources.files(folder) == ("a.csv", "b.csv")
    assert sources.file(folder, "a.csv") == folder / "a.csv"
    for name in (
        "../secret.csv",
        "out.csv",
        "inner/c.csv",
        "inner",
        ".hidden",
        "pipe",
        "",
        ".",
        "..",
        str(tmp_path / "secret.csv"),
    ):
        with pytest.raises(UnreadableTableError, match="There is no file"):
            sources.file(folder, name)


def test_a_folder_that_is_gone_offers_nothing(tmp_path: Path) -> None:
    assert sources.files(tmp_path / "gone") == ()
