"""The workbook on paper: page one and its annexes, and nothing else."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook
from pypdf import PdfReader

from scoping.charter import PARTS, Charter
from scoping.document.paper import document
from scoping.export.workbook.asking import Ask
from scoping.export.workbook.printed import annexes, pages
from scoping.export.workbook.printed.letters import width, wrapped
from scoping.export.workbook.printed.pages import Cell, Row
from scoping.export.workbook.sheet import EMPTY_ROW
from scoping.export.xlsx import to_xlsx
from scoping.review import overview
from scoping.samples import samples
from scoping.section import questions
from scoping.sections.problems import Problem, Problems
from tests.exports.filled import filled_charter
from tests.exports.workbooks import SAVED_AT, charter_json, exported, opened, small_charter
from tests.persian import persian
from tests.tools import need, office_errors, soffice

MOST_PAGES = 12
ON_PAPER = ("Summary", "Annexes")
_TODAY = date(2027, 1, 6)
_SAMPLES = {sample.slug: sample.as_of(_TODAY) for sample in samples()}
CHARTERS: dict[str, Any] = {**_SAMPLES, "persian": persian(_SAMPLES["voice_search"]), "empty": Charter()}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The words on each page of every workbook as LibreOffice prints it whole."""
    contents = {name: to_xlsx(charter, revision=7, saved_at=SAVED_AT) for name, charter in CHARTERS.items()}
    return _printed(tmp_path_factory.mktemp("printed"), contents)


def _printed(folder: Path, contents: dict[str, bytes]) -> dict[str, list[str]]:
    program = need(soffice(), "LibreOffice")
    for name, content in contents.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *sorted(folder.glob("*.xlsx"))]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: [page.extract_text() for page in PdfReader(folder / f"{name}.pdf").pages] for name in contents}


@pytest.mark.parametrize("name", CHARTERS)
def test_a_full_charter_prints_on_at_most_twelve_pages_and_none_is_nearly_blank(name: str, printed: dict[str, list[str]]) -> None:
    if name == "empty":
        assert len(printed[name]) == 1
    else:
        assert 2 <= len(printed[name]) <= MOST_PAGES
        assert min(len(words.split()) for words in printed[name]) >= 200


@pytest.mark.parametrize("name", CHARTERS)
def test_only_what_is_laid_out_for_paper_is_printed(name: str, printed: dict[str, list[str]]) -> None:
    heads = [words for words in ("Days to obtain", "Cash flow", "Open points", "How to read") if words in printed[name][0]]
    assert not heads
    assert all("Present value" not in words and "charter-workbook" not in words for words in printed[name])
    assert "Page 1 of" in printed[name][0]


@pytest.mark.parametrize("name", _SAMPLES)
def test_no_heading_stands_alone_at_the_foot_of_a_page(name: str) -> None:
    sheet = opened(to_xlsx(CHARTERS[name], revision=1, saved_at=SAVED_AT))["Annexes"]
    breaks = [each.id for each in sheet.row_breaks.brk]
    assert breaks
    for row in breaks:
        last = next(cell for n in range(row, 0, -1) if (cell := sheet.cell(n, 1)).value is not None)
        assert not (last.font.bold and last.font.color.rgb in ("FF0F766E", "FFFFFFFF")), last.value


@pytest.mark.parametrize("name", CHARTERS)
def test_what_is_read_on_paper_has_one_size_of_type(name: str) -> None:
    book = opened(to_xlsx(CHARTERS[name], revision=1, saved_at=SAVED_AT))
    assert _sizes(book, "Annexes") == {pages.SIZE}
    assert _sizes(book, "Summary") == {pages.SIZE, 14}
    large = [c.value for row in book["Summary"].iter_rows() for c in row if c.value is not None and c.font.size == 14]
    assert len(large) <= 9, "the name and the figures of eight tiles"


@pytest.mark.parametrize("name", CHARTERS)
def test_the_open_xml_sdk_finds_no_fault_in_a_workbook_nor_in_one_to_fill_in(name: str, tmp_path: Path) -> None:
    ask = Ask(steps=("data_sources", "value"), back_to="Ana")
    for asked in (None, ask):
        content = to_xlsx(CHARTERS[name], revision=7, saved_at=SAVED_AT, ask=asked)
        assert office_errors(content, "xlsx", tmp_path) == []


def _sizes(book: Workbook, sheet: str) -> set[float]:
    return {cell.font.size for row in book[sheet].iter_rows() for cell in row if cell.value is not None}


def test_sheets_of_work_are_for_the_screen() -> None:
    book = opened(exported(filled_charter()))
    for sheet in book.worksheets:
        if sheet.title not in ON_PAPER:
            assert sheet.print_area == f"'{sheet.title}'!$A$3", sheet.title
            assert sheet.row_dimensions[EMPTY_ROW + 1].hidden
            assert all(cell.value is None for cell in sheet[EMPTY_ROW + 1]) or sheet.sheet_state != "visible"


