"""How a table shares its line among its columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping.export.columns import breakable, widths

CELLS = st.text("abc def\n", max_size=60)


@given(st.integers(1, 6).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=6)))
def test_a_line_is_given_away_whole_and_every_column_gets_some_of_it(lines):
    found = widths(lines, 100)
    assert sum(found) == pytest.approx(100)
    assert min(found) > 0


def test_a_day_and_a_name_stay_on_one_line_beside_a_long_text():
    lines = [("What", "By when", "Who"), ("A long text that goes on and on. " * 8, "11 Sep 2026", "Ben Carter")]
    text, day, name = widths(lines, 100)
    assert day >= 12
    assert name >= 11
    assert text > 60


def test_two_long_texts_share_by_what_they_say():
    short, long = widths([("word " * 20, "word " * 40)], 90)
    assert long == pytest.approx(2 * short, rel=0.05)


def test_columns_without_room_for_their_words_share_what_there_is():
    assert widths([["incomprehensibilities"] * 10], 100) == pytest.approx([10] * 10)


def test_a_word_longer_than_its_line_may_be_broken_and_no_other():
    assert breakable("a" * 10 + " " + "b" * 4, 4) == "aaaa\u200baaaa\u200baa bbbb"
