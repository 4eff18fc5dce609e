"""The one way to save: answers, rows, moves and what is brought back; refusals have one shape and never a traceback."""

from __future__ import annotations

import contextlib
import http.client
import json
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from pages.parts import addresses
from pages.serving import edits
from scoping import samples
from scoping.merge import Edit, removed
from scoping.sections.solutions import Standing
from storage.store import CharterStore
from tests.live import Line, ask

SAMPLE = samples.samples()[0].charter
PROBLEM, OTHER, *_ = SAMPLE.problems.problems
SECONDS = 10
DEVICE = "this-browser"


def post(port: int, project: str, *items: Any, part: str = "problems", **headers: str) -> tuple[int, dict[str, Any]]:
    return ask(port, "POST", f"projects/{project}/edits", {"part": part, "items": list(items)}, DEVICE, **headers)


def saved(port: int, project: str, *items: Any, part: str = "problems") -> dict[str, Any]:
    """What a save that is taken answers."""
    status, said = post(port, project, *items, part=part)
    assert (status, said["ok"]) == (200, True), said
    return said


def answer(
    field: str = "who_is_affected", before: Any = PROBLEM.who_is_affected, raw: Any = "Drivers", **more: Any
) -> dict[str, Any]:
    """An answer about the first problem of a project: who is affected by it."""
    return {"list": "problems", "record": PROBLEM.id, "cells": {field: [before, raw]}, **more}


def problems(store: CharterStore, project: str) -> list[str]:
    return [p.id for p in store.open(project).charter.problems.problems]


def affected(store: CharterStore, project: str) -> str:
    return next(p.who_is_affected for p in store.open(project).charter.problems.problems if p.id == PROBLEM.id)


def refused(reply: tuple[int, dict[str, Any]], status: int) -> str:
    """The sentence of a refusal, whose shape is the same everywhere."""
    assert reply[0] == status, reply
    said = reply[1]
    assert said.keys() == {"ok", "error", "errors", "status"}
    assert (said["ok"], said["status"], said["errors"]) == (False, status, [said["error"]])
    assert said["error"].endswith(".")
    return str(said["error"])


def test_an_answer_is_saved_under_the_name_of_the_browser(port: int, project: str, store: CharterStore) -> None:
    store.people.rename(DEVICE, "Zoë")
    said = saved(port, project, answer())
    assert said["saved"] == [["problems", PROBLEM.id, {"who_is_affected": "Drivers"}]]
    assert (said["number"], said["by"], said["refused"], said["conflicts"]) == (2, "Zoë", [], [])
    assert affected(store, project) == "Drivers"
    assert store.open(project).stamp.by == "Zoë"


def test_the_same_edits_again_change_nothing(port: int, project: str, store: CharterStore) -> None:
    items = (
        answer(),
        {"list": "problems", "record": "new", "new": True, "after": "", "cells": {"statement": ["", "Later"]}},
        {"list": "problems", "record": OTHER.id, "remove": True},
    )
    first = saved(port, project, *items)
    now = store.open(project)
    again = saved(port, project, *items)
    assert (again["number"], again["conflicts"], again["refused"]) == (first["number"], [], [])
    assert store.open(project).charter == now.charter


def test_a_question_mark_says_that_it_is_not_known_yet(port: int, project: str, store: CharterStore) -> None:
    assert saved(port, project, answer(raw="?"))["saved"] == [["problems", PROBLEM.id, {"who_is_affected": ["", "?"]}]]
    assert "who_is_affected" in store.open(project).charter.problems.problems[0].unknown


def test_an_answer_of_the_part_itself_needs_no_list(port: int, project: str, store: CharterStore) -> None:
    said = saved(port, project, {"cells": {"in_scope": [SAMPLE.problems.in_scope, "Less"]}})
    assert said["saved"] == [["", "", {"in_scope": "Less"}]]
    assert store.open(project).charter.problems.in_scope == "Less"


def test_what_is_typed_in_another_form_is_told_as_it_is_kept(port: int, project: str) -> None:
    said = saved(port, project, answer("how_many", PROBLEM.how_many, "1 234"))
    assert said["saved"] == [["problems", PROBLEM.id, {"how_many": [1234, "1,234"]}]]
    again = saved(port, project, answer("how_many", PROBLEM.how_many, "1,234"))
    assert (again["saved"], again["conflicts"]) == (said["saved"], [])


