"""A column that cannot be known when a prediction is made is flagged, and an honest one is not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scoping.measuring.signal import leakage, splits
from scoping.measuring.signal.encoding import Feature, read
from scoping.measuring.signal.leakage import Flag, Sign
from scoping.measuring.signal.scoring import Target

ROWS = 400
CHANCE = np.random.default_rng(2)
IS_YES = CHANCE.random(ROWS) < 0.4
YES = Target(IS_YES.astype(float), ("no", "yes"))
AMOUNTS = CHANCE.gamma(2, 100, ROWS)
AMOUNT = Target(AMOUNTS)
FOLDS = splits.at_random(YES.codes, ROWS, 5, 1, 1)
NOISE = CHANCE.normal(size=ROWS)


def flagged(column: object, target: Target = YES, name: str = "x", about: str = "bought", **more: object) -> list[Flag]:
    features = [read(pd.Series(column), name), *(read(pd.Series(values), other) for other, values in more.items())]
    judged = leakage.alone(features, target, FOLDS)
    return leakage.flags(features, judged, target, name=about, best_rule=target.uninformed, when="when" if "when" in more else "")


def gaps(share_filled_of_yes: float, share_filled_of_no: float) -> list[str | None]:
    draw = np.random.default_rng(12).random(ROWS)
    return ["noted" if d < (share_filled_of_yes if y else share_filled_of_no) else None for d, y in zip(draw, IS_YES, strict=True)]


@pytest.mark.parametrize(
    ("column", "target", "sign"),
    [
        (np.where(IS_YES, "bought", "left"), YES, Sign.COPY),
        (np.where(IS_YES, 7, 3), YES, Sign.COPY),
        (["a" if y else None for y in IS_YES], YES, Sign.FILLED),
        (gaps(0.97, 0.0), YES, Sign.FILLED),
        (np.where(IS_YES, 5.0, 0) + CHANCE.normal(size=ROWS) * 0.8, YES, Sign.PERFECT),
        (np.where(IS_YES, 0, np.where(NOISE > 0, 9.0, -9.0)) + NOISE, YES, Sign.PERFECT),
        (AMOUNTS * 1.19 + 3, AMOUNT, Sign.COPY),
        (AMOUNTS + 5 * CHANCE.normal(size=ROWS), AMOUNT, Sign.PERFECT),
    ],
    ids=lambda value: value if isinstance(value, Sign) else "",
)
def test_a_column_that_gives_the_answer_away_is_named(column, target, sign):
    (flag,) = flagged(column, target)
    assert flag.sign is sign
    assert "“x”" in flag.sentence


@pytest.mark.parametrize(
    ("column", "target"),
    [
        (NOISE, YES),
        (np.where(IS_YES, 1.5, 0) + NOISE, YES),
        (gaps(0.6, 0.3), YES),
        (["a", "b"] * (ROWS // 2), YES),
        (AMOUNTS + 100 * NOISE, AMOUNT),
        ([f"v{i % 150}" for i in range(ROWS)], YES),
    ],
)
def test_an_honest_column_is_not_flagged(column, target):
    assert not flagged(column, target)


def test_a_nearly_perfect_column_is_asked_about_but_not_left_out():
    """Cell sizes in a biopsy separate nearly all cases, and are legitimately known."""
    (flag,) = flagged(np.where(IS_YES, 3.2, 0) + NOISE)
    assert flag.sign is Sign.PERFECT
    assert not flag.certain


def test_a_date_after_the_row_happened_is_from_the_future():
    when = pd.date_range("2026-01-01", periods=ROWS)
    later = when + pd.to_timedelta(CHANCE.integers(1, 9, ROWS), unit="D")
    (flag,) = flagged(later, when=when)
    assert (flag.sign, flag.certain) == (Sign.LATER, True)
    assert not flagged(when - pd.Timedelta(days=3), when=when)


@pytest.mark.parametrize("name", ["bought_again", "refund_reason", "exitInterview", "final result", "orders_next_30_days"])
def test_a_name_that_sounds_like_afterwards_is_asked_about_when_the_column_matters(name):
    assert [f.sign for f in flagged(np.where(IS_YES, 1.0, 0) + NOISE, name=name)] == [Sign.NAME]
    assert not flagged(NOISE, name=name)


def test_a_usual_name_is_not_asked_about():
    for name in ("temp_actual", "days_left", "exits_count", "reasonable"):
        assert not flagged(np.where(IS_YES, 1.0, 0) + NOISE, name=name)


def test_a_column_as_good_as_the_last_value_is_no_leak_in_a_series():
    level = np.cumsum(NOISE) + 50
    feature, target = read(pd.Series(level[:-1]), "today"), Target(level[1:])
    judged = leakage.alone([feature], target, splits.at_random(None, ROWS - 1, 5, 1, 1))
    assert judged[0].score > leakage.SUSPICIOUS
    assert leakage.flags([feature], judged, target, name="y", best_rule=0.0)
    assert not leakage.flags([feature], judged, target, name="y", best_rule=0.999)


def test_a_sorted_table_is_noticed_by_its_numbering():
    ordered = Target(np.sort(IS_YES).astype(float), ("no", "yes"))
    numbers = [read(pd.Series(range(ROWS)), "row")]
    assert [f.sign for f in leakage.numberings(numbers, ordered, FOLDS)] == [Sign.NUMBERING]
    assert not leakage.numberings(numbers, YES, FOLDS)


def test_of_two_hundred_columns_of_noise_hardly_any_is_significant_once_corrected():
    chance = np.random.default_rng(5)
    features = [
        Feature(name=f"x{i}", role=read(pd.Series(NOISE), "x").role, values=chance.normal(size=ROWS), missing=np.zeros(ROWS, bool))
        for i in range(200)
    ]
    judged = leakage.alone(features, YES, FOLDS[:2])
    assert sum(a.p < 0.05 for a in judged) >= 3
    assert not [a for a in judged if a.q < 0.05]


def test_a_gap_that_goes_with_the_target_counts_although_the_values_say_nothing():
    values = np.where(np.random.default_rng(3).random(ROWS) < np.where(IS_YES, 0.6, 0.1), np.nan, NOISE)
    (judged,) = leakage.alone([read(pd.Series(values), "x")], YES, FOLDS)
    assert judged.q < 1e-6
    assert 0.7 < judged.filled < 0.8
    assert judged.score > 0.65


def test_a_number_made_of_later_targets_is_called_a_future_aggregate():
    series = pd.Series(np.random.default_rng(4).normal(size=ROWS))
    when = np.arange(float(ROWS))
    columns = {
        "centred": series.rolling(7, center=True, min_periods=1).mean(),
        "tomorrow": series.shift(-1),
        "past": series.shift(1).rolling(7, min_periods=1).mean(),
        "other": series + NOISE,
    }
    features = [read(column, name) for name, column in columns.items()]
    found = leakage.aggregates(features, Target(series.to_numpy()), when, None)
    assert {f.column: f.certain for f in found} == {"centred": True, "tomorrow": True}
    assert all("future aggregate" in f.sentence for f in found)
    assert not leakage.aggregates(features, Target(series.to_numpy()), None, None)


def test_a_smooth_series_that_runs_beside_the_target_is_no_future_aggregate():
    chance = np.random.default_rng(5)
    level = np.cumsum(np.cumsum(chance.normal(size=ROWS)))
    features = [read(pd.Series(level + chance.normal(size=ROWS)), "x"), read(pd.Series(np.roll(level, 1)), "before")]
    assert not leakage.aggregates(features, Target(level), np.arange(float(ROWS)), None)


def test_the_average_target_of_a_category_or_group_is_called_a_future_aggregate():
    city = CHANCE.integers(0, 8, ROWS)
    rate = pd.Series(IS_YES.astype(float)).groupby(city).transform("mean")
    features = [read(pd.Series([f"city {c}" for c in city]), "city"), read(rate, "rate"), read(pd.Series(city * 1.5), "tax")]
    (flag,) = leakage.aggregates(features, YES, None, None)
    assert (flag.column, flag.certain) == ("rate", True)
    assert "the same “city”" in flag.sentence
    (flag,) = leakage.aggregates(features[1:], YES, None, city)
    assert "the same group" in flag.sentence
