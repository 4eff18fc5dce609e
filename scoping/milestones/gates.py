"""The decisions at the gates that hold on a day: everybody who judges a plan asks here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from scoping.milestones.possible import AHEAD
from scoping.sections.milestones import Gate, Milestone
from scoping.words import day_words_or


def is_taken(milestone: Milestone, today: date) -> bool:
    """Whether a decision stands at the gate whose day is not still to come; one without a day is taken."""
    return milestone.gate is not None and (milestone.gate_on is None or milestone.gate_on - today <= AHEAD)


def holding(milestones: Iterable[Milestone], today: date) -> dict[str, Gate]:
    """The decision that holds at each gate on a day, by id of its milestone, the latest one last.

    A stop is one of the whole project: it ends when a later gate lets the project go on or work be redone. Of several
    decisions of one day the entry further down is the later one. A stop whose day is not known counts as the latest, any
    other decision as the earliest: what is not known never overrules a stop.
    """
    decided = sorted((m for m in milestones if is_taken(m, today)), key=_decided_on)
    on_again = max((n for n, m in enumerate(decided) if m.gate is not Gate.STOP), default=-1)
    return {m.id: m.gate for n, m in enumerate(decided) if m.gate and (m.gate is not Gate.STOP or n > on_again)}


def _decided_on(milestone: Milestone) -> date:
    return milestone.gate_on or (date.max if milestone.gate is Gate.STOP else date.min)


def stopped_at(milestones: Iterable[Milestone], today: date) -> Milestone | None:
    """The milestone at whose gate the project was stopped last, unless it goes on again."""
    rows = {m.id: m for m in milestones}
    last = next(reversed(holding(rows.values(), today).items()), None)
    return rows[last[0]] if last and last[1] is Gate.STOP else None


def without_effect(milestone: Milestone, today: date) -> str:
    """Why a decision that stands at a gate does not hold on a day, in a sentence."""
    decision = milestone.gate.label if milestone.gate else "No decision"
    if not is_taken(milestone, today):
        return f"“{decision}” at its gate is dated {day_words_or(milestone.gate_on)}, a day that is still to come."
    return f"“{decision}” at its gate does not hold any more: a later gate decided otherwise."
