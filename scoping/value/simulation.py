"""Draws of a whole plan: what it is worth with what chance, what moves that, and what would be worth knowing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from scoping.numbers.ranges import DRAWS, Array, Input, Spread, draws, product
from scoping.value.cash import paybacks
from scoping.value.money import NOTHING, Line, Projection, likely, monthly_weights, refuse

_BINS = 40

_AT_ONCE = 8192
"""Draws whose months are in memory at the same time."""


# The simulation


@dataclass(frozen=True)
class Bin:
    """A bar of a histogram: the share of the draws between two amounts."""

    start: float
    end: float
    share: float


@dataclass(frozen=True, kw_only=True)
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
    """

    p10: float | None
    p50: float | None
    p90: float | None
    never: float


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """What the ranges say about the plan as a whole.

    Attributes:
        loss: probability that the net present value is below zero.
        swings: the tornado, widest first.
        perfect_knowledge: what it would be worth to know everything before deciding (go or do nothing); None when a value has
            no expected one.
        knowing: the same for one input at a time, most valuable first; empty then.
        guesses: share of the value that rests on guesses (see `LikelyCase`).
        left_out: inputs of the lines that could not be counted.
    """

    n: int
    seed: int
    npv: Spread
    loss: float
    payback: Payback
    histogram: tuple[Bin, ...]
    swings: tuple[Swing, ...]
    perfect_knowledge: float | None
    knowing: tuple[Knowing, ...]
    guesses: float | None
    left_out: tuple[str, ...]


def simulate(plan: Projection, n: int = DRAWS, seed: int = 1) -> Simulation:
    """Draw the plan `n` times. All its lines count: ask for one alternative at a time (`Projection.of`).

    Raises:
        CalculationError: the horizon or the rate is out of bounds.
    """
    case = likely(plan)
    lines = plan.counted
    inputs = _inputs(lines)
    drawn = draws(inputs, n, seed)
    weights = monthly_weights(lines, plan.horizon_months)
    presents = weights @ plan.discounts
    amounts = _amounts(lines, drawn, n)
    values = presents @ amounts
    spread = _spread_of(values, lines, presents)
    perfect, knowing = (None, ()) if spread.mean is None else _worth_knowing(values, spread.mean, lines, inputs, drawn)
    return Simulation(
        n=n,
        seed=seed,
        npv=spread,
        loss=float(np.mean(values < 0)),
        payback=_payback(amounts, weights),
        histogram=_histogram(values),
        swings=_tornado(lines, inputs, presents),
        perfect_knowledge=perfect,
        knowing=knowing,
        guesses=case.guesses,
        left_out=case.left_out,
    )


@dataclass(frozen=True)
class Outlook:
    """What is needed of a plan to add it up with others.

    Attributes:
        loss: probability that the net present value is below zero.
        variance, third: second and third central moment of the draws; the outermost half per cent on each side counts as its edge,
            or a single draw of an open tail would decide.
    """

    npv: Spread
    loss: float
    variance: float
    third: float


def outlook(plan: Projection, n: int = DRAWS, seed: int = 1) -> Outlook:
    """The net present value and its probability of a loss as `simulate` finds them, without all the rest.

    Raises:
        CalculationError: the horizon or the rate is out of bounds.
    """
    refuse(plan)
    lines = plan.counted
    presents = monthly_weights(lines, plan.horizon_months) @ plan.discounts
    values = presents @ _amounts(lines, draws(_inputs(lines), n, seed), n)
    off = np.clip(values, *np.quantile(values, _EDGES))
    off -= off.mean()
    loss = float(np.mean(values < 0))
    return Outlook(_spread_of(values, lines, presents), loss, float(np.mean(off**2)), float(np.mean(off**3)))


_EDGES = (0.005, 0.995)


