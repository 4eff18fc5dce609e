"""What a plan promised, beside what came."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date

from scoping.charter import Charter
from scoping.sections.value import Value, rates_of
from scoping.value import money
from scoping.value.valuation import major, months_between, valuation

# Promised and realised


@dataclass(frozen=True)
class Month:
    """What was promised and what came in one month after launch; realised is None where nothing was noted."""

    first: date
    promised: float
    realised: float | None


def realised(charter: Charter) -> tuple[Month, ...]:
    """Months from the first reading to the last, with the promise at likely values beside it. Empty without readings.

    The promise begins to count with the first month that was noted: until then nothing was live.
    """
    value: Value = charter.value
    worth = valuation(charter)
    rates = rates_of(value, worth.currency)
    readings: dict[date, float] = {}
    about: set[str] = set()
    for row in value.realised:
        amount = major(row.amount, row.currency, rates.get(row.currency, math.nan))
        if row.month is None or amount is None or math.isnan(amount):
            continue
        month = row.month.replace(day=1)
        readings[month] = readings.get(month, 0.0) + amount
        about.add(row.benefit)
    if not readings:
        return ()
    begin, end = min(readings), max(readings)
    count = months_between(begin, end) + 1
    lines = [
        replace(line, starts_month=0)
        for line in worth.of_chosen.counted
        if line.kind is money.Flow.BENEFIT and (line.id in about or not any(about))
    ]
    weights = [line.weights(count) * line.likely for line in lines]
    promised = [math.fsum(float(w[i]) for w in weights) for i in range(count)]
    months = [date(begin.year + (begin.month - 1 + i) // 12, (begin.month - 1 + i) % 12 + 1, 1) for i in range(count)]
    return tuple(Month(m, p, readings.get(m)) for m, p in zip(months, promised, strict=True))
