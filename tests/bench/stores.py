"""How fast charters are kept, found and exported, without any page."""

from __future__ import annotations

import multiprocessing
import sqlite3
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event

from pages.parts.charter import moments
from scoping import samples
from scoping.comparison.summary import summary
from scoping.document.paper import document
from scoping.health import Word
from scoping.merge import Edit
from scoping.review import overview
from storage.engine import journal_mode
from storage.portfolio import Which
from storage.store import CharterStore
from tests.bench.data import an_edit, large, realistic
from tests.bench.table import Line, Times

PROCESSES = 4
REVISIONS = 1_000
MOST_MS = 15
"""What a question to a portfolio of ten thousand projects may take."""
AT = datetime(2027, 5, 3, 14, 5, tzinfo=UTC)


def timed(work: Callable[[], Any], times: int) -> Times:
    """The durations of some calls."""
    seconds = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return Times(seconds)


Written = list[tuple[str, Any]]
"""What one save writes: each statement with what it is given."""


def _written(store: CharterStore, save: Callable[[], None], times: int) -> list[Written]:
    """What some saves write."""
    now: Written = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if not statement.startswith(("SELECT", "BEGIN")):
            now.append((statement, parameters))

    saves = []
    event.listen(store._engine, "before_cursor_execute", note)
    for _ in range(times):
        save()
        saves.append(list(now))
        now.clear()
    event.remove(store._engine, "before_cursor_execute", note)
    return saves


def _plain_transactions(file: Path, saves: Sequence[Written]) -> Times:
    """The same writes on a copy of the same database with the same settings, by Python's own module: what this disk allows."""
    database = sqlite3.connect(file, isolation_level=None)
    for pragma in ("foreign_keys = ON", f"journal_mode = {journal_mode()}", "synchronous = FULL"):
        database.execute(f"PRAGMA {pragma}")
    seconds = []
    for writes in saves:
        begin = time.perf_counter()
        database.execute("BEGIN IMMEDIATE")
        for statement, parameters in writes:
            many = parameters and isinstance(parameters[0], tuple)
            (database.executemany if many else database.execute)(statement, parameters)
        database.execute("COMMIT")
        seconds.append(time.perf_counter() - begin)
    database.close()
    return Times(seconds)


def _saver(store: CharterStore, project: str) -> Callable[[], None]:
    edit = an_edit(realistic(), "")
    text, number = edit.before, 0

    def save() -> None:
        nonlocal text, number
        number += 1
        after = f"Text number {number}, as long as people write"
        saved = store.save(project, "problems", [Edit(edit.list, edit.record, edit.field, text, after)], "Ana")
        assert saved.stamp, "nothing was saved"
        text = after

    return save


def _saves_of_a_process(url: str, project: str, times: int) -> float:
    store = CharterStore.at(url)
    save = _saver(store, project)
    begin = time.perf_counter()
    for _ in range(times):
        save()
    return time.perf_counter() - begin


def _opened_after_others(url: str, store: CharterStore, times: int) -> Times:
    """How long it takes to open a project after each of some saves by another server."""
    elsewhere = CharterStore.at(url)
    project = elsewhere.create(realistic(), "Bo")
    save = _saver(elsewhere, project)
    seconds = []
    for _ in range(times):
        save()
        begin = time.perf_counter()
        store.open(project)
        seconds.append(time.perf_counter() - begin)
    elsewhere.close()
    return Times(seconds)


