"""Money: what a project brings and costs over the years, at likely values and by simulation."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import numpy as np

from scoping.errors import CalculationError
from scoping.numbers.ranges import Array, Factor, Range, likely_product
from scoping.value.cash import payback, returns
from scoping.words import short

LONGEST_MONTHS = 1200
NOTHING = "nothing"
"""The alternative that is always there: do nothing, worth 0 unless lines say otherwise."""


class Flow(StrEnum):
    """Which way the money goes."""

    BENEFIT = "benefit"
    COST = "cost"


class Frequency(StrEnum):
    """How often an amount falls due. A yearly amount is earned or spent evenly, one twelfth each month."""

    ONCE = "once"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One benefit or cost.

    Attributes:
        amount: per period in major units of the plan's currency; costs are positive. None while it is not known.
        starts_month: months from the start of the plan to the first payment.
        ramp_months: an amount per month or year grows evenly until it is full in this month of its own.
        lasts_months: None for up to the horizon. A one-off amount is spread evenly over these months, else paid at once.
        group: names a common cause; amounts of one group move together, as strongly as `loading` says (-1 to 1).
        driver: multiplies the amount, such as the units of improvement of a rung for an amount per unit.
        evidence: "guess", "estimate", "measured", or "" when nobody said.
        alternative: the way of solving the problem that the line belongs to.
    """

    id: str
    kind: Flow
    amount: Range | None
    every: Frequency = Frequency.ONCE
    name: str = ""
    starts_month: int = 0
    ramp_months: int = 0
    lasts_months: int | None = None
    group: str = ""
    loading: float = 0.0
    driver: tuple[Factor, ...] = ()
    evidence: str = ""
    alternative: str = ""

    @property
    def input(self) -> str:
        """The name under which the amount is drawn."""
        return f"{self.kind}:{self.id}"

    @property
    def sign(self) -> int:
        return 1 if self.kind is Flow.BENEFIT else -1

    @property
    def is_guess(self) -> bool:
        """Whether the amount or anything it is multiplied with is a guess, or nobody said how it is known."""
        return any(evidence in ("", "guess") for evidence in (self.evidence, *(factor.evidence for factor in self.driver)))

    def problem(self) -> str:
        """Why the line cannot be counted, as a sentence; "" when all is well."""
        if self.amount is None:
            return "The amount is not known yet, so it is not counted."
        if problem := self.amount.problem():
            return problem
        for factor in self.driver:
            if problem := factor.problem():
                return f"{short(factor.name, 60) or 'What it depends on'}: {problem}"
        if not math.isfinite(self._likely_driver) or abs(self._likely_driver) > 1e100:
            return "What it depends on is too large to count with."
        if min(self.starts_month, self.ramp_months, self.lasts_months or 0) < 0:
            return "Start, ramp-up and duration cannot be negative."
        if not -1 <= self.loading <= 1:
            return "How strongly it moves with its group must lie between -100 % and 100 %."
        return ""

    @property
    def has_mean(self) -> bool:
        """Whether amount times driver has an expected value: they are drawn apart, so each needs one."""
        return self.amount is not None and self.amount.has_mean() and all(factor.has_mean for factor in self.driver)

    @property
    def _likely_driver(self) -> float:
        return likely_product(self.driver)

    @property
    def likely(self) -> float:
        """Amount times driver per period, at likely values and without a sign."""
        return 0.0 if self.amount is None else self.amount.likely * self._likely_driver

    def weights(self, horizon_months: int) -> Array:
        """How much of the amount falls due in each month of the plan."""
        age = np.arange(horizon_months) - self.starts_month
        if self.every is Frequency.ONCE:
            months = max(1, self.lasts_months or 1)
            return np.where((age >= 0) & (age < months), 1 / months, 0.0)
        lasts = math.inf if self.lasts_months is None else self.lasts_months
        full = np.minimum(1.0, (age + 1) / max(1, self.ramp_months)) / (12 if self.every is Frequency.YEAR else 1)
        return np.where((age >= 0) & (age < lasts), full, 0.0)


