"""The idea that a charter is about, as the conditions of several steps ask for it."""

from __future__ import annotations

from scoping.charter import Charter
from scoping.findings import Finding
from scoping.lacking import lack
from scoping.sections import solutions as ideas
from scoping.sections.solutions import Approach, Solution


def learns(one: Solution) -> bool:
    """Whether an idea is asked what learning needs. An approach that nobody stated may be one that learns."""
    return one.approach in (None, Approach.ML)


def chosen_idea(charter: Charter) -> Solution | None:
    return ideas.chosen(charter.solutions)


def no_choice(code: str, why: str, charter: Charter) -> Finding:
    return lack(code, f"No idea is chosen, so {why}. Choose one.", charter.solutions, "solutions")
