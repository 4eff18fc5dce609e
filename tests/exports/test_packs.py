"""Packs for the tools downstream: judged by what others wrote, the same every time, and open about what they lack."""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from shutil import which

import openpyxl
import pytest
import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from scoping.charter import PART_BY_SLUG
from scoping.export.packs.governance import GOVERNANCE, frameworks
from scoping.export.packs.handover import MANIFEST, SUMS, handed_over
from scoping.export.packs.mlbom import MLBOM, to_mlbom
from scoping.export.packs.model_card import MODEL_CARD, OPEN, to_model_card
from scoping.export.packs.monitoring import MONITORING
from scoping.export.packs.shelf import PACKS
from scoping.sections.milestones import Milestone, Milestones, Target
from scoping.sections.rollout import Monitor, Rollout
from tests.exports.packed import PROJECTS, given
from tests.tools import need, office_errors

EVERY_PROJECT = pytest.mark.parametrize("name", PROJECTS)
EVERY_PACK = pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)


@EVERY_PACK
@EVERY_PROJECT
def test_a_pack_is_the_same_bytes_every_time_and_its_files_lie_inside_of_it(pack, name):
    packed = pack.zipped(given(name))
    assert packed == pack.zipped(given(name))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        assert not [path for path in archive.namelist() if path.startswith("/") or ".." in path.split("/")]


@EVERY_PACK
@EVERY_PROJECT
def test_what_a_pack_lacks_leads_to_a_question_that_there_is(pack, name):
    charter = given(name).charter
    for lack in pack.lacks(charter):
        section = PART_BY_SLUG[lack.place.part]
        if lack.place.field:
            assert lack.place.field in section.model_of(lack.place.list).model_fields
        if lack.place.record:
            assert lack.place.record in {row.id for row in getattr(charter.part(lack.place.part), lack.place.list)}


@EVERY_PROJECT
@pytest.mark.parametrize("version", ["1.6", "1.7"])
def test_a_bill_of_materials_is_accepted_by_the_validator_of_others(name, version):
    judge = JsonStrictValidator(SchemaVersion.from_version(version))
    assert judge.validate_str(to_mlbom(given(name), version)) is None


def test_the_validator_refuses_a_bill_that_breaks_the_standard():
    told = to_mlbom(given("voice_search"), "1.6").replace('"machine-learning-model"', '"clever-thing"')
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(told) is not None


def test_a_bill_says_of_each_source_whether_it_holds_personal_data():
    told = MLBOM.make(given("empty"))
    assert set(told) == {"mlbom-1.6.cdx.json", "mlbom-1.7.cdx.json"}
    assert '"sensitiveData"' in to_mlbom(given("voice_search"), "1.6")


@EVERY_PROJECT
def test_the_head_of_a_model_card_is_yaml_and_its_text_says_what_is_open(name):
    told = to_model_card(given(name))
    _, head, body = told.split("---\n", 2)
    assert "license" not in yaml.safe_load(head)
    assert (OPEN in body) is (name in {"empty", "filled", "huge"})


def test_words_of_people_make_no_markup_in_a_model_card():
    charter = given("voice_search").charter
    wild = charter.with_part("project", charter.project.model_copy(update={"summary": "<b>|a|</b> [x](y) # *z*"}))
    told = to_model_card(replace(given("empty"), charter=wild))
    assert r"\<b\>\|a\|\</b\> \[x\](y) \# \*z\*" in told


def rules(charter_parts: dict, file: str) -> list[dict]:
    charter = given("empty").charter.model_copy(update=charter_parts)
    made = MONITORING.make(replace(given("empty"), charter=charter))
    return yaml.safe_load(made[file])["groups"][0]["rules"] if made else []


WATCHED = Monitor(id="m", trouble="Slow {{ .Value }}", metric="Wait", bound="above", threshold=300, unit="ms", who_reacts="Bo")


def test_a_statistic_fires_beyond_its_threshold_and_when_nobody_reports_it():
    alarm, silence = rules({"rollout": Rollout(monitors=(WATCHED,))}, "monitors.rules.yml")
    assert alarm["expr"] == 'charter_value{project="p1",item="m"} > 300.0'
    assert alarm["labels"]["owner"] == "Bo"
    assert "{{" not in alarm["annotations"]["summary"]
    assert silence["expr"].startswith("absent(")


