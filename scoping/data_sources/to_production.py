"""From proof of concept to production: which steps of the data may run by hand at a milestone, and which run alike every time."""

from __future__ import annotations

from dataclasses import dataclass

from scoping.section import Choice, YesNo, is_blank
from scoping.sections.data_sources import DataSources, Pipeline
from scoping.sections.milestones import Milestone, Milestones, in_order
from scoping.words import in_a_row, short


class Runs(Choice):
    """How a step runs at a milestone."""

    BY_HAND = "by_hand", "may be by hand"
    ALIKE = "alike", "alike every time"
    OPEN = "open", "not decided"


@dataclass(frozen=True)
class Way:
    """One step along the plan: how it runs at each milestone of the programme, in their order."""

    step: Pipeline
    runs: tuple[Runs, ...]


@dataclass(frozen=True)
class Programme:
    """All steps along the plan.

    Attributes:
        milestones: those from which on some step must run alike, by date; undated ones last.
        open_ends: what is still to be said, a sentence each.
    """

    milestones: tuple[Milestone, ...]
    ways: tuple[Way, ...]
    open_ends: tuple[str, ...]


def programme(data: DataSources, plan: Milestones) -> Programme:
    """Lay the steps along the milestones that they name."""
    named = {p.from_milestone for p in data.pipelines if p.replicable is YesNo.YES}
    milestones = tuple(m for m in in_order(plan) if m.id in named)
    places = {m.id: place for place, m in enumerate(milestones)}
    ways = tuple(Way(p, _runs(p, places)) for p in data.pipelines)
    return Programme(milestones, ways, tuple(sentence for p in data.pipelines if (sentence := _open_end(p, places))))


def _runs(step: Pipeline, places: dict[str, int]) -> tuple[Runs, ...]:
    if step.replicable is YesNo.NO:
        return (Runs.BY_HAND,) * len(places)
    start = places.get(step.from_milestone) if step.replicable is YesNo.YES else None
    if start is None:
        return (Runs.OPEN,) * len(places)
    return tuple(Runs.ALIKE if place >= start else Runs.BY_HAND for place in places.values())


def _open_end(step: Pipeline, places: dict[str, int]) -> str:
    """What a step still lacks, in one sentence; "" for nothing. A step that may stay by hand lacks nothing but notes of how."""
    name = f"“{short(step.title, 60)}”"
    if step.replicable is None:
        return f"Decide whether {name} must run alike every time in production."
    if step.replicable is YesNo.NO:
        return f"Say how {name} is done by hand, so that it can be done again." if is_blank(step.poc_how) else ""
    missing = []
    if step.from_milestone not in places:
        missing.append("from which milestone on it must run alike")
    if is_blank(step.owner):
        missing.append("who builds it")
    if is_blank(step.lineage):
        missing.append("what it records of each run")
    return f"Say of {name} {in_a_row(missing)}." if missing else ""
