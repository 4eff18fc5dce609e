"""The order of rows: moves merge, are kept, and are taken back; removed rows keep their place. On SQLite and on PostgreSQL."""

from __future__ import annotations

import random
import threading

import pytest
from sqlalchemy import event

from scoping.charter import Charter
from scoping.merge import Edit, added, moved, removed
from scoping.sections.problems import Problem
from storage.store import CharterStore

PROBLEMS = "problems"


def rows(store: CharterStore, project: str) -> str:
    return "".join(p.id for p in store.open(project).charter.problems.problems)


def put(store: CharterStore, project: str, record: str, behind: str, by: str = "Ana") -> int:
    stamp = store.save(project, PROBLEMS, [moved(PROBLEMS, record, "", behind)], by).stamp
    assert stamp
    return stamp.number


def remove(store: CharterStore, project: str, *records: str) -> int:
    gone = [p for p in store.open(project).charter.problems.problems if p.id in records]
    stamp = store.save(project, PROBLEMS, [removed(PROBLEMS, p) for p in gone], "Ana").stamp
    assert stamp
    return stamp.number


@pytest.fixture
def project(store: CharterStore) -> str:
    project = store.create(Charter(), "Ana")
    store.save(project, PROBLEMS, [added(PROBLEMS, Problem(id=one, statement=one)) for one in "abcd"], "Ana")
    return project


def test_a_moved_row_stays_where_it_was_put(store: CharterStore, elsewhere: CharterStore, project: str) -> None:
    put(store, project, "a", "c")
    assert rows(store, project) == rows(elsewhere, project) == "bcad"
    put(elsewhere, project, "d", "")
    assert rows(store, project) == rows(elsewhere, project) == "dbca"
    assert store.save(project, PROBLEMS, [moved(PROBLEMS, "b", "", "d")], "Ana").stamp is None


