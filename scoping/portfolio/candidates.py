"""Many projects side by side: what each is worth, how feasible, how clean, and how it was rated, without adding up votes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scoping import currency as iso
from scoping.charter import Charter
from scoping.ethics.state import EthicsState, state
from scoping.numbers.ranges import Spread
from scoping.portfolio.choosing import Priced
from scoping.portfolio.ranking import Rated, Score
from scoping.sections import solutions
from scoping.sections.feasibility import Opinion
from scoping.sections.project import Rating
from scoping.value import money, simulation
from scoping.value.valuation import SEED, valuation

DRAWS = 5_000
"""Fewer than on the value page: here many projects are drawn at once."""


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


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A project as it stands beside others.

    Attributes:
        npv: in major units of `currency`; None while nothing can be counted.
        cost: all costs at likely values within the horizon, not discounted; None while there are none.
        is_rough: whether the value rests on guesses only.
    """

    id: str
    name: str
    currency: str
    npv: Spread | None
    loss: float | None
    cost: float | None
    people: float | None
    feasible: Feasible
    ethics: EthicsState
    is_rough: bool = False


def candidate(project: str, charter: Charter) -> Candidate:
    """Work out what a charter says in a comparison."""
    worth = valuation(charter)
    plan = worth.of_chosen
    has_benefit = any(line.kind is money.Flow.BENEFIT for line in plan.counted)
    seen = simulation.simulate(plan, DRAWS, SEED) if has_benefit else None
    case = money.likely(plan)
    has_cost = any(line.kind is money.Flow.COST for line in plan.counted)
    return Candidate(
        id=project,
        name=charter.name,
        currency=worth.currency,
        npv=seen.npv if seen else None,
        loss=seen.loss if seen else None,
        cost=case.costs if has_cost else None,
        people=charter.project.people_needed,
        feasible=_feasible(charter),
        ethics=state(charter.ethics),
        is_rough=case.rests_on_guesses,
    )


def _feasible(charter: Charter) -> Feasible:
    idea = solutions.chosen(charter.solutions)
    opinions = [v.opinion for v in charter.feasibility.verdicts if idea and v.solution == idea.id and v.opinion]
    if not opinions or Opinion.TOO_LITTLE in opinions:
        return Feasible.UNKNOWN
    worst_first = {Opinion.NOT_FEASIBLE: Feasible.NOT_FEASIBLE, Opinion.DOUBTFUL: Feasible.DOUBTFUL}
    return next((worst_first[o] for o in worst_first if o in opinions), Feasible.FEASIBLE)


def rated(project: str, name: str, ratings: Iterable[Rating]) -> Rated:
    """The ratings of a project for the ranking; its reasons are its evidence."""
    return Rated(project, name, {r.id: Score(r.low, r.likely, r.high, r.reason) for r in ratings})


def priced(candidates: Iterable[Candidate], rates: Mapping[str, float], currency: str) -> tuple[list[Priced], list[str]]:
    """The candidates for choosing a set, in minor units of one currency, and a sentence for each that cannot be converted.

    Args:
        rates: what one unit of another currency is worth in `currency`.
    """
    offers, problems = [], []
    for project in candidates:
        rate = 1.0 if project.currency == currency else rates.get(project.currency, 0.0)
        if not rate:
            problems.append(f"“{project.name}” is in {project.currency}. Give an exchange rate to compare it.")
            continue
        npv, cost = project.npv, project.cost
        offers.append(
            Priced(
                id=project.id,
                name=project.name,
                value=None if npv is None else _minor(npv.centre * rate, currency),
                cost=None if cost is None else _minor(cost * rate, currency),
                people=project.people,
                low=None if npv is None else _minor(min(npv.p10, npv.centre) * rate, currency),
                high=None if npv is None else _minor(max(npv.p90, npv.centre) * rate, currency),
            )
        )
    return offers, problems


def _minor(major: float, currency: str) -> int:
    return iso.to_minor(Decimal(f"{major:.6f}"), currency)
