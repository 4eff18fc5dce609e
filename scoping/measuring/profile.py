"""The profile of a file: what each column holds, what is worth a look, and what has changed since an earlier file.

The table passes by in pieces, so it may be longer than memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, asdict, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import field_serializer

from scoping import drift, profile_words
from scoping.blocks import Block, Facts, Paragraph
from scoping.blocks import Table as TableBlock
from scoping.data_quality import Rating, ratings
from scoping.drawing import count
from scoping.drift import Before, Drift, Shift
from scoping.errors import WorkbenchError
from scoping.profile import Column, Holds, Profile, Sketch, day, significant
from scoping.profile_words import Remark, Target
from scoping.reading.tables import Passing, Preview, Table, UnreadableTableError
from scoping.section import Model, short

if TYPE_CHECKING:
    import pandas as pd

    from scoping.measuring import Tell

VERSION = "1"
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
DIMENSIONS = {"accuracy": "Accuracy", "coherence": "Coherence"}
"""Those that data speak of, with their names."""


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


class Settings(Model):
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
            sketch = Sketch([str(name) for name in piece.columns], settings.as_of)
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


def _fitting(profile: Profile, target: Target | None, changes: Drift | None) -> Result:
    """The result, with as many columns as there is room for."""
    remarks = profile_words.remarks(profile, target, changes)
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
    places = sorted(range(len(columns)), key=lambda i: profile_words.called(columns[i].name) not in told)
    return tuple(columns[i] for i in sorted(places[:at_most]))


def _names(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(short(name, _TEXT_AT_MOST) for name in names[:_NAMES_AT_MOST])


def _brief(column: Column) -> Column:
    """A column as it is kept: to six figures."""
    spread = column.spread
    if spread is not None:
        numbers = ("low", "q1", "median", "q3", "high", "mean")
        rounded: dict[str, Any] = {name: significant(getattr(spread, name)) for name in numbers}
        spread = replace(spread, **rounded, sd=None if spread.sd is None else significant(spread.sd))
    # One person's number or birthday must not be read off the ends of a column.
    return replace(
        column,
        spread=None if column.is_withheld else spread,
        margin=significant(column.margin),
        repeats=significant(column.repeats),
    )


def _brief_shift(shift: Shift) -> Shift:
    names = ("index", "distance", "p", "missing_before", "missing_now", "missing_p")
    rounded: dict[str, Any] = {name: None if (v := getattr(shift, name)) is None else significant(v) for name in names}
    return replace(shift, **rounded, new=_names(shift.new[:5]), gone=_names(shift.gone[:5]))


def earlier(name: str, result: Result, report: str = "") -> Earlier:
    """What to compare a later file with."""
    columns = tuple(drift.before(column, result.rows) for column in result.columns)
    found = Earlier(name=name, columns=columns, were_all_kept=not result.columns_left_out, report=report)
    while len(found.model_dump_json()) > _ROOM:
        found = found.model_copy(update={"columns": found.columns[:-1], "were_all_kept": False})
    return found


def headline(result: Result, settings: Settings) -> str:
    """The profile in one sentence. Its counts are exact unless it says “about”."""
    parts = [f"{profile_words.share(result.missing, 1)} of the cells are missing" if result.missing else "no cell is missing"]
    about = "" if result.are_duplicates_exact else "about "
    verb = "repeats" if result.duplicates == 1 else "repeat"
    parts.append(f"{about}{count(result.duplicates, 'row')} {verb} another" if result.duplicates else "no row repeats another")
    if result.personal:
        parts.append(f"{count(result.personal, 'column')} may hold personal data")
    if settings.earlier and result.shifts is not None:
        changed = sum(shift.is_change for shift in result.shifts)
        parts.append(f"{count(changed, 'column')} changed since {short(settings.earlier.name, 60)}")
    of = "" if result.of is None else f" of {result.of:,}"
    return f"{result.rows:,}{of} {'row' if result.rows == 1 and not of else 'rows'}, {count(result.width, 'column')}: {', '.join(parts)}."


def blocks(result: Result, settings: Settings) -> list[Block]:
    """What is worth a look, the columns, the classes of the target, and what changed."""
    found: list[Block] = [Facts(tuple(_facts(result)), "Profile of the file")]
    found += [Paragraph(remark.sentence) for remark in result.remarks]
    if result.remarks_left_out:
        found.append(Paragraph(f"{count(result.remarks_left_out, 'less important remark')} left out."))
    found.append(_columns_block(result))
    if result.target and result.target.classes:
        rows = tuple((text, f"{n:,}", profile_words.share(n, result.target.known)) for text, n in result.target.classes)
        found.append(
            TableBlock(f"Classes of the target {profile_words.called(result.target.name)}", ("Class", "Rows", "Share"), rows)
        )
    if result.shifts is not None and settings.earlier:
        found += _drift_blocks(result, settings.earlier.name)
    return [*found, Paragraph(profile_words.JUDGED)]


def _facts(result: Result) -> Iterator[tuple[str, str]]:
    of = "" if result.of is None else f", a random sample of {result.of:,}"
    yield "Rows and columns", f"{count(result.rows, 'row')}{of}; {count(result.width, 'column')}"
    yield "Missing cells", profile_words.share(result.missing, 1)
    about = "" if result.are_duplicates_exact else "about "
    yield "Rows that repeat another", f"{about}{result.duplicates:,}"
    for dimension, label in DIMENSIONS.items():
        if rating := result.ratings.get(dimension):
            score = "not known" if rating.score is None else f"{rating.score} of 3"
            yield f"{label}, suggested", f"{score}. {rating.reason}"
    yield "What the figures rest on", profile_words.basis(result.rows, result.sampled)


def ends(column: Column) -> tuple[str, str]:
    """The smallest and the largest value in words; blank where there is none or none is shown."""
    if column.spread is None:
        return "", ""
    if column.holds is Holds.DATE:
        return day(column.spread.low).isoformat(), day(column.spread.high).isoformat()
    return f"{column.spread.low:,.6g}", f"{column.spread.high:,.6g}"


def middle(column: Column) -> str:
    """The median in words; blank where there is none or none is shown."""
    if column.spread is None:
        return ""
    return day(column.spread.median).isoformat() if column.holds is Holds.DATE else f"{column.spread.median:,.6g}"


def _columns_block(result: Result) -> TableBlock:
    rows = tuple(
        (
            column.name,
            column.holds.label,
            profile_words.share(column.absent(), result.rows),
            profile_words.different_words(column),
            ends(column)[0],
            middle(column),
            ends(column)[1],
            "; ".join(f"{text} ({n:,})" for text, n in column.commonest[:3]),
        )
        for column in result.columns
    )
    more = f" (the first {len(rows)} of {result.width:,})" if result.columns_left_out else ""
    headers = ("Column", "Holds", "Missing", "Different values", "Lowest", "Median", "Highest", "Commonest, with rows")
    return TableBlock(f"Columns{more}", headers, rows)


def _withheld(values: int) -> Iterator[str]:
    if values:
        yield f"new: {count(values, 'value')} in very few rows"


def _drift_blocks(result: Result, name: str) -> Iterator[Block]:
    shifts = result.shifts or ()
    yield TableBlock(
        f"Compared with {short(name, 80)}",
        (
            "Column",
            "Values",
            "Stability index",
            "Largest distance",
            "Chance, corrected",
            "Missing before",
            "Missing now",
            "New or gone",
        ),
        tuple(
            (
                s.name,
                s.verdict.label,
                "" if s.index is None else f"{s.index:.3f}",
                "" if s.distance is None else f"{s.distance:.3f}",
                "" if s.p is None else chance(s.p),
                profile_words.share(s.missing_before, 1),
                profile_words.share(s.missing_now, 1),
                "; ".join([*(f"new: {v}" for v in s.new), *_withheld(s.withheld), *(f"gone: {v}" for v in s.gone)]),
            )
            for s in shifts
        ),
    )
    if result.shifts_left_out:
        yield Paragraph(f"{count(result.shifts_left_out, 'further column')} compared and not shown.")
    yield Paragraph(
        f"A change is called moderate from a stability index of {drift.MODERATE} and large from {drift.LARGE}, if chance explains it in less "
        f"than {drift.CHANCE:.0%} of such columns. Dates, identifiers and columns with personal data are compared for missing cells only."
    )


def chance(p: float) -> str:
    """A chance in words that never claims to be none."""
    return "below 0.001" if p < 0.001 else f"{p:.3f}"
