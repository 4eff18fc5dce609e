"""External benchmarks: which may be held against what is asked for, which not, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scoping.sections.feasibility import Benchmark, Better, Feasibility, Similarity
from scoping.words import bare, measured, number_words, short

STALE_DAYS = 730
"""What was found longer ago may be overtaken."""
_PER_CENT = 20
"""A figure above 1 and so many times another one below 1 is taken for per cent beside a share."""


@dataclass(frozen=True)
class Asked:
    """What the idea has to reach.

    Attributes:
        better: the direction in which the metric improves.
    """

    metric: str
    value: float | None = None
    better: Better | None = None

    @classmethod
    def of(cls, feasibility: Feasibility) -> Asked:
        """What the charter asks for."""
        return cls(feasibility.asked_metric, feasibility.asked_value, feasibility.asked_better)

    def is_met_by(self, value: float) -> bool | None:
        """Whether a value is as good as asked; None while value or direction are not known."""
        if self.value is None or self.better is None:
            return None
        return value >= self.value if self.better is Better.HIGHER else value <= self.value


@dataclass(frozen=True)
class Compared:
    """A benchmark beside what is asked for.

    Attributes:
        meets: whether they reached it; None where nothing may be compared.
        is_alike: their data and setting are both much alike, so it counts in full.
        why: what was compared, or why nothing was.
    """

    benchmark: Benchmark
    meets: bool | None
    is_alike: bool
    why: str


def same_metric(one: str, other: str) -> bool:
    """Whether two names mean the same metric; case and blanks say nothing."""
    return bool(one.strip()) and bare(one) == bare(other)


def is_stale(found_on: date | None, today: date) -> bool:
    """Whether a finding is older than two years, or not dated."""
    return found_on is None or (today - found_on).days > STALE_DAYS


def compare(rows: Iterable[Benchmark], asked: Asked) -> tuple[Compared, ...]:
    """Hold benchmarks against what is asked for, each only where metric and direction are the same."""
    return tuple(_compare(row, asked) for row in rows)


def _compare(row: Benchmark, asked: Asked) -> Compared:
    alike = row.data_similarity is Similarity.HIGH and row.setting_similarity is Similarity.HIGH
    if why := _not_comparable(row, asked):
        return Compared(row, None, alike, why)
    value = row.value or 0.0
    meets = asked.is_met_by(value)
    return Compared(row, meets, alike, f"{_reached(row, asked, meets=bool(meets))}; {_likeness(row)}.")


def _not_comparable(row: Benchmark, asked: Asked) -> str:
    """Why nothing may be compared; "" when it may."""
    if not asked.metric.strip() or asked.value is None or asked.better is None:
        return "Not compared: say first which metric, value and direction are asked for."
    if row.value is None:
        return "Not compared: the value that they reached is missing."
    if not row.metric.strip():
        return "Not compared: the metric of their value is missing."
    if not same_metric(row.metric, asked.metric):
        return f"Not compared: it is about “{short(row.metric, 60)}”, asked for is “{short(asked.metric, 60)}”."
    if row.better is not None and row.better is not asked.better:
        return (
            f"Not compared: there “{row.better.label.lower()}”, asked for is “{asked.better.label.lower()}”. Correct one of them."
        )
    if one_is_per_cent(row.value, asked.value):
        return (
            f"Not compared: {number_words(row.value)} and the {number_words(asked.value)} asked for look like a share beside per cent."
            " Write both the same way."
        )
    return ""


def one_is_per_cent(one: float, other: float) -> bool:
    """Whether two figures look like a share beside per cent."""
    low, high = sorted((abs(one), abs(other)))
    return 0 < low <= 1 < high and high >= _PER_CENT * low


def _reached(row: Benchmark, asked: Asked, *, meets: bool) -> str:
    figure = measured(row.value or 0, short(row.unit, 20))
    return f"They reached {figure}: {'as good as' if meets else 'short of'} the {number_words(asked.value or 0)} asked for"


def _likeness(row: Benchmark) -> str:
    known = {"data": row.data_similarity, "setting": row.setting_similarity}
    parts = [f"{what} {level.label.lower() if level else 'not said to be alike'}" for what, level in known.items()]
    return " and ".join(parts)
