"""Past projects say how late the next one may be, and too few of them say nothing."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from scoping.errors import CalculationError
from scoping.milestones.reference_class import FEWEST, KITCHENHAM, LANDMARK, Past, guess, outside, prediction_bound, read, rest
from tests.tools import reference


def kitchenham() -> Iterator[Past]:
    with reference("timeline/kitchenham2002.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            # One of them was estimated to end before it began.
            if row["est_days"] and float(row["est_days"]) > 0:
                yield Past(row["project"], row["client"], float(row["est_days"]), float(row["actual_days"]))


def expected() -> Any:
    return json.loads(reference("timeline/reference_class_expected.json").read_text(encoding="utf-8"))["kitchenham2002"]


def test_factors_of_the_published_projects_are_right():
    said = expected()
    found = outside(kitchenham())
    assert found.n == said["n_with_estimated_days"]
    assert found.late == pytest.approx(said["share_late"])
    # The rule takes the next larger of the ratios that the usual quantile lies between.
    ratios = sorted(p.factor for p in kitchenham())
    for value, share in ((found.middle, 0.5), (found.p80, 0.8), (found.p90, 0.9)):
        usual = said["duration_ratio_quantiles"][f"p{share * 100:.0f}"]
        assert usual == pytest.approx(np.quantile(ratios, share))
        assert value is not None
        assert usual - 1e-9 <= value
        assert sum(usual + 1e-9 < r < value for r in ratios) <= 1


def test_the_fallback_is_the_published_one():
    said = expected()["duration_ratio_quantiles"]
    assert KITCHENHAM.n == expected()["n"]
    assert (KITCHENHAM.middle, KITCHENHAM.p80, KITCHENHAM.p90) == pytest.approx((said["p50"], said["p80"], said["p90"]), abs=5e-3)
    assert KITCHENHAM.late == pytest.approx(expected()["share_late"], abs=5e-3)


@pytest.mark.parametrize("client", ["1", "2", "3", "6"])
def test_kinds_are_told_apart(client):
    found = outside(kitchenham(), f" {client} ")
    said = expected()[f"client{client}"]
    ratios = [p.factor for p in kitchenham() if p.kind == client]
    assert found.n == said["n"] == len(ratios)
    assert np.quantile(ratios, 0.5) == pytest.approx(said["p50"])
    assert np.quantile(ratios, 0.8) == pytest.approx(said["p80"])
    if found.n < FEWEST:
        assert found.middle is None
    else:
        assert found.middle >= said["p50"] - 1e-9
        assert found.p80 >= said["p80"] - 1e-9


@pytest.mark.parametrize("few", [4, 6, 8, 12])
def test_four_in_five_new_projects_stay_below_the_80_per_cent_point_of_a_few(few):
    ratios = np.array([p.factor for p in kitchenham()])
    chance = np.random.default_rng(1)
    kept = [chance.permutation(ratios)[: few + 1] for _ in range(4_000)]
    held = np.mean([new <= prediction_bound(list(past), 0.8) for *past, new in kept])
    usual = np.mean([new <= np.quantile(past, 0.8) for *past, new in kept])
    assert held > 0.8 - 0.02
    assert usual < held


@pytest.mark.parametrize(("share", "needed"), [(0.5, 1), (0.8, 4), (0.9, 9)])
def test_a_point_is_told_from_as_many_projects_as_it_needs(share, needed):
    ratios = [1.0 + i / 10 for i in range(needed)]
    assert prediction_bound(ratios, share) == pytest.approx(max(ratios))
    assert prediction_bound(ratios[1:], share) is None


def test_three_projects_tell_nothing_and_say_how_many_they_are():
    found = outside([Past("a", "Chat", 10, 12)] * 3, "chat")
    assert not found.is_enough
    assert found.source == "3 past projects of the kind “chat”"
    assert (found.n, found.late) == (3, None)


def test_kinds_are_compared_without_case_and_blanks():
    past = [Past("a", "Chat  Bot", 10, 12)] * 4 + [Past("b", "Ranking", 10, 40)] * 4
    assert outside(past, " chatbot ").p80 == 1.2
    assert outside(past).p80 == 4.0


def test_projects_without_a_length_are_left_out():
    assert outside([Past("a", "", 0, 12), Past("b", "", 10, 0)] * 4).n == 0


@pytest.mark.parametrize(("share", "factor"), [(0.05, None), (0.1, 1.8), (0.2, 1.8), (0.6, 1.55), (0.75, 1.55), (0.9, None)])
def test_the_rest_takes_longer_than_people_say_where_that_was_measured(share, factor):
    found = rest(100, 100 * share)
    assert (found and found.factor) == factor
    if found and factor:
        assert found.days == pytest.approx(100 * (1 - share) * factor)
        assert found.source == LANDMARK


def test_columns_are_found_by_the_headings_people_write():
    assert guess(["Project", "Type", "est_days", "Actual days", "actual"]) == {
        "name": "Project",
        "kind": "Type",
        "planned": "est_days",
        "actual": "Actual days",
    }
    assert guess(["a", "b"]) == {}


def test_a_file_of_past_projects_is_read_and_each_row_left_out_is_named():
    rows = [
        {"Name": "Chat", "Kind": "Bot", "Planned": "1,200", "Actual": 1500},
        {"Name": "", "Kind": None, "Planned": 10.0, "Actual": "12"},
        {"Name": "C", "Kind": "", "Planned": "ten", "Actual": "12"},
        {"Name": "D", "Kind": "", "Planned": "10", "Actual": None},
        {"Name": "E", "Kind": "", "Planned": "10", "Actual": "0"},
        {"Name": "F", "Kind": "", "Planned": "-3", "Actual": "4"},
    ]
    past, left_out = read(rows, guess(list(rows[0])))
    assert past == (Past("Chat", "Bot", 1200, 1500), Past("Line 3", "", 10, 12))
    assert left_out == (
        "Line 4: “Planned” is “ten”; a number of days above zero is needed.",
        "Line 5: “Actual” is empty; a number of days above zero is needed.",
        "Line 6: “Actual” is “0”; a number of days above zero is needed.",
        "Line 7: “Planned” is “-3”; a number of days above zero is needed.",
    )


def test_a_file_without_the_planned_days_is_refused_in_words():
    with pytest.raises(CalculationError, match="No column with the planned days was chosen"):
        read([], {"actual": "Actual"})


def test_the_published_table_is_read_as_it_is():
    with reference("timeline/kitchenham2002.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    past, left_out = read(rows, guess(list(rows[0])) | {"kind": "client", "planned": "est_days", "actual": "actual_days"})
    assert [(p.planned, p.actual) for p in past] == [(p.planned, p.actual) for p in kitchenham()]
    assert len(left_out) == expected()["n"] - expected()["n_with_estimated_days"]
