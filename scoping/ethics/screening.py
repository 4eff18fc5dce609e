"""The eight questions that a project begins its ethics with: what the answers come to, and whether to look closer."""

from __future__ import annotations

from dataclasses import dataclass

from scoping.content.screening import SCREENING
from scoping.section import Answer
from scoping.sections.ethics import Ethics, Judgement, Obligation, ScreeningQuestion
from scoping.words import capital, in_a_row

_GRAVE = ("decides_people", "hard_to_undo")
"""What makes a mistake that could hurt somebody a high risk: it decides by itself, or nobody can put it right."""


@dataclass(frozen=True)
class Screened:
    """The eight answers. What is not known yet counts as a yes until somebody knows.

    Attributes:
        yes, no, unknown, blank: the fields of the questions, by their answer.
        promised: those of the yeses that a promise with an owner answers.
    """

    yes: tuple[str, ...]
    no: tuple[str, ...]
    unknown: tuple[str, ...]
    blank: tuple[str, ...]
    promised: tuple[str, ...]

    @property
    def is_begun(self) -> bool:
        return len(self.blank) < len(SCREENING)

    @property
    def is_answered(self) -> bool:
        """Whether all eight are known."""
        return not (self.blank or self.unknown)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The questions that give a reason to look closer."""
        return tuple(name for name in SCREENING if name in self.yes or name in self.unknown)

    @property
    def is_high(self) -> bool:
        """Whether the answers alone say high, whatever is still unknown."""
        return _is_grave(self.yes)

    @property
    def may_be_high(self) -> bool:
        """Whether they say high, or would if what is not known turned out to be a yes."""
        return _is_grave(self.reasons)

    @property
    def unpromised(self) -> tuple[str, ...]:
        """The yeses that no promise answers yet."""
        return tuple(name for name in self.yes if name not in self.promised)


def screen(ethics: Ethics) -> Screened:
    """Read the eight answers."""
    answers = {name: ethics.answer(name) for name in SCREENING}
    said = {name: getattr(ethics, name) for name in SCREENING}
    kept = {o.keeps_low.value for o in ethics.obligations if o.keeps_low and is_promise(o)}
    return Screened(
        yes=tuple(name for name in SCREENING if said[name] is Judgement.YES),
        no=tuple(name for name in SCREENING if said[name] is Judgement.NO),
        unknown=tuple(name for name in SCREENING if answers[name] is Answer.UNKNOWN),
        blank=tuple(name for name in SCREENING if answers[name] is Answer.BLANK),
        promised=tuple(name for name in SCREENING if said[name] is Judgement.YES and name in kept),
    )


def is_promise(obligation: Obligation) -> bool:
    """Whether somebody answers for it: it says what is promised, and has an owner."""
    return bool(obligation.demand.strip() and obligation.owner.strip())


def promises(ethics: Ethics, name: str) -> list[Obligation]:
    """The promises that answer a yes."""
    return [o for o in ethics.obligations if o.keeps_low is ScreeningQuestion(name) and is_promise(o)]


def sentence(clauses: list[str]) -> str:
    """Clauses that begin with "it" as one sentence."""
    if not clauses:
        return ""
    return f"{capital(in_a_row(clauses, ', and '))}."


def high_words(screened: Screened) -> str:
    """Why the answers say high, as a sentence."""
    grave = [name for name in ("could_hurt", *_GRAVE) if name in screened.reasons]
    return sentence([SCREENING[name].said for name in grave])


def words(screened: Screened) -> str:
    """What the eight answers come to, in a few words."""
    if not screened.is_begun:
        return "Not asked yet"
    if screened.blank:
        return "Eight questions, not all answered yet"
    if screened.may_be_high:
        return "High risk by the eight questions" if screened.is_high else "Perhaps a high risk: not all is known yet"
    if screened.unknown:
        return "Look closer: not all is known yet"
    if screened.yes:
        return "Look closer: the eight questions give a reason"
    return "Low risk by the eight questions"


def _is_grave(reasons: tuple[str, ...]) -> bool:
    return "could_hurt" in reasons and any(name in reasons for name in _GRAVE)
