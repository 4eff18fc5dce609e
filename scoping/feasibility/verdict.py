"""The verdict on an idea, by written rules over graded evidence; nothing is averaged, and many weak pieces stay weak.

Every piece first gets the strength that it can carry (rules W), then the strongest pieces decide (rules V). What would
change the verdict is found by trying single pieces (flips). What a proof of concept found is a piece like any other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from scoping.charter import Charter
from scoping.feasibility import benchmarks, proof
from scoping.feasibility.benchmarks import Asked
from scoping.feasibility.flips import Flip, Planned, flips
from scoping.feasibility.ruling import Ruling, ruling, strongest
from scoping.feasibility.weighing import Piece, Strength, benchmark, likeness, says_nothing, weighed
from scoping.sections import solutions
from scoping.sections.feasibility import Benchmark, CameOut, Check, Evidence, Feasibility, Hypothesis, checks_for
from scoping.sections.solutions import Approach, Solution
from scoping.words import short


@dataclass(frozen=True, kw_only=True)
class Judged:
    """An idea with its evidence, its verdict and what would change it.

    Attributes:
        needed: the checks that fit its cell of the 2x2.
        ignored: evidence about it that says nothing yet, with the reason.
        planned: hypotheses about it that nobody has tried yet.
    """

    solution: Solution
    needed: tuple[Check, ...]
    pieces: tuple[Piece, ...]
    ignored: tuple[str, ...]
    ruling: Ruling
    planned: tuple[Planned, ...] = ()

    @cached_property
    def flips(self) -> tuple[Flip, ...]:
        """What would change the verdict, cheapest first."""
        return flips(self.pieces, self.needed, self.planned)

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


def last_added(feasibility: Feasibility) -> date:
    """The day on which something was last found out; the first there is where no day is known. Evidence ages from then on."""
    evidence = (*feasibility.evidence, *proof.found(feasibility))
    return max(filter(None, (*(e.found_on for e in evidence), *(b.found_on for b in feasibility.benchmarks))), default=date.min)


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
    tried = (row for row in proof.found(feasibility) if _is_about(row, idea, is_chosen=is_chosen))
    pieces += [replace(weighed(row, asked, today), key=f"hypotheses:{row.id}") for row in tried]
    about = [b for b in feasibility.benchmarks if _is_about(b, idea, is_chosen=is_chosen)]
    for compared in benchmarks.compare(about, asked):
        piece = benchmark(compared, today)
        if piece is None:
            ignored.append(f"“{short(compared.benchmark.title, 60)}”: {compared.why}")
        else:
            pieces.append(piece)
    if feasibility.resembles and Check.FEATURES in needed:
        pieces.append(likeness(feasibility.resembles))
    ordered = tuple(sorted(pieces, key=lambda p: (-p.strength, p.title, p.key)))
    planned = tuple(
        _planned(h, feasibility, asked, today) for h in proof.still_open(feasibility) if _is_about(h, idea, is_chosen=is_chosen)
    )
    return Judged(
        solution=idea,
        needed=needed,
        pieces=ordered,
        ignored=tuple(sorted(ignored)),
        ruling=ruling(ordered, needed),
        planned=planned,
    )


def _is_about(row: Benchmark | Evidence | Hypothesis, idea: Solution, *, is_chosen: bool) -> bool:
    """Whether a row is about an idea; what names none, without having been written as evidence, is about the chosen one."""
    return row.solution == idea.id or (is_chosen and not row.solution)


def _planned(row: Hypothesis, feasibility: Feasibility, asked: Asked, today: date) -> Planned:
    """What a hypothesis would weigh if it were tried by today: confirmed, and refuted."""
    tried = row.model_copy(update={"tried_on": today})
    outcomes = (CameOut.CONFIRMED, CameOut.REFUTED)
    good, bad = (weighed(proof.as_tried(tried, outcome, feasibility.features), asked, today) for outcome in outcomes)
    return Planned(row, good, bad)
