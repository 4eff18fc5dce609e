"""Commands in a terminal: on a database and through a server alike, with exit codes for build servers, and no Streamlit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from pages.commands.line import app
from pages.serving.files import written
from pages.serving.v1 import client, door
from scoping import samples
from scoping.charter import Charter
from scoping.export.charter_json import to_json
from scoping.export.gates import why_not
from scoping.merge import Edit
from scoping.sections.milestones import Milestone, Milestones
from storage.access.tokens import Scope
from storage.store import CharterStore
from tests.tools import ROOT

Run = Callable[..., Result]


@pytest.fixture(params=["database", "server"])
def run(request: pytest.FixtureRequest, store: CharterStore, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the database of the test, or through a server of it."""
    environ: dict[str, str] = {}
    if request.param == "server":
        monkeypatch.setattr(door, "REQUESTS_A_MINUTE", 100_000)
        token = store.tokens.make(None, "CI", "Ana", (Scope.ADMIN,))
        environ = {"WORKBENCH_SERVER": f"http://127.0.0.1:{request.getfixturevalue('port')}", "WORKBENCH_TOKEN": token}

    def work(*words: str, given: str | None = None) -> Result:
        return CliRunner().invoke(app, list(words), input=given, env=environ)

    return work


def told(result: Result, code: int = 0) -> Any:
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def test_status_tells_all_or_one_and_ends_with_1_when_one_is_late(run, store, project):
    late = Milestones(milestones=(Milestone(id="m", deliverable="Recogniser", due=store._now().date().replace(year=2020)),))
    other = store.create(Charter().with_part("milestones", late), "Ana")
    found = told(run("status", "--json"), 1)["projects"]
    assert {row["id"] for row in found} == {project, other}
    assert "Late: Untitled project" in run("status", other).output
    fresh = store.create(Charter(), "Ana")
    result = run("status", fresh)
    assert (result.exit_code, "Draft" in result.output) == (0, True)
    assert "No project is called" in run("status", "Nothing Like It").stderr


def workbook_of(store: CharterStore, project: str) -> bytes:
    """The workbook of a project as it is downloaded."""
    return bytes(written(store, project, "charter.xlsx", store._now().date(), 0)[0])


def test_export_writes_files(run, project, tmp_path):
    assert told(run("export", project, "charter.md", "charter.json", "--to", str(tmp_path / "out"), "--json"))["files"]
    assert (tmp_path / "out" / "charter.md").read_text().startswith("#")
    result = run("export", project, "--all", "--to", str(tmp_path / "all"))
    assert result.exit_code == 0
    assert {path.name for path in (tmp_path / "all").iterdir()} >= {"charter.xlsx", "plan.ics", "contracts.zip"}
    assert run("export", project, "charter.nothing").exit_code == 2
    (tmp_path / "file").touch()
    assert "cannot be written" in run("export", project, "charter.md", "--to", str(tmp_path / "file")).stderr


def test_import_makes_a_project_or_changes_one_and_tries_before(run, store, project, tmp_path):
    charter = store.open(project).charter
    changed = charter.with_part("problems", charter.problems.model_copy(update={"in_scope": "All of it"}))
    file = tmp_path / "charter.json"
    file.write_text(to_json(changed, revision=1, saved_at=store.open(project).stamp.at, project=project))
    tried = told(run("import", str(file), "--project", project, "--dry-run", "--json"))
    assert (tried["taken"], tried["is_dry_run"]) == (1, True)
    assert store.open(project).stamp.number == 1
    assert "In scope: " in run("import", str(file), "--project", project).output
    assert store.open(project).charter.problems.in_scope == "All of it"
    store.save(project, "problems", [Edit("", "", "in_scope", "All of it", "Less")], "Bo")
    left = run("import", str(file), "--project", project)
    assert (left.exit_code, "somebody changed it since" in left.output) == (1, True)
    made = told(run("import", str(file), "--json"))
    assert store.open(made["project"]).charter.name == charter.name
    book = tmp_path / "charter.xlsx"
    book.write_bytes(workbook_of(store, project))
    again = run("import", str(book), "--project", project, "--dry-run")
    assert (again.exit_code, "no change" in again.output) == (0, True), again.output
    file.write_text("{")
    result = run("import", str(file))
    assert (result.exit_code, "not JSON" in result.stderr) == (2, True)


def test_a_gate_opens_stays_shut_or_cannot_be_judged(run, store, project, tmp_path):
    plan = store.open(project).charter.milestones
    gate = next(m.id for m in plan.milestones if [t for t in plan.targets if t.milestone == m.id and not why_not(t)])
    targets = [t for t in plan.targets if t.milestone == gate and not why_not(t)]
    file = tmp_path / "metrics.json"
    file.write_text(json.dumps({t.metric_key or t.metric: t.target for t in targets}))
    assert told(run("gate", "check", str(file), "-p", project, "-m", gate, "--json"))["is_passed"]
    missed = run("gate", "check", "-", "-p", project, "-m", gate, given="{}")
    assert (missed.exit_code, "stays shut" in missed.output) == (1, True)
    for wrong, words in (("{", "no JSON"), ("7", "without a name")):
        result = run("gate", "check", "-", "-p", project, given=wrong)
        assert (result.exit_code, words in result.stderr) == (2, True)
    assert run("gate", "check", str(tmp_path / "none.json"), "-p", project).exit_code == 2
    assert run("gate", "check", str(file), "-p", project, "-m", "nothing").exit_code == 2
    assert store.open(project).charter.milestones == plan


