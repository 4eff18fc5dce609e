"""The metric ladder in numbers: what a value on one rung implies on every other, and how sure that is."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from scoping.numbers.ranges import DRAWS, Array, Factor, Input, Range, Spread, draws, likely_product, product
from scoping.words import capital, count, short


@dataclass(frozen=True, kw_only=True)
class Rung:
    """A metric and what moves it.

    Attributes:
        order: its place; the lowest is what engineers train.
        below: id of the rung it rests on, or "" for the one with the next lower order.
        link: by how much one unit of the rung below moves this metric.
        evidence: of the link: "guess", "estimate", "measured", or "" when nobody said.
    """

    id: str
    order: int | None = None
    below: str = ""
    name: str = ""
    unit: str = ""
    current: float | None = None
    target: float | None = None
    link: Range | None = None
    evidence: str = ""

    @property
    def called(self) -> str:
        """The rung in a sentence."""
        return f"“{short(self.name, 60)}”" if self.name.strip() else f"step {self.order or self.id}"


@dataclass(frozen=True)
class Ladder:
    """Rungs in order, each with what it rests on.

    Attributes:
        below: id of the rung that each rung rests on; the lowest rung is missing here, and so is one whose place is unclear.
        problems: rung id and sentence; what does not need the broken place is computed all the same.
        in_circles: ids of the rungs that rest on each other.
    """

    rungs: tuple[Rung, ...]
    below: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[tuple[str, str], ...] = ()
    in_circles: frozenset[str] = frozenset()

    def rung(self, rung_id: str) -> Rung:
        """The rung of that id. Raises KeyError when there is none."""
        for rung in self.rungs:
            if rung.id == rung_id:
                return rung
        raise KeyError(rung_id)

    def path(self, start: str, end: str) -> Path:
        """The links between two rungs: down from `start` as far as needed, then up to `end`."""
        down, up = list(self._downwards(start)), list(self._downwards(end))
        shared = next((rung for rung in down if rung in up), None)
        if shared is None:
            return Path((), f"No chain of links leads from {self.rung(start).called} to {self.rung(end).called}.")
        steps = [(rung, True) for rung in down[: down.index(shared)]]
        steps += [(rung, False) for rung in reversed(up[: up.index(shared)])]
        factors = []
        for rung_id, divides in steps:
            rung = self.rung(rung_id)
            if rung.link is None or rung.link.problem():
                return Path((), _link_problem(rung))
            factor = Factor(f"link:{rung.id}", rung.link, rung.name, divides, rung.evidence)
            if factor.problem():
                return Path((), f"The link of {rung.called} may be zero, so nothing below it can be worked out. Narrow its range.")
            factors.append(factor)
        return Path(tuple(factors))

    def _downwards(self, rung_id: str) -> Iterator[str]:
        yield rung_id
        while rung_id in self.below:
            rung_id = self.below[rung_id]
            yield rung_id


@dataclass(frozen=True)
class Path:
    """What a change on one rung is multiplied with to get the change on another, or why that is not known."""

    factors: tuple[Factor, ...]
    problem: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure at likely values and its spread."""

    likely: float
    spread: Spread

    def plus(self, amount: float) -> Figure:
        """The figure with a certain amount added."""
        return Figure(self.likely + amount, self.spread.plus(amount))

    def until(self, goal: float) -> Figure:
        """What is missing from the figure to a goal."""
        seen = self.spread
        mean = None if seen.mean is None else goal - seen.mean
        return Figure(goal - self.likely, Spread(mean, goal - seen.p90, goal - seen.p50, goal - seen.p10))


@dataclass(frozen=True, kw_only=True)
class Implied:
    """What a value elsewhere on the ladder implies for one rung.

    Attributes:
        problem: why there is no figure, as a sentence, or "".
        change: against the current value, in units of the rung.
        value: the metric itself; None while its current value is not known.
        gap: from the implied value to the target; None without either.
        asks_more: whether the target lies beyond what is implied at likely values.
        reach: probability that the implied value is at the target or beyond it.
        shares: how much of the spread each link causes, by rung id; they add up to 1. Empty without any spread, and when a
            link may be zero, because then the spread is no sum of parts.
    """

    rung: str
    problem: str = ""
    change: Figure | None = None
    value: Figure | None = None
    gap: Figure | None = None
    asks_more: bool | None = None
    reach: float | None = None
    shares: Mapping[str, float] = field(default_factory=dict)


