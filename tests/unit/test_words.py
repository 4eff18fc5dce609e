"""Figures, per cents and chances have one notation."""

import pytest

from scoping.words import chance, count, figure, isolated, isolated_names, part, percent


@pytest.mark.parametrize(
    ("share", "digits", "words"),
    [(0.8, 0, "80 %"), (0.125, 1, "12.5 %"), (0.75, 1, "75 %"), (0, 0, "0 %"), (-0.0001, 0, "0 %"), (12, 0, "1,200 %")],
)
def test_a_per_cent_stands_apart_from_its_number(share, digits, words):
    assert percent(share, digits) == words


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0, "below 1 %"),
        (0.004, "below 1 %"),
        (0.01, "1 %"),
        (0.5, "50 %"),
        (0.99, "99 %"),
        (0.996, "above 99 %"),
        (1, "above 99 %"),
    ],
)
def test_a_chance_is_never_none_and_never_certain(probability, words):
    assert chance(probability) == words


@pytest.mark.parametrize(("share", "words"), [(0, "0 %"), (0.001, "below 1 %"), (0.999, "above 99 %"), (1, "100 %")])
def test_a_part_is_all_or_nothing_only_where_it_is(share, words):
    assert part(share) == words


def test_a_figure_has_four_digits_and_a_noun_its_number():
    assert (figure(1234.567), figure(12345678), figure(0.5)) == ("1,235", "12,350,000", "0.5")
    assert (count(1, "month"), count(1200, "month"), count(2, "person", "people")) == ("1 month", "1,200 months", "2 people")


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
