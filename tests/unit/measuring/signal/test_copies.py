"""Copies of rows are found, nearly exact ones too, and rows that are alike by nature are not taken for copies."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from scoping.measuring.signal import copies
from scoping.measuring.signal.encoding import USABLE, read
from scoping.measuring.signal.scoring import Target


def noise(seed: int, rows: int, columns: int = 4) -> pd.DataFrame:
    chance = np.random.default_rng(seed)
    frame = pd.DataFrame({f"x{i}": chance.normal(size=rows) for i in range(columns)})
    return frame.assign(kind=chance.choice(list("abc"), rows), y=chance.integers(0, 2, rows))


def near(frame: pd.DataFrame) -> np.ndarray:
    features = [read(frame[name], name) for name in frame if name != "y"]
    return copies.near([f for f in features if f.role in USABLE], Target(frame["y"].to_numpy(dtype=float), ("no", "yes")))


def written(frame: pd.DataFrame, times: int) -> pd.DataFrame:
    return pd.concat([frame] * times, ignore_index=True).sample(frac=1, random_state=1).reset_index(drop=True)


@pytest.mark.parametrize("times", [2, 4, 10])
def test_all_but_one_of_each_row_written_several_times_are_copies(times):
    assert copies.exact(written(noise(1, 100), times), "y").sum() == 100 * (times - 1)
    assert not copies.exact(noise(1, 100), "y").any()


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"x": np.arange(38) % 2, "y": np.arange(38) % 2}),
        pd.DataFrame({f"x{i}": np.random.default_rng(i).integers(0, 3, 900) for i in range(4)}).assign(y=1),
        # Two hundred products sold five times each, at times given back.
        noise(2, 200).loc[np.repeat(np.arange(200), 5)].assign(y=np.random.default_rng(3).integers(0, 2, 1000)),
    ],
    ids=["one column", "few answers", "products"],
)
def test_rows_that_are_alike_by_nature_are_no_copies(frame):
    assert frame.duplicated().any()
    assert not copies.exact(frame.reset_index(drop=True), "y").any()


def test_copies_under_new_numbers_in_other_capitals_or_with_other_last_digits_are_found():
    frame = noise(4, 300)
    assert near(written(frame, 2).assign(number=range(600))).sum() == 300
    assert near(pd.concat([frame, frame.assign(kind=frame["kind"].str.upper())], ignore_index=True)).sum() == 300
    shaken = frame.assign(x0=frame["x0"] + np.random.default_rng(5).normal(0, 0.004, 300))
    found = near(pd.concat([frame, shaken], ignore_index=True))
    assert not found[:300].any()
    assert found[300:].mean() > 0.98


def test_a_part_of_the_rows_may_be_copied():
    frame = noise(6, 400)
    more = frame[frame["y"] == 1].head(60)
    found = near(pd.concat([frame, more.assign(x1=more["x1"] + 0.001)], ignore_index=True))
    assert found.sum() == 60
    assert found[400:].all()


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_rows_that_lie_close_in_a_continuum_are_no_copies(columns):
    frame = noise(7, 4000, columns)
    assert not near(frame.assign(y=(frame["x0"] > 0).astype(int))).any()


def test_a_line_through_many_columns_is_a_continuum():
    along = np.sort(np.random.default_rng(8).uniform(0, 6, 3000))
    frame = pd.DataFrame({f"x{i}": np.sin(along + i) for i in range(5)}).assign(y=(along > 3).astype(int))
    assert not near(frame).any()


def test_rows_with_another_answer_are_no_copies():
    frame = noise(9, 300)
    assert not near(pd.concat([frame, frame.assign(y=1 - frame["y"])], ignore_index=True)).any()
