"""The rubrics that projects are rated by, kept as text in scoping/content."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
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


SETTING = "rubrics"
"""Where criteria of one's own are kept, by id."""
OWN_LEVELS = (1.0, 2.0, 3.0, 4.0, 5.0)


@dataclass(frozen=True)
class Own:
    """A criterion that somebody made for the weighted score, with its weight."""

    criterion: Criterion
    weight: float

    @property
    def kept(self) -> dict[str, Any]:
        """As it is kept in the settings."""
        levels = [level.text for level in self.criterion.levels]
        return {"name": self.criterion.name, "question": self.criterion.question, "levels": levels, "weight": self.weight}


def own(name: str, question: str, levels: Sequence[str], weight: float, id: str = "") -> Own:
    """A criterion as it was typed. Raises RankingError for one that cannot be rated by."""
    said = " ".join(name.split())
    if not said:
        raise RankingError("The criterion has no name.", "Say in a word or two what is rated.")
    asked = " ".join(question.split()) or f"How does it stand with {said[:1].lower()}{said[1:]}?"
    rubric = tuple(Level(value, " ".join(text.split())) for value, text in zip(OWN_LEVELS, levels, strict=True))
    made = id or f"own_{blake2b(said.casefold().encode(), digest_size=6).hexdigest()}"
    return Own(Criterion(id=made, name=said, question=asked, levels=rubric), weight)


def kept_own(settings: Mapping[str, Any]) -> tuple[Own, ...]:
    """The criteria in the settings."""
    return tuple(own(one["name"], one["question"], one["levels"], one["weight"], key) for key, one in settings.items())


def with_own(method: Method, criteria: Sequence[Own]) -> Method:
    """A weighted score with criteria of one's own behind the others; any other method stays as it is."""
    if method.rule is not Rule.MEAN or not criteria:
        return method
    asked = (*method.criteria, *(one.criterion for one in criteria))
    return replace(method, criteria=asked, weights=(*method.weights, *(one.weight for one in criteria)))


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
