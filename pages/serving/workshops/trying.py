"""Trying a workshop alone: a project of its own, and participants that are replayed in answer to whoever leads."""

from __future__ import annotations

from scoping.charter import Charter
from scoping.workshop import agenda, demo, moves
from scoping.workshop.about import targets
from scoping.workshop.moves import Body
from scoping.workshop.questions import questions
from scoping.workshop.room import Room
from storage.store import CharterStore
from storage.workshops.keeping import Workshop


def begin(store: CharterStore, leader: moves.Join, device: str) -> Workshop:
    """Make a project to try a workshop on, and the workshop."""
    words = demo.script().project
    charter = Charter()
    project = charter.project.model_copy(update={"name": words.name, "summary": words.summary})
    made = store.create(charter.model_copy(update={"project": project}), leader.name)
    return store.workshops.start(made, words.name, leader, device, agenda.planned(()), is_demo=True)


def act(store: CharterStore, workshop: str) -> tuple[bool, frozenset[str]]:
    """Have one of the replayed participants do what they would do next.

    Returns:
        Whether somebody did something, and who is replayed.
    """
    one = store.workshops.get(workshop)
    people = [store.workshops.person(workshop, _device(n)) for n in range(len(demo.script().people))]
    charter = store.open(one.project_id).charter

    def next_act(room: Room) -> tuple[int, Body] | None:
        places = targets(questions()[room.now], charter) if room.now else ()
        options = [p.id for p in places if p.is_option]
        return demo.act(room, people, [p.id for p in places if p.numbers or not p.is_option], options)

    found = store.workshops.look(workshop, next_act)
    if found is None:
        return False, frozenset(filter(None, people))
    number, body = found
    moved = store.workshops.move(workshop, _device(number), [body])
    return bool(moved.made), frozenset(filter(None, (*people, moved.person)))


def end(store: CharterStore, workshop: str) -> None:
    """Put the project of a try-out away, so that it stands among no real ones."""
    one = store.workshops.get(workshop)
    if one.is_demo:
        store.archive(one.project_id, one.made_by)


def _device(number: int) -> str:
    return f"replayed-{number}"
