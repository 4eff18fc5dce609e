"""Text with separators: any usual separator, encoding and line end, read line by line."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from scoping.reading.grids import Grid, Row
from scoping.reading.tables import UnreadableTableError

SEPARATORS = (",", ";", "\t", "|")
LONGEST_CELL = 100_000
_BLOCK = 1 << 20
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
    return Grid(walk.rows, walk.share, "Line", pads=False, notes=notes)


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
    return (count / len(widths), width) if width > 1 else (0.0, 1)


class _Walk:
    """Walks through the rows, and knows how far it is."""

    def __init__(self, path: Path, encoding: str, separator: str, skipped: int) -> None:
        self._path = path
        self._encoding = encoding
        self._separator = separator
        self._skipped = skipped
        self._size = max(1, path.stat().st_size)
        self._at = 0

    def share(self) -> float:
        return min(1.0, self._at / self._size)

    def rows(self) -> Iterator[Row]:
        csv.field_size_limit(LONGEST_CELL)
        with self._path.open("rb") as raw, io.TextIOWrapper(raw, self._encoding, newline="") as file:
            for _ in range(self._skipped):
                next(file)
            reader = csv.reader(file, delimiter=self._separator, strict=True, skipinitialspace=True)
            line = self._skipped + 1
            try:
                for row in reader:
                    if any(row):
                        yield line, row
                    line = self._skipped + reader.line_num + 1
                    if not line % 1_000:
                        self._at = raw.tell()
            except csv.Error as error:
                raise self._wrong(line, self._skipped + reader.line_num, str(error)) from None
            except UnicodeDecodeError:
                raise UnreadableTableError(
                    f"The text cannot be read from line {line} on.", "Save the table as CSV in UTF-8 and choose that file."
                ) from None

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