def test_a_reading_is_added_once(run, store, project):
    plan = store.open(project).charter.milestones
    target = next(t for t in plan.targets if t.metric_key and t.target is not None)
    words = ("reading", "add", f"{target.metric_key}={target.target}", "-p", project, "--run", "41", "--json")
    first, again = run(*words), run(*words)
    assert told(first, first.exit_code)["added"] == 1
    assert (told(again, first.exit_code)["added"], told(again, first.exit_code)["kept"]) == (0, 1)
    assert [row.run for row in store.open(project).charter.milestones.readings].count("41") == 1
    assert "no reading" in run("reading", "add", "val_wer", "-p", project).stderr
    assert "No target is called" in run("reading", "add", "nothing=1", "-p", project).stderr


def test_what_is_refused_is_told_to_programs_too(run):
    assert told(run("status", "Nothing Like It", "--json"), 2)["ok"] is False


def test_a_token_for_one_project_opens_what_it_may(store, port, project, monkeypatch):
    monkeypatch.setattr(door, "REQUESTS_A_MINUTE", 100_000)
    token = store.tokens.make(project, "CI", "Ana", (Scope.READ,))
    environ = {"WORKBENCH_SERVER": f"http://127.0.0.1:{port}", "WORKBENCH_TOKEN": token}
    assert CliRunner().invoke(app, ["status", project], env=environ).exit_code in (0, 1)
    everything = CliRunner().invoke(app, ["status"], env=environ)
    assert (everything.exit_code, "one project" in everything.stderr) == (2, True)


def test_a_server_that_is_not_there_is_told_in_words(monkeypatch):
    monkeypatch.setattr(client.time, "sleep", lambda _: None)
    result = CliRunner().invoke(app, ["status"], env={"WORKBENCH_SERVER": "http://127.0.0.1:9"})
    assert (result.exit_code, "Nothing answers" in result.stderr) == (2, True)


def test_a_backup_is_taken_looked_through_and_brought_back(store, project, tmp_path, monkeypatch):
    file = tmp_path / "one.backup.zip"
    runner = CliRunner()
    assert told(runner.invoke(app, ["backup", str(file), "--json"]))["rows"]["charter"] == 1
    assert "Whole: 1 project" in runner.invoke(app, ["check", str(file)]).output
    assert "Whole: 1 project" in runner.invoke(app, ["check"]).output
    assert runner.invoke(app, ["restore", str(file)]).exit_code == 2
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", f"sqlite:///{tmp_path / 'again.db'}")
    assert told(runner.invoke(app, ["restore", str(file), "--json"])) == {
        "is_whole": True, "projects": 1, "revisions": 1, "files": 0, "problems": [],
    }  # fmt: skip
    with store._engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.exec_driver_sql("DELETE FROM revision")
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", f"sqlite:///{tmp_path / 'workbench.db'}")
    assert told(runner.invoke(app, ["check", "--json"]), 1)["is_whole"] is False


def command(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """The command as it is typed."""
    told = [sys.executable, *words]
    return subprocess.run(told, cwd=ROOT, env=os.environ | environ, capture_output=True, text=True, check=False)


def test_app_takes_commands_and_names_those_that_there_are(tmp_path: Path):
    shown = command("app.py", "--help")
    assert shown.returncode == 0
    for name in ("export", "import", "gate", "reading", "status", "backup", "check", "restore"):
        assert name in shown.stdout
    assert command("app.py", "nonsense").returncode == 2
    database = f"sqlite:///{tmp_path / 'new.db'}"
    assert "no projects" in command("app.py", "status", WORKBENCH_DATABASE_URL=database).stdout


def test_commands_load_no_streamlit_and_no_tables_of_pandas(tmp_path: Path):
    store = CharterStore.at(f"sqlite:///{tmp_path / 'w.db'}")
    project = store.create(samples.samples()[0].charter, "Ana")
    store.close()
    look = (
        "import sys; from typer.testing import CliRunner; from pages.commands.line import app\n"
        f"for words in (['status'], ['status', '{project}'], ['export', '{project}', 'charter.json', '--to', '{tmp_path}'], ['check']):\n"
        "    assert CliRunner().invoke(app, words).exit_code in (0, 1), words\n"
        "print([name for name in ('streamlit', 'pandas', 'altair', 'uvicorn') if name in sys.modules])"
    )
    found = command("-c", look, WORKBENCH_DATABASE_URL=f"sqlite:///{tmp_path / 'w.db'}")
    assert (found.stdout, found.stderr) == ("[]\n", "")


def test_the_server_starts_without_what_commands_need():
    look = "import sys, app; print([name for name in ('typer', 'rich', 'httpx', 'click') if name in sys.modules])"
    before = "import sys, streamlit; print([name for name in ('typer', 'rich', 'httpx', 'click') if name in sys.modules])"
    assert command("-c", look).stdout == command("-c", before).stdout
