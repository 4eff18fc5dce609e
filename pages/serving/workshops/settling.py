"""What a workshop makes of the charter: records that a question needs before it is asked, and what becomes of it at its end.

Records are named after workshop and question, so nothing is made twice, however often somebody presses or a browser sends again.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from scoping.merge import Edits
from scoping.workshop import becoming, moves
from scoping.workshop.about import ids_of, seeds, targets
from scoping.workshop.moves import Body, How
from scoping.workshop.questions import questions
from scoping.workshop.room import Asked, Person, Room
from scoping.workshop.rules import weigh
from storage.opened import Opened
from storage.store import CharterStore
from storage.workshops.keeping import Moved


def places(opened: Opened, question: str) -> list[dict[str, Any]]:
    """The places of the charter that a question is about, as browsers read them."""
    if question not in questions():
        return []
    made: list[dict[str, Any]] = opened.once(("targets", question), lambda now: _places(now, question))
    return made


def _places(opened: Opened, question: str) -> list[dict[str, Any]]:
    return [asdict(target) for target in targets(questions()[question], opened.charter)]


def sow(store: CharterStore, workshop: str, device: str, bodies: Sequence[Body]) -> None:
    """Make the records that questions need to which somebody is about to lead the room, or which they open before it meets.

    Raises: what `CharterStore.change` raises.
    """
    wanted = {key for body in bodies for key in _led_to(body)} & questions().keys()
    if not wanted:
        return
    person = store.workshops.person(workshop, device)
    leader = store.workshops.look(workshop, lambda room: room.people[person].name if room.leads(person) and not room.ended else "")
    if leader:
        one, id_of = store.workshops.get(workshop), ids_of(workshop)

        def sown(now: Opened) -> Edits:
            charter, made = now.charter, Edits()
            for key in sorted(wanted):
                for part, edits in seeds(questions()[key], charter, id_of).items():
                    known = {edit.key for edit in made.get(part, ())}
                    made.setdefault(part, []).extend(edit for edit in edits if edit.key not in known)
            return made

        store.change(one.project_id, leader, sown, workshop=workshop)


def _led_to(body: Body) -> tuple[str, ...]:
    if isinstance(body, moves.Go):
        return (body.question,)
    return body.questions if isinstance(body, moves.Prepare) else ()


def settle(store: CharterStore, workshop: str, device: str, given: moves.Settle) -> Moved:
    """Save what becomes of a question, then leave it so.

    Raises:
        RefusedMoveError: the room does not allow it.
        AnswerError: something that was agreed does not fit its question. Nothing was changed then.
    """
    person = store.workshops.person(workshop, device)
    body = given.model_copy(update={"revisions": (), "made": {}})

    def read(room: Room) -> tuple[Asked, dict[str, Person], tuple[int, ...]]:
        weigh(room, person, body)
        one = room.at(body.question)
        return copy.deepcopy(one), copy.deepcopy(room.people), one.outcome.revisions if one.outcome else ()

    asked, people, revisions = store.workshops.look(workshop, read)
    if body.how is not How.OPEN:
        revisions += _saved(store, workshop, body, asked, people, person)
        made = becoming.records(asked.question, asked, body, ids_of(workshop)) if body.how is How.TAKEN else {}
        body = body.model_copy(update={"revisions": revisions, "made": made})
    return store.workshops.move(workshop, device, [body])


def _saved(
    store: CharterStore, workshop: str, body: moves.Settle, asked: Asked, people: dict[str, Person], person: str
) -> tuple[int, ...]:
    """The revisions of the charter that come of the end of a question."""
    one, asks, id_of = store.workshops.get(workshop), questions()[body.question], ids_of(workshop)
    said_by = becoming.SaidBy(people=people, on=datetime.now(UTC).date())

    def become(now: Opened) -> Edits:
        return becoming.edits(asks, asked, body, now.charter, id_of, said_by)

    by = becoming.author(asks, people[person].name)
    saved = store.change(one.project_id, by, become, asks.short, workshop=workshop)
    return tuple(revision.number for revision in saved.revisions)
