"""Chapters as a Word document: headings to walk by, tables whose heads stand on every page, all that people wrote as text."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Pt
from docx.table import Table as Grid
from docx.text.paragraph import Paragraph as Line

from scoping.blocks import Block, Facts, Missing, Paragraph, Table, Unknown
from scoping.document.paper import Chapter
from scoping.words import is_leftward

_FONT, _SIZE = "Arial", 10


def chapters_to_docx(title: str, chapters: Iterable[Chapter]) -> bytes:
    """Write chapters under a title, without numbers."""
    book = Document()
    book.core_properties.title, book.core_properties.author = title[:255], ""
    book.styles["Normal"].font.name, book.styles["Normal"].font.size = _FONT, Pt(_SIZE)
    _say(book.add_heading(level=1), title)
    for chapter in chapters:
        _say(book.add_heading(level=2), chapter.title)
        for block in chapter.blocks:
            _block(book, block)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _block(book: Any, block: Block) -> None:
    match block:
        case Paragraph(text):
            _say(book.add_paragraph(), text)
        case Missing(sentence):
            _say(book.add_paragraph(), f"Missing: {sentence}", italic=True)
        case Unknown(sentence):
            _say(book.add_paragraph(), f"Not known yet: {sentence}", italic=True)
        case Facts(rows, title):
            _titled(book, title)
            _grid(book, (), rows, bold_first=True)
        case Table(title, headers, rows):
            _titled(book, title)
            _grid(book, headers, rows)


def _titled(book: Any, title: str) -> None:
    if title:
        _say(book.add_heading(level=3), title)


def _grid(book: Any, headers: tuple[str, ...], rows: Iterable[tuple[str, ...]], *, bold_first: bool = False) -> None:
    lines = [*([headers] if headers else []), *rows]
    grid: Grid = book.add_table(rows=len(lines), cols=len(lines[0]), style="Table Grid")
    for row, texts in zip(grid.rows, lines, strict=True):
        for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            _say(cell.paragraphs[0], text, bold=texts is headers or (bold_first and at == 0))
    if headers:
        # The head of a table that runs on stands on each page again.
        grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  the same
    book.add_paragraph()


def _say(line: Line, text: str, *, bold: bool = False, italic: bool = False) -> None:
    """Write a text, its line ends as such; one that runs from right to left does so."""
    run = line.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if is_leftward(text):
        run.font.rtl = True
        line._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001  the library names no other way
