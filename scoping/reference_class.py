"""The outside view: what became of past plans of the same kind, as a factor of actual over planned time.

With few projects an ordinary quantile promises too much; the ceil((n + 1) p)-th smallest ratio keeps its promise
(measured on 145 projects of Kitchenham 2002: four to eight projects cover 80 to 89 % instead of 71 to 75 %).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FEWEST = 4
"""Past projects below which no 80 % point is told."""


@dataclass(frozen=True)
class Past:
    """A project that is over.

    Attributes:
        kind: what projects are told apart by; compared without case and blanks.
        planned, actual: time in days, above zero.
    """

    name: str
    kind: str
    planned: float
    actual: float

    @property
    def factor(self) -> float:
        return self.actual / self.planned


@dataclass(frozen=True)
class Outside:
    """Factors of past projects.

    Attributes:
        middle, p80, p90: None where too few projects are known.
        source: where they come from.
    """

    n: int
    middle: float | None
    p80: float | None
    p90: float | None
    late: float | None
    source: str

    @property
    def is_enough(self) -> bool:
        return self.middle is not None and self.p80 is not None


KITCHENHAM = Outside(145, 1.0, 1.25, 1.68, 0.37, "145 software projects of one company (Kitchenham 2002)")
"""What to fall back on; not projects of this house, and none of them with machine learning."""


def at_least(ratios: Sequence[float], share: float) -> float | None:
    """The ratio that a new project of the kind stays below with at least this chance; None with too few projects."""
    place = math.ceil((len(ratios) + 1) * share - 1e-12)
    return sorted(ratios)[place - 1] if 0 < place <= len(ratios) else None


def plain(kind: str) -> str:
    """A kind without what says nothing: case and blanks."""
    return "".join(kind.split()).casefold()


def outside(projects: Iterable[Past], kind: str = "") -> Outside:
    """The factors of past projects of a kind, or of all while no kind is named."""
    wanted = plain(kind)
    chosen = [p for p in projects if p.planned > 0 and p.actual > 0 and (not wanted or plain(p.kind) == wanted)]
    ratios = [p.factor for p in chosen]
    named = f" of the kind “{kind.strip()}”" if wanted else ""
    source = f"{len(ratios)} past {'project' if len(ratios) == 1 else 'projects'}{named}"
    if len(ratios) < FEWEST:
        return Outside(len(ratios), None, None, None, None, source)
    late = sum(r > 1 for r in ratios) / len(ratios)
    return Outside(len(ratios), at_least(ratios, 0.5), at_least(ratios, 0.8), at_least(ratios, 0.9), late, source)