def keeping(folder: Path, *, times: int) -> list[Line]:
    """Saves and reads per second, and saves of several processes at once."""
    url = f"sqlite:///{folder / 'store.db'}"
    store = CharterStore.at(url)
    project = store.create(realistic(), "Ana")
    save = _saver(store, project)
    saves = timed(save, times)
    copy = folder / "plain.db"
    with sqlite3.connect(folder / "store.db") as now, sqlite3.connect(copy) as then:
        now.backup(then)
    plain = _plain_transactions(copy, _written(store, save, times))
    kept = timed(lambda: store.open(project), times)

    fresh = _opened_after_others(url, store, max(5, times // 10))
    projects = [store.create(realistic(), "Ana") for _ in range(PROCESSES)]
    store.close()
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        took = pool.starmap(_saves_of_a_process, [(url, p, times // 2) for p in projects])
    rate = sum(times // 2 / seconds for seconds in took)
    return [
        Line.beside("save an answer, beside the same writes", saves, plain, 2.5),
        Line("  that is", f"{1 / saves.p50:,.0f} saves/s"),
        Line.least(f"{PROCESSES} processes saving at once", rate, 200, "saves/s"),
        Line("open a project, unchanged since", str(kept)),
        Line.most("open a project, changed elsewhere", fresh.p50 * 1000, 10, "ms"),
    ]


def comparing(folder: Path, *, times: int) -> list[Line]:
    """The beginning of a long history beside its end, with who changed what, and the same as a sentence."""
    store = CharterStore.at(f"sqlite:///{folder / 'compared.db'}")
    project = store.create(realistic(), "Ana")
    asked = (
        ("problems", "problems", "statement"),
        ("milestones", "milestones", "kill_criteria"),
        ("data_sources", "sources", "contents"),
    )
    for number in range(REVISIONS):
        part, name, field = asked[number % len(asked)]
        rows = getattr(store.open(project).charter.part(part), name)
        row = rows[number % len(rows)]
        before = getattr(row, field)
        store.save(project, part, [Edit(name, row.id, field, before, f"{before[:300]} and {number} more")], f"Person {number % 7}")
    opened = store.open(project)

    def compare() -> str:
        found = moments.between(store, opened, moments.of_revision(1), moments.NOW)
        assert len(found.last) == len(found.comparison.changes)
        assert all(change.pieces is not None for change in found.comparison.changes)
        return summary(found.comparison)

    took = timed(compare, times)
    store.close()
    return [Line.most(f"compare across {REVISIONS:,} revisions", took.p50 * 1000, 1_000, "ms")]


def finding(url: str, *, projects: int, times: int) -> list[Line]:
    """The portfolio's question to a large database, in every order, and with a search."""
    store = CharterStore.at(url)
    today = datetime.now(UTC).date()
    last_page = projects * 19 // 20 - 24  # every twentieth project is archived
    ways: list[tuple[str, Callable[[], Any]]] = []

    def ask(name: str, offset: int = 0, **which: Any) -> None:
        asked = Which(**which)
        ways.append((name, lambda: store.portfolio.page(today=today, which=asked, offset=offset, limit=24)))

    ask("first page")
    ask("last page", last_page)
    for word in Word:
        ask(f"those that are {word.label.lower()}", word=word)
    ask("archived", archived=True)
    ask("searched, a word of few", search="phones17 ana")
    ask("searched, a word of all", search="data")
    ask("searched, a word of all, last page", last_page, search="qual")
    shown = [card.project_id for card in store.portfolio.page(today=today, limit=24).cards]
    ways += [
        ("sums of all", lambda: store.portfolio.sums(today=today)),
        ("sums of those found", lambda: store.portfolio.sums(today=today, which=Which(search="data"))),
        ("timeline of a page", lambda: store.portfolio.planned(shown, today)),
    ]
    return _asked(store, ways, times)


def _asked(store: CharterStore, ways: Sequence[tuple[str, Callable[[], Any]]], times: int) -> list[Line]:
    """How long questions take whose answers are not kept: as right after a change of some project."""
    lines = []
    for name, ask in ways:
        took = timed(lambda ask=ask: (setattr(store.portfolio, "_seen", None), ask()), times)  # type: ignore[misc]
        lines.append(Line.most(f"query, {name}", took.p50 * 1000, MOST_MS, "ms"))
    store.close()
    return lines


def planned(url: str, *, times: int) -> list[Line]:
    """What is asked about the milestones of all projects in a large database, after a change of some project."""
    store = CharterStore.at(url)
    today = datetime.now(UTC).date()
    ways: list[tuple[str, Callable[[], Any]]] = [
        ("open milestones for a calendar", lambda: store.portfolio.milestones(today=today)),
        ("load of people", lambda: store.portfolio.booked(today, today)),
    ]
    return _asked(store, ways, times)


def exporting(*, times: int) -> list[Line]:
    """The exports of a charter with 100 sources, 60 milestones and 300 targets."""
    from scoping.export.charter_json import json_schema, to_json
    from scoping.export.html import to_html
    from scoping.export.markdown import to_markdown
    from scoping.export.xlsx import to_xlsx

    charter = large()

    def paper() -> Any:
        return document(charter, overview(charter), revision=1, saved_at=AT)

    ways: tuple[tuple[str, Callable[[], Any], float], ...] = (
        ("Excel", lambda: to_xlsx(charter, revision=1, saved_at=AT), 1_000),
        ("JSON", lambda: to_json(charter, revision=1, saved_at=AT), 50),
        ("HTML", lambda: to_html(paper()), 0),
        ("Markdown", lambda: to_markdown(paper()), 0),
        ("JSON Schema", json_schema, 0),
        ("read the four samples", lambda: (samples.samples.cache_clear(), samples.samples()), 0),
    )
    lines = []
    for name, make, limit in ways:
        took = timed(make, times)
        value = took.p50 * 1000
        lines.append(Line.most(name, value, limit, "ms") if limit else Line(name, f"{value:,.0f} ms"))
    return lines
