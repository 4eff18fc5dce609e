"""Whether the metrics of a training run open a gate, without keeping them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scoping.errors import AnswerError
from scoping.export.gates import why_not
from scoping.milestones.status import SETTLED, goal, meets, of_plan
from scoping.reading.metrics import Called, matched
from scoping.reading.values import Given
from scoping.section import Choice
from scoping.sections.milestones import Milestone, Milestones, Target
from scoping.words import short


class Passed(Choice):
    MET = "met", "Met"
    MISSED = "missed", "Missed"
    ABSENT = "absent", "No value"


@dataclass(frozen=True)
class Judged:
    """A target at a gate, with the value that was found for it."""

    target: Target
    value: float | None

    @property
    def state(self) -> Passed:
        if self.value is None:
            return Passed.ABSENT
        return Passed.MET if meets(self.target, self.value) else Passed.MISSED

    @property
    def goal(self) -> str:
        return goal(self.target)


@dataclass(frozen=True)
class GateVerdict:
    """What a file of metrics comes to at the gate of a milestone.

    Attributes:
        problems: values that could not be read, a sentence each; none of them counts as met.
    """

    milestone: Milestone
    targets: tuple[Judged, ...]
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def is_passed(self) -> bool:
        return not self.problems and bool(self.targets) and all(judged.state is Passed.MET for judged in self.targets)


def next_gate(plan: Milestones, today: date) -> Milestone | None:
    """The first milestone that is still open and has a target with a number; None where there is none."""
    opened = [status.milestone for status in of_plan(plan, today) if status.state not in SETTLED]
    with_targets = [milestone for milestone in opened if _checked(plan, milestone)]
    return min(with_targets, key=lambda m: m.due or date.max, default=None)


def judge(given: Sequence[Given], plan: Milestones, milestone: Milestone, today: date) -> GateVerdict:
    """Hold values against the targets of a milestone; values that are about none of them are passed over.

    Raises:
        AnswerError: the milestone has no target that a value could meet.
    """
    targets = _checked(plan, milestone)
    if not targets:
        said = f"“{short(milestone.title, 60)}” has no target with a number, a direction and a name, so nothing can open its gate."
        raise AnswerError(said, "Write them under Milestones, Targets.")
    alone = plan.model_copy(update={"targets": tuple(targets), "readings": ()})
    called = Called(targets)
    read = matched([value for value in given if value.refusal or called.by(value)], alone, today)
    # Of several runs in one file, the last one is judged.
    found = {reading.target: reading.value for reading in read.readings}
    judged = tuple(Judged(target, found.get(target.id)) for target in targets)
    others = [t for t in plan.targets if t.milestone == milestone.id and t not in targets]
    left_out = [f"Not checked: “{short(t.title, 60)}”, {why_not(t)}." for t in others]
    return GateVerdict(milestone, judged, tuple(read.problems), (*read.remarks, *left_out))


def _checked(plan: Milestones, milestone: Milestone) -> list[Target]:
    return [t for t in plan.targets if t.milestone == milestone.id and not why_not(t)]
