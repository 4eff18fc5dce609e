"""Agreement of people beyond chance, where they differ, and what looks like skill but is none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scoping.measuring.hlp.agreement import (
    NO_OVERLAP,
    ONE_CLASS,
    agreement,
    borderlines,
    both,
    cohen,
    confusion,
    disagreement,
    illusion,
    merge_gains,
    merges,
    pairs,
    self_agreement,
)
from scoping.measuring.hlp.labels import Labels, Level, from_long, from_wide
from tests.label_tables import NAMES, expected, published, small_tables, typed

SEVERAL = [name for name in NAMES if name != "seed_inspector"]
NEAR = pytest.approx


def near(value: float) -> object:
    return NEAR(value, abs=1e-6)


def names(labels: Labels, one: int, other: int) -> str:
    return "|".join(sorted((labels.classes[one], labels.classes[other])))


@pytest.mark.parametrize("name", SEVERAL)
def test_agreement_and_kappa_are_those_of_r_and_statsmodels(name: str) -> None:
    right, found = expected(name), agreement(published(name))
    assert found.observed.value == near(right["percent_agreement_item_mean"])
    for theirs, ours in (("fleiss_kappa_R", found.kappa), ("gwet_ac1_R", found.ac1)):
        if theirs in right:
            assert ours.value == near(right[theirs]["value"])
    if "fleiss_kappa_statsmodels" in right:
        assert found.kappa.value == near(right["fleiss_kappa_statsmodels"])


@pytest.mark.parametrize(
    ("name", "level", "called"),
    [
        (name, level, called)
        for name in SEVERAL
        for level, called in ((Level.NOMINAL, "nominal"), (Level.ORDINAL, "ordinal"), (Level.NUMERIC, "interval"))
        if name != "anesthesia_dawid_skene"
    ],
)
def test_alpha_is_krippendorffs_for_every_level(name: str, level: Level, called: str) -> None:
    right = expected(name)["krippendorff_alpha"]
    if called not in right:
        assert level is not Level.NOMINAL
        return
    assert agreement(published(name, level)).alpha.value == near(right[called])


def test_the_ordinal_alpha_is_krippendorffs_metric_not_gwets_weights() -> None:
    # Krippendorff 2011, example C: 0.815 with his metric; Gwet's ordinal weights would give 0.834.
    assert agreement(published("krippendorff_4coders", Level.ORDINAL)).alpha.value == NEAR(0.8154, abs=5e-5)


@pytest.mark.parametrize("name", SEVERAL)
def test_every_interval_holds_its_figure_and_is_about_as_wide_as_published_standard_errors_say(name: str) -> None:
    right, found = expected(name), agreement(published(name))
    for theirs, ours in (("fleiss_kappa_R", found.kappa), ("gwet_ac1_R", found.ac1), ("alpha_R", found.alpha)):
        assert ours.low is not None
        assert ours.high is not None
        assert ours.value is not None
        assert ours.low < ours.value < ours.high or ours.high == 1
        if theirs in right and right["n_items"] >= 30:
            assert (ours.high - ours.low) / (2 * 1.96 * right[theirs]["se"]) == NEAR(1, abs=0.2)


@pytest.mark.parametrize("name", SEVERAL)
def test_confused_classes_and_agreement_on_each_are_counted_as_published(name: str) -> None:
    right, labels = expected(name), published(name)
    seen = confusion(labels)
    if "confused_pairs" in right:
        assert {names(labels, a, b): n for a, b, n in seen.confused()} == right["confused_pairs"]
        for place, called in enumerate(labels.classes):
            assert seen.agreement_on(place) == near(right["specific_agreement"][called])
    if "alpha_nominal_after_merging" in right:
        found = {names(labels, m.one, m.other): m.alpha for m in merges(seen)}
        assert found == {pair: near(alpha) for pair, alpha in right["alpha_nominal_after_merging"].items()}


@pytest.mark.parametrize(
    ("name", "pair"),
    [
        ("fleiss1971_diagnoses", "Neurosis|Personality disorder"),
        ("ms_winnipeg", "Certain|Probable"),
        ("gwet_diagnosis4x4", "Other|Schizophrenia"),
    ],
)
def test_the_best_merge_is_the_one_that_raises_alpha_most(name: str, pair: str) -> None:
    labels = published(name)
    best = merges(confusion(labels))[0]
    right = expected(name)["best_merge_by_alpha"]
    assert names(labels, best.one, best.other) == pair == right["pair"]
    (gain,) = merge_gains(labels, [best])
    assert gain.value == near(right["alpha"] - right["before"])
    assert gain.low is not None
    assert gain.value is not None
    assert gain.low < gain.value


def test_only_neighbouring_grades_are_proposed_as_one() -> None:
    found = merges(confusion(published("ms_winnipeg", Level.ORDINAL)), only_neighbours=True)
    assert {(m.one, m.other) for m in found} == {(0, 1), (1, 2), (2, 3)}


@pytest.mark.parametrize("name", SEVERAL)
def test_agreement_without_skill_is_counted_as_published(name: str) -> None:
    right, found = expected(name), illusion(published(name))
    assert found.two_people == near(right["two_random_labelers_agree_with_replacement_item_mean"])
    assert found.commonest == near(right["ml_matches_random_labeler_item_mean"])


def test_the_illusion_of_the_slides_is_58_against_70_per_cent() -> None:
    for case in small_tables()["random_labelers"]:
        first = round(10 * case["p"][0])
        found = illusion(typed(*["a" * first + "b" * (10 - first)] * 3))
        assert found.two_people == near(case["two_random_labelers_agree"])
        assert found.commonest == near(case["ml_agrees"])
        assert found.always_same == near(case["ml_agrees"])


def test_cohens_kappa_of_small_tables_is_that_of_r() -> None:
    for case in small_tables()["cohen"].values():
        found = cohen(np.array(case["table"], dtype=float))
        assert found.value == near(case["kappa"])
        assert cohen(np.array(case["table"], dtype=float), weighted=True).value == near(case["kappa_linear"])
        assert found.low is not None
        assert found.high is not None
        # The bootstrap need not be R's large-sample interval, but it is no other order of size.
        assert [found.low, found.high] == NEAR(case["ci95"], abs=0.06)


@pytest.mark.parametrize("name", ["krippendorff_4coders", "gwet_diagnosis4x4", "ms_winnipeg"])
def test_cohens_kappa_of_every_two_people_is_that_of_scikit_learn(name: str) -> None:
    labels, right = published(name), expected(name)
    found = {"|".join(sorted((labels.labellers[p.one], labels.labellers[p.other]))): p for p in pairs(labels)}
    assert set(found) == set(right["pairwise_cohen"])
    for pair, theirs in right["pairwise_cohen"].items():
        assert found[pair].items == theirs["n"]
        assert found[pair].agree == near(theirs["agree"])
        assert found[pair].kappa == near(theirs["kappa_sklearn"])
    kappas = [p.kappa for p in found.values() if p.kappa is not None]
    assert sum(kappas) / len(kappas) == near(right["mean_pairwise_cohen"])


def test_weighted_kappas_of_grades_are_those_of_scikit_learn() -> None:
    labels, right = published("ms_winnipeg", Level.ORDINAL), expected("ms_winnipeg")
    assert pairs(labels)[0].kappa == near(right["kappa_linear_sklearn"])
    assert cohen(both(labels, 0, 1), weighted=True, power=2).value == near(right["kappa_quadratic_sklearn"])


def test_two_neurologists_cohen_interval_is_about_that_of_statsmodels() -> None:
    right = expected("ms_winnipeg")["cohen_statsmodels"]
    found = cohen(both(published("ms_winnipeg"), 0, 1))
    assert [found.low, found.high] == NEAR(right["ci"], abs=0.02)


def test_without_overlap_nothing_is_claimed() -> None:
    labels = typed("a.", ".b", "a.")
    found = agreement(labels)
    for figure in (found.observed, found.kappa, found.alpha, found.ac1):
        assert figure.value is None
        assert figure.problem == NO_OVERLAP
    assert pairs(labels) == []
    assert confusion(labels).alpha is None
    assert merges(confusion(labels)) == []


def test_with_one_class_kappa_is_undefined_not_a_number() -> None:
    found = agreement(typed("aaa", "aa", "aaa"))
    assert found.observed.value == 1
    for figure in (found.kappa, found.alpha, found.ac1):
        assert (figure.value, figure.low, figure.problem) == (None, None, ONE_CLASS)
    (pair, *_) = pairs(typed("aa", "aa"))
    assert pair.kappa is None


def test_perfect_agreement_on_a_few_items_is_not_called_certain() -> None:
    found = agreement(typed(*["aa", "bb"] * 10))
    assert found.observed.value == 1
    assert found.observed.low == NEAR(0.839, abs=1e-3)
    assert (found.alpha.value, found.alpha.low) == (1, None)


def test_a_person_without_labels_changes_nothing() -> None:
    table = pd.DataFrame({"item": ["1", "1", "2", "2", "2"], "who": ["a", "b", "a", "b", "c"], "label": ["x", "y", "x", "x", None]})
    with_silent = from_long(table.astype("str"), "item", "who", "label")
    without = from_long(table[:4].astype("str"), "item", "who", "label")
    assert agreement(with_silent) == agreement(without)


def test_five_hundred_labellers_are_no_problem() -> None:
    chance = np.random.default_rng(1)
    rows = ["".join(chance.choice(["a", "b", "."], size=500, p=[0.5, 0.3, 0.2])) for _ in range(20)]
    labels = typed(*rows)
    assert len(labels.labellers) == 500
    assert agreement(labels).alpha.value == NEAR(0, abs=0.05)
    assert len(pairs(labels)) == 30 * 29 / 2


def test_items_on_the_fence_are_counted_for_the_pair_they_lie_between() -> None:
    labels = typed("aabb", "aabb", "aaab", "ccca", "bbcc", "ab", "abc")
    found = {names(labels, b.one, b.other): b.items for b in borderlines(labels)}
    assert found == {"a|b": 2, "b|c": 1}


def test_an_item_on_which_labels_lie_far_apart_disagrees_more() -> None:
    grades = disagreement(typed("ab", "ac", "aa", "a", level=Level.ORDINAL, classes=("a", "b", "c")))
    assert grades.tolist() == [1, 2, 0, 0]
    assert disagreement(typed("aab", "abc", "aaa", "a")).tolist() == near_list([2 / 3, 1, 0, 0])
    assert disagreement(typed("19", "119", level=Level.NUMERIC)).tolist() == near_list([8, 16 / 3])


def near_list(values: list[float]) -> object:
    return NEAR(values, abs=1e-12)


def test_agreement_with_oneself_is_told_where_items_were_labelled_twice() -> None:
    table = pd.DataFrame([("1", "a", "x"), ("1", "a", "x"), ("1", "b", "y"), ("2", "a", "x"), ("2", "a", "y")], dtype="str")
    assert self_agreement(from_long(table, 0, 1, 2)) == 0.5  # type: ignore[arg-type]
    assert self_agreement(typed("ab", "aa")) is None


def test_the_difference_of_numbers_is_the_mean_over_items() -> None:
    found = agreement(typed("13", "15", "22", level=Level.NUMERIC))
    assert found.difference.value == NEAR((2 + 4 + 0) / 3)
    assert found.observed.value is None
    assert "numbers" in found.observed.problem


def test_the_same_labels_give_the_same_intervals() -> None:
    assert agreement(published("snow_rte")) == agreement(published("snow_rte"))


def test_many_items_give_the_same_figures_and_much_the_same_intervals_as_their_groups() -> None:
    chance = np.random.default_rng(4)
    items = 6_000
    truth = chance.integers(0, 3, items)
    said = [np.where(chance.random(items) < 0.8, truth, chance.integers(0, 3, items)) for _ in range(3)]
    table = pd.DataFrame({f"p{i}": column.astype(str) for i, column in enumerate(said)}, dtype="str")
    found = agreement(from_wide(table, "", list(table)))
    parts = [agreement(from_wide(table[part::4], "", list(table))) for part in range(4)]
    width = np.mean([p.alpha.high - p.alpha.low for p in parts])  # type: ignore[operator]
    assert found.alpha.low is not None
    assert found.alpha.high is not None
    # Four times the items halve the interval; each quarter has so few items that each is drawn by itself.
    assert (found.alpha.high - found.alpha.low) / width == NEAR(0.5, abs=0.06)
