"""What a table looks like, column by column, from one pass over it in pieces and within a fixed amount of memory.

Counts, ends, means and spreads are exact. Quartiles, outliers and bars rest on a random sample of rows once the table has
more rows than it; numbers of different values are estimated once there are more than can be kept. Both are said.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scoping.measuring.profile import personal_data
from scoping.measuring.profile.cell_kinds import CellKind, Cells, Style, judge, mixed, texts
from scoping.measuring.profile.personal_data import Hint
from scoping.measuring.profile.sketches import Commonest, Fingerprints, Moments, RowSample
from scoping.section import clean
from scoping.tables.notation import Mark

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

SEED = 1
_CELLS_SAMPLED, _ROWS_SAMPLED = 4_000_000, (1_000, 20_000)
_VALUES_TOLD_APART, _EACH = 4_000_000, (1_000, 16_384)
_VALUES_COUNTED, _COUNTED_EACH = 400_000, (100, 2_000)
_ROWS_TOLD_APART = 2_500_000
"""What is kept at most, shared among the columns of a table; the pairs are the least and the most for one."""
_SETTLING = 20_000
"""Rows from which the decimal sign of a file is told."""
_MOSTLY = 0.9
"""A column of which this share is of one kind was meant to be of it; the other cells are worth a look."""
FAR = 3.0
"""Outliers lie more than this many interquartile ranges outside the quartiles (Tukey 1977: far out)."""
_BARS = 12
_PARTED_AT = (0.01, 0.05, *(tenth / 10 for tenth in range(1, 10)), 0.95, 0.99)
"""Where numbers are parted for comparing files: the tails too, since faults in data begin there."""
_MASS, _MASSES_AT_MOST = 0.05, 3
"""A value that this share of the cells or more have is kept apart from its neighbours."""
_SHOWN = 12
_TEXT_AT_MOST = 40
_FREE_TEXT = 40
"""Texts that are longer on average are prose, not identifiers."""


class Holds(StrEnum):
    """What a column holds."""

    NOTHING = "nothing"
    YES_NO = "yes_no"
    WHOLE = "whole"
    NUMBER = "number"
    DATE = "date"
    CODE = "code"
    TEXT = "text"
    MIXED = "mixed"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Holds.NOTHING: "Nothing",
    Holds.YES_NO: "Yes or no",
    Holds.WHOLE: "Whole numbers",
    Holds.NUMBER: "Numbers",
    Holds.DATE: "Dates",
    Holds.CODE: "Codes of digits",
    Holds.TEXT: "Text",
    Holds.MIXED: "Mixed",
}
_AMOUNTS = (Holds.WHOLE, Holds.NUMBER)


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How numbers, or the days since 1970 of dates, are spread.

    Attributes:
        low, high, mean, sd: of all cells; the deviation is that of a sample, None below two cells.
        q1, median, q3: by linear interpolation, of the `judged` cells.
        outliers: of the judged cells, how many are far out; None where half of the column or more is one value.
        judged: all cells, or those in the sample.
        bars: of the judged cells, how many lie in each of equal steps between the fences, or between the ends where these are
            nearer; the outermost bars hold what is beyond.
        edges, counts: the judged cells parted at about every tenth, in the outer tenths at smaller shares, and on both sides of
            the values that many cells have; a cell equal to an edge lies below it.
    """

    low: float
    q1: float
    median: float
    q3: float
    high: float
    mean: float
    sd: float | None
    outliers: int | None
    judged: int
    bars: tuple[int, ...] = ()
    edges: tuple[float, ...] = ()
    counts: tuple[int, ...] = ()

    @property
    def fences(self) -> tuple[float, float]:
        """Beyond these, a cell is far out."""
        reach = FAR * (self.q3 - self.q1)
        return self.q1 - reach, self.q3 + reach

    @property
    def bars_between(self) -> tuple[float, float]:
        """Where the bars begin and end."""
        return (
            (max(self.low, self.fences[0]), min(self.high, self.fences[1])) if self.outliers is not None else (self.low, self.high)
        )


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes:
        missing: empty cells, and those with a mark such as NA; `marks` counts these.
        words: cells with a word that often stands for "not known".
        odd: filled cells that are not of the kind the column was meant to hold.
        padded: cells with blanks before or behind.
        different: different filled cells; equal numbers count once, words for "not known" only in a column of text.
        margin: half of the 95 % interval of `different`, as a share of it; 0 when exact.
        repeats: share of the filled cells that repeat another one.
        top: rows with the commonest value, low by at most `short_by`.
        commonest: values with their rows. Withheld are values that look personal or are rare.
        counts_up: whether it numbers the rows.
        future: dates after the day of the profile; 0 when that was not told.
        is_unsure: dates of which day and month may be exchanged.
    """

    name: str
    holds: Holds
    missing: int = 0
    marks: int = 0
    words: int = 0
    odd: int = 0
    padded: int = 0
    different: int = 0
    margin: float = 0.0
    repeats: float = 0.0
    top: int = 0
    short_by: int = 0
    commonest: tuple[tuple[str, int], ...] = ()
    spread: Spread | None = None
    counts_up: bool = False
    is_identifier: bool = False
    future: int = 0
    is_unsure: bool = False
    personal: tuple[Hint, ...] = ()

    @property
    def is_withheld(self) -> bool:
        """Whether its values may tell who somebody is, so that none is shown."""
        return not all(hint.is_shown for hint in self.personal)

    def absent(self) -> int:
        """Cells without an answer. In a column of text, a word such as “none” may be an answer."""
        return self.missing + (0 if self.holds is Holds.TEXT else self.words)


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A table.

    Attributes:
        mark: the decimal sign, where columns show it beyond doubt.
        duplicates: rows that repeat an earlier one, all cells alike; an estimate unless `are_duplicates_exact`.
        sampled: rows in the random sample; all of them where `is_whole`.
    """

    rows: int
    columns: tuple[Column, ...]
    duplicates: int
    are_duplicates_exact: bool
    sampled: int
    is_whole: bool
    mark: Mark | None = None


