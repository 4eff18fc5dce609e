"""Acquisition over months: what to take from where and when, if the money comes month by month.

Money that is not spent stays for later months, and an amount is paid in the month in which it arrives; a fixed part is paid
with the first of it. Everything may be ordered on the first day, except that offers of one crew wait for each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from scoping.data_sources.acquisition import Offer
from scoping.errors import CalculationError
from scoping.numbers.programme import Numbers, Row, approach, refine, solve
from scoping.words import count

MONTHS_AT_MOST = 36
MONTH_DAYS = 30
_ALMOST, _SECONDS = 0.01, 5.0
"""Which data is taken is exact; how early it comes may miss the best by this share, or is what is found in this time."""
_ROOM = 1e-5
"""By what share of an offer the search for early months may miss the amount; it is corrected afterwards."""
_LEAST = 1e-6
"""Share of an offer that the solver cannot tell from nothing."""


@dataclass(frozen=True)
class Arrival:
    """What arrives of one offer in one month, counted from 1, and what is paid for it then."""

    month: int
    offer: Offer
    amount: float
    cost: float


@dataclass(frozen=True)
class Schedule:
    """What arrives when, over a number of months."""

    arrivals: tuple[Arrival, ...]
    months: int

    @cached_property
    def cost(self) -> float:
        return math.fsum(a.cost for a in self.arrivals)

    @cached_property
    def useful(self) -> float:
        """Units of data at the end, each counted with its usefulness."""
        return self.useful_by(self.months)

    def useful_by(self, month: int) -> float:
        """Units of data that are there at the end of a month."""
        return math.fsum(a.amount * a.offer.usefulness for a in self.arrivals if a.month <= month)

    def cost_by(self, month: int) -> float:
        """What has been paid by the end of a month."""
        return math.fsum(a.cost for a in self.arrivals if a.month <= month)


def cheapest_by(offers: Sequence[Offer], wanted: float, monthly: float, months: int) -> Schedule | None:
    """The cheapest way to an amount by the end of a number of months, and then about as early as the money allows.

    None when the amount cannot be reached by then.
    """
    return _schedule(_Calendar(offers, monthly, months), wanted)


def most_by(offers: Sequence[Offer], monthly: float, months: int) -> Schedule:
    """The most useful data that can be there at the end of a number of months, about as early as the money allows."""
    return _schedule(_Calendar(offers, monthly, months), None) or Schedule((), months)


def _schedule(calendar: _Calendar, wanted: float | None) -> Schedule | None:
    latest = calendar.best(wanted)
    return None if latest is None else calendar.brought_forward(latest)


class _Calendar:
    """Offers, money and months as an integer programme.

    For each offer and month there is the share that has arrived by then. Whole offers, fixed costs, least amounts and crews
    also need to know whether it has begun to arrive: a variable that is 0 or 1 (the same one for whole offers). What has come
    by a month must fit the money and the days until then.
    """

    def __init__(self, offers: Sequence[Offer], monthly: float, months: int) -> None:
        if not 1 <= months <= MONTHS_AT_MOST:
            raise CalculationError(f"A plan over {count(months, 'month')} is not made.", f"Choose 1 to {MONTHS_AT_MOST} months.")
        if not 0 <= monthly < math.inf:
            raise CalculationError(f"The money per month is {monthly:g}.", "Give a number of zero or more.")
        self._offers = [o for o in offers if o.amount and o.usefulness and o.minimum <= o.amount]
        self._months = months
        self._monthly = monthly
        self._total = math.fsum(o.amount * o.usefulness for o in self._offers) or 1.0
        self._scale = monthly or math.fsum(o.cost_of(o.amount) for o in self._offers) or 1.0
        self._upper: list[float] = []
        self._arrived: list[list[int]] = []
        self._begun: list[list[int]] = []
        for offer in self._offers:
            self._variables(offer)
        self._rows = [*self._growth(), *self._money(), *self._crews()]

    def _variables(self, offer: Offer) -> None:
        """A place for each month, beginning with the first; `_begun` is empty where nothing depends on it."""
        comes = [float(_share_in(month, offer) > 0) for month in range(1, self._months + 1)]
        self._arrived.append(self._placed(comes))
        needed = offer.fixed_cost or offer.minimum or offer.crew
        self._begun.append(self._arrived[-1] if offer.is_whole else self._placed(comes) if needed else [])

    def _placed(self, upper: list[float]) -> list[int]:
        self._upper += upper
        return list(range(len(self._upper) - len(upper), len(self._upper)))

    def _growth(self) -> Iterator[Row]:
        """What has arrived stays, grows no faster than it can, and has begun."""
        for offer, arrived, begun in zip(self._offers, self._arrived, self._begun, strict=True):
            yield Row({arrived[0]: 1.0}, high=max(0.0, _share_in(1, offer)))
            for month in range(2, self._months + 1):
                yield Row({arrived[month - 1]: 1.0, arrived[month - 2]: -1.0}, 0.0, max(0.0, _share_in(month, offer)))
            if begun == arrived or not begun:
                continue
            yield from (Row({now: 1.0, before: -1.0}, low=0.0) for before, now in pairwise(begun))
            yield from (Row({share: 1.0, yes: -1.0}, high=0.0) for share, yes in zip(arrived, begun, strict=True))
            if offer.minimum:
                yield Row({arrived[-1]: 1.0, begun[-1]: -offer.minimum / offer.amount}, low=0.0)

    def _costs(self, month: int) -> dict[int, float]:
        """What has been paid by a month, in units of the scale."""
        weights: dict[int, float] = {}
        for offer, arrived, begun in zip(self._offers, self._arrived, self._begun, strict=True):
            weights[arrived[month - 1]] = offer.unit_cost * offer.amount / self._scale
            if offer.fixed_cost:
                place = begun[month - 1]
                weights[place] = weights.get(place, 0.0) + offer.fixed_cost / self._scale
        return weights

    def _money(self) -> Iterator[Row]:
        for month in range(1, self._months + 1) if self._offers else ():
            yield Row(self._costs(month), high=month * self._monthly / self._scale)

    def _crews(self) -> Iterator[Row]:
        """The work of a crew on all that has arrived by a month fits into the months until then."""
        crews: dict[str, list[int]] = {}
        for i, offer in enumerate(self._offers):
            if offer.crew:
                crews.setdefault(offer.crew, []).append(i)
        for inside in crews.values():
            for month in range(self._months):
                work: dict[int, float] = {}
                for i in inside:
                    offer, share = self._offers[i], self._arrived[i][month]
                    work[self._begun[i][month]] = offer.lead_days / MONTH_DAYS
                    if offer.daily:
                        work[share] = work.get(share, 0.0) + offer.amount / offer.daily / MONTH_DAYS
                yield Row(work, high=month + 1.0)

    def best(self, wanted: float | None) -> Numbers | None:
        """The cheapest way to an amount, or else to the most there can be, as late as can be; None if there is no way."""
        if not self._upper:
            return None if wanted else np.zeros(0)
        rows, upper = list(self._rows), list(self._upper)
        for offer, arrived in zip(self._offers, self._arrived, strict=True):
            if offer.is_whole or not offer.daily:
                # Money that is not spent stays, so what comes all at once may as well come last.
                for place in arrived[:-1]:
                    upper[place] = 0.0
        useful = {arrived[-1]: self._useful(i) for i, arrived in enumerate(self._arrived)}
        if wanted is None:
            objective = {place: -weight for place, weight in useful.items()}
        else:
            objective = self._costs(self._months)
            rows.append(Row(useful, low=wanted / self._total))
        values = solve(self._weights(objective), rows, np.array(upper), self._whole)
        return None if values is None else self._settled(values, objective, rows, upper)

    def brought_forward(self, latest: Numbers) -> Schedule:
        """The same amounts, each the better the more months it can be used in."""
        if not self._upper:
            return Schedule((), self._months)
        rows, upper = list(self._rows), list(self._upper)
        taken = [float(latest[arrived[-1]]) for arrived in self._arrived]
        for share, arrived, begun in zip(taken, self._arrived, self._begun, strict=True):
            if share > _LEAST:
                rows.append(Row({arrived[-1]: 1.0}, low=share - _ROOM, high=share))
            else:
                for place in (*arrived, *begun):
                    upper[place] = 0.0
        objective = {place: -self._useful(i) for i, arrived in enumerate(self._arrived) for place in arrived}
        values = approach(self._weights(objective), rows, np.array(upper), self._whole, _ALMOST, _SECONDS)
        early = None if values is None else self._settled(values, objective, rows, upper)
        return Schedule(tuple(self._arrivals(latest if early is None else early, taken)), self._months)

    def _settled(self, values: Numbers, objective: dict[int, float], rows: Sequence[Row], upper: Sequence[float]) -> Numbers | None:
        """The shares worked out again, more strictly, with the months in which offers begin held."""
        low, high = np.zeros(len(upper)), np.array(upper)
        held = self._whole > 0
        low[held] = high[held] = np.round(values[held])
        return refine(self._weights(objective), rows, low, high)

    @cached_property
    def _whole(self) -> Numbers:
        whole = np.zeros(len(self._upper))
        whole[[place for begun in self._begun for place in begun]] = 1.0
        return whole

    def _weights(self, objective: dict[int, float]) -> Numbers:
        weights = np.zeros(len(self._upper))
        weights[list(objective)] = list(objective.values())
        return weights

    def _arrivals(self, values: Numbers, taken: Sequence[float]) -> Iterator[Arrival]:
        for month in range(self._months):
            for share, offer, arrived in zip(taken, self._offers, self._arrived, strict=True):
                before = values[arrived[month - 1]] if month else 0.0
                comes = values[arrived[month]] - before
                if share > _LEAST and comes > _LEAST:
                    amount = float(f"{offer.amount * comes * share / values[arrived[-1]]:.10g}")
                    first = 0.0 if before > _LEAST else offer.fixed_cost
                    yield Arrival(month + 1, offer, amount, offer.unit_cost * amount + first)

    def _useful(self, i: int) -> float:
        return self._offers[i].amount * self._offers[i].usefulness / self._total


def _share_in(month: int, offer: Offer) -> float:
    """The largest share of an offer that can arrive within a month."""
    days = MONTH_DAYS * month
    if offer.is_whole or not offer.daily:
        return 1.0 if offer.days_for(offer.amount) <= days + 1e-9 else 0.0
    return min(1.0, offer.daily * min(MONTH_DAYS, days - offer.lead_days) / offer.amount)