def _spread_of(values: Array, lines: Sequence[Line], presents: Array) -> Spread:
    """The net present value of the draws. One line that counts without an expected value leaves the sum without one."""
    counts = zip(lines, presents.tolist(), strict=True)
    return Spread.of(values, has_mean=all(line.has_mean for line, present in counts if present))


def _inputs(lines: Sequence[Line]) -> dict[str, Input]:
    """Every uncertain number of the lines, each once."""
    inputs = {line.input: Input(line.amount, line.group, line.loading) for line in lines if line.amount is not None}
    for line in lines:
        inputs |= {factor.id: Input(factor.range) for factor in line.driver}
    return dict(sorted(inputs.items()))


def _names_of(lines: Sequence[Line]) -> dict[str, str]:
    return {line.input: line.name for line in lines} | {factor.id: factor.name for line in lines for factor in line.driver}


def _amounts(lines: Sequence[Line], drawn: Mapping[str, Array], n: int) -> Array:
    """Signed amount times driver of every line (rows) in every draw (columns)."""
    amounts = np.empty((len(lines), n))
    for row, line in zip(amounts, lines, strict=True):
        np.multiply(drawn[line.input], line.sign * product(line.driver, drawn), out=row)
    return amounts


def _payback(amounts: Array, weights: Array) -> Payback:
    n = amounts.shape[1]
    running = np.cumsum(weights, axis=1)
    months = np.concatenate([paybacks(amounts[:, at : at + _AT_ONCE].T @ running) for at in range(0, n, _AT_ONCE)])
    months = np.where(months > 0, months + 1, 0.0)
    p10, p50, p90 = (float(m) if math.isfinite(m) else None for m in np.quantile(months, (0.1, 0.5, 0.9), method="inverted_cdf"))
    return Payback(p10, p50, p90, float(1 - np.isfinite(months).mean()))


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
    moving = [name for name, drawn_input in inputs.items() if not drawn_input.range.is_constant]
    ends = {name: inputs[name].range.quantile((0.1, 0.9)) for name in moving}
    cases = {name: np.full(2 * len(moving), drawn_input.range.likely) for name, drawn_input in inputs.items()}
    for i, name in enumerate(moving):
        cases[name][2 * i : 2 * i + 2] = ends[name]
    values = presents @ _amounts(lines, cases, 2 * len(moving))
    names = _names_of(lines)
    swings = [
        Swing(
            input=name,
            name=names[name],
            low=float(ends[name][0]),
            high=float(ends[name][1]),
            npv_low=float(values[2 * i]),
            npv_high=float(values[2 * i + 1]),
        )
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
    for name, drawn_input in inputs.items():
        if drawn_input.range.is_constant:
            continue
        basis = ([drawn[name]] if name in multiplies else []) + ([1 / drawn[name]] if name in divides else [])
        if drawn_input.group and drawn_input.loading:
            basis += [basis[0] ** 2, basis[0] ** 3]
        yield name, basis


def _worth_knowing(
    values: Array, mean: float, lines: Sequence[Line], inputs: Mapping[str, Input], drawn: Mapping[str, Array]
) -> tuple[float, tuple[Knowing, ...]]:
    """What it is worth to know everything before deciding, and each input alone, most valuable first."""
    decided, names = max(0.0, mean), _names_of(lines)
    perfect = max(0.0, float(np.maximum(values, 0).mean()) - decided)
    knowing = [
        Knowing(name, names[name], min(perfect, _worth_of_knowing(values, basis, decided)))
        for name, basis in _bases(lines, inputs, drawn)
    ]
    return perfect, tuple(sorted(knowing, key=lambda k: (-k.worth, k.input)))


def _worth_of_knowing(values: Array, basis: list[Array], decided: float) -> float:
    """How much better the decision becomes on average when it may depend on the expected value given the input."""
    rows = np.stack([(row - row.mean()) / (row.std() or 1.0) for row in basis])
    mean = float(values.mean())
    # Threads of a matrix library cost more here than they save.
    slopes = np.linalg.lstsq(np.einsum("in,jn->ij", rows, rows), np.einsum("in,n->i", rows, values - mean), rcond=None)[0]
    expected = mean + np.einsum("i,in->n", slopes, rows)
    return max(0.0, float(np.maximum(expected, 0).mean()) - decided)


# Over time


@dataclass(frozen=True)
class LineSpread:
    """What one line brings or costs over all months, discounted and without a sign."""

    line: Line
    likely: float
    spread: Spread


@dataclass(frozen=True)
class Fan:
    """The money that is out or in by the end of each month, discounted, so that it ends where the net present value is.

    The first entry is the first day.

    Attributes:
        low, high: between them lie 8 of 10 draws.
        likely: at likely values.
        lines: each line over all months, largest first, benefits before costs.
    """

    low: tuple[float, ...]
    likely: tuple[float, ...]
    high: tuple[float, ...]
    lines: tuple[LineSpread, ...]


def fan(plan: Projection, n: int = DRAWS, seed: int = 1) -> Fan:
    """How the balance of a plan spreads over its months, and what each line adds to it.

    Raises:
        CalculationError: the horizon or the rate is out of bounds.
    """
    case, lines = likely(plan), plan.counted
    weights = monthly_weights(lines, plan.horizon_months) * plan.discounts
    amounts = _amounts(lines, draws(_inputs(lines), n, seed), n)
    ends = np.array([np.quantile(month @ amounts, (0.1, 0.9)) for month in np.cumsum(weights, axis=1).T]).reshape(-1, 2)
    spent = [
        LineSpread(line, abs(one.present), Spread.of(line.sign * row * months, has_mean=line.has_mean))
        for line, one, row, months in zip(lines, case.lines, amounts, weights.sum(axis=1).tolist(), strict=True)
    ]
    return Fan(
        low=(0.0, *ends[:, 0].tolist()),
        likely=(0.0, *np.cumsum(np.array(case.cash) * plan.discounts).tolist()),
        high=(0.0, *ends[:, 1].tolist()),
        lines=tuple(sorted(spent, key=lambda one: (-one.line.sign, -one.likely, one.line.id))),
    )


# Alternatives


@dataclass(frozen=True, kw_only=True)
class Alternative:
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


def compare(plan: Projection, n: int = DRAWS, seed: int = 1) -> tuple[Alternative, ...]:
    """Put all alternatives of a plan and doing nothing beside each other, highest expected value first (the median where there is none).

    What two alternatives share, such as a rung's link, has the same value in both in every draw.

    Raises:
        CalculationError: the horizon or the rate is out of bounds.
    """
    refuse(plan)
    drawn = draws(_inputs(plan.counted), n, seed)
    plans = {name: plan.of(name) for name in sorted({*plan.alternatives, NOTHING})}
    values, spreads = {}, {}
    for name, alternative in plans.items():
        lines = alternative.counted
        presents = monthly_weights(lines, alternative.horizon_months) @ alternative.discounts
        values[name] = presents @ _amounts(lines, drawn, n)
        spreads[name] = _spread_of(values[name], lines, presents)
    beats: dict[str, dict[str, float]] = {name: {} for name in plans}
    for one_name, other in permutations(plans, 2):
        beats[one_name][other] = float(np.mean(values[one_name] > values[other]))
    every: Array = np.stack(list(values.values()))
    alone = (every == every.max(axis=0)).sum(axis=0) == 1
    outlooks = [
        Alternative(
            alternative=name,
            npv=spreads[name],
            loss=float(np.mean(values[name] < 0)),
            best=float(np.mean(alone & (values[name] == every.max(axis=0)))),
            beats=beats[name],
            left_out=tuple(line.input for line in plans[name].left_out),
        )
        for name in plans
    ]
    return tuple(sorted(outlooks, key=lambda o: (-o.npv.centre, o.alternative)))
