"""The plan as a network: the longest path, and how long it may take when durations are ranges.

Independent durations are false certainty: of ten tasks some run late and some early, and the sum hardly moves, while real
projects run late as a whole. So all durations share one factor of overrun besides their own ranges.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

import numpy as np

from scoping.errors import CalculationError
from scoping.ranges import DRAWS, Array, Input, Range, draws

P80 = 0.8416212335729143
"""The 80 % point of the standard normal distribution."""
_OVERRUN = "overrun of the whole project"
_NOTHING = 1e-9


@dataclass(frozen=True)
class Task:
    """A piece of the plan; times in working days from the start of the plan.

    Attributes:
        after: ids of the tasks that come before it.
        not_before: it starts no earlier.
        ended: when it was finished, if it was; its duration says nothing then.
        open_at: not finished at this time, so it ends no earlier; None when nobody looked.
    """

    id: str
    duration: Range
    after: tuple[str, ...] = ()
    not_before: float = 0.0
    ended: float | None = None
    open_at: float | None = None


@dataclass(frozen=True)
class Overrun:
    """How much longer than planned projects of this kind take.

    Attributes:
        middle: actual over planned time of the middle project.
        bad: the same of the project that four in five stay below.
    """

    middle: float = 1.0
    bad: float = 1.0

    @property
    def spread(self) -> float:
        """Standard deviation of the logarithm of the factor."""
        return math.log(self.bad / self.middle) / P80 if self.bad > self.middle > 0 else 0.0

    def factors(self, n: int, seed: int) -> Array:
        """The factor in each draw: lognormal through the two points."""
        score = Range.stated(0.0, 0.5, 1.0)
        if not self.spread or score is None:
            return np.full(n, self.middle)
        from scipy.special import ndtri

        order = draws({_OVERRUN: Input(Range(0.0, 0.5, 1.0))}, n, seed)[_OVERRUN].argsort().argsort()
        return np.asarray(self.middle * np.exp(self.spread * ndtri((order + 0.5) / n)), dtype=np.float64)


def in_order(tasks: Sequence[Task]) -> list[Task]:
    """Tasks with all that they wait for before them. Predecessors that are not in the plan are ignored.

    Raises:
        CalculationError: some tasks wait for each other.
    """
    known = {t.id: t for t in tasks}
    try:
        order = TopologicalSorter({t.id: [a for a in t.after if a in known] for t in tasks}).static_order()
        return [known[i] for i in order]
    except CycleError:
        raise CalculationError(
            "Some milestones wait for each other, so no date can be worked out.", "Remove one dependency."
        ) from None


@dataclass(frozen=True)
class Path:
    """The plan with one duration each.

    Attributes:
        start, finish, latest: of each task; latest is the finish that would not delay the end.
    """

    start: Mapping[str, float]
    finish: Mapping[str, float]
    latest: Mapping[str, float]

    @property
    def length(self) -> float:
        """When the last task ends."""
        return max(self.finish.values(), default=0.0)

    def slack(self, task: str) -> float:
        """How much later a task could end without delaying the end."""
        return self.latest[task] - self.finish[task]

    @cached_property
    def critical(self) -> frozenset[str]:
        """The tasks without slack."""
        return frozenset(t for t in self.finish if self.slack(t) <= _NOTHING)


def longest_path(tasks: Sequence[Task]) -> Path:
    """The plan at likely durations (critical path method). Raises CalculationError for a circle."""
    order = in_order(tasks)
    start, finish = _forward(order, {t.id: np.array([t.duration.likely]) for t in order})
    latest = _backward(order, finish)
    return Path(*({i: float(v[0]) for i, v in found.items()} for found in (start, finish, latest)))


def _forward(order: Sequence[Task], durations: Mapping[str, Array]) -> tuple[dict[str, Array], dict[str, Array]]:
    start: dict[str, Array] = {}
    finish: dict[str, Array] = {}
    for task in order:
        taken = durations[task.id]
        begin = np.full_like(taken, task.not_before)
        for before in task.after:
            if before in finish:
                np.maximum(begin, finish[before], out=begin)
        end = begin + taken if task.ended is None else np.full_like(taken, task.ended)
        if task.ended is None and task.open_at is not None:
            np.maximum(end, task.open_at, out=end)
        start[task.id], finish[task.id] = begin, end
    return start, finish


def _backward(order: Sequence[Task], finish: Mapping[str, Array]) -> dict[str, Array]:
    """The latest finish of each task that does not delay the end."""
    if not order:
        return {}
    end = np.maximum.reduce([finish[t.id] for t in order])
    latest = {t.id: end.copy() for t in order}
    for task in reversed(order):
        if task.ended is not None:
            continue  # what is over waits for nobody any more
        # What stands between a predecessor and the finish of this task, whatever held it up.
        for before in task.after:
            if before in latest:
                # A predecessor may end as late as this task may begin.
                begin = latest[task.id] - (finish[task.id] - _begin(task, order, finish))
                np.minimum(latest[before], begin, out=latest[before])
    return latest


def _begin(task: Task, order: Sequence[Task], finish: Mapping[str, Array]) -> Array:
    begin = np.full_like(finish[task.id], task.not_before)
    known = {t.id for t in order}
    for before in task.after:
        if before in known:
            np.maximum(begin, finish[before], out=begin)
    return np.minimum(begin, finish[task.id])


@dataclass(frozen=True, eq=False)
class Simulation:
    """What many draws of all durations say.

    Attributes:
        finishes: per task, one time per draw.
        critical: per task, the share of draws in which it decided the end (criticality index).
    """

    n: int
    seed: int
    finishes: Mapping[str, Array]
    durations: Mapping[str, Array]
    critical: Mapping[str, float]

    @cached_property
    def end(self) -> Array:
        """When the last task ends, per draw."""
        return np.maximum.reduce(list(self.finishes.values())) if self.finishes else np.zeros(self.n)

    def at(self, task: str, share: float) -> float:
        """The time by which a task is done in this share of the draws."""
        return float(np.quantile(self.finishes[task], share))

    def chance(self, task: str, by: float) -> float:
        """The share of draws in which a task is done by a time."""
        return float(np.mean(self.finishes[task] <= by + _NOTHING))

    @cached_property
    def drivers(self) -> tuple[tuple[str, float], ...]:
        """Tasks by rank correlation (Spearman) of their duration with the end, most telling first."""
        if len(self.finishes) < 2 or float(np.ptp(self.end)) <= _NOTHING:
            return ()
        ranks = _ranks(self.end)
        found = [
            (task, float(np.corrcoef(_ranks(taken), ranks)[0, 1]))
            for task, taken in self.durations.items()
            if float(np.ptp(taken)) > _NOTHING
        ]
        return tuple(sorted(found, key=lambda pair: -pair[1]))


def _ranks(values: Array) -> Array:
    return np.asarray(values.argsort().argsort(), dtype=np.float64)


def simulate(tasks: Sequence[Task], overrun: Overrun = Overrun(), n: int = DRAWS, seed: int = 1) -> Simulation:
    """Draw all durations `n` times. A task's draws depend on its id and the seed only, so another row moves no figure.

    Raises:
        CalculationError: some tasks wait for each other.
    """
    order = in_order(tasks)
    factor = overrun.factors(n, seed)
    drawn = draws({t.id: Input(t.duration) for t in order}, n, seed)
    durations = {t.id: np.asarray(drawn[t.id] * factor, dtype=np.float64) for t in order}
    _, finish = _forward(order, durations)
    latest = _backward(order, finish)
    critical = {t.id: float(np.mean(latest[t.id] - finish[t.id] <= 1e-7)) for t in order}
    return Simulation(n, seed, finish, durations, critical)
