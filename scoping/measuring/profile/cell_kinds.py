"""What the cells of a column hold: every different text is judged once, however often it occurs.

Cells are text, as a file gives them. Parsing is vectorised with pyarrow, which is imported when the first column is judged.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from scoping.tables import notation
from scoping.tables.notation import Mark, Order
from scoping.tables.table_words import table_words

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]
Prints = NDArray[np.uint64]

_TOO_LARGE = 1e140
"""Nothing that is measured is as large, and squares of more cannot be added up."""

_TIME = r"(?:[T ]+(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,]\d+)?)?\s?(?:Z|UTC|[+-]\d{2}:?\d{2})?)?$"
_DATES = (
    r"^(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})" + _TIME,
    r"^(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})" + _TIME,
)
_LIKE_A_DATE = r"^\d{1,4}[-/.]\d"
_SLASHES = r"^(?P<first>\d{1,2})[/-](?P<second>\d{1,2})[/-](?P<y>\d{4})" + _TIME


class CellKind(IntEnum):
    """What one cell is, judged by itself.

    `WORD` stands for "not known", `CODE` is digits that are no amount, `OPEN_DATE` a date of which day and month may be exchanged.
    """

    TEXT = 0
    WHOLE = 1
    NUMBER = 2
    DATE = 3
    YES_NO = 4
    CODE = 5
    WORD = 6
    OPEN_DATE = 7


@dataclass(frozen=True)
class Style:
    """How a column writes numbers and dates.

    Attributes:
        way: of writing decimals; None where 1,234 may mean two numbers.
        order: of day and month in dates with slashes; None where none tells.
    """

    way: Mark | None = Mark.POINT
    order: Order | None = None


@dataclass(frozen=True, kw_only=True)
class Cells:
    """The different cells of a column in one piece of a table.

    Attributes:
        codes: per row the place of its cell in the other attributes; -1 where nothing stands.
        texts: an arrow array, as written.
        counts: how many rows hold it.
        kinds: a `CellKind` each.
        values: the number, or the days since 1970 of a date; NaN for others.
        prints: 64-bit fingerprints; equal numbers have equal ones however they are written.
        padded: whether blanks stand before or behind.
        marks: how many rows hold a mark for "missing", such as NA, where therefore nothing stands.
    """

    codes: Ints
    texts: Any
    counts: Ints
    kinds: NDArray[np.int8]
    values: Floats
    prints: Prints
    padded: Marks
    marks: int = 0

    def text(self, place: int) -> str:
        """One cell in words; numbers alike however they are written."""
        if self.kinds[place] in (CellKind.WHOLE, CellKind.NUMBER):
            return repr(float(self.values[place]) + 0.0).removesuffix(".0")
        return str(self.texts[place].as_py())

    @property
    def row_prints(self) -> Prints:
        """The fingerprint of each row's cell; that of an empty one is 0."""
        return np.append(self.prints, np.uint64(0))[self.codes]

    @property
    def row_values(self) -> Floats:
        """The number or day of each row; NaN for others."""
        return np.append(self.values, np.nan)[self.codes]

    @property
    def row_kinds(self) -> NDArray[np.int8]:
        """The kind of each row's cell; that of an empty one is `WORD`."""
        return np.append(self.kinds, np.int8(CellKind.WORD))[self.codes]


def texts(column: pd.Series[Any]) -> Any:
    """The cells of a column of any type as an arrow array of text, null where nothing stands."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        array = pa.Array.from_pandas(column)
        if isinstance(array, pa.ChunkedArray):
            array = array.combine_chunks()
        array = pc.cast(array, pa.large_string())
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        array = pa.array([None if _is_missing(v) else str(v) for v in column], pa.large_string())
    return pc.if_else(pc.equal(array, ""), pa.scalar(None, pa.large_string()), array)


def _is_missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value)) or type(value).__name__ in ("NAType", "NaTType")


def style(different: Any, of_file: Mark | None = None) -> Style:
    """How a column seems to write numbers and dates, from its first different texts.

    Args:
        of_file: the decimal sign of other columns, which settles what this one leaves open.
    """
    import pyarrow.compute as pc

    from scoping.tables import numerals
    from scoping.tables.dates import order_of

    trimmed = pc.utf8_trim_whitespace(different)
    slashes = trimmed.filter(pc.match_substring_regex(trimmed, _SLASHES))
    return Style(
        way=numerals.of_cells(_like_figures(trimmed)[0]).likely_way(of_file),
        order=order_of(slashes, _SLASHES) if len(slashes) else None,
    )


def judge(column: Any, how: Style | None = None, of_file: Mark | None = None, values: Collection[str] = ()) -> tuple[Cells, Style]:
    """Judge every different text of a column (see `texts`), written in the style `how` or in the one it seems to have.

    Args:
        of_file: as in `style`.
        values: marks such as NA that are answers here.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    from scoping.tables.texts import missing_marks

    encoded = column.dictionary_encode()
    marks = missing_marks(pc.utf8_trim_whitespace(encoded.dictionary), values)
    missing = 0
    if pc.any(marks).as_py():
        of_rows = pc.fill_null(marks.take(encoded.indices), False)
        missing = pc.sum(of_rows).as_py()
        encoded = pc.if_else(of_rows, pa.scalar(None, column.type), column).dictionary_encode()
    different = encoded.dictionary
    how = how or style(different, of_file)
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    trimmed = pc.utf8_trim_whitespace(different)
    kinds = np.zeros(len(different), dtype=np.int8)
    values_of = np.full(len(different), np.nan)
    like_figures, figures = _like_figures(trimmed)
    if figures.any():
        kinds[figures], values_of[figures] = _figures(like_figures, how)
    if not figures.all():
        kinds[~figures] = _words(pc.utf8_lower(trimmed.filter(~figures)))
    cells = Cells(
        codes=codes,
        texts=different,
        counts=np.bincount(codes[codes >= 0], minlength=len(different)).astype(np.int64),
        kinds=kinds,
        values=values_of,
        prints=_prints(different, kinds, values_of),
        padded=_marks(pc.not_equal(different, trimmed)),
        marks=missing,
    )
    return cells, how


