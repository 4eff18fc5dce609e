"""The charter as one slide for a steering committee: what is asked, why, and the figures asked for first.

Texts are measured before they are written, so that nothing runs out of its place; what had to be shortened stands whole in
the notes below the slide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import ImageFont
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Pt

from scoping.document.one_page import Row
from scoping.document.paper import Document
from scoping.document.sentences import told
from scoping.document.tiles import Tile
from scoping.health import Tone
from scoping.words import is_leftward, short

_FONT = "Arial"
_FONTS = Path(__file__).parent / "fonts"
_INK, _SOFT, _TEAL, _PALE = (RGBColor(*bytes.fromhex(c)) for c in ("0B1716", "566664", "0F766E", "F3F6F5"))
_TONES = {
    Tone.BAD: ("B3261E", "FBE9E7"),
    Tone.WARN: ("A34A06", "FCF0E2"),
    Tone.OURS: ("0F766E", "E2F0ED"),
    Tone.GOOD: ("26743A", "E7F3EA"),
    Tone.QUIET: ("52677A", "F3F6F5"),
}
_WIDE, _HIGH, _EDGE = 960.0, 540.0, 36.0
"""Points of a slide, and of its margin."""
_LEFT, _RIGHT, _LABEL = 610.0, 256.0, 104.0
_SHOWN = ("problem", "idea", "can", "plan", "stop", "open")
"""The rows that the figures beside them do not say already."""
_SIZES = (14.0, 13.0, 12.0, 11.0, 10.5)
_LIMITS = (400, 240, 180, 130, 90)
_LEADING, _WIDER = 1.2, 1.15
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The table style without lines and fills, as PowerPoint calls it."""


