"""How something missing is told at the place where it is put right, and what counts as begun and as answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from scoping.findings import Finding
from scoping.section import Answer, Fields, Record, questions
from scoping.words import short

Row = TypeVar("Row", bound=Record)
Missing = Iterator[Finding]


def lack(code: str, message: str, at: Fields, field: str) -> Finding:
    """Something missing, at a question of a record or of a part. Whether the team said that it does not know is read there."""
    record = at.id if isinstance(at, Record) else ""
    return Finding(code, message, record, field, is_unknown=field in at.unknown)


def named(row: Record, limit: int = 60) -> str:
    return f"“{short(row.title.strip().removesuffix('.'), limit)}”"


def begun(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The entries in which something is written, be it that an answer is not known yet."""
    return tuple(row for row in rows if row.unknown or any(says(row, s.name) for s in questions(type(row)) if not s.assumed))


def says(fields: Fields, name: str) -> bool:
    return fields.answer(name) is Answer.ANSWERED


def first_blank(fields: Fields, *names: str) -> str:
    """The first of these questions that has no answer; "" when all have one."""
    return next((name for name in names if not says(fields, name)), "")


def is_whole(total: float) -> bool:
    """Whether shares add to 100 %. They may miss it by half a point, for they are often rounded."""
    return abs(total - 100) <= 0.5
