"""Workshops in a database: limits hold for all servers, nothing is lost by a restart, and a room is never trusted alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import delete, text
from sqlalchemy.exc import IntegrityError

from scoping.charter import Charter
from scoping.workshop import moves, telling
from scoping.workshop.agenda import Block, planned
from scoping.workshop.moves import Body, Role
from scoping.workshop.questions import Phase
from scoping.workshop.room import Room
from storage.store import CharterStore
from storage.tables import WorkshopMoveRow, WorkshopRow, table_of
from storage.workshops import codes
from storage.workshops.keeping import OPEN_AT_MOST, UnknownWorkshopError, WorkshopError

ANA = moves.Join(name="Ana", role=Role.LEADS)


@pytest.fixture
def project(store: CharterStore) -> str:
    return store.create(Charter(), "Ana")


@pytest.fixture
def workshop(store: CharterStore, project: str) -> str:
    return store.workshops.start(project, "First look", ANA, "ana", planned(())).id


def told(store: CharterStore, workshop: str) -> dict[str, Any]:
    now = datetime(2026, 11, 24, tzinfo=UTC)
    return store.workshops.look(workshop, lambda room: telling.told(room, (), now) | {"mine": telling.mine(room, "")})


def send(store: CharterStore, workshop: str, device: str, *bodies: Body) -> list[str]:
    return list(store.workshops.move(workshop, device, bodies).refused.values())


def voting(store: CharterStore, workshop: str) -> None:
    send(store, workshop, "bo", moves.Join(name="Bo"))
    send(store, workshop, "ana", moves.Go(question="wish", seen=""))
    send(store, workshop, "bo", *(moves.Card(question="wish", id=f"c{n}", text=f"Wish {n}") for n in range(4)))
    for phase, seen in ((Phase.GROUPING, Phase.WRITING), (Phase.VOTING, Phase.GROUPING)):
        send(store, workshop, "ana", moves.Turn(question="wish", phase=phase, seen=seen))


def vote(target: str, dots: int) -> moves.Vote:
    return moves.Vote(question="wish", target=target, dots=dots)


def test_who_lost_the_cookie_comes_back_as_who_they_were(store: CharterStore, workshop: str) -> None:
    voting(store, workshop)
    bo = store.workshops.person(workshop, "bo")
    moved = store.workshops.move(workshop, "new browser", [moves.Join(name="Bo", again=bo), vote("c0", 1)])
    assert (moved.person, moved.refused) == (bo, {})
    assert store.workshops.person(workshop, "new browser") == bo
    assert [p["name"] for p in told(store, workshop)["people"]] == ["Ana", "Bo"]
    # Of somebody who is in already nobody else can be made, and nobody comes back who was never here.
    assert store.workshops.move(workshop, "ana", [moves.Join(name="Ana", again=bo, role=Role.LEADS)]).person != bo
    refused = store.workshops.move(workshop, "third", [moves.Join(name="Cy", again="0123456789")])
    assert (refused.person, list(refused.refused)) == ("", [0])
    assert store.workshops.person(workshop, "third") == ""


def test_a_restart_in_the_middle_of_a_vote_loses_nothing(store: CharterStore, workshop: str, database_url: str) -> None:
    voting(store, workshop)
    assert send(store, workshop, "bo", vote("c0", 2)) == []
    before = told(store, workshop)
    again = CharterStore.at(database_url)
    assert told(again, workshop) == before
    person = again.workshops.person(workshop, "bo")
    assert again.workshops.look(workshop, lambda room: telling.mine(room, person)["wish"]["votes"]) == {"c0": 2}
    assert send(again, workshop, "bo", vote("c1", 1), vote("c2", 1)) == ["You have 3 dots in all. Take one back first."]
    again.close()


def test_what_one_server_keeps_another_one_knows(store: CharterStore, elsewhere: CharterStore, workshop: str) -> None:
    voting(store, workshop)
    assert told(elsewhere, workshop) == told(store, workshop)
    send(elsewhere, workshop, "bo", vote("c0", 1))
    send(store, workshop, "bo", vote("c1", 1))
    assert told(elsewhere, workshop) == told(store, workshop)
    numbers = [m.number for m in store.workshops.all_moves(workshop)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert store.workshops.heads([workshop, "nowhere"]) == {workshop: len(numbers)}


def test_a_limit_holds_however_many_votes_come_at_once_at_two_servers(
    store: CharterStore, elsewhere: CharterStore, workshop: str
) -> None:
    voting(store, workshop)

    def try_it(number: int) -> list[str]:
        return send((store, elsewhere)[number % 2], workshop, "bo", vote(f"c{number % 4}", 1))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(try_it, range(24)))
    votes = store.workshops.look(workshop, lambda room: dict(room.asked["wish"].votes))
    assert sum(votes.values()) == 3
    assert told(store, workshop) == told(elsewhere, workshop)


def test_a_browser_is_one_person_however_often_it_comes_in_at_once(
    store: CharterStore, elsewhere: CharterStore, workshop: str
) -> None:
    def come(number: int) -> str:
        return (store, elsewhere)[number % 2].workshops.move(workshop, "bo", [moves.Join(name="Bo")]).person

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(come, range(16)))) == 1
    assert [p["name"] for p in told(store, workshop)["people"]] == ["Ana", "Bo"]


def test_a_transaction_that_fails_leaves_no_trace_in_the_room(
    store: CharterStore, workshop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    voting(store, workshop)
    before = told(store, workshop)

    def fail(*_: object) -> None:
        raise RuntimeError("the end of it")

    with monkeypatch.context() as patch:
        patch.setattr(store.notices, "send_with", fail)
        with pytest.raises(RuntimeError):
            send(store, workshop, "bo", vote("c0", 2), moves.Card(question="wish", id="lost", text="Never kept"))
    assert told(store, workshop) == before
    assert send(store, workshop, "bo", vote("c0", 2)) == []


def test_a_backup_that_was_brought_back_is_what_counts(store: CharterStore, workshop: str) -> None:
    voting(store, workshop)
    before = told(store, workshop)
    number = before["number"]
    send(store, workshop, "bo", vote("c0", 2), vote("c1", 1))
    made, move = table_of(WorkshopRow), table_of(WorkshopMoveRow)
    with store._engine.begin() as connection:
        connection.execute(delete(move).where(move.c.number > number))
        connection.execute(made.update().values(number=number))
    assert told(store, workshop) == before


def test_a_card_without_a_name_leaves_none_in_the_database(store: CharterStore, workshop: str, database_url: str) -> None:
    send(store, workshop, "bo", moves.Join(name="Bo"))
    send(store, workshop, "ana", moves.Go(question="worries", seen=""))
    card = moves.Card(question="worries", id="c1", text="Who loses their work?", secret="ab" * 32)
    assert send(store, workshop, "nobody", card) == ["Say your name first, then you are in."]
    assert send(store, workshop, "bo", card) == []
    (kept,) = (m for m in store.workshops.all_moves(workshop) if m.body.kind == "card")
    assert (kept.by, kept.at.second, kept.at.microsecond) == ("", 0, 0)
    with store._engine.connect() as connection:
        rows = connection.execute(text('SELECT data, "by" FROM workshop_move')).all()
        devices = connection.execute(text("SELECT device FROM workshop_person")).scalars().all()
    assert not any("ab" * 32 in data for data, _ in rows)
    assert not {"ana", "bo"} & set(devices)
    # Its writer can change it, and nobody else: after a restart too.
    again = CharterStore.at(database_url)
    changed = card.model_copy(update={"text": "Who loses work by it?"})
    assert send(again, workshop, "ana", changed.model_copy(update={"secret": "cd"})) == ["Only who wrote a card can change it."]
    assert send(again, workshop, "ana", changed.model_copy(update={"secret": ""})) == ["Only who wrote a card can change it."]
    assert send(again, workshop, "bo", changed) == []
    again.close()


def test_a_code_leads_to_one_open_workshop_and_to_none_that_has_ended(store: CharterStore, project: str, workshop: str) -> None:
    one = store.workshops.get(workshop)
    other = store.workshops.start(project, "", ANA, "ana", planned(()))
    found = store.workshops.found(f" {one.code[:3].upper()}-{one.code[3:]} ")
    assert found is not None
    assert found.id == workshop
    made = table_of(WorkshopRow)
    with pytest.raises(IntegrityError), store._engine.begin() as connection:
        connection.execute(made.update().where(made.c.id == other.id).values(code=one.code))
    send(store, workshop, "ana", moves.End())
    assert store.workshops.found(one.code) is None
    ended = store.workshops.found(one.link)
    assert ended is not None
    assert ended.ended_at is not None
    assert send(store, workshop, "ana", moves.Go(question="wish", seen="")) == [
        "The workshop has ended. What was written is in its record."
    ]
    assert codes.as_typed("BA D0 KO") == "badoko"


def test_codes_are_easy_to_say_and_never_rude() -> None:
    for _ in range(2_000):
        code = codes.new_code()
        assert len(code) == 6
        assert all(c in codes.CONSONANTS for c in code[::2])
        assert all(c in codes.VOWELS for c in code[1::2])
        assert "fuk" not in code
    assert not {"i", "l", "1", "0", "q"} & set(codes.CONSONANTS + codes.VOWELS)


def test_a_project_has_so_many_open_workshops_and_no_more(store: CharterStore, project: str, workshop: str) -> None:
    for _ in range(OPEN_AT_MOST - 1):
        store.workshops.start(project, "", ANA, "ana", planned(()))
    with pytest.raises(WorkshopError, match="End one of them"):
        store.workshops.start(project, "", ANA, "ana", planned(()))
    send(store, workshop, "ana", moves.End())
    store.workshops.start(project, "", ANA, "ana", planned(()), follows=workshop)
    assert len(store.workshops.of(project)) == OPEN_AT_MOST + 1
    other = store.create(Charter(), "Ana")
    with pytest.raises(WorkshopError, match="follows"):
        store.workshops.start(other, "", ANA, "ana", planned(()), follows=workshop)
    with pytest.raises(WorkshopError, match="cookies"):
        store.workshops.start(other, "", ANA, "", planned(()))
    assert store.workshops.of(other) == ()
    with pytest.raises(UnknownWorkshopError):
        store.workshops.look("nowhere", Room.order)


def test_agendas_are_kept_under_their_names(store: CharterStore, elsewhere: CharterStore) -> None:
    block = Block("problem", "Problem", 10, ("wish",))
    store.agendas.keep("Ours", [block], "Ana")
    elsewhere.agendas.keep("OURS", [block, Block("ideas", "Ideas", 5, ("ideas",))], "Bo")
    store.agendas.keep("After", [block], "Ana")
    assert [(t.name, len(t.agenda)) for t in store.agendas.all()] == [("After", 1), ("OURS", 2)]
    assert store.agendas.all()[1].agenda[0] == block
    store.agendas.remove(store.agendas.all()[0].id)
    assert [t.name for t in elsewhere.agendas.all()] == ["OURS"]
