"""Where a project stands with ethics: one state with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scoping.ethics import consequences, screening, settling
from scoping.ethics.consequences import Consequences
from scoping.section import Answer, Choice
from scoping.sections.ethics import THREE, Ethics, Judgement
from scoping.words import day_words, short


class EthicsKind(Choice):
    """The states, from nothing known to cleared. Only the last one reassures."""

    NOT_ASSESSED = "not_assessed", "Not assessed"
    FIRST_IMPRESSION = "first_impression", "First impression"
    OPEN = "open", "Open"
    HIGH_RISK = "high_risk", "High-risk"
    OBJECTED = "objected", "Objected"
    CLEARED = "cleared", "Cleared"


@dataclass(frozen=True)
class EthicsState:
    """Where a project stands.

    Attributes:
        reason: why it is this state and not cleared, in a sentence; of a cleared one, on what that rests.
        by: who cleared it; "" unless it is cleared.
        on: when it was cleared.
    """

    kind: EthicsKind
    reason: str
    by: str = ""
    on: date | None = None

    @property
    def label(self) -> str:
        """The state in a few words: "Cleared by Ana Ruiz on 3 May 2027"."""
        return f"{self.kind.label} by {self.by} on {day_words(self.on)}" if self.on else self.kind.label

    @property
    def words(self) -> str:
        """State and reason."""
        return f"{self.label}. {self.reason}"


def state(ethics: Ethics) -> EthicsState:
    """Where the project stands. It is cleared only by a named person and a date, once nothing is left to settle."""
    judged = consequences.of(ethics)
    if not _is_begun(judged):
        return EthicsState(EthicsKind.NOT_ASSESSED, "Begin with the eight quick questions.")
    lacks = next(settling.to_clear(judged), None)
    if lacks is None:
        return EthicsState(EthicsKind.CLEARED, _rests_on(judged), short(ethics.cleared_by, 80), ethics.cleared_on)
    return EthicsState(_kind(judged), f"{_weight(judged)}{lacks.message}")


def _is_begun(judged: Consequences) -> bool:
    """Whether anything is known: one of the eight, something said aloud, an answer of a pack or of the tree, a concern, a duty."""
    ethics = judged.ethics
    outright = judged.screened.is_begun or any(ethics.answer(name) is not Answer.BLANK for name, *_ in THREE)
    said = any(i.answer("answered") is not Answer.BLANK for i in ethics.checklist)
    return outright or said or judged.legal.is_asked or bool(ethics.concerns or ethics.risks or ethics.obligations)


def _kind(judged: Consequences) -> EthicsKind:
    """The state of what is begun and not cleared; a no of the team and a high risk outrank what is merely missing."""
    ethics = judged.ethics
    if any(getattr(ethics, name) is Judgement.NO for name, *_ in THREE):
        return EthicsKind.OBJECTED
    if judged.is_high:
        return EthicsKind.HIGH_RISK
    further = ethics.concerns or ethics.risks or ethics.obligations or judged.legal.is_asked or judged.tally.answered
    return EthicsKind.OPEN if further or judged.may_be_high else EthicsKind.FIRST_IMPRESSION


def _weight(judged: Consequences) -> str:
    """How large the risk is and on what that rests, in front of what is missing."""
    impact, legal, screened = judged.impact, judged.legal, judged.screened
    told = []
    if impact.is_high:
        told.append(f"{consequences.level_words(impact)}.")
    elif screened.is_high and not impact.answered:
        told.append(f"{screening.words(screened)}: {screening.high_words(screened)}")
    elif screened.is_answered and not impact.answered:
        told.append(f"{consequences.risk_words(judged)}.")
    if legal.is_high:
        told.append(f"{consequences.class_words(legal)}.")
    return "".join(f"{sentence} " for sentence in told)


def _rests_on(judged: Consequences) -> str:
    legal = f" {consequences.class_words(judged.legal)}." if judged.wants_class else ""
    return f"{consequences.risk_words(judged)}.{legal}"
