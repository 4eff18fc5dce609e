"""The idea that a charter is about, as the conditions of several steps ask for it."""

from __future__ import annotations

from scoping.charter import Charter
from scoping.findings import Finding
from scoping.lacking import Missing, first_blank, lack, named
from scoping.sections import solutions as ideas
from scoping.sections.solutions import Approach, Solution


def learns(one: Solution) -> bool:
    """Whether an idea is asked what learning needs. An approach that nobody stated may be one that learns."""
    return one.approach in (None, Approach.ML)


def chosen_idea(charter: Charter) -> Solution | None:
    return ideas.chosen(charter.solutions)


def no_choice(code: str, why: str, charter: Charter) -> Finding:
    return lack(code, f"No idea is chosen, so {why}. Choose one.", charter.solutions, "solutions")


def cell_unknown(one: Solution) -> Missing:
    """What an idea that may learn has to say before anybody can tell which checks fit it."""
    if learns(one) and (name := first_blank(one, "approach", "data", "novelty")):
        message = f"Say for {named(one)} the approach, the kind of data and whether it is new: the checks that fit follow from it."
        yield lack("solutions.cell", message, one, name)
