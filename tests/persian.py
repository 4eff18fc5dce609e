"""A project as a Persian team would have it: every text of a charter in Persian, of the same length."""

from __future__ import annotations

from itertools import cycle
from typing import Any

from scoping.charter import PARTS, Charter
from scoping.section import Fields, Kind, Section, questions

TEXT = (
    "نان فروخته‌نشده در پایان روز دور ریخته می‌شود و هیچ‌کس نمی‌داند چرا این قدر زیاد است پیش‌بینی فروش هر شعبه "
    "برای فردا ۲۱٪ خطا دارد و مدیر فروشگاه آخرین حرف را می‌زند داده‌های سه سال گذشته آماده است"
)


def persian(charter: Charter) -> Charter:
    """The same charter with other words; keys by which other systems know something stay."""
    words = cycle(TEXT.split())

    def of(text: str) -> str:
        found: list[str] = []
        while sum(map(len, found)) + len(found) < min(len(text), 400):
            found.append(next(words))
        return " ".join(found)

    for section in PARTS:
        charter = charter.with_part(section.slug, _part(section, charter.part(section.slug), of))
    return charter


def _part(section: Section, value: Fields, of: Any) -> Fields:
    lists = {
        name: tuple(row.model_copy(update=_texts(section, name, row, of)) for row in getattr(value, name))
        for name, spec in section.lists.items()
        if not spec.machine
    }
    return value.model_copy(update={**_texts(section, "", value, of), **lists})


def _texts(section: Section, list_name: str, entry: Fields, of: Any) -> dict[str, str]:
    asked = [q for q in questions(section.model_of(list_name)) if q.kind in (Kind.TEXT, Kind.LONG) and not q.machine]
    return {q.name: of(text) for q in asked if (text := getattr(entry, q.name)) and (q.kind is Kind.LONG or " " in text)}
