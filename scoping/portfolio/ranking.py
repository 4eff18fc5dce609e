"""Which project first: RICE, WSJF and a weighted score, rated by written rubrics, and how sure that order is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, reduce
from hashlib import blake2b
from itertools import pairwise
from operator import mul
from typing import TYPE_CHECKING, Any, NamedTuple

from scoping.errors import RankingError
from scoping.words import short

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CLOSE = (0.1, 0.9)
"""Between these probabilities of being ahead, two projects cannot be told apart."""
_DIGITS = 12
"""Scores that agree in so many digits are equal; what differs behind them is noise of the arithmetic."""


class Scale(StrEnum):
    """Steps are the levels of a rubric and anything between two; an amount is anything above zero, compared in factors."""

    STEPS = "steps"
    AMOUNT = "amount"


class Rule(StrEnum):
    """How ratings become one score."""

    PRODUCT = "product"
    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True)
class Level:
    """One level of a rubric: the number, and what must be true to give it."""

    value: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """What projects are rated on. More is better, unless a method divides by it.

    Args:
        levels: in ascending order; the first and the last are the range of an answer that is missing.
        computed_from: ids of the figures it is worked out from; they must not be scored beside it.
    """

    id: str
    name: str
    question: str
    levels: tuple[Level, ...]
    scale: Scale = Scale.STEPS
    unit: str = ""
    computed_from: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        values = [level.value for level in self.levels]
        if len(values) < 2 or any(low >= high for low, high in pairwise(values)):
            raise RankingError(f"“{self.name}” needs two levels or more, in ascending order.")
        if silent := [level.value for level in self.levels if not level.text.strip()]:
            raise RankingError(f"“{self.name}”: level {silent[0]:g} does not say what it stands for.")
        if not all(map(math.isfinite, values)) or values[0] < 0 or (self.scale is Scale.AMOUNT and values[0] == 0):
            raise RankingError(f"“{self.name}”: its levels must be numbers above zero.")

    @property
    def lowest(self) -> float:
        return self.levels[0].value

    @property
    def highest(self) -> float:
        return self.levels[-1].value


@dataclass(frozen=True, kw_only=True)
class Method:
    """A way to turn ratings into one score. It refuses to count one figure twice.

    Args:
        weights: one for each of `criteria`, of any total; only a mean has them.
        over: what the score is divided by, such as effort.
    """

    id: str
    name: str
    rule: Rule
    criteria: tuple[Criterion, ...]
    weights: tuple[float, ...] = ()
    over: Criterion | None = None

    def __post_init__(self) -> None:
        if twice := counted_twice(self.asked):
            raise RankingError(twice[0], "Leave out one of them: show it, but do not score it.")
        if self.rule is Rule.MEAN:
            if len(self.weights) != len(self.criteria) or not all(0 <= w < math.inf for w in self.weights) or not sum(self.weights):
                raise RankingError(f"“{self.name}” needs a weight of zero or more for each criterion, and one above zero.")
        elif self.weights or not self.criteria:
            raise RankingError(f"“{self.name}” needs criteria and no weights.")
        if self.over is not None and not self.over.lowest:
            raise RankingError(f"“{self.name}” cannot divide by “{self.over.name}”, which can be zero.")

    @cached_property
    def asked(self) -> tuple[Criterion, ...]:
        """The criteria that must be rated, the divisor last; what weighs nothing is not asked."""
        weighing = [c for c, w in zip(self.criteria, self.weights, strict=True) if w] if self.weights else self.criteria
        return (*weighing, *((self.over,) if self.over else ()))

    @cached_property
    def shares(self) -> tuple[float, ...]:
        """The weights above zero as shares of one."""
        return tuple(w / sum(self.weights) for w in self.weights if w)

    def weighing(self, weights: Mapping[str, float]) -> Method:
        """The same mean with other weights by criterion id; what is not named keeps its weight."""
        if unknown := set(weights) - {c.id for c in self.criteria}:
            raise RankingError(f"“{self.name}” has no criterion “{min(unknown)}”.")
        return replace(self, weights=tuple(weights.get(c.id, w) for c, w in zip(self.criteria, self.weights, strict=True)))

    def score(self, values: Sequence[Any], shares: Sequence[Any] | None = None) -> Any:
        """The score of one value per criterion asked; numbers and arrays of numbers alike."""
        gains = values[:-1] if self.over else values
        if self.rule is Rule.PRODUCT:
            total = reduce(mul, gains)
        else:
            parts = gains if self.rule is Rule.SUM else map(mul, gains, shares or self.shares)
            total = sum(parts)
        return total / values[-1] if self.over else total


def counted_twice(criteria: Iterable[Criterion]) -> list[str]:
    """A sentence for each two criteria that rest on the same figure: scored side by side, it would have two votes."""
    criteria = tuple(criteria)
    known = {c.id: c for c in criteria}

    def roots(criterion: str, seen: frozenset[str] = frozenset()) -> set[str]:
        sources = known[criterion].computed_from if criterion in known and criterion not in seen else ()
        return {criterion}.union(*(roots(source, seen | {criterion}) for source in sources))

    warnings = []
    for i, second in enumerate(criteria):
        for first in criteria[:i]:
            shared = roots(first.id) & roots(second.id)
            if first.id == second.id:
                warnings.append(f"“{first.name}” is scored twice.")
            elif shared & {first.id, second.id}:
                derived, other = (first, second) if second.id in shared else (second, first)
                warnings.append(f"“{derived.name}” is computed from “{other.name}”, so that figure would be scored twice.")
            elif shared:
                warnings.append(f"“{first.name}” and “{second.name}” are computed from one figure, which would be scored twice.")
    return warnings


@dataclass(frozen=True)
class Score:
    """How one project was rated on one criterion; all blank is unanswered.

    One value alone, the likely one, is a rating without doubt. A range without a likely value has it in its middle.
    An end left blank beside the other reaches to the end of the rubric.
    """

    low: float | None = None
    likely: float | None = None
    high: float | None = None
    evidence: str = ""

    @property
    def given(self) -> tuple[float, ...]:
        return tuple(v for v in (self.low, self.likely, self.high) if v is not None)


@dataclass(frozen=True)
class Rated:
    """A project and its scores by criterion id. Its id, not its name or place, decides which chances it draws."""

    id: str
    name: str
    scores: Mapping[str, Score] = field(default_factory=dict)


class Band(NamedTuple):
    """From worst to best; no likely value where an answer is missing."""

    low: float
    likely: float | None
    high: float


def fault(score: Score, criterion: Criterion) -> str:
    """Why a score cannot be used, as a sentence for its field; "" if it can."""
    given = score.given
    if not all(map(math.isfinite, given)):
        return f"{criterion.name}: enter numbers."
    if list(given) != sorted(given):
        return f"{criterion.name}: at least, most likely and at most are not in ascending order."
    if criterion.scale is Scale.AMOUNT and any(v <= 0 for v in given):
        return f"{criterion.name}: enter an amount above zero."
    if criterion.scale is Scale.STEPS and any(not criterion.lowest <= v <= criterion.highest for v in given):
        return f"{criterion.name}: the rubric goes from {criterion.lowest:g} to {criterion.highest:g}."
    return ""


def rating(project: Rated, criterion: Criterion) -> Band:
    """The score as it counts: an answer that is missing or faulty is the whole rubric, and never its middle."""
    score = project.scores.get(criterion.id, Score())
    if not score.given or fault(score, criterion):
        return Band(criterion.lowest, None, criterion.highest)
    low, likely, high = score.low, score.likely, score.high
    if low is None and high is None:
        low = high = likely
    elif low is not None and high is not None and likely is None:
        likely = math.sqrt(low * high) if criterion.scale is Scale.AMOUNT else (low + high) / 2
    # An amount may lie beyond the landmarks of its rubric; then the open end is where the rest of the range already is.
    return Band(
        min(criterion.lowest, *score.given) if low is None else low,
        likely,
        max(criterion.highest, *score.given) if high is None else high,
    )


def missing(project: Rated, method: Method) -> tuple[str, ...]:
    """The names of the criteria without which there is no likely score."""
    return tuple(c.name for c in method.asked if rating(project, c).likely is None)


def band(project: Rated, method: Method) -> Band:
    """The worst, likely and best score that the ratings allow."""
    ratings = [rating(project, c) for c in method.asked]
    worst, best = [r.low for r in ratings], [r.high for r in ratings]
    if method.over:
        worst[-1], best[-1] = best[-1], worst[-1]
    likely = [r.likely for r in ratings]
    return Band(method.score(worst), None if None in likely else method.score(likely), method.score(best))


@dataclass(frozen=True)
class Place:
    """Where a project stands by its likely score; equals share a position, and one that lacks an answer has none."""

    position: int | None
    project: Rated
    band: Band
    missing: tuple[str, ...]


def order(projects: Sequence[Rated], method: Method) -> list[Place]:
    """Projects by likely score, equals as they came; behind them, without a position, those that lack an answer, by their worst."""
    _refuse_doubles(projects)
    bands = {p.id: band(p, method) for p in projects}
    keys = {p.id: None if (likely := bands[p.id].likely) is None else _rounded(likely) for p in projects}

    def rank(project: Rated) -> tuple[bool, float]:
        key = keys[project.id]
        return (True, -bands[project.id].low) if key is None else (False, -key)

    places: list[Place] = []
    for i, project in enumerate(sorted(projects, key=rank), 1):
        key = keys[project.id]
        is_tied = places and key is not None and keys[places[-1].project.id] == key
        position = places[-1].position if is_tied else (None if key is None else i)
        places.append(Place(position, project, bands[project.id], missing(project, method)))
    return places


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How one project fares over all simulated rankings: `first` to `last` place in eight of ten, `middle` in half of them."""

    id: str
    name: str
    top: float
    first: int
    middle: int
    last: int
    mean: float


