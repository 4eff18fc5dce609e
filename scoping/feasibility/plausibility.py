"""The ladder of plausibility: the slides' examples of predictive features, kept as text in scoping/content."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from scoping import content
from scoping.section import Choice
from scoping.sections.feasibility import Resembles


class Plausible(Choice):
    """Whether such a thing can be predicted at all."""

    YES = "yes", "Likely"
    DOUBTFUL = "doubtful", "Doubtful, very hard"
    NO = "no", "Close to impossible"


@dataclass(frozen=True, kw_only=True)
class Example:
    """One rung.

    Attributes:
        test: a question; yes means that a case of one's own is like this one.
    """

    key: Resembles
    known: str
    wanted: str
    plausible: Plausible
    reason: str
    test: str


@cache
def ladder() -> tuple[Example, ...]:
    """The examples, most plausible first."""
    examples = tomllib.loads(content.text("plausibility.toml"))["examples"]
    return tuple(Example(**{**e, "key": Resembles(e["key"]), "plausible": Plausible(e["plausible"])}) for e in examples)
