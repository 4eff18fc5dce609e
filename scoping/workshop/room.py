"""A room as its moves make it: who is in it, what they wrote, where it is. Pure: the clock stands in the moves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import singledispatchmethod
from typing import Any, TypeVar

from scoping.errors import AnswerError
from scoping.words import short
from scoping.workshop import moves
from scoping.workshop.agenda import Block, seconds_for
from scoping.workshop.moves import How, Move, Role, Side
from scoping.workshop.questions import Phase, Question, Way, questions

ON_ONE = 2
"""Of several dots, how many may stand on one, where nobody says otherwise."""
TITLE = 300

_Said = TypeVar("_Said")


class RefusedMoveError(AnswerError):
    """A move that the rules of the room do not allow."""


@dataclass(kw_only=True)
class Person:
    """Somebody who came in."""

    id: str
    name: str
    side: Side | None
    role: Role
    joined: datetime

    @property
    def takes_part(self) -> bool:
        return self.role is not Role.LOOKS_ON


@dataclass(kw_only=True)
class Card:
    """A card as it is now. Without a name it has no author; a digest of a secret tells its writer from others."""

    id: str
    by: str
    seal: str
    text: str
    mark: str
    at: datetime
    group: str = ""
    is_hidden: bool = False
    is_taken_back: bool = False

    @property
    def counts(self) -> bool:
        return not (self.is_hidden or self.is_taken_back)

    @property
    def stands_in(self) -> str:
        """The group that it stands in: alone it is one of its own id."""
        return self.group or self.id


@dataclass(frozen=True, kw_only=True)
class Guess:
    """A range, or one number (as `likely`), of one person."""

    low: float | None
    likely: float | None
    high: float | None

    @property
    def range(self) -> tuple[float, float, float] | None:
        """At least, most likely and at most; an end that was not said is the most likely value. None without one."""
        if self.likely is None:
            return None
        return (self.likely if self.low is None else self.low, self.likely, self.likely if self.high is None else self.high)


@dataclass(frozen=True, kw_only=True)
class Fingers:
    """How well one person can live with something."""

    fingers: int
    reservation: str


@dataclass(frozen=True, kw_only=True)
class Reservation:
    """What somebody objects to in what was settled.

    Attributes:
        is_added: whether it stands in the answer now, or is kept as a note; None while nobody decided.
    """

    text: str
    is_added: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How the room left a question, as the move that settled it says."""

    how: How
    says: str
    chosen: tuple[str, ...]
    left_out: tuple[str, ...]
    who: str
    by: date | None
    agreed: dict[str, tuple[float | None, float | None, float | None]]
    revisions: tuple[int, ...]
    made: dict[str, str]
    at: datetime


SAID = ("how", "says", "chosen", "left_out", "who", "by", "agreed", "revisions", "made")
"""What an outcome takes from the move that made it."""


