"""A part is everything at once: model, words, page, chapter, review."""

from pathlib import Path

import pytest

from scoping.charter import PARTS, SECTIONS, Charter
from scoping.review import overview
from scoping.section import Answer, Choice, Kind
from tests.exports.filled import filled_charter, paper

ROOT = Path(__file__).parents[2]
every_part = pytest.mark.parametrize("part", PARTS, ids=lambda p: p.slug)
MODELS = [(part, name) for part in PARTS for name in ("", *part.lists)]
every_model = pytest.mark.parametrize(("part", "name"), MODELS, ids=[f"{part.slug}.{name}" for part, name in MODELS])


def asked(part, name):
    return part.lists[name].questions if name else part.questions


def test_no_two_parts_share_a_slug_title_icon_or_question():
    for attribute in ("slug", "title", "icon", "question"):
        values = [getattr(part, attribute) for part in PARTS]
        assert len(set(values)) == len(values), attribute


@every_part
def test_has_a_module_of_its_name(part):
    assert part.model.__module__ == f"scoping.sections.{part.slug}"
    assert (ROOT / "scoping" / "sections" / f"{part.slug}.py").exists()


def test_every_module_of_the_folder_is_a_part():
    assert {path.stem for path in (ROOT / "scoping" / "sections").glob("*.py")} - {"__init__"} == {part.slug for part in PARTS}


@pytest.mark.parametrize("section", SECTIONS, ids=lambda s: s.slug)
def test_has_a_page(section):
    assert (ROOT / "pages" / f"{section.slug}.py").exists()


@every_part
def test_has_a_test_of_its_name(part):
    assert (ROOT / "tests" / "unit" / "sections" / f"test_{part.slug}.py").exists()


@every_part
def test_has_a_chapter_in_the_charter(part):
    assert part.slug in {chapter.part for chapter in paper(filled_charter()).chapters}


@every_part
def test_says_what_it_asks_why_and_how_a_good_and_a_poor_answer_look(part):
    assert part.question.endswith("?")
    assert part.why.endswith(".")
    assert part.good.startswith("“")
    assert part.poor.strip()
    assert part.good != part.poor


@every_part
def test_every_list_says_how_to_begin(part):
    for spec in part.lists.values():
        assert spec.begin.endswith((".", "?")), spec.name
        assert spec.title
        assert spec.singular[0].islower(), spec.name


@every_model
def test_every_question_has_a_label_of_its_own(part, name):
    labels = [spec.label for spec in asked(part, name)]
    assert len(set(labels)) == len(labels)
    assert all(label.strip() and label[0].isupper() for label in labels)


@every_model
def test_no_question_is_called_by_its_field_name(part, name):
    assert not [spec.name for spec in asked(part, name) if spec.label == spec.name or "_" in spec.label]


@every_model
def test_a_first_workshop_sees_six_questions_at_most(part, name):
    core = [spec.name for spec in asked(part, name) if spec.core]
    # Those of the screening are asked one at a time, by a click each.
    assert len([spec for spec in asked(part, name) if spec.core and spec.topic != "screening"]) <= 6, core
    if name and part.lists[name].layout == "cards":
        assert len(core) >= 2, core


@pytest.mark.parametrize("section", SECTIONS, ids=lambda s: s.slug)
def test_a_first_workshop_has_something_to_answer_on_every_step(section):
    assert sum(spec.core for name in ("", *section.lists) for spec in asked(section, name)) >= 2
    assert not any(section.model().answer(spec.name) is Answer.ANSWERED for spec in section.questions if not spec.assumed)


@every_model
def test_every_choice_is_told_apart_by_value_and_by_label(part, name):
    for spec in asked(part, name):
        said = [{c.value.casefold(), c.label.casefold()} for c in spec.choices]
        assert len(set().union(*said)) == sum(map(len, said)), spec.name
        assert all(isinstance(c, Choice) and c.label for c in spec.choices)
        assert (spec.kind is Kind.CHOICE) == bool(spec.choices)


@every_model
def test_money_stands_beside_its_currency(part, name):
    specs = {spec.name: spec for spec in asked(part, name)}
    if any(spec.kind is Kind.MONEY for spec in specs.values()):
        assert specs["currency"].assumed


@every_part
def test_an_empty_one_is_reviewed_in_sentences_and_is_not_ready(part):
    asked = {c.part for c in overview(Charter()).conditions}
    assert part.slug not in asked or any(f.part == part.slug for f in overview(Charter()).missing)
    assert all(f.message.endswith((".", "?")) for f in part.review(part.model()))


@every_part
def test_findings_are_sentences_under_the_code_of_their_part(part):
    empty_rows = {name: (spec.record(id="a"), spec.record(id="b")) for name, spec in part.lists.items()}
    for value in (part.model(), part.model(**empty_rows)):
        for finding in part.review(value):
            assert finding.part == part.slug, finding.code
            assert finding.message.rstrip("”")[-1] in ".?", finding.message
            assert finding.message[0].isupper() or finding.message[0] == "“", finding.message
            assert "!" not in finding.message