def test_people_who_move_different_rows_at_once_both_win(store: CharterStore, elsewhere: CharterStore, project: str) -> None:
    threads = [
        threading.Thread(target=put, args=(store, project, "a", "d", "Ana")),
        threading.Thread(target=put, args=(elsewhere, project, "c", "", "Bo")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows(store, project) == rows(elsewhere, project) == "cbda"


def test_of_two_who_move_the_same_row_the_later_wins(store: CharterStore, elsewhere: CharterStore, project: str) -> None:
    put(store, project, "a", "d")
    put(elsewhere, project, "a", "b")
    assert rows(store, project) == "bacd"


def test_a_move_behind_a_row_that_is_gone_goes_where_that_stood(store: CharterStore, elsewhere: CharterStore, project: str) -> None:
    remove(store, project, "b")
    put(elsewhere, project, "d", "b")
    assert rows(store, project) == "adc"
    assert store.save(project, PROBLEMS, [moved(PROBLEMS, "b", "", "c")], "Bo").conflicts[0].edit.record == "b"
    assert rows(store, project) == "adc"


def test_moves_and_removals_are_taken_back_to_the_very_places(store: CharterStore, elsewhere: CharterStore, project: str) -> None:
    first, second = put(store, project, "a", "c"), remove(store, project, "b", "c")
    third = put(store, project, "d", "")
    assert rows(store, project) == "da"
    store.undo(project, second, "Bo")
    assert rows(store, project) == rows(elsewhere, project) == "dbca"
    store.undo(project, third, "Bo")
    store.undo(project, first, "Bo")
    assert rows(store, project) == rows(elsewhere, project) == "abcd"


def test_a_row_added_at_a_place_is_one_revision_and_goes_and_comes_there(
    store: CharterStore, elsewhere: CharterStore, project: str
) -> None:
    new = [added(PROBLEMS, Problem(id="n", statement="n")), moved(PROBLEMS, "n", None, "a")]
    number = store.save(project, PROBLEMS, new, "Ana").stamp.number
    assert rows(store, project) == rows(elsewhere, project) == "anbcd"
    taken = store.undo(project, number, "Bo").stamp.number
    assert rows(store, project) == "abcd"
    store.undo(project, taken, "Bo")
    assert rows(store, project) == rows(elsewhere, project) == "anbcd"


def test_what_stood_in_a_removed_row_is_known(store: CharterStore, project: str) -> None:
    remove(store, project, "b")
    found = store.removed(project, PROBLEMS, [(PROBLEMS, one) for one in ("a", "b", "never")])
    assert {key: entry["statement"] for key, entry in found.items()} == {(PROBLEMS, "b"): "b"}


def test_every_moment_of_a_long_history_is_known_and_can_be_returned_to(store: CharterStore, elsewhere: CharterStore) -> None:
    """Every order there was, by rows added anywhere, moved, removed and brought back."""
    chance = random.Random(7)  # noqa: S311
    project = store.create(Charter(), "Ana")
    moments: dict[int, list[str]] = {1: []}
    for step in range(60):
        _anything(store, project, f"r{step}", chance)
        moments[store.open(project).stamp.number] = _ids(store, project)
    for number, order in moments.items():
        assert [p.id for p in elsewhere.charter_at(project, number).problems.problems] == order, number
    for number in chance.sample(sorted(moments), 8):
        store.restore(project, number, "Bo")
        assert _ids(store, project) == _ids(elsewhere, project) == moments[number]


def _anything(store: CharterStore, project: str, new: str, chance: random.Random) -> None:
    """Add a row somewhere, move two, remove two, or take something back."""
    here = _ids(store, project)
    what = chance.choice(["add", "move", "remove", "undo"]) if len(here) > 3 else "add"
    if what == "undo":
        store.undo(project, chance.randint(2, store.open(project).stamp.number), "Bo")
        return
    some = chance.sample(here, 2) if what != "add" else []
    if what == "remove":
        edits = [removed(PROBLEMS, p) for p in store.open(project).charter.problems.problems if p.id in some]
    else:
        edits = [moved(PROBLEMS, one, "", chance.choice(["", *here])) for one in some]
    if what == "add":
        edits = [added(PROBLEMS, Problem(id=new, statement=new))]
        edits += [moved(PROBLEMS, new, None, chance.choice(["", *here]))] if chance.random() < 0.7 else []
    store.save(project, PROBLEMS, edits, "Ana")


def _ids(store: CharterStore, project: str) -> list[str]:
    return [p.id for p in store.open(project).charter.problems.problems]


def test_five_thousand_rows_are_moved_without_writing_them_all(store: CharterStore) -> None:
    project = store.create(Charter(), "Ana")
    for begin in range(0, 5_000, 1_000):
        new = [added(PROBLEMS, Problem(id=f"p{i}", statement=str(i))) for i in range(begin, begin + 1_000)]
        store.save(project, PROBLEMS, new, "Ana")
    written: list[str] = []
    event.listen(
        store._engine, "before_cursor_execute", lambda *given: written.append(str(given[3])) if "row_order" in given[2] else None
    )
    put(store, project, "p4999", "p0")
    put(store, project, "p2500", "")
    assert sum(map(len, written)) < 5_000
    ids = _ids(store, project)
    assert (ids[0], ids[1], ids[2]) == ("p2500", "p0", "p4999")


def test_many_moves_into_the_same_gap_keep_their_order(store: CharterStore, elsewhere: CharterStore) -> None:
    project = store.create(Charter(), "Ana")
    store.save(project, PROBLEMS, [added(PROBLEMS, Problem(id=f"p{i}", statement=str(i))) for i in range(40)], "Ana")
    wanted = [f"p{i}" for i in range(40)]
    for i in range(39, 1, -1):
        put(store, project, f"p{i}", "p0")
        wanted.remove(f"p{i}")
        wanted.insert(1, f"p{i}")
    assert _ids(store, project) == _ids(elsewhere, project) == wanted


def test_an_answer_and_a_move_of_the_same_row_both_win(store: CharterStore, elsewhere: CharterStore, project: str) -> None:
    put(store, project, "a", "d")
    saved = elsewhere.save(project, PROBLEMS, [Edit(PROBLEMS, "a", "owner", "", "Ben")], "Bo")
    assert not saved.conflicts
    assert rows(store, project) == "bcda"
    assert store.open(project).charter.problems.problems[-1].owner == "Ben"
