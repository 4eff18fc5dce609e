"""What the cells of a column hold: every different text is judged once, however often it occurs.

Cells are text, as a file gives them. Parsing is vectorised with pyarrow, which is imported when the first column is judged.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from scoping.content.table_words import table_words

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]
Prints = NDArray[np.uint64]

_BEGINS_AS_FIGURES = r"^[+-]?[.,]?\d"
_POINT = r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$"
_COMMA_GROUPS = r"^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$"
_DECIMAL_COMMA = r"^[+-]?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+),\d+$"
_POINT_GROUPS = r"^[+-]?[1-9]\d{0,2}(?:\.\d{3})+$"
_SURELY_COMMA = r"^[+-]?\d*(?:\.\d{3})*,(?:\d{1,2}|\d{4,})$"
_SURELY_POINT = r"^[+-]?\d*(?:,\d{3})*\.(?:\d{1,2}|\d{4,})$"
_CODE = r"^[+-]?(?:0\d+|\d{16,})$"
"""Digits that are no amount: a zero in front, or more of them than a number keeps exactly."""
_TOO_LARGE = 1e140
"""Nothing that is measured is as large, and squares of more cannot be added up."""

_TIME = r"(?:[T ]+(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,]\d+)?)?\s?(?:Z|UTC|[+-]\d{2}:?\d{2})?)?$"
_DATES = (
    r"^(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})" + _TIME,
    r"^(?P<d>\d{1,2})[.-](?P<m>\d{1,2})[.-](?P<y>\d{4})" + _TIME,
)
_LIKE_A_DATE = r"^\d{1,4}[-/.]\d"
_SLASHES = r"^(?P<one>\d{1,2})/(?P<two>\d{1,2})/(?P<y>\d{4})" + _TIME


class Kind(IntEnum):
    """What one cell is, judged by itself. `WORD` stands for "not known", `CODE` is digits that are no amount."""

    TEXT = 0
    WHOLE = 1
    NUMBER = 2
    DATE = 3
    YES_NO = 4
    CODE = 5
    WORD = 6


@dataclass(frozen=True)
class Style:
    """How a column writes numbers and dates.

    Attributes:
        decimal_comma: 1.234,5 rather than 1,234.5.
        month_first: 12/31/2027 rather than 31/12/2027.
        is_unsure: dates with slashes that may be read either way, and none that tells.
    """

    decimal_comma: bool = False
    month_first: bool = False
    is_unsure: bool = False


@dataclass(frozen=True)
class Cells:
    """The different cells of a column in one piece of a table.

    Attributes:
        codes: per row the place of its cell in the other attributes; -1 where nothing stands.
        texts: an arrow array, as written.
        counts: how many rows hold it.
        kinds: a `Kind` each.
        values: the number, or the days since 1970 of a date; NaN for others.
        prints: 64-bit fingerprints; equal numbers have equal ones however they are written.
        padded: whether blanks stand before or behind.
    """

    codes: Ints
    texts: Any
    counts: Ints
    kinds: NDArray[np.int8]
    values: Floats
    prints: Prints
    padded: Marks

    def text(self, place: int) -> str:
        """One cell in words; numbers alike however they are written."""
        if self.kinds[place] in (Kind.WHOLE, Kind.NUMBER):
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
        return np.append(self.kinds, np.int8(Kind.WORD))[self.codes]


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


def style(different: Any) -> Style:
    """How a column seems to write numbers and dates, from its first different texts."""
    import pyarrow.compute as pc

    if not (_contain(different, ",") or _contain(different, "/")):
        return Style()
    trimmed = pc.utf8_trim_whitespace(different)
    slashes = pc.drop_null(pc.extract_regex(trimmed, _SLASHES))
    one, two = (_whole(pc.struct_field(slashes, name)) for name in ("one", "two"))
    day_first, month_first = int(np.sum(one > 12)), int(np.sum(two > 12))
    return Style(
        decimal_comma=_matching(trimmed, _SURELY_COMMA) > _matching(trimmed, _SURELY_POINT),
        month_first=month_first > day_first,
        is_unsure=len(one) > 0 and day_first == month_first,
    )


def judge(column: Any, how: Style | None = None) -> tuple[Cells, Style]:
    """Judge every different text of a column (see `texts`), written in the style `how` or in the one it seems to have."""
    import pyarrow.compute as pc

    encoded = column.dictionary_encode()
    different = encoded.dictionary
    how = how or style(different)
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    trimmed = pc.utf8_trim_whitespace(different)
    kinds = np.zeros(len(different), dtype=np.int8)
    values = np.full(len(different), np.nan)
    figures = _marks(pc.match_substring_regex(trimmed, _BEGINS_AS_FIGURES))
    if figures.any():
        kinds[figures], values[figures] = _figures(trimmed.filter(figures), how)
    if not figures.all():
        kinds[~figures] = _words(pc.utf8_lower(trimmed.filter(~figures)))
    cells = Cells(
        codes=codes,
        texts=different,
        counts=np.bincount(codes[codes >= 0], minlength=len(different)).astype(np.int64),
        kinds=kinds,
        values=values,
        prints=_prints(different, kinds, values),
        padded=_marks(pc.not_equal(different, trimmed)),
    )
    return cells, how


def _words(lower: Any) -> NDArray[np.int8]:
    """Kinds of texts that do not begin with a figure."""
    kinds = np.zeros(len(lower), dtype=np.int8)
    kinds[_among(lower, table_words().yes_no)] = Kind.YES_NO
    kinds[_among(lower, table_words().not_known)] = Kind.WORD
    return kinds


def _figures(trimmed: Any, how: Style) -> tuple[NDArray[np.int8], Floats]:
    """Kinds and values of texts that begin with a figure."""
    kinds, values = np.zeros(len(trimmed), dtype=np.int8), np.full(len(trimmed), np.nan)
    _numbers(trimmed, how, kinds, values)
    _dates(trimmed, how, kinds, values)
    return kinds, values


def _numbers(trimmed: Any, how: Style, kinds: NDArray[np.int8], values: Floats) -> None:
    import pyarrow.compute as pc

    readings = [(_POINT, "", "")]
    if how.decimal_comma:
        readings += [(_DECIMAL_COMMA, ".", ","), (_POINT_GROUPS, ".", ",")]
    elif _contain(trimmed, ","):
        readings += [(_COMMA_GROUPS, ",", "")]
    for pattern, groups, mark in readings:
        matching = _marks(pc.match_substring_regex(trimmed, pattern))
        if not matching.any():
            continue
        digits = trimmed.filter(matching)
        codes = _marks(pc.match_substring_regex(digits, _CODE))
        digits = pc.replace_substring(digits, groups, "") if groups else digits
        digits = pc.replace_substring(digits, mark, ".") if mark else digits
        read = pc.cast(digits, "float64").to_numpy(zero_copy_only=False)
        is_amount = np.abs(read) < _TOO_LARGE
        values[matching] = np.where(is_amount, read, np.nan)
        kind = np.where(is_amount, np.where(read == np.floor(read), Kind.WHOLE, Kind.NUMBER), Kind.TEXT)
        kinds[matching] = np.where(codes, Kind.CODE, kind)


def _dates(trimmed: Any, how: Style, kinds: NDArray[np.int8], values: Floats) -> None:
    import pyarrow.compute as pc

    slashes = (
        _SLASHES.replace("one", "m").replace("two", "d") if how.month_first else _SLASHES.replace("one", "d").replace("two", "m")
    )
    left = np.flatnonzero(kinds == Kind.TEXT)
    if len(left):
        left = left[_marks(pc.match_substring_regex(trimmed.take(left), _LIKE_A_DATE))]
    for pattern in (*_DATES, slashes):
        if not len(left):
            return
        parts = pc.extract_regex(trimmed.take(left), pattern)
        matching = _marks(pc.is_valid(parts))
        places, left = left[matching], left[~matching]
        if not len(places):
            continue
        found = pc.drop_null(parts)
        days = _days(*(_whole(pc.struct_field(found, name)) for name in "ymdHMS"))
        values[places] = days
        kinds[places] = np.where(np.isnan(days), Kind.TEXT, Kind.DATE)


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
    amounts = (kinds == Kind.WHOLE) | (kinds == Kind.NUMBER)
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


def _contain(values: Any, part: str) -> bool:
    import pyarrow.compute as pc

    return bool(pc.any(pc.match_substring(values, part)).as_py())


def _matching(values: Any, pattern: str) -> int:
    import pyarrow.compute as pc

    return pc.sum(pc.match_substring_regex(values, pattern)).as_py() or 0


def _among(values: Any, words: frozenset[str]) -> Marks:
    import pyarrow as pa
    import pyarrow.compute as pc

    return _marks(pc.is_in(values, value_set=pa.array(sorted(words), values.type)))


def _marks(array: Any) -> Marks:
    return cast(Marks, array.to_numpy(zero_copy_only=False).astype(bool))
