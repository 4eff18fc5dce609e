"""Files that are built to exhaust whoever reads them end in a sentence, at the cost of one process with bounded memory and time."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from storage.children import Children, Finished, Refused, TaskState
from storage.jobs import MEMORY, PREVIEW_SECONDS
from tests.tools import until

SECONDS = 60
"""Generous, for machines that run other things."""
NOISE = np.random.default_rng(1).bytes(1_000_000)
SETTINGS = {"truth": "a", "prediction": "b", "lists": ["a"]}

Run = Callable[..., TaskState]


@pytest.fixture
def run() -> Iterator[Run]:
    """Has a file read in a process as the server would."""
    children = Children(1, SECONDS)

    def run(path: Path, kind: str = "measure", memory: int = MEMORY, seconds: int = PREVIEW_SECONDS) -> TaskState:
        task = children.start(
            {
                "kind": kind,
                "method": "slices",
                "name": "upload.csv",
                "path": str(path),
                "database": "",
                "sheet": "",
                "memory": memory,
                "seconds": seconds,
                "settings": SETTINGS,
            }
        )
        assert until(lambda: task.is_over, SECONDS)
        return task.state

    yield run
    children.close()


def text(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def one_endless_cell(path: Path) -> None:
    text(path, b'a,b\n1,"' + b"x" * 60_000_000)


def one_endless_line(path: Path) -> None:
    text(path, b"a,b\n" + b"1," * 20_000_000)


def a_million_columns(path: Path) -> None:
    text(path, b",".join([b"x"] * 1_000_000) + b"\n" + b",".join([b"1"] * 1_000_000))


def noise(path: Path) -> None:
    text(path, NOISE)


def only_quotation_marks(path: Path) -> None:
    text(path, b'"' * 5_000_001)


def _book(path: Path, part: str, content: bytes) -> None:
    """A workbook in which one part is replaced."""
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, old_content in (parts | {part: content}).items():
            new.writestr(name, content if name == part else old_content)


_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
SHEET = "xl/worksheets/sheet1.xml"


def a_cell_of_gigabytes(path: Path) -> None:
    _book(
        path, SHEET, _SHEET.format('<row r="1"><c r="A1" t="inlineStr"><is><t>' + "x" * 60_000_000 + "</t></is></c></row>").encode()
    )


def millions_of_words(path: Path) -> None:
    _book(path, "xl/sharedStrings.xml", b"<sst>" + b"<si><t>a</t></si>" * 3_000_000 + b"</sst>")


def a_cell_at_the_end_of_the_sheet(path: Path) -> None:
    _book(path, SHEET, _SHEET.format('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>').encode())


def a_billion_laughs(path: Path) -> None:
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    _book(path, SHEET, f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>{_SHEET.format("<row><c><v>&a9;</v></c></row>")}'.encode())


def a_file_of_the_server(path: Path) -> None:
    declared = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    _book(path, SHEET, (declared + _SHEET.format("<row><c><v>&a;</v></c></row>")).encode())


def a_broken_archive(path: Path) -> None:
    text(path, b"PK\x03\x04" + NOISE[:10_000])


def a_broken_parquet_file(path: Path) -> None:
    text(path, b"PAR1" + NOISE[:10_000] + b"PAR1")


HOSTILE = [
    one_endless_cell,
    one_endless_line,
    a_million_columns,
    noise,
    only_quotation_marks,
    a_cell_of_gigabytes,
    millions_of_words,
    a_cell_at_the_end_of_the_sheet,
    a_billion_laughs,
    a_file_of_the_server,
    a_broken_archive,
    a_broken_parquet_file,
]


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_file_ends_in_a_sentence(run: Run, tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "upload"
    make(path)
    state = run(path, "preview")
    assert isinstance(state, Refused)
    assert state.error.message.endswith(".")
    assert state.error.hint
    assert "incident" not in str(state.error)
    assert "root:" not in str(state.error)


def long_words(path: Path) -> None:
    """A small file of ten million cells, each of which holds a book."""
    words = pa.array(["x" * 1_000_000, "y"]).dictionary_encode().dictionary
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 1_000_000, pa.int8()), words)
    pq.write_table(pa.table({"a": column, "b": column}), path)


def test_what_needs_more_memory_than_it_may_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    long_words(path)
    assert path.stat().st_size < 1_000_000
    state = run(path)
    assert isinstance(state, Refused)
    assert state.error.message == "The table needs more memory than one check may use."


def test_what_computes_longer_than_it_may_is_ended(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(b'a,b,"c"\n' + b"1,2,3\n" * 5_000_000)
    began = time.monotonic()
    state = run(path, seconds=2)
    assert isinstance(state, Refused)
    assert state.error.message == "This took too long and was ended."
    assert time.monotonic() - began < SECONDS


def test_after_all_that_an_honest_table_is_measured(run: Run, tmp_path: Path) -> None:
    (tmp_path / "upload").write_bytes(b"a,b\nyes,yes\nno,yes\n")
    run(tmp_path / "gone")
    state = run(tmp_path / "upload", "preview")
    assert isinstance(state, Finished)
    assert state.answer["rows_seen"] == 2
