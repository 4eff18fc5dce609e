"""Who may do what in a room, and up to where: limits, hidden words, who leads. Asked inside the transaction that keeps the move."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Collection, Iterable
from functools import singledispatch
from typing import Any

from scoping.words import short
from scoping.workshop import moves
from scoping.workshop.moves import Body, How, Role
from scoping.workshop.questions import Phase, Way, questions
from scoping.workshop.room import SAID, Asked, Card, Fingers, Guess, RefusedMoveError, Room, blocks_of

CARDS_AT_MOST = 100
"""Cards of one person on one question."""
CARDS_IN_ALL = 2_000
"""Cards of all on one question: who wrote those without a name cannot be counted."""
TARGETS_AT_MOST = 200
"""What one person votes on, estimates or shows fingers for at one question."""
_TOGETHER = (
    moves.Ready,
    moves.Wish,
    moves.Card,
    moves.TakeBack,
    moves.Put,
    moves.Title,
    moves.Vote,
    moves.Estimate,
    moves.Stand,
    moves.Reserve,
)
"""What everybody does who takes part."""
_READ = (Phase.GROUPING, Phase.VOTING, Phase.SHOWN)


def weigh(room: Room, by: str, body: Body, lately: Callable[[str], bool] = lambda _: False) -> bool:
    """Whether a move changes anything.

    Args:
        by: the person who makes it, also where it is kept without a name.
        lately: whether a person is in the room, or was a moment ago.

    Raises:
        RefusedMoveError: it is not allowed; the sentence says why, and what to do.
    """
    if room.ended:
        raise RefusedMoveError("The workshop has ended.", "What was written is in its record.")
    if not isinstance(body, moves.Join):
        _may(room, by, body)
    if isinstance(body, moves.TakeOver) and (leader := next((p for p in room.people if room.leads(p) and lately(p)), "")):
        raise RefusedMoveError(
            f"{room.people[leader].name} leads.", "You can take over when nobody who leads was here for a minute."
        )
    return _changes(body, room, by)


def _may(room: Room, by: str, body: Body) -> None:
    if by not in room.people:
        raise RefusedMoveError("Say your name first, then you are in.")
    if isinstance(body, _TOGETHER):
        if not room.people[by].takes_part:
            raise RefusedMoveError("You look on in this workshop.", "Who leads can let you take part.")
        room.at(body.question)
        if not room.is_open(body.question):
            raise RefusedMoveError("The room is not at this question.", "What you wrote is kept on this device.")
    elif not isinstance(body, moves.TakeOver) and not room.leads(by):
        raise RefusedMoveError("Only who leads the workshop can do this.")


def _wants(one: Asked, *phases: Phase, of: Way | None = None) -> None:
    if of is not None and one.question.kind is not of:
        raise RefusedMoveError("This question is answered in another way.", "Reload the page.")
    if one.phase not in phases:
        raise RefusedMoveError(f"The room has moved on: {one.phase.label.lower()}.")


def _card(one: Asked, card: str) -> Card:
    found = one.cards.get(card)
    if found is None:
        raise RefusedMoveError("The card is not there any more.")
    return found


def _own(by: str, one: Asked, card: str, secret: str) -> Card:
    found = _card(one, card)
    is_own = hmac.compare_digest(found.seal, moves.seal(secret)) if found.seal else bool(by) and found.by == by
    if not is_own:
        raise RefusedMoveError("Only who wrote a card can change it.")
    return found


def _known(keys: Iterable[str]) -> None:
    if unknown := set(keys) - questions().keys():
        raise RefusedMoveError(f"No workshop asks “{short(min(unknown), 40)}”.", "Reload the page.")


def _has_room(had: Collection[tuple[Any, ...]], key: tuple[Any, ...]) -> None:
    """Refuse one thing more of one person than anybody needs. Keys end with person and target."""
    if key not in had and sum(1 for other in had if other[:-1] == key[:-1]) >= TARGETS_AT_MOST:
        raise RefusedMoveError("This is more than one person can judge.", "Reload the page.")


@singledispatch
def _changes(body: Any, room: Room, by: str) -> bool:
    raise NotImplementedError(body)


@_changes.register
def _(body: moves.Join, room: Room, by: str) -> bool:
    one = room.people.get(by)
    if one is None:
        if body.again:
            raise RefusedMoveError("Nobody of this name was here.", "Come in under your own name.")
        if len(room.people) >= moves.PEOPLE_AT_MOST:
            raise RefusedMoveError(f"{moves.PEOPLE_AT_MOST} people are in this workshop already; it takes no more.")
        if body.role is Role.LEADS and room.people:
            raise RefusedMoveError("Somebody leads already.", "Who leads can let you lead too.")
        return True
    if one.role is not body.role and body.role is not Role.LOOKS_ON and one.role is not Role.LEADS:
        raise RefusedMoveError("Only who leads the workshop can give you another role.")
    return (
        bool(body.again)
        or (one.name, one.side) != (body.name, body.side)
        or (one.role is not Role.LEADS and one.role is not body.role)
    )


@_changes.register
def _(body: moves.TakeOver, room: Room, by: str) -> bool:
    return not room.leads(by)


@_changes.register
def _(body: moves.Ready, room: Room, by: str) -> bool:
    one = room.at(body.question)
    return body.phase is one.phase and (by in one.ready) != body.on


@_changes.register
def _(body: moves.Wish, room: Room, by: str) -> bool:
    one = room.at(body.question)
    _wants(one, Phase.WRITING, *_READ)
    if body.how is How.TAKEN:
        raise RefusedMoveError("Only who leads the workshop can do this.")
    return one.wishes.get(by, How.OPEN) is not body.how


@_changes.register
def _(body: moves.Card, room: Room, by: str) -> bool:
    one = room.at(body.question)
    _wants(one, Phase.WRITING, Phase.GROUPING, Phase.VOTING, of=Way.GATHER)
    if not body.text.strip():
        raise RefusedMoveError("A card needs a few words.")
    if body.secret and not one.question.anonymous:
        raise RefusedMoveError("Cards of this question stand under a name.")
    if body.id not in one.cards:
        if not body.secret and sum(1 for c in one.cards.values() if c.by == by and c.counts) >= CARDS_AT_MOST:
            raise RefusedMoveError(f"{CARDS_AT_MOST} cards of one person are enough for one question.")
        if len(one.cards) >= CARDS_IN_ALL:
            raise RefusedMoveError(f"{CARDS_IN_ALL:,} cards are enough for one question.")
        return True
    card = _own(by, one, body.id, body.secret)
    return (card.text, card.mark, card.is_taken_back) != (body.text.strip(), body.mark, False)


@_changes.register
def _(body: moves.TakeBack, room: Room, by: str) -> bool:
    return not _own(by, room.at(body.question), body.id, body.secret).is_taken_back


@_changes.register
def _(body: moves.Hide, room: Room, by: str) -> bool:
    return _card(room.at(body.question), body.card).is_hidden != body.on


@_changes.register
def _(body: moves.Put, room: Room, by: str) -> bool:
    one = room.at(body.question)
    _wants(one, *_READ)
    card = _card(one, body.card)
    if not card.counts:
        raise RefusedMoveError("The card is not there any more.")
    if body.group and body.group not in one.groups():
        raise RefusedMoveError("The group is not there any more.")
    if body.group:
        return card.stands_in != body.group
    return bool(card.group) or any(c.group == card.id for c in one.cards.values())


@_changes.register
def _(body: moves.Title, room: Room, by: str) -> bool:
    one = room.at(body.question)
    _wants(one, *_READ, Phase.SETTLED)
    return body.group in one.groups() and one.title(body.group) != body.title.strip()


@_changes.register
def _(body: moves.Vote, room: Room, by: str) -> bool:
    one = room.at(body.question)
    _wants(one, Phase.VOTING)
    if body.dots and one.question.kind is Way.GATHER and body.target not in one.groups():
        raise RefusedMoveError("The group is not there any more.", "Your dots are free again.")
    had = one.votes.get((by, body.target), 0)
    _has_room(one.votes, (by, body.target))
    if body.dots > one.on_one:
        raise RefusedMoveError(f"At most {one.on_one} of your dots can stand on one.")
    if body.dots - had > one.dots_left(by):
        raise RefusedMoveError(f"You have {one.dots} dots in all.", "Take one back first.")
    return had != body.dots


@_changes.register
def _(body: moves.Estimate, room: Room, by: str) -> bool:
    one = room.at(body.question)
    _wants(one, Phase.WRITING, of=Way.ESTIMATE)
    numbers = [n for n in (body.low, body.likely, body.high) if n is not None]
    if numbers != sorted(numbers):
        raise RefusedMoveError("At least, most likely and at most have to be in ascending order.")
    _has_room(one.guesses, (one.round, by, body.target))
    guess = Guess(low=body.low, likely=body.likely, high=body.high)
    return one.guesses.get((one.round, by, body.target)) != guess


@_changes.register
def _(body: moves.Stand, room: Room, by: str) -> bool:
    one = room.at(body.question)
    _wants(one, Phase.WRITING, Phase.SHOWN, of=Way.LIVE_WITH)
    _has_room(one.stands, (one.round, by, body.target))
    fingers = Fingers(fingers=body.fingers, reservation=body.reservation.strip())
    return one.stands.get((one.round, by, body.target)) != fingers


@_changes.register
def _(body: moves.Reserve, room: Room, by: str) -> bool:
    one = room.at(body.question)
    _wants(one, Phase.SETTLED)
    there = one.reservations.get(by)
    return (there.text if there else "") != body.text.strip()


@_changes.register
def _(body: moves.Heard, room: Room, by: str) -> bool:
    there = room.at(body.question).reservations.get(body.person)
    if there is None:
        raise RefusedMoveError("The reservation was taken back.")
    return there.is_added is not body.is_added


@_changes.register
def _(body: moves.Go, room: Room, by: str) -> bool:
    if body.question and body.question not in room.order():
        raise RefusedMoveError("The agenda does not hold this question.")
    return room.now == body.seen and room.now != body.question


@_changes.register
def _(body: moves.Turn, room: Room, by: str) -> bool:
    one = room.at(body.question)
    if body.phase not in one.question.phases:
        raise RefusedMoveError("This question does not go that way.")
    if body.phase is Phase.SETTLED and one.outcome is None:
        raise RefusedMoveError("Say first how the room leaves this question.")
    return one.phase is body.seen and one.phase is not body.phase


@_changes.register
def _(body: moves.Clock, room: Room, by: str) -> bool:
    return body.seconds is not None or bool(room.clock and room.clock.ends)


@_changes.register
def _(body: moves.Limits, room: Room, by: str) -> bool:
    one = room.at(body.question)
    given = {person: one.dots - one.dots_left(person) for person, _ in one.votes}
    if max(given.values(), default=0) > body.dots or max(one.votes.values(), default=0) > body.on_one:
        raise RefusedMoveError("Somebody has given more dots already.")
    return (one.dots, one.on_one, one.names) != (body.dots, body.on_one, body.names)


def check_agenda(body: moves.Agenda) -> None:
    """Raise RefusedMoveError for an agenda that no room can walk."""
    asked = [key for block in body.blocks for key in block.questions]
    _known(asked)
    if len(asked) != len(set(asked)):
        raise RefusedMoveError("A question stands twice in the agenda.")
    if not asked:
        raise RefusedMoveError("The agenda asks nothing.", "Leave at least one question in it.")


@_changes.register
def _(body: moves.Agenda, room: Room, by: str) -> bool:
    check_agenda(body)
    return blocks_of(body) != room.agenda


@_changes.register
def _(body: moves.Prepare, room: Room, by: str) -> bool:
    _known(body.questions)
    return (body.questions, body.until) != (room.prepared, room.prepared_until)


@_changes.register
def _(body: moves.HandOver, room: Room, by: str) -> bool:
    person = room.people.get(body.person)
    if person is None:
        raise RefusedMoveError("This person is not in the workshop.")
    leading = [p for p in room.people.values() if p.role is Role.LEADS]
    if leading == [person] and body.role is not Role.LEADS:
        raise RefusedMoveError("Somebody has to lead.", "Let another person lead first.")
    return person.role is not body.role


@_changes.register
def _(body: moves.Lock, room: Room, by: str) -> bool:
    _known(body.questions)
    return frozenset(body.questions) != room.locked


@_changes.register
def _(body: moves.Settle, room: Room, by: str) -> bool:
    one = room.at(body.question)
    end = one.outcome
    if body.how is How.OPEN:
        return end is not None
    # Who went back to correct something settles it again, be it with the same words.
    is_back = body.how is not How.PARKED and one.phase is not Phase.SETTLED
    return end is None or is_back or any(getattr(end, name) != getattr(body, name) for name in SAID)


@_changes.register(moves.Call)
@_changes.register(moves.End)
def _(body: moves.Call | moves.End, room: Room, by: str) -> bool:
    return True
