"""Where tables to be measured come from besides uploads: a folder and a database that whoever runs the workbench names."""

from __future__ import annotations

import contextlib
import hashlib
import random
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    Date,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    Numeric,
    Select,
    Time,
    TypeDecorator,
    create_engine,
    event,
    func,
    inspect,
    literal_column,
    select,
)
from sqlalchemy import Table as SqlTable
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlalchemy.types import NullType

from scoping.tables.files import PREVIEWED, previewed, table
from scoping.tables.table import SEED, Drawn, Preview, Table, UnreadableTableError
from scoping.words import short
from storage.engine import sqlite_file

if TYPE_CHECKING:
    from scoping.tables.table import Drawn, Tell

LISTED = 1_000
"""More files or tables than this are not offered."""
SECONDS_TO_CONNECT = 3
_SECONDS_TO_ANSWER = 300
_AT_ONCE = 5_000


def files(folder: Path) -> tuple[str, ...]:
    """The names of the plain files directly inside; what links elsewhere or is hidden is none of them."""
    try:
        names = sorted(path.name for path in folder.iterdir() if _is_plain(path))
    except OSError:
        return ()
    return tuple(names[:LISTED])


def file(folder: Path, name: str) -> Path:
    """The path of one of `files`. Raises UnreadableTableError for any other name."""
    path = folder / Path(name).name
    if Path(name).name != name or not _is_plain(path):
        raise UnreadableTableError(f"There is no file “{short(name, 80)}” in the folder any more.", "Choose another one.")
    return path


def _is_plain(path: Path) -> bool:
    return not path.name.startswith(".") and path.is_file() and not path.is_symlink()


def tables(url: str) -> tuple[str, ...]:
    """The names of the tables and views, without those of the database system. Raises UnreadableTableError."""
    with _opened(url) as engine:
        asked = inspect(engine)
        return tuple(sorted({*asked.get_table_names(), *asked.get_view_names()})[:LISTED])


def preview(url: str, name: str, *, as_text: bool) -> Preview:
    """The first rows of a table of the database. Raises UnreadableTableError."""
    with _opened(url) as engine, engine.connect() as connection:
        source = _reflected(engine, name)
        rows = list(connection.execute(select(*source.columns).limit(PREVIEWED + 1)))
        return previewed(name, _drawn(source, rows[:PREVIEWED], len(rows)), as_text=as_text)


def read(url: str, name: str, at_most: int, *, as_text: bool, tell: Tell, values: Collection[str] = ()) -> Table:
    """A table of the database; of more than `at_most` rows, a sample drawn by the database. Raises UnreadableTableError."""
    from scoping.tables import grids

    with _opened(url) as engine, engine.connect() as connection:
        source = _reflected(engine, name)
        at_most = max(1, min(at_most, grids.CELLS // max(1, len(source.columns))))
        tell(0.0, "Counting rows in the database")
        count = int(connection.execute(select(func.count()).select_from(source)).scalar_one())
        rows = []
        statement = _sample(connection, source, count, at_most)
        with connection.execution_options(stream_results=True).execute(statement) as result:
            for row in result:
                rows.append(row)
                if not len(rows) % _AT_ONCE:
                    tell(len(rows) / max(1, min(count, at_most)), f"Reading: {len(rows):,} rows from the database")
        digest = hashlib.sha256(repr(source.columns.keys()).encode())
        for row in rows:
            digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
        return table(name, digest.hexdigest(), _drawn(source, rows, count), as_text=as_text, values=values)


def _sample(connection: Connection, source: SqlTable, count: int, at_most: int) -> Select[Any]:
    """All rows in the order of the key, or about `at_most`, never more but for a rare handful, in the order the table is kept."""
    if count <= at_most:
        return select(*source.columns).order_by(*source.primary_key.columns)
    # Each row is drawn by itself, so their number varies; four standard deviations keep it below the limit.
    share = max(1.0, at_most - 4 * at_most**0.5) / count
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.setseed(SEED / 10))).close()
    return select(*source.columns).where(func.random() * literal_column("1.0") < share)


def _drawn(source: SqlTable, rows: Sequence[Any], count: int) -> Drawn:
    from scoping.tables import cells

    if not rows:
        raise UnreadableTableError("The table has no rows.", "Choose another table.")
    names = tuple(source.columns.keys())
    columns = dict(zip(names, (cells.values([_plain(cell) for cell in column]) for column in zip(*rows, strict=True)), strict=True))
    left_out = [name for name, column in zip(names, zip(*rows, strict=True), strict=True) if any(map(_is_no_value, column))]
    for name in left_out:
        del columns[name]
    notes = tuple(f"“{short(name, 60)}” is left out: it holds no plain values." for name in left_out)
    return Drawn(columns=columns, rows=count, is_whole=count <= len(rows), notes=notes)


def _is_no_value(cell: Any) -> bool:
    return isinstance(cell, bytes | bytearray | memoryview | list | dict | tuple | set)


def _plain(cell: Any) -> Any:
    return None if _is_no_value(cell) else cell


def _reflected(engine: Engine, name: str) -> SqlTable:
    """The table of this name, described by the database itself."""
    asked = inspect(engine)
    if name not in {*asked.get_table_names(), *asked.get_view_names()}:
        raise UnreadableTableError(f"The database has no table “{short(name, 80)}” any more.", "Choose another one.")
    described = MetaData()
    if engine.dialect.name == "sqlite":
        event.listen(described, "column_reflect", _as_stored)
    return SqlTable(name, described, autoload_with=engine, resolve_fks=False)


def _as_stored(_inspector: object, _table: object, column: dict[str, Any]) -> None:
    """Take cells as they are: SQLite keeps whatever it is given in a column, and a word is no date because its column says so."""
    if isinstance(column["type"], Boolean):
        column["type"] = _Truth()
    elif isinstance(column["type"], Date | DateTime | Time | Numeric | JSON):
        column["type"] = NullType()


class _Truth(TypeDecorator[Any]):
    """Yes or no where a cell says so, and otherwise what it says."""

    impl = NullType
    cache_ok = True

    def process_result_value(self, value: Any, _: Dialect) -> Any:
        return bool(value) if value in (0, 1) else value


@contextlib.contextmanager
def _opened(url: str) -> Iterator[Engine]:
    """The database, in a way that cannot change it."""
    engine = _engine(url)
    try:
        yield engine
    except SQLAlchemyError:
        raise UnreadableTableError(
            "The database with the tables does not answer, or refuses to be read.",
            "Try again; if it stays so, tell the person who runs the workbench.",
        ) from None
    finally:
        engine.dispose()


def _engine(url: str) -> Engine:
    if path := sqlite_file(url):
        address = f"{path.resolve().as_uri()}?mode=ro"
        engine = create_engine(
            "sqlite://", creator=lambda: sqlite3.connect(address, uri=True, timeout=5), hide_parameters=True, poolclass=NullPool
        )

        @event.listens_for(engine, "connect")
        def set_up(connection: Any, _: Any) -> None:
            # SQLite's own random numbers cannot be seeded.
            connection.create_function("random", 0, random.Random(SEED).random)  # noqa: S311  a sample, no secret
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA trusted_schema = OFF")

        return engine
    options = f"-c default_transaction_read_only=on -c statement_timeout={_SECONDS_TO_ANSWER}s -c synchronize_seqscans=off"
    return create_engine(
        url,
        hide_parameters=True,
        poolclass=NullPool,
        connect_args={
            "connect_timeout": SECONDS_TO_CONNECT,
            "options": f"{options} -c max_parallel_workers_per_gather=0 -c timezone=UTC",
        },
    )
