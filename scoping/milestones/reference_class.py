"""The outside view: what became of past plans of the same kind, as a factor of actual over planned time.

With few projects an ordinary quantile promises too much; the ceil((n + 1) p)-th smallest ratio keeps its promise
(measured on 145 projects of Kitchenham 2002: four to eight projects cover 80 to 89 % instead of 71 to 75 %).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scoping import answers
from scoping.errors import AnswerError, CalculationError
from scoping.numbers.ranges import Range
from scoping.section import question
from scoping.sections.milestones import Milestone
from scoping.tables import notation
from scoping.words import bare, count, number_words, short

_DAYS = question(Milestone, "likely_days")
"""Days are read as people type them on the page."""
FEWEST = 4
"""Past projects below which no 80 % point is told."""


PAST = "past_projects"
"""The setting of the portfolio that holds past projects."""


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


@dataclass(frozen=True, kw_only=True)
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

    @property
    def words(self) -> str:
        """How long they took, or how many of them are lacking."""
        if self.middle is None or self.p80 is None:
            return f"{FEWEST} past projects are needed for an outside view; known so far: {self.source}"
        return f"{times_words(self.middle, self.p80)}, from {self.source}"


def times_words(middle: float, bad: float) -> str:
    """What is taken of the planned time, in the middle and in the worst fifth."""
    return f"{number_words(round(middle, 2))} times the plan in the middle, {number_words(round(bad, 2))} in the worst fifth"


KITCHENHAM = Outside(
    n=145, middle=1.0, p80=1.25, p90=1.68, late=0.37, source="145 software projects of one company (Kitchenham 2002)"
)
"""What to fall back on; not projects of this house, and none of them with machine learning."""


STUDY = Range(20, 50, 80)
"""Working days of a feasibility study: 4 to 16 weeks (Microsoft, guide to feasibility studies)."""
LANDMARK = "121 software projects of one company (Landmark)"
_REST = ((0.10, 0.25, 1.8), (0.50, 0.75, 1.55))
"""From which to which share of the planned time, the middle of actual over stated remaining time."""


def prediction_bound(ratios: Sequence[float], share: float) -> float | None:
    """The ratio that a new project of the kind stays below with at least this chance; None with too few projects."""
    place = math.ceil((len(ratios) + 1) * share - 1e-12)
    return sorted(ratios)[place - 1] if 0 < place <= len(ratios) else None


def outside(projects: Iterable[Past], kind: str = "") -> Outside:
    """The factors of past projects of a kind, or of all while no kind is named."""
    wanted = bare(kind)
    chosen = [p for p in projects if p.planned > 0 and p.actual > 0 and (not wanted or bare(p.kind) == wanted)]
    ratios = [p.factor for p in chosen]
    named = f" of the kind “{kind.strip()}”" if wanted else ""
    source = f"{count(len(ratios), 'past project')}{named}"
    if len(ratios) < FEWEST:
        return Outside(n=len(ratios), middle=None, p80=None, p90=None, late=None, source=source)
    late = sum(r > 1 for r in ratios) / len(ratios)
    return Outside(
        n=len(ratios),
        middle=prediction_bound(ratios, 0.5),
        p80=prediction_bound(ratios, 0.8),
        p90=prediction_bound(ratios, 0.9),
        late=late,
        source=source,
    )


@dataclass(frozen=True)
class Rest:
    """How long the rest of a running project takes if it fares like the middle one of past projects.

    Attributes:
        factor: actual over stated remaining time.
        days: of the rest.
    """

    factor: float
    days: float
    source: str = LANDMARK


def rest(planned: float, elapsed: float) -> Rest | None:
    """What the rest of a project of `planned` days takes after `elapsed` ones; None where nothing was measured."""
    share = elapsed / planned if planned > 0 else 0.0
    factor = next((factor for first, last, factor in _REST if first <= share <= last), None)
    return None if factor is None else Rest(factor, (planned - elapsed) * factor)


_HEADINGS = {
    "name": ("project", "name", "title"),
    "kind": ("kind", "type", "category", "class"),
    "planned": ("planned days", "estimated days", "est days", "planned", "estimated", "estimate", "plan"),
    "actual": ("actual days", "days taken", "actual", "took", "real", "duration"),
}
"""Headings that people write, the clearest first."""


def guess(columns: Sequence[str]) -> dict[str, str]:
    """Which column of a file of past projects holds what: field of `Past` to column. What is not found is missing."""
    bare = {" ".join(re.sub(r"[\W_]+", " ", c.casefold()).split()): c for c in reversed(columns)}
    fits = {name: next((bare[h] for h in headings if h in bare), None) for name, headings in _HEADINGS.items()}
    return {name: column for name, column in fits.items() if column is not None}


def read(rows: Iterable[Mapping[str, object]], columns: Mapping[str, str]) -> tuple[tuple[Past, ...], tuple[str, ...]]:
    """Past projects of a file, and why rows of it are left out, a sentence each.

    Args:
        rows: by heading of the column, the first of them standing in line 2 of the file.
        columns: as `guess` gives them; "planned" and "actual" are needed.

    Raises:
        CalculationError: a column that is needed was not named.
    """
    for name, words in (("planned", "planned"), ("actual", "actual")):
        if name not in columns:
            raise CalculationError(f"No column with the {words} days was chosen.", "Choose one.")
    projects: list[Past] = []
    left_out: list[str] = []
    texts = [
        {name: " ".join(str(row.get(columns[name]) or "").split()) if name in columns else "" for name in _HEADINGS} for row in rows
    ]
    told = notation.told(text[name] for text in texts for name in ("planned", "actual"))
    mark = next(iter(told)) if len(told) == 1 else None
    for line, text in enumerate(texts, start=2):
        planned, actual = (_days(notation.as_typed(text[name], mark)) for name in ("planned", "actual"))
        wrong = next((n for n, days in (("planned", planned), ("actual", actual)) if days is None), None)
        if wrong:
            value = f"“{short(text[wrong], 40)}”" if text[wrong] else "empty"
            left_out.append(f"Line {line}: “{columns[wrong]}” is {value}; a number of days above zero is needed.")
        elif planned and actual:
            projects.append(Past(text["name"] or f"Line {line}", text["kind"], planned, actual))
    return tuple(projects), tuple(left_out)


def _days(text: str) -> float | None:
    try:
        days: float | None = answers.read(_DAYS, text)
    except AnswerError:
        return None
    return days or None


def kept(setting: Mapping[str, Any]) -> tuple[Past, ...]:
    """Past projects as the setting of the portfolio keeps them; what is no such entry is passed over."""
    return tuple(
        Past(str(p["name"]), str(p["kind"]), float(p["planned"]), float(p["actual"]))
        for p in setting.values()
        if isinstance(p, dict) and {"name", "kind", "planned", "actual"} <= p.keys()
    )
