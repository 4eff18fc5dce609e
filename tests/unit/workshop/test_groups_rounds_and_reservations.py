"""Cards that are put together, numbers that stand for one more round, and what somebody objects to in an answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from scoping.charter import Charter
from scoping.sections.problems import Problem, Problems
from scoping.workshop import becoming, moves, telling
from scoping.workshop.questions import Phase
from scoping.workshop.room import RefusedMoveError
from tests.unit.workshop.test_becoming import room
from tests.workshops import Workshop


def told(shop: Workshop) -> dict[str, Any]:
    return telling.told(shop.room, {"lena"}, datetime(2026, 11, 24, 15, tzinfo=UTC))["question"]


@pytest.fixture
def wish() -> Workshop:
    """Three cards, about to be put together."""
    shop = Workshop()
    shop.go("wish")
    for person in ("lena", "jonas", "mei"):
        shop.write(person, f"Card of {person}")
    shop.turn(Phase.GROUPING)
    return shop


def groups(shop: Workshop) -> list[list[str]]:
    return [[card.by for card in cards] for cards in shop.at.groups().values()]


def put(shop: Workshop, card: str, group: str) -> None:
    shop.move("jonas", moves.Put(question="wish", card=card, group=group))


def test_whoever_gave_a_group_its_name_can_leave_it_and_the_others_stay_together(wish: Workshop) -> None:
    first, second, third = wish.at.cards
    put(wish, second, first)
    put(wish, third, first)
    wish.move("jonas", moves.Title(question="wish", group=first, title="Waste"))
    put(wish, first, "")
    assert groups(wish) == [["lena"], ["jonas", "mei"]]
    assert wish.at.title(second) == "Waste"
    before = wish.room.number
    for group in (first, ""):
        put(wish, first, group)
    assert wish.room.number == before


def test_how_many_each_wrote_is_told_while_they_write_and_who_wrote_what_is_not(wish: Workshop) -> None:
    wish.turn(Phase.WRITING)
    assert told(wish)["counts"] == {"lena": 1, "jonas": 1, "mei": 1}
    assert "Card of" not in str(told(wish))
    wish.turn(Phase.GROUPING)
    assert told(wish)["counts"] == {}


def test_numbers_and_hands_stand_for_one_more_round_until_somebody_changes_them() -> None:
    shop = Workshop()
    shop.go("worth")
    (target,) = shop.targets
    shop.estimate("jonas", target.id, 10, 20, 30)
    shop.estimate("mei", target.id, 40, 50, 60)
    shop.turn(Phase.SHOWN)
    shop.turn(Phase.WRITING)
    assert told(shop)["guesses"] is None
    assert telling.mine(shop.room, "mei")["worth"]["guesses"] == {target.id: [40, 50, 60]}
    shop.estimate("mei", target.id, 20, 30, 40)
    shop.turn(Phase.SHOWN)
    assert told(shop)["guesses"][0]["pooled"] == (15, 25, 35)
    assert {(n, who) for n, who, _ in shop.at.guesses} == {(1, "jonas"), (1, "mei"), (2, "jonas"), (2, "mei")}


def test_who_is_furthest_apart_and_whose_hand_it_is_stay_hidden_where_names_do() -> None:
    shop = Workshop()
    shop.go("worth")
    (target,) = shop.targets
    shop.estimate("jonas", target.id, 10, 20, 30)
    shop.estimate("mei", target.id, 40, 50, 60)
    shop.turn(Phase.SHOWN)
    assert told(shop)["guesses"][0]["spread"]["lowest"] == "jonas"
    shop.move("lena", moves.Limits(question="worth", dots=0, on_one=1, names=False))
    assert "jonas" not in str(told(shop)["guesses"])


def test_a_reservation_is_told_taken_back_and_heard(wish: Workshop) -> None:
    wish.turn(Phase.VOTING)
    reserve = moves.Reserve(question="wish", text="It is not only guessing.")
    with pytest.raises(RefusedMoveError, match="moved on"):
        wish.move("mei", reserve)
    first = next(iter(wish.at.cards))
    wish.settle(chosen=(first,), says="Waste")
    wish.move("mei", reserve)
    assert told(wish)["reservations"] == [{"by": "mei", "text": "It is not only guessing.", "is_added": None}]
    with pytest.raises(RefusedMoveError, match="Only who leads"):
        wish.move("jonas", moves.Heard(question="wish", person="mei", is_added=True))
    wish.move("lena", moves.Heard(question="wish", person="mei", is_added=True))
    assert told(wish)["reservations"][0]["is_added"] is True
    wish.move("mei", moves.Reserve(question="wish", text=""))
    assert told(wish)["reservations"] == []
    with pytest.raises(RefusedMoveError, match="taken back"):
        wish.move("lena", moves.Heard(question="wish", person="mei", is_added=False))


def test_each_group_knows_the_record_that_it_becomes(wish: Workshop) -> None:
    settle = moves.Settle(question="wish", how=moves.How.TAKEN, chosen=tuple(wish.at.cards))
    made = becoming.records(wish.question, wish.at, settle, wish.id_of)
    wish.settle(chosen=settle.chosen)
    assert set(made.values()) == {p.id for p in wish.charter.problems.problems}
    assert list(made) == list(wish.at.cards)


def test_what_is_left_out_stays_in_the_room_and_out_of_the_charter(wish: Workshop) -> None:
    first, second, third = wish.at.cards
    settle = moves.Settle(question="wish", how=moves.How.TAKEN, chosen=(first,), left_out=(second,))
    assert list(becoming.records(wish.question, wish.at, settle, wish.id_of)) == [first, third]
    wish.settle(chosen=settle.chosen, left_out=settle.left_out)
    assert [p.statement for p in wish.charter.problems.problems] == ["Card of lena", "Card of mei"]
    assert told(wish)["outcome"]["left_out"] == [second]
    assert {card["text"] for card in told(wish)["cards"]} == {"Card of lena", "Card of jonas", "Card of mei"}


def test_what_stood_in_the_charter_before_is_still_right_and_becomes_no_second_one() -> None:
    shop = Workshop(Charter(problems=Problems(problems=(Problem(id="p1", statement="Bread is left over."),))))
    shop.go("wish")
    shop.settle(chosen=("p1",))
    assert [p.statement for p in shop.charter.problems.problems] == ["Bread is left over."]
    shop.go("wanted")
    assert [g.problem for g in shop.charter.problems.goals] == ["p1"]


def test_who_takes_part_would_park_it_and_who_leads_decides(wish: Workshop) -> None:
    wish.move("jonas", moves.Wish(question="wish", how=moves.How.PARKED))
    wish.move("mei", moves.Wish(question="wish", how=moves.How.UNKNOWN))
    assert told(wish)["wishes"] == [{"by": "jonas", "how": "parked"}, {"by": "mei", "how": "unknown"}]
    wish.move("mei", moves.Wish(question="wish", how=moves.How.OPEN))
    assert told(wish)["wishes"] == [{"by": "jonas", "how": "parked"}]
    with pytest.raises(RefusedMoveError, match="Only who leads"):
        wish.move("jonas", moves.Wish(question="wish", how=moves.How.TAKEN))
    wish.settle(moves.How.PARKED)
    assert told(wish)["wishes"] == []


def test_a_second_round_begins_with_what_was_said_in_the_first() -> None:
    shop = room("worth")
    benefit = shop.targets[0].id
    shop.estimate("mei", benefit, 1, 2, 3)
    assert told(shop)["before"] == []
    shop.turn(Phase.SHOWN)
    shop.turn(Phase.WRITING)
    shop.estimate("mei", benefit, 1, 4, 5)
    (before,) = told(shop)["before"]
    assert (before["target"], before["pooled"]) == (benefit, (1, 2, 3))
    assert before["guesses"] == [{"by": "mei", "low": 1, "likely": 2, "high": 3}]
    assert told(shop)["guesses"] is None
