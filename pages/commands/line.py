"""The commands: `python app.py COMMAND`. They speak to a server, or to the database where none is named."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from pages.commands.saying import Exit, progress, say, worded
from pages.commands.ways import workbench
from pages.serving.v1.client import GateCheck, Imported, Project
from scoping.errors import WorkbenchError
from scoping.health import Word
from scoping.reading import values
from scoping.words import count
from storage.backups import checking, restoring, writing
from storage.settings import SERVER, TOKEN, Settings

app = typer.Typer(
    name="python app.py",
    help="Ask the workbench from a terminal or a build server. Without a command it is served.",
    epilog=f"Commands speak to the server named by --server or {SERVER}, with the token in {TOKEN}; without one, to the database of "
    "WORKBENCH_DATABASE_URL. They end with 0 when all is well, 1 when something is missed, 2 when they could not be done.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
gate_app, reading_app = typer.Typer(no_args_is_help=True), typer.Typer(no_args_is_help=True)
app.add_typer(gate_app, name="gate", help="Judge metrics at a gate.")
app.add_typer(reading_app, name="reading", help="Report readings of targets.")

Server = Annotated[str, typer.Option(envvar=SERVER, help="Address of a workbench, http://localhost:8501. Left out: the database.")]
Token = Annotated[str, typer.Option(envvar=TOKEN, help="Opens that workbench.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Tell programs.")]
ProjectOption = Annotated[str, typer.Option("--project", "-p", help="Its id, or its name.")]
_MARKS = {"met": "✓", "missed": "✕", "absent": "?"}


def main() -> None:
    """Do what the command line says."""
    for stream in (sys.stdout, sys.stderr):
        # Terminals that know fewer letters get a question mark for one, and no traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app()


def _database_url() -> str:
    return Settings.from_environ().database_url


@app.command()
def status(
    project: Annotated[str, typer.Argument(help="Its id, or its name; all projects when left out.")] = "",
    server: Server = "",
    token: Token = "",
    as_json: AsJson = False,
) -> None:
    """How projects stand. Ends with 1 when one of those asked for is late."""
    with worded(as_json=as_json), workbench(server, token, _database_url()) as found:
        rows = [found.find(project)] if project else list(found.projects())
        plan = found.milestones(rows[0]["id"]) if project else []
    lines = [_in_a_line(row) for row in rows]
    lines += [f"  {m['state'].replace('_', ' ')}: {m['title']}, {m['due'] or 'no date'}. {m['rule']}" for m in plan]
    say(
        {"projects": rows, "milestones": plan} if project else {"projects": rows},
        lines or ["There are no projects."],
        as_json=as_json,
    )
    if any(row["health"] and row["health"]["word"] == Word.LATE.value for row in rows):
        raise typer.Exit(Exit.MISSED)


def _in_a_line(row: Project) -> str:
    health = row["health"]
    word = Word(health["word"]).label if health else "?"
    to_sign = f"to sign {row['to_sign']['met']} of {row['to_sign']['of']}"
    return f"{row['id']}  {word}: {row['name']}, {to_sign}. {health['reason'] if health else ''}".rstrip()


@app.command()
def export(
    project: Annotated[str, typer.Argument(help="Its id, or its name.")],
    names: Annotated[list[str] | None, typer.Argument(help="Files, such as charter.xlsx; that one when left out.")] = None,
    to: Annotated[Path, typer.Option(help="The folder to write into.")] = Path(),
    all_files: Annotated[bool, typer.Option("--all", help="Every file that there is something for.")] = False,
    server: Server = "",
    token: Token = "",
    as_json: AsJson = False,
) -> None:
    """Write the charter out as files; those of the same name are replaced."""
    with worded(as_json=as_json), workbench(server, token, _database_url()) as found:
        one = found.find(project)
        wanted = [f["name"] for f in found.files(one["id"]) if f["is_offered"]] if all_files else names or ["charter.xlsx"]
        written = []
        with progress("Writing", as_json=as_json) as told:
            for number, name in enumerate(wanted, 1):
                content = found.file(one["id"], name)
                written.append(_written(to / Path(name).name, content))
                told(name, number, len(wanted))
    say({"files": [str(path) for path in written]}, [str(path) for path in written], as_json=as_json)


def _written(path: Path, content: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise WorkbenchError(f"{path} cannot be written ({error.strerror}).", "Name another folder with --to.") from None
    return path


@app.command("import")
def bring_in(
    file: Annotated[Path, typer.Argument(help="A charter as JSON; with --project also its workbook, inventory or plan.")],
    project: Annotated[str, typer.Option("--project", "-p", help="The project to change; a new one when left out.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be changed, and change nothing.")] = False,
    server: Server = "",
    token: Token = "",
    as_json: AsJson = False,
) -> None:
    """Bring a charter in as a new project, or changes into one that is there. Ends with 1 when something of a file is left."""
    with worded(as_json=as_json):
        content = _read(file)
        with workbench(server, token, _database_url()) as found:
            if project:
                brought = found.bring(found.find(project)["id"], content, file.name, dry_run=dry_run)
                say(brought, _brought(brought), as_json=as_json)
                is_all = not brought["refused"] and all(c["stands"] in ("free", "same") for c in brought["changes"])
                if not is_all:
                    raise typer.Exit(Exit.MISSED)
                return
            made = found.create(content, dry_run=dry_run)
    said = "Nothing was changed; this would be:" if dry_run else f"Project {made['project']}:"
    say(made, [said, *(f"  {line}" for line in made["told"])], as_json=as_json)


_STANDS = {"same": " (so already)", "conflict": " (left: somebody changed it since)", "gone": " (left: it was removed since)"}


def _brought(brought: Imported) -> list[str]:
    said = (
        f"{brought['taken']} would be taken:"
        if brought["is_dry_run"]
        else f"{brought['taken']} taken, revision {brought['revision']}:"
    )
    lines = [said] if brought["changes"] else ["The file brings no change."]
    for one in brought["changes"]:
        where = " · ".join(filter(None, (one["title"], one["what"])))
        lines.append(f"  {where}: {one['before'] or 'nothing'} → {one['after'] or 'nothing'}{_STANDS.get(one['stands'], '')}")
    refused = [f"  {' '.join(filter(None, (one['place'], one['found'])))}: {one['why']}" for one in brought["refused"]]
    return [*lines, *refused, *(f"  {sentence}" for sentence in brought["remarks"])]


def _read(file: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise WorkbenchError(f"{file} cannot be read ({error.strerror}).", "Name a file that is there.") from None


@gate_app.command("check")
def check_gate(
    metrics: Annotated[Path, typer.Argument(help="metrics.json of a training run; - for what is piped in.")],
    project: ProjectOption,
    milestone: Annotated[str, typer.Option("--milestone", "-m", help="Its id; the next open one when left out.")] = "",
    server: Server = "",
    token: Token = "",
    as_json: AsJson = False,
) -> None:
    """Whether metrics open a gate. Ends with 1 when they do not; nothing is kept."""
    with worded(as_json=as_json):
        given = _metrics(_read(metrics))
        with workbench(server, token, _database_url()) as found:
            verdict = found.check_gate(found.find(project)["id"], given, milestone)
    say(verdict, _verdict(verdict), as_json=as_json)
    if not verdict["is_passed"]:
        raise typer.Exit(Exit.MISSED)


def _metrics(content: bytes) -> dict[str, Any] | list[Any]:
    text = values.text_of(content)
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError):
        raise WorkbenchError("The metrics are no JSON.", "Write names with numbers: {“val_wer”: 11.5}.") from None
    if not isinstance(plain, dict | list):
        raise WorkbenchError("The metrics are one value without a name.", "Write names with numbers: {“val_wer”: 11.5}.")
    return plain


def _verdict(verdict: GateCheck) -> list[str]:
    word = "opens" if verdict["is_passed"] else "stays shut"
    lines = [f"The gate of “{verdict['title']}” {word}."]
    for target in verdict["targets"]:
        of = f" ({target['slice']})" if target["slice"] else ""
        value = "no value" if target["value"] is None else f"{target['value']:g}"
        lines.append(f"  {_MARKS[target['state']]} {target['metric']}{of}: {value}, {target['goal']}")
    return lines + [f"  {sentence}" for sentence in (*verdict["problems"], *verdict["remarks"])]


@reading_app.command("add")
def add_reading(  # noqa: PLR0913, PLR0917  each is an option with a name
    readings: Annotated[list[str], typer.Argument(help="NAME=VALUE, with the target's name in the pipeline: val_wer=11.5")],
    project: ProjectOption,
    run: Annotated[str, typer.Option(help="The id of the run.")] = "",
    when: Annotated[str, typer.Option(help="The day; today when left out.")] = "",
    source: Annotated[str, typer.Option(help="Where it comes from.")] = "",
    slice_of: Annotated[str, typer.Option("--slice", help="The group of cases that was measured.")] = "",
    server: Server = "",
    token: Token = "",
    as_json: AsJson = False,
) -> None:
    """Report readings, all or none of them. Ends with 1 when a target is missed by them."""
    with worded(as_json=as_json):
        context = {"run": run, "source": source, "slice": slice_of} | ({"when": when} if when else {})
        rows = [_reading(told, context) for told in readings]
        with workbench(server, token, _database_url()) as found:
            done = found.report(found.find(project)["id"] if not _is_id(project) else project, rows)
    lines = [f"{done['added']} added, {done['kept']} here already."]
    lines += [f"  {t['metric']}: {t['state'].replace('_', ' ')}. {t['rule']}" for t in done["targets"]] + done["remarks"]
    say(done, lines, as_json=as_json)
    if any(target["state"] == "late" for target in done["targets"]):
        raise typer.Exit(Exit.MISSED)


def _is_id(project: str) -> bool:
    """Whether a project is named by its id, which a token that only reports readings need not look up."""
    return len(project) == 16 and all(letter in "0123456789abcdef" for letter in project)


def _reading(told: str, context: dict[str, str]) -> dict[str, Any]:
    name, sign, value = told.rpartition("=")
    if not sign or not name.strip():
        raise WorkbenchError(f"“{told[:80]}” is no reading.", "Write the name, = and the value: val_wer=11.5")
    return {"metric_key": name.strip(), "value": value.strip(), **context}


@app.command()
def backup(
    file: Annotated[Path | None, typer.Argument(help="Where to; a name with today's date when left out.")] = None,
    as_json: AsJson = False,
) -> None:
    """Copy the whole database into one file, with hashes, while people work. It is never half a file."""
    path = file or Path(f"workbench-{datetime.now(UTC):%Y%m%d-%H%M%S}.backup.zip")
    with worded(as_json=as_json), progress("Copying", as_json=as_json) as told:
        note = writing.back_up(_database_url(), path, told)
    rows = sum(note.rows.values())
    say(
        {"file": str(path), **note.model_dump(mode="json")},
        [f"{path}: {count(rows, 'row')}, whole as of {note.made_at:%H:%M:%S} UTC."],
        as_json=as_json,
    )


@app.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="A backup; the database when left out.")] = None, as_json: AsJson = False
) -> None:
    """Whether a database or a backup is whole: its file, every charter back to its beginning, every kept file. Ends with 1 if not."""
    with worded(as_json=as_json), progress("Looking", as_json=as_json) as told:
        found = checking.check_backup(file, told) if file else checking.check(_database_url(), told)
    _say_found(found, as_json)


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A backup.")], as_json: AsJson = False) -> None:
    """Bring a backup back into a database that is new, named by WORKBENCH_DATABASE_URL."""
    with worded(as_json=as_json), progress("Bringing back", as_json=as_json) as told:
        found = restoring.restore(file, _database_url(), told)
    _say_found(found, as_json)


def _say_found(found: checking.Found, as_json: bool) -> None:
    told = {"is_whole": not found.problems, "projects": found.projects, "revisions": found.revisions, "files": found.files}
    say({**told, "problems": found.problems}, [found.words, *found.problems], as_json=as_json)
    if found.problems:
        raise typer.Exit(Exit.MISSED)
