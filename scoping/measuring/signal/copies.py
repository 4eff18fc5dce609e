"""Rows that are copies of others, or nearly: whoever has learnt from one knows the answer of the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from scoping.measuring.signal.encoding import Feature, Floats, Whole
from scoping.measuring.signal.scoring import Target

if TYPE_CHECKING:
    import pandas as pd

Marks = NDArray[np.bool_]

_CHANCE = 0.1
"""Where chance alone would make this share of the alike pairs, rows are alike because their columns say little."""
_AGREE = 0.8
"""Rows that are alike in all columns are copies only if they agree so much more than chance on the answer, too."""
_FEW_VALUES = 12
"""A column of so few values is meant to repeat them."""
_NEAR = 0.02
"""Numbers that differ by less than this share of their usual spread are nearly the same."""
_WIDER = 3.0
"""How many times farther is looked, to see whether near rows lie in a continuum: there, more room holds more of them."""
_PAIRS_AT_MOST = 3_000_000
"""Rows of which so many pairs are near in their richest columns lie in a continuum."""
_LOOKED_AT = 6
"""Columns in which near rows are searched for, those with most different values, before all are compared."""


def exact(frame: pd.DataFrame, target: str) -> Marks:
    """Which rows repeat an earlier one in every cell, unless rows are alike by nature."""
    import pandas as pd

    codes = [pd.factorize(frame[name])[0] for name in frame.columns if name != target]
    return _repeats(codes, pd.factorize(frame[target])[0])


def near(features: Sequence[Feature], target: Target) -> Marks:
    """Which rows say the same as an earlier one, but for the spelling of words and the last digits of numbers.

    Args:
        features: those that models see; rows are often copied under a new number.
    """
    import pandas as pd

    answers = target.codes if target.classes else pd.factorize(target.values)[0]
    same = [_spelt_alike(f) for f in features]
    repeated = _repeats(same, answers)
    if repeated.any():
        # Numbers that differ a little are looked for among the rest.
        different = np.flatnonzero(~repeated)
        repeated[different] = _close(_part(features, ~repeated), target.shuffled(different))
        return repeated
    return _close(features, target)


def _part(features: Sequence[Feature], rows: Marks) -> list[Feature]:
    return [Feature(name=f.name, role=f.role, values=f.values[rows], missing=f.missing[rows]) for f in features]


def _spelt_alike(feature: Feature) -> Whole:
    """A number per value, -1 where it is missing; capitals do not matter."""
    import pandas as pd

    values = feature.values if feature.is_numeric else pd.Series(feature.values, dtype=object).str.casefold()
    codes: Whole = pd.factorize(values)[0]
    return codes


def _repeats(columns: Sequence[Whole], answers: Whole) -> Marks:
    import pandas as pd

    cells = pd.DataFrame(dict(enumerate([*columns, answers])))
    repeated: Marks = cells.duplicated().to_numpy(copy=True)
    if not repeated.any():
        return repeated
    by_cells = cells.groupby(list(cells.columns[:-1]), sort=False).size() if columns else pd.Series([len(cells)])
    alike = _pairs(cells.value_counts().to_numpy())
    agreeing, agreeing_by_chance = alike / _pairs(by_cells.to_numpy()), _agreeing(answers)
    different = cells[~repeated]
    by_chance = _pairs(np.array([len(cells)])) * np.prod([_agreeing(different[name].to_numpy()) for name in different.columns])
    beyond_chance = (agreeing - agreeing_by_chance) / max(1e-12, 1 - agreeing_by_chance)
    is_natural = by_chance >= _CHANCE * alike or beyond_chance < _AGREE
    return np.zeros_like(repeated) if is_natural else repeated


def _pairs(sizes: NDArray[Any]) -> float:
    counts = sizes.astype(np.float64)
    return float((counts * (counts - 1) / 2).sum())


def _agreeing(codes: Whole) -> float:
    """The chance that two rows agree in a column; of a column of few values, that two further rows do."""
    counts = np.bincount(codes + 1)
    if np.count_nonzero(counts) <= _FEW_VALUES:
        return float(((counts / len(codes)) ** 2).sum())
    return _pairs(counts) / _pairs(np.array([len(codes)]))


def _close(features: Sequence[Feature], target: Target) -> Marks:
    """Rows near an earlier one in every number, alike otherwise, where rows do not lie in a continuum."""
    import pandas as pd
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import KDTree

    rows = len(target.values)
    nothing = np.zeros(rows, dtype=bool)
    numbers = [_spread_out(f.values) for f in features if f.is_numeric]
    if not numbers:
        return nothing
    numbers += [] if target.classes else [_spread_out(target.values)]
    others = [f.missing if f.is_numeric else _spelt_alike(f) for f in features] + ([target.codes] if target.classes else [])
    kinds = pd.DataFrame(dict(enumerate(others)))
    kind = kinds.groupby(list(kinds.columns), sort=False).ngroup().to_numpy() if others else np.zeros(rows)
    matrix = np.column_stack(numbers)
    richest = sorted(range(matrix.shape[1]), key=lambda i: -len(np.unique(matrix[:, i])))[:_LOOKED_AT]
    # Rows of another kind are put too far away to be near.
    tree = KDTree(np.column_stack([matrix[:, richest], 10.0 * kind]))
    reach = _WIDER * _NEAR
    if tree.count_neighbors(tree, reach, p=np.inf) - rows > 2 * _PAIRS_AT_MOST:
        return nothing
    one, other = tree.query_pairs(reach, p=np.inf, output_type="ndarray").T
    apart = np.abs(matrix[one] - matrix[other]).max(axis=1)
    # Rows that are wholly alike were judged before.
    close = (apart > 0) & (apart <= _NEAR)
    around = int(((apart > _NEAR) & (apart <= reach)).sum())
    # Along a line, three times the reach holds three times the pairs; in more dimensions more.
    if not close.any() or around > (_WIDER - 1) / 2 * close.sum():
        return nothing
    links = coo_array((np.ones(close.sum()), (one[close], other[close])), shape=(rows, rows))
    _, group = connected_components(links, directed=False)
    marks: Marks = pd.Series(group).duplicated().to_numpy()
    return marks


def _spread_out(values: Floats) -> Floats:
    """Numbers as multiples of their usual spread; 0 where missing."""
    known = values[~np.isnan(values)]
    if not len(known):
        return np.zeros(len(values))
    low, high = np.quantile(known, (0.25, 0.75))
    spread = (high - low) / 1.35 or float(known.std()) or 1.0
    spread_out: Floats = np.nan_to_num((values - low) / spread)
    return spread_out
