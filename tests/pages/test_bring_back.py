"""A file that comes back: read, told against what is here now, taken in one transaction, taken back; or refused in a sentence."""

from __future__ import annotations

import csv
import http.client
import io
import json
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from pages.parts.charter import exports
from scoping import samples
from scoping.charter import Charter
from scoping.export.charter_json import to_json
from scoping.export.inventory_csv import to_csv
from scoping.export.jira_csv import to_jira_csv
from scoping.merge import Edit, removed
from storage.store import CharterStore
from tests.exports.brought_back import Edited
from tests.live import ask
from tests.tools import until

SAMPLE = samples.samples()[0].charter
SOURCE, *_ = SAMPLE.data_sources.sources
DEVICE = "this-browser"
OURS = {"X-Requested-With": "workbench"}


def send(
    port: int, project: str, data: bytes, name: str = "Charter.xlsx", headers: Mapping[str, str] = OURS
) -> tuple[int, dict[str, Any]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(
        "POST", f"/api/v1/projects/{project}/bring-back?name={quote(name)}", data, {"Cookie": f"device={DEVICE}", **headers}
    )
    with closing(connection):
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())


def brought(port: int, project: str, data: bytes, name: str = "Charter.xlsx") -> tuple[str, dict[str, Any]]:
    """A file that was read: the name under which it lies there, and what it says."""
    status, said = send(port, project, data, name)
    assert status == 200, said
    return said["file"], look(port, project, said["file"])


def look(port: int, project: str, file: str) -> dict[str, Any]:
    def told() -> dict[str, Any] | None:
        status, said = ask(port, "GET", f"projects/{project}/bring-back/{file}", None, DEVICE)
        assert status == 200, said
        return None if said["state"] == "reading" else said

    found = until(told, 60)
    assert found
    return found


def take(port: int, project: str, file: str, **asked: Any) -> dict[str, Any]:
    status, said = ask(port, "POST", f"projects/{project}/bring-back/{file}", asked, DEVICE)
    assert (status, said["ok"]) == (200, True), said
    return said


