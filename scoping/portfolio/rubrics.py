"""The rubrics that projects are rated by, kept as text in scoping/content."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from scoping import content
from scoping.errors import RankingError
from scoping.portfolio.ranking import Criterion, Level, Method, Rule, Scale
from scoping.sections.project import Rating


@cache
def standard_methods() -> tuple[Method, ...]:
    """The ways to rank, the first of them the one to begin with."""
    return read(content.text("rubrics.toml"))


@cache
def standard_ratings() -> tuple[Rating, ...]:
    """A rating to be given for every criterion of the methods, in their order."""
    asked = {c.id: c for method in standard_methods() for c in method.asked}
    return tuple(Rating(id=c.id, criterion=c.name) for c in asked.values())


def read(text: str) -> tuple[Method, ...]:
    """The methods that a rubric file describes, refusing in a sentence what cannot be meant."""
    rubrics = tomllib.loads(text)
    criteria = {entry["id"]: _criterion(entry) for entry in rubrics["criteria"]}
    if len(criteria) < len(rubrics["criteria"]):
        raise RankingError("Two criteria of the rubric file have the same id.")
    return tuple(_method(entry, criteria) for entry in rubrics["methods"])


def _criterion(entry: dict[str, Any]) -> Criterion:
    return Criterion(
        id=entry["id"],
        name=entry["name"],
        question=entry["question"],
        levels=tuple(Level(float(level["value"]), level["text"]) for level in entry["levels"]),
        scale=Scale(entry.get("scale", Scale.STEPS)),
        unit=entry.get("unit", ""),
        computed_from=tuple(entry.get("computed_from", ())),
    )


def _method(entry: dict[str, Any], criteria: dict[str, Criterion]) -> Method:
    weights = entry.get("weights", {})
    asked = [*(weights or entry["criteria"]), *([entry["over"]] if "over" in entry else [])]
    if unknown := [name for name in asked if name not in criteria]:
        raise RankingError(f"“{entry['name']}” asks for “{unknown[0]}”, which the rubric file does not describe.")
    *gains, last = (criteria[name] for name in asked)
    return Method(
        id=entry["id"],
        name=entry["name"],
        rule=Rule(entry["rule"]),
        criteria=tuple(gains) if "over" in entry else (*gains, last),
        weights=tuple(map(float, weights.values())),
        over=last if "over" in entry else None,
    )
