"""What a cell answers: whether it still says what was written into it, and if not, what its question is told."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from scoping.answers import REMOVED, UNKNOWN, UNKNOWN_WORDS
from scoping.charter import Charter
from scoping.errors import AnswerError
from scoping.export.workbook.links import SEPARATOR, Links
from scoping.export.workbook.sheet import Shown, writable
from scoping.reading.workbook.book import Cell
from scoping.section import FieldSpec, Kind, YesNo, clean
from scoping.tables import excel_files
from scoping.words import count, day_words, short

_NEAR = 1e-12
"""Programs write numbers with fifteen digits or more."""
_MORE = re.compile(r"and \d+ more")
_PERCENT = re.compile(r"-?[\d.eE+-]+%")
_LONGEST_LABEL = 120


class Names:
    """What the records that links may refer to are called in a workbook, those that it adds or renames among them."""

    def __init__(self, charter: Charter) -> None:
        self._ids: dict[str, dict[str, set[str]]] = {}
        self._known: dict[str, set[str]] = {}
        for ref, labels in Links(charter).labels.items():
            self._known[ref] = set(labels)
            for record, label in labels.items():
                self._add(ref, record, label)

    def add(self, ref: str, record: str, title: str) -> None:
        """A record has got a name in the file; where nobody refers to its list, nobody asks for it."""
        if ref in self._known and title:
            self._known[ref].add(record)
            self._add(ref, record, short(title.replace("|", "/"), _LONGEST_LABEL))

    def _add(self, ref: str, record: str, label: str) -> None:
        self._ids.setdefault(ref, {}).setdefault(_folded(label), set()).add(record)

    def ids(self, spec: FieldSpec, written: str, before: Iterable[str]) -> list[str]:
        """The record or records called so. Raises AnswerError.

        Args:
            before: those that the question was answered with; what is gone is called alike, so it can only stay.
        """
        if _folded(written) == REMOVED:
            return [record for record in before if record not in self._known[spec.refers_to]]
        found = self._ids.get(spec.refers_to, {}).get(_folded(written), set())
        if not found:
            raise AnswerError(
                f"{spec.label}: nothing is called “{short(written, 80)}”. Write the name as it stands in its own table."
            )
        if len(found) > 1:
            raise AnswerError(
                f"{spec.label}: {count(len(found), 'entry is', 'entries are')} called “{short(written, 80)}”. Give them different names."
            )
        return list(found)


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()


def is_untouched(written: Shown, cell: Cell | None, epoch: datetime) -> bool:
    """Whether a cell still says what the export wrote into it, whichever program saved it."""
    value = cell.value if cell else None
    if cell and cell.is_error:
        return False
    if written is None or written == "":
        return not (cell and cell.formula and value is None) and (value is None or (isinstance(value, str) and not value.strip()))
    if isinstance(written, str):
        kept = str(clean(writable(written))).strip()
        told = (cell.value, cell.raw) if cell else ()
        return any(isinstance(text, str) and str(clean(text)).strip() == kept for text in told)
    if isinstance(written, date):
        return _day(value, epoch) == written
    number = _number(value)
    return number is not None and math.isclose(number, written, rel_tol=_NEAR, abs_tol=1e-15)


def _number(value: Any) -> float | None:
    """The number itself, where a cell shows it as per cent."""
    if isinstance(value, str) and _PERCENT.fullmatch(value):
        return float(value[:-1]) / 100
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _day(value: Any, epoch: datetime) -> date | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return excel_files.day_of(value, epoch)
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None


def raw(spec: FieldSpec, cell: Cell | None, names: Names, before: Any, epoch: datetime) -> Any:
    """What a cell tells its question, as somebody would type or choose it. Raises AnswerError.

    Args:
        before: the plain value that the question had.
    """
    if cell is None:
        return None
    value = cell.value
    if cell.is_error:
        raise AnswerError(f"{spec.label}: the cell shows the error {value}. Write a value.")
    if value is None:
        raise AnswerError(
            f"{spec.label}: the cell holds a formula without a result. Save the workbook in a spreadsheet program, or write the value."
        )
    if isinstance(value, str) and _folded(value) in (_folded(UNKNOWN_WORDS), UNKNOWN):
        return UNKNOWN
    match spec.kind:
        case Kind.LINK:
            found = names.ids(spec, _words(value), [before] if before else [])
            return found[0] if found else ""
        case Kind.LINKS:
            return _several(spec, _words(value), names, before or ())
        case Kind.DATE:
            return _day(value, epoch) or _words(value)
        case Kind.NUMBER | Kind.INTEGER | Kind.MONEY:
            return _amount(spec, value)
        case Kind.CHOICE if isinstance(value, bool) and isinstance(spec.choices[0], YesNo):
            return YesNo.YES if value else YesNo.NO
        case _:
            return _words(value)


def _several(spec: FieldSpec, written: str, names: Names, before: Iterable[str]) -> list[str]:
    parts = [part.strip() for part in written.split(SEPARATOR.strip()) if part.strip()]
    if parts and _MORE.fullmatch(parts[-1]):
        raise AnswerError(f"{spec.label}: not all entries fitted into the cell. Change this one in the workbench.")
    return sorted({record for part in parts for record in names.ids(spec, part, before)})


def _amount(spec: FieldSpec, value: Any) -> Any:
    if isinstance(value, str) and _PERCENT.fullmatch(value) and spec.unit != "%":
        value = float(value[:-1]) / 100
    if isinstance(value, float) and math.isfinite(value):
        return float(f"{value:.15g}")
    return _words(value) if not isinstance(value, int) or isinstance(value, bool) else value


def _words(value: Any) -> str:
    """A value as somebody reads it in its cell."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        clock = f" {value:%H:%M}" if (value.hour or value.minute) else ""
        return f"{day_words(value.date())}{clock}"
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)


def shown_words(cell: Cell | None) -> str:
    """What stands in a cell, for a sentence."""
    if cell is None or cell.value is None:
        return short(cell.formula, 80) if cell else ""
    return short(_words(cell.value), 80)


def shown_title(cell: Cell | None) -> str:
    """What a record is called by a cell: all of its text."""
    return "" if cell is None or cell.value is None else str(clean(_words(cell.value))).strip()