@dataclass(kw_only=True)
class Asked:
    """What a room did with one question.

    Attributes:
        round: 1 for the first; estimates and fingers are kept by round.
        votes: dots by person and target.
        wishes: how people would leave it, who would not answer it now.
        spent: seconds during which the room was at it, but for the present visit.
        left_at: the phase in which it was settled.
    """

    question: Question
    phase: Phase
    dots: int
    on_one: int
    names: bool = True
    round: int = 1
    cards: dict[str, Card] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    votes: dict[tuple[str, str], int] = field(default_factory=dict)
    guesses: dict[tuple[int, str, str], Guess] = field(default_factory=dict)
    stands: dict[tuple[int, str, str], Fingers] = field(default_factory=dict)
    reservations: dict[str, Reservation] = field(default_factory=dict)
    ready: set[str] = field(default_factory=set)
    wishes: dict[str, How] = field(default_factory=dict)
    outcome: Outcome | None = None
    spent: float = 0.0
    left_at: Phase | None = None

    @property
    def is_written(self) -> bool:
        """Whether somebody wrote, voted or estimated anything."""
        return bool(self.cards or self.votes or self.guesses or self.stands)

    @property
    def is_shown(self) -> bool:
        """Whether all may see how others voted, estimated and stand."""
        return self.phase in (Phase.SHOWN, Phase.SETTLED)

    def guesses_now(self) -> dict[tuple[str, str], Guess]:
        """What people estimate in the present round, by person and target."""
        return self._of_round(self.guesses, self.round)

    def guesses_before(self) -> dict[tuple[str, str], Guess]:
        """What people said in the round before, which all have seen."""
        return self._of_round(self.guesses, self.round - 1)

    def stands_now(self) -> dict[tuple[str, str], Fingers]:
        """How well people can live with it in the present round, by person and target."""
        return self._of_round(self.stands, self.round)

    @staticmethod
    def _of_round(said: dict[tuple[int, str, str], _Said], number: int) -> dict[tuple[str, str], _Said]:
        return {(who, target): one for (n, who, target), one in said.items() if n == number}

    def groups(self) -> dict[str, list[Card]]:
        """The cards that count, by group. The most votes first, then as written."""
        found: dict[str, list[Card]] = {}
        for card in self.cards.values():
            if card.counts:
                found.setdefault(card.stands_in, []).append(card)
        given = self.dots_of()
        return dict(sorted(found.items(), key=lambda item: -given.get(item[0], 0)))

    def title(self, group: str) -> str:
        """The title of a group: what people called it, or what its first card says."""
        if group in self.titles:
            return self.titles[group]
        return next((short(c.text, TITLE) for c in self.cards.values() if c.counts and c.stands_in == group), "")

    def put(self, card: str, group: str) -> None:
        """Put a card with others. Whoever stood with it, and under its id, keeps together under the next one's."""
        mine, target = self.cards[card], group if group != card else ""
        left = [c for c in self.cards.values() if c.group == card and c.id != card]
        mine.group = target
        if left:
            heir = left[0].id
            for other in left:
                other.group = heir if other.id != heir else ""
            if card in self.titles:
                self.titles[heir] = self.titles.pop(card)
            self.votes = {(who, heir if at == card else at): dots for (who, at), dots in self.votes.items()}

    def free_dots(self) -> None:
        """Give back the dots that stand on nothing any more."""
        groups = self.groups()
        self.votes = {key: dots for key, dots in self.votes.items() if key[1] in groups}

    def ask_again(self) -> None:
        """One more round: what people said stands until they change it."""
        self.guesses |= {(self.round + 1, *key): said for key, said in self.guesses_now().items()}
        self.stands |= {(self.round + 1, *key): said for key, said in self.stands_now().items()}
        self.round += 1

    def dots_of(self) -> dict[str, int]:
        """Dots by target, of all people."""
        given: dict[str, int] = {}
        for (_, target), dots in self.votes.items():
            given[target] = given.get(target, 0) + dots
        return given

    def voters(self) -> set[str]:
        """Who has given a dot."""
        return {person for (person, _), dots in self.votes.items() if dots}

    def dots_left(self, person: str) -> int:
        return self.dots - sum(dots for (who, _), dots in self.votes.items() if who == person)


@dataclass(frozen=True)
class Countdown:
    """The clock of the room: it ends at a moment, or stands still with so many seconds left."""

    total: int
    ends: datetime | None
    left: float = 0.0

    def stopped(self, at: datetime) -> Countdown:
        left = max(0.0, (self.ends - at).total_seconds()) if self.ends else self.left
        return Countdown(self.total, None, left)


