"""Charters with plans of every kind, by chance: whatever is said of a day can be tried on many of them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from scoping.charter import Charter
from scoping.sections.milestones import CheckIn, Direction, Family, Gate, Milestone, Milestones, Reading, Target
from scoping.sections.project import Project, SignAnswer, Signature
from scoping.sections.rollout import ClosedAs, Rollout
from scoping.signing.signatures import bound


def by_chance(seed: int) -> Random:
    """A source of chance that gives the same charters every time."""
    return Random(seed)  # noqa: S311


def any_charter(chance: Random, today: date) -> Charter:
    """A charter whose days lie around today, with blanks, contradictions, readings of tomorrow and all kinds of gates."""

    def day(share: float = 0.7, early: int = -70, late: int = 50) -> date | None:
        return today + timedelta(days=chance.randint(early, late)) if chance.random() < share else None

    ids = [f"m{n}" for n in range(chance.randint(0, 4))]
    milestones = tuple(
        Milestone(
            id=i,
            deliverable=f"Result {i}",
            start=day(),
            due=day(0.8),
            reached_on=day(0.2),
            depends_on=tuple(chance.sample(ids, chance.randint(0, len(ids)))) if chance.random() < 0.5 else (),
            gate=chance.choice([None] * 8 + list(Gate)),
            gate_on=day(0.5),
        )
        for i in ids
    )
    targets = tuple(
        Target(
            id=f"t{n}",
            milestone=chance.choice(ids),
            metric="Accuracy",
            family=Family.ML,
            direction=chance.choice([None, *Direction, *Direction]),
            target=chance.choice([None, 80.0, 80.0, 80.0]),
            baseline=chance.choice([None, 60.0]),
            unit="%",
        )
        for n in range(chance.randint(0, 4) if ids else 0)
    )
    readings = tuple(
        Reading(id=f"r{n}", target=chance.choice(targets).id, when=day(0.95, -60, 20), value=chance.choice([None, 65, 72, 81, 90]))
        for n in range(chance.randint(0, 12) if targets else 0)
    )
    checkins = tuple(
        CheckIn(id=f"c{n}", held_on=day(0.9), confidence=chance.choice([None, 1, 2, 3, 5])) for n in range(chance.randint(0, 3))
    )
    signatures = tuple(
        Signature(
            id=f"s{n}",
            name=chance.choice(["Ana", ""]),
            role="Owner",
            signed_on=day(0.8),
            answered=chance.choice([SignAnswer.REFUSED, *[SignAnswer.SIGNED] * 5]),
            terms=chance.choice(["another", "", "", ""]),
        )
        for n in range(chance.randint(0, 2))
    )
    is_closed = chance.random() < 0.15
    charter = Charter(
        project=Project(name="Any", signatures=signatures),
        milestones=Milestones(milestones=milestones, targets=targets, readings=readings, checkins=checkins),
        rollout=Rollout(closed_on=day(0.8), closed_as=chance.choice([None, *ClosedAs])) if is_closed else Rollout(),
    )
    return bound(charter, 1)
