"""Which projects together: the best set under a budget and a limit of people, exactly, and what more of either would buy.

A knapsack with two capacities and conditions (Kellerer, Pferschy and Pisinger 2004), solved as an integer programme. Taking
projects by value per cost instead leaves value behind, because what is left of the budget fits none of the rest.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from scoping.currency import words
from scoping.errors import ChoosingError
from scoping.section import spelt
from scoping.words import count, in_a_row, short

_SECONDS = 20.0
"""Longest search for one set. What is not proven best by then is not called best."""


@dataclass(frozen=True, kw_only=True)
class Priced:
    """A project with what it brings and takes, in minor units and full-time people; None is not known.

    Args:
        value: the mean of what it brings; `low` and `high` are the range around it.
    """

    id: str
    name: str
    value: int | None
    cost: int | None = 0
    people: float | None = 0
    low: int | None = None
    high: int | None = None


class Limit(StrEnum):
    """What there is only so much of."""

    BUDGET = "budget"
    PEOPLE = "people"


@dataclass(frozen=True, kw_only=True)
class Knapsack:
    """Projects, limits (None is no limit) and conditions to choose under; amounts are minor units of one currency.

    Args:
        must: ids of the projects that are in whatever happens.
        exclusive: groups of ids of which at most one project can be in.
        needs: pairs of ids; the first project can only be in together with the second.
    """

    projects: tuple[Priced, ...]
    budget: int | None = None
    people: float | None = None
    must: tuple[str, ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()
    needs: tuple[tuple[str, str], ...] = ()
    currency: str = "USD"

    def __post_init__(self) -> None:
        if len(self.by_id) < len(self.projects):
            raise ChoosingError("A project is listed twice.", "Offer each project once.")
        named = {*self.must, *(i for group in self.exclusive for i in group), *(i for pair in self.needs for i in pair)}
        if unknown := sorted(named - set(self.by_id)):
            raise ChoosingError(f"A condition names the project “{unknown[0]}”, which is not on offer.", "Correct or drop it.")
        if any(amount is not None and not 0 <= amount < math.inf for amount in (self.budget, self.people)):
            raise ChoosingError("A limit is a number of zero or more.", "Leave it blank for no limit.")
        for p in self.projects:
            if any(amount is not None and not 0 <= amount < math.inf for amount in (p.cost, p.people)):
                raise ChoosingError(f"“{short(p.name, 60)}”: cost and people are numbers of zero or more.")
            known = [v for v in (p.low, p.value, p.high) if v is not None]
            if known != sorted(known):
                raise ChoosingError(f"“{short(p.name, 60)}”: its mean value lies outside of its own range.")

    @cached_property
    def by_id(self) -> dict[str, Priced]:
        return {p.id: p for p in self.projects}

    @cached_property
    def left_aside(self) -> dict[str, str]:
        """A sentence for each project that cannot be chosen, because a figure is missing that the choice rests on."""
        sentences = {}
        for p in self.projects:
            lacking = [
                name
                for name, is_missing in (
                    ("value", p.value is None),
                    ("cost", p.cost is None and self.budget is not None),
                    ("need of people", p.people is None and self.people is not None),
                )
                if is_missing
            ]
            if lacking:
                sentences[p.id] = f"“{short(p.name, 60)}” is left aside: its {' and its '.join(lacking)} is not known yet."
        return sentences

    @cached_property
    def limits(self) -> dict[Limit, Fraction]:
        """The limits there are, exactly."""
        stated = {Limit.BUDGET: self.budget, Limit.PEOPLE: self.people}
        return {limit: _exactly(amount) for limit, amount in stated.items() if amount is not None}

    @cached_property
    def forced(self) -> tuple[str, ...]:
        """The must-have projects and, behind them, those they need."""
        return self.with_needs(self.must)

    def with_needs(self, ids: Iterable[str]) -> tuple[str, ...]:
        """These projects and all that they need, directly or through others."""
        together = list(dict.fromkeys(ids))
        for project in together:
            together += [other for first, other in self.needs if first == project and other not in together]
        return tuple(together)

    @cached_property
    def uses(self) -> dict[Limit, dict[str, Fraction]]:
        """What each project takes, exactly; what is not known counts as nothing."""
        return {
            Limit.BUDGET: {p.id: _exactly(p.cost or 0) for p in self.projects},
            Limit.PEOPLE: {p.id: _exactly(p.people or 0) for p in self.projects},
        }

    def taken(self, limit: Limit, ids: Iterable[str]) -> Fraction:
        """How much of it these projects take together."""
        return sum((self.uses[limit][i] for i in ids), Fraction(0))

    def allows(self, ids: Collection[str], limits: Mapping[Limit, Fraction]) -> bool:
        """Whether this set keeps every condition and stays within these limits."""
        inside = set(ids)
        return (
            inside.issuperset(self.forced)
            and inside.isdisjoint(self.left_aside)
            and not any(first in inside and other not in inside for first, other in self.needs)
            and not any(len(inside & set(group)) > 1 for group in self.exclusive)
            and all(self.taken(limit, ids) <= amount for limit, amount in limits.items())
        )


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A set of projects, in the order of the offer; cost or people are None where one of them does not say.

    `low` to `high` is its value if all of them disappoint or all of them delight; one without a range counts with its mean.
    """

    ids: tuple[str, ...]
    value: int
    low: int
    high: int
    cost: int | None
    people: float | None


