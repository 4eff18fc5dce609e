"""The questions that a workshop walks, and the blocks of its agenda, as product owners write them."""

from __future__ import annotations

import tomllib
from functools import cache

from pydantic import BaseModel, ConfigDict, Field

from scoping import content
from scoping.section import Choice
from scoping.signing.asked import LEADING


class Way(Choice):
    """How a room comes to an answer."""

    GATHER = "gather", "Write and gather"
    ESTIMATE = "estimate", "Estimate"
    LIVE_WITH = "live_with", "Can both live with it?"
    ANSWER = "answer", "Answer together"
    DECIDE = "decide", "Decide"


class Phase(Choice):
    """Where a room stands with a question."""

    WRITING = "writing", "Writing"
    GROUPING = "grouping", "Reading and grouping"
    VOTING = "voting", "Voting"
    SHOWN = "shown", "All is shown"
    SETTLED = "settled", "Settled"


class Question(BaseModel):
    """One question of a workshop; `scoping/content/workshop.toml` says what each attribute means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    block: str
    kind: Way
    ask: str
    short: str
    help: str
    conditions: tuple[int, ...]
    about: str = ""
    becomes: str = ""
    mark: str = ""
    before: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    dots: int = Field(default=0, ge=0, le=12)
    anonymous: bool = False

    @property
    def is_usual(self) -> bool:
        """Whether agendas hold it by themselves; others are asked where somebody wants them."""
        return bool(self.conditions)

    @property
    def leads(self) -> tuple[str, ...]:
        """The keys of the questions on the way to a signature that it asks."""
        return self.leading or ((self.key,) if self.key in LEADING else ())

    def fields(self, part: str, list_name: str = "") -> tuple[str, ...]:
        """What is answered together in a list that it is about, or in the part itself, in the order in which it is asked."""
        filled = {self.becomes.rpartition(".")[2], self.mark, *self.before, *self.numbers, *self.leaves}
        led = [name for key in self.leads for name in LEADING[key].answered_in(part, list_name) if name not in filled]
        return tuple(dict.fromkeys((*self.opens, *led, *self.also))) if led or not self.leads else ()

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phases that it goes through, in order."""
        match self.kind:
            case Way.ANSWER:
                return (Phase.WRITING, Phase.SETTLED)
            case Way.ESTIMATE | Way.LIVE_WITH:
                return (Phase.WRITING, Phase.SHOWN, Phase.SETTLED)
            case Way.DECIDE:
                return (Phase.VOTING, Phase.SHOWN, Phase.SETTLED)
            case Way.GATHER:
                votes = (Phase.VOTING, Phase.SHOWN) if self.dots else ()
                return (Phase.WRITING, Phase.GROUPING, *votes, Phase.SETTLED)


class BlockWords(BaseModel):
    """A part of the agenda as it is when nobody changed it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    title: str
    says: str
    minutes: int = Field(ge=1, le=480)


@cache
def _told() -> tuple[dict[str, Question], dict[str, BlockWords]]:
    told = tomllib.loads(content.text("workshop.toml"))
    questions = [Question.model_validate(q) for q in told["question"]]
    blocks = [BlockWords.model_validate(b) for b in told["block"]]
    return {q.key: q for q in questions}, {b.key: b for b in blocks}


def questions() -> dict[str, Question]:
    """All questions by key, in the order in which a room walks them."""
    return _told()[0]


def blocks() -> dict[str, BlockWords]:
    """All blocks by key, in the order of the agenda."""
    return _told()[1]
