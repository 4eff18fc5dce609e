"""The checks that are made on a table of a team's own: what they have in common, and where each is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Generic, TypeVar, cast

from scoping.blocks import Block
from scoping.section import Model
from scoping.tables.table import Passing, Preview, Table, Tell

Asked = TypeVar("Asked", bound=Model)
Answered = TypeVar("Answered", bound=Model)

METHODS = {
    "hlp": "scoping.measuring.hlp.check",
    "signal": "scoping.measuring.signal.check",
    "slices": "scoping.measuring.slices.check",
    "profile": "scoping.measuring.profile.check",
    "inventory": "scoping.measuring.inventory",
    "past": "scoping.measuring.past_projects",
}
"""The module of each check, which holds its METHOD. The rows of an inventory and past projects are never kept as evidence."""


class TableSettings(Model):
    """What is asked about a table, whatever the check.

    Attributes:
        values: marks such as NA that are answers in this table. All others count as missing.
    """

    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Method(Generic[Asked, Answered]):
    """A check.

    Attributes:
        version: raised whenever the same table and settings give other figures.
        as_text: whether cells are read as the text they are, only "" missing, rather than as numbers and dates.
        at_most: rows measured; of more, a random sample of this size.
        settings: which column is what, and options; a `TableSettings`, unless every cell is read as it stands.
        result: plain JSON of at most 28,000 characters.
        guess: settings as names and examples suggest them.
        measure: the result. Raises WorkbenchError where the table or the settings do not allow one.
        headline: the result in one sentence of at most 280 characters, with its interval.
        blocks: the whole result, told for the charter and the workbook.
        measure_chunks: measures files piece by piece, whatever their length; the result says in `rows` how many there were.
        is_whole: takes tables of at most `at_most` rows, of which no more are read, rather than a sample of longer ones.
        first: an answer from some of the rows within seconds, shown while all are measured; None where measuring takes no longer.
    """

    version: str
    as_text: bool
    at_most: int
    settings: type[Asked]
    result: type[Answered]
    guess: Callable[[Preview], Asked]
    measure: Callable[[Table, Asked, Tell], Answered]
    headline: Callable[[Answered, Asked], str]
    blocks: Callable[[Answered, Asked], Sequence[Block]]
    measure_chunks: Callable[[Passing, Asked, Tell], Answered] | None = None
    is_whole: bool = False
    first: Callable[[Table, Asked], Answered | None] | None = None


def method(name: str) -> Method[Any, Any]:
    """The check of this name, loaded on first use."""
    return cast("Method[Any, Any]", import_module(METHODS[name]).METHOD)
