"""The log of decisions: those that were written down, and those that stand elsewhere in the charter, told in one order and kept once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from scoping.charter import Charter
from scoping.places import Place
from scoping.sections.ethics import Outcome
from scoping.sections.project import SignAnswer
from scoping.sections.solutions import Standing
from scoping.words import day_words, isolated, listed, short

_TITLE = 100
_OPTIONS = 4

Chosen = Mapping[str, tuple[str, date]]
"""By an idea's id, who put it where it stands and on which day. Only a history can tell."""
NOBODY: Chosen = MappingProxyType({})
NOT_SAID = "not said"


class Kind(StrEnum):
    """Where a decision comes from."""

    OWN = "Decision"
    IDEA = "Idea"
    VERDICT = "Verdict"
    GATE = "Gate"
    RISK = "Risk"
    CONCERN = "Concern"
    ETHICS = "Ethics"
    END = "End"
    SIGNATURE = "Signature"


@dataclass(frozen=True, kw_only=True)
class Decided:
    """One decision.

    Attributes:
        place: where it is written.
        version: number of the one that was looked at; None where nobody said.
        reopened_if: what would make people decide it anew.
    """

    kind: Kind
    place: Place
    what: str
    by: str = ""
    on: date | None = None
    version: int | None = None
    options: str = ""
    reasons: str = ""
    reopened_if: str = ""

    @property
    def who_and_when(self) -> str:
        """By whom and on which day, as far as both are known."""
        return ", ".join(filter(None, (isolated(self.by.strip()), day_words(self.on) if self.on else ""))) or NOT_SAID


def decided(charter: Charter, chosen: Chosen = NOBODY) -> tuple[Decided, ...]:
    """All decisions of a project, the newest first; those whose day nobody noted stand last, in the order of the steps."""
    found = [
        *_own(charter),
        *_ideas(charter, chosen),
        *_verdicts(charter),
        *_ethics(charter),
        *_gates(charter),
        *_end(charter),
        *_signatures(charter),
    ]
    return tuple(sorted(found, key=lambda d: (d.on is None, -(d.on or date.min).toordinal())))


def _own(charter: Charter) -> Iterator[Decided]:
    for d in charter.project.decisions:
        if d.what.strip():
            yield Decided(
                kind=Kind.OWN,
                place=Place("project", "decisions", d.id),
                what=d.what,
                by=d.decided_by,
                on=d.decided_on,
                version=d.version,
                options=d.options,
                reasons=d.reasons,
                reopened_if=d.reopened_if,
            )


_IDEAS = {
    Standing.CHOSEN: "goes into this charter",
    Standing.PARKED: "is parked",
    Standing.REJECTED: "is rejected",
}


def _ideas(charter: Charter, chosen: Chosen) -> Iterator[Decided]:
    solutions = charter.solutions.solutions
    for one in solutions:
        if one.standing not in _IDEAS:
            continue
        is_chosen = one.standing is Standing.CHOSEN
        by, on = chosen.get(one.id, ("", None))
        others = [_quoted(other.title) for other in solutions if other is not one]
        yield Decided(
            kind=Kind.IDEA,
            place=Place("solutions", "solutions", one.id, "standing"),
            what=f"{_quoted(one.title)} {_IDEAS[one.standing]}",
            by=by,
            on=on,
            options=listed(others, _OPTIONS) if is_chosen and others else "",
            reasons=one.because.strip() or (charter.solutions.why_this_one if is_chosen else ""),
            reopened_if=one.revisit_when,
        )


def _verdicts(charter: Charter) -> Iterator[Decided]:
    titles = {one.id: one.title for one in charter.solutions.solutions}
    for verdict in charter.feasibility.verdicts:
        if verdict.opinion:
            about = f"{_quoted(titles[verdict.solution])}: " if verdict.solution in titles else ""
            yield Decided(
                kind=Kind.VERDICT,
                place=Place("feasibility", "verdicts", verdict.id, "opinion"),
                what=f"{about}{verdict.opinion.label}",
                by=verdict.decided_by,
                on=verdict.decided_on,
                reasons=verdict.reason,
                reopened_if=verdict.next_check,
            )


def _ethics(charter: Charter) -> Iterator[Decided]:
    ethics = charter.ethics
    for risk in ethics.risks:
        if risk.remark.strip():
            what = f"What is left of {_quoted(risk.title)} may stay"
            place = Place("ethics", "risks", risk.id, "remark")
            yield Decided(kind=Kind.RISK, place=place, what=what, by=risk.owner, reasons=risk.remark)
    for concern in ethics.concerns:
        outcome = None if concern.outcome is Outcome.OPEN else concern.outcome
        if outcome is None and not concern.accepted_by.strip():
            continue
        answer = outcome.label if outcome else "Goes ahead although it is open"
        yield Decided(
            kind=Kind.CONCERN,
            place=Place("ethics", "concerns", concern.id, "outcome"),
            what=f"{_quoted(concern.title)}: {answer}",
            by=concern.accepted_by or concern.debated_by,
            on=concern.debated_on,
            reasons=concern.reason,
        )
    if ethics.cleared_by.strip() and ethics.cleared_on:
        place = Place("ethics", "", "", "cleared_by")
        yield Decided(kind=Kind.ETHICS, place=place, what="Ethics is cleared", by=ethics.cleared_by, on=ethics.cleared_on)


def _gates(charter: Charter) -> Iterator[Decided]:
    for milestone in charter.milestones.milestones:
        if milestone.gate:
            yield Decided(
                kind=Kind.GATE,
                place=Place("milestones", "milestones", milestone.id, "gate"),
                what=f"{_quoted(milestone.title)}: {milestone.gate.label}",
                by=milestone.decider,
                on=milestone.gate_on,
                reasons=milestone.gate_reason,
            )


def _end(charter: Charter) -> Iterator[Decided]:
    rollout = charter.rollout
    if rollout.closed_on and rollout.closed_as:
        yield Decided(
            kind=Kind.END,
            place=Place("rollout", "", "", "closed_as"),
            what=f"The project is closed: {rollout.closed_as.label}",
            on=rollout.closed_on,
            reasons=rollout.exit_benefits,
        )


_ANSWERED = {
    SignAnswer.SIGNED: "Signed",
    SignAnswer.REFUSED: "Refused to sign",
    SignAnswer.CHANGES: "Asked for changes before signing",
}


def _signatures(charter: Charter) -> Iterator[Decided]:
    for one in charter.project.signatures:
        if one.answered:
            yield Decided(
                kind=Kind.SIGNATURE,
                place=Place("project", "signatures", one.id),
                what=_ANSWERED[one.answered],
                by=one.name.strip() or one.role,
                on=one.signed_on,
                version=one.version,
                reasons=one.remark,
            )


def _quoted(title: str) -> str:
    return f"“{short(title, _TITLE)}”"
