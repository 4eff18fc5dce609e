"""Figures, per cents and chances have one notation."""

import re

import pytest

from scoping import answers
from scoping.section import questions
from scoping.sections.milestones import Person
from scoping.words import (
    capital,
    chance,
    count,
    figure,
    fine_percent,
    in_a_row,
    in_percent,
    isolated,
    isolated_names,
    measured,
    one_in,
    part,
    percent,
    short,
)


@pytest.mark.parametrize(
    ("share", "digits", "words"),
    [
        (0.8, 0, "80\u00a0%"),
        (0.125, 1, "12.5\u00a0%"),
        (0.75, 1, "75\u00a0%"),
        (0, 0, "0\u00a0%"),
        (-0.0001, 0, "0\u00a0%"),
        (12, 0, "1,200\u00a0%"),
    ],
)
def test_a_per_cent_stands_apart_from_its_number(share, digits, words):
    assert percent(share, digits) == words


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0, "below 1\u00a0%"),
        (0.004, "below 1\u00a0%"),
        (0.01, "1\u00a0%"),
        (0.5, "50\u00a0%"),
        (0.99, "99\u00a0%"),
        (0.996, "above 99\u00a0%"),
        (1, "above 99\u00a0%"),
    ],
)
def test_a_chance_is_never_none_and_never_certain(probability, words):
    assert chance(probability) == words


@pytest.mark.parametrize(
    ("share", "words"), [(0, "0\u00a0%"), (0.001, "below 1\u00a0%"), (0.999, "above 99\u00a0%"), (1, "100\u00a0%")]
)
def test_a_part_is_all_or_nothing_only_where_it_is(share, words):
    assert part(share) == words


def test_a_sentence_names_all_of_a_few():
    assert [in_a_row(texts) for texts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert in_a_row(["a", "b", "c"], ", or ") == "a, b, or c"
    assert [capital(text) for text in ("", "it IS", "“it”")] == ["", "It IS", "“it”"]


def test_a_figure_has_four_digits_and_a_noun_its_number():
    assert (figure(1234.567), figure(12345678), figure(0.5)) == ("1,235", "12,350,000", "0.5")
    assert (count(1, "month"), count(1200, "month"), count(2, "person", "people")) == ("1 month", "1,200 months", "2 people")


@pytest.mark.parametrize(
    "words",
    [
        percent(0.8),
        percent(0.125, 1),
        fine_percent(0.000123),
        in_percent(80),
        chance(0),
        part(0.999),
        measured(85, "%"),
        measured(85, " % "),
    ],
)
def test_a_line_never_breaks_before_the_sign_of_per_cent_however_the_text_is_cut(words):
    assert re.search(r"\d\u00a0%$", words)
    assert short(f"  The  target\n of {words} ", 80) == f"The target of {words}"


def test_a_unit_stands_behind_its_number_if_there_is_one():
    assert (measured(1200.0, "ms"), measured(0.5, ""), in_percent(12.5)) == ("1,200 ms", "0.5", "12.5\u00a0%")


@pytest.mark.parametrize("blank", ["", " ", "\u00a0", "\u202f"])
def test_a_per_cent_with_any_blank_is_read_back(blank):
    question = next(q for q in questions(Person) if q.name == "share")
    assert answers.read(question, f"80{blank}%") == 80


@pytest.mark.parametrize("name", ["جستجوی صوتی", "חיפוש קולי", "Voice جستجو"])
def test_a_name_from_right_to_left_is_kept_apart_in_a_sentence(name):
    assert isolated(name) == f"\u2068{name}\u2069"
    told = isolated_names(f"“{name}” and “Voice” cannot be told apart: “{name}” is late.")
    assert told == f"“\u2068{name}\u2069” and “Voice” cannot be told apart: “\u2068{name}\u2069” is late."


def test_names_that_run_as_the_sentence_does_and_names_that_are_cut_stay_as_readable():
    assert isolated("Suche é 3 %") == "Suche é 3 %"
    assert isolated_names("“Voice” is late.") == "“Voice” is late."
    assert isolated_names("It is “جستجوی ص…") == "It is “\u2068جستجوی ص…\u2069"
    assert isolated_names("جستجوی صوتی") == "جستجوی صوتی", "a text of people's own keeps its direction"


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "less than 1 in 20"),
        (0.05, "1 in 10"),
        (0.1, "1 in 10"),
        (0.324, "1 in 3"),
        (0.5, "1 in 2"),
        (0.66, "2 in 3"),
        (0.9, "9 in 10"),
        (1.0, "more than 19 in 20"),
    ],
)
def test_odds_are_told_as_people_count(probability, words):
    assert one_in(probability) == words


@pytest.mark.parametrize(
    ("text", "limit", "said"),
    [
        ("Clerks accepted every proposal unread", 60, "Clerks accepted every proposal unread"),
        ("Clerks accepted every proposal unread", 30, "Clerks accepted every…"),
        ("Clerks accepted every proposal unread", 32, "Clerks accepted every proposal…"),
        ("Clerks, who accepted all", 8, "Clerks…"),
        # Inside a word where whole ones would leave most of the room empty.
        ("A Donaudampfschifffahrtsgesellschaft", 20, "A Donaudampfschifff…"),
        ("Donaudampfschifffahrtsgesellschaft", 10, "Donaudamp…"),
    ],
)
def test_a_text_is_cut_between_words(text: str, limit: int, said: str) -> None:
    assert short(text, limit) == said
    assert len(said) <= limit
