"""Earned schedule: how far a plan is in time, and when it ends at this pace.

Formulas: Lipke 2003. The schedule index of earned value (ANSI/EIA-748), which is one of money, climbs back to 1 in every
project that ends, however late; in time, SPI(t), it does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Earned:
    """Where a plan stands after a number of periods; figures that are not defined are None.

    Attributes:
        planned: how many periods the whole was planned to take.
        es: earned schedule, the period in which what is earned by now was planned.
    """

    period: int
    planned: int
    es: float

    @property
    def spi_t(self) -> float | None:
        """Periods earned for each one that passed."""
        return self.es / self.period if self.period else None

    @property
    def ieac_t(self) -> float | None:
        """Periods the whole takes at this pace."""
        return self.planned / self.spi_t if self.spi_t else None


def earned_schedule(planned: Sequence[float], ev: float) -> float:
    """The time, in periods, at which a cumulated plan had reached `ev`: N + (EV - PV_N) / (PV_N+1 - PV_N)."""
    at, before = 0, 0.0
    for value in planned:
        if value > ev:
            return at + (ev - before) / (value - before) if value > before else float(at)
        at, before = at + 1, value
    return float(len(planned))


def earned(planned: Sequence[float], ev: float, period: int) -> Earned:
    """Where a plan stands. What was planned to rest as it does now is in time, and no further for a long rest ahead.

    Args:
        planned: cumulated planned value at the end of each period.
        ev: cumulated earned value by now.
        period: how many periods are over.
    """
    begins = next((n for n, value in enumerate((0.0, *planned)) if value >= ev), len(planned))
    return Earned(period, len(planned), min(earned_schedule(planned, ev), max(period, begins)))
