"""Any table that a program writes as text is read back cell by cell, whatever stands in it."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import Literal

import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scoping.section import clean
from scoping.tables import csv_files, files
from scoping.words import short

Rows = list[list[str]]
_ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
_PLAIN = st.text("aZ é漢019.-", max_size=12)
"""Needs no quotation marks, so that the quick reader takes it."""


@st.composite
def tables_of(draw: st.DrawFn, text: st.SearchStrategy[str]) -> Rows:
    width = draw(st.integers(2, 5))
    name = text.map(lambda text: "n" + text)
    names = draw(st.lists(name, min_size=width, max_size=width, unique_by=lambda name: short(str(clean(name)), 300)))
    row = st.lists(text, min_size=width, max_size=width).filter(lambda cells: any(cell.strip() for cell in cells))
    return [names, *draw(st.lists(row, min_size=1, max_size=8))]


def read_back(rows: Rows, separator: str, end: str, encoding: str, quoting: Literal[1, 3]) -> Rows:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(out.getvalue().encode(encoding))
        frame = files.read(path, "table.csv", 100, as_text=True).frame
    cells = [["" if pd.isna(cell) else cell for cell in row] for row in frame.to_numpy(dtype=object).tolist()]
    return [list(frame), *cells]


def meant(rows: Rows) -> Rows:
    return [[short(str(clean(name)), 300) for name in rows[0]], *([cell.strip() for cell in row] for row in rows[1:])]


@settings(max_examples=100, deadline=None)
@given(
    tables_of(_ANY),
    st.sampled_from(csv_files.SEPARATORS),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
@example([["na", "nb"], ["NA", "007"]], ",", "\n", "utf-8")
@example([["na", "nb"], ['"', "\r\n"]], ";", "\r\n", "utf-16")
def test_text_is_read_back_as_it_was_written(rows: Rows, separator: str, end: str, encoding: str) -> None:
    assert read_back(rows, separator, end, encoding, csv.QUOTE_ALL) == meant(rows)


@settings(max_examples=100, deadline=None)
@given(
    tables_of(_PLAIN),
    st.sampled_from(csv_files.SEPARATORS),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_plain_text_is_too(rows: Rows, separator: str, end: str, encoding: str) -> None:
    assert read_back(rows, separator, end, encoding, csv.QUOTE_NONE) == meant(rows)
