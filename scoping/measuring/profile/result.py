"""What is asked of a profile, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, asdict, fields
from datetime import date
from typing import Any

from pydantic import field_serializer

from scoping.measuring import TableSettings
from scoping.measuring.profile.columns import Column
from scoping.measuring.profile.drift import Before, Shift
from scoping.measuring.profile.quality import Rating
from scoping.measuring.profile.remarks import Remark, Target
from scoping.section import Model


class Earlier(Model):
    """What is kept of an earlier file, to compare with.

    Attributes:
        name: of the file.
        columns: those that its report kept, as far as there is room.
        were_all_kept: whether it had no others.
        report: the id of the report, where there is one.
    """

    name: str
    columns: tuple[Before, ...]
    were_all_kept: bool
    report: str = ""

    @field_serializer("columns")
    def _without_defaults(self, records: Sequence[Before]) -> list[dict[str, Any]]:
        return [_told(record) for record in records]


class Settings(TableSettings):
    """What is asked about a file.

    Attributes:
        target: the column to be predicted; "" for none.
        as_of: later dates are in the future; None leaves that open.
    """

    target: str = ""
    as_of: date | None = None
    earlier: Earlier | None = None


class Result(Model):
    """A profile, cut to what a reader looks at.

    Attributes:
        of: rows in the table where only a sample of it was profiled.
        width: columns in the table, of which `columns` are the first, those with a remark before others.
        duplicates: rows that repeat an earlier one in every cell.
        sampled: rows that quartiles and outliers rest on.
        missing: share of all cells.
        remarks: most important first.
        ratings: suggested 0 to 3, by dimension.
        shifts: columns of both files, changed ones first; None where nothing was compared.
        new, gone: columns that only one of the two files has.
    """

    rows: int
    width: int
    duplicates: int
    are_duplicates_exact: bool
    sampled: int
    missing: float
    columns: tuple[Column, ...]
    of: int | None = None
    target: Target | None = None
    remarks: tuple[Remark, ...] = ()
    remarks_left_out: int = 0
    ratings: Mapping[str, Rating] = {}
    shifts: tuple[Shift, ...] | None = None
    shifts_left_out: int = 0
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @field_serializer("columns", "shifts")
    def _without_defaults(self, records: Sequence[Any] | None) -> list[dict[str, Any]] | None:
        return None if records is None else [_told(record) for record in records]

    @property
    def columns_left_out(self) -> int:
        return self.width - len(self.columns)

    @property
    def personal(self) -> int:
        """Columns shown that may hold personal data."""
        return sum(bool(column.personal) for column in self.columns)


def _told(record: Any) -> dict[str, Any]:
    """A record without what is as usual."""
    usual = {f.name: f.default for f in fields(record) if f.default is not MISSING}
    return {name: value for name, value in asdict(record).items() if name not in usual or value != usual[name]}
