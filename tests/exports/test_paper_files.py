"""The charter as PDF, Word document and slide: all words are there, nothing is cut, and other programs find no fault."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest
from docx.oxml.ns import qn

from scoping.blocks import Facts, Missing, Paragraph, Table, Unknown
from scoping.charter import Charter
from scoping.document.paper import Document
from scoping.export.html import to_html
from scoping.export.markdown import to_markdown
from scoping.export.pdf import to_pdf
from scoping.export.slide import to_pptx
from scoping.export.word import to_docx
from scoping.samples import new_charter, samples
from scoping.sections.problems import Goal, Problems
from scoping.sections.project import Project
from tests.exports.filled import AT, filled_charter, paper
from tests.persian import persian
from tests.property.strategies import HOSTILE
from tests.tools import as_pdf, need, office_errors, poppler, qpdf, text_of

CHARTERS = {
    **{sample.slug: sample.charter for sample in samples()},
    "persian": persian(samples()[0].charter),
    "all_answers": filled_charter(),
}
EMPTY = new_charter("A project", "Dana Lee", "EUR")
SLIDE = (960, 540)
every_charter = pytest.mark.parametrize("charter", CHARTERS.values(), ids=CHARTERS)


def hostile(words: str) -> Charter:
    goal = Goal(id="a", statement=words, measure="x" * 300)
    return Charter(project=Project(name=words, owner=words, summary=words, decision_asked=words), problems=Problems(goals=(goal,)))


def strings(document: Document) -> Iterator[str]:
    """All that a document says, piece by piece."""
    yield document.name
    yield document.summary
    for row in (document.page.asked, *document.page.rows):
        yield from (piece.text for piece in row.pieces)
    for chapter in document.chapters:
        yield chapter.title
        for block in chapter.blocks:
            match block:
                case Paragraph(text):
                    yield text
                case Facts(rows, title):
                    yield from (title, *(text for row in rows for text in row))
                case Table(title, headers, rows):
                    yield from (title, *headers, *(cell for row in rows for cell in row))
                case Missing(sentence) | Unknown(sentence):
                    yield sentence


def bare(text: str) -> str:
    """A text without blanks and signs that are not seen."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and unicodedata.category(c) != "Cf")


def not_in(text: str, document: Document) -> list[str]:
    shown = bare(text)
    return [s for s in strings(document) if bare(s) not in shown]


def read(content: bytes) -> str:
    """The text of a Word document, in its order."""
    body = docx.Document(BytesIO(content)).element.body
    return "".join("\n" if node.tag == qn("w:br") else node.text or "" for node in body.iter(qn("w:t"), qn("w:br")))


def printed(content: bytes, folder: Path) -> Path:
    file = folder / "made.pdf"
    file.write_bytes(content)
    return file


def page(pdf: Path, number: int) -> str:
    return bare(text_of(pdf, number))


def info(pdf: Path) -> dict[str, str]:
    told = subprocess.run([need(poppler(), "pdftotext").with_name("pdfinfo"), pdf], capture_output=True, check=True, text=True)
    return {name: value.strip() for name, _, value in (line.partition(":") for line in told.stdout.splitlines())}


# PDF


@every_charter
def test_a_pdf_has_every_word_and_begins_with_the_one_page(charter: Charter, tmp_path: Path) -> None:
    document = paper(charter)
    file = printed(to_pdf(document), tmp_path)
    first = page(file, 1)
    assert [row.title for row in document.page.rows if bare(row.title) not in first] == []
    assert "Contents" in page(file, 2)
    if not any("\u0600" <= c <= "\u06ff" for c in document.name):  # letters of Persian come back in the shapes they are drawn in
        pages = re.sub(r"Page\d+of\d+", "", text_of(file))
        assert [s for s in not_in(pages, document) if len(s) < 60] == []
        # What runs over the end of a page has its foot and head in the middle.
        words = {bare(word) for s in strings(document) for word in s.split()}
        shown = bare(pages)
        assert [word for word in words if word not in shown] == []


@every_charter
def test_a_pdf_is_tagged_to_be_kept_and_to_be_read_by_everybody(charter: Charter, tmp_path: Path) -> None:
    content = to_pdf(paper(charter))  # the compiler refuses what is neither PDF/A-2a nor PDF/UA-1
    file = printed(content, tmp_path)
    assert info(file)["Tagged"] == "yes"
    assert (b"<pdfaid:part>2<" in content, b"<pdfaid:conformance>A<" in content, b"<pdfuaid:part>1<" in content) == (True,) * 3
    judged = subprocess.run([need(qpdf(), "qpdf"), "--check", file], capture_output=True, check=False, text=True)
    assert (judged.returncode, "No syntax or stream encoding errors" in judged.stdout) == (0, True)


