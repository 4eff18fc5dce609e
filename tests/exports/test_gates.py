"""Gates for build servers: pass, miss, absent and not a number, judged by a validator of JSON Schema that is not ours."""

from __future__ import annotations

import io
import json
import math
import zipfile
from datetime import UTC, date, datetime

import pytest
from jsonschema import Draft202012Validator

from scoping.export.gates import gates, to_gate, to_gates
from scoping.sections.milestones import Direction, Family, Milestone, Milestones, Target

ERROR = Target(
    id="wer", milestone="m", family=Family.ML, metric="Words wrong", direction=Direction.AT_MOST, target=0.12, metric_key="val.wer"
)
RIGHT = Target(id="acc", milestone="m", family=Family.ML, metric="accuracy", direction=Direction.AT_LEAST, target=85.0, unit="%")
POC = Milestone(id="m", deliverable="Proof: car noise / v1", due=date(2027, 3, 15))
PLAN = Milestones(milestones=(POC,), targets=(ERROR, RIGHT))


def validator(plan=PLAN, milestone=POC):
    schema = json.loads(to_gate(plan, milestone, project="p", revision=7))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize(
    ("metrics", "passes"),
    [
        ({"val.wer": 0.12, "accuracy": 85, "other": "x"}, True),
        ({"val": {"wer": 0.1, "loss": 3}, "accuracy": 90.5}, True),
        ({"val.wer": 0.135, "accuracy": 90}, False),
        ({"val": {"wer": 0.135}, "accuracy": 90}, False),
        ({"val.wer": 0.1, "accuracy": 84.9}, False),
        ({"val.wer": 0.1}, False),
        ({"accuracy": 90}, False),
        ({}, False),
        ([], False),
        ({"val.wer": "0.1", "accuracy": 90}, False),
        ({"val.wer": None, "accuracy": 90}, False),
        ({"val.wer": True, "accuracy": 90}, False),
        ({"val.wer": math.nan, "accuracy": 90}, False),
        ({"val.wer": 0.1, "accuracy": math.nan}, False),
        ({"val.wer": -math.inf, "accuracy": 90}, False),
        ({"val.wer": 0.1, "accuracy": math.inf}, False),
    ],
)
def test_only_metrics_that_meet_every_target_pass(metrics, passes):
    assert validator().is_valid(metrics) is passes


def test_a_miss_is_told_with_both_figures():
    plan = PLAN.model_copy(update={"targets": (RIGHT,)})
    assert any("84.9 is less than the minimum of 85" in e.message for e in validator(plan).iter_errors({"accuracy": 84.9}))
    assert any("'accuracy' is a required property" in e.message for e in validator(plan).iter_errors({}))


def test_what_is_not_checked_is_told_and_a_milestone_without_numbers_has_no_gate():
    vague = RIGHT.model_copy(update={"id": "v", "metric": "Speed", "target": None})
    sliced = RIGHT.model_copy(update={"id": "s", "slice": "Car noise"})
    plan = PLAN.model_copy(update={"targets": (*PLAN.targets, vague, sliced)})
    said = json.loads(to_gate(plan, POC, project="p", revision=7))["description"]
    assert "Not checked: “Speed”, it has no number or no direction yet." in said
    assert "it has no name in the training pipeline" in said
    assert "val.wer: at most 0.12." in said
    assert to_gate(PLAN.model_copy(update={"targets": (vague,)}), POC, project="p", revision=7) is None


def test_all_gates_are_packed_under_names_of_their_own_and_with_the_same_bytes():
    twin = POC.model_copy(update={"id": "n"})
    plan = PLAN.model_copy(update={"milestones": (POC, twin), "targets": (ERROR, RIGHT.model_copy(update={"milestone": "n"}))})
    when = datetime(2027, 1, 4, 12, tzinfo=UTC)
    data = to_gates(plan, project="p", revision=7, saved_at=when)
    assert data == to_gates(plan, project="p", revision=7, saved_at=when)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["proof-car-noise-v1.gate.schema.json", "proof-car-noise-v1-n.gate.schema.json"]
    ids = [json.loads(text)["$id"] for _, text in gates(plan, project="p", revision=7)]
    assert ids == ["urn:scoping:gate:p:m:7", "urn:scoping:gate:p:n:7"]