def _clip(shared: int, among: int, limits: tuple[int, int]) -> int:
    return max(limits[0], min(limits[1], shared // max(1, among)))


@dataclass
class TableStyle:
    """What holds for all columns of a table.

    Attributes:
        as_of: later dates are in the future; None leaves that open.
        values: marks such as NA that are answers here.
        mark: the decimal sign, as the first piece shows it.
    """

    as_of: date | None
    values: Collection[str]
    mark: Mark | None = None


@dataclass(kw_only=True)
class ColumnSketch:
    """What is kept of a column while a table passes by."""

    name: str
    different: Fingerprints
    commonest: Commonest
    how: Style | None = None
    missing: int = 0
    marks: int = 0
    padded: int = 0
    letters: int = 0
    future: int = 0
    kinds: NDArray[np.int64] = field(default_factory=lambda: np.zeros(len(CellKind), np.int64))
    numbers: Moments = field(default_factory=Moments)
    days: Moments = field(default_factory=Moments)
    words: set[str] = field(default_factory=set)
    looks: Counter[str] = field(default_factory=Counter)
    sample: Floats = field(default_factory=lambda: np.empty(0))
    sample_kinds: NDArray[np.int8] = field(default_factory=lambda: np.empty(0, np.int8))

    def add(self, column: Any, kept: Any, fresh: Any, table: TableStyle) -> Cells:
        """Take in a piece (see `cell_kinds.texts`), with the places of the sampled rows among the earlier and the new ones."""
        import pyarrow.compute as pc

        cells, how = judge(column, self.how, table.mark, table.values)
        if self.how is None and len(cells.counts):
            self.how = how
        self.missing += int(column.null_count) + cells.marks
        self.marks += cells.marks
        self.kinds += np.bincount(cells.kinds, cells.counts, len(CellKind)).astype(np.int64)
        self.padded += int(cells.counts[cells.padded].sum())
        prose = cells.kinds == CellKind.TEXT
        self.letters += int(cells.counts[prose] @ pc.utf8_length(cells.texts.filter(prose)).to_numpy(zero_copy_only=False))
        amounts, days = _amounts(cells.kinds), cells.kinds == CellKind.DATE
        self.numbers.add(cells.values[amounts], cells.counts[amounts])
        self.days.add(cells.values[days], cells.counts[days])
        if table.as_of:
            self.future += int(cells.counts[days][cells.values[days] >= (table.as_of - _EPOCH).days + 1].sum())
        self.words.update(cells.texts.filter(cells.kinds == CellKind.WORD).to_pylist())
        self.different.add(cells.prints, cells.counts)
        self.commonest.add(cells.prints, cells.counts, cells.text)
        worded = (cells.kinds == CellKind.TEXT) | (cells.kinds == CellKind.CODE) | (amounts & (cells.values >= 1e11))
        self.looks.update(personal_data.looking(cells.texts.filter(worded), cells.counts[worded]))
        self.sample = np.append(self.sample[kept], cells.row_values[fresh])
        self.sample_kinds = np.append(self.sample_kinds[kept], cells.row_kinds[fresh])
        return cells

    @property
    def filled(self) -> int:
        """Cells that are neither empty nor a word for "not known"."""
        return int(self.kinds.sum() - self.kinds[CellKind.WORD])

    def meant(self) -> tuple[Holds, int]:
        """What the column was meant to hold, and how many filled cells are something else."""
        whole, number, code = (int(self.kinds[k]) for k in (CellKind.WHOLE, CellKind.NUMBER, CellKind.CODE))
        dates, yes_no = int(self.kinds[CellKind.DATE]), int(self.kinds[CellKind.YES_NO])
        filled, amounts = self.filled, whole + number
        if not filled:
            return Holds.NOTHING, 0
        if yes_no == filled:
            return Holds.YES_NO, 0
        if code and not number and code + whole >= _MOSTLY * filled:
            return Holds.CODE, filled - code - whole
        if self.is_unsure:
            return Holds.TEXT, 0
        if max(amounts, dates) >= _MOSTLY * filled:
            holds = Holds.DATE if dates > amounts else Holds.NUMBER if number else Holds.WHOLE
            return holds, filled - max(amounts, dates)
        if max(amounts, dates) >= 0.5 * filled:
            return Holds.MIXED, filled - max(amounts, dates)
        return Holds.TEXT, 0

    @property
    def is_unsure(self) -> bool:
        """Whether the column was meant to hold dates, and day and month of some may be exchanged."""
        open_dates = int(self.kinds[CellKind.OPEN_DATE])
        return open_dates > 0 and open_dates + int(self.kinds[CellKind.DATE]) >= _MOSTLY * self.filled

    def ranked(self, holds: Holds) -> list[tuple[str, int]]:
        """The commonest values with their rows, in brief; values that only differ behind the cut are taken together."""
        rows: Counter[str] = Counter()
        for text, n in self._counted(holds):
            rows[brief(text)] += n
        return rows.most_common()

    def _counted(self, holds: Holds) -> list[tuple[str, int]]:
        """The commonest values, words for "not known" only among text."""
        return [(text, n) for text, n in self.commonest.ranked() if holds is Holds.TEXT or text not in self.words]

    def sampled(self, holds: Holds) -> Floats:
        """The numbers, or the days of the dates, in the sample."""
        wanted = self.sample_kinds == CellKind.DATE if holds is Holds.DATE else _amounts(self.sample_kinds)
        return self.sample[wanted]

    def finish(self, rows: int, rare: int) -> Column:
        """The column as it turned out. Values in fewer than `rare` rows are withheld: they may tell about one person."""
        holds, odd = self.meant()
        filled = self.filled
        different = round(self.different.different) - (0 if holds is Holds.TEXT else len(self.words))
        hints = personal_data.hints(self.name, Holds.DATE if self.is_unsure else holds, self.looks, filled)
        ranked = self.ranked(holds)
        spread = None
        if holds in _AMOUNTS or holds is Holds.DATE:
            spread = _spread(self.days if holds is Holds.DATE else self.numbers, self.sampled(holds))
        counts_up = (
            holds is Holds.WHOLE
            and rows > 1
            and self.different.repeats == 0
            and self.numbers.n == rows
            and self.numbers.high - self.numbers.low == rows - 1
        )
        repeats_at_most = {Holds.TEXT: 0.05, Holds.CODE: 0.05, Holds.WHOLE: 0.0}.get(holds, -1.0)
        told_apart = filled >= 20 and self.different.repeats <= repeats_at_most
        is_prose = self.letters > _FREE_TEXT * int(self.kinds[CellKind.TEXT])
        column = Column(
            name=self.name,
            holds=holds,
            missing=self.missing,
            marks=self.marks,
            words=int(self.kinds[CellKind.WORD]),
            odd=odd,
            padded=self.padded,
            different=different,
            margin=self.different.margin,
            repeats=self.different.repeats,
            top=max((n for _, n in self._counted(holds)), default=0),
            short_by=self.commonest.short_by,
            commonest=tuple((t, n) for t, n in ranked[:_SHOWN] if n >= max(rare, self.commonest.short_by)),
            spread=spread,
            counts_up=counts_up,
            is_identifier=told_apart and not is_prose and not self.is_unsure,
            future=self.future if holds is Holds.DATE else 0,
            is_unsure=self.is_unsure,
            personal=hints,
        )
        return replace(column, commonest=()) if column.is_withheld else column


def shown_from(rows: int) -> int:
    """In how many of the rows of a table a value must stand to be shown."""
    return 2 if rows < 1_000 else 5


def _amounts(kinds: NDArray[np.int8]) -> NDArray[np.bool_]:
    marks: NDArray[np.bool_] = (kinds == CellKind.WHOLE) | (kinds == CellKind.NUMBER)
    return marks


def brief(text: str) -> str:
    """A value as a report keeps it: in one line and cut where it is long, so that another file's values are found by it."""
    line = str(clean(text)).replace("\n", " ")
    return line if len(line) <= _TEXT_AT_MOST else f"{line[: _TEXT_AT_MOST - 1]}…"


_EPOCH = date(1970, 1, 1)


def day(days: float) -> date:
    """The date that lies so many days after 1970-01-01."""
    return _EPOCH + timedelta(days=math.floor(days))


def _spread(moments: Moments, judged: Floats) -> Spread | None:
    if not moments.n or not len(judged):
        return None
    q1, median, q3 = (float(q) for q in np.quantile(judged, (0.25, 0.5, 0.75)))
    spread = Spread(
        low=moments.low,
        q1=q1,
        median=median,
        q3=q3,
        high=moments.high,
        mean=moments.mean,
        sd=moments.sd,
        outliers=None,
        judged=len(judged),
    )
    low, high = spread.fences
    outliers = int(np.sum((judged < low) | (judged > high))) if high > low else None
    spread = replace(spread, outliers=outliers)
    edges = _edges(judged)
    return replace(spread, bars=_bars(judged, spread.bars_between), edges=edges, counts=parted(judged, edges))


def _edges(judged: Floats) -> tuple[float, ...]:
    """Quantiles, as short as they can be written without telling the values apart less well, and the borders of masses.

    A value that many cells have gets a group of its own: what moves from it to either side must leave the group.
    """
    quantiles: list[float] = np.quantile(judged, _PARTED_AT).tolist()
    between = quantiles[-1] - quantiles[0]
    digits = 4 - math.floor(math.log10(between)) if 0 < between < math.inf else 300
    masses = _masses(judged)
    borders = [border for mass in masses for border in (math.nextafter(mass, -math.inf), mass)]
    # Rounding must not put a quantile that is a mass beside it.
    inner = {round(quantile, digits) for quantile in quantiles if quantile not in masses}
    return tuple(sorted({*borders, *inner}))


def _masses(judged: Floats) -> list[float]:
    """The values that a twentieth of the cells or more have, the commonest ones."""
    values, counts = np.unique(judged, return_counts=True)
    order = np.argsort(-counts, kind="stable")[:_MASSES_AT_MOST]
    return [float(values[i]) for i in order if counts[i] >= _MASS * len(judged)]


def _bars(judged: Floats, between: tuple[float, float]) -> tuple[int, ...]:
    start, end = between
    if not (end > start and math.isfinite(end - start)):
        return ()
    return tuple(np.histogram(np.clip(judged, start, end), _BARS, (start, end))[0].tolist())


def parted(values: Floats, edges: Sequence[float]) -> tuple[int, ...]:
    """How many values lie between edges; one equal to an edge lies below it."""
    return tuple(np.bincount(np.searchsorted(edges, values), minlength=len(edges) + 1).tolist())


def significant(number: float) -> float:
    """A number to six figures, which is what a report keeps; whole ones stay as they are."""
    return number if number.is_integer() and abs(number) < 1e12 else float(f"{number:.6g}")


class Sketch:
    """A table while it passes by in pieces: rows first to last, all pieces with the same columns."""

    def __init__(self, names: Sequence[str], as_of: date | None, values: Collection[str] = ()) -> None:
        self.style = TableStyle(as_of, values)
        self.rows = 0
        width = len(names)
        self.columns = [
            ColumnSketch(
                name=name,
                different=Fingerprints(most=_clip(_VALUES_TOLD_APART, width, _EACH)),
                commonest=Commonest(_clip(_VALUES_COUNTED, width, _COUNTED_EACH)),
            )
            for name in names
        ]
        self._sample = RowSample(_clip(_CELLS_SAMPLED, width, _ROWS_SAMPLED), SEED)
        self._rows_apart = Fingerprints(most=_ROWS_TOLD_APART)

    def add(self, frame: pd.DataFrame) -> None:
        """Take in the next rows."""
        from scoping.tables.numerals import decimal_mark

        written = [texts(frame.iloc[:, place]) for place in range(len(self.columns))]
        if not self.rows:
            self.style.mark = decimal_mark({str(place): column[:_SETTLING] for place, column in enumerate(written)})
        kept, fresh = self._sample.add(len(frame))
        row_prints = np.zeros(len(frame), dtype=np.uint64)
        for place, column in enumerate(self.columns):
            cells = column.add(written[place], kept, fresh, self.style)
            row_prints += mixed(cells.row_prints + np.uint64(place + 1))
        self._rows_apart.add(row_prints, np.ones(len(frame), np.int64))
        self.rows += len(frame)

    def forget(self, names: Sequence[str]) -> None:
        """Leave out columns that turned out to be none."""
        self.columns = [column for column in self.columns if column.name not in names]

    def finish(self) -> Profile:
        """The profile."""
        return Profile(
            rows=self.rows,
            columns=tuple(column.finish(self.rows, shown_from(self.rows)) for column in self.columns),
            duplicates=round(self._rows_apart.repeats * self.rows),
            are_duplicates_exact=self._rows_apart.is_exact,
            sampled=min(self.rows, self._sample.most),
            is_whole=self._sample.is_whole,
            mark=self.style.mark,
        )
