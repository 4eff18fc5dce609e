"""Many people, several servers: nobody overwrites anybody, and a database that comes back is used again."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import text

from scoping.charter import Charter
from scoping.merge import Edit, added
from scoping.sections.problems import Problem
from storage.engine import open_engine
from storage.store import CharterStore

PROBLEMS = "problems"
PEOPLE, SAVES = 4, 25


def together(work, count=PEOPLE):
    errors = []

    def guarded(i):
        try:
            work(i)
        except Exception as error:  # noqa: BLE001
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def count_up(store, project):
    """Read the counter and write it one higher, until nobody was in between."""
    while True:
        problem = store.open(project).charter.part(PROBLEMS).problems[0]
        now = problem.how_many or 0
        if store.save(project, PROBLEMS, [Edit("problems", "p", "how_many", problem.how_many, now + 1)], "x").stamp:
            return


def test_no_update_is_lost(store, database_url):
    project = store.create(Charter(), "Ana")
    store.save(project, PROBLEMS, [added("problems", Problem(id="p"))], "Ana")

    def person(_):
        mine = CharterStore(open_engine(database_url))
        for _ in range(SAVES):
            count_up(mine, project)
        mine.close()

    together(person)
    assert store.open(project).charter.part(PROBLEMS).problems[0].how_many == PEOPLE * SAVES
    numbers = [r.number for r in store.history(project)]
    assert numbers == list(range(PEOPLE * SAVES + 2, 0, -1))


def test_rows_added_by_many_all_stay(store, database_url):
    project = store.create(Charter(), "Ana")

    def person(i):
        mine = CharterStore(open_engine(database_url))
        for j in range(SAVES):
            mine.save(project, PROBLEMS, [added("problems", Problem(id=f"p{i}-{j}"))], f"person {i}")
        mine.close()

    together(person)
    assert len({p.id for p in store.open(project).charter.part(PROBLEMS).problems}) == PEOPLE * SAVES


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_restart_of_the_database_server_is_waited_out(store, database_url, postgres_server):
    project = store.create(Charter(), "Ana")
    store.save(project, PROBLEMS, [added("problems", Problem(id="p"))], "Ana")
    done = threading.Event()
    breaks = []

    def cut_connections():
        admin = open_engine(postgres_server.replace("postgresql://", "postgresql+psycopg://"))
        name = database_url.rsplit("/", 1)[1]
        while not done.is_set():
            with admin.connect() as connection:
                ended = connection.execute(
                    text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": name}
                )
                breaks.extend(ended.scalars())
            time.sleep(0.05)
        admin.dispose()

    cutter = threading.Thread(target=cut_connections)
    cutter.start()
    try:
        together(lambda _: [count_up(store, project) for _ in range(10)], 2)
    finally:
        done.set()
        cutter.join()
    assert len(breaks) > 2
    assert store.open(project).charter.part(PROBLEMS).problems[0].how_many == 20


def test_settings_that_many_people_give_at_once_all_stay(store, database_url):
    def person(i):
        mine = CharterStore(open_engine(database_url))
        for j in range(SAVES):
            mine.portfolio.keep_setting("compare", {"weights": {f"{i}-{j}": 1.0}, f"own{i}": j})
        mine.close()

    together(person)
    kept = store.portfolio.setting("compare")
    assert len(kept["weights"]) == PEOPLE * SAVES
    assert [kept[f"own{i}"] for i in range(PEOPLE)] == [SAVES - 1] * PEOPLE


def test_a_browser_that_is_named_for_the_first_time_in_two_places_at_once_has_a_name(store, database_url):
    def person(i):
        mine = CharterStore(open_engine(database_url))
        for j in range(SAVES):
            mine.people.rename(f"browser {j}", f"person {i}")
        mine.close()

    together(person)
    assert store.people.name(f"browser {SAVES - 1}").startswith("person")
