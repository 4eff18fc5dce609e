"""How often people are right, how sure that is, who deviates, and what may be asked of a model."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scoping.measuring.hlp.labels import Labels, Level, from_long
from scoping.measuring.hlp.people import distances, like_the_others, mcnemar_against_majority, of_each, pooled, right, who_deviates
from tests.label_tables import expected, published, typed

WITH_TRUTH = ("bluebirds", "seed_inspector", "snow_rte")


def judged(name: str) -> tuple[Labels, np.ndarray]:
    labels = published(name)
    assert labels.truth is not None
    return labels, right(labels, labels.truth)


@pytest.mark.parametrize("name", WITH_TRUTH)
def test_every_labellers_accuracy_and_interval_is_the_published_one(name: str) -> None:
    labels, credit = judged(name)
    theirs = expected(name)["per_labeler"]
    ours = dict(zip(labels.labellers, of_each(labels, credit), strict=True))
    assert set(ours) == set(theirs)
    for who, one in theirs.items():
        share = ours[who]
        assert share is not None
        assert (share.labels, share.value) == (one["n"], pytest.approx(one["acc"]))
        assert (share.low, share.high) == pytest.approx(one["wilson"], abs=1e-9)


@pytest.mark.parametrize("name", WITH_TRUTH)
def test_the_pooled_accuracy_is_the_published_one(name: str) -> None:
    share = pooled(*judged(name))
    assert share is not None
    assert (share.labels, share.value) == (
        expected(name)["pooled_accuracy"]["n"],
        pytest.approx(expected(name)["pooled_accuracy"]["acc"]),
    )


def test_one_labeller_has_the_plain_interval() -> None:
    share = pooled(*judged("seed_inspector"))
    assert share is not None
    assert (share.low, share.high) == pytest.approx((0.2999933, 0.9032286), abs=1e-6)


def test_many_labels_by_few_people_know_much_less_than_they_seem_to() -> None:
    # Labellers drawn anew give 0.665 to 0.815; as if all 8,000 labels were independent it would be 0.719 to 0.739.
    share = pooled(*judged("snow_rte"))
    assert share is not None
    assert share.low == pytest.approx(0.655, abs=0.02)
    assert share.high == pytest.approx(0.81, abs=0.02)
    assert share.worth < 200


def test_no_error_in_few_items_is_not_called_certain() -> None:
    labels = typed(*["aaa"] * 10)
    share = pooled(labels, np.ones(30))
    assert share is not None
    assert share.value == 1
    assert share.low == pytest.approx(0.722, abs=1e-3)


def test_labels_without_truth_are_not_judged() -> None:
    table = pd.DataFrame([("1", "a", "x", "x"), ("2", "a", "x", None), ("3", "b", "y", None)], columns=list("iwlt"), dtype="str")
    labels = from_long(table, "i", "w", "l", "t")
    assert labels.truth is not None
    credit = right(labels, labels.truth)
    assert np.isnan(credit).tolist() == [False, True, True]
    assert of_each(labels, credit)[1] is None
    assert pooled(labels, np.full(3, np.nan)) is None


def test_numbers_are_right_within_what_is_allowed() -> None:
    table = pd.DataFrame(
        [("1", "a", "1.0", "1.3"), ("2", "a", "2", "2.0"), ("3", "a", "3", "5")], columns=list("iwlt"), dtype="str"
    )
    labels = from_long(table, "i", "w", "l", "t", level=Level.NUMERIC)
    assert labels.truth is not None
    assert right(labels, labels.truth).tolist() == [0, 1, 0]
    assert right(labels, labels.truth, 0.3).tolist() == [1, 1, 0]
    bias, size = distances(labels, labels.truth)
    assert (bias[0], size[0]) == pytest.approx((-2.3 / 3, 2.3 / 3))


def test_numbers_without_truth_are_compared_with_the_mean_of_the_others() -> None:
    labels = typed("123", "222", level=Level.NUMERIC)
    assert like_the_others(labels, 1.5).tolist() == [1, 1, 1, 1, 1, 1]
    assert like_the_others(labels, 1.0).tolist() == [0, 1, 0, 1, 1, 1]
    bias, _ = distances(labels, None)
    assert bias.tolist() == pytest.approx([-0.75, 0, 0.75])


def test_who_is_worse_than_the_others_beyond_chance_is_named_and_nobody_else() -> None:
    labels, credit = judged("snow_rte")
    worst = {labels.labellers[who] for who in who_deviates(labels, credit)}
    assert {"w005", "w007", "w008", "w009"} <= worst
    shares = dict(zip(labels.labellers, of_each(labels, credit), strict=True))
    assert all(share is not None and share.high < 0.75 for who, share in shares.items() if who in worst)


def test_nobody_deviates_where_all_are_alike() -> None:
    chance = np.random.default_rng(5)
    false_alarms = 0
    for _ in range(40):
        labels = typed(*["a" * 10] * 50)
        false_alarms += bool(who_deviates(labels, (chance.random(500) < 0.8).astype(float)))
    assert false_alarms <= 5


def test_a_single_person_cannot_deviate() -> None:
    assert who_deviates(typed("a", "b"), np.array([0.0, 1.0])) == []


def test_the_target_is_the_lower_end_rounded_down() -> None:
    share = pooled(typed(*["a"] * 100), np.repeat([1.0, 0.0], [95, 5]))
    assert share is not None
    assert share.low == pytest.approx(0.888, abs=1e-3)
    assert share.target == 0.88


def test_ninety_nine_per_cent_are_out_of_reach_where_people_reach_ninety_three() -> None:
    share = pooled(typed(*["a"] * 1000), np.repeat([1.0, 0.0], [930, 70]))
    assert share is not None
    assert share.chance_of(0.99) < 1e-6
    assert share.chance_of(0.93) == pytest.approx(0.5, abs=0.05)
    assert share.chance_of(0.90) > 0.99


def test_a_model_and_people_are_compared_on_the_same_items() -> None:
    labels = typed(*["aab"] * 8, *["abb"] * 8, "ab.")
    truth = np.zeros(17, dtype=int)
    model = np.zeros(17, dtype=int)
    found = mcnemar_against_majority(labels, truth, model)
    assert found is not None
    assert (found.items, found.model, found.people) == (16, 16, 8)
    assert found.p == pytest.approx(2 * 0.5**8)
    assert mcnemar_against_majority(labels, truth, np.full(17, -1)) is None
