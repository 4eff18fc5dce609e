"""A charter in which every question is answered, each text with words of its own, made from the models' questions."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from scoping.charter import PARTS, Charter
from scoping.document.paper import Document, document
from scoping.review import overview
from scoping.section import Fields, FieldSpec, Kind, Section, questions

AT = datetime(2027, 5, 3, 14, 5, tzinfo=UTC)
_numbers = count(11)


def _answer(spec: FieldSpec, place: str) -> Any:
    match spec.kind:
        case Kind.TEXT | Kind.LONG:
            return f"words of {place} {spec.name}"
        case Kind.INTEGER | Kind.NUMBER | Kind.MONEY:
            lowest, highest = math.ceil(spec.minimum or 0), spec.maximum or 10**6
            return int(lowest + next(_numbers) % (highest - lowest + 1))
        case Kind.DATE:
            return date(2027, 1, 1) + timedelta(days=next(_numbers))
        case Kind.CHOICE:
            return spec.choices[0]
        case Kind.LINK:
            return "one"
        case Kind.LINKS:
            return ("one", "two")


def _filled(model: type[Fields], place: str, **more: Any) -> Any:
    return model(**{spec.name: _answer(spec, place) for spec in questions(model)}, **more)


def filled_part(section: Section) -> Any:
    """One part with two records in each of its lists."""
    lists = {
        name: tuple(_filled(spec.record, f"{section.slug} {name} {i}", id=i) for i in ("one", "two"))
        for name, spec in section.lists.items()
    }
    return _filled(section.model, section.slug, **lists)


def filled_charter() -> Any:
    """Every question of every part answered."""
    return Charter(**{section.slug: filled_part(section) for section in PARTS})


def paper(charter: Any) -> Document:
    """The document of a charter at revision 3."""
    return document(charter, overview(charter), revision=3, saved_at=AT)
