"""Who may do what in a room, and what a refusal says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scoping.workshop import moves, telling
from scoping.workshop.moves import Body, How, Role
from scoping.workshop.questions import Phase
from scoping.workshop.room import RefusedMoveError
from scoping.workshop.rules import CARDS_AT_MOST, TARGETS_AT_MOST, weigh
from tests.workshops import BEGAN, Workshop


@pytest.fixture
def workshop() -> Workshop:
    """Lena leads; Jonas, Mei and Omar take part; at the first question."""
    workshop = Workshop()
    workshop.go("wish")
    return workshop


def refused(workshop: Workshop, by: str, body: Body) -> str:
    with pytest.raises(RefusedMoveError) as error:
        weigh(workshop.room, by, body)
    return error.value.message


def test_nobody_makes_themselves_leader(workshop: Workshop) -> None:
    assert refused(workshop, "jonas", moves.Join(name="Jonas", role=Role.LEADS)).startswith("Only who leads")
    assert refused(workshop, "new", moves.Join(name="New", role=Role.LEADS)) == "Somebody leads already."
    assert refused(workshop, "jonas", moves.HandOver(person="jonas", role=Role.LEADS)).startswith("Only who leads")
    assert refused(workshop, "lena", moves.HandOver(person="lena", role=Role.TAKES_PART)) == "Somebody has to lead."
    workshop.move("lena", moves.HandOver(person="mei", role=Role.LEADS))
    workshop.move("lena", moves.HandOver(person="lena", role=Role.TAKES_PART))
    assert [p for p in workshop.room.people if workshop.room.leads(p)] == ["mei"]


def test_who_looks_on_writes_nothing_until_who_leads_lets_them(workshop: Workshop) -> None:
    workshop.move("jonas", moves.Join(name="Jonas Weber", role=Role.LOOKS_ON))
    card = moves.Card(question="wish", id="c1", text="Less waste")
    assert refused(workshop, "jonas", card) == "You look on in this workshop."
    assert refused(workshop, "jonas", moves.Join(name="Jonas Weber")).startswith("Only who leads")
    workshop.move("lena", moves.HandOver(person="jonas", role=Role.TAKES_PART))
    assert weigh(workshop.room, "jonas", card)


def test_a_name_that_is_given_anew_keeps_the_role(workshop: Workshop) -> None:
    workshop.move("lena", moves.Join(name="Lena H."))
    assert workshop.room.leads("lena")
    assert workshop.room.people["lena"].name == "Lena H."


def test_somebody_takes_over_only_from_a_leader_who_is_gone(workshop: Workshop) -> None:
    with pytest.raises(RefusedMoveError, match="Lena Hoff leads"):
        weigh(workshop.room, "mei", moves.TakeOver(), lambda person: person == "lena")
    assert weigh(workshop.room, "mei", moves.TakeOver(), lambda person: person == "mei")
    assert not weigh(workshop.room, "lena", moves.TakeOver())


def test_so_many_cards_of_one_person_and_no_more(workshop: Workshop) -> None:
    for n in range(CARDS_AT_MOST):
        workshop.move("mei", moves.Card(question="wish", id=f"m{n}", text=f"Wish {n}"))
    one_more = moves.Card(question="wish", id="more", text="One more")
    assert refused(workshop, "mei", one_more) == f"{CARDS_AT_MOST} cards of one person are enough for one question."
    assert weigh(workshop.room, "omar", one_more)
    workshop.move("mei", moves.TakeBack(question="wish", id="m0"))
    assert weigh(workshop.room, "mei", one_more)


def test_nobody_judges_more_than_there_can_be(workshop: Workshop) -> None:
    workshop.go("worth")
    for n in range(TARGETS_AT_MOST):
        workshop.estimate("mei", f"t{n}", 1, 2, 3)
    assert refused(workshop, "mei", moves.Estimate(question="worth", target="more", likely=1)).startswith("This is more than")
    assert weigh(workshop.room, "mei", moves.Estimate(question="worth", target="t0", likely=7))


def test_dots_that_were_given_are_not_taken_away_by_a_smaller_limit(workshop: Workshop) -> None:
    card = workshop.write("mei", "Less waste")
    for phase in (Phase.GROUPING, Phase.VOTING):
        workshop.turn(phase)
    workshop.vote("omar", card, 2)
    assert refused(workshop, "lena", moves.Limits(question="wish", dots=1, on_one=1)) == "Somebody has given more dots already."
    assert weigh(workshop.room, "lena", moves.Limits(question="wish", dots=5, on_one=3))


def test_dots_go_with_their_group_and_are_free_when_it_is_gone(workshop: Workshop) -> None:
    first, second, third = (workshop.write(by, f"Wish of {by}") for by in ("jonas", "mei", "omar"))
    workshop.turn(Phase.GROUPING)
    workshop.move("lena", moves.Put(question="wish", card=second, group=first))
    workshop.turn(Phase.VOTING)
    workshop.vote("omar", first, 2)
    workshop.vote("omar", third, 1)
    workshop.move("lena", moves.Put(question="wish", card=first, group=third))
    assert workshop.at.dots_of() == {second: 2, third: 1}
    workshop.move("lena", moves.Hide(question="wish", card=second))
    assert workshop.at.dots_left("omar") == 2


def test_a_parked_question_goes_on_where_it_was_and_shows_nothing(workshop: Workshop) -> None:
    workshop.write("mei", "Nobody has seen this")
    workshop.move("lena", moves.Settle(question="wish", how=How.PARKED))
    told = telling.question(workshop.room, "wish")
    assert (told["phase"], told["cards"], told["outcome"]["how"]) == (Phase.WRITING, None, How.PARKED)
    workshop.move("lena", moves.Settle(question="wish", how=How.TAKEN, says="Less waste"))
    assert workshop.at.phase is Phase.SETTLED
    workshop.move("lena", moves.Settle(question="wish", how=How.OPEN))
    assert (workshop.at.phase, workshop.at.outcome) == (Phase.WRITING, None)


@pytest.mark.parametrize("how", [How.TAKEN, How.UNKNOWN])
def test_who_went_back_settles_a_question_again_in_the_same_words(workshop: Workshop, how: How) -> None:
    body = moves.Settle(question="wish", how=how, says="Less waste")
    workshop.move("lena", body)
    assert not weigh(workshop.room, "lena", body)
    workshop.move("lena", moves.Turn(question="wish", phase=Phase.SHOWN, seen=Phase.SETTLED))
    assert weigh(workshop.room, "lena", body)
    workshop.move("lena", body)
    assert workshop.room.at("wish").phase is Phase.SETTLED
    assert not weigh(workshop.room, "lena", body)


def test_a_question_is_settled_by_saying_how_and_not_by_turning(workshop: Workshop) -> None:
    turn = moves.Turn(question="wish", phase=Phase.SETTLED, seen=Phase.WRITING)
    assert refused(workshop, "lena", turn) == "Say first how the room leaves this question."
    body = moves.Settle(question="wish", how=How.TAKEN, says="Less waste")
    workshop.move("lena", body)
    assert not weigh(workshop.room, "lena", body)
    assert weigh(workshop.room, "lena", body.model_copy(update={"says": "Less bread is thrown away"}))


def test_what_no_workshop_asks_is_neither_prepared_nor_locked_nor_planned(workshop: Workshop) -> None:
    assert refused(workshop, "lena", moves.Prepare(questions=("nothing",))) == "No workshop asks “nothing”."
    assert refused(workshop, "lena", moves.Lock(questions=("nothing",))) == "No workshop asks “nothing”."
    empty = moves.Agenda(blocks=(moves.BlockIn(key="a", title="A", minutes=5, questions=()),))
    assert refused(workshop, "lena", empty) == "The agenda asks nothing."


def test_nothing_is_done_after_the_end(workshop: Workshop) -> None:
    workshop.move("lena", moves.End())
    for body in (moves.Join(name="Late"), moves.Go(question="wish", seen=""), moves.Card(question="wish", id="c", text="Late")):
        assert refused(workshop, "lena", body) == "The workshop has ended."


def test_the_clock_stops_where_it_is_and_goes_on(workshop: Workshop) -> None:
    workshop.move("lena", moves.Clock(seconds=120))
    workshop.move("lena", moves.Clock())
    told = telling.told(workshop.room, (), BEGAN + timedelta(hours=1))
    assert told["clock"]["ends"] is None
    assert told["clock"]["left"] == 119
    assert not weigh(workshop.room, "lena", moves.Clock())
    workshop.move("lena", moves.Clock(seconds=60))
    assert telling.told(workshop.room, (), BEGAN)["clock"]["total"] == 60
