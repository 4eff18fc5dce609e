"""Packs for other tools, each judged by a tool that others wrote, for all samples and for an empty, a huge and a Persian project."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from dataclasses import replace

import pytest

from scoping.export.packs.croissant import CROISSANT
from scoping.export.packs.data_checks import DATA_CHECKS
from scoping.export.packs.handover import handed_over
from scoping.export.packs.model_card import MODEL_CARD
from scoping.export.packs.monitoring import MONITORING
from scoping.export.packs.scaffold import SCAFFOLD
from scoping.export.packs.shelf import PACKS
from tests.exports.packed import PROJECTS, given, unpacked
from tests.proofs import judges, profiled

EVERY_PROJECT = pytest.mark.parametrize("name", PROJECTS)
ABOUT_DATA = ("data", "datacontract-cli[duckdb]==1.2.8")
ABOUT_CODE = ("code", "copier==9.19.1", "check-jsonschema==0.39.0")
ABOUT_DATA_SETS = ("data sets", "mlcroissant==1.1.1")
ABOUT_FILES = ("files", "frictionless==5.21.0")
ABOUT_A_MODEL = ("model card", "huggingface_hub==2.4.0")


@EVERY_PROJECT
def test_prometheus_takes_the_rules_and_they_fire_when_they_must(name, tmp_path):
    promtool, amtool = judges.debian("prometheus", "promtool"), judges.debian("prometheus-alertmanager", "amtool")
    if not unpacked(MONITORING, name, tmp_path):
        assert name == "empty"
        return
    checks = [
        judges.run(promtool, "check", "rules", *tmp_path.glob("*.rules.yml")),
        judges.run(promtool, "test", "rules", *tmp_path.glob("*.test.yml")),
        judges.run(amtool, "check-config", tmp_path / "alertmanager.yml"),
    ]
    assert [check.stdout + check.stderr for check in checks if check.returncode] == []


def test_prometheus_notices_a_rule_that_does_not_do_what_its_test_says(tmp_path):
    promtool = judges.debian("prometheus", "promtool")
    unpacked(MONITORING, "voice_search", tmp_path)
    file = tmp_path / "monitors.rules.yml"
    file.write_text(file.read_text("utf-8").replace(" > ", " < "), "utf-8")
    assert judges.run(promtool, "check", "rules", file).returncode == 0
    assert judges.run(promtool, "test", "rules", tmp_path / "monitors.test.yml").returncode == 1


@EVERY_PROJECT
def test_hugging_face_reads_the_model_card(name, tmp_path):
    python = judges.python(*ABOUT_A_MODEL) / "python"
    (card,) = unpacked(MODEL_CARD, name, tmp_path)
    asked = "import sys; from huggingface_hub import ModelCard; c = ModelCard.load(sys.argv[1]); print(len(c.data.eval_results or []), len(c.text))"
    told = judges.run(python, "-c", asked, card)
    assert told.returncode == 0, told.stderr
    results, length = map(int, told.stdout.split())
    assert (results > 0) is (name in {"voice_search", "huge", "persian"})
    assert length > 500


def judged(frame, folder):
    """What the contract of a profiled file says to another file."""
    datacontract = judges.python(*ABOUT_DATA) / "datacontract"
    ((name, text),) = DATA_CHECKS.make(replace(given("empty"), charter=profiled.charter())).items()
    (folder / name).write_text(text, "utf-8")
    (folder / "data").mkdir()
    frame.to_csv(folder / "data" / "deliveries.csv", index=False)
    return judges.run(datacontract, "test", name, cwd=folder)


def test_a_file_like_the_one_that_was_looked_at_passes_the_checks_of_its_data(tmp_path):
    told = judged(profiled.good(7), tmp_path)
    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize("fault", profiled.faults())
def test_a_file_with_a_fault_fails_them(fault, tmp_path):
    told = judged(profiled.faults()[fault], tmp_path)
    assert told.returncode == 1, told.stdout


@EVERY_PROJECT
def test_the_checks_of_every_project_obey_the_standard(name, tmp_path):
    datacontract = judges.python(*ABOUT_DATA) / "datacontract"
    refused = [
        told.stdout for file in unpacked(DATA_CHECKS, name, tmp_path) if (told := judges.run(datacontract, "lint", file)).returncode
    ]
    assert refused == []


@EVERY_PROJECT
def test_croissant_takes_the_descriptions_of_owned_data(name, tmp_path):
    judge = judges.python(*ABOUT_DATA_SETS) / "mlcroissant"
    refused = [
        told.stderr
        for file in unpacked(CROISSANT, name, tmp_path)
        if (told := judges.run(judge, "validate", "--jsonld", file)).returncode
    ]
    assert refused == []


def test_croissant_takes_columns_too_and_refuses_a_column_of_no_file(tmp_path):
    judge, file = judges.python(*ABOUT_DATA_SETS) / "mlcroissant", tmp_path / "s.croissant.json"
    (text,) = CROISSANT.make(replace(given("empty"), charter=profiled.charter())).values()
    file.write_text(text, "utf-8")
    told = judges.run(judge, "validate", "--jsonld", file)
    assert told.returncode == 0, told.stderr
    assert "key" not in told.stderr
    file.write_text(text.replace('{"@id": "file"}', '{"@id": "gone"}').replace('"@id": "file"\n', '"@id": "gone"\n', 1), "utf-8")
    assert judges.run(judge, "validate", "--jsonld", file).returncode == 1


@EVERY_PROJECT
def test_copier_makes_a_repository_whose_build_files_are_valid_and_whose_tests_fail_until_something_is_measured(name, tmp_path):
    programs = judges.python(*ABOUT_CODE)
    unpacked(SCAFFOLD, name, tmp_path / "pack")
    made = tmp_path / "made"
    copied = judges.run(programs / "copier", "copy", "--defaults", "--quiet", tmp_path / "pack", made)
    assert copied.returncode == 0, copied.stderr
    for schema, file in (("github-workflows", ".github/workflows/gates.yml"), ("gitlab-ci", ".gitlab-ci.yml")):
        told = judges.run(programs / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", made / file)
        assert told.returncode == 0, told.stdout
    assert judges.run(sys.executable, "-m", "pytest", "-q", cwd=made).returncode == 1
    gates = sorted((made / "gates").glob("*.json"))
    checked = [programs / "check-jsonschema", "--schemafile"]
    assert all(judges.run(*checked, gate, made / "metrics.json").returncode == 1 for gate in gates)
    targets = json.loads((made / "targets.json").read_text("utf-8"))
    (made / "metrics.json").write_text(json.dumps({target["metric"]: target["target"] for target in targets}), "utf-8")
    alike = len({target["metric"] for target in targets if target["metric"]}) == len(targets) > 0
    assert judges.run(sys.executable, "-m", "pytest", "-q", cwd=made).returncode == (0 if alike else 1)
    assert not alike or all(judges.run(*checked, gate, made / "metrics.json").returncode == 0 for gate in gates)


def test_a_repository_whose_targets_are_all_met_passes(tmp_path):
    charter = given("voice_search").charter
    named = [t.model_copy(update={"metric_key": f"eval/{t.id}"}) for t in charter.milestones.targets]
    plan = charter.milestones.model_copy(update={"targets": tuple(named)})
    for path, content in SCAFFOLD.make(replace(given("voice_search"), charter=charter.with_part("milestones", plan))).items():
        file = tmp_path / "pack" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    programs, made = judges.python(*ABOUT_CODE), tmp_path / "made"
    judges.run(programs / "copier", "copy", "--defaults", "--quiet", tmp_path / "pack", made)
    (made / "metrics.json").write_text(json.dumps({"eval": {t.id: t.target for t in named}}), "utf-8")
    assert judges.run(sys.executable, "-m", "pytest", "-q", cwd=made).returncode == 0
    for gate in (made / "gates").glob("*.json"):
        told = judges.run(programs / "check-jsonschema", "--schemafile", gate, made / "metrics.json")
        assert told.returncode == 0, told.stdout


@EVERY_PROJECT
def test_frictionless_finds_what_is_handed_over_whole_and_notices_a_letter_more(name, tmp_path):
    python = judges.python(*ABOUT_FILES) / "python"
    files = {f"{pack.folder}/{path}": content for pack in PACKS for path, content in pack.make(given(name)).items()}
    with zipfile.ZipFile(io.BytesIO(handed_over(given(name), files))) as archive:
        archive.extractall(tmp_path)
    asked = "import frictionless; print(frictionless.validate('datapackage.json').valid)"
    assert judges.run(python, "-c", asked, cwd=tmp_path).stdout.strip() == "True"
    card = tmp_path / "model-card" / "README.md"
    card.write_text(card.read_text("utf-8") + "x", "utf-8")
    assert judges.run(python, "-c", asked, cwd=tmp_path).stdout.strip() == "False"
