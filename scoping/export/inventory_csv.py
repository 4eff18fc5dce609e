"""The inventory as CSV for a spreadsheet; read back, it changes nothing. Without sources it is a form to fill in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from scoping import answers
from scoping import currency as money
from scoping.data_sources.spreadsheet import FORMULA_STARTS, fields
from scoping.section import Answer, FieldSpec, Kind
from scoping.sections.data_sources import Source


def to_csv(sources: Iterable[Source]) -> str:
    """A row per source under the questions' labels, with a mark by which spreadsheet programs know UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([spec.label for spec in fields()])
    writer.writerows([_cell(source, spec) for spec in fields()] for source in sources)
    return f"\ufeff{file.getvalue()}"


def _cell(source: Source, spec: FieldSpec) -> str:
    if source.answer(spec.name) is not Answer.ANSWERED:
        return answers.UNKNOWN if spec.name in source.unknown else ""
    value = getattr(source, spec.name)
    match spec.kind:
        case Kind.MONEY:
            return f"{money.to_major(value, source.currency):f}"
        case Kind.NUMBER:
            return f"{Decimal(repr(value)):f}{spec.unit if spec.unit == '%' else ''}"
        case Kind.CHOICE:
            return str(value.label)
        case _:
            text = str(value)
            # A spreadsheet program takes such a text for a formula; an apostrophe before it says that it is none.
            return f"'{text}" if text.startswith(FORMULA_STARTS) else text
