"""1,000 projects ranked with robustness, beside numpy doing the bare draws and sorting."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from scoping.portfolio.ranking import Method, Rated, Score, order, robustness
from scoping.portfolio.rubrics import standard_methods

PROJECTS, DRAWS = 1_000, 2_000


def _projects(method: Method, rng: np.random.Generator) -> list[Rated]:
    """Every tenth answer is missing, all others are ranges."""
    return [
        Rated(
            f"p{i}",
            f"Project {i}",
            {c.id: Score(*np.sort(rng.uniform(c.lowest, c.highest, 3)).tolist()) for c in method.asked if rng.random() > 0.1},
        )
        for i in range(PROJECTS)
    ]


def _floor(criteria: int, rng: np.random.Generator) -> None:
    """A triangle per rating, their weighted sum, the ranks of each draw and their tenths: one array at a time."""
    low, likely, high = np.sort(rng.uniform(1, 5, (3, criteria, PROJECTS)), axis=0)
    weights = rng.dirichlet(np.full(criteria, 7.0), DRAWS)
    scores = sum(weights[:, [c]] * rng.triangular(low[c], likely[c], high[c], (DRAWS, PROJECTS)) for c in range(criteria))
    ranks = np.argsort(np.argsort(-scores, axis=1), axis=1)
    np.quantile(ranks, [0.1, 0.5, 0.9], axis=0)
    (ranks < 10).mean(axis=0)


def figures() -> dict[str, tuple[float, float]]:
    """Seconds by what was ranked: ours, and plain numpy for as many criteria."""
    seconds = {}
    for method in standard_methods():
        projects = _projects(method, np.random.default_rng(1))
        start = perf_counter()
        order(projects, method)
        assert len(robustness(projects, method, k=10, n=DRAWS).standings) == PROJECTS
        ours = perf_counter() - start
        start = perf_counter()
        _floor(len(method.asked), np.random.default_rng(1))
        seconds[f"{PROJECTS:,} projects by {method.id}"] = (ours, perf_counter() - start)
    return seconds


if __name__ == "__main__":
    for what, (ours, floor) in figures().items():
        print(f"{what:28} {ours:6.2f} s, plain numpy {floor:6.2f} s")