def _like_figures(trimmed: Any) -> tuple[Any, Marks]:
    """The texts that begin as numbers or dates do, and which they are."""
    import pyarrow.compute as pc

    which = _marks(pc.match_substring_regex(trimmed, rf"^[-+(\s−‒–﹣－]*(?:{notation.UNIT})?[-+(\s]*[.,]?\p{{Nd}}"))
    return trimmed.filter(which), which


def _words(lower: Any) -> NDArray[np.int8]:
    """Kinds of texts that do not begin with a figure."""
    kinds = np.zeros(len(lower), dtype=np.int8)
    kinds[_among(lower, table_words().yes_no)] = CellKind.YES_NO
    kinds[_among(lower, table_words().not_known)] = CellKind.WORD
    return kinds


def _figures(trimmed: Any, how: Style) -> tuple[NDArray[np.int8], Floats]:
    """Kinds and values of texts that begin with a figure."""
    kinds, values = np.zeros(len(trimmed), dtype=np.int8), np.full(len(trimmed), np.nan)
    _numbers(trimmed, how, kinds, values)
    _dates(trimmed, how, kinds, values)
    return kinds, values


def _numbers(trimmed: Any, how: Style, kinds: NDArray[np.int8], values: Floats) -> None:
    import pyarrow.compute as pc

    from scoping.tables import numerals

    written = numerals.of_cells(trimmed)
    read = written.amounts(how.way).to_numpy(zero_copy_only=False)
    codes = _marks(pc.match_substring_regex(written.bare, notation.CODE))
    is_amount = np.abs(read) < _TOO_LARGE
    values[:] = np.where(is_amount & ~codes, read, np.nan)
    kinds[is_amount] = np.where(read[is_amount] == np.floor(read[is_amount]), CellKind.WHOLE, CellKind.NUMBER)
    kinds[codes] = CellKind.CODE


def _dates(trimmed: Any, how: Style, kinds: NDArray[np.int8], values: Floats) -> None:
    import pyarrow.compute as pc

    left = np.flatnonzero((kinds == CellKind.TEXT) | (kinds == CellKind.CODE))  # 05.06.2027 begins like a code
    if len(left):
        left = left[_marks(pc.match_substring_regex(trimmed.take(left), _LIKE_A_DATE))]
    for pattern in (*_DATES, *_in_order(how.order)):
        if not len(left):
            return
        parts = pc.extract_regex(trimmed.take(left), pattern)
        matching = _marks(pc.is_valid(parts))
        places, left = left[matching], left[~matching]
        if not len(places):
            continue
        fields = pc.drop_null(parts)
        days = _days(*(_whole(pc.struct_field(fields, name)) for name in "ymdHMS"))
        values[places] = days
        kinds[places] = np.where(np.isnan(days), CellKind.TEXT, CellKind.DATE)

    kinds[left[_marks(pc.match_substring_regex(trimmed.take(left), _SLASHES))]] = CellKind.OPEN_DATE


def _in_order(order: Order | None) -> tuple[str, ...]:
    """The pattern of dates with slashes; none where it is open what goes first."""
    first, second = ("d", "m") if order is Order.DAY else ("m", "d")
    return (_SLASHES.replace("first", first).replace("second", second),) if order else ()


def _days(year: Ints, month: Ints, day: Ints, hour: Ints, minute: Ints, second: Ints) -> Floats:
    """Days since 1970; NaN for a day or a time that no calendar or clock has."""
    first = ((year - 1970) * 12 + np.clip(month, 1, 12) - 1).astype("datetime64[M]")
    lasts = ((first + 1).astype("datetime64[D]") - first.astype("datetime64[D]")).astype(np.int64)
    exists = (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= lasts) & (hour < 24) & (minute < 60) & (second < 61)
    days = first.astype("datetime64[D]").astype(np.int64) + day - 1 + (hour * 3600 + minute * 60 + second) / 86_400
    return np.where(exists, days, np.nan)


def _prints(different: Any, kinds: NDArray[np.int8], values: Floats) -> Prints:
    import pandas as pd

    prints = np.empty(len(different), dtype=np.uint64)
    amounts = (kinds == CellKind.WHOLE) | (kinds == CellKind.NUMBER)
    prints[amounts] = mixed((values[amounts] + 0.0).view(np.uint64))
    words = different.filter(~amounts).to_numpy(zero_copy_only=False)
    prints[~amounts] = pd.util.hash_array(words, categorize=False)
    return prints


def mixed(prints: Prints) -> Prints:
    """Spread bits evenly (the finaliser of SplitMix64, Steele, Lea and Flood 2014)."""
    z = prints + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def _whole(digits: Any) -> Ints:
    import pyarrow.compute as pc

    return cast(Ints, pc.cast(pc.if_else(pc.equal(digits, ""), "0", digits), "int64").to_numpy(zero_copy_only=False))


def _among(values: Any, words: frozenset[str]) -> Marks:
    import pyarrow as pa
    import pyarrow.compute as pc

    return _marks(pc.is_in(values, value_set=pa.array(sorted(words), values.type)))


def _marks(array: Any) -> Marks:
    return cast(Marks, array.to_numpy(zero_copy_only=False).astype(bool))
