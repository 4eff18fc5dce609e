"""The charter, or a few chapters, as a Word document that people edit on.

Headings to walk by, styles to change once for all, tables whose heads stand on every page, all that people wrote as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt, RGBColor

from scoping.blocks import Block, Facts, Missing, Paragraph, Table, Unknown
from scoping.document.one_page import Gap, Row
from scoping.document.paper import Chapter, Document
from scoping.document.sentences import Look
from scoping.export.columns import are_numbers, is_open, widths
from scoping.words import is_leftward, isolated_names, short

_FONT = "Arial"
_INK, _SOFT, _TEAL, _OPEN, _LINE = "0B1716", "566664", "0F766E", "A34A06", "D5DEDC"
_WIDE = 9_864
"""Twentieths of a point between the margins of A4."""
_ROOM, _GAP = 104, 2
"""Letters of a table's line, and those that the space after a column takes."""
_LONG = 2_500
"""Characters of a cell as it is written from which its row may be broken."""
_PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def to_docx(document: Document) -> bytes:
    """Write the document: one page first, then its contents as links, then the chapters."""
    book = _book(document.title, head=(short(document.name, 90), "DRAFT" if document.is_draft else "Charter"))
    book.core_properties.created = book.core_properties.modified = document.saved_at.astimezone(UTC).replace(tzinfo=None)
    _margin(book.sections[0].footer, f"{document.moment}, {document.saved}")
    many = len(document.chapters) > 2
    _fill(
        book,
        (
            *_front(document),
            *((_PAGE_BREAK, *_contents(document.chapters)) if many else ()),
            *(
                piece
                for c in document.chapters
                for piece in (_line(f"{c.number}  {c.title}", "Heading 2", mark=_mark(c)), *_blocks(c))
            ),
        ),
    )
    return _saved(book)


def chapters_to_docx(title: str, chapters: Iterable[Chapter]) -> bytes:
    """Write chapters under a title, without numbers."""
    book = _book(title, head=(short(title, 90), ""))
    _fill(
        book,
        (_line(title, "Heading 1"), *(piece for c in chapters for piece in (_line(c.title, "Heading 2"), *_blocks(c)))),
    )
    return _saved(book)


# The one page


def _front(document: Document) -> Iterator[str]:
    yield _line("Project charter", "Kicker")
    yield _line(document.name, "Heading 1")
    yield _line(f"{document.health.words} · {document.to_sign} · {document.moment} · saved on {document.saved}", "State")
    yield _paragraph(_run(isolated_names(document.health.reason), is_ours=True), "State")
    yield _paragraph(_pieces(document.page.asked), "Asked", is_rtl=_is_leftward(document.page.asked))
    yield from _text(document.summary)
    rows = [
        _row((_cell(_run(row.title, bold=True)), _cell(_pieces(row), is_rtl=_is_leftward(row))), (0.17, 0.83))
        for row in document.page.rows
    ]
    yield _table(rows, (0.17, 0.83))


def _pieces(row: Row) -> str:
    runs = []
    for at, piece in enumerate(row.pieces):
        if isinstance(piece, Gap):
            runs += [_run(f"{' ' if at else ''}Missing: ", bold=True, colour=_OPEN), _run(piece.text.strip(), colour=_SOFT)]
        else:
            runs.append(_run(piece.text, colour=_SOFT if piece.look is Look.UNKNOWN else "", dashed=piece.look is Look.GUESS))
    return "".join(runs)


def _is_leftward(row: Row) -> bool:
    return is_leftward(next((p.text for p in row.pieces if not isinstance(p, Gap)), ""))


def _contents(chapters: Sequence[Chapter]) -> Iterator[str]:
    yield _line("Contents", "Contents")
    for c in chapters:
        link = f'<w:hyperlink w:anchor="{_mark(c)}" w:history="1">{_run(f"{c.number}  {c.title}", colour=_TEAL)}</w:hyperlink>'
        yield _paragraph(link, "Contents Line")


def _mark(chapter: Chapter) -> str:
    return f"chapter_{chapter.number}"


# Blocks