def test_a_statistic_without_a_threshold_is_no_rule_but_a_lack():
    blank = WATCHED.model_copy(update={"threshold": None})
    rollout = Rollout(monitors=(blank,))
    assert rules({"rollout": rollout}, "monitors.rules.yml") == []
    lacks = MONITORING.lacks(given("empty").charter.model_copy(update={"rollout": rollout}))
    assert [lack.said for lack in lacks][:1] == ["1 statistic has no threshold."]


def test_a_target_is_an_alarm_from_its_day_on():
    plan = Milestones(
        milestones=(Milestone(id="a", deliverable="First", due="2027-04-01"),),
        targets=(Target(id="t", milestone="a", metric="Right", direction="at_least", target=85),),
    )
    (alarm,) = rules({"milestones": plan}, "targets.rules.yml")
    assert alarm["expr"] == '(charter_value{project="p1",item="t"} < 85.0) and on() (vector(time()) >= 1806537600)'
    assert alarm["labels"]["owner"] == "nobody yet"


def test_a_card_tells_what_was_asked_and_what_was_measured():
    told = MODEL_CARD.make(given("voice_search"))["README.md"]
    assert "asked: at least 88" in told
    assert "not measured yet" in told


FOLDER = Path(__file__).parent / "known_good"


def test_the_outlines_of_governance_are_as_they_were_reviewed(known_good):
    made = GOVERNANCE.make(given("voice_search"))
    known_good(FOLDER / "governance.md", "\n".join(made[f"{framework.slug}.md"] for framework in frameworks()))


@EVERY_PROJECT
def test_no_outline_claims_anything_and_each_open_place_is_named(name):
    made = GOVERNANCE.make(given(name))
    for framework in frameworks():
        told = made[f"{framework.slug}.md"]
        assert not re.search(r"compliant|conforms|certified", told.split("\n> ")[0] + framework.title)
        assert framework.note in told
        assert all(f"## {row.number}  " in told for row in framework.rows)
    if name == "empty":
        assert made["nist-ai-rmf.md"].count("not answered yet") > 20
        assert "nothing is listed yet" in made["eu-ai-act.md"]


def test_what_is_not_known_yet_is_open_and_told_as_such():
    charter = given("empty").charter
    unknown = charter.with_part("project", charter.project.model_copy(update={"unknown": ("owner",)}))
    told = GOVERNANCE.make(replace(given("empty"), charter=unknown))["eu-ai-act.md"]
    assert "Project owner (looked at, not known yet)" in told


def test_the_sheets_of_governance_hold_the_same_and_run_no_formula(tmp_path):
    charter = given("voice_search").charter
    wild = charter.with_part("project", charter.project.model_copy(update={"summary": "=1+1"}))
    content = GOVERNANCE.make(replace(given("voice_search"), charter=wild))["governance.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == [framework.slug for framework in frameworks()]
    cells = [cell for row in book["eu-ai-act"].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]
    assert office_errors(content, "xlsx", tmp_path) == []


def test_what_is_handed_over_says_whether_it_came_over_whole(tmp_path):
    files = {f"{pack.folder}/{path}": content for pack in PACKS for path, content in pack.make(given("persian")).items()}
    with zipfile.ZipFile(io.BytesIO(handed_over(given("persian"), files))) as archive:
        archive.extractall(tmp_path)
    judge = [need(which("sha256sum"), "sha256sum"), "--check", "--strict", "--quiet", SUMS]
    assert subprocess.run(judge, cwd=tmp_path, check=False).returncode == 0
    manifest = json.loads((tmp_path / MANIFEST).read_text("utf-8"))
    assert {resource["path"] for resource in manifest["resources"]} == set(files)
    for resource in manifest["resources"]:
        assert (tmp_path / resource["path"]).stat().st_size == resource["bytes"]
    (tmp_path / "model-card" / "README.md").write_text("changed", "utf-8")
    assert subprocess.run(judge, cwd=tmp_path, check=False, capture_output=True).returncode == 1