def changes(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {change["id"]: change for step in told["steps"] for change in step["changes"]}


def edited(store: CharterStore, project: str, tmp_path: Path, *edits: tuple[str, str, str, str, Any]) -> bytes:
    """The workbook of a project as it is now, with edits in it."""
    now = store.open(project)
    book = Edited(now.charter, project=project, revision=now.stamp.number, saved_at=now.stamp.at)
    for edit in edits:
        book.write(*edit)
    return book.save(tmp_path / "edited.xlsx").read_bytes()


COST = ("data_sources", "sources", SOURCE.id, "cost", 4_321)
OWNER = ("project", "", "", "owner", "Somebody Else")
COST_ID, OWNER_ID = f"data_sources/sources/{SOURCE.id}/cost", "project///owner"


def test_changes_of_several_steps_are_taken_at_once_and_taken_back(
    port: int, project: str, store: CharterStore, tmp_path: Path
) -> None:
    store.people.rename(DEVICE, "Zoë")
    file, told = brought(port, project, edited(store, project, tmp_path, COST, OWNER))
    assert changes(told).keys() == {COST_ID, OWNER_ID}
    assert changes(told)[OWNER_ID]["before"] == SAMPLE.project.owner
    said = take(port, project, file, take=[COST_ID, OWNER_ID])
    now = store.open(project)
    assert (said["taken"], said["left"], now.charter.project.owner) == (2, [], "Somebody Else")
    newest, *_ = store.history(project)
    assert (newest.by, newest.note) == ("Zoë", "From workbook Charter.xlsx")
    assert [change["stands"] for change in changes(look(port, project, file)).values()] == ["same", "same"]
    take(port, project, file, back=said["back"])
    assert store.open(project).charter == SAMPLE


def test_what_is_left_stays_as_it_is(port: int, project: str, store: CharterStore, tmp_path: Path) -> None:
    file, _ = brought(port, project, edited(store, project, tmp_path, COST, OWNER))
    take(port, project, file, take=[COST_ID])
    assert store.open(project).charter.project.owner == SAMPLE.project.owner
    assert store.open(project).charter.data_sources.sources[0].cost == 432_100


def test_of_two_answers_the_one_here_stays_unless_the_other_is_chosen(
    port: int, project: str, store: CharterStore, tmp_path: Path
) -> None:
    data = edited(store, project, tmp_path, OWNER)
    store.save(project, "project", [Edit("", "", "owner", SAMPLE.project.owner, "Ben Ode")], "Ben")
    file, told = brought(port, project, data)
    change = changes(told)[OWNER_ID]
    assert (change["stands"], change["theirs"], change["by"]) == ("conflict", ["Ben Ode"], "Ben")
    assert take(port, project, file, take=[OWNER_ID])["left"] == ["Project owner was changed meanwhile"]
    assert take(port, project, file, take=[OWNER_ID], over={OWNER_ID: "not what was seen"})["left"]
    assert store.open(project).charter.project.owner == "Ben Ode"
    take(port, project, file, take=[OWNER_ID], over={OWNER_ID: change["mark"]})
    assert store.open(project).charter.project.owner == "Somebody Else"


def test_what_somebody_removed_cannot_be_answered(port: int, project: str, store: CharterStore, tmp_path: Path) -> None:
    data = edited(store, project, tmp_path, COST)
    store.save(project, "data_sources", [removed("sources", SOURCE)], "Ben")
    file, told = brought(port, project, data)
    assert (changes(told)[COST_ID]["stands"], changes(told)[COST_ID]["by"]) == ("gone", "Ben")
    assert take(port, project, file, take=[COST_ID])["taken"] == 0


def test_a_workbook_that_is_brought_back_twice_adds_nothing_twice(
    port: int, project: str, store: CharterStore, tmp_path: Path
) -> None:
    data = edited(store, project, tmp_path, ("data_sources", "sources", "", "name", "New set"))
    for stands in ("free", "same"):
        file, told = brought(port, project, data)
        (change,) = changes(told).values()
        assert change["stands"] == stands
        take(port, project, file, take=[change["id"]])
    assert [s.name for s in store.open(project).charter.data_sources.sources].count("New set") == 1


def test_a_link_to_a_new_row_waits_for_that_row(port: int, project: str, store: CharterStore, tmp_path: Path) -> None:
    target = SAMPLE.milestones.targets[0]
    new, link = (
        ("milestones", "milestones", "", "deliverable", "Handed over"),
        ("milestones", "targets", target.id, "milestone", "Handed over"),
    )
    file, told = brought(port, project, edited(store, project, tmp_path, new, link))
    added, linked = changes(told).values()
    assert linked["needs"] == [added["id"]]
    assert take(port, project, file, take=[linked["id"]])["left"]
    take(port, project, file, take=[linked["id"], added["id"]])
    assert store.open(project).charter.milestones.targets[0].milestone == added["record"]


# Other files


def test_the_data_as_json_comes_back_against_their_revision(port: int, project: str, store: CharterStore) -> None:
    stamp = store.open(project).stamp
    plain = json.loads(to_json(SAMPLE, revision=stamp.number, saved_at=stamp.at, project=project))
    assert brought(port, project, json.dumps(plain).encode(), "charter.json")[1]["steps"] == []
    plain["charter"]["project"]["owner"] = "Somebody Else"
    sources = plain["charter"]["data_sources"]["sources"]
    sources[0]["cost"] = 432_100
    sources.append(sources.pop(1))
    store.save(project, "project", [Edit("", "", "sponsor", SAMPLE.project.sponsor, "Ben Ode")], "Ben")
    file, told = brought(port, project, json.dumps(plain).encode(), "charter.json")
    assert [change["sort"] for change in changes(told).values()] == ["answer", "answer", "moved"]
    take(port, project, file, take=list(changes(told)))
    now = store.open(project).charter
    assert (now.project.owner, now.project.sponsor) == ("Somebody Else", "Ben Ode")
    assert [s.id for s in now.data_sources.sources] == [s["id"] for s in sources]


def test_the_inventory_comes_back(port: int, project: str, store: CharterStore) -> None:
    text = to_csv(SAMPLE.data_sources.sources)
    assert brought(port, project, text.encode(), "Inventory.csv")[1]["steps"] == []
    text += text.splitlines()[1].replace(SOURCE.name, "Another set") + "\n"
    text = text.replace(f",{SOURCE.origin.label},", ",Public,", 1) if SOURCE.origin else text
    file, told = brought(port, project, text.encode(), "Inventory.csv")
    assert {change["sort"] for change in changes(told).values()} == {"answer", "added"}
    take(port, project, file, take=list(changes(told)))
    now = store.open(project).charter.data_sources.sources
    assert (now[0].origin, now[-1].name) == ("public", "Another set")
    assert [change["stands"] for change in changes(brought(port, project, text.encode(), "Inventory.csv")[1]).values()] == []


def test_the_plan_comes_back(port: int, project: str, store: CharterStore) -> None:
    text = to_jira_csv(SAMPLE, date(2026, 11, 30))
    assert brought(port, project, text.encode(), "Plan.csv")[1]["steps"] == []
    head, first, *rest = csv.reader(io.StringIO(text))
    first[head.index("Assignee")], first[head.index("Due date")] = "Zoë", "2.1.2031"
    changed = io.StringIO()
    csv.writer(changed, delimiter=";").writerows([head, first, *rest])
    file, told = brought(port, project, changed.getvalue().encode(), "Plan.csv")
    assert {change["what"]: change["after"] for change in changes(told).values()} == {"Owner": "Zoë", "Due": "2 Jan 2031"}
    take(port, project, file, take=list(changes(told)))
    title = first[head.index("Summary")]
    assert [m.owner for m in store.open(project).charter.milestones.milestones if m.title == title] == ["Zoë"]


# What is refused


def refusal(port: int, project: str, data: bytes, name: str = "Charter.xlsx") -> dict[str, Any]:
    told = brought(port, project, data, name)[1]
    assert told["state"] == "refused"
    assert told["error"].endswith(".")
    return told


def test_the_file_of_another_project_leads_to_that_one(port: int, project: str, store: CharterStore, tmp_path: Path) -> None:
    other = store.create(Charter(), "Ana")
    said = refusal(port, project, edited(store, other, tmp_path, OWNER))
    assert said["other"][0] == other
    book = Edited(SAMPLE, project="nowhere1").save(tmp_path / "x.xlsx").read_bytes()
    assert "not in this workbench" in refusal(port, project, book)["error"]
    book = Edited(SAMPLE, project="").save(tmp_path / "x.xlsx").read_bytes()
    assert "does not say which project" in refusal(port, project, book)["error"]


@pytest.mark.parametrize("revision", [1, 99])
def test_a_revision_that_the_history_does_not_have_is_refused(
    port: int, project: str, store: CharterStore, revision: int, tmp_path: Path
) -> None:
    """Such as after a backup was brought back: a change of that number may be there, and be another one."""
    book = Edited(SAMPLE, project=project, revision=revision).save(tmp_path / "x.xlsx").read_bytes()
    assert "not in the history" in refusal(port, project, book)["error"]


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"", "empty"), (b"a,b\n1,2\n", "no workbook"), (b"PK\x03\x04 nothing", "no Excel workbook"), (b"{}", "no charter")],
)
def test_what_is_no_file_of_ours_gets_a_sentence(port: int, project: str, data: bytes, why: str) -> None:
    assert why in refusal(port, project, data)["error"]


