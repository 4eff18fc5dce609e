"""The profile of a file: what each column holds, what is worth a look, and what has changed since an earlier file.

The table passes by in pieces, so it may be longer than memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from scoping.errors import WorkbenchError
from scoping.measuring import Method
from scoping.measuring.profile import drift, words
from scoping.measuring.profile import remarks as profile_remarks
from scoping.measuring.profile.columns import Column, Holds, Profile, Sketch, significant
from scoping.measuring.profile.drift import Shift, TableDrift
from scoping.measuring.profile.quality import ratings
from scoping.measuring.profile.remarks import Remark, Target
from scoping.measuring.profile.result import Earlier, Result, Settings
from scoping.tables.table import Passing, Preview, Table, Tell, UnreadableTableError
from scoping.words import count, short

if TYPE_CHECKING:
    import pandas as pd

VERSION = "2"
AS_TEXT = True
AT_MOST = 1_000_000
"""Rows of a database table, which is sampled there. Files pass by whole."""

COLUMNS_AT_MOST = 60
_ROOM = 28_000
_CLASSES_AT_MOST = 20
_REMARKS_AT_MOST = 25
_NAMES_AT_MOST = 30
_TEXT_AT_MOST = 40
_PIECE = 50_000


def guess(preview: Preview) -> Settings:
    """A target where a column is called so."""
    named = [c.name for c in preview.columns if c.name.strip().casefold() in ("target", "label", "class", "y", "outcome", "churn")]
    return Settings(target=named[0] if len(named) == 1 else "")


def measure(table: Table, settings: Settings, tell: Tell) -> Result:
    """The profile of a table that is in memory.

    Raises:
        WorkbenchError: there are no rows, or not the target.
    """
    frame = table.frame
    pieces = ((min(1.0, (at + _PIECE) / len(frame)), frame.iloc[at : at + _PIECE]) for at in range(0, len(frame), _PIECE))
    result = measure_chunks(Passing(pieces), settings, tell)
    return result.model_copy(update={"of": table.rows}) if table.is_sample else result


def measure_chunks(passing: Passing, settings: Settings, tell: Tell) -> Result:
    """The profile of a table that passes by.

    Raises:
        WorkbenchError: a row does not fit, or there are no rows, or not the target.
    """
    sketch = _passed(passing.pieces, settings, tell)
    tell(0.98, "Putting the figures together")
    sketch.forget([c.name for c in sketch.columns if c.name in passing.unnamed and not c.filled])
    profile = sketch.finish()
    target = _target(sketch, profile, settings.target)
    earlier = settings.earlier
    changes = drift.drift(earlier.columns, sketch, profile, were_all_kept=earlier.were_all_kept) if earlier else None
    return _fitting(profile, target, changes)


def _passed(pieces: Iterable[tuple[float, pd.DataFrame]], settings: Settings, tell: Tell) -> Sketch:
    sketch: Sketch | None = None
    for share, piece in pieces:
        if sketch is None:
            sketch = Sketch([str(name) for name in piece.columns], settings.as_of, settings.values)
            if settings.target and settings.target not in piece.columns:
                raise WorkbenchError(
                    f"The table has no column “{short(settings.target, 60)}”.", "Choose the target among the columns it has."
                )
        sketch.add(piece)
        tell(0.97 * share, f"Reading, {count(sketch.rows, 'row')} so far")
    if sketch is None or not sketch.rows:
        raise UnreadableTableError("The table has no rows.", "Choose a file with a header and at least one row below it.")
    return sketch


def _target(sketch: Sketch, profile: Profile, name: str) -> Target | None:
    for column, kept in zip(profile.columns, sketch.columns, strict=True):
        if column.name != name or not name:
            continue
        ranked = kept.ranked(column.holds)
        are_classes = not column.is_withheld and not column.short_by and len(ranked) <= max(_CLASSES_AT_MOST, 0.05 * profile.rows)
        if column.holds in (Holds.NUMBER, Holds.DATE) or not are_classes:
            ranked = []
        return Target(
            name=short(name, 60),
            classes=tuple(ranked[:_CLASSES_AT_MOST]),
            different=column.different,
            known=profile.rows - column.absent(),
        )
    return None


def _fitting(profile: Profile, target: Target | None, changes: TableDrift | None) -> Result:
    """The result, with as many columns as there is room for."""
    remarks = profile_remarks.remarks(profile, target, changes)
    shifts = sorted(changes.shifts, key=lambda s: not s.is_change) if changes else None
    columns = _first(profile.columns, remarks, COLUMNS_AT_MOST)
    result = Result(
        rows=profile.rows,
        width=len(profile.columns),
        duplicates=profile.duplicates,
        are_duplicates_exact=profile.are_duplicates_exact,
        sampled=profile.sampled,
        missing=significant(sum(c.absent() for c in profile.columns) / (profile.rows * len(profile.columns))),
        columns=tuple(map(_brief, columns)),
        target=target,
        remarks=tuple(remarks[:_REMARKS_AT_MOST]),
        remarks_left_out=max(0, len(remarks) - _REMARKS_AT_MOST),
        ratings=ratings(profile, changes),
        shifts=None if shifts is None else tuple(map(_brief_shift, shifts[:COLUMNS_AT_MOST])),
        shifts_left_out=max(0, len(shifts or ()) - COLUMNS_AT_MOST),
        new=_names(changes.new if changes else ()),
        gone=_names(changes.gone if changes else ()),
    )
    for smaller in _smaller(result):
        result = smaller
        if len(result.model_dump_json()) <= _ROOM:
            break
    return result


def _smaller(result: Result) -> Iterator[Result]:
    """The result with less and less in it."""
    yield result
    for values in (5, 3, 1):
        columns = tuple(replace(column, commonest=column.commonest[:values]) for column in result.columns)
        result = result.model_copy(update={"columns": columns})
        yield result
    while len(result.columns) > 1:
        shifts = result.shifts and result.shifts[: max(1, len(result.shifts) - 2)]
        lost = len(result.shifts or ()) - len(shifts or ())
        columns = _first(result.columns, result.remarks, len(result.columns) - 1)
        result = result.model_copy(update={"columns": columns, "shifts": shifts, "shifts_left_out": result.shifts_left_out + lost})
        yield result


def _first(columns: Sequence[Column], remarks: Sequence[Remark], at_most: int) -> tuple[Column, ...]:
    """Some columns in their order; where there are too many, those that are named in a remark go first."""
    told = "\n".join(remark.sentence for remark in remarks)
    places = sorted(range(len(columns)), key=lambda i: profile_remarks.called(columns[i].name) not in told)
    return tuple(columns[i] for i in sorted(places[:at_most]))


def _names(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(short(name, _TEXT_AT_MOST) for name in names[:_NAMES_AT_MOST])


def _brief(column: Column) -> Column:
    """A column as it is kept: to six figures."""
    spread = column.spread
    if spread is not None:
        spread = replace(
            spread,
            low=significant(spread.low),
            q1=significant(spread.q1),
            median=significant(spread.median),
            q3=significant(spread.q3),
            high=significant(spread.high),
            mean=significant(spread.mean),
            sd=_significant(spread.sd),
        )
    # One person's number or birthday must not be read off the ends of a column.
    return replace(
        column,
        spread=None if column.is_withheld else spread,
        margin=significant(column.margin),
        repeats=significant(column.repeats),
    )


def _brief_shift(shift: Shift) -> Shift:
    return replace(
        shift,
        index=_significant(shift.index),
        distance=_significant(shift.distance),
        p=_significant(shift.p),
        far_p=_significant(shift.far_p),
        missing_before=significant(shift.missing_before),
        missing_now=significant(shift.missing_now),
        missing_p=_significant(shift.missing_p),
        new=_names(shift.new[:5]),
        gone=_names(shift.gone[:5]),
    )


def _significant(number: float | None) -> float | None:
    return None if number is None else significant(number)


def earlier(name: str, result: Result, report: str = "") -> Earlier:
    """What to compare a later file with."""
    columns = tuple(drift.before(column, result.rows) for column in result.columns)
    kept = Earlier(name=name, columns=columns, were_all_kept=not result.columns_left_out, report=report)
    while len(kept.model_dump_json()) > _ROOM:
        kept = kept.model_copy(update={"columns": kept.columns[:-1], "were_all_kept": False})
    return kept


METHOD = Method(
    version=VERSION,
    as_text=AS_TEXT,
    at_most=AT_MOST,
    settings=Settings,
    result=Result,
    guess=guess,
    measure=measure,
    headline=words.headline,
    blocks=words.blocks,
    measure_chunks=measure_chunks,
)
