"""Whether a table has changed since an earlier one, column by column, corrected for looking at many columns.

The earlier table need not be at hand: what a profile keeps of a column is enough. Numbers are compared by the groups that
its quantiles, tails included, and its commonest values make; what lies far outside all earlier numbers is counted besides.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from scoping.measuring.profile.columns import Column, ColumnSketch, Floats, Profile, Sketch, parted, shown_from

MODERATE, LARGE = 0.1, 0.25
"""Stability indices from which a change is called moderate and large (Siddiqi, Credit Risk Scorecards, 2006)."""
CHANCE = 0.05
"""Share of the columns called changed that chance may explain (Benjamini and Hochberg 1995)."""
_POINTS = 0.05
"""A share of missing cells that moves by less is not worth a word."""
_NEEDED = 5
"""Cases that each group must lead one to expect for the chi-square test to hold (Cochran 1954)."""


class DriftVerdict(StrEnum):
    """What is said of the values of a column."""

    LARGE = "large"
    MODERATE = "moderate"
    OUTSIDE = "outside"
    NONE = "none"
    TOO_FEW = "too_few"
    KIND = "kind"
    NOT_COMPARED = "not_compared"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    DriftVerdict.LARGE: "Large change",
    DriftVerdict.MODERATE: "Moderate change",
    DriftVerdict.OUTSIDE: "Some far outside the earlier ones",
    DriftVerdict.NONE: "No sign of a change",
    DriftVerdict.TOO_FEW: "Too few rows to say",
    DriftVerdict.KIND: "Holds something else now",
    DriftVerdict.NOT_COMPARED: "Not compared",
}
CHANGED = (DriftVerdict.LARGE, DriftVerdict.MODERATE, DriftVerdict.OUTSIDE, DriftVerdict.KIND)
"""Verdicts that say that a column is no longer what it was."""


@dataclass(frozen=True, kw_only=True)
class Before:
    """What an earlier profile tells of a column.

    Attributes:
        filled, missing: cells, a word for "not known" counting as its column counts it.
        edges, counts: its numbers, parted (see `profile.Spread`).
        low, high: its smallest and largest number; None when it holds none, or an older report did not keep them.
        values: its values with their rows; empty for numbers.
        is_complete: whether `values` are all it had.
        is_comparable: whether its values are no dates, identifiers or personal data.
    """

    name: str
    holds: str
    filled: int
    missing: int
    edges: tuple[float, ...] = ()
    counts: tuple[int, ...] = ()
    low: float | None = None
    high: float | None = None
    values: tuple[tuple[str, int], ...] = ()
    is_complete: bool = False
    is_comparable: bool = True


@dataclass(frozen=True, kw_only=True)
class Shift:
    """How a column has changed.

    Attributes:
        index: population stability index of its values.
        distance: of numbers, the largest distance of the two distributions, looked for at the earlier groups' borders.
        far_below, far_above: numbers that lie below all earlier ones, or above, by more than all those spanned.
        far_p: chance of so many numbers outside all earlier ones without any change, corrected like `p`.
        p: chance of such values without any change, corrected for all columns; likewise `missing_p` for missing cells.
        missing_before, missing_now: shares.
        new, gone: values that one of the two has not; known only where the earlier profile kept them all.
        withheld: new values in so few rows that they may tell about one person.
    """

    name: str
    verdict: DriftVerdict
    index: float | None = None
    distance: float | None = None
    p: float | None = None
    far_below: int = 0
    far_above: int = 0
    far_p: float | None = None
    missing_before: float = 0.0
    missing_now: float = 0.0
    missing_p: float | None = None
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    withheld: int = 0

    @property
    def is_missing_changed(self) -> bool:
        return self.missing_p is not None and self.missing_p < CHANCE and abs(self.missing_now - self.missing_before) >= _POINTS

    @property
    def is_far_out(self) -> bool:
        return bool(self.far_below or self.far_above) and self.far_p is not None and self.far_p < CHANCE

    @property
    def is_change(self) -> bool:
        """Whether there is something to tell."""
        return self.verdict in CHANGED or self.is_missing_changed or self.is_far_out or bool(self.new or self.gone or self.withheld)


@dataclass(frozen=True)
class TableDrift:
    """How a table has changed.

    Attributes:
        new: columns that the earlier one had not; known only where its profile kept all columns.
        gone: columns that are no longer there.
        shifts: the columns of both, in the order of the later one.
    """

    shifts: tuple[Shift, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]


def before(column: Column, rows: int) -> Before:
    """What to keep of a column for later comparisons."""
    spread = column.spread if column.holds in ("whole", "number") else None
    comparable = column.holds not in ("date", "nothing", "mixed") and not (column.is_identifier or column.is_withheld)
    return Before(
        name=column.name,
        holds=column.holds.value,
        filled=rows - column.absent(),
        missing=column.absent(),
        edges=spread.edges if spread else (),
        counts=spread.counts if spread else (),
        low=spread.low if spread else None,
        high=spread.high if spread else None,
        values=() if spread else column.commonest,
        is_complete=not spread and len(column.commonest) == column.different and not column.margin,
        is_comparable=comparable,
    )


def drift(earlier: Sequence[Before], sketch: Sketch, now: Profile, *, were_all_kept: bool = True) -> TableDrift:
    """Compare a table with an earlier one.

    Args:
        sketch, now: of the later table.
        were_all_kept: whether `earlier` has all columns that the earlier table had.
    """
    known = {was.name: was for was in earlier}
    shifts = [
        _shift(known[column.name], column, kept, now.rows)
        for column, kept in zip(now.columns, sketch.columns, strict=True)
        if column.name in known
    ]
    names = {column.name for column in now.columns}
    return TableDrift(
        shifts=_corrected(shifts),
        new=tuple(c.name for c in now.columns if c.name not in known) if were_all_kept else (),
        gone=tuple(was.name for was in earlier if was.name not in names),
    )


def _shift(was: Before, column: Column, kept: ColumnSketch, rows: int) -> Shift:
    absent = column.absent()
    filled = rows - absent
    shift = Shift(
        name=column.name,
        verdict=DriftVerdict.NOT_COMPARED,
        missing_before=was.missing / ((was.filled + was.missing) or 1),
        missing_now=absent / (rows or 1),
        missing_p=chi_square([was.filled, was.missing], [filled, absent]),
    )
    if not was.filled or not filled:
        return shift
    if _group(was.holds) != _group(column.holds):
        return replace(shift, verdict=DriftVerdict.KIND)
    if not was.is_comparable or column.is_withheld:
        return shift
    if was.edges:
        return _of_numbers(shift, was, kept.sampled(column.holds))
    if not (was.values and kept.commonest.is_exact):
        return shift
    return _of_values(shift, was, dict(kept.ranked(column.holds)), filled, shown_from(rows))


def _group(holds: str) -> str:
    """What may turn into each other without being another kind of column."""
    return {"whole": "number", "yes_no": "text", "code": "text"}.get(holds, holds)


def _of_numbers(shift: Shift, was: Before, values: Floats) -> Shift:
    now = parted(values, was.edges)
    distance, p = kolmogorov(was.counts, now)
    shift = replace(shift, verdict=DriftVerdict.NONE, index=stability_index(was.counts, now), distance=distance, p=p)
    if was.low is None or was.high is None:
        return shift
    span = was.high - was.low
    outside = max(int((values < was.low).sum()), int((values > was.high).sum()))
    return replace(
        shift,
        far_below=int((values < was.low - span).sum()),
        far_above=int((values > was.high + span).sum()),
        # The ends are those of all earlier numbers, the values perhaps those of a sample: chance explains still fewer then.
        far_p=exceedance(outside, was.filled, len(values)),
    )


def _of_values(shift: Shift, was: Before, now: Mapping[str, int], filled: int, rare: int) -> Shift:
    names = [name for name, _ in was.values]
    counts_before, counts_now = [n for _, n in was.values], [now.get(name, 0) for name in names]
    new = [name for name in now if name not in names] if was.is_complete else []
    others = [was.filled - sum(counts_before), filled - sum(counts_now)]
    if any(others):
        counts_before, counts_now = [*counts_before, others[0]], [*counts_now, others[1]]
    return replace(
        shift,
        verdict=DriftVerdict.NONE,
        index=stability_index(counts_before, counts_now),
        p=chi_square(counts_before, counts_now),
        new=tuple(name for name in new if now[name] >= rare),
        withheld=sum(now[name] < rare for name in new),
        gone=tuple(name for name in names if name not in now),
    )


def _corrected(shifts: Sequence[Shift]) -> tuple[Shift, ...]:
    """Correct all chances together, then judge."""
    chances = [p for shift in shifts for p in (shift.p, shift.missing_p, shift.far_p) if p is not None]
    left = iter(corrected(chances))
    final = []
    for shift in shifts:
        p = None if shift.p is None else next(left)
        missing_p = None if shift.missing_p is None else next(left)
        far_p = None if shift.far_p is None else next(left)
        judged = replace(shift, p=p, missing_p=missing_p, far_p=far_p)
        final.append(replace(judged, verdict=_verdict(judged)))
    return tuple(final)


def _verdict(shift: Shift) -> DriftVerdict:
    if shift.verdict is not DriftVerdict.NONE or shift.index is None:
        return shift.verdict
    by_chance = shift.p is None or shift.p >= CHANCE
    if shift.index >= MODERATE and not by_chance:
        return DriftVerdict.LARGE if shift.index >= LARGE else DriftVerdict.MODERATE
    if shift.is_far_out:
        return DriftVerdict.OUTSIDE
    return DriftVerdict.TOO_FEW if shift.p is None or (by_chance and shift.index >= MODERATE) else DriftVerdict.NONE


def stability_index(before: Sequence[int], now: Sequence[int]) -> float | None:
    """The population stability index: sum of (q - p) ln(q / p) over the groups. Half a case is added to each if one is empty.

    None without cases on either side.
    """
    p, q = np.asarray(before, dtype=float), np.asarray(now, dtype=float)
    used = (p + q) > 0
    p, q = p[used], q[used]
    if not p.sum() or not q.sum():
        return None
    if not (p.all() and q.all()):
        p, q = p + 0.5, q + 0.5
    p, q = p / p.sum(), q / q.sum()
    return float(((q - p) * np.log(q / p)).sum())


def kolmogorov(before: Sequence[int], now: Sequence[int]) -> tuple[float | None, float | None]:
    """The largest distance of two distributions at the groups' borders, and its chance by Kolmogorov and Smirnov's limit.

    Between the borders the distance may be larger, so the chance is never too small. None without cases on either side.
    """
    from scipy.stats import kstwobign

    n, m = sum(before), sum(now)
    if not n or not m:
        return None, None
    distance = float(np.abs(np.cumsum(before) / n - np.cumsum(now) / m).max())
    return distance, float(kstwobign.sf(distance * math.sqrt(n / (n + m) * m)))


def exceedance(outside: int, before: int, now: int) -> float | None:
    """The chance that so many of the later numbers lie beyond all earlier ones at one end, either of two, without any change.

    Rosenbaum's test (1954): that the k largest of all n + m are all later ones has the chance of drawing k later ones in a row.
    None without cases on either side.
    """
    if not before or not now:
        return None
    drawn = np.arange(outside)
    return min(1.0, 2 * float(np.exp(np.log((now - drawn) / (before + now - drawn)).sum())))


def chi_square(before: Sequence[int], now: Sequence[int]) -> float | None:
    """The chance of such different shares without any change. Small groups are put together; None where too few cases are left."""
    from scipy.stats import chi2

    counts = np.array([before, now], dtype=float)
    counts = counts[:, np.argsort(counts.sum(axis=0))]
    share = counts.sum(axis=1, keepdims=True) / (counts.sum() or 1)
    # From the smallest group on, groups are put together until even the shorter table can be expected to have enough of them.
    enough = np.flatnonzero(np.cumsum(counts.sum(axis=0)) * share.min() >= _NEEDED)
    if not len(enough):
        return None
    first = int(enough[0])
    counts = np.column_stack([counts[:, : first + 1].sum(axis=1), counts[:, first + 1 :]])
    expected = share * counts.sum(axis=0)
    if counts.shape[1] < 2:
        return None
    return float(chi2.sf(((counts - expected) ** 2 / expected).sum(), counts.shape[1] - 1))


def corrected(chances: Sequence[float]) -> list[float]:
    """Chances corrected for their number (Benjamini and Hochberg 1995)."""
    from scipy.stats import false_discovery_control

    adjusted: list[float] = false_discovery_control(chances).tolist() if chances else []
    return adjusted
