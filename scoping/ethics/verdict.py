"""The result of the ethics step as a person reads it: one sentence, why, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scoping.content.screening import SCREENING
from scoping.ethics import consequences, screening
from scoping.ethics.consequences import Consequences
from scoping.section import spelt
from scoping.words import capital, count, in_a_row

_FEW = 3
"""Clauses of a sentence that can still be read aloud."""


class Turn(StrEnum):
    """What the answers so far turn to."""

    ASK = "ask"
    LAW = "law"
    UNKNOWN = "unknown"
    LOW = "low"
    PROMISE = "promise"
    HIGH = "high"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The result.

    Attributes:
        title: the sentence to repeat.
        lead: on what it rests.
        why: the reasons to look closer, as (words, whether it is only not known yet).
        again: what would make somebody ask anew; "" where nothing would.
        questions: how many questions in depth decide and are open.
    """

    turn: Turn
    title: str
    lead: str
    why: tuple[tuple[str, bool], ...] = ()
    again: str = ""
    questions: int = 0


def verdict(judged: Consequences) -> Verdict:
    """What the eight answers, the law and the level come to by now."""
    screened, legal = judged.screened, judged.legal
    turn = _turn(judged)
    why = tuple((capital(SCREENING[name].said), name in screened.unknown) for name in screened.reasons)
    if legal.is_high:
        why = (*why, (f"{legal.classes[0].name} by law ({legal.classes[0].source})", False))
    noes = [SCREENING[name] for name in screened.no]
    again = f"If {in_a_row([n.again for n in noes[:_FEW]], ', or ')}." if noes and turn in (Turn.LOW, Turn.PROMISE) else ""
    title, lead = _said(judged, turn)
    return Verdict(turn=turn, title=title, lead=lead, why=why, again=again, questions=len(judged.deciding))


def _turn(judged: Consequences) -> Turn:
    screened, legal = judged.screened, judged.legal
    if legal.is_asked and legal.is_certain("prohibited"):
        return Turn.FORBIDDEN
    if screened.blank:
        return Turn.ASK
    if judged.wants_class and legal.next is not None:
        return Turn.LAW
    if judged.may_be_high:
        return Turn.HIGH
    if screened.unknown or (judged.wants_class and legal.result is None):
        return Turn.UNKNOWN
    return Turn.PROMISE if screened.unpromised else Turn.LOW


def _said(judged: Consequences, turn: Turn) -> tuple[str, str]:
    """Title and lead."""
    screened, legal = judged.screened, judged.legal
    denied = screening.sentence([SCREENING[name].denied for name in screened.no[:_FEW]])
    match turn:
        case Turn.ASK:
            return "Eight quick questions.", "Two minutes in all. A yes is a reason to look closer."
        case Turn.LAW:
            return "A few questions on the law.", f"{screening.sentence([SCREENING[n].said for n in screened.reasons[:_FEW]])}"
        case Turn.UNKNOWN:
            n = len(screened.unknown)
            open_ = f"{spelt(n)} of the answers {'is' if n == 1 else 'are'} not known" if n else "the legal class is not certain"
            return (
                "Perhaps a low risk: somebody has to find out.",
                f"{capital(open_)} yet, and counts as the worse case until then.",
            )
        case Turn.LOW:
            by_law = f" By law: {legal.result.legal.name.lower()}." if judged.wants_class and legal.result else ""
            return "Low risk. Nothing more to ask.", f"{denied}{by_law}"
        case Turn.PROMISE:
            n = len(screened.unpromised)
            answers = "One yes needs" if n == 1 else f"{capital(spelt(n))} answers with yes need"
            return "Low risk, once it is promised.", f"{answers} a promise with an owner; then there is nothing more to ask."
        case Turn.FORBIDDEN:
            return "The law forbids this.", "By the answers given it is a prohibited practice. Change the plan, or stop here."
        case Turn.HIGH:
            return _high(judged)


def _high(judged: Consequences) -> tuple[str, str]:
    screened, legal, n = judged.screened, judged.legal, len(judged.deciding)
    head = "High-risk by law" if legal.is_high else "High risk" if judged.is_high else "Perhaps a high risk"
    because = [screening.high_words(screened)] if screened.may_be_high else []
    if legal.is_high:
        because.append(f"The law lists it ({legal.classes[0].source}).")
    if judged.impact.answered:
        because.append(f"{consequences.level_words(judged.impact)}.")
    if n:
        because.append("You need not answer them yourself.")
        return f"{head}. {count(n, 'question')}: hand them to compliance.", " ".join(because)
    if left := len(judged.left):
        return f"{head}. {count(left, 'duty', 'duties')} to take on.", " ".join(because)
    return f"{head}, and all of it is taken on.", " ".join(because)
