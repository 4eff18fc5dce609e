"""Readings out of files: the shapes that pipelines and people have, filed under targets, and a sentence for what is not understood."""

from __future__ import annotations

import json
from datetime import date

import pytest

from scoping.reading.metrics import matched
from scoping.reading.values import LARGEST_MB, UnreadableReadingsError, from_plain, parse, text_of
from scoping.sections.milestones import Direction, Family, Milestone, Milestones, Reading, Target

TODAY = date(2027, 2, 15)
ERROR = Target(
    id="wer", milestone="m", family=Family.ML, metric="Words wrong", direction=Direction.AT_MOST, target=12.0, unit="%",
    metric_key="val.wer",
)  # fmt: skip
LATENCY = Target(
    id="p95", milestone="m", family=Family.SOFTWARE, metric="Latency p95", direction=Direction.AT_MOST, target=300.0, unit="ms"
)
PLAN = Milestones(
    milestones=(Milestone(id="m", deliverable="Recogniser", start=date(2027, 1, 4), due=date(2027, 4, 5)),),
    targets=(ERROR, LATENCY),
)


def read(text, plan=PLAN, **more):
    return matched(parse(text), plan, TODAY, **more)


def values(found):
    return [(r.target, r.value, r.when, r.run) for r in found.readings]


@pytest.mark.parametrize(
    "text",
    [
        '{"val.wer": 14.5}',
        '{"val_wer": 14.5, "model": "v3"}',
        '{"val": {"wer": 14.5}}',
        '{"val": {"wer": {"value": 14.5, "step": 300}}}',
        '{"val/wer": "14.5"}',
        '{"metrics.json": {"data": {"val": {"wer": 14.5, "time": 12.5}}}}',
        '{"val_wer": [30.0, 20, 14.5]}',
        '[{"step": 1, "val_wer": 20}, {"step": 2, "val_wer": 14.5}]',
        '{"step": 1, "val_wer": 20}\n{"step": 2, "val_wer": 14.5}',
        '[{"metric_key": "val.wer", "value": 14.5}]',
        '{"target": "wer", "value": 14.5}',
        "metric,value\nval.wer,14.5\n",
        "Metric;Reached;Date\nwords wrong;14,5;15.2.2027\n",
        "val_wer\t14.5\t2027-02-15",
        "date,val_wer\n2027-02-15,14.5",
    ],
)
def test_every_usual_shape_gives_the_same_reading(text):
    found = read(text)
    assert values(found) == [("wer", 14.5, TODAY, "")]
    assert [p for p in found.problems if "No target" not in p] == []


def test_days_and_runs_come_with_the_values():
    rows = "metric_key,value,timestamp,run_id\nval.wer,20,2027-01-20T23:30:00-05:00,a\nval.wer,18,1801468800,b\nval.wer,16,1801468800000,c"
    days = [(r.value, r.when, r.run) for r in read(rows).readings]
    assert days == [(20, date(2027, 1, 21), "a"), (18, date(2027, 2, 1), "b"), (16, date(2027, 2, 1), "c")]


def test_one_column_per_metric_is_read_row_by_row():
    found = read("when,Latency p95,val_wer\n2027-02-01,320,20\n2027-02-08,,18\n")
    assert values(found) == [
        ("p95", 320, date(2027, 2, 1), ""),
        ("wer", 20, date(2027, 2, 1), ""),
        ("wer", 18, date(2027, 2, 8), ""),
    ]


def test_the_same_reading_is_kept_once_and_another_value_is_new():
    first = read('{"val_wer": 14.5}', run="41")
    here = PLAN.model_copy(update={"readings": tuple(first.readings)})
    again = read('{"val_wer": 14.5}', here, run="41")
    assert (again.readings, again.kept) == ([], [first.readings[0].id])
    assert read('{"val_wer": 14.0}', here, run="41").readings[0].id != first.readings[0].id
    assert read('{"val_wer": 14.5}', run="41").readings[0].id == first.readings[0].id
    assert read('{"val_wer": 14.5}', run="42").readings[0].id != first.readings[0].id
    typed = PLAN.model_copy(update={"readings": (Reading(id="by-hand", target="wer", when=TODAY, value=14.5),)})
    assert read('{"val_wer": 14.5}', typed).kept == ["by-hand"]


