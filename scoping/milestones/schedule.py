"""The plan as a network: the longest path, and how long it may take when durations are ranges.

Independent durations are false certainty: of ten tasks some run late and some early, and the sum hardly moves, while real
projects run late as a whole. So all durations share one factor of overrun besides their own ranges: a systemic error, as
Trietsch, Mazmanyan, Gevorgyan and Baker (2012) measured it, who call durations that share one linearly associated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from statistics import NormalDist

import numpy as np

from scoping.errors import CalculationError
from scoping.numbers.ranges import DRAWS, Array, Input, Range, draws
from scoping.numbers.shapes import Shape

OVERRUN = "overrun of the whole project"
"""The name of the shared factor among what delays the end; no task is called so, for ids have no blanks."""
_REACH = NormalDist().inv_cdf(0.95) / NormalDist().inv_cdf(0.80)
"""How much farther from the middle the 95 % point of a normal distribution lies than the 80 % point."""
_NOTHING = 1e-7


@dataclass(frozen=True, kw_only=True)
class Task:
    """A piece of the plan; times in working days from the start of the plan.

    Attributes:
        duration: a range without a problem.
        after: ids of the tasks that come before it; those that are not in the plan hold nothing up.
        not_before: it starts no earlier.
        pauses: from and to when nobody works on it, in order and apart from each other.
        ended: when it was finished, if it was; its duration says nothing then.
        open_at: it is known not to be finished before this time; None when nobody looked.
        elapsed: how long it has been worked on without being finished.
    """

    id: str
    duration: Range
    after: tuple[str, ...] = ()
    not_before: float = 0.0
    pauses: tuple[tuple[float, float], ...] = ()
    ended: float | None = None
    open_at: float | None = None
    elapsed: float = 0.0


@dataclass(frozen=True)
class Overrun:
    """How many times as long as planned projects of this kind take.

    Attributes:
        middle: the factor that half of them stay below.
        bad: the factor that four in five stay below, at least `middle`.
    """

    middle: float = 1.0
    bad: float = 1.0

    @property
    def range(self) -> Range:
        """The lognormal range through both points: its ends are the 5 % and the 95 % point.

        Ratios of actual to planned time are skewed to the right and never below 0, which a lognormal keeps.
        """
        if self.bad == self.middle:
            return Range.exactly(self.middle)
        reach = (self.bad / self.middle) ** _REACH
        return Range(self.middle / reach, self.middle, self.middle * reach, Shape.LOGNORMAL)


def in_order(tasks: Sequence[Task]) -> list[Task]:
    """Tasks with all that they wait for before them.

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
class CriticalPath:
    """The plan with one duration each.

    Attributes:
        latest: for each task, the latest finish that does not delay the end.
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


def longest_path(tasks: Sequence[Task], factor: float = 1.0) -> CriticalPath:
    """The plan at likely durations, each times a factor (critical path method).

    Raises:
        CalculationError: some tasks wait for each other.
    """
    order = in_order(tasks)
    durations = {t.id: np.array([t.duration.likely * factor]) for t in order}
    start, finish = _forward(order, durations)
    latest = _backward(order, durations, finish)
    return CriticalPath(*({i: float(v[0]) for i, v in times.items()} for times in (start, finish, latest)))


def _forward(order: Sequence[Task], durations: Mapping[str, Array]) -> tuple[dict[str, Array], dict[str, Array]]:
    """When each task starts and finishes at the earliest: the forward pass of the critical path method, for all draws at once."""
    start: dict[str, Array] = {}
    finish: dict[str, Array] = {}
    for task in order:
        begin = np.full_like(durations[task.id], task.not_before)
        for before in task.after:
            if before in finish:
                np.maximum(begin, finish[before], out=begin)
        end = _advance(begin, durations[task.id], task.pauses)
        if task.ended is not None:
            end[:] = task.ended
        elif task.open_at is not None:
            np.maximum(end, task.open_at, out=end)
        start[task.id], finish[task.id] = begin, end
    return start, finish


def _unfinished(taken: Array, elapsed: float) -> Array:
    """Durations of what is unfinished after some time: those that are longer, spread over all draws in their order.

    This is the distribution given that it takes longer (truncated from below). Each draw keeps its rank, so that what is late
    together by the shared factor stays so. Where no draw is longer, nothing is known of the rest, and the time itself is all that can be said.
    """
    is_longer = taken >= elapsed
    if is_longer.all() or not is_longer.any():
        return np.maximum(taken, elapsed)
    order = taken.argsort(kind="stable")
    over = np.count_nonzero(~is_longer)
    longer = np.empty_like(taken)
    longer[order] = np.interp(np.linspace(over, len(taken) - 1, len(taken)), np.arange(len(taken)), taken[order])
    return longer


def _advance(begin: Array, taken: Array, pauses: Sequence[tuple[float, float]]) -> Array:
    """When work ends that begins at some time and rests in the pauses."""
    end = begin + taken
    for pause, resume in pauses:
        rest = resume - np.maximum(pause, begin)
        end += np.where((rest > 0) & (end > pause), rest, 0.0)
    return end


def _backward(order: Sequence[Task], durations: Mapping[str, Array], finish: Mapping[str, Array]) -> dict[str, Array]:
    """The latest finish of each task that does not delay the end: the backward pass."""
    if not order:
        return {}
    end = np.maximum.reduce([finish[t.id] for t in order])
    latest = {t.id: end.copy() for t in order}
    for task in reversed(order):
        if task.ended is not None:
            continue  # what is over waits for nobody any more
        # Work that goes back from its end is work that goes forward in a time that runs the other way.
        begin = -_advance(-latest[task.id], durations[task.id], tuple((-b, -a) for a, b in reversed(task.pauses)))
        for before in task.after:
            if before in latest:
                np.minimum(latest[before], begin, out=latest[before])
    return latest


@dataclass(frozen=True, eq=False, kw_only=True)
class ScheduleSimulation:
    """What many draws of all durations say; one number per draw in each array.

    Attributes:
        durations: of each task as drawn from its own range, before the shared factor.
        critical: per task, the share of draws in which it decided the end (criticality index).
    """

    n: int
    starts: Mapping[str, Array]
    finishes: Mapping[str, Array]
    durations: Mapping[str, Array]
    factor: Array
    critical: Mapping[str, float]

    @cached_property
    def end(self) -> Array:
        """When the last task ends."""
        return np.maximum.reduce(list(self.finishes.values())) if self.finishes else np.zeros(self.n)

    def chance(self, task: str, by: float) -> float:
        """The share of draws in which a task is done by a time."""
        return float(np.mean(self.finishes[task] <= by + _NOTHING))

    def worked(self, task: Task) -> Array:
        """How long a task is worked on, its pauses left out."""
        start, finish = self.starts[task.id], self.finishes[task.id]
        rests = [np.clip(finish, a, b) - np.clip(start, a, b) for a, b in task.pauses]
        return np.maximum(finish - start - sum(rests), 0.0)

    @cached_property
    def drivers(self) -> tuple[tuple[str, float], ...]:
        """What delays the end: tasks and the shared factor by rank correlation (Spearman) with it, most telling first.

        Ranks, because the end follows a duration without falling but not along a line: a task matters once it is critical.
        """
        if float(np.ptp(self.end)) <= _NOTHING:
            return ()
        end = _ranks(self.end)
        correlations = [
            (name, float(np.corrcoef(_ranks(values), end)[0, 1]))
            for name, values in {**self.durations, OVERRUN: self.factor}.items()
            if float(np.ptp(values)) > _NOTHING
        ]
        return tuple(sorted(correlations, key=lambda pair: -pair[1]))


def _ranks(values: Array) -> Array:
    """Places by size. Draws are of continuous ranges, so that ties are rare and need no mean rank."""
    ranks = np.empty(len(values))
    ranks[values.argsort(kind="stable")] = np.arange(len(values))
    return ranks


def simulate(tasks: Sequence[Task], overrun: Overrun = Overrun(), n: int = DRAWS, seed: int = 1) -> ScheduleSimulation:
    """Draw all durations `n` times (Monte Carlo, as Van Slyke 1963 did for PERT).

    A task's draws depend on its id and the seed only, so another row moves no figure, and two plans differ by what differs in
    them and not by chance (common random numbers).

    Raises:
        CalculationError: some tasks wait for each other.
    """
    order = in_order(tasks)
    drawn = draws({**{t.id: Input(t.duration) for t in order}, OVERRUN: Input(overrun.range)}, n, seed)
    factor = drawn.pop(OVERRUN)
    taken = {t.id: _unfinished(drawn[t.id] * factor, t.elapsed) for t in order}
    starts, finishes = _forward(order, taken)
    latest = _backward(order, taken, finishes)
    critical = {t.id: float(np.mean(latest[t.id] - finishes[t.id] <= _NOTHING)) for t in order}
    return ScheduleSimulation(n=n, starts=starts, finishes=finishes, durations=drawn, factor=factor, critical=critical)
