"""How long the value simulation takes, beside the least that plain numpy needs for the same draws and sums."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from scoping.numbers.ranges import Range
from scoping.numbers.shapes import Shape
from scoping.value.ladder import Rung, implied, resolve
from scoping.value.money import Flow, Frequency, Line, Projection
from scoping.value.simulation import simulate

DRAWS = 100_000
RUNGS = 8
LINES = 40
MONTHS = 36
_REPEATS = 3


def figures() -> dict[str, tuple[float, float]]:
    """Seconds for 100,000 draws over a ladder of 8 rungs and 40 cash-flow lines: ours, and plain numpy, the fastest of a few runs."""
    rungs = [Rung(id=f"r{i}", order=i, current=100.0, link=Range(0.5, 1.0, 2.0)) for i in range(RUNGS)]
    ladder = resolve(rungs)
    shapes = (Shape.PERT, Shape.TRIANGULAR, Shape.UNIFORM, Shape.LOGNORMAL)
    lines = [
        Line(
            id=f"l{i}",
            kind=Flow.BENEFIT if i % 2 else Flow.COST,
            amount=Range(50.0, 100.0, 200.0, shapes[i % len(shapes)]),
            every=Frequency.MONTH,
            starts_month=i % 12,
            ramp_months=i % 7,
            driver=ladder.path("r0", f"r{i % RUNGS}").factors if i % 2 else (),
            evidence="estimate",
        )
        for i in range(LINES)
    ]
    plan = Projection(tuple(lines), MONTHS, 0.08)

    def ours() -> None:
        implied(ladder, "r0", 101.0, DRAWS)
        simulate(plan, DRAWS)

    return {f"{DRAWS:,} draws, {RUNGS} rungs, {LINES} lines": (_fastest(ours), _fastest(floor))}


def floor() -> tuple[float, ...]:
    """Draw as many independent numbers, multiply the links, sum the lines and take the percentiles, and nothing else."""
    chance = np.random.default_rng(1)
    links = chance.triangular(0.5, 1.0, 2.0, (RUNGS - 1, DRAWS))
    amounts = chance.triangular(50.0, 100.0, 200.0, (LINES, DRAWS))
    reached = np.cumprod(links, axis=0)
    for i in range(1, LINES, 2):
        if i % RUNGS:
            amounts[i] *= reached[i % RUNGS - 1]
    signs = np.where(np.arange(LINES) % 2, 1.0, -1.0)
    values = (signs * MONTHS) @ amounts
    return float(values.mean()), float(np.mean(values < 0)), *(float(v) for v in np.quantile(values, (0.1, 0.5, 0.9)))


def _fastest(run: Callable[[], object]) -> float:
    seconds = []
    for _ in range(_REPEATS):
        began = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - began)
    return min(seconds)
