"""Counts, days and refusals are written in one way, wherever they stand."""

from __future__ import annotations

import ast
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from scoping import answers
from scoping.charter import PARTS
from scoping.section import Kind, questions
from scoping.words import count, day_words
from tests.tools import ROOT

SOURCES = [f for folder in ("scoping", "pages", "storage") for f in (ROOT / folder).rglob("*.py")]
NOUNS = (
    "point|day|week|month|year|hour|row|column|cell|project|person|people|source|milestone|target|reading|item|label|labeller|"
    "question|case|class|classe|error|value|table|step|change|file|entrie|obligation|concern|risk|benefit|cost|group|feature|slice|set|"
    "tag|tie|pair|assignment|link|second|decimal|round|piece|condition"
)
_COUNTED = re.compile(rf"^ ({NOUNS})s?\b(?!-)")
_PLURAL = re.compile(rf"^ (?:more )?(?:({NOUNS})s|people)\b")
_DATE_CODES = re.compile("%d %b|%Y-%m-%d|%d/%m|%m/%d")
DATES = [spec for part in PARTS for model in (part.model, *(s.record for s in part.lists.values())) for spec in questions(model)]
DATE = next(spec for spec in DATES if spec.kind is Kind.DATE)


def test_a_count_of_one_is_no_plural():
    assert [count(n, "day") for n in (0, 1, 2, 1_200)] == ["0 days", "1 day", "2 days", "1,200 days"]
    assert (count(1, "person", "people"), count(2, "person", "people")) == ("1 person", "2 people")
    assert (count("1", "point"), count("1.5", "point"), count("0.01", "point")) == ("1 point", "1.5 points", "0.01 points")


@pytest.mark.parametrize("spec", [s for s in DATES if s.unit.endswith("s")], ids=lambda s: s.name)
def test_one_of_a_unit_is_no_plural(spec):
    assert answers.words(spec, 1) == f"1 {spec.unit[:-1]}"
    assert answers.words(spec, 2) == f"2 {spec.unit}"


def _is_fixed(node: ast.expr) -> bool:
    """A constant of ours, which is never one; or what `count` and its kind have written."""
    return isinstance(node, ast.Name | ast.Attribute) and (node.id if isinstance(node, ast.Name) else node.attr).isupper()


def plurals(text: str) -> list[int]:
    """Lines on which a noun in the plural follows a number that may be one."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.JoinedStr):
            for value, after in zip(node.values, node.values[1:], strict=False):
                is_number = isinstance(value, ast.FormattedValue) and not _is_fixed(value.value)
                if is_number and isinstance(after, ast.Constant) and _PLURAL.match(str(after.value)):
                    found.append(value.lineno)
    return found


def per_cents(text: str) -> list[int]:
    """Lines on which a figure gets its sign of per cent by hand; a place in a drawing, as a style has it, is none."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.JoinedStr):
            for value, after in zip(node.values, [*node.values[1:], None], strict=True):
                if not isinstance(value, ast.FormattedValue):
                    continue
                is_signed = isinstance(after, ast.Constant) and re.match(r"\s?%(?![;\"]| \+)", str(after.value))
                if is_signed or (value.format_spec and ast.unparse(value.format_spec).strip("f'\"").endswith("%")):
                    found.append(value.lineno)
    return found


def test_a_planted_per_cent_is_found():
    assert per_cents('f"{x:.0f} %"') == per_cents('f"{x:.1%}"') == per_cents('f"{x:g}% of"') == [1]
    assert per_cents('f"{percent(x)} of 80 %"') == []


PER_CENTS = {
    # Cells as files write them, a formula, the notation of a cell, and places in a drawing.
    "pages/parts/portfolio/map.py": 1,
    "pages/parts/portfolio/timeline.py": 1,
    "scoping/tables/notation.py": 1,
    "scoping/tables/excel_files.py": 1,
    "scoping/export/workbook/worth.py": 1,
    "scoping/export/workbook/measured.py": 1,
}


@pytest.mark.parametrize("file", SOURCES, ids=lambda f: f.relative_to(ROOT).as_posix())
def test_per_cents_go_through_one_function(file):
    name = file.relative_to(ROOT).as_posix()
    lines = per_cents(file.read_text("utf-8"))
    assert len(lines) == PER_CENTS.get(name, 0), f"{name}: lines {lines}"


