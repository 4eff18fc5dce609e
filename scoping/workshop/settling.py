"""One question on its way from the room into the charter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scoping.charter import Charter
from scoping.section import LONG, SHORT
from scoping.sections.project import AssumptionState
from scoping.words import in_a_row, short
from scoping.workshop.about import IdOf, Target, targets
from scoping.workshop.draft import Draft, Where
from scoping.workshop.moves import Settle
from scoping.workshop.questions import Question
from scoping.workshop.room import Asked, Card, Person


@dataclass(frozen=True, kw_only=True)
class SaidBy:
    """Who says it, and when.

    Attributes:
        people: everybody in the room, by id.
        on: the day on which it is settled.
    """

    people: Mapping[str, Person]
    on: date

    def names(self, people: Iterable[str]) -> str:
        """The names of some people as a text has them."""
        return short(in_a_row([self.people[p].name for p in people if p in self.people]), SHORT)


def lines(texts: Iterable[str]) -> str:
    """Texts one below the other, as many as fit."""
    joined = "\n".join(texts)
    return joined if len(joined) <= LONG else f"{joined[: LONG - 1]}…"


def place(target: Target) -> Where:
    return target.part, target.list, target.record


class Settling:
    """One question on its way into the charter."""

    def __init__(self, asks: Question, asked: Asked, settle: Settle, charter: Charter, id_of: IdOf, said_by: SaidBy) -> None:
        self.asks, self.asked, self.settle, self.charter, self.said_by = asks, asked, settle, charter, said_by
        self.draft = Draft(charter)
        self.targets = targets(asks, charter)
        self._id_of = id_of

    def id_of(self, *names: str) -> str:
        return self._id_of(self.asks.key, *names)

    @property
    def says(self) -> str:
        return self.settle.says.strip()

    @cached_property
    def groups(self) -> dict[str, list[Card]]:
        return self.asked.groups()

    @cached_property
    def order(self) -> list[str]:
        """The groups that go into the charter: what was taken first, then by dots."""
        taken = (g for g in self.settle.chosen if g in self.groups)
        return [g for g in dict.fromkeys([*taken, *self.groups]) if g not in self.settle.left_out]

    def words(self, group: str) -> str:
        """What a group says: the sentence that was agreed on what was taken first, else its name, else its first card."""
        if self.says and self.settle.chosen and group == self.order[0]:
            return self.says
        return self.asked.titles.get(group) or self.groups[group][0].text

    def writers(self, group: str) -> str:
        """Who wrote the cards of a group; nobody where no names stand on them."""
        return self.said_by.names(dict.fromkeys(c.by for c in self.groups[group] if c.by)) if self.asked.names else ""

    @property
    def _open_question(self) -> Where:
        return "project", "assumptions", f"open-{self.asks.key.replace('_', '-')}"

    def keep_open_question(self) -> None:
        """Who finds it out, by when."""
        words = f"{self.asks.ask} {self.says}".strip()
        given = {"statement": words, "owner": self.settle.who, "state": AssumptionState.OPEN}
        self.draft.write(self._open_question, **given, due=self.settle.by)

    def close_open_question(self) -> None:
        entry = self.draft.entry(self._open_question)
        if entry and entry["state"] == AssumptionState.OPEN:
            self.draft.write(self._open_question, state=AssumptionState.CONFIRMED)
