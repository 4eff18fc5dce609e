"""The figures of a charter that are asked for first, each with what it rests on; what nobody knows is told as that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scoping.answers import UNKNOWN_WORDS
from scoping.charter import Charter
from scoping.document.sentences import next_gate, person
from scoping.ethics import consequences
from scoping.ethics.state import EthicsKind, state
from scoping.words import capital, day_words, one_in

if TYPE_CHECKING:
    from scoping.value.valuation import Valuation


@dataclass(frozen=True)
class Tile:
    """A figure with its name.

    Attributes:
        note: over how long, by whom, or why it is not known.
    """

    label: str
    value: str
    note: str = ""


def tiles(charter: Charter, worth: Valuation) -> tuple[Tile, ...]:
    """Worth, chance of a loss, cost, risk and the next gate."""
    return (*_money(worth), risk(charter), _gate(charter))


def _money(worth: Valuation) -> Iterator[Tile]:
    from scoping.value import words  # with numpy, which nothing else here needs
    from scoping.value.valuation import simulated

    plan, code = worth.of_chosen, worth.currency
    if not plan.counted:
        yield Tile("Worth", UNKNOWN_WORDS, "no amount is counted yet")
        yield Tile("Chance of a loss", UNKNOWN_WORDS)
    else:
        seen, rough = simulated(plan), words.is_rough(plan)
        guesses = "; rests on guesses" if rough else ""
        yield Tile(
            "Worth", capital(words.interval(seen.npv, code, rough=rough)), f"over {words.years(plan)} in 8 of 10 cases{guesses}"
        )
        certain = seen.npv.p10 == seen.npv.p90
        yield Tile("Chance of a loss", capital(words.chance_of_loss(seen.npv, seen.loss) if certain else one_in(seen.loss)))
    costs = words.sums(worth)[1] if plan.counted else ""
    value, _, note = costs.partition(" over ")
    yield Tile("What it costs", capital(value) or UNKNOWN_WORDS, f"over {note}" if note else "no cost is counted yet")


def risk(charter: Charter) -> Tile:
    """How large the risk to people is, and how that is known."""
    now, found = state(charter.ethics), consequences.of(charter.ethics)
    if now.kind is EthicsKind.NOT_ASSESSED:
        return Tile("Risk to people", UNKNOWN_WORDS, "not looked at yet")
    how_large, by, basis = consequences.risk_words(found).partition(" by ")
    return Tile("Risk to people", how_large, f"by {basis}" if by else "")


def _gate(charter: Charter) -> Tile:
    coming = next_gate(charter.milestones)
    if coming is None or coming.due is None:
        return Tile("Next gate", UNKNOWN_WORDS if not charter.milestones.milestones else "None", "no decision has a day")
    return Tile("Next gate", day_words(coming.due), f"{person(coming.decider) or 'nobody is named who'} decides")