class Room:
    """A workshop as it is after some moves.

    Attributes:
        now: the question at which the room is, "" for the lobby.
        since: when it came there.
        called: how often everybody was brought there, so that browsers notice.
    """

    def __init__(self) -> None:
        self.agenda: tuple[Block, ...] = ()
        self.number = 0
        self.people: dict[str, Person] = {}
        self.asked: dict[str, Asked] = {}
        self.now = ""
        self.since: datetime | None = None
        self.started: datetime | None = None
        self.ended: datetime | None = None
        self.clock: Countdown | None = None
        self.prepared: tuple[str, ...] = ()
        self.prepared_until: date | None = None
        self.locked: frozenset[str] = frozenset()
        self.called = 0

    # Looking

    def at(self, question: str) -> Asked:
        """What the room did with a question; untouched ones begin with their first phase. Raises RefusedMoveError."""
        found = self.asked.get(question)
        if found is None:
            asks = questions().get(question)
            if asks is None:
                raise RefusedMoveError(f"No workshop asks “{short(question, 40)}”.", "Reload the page.")
            dots = asks.dots
            found = Asked(question=asks, phase=asks.phases[0], dots=dots, on_one=ON_ONE if dots > ON_ONE else max(1, dots))
        return found

    def leads(self, person: str) -> bool:
        one = self.people.get(person)
        return one is not None and one.role is Role.LEADS

    def order(self) -> list[str]:
        """The questions in the order in which they are asked."""
        return [key for block in self.agenda for key in block.questions]

    def is_open(self, question: str) -> bool:
        """Whether people may write: the room is there, or it can be prepared, or it was passed and not locked."""
        if self.ended or question in self.locked:
            return False
        return question == self.now or question in self.prepared or question in self.asked

    # Taking

    def take(self, move: Move) -> None:
        """Make a move as it was kept (`moves.kept`), which the rules let pass. Moves already taken are left out."""
        if move.number <= self.number:
            return
        self.number = move.number
        if question := getattr(move.body, "question", ""):
            self.asked.setdefault(question, self.at(question))
        self._take(move.body, move.by, move.at)

    @singledispatchmethod
    def _take(self, body: Any, by: str, at: datetime) -> None:
        raise NotImplementedError(body)

    @_take.register
    def _(self, body: moves.Join, by: str, at: datetime) -> None:
        one = self.people.get(by)
        role = Role.LEADS if one and one.role is Role.LEADS else body.role
        self.people[by] = Person(id=by, name=body.name, side=body.side, role=role, joined=one.joined if one else at)

    @_take.register
    def _(self, body: moves.TakeOver, by: str, at: datetime) -> None:
        self.people[by].role = Role.LEADS

    @_take.register
    def _(self, body: moves.HandOver, by: str, at: datetime) -> None:
        self.people[body.person].role = body.role

    @_take.register
    def _(self, body: moves.Go, by: str, at: datetime) -> None:
        self._leave(at)
        self.now, self.since = body.question, at
        self.started = self.started or (at if body.question else None)
        seconds = seconds_for(self.agenda, body.question)
        self.clock = Countdown(seconds, at + timedelta(seconds=seconds)) if seconds else None

    @_take.register
    def _(self, body: moves.End, by: str, at: datetime) -> None:
        self._leave(at)
        self.now, self.ended, self.clock = "", at, None

    def _leave(self, at: datetime) -> None:
        if self.now and self.since:
            self.asked[self.now].spent += (at - self.since).total_seconds()
            self.asked[self.now].ready.clear()
            self.asked[self.now].wishes.clear()

    @_take.register
    def _(self, body: moves.Clock, by: str, at: datetime) -> None:
        if body.seconds is None:
            self.clock = self.clock and self.clock.stopped(at)
        else:
            self.clock = Countdown(body.seconds, at + timedelta(seconds=body.seconds))

    @_take.register
    def _(self, body: moves.Agenda, by: str, at: datetime) -> None:
        self.agenda = blocks_of(body)

    @_take.register
    def _(self, body: moves.Prepare, by: str, at: datetime) -> None:
        self.prepared, self.prepared_until = body.questions, body.until

    @_take.register
    def _(self, body: moves.Lock, by: str, at: datetime) -> None:
        self.locked = frozenset(body.questions)

    @_take.register
    def _(self, body: moves.Call, by: str, at: datetime) -> None:
        self.called += 1

    @_take.register
    def _(self, body: moves.Ready, by: str, at: datetime) -> None:
        ready = self.asked[body.question].ready
        (ready.add if body.on else ready.discard)(by)

    @_take.register
    def _(self, body: moves.Wish, by: str, at: datetime) -> None:
        wishes = self.asked[body.question].wishes
        wishes.pop(by, None)
        if body.how is not How.OPEN:
            wishes[by] = body.how

    @_take.register
    def _(self, body: moves.Card, by: str, at: datetime) -> None:
        cards = self.asked[body.question].cards
        if old := cards.get(body.id):
            old.text, old.mark, old.is_taken_back = body.text.strip(), body.mark, False
        else:
            cards[body.id] = Card(id=body.id, by=by, seal=body.secret, text=body.text.strip(), mark=body.mark, at=at)

    @_take.register
    def _(self, body: moves.TakeBack, by: str, at: datetime) -> None:
        self.asked[body.question].cards[body.id].is_taken_back = True
        self.asked[body.question].free_dots()

    @_take.register
    def _(self, body: moves.Hide, by: str, at: datetime) -> None:
        self.asked[body.question].cards[body.card].is_hidden = body.on
        self.asked[body.question].free_dots()

    @_take.register
    def _(self, body: moves.Put, by: str, at: datetime) -> None:
        self.asked[body.question].put(body.card, body.group)
        self.asked[body.question].free_dots()

    @_take.register
    def _(self, body: moves.Title, by: str, at: datetime) -> None:
        self.asked[body.question].titles[body.group] = body.title.strip()

    @_take.register
    def _(self, body: moves.Vote, by: str, at: datetime) -> None:
        self.asked[body.question].votes[(by, body.target)] = body.dots

    @_take.register
    def _(self, body: moves.Estimate, by: str, at: datetime) -> None:
        one = self.asked[body.question]
        one.guesses[(one.round, by, body.target)] = Guess(low=body.low, likely=body.likely, high=body.high)

    @_take.register
    def _(self, body: moves.Stand, by: str, at: datetime) -> None:
        one = self.asked[body.question]
        one.stands[(one.round, by, body.target)] = Fingers(fingers=body.fingers, reservation=body.reservation.strip())

    @_take.register
    def _(self, body: moves.Reserve, by: str, at: datetime) -> None:
        reservations = self.asked[body.question].reservations
        reservations.pop(by, None)
        if words := body.text.strip():
            reservations[by] = Reservation(text=words)

    @_take.register
    def _(self, body: moves.Heard, by: str, at: datetime) -> None:
        reservations = self.asked[body.question].reservations
        reservations[body.person] = Reservation(text=reservations[body.person].text, is_added=body.is_added)

    @_take.register
    def _(self, body: moves.Turn, by: str, at: datetime) -> None:
        one = self.asked[body.question]
        if body.phase is Phase.WRITING and one.question.kind in (Way.ESTIMATE, Way.LIVE_WITH):
            one.ask_again()
        one.phase = body.phase
        one.ready.clear()

    @_take.register
    def _(self, body: moves.Limits, by: str, at: datetime) -> None:
        one = self.asked[body.question]
        one.dots, one.on_one, one.names = body.dots, body.on_one, body.names

    @_take.register
    def _(self, body: moves.Settle, by: str, at: datetime) -> None:
        one = self.asked[body.question]
        one.ready.clear()
        one.wishes.clear()
        if body.how is How.OPEN:
            one.outcome, one.phase = None, one.left_at or one.phase
            return
        one.outcome = Outcome(**{name: getattr(body, name) for name in SAID}, at=at)
        # A question that is parked goes on where it was: nothing is shown before its time.
        if body.how is not How.PARKED and one.phase is not Phase.SETTLED:
            one.left_at, one.phase = one.phase, Phase.SETTLED


def blocks_of(body: moves.Agenda) -> tuple[Block, ...]:
    """An agenda as it was sent."""
    return tuple(Block(b.key, b.title, b.minutes, b.questions) for b in body.blocks)
