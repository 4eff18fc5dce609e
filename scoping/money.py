"""Money: what a project brings and costs over the years, at likely values and by simulation."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import permutations

import numpy as np

from scoping.errors import CalculationError
from scoping.ranges import DRAWS, Array, Factor, Input, Range, Spread, draws, likely_product, product
from scoping.section import short

LONGEST_MONTHS = 1200
NOTHING = "nothing"
"""The alternative that is always there: do nothing, worth 0 unless lines say otherwise."""
_BINS = 40
_AT_ONCE = 8192
"""Draws whose months are in memory at the same time."""


class Kind(StrEnum):
    """Which way the money goes."""

    BENEFIT = "benefit"
    COST = "cost"


class Every(StrEnum):
    """How often an amount falls due. A yearly amount is earned or spent evenly, one twelfth each month."""

    ONCE = "once"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
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
    kind: Kind
    amount: Range | None
    every: Every = Every.ONCE
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
        return 1 if self.kind is Kind.BENEFIT else -1

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
    def _likely_driver(self) -> float:
        return likely_product(self.driver)

    @property
    def likely(self) -> float:
        """Amount times driver per period, at likely values and without a sign."""
        return 0.0 if self.amount is None else self.amount.likely * self._likely_driver

    def weights(self, horizon_months: int) -> Array:
        """How much of the amount falls due in each month of the plan."""
        age = np.arange(horizon_months) - self.starts_month
        if self.every is Every.ONCE:
            months = max(1, self.lasts_months or 1)
            return np.where((age >= 0) & (age < months), 1 / months, 0.0)
        lasts = math.inf if self.lasts_months is None else self.lasts_months
        full = np.minimum(1.0, (age + 1) / max(1, self.ramp_months)) / (12 if self.every is Every.YEAR else 1)
        return np.where((age >= 0) & (age < lasts), full, 0.0)


@dataclass(frozen=True)
class Plan:
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
        found = [
            (line.input, problem or (late if line.starts_month >= self.horizon_months else "")) for line, problem in self._judged()
        ]
        return tuple((name, sentence) for name, sentence in found if sentence)

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

    def of(self, alternative: str) -> Plan:
        """The lines of one alternative."""
        return replace(self, lines=tuple(line for line in self.lines if line.alternative == alternative))

    @property
    def discounts(self) -> Array:
        """What one unit of money in each month is worth at the start."""
        return np.asarray((1 + self.yearly_discount_rate) ** (-np.arange(self.horizon_months) / 12), dtype=np.float64)


# Single cash flows


def npv(cash: Sequence[float] | Array, rate: float) -> float:
    """Net present value of one amount per period, the first one now."""
    flows = np.asarray(cash, dtype=np.float64)
    return float(flows @ (1 + rate) ** -np.arange(len(flows), dtype=np.float64))


def returns(cash: Sequence[float] | Array) -> tuple[float, ...]:
    """Every rate per period at which the net present value is zero, ascending.

    There is none when money flows one way only, and there may be several when it changes direction more than once:
    then no single one of them is "the" return, and the net present value has to decide.
    """
    # Empty periods at the ends move no root, and would make the others vanish beside the scale.
    flows = np.trim_zeros(np.asarray(cash, dtype=np.float64))
    signs = np.sign(flows[flows != 0])
    turns = int(np.count_nonzero(np.diff(signs)))
    if turns == 0:
        return ()
    # Logarithms of 1 + rate. With one change of direction there is exactly one root, however far out.
    ends = np.linspace(-30.0, 30.0, 2 if turns == 1 else 6001)
    value = np.array([_scaled_npv(flows, x) for x in ends])
    found = []
    for left, right in zip(np.flatnonzero(value[:-1] * value[1:] < 0), ends[1:][value[:-1] * value[1:] < 0], strict=True):
        found.append(_root(flows, float(ends[left]), float(right)))
    found += [float(x) for x in ends[value == 0]]
    return tuple(math.expm1(x) for x in sorted(found))


def _scaled_npv(flows: Array, x: float) -> float:
    """The net present value at rate exp(x) - 1, up to a positive factor that keeps it from overflowing."""
    periods = np.arange(len(flows))
    return float(flows @ np.exp(-x * periods - max(0.0, -x * (len(flows) - 1))))


def _root(flows: Array, low: float, high: float) -> float:
    rising = _scaled_npv(flows, high) > 0
    while (middle := (low + high) / 2) not in (low, high):
        if (_scaled_npv(flows, middle) > 0) == rising:
            high = middle
        else:
            low = middle
    return high


def irr(cash: Sequence[float] | Array) -> float | None:
    """Internal rate of return per period; None when there is none, or more than one (`returns` tells which)."""
    found = returns(cash)
    return found[0] if len(found) == 1 else None


def payback(cash: Sequence[float] | Array, rate: float = 0.0) -> float | None:
    """Periods until the money is back for good, discounted by `rate`; None when that is not within the periods given.

    A period's money is taken to arrive evenly during it. 0 when nothing is ever owed.
    """
    flows = np.asarray(cash, dtype=np.float64) * (1 + rate) ** -np.arange(len(cash), dtype=np.float64)
    periods = float(_paybacks(np.cumsum(flows)[None, :])[0])
    return periods if math.isfinite(periods) else None


def _paybacks(balance: Array) -> Array:
    """Periods until each row of running totals is at zero or above for good; infinite when it is not."""
    draws_, months = balance.shape
    if not months:
        return np.zeros(draws_)
    # What is owed by no more than rounding is not owed.
    owes = balance < -1e-12 * np.abs(balance).max(axis=1, keepdims=True)
    last = months - 1 - np.argmax(owes[:, ::-1], axis=1)
    result = np.where(owes.any(axis=1), np.inf, 0.0)
    rows = np.flatnonzero(owes.any(axis=1) & (last < months - 1))
    before, after = balance[rows, last[rows]], balance[rows, last[rows] + 1]
    result[rows] = last[rows] + before / (before - after)
    return result


def roi(cash: Sequence[float] | Array) -> float | None:
    """All the money, net, over all the money that was put in; None when none was put in."""
    flows = np.asarray(cash, dtype=np.float64)
    spent = -float(flows[flows < 0].sum())
    return float(flows.sum()) / spent if spent else None


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


@dataclass(frozen=True)
class Case:
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
    discounted_payback_months: float | None
    roi: float | None
    guesses: float | None
    left_out: tuple[str, ...]

    @property
    def irr(self) -> float | None:
        """The internal rate of return per year, if there is exactly one."""
        return self.returns[0] if len(self.returns) == 1 else None


def likely(plan: Plan) -> Case:
    """Work the plan out at likely values, by formulas that a worksheet can repeat.

    With months t = 0, 1, ... below the horizon, and k = t - starts_month + 1 the month of the line's own:

    - cash of a line in month t = sign * amount * driver * weight;
    - weight, per month = min(1, k / max(1, ramp_months)) for 1 <= k <= lasts_months, else 0; per year = a twelfth of it;
      once = 1 / max(1, lasts_months) for 1 <= k <= max(1, lasts_months), else 0 (no duration counts as 1);
    - present value = sum of cash / (1 + rate)^(t / 12);
    - payback = m + 1 - after / (after - before) with m the last month whose running total `before` is below zero and
      `after` the one that follows;
    - return on investment = sum of cash / sum of costs.

    Raises:
        CalculationError: the horizon or the rate is out of bounds.
    """
    _refuse(plan)
    lines = plan.counted
    horizon = plan.horizon_months
    weights, discounts = _weights(lines, horizon), plan.discounts
    amounts = np.array([line.sign * line.likely for line in lines])
    totals, presents = amounts * weights.sum(axis=1), amounts * (weights @ discounts)
    is_benefit = np.array([line.kind is Kind.BENEFIT for line in lines], dtype=bool)
    flows = amounts[:, None] * weights
    benefits, costs = flows[is_benefit].sum(axis=0), flows[~is_benefit].sum(axis=0)
    cash = benefits + costs
    spent = -float(costs.sum())
    worth = float(np.abs(presents).sum())
    guessed = float(np.abs(presents[[line.is_guess for line in lines]]).sum()) if lines else 0.0
    monthly_rate = math.expm1(math.log1p(plan.yearly_discount_rate) / 12)
    return Case(
        lines=tuple(
            LineCase(line, float(a), float(t), float(p)) for line, a, t, p in zip(lines, amounts, totals, presents, strict=True)
        ),
        years=_years(benefits, costs, discounts),
        cash=tuple(cash.tolist()),
        benefits=float(benefits.sum()),
        costs=spent,
        npv=float(presents.sum()),
        returns=tuple(math.expm1(12 * math.log1p(rate)) for rate in returns(cash) if math.log1p(rate) < 50),
        payback_months=payback(cash),
        discounted_payback_months=payback(cash, monthly_rate),
        roi=float(cash.sum()) / spent if spent > 0 else None,
        guesses=guessed / worth if worth else None,
        left_out=tuple(line.input for line in plan.left_out),
    )


def _refuse(plan: Plan) -> None:
    if problem := plan.problem():
        raise CalculationError(problem)


def _weights(lines: Sequence[Line], horizon_months: int) -> Array:
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


# The simulation


@dataclass(frozen=True)
class Bin:
    """A bar of a histogram: the share of the draws between two amounts."""

    start: float
    end: float
    share: float


@dataclass(frozen=True)
class Swing:
    """How far one input alone moves the net present value, the others at their likely values.

    Attributes:
        low, high: the input at its 10 % and 90 % point.
        npv_low, npv_high: the net present value there.
    """

    input: str
    name: str
    low: float
    high: float
    npv_low: float
    npv_high: float

    @property
    def width(self) -> float:
        return abs(self.npv_high - self.npv_low)

    @property
    def flips(self) -> bool:
        """Whether the input alone decides between gain and loss."""
        return min(self.npv_low, self.npv_high) < 0 < max(self.npv_low, self.npv_high)


@dataclass(frozen=True)
class Knowing:
    """What it would be worth to know one input before deciding; 0 when no value of it could change the decision."""

    input: str
    name: str
    worth: float


@dataclass(frozen=True)
class Payback:
    """When the money is back: months, None where the share of draws that never pay back reaches that far.

    Attributes:
        never: share of the draws that do not pay back within the horizon.
        by_month: share of the draws that have paid back after 0, 1, 2, ... months.
    """

    p10: float | None
    p50: float | None
    p90: float | None
    never: float
    by_month: tuple[float, ...]


@dataclass(frozen=True)
class Simulation:
    """What the ranges say about the plan as a whole.

    Attributes:
        loss: probability that the net present value is below zero.
        swings: the tornado, widest first.
        perfect_knowledge: what it would be worth to know everything before deciding (go or do nothing).
        knowing: the same for one input at a time, most valuable first.
        guesses: share of the value that rests on guesses (see `Case`).
        left_out: inputs of the lines that could not be counted.
    """

    n: int
    seed: int
    npv: Spread
    loss: float
    payback: Payback
    histogram: tuple[Bin, ...]
    swings: tuple[Swing, ...]
    perfect_knowledge: float
    knowing: tuple[Knowing, ...]
    guesses: float | None
    left_out: tuple[str, ...]


def simulate(plan: Plan, n: int = DRAWS, seed: int = 1) -> Simulation:
    """Draw the plan `n` times. All its lines count: ask for one alternative at a time (`Plan.of`).

    Raises:
        CalculationError: the horizon or the rate is out of bounds.
    """
    case = likely(plan)
    lines = plan.counted
    inputs = _inputs(lines)
    drawn = draws(inputs, n, seed)
    weights = _weights(lines, plan.horizon_months)
    presents = weights @ plan.discounts
    amounts = _amounts(lines, drawn, n)
    values = presents @ amounts
    decided = max(0.0, float(values.mean()))
    perfect = max(0.0, float(np.maximum(values, 0).mean()) - decided)
    names = _names(lines)
    knowing = [
        Knowing(name, names[name], min(perfect, _worth_of_knowing(values, basis, decided)))
        for name, basis in _bases(lines, inputs, drawn)
    ]
    return Simulation(
        n=n,
        seed=seed,
        npv=Spread.of(values),
        loss=float(np.mean(values < 0)),
        payback=_payback(amounts, weights),
        histogram=_histogram(values),
        swings=_tornado(lines, inputs, presents),
        perfect_knowledge=perfect,
        knowing=tuple(sorted(knowing, key=lambda k: (-k.worth, k.input))),
        guesses=case.guesses,
        left_out=case.left_out,
    )


def _inputs(lines: Sequence[Line]) -> dict[str, Input]:
    """Every uncertain number of the lines, each once."""
    inputs = {line.input: Input(line.amount, line.group, line.loading) for line in lines if line.amount is not None}
    for line in lines:
        inputs |= {factor.id: Input(factor.range) for factor in line.driver}
    return dict(sorted(inputs.items()))


def _names(lines: Sequence[Line]) -> dict[str, str]:
    return {line.input: line.name for line in lines} | {factor.id: factor.name for line in lines for factor in line.driver}


def _amounts(lines: Sequence[Line], drawn: Mapping[str, Array], n: int) -> Array:
    """Signed amount times driver of every line (rows) in every draw (columns)."""
    amounts = np.empty((len(lines), n))
    for row, line in zip(amounts, lines, strict=True):
        np.multiply(drawn[line.input], line.sign * product(line.driver, drawn), out=row)
    return amounts


def _payback(amounts: Array, weights: Array) -> Payback:
    n, horizon = amounts.shape[1], weights.shape[1]
    running = np.cumsum(weights, axis=1)
    months = np.concatenate([_paybacks(amounts[:, at : at + _AT_ONCE].T @ running) for at in range(0, n, _AT_ONCE)])
    back = np.isfinite(months)
    counts = np.bincount(np.ceil(months[back]).astype(np.intp), minlength=horizon + 1)
    p10, p50, p90 = (float(m) if math.isfinite(m) else None for m in np.quantile(months, (0.1, 0.5, 0.9), method="inverted_cdf"))
    return Payback(p10, p50, p90, float(1 - back.mean()), tuple((np.cumsum(counts) / n).tolist()))


def _histogram(values: Array) -> tuple[Bin, ...]:
    """Bars of equal width, one of them beginning at zero; the outermost half per cent on each side is in the end bars."""
    low, high = (float(v) for v in np.quantile(values, (0.005, 0.995)))
    width = (high - low) / _BINS
    if width <= 1e-12 * max(abs(low), abs(high), 1e-300):
        return (Bin(low, high, 1.0),)
    first, last = math.floor(low / width), math.ceil(high / width)
    bars = np.clip(np.floor(values / width), first, last - 1).astype(np.intp) - first
    shares = np.bincount(bars, minlength=last - first) / len(values)
    return tuple(Bin((first + i) * width, (first + i + 1) * width, float(share)) for i, share in enumerate(shares))


def _tornado(lines: Sequence[Line], inputs: Mapping[str, Input], presents: Array) -> tuple[Swing, ...]:
    moving = [name for name, one in inputs.items() if not one.range.is_constant]
    ends = {name: inputs[name].range.quantile((0.1, 0.9)) for name in moving}
    cases = {name: np.full(2 * len(moving), one.range.likely) for name, one in inputs.items()}
    for i, name in enumerate(moving):
        cases[name][2 * i : 2 * i + 2] = ends[name]
    values = presents @ _amounts(lines, cases, 2 * len(moving))
    names = _names(lines)
    swings = [
        Swing(name, names[name], float(ends[name][0]), float(ends[name][1]), float(values[2 * i]), float(values[2 * i + 1]))
        for i, name in enumerate(moving)
    ]
    return tuple(sorted(swings, key=lambda s: (-s.width, s.input)))


def _bases(lines: Sequence[Line], inputs: Mapping[str, Input], drawn: Mapping[str, Array]) -> Iterable[tuple[str, list[Array]]]:
    """Per uncertain input, what the expected value is a sum of when the input is known.

    Values are sums of products, so an input that moves alone enters as it is, or as its inverse where it divides. What
    moves with others says something about them too, along a curve.
    """
    divides = {factor.id for line in lines for factor in line.driver if factor.divides}
    multiplies = {line.input for line in lines} | {f.id for line in lines for f in line.driver if not f.divides}
    for name, one in inputs.items():
        if one.range.is_constant:
            continue
        basis = ([drawn[name]] if name in multiplies else []) + ([1 / drawn[name]] if name in divides else [])
        if one.group and one.loading:
            basis += [basis[0] ** 2, basis[0] ** 3]
        yield name, basis


def _worth_of_knowing(values: Array, basis: list[Array], decided: float) -> float:
    """How much better the decision becomes on average when it may depend on the expected value given the input."""
    rows = np.stack([(row - row.mean()) / (row.std() or 1.0) for row in basis])
    mean = float(values.mean())
    # Threads of a matrix library cost more here than they save.
    slopes = np.linalg.lstsq(np.einsum("in,jn->ij", rows, rows), np.einsum("in,n->i", rows, values - mean), rcond=None)[0]
    expected = mean + np.einsum("i,in->n", slopes, rows)
    return max(0.0, float(np.maximum(expected, 0).mean()) - decided)


# Alternatives


@dataclass(frozen=True)
class Outlook:
    """One alternative beside the others.

    Attributes:
        best: probability that it has the highest net present value of all; a tie is nobody's.
        beats: probability that it beats each other alternative, by name.
    """

    alternative: str
    npv: Spread
    loss: float
    best: float
    beats: Mapping[str, float]
    left_out: tuple[str, ...]


def compare(plan: Plan, n: int = DRAWS, seed: int = 1) -> tuple[Outlook, ...]:
    """Put all alternatives of a plan and doing nothing beside each other, highest expected value first.

    What two alternatives share, such as a rung's link, has the same value in both in every draw.

    Raises:
        CalculationError: the horizon or the rate is out of bounds.
    """
    _refuse(plan)
    drawn = draws(_inputs(plan.counted), n, seed)
    plans = {name: plan.of(name) for name in sorted({*plan.alternatives, NOTHING})}
    values = {}
    for name, one in plans.items():
        lines = one.counted
        values[name] = (_weights(lines, one.horizon_months) @ one.discounts) @ _amounts(lines, drawn, n)
    beats: dict[str, dict[str, float]] = {name: {} for name in plans}
    for one_name, other in permutations(plans, 2):
        beats[one_name][other] = float(np.mean(values[one_name] > values[other]))
    every: Array = np.stack(list(values.values()))
    alone = (every == every.max(axis=0)).sum(axis=0) == 1
    outlooks = [
        Outlook(
            alternative=name,
            npv=Spread.of(values[name]),
            loss=float(np.mean(values[name] < 0)),
            best=float(np.mean(alone & (values[name] == every.max(axis=0)))),
            beats=beats[name],
            left_out=tuple(line.input for line in plans[name].left_out),
        )
        for name in plans
    ]
    return tuple(sorted(outlooks, key=lambda o: (-o.npv.mean, o.alternative)))
