"""The Excel workbook: what stands where, as what, and that words of people stay words."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl.utils import range_boundaries

from scoping.charter import PARTS, Charter
from scoping.export.workbook.parts import SPARE
from scoping.export.workbook.sheet import header_of
from scoping.export.workbook.sums import END
from scoping.export.xlsx import to_xlsx
from scoping.samples import samples
from scoping.section import Section
from scoping.sections.data_sources import DataSources, Source
from scoping.sections.milestones import Milestone, Milestones
from scoping.sections.problems import Problem, Problems
from scoping.sections.project import Project
from scoping.sections.solutions import Solution, Solutions
from scoping.sections.value import Rung, Value
from tests.exports.filled import filled_charter
from tests.exports.workbooks import (
    HOSTILE,
    PROJECT,
    SAVED_AT,
    charter_json,
    exported,
    lines,
    opened,
    small_charter,
    tables,
    with_texts,
)

UNKNOWN = "Not known yet"


@pytest.fixture(scope="module")
def small() -> bytes:
    return exported(small_charter())


def test_sheets_stand_in_the_order_of_the_parts_after_the_summary(small: bytes) -> None:
    book = opened(small)
    assert book.sheetnames[: len(PARTS) + 2] == ["Summary", "Annexes", *(part.title for part in PARTS)]
    assert book.active.title == "Summary"
    states = {sheet.title: sheet.sheet_state for sheet in book.worksheets if sheet.sheet_state != "visible"}
    assert states == {"Lists": "hidden", "_charter": "veryHidden"}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.slug)
def test_every_question_of_every_part_has_a_place(part: Section) -> None:
    book = opened(exported(filled_charter()))
    asked = [row[1] for row in book[part.title].iter_rows(values_only=True) if row[0] and row[1]]
    assert [header_of(s) for s in part.questions] == asked[: len(part.questions)]
    for name, spec in part.lists.items():
        rows = tables(book)[f"{part.slug}_{name}"]
        assert [row["ID"] for row in rows] == ["one", "two", *[None] * SPARE]
        for question in (q for q in spec.questions if not q.machine):
            assert rows[0][header_of(question)] is not None, question.name


def test_numbers_dates_and_money_are_real_ones(small: bytes) -> None:
    found = tables(opened(small))
    problem, other = found["problems_problems"][:2]
    assert problem["Cost of doing nothing"] == 1234.5
    assert (problem["Today it stands at"], other["How many of them"]) == (21.5, 40_000)
    yen = found["data_sources_sources"][3]
    assert (yen["Cost"], yen["Currency"]) == (30_000, "JPY")
    milestone = found["milestones_milestones"][0]
    assert milestone["Due"] == datetime(2027, 3, 15)  # noqa: DTZ001
    assert found["feasibility_slices"][0]["Share of the cases (%)"] == 60


def test_money_shows_the_decimals_it_has(small: bytes) -> None:
    sheet = opened(small)["Data sources"]
    formats = {row[5].value: row[5].number_format for row in sheet.iter_rows() if isinstance(row[5].value, int | float)}
    assert {formats[10_000], formats[30_000]} == {"#,##0"}
    assert formats[5000.5] == "#,##0.00"


def test_a_date_that_spreadsheets_cannot_count_is_written_out(small: bytes) -> None:
    assert tables(opened(small))["milestones_milestones"][2]["Start"] == "31 Dec 1899"


def test_choices_are_written_in_words(small: bytes) -> None:
    found = tables(opened(small))
    assert found["solutions_solutions"][0]["Where it stands"] == "Chosen for this charter"
    assert found["value_benefits"][0]["How often"] == "per month"


def test_links_name_the_record_and_twins_are_told_apart(small: bytes) -> None:
    found = tables(opened(small))
    assert found["solutions_solutions"][0]["Which problems it answers"] == "a removed entry | Searches fail | Searches fail (2)"
    assert [row["Milestone"] for row in found["milestones_targets"][:5]] == [
        "Works",
        "Works",
        "Works (2)",
        "a removed entry",
        UNKNOWN,
    ]


def test_unknown_is_said_and_blank_is_empty(small: bytes) -> None:
    found = tables(opened(small))
    assert found["data_sources_sources"][4]["Cost"] == UNKNOWN
    assert found["data_sources_sources"][2]["Days to obtain"] is None
    state = {row[0]: row[-1] for row in _questions(small, "Problems")}
    assert (state["out_of_scope"], state["in_scope"], state["link_to_strategy"]) == (UNKNOWN, "Still open", "Can wait")


def _questions(content: bytes, sheet: str) -> list[list[Any]]:
    rows = opened(content, results=True)[sheet].iter_rows(values_only=True)
    return [[v for v in row if v is not None] for row in rows if row[0] and row[0] != "ID" and row[0] in _NAMES]


_NAMES = {spec.name for part in PARTS for spec in part.questions}


def test_a_state_follows_its_answer(small: bytes) -> None:
    sheet = opened(small)["Problems"]
    row = next(cells for cells in sheet.iter_rows() if cells[0].value == "in_scope")
    state = next(cell for cell in row if str(cell.value).startswith("=IF"))
    assert f"$C${row[0].row}=" in str(state.value)


def test_open_and_unknown_cells_are_marked_by_conditions(small: bytes) -> None:
    book = opened(small)
    for part in PARTS:
        rules = [rule.formula[0] for found in book[part.title].conditional_formatting for rule in found.rules]
        assert any(UNKNOWN in rule for rule in rules), part.slug
        if part.lists:
            assert any(rule.startswith("AND(COUNTA(") for rule in rules), part.slug


def test_text_written_by_people_stays_text_everywhere() -> None:
    charter, texts = with_texts(filled_charter(), HOSTILE)
    book = opened(exported(charter))
    found = set()
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "e", (sheet.title, cell.coordinate)
                assert cell.hyperlink is None
                assert cell.data_type != "f" or cell.value not in texts, (sheet.title, cell.coordinate)
                found.add(cell.value)
    assert texts - {HOSTILE[-1]} <= found
    assert "\ufffd\ufffd" in found, "two characters that XML cannot hold are replaced where people see them"
    assert charter_json(book) == charter.model_dump(mode="json")


@pytest.mark.parametrize("text", HOSTILE)
def test_every_part_of_the_file_is_sound_whatever_names_people_choose(text: str) -> None:
    charter = Charter(
        project=Project(name=text),
        data_sources=DataSources(sources=(Source(id="s", name=text, amount=1, cost=2, unit=text),)),
        milestones=Milestones(milestones=(Milestone(id="m", deliverable=text, owner=text, due=date(2027, 5, 1)),)),
    )
    with zipfile.ZipFile(BytesIO(exported(charter))) as parts:
        for name in parts.namelist():
            ElementTree.fromstring(parts.read(name))  # noqa: S314
        assert b"_x" not in b"".join(re.findall(rb"<t>\{&quot;.*?</t>|<t>\{.*?</t>", parts.read("xl/sharedStrings.xml")))


def test_a_text_that_looks_like_an_error_is_no_error_in_any_formula() -> None:
    charter, _ = with_texts(filled_charter(), ("#N/A",))
    book = opened(exported(charter), results=True)
    assert not [c.coordinate for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.data_type == "e"]


def test_the_longest_texts_and_largest_numbers_fit() -> None:
    charter = Charter(
        problems=Problems(
            decision_changed="ي" * 10_000,
            in_scope="👩" * 10_000,
            problems=tuple(
                Problem(id=f"p{n}", statement="x" * 10_000, how_many=10**15, cost_of_doing_nothing=-(10**15)) for n in range(3)
            ),
        ),
        solutions=Solutions(solutions=(Solution(id="s", problems=tuple(f"p{n}" for n in range(3))),)),
        value=Value(rungs=(Rung(id="r", current=1.7e308, target=5e-324, low=-1.7e308),)),
        milestones=Milestones(milestones=(Milestone(id="m", start=date.min, due=date.max),)),
    )
    book = opened(exported(charter))
    assert charter_json(book) == charter.model_dump(mode="json")
    assert lines(book, "Problems")["In scope"][0] == "👩" * 10_000
    assert tables(book)["problems_problems"][0]["How many of them"] == 10**15


def test_a_text_no_cell_can_hold_is_refused_and_not_cut() -> None:
    problems = Problems.model_construct(**{**Problems().__dict__, "in_scope": "x" * 32_768})
    with pytest.raises(ValueError, match="does not fit"):
        exported(Charter().with_part("problems", problems))


def test_many_links_in_one_cell_are_counted_where_they_do_not_fit() -> None:
    many = tuple(Problem(id=f"p{n}", statement=f"{n} " + "y" * 200) for n in range(400))
    ideas = (Solution(id="s", problems=tuple(p.id for p in many)),)
    charter = Charter(problems=Problems(problems=many), solutions=Solutions(solutions=ideas))
    cell = tables(opened(exported(charter)))["solutions_solutions"][0]["Which problems it answers"]
    assert cell.endswith(" more")
    assert cell.count("|") + int(cell.split()[-2]) == 400


def test_the_same_revision_gives_the_same_bytes_in_any_process() -> None:
    program = "import hashlib; from tests.exports.workbooks import *; print(hashlib.sha256(exported(small_charter())).hexdigest())"
    seeds = [
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "TZ": zone},
            cwd=Path(__file__).parents[2],
        ).stdout.strip()
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    assert set(seeds) == {hashlib.sha256(exported(small_charter())).hexdigest()}
    with zipfile.ZipFile(BytesIO(exported(small_charter()))) as parts:
        assert {info.date_time[0] for info in parts.infolist()} == {1980}


def test_the_hidden_sheet_gives_the_charter_back(small: bytes) -> None:
    book = opened(small)
    assert Charter.model_validate(charter_json(book)) == small_charter()
    about = dict(book["_charter"].iter_rows(values_only=True))
    assert (about["format"], about["version"], about["revision"]) == ("charter-workbook", 2, 7)
    assert about["project"] == PROJECT
    assert about["saved_at"] == SAVED_AT.isoformat()


def test_closed_questions_offer_their_choices_and_the_unknown(small: bytes) -> None:
    book = opened(small)
    rules = book["Value"].data_validations.dataValidation
    offered = [_values(book, rule.formula1) for rule in rules if rule.type == "list"]
    assert ["once", "per month", "per year", UNKNOWN] in offered


def _values(book: Any, place: str) -> list[Any]:
    sheet, cells = place.lstrip("=").split("!")
    first, _, last = cells.replace("$", "").partition(":")
    return [row[0].value for row in book[sheet][f"{first}:{last or first}"]]


def test_numbers_are_checked_against_the_limits_of_their_question(small: bytes) -> None:
    rules = [rule.formula1 for rule in opened(small)["Feasibility"].data_validations.dataValidation if rule.type == "custom"]
    assert any(">=0" in rule and "<=100" in rule and UNKNOWN in rule for rule in rules)


def test_a_charter_without_blockers_is_ready_and_carries_no_draft_mark() -> None:
    ready = next(s for s in samples() if s.slug == "online_retailer").as_of(SAVED_AT.date())
    book = opened(exported(ready), results=True)
    shown = [cell.value for row in book["Summary"].iter_rows() for cell in row]
    assert {"Ready to sign", "To sign", "16 of 16"} <= set(shown)
    assert not book["Value"].oddHeader.left.text


def test_a_changed_date_moves_its_bar(small: bytes) -> None:
    sheet = opened(small)["Timeline"]
    rules = [rule.formula[0] for found in sheet.conditional_formatting for rule in found.rules]
    assert any("$D6" in rule and "$E6" in rule for rule in rules)
    assert "Milestones!E" in str(sheet["E6"].value)


def test_headers_of_a_table_differ_whatever_their_case() -> None:
    for name, rows in tables(opened(exported(Charter()))).items():
        headers = [header.casefold() for header in rows[0]]
        assert len(set(headers)) == len(headers), name
        assert all("\n" not in header for header in headers), name


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.slug)
def test_every_sample_exports_and_comes_back(sample: Any) -> None:
    book = opened(to_xlsx(sample.charter, revision=1, saved_at=SAVED_AT))
    assert Charter.model_validate(charter_json(book)) == sample.charter


def test_an_empty_charter_exports_with_tables_ready_to_fill() -> None:
    found = tables(opened(exported(Charter())))
    assert all(len(rows) == SPARE for name, rows in found.items() if name not in ("to_sign", "open_points"))


def test_moments_of_any_time_zone_are_accepted() -> None:
    east = SAVED_AT.astimezone(datetime.now(UTC).tzinfo)
    naive = SAVED_AT.replace(tzinfo=None) + timedelta(0)
    for moment in (east, naive):
        assert to_xlsx(Charter(), revision=1, saved_at=moment)


def test_the_sheet_of_ethics_says_its_state_and_on_what_the_level_rests():
    sample = next(s for s in samples() if s.slug == "voice_search").charter
    said = lines(opened(exported(sample)), "Ethics")
    assert said["State of ethics"][0] == "Open"
    assert said["Risk"][0] == "Low risk by the eight questions and the law"
    assert "Questions in depth" not in said


def test_below_each_table_stands_where_its_rows_end(small: bytes) -> None:
    """Not every program keeps tables as tables, so whoever reads the workbook back has to see it in the cells."""
    book = opened(small)
    for part in PARTS:
        sheet = book[part.title]
        for name in part.lists:
            left, _, _, bottom = range_boundaries(sheet.tables[f"{part.slug}_{name}"].ref)
            assert [sheet.cell(bottom + n, left).value for n in (1, 2)] == [None, END]
