"""Acquisition over months: what to take from where and when, if the money comes month by month.

Money that is not spent stays for later months, and an amount is paid in the month in which it arrives; a fixed part is paid
with the first of it. Everything may be ordered on the first day, except that offers of one crew wait for each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scoping.acquisition import Offer
from scoping.errors import CalculationError
from scoping.programme import Numbers, Row, approach, refine, solve

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

    For each offer and month there is the share that arrives. Whole offers, fixed costs, least amounts and crews also need
    to know in which month the offer begins to arrive: a variable that is 0 or 1 (the same one for whole offers).
    """

    def __init__(self, offers: Sequence[Offer], monthly: float, months: int) -> None:
        if not 1 <= months <= MONTHS_AT_MOST:
            raise CalculationError(f"A plan over {months} months is not made.", f"Choose 1 to {MONTHS_AT_MOST} months.")
        if not 0 <= monthly < math.inf:
            raise CalculationError(f"The money per month is {monthly:g}.", "Give a number of zero or more.")
        self._offers = [o for o in offers if o.amount and o.usefulness and o.minimum <= o.amount]
        self._months = months
        self._monthly = monthly
        self._total = math.fsum(o.amount * o.usefulness for o in self._offers) or 1.0
        self._scale = monthly or math.fsum(o.cost_of(o.amount) for o in self._offers) or 1.0
        self._upper: list[float] = []
        self._arrives: dict[tuple[int, int], int] = {}
        self._begins: dict[tuple[int, int], int] = {}
        for i, offer in enumerate(self._offers):
            self._variables(i, offer)
        self._rows = [*self._each_once(), *self._money(), *self._crews()]

    def _variables(self, i: int, offer: Offer) -> None:
        needs_beginning = bool(offer.fixed_cost or offer.minimum or offer.crew)
        for month in range(1, self._months + 1):
            share = _share_in(month, offer)
            if share <= 0:
                continue
            self._arrives[i, month] = len(self._upper)
            self._upper.append(share)
            if offer.is_whole:
                self._begins[i, month] = self._arrives[i, month]
            elif needs_beginning:
                self._begins[i, month] = len(self._upper)
                self._upper.append(1.0)

    def _of(self, places: dict[tuple[int, int], int], i: int, until: int) -> list[int]:
        return [places[i, m] for m in range(1, until + 1) if (i, m) in places]

    def _each_once(self) -> Iterator[Row]:
        for i, offer in enumerate(self._offers):
            shares = self._of(self._arrives, i, self._months)
            yield Row(dict.fromkeys(shares, 1.0), high=1.0)
            if offer.is_whole or not self._of(self._begins, i, self._months):
                continue
            begins = self._of(self._begins, i, self._months)
            yield Row(dict.fromkeys(begins, 1.0), high=1.0)
            for month in range(1, self._months + 1):
                until = self._of(self._arrives, i, month)
                if until:
                    yield Row(dict.fromkeys(until, 1.0) | dict.fromkeys(self._of(self._begins, i, month), -1.0), high=0.0)
            if offer.minimum:
                yield Row(dict.fromkeys(shares, 1.0) | dict.fromkeys(begins, -offer.minimum / offer.amount), low=0.0)

    def _money(self) -> Iterator[Row]:
        for month in range(1, self._months + 1):
            weights = {place: cost for place, (paid, cost) in self._costs().items() if paid <= month}
            if weights:
                yield Row(weights, high=month * self._monthly / self._scale)

    def _costs(self) -> dict[int, tuple[int, float]]:
        """For each variable the month in which it is paid and its cost, in units of the scale."""
        found: dict[int, tuple[int, float]] = {}
        for (i, month), place in self._arrives.items():
            offer = self._offers[i]
            cost = offer.cost_of(offer.amount) if offer.is_whole else offer.unit_cost * offer.amount
            found[place] = month, cost / self._scale
        for (i, month), place in self._begins.items():
            if not self._offers[i].is_whole:
                found[place] = month, self._offers[i].fixed_cost / self._scale
        return found

    def _crews(self) -> Iterator[Row]:
        """The work of a crew on all that has arrived by a month fits into the months until then."""
        crews: dict[str, list[int]] = {}
        for i, offer in enumerate(self._offers):
            if offer.crew:
                crews.setdefault(offer.crew, []).append(i)
        for inside in crews.values():
            for month in range(1, self._months + 1):
                work: dict[int, float] = {}
                for i in inside:
                    offer = self._offers[i]
                    for place in self._of(self._begins, i, month):
                        work[place] = work.get(place, 0.0) + offer.lead_days / MONTH_DAYS
                    for place in self._of(self._arrives, i, month) if offer.daily else ():
                        work[place] = work.get(place, 0.0) + offer.amount / (offer.daily or 1.0) / MONTH_DAYS
                if work:
                    yield Row(work, high=float(month))

    def best(self, wanted: float | None) -> Numbers | None:
        """The cheapest way to an amount, or else to the most there can be, as late as can be; None if there is no way."""
        useful = {place: self._useful(i) for (i, _), place in self._arrives.items()}
        rows, upper = list(self._rows), list(self._upper)
        for (i, month), place in self._arrives.items():
            # Money that is not spent stays, so what comes all at once may as well come last.
            if month < self._months and (self._offers[i].is_whole or not self._offers[i].daily):
                upper[place] = 0.0
        if wanted is None:
            objective = {place: -weight for place, weight in useful.items()}
        else:
            objective = {place: cost for place, (_, cost) in self._costs().items()}
            rows.append(Row(useful, low=wanted / self._total))
        if not upper:
            return None if wanted else np.zeros(0)
        values = solve(self._weights(objective), rows, np.array(upper), self._whole)
        return None if values is None else self._settled(values, objective, rows, upper)

    def brought_forward(self, latest: Numbers) -> Schedule:
        """The same amounts, each the better the more months it can be used in."""
        rows, upper = list(self._rows), list(self._upper)
        taken = self._taken(latest)
        for i, share in taken.items():
            places = self._of(self._arrives, i, self._months)
            if share > _LEAST:
                rows.append(Row(dict.fromkeys(places, 1.0), low=share - _ROOM, high=share))
            else:
                for place in (*places, *self._of(self._begins, i, self._months)):
                    upper[place] = 0.0
        objective = {p: -self._useful(i) * (self._months + 1 - month) for (i, month), p in self._arrives.items()}
        values = approach(self._weights(objective), rows, np.array(upper), self._whole, _ALMOST, _SECONDS) if upper else None
        early = None if values is None else self._settled(values, objective, rows, upper)
        return Schedule(tuple(self._arrivals(latest if early is None else early, taken)), self._months)

    def _settled(self, values: Numbers, objective: dict[int, float], rows: Sequence[Row], upper: Sequence[float]) -> Numbers | None:
        """The shares worked out again, more strictly, with the months in which offers begin held."""
        low, high = np.zeros(len(upper)), np.array(upper)
        held = self._whole > 0
        low[held] = high[held] = np.round(values[held])
        return refine(self._weights(objective), rows, low, high)

    def _taken(self, values: Numbers) -> dict[int, float]:
        return {i: math.fsum(values[p] for p in self._of(self._arrives, i, self._months)) for i in range(len(self._offers))}

    @cached_property
    def _whole(self) -> Numbers:
        whole = np.zeros(len(self._upper))
        whole[list(self._begins.values())] = 1.0
        return whole

    def _weights(self, objective: dict[int, float]) -> Numbers:
        weights = np.zeros(len(self._upper))
        weights[list(objective)] = list(objective.values())
        return weights

    def _arrivals(self, values: Numbers, taken: dict[int, float]) -> Iterator[Arrival]:
        begun: set[int] = set()
        found = self._taken(values)
        for (i, month), place in sorted(self._arrives.items(), key=lambda item: (item[0][1], item[0][0])):
            if taken[i] > _LEAST and values[place] > _LEAST:
                offer = self._offers[i]
                amount = float(f"{offer.amount * values[place] * taken[i] / found[i]:.10g}")
                yield Arrival(month, offer, amount, offer.unit_cost * amount + (0.0 if i in begun else offer.fixed_cost))
                begun.add(i)

    def _useful(self, i: int) -> float:
        return self._offers[i].amount * self._offers[i].usefulness / self._total


def _share_in(month: int, offer: Offer) -> float:
    """The largest share of an offer that can arrive within a month."""
    days = MONTH_DAYS * month
    if offer.is_whole or not offer.daily:
        return 1.0 if offer.days_for(offer.amount) <= days + 1e-9 else 0.0
    return min(1.0, offer.daily * min(MONTH_DAYS, days - offer.lead_days) / offer.amount)
