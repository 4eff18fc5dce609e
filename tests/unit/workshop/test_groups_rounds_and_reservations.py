"""Cards that are put together, numbers that stand for one more round, and what somebody objects to in an answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from scoping.workshop import becoming, moves, telling
from scoping.workshop.questions import Phase
from scoping.workshop.room import RefusedMoveError
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
    made = becoming.records(wish.question, wish.at, wish.id_of)
    wish.settle(chosen=tuple(wish.at.cards), says="")
    assert set(made.values()) == {p.id for p in wish.charter.problems.problems}
    assert list(made) == list(wish.at.cards)