@dataclass(frozen=True)
class Best:
    """The sets of highest value, the cheapest first; none where the must-haves do not fit, and `reasons` say why.

    Args:
        is_complete: no other set is worth as much.
        notes: projects that were left aside for want of a figure.
    """

    sets: tuple[Chosen, ...]
    is_complete: bool
    reasons: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Increase:
    """The smallest increase of a limit that buys a better set. `after` is None where no increase does; the sentence says why."""

    limit: Limit
    extra: float
    before: Chosen | None
    after: Chosen | None
    sentence: str


def best_set(case: Knapsack, most: int = 10) -> Best:
    """All sets of the highest mean value, or `most` of them."""
    notes = tuple(case.left_aside.values())
    if reasons := _obstacles(case, case.limits):
        return Best((), True, tuple(reasons), notes)
    programme = _Programme(case)
    best_sets: list[frozenset[str]] = []
    while len(best_sets) <= most:
        next_best = programme.most_valuable(case.limits, other_than=best_sets)
        if next_best is None or (best_sets and programme.worth(next_best) < programme.worth(best_sets[0])):
            break
        best_sets.append(next_best)
    sets = sorted((_chosen(case, ids) for ids in best_sets[:most]), key=lambda s: (case.taken(Limit.BUDGET, s.ids), s.ids))
    return Best(tuple(sets), len(best_sets) <= most, (), notes)


def next_step(case: Knapsack, limit: Limit = Limit.BUDGET) -> Increase:
    """What the next bit of budget or people would buy, the other limit staying as it is."""
    if limit not in case.limits:
        return Increase(limit, 0, None, None, f"There is no limit of {limit.value} to raise.")
    others = _without(limit, case)
    if obstacles := _obstacles(case, others):
        return Increase(limit, 0, None, None, " ".join(obstacles))
    programme = _Programme(case)
    now = None if _obstacles(case, case.limits) else programme.most_valuable(case.limits)
    before = None if now is None else _chosen(case, now)
    # Values are whole, so what is worth one more is the next better there can be.
    better = None if now is None else programme.worth(now) + 1
    least = programme.least(limit, others, worth=better)
    if least is None:
        held = programme.least(limit, {}, worth=better) is not None
        why = f"the limit of {', '.join(others)} decides" if held else "what may be in and is worth it is in already"
        return Increase(limit, 0, before, None, f"More {limit.value} alone buys nothing: {why}.")
    needed = case.taken(limit, least)
    after = _chosen(case, programme.most_valuable({**others, limit: needed}) or least)
    extra = needed - case.limits[limit]
    return Increase(limit, float(extra), before, after, _step_sentence(case, _said(case, limit, extra), before, after))