def test_too_much_foreign_pages_and_unknown_places_are_refused(port: int, project: str) -> None:
    assert send(port, project, b"x" * (11 << 20))[0] == 413
    assert send(port, project, b"x", headers={})[0] == 403
    assert send(port, "nowhere1", b"x")[0] == 404
    assert ask(port, "GET", f"projects/{project}/bring-back/nothing", None, DEVICE)[0] == 404
    assert ask(port, "POST", f"projects/{project}/bring-back/nothing", {"take": []}, DEVICE)[0] == 404


def test_an_archived_project_takes_nothing(port: int, project: str, store: CharterStore, tmp_path: Path) -> None:
    file, _ = brought(port, project, edited(store, project, tmp_path, OWNER))
    store.archive(project, "Ana")
    status, said = ask(port, "POST", f"projects/{project}/bring-back/{file}", {"take": [OWNER_ID]}, DEVICE)
    assert (status, "archived" in said["error"]) == (422, True)


def test_the_exports_name_their_project(store: CharterStore, project: str) -> None:
    opened = store.open(project)
    told = exports.Told(project=opened, today=opened.stamp.at.date())
    assert json.loads(exports.BY_NAME["charter.json"].make(told))["project"] == project


def test_whoever_brings_a_file_back_is_told_before_and_after_that_the_project_falls(
    port: int, project: str, store: CharterStore, tmp_path: Path
) -> None:
    data = edited(store, project, tmp_path, ("project", "", "", "decision_asked", ""), ("project", "", "", "sponsor", "Somebody"))
    file, told = brought(port, project, data)
    wanted = {one["what"]: one["id"] for one in changes(told).values()}
    met, of = store.open(project).overview.met, len(store.open(project).overview.conditions)
    assert not take(port, project, file, take=[wanted["Sponsor"]], dry=True)["then"]
    said = take(port, project, file, take=list(wanted.values()), dry=True)["then"]
    assert said.endswith(f", {met - 1} of {of}")
    assert store.open(project).overview.met == met
    assert take(port, project, file, take=list(wanted.values()))["then"] == said
