"""Workshops as their moves, in a database that several servers may share.

A room in memory is a fold of the moves up to some number. It is never trusted alone: whoever uses it brings it up to date first, and
whoever changes it does so in one transaction that holds the workshop's row, so limits hold whatever is sent at once. A room whose
transaction did not come to its good end is made anew.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, insert, select, update

from scoping.errors import UnknownProjectError, WorkbenchError
from scoping.section import SHORT, clean
from scoping.words import short
from scoping.workshop import moves
from scoping.workshop.agenda import Block
from scoping.workshop.moves import BODY, Body, Move
from scoping.workshop.room import RefusedMoveError, Room
from scoping.workshop.rules import weigh
from storage.engine import Transactions
from storage.history import refuse_archived
from storage.notices import Notices
from storage.people import digest_of
from storage.tables import WorkshopMoveRow, WorkshopPersonRow, WorkshopRow, table_of
from storage.workshops.codes import as_typed, new_code

KEPT = 64
"""Rooms in memory."""
OPEN_AT_MOST = 20
"""Workshops of a project that have not ended."""
_LARGEST = 2**62
_DEMO = "demo"
"""How ids of try-outs begin; those of others are hexadecimal."""

_workshop, _person, _move = table_of(WorkshopRow), table_of(WorkshopPersonRow), table_of(WorkshopMoveRow)

Result = TypeVar("Result")


class WorkshopError(WorkbenchError):
    """A workshop that cannot be held."""


class UnknownWorkshopError(UnknownProjectError):
    """A workshop that does not exist (any more)."""


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """What is known of a workshop beside its moves.

    Attributes:
        code: six letters that lead to it until it ends.
        link: what leads to it for ever.
        follows: the workshop that it goes on with; "" for none.
    """

    id: str
    project_id: str
    name: str
    code: str
    link: str
    number: int
    planned_at: datetime | None
    made_at: datetime
    made_by: str
    ended_at: datetime | None
    follows: str

    @property
    def is_demo(self) -> bool:
        """Whether somebody tries it with participants that are replayed."""
        return self.id.startswith(_DEMO)


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What became of moves that somebody sent.

    Attributes:
        person: who sent them; "" for somebody who is not in the workshop.
        made: that changed something, as they are kept.
        refused: sentences, by place among those that were sent.
    """

    person: str
    made: tuple[Move, ...]
    refused: Mapping[int, str]


@dataclass
class _Kept:
    """A room in memory.

    Attributes:
        is_sure: whether the database holds every move that the room has taken.
    """

    room: Room = field(default_factory=Room)
    is_sure: bool = True
    lock: threading.Lock = field(default_factory=threading.Lock)


def _nobody(_: str) -> bool:
    return False


