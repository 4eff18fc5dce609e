"""A workshop without a server: moves are weighed and taken, what becomes of them is made on a charter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from scoping import editing
from scoping.charter import PART_BY_SLUG, Charter
from scoping.merge import Edits, added, apply, entries_at, orders_needed, with_entries
from scoping.section import Record
from scoping.signing.conditions import conditions
from scoping.workshop import becoming, moves
from scoping.workshop.about import Target, ids_of, seeds, targets
from scoping.workshop.agenda import planned
from scoping.workshop.moves import How, Move, Role, Side
from scoping.workshop.questions import Phase, Question, questions
from scoping.workshop.room import Asked, Room
from scoping.workshop.rules import weigh

BEGAN = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
PEOPLE = {
    "lena": ("Lena Hoff", Side.BUSINESS),
    "jonas": ("Jonas Weber", Side.BUSINESS),
    "mei": ("Mei Tan", Side.TECHNICAL),
    "omar": ("Omar Haddad", Side.TECHNICAL),
}
"""Lena leads."""


def made(charter: Charter, edits: Edits) -> Charter:
    """The charter once edits are made; nothing may stand against them."""
    for slug, some in edits.items():
        section, value = PART_BY_SLUG[slug], charter.part(slug)
        order = {name: [r.id for r in getattr(value, name)] for name in orders_needed(some)}
        merged = apply(some, entries_at(section, value, [e.key for e in some]), order)
        assert not merged.conflicts
        charter = charter.with_part(slug, with_entries(section, value, merged.entries, merged.order))
    return charter


def met(charter: Charter) -> set[int]:
    """The numbers of the conditions that are met."""
    return {c.number for c in conditions(charter) if c.is_met}


class Workshop:
    """A room and the charter that it works on."""

    def __init__(self, charter: Charter | None = None, name: str = "w1") -> None:
        self.charter = charter or Charter()
        self.id_of = ids_of(name)
        self.room = Room()
        for person, (called, side) in PEOPLE.items():
            self.move(person, moves.Join(name=called, side=side, role=Role.LEADS if person == "lena" else Role.TAKES_PART))
        self.move("lena", moves.Agenda(blocks=tuple(moves.BlockIn(**vars(block)) for block in planned(met(self.charter)))))

    @property
    def at(self) -> Asked:
        return self.room.at(self.room.now)

    @property
    def question(self) -> Question:
        return questions()[self.room.now]

    @property
    def targets(self) -> tuple[Target, ...]:
        return targets(self.question, self.charter)

    def move(self, by: str, body: moves.Body) -> None:
        if weigh(self.room, by, body):
            at = BEGAN + timedelta(seconds=self.room.number)
            author = "" if moves.is_nameless(body) else by
            self.room.take(Move(number=self.room.number + 1, at=at, by=author, body=moves.kept(body)))

    def go(self, question: str) -> None:
        self.move("lena", moves.Go(question=question, seen=self.room.now))
        self.charter = made(self.charter, seeds(self.question, self.charter, self.id_of))

    def turn(self, phase: Phase) -> None:
        self.move("lena", moves.Turn(question=self.room.now, phase=phase, seen=self.at.phase))

    def write(self, by: str, text: str, mark: str = "", secret: str = "") -> str:
        """Write a card; returns its id."""
        card = f"c{self.room.number}"
        self.move(by, moves.Card(question=self.room.now, id=card, text=text, mark=mark, secret=secret))
        return card

    def vote(self, by: str, target: str, dots: int = 1) -> None:
        self.move(by, moves.Vote(question=self.room.now, target=target, dots=dots))

    def estimate(self, by: str, target: str, low: float | None, likely: float, high: float | None) -> None:
        self.move(by, moves.Estimate(question=self.room.now, target=target, low=low, likely=likely, high=high))

    def stand(self, by: str, target: str, fingers: int, reservation: str = "") -> None:
        self.move(by, moves.Stand(question=self.room.now, target=target, fingers=fingers, reservation=reservation))

    def settle(self, how: How = How.TAKEN, **said: object) -> Edits:
        """Leave the question; the edits that came of it are made."""
        body = moves.Settle.model_validate({"question": self.room.now, "how": how, **said})
        said_by = becoming.SaidBy(people=self.room.people, on=BEGAN.date())
        edits = becoming.edits(self.question, self.at, body, self.charter, self.id_of, said_by)
        self.charter = made(self.charter, edits)
        self.move("lena", body)
        return edits

    def answer(self, target: Target, /, **cells: object) -> None:
        """Type answers at a target, as people do in the room; a list gets a new row."""
        part, value = PART_BY_SLUG[target.part], self.charter.part(target.part)
        asked = {*target.before, *target.fields}
        assert set(cells) <= asked, f"the room is not asked for {set(cells) - asked}"
        if target.list and not target.record:
            number = len(getattr(value, target.list))
            row = editing.new_record(part, target.list, f"row{number}", self.charter.project.currency)
            _, entry, refused = editing.fill(part, target.list, row.model_dump(mode="json"), cells)
            self.charter = made(self.charter, {target.part: [added(target.list, type(row).model_validate(entry))]})
        else:
            entry = editing.entry(part, value, target.list, target.record)
            assert entry
            edits, _, refused = editing.fill(part, target.list, entry, cells)
            self.charter = made(self.charter, {target.part: edits})
        assert not refused

    def target(self, words: str) -> Target:
        """The target whose title begins with some words."""
        return next(t for t in self.targets if t.title.startswith(words) and not t.is_option)

    def rows(self, part: str, name: str) -> tuple[Record, ...]:
        return tuple(getattr(self.charter.part(part), name))