def test_one_key_at_two_milestones_is_filed_under_both():
    later = ERROR.model_copy(update={"id": "wer2"})
    both = PLAN.model_copy(update={"targets": (ERROR, later)})
    assert [r.target for r in read('{"val_wer": 14.5}', both).readings] == ["wer", "wer2"]


def test_a_slice_is_only_filed_under_its_own_target():
    noisy = ERROR.model_copy(update={"id": "noisy", "metric_key": "", "slice": "Car noise"})
    plan = PLAN.model_copy(update={"targets": (ERROR.model_copy(update={"metric_key": ""}), noisy)})
    found = read("metric,slice,value\nWords wrong,car noise,20\nWords wrong,,14", plan)
    assert [(r.target, r.value) for r in found.readings] == [("noisy", 20), ("wer", 14)]


def test_a_short_name_that_may_mean_two_values_is_asked_about():
    plan = PLAN.model_copy(update={"targets": (ERROR.model_copy(update={"metric_key": "wer"}),)})
    found = read('{"train": {"wer": 3}, "val": {"wer": 14}}', plan)
    assert not found.readings
    assert "may mean “train.wer”, “val.wer”" in found.problems[0]
    full = read('{"train": {"wer": 3}, "wer": 14}', plan)
    assert [(r.value, full.problems) for r in full.readings] == [(14, [])]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"val_wer": NaN}', "not a number"),
        ('{"val_wer": "nan"}', "not a number"),
        ('{"val_wer": -Infinity}', "infinite"),
        ('{"val_wer": null}', "no number"),
        ('{"val_wer": true}', "no number"),
        ('{"val_wer": "good"}', "“good” is not a number"),
        ('{"val_wer": 140}', "not between 0 and 100 %"),
        ('{"val_wer": {"value": 14, "when": "2027-03-01"}}', "in the future"),
        ('{"val_wer": {"value": 14, "when": "2026-12-31"}}', "before the project begins"),
        ('{"val_wer": {"value": 14, "when": "yesterday"}}', "“yesterday” is not a date"),
        ('{"val_wer": {"value": 14, "when": "2027-02-30T10:00"}}', "is no date"),
        ('{"loss": 3, "epoch": 4}', "No target is called “loss”"),
        ("metric,value\nval.wer,\n", "value is empty"),
    ],
)
def test_what_cannot_be_taken_gets_a_sentence_and_the_rest_is_taken(text, words):
    found = read(text)
    assert not found.readings
    assert any(words in p for p in found.problems), found.problems


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing to read"),
        ('{"a": ', "Line 1"),
        ('{"a": 1}\n{"a": ', "Line 2"),
        ("[" * 100_000, "nested too deeply"),
        (json.dumps({"a": [[[[[[[[[[[[[[1]]]]]]]]]]]]]]}), "nested too deeply"),
        ('{"a": ' + "9" * 5_000 + "}", "far too long"),
        ("just a line", "no row below"),
        (json.dumps({"a": [1] * 5_001}), "5,001 values"),
    ],
)
def test_what_is_no_readings_at_all_is_refused(text, words):
    with pytest.raises(UnreadableReadingsError, match=words):
        parse(text)


def test_files_are_read_in_usual_encodings_and_limited():
    assert text_of("é".encode("utf-16")) == text_of("é".encode("utf-8-sig")) == text_of(b"\xe9") == "é"
    for data in (b"\0\1", b"x" * ((LARGEST_MB << 20) + 1)):
        with pytest.raises(UnreadableReadingsError):
            text_of(data)


def test_a_number_beyond_all_limits_is_no_traceback():
    found = matched(from_plain({"val_wer": 10**400}), PLAN, TODAY)
    assert "too large" in found.problems[0]