def _blocks(chapter: Chapter) -> Iterator[str]:
    for block in chapter.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield from _text(text)
        case Missing(sentence):
            yield _gap("Missing", sentence)
        case Unknown(sentence):
            yield _gap("Not known yet", sentence)
        case Facts(rows, title):
            yield from _titled(title)
            shares = (0.3, 0.7)
            told = [_row((_cell(_run(label, colour=_SOFT)), _written(value)), shares) for label, value in rows]
            yield _table(told, shares)
        case Table(title, headers, rows):
            yield from _titled(title)
            yield _grid(headers, rows)


def _titled(title: str) -> Iterator[str]:
    if title:
        yield _line(title, "Heading 3")


def _text(text: str) -> Iterator[str]:
    for part in re.split(r"\n\s*\n", text.strip()):
        if part:
            yield _line(part, "Normal")


def _gap(word: str, sentence: str) -> str:
    return _paragraph(_run(f"{word}: ", bold=True, colour=_OPEN) + _run(sentence), "Gap")


def _grid(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    letters = [n + _GAP for n in widths((headers, *rows), _ROOM - _GAP * len(headers))]
    shares, ends = [n / sum(letters) for n in letters], are_numbers(rows)
    head = [_cell(_run(text, bold=True, colour=_SOFT), at_end=end, keep=True) for text, end in zip(headers, ends, strict=True)]
    tall = 800 if "Signature" in headers else 0
    body = [_row([_written(text, at_end=end) for text, end in zip(row, ends, strict=True)], shares, tall=tall) for row in rows]
    return _table([_row(head, shares, is_head=True), *body], shares)


def _written(text: str, *, at_end: bool = False) -> str:
    return _cell(_run(text, colour=_OPEN if is_open(text) else ""), at_end=at_end, is_rtl=is_leftward(text))


# As WordprocessingML: the library makes a table cell by cell, which takes seconds for a plan of three hundred targets


def _line(text: str, style: str, *, mark: str = "") -> str:
    run = _run(text.strip())
    if mark:
        number = mark.rpartition("_")[2]
        run = f'<w:bookmarkStart w:id="{number}" w:name="{mark}"/>{run}<w:bookmarkEnd w:id="{number}"/>'
    return _paragraph(run, style, is_rtl=is_leftward(text))


def _paragraph(runs: str, style: str, *, at_end: bool = False, is_rtl: bool = False, keep: bool = False) -> str:
    looks = "".join(("<w:keepNext/>" if keep else "", "<w:bidi/>" if is_rtl else "", '<w:jc w:val="right"/>' if at_end else ""))
    return f'<w:p><w:pPr><w:pStyle w:val="{_id(style)}"/>{looks}</w:pPr>{runs}</w:p>'


def _run(text: str, *, bold: bool = False, colour: str = "", dashed: bool = False, is_ours: bool = False) -> str:
    """A text in one look, its line ends as such; one that runs from right to left does so, unless the sentence is ours."""
    is_rtl = is_leftward(text) and not is_ours
    looks = "".join(
        (
            "<w:b/><w:bCs/>" if bold else "",
            f'<w:color w:val="{colour}"/>' if colour else "",
            '<w:u w:val="dash"/>' if dashed else "",
            "<w:rtl/>" if is_rtl else "",
            '<w:lang w:bidi="fa-IR"/>' if is_rtl else "",
        )
    )
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r><w:rPr>{looks}</w:rPr>{lines}</w:r>"


def _cell(runs: str, *, at_end: bool = False, is_rtl: bool = False, keep: bool = False) -> str:
    return _paragraph(runs, "Cell", at_end=at_end, is_rtl=is_rtl, keep=keep)


def _row(cells: Sequence[str], shares: Sequence[float], *, is_head: bool = False, tall: int = 0) -> str:
    # A row stays on one page, unless it might be longer than one.
    whole = "<w:cantSplit/>" if max(map(len, cells)) < _LONG else ""
    looks = "".join((whole, f'<w:trHeight w:val="{tall}"/>' if tall else "", "<w:tblHeader/>" if is_head else ""))
    told = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{round(share * _WIDE)}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for cell, share in zip(cells, shares, strict=True)
    )
    return f"<w:tr><w:trPr>{looks}</w:trPr>{told}</w:tr>"


def _table(rows: Iterable[str], shares: Sequence[float]) -> str:
    columns = "".join(f'<w:gridCol w:w="{round(share * _WIDE)}"/>' for share in shares)
    looks = '<w:tblStyle w:val="CharterTable"/><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/>'
    # A paragraph after it, or Word joins it with the next table.
    return (
        f"<w:tbl><w:tblPr>{looks}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>{_paragraph('', 'After Table')}"
    )