def test_the_same_charter_gives_the_same_pdf() -> None:
    document = replace(paper(samples()[0].charter), saved_at=AT.replace(microsecond=123_456))
    assert to_pdf(document) == to_pdf(document)


def test_a_version_says_in_every_file_which_one_it_is(tmp_path: Path) -> None:
    document = replace(paper(samples()[0].charter), version="Version 3, after the workshop")
    said = "Version 3, after the workshop, revision 3"
    assert bare(said) in page(printed(to_pdf(document), tmp_path), 1)
    assert said in read(to_docx(document))
    assert said in to_html(document)
    assert said in to_markdown(document)
    (slide,) = pptx.Presentation(BytesIO(to_pptx(document))).slides
    assert said in next(s for s in slide.shapes if s.name == "Revision").text_frame.text


def test_an_empty_charter_is_one_page_in_every_file(tmp_path: Path) -> None:
    document = paper(EMPTY)
    assert info(printed(to_pdf(document), tmp_path))["Pages"] == "1"
    assert info(as_pdf(to_docx(document), "docx", tmp_path, "sw"))["Pages"] == "1"


@pytest.mark.parametrize("words", [*HOSTILE, '#read("/etc/passwd") $x$ @label <l> _a_ *b*', "x" * 200])
def test_whatever_people_write_is_data_to_all_three(words: str, tmp_path: Path) -> None:
    document = paper(hostile(words))
    pdf, word, slide = to_pdf(document), to_docx(document), to_pptx(document)
    assert not_in(read(word), document) == []
    shown = bare(text_of(printed(pdf, tmp_path)))
    assert bare(document.summary) in shown or any(ord(c) > 0x250 for c in words)
    assert office_errors(word, "docx", tmp_path) == []
    assert office_errors(slide, "pptx", tmp_path) == []


def test_letters_that_no_font_has_are_shown_as_squares_with_a_word_about_it(tmp_path: Path) -> None:
    shown = text_of(printed(to_pdf(paper(hostile("Sumerian \U00012000\U00012001 signs"))), tmp_path))
    assert "Sumerian\u25a1\u25a1signs" in shown
    assert "eachisshownas\u25a1" in shown


def test_page_and_chapters_come_in_one_order_in_every_file(tmp_path: Path) -> None:
    document = paper(samples()[0].charter)
    chapters = [bare(f"{c.number}{c.title}") for c in document.chapters]
    html = re.sub("<[^>]+>", "", to_html(document).split("<main")[1].replace("</title>", ""))
    texts = {
        "html": html,
        "markdown": re.sub(r"[*\\]|(?<=\d)\. ", "", to_markdown(document)),
        "word": read(to_docx(document)),
        "pdf": text_of(printed(to_pdf(document), tmp_path)),
    }
    for name, text in texts.items():
        shown = bare(text)
        first = shown.index(bare(document.page.asked.written)[:40])
        rows = [shown.index(bare(row.title) + bare(row.pieces[0].text)[:12]) for row in document.page.rows]
        told = [shown.rindex(chapter) for chapter in chapters]
        assert [first, *rows, *told] == sorted([first, *rows, *told]), name


# Word


@every_charter
def test_a_word_document_has_every_word_and_no_fault(charter: Charter, tmp_path: Path) -> None:
    document = paper(charter)
    content = to_docx(document)
    assert not_in(read(content), document) == []
    assert office_errors(content, "docx", tmp_path) == []


