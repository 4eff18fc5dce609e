"""The start of the code: a template of copier with the charter, its gates, contracts, parameters, and a first test for each target.

Every test fails until something is measured: what nobody has measured is not met.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from scoping.charter import Charter
from scoping.export.contract import file_names, to_contract
from scoping.export.gates import gates, key, why_not
from scoping.export.packs.pack import Files, Given, Lack, Pack, as_yaml, lacking, line
from scoping.milestones.status import goal
from scoping.places import Place
from scoping.sections.milestones import Target
from scoping.words import count, day_words, short

_INSIDE = "template"
_JUDGE = "check-jsonschema==0.39.0"
_COPIER = """\
_min_copier_version: "9.0.0"
_subdirectory: template
_answers_file: .copier-answers.yml

package:
  type: str
  help: Name of the Python package
  default: model
  validator: "{% if not package.isidentifier() %}A name that Python takes: letters, digits and _{% endif %}"
"""
_PROJECT = """\
[project]
name = "{{ package }}"
version = "0.0.1"
requires-python = ">=3.11"

[tool.pytest.ini_options]
testpaths = ["tests"]
"""
_TESTS = '''\
"""Whether each target of the charter is met by what metrics.json says. What is not measured is not met."""

import json
import math
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TARGETS = json.loads((ROOT / "targets.json").read_text("utf-8"))


def measured(name):
    """The value of a metric: under its name, or in groups as its name is parted."""
    metrics = json.loads((ROOT / "metrics.json").read_text("utf-8"))
    found = metrics.get(name, metrics)
    for part in name.replace("/", ".").split("."):
        found = found.get(part) if isinstance(found, dict) else found
    return found


def test_there_is_a_target():
    assert TARGETS, "the charter has no target with a number yet"


@pytest.mark.parametrize("target", TARGETS, ids=[target["id"] for target in TARGETS])
def test_a_target_is_met(target):
    value = measured(target["metric"]) if target["metric"] else None
    assert isinstance(value, int | float) and math.isfinite(value), f"not measured yet: {target['asked']}"
    assert value >= target["target"] if target["direction"] == "at_least" else value <= target["target"], target["asked"]
'''


def _targets(charter: Charter) -> list[Target]:
    return [t for t in charter.milestones.targets if t.target is not None and t.direction is not None]


def _asked(charter: Charter) -> str:
    told = [
        {
            "id": t.id,
            "metric": key(t),
            "direction": str(t.direction.value) if t.direction else "",
            "target": t.target,
            "asked": f"{short(t.title, 200)}, {goal(t)}",
        }
        for t in _targets(charter)
    ]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _params(charter: Charter) -> str:
    """What training reads, as DVC keeps it; what the charter does not say is left out."""
    data = charter.data_sources
    shares = {name: getattr(data, f"{name}_share") for name in ("train", "dev", "test")}
    split = {name: share / 100 for name, share in shares.items() if share is not None}
    targets = {key(t): t.target for t in _targets(charter) if key(t)}
    told = {"seed": 1, "split": split, "targets": targets}
    return as_yaml({name: value for name, value in told.items() if value != {}})


def _steps(names: list[str]) -> Iterator[tuple[str, str]]:
    """What a build server runs, with what each step is called."""
    yield "Install", f"python -m pip install {_JUDGE} pytest"
    for name in names:
        yield f"Gate {name.removesuffix('.gate.schema.json')}", f"check-jsonschema --schemafile 'gates/{name}' metrics.json"
    yield "Targets", "python -m pytest"


def _github(names: list[str]) -> str:
    steps = [
        {"uses": "actions/checkout@v4"},
        {"uses": "actions/setup-python@v5", "with": {"python-version": "3.12"}},
        *({"name": name, "run": command} for name, command in _steps(names)),
    ]
    job = {"runs-on": "ubuntu-latest", "steps": steps}
    return as_yaml({"name": "gates", "on": {"push": {}, "workflow_dispatch": {}}, "jobs": {"gates": job}})


def _gitlab(names: list[str]) -> str:
    return as_yaml({"gates": {"image": "python:3.12", "script": [command for _, command in _steps(names)]}})


def _readme(given: Given, names: list[str]) -> str:
    charter, plan = given.charter, given.charter.milestones
    dates = [f"- {line(m.title)}{f', due {day_words(m.due)}' if m.due else ''}" for m in plan.milestones]
    told = [
        f"# {line(charter.name)}",
        line(charter.project.summary) or "The charter has no summary yet.",
        f"From revision {given.revision} of the charter. `docs/charter.json` names the project; `copier update` brings later revisions.",
        "## Milestones",
        "\n".join(dates) or "None yet.",
        "## How it is judged",
        f"{count(len(names), 'gate')} in `gates/`, {count(len(_targets(charter)), 'target')} in `targets.json`. Write what you measure to `metrics.json`:",
        "    python -m pytest\n    check-jsonschema --schemafile gates/GATE.gate.schema.json metrics.json",
        "Both fail until something is measured: that is how it starts.",
    ]
    return "\n\n".join(told) + "\n"


def _named(given: Given) -> str:
    told = {"project": given.project, "revision": given.revision, "name": given.charter.name, "saved_at": given.stamp}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _make(given: Given) -> Files:
    charter, project, revision = given.charter, given.project, given.revision
    passed = dict(gates(charter.milestones, project=project, revision=revision))
    names, sources = list(passed), charter.data_sources.sources
    contracts = {
        f"contracts/{name}": to_contract(charter, source, project=project, revision=revision, saved_at=given.saved_at)
        for name, source in zip(file_names(sources), sources, strict=True)
    }
    inside: Mapping[str, str] = {
        "README.md": _readme(given, names),
        "docs/charter.json": _named(given),
        **{f"gates/{name}": text for name, text in passed.items()},
        **contracts,
        "params.yaml": _params(charter),
        "targets.json": _asked(charter),
        "metrics.json": "{}\n",
        "tests/test_targets.py": _TESTS,
        ".github/workflows/gates.yml": _github(names),
        ".gitlab-ci.yml": _gitlab(names),
        "pyproject.toml.jinja": _PROJECT,
        "{{ package }}/__init__.py.jinja": '"""What is trained and measured."""\n',
        "{{ _copier_conf.answers_file }}.jinja": "{{ _copier_answers|to_nice_yaml }}",
    }
    return {"copier.yml": _COPIER, **{f"{_INSIDE}/{path}": text for path, text in inside.items()}}


def _told(charter: Charter) -> str:
    checked = [t for t in charter.milestones.targets if not why_not(t)]
    kept = count(len(charter.data_sources.sources), "data contract")
    return f"README, gates that check {count(len(checked), 'target')}, {kept}, a first test for each target, GitHub Actions and GitLab CI."


def _lacks(charter: Charter) -> list[Lack]:
    targets = charter.milestones.targets
    return [
        *lacking(
            [t for t in targets if t not in _targets(charter)],
            "milestones",
            "targets",
            "target",
            "target",
            "has no number or direction",
        ),
        *lacking(
            [t for t in _targets(charter) if not key(t)], "milestones", "targets", "metric_key", "target", "has no metric key"
        ),
    ]


SCAFFOLD = Pack(
    name="repository.zip",
    label="Repository to start with",
    feeds="Git, with GitHub Actions or GitLab CI, DVC and pytest: the first commit of the code.",
    use="copier copy FOLDER my-project",
    make=_make,
    told=_told,
    lacks=_lacks,
    start=Place("milestones", "milestones"),
)
