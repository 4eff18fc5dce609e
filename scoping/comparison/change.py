"""One change between two charters as people read it: where, what it was, what it is, and how far apart the two are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from scoping import answers
from scoping.comparison import pieces as marked
from scoping.comparison.pieces import Fate, Piece
from scoping.places import Place
from scoping.section import FieldSpec, Kind, is_blank
from scoping.words import count


class What(StrEnum):
    """What became of an entry or an answer."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something that differs.

    Attributes:
        chapter: of the charter, by its name on the one page.
        entry: title of the record; "" for a question of the part itself.
        asked: the question, or what an entry is called that came, went or was moved: "milestone".
        before: "" for what had no answer.
        difference: between numbers, sums or days, in words.
        facts: what an entry holds that came, or held that went: question and answer.
        is_of_terms: whether a signature is about it.
        why: the reason that somebody noted with it.
        items: names of the entries that were and that are linked to.
    """

    place: Place
    chapter: str
    entry: str
    asked: str
    what: What
    before: str = ""
    after: str = ""
    difference: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    is_text: bool = False
    is_of_terms: bool = True
    why: str = ""
    items: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    @property
    def is_slight(self) -> bool:
        """Whether it says nothing new: another order, or other blanks."""
        return self.what is What.MOVED or (self.is_text and self.before.split() == self.after.split())

    @property
    def matters(self) -> bool:
        """Whether somebody who signed wants to read it."""
        return self.is_of_terms and not self.is_slight

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Words kept, added and removed inside the text; none where the old and the new are better read one after the other."""
        if any(self.items):
            return _linked(*self.items)
        return marked.pieces(self.before, self.after) if self.is_text else ()


def _linked(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[Piece, ...]:
    """Names that stay, go and come."""
    kept = [(name, Fate.KEPT) for name in after if name in before]
    gone = [(name, Fate.REMOVED) for name in before if name not in after]
    come = [(name, Fate.ADDED) for name in after if name not in before]
    named = [*kept, *gone, *come]
    return tuple(
        piece
        for at, (name, fate) in enumerate(named)
        for piece in ((Piece("; ", Fate.KEPT), Piece(name, fate)) if at else (Piece(name, fate),))
    )


def difference(spec: FieldSpec, before: Any, after: Any, currencies: tuple[str, str]) -> str:
    """How far apart two plain answers are; "" where that says nothing.

    Args:
        currencies: of the record, before and after.
    """
    if is_blank(before) or is_blank(after):
        return ""
    match spec.kind:
        case Kind.DATE:
            days = (date.fromisoformat(after) - date.fromisoformat(before)).days
            return f"{count(abs(days), 'day')} {'later' if days > 0 else 'earlier'}" if days else ""
        case Kind.MONEY if currencies[0] != currencies[1]:
            return ""
        case Kind.INTEGER | Kind.NUMBER | Kind.MONEY:
            apart = Decimal(repr(after)) - Decimal(repr(before))
            return f"{_amount(spec, abs(apart), currencies[1])} {'more' if apart > 0 else 'less'}" if apart else ""
        case _:
            return ""


def _amount(spec: FieldSpec, amount: Decimal, currency: str) -> str:
    if spec.kind is Kind.MONEY:
        return answers.words(spec, int(amount), currency)
    if spec.unit.strip() == "%":
        return count(f"{float(amount):g}", "point")
    return answers.words(spec, float(amount))
