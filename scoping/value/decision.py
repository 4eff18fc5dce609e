"""What being wrong costs: the value of true and false alarms, and how good a model must be to be worth having."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from scoping.errors import CalculationError
from scoping.words import percent


@dataclass(frozen=True)
class ConfusionMatrix:
    """Cases of a period by what was said about them and what they were."""

    true_positives: float
    false_positives: float
    false_negatives: float
    true_negatives: float


@dataclass(frozen=True)
class Worth:
    """What decisions are worth per period, and how much better that is than flagging nothing."""

    counts: ConfusionMatrix
    net: float
    gain: float


@dataclass(frozen=True)
class ThresholdPoint:
    """How a model does at one threshold; precision is None where it flags nothing."""

    threshold: float
    precision: float | None
    recall: float
    name: str = ""


@dataclass(frozen=True)
class Valued:
    """An operating point with what it is worth, or why that cannot be said."""

    point: ThresholdPoint
    worth: Worth | None
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Stakes:
    """What each outcome of a yes-or-no decision is worth, in one currency.

    Attributes:
        cases: decided per period.
        positives: share of the cases that are positive, 0 to 1.
        value_tp, value_tn: what a right decision brings.
        cost_fp, cost_fn: what a wrong one costs, as positive numbers.
        cost_per_case: for running the model, on every case.
    """

    cases: float
    positives: float
    value_tp: float = 0.0
    cost_fp: float = 0.0
    cost_fn: float = 0.0
    value_tn: float = 0.0
    cost_per_case: float = 0.0

    def problem(self) -> str:
        """Why nothing can be worked out, as a sentence; "" when all is well."""
        money = (self.value_tp, self.cost_fp, self.cost_fn, self.value_tn, self.cost_per_case)
        if not all(math.isfinite(number) for number in (self.cases, self.positives, *money)):
            return "Cases, shares and amounts must be numbers."
        if self.cases < 0:
            return "The number of cases cannot be negative."
        if not 0 <= self.positives <= 1:
            return "The share of positive cases must lie between 0 % and 100 %."
        return ""

    @property
    def _positive_cases(self) -> float:
        return self.cases * self.positives

    @property
    def _negative_cases(self) -> float:
        return self.cases * (1 - self.positives)

    @property
    def _caught(self) -> float:
        """What flagging a positive case changes for the better."""
        return self.value_tp + self.cost_fn

    @property
    def _alarmed(self) -> float:
        """What flagging a negative case changes for the worse."""
        return self.cost_fp + self.value_tn

    def counts(self, precision: float | None, recall: float) -> ConfusionMatrix:
        """Cases per outcome.

        Args:
            precision: None when nothing is flagged.

        Raises:
            CalculationError: no set of cases has this precision and recall.
        """
        self._refuse()
        _refuse_share("Recall", recall)
        if precision is None:
            if recall > 0:
                raise CalculationError("A recall above 0 % means that cases are flagged, so they have a precision. State it.")
            return ConfusionMatrix(0.0, 0.0, self._positive_cases, self._negative_cases)
        _refuse_share("Precision", precision)
        if precision == 0:
            refusal = (
                "With a precision of 0 % every flagged case is wrong, so recall cannot be above 0 %."
                if recall > 0
                else "With a precision of 0 % the number of false alarms is not known. Leave precision empty if nothing is flagged."
            )
            raise CalculationError(refusal)
        true_alarms = recall * self._positive_cases
        alarms = true_alarms * (1 - precision) / precision
        if alarms > self._negative_cases * (1 + 1e-9):
            lowest = true_alarms / (true_alarms + self._negative_cases)
            raise CalculationError(
                f"With {percent(self.positives, 6)} positive cases and a recall of {percent(recall, 6)}, precision cannot be below "
                f"{percent(float(f'{lowest:.3g}'), 6)}: there are not enough negative cases for so many false alarms."
            )
        alarms = min(alarms, self._negative_cases)
        return ConfusionMatrix(true_alarms, alarms, self._positive_cases - true_alarms, self._negative_cases - alarms)

    def worth(self, counts: ConfusionMatrix) -> Worth:
        """What decisions with these outcomes are worth, the cost of running included."""
        net = (
            counts.true_positives * self.value_tp
            + counts.true_negatives * self.value_tn
            - counts.false_positives * self.cost_fp
            - counts.false_negatives * self.cost_fn
            - self.cases * self.cost_per_case
        )
        return Worth(counts, net, net - self.nothing)

    def expected(self, precision: float | None, recall: float) -> Worth:
        """What a model of this precision and recall is worth per period.

        Raises:
            CalculationError: no set of cases has this precision and recall.
        """
        return self.worth(self.counts(precision, recall))

    @property
    def nothing(self) -> float:
        """What a period is worth without any model, with nothing flagged."""
        return self._negative_cases * self.value_tn - self._positive_cases * self.cost_fn

    @property
    def everything(self) -> Worth:
        """What a period is worth when every case is flagged, which takes no model."""
        net = self._positive_cases * self.value_tp - self._negative_cases * self.cost_fp
        return Worth(ConfusionMatrix(self._positive_cases, self._negative_cases, 0.0, 0.0), net, net - self.nothing)

    def break_even_precision(self) -> float | None:
        """The precision from which flagging one more case is worth more than not; None when none is enough."""
        self._refuse()
        if self._alarmed <= 0:
            return 0.0 if self._caught >= 0 else None
        return self._alarmed / (self._alarmed + self._caught) if self._caught >= 0 else None

    def value_at(self, points: Iterable[ThresholdPoint]) -> tuple[Valued, ...]:
        """Value operating points, by threshold; an impossible one keeps its place and says why."""
        result = []
        for point in sorted(points, key=lambda p: p.threshold):
            try:
                result.append(Valued(point, self.expected(point.precision, point.recall)))
            except CalculationError as error:
                result.append(Valued(point, None, error.message))
        return tuple(result)

    def _refuse(self) -> None:
        if problem := self.problem():
            raise CalculationError(problem)


def best(valued: Iterable[Valued]) -> Valued | None:
    """The operating point that is worth most, the lowest threshold of equals; None when there is none.

    It may still be worth less than nothing at all: look at its gain.
    """
    worths = [(point.worth.net, point) for point in valued if point.worth is not None]
    return max(worths, key=lambda pair: pair[0])[1] if worths else None


@dataclass(frozen=True)
class ErrorStakes:
    """What it costs that predicted numbers are off, in one currency.

    Attributes:
        cases: predicted per period.
        cost_per_unit: of one unit of error in one case, over or under.
        cost_per_case: for running the model.
    """

    cases: float
    cost_per_unit: float
    cost_per_case: float = 0.0

    def problem(self) -> str:
        """Why nothing can be worked out, as a sentence; "" when all is well."""
        if not all(math.isfinite(number) for number in (self.cases, self.cost_per_unit, self.cost_per_case)):
            return "Cases and amounts must be numbers."
        if self.cases < 0:
            return "The number of cases cannot be negative."
        return "A unit of error cannot cost less than nothing." if self.cost_per_unit < 0 else ""

    def cost(self, average_error: float) -> float:
        """What errors of this average size cost per period, without running the model.

        Raises:
            CalculationError: the error is negative.
        """
        self._refuse()
        _refuse_error(average_error)
        return self.cost_per_unit * average_error * self.cases

    def gain(self, average_error: float, today: float) -> float:
        """How much better a model of this average error does than today's, running it included.

        Raises:
            CalculationError: an error is negative.
        """
        return self.cost(today) - self.cost(average_error) - self.cost_per_case * self.cases

    def break_even(self, today: float) -> float | None:
        """The average error below which a model is worth more than today's way; None when not even a perfect one is.

        Raises:
            CalculationError: the error is negative.
        """
        self._refuse()
        _refuse_error(today)
        if not self.cost_per_unit:
            return today if self.cost_per_case <= 0 else None
        error = today - self.cost_per_case / self.cost_per_unit
        return error if error >= 0 else None

    def _refuse(self) -> None:
        if problem := self.problem():
            raise CalculationError(problem)


def _refuse_share(name: str, share: float) -> None:
    if not 0 <= share <= 1:
        raise CalculationError(f"{name} must lie between 0 % and 100 %.")


def _refuse_error(error: float) -> None:
    if not (math.isfinite(error) and error >= 0):
        raise CalculationError("An average error cannot be negative: it counts how far off, not in which direction.")
