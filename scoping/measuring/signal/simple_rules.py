"""What was before: the rows that simple rules look back to, as last time or as in the last season."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scoping.measuring.signal.encoding import Floats, Whole

THUMB = "a rule of three questions"
"""The only simple rule that is learnt from the rows."""
_SEASONS = {
    "same time yesterday": (1.0, 0.0, 0.5),
    "same time last week": (7.0, 0.0, 3.0),
    "same week last year": (364.0, 0.5, 10.0),
    "same month last year": (365.25, 10.0, 100.0),
}
"""A rule, how many days it looks back, and for which usual distances between moments, in days, it makes sense."""
_ENOUGH = 0.3
"""Share of the rows that must have a row a season ago."""
NONE = -1
"""Stands for a row that does not exist."""


def last_time(when: Floats, groups: Whole | None, gap: int = 1) -> Whole:
    """For each row the one before it, of the same group; `gap` moments before, when truth comes late."""
    own = np.zeros(len(when), dtype=np.int64) if groups is None else groups
    order = np.lexsort((np.arange(len(when)), when, own))
    is_new = np.ones(len(order), dtype=bool)
    is_new[1:] = (np.diff(own[order]) != 0) | (np.diff(when[order]) != 0)
    starts = np.flatnonzero(is_new)
    moment = np.cumsum(is_new) - 1
    lasts = order[np.append(starts[1:], len(order)) - 1]
    earlier = moment - gap
    is_there = (earlier >= 0) & (own[lasts[np.maximum(earlier, 0)]] == own[order])
    rows = np.empty(len(when), dtype=np.int64)
    rows[order] = np.where(is_there, lasts[np.maximum(earlier, 0)], NONE)
    return rows


def last_seasons(when: Floats, groups: Whole | None, gap: int = 1) -> dict[str, Whole]:
    """For each season that fits the spacing of the days, the row one season ago; the one last time where that is missing."""
    moments = np.unique(when)
    if len(moments) < 20:
        return {}
    step = float(np.median(np.diff(moments)))
    fallback = last_time(when, groups, gap)
    seasons = {}
    for name, (back, least, most) in _SEASONS.items():
        if not least <= step < most or np.ptp(moments) < 2 * back or gap * step > back:
            continue
        rows = _rows_at(_before(when, back), when, groups)
        if (rows[when >= moments[0] + back] != NONE).mean() >= _ENOUGH:
            seasons[name] = np.where(rows == NONE, fallback, rows)
    return seasons


def _before(when: Floats, back: float) -> Floats:
    """The moment so many days before; by the calendar where months are what repeats."""
    import pandas as pd

    if back != _SEASONS["same month last year"][0]:
        return when - back
    moments = pd.to_datetime(when, unit="D") - pd.DateOffset(years=1)
    days: Floats = ((moments - pd.Timestamp(0)) / pd.Timedelta(days=1)).to_numpy(dtype=np.float64)
    return days


def _rows_at(wanted: Floats, when: Floats, groups: Whole | None) -> Whole:
    """The last row of the same group at a moment, to the second."""
    import pandas as pd

    own = np.zeros(len(when), dtype=np.int64) if groups is None else groups
    known = pd.Series(np.arange(len(when)), index=pd.MultiIndex.from_arrays([own, _seconds(when)]))
    known = known[~known.index.duplicated(keep="last")]
    rows: Whole = known.reindex(pd.MultiIndex.from_arrays([own, _seconds(wanted)]), fill_value=NONE).to_numpy(dtype=np.int64)
    return rows


def _seconds(days: Floats) -> Whole:
    seconds: Whole = np.round(days * 86_400).astype(np.int64)
    return seconds


def values_at(rows: Whole, values: NDArray[np.float64]) -> Floats:
    """The values of other rows, NaN where there is none."""
    return np.where(rows == NONE, np.nan, values[np.maximum(rows, 0)])