def curve(case: Knapsack, points: int = 16) -> tuple[Chosen, ...]:
    """What more or less budget would buy, from least to most: each set is the best that can be had for its own cost.

    The efficient frontier, walked down by the epsilon-constraint method (Haimes, Lasdon and Wismer 1971): the best set of all,
    then the best that costs less, and so on. Weights on value and cost would miss the sets that lie in a hollow of it.
    Steps that are smaller than a `points`th of the whole may be left out between two sets.
    """
    case = replace(case, budget=case.budget or 0)
    others = _without(Limit.BUDGET, case)
    if _obstacles(case, others):
        return ()
    programme = _Programme(case)
    best = programme.most_valuable(others)
    frontier: list[frozenset[str]] = []
    width = Fraction(0)
    while best is not None:
        # As valuable for less: the dearer set is nobody's choice.
        if frontier and programme.worth(frontier[-1]) == programme.worth(best):
            frontier.pop()
        frontier.append(best)
        cost = case.taken(Limit.BUDGET, best)
        if not cost:
            break
        width = width or cost / points
        below = math.floor((math.ceil(cost / width) - 1) * width)
        best = programme.most_valuable({**others, Limit.BUDGET: Fraction(below)})
    return tuple(_chosen(case, ids) for ids in reversed(frontier))


def _without(limit: Limit, case: Knapsack) -> dict[Limit, Fraction]:
    return {other: amount for other, amount in case.limits.items() if other != limit}


