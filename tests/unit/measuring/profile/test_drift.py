"""Changes between two files are found where there are some, and claimed no more often than stated where there are none."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from scoping.measuring.profile import columns as profile_columns
from scoping.measuring.profile import drift
from scoping.measuring.profile.columns import Profile, Sketch
from scoping.measuring.profile.drift import DriftVerdict, TableDrift
from scoping.measuring.profile.remarks import shift_words


def passed(frame: pd.DataFrame) -> tuple[Sketch, Profile]:
    text = frame.apply(lambda column: column.map(str, na_action="ignore").astype("str"))
    sketch = Sketch([str(name) for name in frame.columns], None)
    sketch.add(text)
    return sketch, sketch.finish()


def compared(earlier: pd.DataFrame, later: pd.DataFrame, **options: bool) -> TableDrift:
    was = passed(earlier)[1]
    return drift.drift([drift.before(c, was.rows) for c in was.columns], *passed(later), **options)


def verdicts(found: TableDrift) -> dict[str, DriftVerdict]:
    return {shift.name: shift.verdict for shift in found.shifts}


def test_the_stability_index_is_the_published_sum():
    # Siddiqi 2006 defines it as the sum of (actual - expected) * ln(actual / expected).
    before, now = [100, 200, 300, 400], [150, 250, 300, 300]
    p, q = np.array(before) / 1_000, np.array(now) / 1_000
    assert drift.stability_index(before, now) == pytest.approx(float(((q - p) * np.log(q / p)).sum()))
    assert drift.stability_index(before, [2 * n for n in before]) == 0


def test_an_empty_group_makes_the_index_large_but_finite():
    found = drift.stability_index([50, 50, 0], [50, 0, 50])
    assert found > 1
    assert math.isfinite(found)
    assert drift.stability_index([0, 0], [1, 2]) is None


def test_the_chance_of_shares_is_that_of_scipy():
    before, now = [120, 80, 40], [100, 100, 60]
    assert drift.chi_square(before, now) == pytest.approx(stats.chi2_contingency([before, now], correction=False).pvalue)


def test_small_groups_are_put_together_and_too_few_cases_say_nothing():
    assert drift.chi_square([500, 1, 1, 1, 1, 1, 1], [480, 2, 2, 1, 0, 1, 0]) == pytest.approx(
        stats.chi2_contingency([[500, 6], [480, 6]], correction=False).pvalue
    )
    assert drift.chi_square([3, 2], [2, 3]) is None
    assert drift.chi_square([100], [50]) is None
    assert drift.chi_square([0, 0], [0, 0]) is None


def test_the_distance_never_exceeds_that_of_all_values_and_comes_close_for_a_shift():
    chance = np.random.default_rng(1)
    one, other = chance.normal(size=5_000), chance.normal(0.5, 1, 5_000)
    edges = np.quantile(one, np.arange(1, 10) / 10)
    distance, p = drift.kolmogorov(profile_columns.parted(one, edges), profile_columns.parted(other, edges))
    full = stats.ks_2samp(one, other)
    assert 0.9 * full.statistic < distance <= full.statistic
    assert p >= full.pvalue


def test_chances_are_corrected_for_their_number():
    assert drift.corrected([0.01, 0.02, 0.03, 0.04]) == pytest.approx([0.04, 0.04, 0.04, 0.04])
    assert drift.corrected([]) == []


def test_moved_numbers_other_shares_and_new_and_lost_values_are_found():
    chance = np.random.default_rng(2)

    def table(shift: float, words: list[str], shares: list[float]) -> pd.DataFrame:
        return pd.DataFrame(
            {
                "moved": chance.normal(shift, 1, 2_000).round(4),
                "still": chance.normal(0, 1, 2_000).round(4),
                "word": chance.choice(words, 2_000, p=shares),
                "flag": chance.choice(["yes", "no"], 2_000),
            }
        )

    found = compared(table(0, ["a", "b", "c"], [0.6, 0.3, 0.1]), table(0.7, ["a", "b", "d"], [0.3, 0.6, 0.1]))
    assert verdicts(found) == {
        "moved": DriftVerdict.LARGE,
        "still": DriftVerdict.NONE,
        "word": DriftVerdict.LARGE,
        "flag": DriftVerdict.NONE,
    }
    word = found.shifts[2]
    assert (word.new, word.gone) == (("d",), ("c",))


def test_new_and_lost_columns_and_another_kind_are_named():
    old = pd.DataFrame({"a": range(50), "b": ["x"] * 50, "lost": range(50)})
    new = pd.DataFrame({"a": ["word"] * 50, "b": ["x"] * 50, "more": range(50)})
    found = compared(old, new)
    assert (found.new, found.gone) == (("more",), ("lost",))
    assert verdicts(found)["a"] is DriftVerdict.KIND
    assert compared(old, new, were_all_kept=False).new == ()


def test_cells_that_went_missing_are_noticed_beside_unchanged_values():
    chance = np.random.default_rng(3)
    old = pd.DataFrame({"x": chance.normal(size=1_000).round(3)})
    new = pd.DataFrame({"x": chance.normal(size=1_000).round(3)}).mask(chance.random((1_000, 1)) < 0.2)
    (shift,) = compared(old, new).shifts
    assert shift.verdict is DriftVerdict.NONE
    assert shift.is_missing_changed
    assert shift.missing_now == pytest.approx(0.2, abs=0.04)


def test_a_few_rows_are_too_few_to_say():
    chance = np.random.default_rng(4)
    old, new = (pd.DataFrame({"x": chance.normal(size=12).round(3)}) for _ in range(2))
    assert verdicts(compared(old, new))["x"] is DriftVerdict.TOO_FEW


def test_identifiers_dates_and_personal_data_are_not_compared():
    frame = pd.DataFrame(
        {
            "n": range(100),
            "when": pd.date_range("2020-01-01", periods=100).astype("str"),
            "mail": ["a@b.example"] * 100,
        }
    )
    assert set(verdicts(compared(frame, frame)).values()) == {DriftVerdict.NOT_COMPARED}


def test_a_file_compared_with_itself_has_not_changed():
    chance = np.random.default_rng(5)
    frame = pd.DataFrame(
        {"x": chance.lognormal(size=500).round(2), "zero": [0] * 480 + list(range(20)), "w": chance.choice(list("ab"), 500)}
    )
    frame["odd"] = (["  ", "a  b ", "x" * 100, "x" * 99, "l\nl"] * 100)[:500]
    found = compared(frame, frame)
    assert not any(shift.is_change for shift in found.shifts)
    assert [shift.index for shift in found.shifts] == [0, 0, 0, 0]


@pytest.mark.slow
def test_without_any_change_a_table_of_many_columns_is_seldom_said_to_have_changed():
    chance = np.random.default_rng(6)
    claims = 0
    for _ in range(24):
        old, new = (
            pd.DataFrame(
                {f"x{i}": chance.normal(size=150).round(3) for i in range(8)}
                | {f"w{i}": chance.choice(list("abcd"), 150) for i in range(8)}
            )
            for _ in range(2)
        )
        claims += any(s.is_change for s in compared(old, new).shifts)
    # At 5 %, 24 tables give one claim or two; more than 5 have a chance below 1 in 500.
    assert claims <= 5


@pytest.mark.parametrize(("rows", "withheld"), [(4, True), (5, False)])
def test_a_new_value_in_very_few_rows_is_counted_and_not_shown(rows: int, withheld: bool):
    old = pd.DataFrame({"state": ["open", "closed"] * 1_000})
    new = pd.DataFrame({"state": [*["open", "closed"] * 1_000, *["Ann asked twice"] * rows]})
    (found,) = compared(old, new).shifts
    assert (found.new, found.withheld) == (((), 1) if withheld else (("Ann asked twice",), 0))
    assert found.is_change
    assert ("1 new value in very few rows, not shown" in shift_words(found)) is withheld


def uniform(seed: int) -> pd.DataFrame:
    """Three columns of which one has a mass at 0, one a single value, and one long even tails."""
    chance = np.random.default_rng(seed)
    some = np.where(chance.random(2_000) < 0.3, 0, chance.uniform(5, 50, 2_000).round(3))
    return pd.DataFrame({"zeros": some, "constant": 10, "top": chance.uniform(0, 100, 2_000).round(3)})


def moved(frame: pd.DataFrame, share: float) -> pd.DataFrame:
    """Its mass, its one value, and a share of its largest values are others."""
    top = frame["top"]
    return frame.assign(
        zeros=frame["zeros"].replace(0, -999), constant=0.5, top=top.where(top <= top.quantile(1 - share), top * 1000)
    )


def test_what_moves_beyond_the_outer_tenths_is_found():
    found = compared(uniform(1), moved(uniform(2), 0.1))
    assert verdicts(found) == dict.fromkeys(("zeros", "constant", "top"), DriftVerdict.LARGE)
    assert not any(shift.is_change for shift in compared(uniform(1), uniform(2)).shifts)


def test_a_few_numbers_far_outside_the_earlier_ones_are_counted_although_the_shares_hardly_move():
    shift = compared(uniform(1), moved(uniform(2), 0.005)).shifts[2]
    assert shift.index < drift.MODERATE
    assert (shift.verdict, shift.far_below, shift.far_above) == (DriftVerdict.OUTSIDE, 0, 10)
    assert "10 far above all earlier ones" in shift_words(shift)


def test_the_chance_of_numbers_beyond_all_earlier_ones_is_that_of_drawing_them_first():
    # Of 5 earlier and 3 later numbers, the two largest are later ones in 3 of 8 times 2 of 7 orders.
    assert drift.exceedance(2, 5, 3) == pytest.approx(2 * 3 / 8 * 2 / 7)
    assert drift.exceedance(0, 5, 3) == 1
    assert drift.exceedance(3, 0, 3) is None


def test_a_report_from_before_the_ends_were_kept_can_still_be_compared():
    was = drift.Before(name="top", holds="number", filled=2_000, missing=0, edges=(50.0,), counts=(1_000, 1_000))
    (shift,) = drift.drift([was], *passed(moved(uniform(2), 0.005)[["top"]])).shifts
    assert (shift.verdict, shift.far_p) == (DriftVerdict.NONE, None)