def test_a_currency_tells_all_amounts_of_the_record(port: int, project: str) -> None:
    said = saved(port, project, answer("currency", PROBLEM.currency, "JPY"))
    assert said["saved"][0][2].keys() >= {"currency", "cost_of_doing_nothing"}


@pytest.mark.parametrize("headers", [{"X-Requested-With": ""}, {"X-Requested-With": "XMLHttpRequest"}])
def test_another_site_may_not_save(port: int, project: str, store: CharterStore, headers: dict[str, str]) -> None:
    refused(post(port, project, answer(), **headers), 403)
    assert affected(store, project) == PROBLEM.who_is_affected


@pytest.mark.parametrize("name", ["gone", "%00", "..%2Fcharter", "a" * 41, "A.b"])
def test_a_foreign_project_is_not_found(port: int, store: CharterStore, name: str) -> None:
    status, said = post(port, name, answer())
    if "%2F" in name:
        # With a slash it is another address, at which nothing is posted.
        assert status == 405
        return
    assert status == 404
    assert "does not exist" in said["error"]


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (answer("nonsense"), "nonsense"),
        (answer("unknown"), "unknown"),
        (answer("id"), "id"),
        (answer("@after"), "@after"),
        (answer(list="nonsense"), "nonsense"),
        (answer("how_many", PROBLEM.how_many, "many"), "How many"),
        (answer("how_many", PROBLEM.how_many, "-4"), "How many"),
        (answer(raw="x" * 301), "Who is affected"),
        (answer(raw=["Drivers"]), "Who is affected"),
        (answer(raw={"a": 1}), "Who is affected"),
        ({"record": PROBLEM.id, "remove": True}, "list"),
        ({"list": "problems", "record": "Not/an id", "new": True}, "Not/an id"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_makes_no_sense_is_refused_in_a_sentence_and_leaves_the_others_alone(
    port: int, project: str, store: CharterStore, item: dict[str, Any], words: str
) -> None:
    said = saved(port, project, item, {"list": "problems", "record": OTHER.id, "cells": {"owner": [OTHER.owner, "Ben"]}})
    (no,) = said["refused"]
    assert no.keys() == {"list", "record", "field", "error"}
    assert words in no["error"]
    assert no["error"].endswith(".")
    assert no["field"] == next(iter(item.get("cells", {"": ""})))
    before, after = SAMPLE.problems.problems, store.open(project).charter.problems.problems
    assert after == tuple(p.model_copy(update={"owner": "Ben"}) if p.id == OTHER.id else p for p in before)


def test_of_a_row_only_the_answers_that_do_not_fit_are_refused(port: int, project: str, store: CharterStore) -> None:
    cells = {"statement": ["", "Row"], "who_is_affected": ["", "x" * 301], "how_many": [None, "many"], "owner": ["", "Ben"]}
    said = saved(port, project, {"list": "problems", "record": "new", "new": True, "cells": cells})
    assert {no["field"] for no in said["refused"]} == {"who_is_affected", "how_many"}
    row = store.open(project).charter.problems.problems[-1]
    assert (row.id, row.statement, row.owner, row.who_is_affected) == ("new", "Row", "Ben", "")


def test_what_the_workbench_writes_itself_cannot_be_typed(port: int, project: str, store: CharterStore) -> None:
    baseline = {"list": "baselines", "record": "b", "new": True, "cells": {"plan": ["", "{}"]}}
    measurement = {"list": "checklist", "record": "c", "new": True, "cells": {"pack": ["", "mine"]}}
    assert [no["field"] for no in saved(port, project, baseline, part="milestones")["refused"]] == ["plan"]
    assert [no["field"] for no in saved(port, project, measurement, part="ethics")["refused"]] == ["pack"]
    assert store.open(project).charter.milestones.baselines == SAMPLE.milestones.baselines


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"items": []}, "part"),
        ({"part": "problems"}, "items"),
        ({"part": 7, "items": []}, "part"),
        ({"part": "problems", "items": [], "more": 1}, "more"),
        ({"part": "problems", "items": [{"cells": {"in_scope": ["only one"]}}]}, "in_scope"),
        ({"part": "problems", "items": [{"more": 1}]}, "more"),
        ({"part": "problems", "items": [{}] * 5_001}, "items"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_body_of_another_shape_is_not_understood(port: int, project: str, body: object, words: str) -> None:
    assert words in refused(ask(port, "POST", f"projects/{project}/edits", body), 400)


def test_a_part_that_is_not_there_is_refused(port: int, project: str) -> None:
    assert "nonsense" in refused(post(port, project, answer(), part="nonsense"), 422)


@pytest.mark.parametrize("body", [b"", b"not JSON", b"[]", b'{"part": ', b"\xff\xfe", b'{"part": NaN}', b"[" * 100_000])
def test_anything_but_a_json_object_is_refused(port: int, project: str, body: bytes) -> None:
    refused(ask(port, "POST", f"projects/{project}/edits", body), 400)


def test_a_body_that_is_too_large_is_refused(port: int, project: str, store: CharterStore) -> None:
    assert "too long" in refused(post(port, project, answer(raw="x" * (edits.LARGEST_BODY + 1))), 413)
    assert store.open(project).charter == SAMPLE


def test_an_archived_project_is_not_changed(port: int, project: str, store: CharterStore) -> None:
    store.archive(project, "Ana")
    assert "archived" in refused(post(port, project, answer()), 422)


@pytest.mark.parametrize("raw", [["a"], {"a": 1}, True, 1e400, None, 12, [[1]], "\ud800"])
@pytest.mark.parametrize("before", [None, [[1]], {"a": 1}, 7])
def test_any_kind_of_json_is_an_answer_or_a_refusal(port: int, project: str, raw: object, before: object) -> None:
    problem = answer(before=before, raw=raw)
    solution = {"list": "solutions", "record": SAMPLE.solutions.solutions[0].id, "cells": {"problems": [before, raw]}}
    for item, part in ((problem, "problems"), (solution, "solutions")):
        status, said = post(port, project, item, part=part)
        assert status in (200, 400)
        assert said["ok"] == (status == 200)


def test_what_somebody_else_answered_meanwhile_is_shown_and_not_overwritten(port: int, project: str, store: CharterStore) -> None:
    store.save(project, "problems", [Edit("problems", PROBLEM.id, "who_is_affected", PROBLEM.who_is_affected, "Riders")], "Bo")
    said = saved(port, project, answer())
    theirs = {"list": "problems", "record": PROBLEM.id, "field": "who_is_affected", "by": "Bo", "status": "conflict"}
    assert said["conflicts"] == [{**theirs, "value": "Riders", "typed": "Riders", "shown": "Riders"}]
    assert said["saved"] == []
    assert affected(store, project) == "Riders"
    assert saved(port, project, answer(before="Riders"))["conflicts"] == []
    assert affected(store, project) == "Drivers"


def test_a_conflict_shows_choices_links_and_amounts_as_people_read_them(port: int, project: str, store: CharterStore) -> None:
    row = next(s for s in SAMPLE.solutions.solutions if s.standing is Standing.CHOSEN)
    store.save(project, "solutions", [Edit("solutions", row.id, "standing", row.standing, Standing.REJECTED)], "Bo")
    item = {"list": "solutions", "record": row.id, "cells": {"standing": [row.standing, Standing.PARKED]}}
    (told,) = saved(port, project, item, part="solutions")["conflicts"]
    assert (told["value"], told["shown"]) == (Standing.REJECTED, Standing.REJECTED.label)
    cost = PROBLEM.cost_of_doing_nothing
    store.save(project, "problems", [Edit("problems", PROBLEM.id, "cost_of_doing_nothing", cost, 12_345_00)], "Bo")
    (told,) = saved(port, project, answer("cost_of_doing_nothing", cost, "7"))["conflicts"]
    assert (told["value"], told["typed"], told["shown"]) == (12_345_00, "12,345", "$12,345")


def test_many_conflicts_name_their_authors_in_one_look_at_the_history(port: int, project: str, store: CharterStore) -> None:
    store.save(project, "problems", [Edit("problems", PROBLEM.id, "who_is_affected", PROBLEM.who_is_affected, "Riders")], "Bo")
    store.save(project, "problems", [Edit("problems", OTHER.id, "owner", OTHER.owner, "Someone")], "Cy")
    asked: list[object] = []
    event.listen(store._engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    said = saved(port, project, answer(), {"list": "problems", "record": OTHER.id, "cells": {"owner": ["", "Me"]}})
    assert [c["by"] for c in said["conflicts"]] == ["Bo", "Cy"]
    assert sum("FROM revision" in str(statement) for statement in asked) == 1


# Rows


def test_a_record_removed_meanwhile_is_told_and_brought_back_on_request(port: int, project: str, store: CharterStore) -> None:
    store.save(project, "problems", [removed("problems", PROBLEM), removed("problems", OTHER)], "Bo")
    said = saved(port, project, answer())
    assert [(c["status"], c["by"], c["field"]) for c in said["conflicts"]] == [("removed", "Bo", "who_is_affected")]
    assert saved(port, project, {"list": "problems", "record": PROBLEM.id, "after": ""})["conflicts"][0]["field"] == ""
    assert PROBLEM.id not in problems(store, project)
    assert saved(port, project, answer(restore=True))["conflicts"] == []
    rest = [p.id for p in SAMPLE.problems.problems if p.id != OTHER.id]
    assert problems(store, project) == rest
    (back,) = (p for p in store.open(project).charter.problems.problems if p.id == PROBLEM.id)
    assert back == PROBLEM.model_copy(update={"who_is_affected": "Drivers"})


def test_a_removed_row_comes_back_in_its_place_with_the_links_to_it(port: int, project: str, store: CharterStore) -> None:
    linked = [s.id for s in SAMPLE.solutions.solutions if PROBLEM.id in s.problems]
    assert linked
    saved(port, project, *({"list": "problems", "record": one, "remove": True} for one in (PROBLEM.id, OTHER.id)))
    saved(port, project, {"list": "problems", "record": "between", "new": True, "after": "", "cells": {"statement": ["", "New"]}})
    for one in (OTHER.id, PROBLEM.id):
        saved(port, project, {"list": "problems", "record": one, "restore": True})
    assert problems(store, project) == ["between", *(p.id for p in SAMPLE.problems.problems)]
    charter = store.open(project).charter
    assert charter.problems.problems[1:] == SAMPLE.problems.problems
    assert charter.solutions == SAMPLE.solutions


def test_a_row_that_is_sent_again_after_somebody_removed_it_stays_removed(port: int, project: str, store: CharterStore) -> None:
    new = {"list": "problems", "record": "new", "new": True, "cells": {"statement": ["", "Mine"]}}
    saved(port, project, new)
    saved(port, project, {"list": "problems", "record": "new", "remove": True})
    assert [c["status"] for c in saved(port, project, new)["conflicts"]] == ["removed"]
    assert "new" not in problems(store, project)


def test_to_bring_back_what_never_was_makes_nothing(port: int, project: str, store: CharterStore) -> None:
    item = {"list": "problems", "record": "never", "restore": True, "cells": {"statement": ["", "Mine"]}}
    assert [c["status"] for c in saved(port, project, item)["conflicts"]] == ["removed"]
    assert store.open(project).charter == SAMPLE


def test_rows_are_added_at_a_place_and_moved(port: int, project: str, store: CharterStore) -> None:
    ids = [p.id for p in SAMPLE.problems.problems]
    rows = [{"list": "problems", "record": n, "new": True, "cells": {"statement": ["", n]}} for n in ("a", "b", "c")]
    saved(port, project, {**rows[0], "after": ""}, {**rows[1], "after": "a"}, rows[2])
    assert problems(store, project) == ["a", "b", *ids, "c"]
    saved(port, project, {"list": "problems", "record": "c", "after": "a"})
    assert problems(store, project) == ["a", "c", "b", *ids]
    saved(port, project, {"list": "problems", "record": "a", "after": "nobody"})
    assert problems(store, project) == ["a", "c", "b", *ids]


def test_a_new_row_stands_in_the_history_as_one_change(port: int, project: str, store: CharterStore) -> None:
    cells = {"statement": ["", "Row"], "how_many": [None, "1,000"], "owner": ["", "?"]}
    saved(port, project, {"list": "problems", "record": "new", "new": True, "cells": cells})
    (edit,) = store.history(project, limit=1)[0].edits
    assert (edit.before, edit.after["how_many"], edit.after["unknown"]) == (None, 1_000, ["owner"])


def test_a_row_in_another_currency_is_read_in_it(port: int, project: str, store: CharterStore) -> None:
    cells = {"statement": ["", "Row"], "cost_of_doing_nothing": [None, "1,000"], "currency": ["USD", "JPY"]}
    saved(port, project, {"list": "problems", "record": "new", "new": True, "cells": cells})
    row = store.open(project).charter.problems.problems[-1]
    assert (row.currency, row.cost_of_doing_nothing) == ("JPY", 1_000)


def test_a_paste_of_many_rows_is_saved_in_pieces_and_others_save_meanwhile(port: int, project: str, store: CharterStore) -> None:
    rows = [
        {"list": "milestones", "record": f"m{i}", "new": True, "cells": {"deliverable": ["", f"Milestone {i}"]}}
        for i in range(1_000)
    ]
    told: list[dict[str, Any]] = []
    thread = threading.Thread(target=lambda: told.append(saved(port, project, *rows, part="milestones")))
    thread.start()
    waits = []
    before = PROBLEM.who_is_affected
    while thread.is_alive():
        begin = time.monotonic()
        said = saved(port, project, answer(before=before, raw=f"Drivers {len(waits)}"))
        waits.append(time.monotonic() - begin)
        assert said["conflicts"] == []
        before = f"Drivers {len(waits) - 1}"
    thread.join()
    assert len(waits) > 1
    names = [m.deliverable for m in store.open(project).charter.milestones.milestones[-1_000:]]
    assert names == [f"Milestone {i}" for i in range(1_000)]
    assert len(told[0]["saved"]) == 1_000
    sizes = [len(r.edits) for r in store.history(project, part="milestones", after=1)]
    assert sizes == [edits.ITEMS_AT_ONCE] * 5


def test_an_answer_asks_who_is_here_and_saves_and_no_more(store: CharterStore, project: str) -> None:
    begun: list[object] = []
    event.listen(store._engine, "begin", begun.append)
    given = edits.EditsIn.model_validate({"part": "problems", "items": [answer()]})
    told = edits.save_edits(store, project, given, DEVICE)
    assert len(begun) == 2
    assert told["number"] == 2


def test_a_transaction_that_is_tried_again_makes_its_edits_once(
    store: CharterStore, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    present = store._present
    twice: list[object] = []

    def again(*given: Any) -> Any:
        found = present(*given)
        twice.append(found)
        return found

    monkeypatch.setattr(store, "_present", again)
    change = store.change

    def broken(project: str, by: str, wanted: Any, **given: Any) -> Any:
        return change(project, by, lambda now: wanted(now) and wanted(now), **given)

    monkeypatch.setattr(store, "change", broken)
    items = [
        answer("how_many", None, "many"),
        {"list": "problems", "record": "new", "new": True, "cells": {"statement": ["", "x"]}},
    ]
    told = edits.save_edits(store, project, edits.EditsIn.model_validate({"part": "problems", "items": items}), "")
    assert len(told["refused"]) == 1
    assert problems(store, project).count("new") == 1


# Trouble


def test_a_database_that_is_busy_is_worth_another_try(port: int, project: str, store: CharterStore, tmp_path: Path) -> None:
    store.close()
    event.listen(store._engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 1"))
    with contextlib.closing(sqlite3.connect(tmp_path / "workbench.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        headers = {"X-Requested-With": "workbench"}
        body = json.dumps({"part": "problems", "items": [answer()]})
        connection.request("POST", f"/{addresses.EDITS_URL.format(project=project)}", body, headers)
        reply = connection.getresponse()
        said = json.loads(reply.read())
        connection.close()
    assert "busy" in refused((reply.status, said), 503)
    assert reply.headers["Retry-After"] == "2"
    assert saved(port, project, answer())["number"] == 2


def test_trouble_that_does_not_pass_is_no_reason_to_try_again(port: int, project: str, store: CharterStore, tmp_path: Path) -> None:
    (tmp_path / "workbench.db").unlink()
    assert "was deleted" in refused(post(port, project, answer()), 500)


def test_a_flood_of_one_browser_does_not_keep_others_from_saving(port: int, project: str, store: CharterStore) -> None:
    over = threading.Event()

    def flood() -> None:
        while not over.is_set():
            ask(port, "POST", f"projects/{project}/edits", {"part": "problems", "items": [answer()] * 50}, "flooding")

    threads = [threading.Thread(target=flood) for _ in range(20)]
    for thread in threads:
        thread.start()
    try:
        time.sleep(1)
        begin = time.monotonic()
        saved(port, project, {"cells": {"in_scope": [SAMPLE.problems.in_scope, "Less"]}})
        took = time.monotonic() - begin
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert took < 2


def test_whatever_is_told_in_an_answer_is_told_to_the_others_alike(port: int, project: str) -> None:
    line = Line(port, project, "t", 1)
    row = {"list": "milestones", "record": "m", "new": True, "cells": {"deliverable": ["", "Launch"], "due": [None, "1 Nov 2027"]}}
    told = saved(port, project, row, part="milestones")
    heard = line.next()
    assert told["number"] == heard["number"]
    assert told["saved"] == [["milestones", "m", heard["rows"][0][3]]]
    assert heard["rows"][0][3]["due"] == ["2027-11-01", "1 Nov 2027"]
