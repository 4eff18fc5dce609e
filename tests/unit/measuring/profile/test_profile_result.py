"""A profile fits into a report whatever the file, tells nothing about single people, and names what it cannot read."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from scoping.blocks import Facts, Paragraph
from scoping.errors import WorkbenchError
from scoping.measuring.profile import check as profile_check
from scoping.measuring.profile import result as profile_result
from scoping.measuring.profile import words as profile_words
from scoping.measuring.profile.result import Result, Settings
from scoping.tables import files
from scoping.tables.table import Table, UnreadableTableError

TODAY = date(2026, 11, 25)
ROOM = 28_000


def silent(share: float, what: str) -> None:
    assert 0 <= share <= 1
    assert what


def measured(frame: pd.DataFrame, settings: Settings | None = None, rows: int | None = None) -> Result:
    text = frame.apply(lambda column: column.map(str, na_action="ignore").astype("str"))
    return profile_check.measure(Table("t.csv", "0" * 64, rows or len(frame), text), settings or Settings(as_of=TODAY), silent)


def from_file(folder: Path, content: bytes, settings: Settings | None = None) -> Result:
    path = folder / "upload"
    path.write_bytes(content)
    return profile_check.measure_chunks(files.chunks(path), settings or Settings(as_of=TODAY), silent)


def codes(result: Result) -> list[str]:
    return [remark.code for remark in result.remarks]


def wide(columns: int, rows: int = 30) -> pd.DataFrame:
    chance = np.random.default_rng(1)
    long = "a rather long name of a column that nobody shortened "
    return pd.DataFrame({f"{long}{i}": [f"{long}{v}" for v in chance.integers(0, 3, rows)] for i in range(columns)})


@pytest.mark.parametrize("columns", [1, 60, 61, 500])
def test_a_wide_table_fits_and_the_rest_is_counted(columns):
    frame = wide(columns).assign(last_empty=None)
    result = measured(frame)
    assert len(result.model_dump_json()) <= ROOM
    assert result.width == columns + 1
    assert len(result.columns) + result.columns_left_out == columns + 1
    assert len(result.columns) <= 60
    assert result.columns[-1].name == "last_empty" or columns == 60
    assert profile_result.Result.model_validate_json(result.model_dump_json()) == result


def test_a_table_with_more_to_tell_than_there_is_room_for_loses_columns_and_no_more():
    chance = np.random.default_rng(7)
    frame = pd.DataFrame({f"{'a name of nearly three hundred characters ' * 6}{i}": chance.normal(size=100) for i in range(60)})
    settings = Settings(as_of=TODAY, earlier=profile_check.earlier("old.csv", measured(frame)))
    result = measured(frame + 5, settings)
    assert 0.8 * ROOM < len(result.model_dump_json()) <= ROOM
    assert 0 < len(result.columns) == 60 - result.columns_left_out < 60
    assert len(result.shifts) + result.shifts_left_out == len(settings.earlier.columns)


def test_two_thousand_columns_are_profiled(tmp_path):
    row = ",".join(f"{i}.5" for i in range(2_000))
    content = ",".join(f"c{i}" for i in range(2_000)) + "\n" + f"{row}\n" * 50
    result = from_file(tmp_path, content.encode())
    assert (result.width, result.rows, result.duplicates) == (2_000, 50, 49)
    assert "2,000 columns have the same value in nearly all rows" in " ".join(r.sentence for r in result.remarks)


def test_what_to_compare_with_later_fits_too():
    result = measured(wide(60, 300))
    earlier = profile_check.earlier("old.csv", result)
    assert len(Settings(as_of=TODAY, earlier=earlier).model_dump_json()) <= ROOM + 500
    assert Settings.model_validate_json(Settings(earlier=earlier).model_dump_json()).earlier == earlier
    assert earlier.were_all_kept == (len(earlier.columns) == 60)


def test_no_value_that_looks_personal_or_is_rare_is_kept():
    chance = np.random.default_rng(2)
    people = ["Ana Lopez", "Bo Chen"] * 100
    frame = pd.DataFrame(
        {
            "contact": ["ana@mail.example"] * 150 + ["bo@mail.example"] * 50,
            "Vorname": people,
            "born": ["1971-03-17"] * 120 + ["1984-05-02"] * 80,
            "date of birth": ["1971-03-17"] * 120 + ["1984-05-02"] * 80,
            "paid with": ["4111111111111111"] * 200,
            "comment": ["fine"] * 199 + ["Zacharias was rude"],
            "spend": chance.integers(0, 9, 200),
        }
    )
    text = measured(frame, Settings(as_of=TODAY, target="Vorname")).model_dump_json()
    for secret in ("ana@", "Lopez", "4111", "Zacharias"):
        assert secret not in text
    birth = next(c for c in measured(frame).columns if c.name == "date of birth")
    assert (birth.spread, birth.commonest) == (None, ())


def test_traits_of_people_are_named_and_shown_because_they_tell_about_nobody_in_particular():
    (column,) = measured(pd.DataFrame({"gender": ["f", "m"] * 50})).columns
    assert [hint.kind for hint in column.personal] == ["traits"]
    assert column.commonest == (("f", 50), ("m", 50))


def test_remarks_come_in_order_of_importance():
    frame = pd.DataFrame(
        {
            "label": ["a"] * 95 + ["b"] * 5,
            "mail": ["x@mail.example"] * 100,
            "gap": [None] * 60 + ["1"] * 40,
            "age": ["30"] * 50 + ["40"] * 49 + ["??!"],
            "same": ["x"] * 100,
            "padded": ["y "] * 30 + ["y"] * 70,
        }
    )
    found = codes(measured(frame, Settings(as_of=TODAY, target="label")))
    assert list(dict.fromkeys(found)) == ["target", "personal", "duplicates", "mostly_missing", "odd", "constant", "padded"]


def test_a_clean_table_has_nothing_to_remark():
    chance = np.random.default_rng(3)
    result = measured(pd.DataFrame({"x": chance.normal(size=300).round(4), "w": chance.choice(list("abc"), 300)}))
    assert result.remarks == ()
    assert (result.ratings["accuracy"].score, result.ratings["coherence"].score) == (3, 2)


def test_a_rating_falls_with_missing_cells_and_is_open_for_a_few_rows():
    chance = np.random.default_rng(4)
    whole = pd.DataFrame({f"x{i}": chance.normal(size=500).round(4) for i in range(4)})
    scores = [measured(whole.mask(chance.random(whole.shape) < part)).ratings["accuracy"].score for part in (0, 0.03, 0.1, 0.4)]
    assert scores == [3, 2, 1, 0]
    assert measured(whole.head(20)).ratings["accuracy"].score is None


def test_a_file_is_more_coherent_when_it_agrees_with_an_earlier_one():
    chance = np.random.default_rng(5)
    frame = pd.DataFrame({f"x{i}": chance.normal(size=400).round(3) for i in range(5)})
    settings = Settings(earlier=profile_check.earlier("old.csv", measured(frame)))
    assert measured(frame, settings).ratings["coherence"].score == 3
    assert measured(frame + 1, settings).ratings["coherence"].score == 0


def test_classes_of_the_target_are_those_of_pandas():
    target = pd.Series(np.random.default_rng(6).choice(["a", "b", "c"], 1_000, p=[0.7, 0.28, 0.02])).mask(
        pd.Series(range(1_000)) < 40
    )
    result = measured(pd.DataFrame({"y": target}), Settings(target="y"))
    assert dict(result.target.classes) == target.value_counts().to_dict()
    assert result.target.known == 960
    sentences = " ".join(r.sentence for r in result.remarks if r.code == "target")
    assert "The target “y” is missing in 40 rows (4\u00a0%)" in sentences
    assert "“c” is the rarest class" in sentences


def test_a_target_of_many_numbers_has_no_classes():
    result = measured(pd.DataFrame({"y": np.arange(200) / 7}), Settings(target="y"))
    assert result.target.classes == ()
    assert "target" not in codes(result)


def test_a_target_that_is_not_there_is_named():
    with pytest.raises(WorkbenchError, match="no column “churn”"):
        measured(pd.DataFrame({"a": [1]}), Settings(target="churn"))


def test_a_sample_of_a_database_table_says_so():
    result = measured(pd.DataFrame({"a": range(50)}), rows=5_000)
    assert profile_words.headline(result, Settings()).startswith("50 of 5,000 rows, 1 column:")
    assert "a random sample of 5,000" in str(profile_words.blocks(result, Settings())[0])


@pytest.mark.parametrize("seed", range(3))
def test_the_headline_is_short_and_the_blocks_hold_text_only(seed):
    chance = np.random.default_rng(seed)
    frame = pd.DataFrame({"x": chance.normal(size=200).round(2), "=1+1": ["<b>*x*</b>"] * 200, "e": [None] * 200})
    settings = Settings(as_of=TODAY, target="x", earlier=profile_check.earlier("f" * 300, measured(frame)))
    result = measured(frame, settings)
    assert len(profile_words.headline(result, settings)) <= 280
    told = profile_words.blocks(result, settings)
    assert isinstance(told[0], Facts)
    assert any(isinstance(block, Paragraph) for block in told)
    for block in told:
        for row in getattr(block, "rows", ()):
            assert all(isinstance(cell, str) for cell in row)


def same(one: Result, other: Result) -> bool:
    return one.model_dump(exclude={"sampled"}) == other.model_dump(exclude={"sampled"})


def as_bytes(frame: pd.DataFrame, kind: str) -> bytes:
    buffer: Any = io.BytesIO()
    if kind == "xlsx":
        frame.to_excel(buffer, index=False)
    elif kind == "parquet":
        frame.to_parquet(buffer, index=False)
    elif kind == "semicolon":
        frame.to_csv(buffer, index=False, sep=";", encoding="utf-8-sig")
    elif kind == "quoted":
        frame.to_csv(buffer, index=False, quoting=1)
    elif kind == "utf-16":
        frame.to_csv(buffer, index=False, encoding="utf-16")
    elif kind == "western":
        frame.to_csv(buffer, index=False, encoding="cp1252", lineterminator="\r\n")
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["xlsx", "parquet", "semicolon", "quoted", "utf-16", "western"])
def test_the_same_table_has_the_same_profile_in_every_kind_of_file(tmp_path, kind):
    chance = np.random.default_rng(8)
    frame = pd.DataFrame(
        {
            "whole": chance.integers(0, 50, 400),
            "number": chance.normal(size=400).round(3),
            "word": chance.choice(["é", "b c", "d"], 400),
            "when": ["2024-02-29", "2025-12-31"] * 200,
        }
    ).mask(chance.random((400, 4)) < 0.1)
    plain = from_file(tmp_path, frame.to_csv(index=False).encode())
    assert same(plain, measured(frame))
    assert same(from_file(tmp_path, as_bytes(frame, kind)), plain)


def test_a_file_without_quotes_is_read_like_one_with_quotes_where_nothing_differs(tmp_path):
    rows = [f"{i % 97},{'x' * (i % 40)},{i * 7 % 13}" for i in range(30_000)]
    plain = "id,b,c\n" + "\n".join(rows) + "\n\n,,\n"
    quoted = plain.replace("id,", '"id",', 1)
    assert same(from_file(tmp_path, plain.encode()), from_file(tmp_path, quoted.encode()))


def test_a_line_that_does_not_fit_is_named_however_late_it_comes(tmp_path):
    good = "".join(f"{i},{i},some text to make it long enough\n" for i in range(150_000))
    with pytest.raises(UnreadableTableError, match=r"Line 150002 has 4 cells, but there are 3 columns; “oops” is one too many"):
        from_file(tmp_path, f"a,b,c\n{good}1,2,3,oops\n".encode())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\n\n\n", "empty"),
        (b"a,b\n", "no rows"),
        (b"a,b\n1,2\n3\n", "Line 3 has 1 cell"),
        (b'a,b\n1,"2\n3,4\n', "quotation mark is opened in line 2"),
        (b'a,b\n1,"2"x\n', "Line 2 has a quotation mark in the wrong place"),
        (b"a,b\n1,\x00\n", "no text"),
        (b"a,b\n1,\x81\n", "Line 2 holds a byte"),
        (b"MZ\x90\x00\x03\x00\x00", "a program"),
        (b"\x1f\x8b\x08\x00abc", "compressed"),
        (b"PK\x03\x04broken", "damaged"),
        (b"PAR1broken", "damaged"),
        (b'{"a": 1}', "JSON"),
        (b"<html><table>", "web page"),
        (",".join(f"c{i}" for i in range(3_000)).encode() + b"\n1\n", "at most 2,000"),
        (b"a,b\n1," + b"x" * 200_000 + b"\n", "more than 100,000 characters"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_a_file_that_is_no_table_is_refused_in_words(tmp_path, content, said):
    with pytest.raises(UnreadableTableError, match=said):
        from_file(tmp_path, content)


@pytest.mark.parametrize(
    "content",
    [
        b"a;b\n1;2\n",
        b"sep=;\na;b\n1;2\n",
        b"a,a,\n1,2,\n3,4,\n",
        b"a,b\r1,2\r",
        b"\xef\xbb\xbfa,b\n1,2",
        b"a,b\n=1+1,@SUM(1)\n",
        "a,b\n\u202e,\U0001f600\n".encode(),
        b"a,b\nNA,inf\nnan,1e999\n",
        b"a\tb\n1\t\n",
    ],
)
def test_odd_but_readable_files_have_a_profile(tmp_path, content):
    result = from_file(tmp_path, content)
    assert result.width == 2
    assert result.rows >= 1
    assert profile_words.blocks(result, Settings())
