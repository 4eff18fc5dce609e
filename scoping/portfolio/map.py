"""The map of projects: where each lies between no and shown, and between loss and gain, and where its name finds room."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scoping.portfolio.figures import CanWork, Figures
from scoping.words import short

WIDTH, HEIGHT = 860.0, 460.0
"""The field in which names are laid out; it is drawn in shares of it."""
COLUMNS = tuple(CanWork)
NAME = 34
"""Letters of a name on the map; the table has it whole."""
_BESIDE = 5
"""Projects of one verdict beside each other; further ones begin again at the left."""
_DOT = 10.0
_LETTER, _TALL = 7.4, 34.0
_TICKS = 5


class Box(NamedTuple):
    """A rectangle of the field."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether both have a point in common."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, kw_only=True)
class Point:
    """A project on the map, in shares of the field from its left and its top.

    Attributes:
        low, high: ends of 8 of 10 cases, `high` above `low`.
        is_known: whether the verdict is known; where it is not, it may lie anywhere across.
        name_at: of the upper left corner of the name; None where no room was left.
    """

    id: str
    x: float
    y: float
    low: float
    high: float
    is_known: bool
    is_rough: bool
    name: str
    name_at: tuple[float, float] | None


@dataclass(frozen=True)
class Map:
    """The points, and the amounts that lines are drawn at, each with its share from the top."""

    points: tuple[Point, ...]
    ticks: tuple[tuple[float, float], ...]


def laid_out(projects: Sequence[tuple[str, str, Figures]], rates: dict[str, float]) -> Map:
    """The map of those projects whose worth is known in one currency.

    Args:
        projects: id, name and figures; those that come first find room for their names first.
        rates: what one unit of a currency is worth in that of the map; projects in others are left out.
    """
    valued = [(i, name, f, rates[f.currency]) for i, name, f in projects if _is_valued(f) and rates.get(f.currency)]
    ends = [0.0, *((end or 0.0) * rate for _, _, f, rate in valued for end in (f.low, f.high))]
    ticks = list(_ticks(min(ends), max(ends)))
    bottom, top = ticks[0], ticks[-1]

    def down(value: float) -> float:
        return HEIGHT * (top - value) / (top - bottom)

    total = Counter(f.can_work for _, _, f, _ in valued)
    seen: Counter[CanWork] = Counter()
    dots: list[tuple[float, float]] = []
    for _, _, figures, rate in valued:
        nth = seen[figures.can_work]
        seen[figures.can_work] += 1
        middle = (COLUMNS.index(figures.can_work) + 0.5) / len(COLUMNS) + _aside(nth, total[figures.can_work])
        dots.append((WIDTH * middle, down((figures.worth or 0.0) * rate)))
    taken = [Box(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for x, y in dots]
    points = []
    for (project, name, figures, rate), (x, y) in zip(valued, dots, strict=True):
        told = short(name, NAME)
        place = next((box for box in _places(x, y, _LETTER * max(len(told), 16)) if not any(map(box.meets, taken))), None)
        if place:
            taken.append(place)
        points.append(
            Point(
                id=project,
                x=x / WIDTH,
                y=y / HEIGHT,
                low=down((figures.low or 0.0) * rate) / HEIGHT,
                high=down((figures.high or 0.0) * rate) / HEIGHT,
                is_known=figures.can_work is not CanWork.UNKNOWN,
                is_rough=figures.is_rough,
                name=told,
                name_at=place and (place.left / WIDTH, place.top / HEIGHT),
            )
        )
    return Map(tuple(points), tuple((amount, down(amount) / HEIGHT) for amount in ticks))


def _is_valued(figures: Figures) -> bool:
    return figures.low is not None and figures.worth is not None and figures.high is not None


def _aside(nth: int, projects: int) -> float:
    """How far the nth project of a verdict stands from the middle of its column, as a share of the field."""
    beside = min(projects, _BESIDE)
    return (nth % beside - (beside - 1) / 2) * 0.8 / _BESIDE / len(COLUMNS)


def _places(x: float, y: float, wide: float) -> Iterator[Box]:
    """Where the name of a dot may stand, the best first, inside the field."""
    for step in (0.0, _TALL + 2):
        for below in (False, True):
            top = y + 5 + step if below else y - _TALL - 5 - step
            for left in (x + _DOT + 3, x - _DOT - 3 - wide):
                box = Box(left, top, left + wide, top + _TALL)
                if box.left >= 0 and box.right <= WIDTH and box.top >= -8 and box.bottom <= HEIGHT:
                    yield box


def _ticks(low: float, high: float) -> Iterable[float]:
    """Round amounts around a range, zero among them."""
    span = max(high - low, 1.0) / _TICKS
    power = 10.0 ** math.floor(math.log10(span))
    step = next(s * power for s in (1, 2, 2.5, 5, 10) if s * power >= span)
    return [step * n for n in range(math.floor(low / step), math.ceil(high / step) + 1)] if high > low else [0.0, step]
