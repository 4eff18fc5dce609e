"""The checks that are made on a table of a team's own: what they have in common, and where each is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Protocol, cast

from scoping.blocks import Block
from scoping.reading.tables import Preview, Table
from scoping.section import Model

Tell = Callable[[float, str], None]
"""Says how far a check is: the share done, from 0 to 1, and what is being done."""

METHODS = {
    "hlp": "scoping.measuring.hlp",
    "signal": "scoping.measuring.signal",
    "slices": "scoping.measuring.slices",
    "profile": "scoping.measuring.profile",
    "inventory": "scoping.measuring.inventory",
}
"""The module of each check. None loads a heavy library before it measures. The rows of an inventory are never kept as evidence."""


class Method(Protocol):
    """A check: a module of this package.

    A module that also has `measure_chunks(passing, settings, tell)` measures files piece by piece, whatever their length; its
    result then says in `rows` how many there were.

    Attributes:
        VERSION: raised whenever the same table and settings give other figures.
        AS_TEXT: whether cells are read as the text they are, only "" missing, rather than as numbers and dates.
        AT_MOST: rows measured; of more, a random sample of this size.
        Settings: which column is what, and options.
        Result: plain JSON of at most 28,000 characters.
    """

    VERSION: str
    AS_TEXT: bool
    AT_MOST: int
    Settings: type[Model]
    Result: type[Model]

    def guess(self, preview: Preview) -> Any:
        """Settings as names and examples suggest them."""

    def measure(self, table: Table, settings: Any, tell: Tell) -> Any:
        """The result. Raises WorkbenchError where the table or the settings do not allow one."""

    def headline(self, result: Any, settings: Any) -> str:
        """The result in one sentence of at most 280 characters, with its interval."""

    def blocks(self, result: Any, settings: Any) -> Sequence[Block]:
        """The whole result, told for the charter and the workbook."""


def method(name: str) -> Method:
    """The check of this name, loaded on first use."""
    return cast(Method, import_module(METHODS[name]))
