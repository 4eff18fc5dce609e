"""Labelling: how many labels a plan needs, how long they take and what they cost, and whether labellers agree enough."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scoping.words import fine_percent, in_percent

HOURS_PER_DAY = 8


@dataclass(frozen=True)
class Effort:
    """What labelling takes.

    Attributes:
        labels: items times labels per item.
        hours: of all labellers together.
        cost: in the minor unit of the hourly rate's currency; None while the rate is not known.
    """

    labels: int
    hours: float
    cost: int | None

    @property
    def days(self) -> float:
        """Working days of one person, eight hours each."""
        return self.hours / HOURS_PER_DAY


def effort(items: int, labels_per_item: int, minutes: float, hourly: int | None) -> Effort:
    """The labels, time and cost for items that each get a number of labels of some minutes; `hourly` in minor units."""
    labels = items * labels_per_item
    hours = labels * minutes / 60
    # Answers far beyond any project can make the product endless or undefined, which is no amount.
    cost = None if hourly is None else hours * hourly
    return Effort(labels, hours, round(cost) if cost is not None and math.isfinite(cost) else None)


@dataclass(frozen=True)
class Agreement:
    """How well labellers agree, in per cent, with the interval of the measurement."""

    value: float
    low: float
    high: float

    @property
    def words(self) -> str:
        low, high = fine_percent(self.low / 100), fine_percent(self.high / 100)
        return f"{fine_percent(self.value / 100)}, interval {low} to {high}"

    def says(self, target: float) -> str:
        """Whether a target, in per cent, is met, as a sentence."""
        seen = f"Measured: {self.words}."
        if self.low >= target:
            return f"{seen} The target of {in_percent(target)} is met, even at the lower end."
        if self.high < target:
            return f"{seen} The target of {in_percent(target)} is missed: settle the cases on which labellers differ, then measure again."
        return f"{seen} Too little data to say whether the target of {in_percent(target)} is met: label more items twice."