class _Programme:
    """The choice as an integer programme of whole numbers; what it finds is checked again without rounding."""

    def __init__(self, case: Knapsack) -> None:
        self._case = case
        self._ids = [p.id for p in case.projects]
        self._values, _ = _whole([Fraction(p.value or 0) for p in case.projects])
        self._uses = {limit: _whole([uses[i] for i in self._ids]) for limit, uses in case.uses.items()}

    def worth(self, ids: Iterable[str]) -> int:
        """The value of a set, in steps of which no two sets differ by less than one."""
        value = dict(zip(self._ids, self._values, strict=True))
        return sum(value[i] for i in ids)

    def most_valuable(self, limits: Mapping[Limit, Fraction], other_than: Collection[frozenset[str]] = ()) -> frozenset[str] | None:
        """The set of the highest value that is none of those named."""
        return self._search([-v for v in self._values], limits, other_than=other_than)

    def least(self, limit: Limit, limits: Mapping[Limit, Fraction], worth: int | None) -> frozenset[str] | None:
        """The set that takes least of something, among those worth so much."""
        return self._search(self._uses[limit][0], limits, worth=worth)

    def _search(
        self,
        burden: Sequence[int],
        limits: Mapping[Limit, Fraction],
        *,
        worth: int | None = None,
        other_than: Collection[frozenset[str]] = (),
    ) -> frozenset[str] | None:
        """The allowed set of the smallest burden; None if no set is allowed."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        if not self._ids:
            return None if other_than else frozenset()
        place = {project: i for i, project in enumerate(self._ids)}
        refused = list(other_than)
        while True:
            rows: list[tuple[dict[int, int], float, float]] = []
            for limit, amount in limits.items():
                uses, unit = self._uses[limit]
                # Rounding down changes nothing, for whole amounts add up to whole ones; the solver gets a bound it can hold.
                rows.append((dict(enumerate(uses)), -math.inf, amount // unit))
            if worth is not None:
                rows.append((dict(enumerate(self._values)), worth, math.inf))
            rows += [({place[i]: 1 for i in group}, -math.inf, 1) for group in self._case.exclusive]
            rows += [
                ({place[project]: 1, place[other]: -1}, -math.inf, 0) for project, other in self._case.needs if project != other
            ]
            # Refuses one set and no other (canonical cut, Balas and Jeroslow 1972): its sum is reached by that set alone.
            rows += [({i: 1 if project in ids else -1 for project, i in place.items()}, -math.inf, len(ids) - 1) for ids in refused]
            matrix = np.zeros((len(rows), len(place)))
            for row, (weights, _, _) in zip(matrix, rows, strict=True):
                row[list(weights)] = list(weights.values())
            result = milp(
                burden,
                integrality=np.ones(len(place)),
                bounds=Bounds(
                    [project in self._case.forced for project in self._ids],
                    [project not in self._case.left_aside for project in self._ids],
                ),
                constraints=[LinearConstraint(matrix, [r[1] for r in rows], [r[2] for r in rows])] if rows else [],
                options={"mip_rel_gap": 0, "time_limit": _SECONDS},
            )
            if result.status == 2:
                return None
            if result.status != 0:
                raise ChoosingError(
                    f"No set could be proven best within {_SECONDS:g} seconds.", "Offer fewer projects or decide some first."
                )
            chosen = frozenset(project for project, x in zip(self._ids, result.x, strict=True) if x > 0.5)
            if self._case.allows(chosen, limits) and (worth is None or self.worth(chosen) >= worth):
                return chosen
            # The solver reckons in floating point and forgives an excess of a millionth; with large amounts that is money.
            refused.append(chosen)


def _whole(amounts: Sequence[Fraction]) -> tuple[list[int], Fraction]:
    """The amounts as the smallest whole numbers that keep their proportions, and what one of them stands for."""
    parts = math.lcm(*(a.denominator for a in amounts))
    common = math.gcd(*(int(a * parts) for a in amounts)) or 1
    return [int(a * parts) // common for a in amounts], Fraction(common, parts)


def _exactly(amount: float) -> Fraction:
    """As it is written: 0.1 is a tenth, not the binary number beside it."""
    return Fraction(str(amount))


def _chosen(case: Knapsack, ids: Collection[str]) -> Chosen:
    inside = [p for p in case.projects if p.id in ids]
    values = [p.value or 0 for p in inside]
    return Chosen(
        ids=tuple(p.id for p in inside),
        value=sum(values),
        low=sum(v if p.low is None else p.low for p, v in zip(inside, values, strict=True)),
        high=sum(v if p.high is None else p.high for p, v in zip(inside, values, strict=True)),
        cost=None if any(p.cost is None for p in inside) else int(case.taken(Limit.BUDGET, ids)),
        people=None if any(p.people is None for p in inside) else float(case.taken(Limit.PEOPLE, ids)),
    )


def _obstacles(case: Knapsack, limits: Mapping[Limit, Fraction]) -> list[str]:
    """Why no set is allowed. Only what must be in can stand in the way: every other project may stay out."""
    obstacles = [
        f"{_names(case, [i])} must be in, but not all of its figures are known yet." for i in case.forced if i in case.left_aside
    ]
    for group in case.exclusive:
        if len(clash := [i for i in case.forced if i in group]) > 1:
            why = "must-haves" if set(clash) <= set(case.must) else "must-haves or needed by one"
            obstacles.append(f"{_names(case, clash)} exclude each other, but all of them are {why}.")
    for limit, amount in limits.items():
        taken = case.taken(limit, case.forced)
        if taken > amount:
            obstacles.append(_too_much(case, limit, taken, amount))
    return obstacles


def _too_much(case: Knapsack, limit: Limit, taken: Fraction, amount: Fraction) -> str:
    musts = list(dict.fromkeys(case.must))
    behind = len(case.forced) - len(musts)
    subject = f"must-have project {_names(case, musts)}" if len(musts) == 1 else f"{spelt(len(musts))} must-have projects"
    if behind:
        subject += f" and the {'one' if behind == 1 else spelt(behind)} that {'it needs' if len(musts) == 1 else 'they need'}"
    is_one = len(case.forced) == 1
    if limit is Limit.BUDGET:
        verb, than = ("costs" if is_one else "cost"), f"the budget of {_said(case, limit, amount)}"
    else:
        verb, than = ("takes" if is_one else "take"), f"the limit of {_said(case, limit, amount)}"
    return f"The {subject} already {verb} {_said(case, limit, taken)}, more than {than}."


def _step_sentence(case: Knapsack, extra: str, before: Chosen | None, after: Chosen) -> str:
    if before is None:
        return f"With {extra} more, all that must be in fits."
    joins = [i for i in after.ids if i not in before.ids]
    leaves = [i for i in before.ids if i not in after.ids]
    moves = f"{_names(case, joins)} {'comes' if len(joins) == 1 else 'come'} in"
    if leaves:
        moves += f", {_names(case, leaves)} {'goes' if len(leaves) == 1 else 'go'} out,"
    gain, value = words(after.value - before.value, case.currency), words(after.value, case.currency)
    return f"With {extra} more, {moves} and the value rises by {gain} to {value}."


def _said(case: Knapsack, limit: Limit, amount: Fraction) -> str:
    """An amount of budget or people as it is read."""
    if limit is Limit.BUDGET:
        return words(int(amount), case.currency)
    return count(f"{float(amount):g}", "person", "people")


def _names(case: Knapsack, ids: Sequence[str]) -> str:
    names = [f"“{short(case.by_id[i].name, 60)}”" for i in ids]
    if len(names) > 4:
        names[3:] = [count(len(names) - 3, "other")]
    return in_a_row(names)
