"""The pieces that a charter and the result of a check are told in; page, document and workbook all render them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True)
class Facts:
    """Single answers, each with its label."""

    rows: tuple[tuple[str, str], ...]
    title: str = ""


@dataclass(frozen=True)
class Table:
    """Comparable entries, one per row. An empty cell is left to be filled by hand, or needs no answer."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Missing:
    """Says what a reader would expect here and nobody has written."""

    sentence: str


@dataclass(frozen=True)
class Unknown:
    """Says what the team knows that it does not know."""

    sentence: str


Block = Paragraph | Facts | Table | Missing | Unknown


@dataclass(frozen=True)
class Rows:
    """Cells under their headers."""

    headers: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
