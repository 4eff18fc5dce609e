"""From what people type to values and back: one reading for form, grid, import and programs."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import ValidationError

from scoping import currency as money
from scoping.errors import AnswerError
from scoping.section import Choice, Fields, FieldSpec, Kind, clean, is_blank, questions

UNKNOWN = "?"
"""What people type, or choose, for "we do not know yet"."""
UNKNOWN_WORDS = "Not known yet"

_THOUSANDS = re.compile(r"[-+]?\d{1,3}([,\u00a0\u202f' ]\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d+")


def blank_of(spec: FieldSpec) -> Any:
    """The value that stands for "not answered"."""
    return {Kind.TEXT: "", Kind.LONG: "", Kind.LINK: "", Kind.LINKS: []}.get(spec.kind)


def read(spec: FieldSpec, raw: Any, currency: str = money.Currency.USD) -> Any:
    """The plain (JSON) value of an answer as typed, pasted or chosen.

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
    value = _READERS[spec.kind](spec, raw, currency)
    _check_limits(spec, value, currency)
    return value


def _is_missing(raw: Any) -> bool:
    return raw is None or (isinstance(raw, float) and math.isnan(raw)) or type(raw).__name__ in ("NAType", "NaTType")


def _refuse(spec: FieldSpec, raw: Any, wanted: str) -> AnswerError:
    shown = str(raw)
    return AnswerError(f"{spec.label}: “{shown[:80]}{'…' if len(shown) > 80 else ''}” {wanted}.")


def _read_text(spec: FieldSpec, raw: Any, _: str) -> str:
    value = str(raw)
    if spec.max_length and len(value) > spec.max_length:
        raise AnswerError(f"{spec.label}: the text has {len(value):,} characters; {spec.max_length:,} fit. Please shorten it.")
    return value


def _decimal(spec: FieldSpec, raw: Any) -> Decimal:
    if isinstance(raw, bool):
        raise _refuse(spec, raw, "is not a number")
    if isinstance(raw, int | float):
        if not math.isfinite(raw):
            raise _refuse(spec, raw, "is not a number. Leave it empty or choose “do not know yet”")
        return Decimal(str(raw))
    typed = str(raw).strip().strip("%$€£¥₹").strip()
    if _THOUSANDS.fullmatch(typed):
        typed = re.sub(r"[,\u00a0\u202f' ]", "", typed)
    elif _DECIMAL_COMMA.fullmatch(typed):
        typed = typed.replace(",", ".")
    try:
        value = Decimal(typed)
    except InvalidOperation:
        raise _refuse(spec, raw, "is not a number. Write digits, such as 1250 or 3.5") from None
    if not value.is_finite() or abs(value) > Decimal(10) ** 15:
        raise _refuse(spec, raw, "is out of range for this workbench")
    return value


def _read_number(spec: FieldSpec, raw: Any, _: str) -> float:
    return float(_decimal(spec, raw))


def _read_integer(spec: FieldSpec, raw: Any, _: str) -> int:
    value = _decimal(spec, raw)
    if value != value.to_integral_value():
        raise _refuse(spec, raw, "is not a whole number")
    return int(value)


def _read_money(spec: FieldSpec, raw: Any, currency: str) -> int:
    return money.to_minor(_decimal(spec, raw), currency)


def _read_date(spec: FieldSpec, raw: Any, _: str) -> str:
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return raw.isoformat()
    try:
        return date.fromisoformat(str(raw).strip()[:10]).isoformat()
    except ValueError:
        raise _refuse(spec, raw, "is not a date. Write it as 2027-03-31") from None


def _read_choice(spec: FieldSpec, raw: Any, _: str) -> str:
    wanted = str(raw).strip().casefold()
    for choice in spec.choices:
        if wanted in (choice.value.casefold(), choice.label.casefold()):
            return choice.value
    raise _refuse(spec, raw, f"is none of: {', '.join(c.label for c in spec.choices)}")


def _read_links(spec: FieldSpec, raw: Any, _: str) -> list[str]:
    if isinstance(raw, str):
        raw = [part.strip() for part in raw.split("|") if part.strip()]
    return sorted({str(item) for item in raw})


_READERS: Mapping[Kind, Any] = {
    Kind.TEXT: _read_text,
    Kind.LONG: _read_text,
    Kind.LINK: _read_text,
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


def number_words(value: float) -> str:
    """A number as people write it: grouped thousands, no needless zeros."""
    text = f"{value:,.10g}" if abs(value) < 1e15 else f"{value:.6g}"
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


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
            return f"{number_words(value)}{_unit(spec)}"
        case Kind.DATE:
            day = value if isinstance(value, date) else date.fromisoformat(value)
            return f"{day.day} {day:%b %Y}"
        case Kind.CHOICE:
            return value.label if isinstance(value, Choice) else next(c.label for c in spec.choices if c == value)
        case Kind.LINK:
            return (names or {}).get(value, "a removed entry")
        case Kind.LINKS:
            return ", ".join((names or {}).get(v, "a removed entry") for v in value)
        case _:
            return f"{value}{_unit(spec)}"


def _unit(spec: FieldSpec) -> str:
    if not spec.unit:
        return ""
    return spec.unit if spec.unit == "%" else f" {spec.unit}"


def rescaled(model: type[Fields], plain: Mapping[str, Any], new_currency: str) -> dict[str, int]:
    """The money fields of a record whose minor units change when its currency does, so that 10,000 stays 10,000."""
    shift = money.digits(new_currency) - money.digits(plain["currency"])
    if not shift:
        return {}
    found = {}
    for spec in questions(model):
        minor = plain.get(spec.name)
        if spec.kind is Kind.MONEY and minor is not None:
            found[spec.name] = money.to_minor(money.to_major(minor, plain["currency"]), new_currency)
    return found


def sentences(error: ValidationError, model: type[Fields]) -> str:
    """A pydantic refusal in words that name question and value."""
    labels = {s.name: s.label for s in questions(model)}
    parts = []
    for item in error.errors():
        where = next((labels[str(p)] for p in reversed(item["loc"]) if str(p) in labels), ".".join(map(str, item["loc"])))
        parts.append(f"{where}: {item['msg'].removeprefix('Value error, ')} (found {str(item.get('input'))[:80]!r})")
    return "; ".join(parts)
