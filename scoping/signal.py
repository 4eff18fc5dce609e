"""Signal: do the columns of a table say anything about a target, more than simple rules do, and would more rows help?

Methods and their limits are measured in notes to this check: two models, since neither a linear one nor trees suffice alone;
an interval that knows that folds overlap; the whole procedure repeated on targets that were shuffled.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn import config_context
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LogisticRegression, RidgeCV
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from threadpoolctl import threadpool_limits

from scoping import leakage, simple_rules, splits
from scoping.encoding import Design, Feature, Floats, Role, Whole, design
from scoping.scoring import Interval, Predictable, Target, Worthwhile, gain, loss, mean_of, plain_error
from scoping.splits import Fold, Way

Tell = Callable[[float, str], None]

ALPHA = 0.05
"""At most this share of tables without any signal is said to have some."""
SHUFFLES = 99
_SHUFFLES_TO_SHOW = 39
"""Enough to show what chance does, where the interval has decided already."""
NULL_ROWS = 1500
"""Rows on which the whole procedure is repeated with shuffled targets."""
_NULL_FOLDS = 3
_ENOUGH_EXCEEDANCES = 10
_FEW = 2000
"""Rows up to which trees are kept small."""
FEWEST_ROWS = 40
FEWEST_PER_CLASS = 8
_FOLDS = 5
_PIECES = 4
"""Parts of a stretch of time that are compared one by one."""
_IMPORTANCE_ROWS = 2000
_SHUFFLES_AT_MOST = 400
"""Rows that columns are shuffled in, and shuffled columns that are tried, all in all."""
_MANY = 5000
_SIZES = {False: (1 / 8, 1 / 4, 3 / 8, 1 / 2, 3 / 4), True: (1 / 16, 1 / 8, 1 / 4, 1 / 2)}
"""Shares of the rows to learn from, for the learning curve, smaller ones with many rows; the models of all rows are there."""
_KEPT = 15
"""Fitted models that are kept for it, so that a small table is split often enough."""


@dataclass(frozen=True)
class Question:
    """A target and what it might be predicted from.

    Attributes:
        features: usable columns only.
        when: days since 1970, or any number that grows with time; for a split by time.
        has_calendar: whether `when` is in days.
        groups: who a row belongs to; for a split by group, and for the last value of the same one.
        gap: moments after which the truth of a row is known.
    """

    target: Target
    features: tuple[Feature, ...]
    way: Way = Way.RANDOM
    when: Floats | None = None
    has_calendar: bool = False
    groups: Whole | None = None
    gap: int = 1
    seed: int = 1

    @property
    def rows(self) -> int:
        return len(self.target.values)

    @property
    def repeats(self) -> int:
        """How often to split anew: chance in the split matters most, and costs least, in small tables."""
        cells = self.rows * len(self.features)
        return 1 if self.way is Way.TIME or cells > 100_000 else 2 if cells > 10_000 and self.rows > 300 else 4

    def without(self, names: frozenset[str]) -> Question:
        """The question with fewer columns."""
        return replace(self, features=tuple(f for f in self.features if f.name not in names))

    def folds(self, k: int, repeats: int) -> list[Fold]:
        """The rows split as predictions will be made."""
        if self.way is Way.TIME and self.when is not None:
            return splits.by_time(self.when, k, self.gap)
        if self.way is Way.GROUPED and self.groups is not None:
            return splits.by_group(self.groups, k, repeats, self.seed)
        return splits.at_random(self.target.codes if self.target.classes else None, self.rows, k, repeats, self.seed)


# Models


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let fits use one core: with more, they wait for each other on a busy machine, ten times as long."""
    fast = config_context(assume_finite=True, skip_parameter_validation=True)
    with threadpool_limits(1), fast, warnings.catch_warnings():
        # A fit that stops early is judged by what it predicts, like any other.
        warnings.simplefilter("ignore")
        yield


