"""What a project says about itself beside others: what it asks, what it may be worth, whether it can work, how clean it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from scoping.charter import Charter
from scoping.ethics.state import EthicsKind, state
from scoping.milestones.possible import begin_of
from scoping.section import Choice
from scoping.sections import solutions
from scoping.sections.feasibility import Feasibility, Grade, Opinion, Speaks
from scoping.sections.milestones import Milestones
from scoping.value import money, simulation
from scoping.value.valuation import SEED, valuation

_DAYS = 365.25 / 12
"""Of a month."""
READS = ("project", "solutions", "feasibility", "value", "ethics", "data_sources", "milestones")
"""Slugs of the parts that the figures follow from."""


class CanWork(Choice):
    """The verdict on the chosen idea, from no to shown; nothing known stands in the middle, and is never drawn as known."""

    NO = "no", "No"
    DOUBTFUL = "doubtful", "Doubtful"
    UNKNOWN = "unknown", "Too little known"
    LIKELY = "likely", "Likely"
    SHOWN = "shown", "Shown"


@dataclass(frozen=True, kw_only=True)
class Figures:
    """A project in figures; amounts are major units of `currency`, None is not known.

    Attributes:
        asked: all costs at likely values within the years counted, not discounted.
        low: one of ten cases lies below it, and above `high`; `worth` is the expected value between them.
        variance, third: central moments of what it may be worth, to add it up with others.
        loss: probability that it brings less than it costs.
        guessed: share of the value that rests on guesses; 1 while nothing is known.
        is_rough: whether all that it brings is guessed.
        years: that are counted.
        people: full-time people at the same time.
        months: from the first day of the plan to its last due date.
    """

    currency: str
    asked: float | None = None
    low: float | None = None
    worth: float | None = None
    high: float | None = None
    variance: float | None = None
    third: float | None = None
    loss: float | None = None
    guessed: float = 1.0
    is_rough: bool = False
    years: int = 0
    people: float | None = None
    months: float | None = None
    can_work: CanWork = CanWork.UNKNOWN
    ethics: EthicsKind = EthicsKind.NOT_ASSESSED
    ethics_words: str = ""


def figures(charter: Charter) -> Figures:
    """Work out what a charter says beside others."""
    worth = valuation(charter)
    plan = worth.of_chosen
    kinds = {line.kind for line in plan.counted}
    case = money.likely(plan)
    ethics = state(charter.ethics)
    seen = _outlook(plan) if money.Flow.BENEFIT in kinds else None
    npv = seen.npv if seen else None
    return Figures(
        currency=worth.currency,
        asked=case.costs if money.Flow.COST in kinds else None,
        low=None if npv is None else min(npv.p10, npv.centre),
        worth=None if npv is None else npv.centre,
        high=None if npv is None else max(npv.p90, npv.centre),
        variance=seen.variance if seen else None,
        third=seen.third if seen else None,
        loss=seen.loss if seen else None,
        guessed=1.0 if case.guesses is None else case.guesses,
        is_rough=case.rests_on_guesses,
        years=plan.horizon_months // 12,
        people=charter.project.people_needed,
        months=_months(charter.milestones),
        can_work=_can_work(charter),
        ethics=ethics.kind,
        ethics_words=ethics.words,
    )


@lru_cache(maxsize=64)
def _outlook(plan: money.Projection) -> simulation.Outlook:
    return simulation.outlook(plan, seed=SEED)


def _months(plan: Milestones) -> float | None:
    begin, end = begin_of(plan), max((m.due for m in plan.milestones if m.due), default=None)
    return (end - begin).days / _DAYS if begin and end and end > begin else None


def _can_work(charter: Charter) -> CanWork:
    idea = solutions.chosen(charter.solutions)
    part: Feasibility = charter.feasibility
    opinions = [v.opinion for v in part.verdicts if idea and v.solution == idea.id and v.opinion]
    if idea is None or not opinions or Opinion.TOO_LITTLE in opinions:
        return CanWork.UNKNOWN
    if Opinion.NOT_FEASIBLE in opinions:
        return CanWork.NO
    if Opinion.DOUBTFUL in opinions:
        return CanWork.DOUBTFUL
    tried = (e.speaks is Speaks.FOR and e.grade in (Grade.PILOT, Grade.MEASURED) for e in part.evidence if e.solution == idea.id)
    return CanWork.SHOWN if any(tried) else CanWork.LIKELY
