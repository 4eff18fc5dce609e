"""Integer programmes written as rows of weights, for planners that promise exact answers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoping.errors import CalculationError

Numbers = NDArray[np.float64]
SECONDS = 20.0
"""Longest search. What is not proven best by then is not called best."""
_DOUBT_SECONDS = 5.0
"""Longest search for a solution of what was called impossible."""


@dataclass(frozen=True)
class Row:
    """A condition: how variables are weighed, by their place, and between what bounds the sum lies."""

    weights: Mapping[int, float]
    low: float = -math.inf
    high: float = math.inf


def solve(objective: Numbers, rows: Sequence[Row], upper: Numbers, whole: Numbers) -> Numbers | None:
    """The variables, from 0 up to `upper`, that make the objective smallest; None if no values meet all rows.

    Rows hold to about a millionth of their size, so they should be scaled to near one.

    Args:
        whole: 1 for each variable that must be a whole number, else 0.

    Raises:
        CalculationError: nothing was proven within the time.
    """
    optimum = _search(objective, rows, upper, whole, mip_rel_gap=0, time_limit=SECONDS)
    if optimum.status == 2:
        # Where rows leave no more than a ten-millionth of room, presolve calls some programmes impossible that are not.
        doubted = _search(objective, rows, upper, whole, mip_rel_gap=0, time_limit=_DOUBT_SECONDS, presolve=False)
        return doubted.x if doubted.status == 0 else None
    if optimum.status != 0:
        raise CalculationError(f"No plan could be proven best within {SECONDS:g} seconds.", "Leave out sources that matter little.")
    solution: Numbers = optimum.x
    return solution


def approach(objective: Numbers, rows: Sequence[Row], upper: Numbers, whole: Numbers, gap: float, seconds: float) -> Numbers | None:
    """As `solve`, content with missing the best value by a share, or with what is found within the time; None if nothing is."""
    solution: Numbers | None = _search(objective, rows, upper, whole, mip_rel_gap=gap, time_limit=seconds).x
    return solution


def _search(objective: Numbers, rows: Sequence[Row], upper: Numbers, whole: Numbers, **options: float) -> Any:
    from scipy.optimize import Bounds, LinearConstraint, milp

    return milp(
        objective,
        integrality=whole,
        bounds=Bounds(np.zeros(len(objective)), upper),
        constraints=[LinearConstraint(_matrix(rows, len(objective)), *_bounds(rows))] if rows else [],
        options=options,
    )


def refine(objective: Numbers, rows: Sequence[Row], lower: Numbers, upper: Numbers) -> Numbers | None:
    """As `solve` for variables that need not be whole, to a ten-billionth; None if no values meet all rows."""
    from scipy.optimize import linprog

    low, high = _bounds(rows)
    matrix = _matrix(rows, len(objective))
    above, below = np.isfinite(high), np.isfinite(low)
    optimum = linprog(
        objective,
        A_ub=_stacked(matrix[above], -matrix[below]),
        b_ub=np.concatenate([high[above], -low[below]]),
        bounds=np.column_stack([lower, upper]),
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    solution: Numbers | None = optimum.x if optimum.status == 0 else None
    return solution


def _stacked(*parts: Any) -> Any:
    from scipy.sparse import vstack

    return vstack(parts)


def _matrix(rows: Sequence[Row], width: int) -> Any:
    from scipy.sparse import csr_array

    lines = np.repeat(np.arange(len(rows)), [len(row.weights) for row in rows])
    places = [place for row in rows for place in row.weights]
    weights = [weight for row in rows for weight in row.weights.values()]
    return csr_array((weights, (lines, places)), shape=(len(rows), width))


def _bounds(rows: Sequence[Row]) -> tuple[Numbers, Numbers]:
    return np.array([row.low for row in rows]), np.array([row.high for row in rows])
