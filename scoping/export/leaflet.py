"""A few chapters under a title, to be sent or kept: as Markdown for a chat, as HTML for a mail, as a Word document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from scoping.blocks import Block
from scoping.document.paper import Chapter
from scoping.export.html import chapters_to_html
from scoping.export.markdown import chapters_to_markdown


@dataclass(frozen=True)
class Leaflet:
    """Chapters under a title.

    Attributes:
        day: of what they tell.
        chapters: only those that have something to say.
    """

    title: str
    day: date
    chapters: tuple[Chapter, ...]

    def to_markdown(self) -> str:
        """As GitHub-flavoured Markdown in which people's words are shown literally."""
        return chapters_to_markdown(self.title, self.chapters)

    def to_html(self) -> str:
        """As one page that loads nothing from elsewhere."""
        return chapters_to_html(self.title, self.chapters)

    def to_docx(self) -> bytes:
        """As a Word document."""
        from scoping.export.word import chapters_to_docx

        return chapters_to_docx(self.title, self.chapters)


def chapters(written: Mapping[str, Iterable[Block]]) -> tuple[Chapter, ...]:
    """Chapters by their titles, those that say nothing left out."""
    told = [(title, found) for title, blocks in written.items() if (found := tuple(blocks))]
    return tuple(Chapter(n, title, "", found) for n, (title, found) in enumerate(told, 1))
