"""The verdict on an idea, by written rules over graded evidence; nothing is averaged, and many weak pieces stay weak.

Every piece first gets the strength that it can carry (rules W), then the strongest pieces decide (rules V). What would
change the verdict is found by trying single pieces (flips).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scoping.charter import Charter
from scoping.feasibility import benchmarks
from scoping.feasibility.benchmarks import Asked
from scoping.feasibility.flips import Flip, flips
from scoping.feasibility.ruling import Ruling, ruling, strongest
from scoping.feasibility.weighing import Piece, Strength, benchmark, likeness, says_nothing, weighed
from scoping.sections import solutions
from scoping.sections.feasibility import Check, Evidence, Feasibility, checks_for
from scoping.sections.solutions import Approach, Solution
from scoping.words import short


@dataclass(frozen=True)
class Judged:
    """An idea with its evidence, its verdict and what would change it.

    Attributes:
        needed: the checks that fit its cell of the 2x2.
        ignored: evidence about it that says nothing yet, with the reason.
    """

    solution: Solution
    needed: tuple[Check, ...]
    pieces: tuple[Piece, ...]
    ignored: tuple[str, ...]
    ruling: Ruling

    @cached_property
    def flips(self) -> tuple[Flip, ...]:
        """What would change the verdict, cheapest first."""
        return flips(self.pieces, self.needed)

    def state(self, check: Check) -> Strength:
        """The strongest evidence that a check has."""
        return strongest(p for p in self.pieces if p.check is check)


def verdicts(charter: Charter, today: date) -> tuple[Judged, ...]:
    """The verdict on every idea of a charter, in order."""
    ideas: solutions.Solutions = charter.solutions
    chosen = solutions.chosen(ideas)
    feasibility: Feasibility = charter.feasibility
    return tuple(judged(idea, feasibility, today, is_chosen=idea == chosen) for idea in ideas.solutions)


def untied(charter: Charter) -> tuple[Evidence, ...]:
    """Evidence that names no idea of the charter, and so counts for none."""
    ideas = {idea.id for idea in charter.solutions.solutions}
    return tuple(row for row in charter.feasibility.evidence if row.solution not in ideas)


def judged(idea: Solution, feasibility: Feasibility, today: date, *, is_chosen: bool = False) -> Judged:
    """The verdict on one idea.

    Args:
        is_chosen: benchmarks that name no idea are about the chosen one.
    """
    asked = Asked.of(feasibility)
    needed = () if idea.approach not in (None, Approach.ML) else tuple(checks_for(idea.data, idea.novelty))
    pieces, ignored = [], []
    for row in feasibility.evidence:
        if row.solution == idea.id:
            if why := says_nothing(row):
                ignored.append(why)
            else:
                pieces.append(weighed(row, asked, today))
    about = [b for b in feasibility.benchmarks if b.solution == idea.id or (is_chosen and not b.solution)]
    for compared in benchmarks.compare(about, asked):
        piece = benchmark(compared, today)
        if piece is None:
            ignored.append(f"“{short(compared.benchmark.title, 60)}”: {compared.why} (W9)")
        else:
            pieces.append(piece)
    if feasibility.resembles and Check.FEATURES in needed:
        pieces.append(likeness(feasibility.resembles))
    ordered = tuple(sorted(pieces, key=lambda p: (-p.strength, p.title, p.key)))
    return Judged(idea, needed, ordered, tuple(sorted(ignored)), ruling(ordered, needed))
