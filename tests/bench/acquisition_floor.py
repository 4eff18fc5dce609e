"""Buying data planned exactly, beside the bare solver on the same sources."""

from __future__ import annotations

from time import perf_counter

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from scoping.data_sources.acquisition import Offer, Sourcing, cheapest, frontier
from scoping.data_sources.months import cheapest_by

SOURCES, MONTHS, CREWS = 200, 36, 5


def _offers(rng: np.random.Generator) -> tuple[Offer, ...]:
    """Sources as they come: some whole, some with a fixed cost or a rate, every fifth sharing people."""
    made = []
    for place in range(SOURCES):
        amount = float(np.round(rng.lognormal(6, 1) + 1))
        total = float(np.round(amount * rng.lognormal(2.3, 0.5)))
        is_whole = bool(rng.random() < 0.4)
        fixed = 0.0 if is_whole or rng.random() < 0.7 else round(total * 0.2)
        made.append(
            Offer(
                id=f"s{place}",
                name=f"Source {place}",
                amount=amount,
                unit_cost=(total - fixed) / amount,
                fixed_cost=fixed,
                is_whole=is_whole,
                lead_days=float(rng.integers(0, 60)),
                daily=amount / int(rng.integers(10, 300)) if rng.random() < 0.5 else None,
                usefulness=float(rng.choice([1, 1, 0.8, 0.5])),
                crew=f"crew {rng.integers(CREWS)}" if rng.random() < 0.2 else "",
            )
        )
    return tuple(made)


def _floor(offers: tuple[Offer, ...], wanted: float) -> None:
    """One call of the solver: cheapest shares, with a yes or no for each source."""
    n = len(offers)
    costs = [o.unit_cost * o.amount for o in offers]
    useful = np.array([o.usefulness * o.amount for o in offers])
    used = np.hstack([np.eye(n), -np.eye(n)])
    solution = milp(
        np.array([*costs, *(o.fixed_cost for o in offers)]),
        integrality=np.repeat([0, 1], n),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(used, [0.0 if o.is_whole else -np.inf for o in offers], 0),
            LinearConstraint(np.concatenate([useful, np.zeros(n)])[None, :] / useful.sum(), wanted / useful.sum(), np.inf),
        ],
        options={"mip_rel_gap": 0},
    )
    assert solution.status == 0


def figures() -> dict[str, tuple[float, float]]:
    """Seconds by what was planned: ours, and one bare call of the solver without days, crews, months or equal plans."""
    offers = _offers(np.random.default_rng(1))
    wanted = 0.3 * sum(o.usefulness * o.amount for o in offers)
    all_costs = sum(o.cost_of(o.amount) for o in offers)
    start = perf_counter()
    _floor(offers, wanted)
    floor = perf_counter() - start
    seconds = {}
    for name, plan in (
        (f"{SOURCES} sources: cheapest plan", lambda: cheapest(Sourcing(offers, wanted, budget=all_costs)).plan),
        (f"{SOURCES} sources: cost against days", lambda: frontier(Sourcing(offers, wanted), 8)),
        (f"{SOURCES} sources over {MONTHS} months", lambda: cheapest_by(offers, wanted, all_costs / MONTHS / 2, MONTHS)),
    ):
        start = perf_counter()
        assert plan()
        seconds[name] = (perf_counter() - start, floor)
    return seconds


if __name__ == "__main__":
    for what, (ours, bare) in figures().items():
        print(f"{what:32} {ours:6.2f} s, one bare call {bare:6.3f} s")
