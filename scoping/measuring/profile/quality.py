"""What a profile says about the quality of a source, rated 0 to 3 on dimensions of Statistics Canada's Quality Guidelines.

Of the five dimensions data themselves speak of accuracy and coherence only; timeliness, accessibility and interpretability
are for people who know the source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scoping.measuring.profile.columns import Holds, Profile
from scoping.measuring.profile.drift import CHANGED, DriftVerdict, TableDrift
from scoping.measuring.profile.remarks import share
from scoping.words import count

_NEEDED = 30
"""Rows without which nothing is said."""
_MISSING = (0.01, 0.05, 0.2)
_DUPLICATES = (0.001, 0.01, 0.1)
_OUTLIERS = (0.005, 0.02, 0.1)
_ODD = (0.0001, 0.01, 0.05)
_CHANGED = (0.02, 0.1, 0.3)
"""Shares up to which a table is rated 3, 2 and 1. Rules of thumb, written down so that they can be argued about."""


@dataclass(frozen=True)
class Rating:
    """A suggestion, which people who know the source may overrule.

    Attributes:
        score: 0 to 3, or None where the data cannot say.
    """

    score: int | None
    reason: str


def ratings(profile: Profile, drift: TableDrift | None) -> dict[str, Rating]:
    """Suggestions by dimension, named as the questions about a source are."""
    if profile.rows < _NEEDED:
        few = Rating(None, f"Fewer than {_NEEDED} rows: too little data to say.")
        return {"accuracy": few, "coherence": few}
    return {"accuracy": _accuracy(profile), "coherence": _coherence(profile, drift)}


def _score(part: float, limits: Sequence[float]) -> int:
    return sum(part <= limit for limit in limits)


def _accuracy(profile: Profile) -> Rating:
    cells = profile.rows * len(profile.columns) or 1
    missing = sum(column.absent() for column in profile.columns) / cells
    duplicates = profile.duplicates / profile.rows
    spreads = [c.spread for c in profile.columns if c.spread and c.holds is not Holds.DATE and c.spread.outliers is not None]
    far_out = sum(s.outliers or 0 for s in spreads) / (sum(s.judged for s in spreads) or 1)
    scores = (_score(missing, _MISSING), _score(duplicates, _DUPLICATES), _score(far_out, _OUTLIERS))
    return Rating(
        min(scores),
        f"{share(missing, 1)} of the cells are missing, {share(duplicates, 1)} of the rows repeat another, "
        f"{share(far_out, 1)} of the numbers are far out.",
    )


def _coherence(profile: Profile, drift: TableDrift | None) -> Rating:
    filled = sum(profile.rows - column.absent() for column in profile.columns) or 1
    odd = sum(column.odd for column in profile.columns) / filled
    words = f"{share(odd, 1)} of the filled cells are of another kind than their column"
    if drift is None:
        # Agreement over time was not looked at, so the best grade is out of reach.
        return Rating(min(2, _score(odd, _ODD)), f"{words}. Not compared with another file, so 2 is the most.")
    judged = [s for s in drift.shifts if s.verdict in (*CHANGED, DriftVerdict.NONE)]
    changed = sum(s.is_change for s in judged) + len(drift.gone)
    changed_share = changed / ((len(judged) + len(drift.gone)) or 1)
    return Rating(
        min(_score(odd, _ODD), _score(changed_share, _CHANGED)),
        f"{words}; {changed:,} of {count(len(judged) + len(drift.gone), 'column')} changed since the earlier file.",
    )
