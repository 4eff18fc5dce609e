"""What a group says: the majority with its ties told, everybody but oneself, and Dawid and Skene's model."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scoping.measuring.hlp.consensus import (
    agrees_with_the_others,
    dawid_skene,
    dawid_skene_problem,
    distance_to_the_others,
    majority,
    majority_right,
)
from scoping.measuring.hlp.labels import Level, from_long
from tests.label_tables import NAMES, expected, published, typed

FITTED = [n for n in NAMES if n not in ("seed_inspector", "gwet_diagnosis4x4", "ms_winnipeg")]


@pytest.mark.parametrize("name", NAMES)
def test_ties_of_the_majority_are_counted_and_never_broken_in_silence(name: str) -> None:
    right, labels = expected(name), published(name)
    found = majority(labels)
    assert found.tied == right["majority_ties"] == int(np.sum(found.label < 0))
    if "majority_accuracy" in right:
        assert labels.truth is not None
        theirs, ours = right["majority_accuracy"], majority_right(labels, labels.truth)
        assert (ours.items, ours.right, ours.tied) == (
            theirs["items_with_truth"],
            theirs["correct_untied"],
            theirs["tied_including_truth"],
        )
        assert ours.right / ours.items == pytest.approx(theirs["strict_ties_wrong"])
        assert ours.expected / ours.items == pytest.approx(theirs["expected_random_tie_break"])


@pytest.mark.parametrize("name", FITTED)
def test_the_model_of_who_errs_how_is_the_published_one(name: str) -> None:
    right, labels = expected(name)["dawid_skene_em"], published(name)
    found = dawid_skene(labels)
    assert found.settled
    assert found.trace[-1] == pytest.approx(right["log_likelihood"], rel=1e-8)
    priors = dict(zip(labels.classes, found.prior.tolist(), strict=True))
    assert priors == pytest.approx(right["priors"], abs=1e-4)
    if "labels" in right:
        assert dict(zip(labels.items, (labels.classes[c] for c in found.label), strict=True)) == right["labels"]
    if "accuracy" in right:
        # One item of the bluebirds depends on smoothing.
        assert np.sum(found.label == labels.truth) == pytest.approx(right["accuracy"] * len(labels.items), abs=1)


def test_the_anaesthetists_errors_are_those_of_the_paper() -> None:
    # Dawid and Skene 1979, table 2 (first observer, who saw every patient three times).
    labels = published("anesthesia_dawid_skene")
    found = dawid_skene(labels)
    for who, rates in expected("anesthesia_dawid_skene")["dawid_skene_em"]["error_rates"].items():
        assert found.errors[labels.labellers.index(who)] == pytest.approx(np.array(rates), abs=1e-3)


def test_the_likelihood_never_falls() -> None:
    assert np.all(np.diff(dawid_skene(published("bluebirds")).trace) > -1e-9)


@pytest.mark.parametrize(
    ("labels", "why"),
    [
        (typed("ab", "aa"), "three people"),
        (typed("ab.", "a.b", ".ab"), "three people"),
        (typed("aaa", "aaa"), "the same"),
    ],
)
def test_the_model_is_not_fitted_where_it_means_nothing(labels: object, why: str) -> None:
    assert why in dawid_skene_problem(labels)  # type: ignore[arg-type]


def test_two_people_who_label_twice_are_not_three() -> None:
    rows = [(i, who, "ab"[(len(i) + n) % 2]) for i in ("1", "22") for n, who in enumerate("xyx")]
    labels = from_long(pd.DataFrame(rows, columns=["i", "w", "l"], dtype="str"), "i", "w", "l")
    assert "three people" in dawid_skene_problem(labels)


def test_a_majority_without_oneself_is_the_published_one() -> None:
    # Measured once beside the majority that includes oneself: 0.750 and 0.697.
    for name, share in (("snow_rte", 0.709), ("bluebirds", 0.685)):
        assert np.mean(agrees_with_the_others(published(name))) == pytest.approx(share, abs=5e-4)


def test_ties_among_the_others_count_as_a_share_and_lonely_labels_not_at_all() -> None:
    found = agrees_with_the_others(typed("aab", "ab", "a", "abcd"))
    assert found[:3].tolist() == [0.5, 0.5, 0]
    assert found[3:5].tolist() == [0, 0]
    assert np.isnan(found[5])
    assert found[6:].tolist() == [0, 0, 0, 0]


def test_ones_own_repeated_labels_are_not_the_others() -> None:
    table = pd.DataFrame([("1", "a", "x"), ("1", "a", "x"), ("1", "b", "y")], columns=["i", "w", "l"], dtype="str")
    assert agrees_with_the_others(from_long(table, "i", "w", "l")).tolist() == [0, 0, 0]
    alone = from_long(table[:2], "i", "w", "l")
    assert np.isnan(agrees_with_the_others(alone)).all()


def test_a_number_is_compared_with_the_mean_of_the_others() -> None:
    labels = typed("129", "5", level=Level.NUMERIC)
    assert labels.values is not None
    found = distance_to_the_others(labels, labels.values)
    assert found[:3].tolist() == [1 - 5.5, 2 - 5, 9 - 1.5]
    assert np.isnan(found[3])