def test_a_planted_plural_is_found():
    assert plurals('f"{n:,} rows"') == plurals('f"{len(x)} people more"') == plurals('f"{n} more tags"') == [1]
    assert plurals('f"{AT_MOST} rows"') == plurals("f\"{count(n, 'row')}\"") == []


MANY = {
    # A word, not a number; the branch in which it stands has taken one away; or a constant with more than one.
    "scoping/export/workbook/sums.py": 1,
    "scoping/export/workbook/timeline.py": 1,
    "scoping/feasibility/history.py": 1,
    "scoping/measuring/slices/words.py": 1,
    "scoping/milestones/reference_class.py": 1,
    "scoping/tables/cells.py": 2,
    "scoping/tables/missingness.py": 1,
    "scoping/value/money.py": 1,
    "pages/parts/milestones/past_projects.py": 1,
    "pages/parts/portfolio/best.py": 1,
    "pages/serving/changes.py": 1,
    "pages/serving/v1/client.py": 1,
    "scoping/portfolio/sums.py": 1,
    "scoping/value/charts.py": 1,
    "pages/parts/value/errors.py": 1,
    "storage/sources.py": 1,
}


@pytest.mark.parametrize("file", SOURCES, ids=lambda f: f.relative_to(ROOT).as_posix())
def test_counts_go_through_one_function(file):
    name = file.relative_to(ROOT).as_posix()
    lines = plurals(file.read_text("utf-8"))
    assert len(lines) == MANY.get(name, 0), f"{name}: lines {lines}"


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_day_is_written_in_one_way_and_read_back(day):
    assert answers.typed(DATE, day) == answers.words(DATE, day) == day_words(day)
    assert answers.read(DATE, day_words(day)) == day.isoformat()


@pytest.mark.parametrize("raw", ["2027-02-12", "12.2.2027", "12 February 2027", "February 12, 2027", "2/22/2027", "۱۲ Feb 2027"])
def test_any_usual_form_of_a_day_is_taken(raw):
    assert answers.typed(DATE, answers.read(DATE, raw)).endswith("Feb 2027")


@pytest.mark.parametrize("file", SOURCES, ids=lambda f: f.relative_to(ROOT).as_posix())
def test_no_page_or_paper_writes_a_day_in_a_form_of_its_own(file):
    machine = {"scoping/tables/dates.py", "scoping/export/mspdi.py", "pages/parts/charter/exports.py"}
    if file.relative_to(ROOT).as_posix() in machine:
        return
    assert not _DATE_CODES.findall(file.read_text("utf-8").replace("%-d %b", ""))


class Asked(BaseModel):
    at: AwareDatetime
    share: float = Field(ge=0, le=1)
    name: str = Field(max_length=5)
    kind: bool


@pytest.mark.parametrize(
    ("wrong", "needed"),
    [
        ({"at": datetime(2027, 1, 1)}, "a moment with its time zone, such as"),  # noqa: DTZ001
        ({"at": "soon"}, "a moment with its time zone, such as"),
        ({"share": 2}, "a number of at most 1"),
        ({"share": -1}, "a number of at least 0"),
        ({"share": "much"}, "a number"),
        ({"name": "too long"}, "a text of at most 5 characters"),
        ({"name": 3}, "a text"),
        ({"kind": "perhaps"}, "true or false"),
        ({"kind": None}, "true or false"),
    ],
)
def test_a_refusal_says_in_words_of_ours_what_is_needed(wrong, needed):
    right = {"at": datetime(2027, 1, 1, tzinfo=UTC), "share": 0.5, "name": "Ana", "kind": True}
    with pytest.raises(ValidationError) as refused:
        Asked.model_validate(right | wrong)
    (item,) = refused.value.errors()
    assert answers.needed(item).startswith(needed)
    assert "Input should" not in answers.sentences(refused.value, PARTS[0].model)


def test_times_of_today_are_those_of_the_reader():
    from pages.parts import times

    assert abs(times.today() - datetime.now(UTC).date()) <= timedelta(days=1)