class Workshops:
    """All workshops.

    Attributes:
        on_moved: told the workshop and who made a move as soon as it is safe, in the thread that kept it.
    """

    def __init__(self, transact: Transactions, notices: Notices, now: Callable[[], datetime]) -> None:
        self._transact = transact
        self._notices = notices
        self._now = now
        self._rooms: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()
        self.on_moved: Callable[[str, Collection[str]], None] = lambda _, __: None

    # Looking

    def get(self, workshop: str) -> Workshop:
        """A workshop by its id. Raises UnknownWorkshopError."""
        found = self._one(select(_workshop).where(_workshop.c.id == workshop))
        if found is None:
            raise _unknown()
        return found

    def found(self, typed: str) -> Workshop | None:
        """The workshop to which a code leads, or the end of a link; None where it leads nowhere."""
        is_code = (_workshop.c.code == as_typed(typed)) & _workshop.c.ended_at.is_(None)
        return self._one(select(_workshop).where(_workshop.c.link == typed.strip())) or self._one(select(_workshop).where(is_code))

    def _one(self, query: Select[Any]) -> Workshop | None:
        row = self._transact.read(lambda connection: connection.execute(query).mappings().one_or_none())
        return Workshop(**row) if row else None

    def of(self, project: str) -> tuple[Workshop, ...]:
        """The workshops of a project, newest first."""
        query = select(_workshop).where(_workshop.c.project_id == project).order_by(_workshop.c.made_at.desc(), _workshop.c.id)
        return self._transact.read(lambda connection: tuple(Workshop(**row) for row in connection.execute(query).mappings()))

    def person(self, workshop: str, device: str) -> str:
        """Who somebody at a browser is in a workshop; "" for somebody who has not come in."""
        return self._transact.read(lambda connection: _person_at(connection, workshop, device)) if device else ""

    def heads(self, workshops: Collection[str]) -> dict[str, int]:
        """How many moves were made in each workshop that exists."""
        query = select(_workshop.c.id, _workshop.c.number).where(_workshop.c.id.in_(workshops))
        return self._transact.read(lambda connection: {row.id: row.number for row in connection.execute(query)})

    def look(self, workshop: str, work: Callable[[Room], Result]) -> Result:
        """Work something out of a room as it is now; what is returned must not hold on to it. Raises UnknownWorkshopError."""

        def read(connection: Connection) -> None:
            _bring_up_to_date(connection, kept, workshop, _number_of(connection, workshop))

        with self._kept(workshop) as kept:
            self._transact.read_as_one(read)
            return work(kept.room)

    def all_moves(self, workshop: str) -> tuple[Move, ...]:
        """All moves of a workshop in order."""
        return self._transact.read(lambda connection: tuple(_moves(connection, workshop, 0)))

    @contextmanager
    def _kept(self, workshop: str) -> Iterator[_Kept]:
        with self._lock:
            kept = self._rooms.setdefault(workshop, _Kept())
            self._rooms.move_to_end(workshop)
            while len(self._rooms) > KEPT:
                self._rooms.popitem(last=False)
        with kept.lock:
            yield kept

    # Changing

    def start(
        self,
        project: str,
        name: str,
        leader: moves.Join,
        device: str,
        agenda: Sequence[Block],
        *,
        planned_at: datetime | None = None,
        follows: str = "",
        is_demo: bool = False,
    ) -> Workshop:
        """Make a workshop that somebody leads.

        Raises:
            WorkshopError: there are too many, or the one that it follows is of another project.
            ArchivedError, UnknownProjectError.
        """
        blocks = tuple(moves.BlockIn(key=b.key, title=b.title, minutes=b.minutes, questions=b.questions) for b in agenda)
        first: list[Body] = [leader, moves.Agenda(blocks=blocks)]
        made = Workshop(
            id=(_DEMO if is_demo else "") + secrets.token_hex(8),
            project_id=project,
            name=short(str(clean(name)), SHORT),
            code="",
            link=secrets.token_urlsafe(12),
            number=0,
            planned_at=planned_at,
            made_at=self._now(),
            made_by=leader.name,
            ended_at=None,
            follows=follows,
        )

        def work(connection: Connection) -> Workshop:
            refuse_archived(connection, project)
            codes = set(connection.execute(select(_workshop.c.code).where(_workshop.c.ended_at.is_(None))).scalars())
            of_project = select(_workshop.c.id, _workshop.c.ended_at).where(_workshop.c.project_id == project)
            before = {row.id: row.ended_at for row in connection.execute(of_project)}
            if sum(1 for ended in before.values() if ended is None) >= OPEN_AT_MOST:
                raise WorkshopError(f"{OPEN_AT_MOST} workshops of this project are open.", "End one of them first.")
            if follows and follows not in before:
                raise WorkshopError("The workshop that this one follows is not there any more.", "Reload the page.")
            code = next(code for code in iter(new_code, None) if code not in codes)
            coded = replace(made, code=code)
            connection.execute(insert(_workshop), asdict(coded))
            moved = self._moved(connection, made.id, Room(), device, first, _nobody)
            if moved.refused:
                raise WorkshopError(moved.refused[0])
            return coded

        return self._transact.write(work)

    def move(self, workshop: str, device: str, bodies: Sequence[Body], lately: Callable[[str], bool] = _nobody) -> Moved:
        """Make moves as the person at a browser; one that is refused leaves the others alone.

        Args:
            lately: whether a person is in the room, or was a moment ago.

        Raises:
            UnknownWorkshopError, DatabaseError: nothing was kept.
        """

        def work(connection: Connection) -> Moved:
            _bring_up_to_date(connection, kept, workshop, _number_of(connection, workshop, is_to_write=True))
            kept.is_sure = False
            moved = self._moved(connection, workshop, kept.room, device, bodies, lately)
            if moved.made:
                self._notices.send_with(connection, {"workshop": workshop, "by": sorted(_authors(moved))})
            return moved

        with self._kept(workshop) as kept:
            moved = self._transact.write(work)
            kept.is_sure = True
        if moved.made:
            self.on_moved(workshop, _authors(moved))
        return moved

    def _moved(
        self, connection: Connection, workshop: str, room: Room, device: str, bodies: Sequence[Body], lately: Callable[[str], bool]
    ) -> Moved:
        known = person = _person_at(connection, workshop, device)
        made: list[Move] = []
        refused: dict[int, str] = {}
        for at, body in enumerate(bodies):
            try:
                who, move = _comes_in(person, body, device) if isinstance(body, moves.Join) else (person, body)
                if weigh(room, who, move, lately):
                    made.append(self._as_move(room, who, move))
                    room.take(made[-1])
                person = who
            except RefusedMoveError as error:
                refused[at] = str(error)
        if person not in room.people:
            person = ""
        elif not known:
            connection.execute(insert(_person), {"workshop_id": workshop, "device": digest_of(device), "person": person})
        if made:
            connection.execute(insert(_move), [{"workshop_id": workshop, **_row(move)} for move in made])
            head = {"number": room.number, "ended_at": room.ended}
            connection.execute(update(_workshop).where(_workshop.c.id == workshop).values(head))
        return Moved(person=person, made=tuple(made), refused=refused)

    def _as_move(self, room: Room, person: str, body: Body) -> Move:
        now = self._now()
        if moves.is_nameless(body):
            # The very moment could tell whose it is.
            return Move(number=room.number + 1, at=now.replace(second=0, microsecond=0), by="", body=moves.kept(body))
        return Move(number=room.number + 1, at=now, by=person, body=body)


