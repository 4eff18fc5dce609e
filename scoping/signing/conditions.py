"""What it takes to sign a charter: sixteen conditions, each about the whole charter, and what is missing of each.

The list is fixed, so its end never moves because of work done: whoever adds an idea, a concern or a milestone changes
what is missing, never how many conditions there are. They speak of what is chosen and wanted. A rejected idea is asked
for its reason and for nothing else, and an entry in which nothing is written yet asks for nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from scoping.charter import Charter
from scoping.findings import Finding
from scoping.lacking import Missing, lack, named
from scoping.signing import data_sources, ethics, feasibility, milestones, problems, rollout, solutions, value
from scoping.signing.signatures import holding
from scoping.words import count, day_words_or


class ConditionState(StrEnum):
    """How far a condition is met. What is not known yet counts as open."""

    MET = "met"
    OPEN = "open"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return {ConditionState.MET: "Met", ConditionState.OPEN: "Open", ConditionState.UNKNOWN: "Not known yet"}[self]


@dataclass(frozen=True)
class Rule:
    """One of the sixteen: its number, the step it belongs to, the sentence, and what is missing of it in a charter.

    Attributes:
        also: slugs of the other parts that it reads; while these and its own stay the same, so does what is missing.
    """

    number: int
    part: str
    sentence: str
    missing: Callable[[Charter], Missing]
    also: tuple[str, ...] = ()

    def lacks(self, charter: Charter) -> tuple[Finding, ...]:
        return tuple(self.missing(charter))


@dataclass(frozen=True)
class Condition:
    """One of the sixteen as a charter meets it.

    Attributes:
        part: slug of the step it belongs to.
        missing: what is missing, each with the place where it is put right; empty when the condition is met.
    """

    number: int
    part: str
    sentence: str
    missing: tuple[Finding, ...] = ()

    @property
    def state(self) -> ConditionState:
        if not self.missing:
            return ConditionState.MET
        return ConditionState.UNKNOWN if all(f.is_unknown for f in self.missing) else ConditionState.OPEN

    @property
    def is_met(self) -> bool:
        return not self.missing


Judge = Callable[[Rule], tuple[Finding, ...]]


def conditions(charter: Charter, judge: Judge | None = None) -> tuple[Condition, ...]:
    """The sixteen conditions with what this charter lacks of each.

    Args:
        judge: tells what is missing by a rule, where somebody knows that already; the rule itself is asked otherwise.
    """
    found = tuple(Condition(r.number, r.part, r.sentence, judge(r) if judge else r.lacks(charter)) for r in CONDITIONS)
    lacking = sum(not c.is_met for c in found)
    if not lacking:
        return found
    premature = tuple(_signed_as_a_draft(charter, lacking))
    return tuple(replace(c, missing=(*c.missing, *premature)) if c.number == _ASKED else c for c in found)


def _signed_as_a_draft(charter: Charter, lacking: int) -> Missing:
    """Signatures that hold although something is missing: what is missing lies beside the terms, or came with a later day."""
    conditions_are = count(lacking, "condition is", "conditions are")
    for s in holding(charter):
        message = (
            f"{named(s)} has signed on {day_words_or(s.signed_on)}, but {conditions_are} not met, so it is the sign-off on a draft. "
            "It asks again once nothing is missing; take the signature back on the charter until then."
        )
        yield lack("project.signed_draft", message, s, "answered")


def to_sign_words(met: int) -> str:
    """The one measure of progress, in words."""
    return f"To sign: {met} of {len(CONDITIONS)}"


CONDITIONS = (
    Rule(
        1,
        "problems",
        "What should work better is said without a solution, and for whom.",
        problems.said_without_a_solution,
        also=("solutions",),
    ),
    Rule(
        2, "problems", "Every goal at the top has its number of today and the wanted one, with a date.", problems.goals_have_numbers
    ),
    Rule(
        3,
        "problems",
        "Somebody will do something differently with a prediction in hand.",
        problems.somebody_acts,
        also=("solutions",),
    ),
    Rule(4, "solutions", "Two ideas or more were compared, one of them without machine learning.", solutions.ideas_are_compared),
    Rule(
        5, "solutions", "One idea is chosen, with the reason, and answers a goal.", solutions.one_idea_is_chosen, also=("problems",)
    ),
    Rule(
        6,
        "feasibility",
        "The checks that fit the idea have evidence better than opinion.",
        feasibility.checks_have_evidence,
        also=("solutions",),
    ),
    Rule(
        7,
        "feasibility",
        "The verdict is stated and the rules do not contradict it.",
        feasibility.verdict_holds,
        also=("solutions",),
    ),
    Rule(8, "value", "Both sides accept every metric they promise; no reservation is open.", value.metrics_are_accepted),
    Rule(
        9,
        "value",
        "Benefit and cost are ranges with a source or marked as guesses, and the ask is said.",
        value.worth_and_ask_are_said,
        also=("data_sources", "milestones", "project", "solutions"),
    ),
    Rule(
        10,
        "ethics",
        "The eight screening questions are answered; where they say high, level, class and duties are taken on.",
        ethics.ethics_is_settled,
    ),
    Rule(11, "ethics", "No concern is open without an owner or a named acceptance.", ethics.concerns_are_answered),
    Rule(
        12,
        "data_sources",
        "The chosen sources give the amount needed, with cost and days.",
        data_sources.data_suffices,
        also=("solutions",),
    ),
    Rule(
        13,
        "data_sources",
        "The right to use it and personal data are known for every chosen source.",
        data_sources.rights_are_known,
    ),
    Rule(
        14,
        "milestones",
        "The first result and the launch have owner, date, and an ML, a software and a business target.",
        milestones.results_are_planned,
        also=("solutions",),
    ),
    Rule(15, "milestones", "When we stop is agreed, and who decides.", milestones.stopping_is_agreed),
    Rule(
        16,
        "rollout",
        "The first step to users, who may roll back, and what is watched are named.",
        rollout.first_step_is_safe,
        also=("ethics",),
    ),
)
"""The fixed list. What is stored of it beside each project is counted anew by every migration, so a release that changes
a rule brings one."""
_ASKED = 9
"""The condition that the ask is said: whom we ask, and when."""
