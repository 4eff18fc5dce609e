"""Numbers of several people about one thing: how far apart they are, and one range out of all."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median
from typing import Any

from scoping.workshop.room import Asked, Guess


def guessed(one: Asked) -> dict[str, dict[str, Guess]]:
    """The numbers of the present round, by what they are about and by person."""
    return by_target(one.guesses_now())


def by_target(said: Mapping[tuple[str, str], Guess]) -> dict[str, dict[str, Guess]]:
    """Numbers by what they are about and by person; who gave no best guess is left out."""
    found: dict[str, dict[str, Guess]] = {}
    for (person, target), guess in said.items():
        if guess.likely is not None:
            found.setdefault(target, {})[person] = guess
    return found


def pooled(guesses: Mapping[str, Guess]) -> tuple[float, float, float] | None:
    """One range out of those of all: the median of each of the three numbers. None where nobody guessed.

    Medians are steadier than means where one person is far out; see Hora, Fransen, Hawkins and Susel (2013), "Median aggregation of
    distribution functions", Decision Analysis 10(4).

    Args:
        guesses: by person.
    """
    ranges = [r for g in guesses.values() if (r := g.range)]
    if not ranges:
        return None
    lows, likely, highs = zip(*ranges, strict=True)
    return median(lows), median(likely), median(highs)


def spread(guesses: Mapping[str, Guess]) -> dict[str, Any] | None:
    """Who is furthest apart and speaks first, lowest and highest; None where all say the same or only one does."""
    order = sorted((g.likely, person) for person, g in guesses.items() if g.likely is not None)
    if not order or order[0][0] == order[-1][0]:
        return None
    (low, lowest), (high, highest) = order[0], order[-1]
    return {"lowest": lowest, "highest": highest, "from": low, "to": high}