def _comes_in(known: str, body: moves.Join, device: str) -> tuple[str, moves.Join]:
    """As whom somebody comes in: the one that this browser is already, else the one that they say they were, else a new one."""
    if known:
        return known, body.model_copy(update={"again": ""})
    if not device:
        raise RefusedMoveError(
            "This browser keeps no cookies, so the room could not tell you from others.", "Allow them for this page."
        )
    return body.again or secrets.token_hex(5), body


def _authors(moved: Moved) -> frozenset[str]:
    return frozenset(move.by for move in moved.made if move.by)


def _person_at(connection: Connection, workshop: str, device: str) -> str:
    query = select(_person.c.person).where(_person.c.workshop_id == workshop, _person.c.device == digest_of(device))
    return connection.execute(query).scalar() or ""


def _number_of(connection: Connection, workshop: str, *, is_to_write: bool = False) -> int:
    query = select(_workshop.c.number).where(_workshop.c.id == workshop)
    number = connection.execute(query.with_for_update() if is_to_write else query).scalar()
    if number is None:
        raise _unknown()
    return int(number)


def _bring_up_to_date(connection: Connection, kept: _Kept, workshop: str, number: int) -> None:
    if not kept.is_sure or kept.room.number > number:
        # A transaction was undone, or a backup was brought back.
        kept.room, kept.is_sure = Room(), True
    if kept.room.number < number:
        for move in _moves(connection, workshop, kept.room.number, number):
            kept.room.take(move)


def _moves(connection: Connection, workshop: str, after: int, upto: int = _LARGEST) -> Iterator[Move]:
    query = (
        select(_move)
        .where(_move.c.workshop_id == workshop, _move.c.number > after, _move.c.number <= upto)
        .order_by(_move.c.number)
    )
    for row in connection.execute(query):
        yield Move(number=row.number, at=row.at, by=row.by, body=BODY.validate_python({"kind": row.kind, **row.data}))


def _row(move: Move) -> dict[str, Any]:
    data = move.body.model_dump(mode="json", exclude={"kind"}, exclude_defaults=True)
    return {"number": move.number, "at": move.at, "by": move.by, "kind": move.body.kind, "data": data}


def _unknown() -> UnknownWorkshopError:
    return UnknownWorkshopError("This workshop does not exist.", "Ask who invited you for the code.")
