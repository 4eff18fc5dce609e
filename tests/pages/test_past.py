"""The history of one record: what was and what is, and taking one change of it back."""

from __future__ import annotations

from typing import Any

from scoping import samples
from scoping.merge import Edit
from storage.store import CharterStore
from tests.live import Line, ask

SAMPLE = samples.samples()[0].charter
PROBLEM, OTHER, *_ = SAMPLE.problems.problems
HERE = ("problems", PROBLEM.id)


def owned_by(store: CharterStore, project: str) -> str:
    return store.open(project).charter.problems.problems[0].owner


def past(port: int, project: str, record: str = PROBLEM.id, **more: str) -> list[dict[str, Any]]:
    asked = {"part": "problems", "list": "problems", "record": record, **more}
    status, said = ask(port, "GET", f"projects/{project}/history?" + "&".join(f"{k}={v}" for k, v in asked.items()))
    assert (status, said["ok"]) == (200, True), said
    return list(said["changes"])


def take_back(port: int, project: str, number: int, **headers: str) -> dict[str, Any]:
    wish = {"number": number, "list": "problems", "record": PROBLEM.id}
    return dict(ask(port, "POST", f"projects/{project}/history", wish, "this-browser", **headers)[1])


def rename(store: CharterStore, project: str, before: str, after: str, by: str = "Ben") -> None:
    store.save(project, "problems", [Edit(*HERE, "owner", before, after)], by)


def test_a_record_says_who_changed_what_from_what_to_what(port: int, store: CharterStore, project: str) -> None:
    rename(store, project, PROBLEM.owner, "Marta Vogel")
    store.save(project, "problems", [Edit("problems", OTHER.id, "owner", OTHER.owner, "Somebody else")], "Ben")
    [change] = past(port, project)
    assert (change["by"], change["lines"]) == ("Ben", [["Who owns the problem", PROBLEM.owner, "Marta Vogel"]])
    assert change["back"]
    assert past(port, project, "nothing-of-this-name") == []


def test_of_a_save_that_touched_two_records_each_shows_its_own_and_takes_back_its_own(
    port: int, store: CharterStore, project: str
) -> None:
    both = [Edit(*HERE, "owner", PROBLEM.owner, "Marta"), Edit("problems", OTHER.id, "owner", OTHER.owner, "Marta")]
    store.save(project, "problems", both, "Ben")
    [change] = past(port, project)
    assert take_back(port, project, change["number"])["ok"]
    assert [p.owner for p in store.open(project).charter.problems.problems[:2]] == [PROBLEM.owner, "Marta"]


def test_a_take_back_is_a_change_that_can_be_taken_back_and_everybody_hears_of_it(
    port: int, store: CharterStore, project: str
) -> None:
    rename(store, project, PROBLEM.owner, "Marta")
    line = Line(port, project, "tab-one", 2)
    assert take_back(port, project, past(port, project)[0]["number"])["ok"]
    assert owned_by(store, project) == PROBLEM.owner
    assert line.next()["set"][0][:2] == ["problems", PROBLEM.id]
    line.cut()
    newest, older = past(port, project)
    assert (newest["back"], older["back"]) == (True, False)
    assert take_back(port, project, newest["number"])["ok"]
    assert owned_by(store, project) == "Marta"


def test_what_somebody_changed_since_then_stays_and_is_said(port: int, store: CharterStore, project: str) -> None:
    rename(store, project, PROBLEM.owner, "Marta")
    number = past(port, project)[0]["number"]
    rename(store, project, "Marta", "Jonas", by="Cleo")
    said = take_back(port, project, number)
    assert (said["ok"], said["error"]) == (False, "Cleo changed it again since, so it stays.")
    assert owned_by(store, project) == "Jonas"


def test_the_questions_of_a_step_have_a_history_too(port: int, store: CharterStore, project: str) -> None:
    before = SAMPLE.problems.in_scope
    store.save(project, "problems", [Edit("", "", "in_scope", before, "Phones only")], "Ben")
    [change] = past(port, project, "", list="")
    assert change["lines"][0][2] == "Phones only"


def test_a_step_or_list_that_is_not_there_and_a_request_of_another_site_are_refused(port: int, project: str) -> None:
    assert ask(port, "GET", f"projects/{project}/history?part=nowhere")[0] == 422
    assert ask(port, "GET", f"projects/{project}/history?part=problems&list=nowhere&record=a")[0] == 422
    assert ask(port, "GET", "projects/nowhere/history?part=problems")[0] == 404
    refused = take_back(port, project, 1, **{"x-requested-with": ""})
    assert not refused["ok"]
