"""Projects made ready for comparing: what their steps know already counts as a rating, and what they bring as a price."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoping import currency as iso
from scoping.ethics.state import EthicsKind
from scoping.portfolio.choosing import Priced
from scoping.portfolio.figures import CanWork, Figures
from scoping.portfolio.ranking import Rated, Score
from scoping.sections.project import Rating
from scoping.words import count, number_words, short


@dataclass(frozen=True)
class Candidate:
    """A project as it stands beside others."""

    id: str
    name: str
    figures: Figures


@dataclass(frozen=True)
class Known:
    """A rating that follows from what a step says, so that nobody is asked for it again.

    Attributes:
        told: the figure of the step in words; part: the slug of the step.
    """

    score: Score
    told: str
    part: str


_CAN_WORK = {
    CanWork.NO: Score(1, 1, 2),
    CanWork.DOUBTFUL: Score(2, 2.5, 3),
    CanWork.LIKELY: Score(3, 3.5, 4),
    CanWork.SHOWN: Score(4, 4.5, 5),
}
_ETHICS = {
    EthicsKind.OBJECTED: Score(1, 1, 2),
    EthicsKind.HIGH_RISK: Score(1, 2, 3),
    EthicsKind.OPEN: Score(2, 2.5, 3),
    EthicsKind.CLEARED: Score(4, 4.5, 5),
}
_LEVELS = 5
_FACTOR = math.sqrt(10)
"""Between two levels of value: each is about a third of the one above."""
_LARGEST_JOB = 20


def known(candidates: Sequence[Candidate], rates: Mapping[str, float], currency: str) -> dict[str, dict[str, Known]]:
    """What the steps of each project say about criteria of the rubric, by project and criterion.

    Value and size of the job are told beside the others: the most valuable has level 5, the smallest job is 1.

    Args:
        rates: what one unit of another currency is worth in `currency`.
    """
    offered = {c.id: (c.figures, 1.0 if c.figures.currency == currency else rates.get(c.figures.currency, 0.0)) for c in candidates}
    most = max((f.worth * rate for f, rate in offered.values() if f.worth is not None), default=0.0)
    least = min((f.asked * rate for f, rate in offered.values() if f.asked and rate), default=0.0)
    return {project: dict(_known(figures, rate, most, least)) for project, (figures, rate) in offered.items()}


def _known(figures: Figures, rate: float, most: float, least: float) -> Iterable[tuple[str, Known]]:
    if (score := _CAN_WORK.get(figures.can_work)) is not None:
        yield "feasibility", Known(score, figures.can_work.label, "feasibility")
    if (score := _ETHICS.get(figures.ethics)) is not None:
        yield "ethics", Known(score, figures.ethics.label, "ethics")
    if rate and most > 0 and figures.low is not None and figures.worth is not None and figures.high is not None:
        low, likely, high = (_level(end * rate, most) for end in (figures.low, figures.worth, figures.high))
        told = iso.rough(figures.low, figures.high, figures.currency)
        yield "value", Known(Score(low, likely, high), f"worth {told}{', rough' if figures.is_rough else ''}", "value")
    if rate and least and figures.asked:
        size = min(figures.asked * rate / least, _LARGEST_JOB)
        told = f"asks {iso.about(figures.asked, figures.currency)}"
        yield "job_size", Known(Score(likely=round(size, 2)), told, "value")
    if figures.people and figures.months:
        effort = figures.people * figures.months
        people = count(number_words(figures.people), "person", "people")
        told = f"{people} for {count(number_words(round(figures.months, 1)), 'month')}"
        yield "effort", Known(Score(likely=round(effort, 1)), told, "milestones")


def _level(amount: float, most: float) -> float:
    """The level of an amount, where the largest expected value has the highest."""
    if amount <= 0:
        return 1.0
    return round(min(max(_LEVELS + math.log(amount / most, _FACTOR), 1.0), float(_LEVELS)), 2)


def rated(candidate: Candidate, ratings: Iterable[Rating], steps: Mapping[str, Known]) -> Rated:
    """The ratings of a project for the ranking; what nobody rated is taken from its steps. Reasons are their evidence."""
    given = {r.id: Score(r.low, r.likely, r.high, r.reason) for r in ratings}
    by_steps = {criterion: one.score for criterion, one in steps.items()}
    return Rated(candidate.id, candidate.name, by_steps | {criterion: score for criterion, score in given.items() if score.given})


def priced(candidates: Iterable[Candidate], rates: Mapping[str, float], currency: str) -> tuple[list[Priced], list[str]]:
    """The candidates for choosing a set, in minor units of one currency, and a sentence for each that cannot be converted.

    Args:
        rates: what one unit of another currency is worth in `currency`.
    """
    offers, problems = [], []
    for project in candidates:
        figures = project.figures
        rate = 1.0 if figures.currency == currency else rates.get(figures.currency, 0.0)
        if not rate:
            problems.append(f"“{short(project.name, 60)}” is in {figures.currency}. Give an exchange rate to compare it.")
            continue
        low, worth, high, cost = (
            None if amount is None else _minor(amount * rate, currency)
            for amount in (figures.low, figures.worth, figures.high, figures.asked)
        )
        offers.append(Priced(id=project.id, name=project.name, value=worth, cost=cost, people=figures.people, low=low, high=high))
    return offers, problems


def _minor(major: float, currency: str) -> int:
    return iso.to_minor(Decimal(f"{major:.6f}"), currency)