# The book


def _book(title: str, head: tuple[str, str]) -> Any:
    book = docx.Document()
    book.core_properties.title, book.core_properties.author, book.core_properties.comments = title[:255], "", ""
    page = book.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(18)
    page.top_margin, page.bottom_margin = Mm(21), Mm(19)
    page.header_distance = page.footer_distance = Mm(9)
    _styles(book.styles)
    _margin(page.header, *head)
    return book


def _styles(styles: Any) -> None:
    _style(styles["Normal"], 10, after=6)
    _style(styles["Heading 1"], 21, before=0, after=4, colour=_INK, bold=True)
    _style(styles["Heading 2"], 14, before=18, after=6, colour=_TEAL, bold=True)
    _style(styles["Heading 3"], 10.5, before=10, after=3, colour=_INK, bold=True)
    made: dict[str, dict[str, Any]] = {
        "Kicker": {"size": 9, "colour": _TEAL, "bold": True, "after": 2},
        "State": {"size": 9, "colour": _SOFT, "after": 3},
        "Asked": {"size": 13, "bold": True, "before": 6, "after": 8},
        "Gap": {"size": 9.5, "after": 4},
        "Contents": {"size": 14, "colour": _TEAL, "bold": True, "after": 6},
        "Contents Line": {"size": 10, "after": 2},
        "Cell": {"size": 8.5, "before": 2, "after": 2},
        "After Table": {"size": 4, "after": 4},
        "Margin": {"size": 8, "colour": _SOFT, "after": 0},
    }
    for name, looks in made.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _style(style, **looks)
    for name in ("Asked", "Gap"):
        edge = f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="16" w:space="8" w:color="{_TEAL if name == "Asked" else _OPEN}"/></w:pBdr>'
        styles[name].element.get_or_add_pPr().insert_element_before(
            parse_xml(edge), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
        )
    inside = f'w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"'
    styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="CharterTable"><w:name w:val="Charter Table"/>'
            f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:tblPr><w:tblBorders><w:bottom {inside}/><w:insideH {inside}/>'
            '</w:tblBorders><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="140" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        )
    )


def _style(style: Any, size: float, *, before: float = 0, after: float = 0, colour: str = "", bold: bool = False) -> None:
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(_name(theme), None)
    for script in ("cs", "eastAsia"):
        fonts.set(_name(script), _FONT)
    style.font.cs_bold = bold
    # The size of scripts that run from right to left is one of its own.
    for old in style.element.rPr.findall(_name("szCs")):
        style.element.rPr.remove(old)
    style.element.rPr.find(_name("sz")).addnext(parse_xml(f'<w:szCs {nsdecls("w")} w:val="{round(2 * size)}"/>'))
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _name(attribute: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{attribute}"


def _id(style: str) -> str:
    return style.replace(" ", "")


def _margin(place: Any, left: str, right: str = "") -> None:
    """What stands at the head or at the foot of every page: a text, and at the end another one or the number of the page."""
    number = (
        "".join(
            f'<w:r><w:t xml:space="preserve">{word}</w:t></w:r><w:fldSimple w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            for word, field in (("Page ", "PAGE"), (" of ", "NUMPAGES"))
        )
        if not right
        else _run(right)
    )
    tab = f'<w:tabs><w:tab w:val="clear" w:pos="4320"/><w:tab w:val="clear" w:pos="8640"/><w:tab w:val="right" w:pos="{_WIDE}"/></w:tabs>'
    line = f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Margin"/>{tab}</w:pPr>{_run(left)}<w:r><w:tab/></w:r>{number}</w:p>'
    _exchange(place)
    place._element.append(parse_xml(line))  # noqa: SLF001  the library names no other way


def _exchange(place: Any) -> None:
    place.is_linked_to_previous = False
    for paragraph in place.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001  the same


def _fill(book: Any, pieces: Iterable[str]) -> None:
    body = parse_xml(f"<w:body {nsdecls('w')}>{''.join(pieces)}</w:body>")
    end = book.element.body.sectPr
    for piece in list(body):
        end.addprevious(piece)


def _saved(book: Any) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()
