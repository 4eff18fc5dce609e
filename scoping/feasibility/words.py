"""What the feasibility step works out, told for the charter: verdicts by the rules, history, benchmarks, slices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from scoping.blocks import Block, Facts, Paragraph, Table
from scoping.charter import Charter
from scoping.feasibility import benchmarks, order_of_work, slices, verdict
from scoping.feasibility import history as feasibility_history
from scoping.numbers import trend
from scoping.sections.feasibility import Feasibility
from scoping.words import short

_FLIPS_AT_MOST = 3


def by_the_rules(charter: Charter, as_of: date) -> list[Block]:
    """The verdict on every idea with evidence, and what would change that on the first one.

    Args:
        as_of: the day on which evidence is judged as fresh or stale.
    """
    judged = [idea for idea in verdict.verdicts(charter, as_of) if idea.pieces or idea.ignored]
    if not judged:
        return []
    rows = tuple(
        (
            short(idea.solution.title, 120),
            idea.ruling.opinion.label,
            idea.ruling.reason,
            ", ".join(check.label for check in idea.ruling.open) or "none",
        )
        for idea in judged
    )
    told: list[Block] = [Table("What the evidence says", ("Idea", "Verdict", "Because", "Checks still open"), rows)]
    return told + [_flips(idea) for idea in judged[:1] if idea.flips]


def _flips(idea: verdict.Judged) -> Facts:
    flips = tuple((flip.to.label, flip.sentence) for flip in idea.flips[:_FLIPS_AT_MOST])
    return Facts(flips, f"What would change the verdict on “{short(idea.solution.title, 80)}”")


def history(feasibility: Feasibility) -> list[Block]:
    """What the history of each metric says; nothing while there is none."""
    if not feasibility.history:
        return []

    histories, problems = feasibility_history.histories(feasibility.history)
    asked = benchmarks.Asked.of(feasibility)
    told: list[Block] = [*_paragraphs(problems)]
    for series in histories:
        is_asked = benchmarks.same_metric(asked.metric, series.metric) and (
            asked.better is None or (asked.better == "higher") == series.is_higher_better
        )
        target = asked.value if is_asked else None
        told += _paragraphs([" ".join(feasibility_history.told(series, trend.usual_period(series), target))])
    return told


def compared(feasibility: Feasibility) -> list[Block]:
    """Each benchmark beside what is asked for, or why it is not compared."""
    rows = tuple(
        (short(c.benchmark.title, 120), c.why) for c in benchmarks.compare(feasibility.benchmarks, benchmarks.Asked.of(feasibility))
    )
    return [Table("Held against what is asked for", ("Benchmark", "Comparison"), rows)] if rows else []


def room(feasibility: Feasibility) -> list[Block]:
    """In which order the groups deserve work, and what they say together."""
    parts = slices.typed(feasibility)
    rows = tuple((str(p.place or ""), short(p.part.name, 120), ", ".join(p.reasons)) for p in order_of_work.order_of_work(parts))
    gains = slices.gains(parts, exclusive=slices.are_exclusive(feasibility))
    words = [slices.gains_words(gains)] if gains else []
    order = [Table("What to work on first", ("Place", "Group", "Because"), rows)] if rows else []
    return [*order, *_paragraphs([*words, *slices.remarks(feasibility)])]


def _paragraphs(sentences: Sequence[str]) -> Iterable[Paragraph]:
    return (Paragraph(s) for s in sentences if s)
