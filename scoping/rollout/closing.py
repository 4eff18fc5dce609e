"""The end of a project: what is still missing before it is closed, and which promises are asked again after launch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scoping.charter import Charter
from scoping.ethics import consequences
from scoping.milestones.status import SETTLED, of_plan
from scoping.section import Answer, questions
from scoping.sections.ethics import Concern, Ethics, Outcome
from scoping.sections.milestones import Milestones
from scoping.sections.rollout import NextStep, Rollout
from scoping.sections.value import Benefit, Value
from scoping.value.money import Flow
from scoping.value.valuation import valuation
from scoping.words import short


def missing(charter: Charter, today: date) -> tuple[str, ...]:
    """What an exit report still lacks, a sentence each; empty when the project can be closed."""
    rollout: Rollout = charter.rollout
    plan: Milestones = charter.milestones
    ethics = unasked(charter.ethics)
    return (
        *_unsaid(rollout),
        *_unreached(plan, today),
        *_unkept(charter),
        *([ethics] if ethics else []),
        *_unowned(rollout.next_steps),
    )


def _unsaid(rollout: Rollout) -> Iterator[str]:
    for spec in questions(Rollout):
        if spec.topic == "exit" and rollout.answer(spec.name) is Answer.BLANK:
            yield f"“{spec.label}” is not answered."


def _unreached(plan: Milestones, today: date) -> Iterator[str]:
    still = [s.milestone for s in of_plan(plan, today) if s.state not in SETTLED]
    if still:
        more = f" and {len(still) - 1} more" if len(still) > 1 else ""
        yield f"“{short(still[0].title, 60)}”{more} {'are' if more else 'is'} not reached. Say why under “How it ended”."


def _unkept(charter: Charter) -> Iterator[str]:
    value: Value = charter.value
    noted = {row.benefit for row in value.realised if row.amount is not None}
    for benefit in promised(charter):
        if benefit.id not in noted:
            yield f"The benefit “{short(benefit.title, 60)}” was promised; nobody noted what it brought."


def _unowned(steps: tuple[NextStep, ...]) -> Iterator[str]:
    if not steps:
        yield "No next step is noted. What remains, who does it, by when?"
    for step in steps:
        if not step.owner.strip() or step.due is None:
            yield f"The next step “{short(step.title, 60)}” needs an owner and a day."


def promised(charter: Charter) -> tuple[Benefit, ...]:
    """The benefits of the chosen idea that can be counted."""
    counted = {line.id for line in valuation(charter).of_chosen.counted if line.kind is Flow.BENEFIT}
    return tuple(b for b in charter.value.benefits if b.id in counted)


def unasked(ethics: Ethics) -> str:
    """How many promises of the ethics step were never asked again, as a sentence; "" when none is left."""
    left = [p for p in consequences.of(ethics).promises if p.found is None]
    if not left:
        return ""
    few = f"“{short(left[0].words, 60)}”" + (f" and {len(left) - 1} more" if len(left) > 1 else "")
    return f"Promised under Ethics and not asked again at launch: {few}. Answer it there, under Promises."


def asked_again(ethics: Ethics) -> tuple[Concern, ...]:
    """Concerns that were not overruled: whether what was decided still holds is asked again once people are served."""
    return tuple(c for c in ethics.concerns if c.outcome is not Outcome.OVERRULED)
