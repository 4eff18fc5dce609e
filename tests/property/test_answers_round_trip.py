"""What a field shows can be typed again and means the same; what cannot be read is refused in words, never guessed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scoping import answers, currency, section
from scoping.charter import PARTS
from scoping.currency import Currency
from scoping.errors import AnswerError
from scoping.section import Fields, FieldSpec, Kind, Number, ask, is_blank, question
from tests.property.strategies import answers as values

SPECS = [spec for part in PARTS for name in ("", *part.lists) for spec in (part.lists[name].questions if name else part.questions)]
BY_KIND = {kind: [spec for spec in SPECS if spec.kind is kind] for kind in Kind}
currencies = st.sampled_from(Currency)


class Sheet(Fields):
    number: Number | None = ask("Number")


NUMBER = question(Sheet, "number")


def attempt(spec: FieldSpec, raw: Any, code: str = Currency.USD) -> tuple[Any, str]:
    """The value, or the words of the refusal."""
    try:
        return answers.read(spec, raw, code), ""
    except AnswerError as refusal:
        return None, refusal.message


def plain(spec: FieldSpec, value: Any) -> Any:
    """A value in its JSON form."""
    if is_blank(value):
        return answers.blank_of(spec)
    match spec.kind:
        case Kind.DATE:
            return value.isoformat()
        case Kind.LINKS:
            return sorted(value)
        case _:
            return value


def as_kept(spec: FieldSpec, value: Any) -> Any:
    """A text as a model keeps it."""
    return section.clean(value)[: spec.max_length].strip() if spec.kind in (Kind.TEXT, Kind.LONG) else value


@pytest.mark.parametrize("kind", Kind)
@settings(deadline=None)
@given(st.data(), currencies)
def test_what_a_field_shows_can_be_typed_again(kind, data, code):
    spec = data.draw(st.sampled_from(BY_KIND[kind]))
    value = plain(spec, data.draw(values(spec).map(lambda v: as_kept(spec, v))))
    if kind is Kind.DATE and value:
        assume("1900" <= value[:4] <= "2200")
    assert answers.read(spec, answers.typed(spec, value, code), code) == value


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(SPECS),
    st.one_of(st.text(max_size=20), st.floats(), st.integers(), st.booleans(), st.lists(st.text(max_size=5))),
)
def test_whatever_is_typed_is_read_or_refused_by_the_name_of_the_question(spec, raw):
    value, refusal = attempt(spec, raw)
    if refusal:
        assert refusal.startswith(spec.label)
        assert refusal.endswith(".")
    else:
        assert answers.read(spec, answers.typed(spec, value)) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_survives_being_shown(number):
    assert answers.read(NUMBER, answers.typed(NUMBER, number)) == number


@given(st.integers(-(10**15), 10**15), currencies)
def test_every_amount_survives_being_shown_and_being_written_with_its_sign(minor, code):
    spec = replace(BY_KIND[Kind.MONEY][0], minimum=None)
    assert answers.read(spec, answers.typed(spec, minor, code), code) == minor
    assert answers.read(spec, currency.words(minor, code), code) == minor


GROUPS = {"english": (",", "."), "german": (".", ","), "french": ("\u202f", ","), "swiss": ("'", "."), "plain": ("", ".")}


@given(st.integers(1, 10**9), st.integers(0, 99), st.sampled_from(sorted(GROUPS)))
def test_money_in_the_notation_of_any_country_is_right_or_refused_and_never_off_by_a_thousand(whole, cents, country):
    group, point = GROUPS[country]
    typed = f"{whole:,}".replace(",", group) + (f"{point}{cents:02}" if cents else "")
    spec = BY_KIND[Kind.MONEY][0]
    minor, refusal = attempt(spec, typed, "EUR")
    # Only "1.234" may mean two things; whoever writes cents or millions is understood.
    assert bool(refusal) is (country == "german" and not cents and 1000 <= whole < 1_000_000)
    assert refusal or minor == whole * 100 + cents