@dataclass(frozen=True)
class CloseCall:
    """Two neighbours that cannot be told apart, with the probability that the first is ahead."""

    first: Standing
    second: Standing
    probability: float

    @property
    def sentence(self) -> str:
        return (
            f"“{short(self.first.name, 60)}” and “{short(self.second.name, 60)}” cannot be told apart: "
            f"the first is ahead in {round(10 * self.probability)} of 10 cases."
        )


@dataclass(frozen=True, kw_only=True)
class Robustness:
    """How sure an order is. `standings` run from the best mean place to the worst; `top` is the chance of the first `k`."""

    standings: tuple[Standing, ...]
    k: int
    n: int
    seed: int
    weight_spread: float
    _ranks: Mapping[str, NDArray[np.int32]] = field(repr=False, compare=False)

    def ahead(self, first: str, second: str) -> float:
        """The probability that the project with the id `first` is ahead of `second`."""
        return float((self._ranks[first] < self._ranks[second]).mean())

    def ahead_of_all(self, project: str) -> float:
        """The probability that a project takes the first place."""
        return float((self._ranks[project] == 1).mean())

    @cached_property
    def close_calls(self) -> tuple[CloseCall, ...]:
        """The neighbours in `standings` that cannot be told apart."""
        calls = (CloseCall(upper, lower, self.ahead(upper.id, lower.id)) for upper, lower in pairwise(self.standings))
        return tuple(call for call in calls if CLOSE[0] <= call.probability <= CLOSE[1])


