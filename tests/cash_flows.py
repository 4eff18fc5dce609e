"""Worth and return of plain cash flows, written as in a textbook."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoping.value.cash import returns


def discounted(cash: Sequence[float], rate: float) -> list[float]:
    """What one amount per period, the first one now, is worth today."""
    return [amount / (1 + rate) ** period for period, amount in enumerate(cash)]


def npv(cash: Sequence[float], rate: float) -> float:
    return float(np.sum(discounted(cash, rate)))


def irr(cash: Sequence[float]) -> float | None:
    """The internal rate of return per period; None when there is none, or more than one."""
    rates = returns(cash)
    return rates[0] if len(rates) == 1 else None
