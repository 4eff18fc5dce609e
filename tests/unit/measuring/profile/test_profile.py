"""A profile gives the figures that pandas gives, in one pass and whatever the pieces, and says what it only estimates."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from scoping.measuring.profile import columns as profile_columns
from scoping.measuring.profile.columns import Column, Holds, Profile, Sketch
from tests.tools import SHARED, reference

TODAY = date(2026, 11, 25)
FILES = [
    *(f"predictive/{path.name}" for path in sorted(SHARED.glob("data/predictive/*.csv"))),
    "hlp/snow_rte.csv",
    "timeline/kitchenham2002.csv",
]


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """A table as its file gives it: text, and missing where nothing stands."""
    return frame.apply(lambda column: column.map(str, na_action="ignore").astype("str"))


def passed(frame: pd.DataFrame, piece: int = 1_000) -> Sketch:
    sketch = Sketch([str(name) for name in frame.columns], TODAY)
    for at in range(0, len(frame), piece):
        sketch.add(frame.iloc[at : at + piece])
    return sketch


def profiled(**columns: list) -> dict[str, Column]:
    return {c.name: c for c in passed(pd.DataFrame(columns, dtype="str")).finish().columns}


def table(seed: int, rows: int = 2_500) -> pd.DataFrame:
    chance = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "whole": chance.integers(-50, 50, rows),
            "number": chance.lognormal(0, 2, rows).round(3),
            "tiny": chance.normal(size=rows) * 1e-9 + 1e3,
            "word": chance.choice(["a", "b", "Überraschung", "d e"], rows, p=[0.7, 0.2, 0.09, 0.01]),
            "many": [f"k{v}" for v in chance.integers(0, 400, rows)],
            "when": pd.Timestamp("2019-01-01") + pd.to_timedelta(chance.integers(0, 900, rows), unit="D"),
            "flag": chance.choice([True, False], rows),
        }
    ).astype({"when": "str"})
    frame = frame.mask(chance.random(frame.shape) < chance.random(frame.shape[1]) * 0.3)
    return pd.concat([frame, frame.iloc[: rows // 50]], ignore_index=True)


def assert_agrees(found: Profile, frame: pd.DataFrame) -> None:
    assert found.rows == len(frame)
    assert found.are_duplicates_exact
    assert found.duplicates == frame.duplicated().sum()
    for column in found.columns:
        series = frame[column.name]
        known = series.dropna()
        assert column.absent() == series.isna().sum(), column.name
        if not len(known):
            assert column.holds is Holds.NOTHING
            continue
        assert column.different == known.nunique(), column.name
        assert column.top <= known.value_counts().iloc[0] <= column.top + column.short_by, column.name
        assert column.repeats == pytest.approx(1 - known.nunique() / len(known))
        if column.holds in (Holds.WHOLE, Holds.NUMBER):
            assert_same_numbers(column, known.astype(float))


def assert_same_numbers(column: Column, known: pd.Series) -> None:
    spread, told = column.spread, known.describe()
    assert spread is not None
    assert (spread.low, spread.high) == (told["min"], told["max"])
    assert spread.mean == pytest.approx(told["mean"], rel=1e-12, abs=1e-12)
    assert (spread.sd is None) == np.isnan(told["std"])
    assert spread.sd is None or spread.sd == pytest.approx(told["std"], rel=1e-6, abs=1e-12)
    assert (spread.q1, spread.median, spread.q3) == pytest.approx((told["25%"], told["50%"], told["75%"]))
    low, high = spread.fences
    assert spread.outliers in (None, ((known < low) | (known > high)).sum())
    assert sum(spread.bars) in (0, len(known))
    assert sum(spread.counts) == len(known)


@pytest.mark.parametrize("seed", range(5))
def test_the_figures_of_a_random_table_are_those_of_pandas(seed):
    frame = table(seed)
    assert_agrees(passed(as_text(frame)).finish(), frame)


@pytest.mark.parametrize("name", FILES)
def test_the_figures_of_a_public_file_are_those_of_pandas(name):
    path = reference(name)
    text = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
    assert_agrees(passed(text).finish(), pd.read_csv(path))


def test_a_table_that_comes_typed_gives_the_same_profile_as_its_text():
    frame = table(7, 300)
    typed, text = passed(frame).finish(), passed(as_text(frame)).finish()
    for one, other in zip(typed.columns, text.columns, strict=True):
        assert (one.holds, one.missing, one.different, one.top, one.spread) == (
            other.holds,
            other.missing,
            other.different,
            other.top,
            other.spread,
        )


def test_the_pieces_make_no_difference():
    frame = as_text(table(3))
    whole, pieces = passed(frame, 10_000).finish(), passed(frame, 300).finish()
    for one, other in zip(whole.columns, pieces.columns, strict=True):
        assert (one.different, one.commonest, one.holds) == (other.different, other.commonest, other.holds)
        if one.spread and other.spread:
            assert one.spread.mean == pytest.approx(other.spread.mean)
            assert one.spread.counts == other.spread.counts
    assert whole.duplicates == pieces.duplicates > 0


def test_what_a_long_table_makes_an_estimate_is_close_and_says_so(monkeypatch):
    monkeypatch.setattr(profile_columns, "_ROWS_SAMPLED", (1_000, 2_000))
    monkeypatch.setattr(profile_columns, "_EACH", (1_000, 2_000))
    monkeypatch.setattr(profile_columns, "_ROWS_TOLD_APART", 5_000)
    chance = np.random.default_rng(5)
    frame = pd.DataFrame({"x": chance.lognormal(0, 1, 60_000), "id": chance.integers(0, 30_000, 60_000)})
    frame = pd.concat([frame, frame.iloc[:6_000]], ignore_index=True)
    found = passed(as_text(frame), 5_000).finish()
    x, ident = found.columns
    assert not found.is_whole
    assert found.sampled == 2_000
    assert x.spread.mean == pytest.approx(frame["x"].mean())
    assert x.spread.high == frame["x"].max()
    assert x.spread.median == pytest.approx(frame["x"].median(), rel=0.1)
    assert x.spread.judged == 2_000
    assert 0 < ident.margin < 0.05
    assert ident.different == pytest.approx(frame["id"].nunique(), rel=2 * ident.margin)
    assert not found.are_duplicates_exact
    assert found.duplicates == pytest.approx(6_000, rel=0.1)


@pytest.mark.parametrize(
    ("cells", "holds"),
    [
        (["1", "2", None], Holds.WHOLE),
        (["1", "2.5", "1e3"], Holds.NUMBER),
        (["1,5", "2,25", "1.234,5"], Holds.NUMBER),
        (["1,234", "5,678,901", "12.5"], Holds.NUMBER),
        (["2024-02-29", "2024-03-01T10:00:00Z"], Holds.DATE),
        (["31.12.2023", "1.2.2024"], Holds.DATE),
        (["12/31/2023", "1/2/2024"], Holds.DATE),
        (["yes", "No"], Holds.YES_NO),
        (["01067", "10115"], Holds.CODE),
        (["12345678901234567", "12345678901234568"], Holds.CODE),
        (["a", "7"], Holds.MIXED),
        (["a", "b", "7"], Holds.TEXT),
        ([None, "NA", " "], Holds.NOTHING),
        (["1", "NA", "n/a", "NULL"], Holds.WHOLE),
    ],
)
def test_a_column_is_what_nearly_all_of_its_cells_are(cells, holds):
    assert profiled(c=cells)["c"].holds is holds


def test_cells_of_another_kind_are_counted():
    born = ["2023-01-15"] * 40 + ["2023-02-30", "0000-01-01", "2023-13-01", "2023-01-15 24:00"]
    found = profiled(age=["31"] * 43 + ["unknown age"], born=born)
    assert (found["age"].holds, found["age"].odd) == (Holds.WHOLE, 1)
    assert (found["born"].holds, found["born"].odd) == (Holds.DATE, 4)


def test_a_word_for_missing_counts_beside_numbers_and_is_an_answer_beside_text():
    found = profiled(age=["1", "unknown", None, "4"], defect=["none", "Scratch", None, "Dent"], kind=["NA", "a", None, "b"])
    assert (found["age"].absent(), found["age"].different) == (2, 2)
    assert (found["kind"].absent(), found["kind"].different, found["kind"].marks) == (2, 2, 1)
    assert (found["defect"].absent(), found["defect"].different, found["defect"].words) == (1, 3, 1)


def test_dates_after_today_are_counted_and_today_is_none():
    found = profiled(when=["2026-11-25", "2026-11-25 23:59", "2026-11-26", "2020-01-01"])
    assert found["when"].future == 1


def test_months_are_first_only_where_a_date_says_so():
    american, unclear = profiled(a=["12/31/2023", "1/2/2024"], b=["1/2/2024", "3/4/2024"]).values()
    assert profile_columns.day(american.spread.high) == date(2024, 1, 2)
    assert not american.is_unsure
    assert (unclear.is_unsure, unclear.holds, unclear.odd) == (True, Holds.TEXT, 0)


def test_blanks_around_a_cell_are_counted_and_kept_apart():
    column = profiled(city=["Rome", " Rome", "Rome ", "Oslo"])["city"]
    assert (column.padded, column.different) == (2, 4)


def test_a_row_counter_and_an_identifier_are_told_apart_from_an_amount():
    chance = np.random.default_rng(2)
    found = profiled(
        n=[str(i) for i in range(100)],
        code=[f"C{i:05}" for i in chance.permutation(100)],
        amount=[f"{v:.2f}" for v in chance.lognormal(3, 1, 100)],
        prose=[f"The customer wrote a long letter about the matter number {i}" for i in range(100)],
    )
    assert found["n"].counts_up
    assert found["code"].is_identifier
    assert not found["code"].counts_up
    assert not found["amount"].is_identifier
    assert not found["prose"].is_identifier


def test_equal_numbers_written_differently_count_once_and_extremes_do_no_harm():
    column = profiled(x=["1", "1.0", "1e0", "-0", "0", "1e99", "-1e99"] * 5 + ["1e308", "1e999"])["x"]
    assert column.different == 6
    assert column.odd == 2
    assert column.spread.high == 1e99


def test_rows_repeat_only_where_the_same_cells_stand_in_the_same_columns():
    frame = pd.DataFrame({"a": ["1", "2", "1", None, "1"], "b": ["2", "1", "2", "1", None]}, dtype="str")
    assert passed(frame).finish().duplicates == 1


def test_a_table_without_rows_or_without_columns_has_a_profile():
    assert passed(pd.DataFrame()).finish().rows == 0
    assert Sketch(["a"], None).finish().columns[0].holds is Holds.NOTHING
