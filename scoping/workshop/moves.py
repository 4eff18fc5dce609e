"""What people do in a workshop, one move at a time. A room is nothing but its moves in order; they are kept for ever."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter

from scoping.section import SHORT, Choice, Id, Number, Text, clean
from scoping.workshop.questions import Phase

CARD = 2_000
"""Longest card, in characters."""
MOST_DOTS = 12
LONGEST_CLOCK = 8 * 60 * 60
PEOPLE_AT_MOST = 200

CardText = Annotated[str, BeforeValidator(clean), Field(max_length=CARD)]
Secret = Annotated[str, Field(pattern=r"^[0-9a-f]{0,64}$")]


class Side(Choice):
    """For whom somebody speaks in the room."""

    BUSINESS = "business", "Business"
    TECHNICAL = "technical", "Technical"


class Role(Choice):
    """What somebody may do in the room."""

    LEADS = "leads", "Leads"
    TAKES_PART = "takes_part", "Takes part"
    LOOKS_ON = "looks_on", "Looks on"


class How(Choice):
    """How a room left a question."""

    OPEN = "open", "Open again"
    TAKEN = "taken", "Answered"
    UNKNOWN = "unknown", "Not known yet"
    PARKED = "parked", "Parked"


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Join(_Body):
    """Somebody comes in, or says anew who they are.

    Attributes:
        again: who they were here before, at a browser that does not know it any more.
    """

    kind: Literal["join"] = "join"
    name: Annotated[str, BeforeValidator(clean), Field(min_length=1, max_length=80)]
    side: Side | None = None
    role: Role = Role.TAKES_PART
    again: Id | Literal[""] = ""


class Ready(_Body):
    """Somebody is ready, or not any more, with the phase that they see."""

    kind: Literal["ready"] = "ready"
    question: str
    phase: Phase
    on: bool = True


class Wish(_Body):
    """Somebody would leave the question as not known yet, or park it; OPEN takes the wish back. Who leads sees it and decides."""

    kind: Literal["wish"] = "wish"
    question: str
    how: How


class Card(_Body):
    """Somebody writes a card, or writes it anew.

    Attributes:
        mark: the choice that the card carries, where the question has one.
        secret: of a card without a name: with it, and with nothing else, its writer can change it. Kept as a digest.
    """

    kind: Literal["card"] = "card"
    question: str
    id: Id
    text: CardText
    mark: str = Field(default="", max_length=40)
    secret: Secret = ""


class TakeBack(_Body):
    """Somebody takes back a card of their own."""

    kind: Literal["take_back"] = "take_back"
    question: str
    id: Id
    secret: Secret = ""


class Put(_Body):
    """A card is put with others; group "" for alone."""

    kind: Literal["put"] = "put"
    question: str
    card: Id
    group: Id | Literal[""] = ""


class Title(_Body):
    """A group gets another title."""

    kind: Literal["title"] = "title"
    question: str
    group: Id
    title: Text


class Vote(_Body):
    """How many dots somebody gives to a group or an option, in all."""

    kind: Literal["vote"] = "vote"
    question: str
    target: Id
    dots: int = Field(ge=0, le=MOST_DOTS)


class Estimate(_Body):
    """What somebody thinks: at least, most likely, at most; all of them None takes it back."""

    kind: Literal["estimate"] = "estimate"
    question: str
    target: Id
    low: Number | None = None
    likely: Number | None = None
    high: Number | None = None


class Stand(_Body):
    """How well somebody can live with something: five fingers gladly, none not at all."""

    kind: Literal["stand"] = "stand"
    question: str
    target: Id
    fingers: int = Field(ge=0, le=5)
    reservation: CardText = ""


class Reserve(_Body):
    """Somebody has a reservation about what was settled; without words it is taken back."""

    kind: Literal["reserve"] = "reserve"
    question: str
    text: CardText


class Heard(_Body):
    """Who leads says what came of a reservation: it stands in the answer, or it is kept as a note."""

    kind: Literal["heard"] = "heard"
    question: str
    person: Id
    is_added: bool


class Go(_Body):
    """Who leads takes everybody to a question; "" is the lobby.

    Attributes:
        seen: the question that they left, so that two who press at once do not go two steps.
    """

    kind: Literal["go"] = "go"
    question: str
    seen: str


class Turn(_Body):
    """Who leads turns the question to another phase, forth or back; to writing again is one more round."""

    kind: Literal["turn"] = "turn"
    question: str
    phase: Phase
    seen: Phase


class Clock(_Body):
    """Who leads sets the clock: so many seconds from now; None stops it where it is."""

    kind: Literal["clock"] = "clock"
    seconds: int | None = Field(default=None, ge=0, le=LONGEST_CLOCK)


class Hide(_Body):
    """Who leads takes a card out of sight, or brings it back. The record keeps it."""

    kind: Literal["hide"] = "hide"
    question: str
    card: Id
    on: bool = True


class Limits(_Body):
    """Who leads says how many dots each has, and how many of them on one; and whether names stand on the cards."""

    kind: Literal["limits"] = "limits"
    question: str
    dots: int = Field(ge=0, le=MOST_DOTS)
    on_one: int = Field(ge=1, le=MOST_DOTS)
    names: bool = True


class Settle(_Body):
    """Who leads says how the room leaves a question.

    Attributes:
        says: the sentence that was agreed, or what is not known.
        chosen: groups that were taken, best first; or the option; or the records that stood there before and are still right.
        left_out: groups that do not go into the charter; the record keeps them.
        who: finds it out, or decides.
        by: the day until which.
        revisions: of the charter, that came of it. Written by the workbench.
        made: the record that each group became, by group. Written by the workbench.
    """

    kind: Literal["settle"] = "settle"
    question: str
    how: How
    says: CardText = ""
    chosen: tuple[Id, ...] = Field(default=(), max_length=200)
    left_out: tuple[Id, ...] = Field(default=(), max_length=2_000)
    who: Text = ""
    by: date | None = None
    agreed: dict[Id, tuple[Number | None, Number | None, Number | None]] = Field(default={}, max_length=200)
    revisions: tuple[int, ...] = Field(default=(), max_length=1_000)
    made: dict[Id, Id] = Field(default={}, max_length=2_000)


class BlockIn(_Body):
    """A block of an agenda as somebody wants it."""

    key: Id
    title: Annotated[str, BeforeValidator(clean), Field(min_length=1, max_length=SHORT)]
    minutes: int = Field(ge=1, le=480)
    questions: tuple[str, ...] = Field(max_length=40)


class Agenda(_Body):
    """Who leads changes the agenda."""

    kind: Literal["agenda"] = "agenda"
    blocks: tuple[BlockIn, ...] = Field(min_length=1, max_length=20)


class Prepare(_Body):
    """Questions are opened before the room meets: what people write there stays theirs until it is shown."""

    kind: Literal["prepare"] = "prepare"
    questions: tuple[str, ...] = Field(max_length=40)
    until: date | None = None


class HandOver(_Body):
    """Who leads gives somebody another role."""

    kind: Literal["hand_over"] = "hand_over"
    person: Id
    role: Role


class TakeOver(_Body):
    """Somebody leads where nobody who leads is here any more."""

    kind: Literal["take_over"] = "take_over"


class Lock(_Body):
    """Who leads closes questions to changes, or opens them."""

    kind: Literal["lock"] = "lock"
    questions: tuple[str, ...] = Field(max_length=40)


class Call(_Body):
    """Who leads brings all to the question that is asked."""

    kind: Literal["call"] = "call"


class End(_Body):
    """Who leads ends the workshop."""

    kind: Literal["end"] = "end"


Body = Annotated[
    Join | Ready | Wish | Card | TakeBack | Put | Title | Vote | Estimate | Stand | Reserve | Heard | Go | Turn | Clock | Hide | Limits | Settle | Agenda
    | Prepare | HandOver | TakeOver | Lock | Call | End,
    Field(discriminator="kind"),
]  # fmt: skip
BODY: TypeAdapter[Body] = TypeAdapter(Body)
"""Reads a move as it came, or as it was kept."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """One move as it was made.

    Attributes:
        number: 1 for the first of its workshop; without gaps.
        at: by the clock of the server.
        by: who made it, "" for nobody: a card without a name has no author anywhere.
    """

    number: int
    at: datetime
    by: str
    body: Body


def seal(secret: str) -> str:
    """What is kept of the secret of a card without a name; "" for none."""
    return hashlib.sha256(secret.encode()).hexdigest() if secret else ""


def is_nameless(body: Body) -> bool:
    """Whether nothing that is kept may say who makes the move."""
    return isinstance(body, Card | TakeBack) and bool(body.secret)


def kept(body: Body) -> Body:
    """A move as it is kept: of a secret nothing but the digest."""
    return body.model_copy(update={"secret": seal(body.secret)}) if isinstance(body, Card | TakeBack) else body