def robustness(
    projects: Sequence[Rated],
    method: Method,
    k: int = 3,
    n: int = 2_000,
    seed: int = 1,
    weight_spread: float = 0.15,
) -> Robustness:
    """Rank the projects `n` times, with ratings drawn within their ranges and weights drawn around the stated ones.

    A rating with a likely value is drawn from a triangle, one without is anywhere in its range alike; amounts in factors.
    Each project draws by its own id, so that neither order nor company changes its chances. Equals toss for their place.

    Args:
        weight_spread: 0 keeps the weights, 1 gives all weight to a single criterion; a share of w is drawn from a
            Dirichlet distribution with a standard deviation of weight_spread x sqrt(w (1 - w)).
    """
    import numpy as np

    _refuse_doubles(projects)
    if k < 1 or n < 1 or not 0 <= weight_spread < 1:
        raise RankingError("Ask for one place and one ranking at least, and a spread of the weights from 0 to below 1.")
    shares = _shares(method, n, seed, weight_spread)
    scores = np.empty((len(projects), n))
    for i, project in enumerate(projects):
        # The toss comes first: a criterion added at the end then leaves all other draws as they were.
        toss, *chances = _chances(seed, "project", project.id).random((1 + len(method.asked), n))
        drawn = _drawn([rating(project, c) for c in method.asked], method.asked, np.stack(chances))
        scores[i] = method.score(list(drawn), shares) * (1 + 10.0**-_DIGITS * toss) + np.finfo(float).tiny * toss
    best_first = np.argsort(-scores.T, axis=1)
    ranks = np.empty(best_first.shape, np.int32)
    np.put_along_axis(ranks, best_first, np.arange(1, len(projects) + 1, dtype=np.int32)[None, :], axis=1)
    ranks = np.ascontiguousarray(ranks.T)
    tenths = [math.ceil(n * share) - 1 for share in (0.1, 0.5, 0.9)]
    firsts, middles, lasts = np.partition(ranks, tenths, axis=1)[:, tenths].T.tolist()
    top, means = (ranks <= k).mean(axis=1).tolist(), ranks.mean(axis=1).tolist()
    standings = [
        Standing(id=project.id, name=project.name, top=share, first=first, middle=middle, last=last, mean=mean)
        for project, share, first, middle, last, mean in zip(projects, top, firsts, middles, lasts, means, strict=True)
    ]
    standings.sort(key=lambda s: (s.mean, s.id))
    return Robustness(
        standings=tuple(standings),
        k=k,
        n=n,
        seed=seed,
        weight_spread=weight_spread,
        _ranks={p.id: row for p, row in zip(projects, ranks, strict=True)},
    )


