"""Columns that may hold personal data are found by title and by look; numbers of another kind are not."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from scoping.measuring.profile.personal_data import hints, looking
from scoping.tables.table_words import table_words


def look(*cells: str) -> dict[str, int]:
    return looking(pa.array(cells, pa.large_string()), np.ones(len(cells), np.int64))


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("ana.lopez@mail.example", "email"),
        ("call Ana (ana@mail.example) tomorrow", "email"),
        ("+49 30 1234567", "phone"),
        ("0049-30-1234567", "phone"),
        ("030/1234567", "phone"),
        ("(212) 555-0100", "phone"),
        ("DE89 3704 0044 0532 0130 00", "iban"),
        ("GB82WEST12345698765432", "iban"),
        ("NO9386011117947", "iban"),
        ("4111 1111 1111 1111", "card"),
        ("378282246310005", "card"),
        ("192.168.0.1", "ip"),
        ("2001:0db8:85a3:0000:0000:8a2e:0370:7334", "ip"),
        ("2001:db8::1", "ip"),
        ("SW1A 1AA", "postcode"),
        ("1012 AB", "postcode"),
        ("K1A 0B1", "postcode"),
        ("123-45-6789", "national_id"),
    ],
)
def test_a_cell_that_looks_personal_is_counted(cell, kind):
    assert look(cell)[kind] == 1


@pytest.mark.parametrize(
    "cell",
    [
        "DE89 3704 0044 0532 0130 01",  # wrong check digits
        "4111 1111 1111 1112",
        "1600000000000",  # a moment in milliseconds
        "256.1.1.1",
        "2026-11-25",
        "12.5",
        "price @ 5",
        "10:15:30",
        "ISO 9001",
        "",
        "Überraschung",
        "１２３",
    ],
)
def test_a_cell_of_another_kind_is_not(cell):
    assert look(cell) == {}


def test_cells_count_as_often_as_they_occur():
    assert looking(pa.array(["a@b.example", "c"]), np.array([7, 5])) == {"email": 7}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("E-Mail", "email"),
        ("customerEmail", "email"),
        ("Correo electrónico", "email"),
        ("Telefonnummer", "phone"),
        ("Teléfono móvil", "phone"),
        ("Geburtsdatum", "birth"),
        ("date_of_birth", "birth"),
        ("date de naissance", "birth"),
        ("PLZ", "postcode"),
        ("zip_code", "postcode"),
        ("Vorname", "name"),
        ("PRÉNOM", "name"),
        ("name", "name"),
        ("客户姓名", "name"),
        ("Straße", "address"),
        ("IP-Adresse", "ip"),
        ("passport number", "national_id"),
        ("Codice fiscale", "national_id"),
        ("religion", "special"),
        ("MaritalStatus", "traits"),
        ("Geschlecht", "traits"),
    ],
)
def test_a_title_in_several_languages_says_what_a_column_may_hold(title, kind):
    holds = {"birth": "date"}.get(kind, "text")
    assert kind in [h.kind for h in hints(title, holds, {}, 100) if h.by_title]


@pytest.mark.parametrize(
    "title",
    [
        "product name",
        "file_name",
        "trip",
        "graphic",
        "ship_date",
        "spanner",
        "capacity",
        "embrace",
        "market cap",
        "sent via",
        "page",
        "",
    ],
)
def test_a_title_that_only_contains_such_letters_says_nothing(title):
    assert hints(title, "text", {}, 100) == ()


def test_a_title_does_not_count_where_the_cells_hold_something_else():
    assert hints("email_opt_in", "yes_no", {}, 100) == ()
    assert hints("phone", "number", {}, 100) == ()


def test_one_mail_address_is_worth_a_word_and_one_lucky_check_digit_is_not():
    assert [h.kind for h in hints("notes", "text", {"email": 1, "card": 1, "phone": 3}, 100)] == ["email"]
    assert [h.kind for h in hints("no", "code", {"card": 60}, 100)] == ["card"]


def test_random_sixteen_digit_numbers_are_no_cards():
    chance = np.random.default_rng(1)
    cells = [str(chance.integers(10**15, 10**16)) for _ in range(1_000)]
    assert hints("reference", "code", look(*cells), 1_000) == ()


def test_every_kind_that_is_looked_for_has_words():
    known = {p.id for p in table_words().personal}
    assert {"email", "phone", "iban", "card", "ip", "postcode", "national_id", "birth"} <= known
    assert all(p.titles and p.holds for p in table_words().personal)
