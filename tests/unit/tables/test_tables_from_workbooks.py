"""Excel and Parquet files: values as their columns hold them, and a sentence for what cannot be read."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from scoping.tables import files
from scoping.tables.table import Holds, UnreadableTableError

Save = Callable[..., Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """A workbook with these sheets, in a file whose name says nothing."""

    def save(**sheets: list[list[object]]) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, lines in sheets.items():
            sheet = book.create_sheet(name)
            for line in lines:
                sheet.append(line)
        book.save(tmp_path / "book")
        return tmp_path / "book"

    return save


def refusal(path: Path, **options: Any) -> str:
    with pytest.raises(UnreadableTableError) as refused:
        files.read(path, "book.xlsx", 1_000, **options)
    assert refused.value.hint, "what to do next"
    return refused.value.message


def cells(path: Path, **options: Any) -> dict[str, list[object]]:
    frame = files.read(path, "book.xlsx", 1_000, **options).frame
    return {name: [None if pd.isna(cell) else cell for cell in frame[name].tolist()] for name in frame}


AT = dt.datetime(2026, 1, 31, 10, 30, tzinfo=dt.UTC).replace(tzinfo=None)
MIXED = [
    ["who", "n", "x", "day", "at", "ok", "code", "mix"],
    ["ann", 1, 1.5, dt.date(2026, 1, 31), AT, True, "007", 5],
    ["bo", 2, None, dt.date(2026, 2, 1), None, False, "12", "NA"],
]


def test_cells_of_a_workbook_keep_their_kinds(save: Save) -> None:
    assert cells(save(Sheet=MIXED)) == {
        "who": ["ann", "bo"],
        "n": [1, 2],
        "x": [1.5, None],
        "day": [pd.Timestamp(2026, 1, 31), pd.Timestamp(2026, 2, 1)],
        "at": [pd.Timestamp(2026, 1, 31, 10, 30), None],
        "ok": [True, False],
        "code": ["007", "12"],
        "mix": [5, None],
    }


def test_cells_of_a_workbook_can_be_read_as_text(save: Save) -> None:
    found = cells(save(Sheet=MIXED), as_text=True)
    assert found["n"] == ["1", "2"]
    assert found["x"] == ["1.5", None]
    assert found["day"] == ["2026-01-31", "2026-02-01"]
    assert found["at"] == ["2026-01-31 10:30:00", None]
    assert found["ok"] == ["TRUE", "FALSE"]
    assert found["mix"] == ["5", "NA"]


def test_the_sheets_are_offered_and_the_first_with_cells_is_read(save: Save) -> None:
    path = save(Empty=[], Labels=[["item", "label"], ["a", "x"]], Other=[["b"], [1]])
    preview = files.preview(path, "book.xlsx")
    assert (preview.sheet, preview.sheets) == ("Labels", ("Empty", "Labels", "Other"))
    assert cells(path, sheet="Other") == {"b": [1]}
    assert refusal(path, sheet="Third") == "The workbook has no sheet “Third”."


def test_a_hidden_sheet_is_not_offered(save: Save) -> None:
    path = save(Shown=[["a"], [1]], Hidden=[["b"], [2]])
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    book["Hidden"].sheet_state = "hidden"
    book.save(path)
    assert files.preview(path, "book.xlsx").sheets == ("Shown",)


def test_a_refused_sheet_still_offers_the_others(save: Save) -> None:
    path = save(Notes=[["only words"]], Labels=[["a"], [1]])
    with pytest.raises(UnreadableTableError) as refused:
        files.preview(path, "book.xlsx")
    assert refused.value.sheets == ("Notes", "Labels")


def test_a_table_may_begin_anywhere_and_end_in_formatted_emptiness(save: Save) -> None:
    path = save(
        Sheet=[[], ["Labels, May"], [], [None, "item", "label", None], [None, "a", "x", ""], [None, "b", None, None], [None]]
    )
    assert cells(path) == {"item": ["a", "b"], "label": ["x", None]}


def test_a_cell_beyond_the_named_columns_is_named(save: Save) -> None:
    assert refusal(save(Sheet=[["a", "b"], [1, 2], [3, 4, "note"]])) == (
        "Row 3 has 3 cells, but there are 2 columns; “note” is one too many."
    )


def test_a_formula_that_was_never_calculated_is_named(save: Save) -> None:
    path = save(Sheet=[["a", "b"], [1, 2], [3, "=A3*2"]])
    assert refusal(path) == "Cell B3 holds a formula without a result."


def test_a_formula_with_its_result_is_read_as_the_result(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "book") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_number(1, 0, 3)
        sheet.write_formula(1, 1, "=A2*2", None, 6)
    assert cells(tmp_path / "book") == {"a": [3], "b": [6]}


def test_a_formula_whose_result_is_an_empty_text_is_an_empty_cell(save: Save) -> None:
    def as_programs_store_it(_: str, content: bytes) -> bytes:
        return content.replace(b"<v />", b"<v></v>").replace(b"<v/>", b"<v></v>").replace(b'<c r="B2">', b'<c r="B2" t="str">')

    path = repacked(save(Sheet=[["a", "b"], [1, '=IF(A2=1,"","x")'], [2, "y"]]), as_programs_store_it)
    assert cells(path) == {"a": [1, 2], "b": [None, "y"]}


def test_rows_whose_formulas_all_give_an_empty_text_are_no_rows(save: Save) -> None:
    def as_programs_store_it(_: str, content: bytes) -> bytes:
        for cell in (b"A3", b"B3"):
            content = content.replace(b'<c r="%s">' % cell, b'<c r="%s" t="str">' % cell)
        return content

    path = repacked(save(Sheet=[["a", "b"], [1, 2], ['=""', '=""']]), as_programs_store_it)
    assert cells(path) == {"a": [1], "b": [2]}


def test_a_workbook_of_many_rows_is_sampled_in_order(save: Save) -> None:
    table = files.read(save(Sheet=[["n"], *([i] for i in range(3_000))]), "book.xlsx", 500)
    drawn = table.frame["n"].tolist()
    assert (table.rows, len(drawn)) == (3_000, 500)
    assert drawn == sorted(set(drawn))


# Files that are built to harm, or broken


def repacked(path: Path, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> Path:
    with zipfile.ZipFile(path) as old:
        parts = {name: change(name, old.read(name)) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in (parts | (more or {})).items():
            new.writestr(name, content)
    return path


@pytest.fixture
def book(save: Save) -> Path:
    return save(Sheet=[["item", "label"], ["a", "x"]])


def test_a_far_cell_is_named_within_a_second(book: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    repacked(book, lambda name, part: part.replace(b"</sheetData>", far) if "sheet1" in name else part)
    assert refusal(book).startswith("Row 1048576 has a value in column XFD")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
    ],
)
def test_declarations_that_grow_or_fetch_are_refused(book: Path, part: str, declared: bytes) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        head, mark, rest = content.partition(b"?>")
        return head + mark + declared + rest if mark else declared + content

    repacked(book, change)
    assert refusal(book) == "The workbook holds a document type declaration, as no spreadsheet program writes."


def test_a_workbook_that_unpacks_without_end_is_refused(book: Path) -> None:
    repacked(book, lambda _, content: content, {"xl/media/huge": b"\0" * 50_000_000})
    assert refusal(book).startswith("The workbook unpacks to 50 MB")


def test_a_workbook_of_thousands_of_parts_is_refused(book: Path) -> None:
    repacked(book, lambda _, content: content, {f"xl/media/{i}": b"" for i in range(3_000)})
    assert "3,0" in refusal(book)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_refused(book: Path) -> None:
    with zipfile.ZipFile(book, "a") as parts:
        parts.writestr("xl/workbook.xml", b"<x/>")
    assert refusal(book) == "The workbook is damaged."


def test_a_workbook_that_was_cut_short_is_named(book: Path) -> None:
    book.write_bytes(book.read_bytes()[:-200])
    assert refusal(book) == "The workbook is damaged or was cut short."


@pytest.mark.parametrize(
    "content", [b"", b"<worksheet>", b"<x/>", b"\xff\xfe", b'<worksheet><sheetData><row r="a"/></sheetData></worksheet>']
)
def test_a_sheet_that_breaks_the_format_is_refused(book: Path, content: bytes) -> None:
    repacked(book, lambda name, part: content if "sheet1" in name else part)
    assert refusal(book) in ("The workbook is damaged.", "The table is empty.")


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"},
            "The file is an OpenDocument file, which cannot be read.",
        ),
        ({"xl/workbook.bin": b""}, "The file is a binary workbook (.xlsb), which cannot be read."),
        ({"word/document.xml": b"<x/>"}, "The file is an archive or a document, but no workbook."),
        ({"table.csv": b"a,b\n1,2\n"}, "The file is an archive or a document, but no workbook."),
    ],
)
def test_what_is_packed_like_a_workbook_is_named(tmp_path: Path, parts: dict[str, bytes], sentence: str) -> None:
    with zipfile.ZipFile(tmp_path / "book", "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    assert refusal(tmp_path / "book") == sentence


# Parquet


@pytest.fixture
def parquet(tmp_path: Path) -> Callable[..., Path]:
    def parquet(table: pa.Table, **options: Any) -> Path:
        pq.write_table(table, tmp_path / "book", **options)
        return tmp_path / "book"

    return parquet


PLAIN = pa.table(
    {
        "n": [1, 2, None],
        "code": ["007", None, "x"],
        "price": [Decimal("1.50"), None, Decimal(2)],
        "day": [dt.date(2026, 1, 31)] * 3,
        "at": pa.array([dt.datetime(2026, 1, 31, 10, tzinfo=dt.UTC)] * 3),
        "kind": pa.array(["u", "v", "u"]).dictionary_encode(),
        "ok": [True, None, False],
        "id": pa.array([2**60, 1, 2], pa.uint64()),
    }
)


def test_columns_of_a_parquet_file_keep_their_kinds(parquet: Callable[..., Path]) -> None:
    path = parquet(PLAIN)
    assert cells(path) == {
        "n": [1, 2, None],
        "code": ["007", None, "x"],
        "price": [1.5, None, 2.0],
        "day": [pd.Timestamp(2026, 1, 31)] * 3,
        "at": [pd.Timestamp(2026, 1, 31, 10)] * 3,
        "kind": ["u", "v", "u"],
        "ok": [True, None, False],
        "id": [str(2**60), "1", "2"],
    }
    kinds = [column.kind for column in files.preview(path, "x").columns]
    assert kinds == [Holds.WHOLE, Holds.TEXT, Holds.NUMBER, Holds.DATE, Holds.DATE, Holds.TEXT, Holds.YES_NO, Holds.TEXT]
    assert cells(path, as_text=True)["price"] == ["1.5", None, "2"]


def test_lists_records_and_bytes_are_left_out_and_it_is_said(parquet: Callable[..., Path]) -> None:
    path = parquet(pa.table({"n": [1], "list": [[1]], "bytes": [b"x"], "record": [{"a": 1}]}))
    table = files.read(path, "x", 10)
    assert list(table.frame) == ["n"]
    assert table.notes == ("“list” and 2 more are left out: no plain values.",)


def test_infinite_numbers_count_as_missing_and_it_is_said(parquet: Callable[..., Path]) -> None:
    table = files.read(parquet(pa.table({"x": [np.inf, 1.5, np.nan]})), "x", 10)
    assert table.frame["x"].isna().tolist() == [True, False, True]
    assert table.notes == ("“x” holds infinite numbers; they count as missing.",)


def test_a_long_parquet_file_is_sampled_in_order(parquet: Callable[..., Path]) -> None:
    path = parquet(pa.table({"n": np.arange(200_000)}), row_group_size=30_000)
    table = files.read(path, "x", 1_000)
    drawn = table.frame["n"].tolist()
    assert (table.rows, len(drawn)) == (200_000, 1_000)
    assert drawn == sorted(set(drawn))
    assert abs(np.mean(drawn) - 100_000) < 5 * 200_000 / 12**0.5 / 1_000**0.5


def test_a_parquet_file_that_was_cut_short_is_named(parquet: Callable[..., Path]) -> None:
    path = parquet(PLAIN)
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    assert refusal(path) == "The Parquet file is damaged or was cut short."
    path.write_bytes(whole[:20] + b"\xff" * 60 + whole[80:])
    assert refusal(path) == "The Parquet file is damaged or was cut short."


def test_a_parquet_file_without_rows_is_named(parquet: Callable[..., Path]) -> None:
    assert refusal(parquet(PLAIN.slice(0, 0))) == "The table has no rows of plain values."
