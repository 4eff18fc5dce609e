"""The charter as one printable page: no script, nothing loaded from elsewhere, all that people wrote escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from scoping.blocks import Block
from scoping.document.one_page import Gap, Piece
from scoping.document.paper import Chapter, Document
from scoping.export.columns import are_numbers, is_open

if TYPE_CHECKING:
    from jinja2 import Environment

_DATE = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}")

_HERE = Path(__file__).parent


def to_html(document: Document) -> str:
    """Write the document as an HTML file for the screen and for A4 paper."""
    return _environment().get_template("charter.html.jinja").render(document=document)


def chapter_to_html(chapter: Chapter) -> str:
    """The blocks of one chapter as a fragment for a page that knows `paper_css`."""
    blocks = _environment().get_template("blocks.html.jinja").make_module().blocks  # type: ignore[attr-defined]
    return f'<div class="paper">{blocks(chapter)}</div>'


def chapters_to_html(title: str, chapters: Sequence[Chapter]) -> str:
    """Write chapters under a title, without numbers, as an HTML file."""
    return _environment().get_template("digest.html.jinja").render(title=title, chapters=chapters)


def rendered(template: str, **given: object) -> str:
    """Another page of this folder, in which all that is given is escaped."""
    return _environment().get_template(template).render(**given)


@cache
def paper_css() -> str:
    """How the blocks look. It takes the colours --ink, --soft, --line, --open and --open-faint from around it."""
    return (_HERE / "paper.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"css_text": _css_text, "kind": _kind, "numeric_columns": are_numbers, "breakable": _breakable}
    environment.tests |= {"open": is_open, "gap": _is_gap, "date": _DATE.fullmatch}
    return environment


def _css_text(text: str) -> str:
    """Text for a quoted string of a style sheet: everything but letters and digits as a code, so nothing can end it."""
    return "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in text)


def _kind(block: Block) -> str:
    return type(block).__name__


def _is_gap(piece: Piece) -> bool:
    return isinstance(piece, Gap)


_LONG_WORD = re.compile(r"\S{40}(?=\S)")


def _breakable(text: str) -> Markup:
    """A text whose very long words may be broken, so that a column of a table leaves room for the others."""
    return Markup("<wbr>").join(_LONG_WORD.sub(lambda word: f"{word[0]}\0", str(text)).split("\0"))
