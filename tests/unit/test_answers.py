"""What people type becomes values, or is refused by a sentence that names question and value."""

import math
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from pydantic import ValidationError

from scoping import answers
from scoping import words as scoping_words
from scoping.errors import AnswerError
from scoping.section import Fields, LongText, Minor, Number, Whole, ask, links, question, text
from scoping.sections.data_sources import Origin, Source
from scoping.sections.milestones import Milestone
from scoping.sections.problems import Goal
from scoping.sections.value import Rung


class Sheet(Fields):
    number: Number | None = ask("Number")
    whole: Whole | None = ask("Whole")
    money: Minor | None = ask("Money")
    day: date | None = ask("Day")
    note: LongText = text("Note")
    others: tuple[str, ...] = links("Others", refers_to="a.b")


def read(name, raw, currency="USD"):
    return answers.read(question(Sheet, name), raw, currency)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1250", 1250),
        ("3.5", 3.5),
        ("1,234", 1234),
        ("1,234.5", 1234.5),
        ("1,234,567", 1_234_567),
        ("12,34,567", 1_234_567),
        ("1 234", 1234),
        ("1 234,5", 1234.5),
        ("1\u202f234\u202f567", 1_234_567),
        ("1\u00a0234", 1234),
        ("1'234.50", 1234.5),
        ("1’234", 1234),
        ("1.234,50", 1234.5),
        ("1.234.567", 1_234_567),
        ("1.234.567,8", 1_234_567.8),
        ("1.234", 1.234),
        ("12,5", 12.5),
        ("0,125", 0.125),
        ("0,5", 0.5),
        ("1234,567", 1234.567),
        ("-3", -3),
        ("−3", -3),
        ("+3", 3),
        ("21 %", 21),
        ("%21", 21),
        ("$5", 5),
        ("1e3", 1000),
        (".5", 0.5),
        ("۱۲۳", 123),
        ("١٬٢٣٤٫٥", 1234.5),
        ("۱,۲۳۴", 1234),
        ("\u200f12.5\u200e", 12.5),
        ("  7  ", 7),
        (7, 7),
        (7.25, 7.25),
        (10**30, 1e30),
    ],
)
def test_a_number_is_read_as_it_was_meant(typed, meant):
    assert read("number", typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "lots",
        "1,23,4",
        "1,2345,678",
        "12,3456,7",
        "1 23",
        "0 500",
        "1.23.4",
        "1,234 567",
        "1.234 567",
        "5²",
        "1-2",
        "NaN",
        "inf",
        "1e999",
    ],
)
def test_what_could_mean_several_numbers_or_none_is_refused_and_quoted(typed):
    with pytest.raises(AnswerError, match=r"^Number: “") as refusal:
        read("number", typed)
    assert f"“{typed}”" in str(refusal.value)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize("name", ["number", "whole", "money"])
@pytest.mark.parametrize(
    ("typed", "both"), [("10.000", "10,000 or 10"), ("1.250", "1,250 or 1.25"), ("-174.150", "-174,150 or -174.15")]
)
def test_a_point_that_may_stand_before_thousands_is_asked_about(name, typed, both):
    with pytest.raises(AnswerError, match=f"“{typed}” may mean {both}. Write one of these."):
        read(name, typed)


def test_three_decimals_are_clear_where_the_first_figure_or_the_currency_says_so():
    assert read("number", "0.250") == 0.25
    assert read("money", "1.250", "KWD") == 1250


@pytest.mark.parametrize("raw", [math.inf, -math.inf, True])
def test_what_a_program_sends_is_refused_when_it_is_no_number(raw):
    with pytest.raises(AnswerError, match=r"Number: .* is not a number"):
        read("number", raw)


@pytest.mark.parametrize("blank", [None, "", "  \n", math.nan, pd.NA, pd.NaT, [], ()])
@pytest.mark.parametrize(("name", "value"), [("number", None), ("note", ""), ("others", []), ("day", None), ("money", None)])
def test_nothing_typed_is_no_answer(blank, name, value):
    assert read(name, blank) == value


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("10,000", "USD", 1_000_000),
        ("$12,500.50", "USD", 1_250_050),
        ("-$5", "USD", -500),
        ("12,5", "EUR", 1250),
        ("1.250,50 €", "EUR", 125_050),
        ("EUR 7", "EUR", 700),
        ("7 eur", "EUR", 700),
        ("1,234", "JPY", 1234),
        ("¥1,234", "JPY", 1234),
        ("CN¥ 5", "CNY", 500),
        ("CA$5", "CAD", 500),
        ("$5", "CAD", 500),
        ("1.234", "KWD", 1234),
        ("R500", "ZAR", 50_000),
        ("0", "USD", 0),
        (12.345, "USD", 1234),
        (10_000, "JPY", 10_000),
    ],
)
def test_money_is_kept_in_minor_units_of_its_currency(typed, currency, minor):
    assert read("money", typed, currency) == minor


