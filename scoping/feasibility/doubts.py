"""Targets that ask for more than people reach. A model may pass people; it should not be promised before anything shows it."""

from __future__ import annotations

from collections.abc import Iterator

from scoping.feasibility.benchmarks import one_is_per_cent, same_metric
from scoping.sections.feasibility import Check, Evidence, Feasibility
from scoping.sections.milestones import Direction, Family, Milestones, Target
from scoping.sections.solutions import Solution
from scoping.words import in_percent, measured, number_words, short


def above_people(idea: Solution | None, feasibility: Feasibility, plan: Milestones) -> Iterator[tuple[Target, str]]:
    """ML targets beyond human-level performance on the same metric or slice, each once, with why.

    Where people's interval is known, only what lies beyond its favourable end is doubted.

    Args:
        idea: the chosen one; evidence about others is passed over.
    """
    people = [
        e
        for e in feasibility.evidence
        if e.check is Check.HLP and e.value is not None and (idea is None or e.solution in ("", idea.id))
    ]
    for target in plan.targets:
        if target.family is not Family.ML or target.target is None or target.direction is None:
            continue
        if why := _beyond_slice(target, feasibility) if target.slice.strip() else _beyond_all(target, people):
            yield target, why


def _beyond_all(target: Target, people: list[Evidence]) -> str:
    """Why a target on all cases is doubtful; "" where any evidence on its metric leaves room for it."""
    same = [e for e in people if same_metric(e.metric, target.metric) and not _is_mixed(target, e.value)]
    if not same or not all(_is_beyond(target, _favourable(target, e)) for e in same):
        return ""
    best = (max if target.direction is Direction.AT_LEAST else min)(same, key=lambda e: e.value or 0.0)
    ends = "" if best.low is None or best.high is None else f" (interval {number_words(best.low)} to {number_words(best.high)})"
    return f"it asks for {_asked(target)}, and people reach {number_words(best.value or 0.0)}{ends} by “{short(best.title, 60)}”"


def _beyond_slice(target: Target, feasibility: Feasibility) -> str:
    """Slices state performance in per cent on the metric that is asked for."""
    if target.direction is not Direction.AT_LEAST or not same_metric(target.metric, feasibility.asked_metric):
        return ""
    for row in feasibility.slices:
        if row.hlp is not None and same_metric(row.name, target.slice) and not _is_mixed(target, row.hlp):
            is_beyond = _is_beyond(target, row.hlp)
            reach = f"people reach {in_percent(row.hlp)} on “{short(row.name, 40)}”"
            return f"it asks for {_asked(target)}, and {reach}" if is_beyond else ""
    return ""


def _favourable(target: Target, row: Evidence) -> float:
    end = row.high if target.direction is Direction.AT_LEAST else row.low
    return (row.value or 0.0) if end is None else end


def _is_beyond(target: Target, people: float) -> bool:
    wanted = target.target or 0.0
    return wanted > people if target.direction is Direction.AT_LEAST else wanted < people


def _is_mixed(target: Target, people: float | None) -> bool:
    return one_is_per_cent(target.target or 0.0, people or 0.0)


def _asked(target: Target) -> str:
    way = target.direction.label.lower() if target.direction else ""
    return f"{way} {measured(target.target or 0.0, target.unit)}"
