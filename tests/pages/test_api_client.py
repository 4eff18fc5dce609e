"""The client that teams copy: every method against a server, its types against the models of the API, trouble on the way."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pages.serving.v1 import client as copied
from pages.serving.v1 import door
from pages.serving.v1.client import Refused, Unreachable, Workbench
from pages.serving.v1.models import others, plans, projects, shape
from scoping import samples
from scoping.export.charter_json import Stands, to_json
from scoping.export.gates import why_not
from storage.access.tokens import Scope
from storage.store import CharterStore
from tests.tools import ROOT

PAIRS = {
    "Met": shape.MetOut, "Stands": Stands, "Project": projects.ProjectOut, "Latest": plans.LatestOut, "Target": plans.TargetOut,
    "Milestone": plans.MilestoneOut, "GateTarget": plans.GateTargetOut, "GateCheck": plans.GateCheckOut,
    "Reported": plans.ReportedOut, "Changed": projects.ChangedOut, "File": others.FileOut, "Imported": projects.ImportedOut,
}  # fmt: skip


@pytest.fixture
def workbench(port: int, store: CharterStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setattr(door, "REQUESTS_A_MINUTE", 100_000)
    with Workbench(f"http://127.0.0.1:{port}", store.tokens.make(None, "CI", "Ana", (Scope.ADMIN,))) as found:
        yield found


@pytest.mark.parametrize("name", PAIRS)
def test_what_is_told_has_the_fields_of_its_type(name):
    assert set(typing.get_type_hints(getattr(copied, name))) == set(PAIRS[name].model_fields)


def test_it_is_served_and_works_as_a_file_of_its_own(port, tmp_path):
    answer = httpx.get(f"http://127.0.0.1:{port}/api/v1/client.py")
    assert answer.status_code == 200
    file = tmp_path / "workbench_client.py"
    file.write_bytes(answer.content)
    spec = importlib.util.spec_from_file_location("workbench_client", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules["workbench_client"] = module
    spec.loader.exec_module(module)
    with module.Workbench(f"http://127.0.0.1:{port}", "nonsense") as found, pytest.raises(module.Refused, match="token"):
        list(found.projects())
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", str(file)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_projects_are_found_by_name_and_id_over_all_pages(workbench, store, project):
    assert workbench.find(project)["id"] == project
    assert workbench.find(store.open(project).charter.name)["id"] == project
    store.create(store.open(project).charter, "Bo")
    with pytest.raises(Refused, match="2 projects"):
        workbench.find(store.open(project).charter.name)
    with pytest.raises(Refused, match="No project"):
        workbench.find("Never Heard Of")
    assert len(list(workbench.projects())) == 2


def test_everything_that_it_offers_is_answered(workbench, store, project):
    assert workbench.project(project)["revision"] == 1
    assert workbench.health(project)["word"]
    assert workbench.findings(project)["to_sign"]["of"] == 16
    assert workbench.portfolio()["projects"] == 1
    assert workbench.schema()["title"]
    assert workbench.contracts(project)
    assert "evidence" in workbench.evidence(project)
    assert [m["id"] for m in workbench.milestones(project)] == [m.id for m in store.open(project).charter.milestones.milestones]
    assert workbench.file(project, "charter.md").startswith(b"#")
    assert "charter.xlsx" in [f["name"] for f in workbench.files(project)]
    made = workbench.make_token("Nightly", ["readings"], project)
    assert store.tokens.shown(made).project_id == project
    plan = store.open(project).charter.milestones
    target = next(t for t in plan.targets if not why_not(t))
    said = workbench.report(project, {"target": target.id, "value": target.target, "run": "7"})
    assert (said["added"], workbench.readings(project)["readings"][-1]["run"]) == (1, "7")
    assert workbench.check_gate(project, {}, target.milestone)["is_passed"] is False
    assert workbench.gates(project)


def test_a_change_says_what_was_seen(workbench, store, project):
    seen = workbench.part(project, "problems")
    assert workbench.edit(project, "problems", [{"field": "in_scope", "after": "All"}], note="Why")["changed"] == 1
    with pytest.raises(Refused) as refused:
        workbench.replace_part(project, "problems", seen.value, seen.tag)
    assert (refused.value.status, refused.value.body["present"]["in_scope"]) == (412, "All")
    now = workbench.part(project, "problems")
    assert workbench.replace_part(project, "problems", {**now.value, "in_scope": "Less"}, now.tag, dry_run=True)["is_dry_run"]
    whole = workbench.charter(project)
    assert workbench.replace_charter(project, whole.value, whole.tag)["changed"] == 0
    made = workbench.create(to_json(samples.samples()[1].charter, revision=1, saved_at=store._now()).encode())
    assert store.open(made["project"]).charter.name == samples.samples()[1].charter.name


def test_what_fails_on_the_way_is_sent_again_under_the_same_key(monkeypatch):
    monkeypatch.setattr(copied.time, "sleep", lambda _: None)
    keys: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        keys.append(request.headers["idempotency-key"])
        if len(keys) == 1:
            raise httpx.ConnectError("down")
        if len(keys) == 2:
            return httpx.Response(503, json={"errors": ["busy"]}, headers={"Retry-After": "2"})
        return httpx.Response(201, json={"project": "p"})

    with Workbench("http://x", transport=httpx.MockTransport(answer)) as found:
        assert found.create({})["project"] == "p"
    assert len(keys) == 3
    assert len(set(keys)) == 1


def test_nobody_there_and_somebody_else_there_are_told_in_words(monkeypatch):
    monkeypatch.setattr(copied.time, "sleep", lambda _: None)

    def nobody(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("down")

    with Workbench("http://x", transport=httpx.MockTransport(nobody)) as found, pytest.raises(Unreachable, match="Nothing answers"):
        found.portfolio()
    elsewhere = httpx.MockTransport(lambda _: httpx.Response(502, text="<html>"))
    with Workbench("http://x", transport=elsewhere) as found, pytest.raises(Refused, match="not like a workbench"):
        found.portfolio()


def test_the_example_at_its_head_names_what_there_is():
    head = Path(copied.__file__).read_text().split('"""')[1]
    assert "workbench_client import Workbench" in head
    for name in ("find", "report", "check_gate"):
        assert f".{name}(" in head
        assert hasattr(Workbench, name)
