"""Figures beside their aims, as a table in plain text."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

_WIDTHS = (46, 22, 9, 14, 4)
_HEADS = ("", "measured", "ratio", "aim", "met")


@dataclass(frozen=True)
class Times:
    """Durations in seconds."""

    seconds: Sequence[float]

    @property
    def p50(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        return sorted(self.seconds)[min(len(self.seconds) - 1, round(0.95 * len(self.seconds)))]

    def __str__(self) -> str:
        return f"{self.p50 * 1000:.1f} / {self.p95 * 1000:.1f} ms"


@dataclass(frozen=True)
class Line:
    """One figure.

    Attributes:
        is_met: None where there is no aim.
    """

    name: str
    measured: str
    ratio: str = ""
    aim: str = ""
    is_met: bool | None = None

    @classmethod
    def most(cls, name: str, value: float, limit: float, unit: str) -> Self:
        """A figure that shall not be larger than its limit."""
        return cls(name, f"{value:,.4g} {unit}", "", f"<= {limit:g} {unit}", value <= limit)

    @classmethod
    def least(cls, name: str, value: float, limit: float, unit: str) -> Self:
        """A figure that shall not be smaller than its limit."""
        return cls(name, f"{value:,.4g} {unit}", "", f">= {limit:g} {unit}", value >= limit)

    @classmethod
    def beside(cls, name: str, times: Times, empty: Times, limit: float = 0, limit_95: float = 0) -> Self:
        """Times as multiples of those of the empty page, median by median and 95th percentile by 95th percentile."""
        half, most = times.p50 / empty.p50, times.p95 / empty.p95
        if limit_95:
            return cls(
                name, str(times), f"{half:.1f} {most:.1f}", f"<= {limit:g}, {limit_95:g}", half <= limit and most <= limit_95
            )
        return cls(name, str(times), f"{half:.1f}", f"<= {limit:g}" if limit else "", half <= limit if limit else None)

    @property
    def told(self) -> str:
        """What was measured beside its aim, in passing: "3.2 s, not <= 2 s"."""
        ratio = f", ratio {self.ratio}" if self.ratio else ""
        return f"{self.measured}{ratio}, not {self.aim}" if self.is_met is False else f"{self.measured}{ratio}"

    def cells(self) -> tuple[str, ...]:
        met = "" if self.is_met is None else "yes" if self.is_met else "no"
        return self.name, self.measured, self.ratio, self.aim, met


def print_heading(title: str) -> None:
    """Begin a group of figures."""
    print(f"\n{title}\n{_row((_HEADS[0], *_HEADS[1:]))}\n{'-' * (sum(_WIDTHS) + 2 * (len(_WIDTHS) - 1))}", flush=True)


def print_line(line: Line) -> None:
    """Show a figure as soon as it is known."""
    print(_row(line.cells()), flush=True)


def _row(cells: Sequence[str]) -> str:
    first, *others = (
        f"{cell:<{width}}" if i in (0,) else f"{cell:>{width}}" for i, (cell, width) in enumerate(zip(cells, _WIDTHS, strict=True))
    )
    return "  ".join((first, *others)).rstrip()