@dataclass(frozen=True)
class Projection:
    """Benefits and costs in one currency over a number of months. The order of the lines does not matter."""

    lines: tuple[Line, ...]
    horizon_months: int = 36
    yearly_discount_rate: float = 0.0

    def problem(self) -> str:
        """Why nothing at all can be worked out, as a sentence; "" when all is well."""
        if not 0 <= self.horizon_months <= LONGEST_MONTHS:
            return f"Count between 0 and {LONGEST_MONTHS // 12} years."
        if not -1 < self.yearly_discount_rate <= 10:
            return "The discount rate must lie above -100 % and not above 1,000 % a year."
        return ""

    @property
    def counted(self) -> tuple[Line, ...]:
        """The lines that can be counted, by name of their input."""
        return tuple(sorted((line for line, problem in self._judged() if not problem), key=lambda line: line.input))

    @property
    def left_out(self) -> tuple[Line, ...]:
        """The lines that cannot be counted."""
        return tuple(line for line, problem in self._judged() if problem)

    def problems(self) -> tuple[tuple[str, str], ...]:
        """Input of a line and a sentence, for lines that are left out or do not fall into the horizon."""
        late = "It begins after the last month that is counted."
        sentences = [
            (line.input, problem or (late if line.starts_month >= self.horizon_months else "")) for line, problem in self._judged()
        ]
        return tuple((name, sentence) for name, sentence in sentences if sentence)

    def _judged(self) -> list[tuple[Line, str]]:
        """Every line with why it cannot be counted, which may be that an input of it is two things at once."""
        lines = Counter(line.input for line in self.lines)
        meanings: dict[str, set[Range]] = {}
        for line in self.lines:
            for factor in line.driver:
                meanings.setdefault(factor.id, set()).add(factor.range)
        unclear = {name for name, count in lines.items() if count > 1 or name in meanings}
        unclear |= {name for name, ranges in meanings.items() if len(ranges) > 1}
        shared = "Its id stands for two different figures, so neither is counted."
        return [
            (line, line.problem() or (shared if unclear & {line.input, *(factor.id for factor in line.driver)} else ""))
            for line in self.lines
        ]

    @property
    def alternatives(self) -> tuple[str, ...]:
        """The alternatives that lines belong to, sorted."""
        return tuple(sorted({line.alternative for line in self.lines}))

    def of(self, alternative: str) -> Projection:
        """The lines of one alternative."""
        return replace(self, lines=tuple(line for line in self.lines if line.alternative == alternative))

    @property
    def discounts(self) -> Array:
        """What one unit of money in each month is worth at the start."""
        return np.asarray((1 + self.yearly_discount_rate) ** (-np.arange(self.horizon_months) / 12), dtype=np.float64)


# The likely case


@dataclass(frozen=True)
class LineCase:
    """A line at likely values, benefits above and costs below zero.

    Attributes:
        amount: amount times driver per period.
        total: over all months.
        present: the total, discounted.
    """

    line: Line
    amount: float
    total: float
    present: float


@dataclass(frozen=True)
class Year:
    """Twelve months of the likely case, fewer at the end of a horizon that is no whole number of years."""

    benefits: float
    costs: float
    net: float
    present: float
    balance: float


@dataclass(frozen=True, kw_only=True)
class LikelyCase:
    """What comes out when every range is at its likely value.

    Attributes:
        cash: net, per month.
        returns: internal rates of return per year; there may be none or several.
        payback_months: None when the money is not back within the horizon.
        roi: net over costs, neither discounted; None without costs.
        guesses: share of the value that rests on guesses: the present values of the lines, summed without their signs, of
            which this share stands in lines whose amount or driver is a guess or has no evidence stated. None without value.
    """

    lines: tuple[LineCase, ...]
    years: tuple[Year, ...]
    cash: tuple[float, ...]
    benefits: float
    costs: float
    npv: float
    returns: tuple[float, ...]
    payback_months: float | None
    roi: float | None
    guesses: float | None
    left_out: tuple[str, ...]

    @property
    def rests_on_guesses(self) -> bool:
        """Whether all benefits are guesses, or all costs where there is no benefit: then no figure of the result is known."""
        has_benefit = any(case.line.kind is Flow.BENEFIT for case in self.lines)
        return self.is_guessed(Flow.BENEFIT if has_benefit else Flow.COST)

    def is_guessed(self, kind: Flow) -> bool:
        """Whether there are lines of this kind and all of them are guesses."""
        lines = [case.line for case in self.lines if case.line.kind is kind]
        return bool(lines) and all(line.is_guess for line in lines)

    @property
    def irr(self) -> float | None:
        """The internal rate of return per year, if there is exactly one."""
        return self.returns[0] if len(self.returns) == 1 else None


