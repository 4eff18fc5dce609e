"""The proof of concept: what its hypotheses found counts as evidence, and what they would change is known before they are tried."""

from __future__ import annotations

from collections.abc import Iterable

from scoping.section import YesNo
from scoping.sections.feasibility import CameOut, Check, Evidence, Feasibility, Feature, Grade, Hypothesis, KnownWhen, Speaks
from scoping.words import number_words, short

SPEAKS = {CameOut.CONFIRMED: Speaks.FOR, CameOut.REFUTED: Speaks.AGAINST, CameOut.UNCLEAR: Speaks.MIXED}


def found(feasibility: Feasibility) -> tuple[Evidence, ...]:
    """The evidence that hypotheses gave which came out in some way, under their own ids."""
    return tuple(_evidence(h, feasibility.features) for h in feasibility.hypotheses if h.outcome)


def still_open(feasibility: Feasibility) -> tuple[Hypothesis, ...]:
    """Hypotheses that nobody has tried yet."""
    return tuple(h for h in feasibility.hypotheses if h.outcome is None and (h.belief.strip() or h.metric.strip()))


def as_tried(row: Hypothesis, outcome: CameOut, features: Iterable[Feature]) -> Evidence:
    """The evidence that a hypothesis would give if it came out so."""
    return _evidence(row.model_copy(update={"came_out": outcome, "result": None}), features)


def told(row: Hypothesis) -> str:
    """What was believed and how it came out, in a sentence."""
    outcome = row.outcome
    metric = row.metric.strip() or "the result"
    wanted = "" if row.success is None else f", wanted {number_words(row.success)}"
    figure = "" if row.result is None else f" ({metric}: {number_words(row.result)}{wanted})"
    return f"{short(row.title, 200).rstrip('.')}: {outcome.label.lower() if outcome else 'not tried yet'}{figure}."


def _evidence(row: Hypothesis, features: Iterable[Feature]) -> Evidence:
    return Evidence(
        id=row.id,
        solution=row.solution,
        check=row.check or Check.OTHER,
        finding=told(row),
        grade=Grade.PILOT,
        speaks=SPEAKS[row.outcome] if row.outcome else None,
        metric=row.metric,
        value=row.result,
        source=short(row.learnt, 300) or "Proof of concept",
        found_on=row.tried_on,
        owner=row.owner,
        items=row.cases,
        serving=_in_time(features),
    )


def _in_time(features: Iterable[Feature]) -> YesNo | None:
    """Whether the features are there when predicting; None while that is not known of one of them, or none is listed.

    One that is known only afterwards is told as a leak at its place, and taken for left out here.
    """
    known = [f.known_when for f in features]
    in_time = [when for when in known if when is not KnownWhen.AFTER]
    if not in_time:
        return YesNo.NO if known else None
    return None if None in in_time else YesNo.YES
