"""Question packs: every question once, mapped to frameworks that exist, and a mistake in a file is named exactly."""

from dataclasses import replace

import pytest

from scoping.errors import PackError
from scoping.ethics import questions
from scoping.ethics.bank import Counts, bank, read_pack
from scoping.sections.ethics import Ethics, QuestionPack
from tests.unit.ethics.short_pack import SHORT

PACK = """
id = "works_council"
title = "Works council"
version = 3
about = "What we agreed."
place = 20

[[areas]]
id = "staff"
name = "Staff"
questions = [
    { id = "staff_asked", ask = "Were they asked?", good = "yes", frameworks = { altai = "society" } },
    { id = "staff_watch", ask = "What does it show of a person?", options = [["not", "Nothing", 0], ["all", "All", 3]] },
]
"""


def read(text=PACK):
    return read_pack("own.toml", text, questions.frameworks())


def test_a_pack_is_read_with_its_version_answers_and_frameworks():
    pack = read()
    asked, watch = pack.questions
    assert (pack.id, pack.version, pack.scale) == ("works_council", 3, None)
    assert [o.id for o in asked.options] == ["yes", "no"]
    assert asked.frameworks == (("altai", "society"),)
    assert [(o.id, o.words, o.points) for o in watch.options] == [("not", "Nothing", 0), ("all", "All", 3)]
    assert (watch.lowest, watch.highest, watch.option("gone")) == (0, 3, None)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('id = "staff_watch"', 'id = "staff_asked"', ["“staff_asked” is used twice"]),
        ('id = "staff_watch"', 'id = "Staff watch"', ["Staff watch", "small letters"]),
        ('altai = "society"', 'altai = "socety"', ["“staff_asked”", "altai has no area “socety”", "Did you mean “society”?"]),
        ('altai = "society"', 'altay = "society"', ["“staff_asked”", "no framework “altay”", "Did you mean “altai”?"]),
        ('good = "yes"', 'good = "maybe"', ["“staff_asked”", "no answer “maybe”"]),
        ('good = "yes"', "good = []", ["“staff_asked”", "“good”"]),
        ('altai = "society"', 'altai = ["society"]', ["“staff_asked”", "altai has no area"]),
        ('["all", "All", 3]', '["all", "All"]', ["“staff_watch”", "id, words and points"]),
        ('["all", "All", 3]', '["all", "All", -1]', ["“staff_watch”", "-1 are no points"]),
        ('["all", "All", 3]', '["not", "All", 3]', ["“staff_watch”", "share an id"]),
        ('ask = "Were they asked?"', 'aks = "Were they asked?"', ["“staff_asked”", "no field “aks”", "Did you mean “ask”?"]),
        ('ask = "Were they asked?", ', "", ["“staff_asked”", "“ask”", "words are needed"]),
        ("version = 3", 'version = "3"', ["“version”", "whole number"]),
        ('name = "Staff"', 'name = "Staff"\ncounts = "risks"', ["“staff”", "“counts”", "risk, mitigation, nothing"]),
        ('name = "Staff"', 'name = "Staff"\ncounts = "risk"', ["“staff_asked”", "the same points"]),
        ("place = 20", "place = 20\n[scale]\nmitigation_from = 80\nleaves = 85", ["scale", "“levels”"]),
        ("place = 20", "place = 20\ncolour = 1", ["no field “colour”"]),
        ('title = "Works council"', 'title = "Works council', ["TOML", "line"]),
        ("[[areas]]", "[[area]]", ["no field “area”", "Did you mean “areas”?"]),
    ],
)
def test_a_mistake_is_told_with_file_area_and_question(right, wrong, told):
    assert right in PACK
    with pytest.raises(PackError) as refused:
        read(PACK.replace(right, wrong))
    for words in ["own.toml", *told]:
        assert words in str(refused.value)


@pytest.mark.parametrize(
    "limits",
    [
        "upto = 50 }, { id = 'B', name = 'B', upto = 20 }, { id = 'C', name = 'C'",
        "upto = 50",
        "upto = 150 }, { id = 'B', name = 'B'",
        "upto = true }, { id = 'B', name = 'B'",
        "upto = 50 }, { id = 'A', name = 'Again'",
    ],
)
def test_levels_must_rise_and_the_last_is_open(limits):
    scale = f"[scale]\nmitigation_from = 80\nleaves = 85\nlevels = [{{ id = 'A', name = 'A', {limits} }}]\n"
    with pytest.raises(PackError, match="rising limits"):
        read(
            PACK.replace("[[areas]]", f"{scale}[[areas]]")
            .replace('name = "Staff"', 'name = "Staff"\ncounts = "risk"')
            .replace('good = "yes"', "points = { yes = 1 }")
        )


