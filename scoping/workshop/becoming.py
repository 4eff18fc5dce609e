"""What becomes of a question when the room leaves it: edits of the charter.

Cards become records, votes an order or a choice, ranges three numbers, fingers what a side accepts. What nobody knows is marked so
and, like what was parked, becomes an open question with a name and a day. Records are named after workshop and question, so that
the same end makes nothing twice; words that somebody wrote there since stay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scoping.charter import Charter
from scoping.merge import Edits
from scoping.workshop.about import IdOf
from scoping.workshop.agreed import answered, decided, estimated, lived_with
from scoping.workshop.gathered import gathered
from scoping.workshop.moves import How, Settle
from scoping.workshop.questions import Question, Way
from scoping.workshop.room import Asked
from scoping.workshop.settling import SaidBy, Settling, place

__all__ = ["SaidBy", "author", "edits", "records"]


def author(asks: Question, leader: str) -> str:
    """In whose name edits are saved: nobody's, where cards may have been written without a name."""
    return "" if asks.anonymous else leader


def edits(asks: Question, asked: Asked, settle: Settle, charter: Charter, id_of: IdOf, said_by: SaidBy) -> Edits:
    """What the charter becomes by the way in which a room leaves a question.

    Args:
        asked: what the room did with it, before this move.
        id_of: names the records that are made, so that a second press makes none.

    Raises:
        AnswerError: something that was agreed does not fit its question; the sentence says what.
    """
    at = Settling(asks, asked, settle, charter, id_of, said_by)
    match settle.how:
        case How.TAKEN:
            _TAKEN[asks.kind](at)
            at.close_open_question()
        case How.UNKNOWN:
            for target in at.targets:
                if target.record or not target.list:
                    at.draft.is_unknown(place(target), target.before + target.numbers + target.fields)
            at.keep_open_question()
        case How.PARKED:
            at.keep_open_question()
    return at.draft.edits()


def records(asks: Question, asked: Asked, settle: Settle, id_of: IdOf) -> dict[str, str]:
    """The record that each group becomes, by group; {} where groups become lines of one answer."""
    is_listed = not asks.becomes or asks.becomes.split(".")[1] == ""
    return {} if is_listed else {group: id_of(asks.key, group) for group in asked.groups() if group not in settle.left_out}


_TAKEN: Mapping[Way, Callable[[Settling], None]] = {
    Way.GATHER: gathered,
    Way.ESTIMATE: estimated,
    Way.LIVE_WITH: lived_with,
    Way.ANSWER: answered,
    Way.DECIDE: decided,
}