@pytest.mark.parametrize("name", ON_PAPER)
def test_paper_is_a4_without_a_scale_that_would_void_its_breaks(name: str) -> None:
    sheet = opened(exported(small_charter()))[name]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("portrait", 9)
    assert not (sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
    assert sheet.page_setup.scale
    assert "Revision 7" in str(sheet.oddFooter.left.text)
    assert sheet.oddHeader.left.text == "DRAFT"


def test_the_annexes_say_what_the_document_says() -> None:
    charter = _SAMPLES["online_retailer"]
    paper = document(charter, overview(charter), revision=1, saved_at=SAVED_AT, is_brief=True)
    assert {chapter.title for chapter in paper.chapters} >= annexes.ELSEWHERE
    sheet = opened(to_xlsx(charter, revision=1, saved_at=SAVED_AT))["Annexes"]
    said = {cell.value for row in sheet.iter_rows() for cell in row}
    for chapter in paper.chapters:
        assert (f"{chapter.number}. {chapter.title}" in said) == (chapter.title not in annexes.ELSEWHERE and bool(chapter.blocks))


def test_the_first_page_holds_all_that_a_sponsor_signs(printed: dict[str, list[str]]) -> None:
    first = " ".join(printed["voice_search"][0].split())
    for words in ("We ask Ines Okafor", "Minimal risk", "Late 5 days", "16 of 16", "$338,000", "Technical lead", "Signature"):
        assert words in first, words
    assert "2. " not in first


def test_a_table_that_goes_on_says_its_heads_again_and_never_all_of_very_many_rows() -> None:
    many = tuple(Problem(id=f"p{n}", statement=f"Number {n} " + "of many " * 12) for n in range(60))
    sheet = opened(exported(Charter(problems=Problems(problems=many))))["Annexes"]
    words = [cell.value for (cell,) in sheet.iter_rows(max_col=1)]
    assert words.count("What do you wish were working better?") >= 2
    assert f"… and {60 - annexes.MOST_ROWS} more on the sheet “Problems”." in words


def test_a_text_that_is_too_long_for_a_row_goes_on_in_the_next() -> None:
    text = "word " * 2000
    sheet = opened(exported(Charter(problems=Problems(in_scope=text))))["Annexes"]
    pieces = [c.value for row in sheet.iter_rows() for c in row if str(c.value).startswith("word word")]
    assert " ".join(pieces).split() == text.split()
    assert max(each.height or 0 for each in sheet.row_dimensions.values()) < 409


def test_a_last_page_takes_over_from_those_before_it() -> None:
    rows = [Row((Cell(0, 10, "text", {}),), height=20)] * 50
    assert [len(page) for page in pages.paginated(rows)][-1] >= 0.4 * 44


def test_every_part_is_told_in_the_annexes_or_on_the_first_page() -> None:
    paper = document(_SAMPLES["voice_search"], overview(_SAMPLES["voice_search"]), revision=1, saved_at=SAVED_AT, is_brief=True)
    told = {chapter.part for chapter in paper.chapters if chapter.title not in annexes.ELSEWHERE}
    assert told >= {part.slug for part in PARTS}


@pytest.mark.parametrize(
    "text", ["one two three", "Donaudampfschifffahrt" * 9, "نان فروخته‌نشده در پایان روز", "漢字" * 40, "a\n\nb", ""]
)
def test_lines_of_a_text_fit_and_lose_nothing(text: str) -> None:
    lines = wrapped(text, 9_000)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(width(line) <= 9_000 for line in lines)


# The workbook that is sent to somebody


def test_a_workbook_to_fill_in_shows_a_letter_and_the_chosen_steps_only() -> None:
    book = opened(_asking("data_sources", "ethics"))
    shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert shown == ["Please fill in", "Ethics", "Data sources"]
    assert book.active.title == "Please fill in"
    assert book["_charter"].sheet_state == "veryHidden"
    assert charter_json(book) == small_charter().model_dump(mode="json")
    words = " ".join(str(cell.value) for row in book["Please fill in"].iter_rows() for cell in row if cell.value)
    for said in ("Dana asks you", "“Voice search”", "Save the workbook and send it back to Ben, ben@example.org.", "Not known yet"):
        assert said in words, said


def test_what_is_due_is_grey_in_a_workbook_to_fill_in_and_is_counted() -> None:
    book = opened(_asking("data_sources"))
    greys = [
        rule.formula[0]
        for found in book["Data sources"].conditional_formatting
        for rule in found.rules
        if rule.dxf and rule.dxf.fill and rule.dxf.fill.bgColor.rgb == "FFDDE3E1"
    ]
    assert any("Still open" in rule for rule in greys)
    assert any(rule.startswith("AND(TRUE") for rule in greys), "the empty rows below a table wait for entries"
    due = [row for name in ("", "sources") for row in _due(name)]
    letter = [str(cell.value) for row in book["Please fill in"].iter_rows() for cell in row]
    assert any(f"({len(due)} grey cells)" in words for words in letter)


def _due(list_name: str) -> list[str]:
    value = small_charter().data_sources
    entries = getattr(value, list_name) if list_name else [value]
    return [q.name for entry in entries for q in questions(type(entry)) if q.core and entry.answer(q.name) == "blank"]


def test_the_other_sheets_of_a_workbook_to_fill_in_stay_as_they_are() -> None:
    """What nobody was shown must come back as it went out."""
    asking, whole = opened(_asking("rollout")), opened(exported(small_charter()))
    for part in PARTS:
        ours, theirs = ([[c.value for c in row] for row in book[part.title].iter_rows()] for book in (asking, whole))
        assert ours == theirs, part.title


def test_libreoffice_opens_a_workbook_to_fill_in_and_prints_its_letter(tmp_path: Path) -> None:
    (words,) = _printed(tmp_path, {"ask": _asking("data_sources")})["ask"]
    assert "Please fill in" in words


def _asking(*steps: str) -> bytes:
    ask = Ask(steps, "Ben, ben@example.org")
    return to_xlsx(small_charter(), revision=7, saved_at=SAVED_AT, ask=ask)
