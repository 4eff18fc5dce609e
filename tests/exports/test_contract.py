"""Data contracts obey the published standard, promise only what somebody answered, and say what is open."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from shutil import which

import pytest
import yaml
from hypothesis import given, settings
from jsonschema import Draft201909Validator
from open_data_contract_standard.model import OpenDataContractStandard

from scoping.charter import Charter
from scoping.export.contract import file_names, to_contract, to_contracts
from scoping.samples import samples
from scoping.section import questions
from scoping.sections.data_sources import SECTION, DataSources, Report, Source
from tests.exports.filled import AT, filled_charter
from tests.property.strategies import parts
from tests.tools import need

SCHEMA = Draft201909Validator(json.loads(files("open_data_contract_standard").joinpath("schema.json").read_text("utf-8")))
CROWD = Source(
    id="crowd",
    name="Crowdsourced reading",
    origin="crowdsourced",
    amount=1000,
    unit="hours",
    cost=10_000_00,
    days=14,
    accuracy="2",
    coherence="0",
    owner="Dana",
)


def contract(source: Source, **data: object) -> dict:
    charter = Charter(data_sources=DataSources(sources=(source,), **data))
    return yaml.safe_load(to_contract(charter, source, project="p1", revision=7, saved_at=AT))


def custom(made: dict, name: str) -> object:
    return next((p["value"] for p in made.get("customProperties", ()) if p["property"] == name), None)


def contracts(charter: object) -> dict[str, str]:
    packed = to_contracts(charter, project="p1", revision=7, saved_at=AT)
    with zipfile.ZipFile(io.BytesIO(packed)) as pack:
        assert pack.testzip() is None
        return {name: pack.read(name).decode() for name in pack.namelist()}


def judge(text: str) -> None:
    SCHEMA.validate(yaml.safe_load(text))
    OpenDataContractStandard.from_string(text)


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.slug)
def test_the_contracts_of_every_sample_obey_the_standard(sample):
    made = contracts(sample.charter)
    assert len(made) == len(sample.charter.data_sources.sources)
    for text in made.values():
        judge(text)


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.slug)
def test_the_contracts_of_every_sample_pass_the_linter_of_others(sample, tmp_path: Path):
    linter = need(which("datacontract", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"), "datacontract")
    for name, text in contracts(sample.charter).items():
        (tmp_path / name).write_text(text, "utf-8")
        ended = subprocess.run([linter, "lint", tmp_path / name], capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stdout


def test_a_source_with_every_question_answered_obeys_it_too_and_has_nothing_open():
    for text in contracts(filled_charter()).values():
        judge(text)
        made = yaml.safe_load(text)
        assert custom(made, "openQuestions") is None
        assert custom(made, "notKnownYet") is None


@given(parts(SECTION))
@settings(max_examples=25, deadline=None)
def test_any_source_at_all_obeys_it(data):
    for text in contracts(Charter(data_sources=data)).values():
        judge(text)


def test_the_judge_refuses_what_breaks_the_standard():
    made = contract(CROWD)
    made["price"]["priceAmount"] = "lots"
    assert [e.json_path for e in SCHEMA.iter_errors(made)] == ["$.price.priceAmount"]


def test_price_latency_owner_and_ratings_stand_where_the_standard_wants_them():
    made = contract(CROWD)
    assert made["price"] == {"priceAmount": 10, "priceCurrency": "USD", "priceUnit": "hours"}
    assert [(p["property"], p["value"], p["unit"]) for p in made["slaProperties"]] == [("latency", 14, "d")]
    assert made["team"]["members"] == [{"username": "Dana", "role": "owner"}]
    rated = {q["name"]: (q.get("dimension"), q["customProperties"][0]["value"]) for q in made["schema"][0]["quality"]}
    assert rated == {"Accuracy": ("accuracy", 2), "Coherence": ("consistency", 0)}
    assert (custom(made, "amount"), custom(made, "cost"), custom(made, "origin")) == (1000, 10_000, "crowdsourced")


def test_the_days_until_the_first_arrives_go_before_those_until_all_is_there():
    made = contract(CROWD.model_copy(update={"lead_days": 3}))
    assert [(p["property"], p["value"]) for p in made["slaProperties"]] == [("latency", 3)]
    assert custom(made, "days") == 14


def test_the_fixed_part_of_a_cost_is_not_in_the_price_of_a_unit():
    made = contract(CROWD.model_copy(update={"fixed_cost": 4_000_00}))
    assert made["price"]["priceAmount"] == 6
    assert custom(made, "fixedCost") == 4_000


def test_without_an_amount_the_price_is_that_of_the_whole():
    made = contract(CROWD.model_copy(update={"amount": None}))
    assert made["price"] == {"priceAmount": 10_000, "priceCurrency": "USD", "priceUnit": "the whole source"}


def test_what_is_not_answered_is_absent_and_listed_as_open():
    made = contract(Source(id="s", name="Wish", origin="wished", unknown=("cost",)))
    assert made["status"] == "proposed"
    assert {"price", "team", "slaProperties", "servers"}.isdisjoint(made)
    assert "quality" not in made["schema"][0]
    assert custom(made, "cost") is None
    assert custom(made, "notKnownYet") == ["Cost"]
    asked = {spec.label for spec in questions(Source) if not spec.assumed}
    assert set(custom(made, "openQuestions")) == asked - {"Source", "How we get it", "Cost"}


def test_what_was_measured_on_files_of_a_source_is_told():
    report = Report(id="r", source="crowd", headline="2 % missing", file_name="a.csv", file_hash="ab", rows=10)
    other = report.model_copy(update={"id": "r2", "source": "gone"})
    made = contract(CROWD, reports=(report, other))
    assert custom(made, "reports") == [{"result": "2 % missing", "file": "a.csv", "sha256": "ab", "rows": 10}]


@pytest.mark.parametrize(
    "words", ["yes", "no", "1e3", "2027-03-01", "null", "~", "- a: b", "سلام", "a\n\tb: {c", "é\u2028👩‍🚀", "!!python/x"]
)
def test_any_words_come_back_as_they_were(words):
    made = contract(CROWD.model_copy(update={"name": words, "rights": words, "owner": words}))
    assert (made["name"], made["description"]["usage"], made["team"]["members"][0]["username"]) == (words, words, words)


def test_files_of_sources_with_like_names_are_told_apart():
    sources = [Source(id=str(i), name=name) for i, name in enumerate(("Logs", "logs!", "", "日本", "a/../b"))]
    assert file_names(sources) == (
        "logs.odcs.yaml",
        "logs-2.odcs.yaml",
        "not-named-yet.odcs.yaml",
        "日本.odcs.yaml",
        "a-b.odcs.yaml",
    )


def test_the_same_charter_gives_the_same_bytes():
    charter = samples()[0].charter
    given = {"project": "p1", "revision": 7, "saved_at": datetime(2027, 1, 1, tzinfo=UTC)}
    assert to_contracts(charter, **given) == to_contracts(charter, **given)