@lru_cache(maxsize=256)
def likely(plan: Projection) -> LikelyCase:
    """Work the plan out at likely values, by formulas that a worksheet can repeat.

    With months t = 0, 1, ... below the horizon, and k = t - starts_month + 1 the month of the line's own:

    - cash of a line in month t = sign * amount * driver * weight;
    - weight, per month = min(1, k / max(1, ramp_months)) for 1 <= k <= lasts_months, else 0; per year = a twelfth of it;
      once = 1 / max(1, lasts_months) for 1 <= k <= max(1, lasts_months), else 0 (no duration counts as 1);
    - present value = sum of cash / (1 + rate)^(t / 12);
    - payback = m + 2 - after / (after - before) with m the last month whose running total `before` is below zero and
      `after` the one that follows: m + 1 months are over when it is still owed;
    - return on investment = sum of cash / sum of costs.

    Raises:
        CalculationError: the horizon or the rate is out of bounds.
    """
    refuse(plan)
    lines = plan.counted
    horizon = plan.horizon_months
    weights, discounts = monthly_weights(lines, horizon), plan.discounts
    amounts = np.array([line.sign * line.likely for line in lines])
    totals, presents = amounts * weights.sum(axis=1), amounts * (weights @ discounts)
    is_benefit = np.array([line.kind is Flow.BENEFIT for line in lines], dtype=bool)
    flows = amounts[:, None] * weights
    benefits, costs = flows[is_benefit].sum(axis=0), flows[~is_benefit].sum(axis=0)
    cash = benefits + costs
    spent = -float(costs.sum())
    worth = float(np.abs(presents).sum())
    guessed = float(np.abs(presents[[line.is_guess for line in lines]]).sum()) if lines else 0.0
    return LikelyCase(
        lines=tuple(
            LineCase(line, float(a), float(t), float(p)) for line, a, t, p in zip(lines, amounts, totals, presents, strict=True)
        ),
        years=_years(benefits, costs, discounts),
        cash=tuple(cash.tolist()),
        benefits=float(benefits.sum()),
        costs=spent,
        npv=float(presents.sum()),
        returns=tuple(math.expm1(12 * math.log1p(rate)) for rate in returns(cash) if math.log1p(rate) < 50),
        payback_months=_since_first_day(payback(cash)),
        roi=float(cash.sum()) / spent if spent > 0 else None,
        guesses=guessed / worth if worth else None,
        left_out=tuple(line.input for line in plan.left_out),
    )


def _since_first_day(periods: float | None) -> float | None:
    """Months that have passed when the money is back: month 0 is not "now" as the first period of a cash flow, but lasts one."""
    return periods + 1 if periods else periods


def refuse(plan: Projection) -> None:
    """Refuse a plan of which nothing at all can be worked out.

    Raises:
        CalculationError: the horizon or the rate is out of bounds.
    """
    if problem := plan.problem():
        raise CalculationError(problem)


def monthly_weights(lines: Sequence[Line], horizon_months: int) -> Array:
    """How much of each line's amount falls due in each month: a row per line, a column per month."""
    return np.array([line.weights(horizon_months) for line in lines]).reshape(len(lines), horizon_months)


def _years(benefits: Array, costs: Array, discounts: Array) -> tuple[Year, ...]:
    result = []
    balance = 0.0
    for start in range(0, len(benefits), 12):
        months = slice(start, start + 12)
        gained, spent = float(benefits[months].sum()), -float(costs[months].sum())
        balance += gained - spent
        present = float((benefits[months] + costs[months]) @ discounts[months])
        result.append(Year(gained, spent, gained - spent, present, balance))
    return tuple(result)
