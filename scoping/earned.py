"""Earned value and earned schedule: how far a plan is in money and in time, and when it ends at this pace.

Formulas: ANSI/EIA-748 (earned value), Lipke 2003 (earned schedule). The schedule index in money, SPI, climbs back to 1 in
every project that ends, however late; in time, SPI(t), it does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Earned:
    """Where a plan stands after a number of periods; figures that are not defined are None.

    Attributes:
        ac: actual cost; None while it is not known, and with it all that is worked out from it.
        es: earned schedule, the period in which what is earned by now was planned.
        tcpi: pace that the rest must have to stay within the budget.
    """

    period: int
    pv: float
    ev: float
    ac: float | None
    budget: float
    planned: int
    es: float

    @property
    def cpi(self) -> float | None:
        return self.ev / self.ac if self.ac else None

    @property
    def spi(self) -> float | None:
        return self.ev / self.pv if self.pv else None

    @property
    def spi_t(self) -> float | None:
        return self.es / self.period if self.period else None

    @property
    def eac_cpi(self) -> float | None:
        return self.budget / self.cpi if self.cpi else None

    @property
    def eac_at_plan(self) -> float | None:
        return None if self.ac is None else self.ac + self.budget - self.ev

    @property
    def eac_cpi_spi(self) -> float | None:
        return self.ac + (self.budget - self.ev) / (self.cpi * self.spi) if self.ac and self.cpi and self.spi else None

    @property
    def tcpi(self) -> float | None:
        """Undefined once the budget is spent."""
        return (self.budget - self.ev) / (self.budget - self.ac) if self.ac is not None and self.budget > self.ac else None

    @property
    def ieac_t(self) -> float | None:
        return self.planned / self.spi_t if self.spi_t else None

    @property
    def ends_at_plan_pace(self) -> float:
        """Periods the whole takes when the rest goes as planned."""
        return self.period + self.planned - self.es


def earned_schedule(planned: Sequence[float], ev: float) -> float:
    """The time, in periods, at which a cumulated plan had reached `ev`: N + (EV - PV_N) / (PV_N+1 - PV_N)."""
    at, before = 0, 0.0
    for value in planned:
        if value > ev:
            return at + (ev - before) / (value - before) if value > before else float(at)
        at, before = at + 1, value
    return float(len(planned))


def earned(planned: Sequence[float], ev: float, ac: float | None, period: int) -> Earned:
    """Where a plan stands.

    Args:
        planned: cumulated planned value at the end of each period.
        ev, ac: cumulated earned value and actual cost by now.
        period: how many periods are over.
    """
    budget = planned[-1] if planned else 0.0
    pv = planned[min(period, len(planned)) - 1] if period and planned else 0.0
    return Earned(period, pv, ev, ac, budget, len(planned), earned_schedule(planned, ev))
