"""How long 20,000 simulations of 60 linked milestones take, beside plain numpy that draws and adds up the same plan.

`python -m tests.bench.schedule_floor` prints the figures alone.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from scoping.milestones.schedule import Overrun, Task, simulate
from scoping.numbers.ranges import DRAWS, Range

MILESTONES = 60
NAME = f"{DRAWS:,} simulations of {MILESTONES} linked milestones"
_ROUNDS = 5


def milestones() -> list[Task]:
    """A plan in which each waits for up to two before it."""
    chance = np.random.default_rng(1)
    return [
        Task(
            id=f"m{place}",
            duration=Range(*(float(d) for d in np.sort(chance.integers(1, 40, 3)) + np.arange(3))),
            after=tuple(f"m{before}" for before in chance.choice(place, min(place, 2), replace=False)) if place else (),
        )
        for place in range(MILESTONES)
    ]


def figures() -> dict[str, tuple[float, float]]:
    """Seconds, ours and those of plain numpy: the best of a few, for other work on the machine only adds."""
    plan = milestones()
    return {NAME: (_best(lambda: simulate(plan, Overrun(1.0, 1.25))), _best(lambda: plain(plan)))}


def plain(plan: list[Task]) -> None:
    """PERT draws, one factor for all, ends and how often each milestone decides the last one; the plan is in order."""
    chance = np.random.default_rng(1)
    factor = np.exp(0.265 * chance.standard_normal(DRAWS))
    taken, finish = {}, {}
    for task in plan:
        low, likely, high = task.duration.low, task.duration.likely, task.duration.high
        alpha = 1 + 4 * (likely - low) / (high - low)
        taken[task.id] = (low + (high - low) * chance.beta(alpha, 6 - alpha, DRAWS)) * factor
        start = np.maximum.reduce([np.zeros(DRAWS), *(finish[before] for before in task.after)])
        finish[task.id] = start + taken[task.id]
    end = np.maximum.reduce(list(finish.values()))
    latest = {task.id: end.copy() for task in plan}
    for task in reversed(plan):
        for before in task.after:
            np.minimum(latest[before], latest[task.id] - taken[task.id], out=latest[before])
    for task in plan:
        np.mean(latest[task.id] - finish[task.id] < 1e-7)
    np.quantile(end, (0.5, 0.8))


def _best(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(_ROUNDS):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


if __name__ == "__main__":
    for name, (ours, least) in figures().items():
        print(f"{name}: {ours * 1000:.0f} ms, {ours / least:.1f} times plain numpy")