def _shares(method: Method, n: int, seed: int, spread: float) -> list[NDArray[np.float64]] | None:
    """Weights for each ranking; none where the method has none or they are certain."""
    import numpy as np

    if method.rule is not Rule.MEAN or not spread:
        return None
    concentration = 1 / spread**2 - 1
    drawn = [
        _chances(seed, "weight", c.id).standard_gamma(concentration * share, n)
        for c, share in zip(method.asked, method.shares, strict=False)
    ]
    # A wide spread can draw all of them as nothing.
    total = np.maximum(sum(drawn), np.finfo(float).tiny)
    return [d / total for d in drawn]


def _drawn(ratings: Sequence[Band], criteria: Sequence[Criterion], chances: NDArray[np.float64]) -> NDArray[np.float64]:
    """One row of values per criterion, by the inverse of each distribution."""
    import numpy as np

    amounts = [c.scale is Scale.AMOUNT for c in criteria]
    table = np.array([[r.low, math.nan if r.likely is None else r.likely, r.high] for r in ratings])
    table[amounts] = np.log(table[amounts])
    low, likely, high = table.T[:, :, None]
    span = high - low
    even = low + chances * span
    rising = low + np.sqrt(chances * span * (likely - low))
    falling = high - np.sqrt((1 - chances) * span * (high - likely))
    values: NDArray[np.float64] = np.where(np.isnan(likely), even, np.where(even < likely, rising, falling))
    values[amounts] = np.exp(values[amounts])
    return values


def _chances(seed: int, *key: str) -> np.random.Generator:
    """The same chances for the same key, whatever else is drawn."""
    import numpy as np

    digest = blake2b("\0".join((str(seed), *key)).encode(), digest_size=16).digest()
    return np.random.default_rng(int.from_bytes(digest, "big"))


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def _refuse_doubles(projects: Sequence[Rated]) -> None:
    ids = [p.id for p in projects]
    if len(set(ids)) < len(ids):
        raise RankingError("A project is listed twice.", "Rank each project once.")