def to_pptx(document: Document) -> bytes:
    """Write the one page as one slide of 16:9."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(_WIDE), Pt(_HIGH)
    properties = deck.core_properties
    properties.title, properties.author = document.title[:255], ""
    properties.created = properties.modified = document.saved_at.astimezone(UTC).replace(tzinfo=None)
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    _head(slide, document)
    top = _asked(slide, document.page.asked)
    _rows(slide, [row for row in document.page.rows if row.key in _SHOWN or (row.key == "signed" and document.is_answered)], top)
    _tiles(slide, document.tiles, top)
    words = f"{document.to_sign} · {document.moment}, {document.saved}"
    _say(_box(slide, "Revision", _EDGE, _HIGH - 26, _LEFT, 14), words, 9, colour=_SOFT)
    slide.notes_slide.notes_text_frame.text = "\n".join(_notes(document))
    file = BytesIO()
    deck.save(file)
    return file.getvalue()


def _head(slide: Any, document: Document) -> None:
    ink, fill = _TONES[document.health.tone]
    state = f"DRAFT · {document.health.words}" if document.is_draft and document.health.words != "Draft" else document.health.words
    wide = _width(state, 12, bold=True) + 28
    title = slide.shapes.title
    place = (_EDGE, 26, _WIDE - 2 * _EDGE - wide - 16, 34)
    title.left, title.top, title.width, title.height = (Pt(n) for n in place)
    _plain(title.text_frame)
    size = next((s for s in (26, 24, 22, 20, 18, 16) if _width(document.name, s, bold=True) < place[2]), 14)
    limit = len(document.name)
    while limit > 10 and _width(short(document.name, limit), size, bold=True) > place[2]:
        limit -= 5
    _say(title, short(document.name, limit), size, bold=True)
    badge = slide.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, Pt(_WIDE - _EDGE - wide), Pt(30), Pt(wide), Pt(26))
    badge.adjustments[0] = 0.5
    _dress(badge, "Health", fill=RGBColor(*bytes.fromhex(fill)))
    _say(badge, state, 12, bold=True, colour=RGBColor(*bytes.fromhex(ink)), align=PP_ALIGN.CENTER)


def _asked(slide: Any, row: Row) -> float:
    """What is asked, and where it ends."""
    text, room = row.written, _WIDE - 2 * _EDGE - 14
    size, (text,) = _fitting([text], lambda s: 4.2 * s * _LEADING, room, (20.0, 18.0, 16.0, 14.0), bold=True)
    high = _lines(text, size, room, bold=True) * size * _LEADING + 6
    bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Pt(_EDGE), Pt(72), Pt(3), Pt(high))
    _dress(bar, "", fill=_TEAL)
    _say(_box(slide, "What is asked", _EDGE + 14, 72, room, high), text, size, bold=True)
    return 72 + high + 16


def _rows(slide: Any, rows: Sequence[Row], top: float) -> None:
    """Why, row by row, as a table that people go on editing."""
    if not rows:
        return
    room, pad = _LEFT - _LABEL - 8, 9.0
    high = _HIGH - 34 - top - pad * len(rows)
    size, texts = _fitting([row.written for row in rows], lambda _: high, room, _SIZES)
    frame = slide.shapes.add_table(len(rows), 2, Pt(_EDGE), Pt(top), Pt(_LEFT), Pt(10))
    frame.name, table = "Why", frame.table
    table.first_row, table.horz_banding, table.first_col = False, False, True
    frame._element.graphic.graphicData.tbl.tblPr.find(_drawing("tableStyleId")).text = _NO_STYLE  # noqa: SLF001  no other way
    _describe(frame, "The charter in short, row by row")
    table.columns[0].width, table.columns[1].width = Pt(_LABEL), Pt(_LEFT - _LABEL)
    for at, (row, text) in enumerate(zip(rows, texts, strict=True)):
        table.rows[at].height = Pt(_lines(text, size, room) * size * _LEADING + pad)
        for cell, words, bold in ((table.cell(at, 0), row.title, True), (table.cell(at, 1), text, False)):
            cell.margin_left = cell.margin_right = Pt(0)
            cell.margin_top, cell.margin_bottom = Pt(pad / 2), Pt(0)
            cell.vertical_anchor = MSO_ANCHOR.TOP
            _say(cell, words, size, bold=bold)


def _tiles(slide: Any, tiles: Sequence[Tile], top: float) -> None:
    left, gap = _WIDE - _EDGE - _RIGHT, 8.0
    high = (_HIGH - 34 - top - gap * (len(tiles) - 1)) / len(tiles)
    for at, tile in enumerate(tiles):
        shape = slide.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, Pt(left), Pt(top + at * (high + gap)), Pt(_RIGHT), Pt(high))
        shape.adjustments[0] = 0.06
        _dress(shape, tile.label, fill=_PALE)
        room = _RIGHT - 24
        above = _LEADING * 10 * (1 + (_lines(tile.note, 10, room) if tile.note else 0))
        size, value = _figure(tile.value, high - 8 - above, room)
        frame = shape.text_frame
        frame.margin_left = frame.margin_right = Pt(12)
        frame.margin_top = frame.margin_bottom = Pt(4)
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        _say(shape, tile.label, 10, colour=_SOFT)
        _say(shape, value, size, bold=True, more=True)
        if tile.note:
            _say(shape, tile.note, 10, colour=_SOFT, more=True)


def _figure(text: str, high: float, wide: float) -> tuple[float, str]:
    """The largest size in which a figure fits its place."""
    for size in (20.0, 18.0, 16.0, 14.0, 12.0, 11.0):
        if _lines(text, size, wide, bold=True) * size * _LEADING <= high:
            return size, text
    return 11.0, short(text, 70)


def _notes(document: Document) -> Iterator[str]:
    """The whole one page, for whoever presents it."""
    yield document.page.asked.written
    if document.summary:
        yield document.summary
    yield f"Today: {document.health.sentence}"
    for row in document.page.rows:
        yield f"{row.title}: {row.written}" if not row.title.endswith("?") else f"{row.title} {row.written}"


# Texts that fit


def _fitting(
    texts: Sequence[str], high: Any, wide: float, sizes: Sequence[float], *, bold: bool = False
) -> tuple[float, list[str]]:
    """The largest size in which the texts fit below each other; where the smallest does not do, their first sentences."""
    for limit in _LIMITS:
        shown = [told(text, limit) for text in texts] if limit != _LIMITS[0] or sizes is not _SIZES else list(texts)
        for size in sizes:
            if sum(_lines(text, size, wide, bold=bold) for text in shown) * size * _LEADING <= high(size):
                return size, shown
    return sizes[-1], shown


def _lines(text: str, size: float, wide: float, *, bold: bool = False) -> int:
    """How many lines a text takes."""
    lines = 0
    for line in text.split("\n"):
        at = wide + 1
        for word in line.split(" "):
            long = _width(f"{word} ", size, bold=bold)
            if at + long > wide:
                lines, at = lines + max(1, int(long // wide) + 1), 0.0
            at += long
    return lines


def _width(text: str, size: float, *, bold: bool) -> float:
    """Points that a text takes in a row, a little more than less: on other machines it is shown in other fonts."""
    words = [(word, is_leftward(word)) for word in text.split(" ")]
    letters = sum(_font(bold=bold, is_rtl=rtl).getlength(word) * (_WIDER if rtl else 1) for word, rtl in words)
    blanks = (len(words) - 1) * _font(bold=bold, is_rtl=False).getlength(" ")
    return float(letters + blanks) * size / 100


@cache
def _font(*, bold: bool, is_rtl: bool) -> Any:
    name = f"{'Vazirmatn' if is_rtl else 'Inter'}-{'SemiBold' if bold else 'Regular'}.ttf"
    return ImageFont.truetype(str(_FONTS / name), 100, layout_engine=ImageFont.Layout.BASIC)


# Shapes


def _box(slide: Any, name: str, left: float, top: float, wide: float, high: float) -> Any:
    box = slide.shapes.add_textbox(Pt(left), Pt(top), Pt(wide), Pt(high))
    box.name = name
    _plain(box.text_frame)
    return box


def _plain(frame: Any) -> None:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    frame.vertical_anchor = MSO_ANCHOR.TOP


def _dress(shape: Any, name: str, *, fill: RGBColor) -> None:
    shape._element.remove(shape._element.find(_presented("style")))  # noqa: SLF001  it brings a shadow
    shape.fill.solid()
    shape.fill.fore_color.rgb = fill
    shape.line.fill.background()
    shape.text_frame.word_wrap = True
    shape.name = name or "Bar"
    if not name:
        _describe(shape, "A bar beside what is asked")


def _describe(shape: Any, words: str) -> None:
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)  # noqa: SLF001  the library names no other way


def _say(
    place: Any,
    text: str,
    size: float,
    *,
    bold: bool = False,
    colour: RGBColor = _INK,
    align: Any = None,
    more: bool = False,
) -> None:
    frame = place.text_frame
    line = frame.add_paragraph() if more else frame.paragraphs[0]
    is_rtl = is_leftward(text)
    line.alignment = align or (PP_ALIGN.RIGHT if is_rtl else PP_ALIGN.LEFT)
    if is_rtl:
        line._p.get_or_add_pPr().set("rtl", "1")  # noqa: SLF001  the library names no other way
    run = line.add_run()
    run.text = text
    run.font.name, run.font.size, run.font.bold = _FONT, Pt(size), bold
    run.font.color.rgb = colour


def _presented(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/presentationml/2006/main}}{name}"


def _drawing(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{name}"
