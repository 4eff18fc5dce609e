"""What mistakes of a model cost, and how good it must be to break even."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from scoping.sections.milestones import Family, Milestones, Target
from scoping.sections.value import OperatingPoint, Stake, Value
from scoping.value import decision
from scoping.value.valuation import major

# What being right or wrong is worth


@dataclass(frozen=True, kw_only=True)
class JudgedErrors:
    """A decision of the model in figures.

    Attributes:
        stakes: None while cases, share or all amounts are missing.
        points: its operating points, valued; `settings` are the records they stand for, in the same order.
        needs: precision from which flagging a case pays, 0 to 1; None when nothing pays or too little is known.
    """

    row: Stake
    stakes: decision.Stakes | None
    points: tuple[decision.Valued, ...] = ()
    settings: tuple[OperatingPoint, ...] = ()
    needs: float | None = None
    errors: decision.ErrorStakes | None = None

    @property
    def best(self) -> decision.Valued | None:
        """The operating point that is worth most."""
        return decision.best(self.points)


@lru_cache(maxsize=64)
def judged(value: Value) -> tuple[JudgedErrors, ...]:
    """What each decision's outcomes are worth per month, in the decision's own currency."""
    first = value.stakes[0].id if value.stakes else ""
    return tuple(_judge(row, [p for p in value.operating_points if (p.stake or first) == row.id]) for row in value.stakes)


def _judge(row: Stake, points: list[OperatingPoint]) -> JudgedErrors:
    errors = None
    if row.cases_per_month is not None and row.cost_per_error is not None:
        errors = decision.ErrorStakes(row.cases_per_month, _amount(row.cost_per_error, row), _amount(row.cost_per_case, row))
    if row.cases_per_month is None or row.positive_share is None or (row.value_tp, row.cost_fp, row.cost_fn) == (None, None, None):
        return JudgedErrors(row=row, stakes=None, errors=errors)
    stakes = decision.Stakes(
        cases=row.cases_per_month,
        positives=row.positive_share / 100,
        value_tp=_amount(row.value_tp, row),
        cost_fp=_amount(row.cost_fp, row),
        cost_fn=_amount(row.cost_fn, row),
        cost_per_case=_amount(row.cost_per_case, row),
    )
    settings = tuple(p for p in points if p.recall is not None)
    known = [
        decision.ThresholdPoint(place, None if p.precision is None else p.precision / 100, (p.recall or 0) / 100, p.title)
        for place, p in enumerate(settings)
    ]
    return JudgedErrors(
        row=row, stakes=stakes, points=stakes.value_at(known), settings=settings, needs=stakes.break_even_precision(), errors=errors
    )


def _amount(minor: int | None, row: Stake) -> float:
    return major(minor, row.currency, 1.0) or 0.0


def below_break_even(value: Value, plan: Milestones) -> Iterator[tuple[JudgedErrors, Target]]:
    """Targets for precision at which flagging a case costs more than it brings, each with the decision."""
    for judgement in judged(value):
        for target in plan.targets:
            if judgement.needs is not None and target.family is Family.ML and "precision" in target.metric.casefold():
                share = _share(target)
                if share is not None and share < judgement.needs:
                    yield judgement, target


def _share(target: Target) -> float | None:
    if target.target is None:
        return None
    return target.target if not target.unit.strip() and target.target <= 1 else target.target / 100
