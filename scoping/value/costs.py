"""What a project costs, from where and until when, so that every kind of cost adds up to one sum.

A cost stands in one place: written under Value (project costs), at a data source (data costs) or at a milestone (plan
costs). What falls due until the plan has delivered stands apart from what comes afterwards. The decision asked of the sponsor
may be for a part of it, such as a first phase, so no column claims to be the ask. Amounts are likely ones of the chosen idea
within the years counted, not discounted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from scoping.value.valuation import MILESTONES, SOURCES, Valuation

PROJECT, DATA, PLAN, ALL = "Project costs", "Data costs", "Plan costs", "All costs"
MEANING = (
    "Project costs are written under Value, data costs stand at data sources, plan costs at milestones. Until delivery is what "
    "falls due before the plan has delivered. Likely amounts of the chosen idea in the years counted, not discounted."
)
_LISTS = {"value.costs": PROJECT, SOURCES: DATA, MILESTONES: PLAN}


@dataclass(frozen=True)
class CostOfKind:
    """A kind of cost in whole units of the currency.

    Attributes:
        until_delivery: what falls due before the plan has delivered; None while no day of delivery is known.
        total: within the years counted.
        beside: what stands in another step and is not counted, because nobody said that it comes on top.
        is_known: whether any cost of the kind is counted; what nobody wrote down is not free.
    """

    kind: str
    until_delivery: int | None
    total: int
    beside: int = 0
    is_known: bool = True

    @property
    def later(self) -> int | None:
        """What comes after the plan has delivered."""
        return None if self.until_delivery is None else self.total - self.until_delivery


def table(worth: Valuation) -> tuple[CostOfKind, ...]:
    """Every kind of cost and, last, all of them; each figure is rounded once, so that what is shown adds up."""
    kinds = [_cost(worth, kind) for kind in (PROJECT, DATA, PLAN)]
    early = None if worth.delivery.due is None else sum(cost.until_delivery or 0 for cost in kinds)
    return (*kinds, CostOfKind(ALL, early, sum(cost.total for cost in kinds), is_known=any(cost.is_known for cost in kinds)))


def _cost(worth: Valuation, kind: str) -> CostOfKind:
    horizon, counted = worth.plan.horizon_months, set(worth.of_chosen.counted)
    lines = [line for (ref, _), line in worth.lines.items() if _LISTS.get(ref) == kind and line in counted]
    months = sum((line.likely * line.weights(horizon) for line in lines), np.zeros(horizon))
    # What is not counted was not judged either: an exchange rate may have made it endless, and then it is no amount.
    beside = sum(line.likely for (ref, _), line in worth.beside.items() if _LISTS[ref] == kind and math.isfinite(line.likely))
    early = None if worth.delivery.due is None else _whole(float(months[: worth.delivery.month].sum()))
    return CostOfKind(kind, early, _whole(float(months.sum())), _whole(beside), is_known=bool(lines))


def _whole(amount: float) -> int:
    """Half a unit is rounded up, as worksheets round it; what is half but for noise of a sum is half."""
    return int(Decimal(f"{amount:.6f}").to_integral_value(ROUND_HALF_UP))
