"""Words that were changed inside a text, as one reads them."""

import pytest

from scoping.comparison.pieces import pieces


def read(before: str, after: str) -> str:
    marks = {"kept": "{}", "added": "[+{}]", "removed": "[-{}]"}
    return "".join(marks[p.fate].format(p.words) for p in pieces(before, after))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("A miss there costs more.", "A miss there costs twice as much.", "A miss there costs[- more][+ twice as much]."),
        ("Shown by 18:30 on most evenings", "Shown by 18:00 on most evenings", "Shown by[- 18:30][+ 18:00] on most evenings"),
        ("It reaches 1,200 orders", "It reaches 1,250 orders", "It reaches[- 1,200][+ 1,250] orders"),
        ("Anna Berg", "Anna Berg, sales", "Anna Berg[+, sales]"),
        ("جست‌وجوی صوتی بهتر شود", "جست‌وجوی متنی بهتر شود", "جست‌وجوی[- صوتی][+ متنی] بهتر شود"),
        ("The same\nwords here", "The same  words here", "The same  words here"),
    ],
)
def test_words_are_marked_and_never_letters(before, after, told):
    assert read(before, after) == told


def test_a_short_word_between_two_changes_is_read_with_them():
    assert read("We count one in the shop each day", "We count two of the shelf each day") == (
        "We count[- one in the shop][+ two of the shelf] each day"
    )


@pytest.mark.parametrize(("before", "after"), [("Noise in the street", "Nobody knows why it is so"), ("", "New"), ("Old", " ")])
def test_a_text_that_was_written_anew_has_no_marks(before, after):
    assert pieces(before, after) == ()
