"""A check on a table of the team's own: choose it, say which column is what, watch it being measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pages.parts.workshop import Step
from scoping.reading.tables import Preview

Ask = Callable[[Preview, Any], Any]
"""Draws the widgets for the settings of a check, filled with those given; returns the settings, or None while they are not complete."""


@dataclass(frozen=True)
class Done:
    """A finished check.

    Attributes:
        file_hash: SHA-256 of the file, in hexadecimal digits.
        rows: in the file.
        rows_used: fewer where a sample was drawn.
        notes: how the file was read and sampled, a sentence each.
        settings, result: of the check's own classes.
    """

    file_name: str
    file_hash: str
    rows: int
    rows_used: int
    notes: tuple[str, ...]
    settings: Any
    result: Any


def measured(step: Step, method: str, ask: Ask, *, about: str = "", intro: str = "") -> Done | None:
    """Lead through a check; returns its result as long as that belongs to the table and settings shown.

    `ask(preview, guessed)` draws its widgets, with keys from `key`. What is typed there is kept while the person starts, cancels
    and starts again; after a reload `guessed` are the settings last used.

    Args:
        about: tells several uses of one method on one page apart, such as the id of a data source.
        intro: what the table should hold, shown beside the choice of a file.
    """
    raise NotImplementedError


def key(name: str) -> str:
    """The key of a widget that `ask` draws: no other project, check or file shares it."""
    raise NotImplementedError


def column(label: str, preview: Preview, chosen: str, name: str, *, help: str = "", optional: bool = False) -> str:
    """A choice of one column; "" for none, which only an optional one offers as an answer.

    Args:
        chosen: selected at first, if there is such a column.
        name: of the widget, as in `key`.
    """
    raise NotImplementedError


def columns(label: str, preview: Preview, chosen: Sequence[str], name: str, *, help: str = "") -> tuple[str, ...]:
    """A choice of any number of columns, in the order of the table."""
    raise NotImplementedError
