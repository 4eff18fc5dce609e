"""The script of a try-out fits the questions, and its people do one thing after the other until they wait."""

from __future__ import annotations

from scoping.charter import PART_BY_SLUG
from scoping.section import question as spec_of
from scoping.workshop import demo, moves
from scoping.workshop.moves import How
from scoping.workshop.questions import Phase, Way, questions
from tests.workshops import Workshop


def play(workshop: Workshop) -> int:
    """Have everybody who is replayed act until they wait. Returns how often somebody did."""
    count, people = 0, [f"p{n}" for n in range(len(demo.script().people))]
    while True:
        came = [p if p in workshop.room.people else "" for p in people]
        places = workshop.targets if workshop.room.now else ()
        found = demo.act(workshop.room, came, [t.id for t in places], [t.id for t in places if t.is_option])
        if found is None:
            return count
        count += 1
        assert count < 100
        workshop.move(people[found[0]], found[1])


def test_the_script_fits_the_questions() -> None:
    demo.check()
    for say in demo.script().say:
        asks = questions()[say.question]
        marks = {card[1] for cards in say.cards for card in cards if isinstance(card, tuple)}
        if marks:
            part, name, _ = asks.becomes.split(".")
            choices = {str(c) for c in spec_of(PART_BY_SLUG[part].model_of(name), asks.mark).choices}
            assert marks <= choices, say.question


def test_they_come_in_write_vote_and_are_ready_and_then_they_wait() -> None:
    workshop = Workshop()
    assert play(workshop) == 3
    workshop.go("wish")
    play(workshop)
    assert len(workshop.at.cards) == 5
    assert {"p0", "p1", "p2"} <= workshop.at.ready
    hidden = next(iter(workshop.at.cards))
    workshop.move("lena", moves.Hide(question="wish", card=hidden))
    assert play(workshop) == 0
    for phase in (Phase.GROUPING, Phase.VOTING):
        workshop.turn(phase)
        play(workshop)
    assert sum(workshop.at.dots_of().values()) == 6
    assert play(workshop) == 0


def test_what_they_write_without_a_name_has_none() -> None:
    workshop = Workshop()
    play(workshop)
    workshop.go("worries")
    play(workshop)
    assert {c.by for c in workshop.at.cards.values()} == {""}
    assert play(workshop) == 0


def test_they_have_something_to_do_at_every_question_that_takes_it() -> None:
    workshop = Workshop()
    play(workshop)
    for key, asks in questions().items():
        if not asks.is_usual:
            continue
        workshop.go(key)
        assert play(workshop) >= 3, key
        if asks.kind is Way.GATHER:
            assert workshop.at.cards, key
        workshop.move("lena", moves.Settle(question=key, how=How.PARKED))
