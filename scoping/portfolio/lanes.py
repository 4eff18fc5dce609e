"""The timeline of projects: which days it shows, and where the milestones of a project lie without covering each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

BEFORE, AFTER = timedelta(days=150), timedelta(days=420)
"""Days around today that are shown at most."""
_MARGIN = timedelta(days=20)
_TICKS = 12
_LEAST = timedelta(days=10)
"""A milestone of a single day is drawn as long as this, up to its day."""


@dataclass(frozen=True)
class Window:
    """The days that are shown, the last one included."""

    first: date
    last: date

    def share(self, day: date) -> float:
        """How far from the first day a day lies, as a share of all; days outside lie at the ends."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return min(max(share, 0.0), 1.0)

    def months(self) -> Iterator[date]:
        """First days of months, of so many that their names find room."""
        number = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = next(s for s in (1, 2, 3, 6, 12) if number / s <= _TICKS)
        month = self.first.month
        for ahead in range(1, number + 1, step):
            years, nth = divmod(month - 1 + ahead, 12)
            yield date(self.first.year + years, nth + 1, 1)


def window(days: Iterable[date], today: date) -> Window:
    """The days from the first to the last of some, as far as they lie around today."""
    known = [today - timedelta(days=30), today + timedelta(days=90), *days]
    return Window(max(min(known), today - BEFORE), min(max(known), today + AFTER) + _MARGIN)


@dataclass(frozen=True)
class Bar:
    """A milestone in its lane: shares of the window, and the lane counted from above."""

    begin: float
    end: float
    lane: int


def bars(spans: Sequence[tuple[date | None, date | None]], shown: Window) -> tuple[Bar | None, ...]:
    """A bar for each start and due date, in lanes where none covers another; None without a day in the window."""
    ends: list[float] = []
    placed: dict[int, Bar] = {}
    dated = [(n, begin, end) for n, (begin, end) in enumerate(map(_whole, spans)) if begin and end]
    for n, begin, end in sorted(dated, key=lambda one: (one[1], one[2])):
        if end < shown.first or begin > shown.last:
            continue
        left, right = shown.share(begin), shown.share(end)
        lane = next((i for i, free in enumerate(ends) if free <= left), len(ends))
        ends[lane : lane + 1] = [right]
        placed[n] = Bar(left, right, lane)
    return tuple(placed.get(n) for n in range(len(spans)))


def _whole(span: tuple[date | None, date | None]) -> tuple[date | None, date | None]:
    """Both ends of a milestone; of a single day, or of days the wrong way round, the end with some days before it."""
    start, due = span
    last = due or start
    if last is None:
        return None, None
    begin = start if start and due and start < due else last - min(_LEAST, last - date.min)
    return begin, last
