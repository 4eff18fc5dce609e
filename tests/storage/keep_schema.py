"""Write a small database of the present schema to tests/storage/past, so that later versions can prove that they open it."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from scoping import samples
from scoping.merge import Edit, removed
from storage.store import CharterStore
from storage.upgrade import HEAD

PAST = Path(__file__).parent / "past"


REBUILD = "INSERT INTO said_words(said_words) VALUES ('rebuild');"


def without_the_index(lines: Iterable[str]) -> Iterator[str]:
    """A dump without the tables in which SQLite keeps the index of words: it lets nobody write them."""
    own = ("PRAGMA writable_schema", "INSERT INTO sqlite_master", 'INSERT INTO "said_words', "CREATE TABLE 'said_words")
    return (line for line in lines if not line.startswith(own))


def main() -> None:
    """Fill a new database with a project that has a history, and dump it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbench.db"
        store = CharterStore.at(f"sqlite:///{path}")
        charter = samples.samples()[0].charter
        project = store.create(charter, "Ana", "Sample")
        store.save(project, "problems", [Edit("", "", "in_scope", charter.problems.in_scope, "Everything, سلام")], "Bo")
        store.save(project, "data_sources", [removed("sources", charter.data_sources.sources[0])], "Bo")
        store.people.rename("browser", "Ana")
        store.close()
        with closing(sqlite3.connect(path)) as database:
            pragma = f"PRAGMA application_id = {database.execute('PRAGMA application_id').fetchone()[0]};"
            index = database.execute("SELECT sql FROM sqlite_master WHERE name = 'said_words'").fetchone()[0]
            lines = [*without_the_index(database.iterdump()), f"{index};", REBUILD, pragma]
            (PAST / f"{HEAD}.sql").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