class Kind(StrEnum):
    """The two models; which of them wins cannot be known beforehand."""

    LINEAR = "linear"
    TREES = "trees"


@dataclass(frozen=True)
class Model:
    """A fitted model with the table it was fitted on."""

    kind: Kind
    fitted: Any
    target: Target

    def predict(self, matrix: NDArray[np.float32]) -> Floats:
        """A share per class, or one number, per row."""
        if not self.target.classes:
            return np.asarray(self.fitted.predict(matrix), dtype=np.float64).reshape(len(matrix), -1)
        shares = np.zeros((len(matrix), len(self.target.classes)))
        shares[:, self.fitted.classes_.astype(np.int64)] = self.fitted.predict_proba(matrix)
        return shares


def _matrix(table: Design, kind: Kind) -> NDArray[np.float32]:
    return table.linear if kind is Kind.LINEAR else table.trees


def _fit(table: Design, kind: Kind, target: Target, rows: Whole, seed: int, *, light: bool = False) -> Model:
    wanted = target.codes[rows] if target.classes else target.values[rows]
    if target.classes and len(np.unique(wanted)) < 2:
        return Model(kind, _OneClass(wanted[0]), target)
    matrix = _matrix(table, kind)[rows]
    return Model(kind, _make(table, kind, target, seed, light=light).fit(matrix, wanted), target)


class _OneClass:
    """What can be learnt from rows of one class."""

    def __init__(self, code: int) -> None:
        self.classes_ = np.array([code])

    def predict_proba(self, matrix: NDArray[np.float32]) -> Floats:
        return np.ones((len(matrix), 1))


def _make(table: Design, kind: Kind, target: Target, seed: int, *, light: bool) -> Any:
    if kind is Kind.LINEAR:
        if not target.classes:
            return RidgeCV(alphas=np.logspace(-1, 4, 6))
        # All columns together are held to the same strength, however many they are.
        return LogisticRegression(C=min(1.0, 10 / max(1, table.linear.shape[1])), max_iter=200)
    make = HistGradientBoostingClassifier if target.classes else HistGradientBoostingRegressor
    return make(
        max_iter=15 if light else 100,
        learning_rate=0.25 if light else 0.1,
        max_leaf_nodes=31 if table.trees.shape[0] > _FEW and not light else 8,
        categorical_features=table.categorical if table.categorical.any() else None,
        early_stopping="auto",
        random_state=seed,
    )


# Trying models and rules on the same rows


@dataclass(frozen=True)
class Trial:
    """A model or a rule, tried on rows it did not learn from.

    Attributes:
        losses: per part (a fold, or a piece of a stretch of time).
        plain: share of wrong classes, or mean distance, over all folds.
    """

    name: str
    losses: tuple[float, ...]
    plain: float

    @property
    def loss(self) -> float:
        return mean_of(self.losses)


MEAN = "always the same answer"
LAST = "as last time"
THUMB = "a rule of three questions"


@dataclass(frozen=True)
class Outcome:
    """How models did beside simple rules.

    Attributes:
        naive: rules that know nothing but the past value; a target is predictable when something does better.
        rules: all simple rules, seasons and rules of thumb included.
        models: tried on the columns alone.
        helped: models that also see the past values of the target; only with time.
        score: of the best model on the columns alone, see `Target.score`.
        over_nothing: of the best model on the columns alone over always the same answer.
        skill: of the best candidate, or rule of seasons, over the best naive rule, as the share of its loss that goes away.
        leader: what the skill is of.
        over_rules: of the best model over the best simple rule.
    """

    models: tuple[Trial, ...]
    helped: tuple[Trial, ...]
    naive: tuple[Trial, ...]
    rules: tuple[Trial, ...]
    score: float
    over_nothing: Interval
    skill: Interval
    leader: Trial
    over_rules: Interval
    best: Trial
    best_model: Kind
    fitted: tuple[tuple[Fold, Model], ...]

    @property
    def best_naive(self) -> Trial:
        return min(self.naive, key=lambda t: t.loss)

    @property
    def best_rule(self) -> Trial:
        return min(self.rules, key=lambda t: t.loss)


