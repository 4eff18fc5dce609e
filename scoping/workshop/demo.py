"""A workshop to try alone: what its replayed participants do next, by a script, in answer to whoever leads."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256

from pydantic import BaseModel, ConfigDict, Field

from scoping import content
from scoping.workshop import moves
from scoping.workshop.moves import Body, Side
from scoping.workshop.questions import Phase, Way, questions
from scoping.workshop.room import Asked, RefusedMoveError, Room
from scoping.workshop.rules import weigh

Act = tuple[int, Body]
"""Who of the people of the script makes a move."""


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Participant(_Words):
    """Somebody who is replayed."""

    name: str
    side: Side


class Project(_Words):
    """The project of a try-out."""

    name: str
    summary: str


class Say(_Words):
    """What people say to a question; `scoping/content/workshop_demo.toml` says what each attribute means."""

    question: str
    cards: tuple[tuple[str | tuple[str, str], ...], ...] = ()
    numbers: tuple[tuple[float, float, float], ...] = ()
    fingers: tuple[tuple[int, str], ...] = ()


class Script(_Words):
    """All that replayed participants know."""

    project: Project
    people: tuple[Participant, ...] = Field(min_length=1)
    say: tuple[Say, ...]


@cache
def script() -> Script:
    """The script as product owners write it."""
    return Script.model_validate(tomllib.loads(content.text("workshop_demo.toml")))


def act(room: Room, people: Sequence[str], targets: Sequence[str], options: Sequence[str]) -> Act | None:
    """The next move of somebody who is replayed, where the room is; None while they wait for who leads.

    Args:
        people: their ids in the room, in the order of the script; "" for who has not come in.
        targets: ids of the places that the question is about.
        options: ids of those among which the room decides.
    """
    for number, person in enumerate(people):
        for body in _wishes(room, number, person, targets, options):
            if _is_due(room, person, body):
                return number, body
    return None


def _is_due(room: Room, person: str, body: Body) -> bool:
    try:
        return weigh(room, person or "new", body)
    except RefusedMoveError:
        return False


def _wishes(room: Room, number: int, person: str, targets: Sequence[str], options: Sequence[str]) -> Iterator[Body]:
    """All that somebody would do at present, whether or not they have done it."""
    if not person:
        one = script().people[number]
        yield moves.Join(name=one.name, side=one.side)
        return
    if not room.now:
        return
    at = room.at(room.now)
    say = next((s for s in script().say if s.question == room.now), Say(question=room.now))
    match at.question.kind, at.phase:
        case Way.GATHER, Phase.WRITING:
            yield from _cards(at, say, number)
        case ((Way.GATHER | Way.DECIDE), Phase.VOTING):
            yield from _votes(at, number, person, options if at.question.kind is Way.DECIDE else tuple(at.groups()))
        case Way.ESTIMATE, Phase.WRITING if number < len(say.numbers):
            low, likely, high = say.numbers[number]
            for target in targets:
                yield moves.Estimate(question=room.now, target=target, low=low, likely=likely, high=high)
        case Way.LIVE_WITH, Phase.WRITING if number < len(say.fingers):
            fingers, words = say.fingers[number]
            for target in targets:
                yield moves.Stand(question=room.now, target=target, fingers=fingers, reservation=words)
    if at.phase is not Phase.SETTLED:
        yield moves.Ready(question=room.now, phase=at.phase)


def _cards(at: Asked, say: Say, number: int) -> Iterator[Body]:
    for place, card in enumerate(say.cards[number] if number < len(say.cards) else ()):
        text, mark = card if isinstance(card, tuple) else (card, "")
        name = f"replayed-{number}-{place}"
        # A card that who leads took out of sight, or put aside, is not written again.
        if name not in at.cards:
            secret = sha256(f"{at.question.key} {name}".encode()).hexdigest() if at.question.anonymous else ""
            yield moves.Card(question=at.question.key, id=name, text=text, mark=mark, secret=secret)


def _votes(at: Asked, number: int, person: str, on: Sequence[str]) -> Iterator[Body]:
    """Dots of somebody, on another one than the person before."""
    if not on or person in at.voters():
        return
    yield moves.Vote(question=at.question.key, target=on[number % len(on)], dots=min(at.on_one, at.dots))


def check() -> None:
    """Raise ValueError where the script does not fit the questions."""
    for say in script().say:
        asks = questions()[say.question]
        fits = {Way.GATHER: say.cards, Way.ESTIMATE: say.numbers, Way.LIVE_WITH: say.fingers}
        if len(fits.get(asks.kind, ())) != len(script().people):
            raise ValueError(f"workshop_demo.toml: what is said to “{say.question}” does not fit it or its people.")