@pytest.mark.parametrize(("typed", "currency"), [("1.234", "USD"), ("1.5", "JPY"), ("0,125", "EUR"), ("1.2345", "KWD")])
def test_more_decimals_than_a_currency_has_are_refused_because_they_may_be_thousands(typed, currency):
    with pytest.raises(AnswerError, match=f"Money: “{typed}” is not clear: {currency} has"):
        read("money", typed, currency)


@pytest.mark.parametrize(
    ("typed", "currency"), [("€500", "USD"), ("$500", "EUR"), ("500 GBP", "USD"), ("50%", "USD"), ("RUB 5", "ZAR")]
)
def test_an_amount_with_the_sign_of_another_currency_is_refused(typed, currency):
    with pytest.raises(AnswerError, match=f"is no amount in {currency}"):
        read("money", typed, currency)


@pytest.mark.parametrize(
    ("name", "typed"), [("money", "99999999999999"), ("whole", "9" * 16), ("whole", "1e99"), ("money", "1e999")]
)
def test_an_amount_that_no_database_holds_exactly_is_refused(name, typed):
    with pytest.raises(AnswerError, match="too large"):
        read(name, typed)


@pytest.mark.parametrize("typed", ["3.5", "1.234", "12,5"])
def test_a_whole_number_is_never_rounded(typed):
    with pytest.raises(AnswerError, match="is not a whole number"):
        read("whole", typed)


def test_a_whole_number_is_whole():
    assert read("whole", "40,000") == 40_000
    assert isinstance(read("whole", 3.0), int)


@pytest.mark.parametrize(
    "typed",
    [
        "2027-03-31",
        " 2027-03-31 ",
        "20270331",
        "2027-03-31T12:30:00",
        "۲۰۲۷-۰۳-۳۱",
        date(2027, 3, 31),
        datetime(2027, 3, 31, 12, tzinfo=UTC),
    ],
)
def test_a_date_is_read(typed):
    assert read("day", typed) == "2027-03-31"


@pytest.mark.parametrize("typed", ["2027-02-30", "2027-03-31 or later", "tomorrow", 45_000])
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(AnswerError, match=r"Day: “.*” is not a date. Write it as 31 Mar 2027"):
        read("day", typed)


@pytest.mark.parametrize("typed", ["9999-12-31", "31 Dec 9999", "1/1/0001", "2201-01-01", date(9999, 12, 31)])
def test_a_year_that_no_project_knows_is_refused(typed):
    with pytest.raises(AnswerError, match=r"Day: “.*” lies outside the years 1900 to 2200. Correct the year"):
        read("day", typed)


@pytest.mark.parametrize("typed", ["owned", "Owned", " OWNED "])
def test_a_choice_is_read_by_its_value_or_its_label(typed):
    assert answers.read(question(Source, "origin"), typed) == Origin.OWNED


def test_an_unoffered_choice_is_refused_with_what_is_offered():
    with pytest.raises(AnswerError, match="How we get it: “stolen” is none of: Owned, Crowdsourced"):
        answers.read(question(Source, "origin"), "stolen")


@pytest.mark.parametrize("raw", ["b|a|a", ["b", "a"], ("a", "b", ""), {"a", "b"}, " a | b "])
def test_links_are_read_as_a_set(raw):
    assert read("others", raw) == ["a", "b"]


@pytest.mark.parametrize("raw", ["Not An Id", ["a", "B!"], 1.5])
def test_a_link_to_nothing_that_could_exist_is_refused(raw):
    with pytest.raises(AnswerError, match="is no entry that can be chosen here"):
        read("others", raw)
    with pytest.raises(AnswerError):
        answers.read(question(Goal, "problem"), "Not An Id")


