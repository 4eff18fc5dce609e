"""How much data is enough, and which targets ask for more than data brings, read off a learning curve."""

from __future__ import annotations

import math
from collections.abc import Iterator

from scoping.errors import CalculationError
from scoping.numbers import learning_curve
from scoping.numbers.learning_curve import Attainability, Curve, CurvePoint
from scoping.sections.data_sources import DataSources
from scoping.sections.milestones import Direction, Family, Milestones, Target
from scoping.words import fine_percent, measured

# How much is enough


def points(data: DataSources) -> tuple[CurvePoint, ...]:
    """The readings of the learning curve that are complete, with errors from 0 to 1."""
    return tuple(CurvePoint(p.size, p.error / 100) for p in data.learning_points if p.size is not None and p.error is not None)


def curve(data: DataSources) -> Curve:
    """The learning curve of the readings. Raises CalculationError when they make none."""
    return learning_curve.fit(points(data))


def says(line: Curve, target: float, unit: str) -> str:
    """What a curve says about a target error, from 0 to 1, as a sentence."""
    needed = line.needed(target)
    goal, last = f"An error of {fine_percent(target)}", amount_words(line.last, unit)
    farthest = amount_words(line.farthest, unit)
    match needed.attainability:
        case Attainability.REACHED:
            return f"{goal} is reached: {fine_percent(line.last_error)} were measured with {last}."
        case Attainability.UNCLEAR:
            return "The errors do not fall clearly with the amount of data, so no amount can be read off. More data alone may not help."
        case Attainability.WITHIN:
            at_once = needed.low is None or needed.low <= line.last * (1 + 1e-9)
            low = f"little more than {last}" if at_once else amount_words(needed.low or 0.0, unit)
            high = f"{amount_words(needed.high, unit)}" if needed.high else f"more than {farthest}"
            return f"{goal} takes about {amount_words(needed.likely or 0.0, unit)} for training, in 8 of 10 cases {low} to {high}."
        case Attainability.BEYOND:
            likely = f"{goal} takes more than {farthest}, ten times what was measured; further out nothing can be said."
        case Attainability.NEVER:
            likely = f"{goal} cannot be reached on this curve: it levels off at about {fine_percent(line.floor)}."
    if needed.low:
        return f"{likely} At the favourable end of the interval {amount_words(needed.low, unit)} would do."
    return f"{likely} Better labels, inputs or models are needed, not only more data."


def amount_words(amount: float, unit: str) -> str:
    """An amount of data in words, to three digits."""
    return measured(float(f"{amount:.3g}"), unit)


def rounded_up(amount: float) -> float:
    """An amount to two digits, never less."""
    step = 10.0 ** (math.floor(math.log10(amount)) - 1)
    return float(f"{math.ceil(amount / step - 1e-9) * step:.6g}")


def below_curve(data: DataSources, plan: Milestones) -> Iterator[tuple[Target, str]]:
    """ML targets that the learning curve does not reach with ten times the data, each with why."""
    try:
        line = curve(data)
    except CalculationError:
        return
    best = line.forecast(line.farthest)
    why = (
        f"with ten times the data the learning curve gives an error of {fine_percent(best.error)}, "
        f"and {fine_percent(best.low)} at the favourable end"
    )
    for target in plan.targets:
        error = _as_error(target)
        if error is not None and error < min(best.error, line.last_error):
            yield target, why


_DISTANCES = ("absolute", "squared", "square")
"""Words in the names of errors that are distances, and no shares of cases."""


def _as_error(target: Target) -> float | None:
    """A target for error or accuracy on all cases as an error from 0 to 1; None when it is neither."""
    if target.family is not Family.ML or target.target is None or target.slice.strip():
        return None
    share = target.target if not target.unit.strip() and target.target <= 1 else target.target / 100
    name = target.metric.casefold()
    if not 0 <= share <= 1 or target.unit.strip() not in ("", "%"):
        return None
    if any(word in name for word in _DISTANCES):
        return None
    if "error" in name and target.direction is not Direction.AT_LEAST:
        return share
    if "accuracy" in name and target.direction is not Direction.AT_MOST:
        return 1 - share
    return None
