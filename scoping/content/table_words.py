"""Words that tell what a column of somebody's table holds, kept in a text file beside this one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("table_words.toml")


@dataclass(frozen=True)
class Personal:
    """A kind of personal data.

    Attributes:
        titles: what columns with it are called; the file says how they are compared.
        holds: what the cells must hold for such a title to count.
        is_shown: whether values may be shown, since they tell about nobody in particular.
    """

    id: str
    title: str
    titles: tuple[str, ...]
    holds: frozenset[str]
    is_shown: bool


@dataclass(frozen=True)
class TableWords:
    """All of them.

    Attributes:
        not_known: cells that often stand for "not known", in lower case.
        yes_no: cells that answer yes or no, in lower case.
    """

    not_known: frozenset[str]
    yes_no: frozenset[str]
    personal: tuple[Personal, ...]


@cache
def table_words() -> TableWords:
    """The words of the file."""
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return TableWords(
        not_known=frozenset(read["not_known"]),
        yes_no=frozenset(read["yes_no"]),
        personal=tuple(
            Personal(one["id"], one["title"], tuple(one["titles"]), frozenset(one["holds"]), one.get("is_shown", False))
            for one in read["personal"]
        ),
    )