def test_no_question_stands_in_two_packs():
    with pytest.raises(PackError, match=r"both ask a question “reversible”"):
        bank([*questions.standard_packs(), read(PACK.replace("staff_asked", "reversible"))], questions.frameworks())


def test_the_bank_asks_about_a_hundred_and_fifty_questions_each_once():
    found = questions.standard_bank()
    assert 150 <= len(found.asked) <= 160
    assert len({a.question.ask for a in found.asked.values()}) == len(found.asked)
    assert all(a.question.ask.endswith("?") for a in found.asked.values())


@pytest.mark.parametrize("framework", questions.frameworks(), ids=lambda f: f.id)
def test_every_area_of_every_framework_is_asked_for(framework):
    asked = {place for a in questions.standard_bank().asked.values() for place in a.question.frameworks}
    assert {(framework.id, area) for area in framework.areas} <= asked


def test_the_frameworks_have_the_areas_that_are_known_of_them():
    areas = {f.id: len(f.areas) for f in questions.frameworks()}
    assert areas == {"deon": 21, "aia": 12, "altai": 7, "nist": 4, "microsoft": 11, "eu_ai_act": 11}


def test_a_project_is_asked_one_pack_with_a_level_and_all_without():
    found = bank([*questions.standard_packs(), read(SHORT)], questions.frameworks())
    quick, full = found.impact_pack("quick"), found.impact_pack("impact")
    assert [p.id for p in found.packs_asked(quick)] == ["checklist", "society", "quick"]
    assert [p.id for p in found.packs_asked(full)] == ["checklist", "impact", "society"]


@pytest.mark.parametrize(
    ("chosen", "answered", "level_from"),
    [
        ("", (), "impact"),
        ("gone", (), "impact"),
        ("", ("quick_harm",), "quick"),
        ("", ("quick_harm", "impact_undo"), "impact"),
        ("quick", ("impact_undo",), "quick"),
        ("impact", (), "impact"),
    ],
)
def test_the_level_comes_from_the_pack_that_is_chosen_or_else_begun_or_else_the_first(chosen, answered, level_from):
    assert bank([*questions.standard_packs(), read(SHORT)], questions.frameworks()).impact_pack(chosen, answered).id == level_from


def test_a_pack_written_for_an_earlier_version_is_still_read():
    assert read(PACK.replace("version = 3", "version = 3\nscreening = true\nstandard = true")).version == 3


def test_a_question_that_only_makes_sense_after_a_yes_names_questions_of_the_screening():
    wanted = PACK.replace('ask = "Were they asked?"', 'ask = "Were they asked?", after = ["watches_people"]')
    assert [q.after for q in read(wanted).questions] == [("watches_people",), ()]
    with pytest.raises(PackError, match="“after”: found"):
        read(wanted.replace("watches_people", "watches"))


def test_the_upper_half_of_the_levels_is_high():
    scale = questions.standard_bank().impact_pack("impact").scale
    assert [level.id for level in scale.levels if scale.is_high(level)] == ["III", "IV"]
    three = replace(scale, levels=scale.levels[:3])
    assert [level.id for level in three.levels if three.is_high(level)] == ["III"]


def test_a_project_adds_a_pack_and_one_that_cannot_be_read_asks_nothing():
    good, bad = QuestionPack(id="a", name="Good", definition=PACK), QuestionPack(id="b", name="Bad", definition="id = ")
    ethics = Ethics(question_packs=(bad, good))
    assert {"staff_asked", "staff_watch"} <= set(questions.of_project(ethics).asked)
    found = questions.own_packs(ethics.question_packs)
    assert found["a"].title == "Works council"
    assert "“Bad” is not written in TOML" in str(found["b"])


def test_a_pack_of_a_project_takes_the_place_of_the_one_with_its_id():
    own = PACK.replace("works_council", "society")
    found = questions.of_project(Ethics(question_packs=(QuestionPack(id="a", definition=own),)))
    assert "gains_named" not in found.asked
    assert "staff_asked" in found.asked


def test_points_of_an_area_that_counts_nothing_give_no_level():
    assert [a.counts for a in read().areas] == [Counts.NOTHING]


@pytest.mark.parametrize(("data", "told"), [(b"\xff\xfe", "not text in UTF-8"), (b"x" * 30_001, "30,001 characters")])
def test_a_file_that_is_no_pack_is_refused_in_words(data, told):
    with pytest.raises(PackError, match=told):
        questions.decoded("own.toml", data)


def test_a_number_of_five_thousand_digits_is_refused_in_a_sentence():
    with pytest.raises(PackError, match=r"own\.toml holds a number with thousands of digits"):
        read_pack("own.toml", f"upto = {'9' * 5_000}", questions.frameworks())
