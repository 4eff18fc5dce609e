"""The words of the eight questions that every project begins its ethics with."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from scoping import content


@dataclass(frozen=True)
class Screened:
    """The words around one of the eight questions.

    Attributes:
        said: what a yes says, as a clause.
        denied: what a no says.
        again: what would make somebody ask anew after a no.
    """

    ask: str
    help: str
    said: str
    denied: str
    again: str


SCREENING = {name: Screened(**words) for name, words in tomllib.loads(content.text("ethics/screening.toml")).items()}
"""The eight questions by their field, in the order in which they are asked."""