def test_a_word_document_is_walked_by_headings_and_repeats_the_heads_of_its_tables() -> None:
    document = paper(samples()[0].charter)
    book = docx.Document(BytesIO(to_docx(document)))
    told = [(p.style.name, p.text) for p in book.paragraphs if p.style.name.startswith("Heading")]
    assert told[0] == ("Heading 1", document.name)
    assert [text for name, text in told if name == "Heading 2"] == [f"{c.number}  {c.title}" for c in document.chapters]
    tables = [block for c in document.chapters for block in c.blocks if isinstance(block, Table)]
    heads = [t for t in book.tables if t.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert [tuple(c.text for c in t.rows[0].cells) for t in heads] == [t.headers for t in tables]
    marks = {m.get(qn("w:name")) for m in book.element.iter(qn("w:bookmarkStart"))}
    links = [m.get(qn("w:anchor")) for m in book.element.iter(qn("w:hyperlink"))]
    assert len(links) == len(document.chapters)
    assert set(links) <= marks


def test_persian_runs_from_right_to_left_in_word() -> None:
    document = paper(CHARTERS["persian"])
    lines = [p for p in docx.Document(BytesIO(to_docx(document))).paragraphs if p.text == document.summary]
    assert all(p._p.pPr.find(qn("w:bidi")) is not None and p.runs[0].font.rtl for p in lines)
    assert lines


@pytest.mark.parametrize("name", ["voice_search", "persian"])
def test_libreoffice_prints_a_word_document_without_a_cut_word(name: str, tmp_path: Path) -> None:
    document = paper(CHARTERS[name])
    file = as_pdf(to_docx(document), "docx", tmp_path, "sw")
    first, shown = page(file, 1), bare(text_of(file))
    assert [row.title for row in document.page.rows if bare(row.title) not in first] == []
    latin = {word for s in strings(document) for word in re.findall("[A-Za-z0-9]{2,}", s)}
    assert [word for word in latin if word not in shown] == []


# Slide


def slide_of(charter: Charter) -> Any:
    (slide,) = pptx.Presentation(BytesIO(to_pptx(paper(charter)))).slides
    return slide


@every_charter
def test_a_slide_has_no_fault_and_its_shapes_stay_apart(charter: Charter, tmp_path: Path) -> None:
    assert office_errors(to_pptx(paper(charter)), "pptx", tmp_path) == []
    slide = slide_of(charter)
    places = {}
    for shape in slide.shapes:
        high = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
        places[shape.name] = (shape.left.pt, shape.top.pt, shape.left.pt + shape.width.pt, shape.top.pt + high / 12700)
    assert [name for name, (x, y, right, low) in places.items() if x < 0 or y < 0 or right > SLIDE[0] or low > SLIDE[1]] == []
    boxes = list(places.items())
    crossing = [
        (one, other)
        for n, (one, a) in enumerate(boxes)
        for other, b in boxes[n + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] - 0.5 and b[1] < a[3] - 0.5
    ]
    assert crossing == []


@every_charter
def test_what_a_slide_shortens_stands_whole_in_its_notes(charter: Charter) -> None:
    document, slide = paper(charter), slide_of(charter)
    notes = bare(slide.notes_slide.notes_text_frame.text)
    assert [row.title for row in (document.page.asked, *document.page.rows) if bare(row.written) not in notes] == []
    assert slide.shapes.title.text_frame.text
    assert {tile.label for tile in document.tiles} <= {shape.name for shape in slide.shapes}


@pytest.mark.parametrize("name", ["voice_search", "loan_approval", "persian"])
def test_libreoffice_shows_a_slide_without_a_word_outside_of_its_place(name: str, tmp_path: Path) -> None:
    file = as_pdf(to_pptx(paper(CHARTERS[name])), "pptx", tmp_path, "sd")
    told = subprocess.run(
        [need(poppler(), "pdftotext"), "-bbox", "-l", "1", file, "-"], capture_output=True, check=True, text=True
    ).stdout
    words = [
        (float(x), float(y), float(right), float(low), text)
        for x, y, right, low, text in re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', told)
    ]
    slide = slide_of(CHARTERS[name])
    foot = next(s for s in slide.shapes if s.name == "Revision")
    (table,) = [s for s in slide.shapes if s.has_table]
    assert len(words) > 100
    assert [w for w in words if w[0] < 0 or w[2] > SLIDE[0] or w[3] > SLIDE[1]] == []
    # Nothing of the rows runs into the foot, nothing of what is asked into the rows.
    assert [w for w in words if table.top.pt < w[1] < foot.top.pt < w[3]] == []
    assert [w for w in words if w[2] < table.left.pt + table.width.pt and w[1] < table.top.pt < w[3] - 3] == []
    for tile in paper(CHARTERS[name]).tiles:
        shape = next(s for s in slide.shapes if s.name == tile.label)
        inside = [w for w in words if w[0] >= shape.left.pt and shape.top.pt - 6 <= w[1] < shape.top.pt + shape.height.pt]
        assert inside
        assert [w for w in inside if w[1] < shape.top.pt - 1 or w[3] > shape.top.pt + shape.height.pt + 1] == []