def test_text_is_composed_and_a_too_long_one_is_refused_with_its_length():
    assert read("note", "e\u0301\r\n") == "é\n"
    with pytest.raises(AnswerError, match="Note: the text has 10,001 characters; 10,000 fit"):
        read("note", "x" * 10_001)


@pytest.mark.parametrize(
    ("model", "name", "typed", "words"), [(Source, "days", "-1", "-1 days is below 0"), (Rung, "order", "100", "100 is above 99")]
)
def test_a_value_outside_its_limits_is_refused_with_the_limit(model, name, typed, words):
    with pytest.raises(AnswerError, match=words):
        answers.read(question(model, name), typed)


def test_a_long_answer_is_cut_in_the_refusal():
    with pytest.raises(AnswerError) as refusal:
        read("number", "x" * 500)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (1234.5, "1,234.5"), (100, "100"), (0.1, "0.1"), (1e15, "1e+15"), (-2.50, "-2.5"), (1_000_000, "1,000,000")],
)
def test_a_number_is_written_with_groups_and_without_needless_zeros(value, words):
    assert scoping_words.number_words(value) == words


def test_values_are_written_with_their_unit_and_in_words():
    assert answers.words(question(Source, "days"), 14) == "14 days"
    assert answers.words(question(Source, "cost"), 1_000_000, "EUR") == "€10,000"
    assert answers.words(question(Source, "origin"), "owned") == "Owned"
    assert answers.words(question(Sheet, "day"), "2027-03-01") == "1 Mar 2027"
    assert answers.words(question(Sheet, "others"), ("a", "gone"), names={"a": "First"}) == "First; a removed entry"
    assert answers.words(question(Sheet, "note"), "") == ""


def test_another_currency_keeps_the_written_amount():
    plain = Source(id="a", cost=1_000_050, currency="USD").model_dump(mode="json")
    assert answers.rescaled(Source, plain, "KWD") == {"cost": 10_000_500}
    assert answers.rescaled(Source, plain, "EUR") == {}
    assert answers.rescaled(Source, plain | {"cost": None}, "JPY") == {}


def test_an_amount_that_does_not_fit_the_other_currency_is_refused():
    plain = Source(id="a", cost=10**15, currency="JPY").model_dump(mode="json")
    with pytest.raises(AnswerError, match="too large to be written in USD"):
        answers.rescaled(Source, plain, "USD")


def test_a_refusal_of_a_whole_record_names_question_and_value():
    with pytest.raises(ValidationError) as refusal:
        Source(id="a", cost=-1)
    sentence = answers.sentences(refusal.value, Source)
    assert sentence.startswith("Cost: ")
    assert "-1" in sentence


DUE = question(Milestone, "due")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2027-03-31", "2027-03-31"),
        ("31.3.2027", "2027-03-31"),
        ("31. 03. 2027", "2027-03-31"),
        ("31/03/2027", "2027-03-31"),
        ("3/31/2027", "2027-03-31"),
        ("5/5/2027", "2027-05-05"),
        ("31 March 2027", "2027-03-31"),
        ("31. Mar. 2027", "2027-03-31"),
        ("March 31, 2027", "2027-03-31"),
        ("٣١.٣.٢٠٢٧", "2027-03-31"),
    ],
)
def test_a_date_is_read_as_people_of_several_countries_write_it(typed, day):
    assert answers.read(DUE, typed) == day


def test_a_date_that_may_mean_two_days_is_refused_with_both():
    with pytest.raises(AnswerError, match="may mean 3 Apr 2027 or 4 Mar 2027"):
        answers.read(DUE, "3/4/2027")


@pytest.mark.parametrize("typed", ["31.2.2027", "31 Foo 2027", "13/13/2027", "next week", "15.3.27"])
def test_a_day_that_does_not_exist_is_refused(typed):
    with pytest.raises(AnswerError, match="is not a date"):
        answers.read(DUE, typed)


def test_records_of_one_title_are_told_apart():
    assert answers.told_apart({"a": "Twin", "b": "twin", "c": "Not known yet"}) == {
        "a": "Twin",
        "b": "twin (2)",
        "c": "Not known yet (2)",
    }


@pytest.mark.parametrize("name", ["number", "whole", "money"])
@pytest.mark.parametrize("digits", [400, 4_000])
def test_a_number_of_hundreds_of_digits_is_too_large(name, digits):
    with pytest.raises(AnswerError, match="too large"):
        read(name, 10**digits)
