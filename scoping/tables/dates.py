"""Dates as files write them: a column is read as moments only where each of its cells can mean one day only."""

from __future__ import annotations

from functools import reduce

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from scoping.tables.notation import Order
from scoping.tables.texts import FIRST, any_match

_ISO = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?( ?(Z|[+-]\d{2}:?\d{2}))?)?$"
_ZONE = r":\d{2}(\.\d+)? ?(Z|[+-]\d{2}:?\d{2})$"
_YEAR_FIRST = r"^\d{4}[./-]\d{1,2}[./-]\d{1,2}$"
_TIME = r"(?P<time> \d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,6})?)?(?P<half> ?[AaPp][Mm])?$"
_POINTS = rf"^(?P<first>\d{{1,2}})\.(?P<second>\d{{1,2}})\.\d{{4}}{_TIME}"
"""Written with points, the day goes first."""
_SLASHES = rf"^(?P<first>\d{{1,2}})[/-](?P<second>\d{{1,2}})[/-]\d{{4}}{_TIME}"


def moments(known: pa.Array) -> pa.Array | None:
    """Cells as moments, each in a way of writing that can mean one day only; None unless all are."""
    left = known.is_valid()
    if not pc.any(pc.match_substring_regex(known[:FIRST], r"\d[./-]\d")).as_py():
        return None
    read = pd.Series(pd.NaT, index=range(len(known)), dtype="datetime64[us]")
    for pattern, reader in _DATES:
        matching = pc.and_(left, pc.fill_null(pc.match_substring_regex(known, pattern), False))
        if pc.any(matching).as_py():
            some = reader(known.filter(matching))
            if some is None:
                return None
            read[matching.to_numpy(zero_copy_only=False)] = some.to_numpy()
            left = pc.and_not(left, matching)
    return None if pc.any(left).as_py() else pa.array(read, from_pandas=True)


def _iso(known: pa.Array) -> pd.Series | None:
    return _moments(known, "ISO8601", utc=any_match(known, _ZONE))


def _year_first(known: pa.Array) -> pd.Series | None:
    return _moments(pc.replace_substring_regex(known, "[./]", "-"), "%Y-%m-%d")


def _points(known: pa.Array) -> pd.Series | None:
    return _day_and_month(known, _POINTS, "%d-%m")


def _slashes(known: pa.Array) -> pd.Series | None:
    order = order_of(known, _SLASHES)
    return None if order is None else _day_and_month(known, _SLASHES, order.value)


_DATES = ((_ISO, _iso), (_YEAR_FIRST, _year_first), (_POINTS, _points), (_SLASHES, _slashes))


def order_of(known: pa.Array, pattern: str) -> Order | None:
    """Day or month first; None where no cell tells, or where cells contradict each other.

    Args:
        pattern: that all match, with `first` and `second` of day and month.
    """
    parts = pc.extract_regex(known, pattern)
    first, second = (pc.max(pc.struct_field(parts, name).cast(pa.int32())).as_py() for name in ("first", "second"))
    if max(first, second) <= 12 or min(first, second) > 12:
        return None
    return Order.DAY if first > 12 else Order.MONTH


def _day_and_month(known: pa.Array, pattern: str, order: str) -> pd.Series | None:
    half = pc.struct_field(pc.extract_regex(known, pattern), "half")
    uniform = pc.replace_substring_regex(known, "^(.{1,2})[./-](.{1,2})[./-]", r"\1-\2-")
    has_half = bool(pc.any(pc.greater(pc.utf8_length(half), 0)).as_py())
    longest = pc.max(pc.count_substring(known, ":")).as_py()
    time = ("", " %I:%M", " %I:%M:%S")[longest] if has_half else ("", " %H:%M", " %H:%M:%S")[longest]
    if any_match(known, r"\d\.\d{1,6}$|\d\.\d{1,6} ?[AaPp]") and longest == 2:
        time += ".%f"
    uniform = pc.replace_substring_regex(uniform, "(\\d) ?([AaPp][Mm])$", r"\1 \2")
    return _moments(uniform, f"{order}-%Y{time}{' %p' if has_half else ''}")


def _moments(known: pa.Array, form: str, *, utc: bool = False) -> pd.Series | None:
    read = pd.to_datetime(pd.Series(known.to_pylist(), dtype=object), format=form, errors="coerce", utc=utc)
    return None if read.isna().any() else read.dt.tz_localize(None).astype("datetime64[us]")


def look_like_dates(texts: pa.Array) -> bool:
    """Whether all are written as dates are, in the calendar or not."""
    return bool(pc.all(reduce(pc.or_, (pc.match_substring_regex(texts, pattern) for pattern, _ in _DATES))).as_py())


def undecided(texts: pa.Array) -> str:
    """The first date of which day and month may be exchanged, where none of the others tells which goes first; "" for none."""
    with_slashes = texts.filter(pc.match_substring_regex(texts, _SLASHES))
    return str(with_slashes[0].as_py()) if len(with_slashes) and order_of(with_slashes, _SLASHES) is None else ""
