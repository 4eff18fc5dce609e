"""Where a project stands with ethics: one state with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scoping.ethics import consequences, settling
from scoping.ethics.consequences import Consequences
from scoping.section import Answer, Choice, spelt
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
        return EthicsState(
            EthicsKind.NOT_ASSESSED, f"Begin with the first impression: {spelt(judged.tally.asked)} questions under Impact."
        )
    lacks = next(settling.to_clear(judged), None)
    if lacks is None:
        return EthicsState(EthicsKind.CLEARED, _rests_on(judged), short(ethics.cleared_by, 80), ethics.cleared_on)
    return EthicsState(_kind(judged), f"{_weight(judged)}{lacks.message}")


def _is_begun(judged: Consequences) -> bool:
    """Whether anything is known: one of the three questions, an answer of a pack or of the tree, a concern, a duty."""
    ethics = judged.ethics
    outright = any(ethics.answer(name) is not Answer.BLANK for name, *_ in THREE)
    said = any(i.answer("answered") is not Answer.BLANK for i in ethics.checklist)
    return outright or said or judged.legal.is_asked or bool(ethics.concerns or ethics.risks or ethics.obligations)


def _kind(judged: Consequences) -> EthicsKind:
    """The state of what is begun and not cleared; a no of the team and a high risk outrank what is merely missing."""
    ethics = judged.ethics
    if any(getattr(ethics, name) is Judgement.NO for name, *_ in THREE):
        return EthicsKind.OBJECTED
    if _is_high(judged):
        return EthicsKind.HIGH_RISK
    further = ethics.concerns or ethics.risks or ethics.obligations or judged.legal.is_asked
    return EthicsKind.FIRST_IMPRESSION if judged.is_first_impression and not further else EthicsKind.OPEN


def _is_high(judged: Consequences) -> bool:
    """Whether level or class is high for certain."""
    impact, legal = judged.impact, judged.legal
    by_level = bool(impact.answered) and all(impact.scale.is_high(level) for level in impact.levels)
    return by_level or (legal.is_asked and all(c.is_high for c in legal.classes))


def _weight(judged: Consequences) -> str:
    """What makes it a high risk, or on how little its level rests, in front of what is missing."""
    impact, legal = judged.impact, judged.legal
    high = [consequences.class_words(legal)] if legal.is_asked and all(c.is_high for c in legal.classes) else []
    if impact.answered and (impact.pack.screening or all(impact.scale.is_high(level) for level in impact.levels)):
        high.insert(0, consequences.level_words(impact))
    return "".join(f"{words}. " for words in high)


def _rests_on(judged: Consequences) -> str:
    return f"{consequences.level_words(judged.impact)}. {consequences.class_words(judged.legal)}."
