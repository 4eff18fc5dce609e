"""Text with separators: any usual separator, encoding and line end, read line by line."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from functools import partial, reduce
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, TextIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from scoping.tables.grids import Grid, Piece, Row
from scoping.tables.table import UnreadableTableError

SEPARATORS = (",", ";", "\t", "|")
LONGEST_CELL = 100_000
_BLOCK = 1 << 20
_BLOCKS_AT_ONCE, _BLOCKS_AT_MOST = 4, 48
_WIDE = 200
"""Tables with more columns than this pass in larger pieces, since each column of a piece costs some time whatever its length."""
_READ_AHEAD = 32 * _BLOCK
"""Bytes that the quick reader is ahead."""
_SCANNED_FOR_PREVIEW = 16
_LOOKED_AT = 100
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; those of UTF-32 begin like those of UTF-16, so they come first."""
_WESTERN = (
    "The text is not in UTF-8 and was read as Western European (Windows-1252). If accents look wrong, save the file as UTF-8."
)


def open_grid(path: Path, *, whole: bool) -> Grid:
    """The file as rows of text.

    Args:
        whole: whether its encoding is checked to the end, rather than for a preview.
    """
    encoding, notes = _encoding(path, whole=whole)
    separator, skipped = _separator(path, encoding)
    walk = _Walk(path, encoding, separator, skipped)
    # Quotation marks can be wrong in ways that only the row by row reader names, and so can other encodings.
    is_plain = whole and encoding in ("utf-8", "utf-8-sig", "cp1252") and not _has_quotes(path)
    quick = partial(_quickly, path, encoding.removesuffix("-sig"), separator) if is_plain else None
    return Grid(rows=walk.rows, number=walk.number, share=walk.share, place="Line", pads=False, notes=notes, quick=quick)


def _has_quotes(path: Path) -> bool:
    with path.open("rb") as file:
        return any(b'"' in block for block in iter(lambda: file.read(_BLOCK), b""))


def _quickly(path: Path, encoding: str, separator: str, from_line: int, names: Sequence[str]) -> Iterator[Piece]:
    """The rows of a file without quotation marks, block by block. Raises ArrowInvalid for a row with too many or too few cells."""
    size = path.stat().st_size
    places = [f"c{i}" for i in range(len(names))]
    with path.open("rb") as file:
        blocks = pcsv.open_csv(
            file,
            read_options=pcsv.ReadOptions(
                use_threads=False, block_size=_BLOCK, column_names=places, skip_rows=from_line - 1, encoding=encoding
            ),
            parse_options=pcsv.ParseOptions(delimiter=separator, quote_char=False),
            convert_options=pcsv.ConvertOptions(column_types=dict.fromkeys(places, pa.string()), strings_can_be_null=False),
        )
        while several := list(islice(blocks, _BLOCKS_AT_MOST if len(names) > _WIDE else _BLOCKS_AT_ONCE)):
            rows = pa.Table.from_batches(several)
            filled = pc.invert(reduce(pc.and_, (pc.equal(pc.utf8_trim_whitespace(column), "") for column in rows.columns)))
            read = max(0.0, (file.tell() - _READ_AHEAD) / size)
            yield read, dict(zip(names, rows.filter(filled).combine_chunks().columns, strict=True))


def _encoding(path: Path, *, whole: bool) -> tuple[str, tuple[str, ...]]:
    with path.open("rb") as file:
        head = file.read(4_096)
        for mark, encoding in _MARKS:
            if head.startswith(mark):
                return encoding, ()
        for encoding, at in (("utf-16-le", 1), ("utf-16-be", 0)):
            if head[at::2].count(0) > 0.4 * len(head) / 2 and not head[1 - at :: 2].count(0):
                return encoding, ()
    blocks = None if whole else _SCANNED_FOR_PREVIEW
    bad = _first_bad_line(path, "utf-8", blocks)
    if bad is None:
        return "utf-8", ()
    if _first_bad_line(path, "cp1252", blocks) is None:
        return "cp1252", (_WESTERN,)
    raise UnreadableTableError(
        f"Line {bad} holds a byte that is no text in UTF-8 or Windows-1252.",
        "Save the table as CSV in UTF-8, or as an Excel workbook (.xlsx), and choose that file.",
    )


