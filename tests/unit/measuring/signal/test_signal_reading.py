"""Columns are understood whatever they were read as, and split as predictions will be made."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scoping.errors import CalculationError
from scoping.measuring.signal import check as signal_check
from scoping.measuring.signal import simple_rules, splits
from scoping.measuring.signal.encoding import MOST_INDICATORS, Role, design, levels, read
from scoping.measuring.signal.result import Task
from scoping.measuring.signal.scoring import Target, auc, corrected_resampled_t, loss
from scoping.measuring.signal.splits import Way
from scoping.tables.table import Column, Holds, Preview


def roles(**columns: object) -> dict[str, Role]:
    frame = pd.DataFrame(columns)
    return {name: read(frame[name], name).role for name in frame}


N = 40


@pytest.mark.parametrize(
    ("values", "role"),
    [
        ([None] * N, Role.EMPTY),
        ([" "] * N, Role.EMPTY),
        (["x"] * N, Role.CONSTANT),
        ([1.5, *[1.5] * (N - 1)], Role.CONSTANT),
        (range(N), Role.IDENTIFIER),
        ([f"E{i:05}" for i in range(N)], Role.IDENTIFIER),
        ([f"the clip number {i} was too loud" for i in range(N)], Role.TEXT),
        (["red", "blue"] * (N // 2), Role.CATEGORY),
        ([f"2026-01-{i % 28 + 1:02}" for i in range(N)], Role.DATE),
        ([f"{i % 28 + 1:02}.03.2026" for i in range(N)], Role.DATE),
        (pd.date_range("2026-01-01", periods=N, tz="Europe/Berlin"), Role.DATE),
        ([f"{i / 8:.3f}" for i in range(N)], Role.NUMBER),
        ([1, "2", 3.5, *range(4, N + 1)], Role.NUMBER),
        ([1, "two", *["three", 4] * (N // 2 - 1)], Role.CATEGORY),
        ([True, False] * (N // 2), Role.NUMBER),
        (pd.array([True, None] * (N // 2), dtype="boolean"), Role.NUMBER),
        (["noted", None] * (N // 2), Role.CATEGORY),
        (pd.to_timedelta(np.arange(N) ** 2, unit="h"), Role.NUMBER),
        ([7 * i * i for i in range(N)], Role.NUMBER),
    ],
)
def test_a_column_is_what_its_cells_are(values, role):
    assert roles(c=values)["c"] is role


def test_a_number_that_is_called_like_a_name_is_one():
    numbers = np.random.default_rng(1).integers(10_000, 99_999, N)
    assert roles(customer_id=numbers, OrderNumber=numbers, income=numbers) == {
        "customer_id": Role.IDENTIFIER,
        "OrderNumber": Role.IDENTIFIER,
        "income": Role.NUMBER,
    }


def test_infinite_numbers_are_missing_and_counted():
    feature = read(pd.Series([1.0, np.inf, -np.inf, 4.5]), "x")
    assert feature.infinite == 2
    assert feature.missing.tolist() == [False, True, True, False]


def test_levels_are_numbered_by_how_common_they_are_and_rare_ones_share_the_last():
    feature = read(pd.Series(["b"] * 30 + ["a"] * 20 + [None] + list("cdef")), "x")
    assert levels(feature, 3).tolist() == [0] * 30 + [1] * 20 + [-1] + [2] * 4


def test_models_see_finite_numbers_whatever_is_in_the_table():
    rows = 60
    chance = np.random.default_rng(2)
    frame = pd.DataFrame(
        {
            "huge": [1e308, -1e308, *chance.normal(size=rows - 2)],
            "gaps": np.where(chance.random(rows) < 0.3, np.nan, 1.5 * np.arange(rows)),
            "many": [f"v{i % 29}" for i in range(rows)],
            "day": pd.date_range("2026-01-01", periods=rows, freq="9h"),
            "words": [f"a rather long remark about case {i}" for i in range(rows)],
        }
    )
    features = [read(frame[name], name) for name in frame]
    table = design(features)
    assert np.isfinite(table.linear).all()
    assert not np.isinf(table.trees).any()
    assert np.abs(table.linear[:, table.linear_source == 0]).max() < 10
    assert (table.linear_source == 2).sum() == MOST_INDICATORS - 1
    assert set(table.linear_source) == set(table.tree_source) == set(range(5))


def test_encoding_never_looks_at_the_order_of_rows():
    frame = pd.DataFrame({"c": [f"v{i % 5}" for i in range(50)], "x": np.random.default_rng(1).normal(size=50)})
    order = np.random.default_rng(2).permutation(50)
    one = design([read(frame[n], n) for n in frame])
    other = design([read(frame.iloc[order][n].reset_index(drop=True), n) for n in frame])
    assert np.allclose(one.linear[order], other.linear, atol=1e-5)


# Splits


def test_with_time_nothing_is_learnt_from_the_future_and_a_moment_stays_together():
    when = np.repeat(np.arange(60.0), 3)[np.random.default_rng(1).permutation(180)]
    folds = splits.by_time(when, 5)
    assert len(folds) == 5
    for fold in folds:
        assert when[fold.train].max() < when[fold.test].min()
    tried = np.concatenate([f.test for f in folds])
    assert len(tried) == len(set(tried.tolist())) > 120


def test_what_is_not_known_yet_is_not_learnt_from():
    when = np.arange(100.0)
    for fold in splits.by_time(when, 5, gap=8):
        assert when[fold.train].max() <= when[fold.test].min() - 8


def test_a_group_is_on_one_side_only():
    groups = np.repeat(np.arange(12), 5)
    for fold in splits.by_group(groups, 5, 2, seed=1):
        assert not set(groups[fold.train]) & set(groups[fold.test])


@pytest.mark.parametrize(
    "split",
    [
        lambda: splits.by_time(np.arange(6.0) // 2, 5),
        lambda: splits.by_group(np.zeros(50, dtype=np.int64), 5, 1, 1),
        lambda: splits.by_time(np.arange(50.0), 5, gap=60),
    ],
)
def test_a_table_that_cannot_be_split_so_is_refused_with_a_way_out(split):
    with pytest.raises(CalculationError) as refused:
        split()
    assert refused.value.hint


# What was before


def test_the_last_value_is_that_of_the_same_group_at_an_earlier_moment():
    when = np.array([1.0, 1.0, 2.0, 2.0, 3.0, 3.0])
    groups = np.array([0, 1, 0, 1, 0, 1])
    assert simple_rules.last_time(when, groups).tolist() == [-1, -1, 0, 1, 2, 3]
    assert simple_rules.last_time(when, None).tolist() == [-1, -1, 1, 1, 3, 3]
    assert simple_rules.last_time(when, groups, gap=2).tolist() == [-1, -1, -1, -1, 0, 1]


def test_seasons_fit_the_distance_between_moments():
    days = np.arange(800.0)
    found = simple_rules.last_seasons(days, None)
    assert set(found) == {"same time last week", "same week last year"}
    assert found["same time last week"][[7, 20]].tolist() == [0, 13]
    months = (pd.date_range("2018-01-01", periods=60, freq="MS") - pd.Timestamp(0)) / pd.Timedelta(days=1)
    yearly = simple_rules.last_seasons(months.to_numpy(), None)
    assert set(yearly) == {"same month last year"}
    assert yearly["same month last year"][12:].tolist() == list(range(48))


# Scores


def test_the_area_under_the_curve_is_that_of_scikit_learn():
    from sklearn.metrics import roc_auc_score

    chance = np.random.default_rng(3)
    is_positive, score = chance.random(300) < 0.3, np.round(chance.normal(size=300), 1)
    assert auc(is_positive, score) == pytest.approx(roc_auc_score(is_positive, score), abs=1e-12)
    codes = chance.integers(0, 3, 300)
    shares = chance.dirichlet(np.ones(3), 300)
    target = Target(codes.astype(float), ("a", "b", "c"))
    expected = roc_auc_score(codes, shares, multi_class="ovr", average="weighted")
    assert 1 - loss(target, np.arange(300), shares) == pytest.approx(expected, abs=1e-12)


def test_one_class_has_no_area_under_the_curve():
    assert np.isnan(auc(np.ones(5, dtype=bool), np.arange(5.0)))


def test_the_interval_knows_that_folds_overlap():
    """Nadeau and Bengio (2003): the variance of J folds is (1/J + test/train) s², not s²/J."""
    chance = np.random.default_rng(4)
    base, own = np.full(10, 1.0), 0.9 + 0.05 * chance.normal(size=10)
    seen = corrected_resampled_t(own, base, ratio=0.25)
    saved = base - own
    assert seen.value == pytest.approx(saved.mean())
    assert seen.error == pytest.approx(np.sqrt((0.1 + 0.25) * saved.var(ddof=1)))
    assert corrected_resampled_t(own, base, ratio=0.25, looks=2).p == pytest.approx(2 * seen.p)


# Guesses


def preview(*columns: tuple[str, Holds, int]) -> Preview:
    made = tuple(Column(name=name, kind=kind, examples=(), distinct=distinct, missing=0) for name, kind, distinct in columns)
    return Preview(name="t.csv", columns=made, rows_seen=100)


def test_a_target_is_guessed_by_its_name_and_time_makes_it_a_question_about_later():
    guessed = signal_check.guess(preview(("churned", Holds.YES_NO, 2), ("date", Holds.DATE, 100), ("spend", Holds.NUMBER, 90)))
    assert (guessed.target, guessed.task, guessed.way, guessed.when) == ("churned", Task.CLASSES, Way.TIME, "date")


def test_without_a_telling_name_it_is_the_last_column_that_varies():
    guessed = signal_check.guess(preview(("a", Holds.NUMBER, 90), ("price", Holds.NUMBER, 80), ("country", Holds.TEXT, 1)))
    assert (guessed.target, guessed.task, guessed.way) == ("price", Task.NUMBER, Way.RANDOM)


def test_a_date_of_birth_is_no_time_of_happening_and_a_repeated_customer_is_a_group():
    guessed = signal_check.guess(
        preview(
            ("birth_date", Holds.DATE, 90), ("customer_id", Holds.WHOLE, 20), ("grade", Holds.WHOLE, 5), ("target", Holds.WHOLE, 4)
        )
    )
    assert (guessed.when, guessed.way, guessed.group, guessed.task) == ("", Way.GROUPED, "customer_id", Task.CLASSES)
