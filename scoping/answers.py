"""From what people type to values and back: one reading for form, grid, import and programs."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scoping import currency as money
from scoping.errors import AnswerError
from scoping.section import Choice, Fields, FieldSpec, Kind, clean, is_blank, questions
from scoping.tables import notation
from scoping.tables.notation import Mark
from scoping.words import count, day_words, measured, number_words, short

UNKNOWN = "?"
"""What people type, or choose, for "we do not know yet"."""
UNKNOWN_WORDS = "Not known yet"
REMOVED = "a removed entry"
"""What a link to a record that is gone is called."""
LARGEST = 10**15
"""No whole number or amount in minor units is larger."""

_POINT_OR_GROUP = r"-?[1-9]\d{0,2}\.\d\d0"  # 10.000
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
"""No project knows of other years: such a day is a slip, and one of them squeezes every picture of time."""
_MARKS = ("%", *"$€£¥₹")


def blank_of(spec: FieldSpec) -> Any:
    """The value that stands for "not answered"."""
    return {Kind.TEXT: "", Kind.LONG: "", Kind.LINK: "", Kind.LINKS: []}.get(spec.kind)


def read(spec: FieldSpec, raw: Any, currency: str = money.Currency.USD) -> Any:
    """The plain (JSON) value of an answer as typed, pasted or chosen.

    Numbers are read as this workbench writes them, 1,234.5: a point before decimals, a comma between groups of three.
    A decimal comma, blanks or points between groups are taken where they can mean only one thing (12,5; 0,125;
    1 234; 1.234,50; 1.234.567). So 1.234 has three decimals, and 10.000, which nobody writes for ten here, is refused.

    Args:
        raw: text, number, date, list of ids, or None; money in major units.
        currency: of the record, for money.

    Raises:
        AnswerError: names the question, the value and what would be accepted.
    """
    if isinstance(raw, str):
        raw = str(clean(raw))
    if is_blank(raw) or raw == [] or _is_missing(raw):
        return blank_of(spec)
    if isinstance(raw, dict) or (isinstance(raw, list | tuple) and spec.kind is not Kind.LINKS):
        raise _refuse(spec, raw, "is more than one value, and one answer is asked for")
    value = _READERS[spec.kind](spec, raw, currency)
    _check_limits(spec, value, currency)
    return value


def _is_missing(raw: Any) -> bool:
    return raw is None or (isinstance(raw, float) and math.isnan(raw)) or type(raw).__name__ in ("NAType", "NaTType")


def _refuse(spec: FieldSpec, raw: Any, wanted: str) -> AnswerError:
    return AnswerError(f"{spec.label}: “{short(str(raw), 80)}” {wanted}.")


def _read_text(spec: FieldSpec, raw: Any, _: str) -> str:
    value = str(clean(str(raw)))
    if spec.max_length and len(value) > spec.max_length:
        raise AnswerError(f"{spec.label}: the text has {len(value):,} characters; {spec.max_length:,} fit. Please shorten it.")
    return value


def _decimal(
    spec: FieldSpec, raw: Any, marks: tuple[str, ...] = _MARKS, what: str = "is not a number", *, thirds: bool = False
) -> Decimal:
    """The number that was typed.

    Args:
        marks: signs that may stand before or behind the number.
        what: says that it is none.
        thirds: whether three decimals are usual, even with a zero at the end.
    """
    if isinstance(raw, bool):
        raise _refuse(spec, raw, "is not a number")
    if isinstance(raw, int | float):
        if isinstance(raw, float) and not math.isfinite(raw):
            raise _refuse(spec, raw, "is not a number. Leave it empty or choose “Don’t know yet”")
        return Decimal(str(raw))
    bare = _bare(str(raw), marks)
    if not thirds and re.fullmatch(_POINT_OR_GROUP, bare):
        raise _refuse(spec, raw, f"may mean {bare.replace('.', ',')} or {bare.rstrip('0').rstrip('.')}. Write one of these")
    try:
        value = Decimal(notation.written(bare, Mark.POINT) or bare)
    except InvalidOperation:
        raise _refuse(spec, raw, f"{what}. Write digits, such as 1250 or 3.5") from None
    if not value.is_finite():
        raise _refuse(spec, raw, "is not a number. Leave it empty or choose “Don’t know yet”")
    if value.adjusted() > 400:
        raise _refuse(spec, raw, "is too large")
    return value


def _bare(typed: str, marks: tuple[str, ...]) -> str:
    """A number without the signs around it and without marks of writing direction, which pasted text carries unseen."""
    number = notation.unified(typed).strip()
    minus, number = ("-", number[1:].strip()) if number.startswith("-") else ("", number)
    for mark in marks:
        if number.casefold().startswith(mark.casefold()):
            number = number[len(mark) :].strip()
            break
        if number.casefold().endswith(mark.casefold()):
            number = number[: -len(mark)].strip()
            break
    return minus + number


def _read_number(spec: FieldSpec, raw: Any, _: str) -> float:
    value = float(_decimal(spec, raw))
    if not math.isfinite(value):
        raise _refuse(spec, raw, "is too large")
    return value


def _read_integer(spec: FieldSpec, raw: Any, _: str) -> int:
    value = _decimal(spec, raw)
    if abs(value) > LARGEST:
        raise _refuse(spec, raw, "is too large")
    if value != value.to_integral_value():
        raise _refuse(spec, raw, "is not a whole number")
    return int(value)


def _read_money(spec: FieldSpec, raw: Any, currency: str) -> int:
    places = money.digits(currency)
    value = _decimal(spec, raw, money.marks(currency), f"is no amount in {currency}", thirds=places == 3)
    if abs(value) > LARGEST or abs(minor := money.to_minor(value, currency)) > LARGEST:
        raise _refuse(spec, raw, "is too large")
    # A number out of a table may carry a rounding error; in a typed 1.234 the point may have meant thousands.
    if isinstance(raw, str) and money.to_major(minor, currency) != value:
        wanted = count(places, "decimal") if places else "no decimals"
        raise _refuse(spec, raw, f"is not clear: {currency} has {wanted}. Write thousands as 1,234 or 1234")
    return minor


_MONTHS = {
    name: i for i, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})")
_SLASHES = re.compile(r"(?P<one>\d{1,2})[/-](?P<two>\d{1,2})[/-](?P<year>\d{4})")
_NAMED = re.compile(r"(?P<day>\d{1,2})\.?\s+(?P<month>[a-z]{3,9})\.?,?\s+(?P<year>\d{4})")
_NAMED_FIRST = re.compile(r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})")


def _read_date(spec: FieldSpec, raw: Any, _: str) -> str:
    """A date as people of several countries write it; refused where it may mean two days."""
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return _sensible(spec, raw, raw)
    typed = notation.digits(str(raw).strip()).casefold()
    try:
        day = _written_out(spec, raw, typed) or datetime.fromisoformat(typed.upper()).date()
    except ValueError:
        raise _refuse(spec, raw, "is not a date. Write it as 31 Mar 2027") from None
    return _sensible(spec, raw, day)


def _sensible(spec: FieldSpec, raw: Any, day: date) -> str:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise _refuse(spec, raw, f"lies outside the years {_FIRST_YEAR} to {_LAST_YEAR}. Correct the year")
    return day.isoformat()


def _written_out(spec: FieldSpec, raw: Any, typed: str) -> date | None:
    """31.3.2027, 31 March 2027, March 31, 2027, 3/31/2027. Raises ValueError for a day that no month has."""
    if match := _DAY_FIRST.fullmatch(typed):
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _NAMED.fullmatch(typed) or _NAMED_FIRST.fullmatch(typed):
        month = _MONTHS.get(match["month"][:3])
        return date(int(match["year"]), month, int(match["day"])) if month else None
    if match := _SLASHES.fullmatch(typed):
        one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
        if one <= 12 and two <= 12 and one != two:
            raise _refuse(
                spec, raw, f"may mean {day_words(date(year, two, one))} or {day_words(date(year, one, two))}. Write one of these"
            )
        return date(year, two, one) if one > 12 else date(year, one, two)
    return None


def _read_choice(spec: FieldSpec, raw: Any, _: str) -> str:
    wanted = str(raw).strip().casefold()
    for choice in spec.choices:
        if wanted in (choice.value.casefold(), choice.label.casefold()):
            return choice.value
    raise _refuse(spec, raw, f"is none of: {', '.join(c.label for c in spec.choices)}")


def _read_link(spec: FieldSpec, raw: Any, _: str) -> str:
    name = str(raw).strip()
    if not re.fullmatch(r"[a-z0-9_-]{1,40}", name):
        raise _refuse(spec, raw, "is no entry that can be chosen here")
    return name


def _read_links(spec: FieldSpec, raw: Any, currency: str) -> list[str]:
    names = raw.split("|") if isinstance(raw, str) else raw if isinstance(raw, list | tuple | set | frozenset) else [raw]
    return sorted({_read_link(spec, name, currency) for name in names if not is_blank(name)})


_READERS: Mapping[Kind, Any] = {
    Kind.TEXT: _read_text,
    Kind.LONG: _read_text,
    Kind.LINK: _read_link,
    Kind.LINKS: _read_links,
    Kind.INTEGER: _read_integer,
    Kind.NUMBER: _read_number,
    Kind.MONEY: _read_money,
    Kind.DATE: _read_date,
    Kind.CHOICE: _read_choice,
}


def _check_limits(spec: FieldSpec, value: Any, currency: str) -> None:
    if not isinstance(value, int | float):
        return
    shown = words(spec, value, currency)
    if spec.minimum is not None and value < spec.minimum:
        raise AnswerError(f"{spec.label}: {shown} is below {spec.minimum:g}, the smallest possible value.")
    if spec.maximum is not None and value > spec.maximum:
        raise AnswerError(f"{spec.label}: {shown} is above {spec.maximum:g}, the largest possible value.")


def told_apart(titles: Mapping[str, str], longest: int = 120) -> dict[str, str]:
    """What records are called where they are chosen by their words: one line each, no two alike, none like "unknown"."""
    taken = {REMOVED.casefold(), UNKNOWN_WORDS.casefold()}
    counts: dict[str, int] = {}
    labels = {}
    for record, title in titles.items():
        base = label = short(title.replace("|", "/"), longest)
        while label.casefold() in taken:
            counts[base] = counts.get(base, 1) + 1
            label = f"{base} ({counts[base]})"
        taken.add(label.casefold())
        labels[record] = label
    return labels


def typed(spec: FieldSpec, value: Any, currency: str = money.Currency.USD) -> str:
    """A value as its field shows it for editing: `read(spec, typed(spec, v)) == v`."""
    if is_blank(value):
        return ""
    match spec.kind:
        case Kind.MONEY:
            major = money.to_major(value, currency)
            return f"{major:,.{money.digits(currency) if major % 1 else 0}f}"
        case Kind.INTEGER:
            return f"{value:,}"
        case Kind.DATE:
            return _date_words(value)
        case Kind.LINKS:
            return "|".join(value)
        case Kind.NUMBER:
            grouped = f"{Decimal(repr(value)):,f}"
            return grouped.rstrip("0").rstrip(".") if "." in grouped else grouped
        case _:
            return str(value)


def words(spec: FieldSpec, value: Any, currency: str = money.Currency.USD, names: Mapping[str, str] | None = None) -> str:
    """A value as a document shows it, with its unit; "" when blank.

    Args:
        names: titles of the records that links refer to, by id.
    """
    if is_blank(value):
        return ""
    match spec.kind:
        case Kind.MONEY:
            return money.words(value, currency)
        case Kind.INTEGER | Kind.NUMBER:
            return _measured(number_words(value), spec.unit)
        case Kind.DATE:
            return _date_words(value)
        case Kind.CHOICE:
            return value.label if isinstance(value, Choice) else next(c.label for c in spec.choices if c == value)
        case Kind.LINK:
            return (names or {}).get(value, REMOVED)
        case Kind.LINKS:
            return "; ".join((names or {}).get(v, REMOVED) for v in value)
        case _:
            return _measured(str(value), spec.unit)


def _date_words(value: date | str) -> str:
    return day_words(value if isinstance(value, date) else date.fromisoformat(value))


def _measured(figure: str, unit: str) -> str:
    """A figure with its unit. Units that are counted are declared in the plural: "1 day", "3 days"."""
    if unit == "%":
        return measured(figure, unit)
    if not unit:
        return figure
    return count(figure, unit.removesuffix("s"), unit)


def rescaled(model: type[Fields], plain: Mapping[str, Any], new_currency: str) -> dict[str, int]:
    """The money fields of a record whose minor units change when its currency does, so that 10,000 stays 10,000.

    Raises:
        AnswerError: an amount does not fit.
    """
    shift = money.digits(new_currency) - money.digits(plain["currency"])
    if not shift:
        return {}
    amounts = {}
    for spec in questions(model):
        minor = plain.get(spec.name)
        if spec.kind is Kind.MONEY and minor is not None:
            amounts[spec.name] = money.to_minor(money.to_major(minor, plain["currency"]), new_currency)
            if abs(amounts[spec.name]) > LARGEST:
                raise _refuse(spec, money.words(minor, plain["currency"]), f"is too large to be written in {new_currency}")
    return amounts


def sentences(error: ValidationError, model: type[Fields]) -> str:
    """A pydantic refusal in words that name question and value."""
    labels = {s.name: s.label for s in questions(model)}
    parts = []
    for item in error.errors():
        where = next((labels[str(p)] for p in reversed(item["loc"]) if str(p) in labels), ".".join(map(str, item["loc"])))
        ours = item["msg"].removeprefix("Value error, ") if item["type"] == "value_error" else f"{needed(item)} is needed"
        parts.append(f"{where}: {ours} (found {str(item.get('input'))[:80]!r})")
    return "; ".join(parts)


_NEEDED = (
    ("missing", "an answer"),
    ("timezone", "a moment with its time zone, such as “2027-03-31T09:30:00Z”"),
    ("datetime", "a moment with its time zone, such as “2027-03-31T09:30:00Z”"),
    ("date", "a date such as “2027-03-31”"),
    ("int", "a whole number"),
    ("float", "a number"),
    ("finite", "a number"),
    ("decimal", "a number"),
    ("greater_than", "a number of at least {limit}"),
    ("less_than", "a number of at most {limit}"),
    ("string_too_long", "a text of at most {limit} characters"),
    ("string", "a text"),
    ("bool", "true or false"),
    ("enum", "one of {limit}"),
    ("literal", "{limit}"),
    ("list", "a list"),
    ("tuple", "a list"),
    ("set", "a list"),
    ("frozen", "a list"),
    ("dict", "an object with named fields"),
    ("model", "an object with named fields"),
    ("mapping", "an object with named fields"),
)
"""What a model asks for, by how the kind of its refusal begins. Its own words are written for programmers."""


def needed(item: ErrorDetails) -> str:
    """What would have been right in place of what a model refused."""
    limits = [value for value in item.get("ctx", {}).values() if isinstance(value, int | float | str)]
    words = next((words for begin, words in _NEEDED if item["type"].startswith(begin)), "another kind of value")
    limit = limits[0] if limits else ""
    return words.format(limit=limit if isinstance(limit, str) else number_words(limit))
