"""What parts are made of: text is cleaned, unknown is a state of its own, fields carry their words."""

from datetime import date

import pytest
from pydantic import ValidationError

from scoping.section import (
    LONG,
    SHORT,
    Answer,
    Choice,
    Fields,
    Kind,
    LongText,
    Minor,
    Number,
    Record,
    Section,
    Text,
    Whole,
    ask,
    clean,
    is_blank,
    links,
    question,
    records,
    text,
)
from scoping.words import short


class Size(Choice):
    SMALL = "small", "Small enough"
    LARGE = "large", "Large"


class Row(Record):
    name: Text = text("Name", core=True)
    amount: Number | None = ask("Amount", core=True, ge=0, unit="hours")
    others: tuple[str, ...] = links("Others", refers_to="thing.rows")


class Thing(Fields):
    size: Size | None = ask("Size", core=True)
    note: LongText = text("Note", "Anything.", example="None")
    owner: Text = text("Owner", core=True)
    count: Whole | None = ask("Count")
    price: Minor | None = ask("Price")
    due: date | None = ask("Due")
    currency: Size = ask("Currency", default=Size.SMALL, assumed=True, core=True)
    rows: tuple[Row, ...] = records("Rows", "row", "Add one.")


THING = Section(
    slug="thing",
    title="Thing",
    icon="icon",
    question="What?",
    why="Why.",
    good="Good.",
    poor="Poor.",
    model=Thing,
    review=lambda _: [],
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("e\u0301", "é"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00b\x1bc\td", "abc\td"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("سلام\u200c دنیا", "سلام\u200c دنیا"),
        ("👩‍🚀", "👩‍🚀"),
        ("a\ufffe\uffffb", "ab"),
    ],
)
def test_text_is_kept_in_one_form_and_without_what_files_refuse(typed, kept):
    assert clean(typed) == kept
    assert clean(kept) == kept
    assert Thing(note=typed).note == kept


def test_a_text_that_is_too_long_is_refused_and_a_long_one_fits_into_a_cell_of_a_workbook():
    assert Thing(owner="x" * SHORT).owner
    with pytest.raises(ValidationError):
        Thing(owner="x" * (SHORT + 1))
    assert LONG < 32_767


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_refused(number):
    with pytest.raises(ValidationError, match="a number is needed"):
        Row(id="a", amount=number)


def test_zero_is_an_answer_and_blanks_are_none():
    assert not is_blank(0)
    assert not is_blank(False)
    assert all(map(is_blank, (None, "", " \n", ())))


def test_unknown_is_neither_blank_nor_answered():
    thing = Thing(owner="Ana", unknown=("size",))
    assert [thing.answer(n) for n in ("size", "owner", "note")] == [Answer.UNKNOWN, Answer.ANSWERED, Answer.BLANK]


def test_an_answered_question_is_no_longer_unknown_and_names_nobody_asks_are_dropped():
    assert Thing(size=Size.LARGE, owner="", unknown=("size", "owner", "nonsense", "due", "due")).unknown == ("due", "owner")


def test_links_are_sets_without_blanks():
    assert Row(id="a", others=("b", "a", "b", "")).others == ("a", "b")


def test_a_list_of_blank_links_is_no_answer():
    assert Row(id="a", others=("",)).answer("others") is Answer.BLANK


def test_two_records_never_share_an_id():
    with pytest.raises(ValidationError, match="two entries of “Rows” share the id “a”"):
        Thing(rows=(Row(id="a"), Row(id="a")))


@pytest.mark.parametrize("bad", ["", "A", "a b", "é", "x" * 41])
def test_an_id_is_short_and_plain(bad):
    with pytest.raises(ValidationError):
        Row(id=bad)


def test_a_value_never_changes_and_knows_its_fields():
    with pytest.raises(ValidationError):
        Thing(nonsense=1)
    with pytest.raises(ValidationError):
        Thing().owner = "Ana"


def test_every_kind_of_question_is_told_from_its_type():
    kinds = {spec.name: spec.kind for spec in (*THING.questions, *THING.lists["rows"].questions)}
    assert kinds == {
        "size": Kind.CHOICE,
        "note": Kind.LONG,
        "owner": Kind.TEXT,
        "count": Kind.INTEGER,
        "price": Kind.MONEY,
        "due": Kind.DATE,
        "currency": Kind.CHOICE,
        "name": Kind.TEXT,
        "amount": Kind.NUMBER,
        "others": Kind.LINKS,
    }


def test_a_question_carries_its_words_and_limits():
    note, amount = question(Thing, "note"), question(Row, "amount")
    assert (note.label, note.help, note.example, note.core, note.max_length) == ("Note", "Anything.", "None", False, LONG)
    assert (amount.unit, amount.minimum, amount.maximum, amount.core) == ("hours", 0, None, True)
    assert question(Thing, "size").choices == (Size.SMALL, Size.LARGE)
    with pytest.raises(KeyError):
        question(Thing, "rows")


def test_a_list_carries_its_words():
    spec = THING.lists["rows"]
    assert (spec.title, spec.singular, spec.begin, spec.needed, spec.layout) == ("Rows", "row", "Add one.", True, "grid")
    assert THING.model_of("rows") is Row
    assert THING.model_of("") is Thing


def test_a_record_is_called_by_its_first_text_or_said_to_have_no_name():
    assert Row(id="a", name="Owned").title == "Owned"
    assert Row(id="a", name="  ").title == "Not named yet"


def test_a_title_in_a_sentence_is_one_line_and_visibly_cut():
    assert short("a\n b", 5) == "a b"
    assert short("x" * 10, 5) == "xxxx…"
    assert short("x" * 5, 5) == "xxxxx"
