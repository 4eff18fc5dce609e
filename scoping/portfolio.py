"""Many projects side by side: what each is worth, how feasible, how clean, and how it was rated, without adding up votes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from scoping import currency as iso
from scoping import money
from scoping.choosing import Priced
from scoping.ranges import Spread
from scoping.ranking import Rated, Score
from scoping.section import Choice
from scoping.sections import solutions
from scoping.sections.ethics import Judgement, Outcome
from scoping.sections.feasibility import Opinion
from scoping.sections.project import Rating
from scoping.valuation import SEED, valuation

DRAWS = 5_000
"""Fewer than on the value page: here many projects are drawn at once."""


class Ethics(Choice):
    """What the ethics step says so far. Blank is never clear."""

    CLEAR = "clear", "Clear: three times yes, no open concern"
    OPEN = "open", "Open: unanswered, or a concern undecided"
    OBJECTED = "objected", "Objected: the team says no"


class Feasible(StrEnum):
    """The verdict on the chosen idea, worst first; no verdict is one of its own."""

    NOT_FEASIBLE = "not_feasible"
    UNKNOWN = "unknown"
    DOUBTFUL = "doubtful"
    FEASIBLE = "feasible"


VERDICTS = {
    Feasible.NOT_FEASIBLE: "Not feasible",
    Feasible.UNKNOWN: "Not known yet",
    Feasible.DOUBTFUL: "Doubtful",
    Feasible.FEASIBLE: "Feasible",
}


@dataclass(frozen=True)
class Candidate:
    """A project as it stands beside others.

    Attributes:
        npv: in major units of `currency`; None while nothing can be counted.
        cost: all costs at likely values within the horizon, not discounted; None while there are none.
    """

    id: str
    name: str
    currency: str
    npv: Spread | None
    loss: float | None
    cost: float | None
    people: float | None
    feasible: Feasible
    ethics: Ethics


def candidate(project: str, charter: Any) -> Candidate:
    """Work out what a charter says in a comparison."""
    worth = valuation(charter)
    plan = worth.of_chosen
    has_benefit = any(line.kind is money.Kind.BENEFIT for line in plan.counted)
    seen = money.simulate(plan, DRAWS, SEED) if has_benefit else None
    costs = money.likely(plan).costs if any(line.kind is money.Kind.COST for line in plan.counted) else None
    return Candidate(
        project,
        charter.name,
        worth.currency,
        seen.npv if seen else None,
        seen.loss if seen else None,
        costs,
        charter.part("project").people_needed,
        _feasible(charter),
        _ethics(charter.part("ethics")),
    )


def _feasible(charter: Any) -> Feasible:
    one = solutions.chosen(charter.part("solutions"))
    opinions = [v.opinion for v in charter.part("feasibility").verdicts if one and v.solution == one.id and v.opinion]
    if not opinions or Opinion.TOO_LITTLE in opinions:
        return Feasible.UNKNOWN
    worst_first = {Opinion.NOT_FEASIBLE: Feasible.NOT_FEASIBLE, Opinion.DOUBTFUL: Feasible.DOUBTFUL}
    return next((worst_first[o] for o in worst_first if o in opinions), Feasible.FEASIBLE)


def _ethics(ethics: Any) -> Ethics:
    answers = (ethics.net_positive, ethics.is_fair, ethics.aired)
    if Judgement.NO in answers:
        return Ethics.OBJECTED
    undecided = any(c.outcome in (None, Outcome.OPEN) for c in ethics.concerns)
    return Ethics.OPEN if None in answers or undecided else Ethics.CLEAR


def rated(project: str, name: str, ratings: Iterable[Rating]) -> Rated:
    """The ratings of a project for the ranking; its reasons are its evidence."""
    return Rated(project, name, {r.id: Score(r.low, r.likely, r.high, r.reason) for r in ratings})


def priced(candidates: Iterable[Candidate], rates: Mapping[str, float], currency: str) -> tuple[list[Priced], list[str]]:
    """The candidates for choosing a set, in minor units of one currency, and a sentence for each that cannot be converted.

    Args:
        rates: what one unit of another currency is worth in `currency`.
    """
    found, problems = [], []
    for one in candidates:
        rate = 1.0 if one.currency == currency else rates.get(one.currency, 0.0)
        if not rate:
            problems.append(f"“{one.name}” is in {one.currency}. Give an exchange rate to compare it.")
            continue
        npv, cost = one.npv, one.cost
        found.append(
            Priced(
                one.id,
                one.name,
                value=None if npv is None else _minor(npv.mean * rate, currency),
                cost=None if cost is None else _minor(cost * rate, currency),
                people=one.people,
                low=None if npv is None else _minor(min(npv.p10, npv.mean) * rate, currency),
                high=None if npv is None else _minor(max(npv.p90, npv.mean) * rate, currency),
            )
        )
    return found, problems


def _minor(major: float, currency: str) -> int:
    return iso.to_minor(Decimal(f"{major:.6f}"), currency)