def _pieces(question: Question, fold: Fold) -> list[Whole]:
    """A fold is one part; a stretch of time is cut into several, since there is no second one to repeat with."""
    if question.way is not Way.TIME or question.when is None:
        return [fold.test]
    count = int(np.clip(len(fold.test) // 25, 1, _PIECES))
    return np.array_split(fold.test[np.argsort(question.when[fold.test], kind="stable")], count)


class _Bench:
    """Tries candidates on the same folds."""

    def __init__(self, question: Question, folds: Sequence[Fold]) -> None:
        self.question = question
        self.folds = folds

    def trial(self, name: str, predict: Callable[[Fold], Floats]) -> Trial:
        target = self.question.target
        losses: list[float] = []
        plain: list[float] = []
        everything = np.zeros((self.question.rows, target.indicators.shape[1]))
        for fold in self.folds:
            everything[fold.test] = predict(fold)
            losses += [loss(target, rows, everything[rows]) for rows in _pieces(self.question, fold)]
            plain.append(plain_error(target, fold.test, everything[fold.test]))
        return Trial(name, tuple(losses), float(np.mean(plain)))

    def fixed(self, name: str, values: Floats) -> Trial:
        """A rule that gives a value per row, the average where it gives none."""
        target = self.question.target

        def predict(fold: Fold) -> Floats:
            overall = target.indicators[fold.train].mean(axis=0)
            said = values[fold.test]
            known = ~np.isnan(said)
            found = np.repeat(overall[None, :], len(said), axis=0)
            if target.classes:
                found[known] = said[known, None] == np.arange(len(target.classes))
            else:
                found[known, 0] = said[known]
            return found

        return self.trial(name, predict)

    def thumb(self, table: Design) -> Trial:
        """A decision of at most three questions, as a person would write it down."""
        target, seed = self.question.target, self.question.seed

        def predict(fold: Fold) -> Floats:
            make = DecisionTreeClassifier if target.classes else DecisionTreeRegressor
            rows = _thinned(fold.train, 10_000, seed)
            wanted = target.codes[rows] if target.classes else target.values[rows]
            tree = make(max_leaf_nodes=4, min_samples_leaf=5, random_state=seed).fit(table.trees[rows], wanted)
            return Model(Kind.TREES, tree, target).predict(table.trees[fold.test])

        return self.trial(THUMB, predict)


def _thinned(rows: Whole, most: int, seed: int) -> Whole:
    if len(rows) <= most:
        return rows
    return np.sort(np.random.default_rng(seed).choice(rows, most, replace=False))


def outcome(question: Question, tell: Callable[[float], None]) -> Outcome:
    """Try both models and every simple rule on the same folds."""
    folds = question.folds(_FOLDS, question.repeats)
    bench = _Bench(question, folds)
    target = question.target
    table = design(list(question.features))
    past = _past(question)
    nothing = bench.fixed(MEAN, np.full(question.rows, np.nan))
    naive = [nothing]
    if past:
        naive += [bench.fixed(LAST, simple_rules.values_at(past[LAST], target.values)), *_as_they_are(bench, question, nothing)]
    seasonal = [bench.fixed(name, simple_rules.values_at(rows, target.values)) for name, rows in past.items() if name != LAST]
    rules = [*naive, *seasonal, bench.thumb(table)]
    tell(0.1)
    fitted: dict[Kind, list[tuple[Fold, Model]]] = {kind: [] for kind in Kind}
    models = []
    for place, kind in enumerate(Kind):
        models.append(bench.trial(kind, _learner(question, table, kind, fitted[kind])))
        tell(0.1 + 0.4 * (place + 1))
    helped = _helped(bench, table, past) if past else []
    best_model = min(models, key=lambda t: t.loss)
    candidates = [*models, *helped]
    best = min(candidates, key=lambda t: t.loss)
    looks = len(candidates)
    ratio = 0.0 if question.way is Way.TIME else float(np.mean([fold.ratio for fold in folds]))
    best_naive = min(naive, key=lambda t: t.loss)
    best_rule = min(rules, key=lambda t: t.loss)
    leader = min([best, *seasonal], key=lambda t: t.loss)
    over_nothing = gain(best_model.losses, nothing.losses, ratio, looks)
    score = target.score(best_model.losses, nothing.losses)
    return Outcome(
        tuple(models),
        tuple(helped),
        tuple(naive),
        tuple(rules),
        score,
        over_nothing,
        gain(leader.losses, best_naive.losses, ratio, looks + len(seasonal)),
        leader,
        gain(best.losses, best_rule.losses, ratio, looks),
        best,
        Kind(best_model.name),
        tuple(fitted[Kind(best_model.name)]),
    )


def _learner(question: Question, table: Design, kind: Kind, kept: list[tuple[Fold, Model]]) -> Callable[[Fold], Floats]:
    def predict(fold: Fold) -> Floats:
        model = _fit(table, kind, question.target, fold.train, question.seed)
        if len(kept) < _KEPT:
            kept.append((fold, model))
        return model.predict(_matrix(table, kind)[fold.test])

    return predict


def _past(question: Question) -> dict[str, Whole]:
    """The rows of last time and of the last seasons; nothing without time."""
    if question.way is not Way.TIME or question.when is None:
        return {}
    when, groups, gap = question.when, question.groups, question.gap
    seasons = simple_rules.last_seasons(when, groups, gap) if question.has_calendar else {}
    return {LAST: simple_rules.last_time(when, groups, gap), **seasons}


def _helped(bench: _Bench, table: Design, past: dict[str, Whole]) -> list[Trial]:
    """Models that also see what the target was: without it, a model cannot follow a level that drifts."""
    question = bench.question
    target = question.target
    role = Role.CATEGORY if target.classes else Role.NUMBER
    known = {name: simple_rules.values_at(rows, target.values) for name, rows in past.items()}
    features = [Feature(name, role, values, np.isnan(values)) for name, values in known.items()]
    wider = design([*question.features, *features])
    trees = bench.trial("trees that see past values", _learner(question, wider, Kind.TREES, []))
    if target.classes:
        return [bench.trial("linear model that sees past values", _learner(question, wider, Kind.LINEAR, [])), trees]
    return [bench.trial("linear model of changes", _changes(question, table, past[LAST], known[LAST])), trees]


def _changes(question: Question, table: Design, before: Whole, last: Floats) -> Callable[[Fold], Floats]:
    """What changed in the columns since last time gives what changes in the target."""
    is_there = before != simple_rules.NONE
    moved = np.where(is_there[:, None], table.linear - table.linear[np.maximum(before, 0)], 0)
    values = question.target.values

    def predict(fold: Fold) -> Floats:
        rows = fold.train[is_there[fold.train]]
        if len(rows) < 2:
            return np.full((len(fold.test), 1), values[fold.train].mean())
        model = RidgeCV(alphas=np.logspace(-1, 4, 6)).fit(moved[rows], (values - last)[rows])
        begin = np.where(is_there, last, values[fold.train].mean())[fold.test]
        return np.asarray((begin + model.predict(moved[fold.test]))[:, None])

    return predict


def _as_they_are(bench: _Bench, question: Question, nothing: Trial) -> list[Trial]:
    """The column that, taken as the answer, comes closest: today's price is the simplest forecast of tomorrow's."""
    if question.target.classes:
        return []
    numbers = [f for f in question.features if f.role is Role.NUMBER]
    if not numbers:
        return []
    distance = {f.name: float(np.nanmean((f.values - question.target.values) ** 2)) for f in numbers}
    closest = min(numbers, key=lambda f: distance[f.name])
    trial = bench.fixed(f"“{closest.name}” as it is", closest.values)
    return [trial] if trial.loss < nothing.loss else []


# The same procedure on shuffled targets


@dataclass(frozen=True)
class Null:
    """What the procedure finds where nothing can be found.

    Attributes:
        score: on the real target, by the lighter models used here.
        shuffled: on shuffled targets, one score each.
        exceeded: how often a shuffled target scored as well as the real one.
        p: share of such scores, the real one included; after an early stop, as Besag and Clifford (1991).
    """

    score: float
    shuffled: tuple[float, ...]
    exceeded: int
    p: float
    rows: int

    @property
    def highest_usual(self) -> float:
        """95 of 100 shuffled targets score less."""
        return float(np.quantile(self.shuffled, 0.95))


def null(question: Question, tell: Callable[[float], None], shuffles: int = SHUFFLES) -> Null:
    """Shuffle the target and repeat everything, the choice of the better model included."""
    small = _part(question)
    table = design(list(small.features))
    folds = small.folds(_NULL_FOLDS, 1)
    real = _quick_score(small, table, folds)
    rng = np.random.default_rng([small.seed, 7])
    scores: list[float] = []
    exceeded = 0
    for place in range(shuffles):
        tell(place / shuffles)
        order = _shuffle(small, rng)
        score = _quick_score(replace(small, target=small.target.shuffled(order)), table, folds)
        scores.append(score)
        exceeded += score >= real
        if exceeded == _ENOUGH_EXCEEDANCES:
            return Null(real, tuple(scores), exceeded, exceeded / len(scores), small.rows)
    return Null(real, tuple(scores), exceeded, (exceeded + 1) / (shuffles + 1), small.rows)


def _quick_score(question: Question, table: Design, folds: Sequence[Fold]) -> float:
    target = question.target
    nothing = [_uninformed(target, fold.train, fold.test) for fold in folds]
    found = []
    for kind in Kind:
        losses = []
        for fold in folds:
            model = _fit(table, kind, target, fold.train, question.seed, light=True)
            losses.append(loss(target, fold.test, model.predict(_matrix(table, kind)[fold.test])))
        found.append(target.score(losses, nothing))
    return max(found)


def _part(question: Question) -> Question:
    """A part of the table that is small enough: the latest rows, whole groups, or rows at random."""
    if question.rows <= NULL_ROWS:
        return question
    rng = np.random.default_rng([question.seed, 5])
    if question.way is Way.TIME and question.when is not None:
        rows = np.sort(np.argsort(question.when, kind="stable")[-NULL_ROWS:])
    elif question.way is Way.GROUPED and question.groups is not None:
        order = rng.permutation(question.groups.max() + 1)[question.groups]
        rows = np.sort(np.argsort(order, kind="stable")[:NULL_ROWS])
    else:
        rows = np.sort(rng.choice(question.rows, NULL_ROWS, replace=False))
    return take(question, rows)


def take(question: Question, rows: Whole) -> Question:
    """The question on some of its rows."""
    return replace(
        question,
        target=question.target.shuffled(rows),
        features=tuple(replace(f, values=f.values[rows], missing=f.missing[rows]) for f in question.features),
        when=None if question.when is None else question.when[rows],
        groups=None if question.groups is None else np.unique(question.groups[rows], return_inverse=True)[1],
    )


def _shuffle(question: Question, rng: np.random.Generator) -> Whole:
    """Row i gets the target of row `result[i]`. Neighbours in time and rows of one group stay together."""
    rows = question.rows
    if question.way is Way.TIME and question.when is not None:
        order = np.argsort(question.when, kind="stable")
        if question.groups is not None:
            order = np.lexsort((question.when, question.groups))
        length = max(10, int(np.sqrt(rows)))
        # Blocks of one length would keep every season that divides it in step.
        ends = np.cumsum(rng.integers(length // 2, 2 * length, size=2 * rows // length))
        blocks = np.split(order, ends[ends < rows])
    elif question.way is Way.GROUPED and question.groups is not None:
        order = np.argsort(question.groups, kind="stable")
        blocks = np.split(order, np.flatnonzero(np.diff(question.groups[order])) + 1)
    else:
        return rng.permutation(rows)
    mixed = np.concatenate([blocks[i] for i in rng.permutation(len(blocks))])
    result = np.empty(rows, dtype=np.int64)
    result[order] = mixed
    return result


# What each column adds


def importance(question: Question, found: Outcome) -> dict[str, float]:
    """By how much the score falls when one column is shuffled in rows that were not learnt from, all others kept."""
    table = design(list(question.features))
    kind, target = found.best_model, question.target
    matrix, source = _matrix(table, kind), table.linear_source if kind is Kind.LINEAR else table.tree_source
    rng = np.random.default_rng([question.seed, 3])
    falls: dict[str, list[float]] = {f.name: [] for f in question.features}
    left = _IMPORTANCE_ROWS
    for fold, model in found.fitted:
        if left <= 0 or len(falls[question.features[0].name]) * len(falls) >= _SHUFFLES_AT_MOST:
            break
        rows = _thinned(fold.test, left, question.seed)
        left -= len(rows)
        unit = _unit(target, _uninformed(target, fold.train, rows))
        seen = matrix[rows]
        full = loss(target, rows, model.predict(seen))
        for place, feature in enumerate(question.features):
            columns = np.flatnonzero(source == place)
            kept = seen[:, columns].copy()
            for _ in range(2):
                seen[:, columns] = kept[rng.permutation(len(rows))]
                falls[feature.name].append((loss(target, rows, model.predict(seen)) - full) * unit)
            seen[:, columns] = kept
    return {name: mean_of(values) for name, values in falls.items()}


def _uninformed(target: Target, train: Whole, rows: Whole) -> float:
    """The loss of giving the average of the rows learnt from, whatever the columns say."""
    overall = target.indicators[train].mean(axis=0)
    return loss(target, rows, np.broadcast_to(overall, (len(rows), len(overall))))


def _unit(target: Target, nothing: float) -> float:
    """What makes a difference of losses one of scores."""
    return 1.0 if target.classes else 1 / nothing if nothing > 0 else 0.0


# Would more rows help?


@dataclass(frozen=True)
class Size:
    """The error of the better model when it learns from fewer rows, with its standard error.

    Attributes:
        error: 1 minus the score.
    """

    rows: int
    error: float
    spread: float


@dataclass(frozen=True)
class Curve:
    """The error at growing numbers of rows.

    Attributes:
        halving: by how much the error falls from half of the rows to all, on the same folds.
    """

    sizes: tuple[Size, ...]
    halving: Interval


def curve(question: Question, found: Outcome, tell: Callable[[float], None]) -> Curve:
    """Learn from growing shares of the same rows, the latest ones with time."""
    kind = found.best_model
    table = design(list(question.features))
    target = question.target
    known = found.fitted[-3:] if question.way is Way.TIME else found.fitted
    shares = _SIZES[question.rows > _MANY]
    errors = np.zeros((len(known), len(shares) + 1))
    rng = np.random.default_rng([question.seed, 11])
    for row, (fold, whole) in enumerate(known):
        tell(row / len(known))
        unit = _unit(target, _uninformed(target, fold.train, fold.test))
        order = rng.permutation(fold.train)
        if question.way is Way.TIME and question.when is not None:
            order = fold.train[np.argsort(-question.when[fold.train], kind="stable")]
        less = [np.sort(order[: max(2, round(share * len(order)))]) for share in shares]
        for column, model in enumerate([*(_fit(table, kind, target, rows, question.seed) for rows in less), whole]):
            errors[row, column] = loss(target, fold.test, model.predict(_matrix(table, kind)[fold.test])) * unit
    folds = [fold for fold, _ in known]
    learnt = float(np.mean([len(fold.train) for fold in folds]))
    ratio = float(np.mean([fold.ratio for fold in folds]))
    spread = np.sqrt((1 / len(folds) + ratio) * errors.var(axis=0, ddof=1))
    sizes = zip((*shares, 1.0), errors.mean(axis=0), spread, strict=True)
    return Curve(
        tuple(Size(round(share * learnt), float(error), float(off)) for share, error, off in sizes),
        gain(errors[:, -1], errors[:, shares.index(1 / 2)], ratio),
    )


# The whole check


@dataclass(frozen=True)
class Verdict:
    """The answer on two axes.

    Attributes:
        too_good: so good that a leak is likelier than luck.
        noticed_skill: the smallest skill that would have been noticed 8 times in 10; None when nothing was tried.
        rows_for_modest: rows at which a modest skill (0.6 under the curve, or a tenth explained) would be; None when already so.
    """

    predictable: Predictable
    worthwhile: Worthwhile
    too_good: bool = False
    noticed_skill: float | None = None
    rows_for_modest: int | None = None


@dataclass(frozen=True)
class Signal:
    """All that was found.

    Attributes:
        outcome: with all columns; None with too few rows to try anything.
        clean: without the columns that are surely leaks, when there are such.
        learning: of the columns that the verdict rests on; None where no signal is shown that more rows could make clearer.
    """

    verdict: Verdict
    outcome: Outcome | None = None
    clean: Outcome | None = None
    null: Null | None = None
    columns: tuple[leakage.Alone, ...] = ()
    together: dict[str, float] | None = None
    flags: tuple[leakage.Flag, ...] = ()
    learning: Curve | None = None


_TOO_GOOD = 0.98
_WEAK = {True: 0.1, False: 0.03}
"""Skill below which signal is called weak, for classes (0.55 of 1) and for numbers."""
_MODEST = {True: 0.2, False: 0.1}
_BLIND = {True: 0.5, False: 0.4}
"""Where no smaller skill would be noticed, there are too few rows to say that there is none."""


def check(question: Question, name: str, when: str, cleared: frozenset[str], identifiers: Sequence[Feature], tell: Tell) -> Signal:
    """Answer whether the columns predict the target.

    Args:
        name: of the target column, to compare names with.
        when: of the time column, "" for none.
        cleared: columns that people say are known when a prediction is made; they are not flagged.
    """
    target = question.target
    counts = np.bincount(target.codes) if target.classes else np.array([question.rows])
    if question.rows < FEWEST_ROWS or counts.min() < FEWEST_PER_CLASS:
        return Signal(Verdict(Predictable.TOO_FEW, Worthwhile.NOTHING, rows_for_modest=_modest_rows(target)))
    with _one_thread():
        tell(0.02, "looking at each column alone")
        folds = question.folds(_FOLDS, 1)
        judged = leakage.alone(question.features, target, folds)
        tell(0.1, "trying two models beside simple rules")
        first = outcome(question, _within(tell, 0.1, 0.35, "trying two models beside simple rules"))
        nothing = next(t for t in first.naive if t.name == MEAN)
        best_rule = target.score(first.best_naive.losses, nothing.losses) if question.way is Way.TIME else target.uninformed
        flags = [
            f
            for f in leakage.flags(question.features, judged, target, name=name, best_rule=best_rule, when=when)
            if f.column not in cleared
        ]
        flags += leakage.numberings(identifiers, target, folds)
        leaks = frozenset(f.column for f in flags if f.certain)
        without = question.without(leaks)
        clean = outcome(without, _within(tell, 0.35, 0.5, "trying again without leaks")) if leaks and without.features else None
        rests_on, base = (without, clean) if clean else (question, first)
        shuffles = _SHUFFLES_TO_SHOW if _is_decided(rests_on, base.skill) else SHUFFLES
        shuffled = null(rests_on, _within(tell, 0.5, 0.8, "repeating it all on shuffled targets"), shuffles)
        tell(0.8, "asking what each column adds")
        together = importance(rests_on, base)
        verdict = _verdict(question, base, shuffled, bool(leaks))
        learning = None
        if verdict.predictable not in (Predictable.NOT_SHOWN, Predictable.TOO_FEW):
            learning = curve(rests_on, base, _within(tell, 0.85, 1.0, "asking whether more rows would help"))
    return Signal(verdict, first, clean, shuffled, tuple(judged), together, tuple(flags), learning)


def _within(tell: Tell, start: float, end: float, what: str) -> Callable[[float], None]:
    return lambda share: tell(start + share * (end - start), what)


def _verdict(question: Question, base: Outcome, shuffled: Null, has_leaks: bool) -> Verdict:
    target = question.target
    is_class = bool(target.classes)
    noticed = _noticed_skill(base)
    predictable = _predictable(question, base, shuffled, noticed)
    over = base.over_rules
    worthwhile = Worthwhile.NOTHING
    if predictable in (Predictable.YES, Predictable.WEAK):
        worthwhile = Worthwhile.YES if over.is_above_zero else Worthwhile.NO if over.high <= 0 else Worthwhile.NOT_SHOWN
    best_naive = target.score(base.best_naive.losses, next(t for t in base.naive if t.name == MEAN).losses)
    beyond = 1 - (1 - base.score) / max(1e-12, 1 - best_naive)
    return Verdict(
        Predictable.LEAK if has_leaks else predictable,
        worthwhile,
        too_good=base.score >= _TOO_GOOD and beyond > 0.9,
        noticed_skill=noticed,
        rows_for_modest=_rows_for(question, base, _MODEST[is_class]),
    )


def _is_decided(question: Question, skill: Interval) -> bool:
    """Whether the interval alone decides, so that shuffled targets only illustrate.

    Without time, a fifth of `ALPHA` is spent on the interval and the rest on shuffled targets. With time both must agree, since
    neither knows how long a series remembers.
    """
    return skill.p > ALPHA / 2 if question.way is Way.TIME else skill.p <= ALPHA / 5 or skill.value <= 0


def _predictable(question: Question, base: Outcome, shuffled: Null, noticed: float) -> Predictable:
    """Whether chance can be ruled out at `ALPHA`, and if not, whether there were rows enough to tell."""
    skill, is_class = base.skill, bool(question.target.classes)
    if question.way is Way.TIME:
        # A rule of seasons learns nothing, so it cannot learn from chance either.
        shown = skill.p <= ALPHA / 2 and (base.leader in base.rules or shuffled.p <= ALPHA)
    else:
        shown = skill.p <= ALPHA / 5 or (skill.value > 0 and shuffled.p <= ALPHA * 4 / 5)
    if shown:
        return Predictable.YES if skill.value >= _WEAK[is_class] else Predictable.WEAK
    return Predictable.TOO_FEW if noticed > _BLIND[is_class] else Predictable.NOT_SHOWN


def _noticed_skill(base: Outcome) -> float:
    """The smallest skill that would be noticed at 5 % in 8 of 10 tables like this one."""
    return (1.96 + 0.84) * min(base.over_nothing.error, base.skill.error)


def _rows_for(question: Question, base: Outcome, modest: float) -> int | None:
    """Rows at which a modest skill would be noticed, as errors shrink with the root of the rows."""
    smallest = _noticed_skill(base)
    if smallest <= modest or not np.isfinite(smallest):
        return None
    return int(np.ceil(question.rows * (smallest / modest) ** 2))


def _modest_rows(target: Target) -> int:
    """Rows for a modest skill with balanced classes, as it was found on tables of noise."""
    return 200 if target.classes else 150
