"""CSV files as people have them: each is read as it was meant, or refused in a sentence that names line and value."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scoping import words as scoping_words
from scoping.tables import csv_files, files
from scoping.tables.table import Holds, Preview, Table, UnreadableTableError

Read = Callable[..., Table]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(content: str | bytes, at_most: int = 1_000, **options: bool) -> Table:
        path = tmp_path / "table"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return files.read(path, "table.csv", at_most, **options)

    return read


@pytest.fixture
def refusal(read: Read) -> Callable[[str | bytes], str]:
    def refusal(content: str | bytes) -> str:
        with pytest.raises(UnreadableTableError) as refused:
            read(content)
        assert refused.value.hint, "what to do next"
        return refused.value.message

    return refusal


def rows(table: Table) -> list[list[object]]:
    return [[None if pd.isna(cell) else cell for cell in row] for row in table.frame.to_numpy(dtype=object).tolist()]


PLAIN = [["ann", 1.5], ["bo", 2.5]]


@pytest.mark.parametrize("separator", csv_files.SEPARATORS)
def test_every_usual_separator_is_found(read: Read, separator: str) -> None:
    assert rows(read(f"who{separator}amount\nann{separator}1.5\nbo{separator}2.5\n")) == PLAIN


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read(read: Read, end: str) -> None:
    assert rows(read(end.join(["who,amount", "ann,1.5", "bo,2.5"]))) == PLAIN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_usual_encoding_is_read(read: Read, encoding: str) -> None:
    table = read("Größe,café\nweiß,3\n".encode(encoding))
    assert list(table.frame) == ["Größe", "café"]
    assert rows(table) == [["weiß", 3]]
    assert any("Windows-1252" in note for note in table.notes) == (encoding == "cp1252")


def test_a_separator_named_in_the_first_line_is_taken_at_its_word(read: Read) -> None:
    assert rows(read("sep=;\nwho;amount\nann;1,5\nbo;2,5\n")) == PLAIN


def test_a_cell_may_hold_separators_quotation_marks_and_line_ends(read: Read) -> None:
    assert rows(read('who,said\nann,"a, ""b""\nc"\nbo,5" pipe\n')) == [["ann", 'a, "b"\nc'], ["bo", '5" pipe']]


def test_text_stays_as_it_is_where_text_is_asked_for(read: Read) -> None:
    table = read("item,label\n007, None \n1.50,NA\n ,nan\n", as_text=True)
    assert rows(table) == [["007", "None"], ["1.50", "NA"], [None, "nan"]]


def test_rows_and_fingerprint_are_those_of_the_file(read: Read) -> None:
    content = "a,b\n1,2\n\n3,4\n,\n"
    table = read(content)
    assert table.rows == 2
    assert not table.is_sample
    assert table.sha256 == hashlib.sha256(content.encode()).hexdigest()


# Names


def test_a_title_above_the_names_is_passed_over_and_it_is_said(read: Read) -> None:
    table = read("Sales of 2026\n\nwho,amount,day\nann,1,2026-01-31\n")
    assert list(table.frame) == ["who", "amount", "day"]
    assert table.notes == ("Line 3 names the columns; what stands above it (“Sales of 2026”) was passed over.",)


def test_values_never_become_names(read: Read, refusal: Callable[[str], str]) -> None:
    assert list(read("1,2\n3,4\n").frame) == ["Column 1", "Column 2"]
    assert refusal("who,amount\nann,1,2\nbo,3,4\n") == "Line 1 names 2 columns, but line 2 has 3 cells."


def test_numbers_that_count_up_are_names(read: Read) -> None:
    assert list(read("0,1,2\n3,4,5\n").frame) == ["0", "1", "2"]
    assert list(read("2024,2025,2026\n3,4,5\n").frame) == ["2024", "2025", "2026"]
    assert list(read("2024,2026,2025\n3,4,5\n").frame) == ["Column 1", "Column 2", "Column 3"]


def test_equal_and_empty_names_are_told_apart_and_it_is_said(read: Read) -> None:
    table = read("a,a,,a (2)\n1,2,3,4\n")
    assert list(table.frame) == ["a", "a (3)", "Column 3", "a (2)"]
    assert table.notes == (
        "One column has no name; it is called “Column 3” here.",
        "More than one column is called “a”; the next one is called “a (3)” here.",
    )


@pytest.mark.parametrize("content", ["a,b,\n1,2,\n3,4,\n", "a,b,\n1,2\n3,4\n", "a,b\n1,2,\n3,4,,\n"])
def test_separators_at_the_end_of_lines_make_no_columns(read: Read, content: str) -> None:
    assert rows(read(content)) == [[1, 2], [3, 4]]


@pytest.mark.parametrize("name", ["'; DROP TABLE x; --", "=1+1", "مبلغ", "<b>bold</b>", "a\nb", "x" * 400, "\u202eevil", "🦆"])
def test_a_column_may_be_called_anything(read: Read, name: str) -> None:
    (found, _) = read(f'"{name}",b\n1,2\n').frame
    assert found == scoping_words.short(name, 300)


# Refusals


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("a,b,c\n1,2,3\n4,5\n", "Line 3 has 2 cells, but there are 3 columns; there is none for “c”."),
        ("a,b\n1,2\n3,4,five\n6,7\n", "Line 3 has 3 cells, but there are 2 columns; “five” is one too many."),
        ('a,b\n1,"x\ny"\n2\n', "Line 4 has 1 cell, but there are 2 columns; there is none for “b”."),
        ('a,b\n1,x\n2,"open\n3,y\n', "A quotation mark is opened in line 3 and never closed."),
        ('a,b\n1,"x"y\n', "Line 2 has a quotation mark in the wrong place."),
        ('a,b\n1,"' + "x" * 200_000 + '"\n', "A cell that begins in line 2 has more than 100,000 characters."),
        (",".join(["x"] * 3_000) + "\n" + ",".join(["1"] * 3_000), "The table has 3,000 columns; at most 2,000 can be read."),
        ("a,b\n", "The table has column names but no rows below them."),
        ("", "The file is empty."),
        ("\n \n\t\n", "The file is empty."),
        (",,\n,,\n", "The table is empty."),
        (b"a,b\n1,2\n3,\x00\n", "Line 3 holds a byte that is no text in UTF-8 or Windows-1252."),
        (b"a,b\n1,2\n\x81\xff,4\n", "Line 3 holds a byte that is no text in UTF-8 or Windows-1252."),
        ("a,b\nü,2\n".encode("utf-16")[:-3], "The text cannot be read from line 2 on."),
        ("<!DOCTYPE html><html>", "The file is a web page or XML, not a table."),
        ('[{"a": 1}]', "The file is JSON, not a table."),
        (b"MZ\x90\x00\x03", "The file is a program, which cannot be read."),
        (b"\x7fELF\x02", "The file is a program, which cannot be read."),
        (b"\x89PNG\r\n", "The file is a picture, which cannot be read."),
        (b"%PDF-1.7", "The file is a PDF document, which cannot be read."),
        (b"\x1f\x8b\x08", "The file is compressed, which cannot be read."),
        (b"SQLite format 3\x00", "The file is a database, which cannot be read."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            "The file is a workbook in the old format (.xls), or one that a password protects, which cannot be read.",
        ),
    ],
)
def test_what_cannot_be_read_is_named(refusal: Callable[[str | bytes], str], content: str | bytes, sentence: str) -> None:
    assert refusal(content) == sentence


def test_a_row_that_does_not_fit_far_down_is_named_too(refusal: Callable[[str], str]) -> None:
    assert refusal("a,b\n" + "1,2\n" * 300_000 + "3\n").startswith("Line 300002 has 1 cell")


def test_two_letters_at_the_beginning_make_no_program_of_a_table(read: Read) -> None:
    assert rows(read("MZ,BZh\n1,2\n")) == [[1, 2]]


# Kinds


@pytest.mark.parametrize(
    ("cells", "kind", "values"),
    [
        (["1", "2"], Holds.WHOLE, [1, 2]),
        (["+1", "-2"], Holds.WHOLE, [1, -2]),
        (["1", ""], Holds.WHOLE, [1.0, None]),
        (["1.5", ".5", "2.", "1e3"], Holds.NUMBER, [1.5, 0.5, 2.0, 1000.0]),
        (["1,5", "2,25"], Holds.NUMBER, [1.5, 2.25]),
        (["1.234,5", "7"], Holds.NUMBER, [1234.5, 7.0]),
        (["1,234.5", "1,234,567"], Holds.NUMBER, [1234.5, 1234567.0]),
        (["1 234,5", "1\u00a0234,5"], Holds.NUMBER, [1234.5, 1234.5]),
        (["1,234,567", "1"], Holds.WHOLE, [1234567, 1]),
        (["1,500", "2,250"], Holds.TEXT, ["1,500", "2,250"]),
        (["01234", "99999"], Holds.TEXT, ["01234", "99999"]),
        (["12345678901234567", "1"], Holds.TEXT, ["12345678901234567", "1"]),
        (["1", "NA", "n/a", "-"], Holds.WHOLE, [1.0, None, None, None]),
        (["yes", "NA"], Holds.TEXT, ["yes", None]),
        (["NA", "-"], Holds.NOTHING, [None, None]),
        (["", ""], Holds.NOTHING, [None, None]),
        (["TRUE", "false"], Holds.YES_NO, [True, False]),
        (["true", ""], Holds.YES_NO, [True, None]),
        (["inf", "1"], Holds.TEXT, ["inf", "1"]),
        (["2026-01-31", "2026-02-01T10:30:00"], Holds.DATE, [pd.Timestamp(2026, 1, 31), pd.Timestamp(2026, 2, 1, 10, 30)]),
        (["2026-01-31T10:00:00+02:00", "NA"], Holds.DATE, [pd.Timestamp(2026, 1, 31, 8), None]),
        (["31.01.2026", "1.2.2026"], Holds.DATE, [pd.Timestamp(2026, 1, 31), pd.Timestamp(2026, 2, 1)]),
        (["31/01/2026", "01/02/2026"], Holds.DATE, [pd.Timestamp(2026, 1, 31), pd.Timestamp(2026, 2, 1)]),
        (["1/31/2026 5:30 PM", "2/1/2026 1:00 AM"], Holds.DATE, [pd.Timestamp(2026, 1, 31, 17, 30), pd.Timestamp(2026, 2, 1, 1)]),
        (["01/02/2026", "03/04/2026"], Holds.TEXT, ["01/02/2026", "03/04/2026"]),
        (["2026-02-30", "2026-01-01"], Holds.TEXT, ["2026-02-30", "2026-01-01"]),
        (["9999-12-31", "2026-01-01"], Holds.DATE, [pd.Timestamp("9999-12-31"), pd.Timestamp(2026, 1, 1)]),
    ],
)
def test_columns_hold_what_was_meant_and_what_is_doubtful_stays_text(
    tmp_path: Path, read: Read, cells: list[str], kind: Holds, values: list[object]
) -> None:
    content = "n|x\n" + "".join(f"{i}|{cell}\n" for i, cell in enumerate(cells))
    found = [None if pd.isna(cell) else cell for cell in read(content).frame["x"].tolist()]
    assert found == values
    seen = files.preview(tmp_path / "table", "table.csv").column("x")
    assert seen is not None
    assert (seen.kind, seen.missing) == (kind, values.count(None))


def test_a_column_that_is_beyond_doubt_settles_the_others(read: Read) -> None:
    assert rows(read("a;b\n1,5;1,500\n2,5;2,250\n")) == [[1.5, 1.5], [2.5, 2.25]]
    assert rows(read("a;b\n1.5;1,500\n2.5;2,250\n")) == [[1.5, 1500], [2.5, 2250]]


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        (["1,500"], "“x” is read as text: “1,500” may mean thousands or decimals."),
        (["01/02/2026"], "“x” is read as text: “01/02/2026” may be day or month first."),
        ([*map(str, range(20)), "12 apples"], "“x” is read as text, because “12 apples” is not a number."),
        (["1", "NA"], "“x”: one cell says “NA” and counts as missing."),
        (["1", "?", "-"], "“x”: 2 cells such as “?” count as missing."),
    ],
)
def test_what_is_doubtful_is_said(read: Read, cells: list[str], note: str) -> None:
    (said,) = read("n|x\n" + "".join(f"{i}|{cell}\n" for i, cell in enumerate(cells))).notes
    assert said.startswith(note)


def test_numbers_are_those_that_pandas_reads(read: Read, tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    frame = pd.DataFrame({"x": rng.normal(size=5_000) * 10.0 ** rng.integers(-20, 20, 5_000), "n": rng.integers(-9, 9, 5_000)})
    frame.loc[rng.random(5_000) < 0.1, "x"] = np.nan
    read_back = read(frame.to_csv(index=False), at_most=10_000).frame
    pd.testing.assert_frame_equal(read_back, frame, check_exact=True)


# Samples


@pytest.mark.parametrize("mark", ["", '"'])
def test_a_long_table_is_sampled_at_random_in_order_and_it_is_said(read: Read, mark: str) -> None:
    content = "n,word\n" + "".join(f"{i},{mark}w{i}{mark}\n" for i in range(50_000))
    table = read(content, at_most=1_000)
    drawn = table.frame["n"].tolist()
    assert (table.rows, len(drawn)) == (50_000, 1_000)
    assert table.is_sample
    assert drawn == sorted(set(drawn))
    assert table.frame["word"].tolist() == [f"w{i}" for i in drawn]
    # Five standard errors of the mean of 1,000 draws.
    assert abs(np.mean(drawn) - 25_000) < 5 * 50_000 / 12**0.5 / 1_000**0.5
    assert table.notes == ("1,000 of 50,000 rows were drawn at random (seed 1), in the order of the table.",)
    assert read(content, at_most=1_000).frame["n"].tolist() == drawn


def test_reading_tells_how_far_it_is(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text('n,"m"\n' + "1,2\n" * 100_000)
    told: list[float] = []
    files.read(path, "long.csv", 1_000, tell=lambda share, _: told.append(share))
    assert len(told) > 10
    assert told == sorted(told)
    assert all(0 <= share <= 1 for share in told)


# Previews


def test_a_preview_shows_the_beginning_of_a_table(tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_text("item,label,note\n" + "".join(f"{i % 7000},l{i % 3},\n" for i in range(20_000)))
    preview: Preview = files.preview(path, "labels.csv")
    assert (preview.name, preview.rows_seen, preview.is_whole) == ("labels.csv", 5_000, False)
    assert preview.names == ("item", "label", "note")
    assert [(c.kind, c.distinct, c.missing) for c in preview.columns] == [
        (Holds.WHOLE, 5_000, 0),
        (Holds.TEXT, 3, 0),
        (Holds.NOTHING, 0, 5_000),
    ]
    assert preview.columns[1].examples == ("l0", "l1", "l2")
    assert preview.first_rows[:2] == (("0", "l0", ""), ("1", "l1", ""))
    assert Preview.model_validate_json(preview.model_dump_json()) == preview
