"""The charter as GitHub-flavoured Markdown: text that reads well as it is, and in any repository."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scoping.blocks import Block, Facts, Missing, Paragraph, Table, Unknown
from scoping.document.paper import Chapter, Document
from scoping.export.columns import are_numbers, widths
from scoping.health import Word

_MARKUP = re.compile(r"[\\`*_\[\]#|~$^{@]|:(?=//)|(?<=www)\.|:(?=[A-Za-z][\w+-]*:)", re.IGNORECASE)
_LINE_START = re.compile(r"(\(?(?:\d{1,9}|[a-z]|[ivxlcdm]+))([.)])(?=\s|$)|[-+=:]|table(?=:)", re.IGNORECASE)
_MAIL = re.compile(r"(?:(?:mailto|xmpp):)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
"""A mail address becomes code: nothing else keeps every reader of Markdown from making a link of it."""
_ROOM = 80
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
    yield f"{' · '.join(f'**{words}**' for words in state)} · {document.to_sign} · {_line(document.moment)} · saved on {_line(document.saved)}"
    yield _line(document.health.reason)
    page = document.page
    yield _strong(page.asked.written)
    if document.summary:
        yield _text(document.summary)
    yield "\n".join(f"- {_strong(row.title)} {_line(row.written)}" for row in page.rows)
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
            yield "\n".join(f"- {_strong(label)}: {_line(value)}" for label, value in block.rows)
        case Table():
            yield from _title(block.title)
            head, *rows = (_row(map(_line, row)) for row in (block.headers, *block.rows))
            yield "\n".join((head, _row(_rules(block)), *rows))
        case Missing():
            yield f"> **Missing:** {_line(block.sentence)}"
        case Unknown():
            yield f"> **Not known yet:** {_line(block.sentence)}"


def _title(title: str) -> Iterator[str]:
    if title:
        yield f"### {_line(title)}"


def _strong(text: str) -> str:
    return f"**{_line(text)}**" if text.strip() else ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _rules(table: Table) -> Iterator[str]:
    """The line below the head. Where a line of the table is long, its dashes are the shares that columns get."""
    letters = widths((table.headers, *table.rows), _ROOM)
    for wide, end in zip(letters, are_numbers(table.rows), strict=True):
        yield f"{'-' * max(3, round(wide))}{':' if end else ''}"


def _literal(line: str) -> str:
    """One line of people's words with every character that some reader would take for markup escaped."""
    line, made, at = line.strip(), "", 0
    for mail in _MAIL.finditer(line):
        made += _escaped(line[at : mail.start()], is_first=not at) + f"`{mail.group()}`"
        at = mail.end()
    return made + _escaped(line[at:], is_first=not at)


def _escaped(text: str, *, is_first: bool) -> str:
    start = _LINE_START.match(text) if is_first else None
    if start:
        # The sign that would begin a list, a heading or a caption: the last of a number, or what stands there.
        cut = start.end() - (0 if start.group().isalpha() else 1)
        return f"{_marked(text[:cut])}\\{text[cut]}{_marked(text[cut + 1 :])}"
    return _marked(text)


def _marked(text: str) -> str:
    return _MARKUP.sub(lambda m: f"\\{m.group()}", text).translate(_TAGS)


def _line(text: str) -> str:
    """Text for a place that holds one line; further lines follow after a break."""
    return " <br> ".join(_literal(line) for line in text.strip().split("\n"))


def _text(text: str) -> str:
    """Running text: line ends stay line ends, an empty line begins a paragraph."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join("\\\n".join(_literal(line) for line in p.split("\n")) for p in paragraphs)


def literal(text: str) -> str:
    """People's words for a place that holds one line, with nothing in them that Markdown would take for markup."""
    return _line(text)
