"""The evidence about an idea as people weigh it up: what speaks for it, against it, both ways, and what nobody knows yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from scoping.charter import Charter
from scoping.feasibility import proof
from scoping.feasibility.verdict import Judged
from scoping.feasibility.weighing import Piece, Strength
from scoping.sections.feasibility import Check, Speaks
from scoping.words import day_words, isolated

QUESTIONS: dict[Check, str] = {
    Check.HLP: "How well do people do it?",
    Check.FEATURES: "Does what is known in time help to predict?",
    Check.HISTORY: "How fast did it become better so far?",
    Check.BENCHMARK: "Have others managed it?",
    Check.OTHER: "Can it be done?",
}
DASHES = {Strength.NOTHING: 0, Strength.OPINION: 1, Strength.PRECEDENT: 2, Strength.PILOT: 2, Strength.MEASURED: 3}
"""How many of three dashes a strength fills."""
WORDS = ("does not count", "weak", "middle", "strong")
TOLD = {
    Strength.OPINION: "an opinion",
    Strength.PRECEDENT: "others did it",
    Strength.PILOT: "tried",
    Strength.MEASURED: "measured",
}
"""What kind of thing a piece says it is."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """A piece of evidence as it stands on the board.

    Attributes:
        list, record: where it is written.
        kind: the strength that it claims; None while nobody has said.
        dashes: of three, what it really carries; None while it cannot be weighed.
        about: where it comes from and when, "" where nothing is known of that.
        less: why it carries less than it claims, or nothing; "" where it does not.
    """

    list: str
    record: str
    title: str
    kind: Strength | None
    dashes: int | None
    about: str
    less: str


@dataclass(frozen=True, kw_only=True)
class Board:
    """The sides of a question, strongest first, and the checks that are still open."""

    speaks_for: tuple[Card, ...]
    against: tuple[Card, ...]
    both: tuple[Card, ...]
    unweighed: tuple[Card, ...]
    unknown: tuple[Check, ...]


def board(charter: Charter, one: Judged) -> Board:
    """The evidence about one idea."""
    about, titles = _origins(charter)

    def side(way: Speaks) -> tuple[Card, ...]:
        return tuple(_card(p, about, titles) for p in one.pieces if p.speaks is way)

    return Board(
        speaks_for=side(Speaks.FOR),
        against=side(Speaks.AGAINST),
        both=side(Speaks.MIXED),
        unweighed=tuple(_unweighed(charter, one)),
        unknown=one.ruling.open,
    )


def _card(piece: Piece, about: dict[str, str], titles: dict[str, str]) -> Card:
    list_name, _, record = piece.key.partition(":")
    return Card(
        list="" if piece.key == "resembles" else list_name,
        record=record,
        title=titles.get(piece.key, piece.title),
        kind=piece.claimed,
        dashes=DASHES[piece.strength],
        about=about.get(piece.key, ""),
        less="; ".join(dict.fromkeys(why for _, why in piece.weakened)) if piece.strength < piece.claimed else "",
    )


def _unweighed(charter: Charter, one: Judged) -> Iterator[Card]:
    """What names the idea and says too little to be weighed."""
    weighed = {p.key for p in one.pieces}
    for row in charter.feasibility.evidence:
        if row.solution == one.solution.id and f"evidence:{row.id}" not in weighed:
            kind = None if row.grade is None else Strength.of(row.grade)
            yield Card(
                list="evidence",
                record=row.id,
                title=row.title,
                kind=kind,
                dashes=None,
                about=_joined(row.source, row.found_on),
                less="",
            )


def _origins(charter: Charter) -> tuple[dict[str, str], dict[str, str]]:
    """Where each piece comes from, and its title in full, by its key."""
    part = charter.feasibility
    about, titles = dict[str, str](), dict[str, str]()
    for row in part.evidence:
        about[f"evidence:{row.id}"], titles[f"evidence:{row.id}"] = _joined(row.source, row.found_on), row.title
    for b in part.benchmarks:
        about[f"benchmarks:{b.id}"], titles[f"benchmarks:{b.id}"] = _joined(b.link, b.found_on), b.title
    for row in proof.found(part):
        about[f"hypotheses:{row.id}"] = _joined("Proof of concept", row.found_on)
        titles[f"hypotheses:{row.id}"] = row.finding
    return about, titles


def _joined(source: str, day: date | None) -> str:
    return ", ".join(filter(None, (isolated(source.strip()), day_words(day) if day else "")))
