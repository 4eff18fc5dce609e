"""Benchmarks: compared only on the metric, direction and scale asked for; otherwise the reason is said."""

from __future__ import annotations

from datetime import date

import pytest

from scoping.feasibility.benchmarks import Asked, compare, is_stale, same_metric
from scoping.sections.feasibility import Benchmark, Better, Feasibility, Similarity

ASKED = Asked("Words right, in %", 93, Better.HIGHER)


def one(asked=ASKED, **fields):
    given = {"name": "Vendor", "metric": "Words right, in %", "value": 95, **fields}
    (found,) = compare([Benchmark(id="b", **given)], asked)
    return found


def test_what_is_asked_for_is_read_off_the_charter():
    assert Asked.of(Feasibility(asked_metric="F1", asked_value=3, asked_better=Better.LOWER)) == Asked("F1", 3, Better.LOWER)


@pytest.mark.parametrize(
    ("value", "better", "meets"), [(93, "higher", True), (92.9, "higher", False), (93, "lower", True), (93.1, "lower", False)]
)
def test_a_benchmark_on_the_same_metric_meets_what_is_asked_or_not(value, better, meets):
    found = one(Asked(ASKED.metric, 93, Better(better)), value=value)
    assert found.meets is meets
    assert ("as good as" if meets else "short of") in found.why


def test_case_and_blanks_in_the_name_of_a_metric_say_nothing():
    assert same_metric("Words right, in %", " words  RIGHT,in %")
    assert not same_metric("Words right", "Words wrong")
    assert not same_metric("", "")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"metric": "Sentences right"}, "it is about “Sentences right”, asked for is “Words right, in %”"),
        ({"metric": " "}, "metric of their value is missing"),
        ({"value": None}, "value that they reached is missing"),
        ({"better": Better.LOWER}, "Correct one of them"),
        ({"value": 0.95}, "share beside per cent"),
    ],
)
def test_what_may_not_be_compared_is_said_and_not_used(fields, said):
    found = one(**fields)
    assert found.meets is None
    assert found.why.startswith("Not compared")
    assert said in found.why


@pytest.mark.parametrize("asked", [Asked(""), Asked("F1", None, Better.HIGHER), Asked("F1", 3, None)])
def test_nothing_is_compared_while_it_is_not_said_what_is_asked_for(asked):
    found = one(asked)
    assert found.meets is None
    assert "say first" in found.why


def test_only_much_alike_data_and_setting_count_in_full():
    high, some = Similarity.HIGH, Similarity.SOME
    assert one(data_similarity=high, setting_similarity=high).is_alike
    assert not one(data_similarity=high, setting_similarity=some).is_alike
    assert not one(data_similarity=high).is_alike
    assert "setting not said to be alike" in one(data_similarity=high).why


def test_what_is_old_or_undated_is_stale():
    today = date(2026, 11, 25)
    assert is_stale(None, today)
    assert is_stale(date(2024, 11, 24), today)
    assert not is_stale(date(2024, 11, 25), today)
