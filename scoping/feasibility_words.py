"""What the feasibility step works out, told for the charter: verdicts by the rules, history, benchmarks, slices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from scoping import benchmarks, slices, verdict
from scoping.blocks import Block, Facts, Paragraph, Table
from scoping.section import short
from scoping.sections.feasibility import Feasibility

_FLIPS_AT_MOST = 3


def by_the_rules(charter: Any, as_of: date) -> list[Block]:
    """The verdict on every idea with evidence, and what would change that on the first one.

    Args:
        as_of: the day on which evidence is judged as fresh or stale.
    """
    found = [one for one in verdict.verdicts(charter, as_of) if one.pieces or one.ignored]
    if not found:
        return []
    rows = tuple(
        (
            short(one.solution.title, 120),
            one.ruling.opinion.label,
            one.ruling.reason,
            ", ".join(check.label for check in one.ruling.open) or "none",
        )
        for one in found
    )
    told: list[Block] = [Table("Verdict by the rules", ("Idea", "Verdict", "Because", "Checks still open"), rows)]
    return told + [_flips(one) for one in found[:1] if one.flips]


def _flips(one: verdict.Judged) -> Facts:
    flips = tuple((flip.to.label, flip.sentence) for flip in one.flips[:_FLIPS_AT_MOST])
    return Facts(flips, f"What would change the verdict on “{short(one.solution.title, 80)}”")


def history(feasibility: Feasibility) -> list[Block]:
    """What the history of each metric says; nothing while there is none."""
    if not feasibility.history:
        return []
    from scoping import history_of_project as past  # with numpy, which nothing else here needs

    found, problems = past.histories(feasibility.history)
    asked = benchmarks.Asked.of(feasibility)
    told: list[Block] = [*_paragraphs(problems)]
    for series in found:
        is_asked = benchmarks.same_metric(asked.metric, series.metric) and (
            asked.better is None or (asked.better == "higher") == series.is_higher_better
        )
        target = asked.value if is_asked else None
        told += _paragraphs([" ".join(past.told(series, past.usual_period(series), target))])
    return told


def compared(feasibility: Feasibility) -> list[Block]:
    """Each benchmark beside what is asked for, or why it is not compared."""
    rows = tuple(
        (short(c.benchmark.title, 120), c.why) for c in benchmarks.compare(feasibility.benchmarks, benchmarks.Asked.of(feasibility))
    )
    return [Table("Held against what is asked for", ("Benchmark", "Comparison"), rows)] if rows else []


def room(feasibility: Feasibility) -> list[Block]:
    """What the slices together say."""
    parts = slices.typed(feasibility)
    found = slices.gains(parts, exclusive=slices.are_exclusive(feasibility))
    words = [slices.gains_words(found)] if found else []
    return list(_paragraphs([*words, *slices.remarks(feasibility)]))


def _paragraphs(sentences: Sequence[str]) -> Iterable[Paragraph]:
    return (Paragraph(s) for s in sentences if s)
