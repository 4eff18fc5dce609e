"""Labelling: how many labels a plan needs, how long they take and what they cost, and whether labellers agree enough."""

from __future__ import annotations

import math
from dataclasses import dataclass

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

    def says(self, target: float) -> str:
        """Whether a target, in per cent, is met, as a sentence."""
        seen = f"Measured: {self.value:.3g} %, interval {self.low:.3g} to {self.high:.3g} %."
        if self.low >= target:
            return f"{seen} The target of {target:g} % is met, even at the lower end."
        if self.high < target:
            return f"{seen} The target of {target:g} % is missed: settle the cases on which labellers differ, then measure again."
        return f"{seen} Too little data to say whether the target of {target:g} % is met: label more items twice."
