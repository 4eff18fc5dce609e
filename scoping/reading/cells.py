"""What the cells of a column hold: numbers in either notation, dates, yes or no, or text; anything doubtful stays text and is said."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, auto
from functools import cache
from typing import Any, TypeAlias

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from scoping.reading.tables import Holds
from scoping.section import short

Cell = str | int | float | bool | Decimal | date | datetime | None
Values: TypeAlias = Any
"""A column: a chunked array of text, numbers, moments or truth values."""

MISSING = ("na", "n/a", "nan", "null", "none", "-", "?", "#n/a", "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!")
"""What counts as missing beside numbers, dates, and yes or no. In a column of text only an empty cell does."""
_SPACE = "[ \u00a0\u202f'’]"
_POINT = r"^[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d*)?([eE][+-]?\d{1,3})?$"
_COMMA = rf"^[+-]?(\d+|\d{{1,3}}((\.\d{{3}})+|({_SPACE}\d{{3}})+))?(,\d*)?([eE][+-]?\d{{1,3}})?$"
_WHOLE = r"^[+-]?\d+$"
_CODE = r"^[+-]?0\d|^[+-]?\d{16,}$"
"""Leading zeros, or more digits than a number keeps: codes, not amounts."""
_ISO = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?( ?(Z|[+-]\d{2}:?\d{2}))?)?$"
_DAY_AND_MONTH = r"^(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})[./-]\d{4}(?P<time> \d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,6})?)?(?P<half> ?[AaPp][Mm])?$"
_YEAR_FIRST = r"^\d{4}[./]\d{1,2}[./]\d{1,2}$"
_FIRST = 100
_MOSTLY = 0.9
"""A column of which this share are numbers was meant to hold numbers, so the cell that is none is named."""


class Mark(Enum):
    """The sign before decimals."""

    POINT = auto()
    COMMA = auto()


DecimalMark = Callable[[], Mark | None]
"""The decimal sign of the file, looked for only where a column leaves it open."""


@dataclass(frozen=True)
class Typed:
    """Columns as they are measured.

    Attributes:
        kinds: by column, in the order of the frame.
        notes: what was doubtful, a sentence each.
    """

    frame: pd.DataFrame
    kinds: Mapping[str, Holds]
    notes: tuple[str, ...]


def words(cell: Any) -> str:
    """A cell as text: whole numbers without decimals, dates as 2026-01-31; "" for a missing one."""
    if cell is None or cell != cell:  # noqa: PLR0124  only what is not a number differs from itself
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, datetime):
        return (
            cell.date().isoformat()
            if cell == datetime.combine(cell.date(), datetime.min.time(), cell.tzinfo)
            else cell.isoformat(" ")
        )
    return str(cell)


def plain(column: Any) -> list[Any]:
    """The cells of a column as Python has them; None for a missing one."""
    return [None if pd.isna(cell) else getattr(cell, "item", lambda cell=cell: cell)() for cell in column]


def values(cells: Sequence[Any]) -> Values:
    """Cells as one column: of one kind where they are, otherwise as text."""
    # Nearly all cells are text, and asking each for its kind takes longer than trying.
    with contextlib.suppress(pa.ArrowTypeError, pa.ArrowInvalid):
        return pa.chunked_array([pa.array(cells, pa.string())])
    kinds = {type(cell) for cell in cells if cell is not None}
    if kinds == {bool}:
        found = pa.array(cells, pa.bool_())
    elif kinds <= {int, float, Decimal} and not any(isinstance(cell, int) and abs(cell) >= 2**53 for cell in cells):
        found = pa.array(cells, pa.int64()) if kinds == {int} else _floats(cells)
    elif kinds <= {date, datetime} and not any(getattr(cell, "tzinfo", None) for cell in cells):
        found = pa.array([_moment(cell) for cell in cells], pa.timestamp("us"))
    else:
        found = pa.array([None if cell is None else words(cell) for cell in cells], pa.string())
    return pa.chunked_array([found])


def _floats(cells: Sequence[Any]) -> pa.Array:
    return pa.array([None if cell is None else float(cell) for cell in cells], pa.float64())


def _moment(cell: date | datetime | None) -> datetime | None:
    return datetime.combine(cell, datetime.min.time()) if type(cell) is date else cell  # type: ignore[return-value]


def typed(columns: Mapping[str, Values], *, as_text: bool = False) -> Typed:
    """Columns as numbers, dates, truth values or text; with `as_text` each as the text it is.

    Whole numbers with missing cells, and all other numbers, become floats; truth values with missing cells `boolean`;
    moments are without a time zone (UTC where the file has zones); text is `str` with NaN for missing.
    """
    if as_text:
        texts = {name: _strings(_as_text(column)) for name, column in columns.items()}
        return Typed(pd.DataFrame(texts), {name: _kind_of_text(column) for name, column in texts.items()}, ())
    mark = cache(lambda: _decimal_mark(columns))
    found = {name: _typed(name, column, mark) for name, column in columns.items()}
    return Typed(
        pd.DataFrame({name: series for name, (series, _, _) in found.items()}),
        {name: kind for name, (_, kind, _) in found.items()},
        tuple(note for _, _, note in found.values() if note),
    )


def _kind_of_text(series: pd.Series) -> Holds:
    return Holds.NOTHING if series.isna().all() else Holds.TEXT


def _strings(column: Values) -> pd.Series:
    return pd.Series(column.to_pandas(), dtype="str")


def _as_text(column: Values) -> Values:
    if not pa.types.is_string(column.type):
        column = pa.chunked_array([pa.array([None if cell is None else words(cell) for cell in column.to_pylist()], pa.string())])
    return _trimmed(column)


def _trimmed(column: Values) -> Values:
    text = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(text, ""), None, text)


def _typed(name: str, column: Values, mark: DecimalMark) -> tuple[pd.Series, Holds, str]:
    kind = column.type
    if column.null_count == len(column):
        return pd.Series([float("nan")] * len(column), dtype="float64"), Holds.NOTHING, ""
    if pa.types.is_boolean(kind):
        return _truths(column), Holds.YES_NO, ""
    if pa.types.is_timestamp(kind):
        return column.to_pandas(), Holds.DATE, ""
    if pa.types.is_integer(kind):
        return _whole(column), Holds.WHOLE, ""
    if pa.types.is_floating(kind):
        return _numbers(name, column)
    return _read(name, _trimmed(column), mark)


def _truths(column: Values) -> pd.Series:
    return pd.Series(pd.array(column.to_pylist(), dtype="boolean" if column.null_count else "bool"))


def _whole(column: Values) -> pd.Series:
    return column.cast(pa.float64(), safe=False).to_pandas() if column.null_count else column.cast(pa.int64()).to_pandas()


def _numbers(name: str, column: Values) -> tuple[pd.Series, Holds, str]:
    finite = pc.is_finite(column)
    note = ""
    if pc.any(pc.is_inf(column)).as_py():
        note = f"“{short(name, 60)}” holds infinite numbers; they count as missing."
    column = pc.if_else(finite, column, None)
    if pc.all(pc.and_(pc.equal(pc.floor(column), column), pc.less(pc.abs(column), 2.0**53))).as_py():
        return _whole(column if column.null_count else column.cast(pa.int64())), Holds.WHOLE, note
    return column.cast(pa.float64()).to_pandas(), Holds.NUMBER, note


def _read(name: str, text: Values, mark: DecimalMark) -> tuple[pd.Series, Holds, str]:
    """A column of text as what it was meant to be. The different texts are judged, each once."""
    coded = text.combine_chunks().dictionary_encode()
    different, place = coded.dictionary, coded.indices
    if not len(different):
        return pd.Series([float("nan")] * len(text), dtype="float64"), Holds.NOTHING, ""
    known = _without_missing(different)
    if known.null_count < len(known):
        for meant in (_truth, _number, _date):
            read = meant(known, mark)
            if read is not None:
                column = pa.chunked_array([read.take(place)])
                series, kind, _ = _typed(name, column, mark)
                return series, kind, _missing_note(name, different, known, place)
    return _strings(text), Holds.TEXT, _doubt(name, known)


def _without_missing(different: pa.Array) -> pa.Array:
    signs = pc.is_in(pc.utf8_lower(different), pa.array(MISSING))
    return pc.if_else(signs, None, different)


def _missing_note(name: str, different: pa.Array, known: pa.Array, place: pa.Array) -> str:
    signs = pc.is_null(known)
    count = pc.sum(signs.take(place)).as_py() or 0
    if not count:
        return ""
    sign = different.filter(signs)[0].as_py()
    cells = f"{count:,} cells such as “{sign}” count" if count > 1 else f"one cell says “{sign}” and counts"
    return f"“{short(name, 60)}”: {cells} as missing."


def _all(known: pa.Array, pattern: str) -> bool:
    """Whether all match; the first few mostly tell that they do not."""
    return all(pc.all(pc.match_substring_regex(some, pattern)).as_py() for some in (known[:_FIRST], known))


def _any(known: pa.Array, pattern: str) -> bool:
    return bool(pc.any(pc.match_substring_regex(known, pattern)).as_py())


def _truth(known: pa.Array, _: DecimalMark) -> pa.Array | None:
    lower = pc.utf8_lower(known)
    return pc.equal(lower, "true") if _all(lower, "^(true|false)$") else None


def _fitting(known: pa.Array) -> set[Mark]:
    """Notations in which all of these could be numbers."""
    if not _all(known, r"\d") or _any(known, _CODE):
        return set()
    return {mark for mark, pattern in ((Mark.POINT, _POINT), (Mark.COMMA, _COMMA)) if _all(known, pattern)}


def _plain(known: pa.Array, mark: Mark) -> pa.Array:
    """Numbers as every program writes them."""
    if mark is Mark.COMMA:
        known = pc.replace_substring(pc.replace_substring_regex(known, rf"\.|{_SPACE}", ""), ",", ".")
    else:
        known = pc.replace_substring(known, ",", "")
    return pc.replace_substring_regex(known, r"^\+", "")


def _number(known: pa.Array, mark: DecimalMark) -> pa.Array | None:
    fitting = _fitting(known)
    if not fitting:
        return None
    if len(fitting) > 1 and not _all(known, _WHOLE):
        # A point alone is the usual decimal sign; a comma alone may separate thousands as well as decimals.
        usual = Mark.POINT if not _any(known, ",") else None
        chosen = mark() or usual
        if chosen is None:
            return None
        fitting = {chosen}
    plain = _plain(known, min(fitting, key=lambda m: m.value))
    if _all(plain, _WHOLE):
        return plain.cast(pa.int64())
    return plain.cast(pa.float64())


def _decimal_mark(columns: Mapping[str, Values]) -> Mark | None:
    """The decimal sign of a file, if any column shows it beyond doubt and none contradicts."""
    seen: set[Mark] = set()
    for column in columns.values():
        if pa.types.is_string(column.type):
            known = _without_missing(pc.unique(_trimmed(column)))
            if known.null_count < len(known) and len(fitting := _fitting(known)) == 1:
                seen |= fitting
    return seen.pop() if len(seen) == 1 else None


def _date(known: pa.Array, _: DecimalMark) -> pa.Array | None:
    if _all(known, _ISO):
        has_zone = _any(known, r":\d{2}(\.\d+)? ?(Z|[+-]\d{2}:?\d{2})$")
        return _moments(known, "ISO8601", utc=has_zone)
    if _all(known, _YEAR_FIRST):
        return _moments(pc.replace_substring_regex(known, "[./]", "-"), "%Y-%m-%d")
    if not _all(known, _DAY_AND_MONTH):
        return None
    parts = pc.extract_regex(known, _DAY_AND_MONTH)
    first, second, half = (pc.struct_field(parts, name) for name in ("first", "second", "half"))
    order = _order(first, second, pc.struct_field(parts, "mark"))
    if order is None:
        return None
    uniform = pc.replace_substring_regex(known, "^(.{1,2})[./-](.{1,2})[./-]", r"\1-\2-")
    has_half = bool(pc.any(pc.greater(pc.utf8_length(half), 0)).as_py())
    longest = pc.max(pc.count_substring(known, ":")).as_py()
    time = ("", " %I:%M", " %I:%M:%S")[longest] if has_half else ("", " %H:%M", " %H:%M:%S")[longest]
    if _any(known, r"\d\.\d{1,6}$|\d\.\d{1,6} ?[AaPp]") and longest == 2:
        time += ".%f"
    uniform = pc.replace_substring_regex(uniform, "(\\d) ?([AaPp][Mm])$", r"\1 \2")
    return _moments(uniform, f"{order}-%Y{time}{' %p' if has_half else ''}")


def _order(first: pa.Array, second: pa.Array, mark: pa.Array) -> str | None:
    """Day or month first; None where no cell tells."""
    if pc.all(pc.equal(mark, ".")).as_py():
        return "%d-%m"
    highest = [pc.max(part.cast(pa.int32())).as_py() for part in (first, second)]
    if max(highest) <= 12 or min(highest) > 12:
        return None
    return "%d-%m" if highest[0] > 12 else "%m-%d"


def _moments(known: pa.Array, form: str, *, utc: bool = False) -> pa.Array | None:
    read = pd.to_datetime(pd.Series(known.to_pylist(), dtype=object), format=form, errors="coerce", utc=utc)
    if read.isna().sum() > known.null_count:
        return None
    return pa.array(read.dt.tz_localize(None).astype("datetime64[us]"), from_pandas=True)


def _doubt(name: str, known: pa.Array) -> str:
    """Why a column that looks like numbers or dates is read as text; "" where it is plainly text."""
    called = f"“{short(name, 60)}”"
    known = known.drop_null()
    if not len(known):
        return ""
    example = f"“{short(known[0].as_py(), 40)}”"
    if len(_fitting(known)) > 1:
        return f"{called} is read as text: {example} may mean thousands or decimals. Write the numbers without a sign between thousands."
    if _all(known, _DAY_AND_MONTH):
        return f"{called} is read as text: {example} may be day or month first. Write dates as 2026-01-31."
    numbers = pc.and_(pc.match_substring_regex(known, r"\d"), pc.match_substring_regex(known, _POINT))
    share = pc.sum(numbers).as_py() / len(known)
    if _MOSTLY <= share < 1:
        other = short(known.filter(pc.invert(numbers))[0].as_py(), 40)
        return f"{called} is read as text, because “{other}” is not a number. Correct or empty such cells."
    return ""
