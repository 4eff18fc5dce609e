"""Which obligations follow from what is known of impact level and legal class, and which only may."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from scoping import content
from scoping.ethics.impact import Impact
from scoping.ethics.legal_class import Found, Possible


@dataclass(frozen=True, kw_only=True)
class Demand:
    """Something that levels or classes demand.

    Attributes:
        together: a class or duty that must hold beside one of `classes`; "" for none.
    """

    id: str
    demand: str
    because: str
    levels: tuple[str, ...]
    classes: tuple[str, ...]
    together: str = ""

    def of_result(self, result: Possible) -> bool:
        """Whether a legal result demands it."""
        held = {result.legal.id, *(d.id for d in result.duties)}
        return bool(held & set(self.classes)) and (not self.together or self.together in held)


@dataclass(frozen=True)
class Due:
    """A demand and whether it holds whatever is still unknown, or only in some cases."""

    demand: Demand
    is_certain: bool


def due(demands: Iterable[Demand], impact: Impact, legal: Found) -> tuple[Due, ...]:
    """What is demanded, certain ones first. Levels and results that are still possible count as long as they are.

    Before any question of the tree is answered the class says nothing, so nothing follows from it; the same for the level.
    """
    levels = {level.id for level in impact.levels} if impact.answered else set()
    results = legal.possible if legal.is_asked else ()
    all_due = []
    for demand in demands:
        by_level = {name in demand.levels for name in levels}
        by_class = {demand.of_result(result) for result in results}
        if True in by_level | by_class:
            all_due.append(Due(demand, by_level == {True} or by_class == {True}))
    return tuple(sorted(all_due, key=lambda d: not d.is_certain))


@cache
def standard_demands() -> tuple[Demand, ...]:
    """Every demand, in the order of the file."""
    plain = tomllib.loads(content.text("obligations.toml"))
    return tuple(
        Demand(
            id=o["id"],
            demand=o["demand"],
            because=o["because"],
            levels=tuple(o.get("levels", ())),
            classes=tuple(o.get("classes", ())),
            together=o.get("together", ""),
        )
        for o in plain["obligations"]
    )