def resolve(rungs: Iterable[Rung]) -> Ladder:
    """Put rungs in order and find out what rests on what. Their order in the list does not matter."""
    ordered = tuple(sorted(rungs, key=lambda r: (r.order is None, r.order or 0, r.id)))
    below: dict[str, str] = {}
    problems: dict[str, str] = {}
    for rung in ordered:
        rests_on, problem = _rests_on(rung, ordered)
        if problem:
            problems[rung.id] = problem
        if rests_on:
            below[rung.id] = rests_on
    circles = _circles(below)
    for circle in circles:
        members = [rung for rung in ordered if rung.id in circle]
        names = " and ".join(rung.called for rung in members)
        sentence = f"{names} rest on each other in a circle." if len(members) > 1 else f"{names} rests on itself."
        for rung in members:
            problems[rung.id] = f"{capital(sentence)} Change what it rests on."
            del below[rung.id]
    for rung in ordered:
        if rung.id in below and (problem := _link_problem(rung)):
            problems[rung.id] = problem
    told = tuple((rung.id, problems[rung.id]) for rung in ordered if rung.id in problems)
    return Ladder(ordered, below, told, frozenset().union(*circles))


def _rests_on(rung: Rung, rungs: tuple[Rung, ...]) -> tuple[str, str]:
    """Id of the rung below, or "" with the reason if there is one."""
    if rung.below:
        if any(other.id == rung.below for other in rungs):
            return rung.below, ""
        return "", "It rests on a step that does not exist. Choose another one."
    if rung.order is None:
        alone = len(rungs) == 1 or any(other.below == rung.id for other in rungs)
        return "", "" if alone else "Give it a place, or say which step it rests on."
    orders = Counter(other.order for other in rungs if other.order is not None and other.order < rung.order)
    if not orders:
        return "", ""
    nearest = max(orders)
    if orders[nearest] > 1:
        return "", f"{count(orders[nearest], 'step')} have the place {nearest}. Say which of them it rests on."
    return next(other.id for other in rungs if other.order == nearest), ""


def _circles(below: Mapping[str, str]) -> list[set[str]]:
    circles: list[set[str]] = []
    for start in below:
        seen: list[str] = []
        at = start
        while at in below and at not in seen:
            seen.append(at)
            at = below[at]
        if at == start and not any(start in circle for circle in circles):
            circles.append(set(seen))
    return circles


def _link_problem(rung: Rung) -> str:
    if rung.link is None:
        return f"How much one unit of the step below moves {rung.called} is not known."
    return rung.link.problem()


def implied(ladder: Ladder, rung_id: str, value: float, n: int = DRAWS, seed: int = 1) -> dict[str, Implied]:
    """What a value on one rung implies on every other, by rung id.

    The change against today is multiplied with the links on the way up and divided by them on the way down.
    """
    others = [rung for rung in ladder.rungs if rung.id != rung_id]
    if not others:
        return {}
    start = ladder.rung(rung_id)
    if start.current is None:
        return {rung.id: Implied(rung=rung.id, problem=f"Where {start.called} stands today is not known.") for rung in others}
    paths = {rung.id: ladder.path(rung_id, rung.id) for rung in others}
    factors = {factor.id: factor for factor in chain.from_iterable(path.factors for path in paths.values())}
    drawn = draws({name: Input(factor.range) for name, factor in factors.items()}, n, seed)
    moved = value - start.current
    return {
        rung.id: Implied(rung=rung.id, problem=paths[rung.id].problem)
        if paths[rung.id].problem
        else _figures(rung, moved, paths[rung.id].factors, drawn)
        for rung in others
    }


def _figures(rung: Rung, moved: float, factors: tuple[Factor, ...], drawn: Mapping[str, Array]) -> Implied:
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        changes = np.asarray(moved * product(factors, drawn))
    at_likely = moved * likely_product(factors)
    if not (np.isfinite(changes).all() and math.isfinite(at_likely)):
        return Implied(rung=rung.id, problem=f"The links that lead to {rung.called} give a number too large to count with.")
    change = Figure(at_likely, Spread.of(changes, has_mean=all(factor.has_mean for factor in factors)))
    shares = _shares(factors, drawn)
    if rung.current is None:
        return Implied(rung=rung.id, change=change, shares=shares)
    value = change.plus(rung.current)
    if rung.target is None:
        return Implied(rung=rung.id, change=change, value=value, shares=shares)
    wanted = rung.target - rung.current
    gap = value.until(rung.target)
    way = math.copysign(1.0, wanted)
    # A target that was worked out by hand from the rung below is reached, whatever the last digit says.
    hair = 1e-9 * max(abs(wanted), abs(rung.current), abs(rung.target))
    return Implied(
        rung=rung.id,
        change=change,
        value=value,
        gap=gap,
        asks_more=wanted != 0 and way * gap.likely > hair,
        reach=float(np.mean(way * (changes - wanted) >= -hair)) if wanted else None,
        shares=shares,
    )


def _shares(factors: tuple[Factor, ...], drawn: Mapping[str, Array]) -> dict[str, float]:
    """Shares of the variance of the logarithm, in which a product is a sum."""
    if any(factor.range.may_be_zero for factor in factors):
        return {}
    logs = {f.id: 0.0 if f.range.is_constant else float(np.var(np.log(np.abs(drawn[f.id])))) for f in factors}
    total = sum(logs.values())
    return {name.removeprefix("link:"): part / total for name, part in logs.items()} if total else {}
