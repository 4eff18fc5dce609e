"""The inventory of data: three lists of sources, told apart by how each is had, and how good each is on five dimensions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scoping.section import Choice
from scoping.sections import data_sources
from scoping.sections.data_sources import DataSources, Origin, Source

DIMENSIONS = ("accuracy", "timeliness", "accessibility", "interpretability", "coherence")
"""The questions of a source that rate it."""
BEST = 3
"""The highest rating; the lowest is 0."""


class List(Choice):
    """The lists of an inventory."""

    INTERNAL = "internal", "Internal"
    EXTERNAL = "external", "External"
    WISHED = "wished", "Wished for"
    OPEN = "open", "Not said yet"


_INTERNAL, _WISHED = (Origin.OWNED,), (Origin.WISHED,)


def list_of(source: Source) -> List:
    """The list that a source belongs to."""
    if source.origin is None:
        return List.OPEN
    if source.origin in _INTERNAL:
        return List.INTERNAL
    return List.WISHED if source.origin in _WISHED else List.EXTERNAL


def only(data: DataSources, chosen: List | None) -> DataSources:
    """The data with the sources of one list; with all of them for None."""
    if chosen is None:
        return data
    return data.model_copy(update={"sources": tuple(s for s in data.sources if list_of(s) is chosen)})


def counts(data: DataSources) -> dict[List, int]:
    """How many sources each list has; the open one is left out where it is empty."""
    by_list = dict.fromkeys(List, 0)
    for source in data.sources:
        by_list[list_of(source)] += 1
    return {name: count for name, count in by_list.items() if count or name is not List.OPEN}


def rating(source: Source, dimension: str) -> int | None:
    """From 0 to 3; None when nobody has rated it."""
    choice = getattr(source, dimension)
    return None if choice is None else int(choice.value)


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What is known of some sources in all.

    Attributes:
        amounts: known ones by unit; unmeasured sources have none.
        costs: known ones by currency, in minor units; unpriced sources have none.
        days: until the slowest of those with a time is there; None when none has one. Timeless sources have none.
        unrated: sources that lack a rating on at least one dimension.
    """

    sources: int
    amounts: dict[str, float]
    unmeasured: int
    costs: dict[str, int]
    unpriced: int
    days: int | None
    timeless: int
    unrated: int


def summary(data: DataSources) -> Summary:
    """Add up the sources of an inventory. What is not known is counted, never taken for zero."""
    days = [s.days for s in data.sources if s.days is not None]
    return Summary(
        sources=len(data.sources),
        amounts=data_sources.total_amount(data),
        unmeasured=sum(s.amount is None for s in data.sources),
        costs=data_sources.total_cost(data),
        unpriced=data_sources.unpriced(data),
        days=max(days, default=None),
        timeless=len(data.sources) - len(days),
        unrated=sum(not is_rated(s) for s in data.sources),
    )


def is_rated(source: Source) -> bool:
    """Whether it is rated on every dimension."""
    return all(rating(source, name) is not None for name in DIMENSIONS)


def rated(sources: Iterable[Source]) -> list[Source]:
    """Those with a rating on any dimension."""
    return [s for s in sources if any(rating(s, name) is not None for name in DIMENSIONS)]
