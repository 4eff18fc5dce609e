"""Scores on rows that were held out, of learners and of simple rules, fold by fold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import RidgeCV
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from scoping.measuring.signal import simple_rules
from scoping.measuring.signal.encoding import Design, Feature, Floats, Role, Whole, design
from scoping.measuring.signal.models import Model, ModelKind, design_matrix, fit
from scoping.measuring.signal.question import Question, thinned
from scoping.measuring.signal.scoring import Interval, corrected_resampled_t, loss, mean_of, plain_error
from scoping.measuring.signal.splits import Fold, Way

TAKEN_AS_THEY_ARE = 2
"""Columns that are tried as the answer itself, the closest ones."""

FOLDS = 5

_PIECES = 4
"""Parts of a stretch of time that are compared one by one."""

_KEPT = 15
"""Fitted models that are kept for it, so that a small table is split often enough."""


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


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """How models did beside simple rules.

    Attributes:
        naive: rules that know nothing but the past value; a target is predictable when something does better.
        past: rules that look at nothing but the target's past, seasons included; no column can be a leak for being as good.
        rules: all simple rules, columns as they are and a rule of thumb included.
        models: tried on the columns alone.
        helped: models that also see the past values of the target; only with time.
        score: of the best model on the columns alone, see `Target.score`.
        over_nothing: of the best model on the columns alone over always the same answer.
        skill: of the best candidate, or rule that learns nothing, over the best naive rule, as the share of its loss that goes away.
        leader: what the skill is of.
        over_rules: of the best model over the best simple rule.
    """

    models: tuple[Trial, ...]
    helped: tuple[Trial, ...]
    naive: tuple[Trial, ...]
    past: tuple[Trial, ...]
    rules: tuple[Trial, ...]
    score: float
    over_nothing: Interval
    skill: Interval
    leader: Trial
    over_rules: Interval
    best: Trial
    best_model: ModelKind
    fitted: tuple[tuple[Fold, Model], ...]

    @property
    def best_naive(self) -> Trial:
        return min(self.naive, key=lambda t: t.loss)

    @property
    def best_of_past(self) -> Trial:
        return min(self.past, key=lambda t: t.loss)

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
            given = values[fold.test]
            known = ~np.isnan(given)
            predicted = np.repeat(overall[None, :], len(given), axis=0)
            if target.classes:
                predicted[known] = given[known, None] == np.arange(len(target.classes))
            else:
                predicted[known, 0] = given[known]
            return predicted

        return self.trial(name, predict)

    def thumb(self, table: Design) -> Trial:
        """A decision of at most three questions, as a person would write it down."""
        target, seed = self.question.target, self.question.seed

        def predict(fold: Fold) -> Floats:
            make = DecisionTreeClassifier if target.classes else DecisionTreeRegressor
            rows = thinned(fold.train, 10_000, seed)
            wanted = target.codes[rows] if target.classes else target.values[rows]
            tree = make(max_leaf_nodes=4, min_samples_leaf=5, random_state=seed).fit(table.trees[rows], wanted)
            return Model(ModelKind.TREES, tree, target).predict(table.trees[fold.test])

        return self.trial(simple_rules.THUMB, predict)


def compare(question: Question, tell: Callable[[float], None]) -> Comparison:
    """Try both models and every simple rule on the same folds."""
    folds = question.folds(FOLDS, question.repeats)
    bench = _Bench(question, folds)
    target = question.target
    table = design(list(question.features))
    past = _past(question)
    nothing = bench.fixed(MEAN, np.full(question.rows, np.nan))
    naive = [nothing]
    if past:
        naive.append(bench.fixed(LAST, simple_rules.values_at(past[LAST], target.values)))
    seasonal = [bench.fixed(name, simple_rules.values_at(rows, target.values)) for name, rows in past.items() if name != LAST]
    fixed = [*seasonal, *_as_they_are(bench, question, nothing)]
    rules = [*naive, *fixed, bench.thumb(table)]
    tell(0.1)
    fitted: dict[ModelKind, list[tuple[Fold, Model]]] = {kind: [] for kind in ModelKind}
    models = []
    for place, kind in enumerate(ModelKind):
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
    leader = min([best, *fixed], key=lambda t: t.loss)
    over_nothing = corrected_resampled_t(best_model.losses, nothing.losses, ratio, looks)
    score = target.score(best_model.losses, nothing.losses)
    return Comparison(
        models=tuple(models),
        helped=tuple(helped),
        naive=tuple(naive),
        past=(*naive, *seasonal),
        rules=tuple(rules),
        score=score,
        over_nothing=over_nothing,
        skill=corrected_resampled_t(leader.losses, best_naive.losses, ratio, looks + len(fixed)),
        leader=leader,
        over_rules=corrected_resampled_t(best.losses, best_rule.losses, ratio, looks),
        best=best,
        best_model=ModelKind(best_model.name),
        fitted=tuple(fitted[ModelKind(best_model.name)]),
    )


def _learner(question: Question, table: Design, kind: ModelKind, kept: list[tuple[Fold, Model]]) -> Callable[[Fold], Floats]:
    def predict(fold: Fold) -> Floats:
        model = fit(table, kind, question.target, fold.train, question.seed)
        if len(kept) < _KEPT:
            kept.append((fold, model))
        return model.predict(design_matrix(table, kind)[fold.test])

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
    features = [Feature(name=name, role=role, values=values, missing=np.isnan(values)) for name, values in known.items()]
    wider = design([*question.features, *features])
    trees = bench.trial("trees that see past values", _learner(question, wider, ModelKind.TREES, []))
    if target.classes:
        return [bench.trial("linear model that sees past values", _learner(question, wider, ModelKind.LINEAR, [])), trees]
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
    """Columns that, taken as the answer, come close: yesterday's count and last week's are forecasts that learn nothing."""
    if question.target.classes:
        return []
    numbers = [f for f in question.features if f.role is Role.NUMBER]
    distance = {f.name: float(np.nanmean((f.values - question.target.values) ** 2)) for f in numbers}
    closest = sorted(numbers, key=lambda f: distance[f.name])[:TAKEN_AS_THEY_ARE]
    trials = [bench.fixed(f"“{f.name}” as it is", f.values) for f in closest]
    return [trial for trial in trials if trial.loss < nothing.loss]
