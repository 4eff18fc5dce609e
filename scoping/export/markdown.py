"""The charter as GitHub-flavoured Markdown: text that reads well as it is, and in any repository."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scoping.blocks import Block, Facts, Missing, Paragraph, Table, Unknown
from scoping.document.paper import Chapter, Document
from scoping.health import Word

_MARKUP = re.compile(r"[\\`*_\[\]#|~$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_LINE_START = re.compile(r"(\d{1,9})([.)])(?=\s|$)|[-+=:]")
_TAGS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def to_markdown(document: Document) -> str:
    """Write the document as Markdown in which people's words are shown literally."""
    return "\n\n".join(_paragraphs(document)) + "\n"


def chapters_to_markdown(title: str, chapters: Iterable[Chapter]) -> str:
    """Write chapters under a title, without numbers."""
    written = [f"# {_line(title)}"]
    for chapter in chapters:
        written += [f"## {_line(chapter.title)}", *(paragraph for block in chapter.blocks for paragraph in _block(block))]
    return "\n\n".join(written) + "\n"


def _paragraphs(document: Document) -> Iterator[str]:
    yield f"# Charter: {_line(document.name)}"
    is_more = document.health.word is not Word.DRAFT
    state = [*([document.health.words] if is_more else []), *(["DRAFT"] if document.is_draft else [])]
    yield f"{' · '.join(f'**{words}**' for words in state)} · {document.to_sign} · Revision {document.revision} · saved on {_line(document.saved)}"
    yield _line(document.health.reason)
    page = document.page
    yield f"**{_line(page.asked.written)}**"
    if document.summary:
        yield _text(document.summary)
    yield "\n".join(f"- **{_line(row.title)}** {_line(row.written)}" for row in page.rows)
    for chapter in document.chapters:
        yield f"## {chapter.number}. {_line(chapter.title)}"
        for block in chapter.blocks:
            yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _text(block.text)
        case Facts():
            yield from _title(block.title)
            yield "\n".join(f"- **{_line(label)}**: {_line(value)}" for label, value in block.rows)
        case Table():
            yield from _title(block.title)
            rules = ("---",) * len(block.headers)
            cells = ([_line(cell) for cell in row] for row in (block.headers, *block.rows))
            head, *rows = (_row(row) for row in cells)
            yield "\n".join((head, _row(rules), *rows))
        case Missing():
            yield f"> **Missing:** {_line(block.sentence)}"
        case Unknown():
            yield f"> **Not known yet:** {_line(block.sentence)}"


def _title(title: str) -> Iterator[str]:
    if title:
        yield f"### {_line(title)}"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _literal(line: str) -> str:
    """One line of people's words with every character that Markdown would take for markup escaped."""
    line = _MARKUP.sub(lambda m: f"\\{m.group()}", line.strip())
    line = (
        _LINE_START.sub(lambda m: f"{m.group(1)}\\{m.group(2)}" if m.group(1) else f"\\{m.group()}", line, count=1)
        if _LINE_START.match(line)
        else line
    )
    return line.translate(_TAGS)


def _line(text: str) -> str:
    """Text for a place that holds one line; further lines follow after a break."""
    return "<br>".join(_literal(line) for line in text.strip().split("\n"))


def _text(text: str) -> str:
    """Running text: line ends stay line ends, an empty line begins a paragraph."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join("\\\n".join(_literal(line) for line in p.split("\n")) for p in paragraphs)


def literal(text: str) -> str:
    """People's words for a place that holds one line, with nothing in them that Markdown would take for markup."""
    return _line(text)
