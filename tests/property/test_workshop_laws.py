"""Laws of a workshop that hold whatever four people send: limits, what stays hidden, and that a room is nothing but its moves."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from scoping.workshop import moves, telling
from scoping.workshop.agenda import planned
from scoping.workshop.moves import BODY, Body, How, Move, Role
from scoping.workshop.questions import Phase, questions
from scoping.workshop.room import RefusedMoveError, Room
from scoping.workshop.rules import weigh

MANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
BEGAN = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
PEOPLE = ("ana", "bo", "cy", "di")
QUESTIONS = ("wish", "worries", "first", "worth", "live_with", "today")
"""One of each kind, and one whose cards need no name."""

SEEDS = st.integers(0, 2**32)
MOVES = 150


def some_move(random: Random, room: Room) -> tuple[str, Body]:
    """A move of somebody, mostly one that makes sense where the room is."""
    key = random.choice(QUESTIONS) if random.random() < 0.2 or not room.now else room.now
    by, card, other = random.choice(PEOPLE), *(random.choice(("c1", "c2", "c3", "c4")) for _ in "ab")
    text, secret = f"words-{random.randrange(1000)}", random.choice(("", "", "a1", "b2")) if key == "worries" else ""
    phase, numbers = random.choice(questions()[key].phases), random.sample(range(10), 3)
    low, likely, high = sorted(numbers) if random.random() < 0.9 else numbers
    seen = room.at(key).phase if random.random() < 0.9 else phase
    people = (
        moves.Card(question=key, id=card, text=text, secret=secret),
        moves.Card(question=key, id=other, text=text, secret=secret),
        moves.TakeBack(question=key, id=card, secret=secret),
        moves.Put(question=key, card=card, group=random.choice(("", other, other))),
        moves.Title(question=key, group=card, title="Bread"),
        moves.Vote(question=key, target=card, dots=random.randrange(4)),
        moves.Vote(question=key, target=other, dots=random.randrange(4)),
        moves.Estimate(question=key, target=card, low=low, likely=likely, high=high),
        moves.Stand(question=key, target=card, fingers=random.randrange(6), reservation=text),
        moves.Ready(question=key, phase=seen, on=random.random() < 0.7),
        moves.Join(name=by, role=random.choice((Role.LEADS, Role.TAKES_PART, Role.TAKES_PART, Role.TAKES_PART))),
        moves.TakeOver(),
    )
    leaders = (
        moves.Go(question=random.choice((*QUESTIONS, "")), seen=room.now),
        moves.Turn(question=key, phase=phase, seen=seen),
        moves.Turn(question=key, phase=phase, seen=seen),
        moves.Clock(seconds=random.choice((None, 60))),
        moves.Hide(question=key, card=card, on=random.random() < 0.5),
        moves.Limits(question=key, dots=random.randrange(1, 5), on_one=random.randrange(1, 4), names=random.random() < 0.5),
        moves.Settle(question=key, how=random.choice(tuple(How)), says="So it is"),
        moves.Prepare(questions=tuple(random.sample(QUESTIONS, 2))),
        moves.HandOver(person=random.choice(PEOPLE), role=random.choice((*Role, Role.TAKES_PART, Role.TAKES_PART))),
        moves.Lock(questions=tuple(random.sample(QUESTIONS, random.randrange(2)))),
        moves.Call(),
    )
    if random.random() < 0.75:
        return by, random.choice(people)
    return random.choice([p for p in room.people if room.leads(p)] if random.random() < 0.9 else PEOPLE), random.choices(
        leaders, weights=(4, 6, 6, 1, 3, 2, 1, 1, 1, 0.5, 1)
    )[0]


def playing(seed: int) -> Iterator[tuple[Played, str, Body]]:
    """A room in which people act, before each of their moves."""
    played, random = Played(), Random(seed)  # noqa: S311
    for _ in range(MOVES):
        yield played, *some_move(random, played.room)


class Played:
    """A room with four people at the first question, in which moves were tried."""

    def __init__(self) -> None:
        self.room = Room()
        self.kept: list[Move] = []
        for person in PEOPLE:
            self.send(person, moves.Join(name=person, role=Role.LEADS if person == "ana" else Role.TAKES_PART))
        blocks = tuple(moves.BlockIn(key=b.key, title=b.title, minutes=b.minutes, questions=b.questions) for b in planned(()))
        self.send("ana", moves.Agenda(blocks=blocks))
        self.send("ana", moves.Go(question="wish", seen=""))

    def send(self, by: str, body: Body) -> bool:
        """Send a move; whether it was kept."""
        try:
            if not weigh(self.room, by, body):
                return False
        except RefusedMoveError:
            return False
        author = "" if moves.is_nameless(body) else by
        number = len(self.kept) + 1
        move = Move(number=number, at=BEGAN + timedelta(seconds=number), by=author, body=moves.kept(body))
        self.kept.append(move)
        self.room.take(move)
        return True


def read_back(kept: Sequence[Move]) -> list[Move]:
    """Moves as they come out of a database."""
    plain: TypeAdapter[Any] = BODY
    return [
        Move(
            number=m.number,
            at=m.at,
            by=m.by,
            body=plain.validate_json(m.body.model_dump_json(exclude_defaults=True)[:-1] + tail(m)),
        )
        for m in kept
    ]


def tail(move: Move) -> str:
    said = json.loads(move.body.model_dump_json(exclude_defaults=True))
    return ("," if said else "") + f'"kind":"{move.body.kind}"}}'


def seen(room: Room) -> str:
    """All that anybody is told of a room."""
    asked = {key: telling.question(room, key) for key in QUESTIONS}
    own = {person: telling.mine(room, person) for person in room.people}
    return json.dumps([telling.told(room, (), BEGAN), asked, own])


@MANY
@given(SEEDS)
def test_limits_hold_and_every_card_stands_in_one_group(seed: int) -> None:
    for played, by, body in playing(seed):
        played.send(by, body)
        for one in played.room.asked.values():
            given_by: dict[str, int] = {}
            for (person, _), dots in one.votes.items():
                assert dots <= one.on_one
                given_by[person] = given_by.get(person, 0) + dots
            assert max(given_by.values(), default=0) <= one.dots
            counting = [c.id for c in one.cards.values() if c.counts]
            grouped = [c.id for cards in one.groups().values() for c in cards]
            assert sorted(grouped) == sorted(counting)
            for guess in one.guesses.values():
                numbers = [n for n in (guess.low, guess.likely, guess.high) if n is not None]
                assert numbers == sorted(numbers)
        assert any(p.role is Role.LEADS for p in played.room.people.values())


@MANY
@given(SEEDS)
def test_what_is_refused_or_changes_nothing_leaves_the_room_as_it_was(seed: int) -> None:
    for played, by, body in playing(seed):
        before, number = seen(played.room), played.room.number
        if not played.send(by, body):
            assert (seen(played.room), played.room.number) == (before, number)


@MANY
@given(SEEDS)
def test_a_room_is_the_fold_of_the_moves_that_were_kept(seed: int) -> None:
    for played, by, body in playing(seed):
        played.send(by, body)
    again = Room()
    for move in read_back(played.kept):
        again.take(move)
        again.take(move)
    assert seen(again) == seen(played.room)
    assert [vars(one) for one in again.asked.values()] == [vars(one) for one in played.room.asked.values()]


@MANY
@given(SEEDS)
def test_nothing_that_is_hidden_is_told_to_others(seed: int) -> None:
    for played, by, body in playing(seed):
        played.send(by, body)
        room = played.room
        for key, one in room.asked.items():
            told = telling.question(room, key)
            if one.phase is Phase.WRITING:
                assert "words-" not in json.dumps(told)
                assert told["cards"] is told["groups"] is None
            if one.phase not in (Phase.SHOWN, Phase.SETTLED):
                assert told["votes"] is told["guesses"] is told["stands"] is None
                assert all(group["dots"] is None for group in told["groups"] or ())
        for person in room.people:
            for key, own in telling.mine(room, person).items():
                assert {c["id"] for c in own["cards"]} == {
                    c.id for c in room.asked[key].cards.values() if c.by == person and not c.is_taken_back
                }


@MANY
@given(SEEDS)
def test_a_card_without_a_name_has_no_author_anywhere(seed: int) -> None:
    for played, by, body in playing(seed):
        number = len(played.kept)
        if played.send(by, body) and moves.is_nameless(body):
            move = played.kept[number]
            assert isinstance(move.body, moves.Card | moves.TakeBack)
            assert move.by == ""
            assert move.body.secret not in ("a1", "b2")
    for one in played.room.asked.values():
        for card in one.cards.values():
            assert bool(card.by) != bool(card.seal)
            assert card.seal not in ("a1", "b2")


@MANY
@given(SEEDS)
def test_going_back_and_forth_loses_no_words(seed: int) -> None:
    for played, by, body in playing(seed):
        before = copy.deepcopy(played.room.asked)
        played.send(by, body)
        for key, one in before.items():
            now = played.room.asked[key]
            assert one.cards.keys() <= now.cards.keys()
            changed = {c.id for c in now.cards.values() if c.id in one.cards and c.text != one.cards[c.id].text}
            assert changed <= ({body.id} if isinstance(body, moves.Card) else set())
            assert one.guesses.keys() <= now.guesses.keys()
            assert one.stands.keys() <= now.stands.keys()
    assert set(played.room.asked) <= set(questions())
