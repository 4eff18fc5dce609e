"""The charter as a PDF: tagged for readers, to be kept (PDF/A-2a) and to be read by everybody (PDF/UA-1), the same bytes every time.

It is set by Typst, which gets what people wrote as data. The fonts come with the workbench, so that a charter looks the same
everywhere; only for letters that they lack those of the machine are asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoping.blocks import Block, Facts, Missing, Paragraph, Table, Unknown
from scoping.document.one_page import Gap, Row
from scoping.document.paper import Document
from scoping.export.columns import are_numbers, breakable, is_open, widths
from scoping.words import is_leftward, isolated_names, short

if TYPE_CHECKING:
    import typst

FONTS = Path(__file__).parent / "fonts"
_TEMPLATE = Path(__file__).parent / "charter.typ"
_STANDARDS: list[Any] = ["a-2a", "ua-1"]
_ROOM, _GAP = 114, 2.3
"""Letters of a table's line on A4, and those that the space after a column takes."""
_NOT_DRAWN = re.compile(r'the text `"((?:\\"|[^"])*)"` could not be displayed')
_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")
_STAND_IN = "\N{WHITE SQUARE}"


def to_pdf(document: Document) -> bytes:
    """Write the document as a PDF of A4 pages."""
    import typst

    told = _paper(document)
    try:
        return _set(told, document)
    except typst.TypstError as error:
        if not _NOT_DRAWN.search(error.diagnostic):
            raise
    try:
        return _set(told, document, of_machine=True)
    except typst.TypstError as error:
        lacking = {_letter(found) for found in _NOT_DRAWN.findall(error.diagnostic)}
        if not lacking:
            raise
        return _set(_without(told, lacking), document, of_machine=True)


def _set(told: dict[str, Any], document: Document, *, of_machine: bool = False) -> bytes:
    import typst

    made = typst.compile(
        _TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=_fonts(of_machine=of_machine),
        sys_inputs={"paper": json.dumps(told, ensure_ascii=False)},
        pdf_standards=_STANDARDS,
        timestamp=int(document.saved_at.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("A document is one file.")
    return made


@cache
def _fonts(*, of_machine: bool) -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=of_machine, include_embedded_fonts=of_machine, font_paths=[FONTS])


def _letter(told: str) -> str:
    code = _CODE.fullmatch(told)
    return chr(int(code.group(1), 16)) if code else told


def _without(told: dict[str, Any], lacking: set[str]) -> dict[str, Any]:
    """The same with a square in place of each letter that no font here can draw, and a word about it."""
    text = json.dumps(told, ensure_ascii=False)
    for letters in lacking:
        text = text.replace(letters, _STAND_IN * len(letters))
    note = f"No font of this machine has some letters of this charter; each is shown as {_STAND_IN}. The other files have them."
    return {**json.loads(text), "note": note}


# What is told


def _paper(document: Document) -> dict[str, Any]:
    at = document.saved_at.astimezone(UTC)
    return {
        "title": document.title,
        "name": _words(document.name),
        "short": _words(short(document.name, 90)),
        "draft": document.is_draft,
        "date": {"year": at.year, "month": at.month, "day": at.day, "hour": at.hour, "minute": at.minute, "second": at.second},
        "stamp": f"{document.moment}, {document.saved}",
        "state": [document.health.words, document.to_sign, document.moment, f"saved on {document.saved}"],
        "reason": isolated_names(document.health.reason),
        "asked": _row(document.page.asked),
        "summary": _paragraphs(document.summary),
        "rows": [_row(row) for row in document.page.rows],
        "note": "",
        "chapters": [{"number": c.number, "title": c.title, "blocks": [_block(b) for b in c.blocks]} for c in document.chapters],
    }


def _words(text: str, most: int = 60) -> str | list[Any]:
    """A text, with a mark where it runs from right to left."""
    text = breakable(text.strip(), most)
    return [text, True] if is_leftward(text) else text


def _paragraphs(text: str) -> list[str | list[Any]]:
    return [_words(part) for part in re.split(r"\n\s*\n", text.strip()) if part]


def _row(row: Row) -> dict[str, Any]:
    pieces = [(piece.text.strip(), "missing") if isinstance(piece, Gap) else (piece.text, piece.look.value) for piece in row.pieces]
    # A gap begins with a word of the page's own, which needs a blank before it.
    told = [
        told
        for at, (words, look) in enumerate(pieces)
        for told in ([[" ", ""]] if look == "missing" and at else []) + [[words, look]]
    ]
    first = next((words for words, look in pieces if look != "missing"), "")
    return {"title": row.title, "pieces": told, "rtl": is_leftward(first)}


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(text):
            return {"kind": "text", "title": "", "paragraphs": _paragraphs(text)}
        case Facts(rows, title):
            return {"kind": "facts", "title": _words(title), "rows": [[_words(label), _cell(value, 60)] for label, value in rows]}
        case Table(title, headers, rows):
            return {"kind": "table", "title": _words(title), **_table(headers, rows)}
        case Missing(sentence):
            return {"kind": "Missing", "title": "", "sentence": _words(sentence)}
        case Unknown(sentence):
            return {"kind": "Not known yet", "title": "", "sentence": _words(sentence)}


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    letters = widths((headers, *rows), _ROOM - _GAP * len(headers))
    return {
        "headers": list(headers),
        "widths": [most + _GAP for most in letters],
        "ends": are_numbers(rows),
        "sign": "Signature" in headers,
        "rows": [[_cell(text, int(most)) for text, most in zip(row, letters, strict=True)] for row in rows],
    }


def _cell(text: str, most: int) -> dict[str, Any]:
    return {"text": _words(text, most), "open": is_open(text)}