def _first_bad_line(path: Path, encoding: str, blocks: int | None) -> int | None:
    """The first line that is no text in this encoding. A NUL byte is no text in any."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        for block in islice(iter(lambda: file.read(_BLOCK), b""), blocks):
            bad = block.find(0)
            try:
                decoder.decode(block)
            except UnicodeDecodeError as error:
                bad = error.start if bad < 0 else min(bad, error.start)
            if bad >= 0:
                return line + block.count(b"\n", 0, bad)
            line += block.count(b"\n")
    return None


def _separator(path: Path, encoding: str) -> tuple[str, int]:
    """The separator, and how many lines to pass over: a first line may name it, as in `sep=;`."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        lines = list(islice(file, _LOOKED_AT))
    first = lines[0].strip() if lines else ""
    if first.casefold().startswith("sep=") and first[4:] in SEPARATORS:
        return first[4:], 1
    scores = {separator: _agreement(lines, separator) for separator in SEPARATORS}
    return max(SEPARATORS, key=lambda s: scores[s]), 0


def _agreement(lines: Sequence[str], separator: str) -> tuple[float, int]:
    """The share of rows with the usual number of cells, and that number; nothing when that is one."""
    widths: list[int] = []
    with contextlib.suppress(csv.Error):
        widths.extend(len(row) for row in csv.reader(lines, delimiter=separator) if any(row))
    if not widths:
        return (0.0, 0)
    width, count = max(Counter(widths).items(), key=lambda item: (item[1], item[0]))
    return (count / len(widths), width) if width > 1 else (0.0, 0)


class _Walk:
    """Walks through the rows, and knows how far it is."""

    def __init__(self, path: Path, encoding: str, separator: str, skipped: int) -> None:
        self._path = path
        self._encoding = encoding
        self._separator = separator
        self._skipped = skipped
        self._size = max(1, path.stat().st_size)
        self._raw: BinaryIO | None = None
        csv.field_size_limit(LONGEST_CELL)

    def share(self) -> float:
        return self._raw.tell() / self._size if self._raw and not self._raw.closed else 1.0

    def rows(self) -> Iterator[Row]:
        with self._path.open("rb") as raw, io.TextIOWrapper(raw, self._encoding, newline="") as file:
            self._raw = raw
            try:
                yield from filter(any, self._reader(file))
            except (csv.Error, UnicodeDecodeError):
                # Which line it is takes a slower walk.
                deque(self._numbered(), maxlen=0)
                raise

    def number(self, at: int) -> int:
        return next(islice(self._numbered(), at, None))

    def _numbered(self) -> Iterator[int]:
        """The number of the line in which each row begins. Raises UnreadableTableError where a row cannot be read."""
        with self._path.open(encoding=self._encoding, newline="") as file:
            reader = self._reader(file)
            line = self._skipped + 1
            try:
                for row in reader:
                    if any(row):
                        yield line
                    line = self._skipped + reader.line_num + 1
            except csv.Error as error:
                raise self._wrong(line, self._skipped + reader.line_num, str(error)) from None
            except UnicodeDecodeError:
                raise UnreadableTableError(
                    f"The text cannot be read from line {line} on.", "Save the table as CSV in UTF-8 and choose that file."
                ) from None

    def _reader(self, file: TextIO) -> Any:
        for _ in range(self._skipped):
            next(file)
        return csv.reader(file, delimiter=self._separator, strict=True, skipinitialspace=True)

    @staticmethod
    def _wrong(line: int, last: int, error: str) -> UnreadableTableError:
        if "field limit" in error:
            return UnreadableTableError(
                f"A cell that begins in line {line} has more than {LONGEST_CELL:,} characters.",
                "Often a quotation mark is missing there. Close it, or shorten the text.",
            )
        if "end of data" in error:
            return UnreadableTableError(
                f"A quotation mark is opened in line {line} and never closed.",
                "Close it, or download the file again if it was cut short.",
            )
        return UnreadableTableError(
            f"Line {last} has a quotation mark in the wrong place.",
            'Double the mark inside quoted text, as in “a ""b"" c”, or remove it.',
        )
